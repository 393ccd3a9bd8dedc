//! Words in Latin letters: where they are in a text, and what they may be.

use rustc_hash::FxHashMap;

use crate::lexicon::{LATIN_NAMES, LATIN_WORDS, latin_hash, latin_hash_in, list};

/// What a word may be: bits.
pub(super) type Flags = u16;
pub(super) const GIVEN: Flags = 1;
pub(super) const SURNAME: Flags = 2;
pub(super) const PINYIN: Flags = 4;
pub(super) const COMMON: Flags = 8;
pub(super) const VENUE: Flags = 16;
pub(super) const PLACE: Flags = 32;
pub(super) const TITLE: Flags = 64;
pub(super) const KIN: Flags = 128;
pub(super) const PARTICLE: Flags = 256;
pub(super) const GREETING: Flags = 512;
pub(super) const CLOSING: Flags = 1024;
pub(super) const LABEL: Flags = 2048;
/// A given name that is an everyday word too.
pub(super) const DOUBTFUL: Flags = 4096;
pub(super) const BRAND: Flags = 8192;
/// A family name that is a word of English too.
pub(super) const SURNAME_WORD: Flags = 16384;

/// What every word of the lists may be, by its hash: in one number each, above its flags all but the lowest bits of the hash, which
/// say where to look first. 0 is an empty place.
pub(super) struct LatinWords(Box<[u64; PLACES]>);

/// Places for words: nearly two for each, so that the first or second look answers.
const PLACES: usize = 1 << 15;

impl LatinWords {
    pub(super) fn new() -> Self {
        let mut flags: FxHashMap<u64, Flags> = FxHashMap::default();
        for (data, name, bit) in [
            (LATIN_NAMES, "given", GIVEN),
            (LATIN_NAMES, "given-word", GIVEN | DOUBTFUL),
            (LATIN_NAMES, "surname", SURNAME),
            (LATIN_NAMES, "surname-word", SURNAME_WORD),
            (LATIN_NAMES, "pinyin-surname", PINYIN),
            (LATIN_NAMES, "particle", PARTICLE),
            (LATIN_WORDS, "title", TITLE),
            (LATIN_WORDS, "greeting", GREETING),
            (LATIN_WORDS, "closing", CLOSING),
            (LATIN_WORDS, "kin", KIN),
            (LATIN_WORDS, "label", LABEL),
            (LATIN_WORDS, "common", COMMON),
            (LATIN_WORDS, "nationality", COMMON),
            (LATIN_WORDS, "venue", VENUE),
            (LATIN_WORDS, "place", PLACE),
            (LATIN_WORDS, "brand", BRAND),
        ] {
            for word in list(data, name) {
                *flags.entry(latin_hash(word.as_bytes())).or_default() |= bit;
            }
        }
        assert!(flags.len() < PLACES / 9 * 5, "the lists have room");
        let mut places: Box<[u64; PLACES]> =
            (vec![0; PLACES].try_into()).expect("it has as many places");
        for (hash, flags) in flags {
            let mut at = place(hash);
            while places[at] != 0 {
                at = (at + 1) % PLACES;
            }
            places[at] = hash & !u64::from(Flags::MAX) | u64::from(flags);
        }
        Self(places)
    }

    #[inline]
    fn get(&self, hash: u64) -> Option<Flags> {
        let tag = hash >> Flags::BITS;
        let mut at = place(hash);
        loop {
            let found = self.0[at];
            if found == 0 {
                return None;
            }
            if found >> Flags::BITS == tag {
                return Flags::try_from(found & u64::from(Flags::MAX)).ok();
            }
            at = (at + 1) % PLACES;
        }
    }

    fn flags(&self, word: &[u8], hash: u64) -> Flags {
        if let Some(flags) = self.get(hash) {
            return flags;
        }
        if !word.is_ascii() {
            return self.unaccented(word);
        }
        // García-López is what its parts are.
        let Some(hyphen) = word.iter().position(|byte| *byte == b'-') else {
            return 0;
        };
        let part = |part: &[u8]| self.get(latin_hash(part)).unwrap_or(0);
        joined(part(&word[..hyphen]), part(&word[hyphen + 1..]))
    }
}

impl LatinWords {
    /// Zoë is what Zoe is.
    fn unaccented(&self, word: &[u8]) -> Flags {
        let word = str::from_utf8(word).unwrap_or("");
        let mut plain = [0; PLAIN_MAX];
        let mut len = 0;
        for char in word.chars() {
            let Some(place) = plain.get_mut(len) else {
                return 0;
            };
            *place = bare(char);
            len += 1;
        }
        let plain = &plain[..len];
        let whole = |word: &[u8]| self.get(latin_hash(word));
        whole(plain).unwrap_or_else(|| {
            let mut parts = plain.splitn(2, |byte| *byte == b'-');
            let first = parts.next().and_then(whole).unwrap_or(0);
            first | parts.next().and_then(whole).unwrap_or(0)
        })
    }
}

/// What a word with a hyphen is: Al-Sayed is a family name, whatever follows.
const fn joined(first: Flags, second: Flags) -> Flags {
    if first & PARTICLE != 0 && first & (GIVEN | SURNAME) == 0 {
        second & !PARTICLE | SURNAME
    } else {
        first | second
    }
}

/// Letters of a name that is looked up without its accents, at most.
const PLAIN_MAX: usize = 24;

/// A letter without its accent, in lower case; what is none stays apart from every letter.
fn bare(char: char) -> u8 {
    let char = char.to_lowercase().next().unwrap_or(char);
    match char {
        _ if char.is_ascii() => char as u8,
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ'..='ặ' => b'a',
        'ç' | 'ć' | 'č' => b'c',
        'ď' | 'đ' => b'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ẹ'..='ệ' => b'e',
        'ğ' => b'g',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ı' | 'ỉ'..='ị' => b'i',
        'ł' => b'l',
        'ñ' | 'ń' | 'ň' => b'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' | 'ơ' | 'ọ'..='ợ' => b'o',
        'ř' => b'r',
        'ś' | 'š' | 'ş' => b's',
        'ť' | 'ţ' => b't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ů' | 'ű' | 'ư' | 'ụ'..='ự' => b'u',
        'ý' | 'ÿ' | 'ỳ'..='ỹ' => b'y',
        'ź' | 'ż' | 'ž' => b'z',
        _ => b'?',
    }
}

/// Where a hash is looked for first.
fn place(hash: u64) -> usize {
    let [low, high, ..] = hash.to_le_bytes();
    usize::from(u16::from_le_bytes([low, high])) % PLACES
}

/// One word.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) hash: u64,
    pub(super) flags: Flags,
    capital: bool,
    pub(super) upper: bool,
}

impl Token {
    /// A name that was found, as one word that no list has.
    pub(super) fn name(start: usize, end: usize) -> Self {
        Self {
            start,
            end,
            ..Self::default()
        }
    }

    pub(super) const fn len(&self) -> usize {
        self.end - self.start
    }

    pub(super) const fn is(&self, flag: Flags) -> bool {
        self.flags & flag != 0
    }

    pub(super) const fn is_capital(&self) -> bool {
        self.capital
    }

    /// Whether a list of names has it.
    pub(super) const fn may_be_name(&self) -> bool {
        self.is(GIVEN | SURNAME | PINYIN)
    }

    /// A family name that is nothing else.
    pub(super) const fn is_family(&self) -> bool {
        self.is(SURNAME) && !self.is(GIVEN | SURNAME_WORD | COMMON | PLACE | VENUE | BRAND)
    }

    pub(super) const fn exists(&self) -> bool {
        self.end > 0
    }
}

/// Walks over the words of a text.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self::from(text, 0)
    }

    pub(super) const fn from(text: &'a str, at: usize) -> Self {
        Self {
            bytes: text.as_bytes(),
            at,
        }
    }

    #[inline]
    pub(super) fn next(&mut self, words: &LatinWords) -> Option<Token> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            if byte == b' ' {
                self.at += 1;
                continue;
            }
            if byte.is_ascii_alphabetic() {
                return Some(self.word(words));
            }
            if byte >= 0xE2 {
                // Han and emoji: no letters of ours.
                self.at += if byte < 0xF0 { 3 } else { 4 };
                continue;
            }
            if letter(self.bytes, self.at) > 0 {
                return Some(self.word(words));
            }
            self.at += 1;
            if byte.is_ascii_digit() {
                // B12, 3rd, AB12CD: letters beside digits are no word.
                while self
                    .bytes
                    .get(self.at)
                    .is_some_and(u8::is_ascii_alphanumeric)
                {
                    self.at += 1;
                }
            }
        }
    }

    fn word(&mut self, words: &LatinWords) -> Token {
        let start = self.at;
        let mut small = self.ascii();
        // Most words are nothing but ASCII letters, and need no second look.
        let is_plain = !matches!(self.bytes.get(self.at), Some(b'\'' | b'-' | 0x80..));
        if !is_plain {
            small |= self.rest();
        }
        let word = &self.bytes[start..self.at];
        let hash = latin_hash_in(self.bytes, start, self.at);
        let numbered = self.bytes.get(self.at).is_some_and(u8::is_ascii_digit);
        let flags = if is_plain {
            words.get(hash).unwrap_or(0)
        } else {
            words.flags(word, hash)
        };
        Token {
            start,
            end: self.at,
            hash,
            flags,
            capital: capital(word) && !numbered,
            upper: !small && word.len() > 1,
        }
    }

    /// Takes ASCII letters; whether one is small. Eight bytes at once: most words have fewer.
    #[inline]
    fn ascii(&mut self) -> bool {
        let mut bits = 0;
        while let Some(eight) = self
            .bytes
            .get(self.at..)
            .and_then(|rest| rest.first_chunk())
        {
            let (letters, small) = letters(u64::from_le_bytes(*eight));
            bits |= small;
            self.at += letters;
            if letters < eight.len() {
                return bits != 0;
            }
        }
        while let Some(byte) = self.bytes.get(self.at)
            && byte.is_ascii_alphabetic()
        {
            bits |= u64::from(byte & 0x20);
            self.at += 1;
        }
        bits != 0
    }

    /// Takes what a word has behind its first ASCII letters; whether one is small.
    fn rest(&mut self) -> bool {
        let mut small = false;
        loop {
            small |= self.ascii();
            let len = letter(self.bytes, self.at);
            if len > 0 {
                small |= !capital(&self.bytes[self.at..]);
                self.at += len;
                continue;
            }
            let inner = inner(&self.bytes[self.at..]);
            let next = self.at + inner;
            if inner == 0 || letter(self.bytes, next) == 0 {
                return small;
            }
            let possessive = self.bytes[self.at] != b'-'
                && matches!(self.bytes[next], b's' | b'S')
                && letter(self.bytes, next + 1) == 0;
            if possessive {
                return small;
            }
            self.at = next;
        }
    }
}

/// How many of eight bytes, the first in the lowest place, are ASCII letters before one that is none; a bit where one is small.
#[inline]
const fn letters(eight: u64) -> (usize, u64) {
    const HIGHEST: u64 = each(0x80);
    let low = (eight | each(0x20)) & !HIGHEST;
    // The highest bit of each byte: from `a` on, not behind `z`, ASCII.
    let from_a = low + each(0x80 - b'a');
    let behind_z = low + each(0x7F - b'z');
    let others = !(from_a & !behind_z & !eight) & HIGHEST;
    let bits = others.trailing_zeros();
    let taken = if bits == 64 {
        u64::MAX
    } else {
        (1 << (bits - 7)) - 1
    };
    ((bits / 8) as usize, eight & taken & each(0x20))
}

/// Eight times the same byte.
const fn each(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// Whether a byte may begin a letter of ours: without one, a text has no words.
pub(super) fn begins_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() | matches!(byte, 0xC3..=0xC9 | 0xE1)
}

/// Bytes of the letter at a place: ASCII, Latin-1, Latin Extended-A and -B, and Additional; 0 if none is there.
fn letter(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(byte) if byte.is_ascii_alphabetic() => 1,
        Some(0xC3) if !matches!(bytes.get(at + 1), Some(0x97 | 0xB7)) => 2,
        Some(0xC4..=0xC9) => 2,
        Some(0xE1) if matches!(bytes.get(at + 1), Some(0xB8..=0xBB)) => 3,
        _ => 0,
    }
}

/// Bytes of what may stand inside a word: `'`, `’`, `-`.
fn inner(bytes: &[u8]) -> usize {
    match bytes {
        [b'\'' | b'-', ..] => 1,
        [0xE2, 0x80, 0x99, ..] => 3,
        _ => 0,
    }
}

fn capital(word: &[u8]) -> bool {
    match word {
        [first, ..] if first.is_ascii() => first.is_ascii_uppercase(),
        [0xC3, second, ..] => *second <= 0x9E,
        [_, second, ..] => second % 2 == 0,
        _ => false,
    }
}
