//! Whether a text asks for a person's name, or for where a person lives or receives post: the answer to it may be nothing else.

use aho_corasick::AhoCorasick;

use crate::kind::{Kind, KindSet};
use crate::lexicon::{HAN_ADDRESS, HAN_CONTEXT, LATIN_ADDRESS, compile, list, phrases};

/// Words that ask, of the kinds that are looked for. Made once, shared by any number of threads.
pub(crate) struct Asks {
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

impl Asks {
    pub(crate) fn new(kinds: KindSet) -> Self {
        let names: Vec<_> = list(HAN_CONTEXT, "asks-name").chain(NAMES).collect();
        let addresses = list(HAN_ADDRESS, "asks").chain(phrases(LATIN_ADDRESS, "asks"));
        let marks = list(HAN_CONTEXT, "ask-marks").chain(MARKS);
        Self {
            addresses: names.len(),
            words: compile(names.into_iter().chain(addresses)),
            marks: compile(marks),
            kinds,
        }
    }

    /// What a text asks for.
    pub(crate) fn of(&self, text: &str) -> KindSet {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_told_from_what_only_speaks_of_names_and_addresses() {
        let asks = Asks::new(KindSet::ALL);
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
        let names = Asks::new(KindSet::only(Kind::PersonName));
        assert_eq!(names.of("请发一下收件地址"), KindSet::NONE);
    }
}
