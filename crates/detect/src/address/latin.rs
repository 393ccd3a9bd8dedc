//! Addresses in Latin letters: a house number with a street behind it (42 Elm Street), or, behind a word that says whose it is,
//! whatever has numbers and names of an address (Hauptstraße 12, 10115 Berlin).

use std::cell::OnceCell;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashSet;

use crate::finding::Finding;
use crate::lexicon::{
    Fold, HAN_ADDRESS, LATIN_ADDRESS, compile, has_byte, latin_hash, list, phrases,
};
use crate::line::Line;

use self::chain::chain;
use self::number::{digits, is_post, ordinal};
use self::tokens::{Tokens, Words};
use super::{Around, Whose, report};

mod chain;
mod free;
mod number;
mod tokens;
mod whose;

/// Digits of a house number, at most.
const NUMBER_MAX: usize = 5;
/// Words of a street's name, its kind included.
const STREET_WORDS_MAX: usize = 5;
/// Bytes before an address in which a word tells whose it is.
const BEFORE_BYTES: usize = 90;
/// Bytes of an address.
const ADDRESS_MAX: usize = 140;

/// Compiled lists.
pub(super) struct LatinAddresses {
    streets: FxHashSet<u64>,
    units: FxHashSet<u64>,
    words: Words,
    countries: FxHashSet<u64>,
    private: AhoCorasick,
    han_private: AhoCorasick,
    house: AhoCorasick,
    /// Words of houses that streets and towns are named by as well.
    weak_house: AhoCorasick,
}

/// What an address of this kind has besides its street.
#[derive(Default)]
struct Parts {
    unit: bool,
    post: bool,
    town: bool,
}

impl LatinAddresses {
    pub(super) fn new() -> Self {
        let words = |name| {
            list(LATIN_ADDRESS, name)
                .map(|word| latin_hash(word.as_bytes()))
                .collect()
        };
        Self {
            streets: words("street"),
            units: words("unit"),
            words: Words::new(),
            countries: phrases(LATIN_ADDRESS, "country")
                .map(|name| latin_hash(name.as_bytes()))
                .collect(),
            private: compile(phrases(LATIN_ADDRESS, "private")),
            han_private: compile(list(HAN_ADDRESS, "private")),
            house: compile(phrases(LATIN_ADDRESS, "house")),
            weak_house: compile(phrases(LATIN_ADDRESS, "house-weak")),
        }
    }

    pub(super) fn scan(
        &self,
        line: &Line<'_>,
        asked: bool,
        around: &Around<'_>,
        out: &mut Vec<Finding>,
    ) {
        let text = line.text;
        let bytes = text.as_bytes();
        if !has_byte(bytes, |byte| byte.is_ascii_digit()) {
            return;
        }
        let named = has_capitals(line);
        let first = out.len();
        let speaks = OnceCell::new();
        if named && (asked || has_parts(bytes)) {
            self.chains(text, asked, around, &speaks, out);
        }
        let chained = out.len();
        let mut at = 0;
        let mut done = 0;
        while let Some(skipped) = bytes[at..].iter().position(u8::is_ascii_digit) {
            at += skipped;
            let start = at;
            while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            let alone =
                start == 0 || !bytes[start - 1].is_ascii_alphanumeric() && bytes[start - 1] != b':';
            if !alone || at - start > NUMBER_MAX {
                continue;
            }
            let within = |found: &&Finding| found.start <= start && start < found.end;
            if let Some(found) = out[first..chained].iter().find(within) {
                (at, done) = (found.end, found.end);
                continue;
            }
            let found = (self.street(text, start, at, done))
                .map(|(span, points)| (span, points, self.whose(text, span, false, &speaks)))
                .or_else(|| {
                    let free = named.then(|| self.free(text, start, done, asked));
                    free.flatten()
                });
            if let Some((span, points, whose)) = found {
                let found = report(text, span, points, whose, asked, around);
                join(text, done, chained, found, out);
                done = span.1;
                at = at.max(span.1);
            }
        }
    }

    /// Addresses of several parts between commas.
    fn chains(
        &self,
        text: &str,
        asked: bool,
        around: &Around<'_>,
        speaks: &OnceCell<bool>,
        out: &mut Vec<Finding>,
    ) {
        let mut run = Tokens::new();
        let mut from = 0;
        while from < text.len() {
            from = self.words.run(text, from, around.core, &mut run);
            let Some(found) = chain(text, &run, &self.countries) else {
                continue;
            };
            let span = (found.start, found.end);
            let whose = self.whose(text, span, found.is_posted, speaks);
            let points = found.points + if found.has_lead { 8 } else { 0 };
            out.extend(report(text, span, points, whose, asked, around));
        }
    }

    /// A house number, the words of a street, and what follows.
    fn street(
        &self,
        text: &str,
        start: usize,
        end: usize,
        done: usize,
    ) -> Option<((usize, usize), i32)> {
        let bytes = text.as_bytes();
        let mut at = end;
        if bytes.get(at) == Some(&b'-') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
            at += 1 + digits(&bytes[at + 1..]);
        }
        // 221B
        if bytes.get(at).is_some_and(u8::is_ascii_alphabetic)
            && !bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic)
        {
            at += 1;
        }
        if bytes.get(at) == Some(&b',') {
            at += 1;
        }
        let mut street_end = None;
        let mut count = 0;
        while count < STREET_WORDS_MAX && bytes.get(at) == Some(&b' ') {
            let len = ordinal(&bytes[at + 1..]).max(word(&text[at + 1..]));
            if len == 0 {
                break;
            }
            let next = at + 1 + len;
            let known = self.streets.contains(&latin_hash(&bytes[at + 1..next]));
            if known && count > 0 {
                street_end = Some(next);
                break;
            }
            if NOT_STREETS.contains(&latin_hash(&bytes[at + 1..next])) {
                return None;
            }
            // 901 N. Pine Ave
            let short = len <= 2 && bytes.get(next) == Some(&b'.');
            at = next + usize::from(short);
            count += 1;
        }
        // County Road 12
        let street_end = street_end.map(|end| {
            let number = bytes.get(end + 1..).map_or(0, digits);
            let numbered = bytes.get(end) == Some(&b' ') && (1..=3).contains(&number);
            let closed = (bytes.get(end + 1 + number))
                .is_none_or(|next| matches!(next, b',' | b'.' | b'\n'));
            if numbered && closed {
                end + 1 + number
            } else {
                end
            }
        });
        let street_end = street_end?;
        let mut parts = Parts::default();
        let first = self.before(text, start, done, &mut parts);
        let last = self.behind(text, street_end, &mut parts);
        let points = 22
            + if parts.unit { 14 } else { 0 }
            + if parts.post { 12 } else { 0 }
            + if parts.town { 8 } else { 0 };
        Some(((first, last), points))
    }

    /// Takes `Flat 3, `, `Room 1203, Building 5, No. ` before a house number.
    fn before(&self, text: &str, start: usize, done: usize, parts: &mut Parts) -> usize {
        let mut first = start;
        loop {
            let rest = text[done..first].trim_end_matches([' ', ',', '.', '#']);
            let number = rest.len() - tail(rest, |char| char.is_ascii_alphanumeric());
            let unit = |end: usize| {
                let rest = rest[..end].trim_end_matches([' ', '.']);
                let from = rest.len() - tail(rest, char::is_alphabetic);
                self.units
                    .contains(&latin_hash(&rest.as_bytes()[from..]))
                    .then_some(done + from)
            };
            if first == start
                && text[done..first].ends_with(['#', ' ', '.'])
                && let Some(from) = unit(rest.len())
            {
                first = from;
                continue;
            }
            let is_number = rest[number..].bytes().any(|byte| byte.is_ascii_digit())
                || rest.len() - number == 1;
            match unit(number) {
                Some(from) if is_number => {
                    parts.unit = true;
                    first = from;
                }
                _ => return first,
            }
        }
    }

    /// Takes `, Apt 5B, Springfield, IL 62704`, `, London SW1A 1AA`, `, Chaoyang District, Beijing` behind a street.
    fn behind(&self, text: &str, street: usize, parts: &mut Parts) -> usize {
        let mut end = street;
        let limit = text.floor_char_boundary((street + ADDRESS_MAX).min(text.len()));
        let mut unit_before = false;
        let mut at = street;
        while at < limit {
            let gap = text[at..limit].len()
                - text[at..limit]
                    .trim_start_matches([' ', ',', '#', '.', '\n'])
                    .len();
            let between = &text[at..at + gap];
            if gap == 0 || between.contains(". ") && !unit_before || between.contains("\n\n") {
                break;
            }
            let start = at + gap;
            let len = tail_front(&text[start..limit], |char| {
                char.is_alphanumeric() || char == '-' || char == '\''
            });
            if len == 0 {
                break;
            }
            let token = &text[start..start + len];
            if parts.post && !token.bytes().any(|byte| byte.is_ascii_digit()) {
                break;
            }
            let is_unit =
                self.units.contains(&latin_hash(token.as_bytes())) || between.contains('#');
            let has_digit = token.bytes().any(|byte| byte.is_ascii_digit());
            let capital = token.starts_with(char::is_uppercase);
            if between.contains('#') && has_digit {
                parts.unit = true;
                end = start + len;
            } else if is_unit {
                unit_before = true;
                parts.unit |= between.contains('#');
            } else if has_digit {
                let post = is_post(token) || token.len() == 3 && parts.town;
                if !post && !unit_before && token.len() > 4 {
                    break;
                }
                if !post && !unit_before {
                    break;
                }
                parts.unit |= unit_before;
                parts.post |= !unit_before;
                unit_before = false;
                end = start + len;
            } else if capital && !unit_before {
                if SENTENCE.contains(&latin_hash(token.as_bytes())) {
                    break;
                }
                parts.town = true;
                end = start + len;
            } else if unit_before && len <= 2 {
                parts.unit = true;
                unit_before = false;
                end = start + len;
            } else {
                break;
            }
            at = start + len;
        }
        end
    }
}

/// Flat 12B, Rose Court, 14 Hill Street: what goes on where the last ended is one address with it. Chains are whole.
fn join(text: &str, done: usize, chained: usize, found: Option<Finding>, out: &mut Vec<Finding>) {
    let Some(more) = found else { return };
    match out[chained..].last_mut() {
        Some(last) if last.end == done && text[done..more.start].len() <= 2 => {
            last.end = more.end;
            last.score = last.score.max(more.score);
        }
        _ => out.push(more),
    }
}

/// Whether a comma has a part of an address behind it: a capital or a number. Most commas have neither.
fn has_parts(bytes: &[u8]) -> bool {
    let begins = |next: u8| {
        next.is_ascii_uppercase() || next.is_ascii_digit() || next >= 0x80 || next == b'#'
    };
    let mut at = 0;
    while let Some(skipped) = (bytes[at..].iter()).position(|byte| matches!(byte, b',' | b'#')) {
        at += skipped + 1;
        // Nothing of an address is as short as what has one character behind the mark.
        let [next, behind, ..] = bytes[at..] else {
            return false;
        };
        let has = match bytes[at - 1] {
            b'#' => next.is_ascii_digit(),
            _ => begins(next) || next == b' ' && begins(behind),
        };
        if has {
            return true;
        }
    }
    false
}

/// Whether there may be two capitals, without which a line has no address but that of a street.
fn has_capitals(line: &Line<'_>) -> bool {
    // A byte counts those of a stretch, without a branch for each.
    let mut count = 0;
    if line.chars().is_empty() {
        for stretch in line.text.as_bytes().chunks(128) {
            let capitals = stretch
                .iter()
                .map(|byte| u8::from(byte.is_ascii_uppercase()));
            count += usize::from(capitals.sum::<u8>());
        }
    } else {
        for stretch in line.chars().chunks(128) {
            let capitals = stretch.iter().map(|char| u8::from(may_be_capital(*char)));
            count += usize::from(capitals.sum::<u8>());
        }
    }
    count >= 2
}

/// Whether a folded character is in a block that has capitals.
const fn may_be_capital(char: u16) -> bool {
    matches!(char, 0x41..=0x5A | 0xC0..=0x1FFF | 0x2100..=0x2DFF | 0xA640..=0xABFF | Fold::OTHER)
}

/// Words behind a number that begin no street: 2 nights in King Street.
const NOT_STREETS: [u64; 22] = [
    latin_hash(b"nights"),
    latin_hash(b"night"),
    latin_hash(b"people"),
    latin_hash(b"pounds"),
    latin_hash(b"in"),
    latin_hash(b"at"),
    latin_hash(b"on"),
    latin_hash(b"from"),
    latin_hash(b"to"),
    latin_hash(b"is"),
    latin_hash(b"and"),
    latin_hash(b"for"),
    latin_hash(b"star"),
    latin_hash(b"stars"),
    latin_hash(b"minutes"),
    latin_hash(b"hours"),
    latin_hash(b"days"),
    latin_hash(b"am"),
    latin_hash(b"pm"),
    latin_hash(b"guests"),
    latin_hash(b"located"),
    latin_hash(b"tickets"),
];
/// Words that begin a sentence behind an address.
const SENTENCE: [u64; 14] = [
    latin_hash(b"Please"),
    latin_hash(b"Thanks"),
    latin_hash(b"Thank"),
    latin_hash(b"I"),
    latin_hash(b"My"),
    latin_hash(b"The"),
    latin_hash(b"Can"),
    latin_hash(b"Is"),
    latin_hash(b"Phone"),
    latin_hash(b"Tel"),
    latin_hash(b"It"),
    latin_hash(b"And"),
    latin_hash(b"We"),
    latin_hash(b"Email"),
];

/// Bytes of the word, with its full stop or apostrophe, that begins here.
fn word(text: &str) -> usize {
    tail_front(text, |char| {
        char.is_alphabetic() || matches!(char, '\'' | '’' | '-')
    })
}

/// Bytes from the front for which it holds.
fn tail_front(text: &str, holds: impl Fn(char) -> bool) -> usize {
    text.find(|char| !holds(char)).unwrap_or(text.len())
}

/// Bytes from the end for which it holds.
fn tail(text: &str, holds: impl Fn(char) -> bool) -> usize {
    text.len() - text.trim_end_matches(holds).len()
}
