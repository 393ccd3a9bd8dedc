//! Whose an address in Latin letters is, by the words around it.

use std::cell::OnceCell;

use super::{BEFORE_BYTES, LatinAddresses, Whose};

/// Bytes behind an address in which words tell whose it is.
const BEHIND_BYTES: usize = 40;

impl LatinAddresses {
    /// `speaks`: whether a word of the text speaks of a house, once it was looked for. Beside a postcode that nothing else looks
    /// like, a word that may be a street's or a town's as well says nothing.
    pub(super) fn whose(
        &self,
        text: &str,
        (start, end): (usize, usize),
        is_posted: bool,
        speaks: &OnceCell<bool>,
    ) -> Whose {
        let from = text.floor_char_boundary(start.saturating_sub(BEFORE_BYTES));
        let before = &text[from..start];
        let last = |words: &aho_corasick::AhoCorasick| {
            (words.find_iter(before)).last().map(|found| found.end())
        };
        let mut private = last(&self.private);
        if !before.is_ascii() {
            private = private.max(last(&self.han_private));
        }
        let mut house = last(&self.house);
        if !is_posted {
            house = house.max(last(&self.weak_house));
        }
        let to = text.ceil_char_boundary((end + BEHIND_BYTES).min(text.len()));
        let behind = BEHIND
            .iter()
            .any(|words| contains_ignoring_case(&text[end..to], words));
        let sent = before.trim_end().ends_with(" to")
            && SENDS
                .iter()
                .any(|verb| contains_ignoring_case(before, verb));
        let mine = private >= house && private.is_some() || behind || sent;
        let is_house = || {
            house.is_some()
                || !is_posted && *speaks.get_or_init(|| self.speaks(text))
                || is_posted && self.house.is_match(&text[..start])
                || is_posted && self.house.is_match(&text[end..])
        };
        Whose {
            private: mine,
            house: !mine && is_house(),
            label: 0,
        }
    }

    pub(in crate::address) fn says_private(&self, text: &str) -> bool {
        self.private.is_match(text)
    }

    pub(in crate::address) fn says_house(&self, text: &str) -> bool {
        self.house.is_match(text)
    }

    fn speaks(&self, text: &str) -> bool {
        self.house.is_match(text) || self.weak_house.is_match(text)
    }
}

const BEHIND: [&str; 26] = [
    "send it here",
    "deliver it here",
    "is our office",
    "is my office",
    "her flat",
    "his flat",
    "my flat",
    "our flat",
    "her home",
    "his home",
    "that's us",
    "my address",
    "my home",
    "where i live",
    "my house",
    "our home",
    "for the receipt",
    "for my invoice",
    "for the invoice",
    "on my ",
    "my driving",
    "my licence",
    "my id",
    "forward it there",
    "send it there",
    "post it there",
];

/// What is done with what goes to an address.
const SENDS: [&str; 10] = [
    "mail ", "post ", "ship ", "send ", "deliver ", "forward ", "return ", "courier ", "invoice ",
    "bring ",
];

fn contains_ignoring_case(text: &str, words: &str) -> bool {
    (text.as_bytes().windows(words.len()))
        .any(|window| window.eq_ignore_ascii_case(words.as_bytes()))
}
