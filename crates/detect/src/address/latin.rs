//! Addresses in Latin letters: a house number with a street behind it (42 Elm Street), or, behind a word that says whose it is,
//! whatever has numbers and names of an address (Hauptstraße 12, 10115 Berlin).

use std::cell::OnceCell;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashSet;

use crate::finding::Finding;
use crate::lexicon::{Fold, LATIN_ADDRESS, compile, has_byte, latin_hash, list, phrases};
use crate::line::Line;

use self::number::{digits, is_post, ordinal};
use super::{Around, Whose, report};

mod number;

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
    private: AhoCorasick,
    house: AhoCorasick,
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
            private: compile(phrases(LATIN_ADDRESS, "private")),
            house: compile(phrases(LATIN_ADDRESS, "house")),
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
        let mut at = 0;
        let mut done = 0;
        let house = OnceCell::new();
        while let Some(&byte) = bytes.get(at) {
            if !byte.is_ascii_digit() {
                at += 1;
                continue;
            }
            let start = at;
            while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            let alone =
                start == 0 || !bytes[start - 1].is_ascii_alphanumeric() && bytes[start - 1] != b':';
            if !alone || at - start > NUMBER_MAX {
                continue;
            }
            let found = (self.street(text, start, at, done))
                .map(|(span, points)| (span, points, self.whose(text, span, &house)))
                .or_else(|| {
                    let free = named.then(|| self.free(text, start, done, asked));
                    free.flatten()
                });
            if let Some((span, points, whose)) = found {
                match report(text, span, points, whose, asked, around) {
                    // Flat 12B, Rose Court, 14 Hill Street: one address.
                    Some(more)
                        if out.last().is_some_and(|last| {
                            last.end == done && text[done..span.0].len() <= 2
                        }) =>
                    {
                        if let Some(last) = out.last_mut() {
                            last.end = more.end;
                            last.score = last.score.max(more.score);
                        }
                    }
                    found => out.extend(found),
                }
                done = span.1;
                at = at.max(span.1);
            }
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

    /// Behind `my address is`, up to the end of the sentence: anything with a number and two names.
    fn free(
        &self,
        text: &str,
        number: usize,
        done: usize,
        asked: bool,
    ) -> Option<((usize, usize), i32, Whose)> {
        let from = text
            .floor_char_boundary(number.saturating_sub(BEFORE_BYTES))
            .max(done);
        let keyword = self.private.find_iter(&text[from..number]).last();
        let start = match keyword {
            Some(found) => from + found.end(),
            None if asked && text[..number].len() < 40 && done == 0 => 0,
            None => return None,
        };
        // A word of the list may be the beginning of a longer one: `my addr|ess is`.
        let tail = |char: char| keyword.is_some() && char.is_ascii_alphabetic();
        let rest = text[start..].trim_start_matches(tail);
        let rest = rest.trim_start_matches([' ', ':', '-', ',']);
        let rest = ["address is ", "is ", "to ", "me at ", "at ", "in "]
            .iter()
            .fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
        let rest = rest.trim_start_matches([' ', ':', '"']);
        // Send my jacket to Rua Augusta 120.
        let near = |rest: &str| rest.floor_char_boundary(2 * ADDRESS_MAX);
        let rest = match rest[..near(rest)].find(" to ") {
            Some(at) if text.len() - rest.len() + at < number => &rest[at + 4..],
            _ => rest,
        };
        let start = text.len() - rest.len();
        let len = sentence(&rest[..near(rest)]);
        let span = &rest[..len];
        let capitals = span
            .split([' ', ','])
            .filter(|word| word.starts_with(char::is_uppercase))
            .count();
        let digits = span
            .split([' ', ','])
            .filter(|word| word.bytes().any(|byte| byte.is_ascii_digit()))
            .count();
        let street = span.split([' ', ',']).any(|word| self.is_street(word));
        let whole = start <= number && number < start + len && len <= ADDRESS_MAX;
        if !whole || capitals < 2 || !(span.contains(',') || street) || !street && digits < 2 {
            return None;
        }
        let private = keyword.is_some();
        let house = self.house.is_match(span);
        Some(((start, start + len), 22, Whose { private, house }))
    }

    fn is_street(&self, word: &str) -> bool {
        let word = word.trim_end_matches('.');
        self.streets.contains(&latin_hash(word.as_bytes()))
            || [
                "straße", "strasse", "gasse", "weg", "Box", "platz", "laan", "straat", "gatan",
                "vägen",
            ]
            .iter()
            .any(|end| word.ends_with(end))
    }

    /// `speaks`: whether a word of the text speaks of a house, once it was looked for.
    fn whose(&self, text: &str, (start, end): (usize, usize), speaks: &OnceCell<bool>) -> Whose {
        let from = text.floor_char_boundary(start.saturating_sub(BEFORE_BYTES));
        let private = self
            .private
            .find_iter(&text[from..start])
            .last()
            .map(|found| found.end());
        let house = self
            .house
            .find_iter(&text[from..start])
            .last()
            .map(|found| found.end());
        let to = text.ceil_char_boundary((end + 40).min(text.len()));
        let behind = [
            "my address",
            "my home",
            "is where i live",
            "where i live",
            "my house",
            "our home",
        ]
        .iter()
        .any(|words| contains_ignoring_case(&text[end..to], words));
        let sent = SENDS
            .iter()
            .any(|verb| contains_ignoring_case(&text[from..start], verb))
            && text[from..start].trim_end().ends_with(" to");
        let behind = behind || sent;
        let mine = private >= house && private.is_some() || behind;
        Whose {
            private: mine,
            house: !mine && (house.is_some() || *speaks.get_or_init(|| self.house.is_match(text))),
        }
    }
}

/// Whether there may be two capitals, without which a line has no address but that of a street.
fn has_capitals(line: &Line<'_>) -> bool {
    let count = if line.chars().is_empty() {
        let bytes = line.text.bytes();
        bytes.filter(u8::is_ascii_uppercase).count()
    } else {
        let chars = line.chars().iter();
        chars.filter(|char| may_be_capital(**char)).count()
    };
    count >= 2
}

/// Whether a folded character is in a block that has capitals.
const fn may_be_capital(char: u16) -> bool {
    matches!(char, 0x41..=0x5A | 0xC0..=0x1FFF | 0x2100..=0x2DFF | 0xA640..=0xABFF | Fold::OTHER)
}

/// What is done with what goes to an address.
const SENDS: [&str; 9] = [
    "mail ", "post ", "ship ", "send ", "deliver ", "forward ", "return ", "courier ", "invoice ",
];

/// Bytes up to the end of a sentence, or to the words with which people go on.
fn sentence(text: &str) -> usize {
    let stops = [
        "\n", "? ", "! ", "。", "，", "；", ";", " and ", " please", " thank", " Thank", " Thanks",
        " so ", " but ", " if ", " (", ", please", ", thank", ", and ", ", phone", ", tel",
        " for ", ", my ", " by ",
    ];
    let points = text.match_indices(". ").map(|(at, _)| at);
    let full = points
        .filter(|at| !ABBREVIATED.iter().any(|word| text[..*at].ends_with(word)))
        .min();
    let end = stops
        .iter()
        .filter_map(|stop| text.find(stop))
        .chain(full)
        .min()
        .unwrap_or(text.len());
    text[..end]
        .trim_end_matches(['.', '!', '?', ' ', ',', '"'])
        .len()
}

/// Words of addresses that a full stop shortens.
const ABBREVIATED: [&str; 13] = [
    "No", "Apt", "St", "Rd", "Ave", "Blvd", "Dr", "Ste", "Ln", "O", "Fl", "Bldg", "Str",
];

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

fn contains_ignoring_case(text: &str, words: &str) -> bool {
    (text.as_bytes().windows(words.len()))
        .any(|window| window.eq_ignore_ascii_case(words.as_bytes()))
}
