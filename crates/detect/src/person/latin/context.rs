//! What stands before a name in Latin letters: labels, greetings, titles, kin, and words that lead to places.

use crate::finding::{Evidence, EvidenceSet, Finding};
use crate::lexicon::latin_hash;

use self::chinese::in_chinese;
use self::frame::{frame, signs};

use super::Before;
use super::words::{CLOSING, GREETING, KIN, LABEL, TITLE, Token, VENUE};

/// Whether a word is one of these; their hashes are made when the program is compiled.
macro_rules! is {
    ($hash:expr, $($word:literal)|+) => {
        $($hash == const { latin_hash($word.as_bytes()) })||+
    };
}

mod chinese;
mod frame;

/// Points of what stands before.
pub(super) struct Left {
    pub(super) points: i32,
    pub(super) evidence: EvidenceSet,
    /// The line begins here.
    pub(super) edge: bool,
    /// A title stands before, and which word that is.
    pub(super) title: bool,
    pub(super) before: u64,
}

impl Left {
    pub(super) fn new(text: &str, token: Token, before: &Before, found: &[Finding]) -> Self {
        let start = token.start;
        if let Some(left) = listed(text, token, found) {
            return left;
        }
        let line = || text[..start].rfind('\n').map_or(0, |at| at + 1);
        if !text[..start].is_ascii()
            && let Some(left) = in_chinese(text, line(), start)
        {
            return left;
        }
        let first = before.tokens[0];
        let gap = if first.exists() {
            &text[first.end..start]
        } else {
            &text[..start]
        };
        let (points, evidence) = if first.exists() {
            let said = weigh(gap, before);
            let framed = frame(gap, token, before);
            if framed > 0 && framed > said.0 {
                (framed, Some(Evidence::Context))
            } else {
                said
            }
        } else {
            (0, None)
        };
        let (points, evidence) = if signs(text, token) {
            (points.max(34), Some(Evidence::Context))
        } else {
            (points, evidence)
        };
        let none = EvidenceSet::NONE;
        Self {
            points,
            evidence: evidence.map_or(none, |evidence| none.with(evidence)),
            edge: {
                let before = &text[line()..start];
                let marks = [' ', '*', '-', '>', '"', '\'', '.', '('];
                before.trim_matches(marks).is_empty() || is_counted(before)
            },
            title: first.is(TITLE),
            before: first.hash,
        }
    }

    const fn of(points: i32, evidence: Evidence) -> Self {
        Self {
            points,
            evidence: EvidenceSet::NONE.with(evidence),
            edge: false,
            title: false,
            before: 0,
        }
    }
}

/// Behind a name: `, `, ` and `, or in brackets the same name in other letters.
fn listed(text: &str, token: Token, found: &[Finding]) -> Option<Left> {
    let start = token.start;
    let last = found
        .iter()
        .filter(|found| found.end <= start)
        .max_by_key(|found| found.end)?;
    let gap = text[last.end..start].trim();
    if !token.is_capital() && text[last.start..].starts_with(char::is_uppercase) {
        // Who writes a name with a capital writes the next so.
        return None;
    }
    // 1) Kim Min-ji 2) Park Ji-hoon
    if gap.ends_with([')', '.', ':'])
        && gap[..gap.len() - 1]
            .trim_start_matches(',')
            .trim()
            .bytes()
            .all(|byte| byte.is_ascii_digit())
        && gap.len() <= 4
        && gap.len() > 1
    {
        return Some(Left::of(30, Evidence::Context));
    }
    match gap {
        "(" | "（" | "/" | "" if last.end < start => Some(Left::of(34, Evidence::Context)),
        "," | "and" | "or" | "und" | "y" | "et" | "och" | "&" | "、" | "，" | "和" | "+"
        | ", and" | ";" => Some(Left::of(30, Evidence::Context)),
        _ => None,
    }
}

type Points = (i32, Option<Evidence>);

fn weigh(gap: &str, before: &Before) -> Points {
    let [first, second, third, ..] = before.tokens;
    let key = Some(Evidence::Keyword);
    let context = Some(Evidence::Context);
    let words = gap.trim_matches([' ', '"', '\'', '“', '”', '(']);
    let hash = first.hash;
    if is!(hash, "s") && is!(second.hash, "it") && words.is_empty() {
        return (16, context);
    }
    if is_numbered(words) && (first.is(LABEL | KIN) || is!(hash, "room" | "villa" | "name")) {
        return (36, key);
    }
    if first.is(TITLE) && matches!(words, "" | ".") && !gap.contains('\n') {
        return (52, Some(Evidence::Title));
    }
    if is!(hash, "s") || is!(hash, "is") || is!(hash, "are") || is!(hash, "as") {
        if let Some(points) = names(second, third, before) {
            return (points, key);
        }
        if is!(second.hash, "this") && words.is_empty() {
            return (32, key);
        }
        if second.is(KIN) && words.is_empty() {
            return (32, key);
        }
    }
    if matches!(words, ":" | "：" | "=" | "-" | " :") || words.starts_with(':') {
        let named = before.tokens[1..4]
            .iter()
            .any(|token| is!(token.hash, "name"));
        let plain = is!(hash, "name") && !second.is(VENUE);
        return if named || plain {
            (46, key)
        } else if first.is(LABEL) || first.is(KIN) || is!(hash, "to") {
            (50, key)
        } else if first.is(CLOSING) {
            (40, key)
        } else {
            (4, None)
        };
    }
    if first.is(CLOSING) && (words.starts_with(',') || gap.contains('\n')) {
        return (40, key);
    }
    if gap.contains('\n') || words.contains(['.', '!', '?', ';', '。', '！', '？']) {
        return (0, None);
    }
    if is!(hash, "you") && second.is(GREETING) && matches!(words, "" | ",") {
        return (24, context);
    }
    if first.is(GREETING) {
        return (
            if is!(hash, "dear") {
                40
            } else if is!(hash, "thanks") || is!(hash, "you") {
                20
            } else {
                26
            },
            context,
        );
    }
    if !matches!(words, "" | ",") {
        return (0, None);
    }
    direct(words.is_empty(), before)
}

/// The word before stands in the same clause.
fn direct(joined: bool, before: &Before) -> Points {
    let [first, second, third, ..] = before.tokens;
    let key = Some(Evidence::Keyword);
    let context = Some(Evidence::Context);
    let hash = first.hash;
    if first.is(KIN) {
        return (if first.is(LABEL) { 34 } else { 32 }, context);
    }
    let plain = is!(
        hash,
        "name"
            | "surname"
            | "guest"
            | "passenger"
            | "traveller"
            | "traveler"
            | "cardholder"
            | "occupant"
    );
    if plain && joined && !second.is(VENUE) {
        return (36, key);
    }
    if plain_plural(hash) && joined {
        return (26, key);
    }
    if first.is(CLOSING) && joined {
        return (22, context);
    }
    if !joined {
        return (0, None);
    }
    let to = is!(hash, "to" | "with")
        && is!(
            second.hash,
            "speak" | "talk" | "spoke" | "speaking" | "talked" | "talking"
        );
    if to
        || is!(
            hash,
            "tell" | "ask" | "page" | "contact" | "thank" | "meet" | "met" | "inform" | "remind"
        )
    {
        return (20, context);
    }
    if is!(hash, "be")
        && is!(second.hash, "should")
        && before.tokens[2..].iter().any(|token| token.is(LABEL))
    {
        return (42, key);
    }
    if is!(hash, "to" | "as" | "be")
        && (second.is(LABEL) || third.is(LABEL) && is!(second.hash, "should"))
    {
        return (46, key);
    }
    direct_words(before)
}

/// Of, for, called, under: words of a clause that lead to a name, or to a house.
fn direct_words(before: &Before) -> Points {
    let [first, second, third, ..] = before.tokens;
    let hash = first.hash;
    let key = Some(Evidence::Keyword);
    let context = Some(Evidence::Context);
    if is!(hash, "it's" | "it’s" | "its") {
        return (16, context);
    }
    if is!(hash, "of") && (second.is(LABEL) || is!(second.hash, "behalf" | "name")) {
        // A restaurant by the name of..., against a booking under the name of...
        let house = is!(before.tokens[3].hash, "by") && before.speaks_of_house();
        return if house { (-24, None) } else { (46, key) };
    }
    if is!(hash, "for" | "of" | "is")
        && before
            .tokens
            .iter()
            .any(|token| ABOUT_HOUSES.contains(&token.hash))
    {
        return (-24, None);
    }
    if introduces(before) {
        return (30, key);
    }
    if is!(hash, "called" | "named") {
        let person = second.is(KIN | LABEL) || is!(second.hash, "is") && third.is(KIN);
        return if person { (42, key) } else { (0, None) };
    }
    if is!(hash, "me") && is!(second.hash, "call") {
        return (42, key);
    }
    if is!(hash, "under") {
        return (32, context);
    }
    if is!(hash, "by") && second.exists() && third.exists() {
        return (24, context);
    }
    if is!(hash, "attn" | "attention") || is!(hash, "o") && is!(second.hash, "c") {
        return (44, key);
    }
    if is!(hash, "with" | "for" | "and" | "cc") {
        return (10, None);
    }
    if is!(
        hash,
        "the"
            | "at"
            | "in"
            | "near"
            | "around"
            | "via"
            | "a"
            | "an"
            | "from"
            | "to"
            | "towards"
            | "called"
            | "visit"
            | "toward"
            | "of"
            | "on"
    ) {
        return (-30, None);
    }
    (0, None)
}

/// `2. ` or `3) ` at the beginning of a line.
fn is_counted(before: &str) -> bool {
    let digits = before.trim_end_matches([' ', '.', ')', '、']);
    digits.len() < before.trim_end_matches(' ').len()
        && matches!(digits.len(), 1 | 2)
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number of a room or a guest, and a mark: ` 1: `, ` 2 - `.
fn is_numbered(gap: &str) -> bool {
    let number = gap.trim_end_matches([' ', ':', '.', ')', '-', '–', '：']);
    number.len() < gap.len()
        && (1..=4).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// I am, soy; name on the passport.
fn introduces(before: &Before) -> bool {
    let [first, second, third, fourth, ..] = before.tokens;
    let hash = first.hash;
    let on_card = is!(
        hash,
        "passport" | "card" | "booking" | "reservation" | "invoice" | "account"
    ) && [second, third, fourth]
        .iter()
        .any(|token| is!(token.hash, "name"));
    on_card
        || is!(
            hash,
            "soy" | "sono" | "suis" | "bin" | "heet" | "heter" | "llamo" | "chiamo"
        )
        || is!(hash, "am" | "m") && is!(second.hash, "i")
        || is!(hash, "i'm" | "i’m" | "im")
}

/// Guests, passengers: a name may follow, or any other word.
fn plain_plural(hash: u64) -> bool {
    is!(
        hash,
        "names" | "guests" | "passengers" | "travellers" | "travelers"
    )
}

/// The name is, my name's, names are, full name is.
fn names(second: Token, third: Token, before: &Before) -> Option<i32> {
    if second.is(LABEL) || is!(second.hash, "name") {
        let whose = third.is(VENUE) || before.tokens[3].is(VENUE);
        return (!whose).then_some(if is!(second.hash, "names") { 36 } else { 50 });
    }
    (is!(second.hash, "it") && third.is(LABEL)).then_some(30)
}

impl Before {
    fn speaks_of_house(&self) -> bool {
        self.tokens
            .iter()
            .any(|token| token.is(VENUE) || HOUSES.contains(&token.hash))
    }
}

/// Houses, in words that are no part of their names.
const HOUSES: [u64; 4] = [
    latin_hash(b"attraction"),
    latin_hash(b"place"),
    latin_hash(b"one"),
    latin_hash(b"somewhere"),
];
/// The phone number of, the address for: of a house.
const ABOUT_HOUSES: [u64; 5] = [
    latin_hash(b"number"),
    latin_hash(b"address"),
    latin_hash(b"postcode"),
    latin_hash(b"phone"),
    latin_hash(b"directions"),
];
