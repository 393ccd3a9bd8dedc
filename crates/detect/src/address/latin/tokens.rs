//! Words of a line in Latin letters, told by what they can be in an address: number, capital, kind of street, kind of unit.

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use crate::finding::Finding;
use crate::lexicon::{LATIN_ADDRESS, latin_hash, list};

/// Begins with a capital.
pub(super) const CAPITAL: u16 = 1;
/// Has a digit.
pub(super) const NUMBER: u16 = 2;
/// Stands small inside names: de, of, van.
pub(super) const JOIN: u16 = 4;
/// Street, Road: behind the name of a street.
pub(super) const KIND: u16 = 8;
/// Rue, Calle, ul.: before the name of a street.
pub(super) const FIRST: u16 = 16;
/// Lindenstraße, Storgata: the kind is the word's end.
pub(super) const WHOLE: u16 = 32;
/// Flat, Room, Tower: before the number of a unit.
pub(super) const UNIT: u16 = 64;
/// Cottage, House, Mill: ends the name of a house.
pub(super) const HOUSE: u16 = 128;
pub(super) const COMMA: u16 = 256;
/// Nothing of an address goes on over it.
pub(super) const BREAK: u16 = 512;

/// Words that an address has at most before it is asked whether they are more than a list of names.
pub(super) const TOKENS: usize = 32;
pub(super) type Tokens = SmallVec<[Token; TOKENS]>;

/// A word, or a mark.
#[derive(Clone, Copy)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) class: u16,
}

impl Token {
    pub(super) const fn is(self, class: u16) -> bool {
        self.class & class != 0
    }
}

/// Lists of words.
pub(super) struct Words {
    classes: [(FxHashSet<u64>, u16); 6],
    ends: Vec<&'static str>,
    /// Begin a sentence, so that a capital says nothing.
    sentence: FxHashSet<u64>,
    abbreviated: FxHashSet<u64>,
}

impl Words {
    pub(super) fn new() -> Self {
        let set = |name| -> FxHashSet<u64> {
            list(LATIN_ADDRESS, name)
                .map(|word| latin_hash(word.as_bytes()))
                .collect()
        };
        Self {
            classes: [
                (set("street"), KIND),
                (set("street-first"), FIRST),
                (set("unit"), UNIT),
                (set("house-name"), HOUSE),
                (set("joint"), JOIN),
                (set("floor"), JOIN),
            ],
            ends: list(LATIN_ADDRESS, "street-end").collect(),
            sentence: set("sentence"),
            abbreviated: set("abbreviated"),
        }
    }

    pub(super) fn is_abbreviated(&self, word: &str) -> bool {
        word.len() == 1 || self.abbreviated.contains(&latin_hash(word.as_bytes()))
    }

    fn class(&self, word: &str) -> u16 {
        let bytes = word.as_bytes();
        let mut class = 0;
        if bytes.iter().any(u8::is_ascii_digit) {
            class |= NUMBER;
        }
        let first = word.trim_start_matches(['(', '#']).chars().next();
        if first.is_some_and(char::is_uppercase) {
            class |= CAPITAL;
        }
        if class & NUMBER != 0 {
            return class;
        }
        // d'Aragó, dell'Arte
        let behind = word
            .split_once(['\'', '’'])
            .map_or("", |(_, behind)| behind);
        if behind.starts_with(char::is_uppercase) {
            class |= CAPITAL;
        }
        let hash = latin_hash(bytes);
        if class & CAPITAL != 0 && self.sentence.contains(&hash) {
            return BREAK;
        }
        for (words, bit) in &self.classes {
            if words.contains(&hash) {
                class |= bit;
            }
        }
        let is_whole = |end: &&&str| bytes.len() > end.len() + 2 && word.ends_with(**end);
        if class & CAPITAL != 0 && self.ends.iter().find(is_whole).is_some() {
            class |= WHOLE;
        }
        if class == 0 { BREAK } else { class }
    }

    /// The words of a text from a place on, up to one that breaks an address; where to go on.
    pub(super) fn run(&self, text: &str, from: usize, core: &[Finding], run: &mut Tokens) -> usize {
        run.clear();
        let mut at = from;
        while at < text.len() && run.len() < TOKENS {
            let rest = &text[at..];
            let char = rest.chars().next().unwrap_or(' ');
            if char == ' ' {
                at += 1;
                continue;
            }
            if char == ',' {
                run.push(Token {
                    start: at,
                    end: at + 1,
                    class: COMMA,
                });
                at += 1;
                continue;
            }
            // São Paulo - SP
            if rest.strip_prefix("- ").is_some_and(is_state) {
                at += 2;
                continue;
            }
            let len = word_len(rest);
            if len == 0 {
                return at + char.len_utf8();
            }
            let end = at + len;
            let next = core.partition_point(|finding| finding.end <= at);
            if let Some(finding) = core.get(next).filter(|finding| finding.start < end) {
                return finding.end.max(end);
            }
            let class = self.class(&text[at..end]);
            if class & BREAK != 0 {
                return end;
            }
            run.push(Token {
                start: at,
                end,
                class,
            });
            // Friedrichstr. 12
            let is_short = self.is_abbreviated(&text[at..end]) || class & WHOLE != 0;
            at = end;
            if text[at..].starts_with('.') {
                let is_short = is_short || class & NUMBER != 0 && len <= 2 && is_floor(&text[at..]);
                if !is_short {
                    return at + 1;
                }
                at += 1;
            }
        }
        at
    }
}

/// Bytes of the word that begins here: letters, digits, and the marks inside 22/F, #21-07, 3º.
fn word_len(text: &str) -> usize {
    let mut end = 0;
    for (at, char) in text.char_indices() {
        let joins = matches!(char, '-' | '\'' | '’' | '/' | '.')
            && at > 0
            && text[at + char.len_utf8()..]
                .chars()
                .next()
                .is_some_and(is_word);
        if is_word(char) || joins || matches!(char, 'º' | 'ª' | '°') || char == '#' && at == 0 {
            end = at + char.len_utf8();
        } else {
            break;
        }
    }
    end
}

/// `. th`, `. OG`: the floor, and the side of it.
fn is_floor(text: &str) -> bool {
    [
        ". th", ". tv", ". mf", ". sal", ". OG", ". Stock", ". kat", ". em", ". floor", ". etg",
        ". krs",
    ]
    .iter()
    .any(|floor| text.starts_with(floor))
}

/// Whether two capitals stand alone at the beginning.
fn is_state(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 2
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && !text[2..].starts_with(char::is_alphanumeric)
}

/// Letters and digits of alphabets.
pub(super) fn is_word(char: char) -> bool {
    char.is_alphanumeric() && char < '\u{2E80}'
}
