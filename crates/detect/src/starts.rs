//! Words looked for where a word can start: at a character beyond ASCII, and behind no Latin letter. Reads a text once, whatever
//! the number of words, and nearly every place is told by one bit; an automaton over as many words takes megabytes.

use rustc_hash::FxHashMap;

/// Bits of the table. A few hundred words fill some hundredths of it.
const BITS: usize = 1 << 15;
/// Bytes by which words are told apart that start with an ASCII character, and those that do not: two Han characters.
const ASCII_BYTES: usize = 3;
const HAN_BYTES: usize = 6;
/// A bit of every byte that tells small letters from capitals; in digits it is always there.
const SMALL: u64 = 0x2020_2020_2020_2020;

/// A word with what it says.
struct Word<T> {
    word: Box<str>,
    says: T,
}

/// The words. Made once, shared by any number of threads.
pub(crate) struct WordStarts<T> {
    /// A bit for each hash of how a word starts. Others may have the same.
    bits: Box<[u64; BITS / 64]>,
    words: FxHashMap<u64, Vec<Word<T>>>,
}

/// A word where it stands in a text.
#[derive(Clone, Copy)]
pub(crate) struct Found<T> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) says: T,
}

impl<T: Copy> WordStarts<T> {
    /// Words of any language, their ASCII letters in any case.
    pub(crate) fn new<W: AsRef<str>>(words: impl Iterator<Item = (T, W)>) -> Self {
        let mut starts = Self {
            bits: Box::new([0; BITS / 64]),
            words: FxHashMap::default(),
        };
        for (says, word) in words {
            let word: Box<str> = word.as_ref().into();
            for key in keys_of(word.as_bytes()) {
                let bit = bit(key);
                starts.bits[bit / 64] |= 1 << (bit % 64);
                let word = word.clone();
                (starts.words.entry(key).or_default()).push(Word { word, says });
            }
        }
        starts
    }

    /// Whether one of a text's words is enough; they come by where they start, overlapping ones too. Words of letters start behind
    /// a digit as well, words of digits anywhere.
    #[inline]
    pub(crate) fn any(&self, text: &str, mut is_enough: impl FnMut(Found<T>) -> bool) -> bool {
        let bytes = text.as_bytes();
        let mut at = 0;
        let mut in_word = false;
        while let Some(&first) = bytes.get(at) {
            let is_letter = first.is_ascii_alphabetic();
            if first >= 0x80 || is_letter && !in_word || first.is_ascii_digit() {
                let key = key_at(bytes, at);
                if self.may_start(key) && self.any_at(text, at, key, &mut is_enough) {
                    return true;
                }
            }
            in_word = is_letter;
            at += if first >= 0xE0 { 3 } else { 1 };
        }
        false
    }

    #[inline]
    fn may_start(&self, key: u64) -> bool {
        let bit = bit(key);
        self.bits[bit / 64] >> (bit % 64) & 1 == 1
    }

    fn any_at(
        &self,
        text: &str,
        start: usize,
        key: u64,
        is_enough: &mut impl FnMut(Found<T>) -> bool,
    ) -> bool {
        let rest = &text.as_bytes()[start..];
        let words = self.words.get(&key).map_or(&[][..], Vec::as_slice);
        words.iter().any(|word| {
            let bytes = word.word.as_bytes();
            let stands = (rest.get(..bytes.len())).is_some_and(|at| at.eq_ignore_ascii_case(bytes));
            let end = start + bytes.len();
            let says = word.says;
            stands && is_enough(Found { start, end, says })
        })
    }
}

#[inline]
fn bit(key: u64) -> usize {
    let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    usize::try_from(hash >> (64 - BITS.trailing_zeros())).expect("it has fifteen bits")
}

/// How the text at a place starts. What lies behind the end counts as spaces.
#[inline]
fn key_at(bytes: &[u8], at: usize) -> u64 {
    let rest = &bytes[at..];
    let eight = match rest.first_chunk() {
        Some(eight) => *eight,
        None => std::array::from_fn(|place| rest.get(place).copied().unwrap_or(b' ')),
    };
    key_of(u64::from_le_bytes(eight))
}

/// Of eight bytes, the first in the lowest place.
fn key_of(eight: u64) -> u64 {
    let is_ascii = eight & 0x80 == 0;
    let bytes = if is_ascii { ASCII_BYTES } else { HAN_BYTES };
    let start = eight & (u64::MAX >> (64 - 8 * bytes));
    if is_ascii {
        start | SMALL & 0xFF_FFFF
    } else {
        start
    }
}

/// Every way in which a text may start that starts with a word: a short one leaves a byte open.
fn keys_of(word: &[u8]) -> Vec<u64> {
    let first = word[0];
    assert!(
        first.is_ascii_alphanumeric() || !first.is_ascii(),
        "no word starts with a mark"
    );
    if word.len() == ASCII_BYTES - 1 {
        let mut keys: Vec<u64> = (0..=u8::MAX)
            .map(|byte| key_at(&[word[0], word[1], byte], 0))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        return keys;
    }
    let told_by = if word[0].is_ascii() {
        ASCII_BYTES
    } else {
        HAN_BYTES
    };
    assert!(
        word.len() >= told_by,
        "words have three letters or two Han characters at least"
    );
    vec![key_at(word, 0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &[&str], text: &str) -> Vec<String> {
        let starts = WordStarts::new(words.iter().map(|word| ((), word)));
        let mut found = Vec::new();
        starts.any(text, |word| {
            found.push(text[word.start..word.end].to_owned());
            false
        });
        found
    }

    #[test]
    fn words_are_found_where_one_can_start() {
        let words = ["paid", "pay by", "付款", "已付款", "wx", "12315", "id card"];
        assert_eq!(found(&words, "I PAID, prepaid; 2paid"), ["PAID", "paid"]);
        assert_eq!(found(&words, "pay by id card"), ["pay by", "id card"]);
        assert_eq!(found(&words, "已付款"), ["已付款", "付款"]);
        assert_eq!(
            found(&words, "a12315😀付款é付款"),
            ["12315", "付款", "付款"]
        );
        assert_eq!(found(&words, "加wx"), ["wx"]);
        assert_eq!(found(&words, "wxé wx1 awx pai 付"), ["wx", "wx"]);
        assert_eq!(found(&words, ""), [""; 0]);
    }

    #[test]
    fn one_word_may_be_enough() {
        let starts = WordStarts::new(["one", "two"].into_iter().zip(["one", "two"]));
        assert!(starts.any("one two", |found| found.says == "two"));
        assert!(!starts.any("one", |found| found.says == "two"));
    }
}
