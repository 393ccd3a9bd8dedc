//! The lists under `data/`: how they are read, and how words are looked up in them without making strings.
//! Han characters are folded (traditional to simplified, full width to ASCII) before they are compared.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rustc_hash::{FxHashMap, FxHashSet};

pub(crate) const HAN_NAMES: &str = include_str!("../data/han-names.txt");
pub(crate) const HAN_CONTEXT: &str = include_str!("../data/han-context.txt");
pub(crate) const HAN_WORDS: &str = include_str!("../data/han-words.txt");
pub(crate) const HAN_ADDRESS: &str = include_str!("../data/han-address.txt");
const HAN_TRADITIONAL: &str = include_str!("../data/han-traditional.txt");
pub(crate) const LATIN_NAMES: &str = include_str!("../data/latin-names.txt");
pub(crate) const LATIN_WORDS: &str = include_str!("../data/latin-words.txt");
pub(crate) const LATIN_ADDRESS: &str = include_str!("../data/latin-address.txt");

/// Words of the list of this name; the whole file where the name is empty.
pub(crate) fn list<'a>(data: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    let mut current = "";
    data.lines()
        .filter(move |line| {
            if let Some(head) = line.strip_prefix('[') {
                current = head.strip_suffix(']').expect("a list's name is closed");
                return false;
            }
            current == name && !line.starts_with('#')
        })
        .flat_map(str::split_whitespace)
}

/// The first and the last character of the block in which nearly all Chinese text is written.
pub(crate) const HAN_FIRST: u16 = 0x4E00;
pub(crate) const HAN_LAST: u16 = 0x9FFF;
/// Words in Han characters have four at most, so that one number holds them.
pub(crate) const WORD_CHARS_MAX: usize = 4;

pub(crate) const fn is_han(char: u16) -> bool {
    HAN_FIRST <= char && char <= HAN_LAST
}

/// Characters of the text as 16 bits each: traditional as simplified, full width as ASCII, what lies beyond as [`Fold::OTHER`].
pub(crate) struct Fold {
    /// What each character of the basic plane becomes.
    table: Box<[u16; PLANE]>,
}

/// Characters that 16 bits can tell.
pub(crate) const PLANE: usize = 0x1_0000;

impl Fold {
    /// Emoji and rare characters.
    pub(crate) const OTHER: u16 = 0xFFFD;
    /// Before the first and behind the last character of a line.
    pub(crate) const EDGE: u16 = 0;

    pub(crate) fn new() -> Self {
        let mut table = plane(0);
        for (char, folded) in (0..=u16::MAX).zip(table.iter_mut()) {
            *folded = match char {
                0xFF01..=0xFF5E => char - 0xFEE0,
                0x3000 | 0xA0 | 0x09 => 0x20,
                0x0A | 0x0D => Self::EDGE,
                _ => char,
            };
        }
        traditional(|from, to| table[usize::from(from)] = to);
        Self { table }
    }

    #[inline]
    pub(crate) fn char(&self, char: char) -> u16 {
        self.narrow(narrow(char))
    }

    /// A character of the basic plane.
    #[inline]
    pub(crate) fn narrow(&self, char: u16) -> u16 {
        self.table[usize::from(char)]
    }
}

/// A table of the basic plane.
#[expect(
    clippy::unnecessary_box_returns,
    reason = "it is too large for the stack"
)]
pub(crate) fn plane<T: Copy + std::fmt::Debug>(value: T) -> Box<[T; PLANE]> {
    vec![value; PLANE]
        .try_into()
        .expect("it has as many as the plane")
}

/// All traditional forms of the characters that a list has, each with the simplified one.
pub(crate) fn traditional(mut each: impl FnMut(u16, u16)) {
    let mut chars = list(HAN_TRADITIONAL, "").flat_map(str::chars).map(narrow);
    while let (Some(from), Some(to)) = (chars.next(), chars.next()) {
        each(from, to);
    }
}

fn narrow(char: char) -> u16 {
    u16::try_from(u32::from(char)).unwrap_or(Fold::OTHER)
}

/// One number for up to four folded characters.
pub(crate) fn key(chars: &[u16]) -> u64 {
    debug_assert!(chars.len() <= WORD_CHARS_MAX, "words are short");
    (chars.iter()).fold(0, |key, char| key << 16 | u64::from(*char))
}

/// A set of words of one to four Han characters. Most characters begin none of its words, and are told by one bit.
pub(crate) struct HanWords {
    single: CharSet,
    /// A bit for each hash of two characters that begin a word. Others may have the same.
    bits: Box<[u64]>,
    shift: u32,
    /// How long the words are that begin with two characters: bit 2 for these two alone, bits 3 and 4 for longer ones.
    lengths: FxHashMap<u32, u8>,
    /// Words of three and four.
    long: FxHashSet<u64>,
}

impl HanWords {
    /// Longer words are left out: what they end in or begin with is listed as well.
    pub(crate) fn new<'a>(fold: &Fold, words: impl Iterator<Item = &'a str>) -> Self {
        let words: Vec<Vec<u16>> = words
            .map(|word| word.chars().map(|char| fold.char(char)).collect())
            .filter(|word: &Vec<u16>| (1..=WORD_CHARS_MAX).contains(&word.len()))
            .collect();
        // Eight bits a word: one pair of ten that begins none is looked up all the same.
        let size = (words.len() * 8).next_power_of_two().max(64);
        let mut set = Self {
            single: CharSet::new(),
            bits: vec![0; size / 64].into(),
            shift: 32 - size.trailing_zeros(),
            lengths: FxHashMap::default(),
            long: FxHashSet::default(),
        };
        for word in words {
            let &[first, second, ..] = &word[..] else {
                set.single.insert(word[0]);
                continue;
            };
            let bit = set.bit(first, second);
            set.bits[bit / 64] |= 1 << (bit % 64);
            *set.lengths.entry(pair(first, second)).or_default() |= 1 << word.len();
            if word.len() > 2 {
                set.long.insert(key(&word));
            }
        }
        set
    }

    #[inline]
    fn bit(&self, first: u16, second: u16) -> usize {
        (pair(first, second).wrapping_mul(0x9E37_79B1) >> self.shift) as usize
    }

    /// A bit for each length of the words that begin with these two.
    #[inline]
    fn lengths(&self, first: u16, second: u16) -> u8 {
        let bit = self.bit(first, second);
        if self.bits[bit / 64] >> (bit % 64) & 1 == 0 {
            return 0;
        }
        (self.lengths.get(&pair(first, second)).copied()).unwrap_or(0)
    }

    /// Whether a word of two characters is among these, or the first two of a longer one.
    pub(crate) fn is_in(&self, chars: &[u16]) -> bool {
        (chars.array_windows()).any(|[first, second]| self.lengths(*first, *second) != 0)
    }

    #[inline]
    pub(crate) fn has(&self, chars: &[u16]) -> bool {
        match *chars {
            [] => false,
            [char] => self.single.has(char),
            [first, second, ..] => self.has_of(self.lengths(first, second), chars),
        }
    }

    /// Whether a word of `min` characters at least, which is two or more, begins with these.
    #[inline]
    pub(crate) fn has_some(&self, chars: &[u16], min: usize) -> bool {
        let [first, second, ..] = *chars else {
            return false;
        };
        let lengths = self.lengths(first, second);
        lengths != 0 && (min..=chars.len()).any(|len| self.has_of(lengths, &chars[..len]))
    }

    /// Whether all of these are a word, of which the lengths that there are are known.
    fn has_of(&self, lengths: u8, chars: &[u16]) -> bool {
        chars.len() <= WORD_CHARS_MAX
            && lengths >> chars.len() & 1 == 1
            && (chars.len() == 2 || self.long.contains(&key(chars)))
    }

    /// The length of the longest word, of `min` characters at least, with which these begin.
    #[inline]
    pub(crate) fn starts(&self, chars: &[u16], min: usize) -> Option<usize> {
        let &[first, ref rest @ ..] = chars else {
            return None;
        };
        if let [second, ..] = *rest {
            let lengths = self.lengths(first, second);
            if lengths != 0 {
                let max = chars.len().min(WORD_CHARS_MAX);
                let long = (min.max(2)..=max)
                    .rev()
                    .find(|len| self.has_of(lengths, &chars[..*len]));
                if long.is_some() {
                    return long;
                }
            }
        }
        (min <= 1 && self.single.has(first)).then_some(1)
    }
}

const fn pair(first: u16, second: u16) -> u32 {
    (first as u32) << 16 | second as u32
}

/// A set of characters.
pub(crate) struct CharSet(Box<[u64; PLANE / 64]>);

impl CharSet {
    fn new() -> Self {
        Self(Box::new([0; PLANE / 64]))
    }

    /// The Han characters of a text.
    pub(crate) fn of(fold: &Fold, chars: &str) -> Self {
        let mut set = Self::new();
        for char in chars.chars().map(|char| fold.char(char)) {
            set.insert(char);
        }
        set
    }

    fn insert(&mut self, char: u16) {
        self.0[usize::from(char / 64)] |= 1 << (char % 64);
    }

    #[inline]
    pub(crate) fn has(&self, char: u16) -> bool {
        self.0[usize::from(char / 64)] >> (char % 64) & 1 == 1
    }
}

/// The key of a word, if it is short enough to have one.
pub(crate) fn han_key(fold: &Fold, word: &str) -> Option<u64> {
    let mut chars = [0; WORD_CHARS_MAX];
    let mut len = 0;
    for char in word.chars() {
        *chars.get_mut(len)? = fold.char(char);
        len += 1;
    }
    Some(key(&chars[..len]))
}

/// The hash of a word in Latin letters, without regard to case: the bit that tells `É` from `é` in UTF-8 is the one that tells `E`
/// from `e` in ASCII.
pub(crate) const fn latin_hash(word: &[u8]) -> u64 {
    let mut hash = word.len() as u64;
    let mut at = 0;
    while at < word.len() {
        let mut eight = 0;
        let mut taken = 0;
        while taken < 8 && at < word.len() {
            eight = eight << 8 | (word[at] | 0x20) as u64;
            taken += 1;
            at += 1;
        }
        hash = (hash.rotate_left(23) ^ eight).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    hash ^ hash >> 29
}

/// [`latin_hash`] of a part of a text, eight bytes at a time.
#[inline]
pub(crate) fn latin_hash_in(text: &[u8], start: usize, end: usize) -> u64 {
    let mut hash = (end - start) as u64;
    let mut at = start;
    while at < end {
        let taken = (end - at).min(8);
        let bytes = text.get(at..at + 8).and_then(|eight| eight.try_into().ok());
        let Some(bytes) = bytes else {
            // The last word of a text.
            return latin_hash(&text[start..end]);
        };
        let rest = 64 - 8 * taken;
        let eight = (u64::from_be_bytes(bytes) | 0x2020_2020_2020_2020) >> rest;
        hash = (hash.rotate_left(23) ^ eight).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        at += taken;
    }
    hash ^ hash >> 29
}

/// Whether some byte is one of those, told without a branch for each.
#[inline]
pub(crate) fn has_byte(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> bool {
    bytes.chunks(64).any(|chunk| {
        let each = chunk.iter().map(|byte| wanted(*byte));
        each.fold(false, |found, one| found | one)
    })
}

/// Lines of the list of this name: words with spaces in them.
pub(crate) fn phrases<'a>(data: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    let mut current = "";
    data.lines().filter(move |line| {
        if let Some(head) = line.strip_prefix('[') {
            current = head.strip_suffix(']').expect("a list's name is closed");
            return false;
        }
        current == name && !line.starts_with('#') && !line.is_empty()
    })
}

/// Searches for any of these words at once, whatever the case of their ASCII letters.
pub(crate) fn compile<'a>(words: impl Iterator<Item = &'a str>) -> AhoCorasick {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .kind(Some(AhoCorasickKind::DFA))
        // Chinese words begin with the same few bytes: skipping to them costs more than reading on.
        .prefilter(false)
        .build(words)
        .expect("a list of words compiles")
}
