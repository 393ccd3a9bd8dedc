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
    simplified: FxHashMap<u16, u16>,
    /// A bit for each Han character: whether it is in the map.
    traditional: Box<[u64]>,
}

impl Fold {
    /// Emoji and rare characters.
    pub(crate) const OTHER: u16 = 0xFFFD;
    /// Before the first and behind the last character of a line.
    pub(crate) const EDGE: u16 = 0;

    pub(crate) fn new() -> Self {
        let mut chars = list(HAN_TRADITIONAL, "").flat_map(str::chars).map(narrow);
        let mut simplified = FxHashMap::default();
        let mut traditional = vec![0_u64; usize::from(HAN_LAST - HAN_FIRST) / 64 + 1];
        while let (Some(from), Some(to)) = (chars.next(), chars.next()) {
            simplified.insert(from, to);
            let bit = usize::from(from - HAN_FIRST);
            traditional[bit / 64] |= 1 << (bit % 64);
        }
        Self {
            simplified,
            traditional: traditional.into(),
        }
    }

    pub(crate) fn char(&self, char: char) -> u16 {
        let char = narrow(char);
        if !is_han(char) {
            return match char {
                0xFF01..=0xFF5E => char - 0xFEE0,
                0x3000 | 0xA0 | 0x09 => 0x20,
                0x0A | 0x0D => Self::EDGE,
                _ => char,
            };
        }
        self.simplify(char)
    }

    /// The simplified form of a Han character.
    pub(crate) fn simplify(&self, char: u16) -> u16 {
        let bit = usize::from(char - HAN_FIRST);
        if self.traditional[bit / 64] >> (bit % 64) & 1 == 0 {
            char
        } else {
            self.simplified[&char]
        }
    }

    /// All traditional forms of the characters that a list has.
    pub(crate) fn with_traditional(&self, mut each: impl FnMut(u16, u16)) {
        for (traditional, simplified) in &self.simplified {
            each(*traditional, *simplified);
        }
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

/// A set of words of one to four Han characters.
pub(crate) struct HanWords(FxHashSet<u64>);

impl HanWords {
    /// Longer words are left out: what they end in or begin with is listed as well.
    pub(crate) fn new<'a>(fold: &Fold, words: impl Iterator<Item = &'a str>) -> Self {
        let words = words.filter_map(|word| han_key(fold, word));
        Self(words.collect())
    }

    pub(crate) fn has(&self, chars: &[u16]) -> bool {
        self.0.contains(&key(chars))
    }

    /// The length of the longest word, of `min` characters at least, with which these begin.
    pub(crate) fn starts(&self, chars: &[u16], min: usize) -> Option<usize> {
        let max = chars.len().min(WORD_CHARS_MAX);
        (min..=max).rev().find(|len| self.has(&chars[..*len]))
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

/// A few characters from a place on, folded, with the offset of each in the text. Ends at the end of the line.
pub(crate) struct Ahead<const N: usize> {
    chars: [u16; N],
    at: [usize; N],
    len: usize,
}

impl<const N: usize> Ahead<N> {
    pub(crate) fn new(fold: &Fold, text: &str, start: usize) -> Self {
        let mut ahead = Self {
            chars: [Fold::EDGE; N],
            at: [text.len(); N],
            len: 0,
        };
        for (offset, char) in text[start..].char_indices() {
            if ahead.len == N {
                break;
            }
            ahead.at[ahead.len] = start + offset;
            let char = fold.char(char);
            if char == Fold::EDGE {
                ahead.at[ahead.len..].fill(start + offset);
                break;
            }
            ahead.chars[ahead.len] = char;
            ahead.len += 1;
        }
        ahead
    }

    /// Characters of the line.
    pub(crate) fn chars(&self) -> &[u16] {
        &self.chars[..self.len]
    }

    /// The character at a place, [`Fold::EDGE`] behind the last.
    pub(crate) fn get(&self, index: usize) -> u16 {
        self.chars.get(index).copied().unwrap_or(Fold::EDGE)
    }

    /// Characters from a place on.
    pub(crate) fn from(&self, index: usize) -> &[u16] {
        self.chars().get(index..).unwrap_or(&[])
    }

    /// Offset in the text of the character at a place.
    pub(crate) fn offset(&self, index: usize) -> usize {
        self.at[index.min(N - 1)]
    }
}

/// A few characters before a place, folded, in their order; the place is behind the last.
pub(crate) struct Behind<const N: usize> {
    chars: [u16; N],
    len: usize,
}

impl<const N: usize> Behind<N> {
    pub(crate) fn new(fold: &Fold, text: &str, end: usize) -> Self {
        let mut behind = Self {
            chars: [Fold::EDGE; N],
            len: 0,
        };
        for char in text[..end].chars().rev().take(N) {
            let char = fold.char(char);
            if char == Fold::EDGE {
                break;
            }
            behind.chars[N - 1 - behind.len] = char;
            behind.len += 1;
        }
        behind
    }

    /// Characters of the line.
    pub(crate) fn chars(&self) -> &[u16] {
        &self.chars[N - self.len..]
    }
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

/// A set of Han characters.
pub(crate) struct HanChars(Box<[u64]>);

impl HanChars {
    pub(crate) fn new(fold: &Fold, chars: &str) -> Self {
        let mut bits = vec![0_u64; usize::from(HAN_LAST - HAN_FIRST) / 64 + 1];
        for char in chars.chars().map(|char| fold.char(char)) {
            if is_han(char) {
                let bit = usize::from(char - HAN_FIRST);
                bits[bit / 64] |= 1 << (bit % 64);
            }
        }
        Self(bits.into())
    }

    pub(crate) fn has(&self, char: u16) -> bool {
        is_han(char) && {
            let bit = usize::from(char - HAN_FIRST);
            self.0[bit / 64] >> (bit % 64) & 1 == 1
        }
    }
}
