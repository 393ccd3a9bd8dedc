//! Whether a text asks for a person's name, or for where a person lives or receives post: the answer to it may be nothing else.

use aho_corasick::AhoCorasick;

use crate::kind::{Kind, KindSet};
use crate::lexicon::{
    Fold, HAN_ADDRESS, HAN_CONTEXT, HanWords, LATIN_ADDRESS, compile, list, phrases,
};
use crate::line::Line;

/// Words that ask, of the kinds that are looked for. Made once, shared by any number of threads.
pub(super) struct AsksPeople {
    /// How the Chinese words begin.
    begins: HanWords,
    words: AhoCorasick,
    /// The words from here on ask for addresses.
    addresses: usize,
    marks: AhoCorasick,
    kinds: KindSet,
}

/// English words that ask for a name, beside those in `data/`.
const NAMES: [&str; 13] = [
    "your name",
    "full name",
    "guest name",
    "guest's name",
    "name please",
    "name, please",
    "names of",
    "names please",
    "whose name",
    "which name",
    "what name",
    "name for the",
    "am i speaking",
];
/// Without one of these, a text that speaks of names asks for none.
const MARKS: [&str; 9] = [
    "please", "may i", "could", "can i", "what", "provide", "whose", "which", "need",
];

/// These ask by themselves.
const SURE: [&str; 5] = ["怎么称呼", "如何称呼", "贵姓", "尊姓", "哪位"];

impl AsksPeople {
    pub(super) fn new(fold: &Fold, kinds: KindSet) -> Self {
        let names: Vec<_> = list(HAN_CONTEXT, "asks-name").chain(NAMES).collect();
        let han = list(HAN_CONTEXT, "asks-name").chain(list(HAN_ADDRESS, "asks"));
        let addresses = list(HAN_ADDRESS, "asks").chain(phrases(LATIN_ADDRESS, "asks"));
        let marks = list(HAN_CONTEXT, "ask-marks").chain(MARKS);
        Self {
            begins: HanWords::new(fold, han.map(first_two)),
            addresses: names.len(),
            words: compile(names.into_iter().chain(addresses)),
            marks: compile(marks),
            kinds,
        }
    }

    /// Whether a line may have one of the words.
    pub(super) fn may_ask(&self, line: &Line<'_>) -> bool {
        self.begins.is_in(line.chars()) || may_ask_in_english(line.text.as_bytes())
    }

    /// What a text asks for.
    pub(super) fn of(&self, text: &str) -> KindSet {
        let mut asked = KindSet::NONE;
        let mut marked = None;
        let mut is_marked = || *marked.get_or_insert_with(|| self.marks.is_match(text));
        for found in self.words.find_iter(text) {
            if found.pattern().as_usize() >= self.addresses {
                asked = asked.with(Kind::Address);
            } else if SURE.contains(&&text[found.range()]) || is_marked() {
                asked = asked.with(Kind::PersonName);
            }
        }
        asked.intersection(self.kinds)
    }
}

/// The first two characters of a Chinese word.
fn first_two(word: &str) -> &str {
    word.char_indices()
        .nth(2)
        .map_or(word, |(at, _)| &word[..at])
}

/// Whether four letters are there that each of the English words has, told without a branch for each byte.
#[expect(clippy::needless_bitwise_bool, reason = "lazy ones are branches")]
fn may_ask_in_english(text: &[u8]) -> bool {
    let behind = |by: usize| text.get(by..).unwrap_or(&[]).iter();
    let fours = (behind(0).zip(behind(1))).zip(behind(2).zip(behind(3)));
    fours.fold(false, |found, ((first, second), (third, fourth))| {
        let is = |word: &[u8; 4]| {
            (first | 0x20 == word[0])
                & (second | 0x20 == word[1])
                & (third | 0x20 == word[2])
                & (fourth | 0x20 == word[3])
        };
        found | is(b"name") | is(b"addr") | is(b"wher") | is(b"spea")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_told_from_what_only_speaks_of_names_and_addresses() {
        let asks = AsksPeople::new(&Fold::new(), KindSet::ALL);
        for text in [
            "请问怎么称呼？",
            "您贵姓",
            "请提供一下入住人姓名",
            "May I have your full name, please?",
        ] {
            assert_eq!(asks.of(text), KindSet::only(Kind::PersonName), "{text}");
        }
        for text in [
            "请发一下收件地址",
            "What is your mailing address?",
            "给您寄到哪里",
        ] {
            assert_eq!(asks.of(text), KindSet::only(Kind::Address), "{text}");
        }
        for text in [
            "酒店地址在哪？",
            "What is the address?",
            "名字写错了",
            "好的",
            "",
        ] {
            assert_eq!(asks.of(text), KindSet::NONE, "{text}");
        }
        let names = AsksPeople::new(&Fold::new(), KindSet::only(Kind::PersonName));
        assert_eq!(names.of("请发一下收件地址"), KindSet::NONE);
    }
}
