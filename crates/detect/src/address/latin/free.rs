//! Addresses behind a word that says whose they are, whatever they look like: up to the end of the sentence.

use crate::lexicon::latin_hash;

use super::{ADDRESS_MAX, BEFORE_BYTES, LatinAddresses, Whose};

impl LatinAddresses {
    /// Behind `my address is`, up to the end of the sentence: anything with a number and two names.
    pub(super) fn free(
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
        let rest = [
            "office ",
            "address is ",
            "is ",
            "to ",
            "me at ",
            "at ",
            "in ",
        ]
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
        // 12 Nguyen Trai, Thanh Xuan, Hanoi
        let parts = span.starts_with(|first: char| first.is_ascii_digit())
            && span.matches(", ").count() >= 2;
        let enough = street || digits >= 2 || parts;
        if !whole || capitals < 2 || !(span.contains(',') || street) || !enough {
            return None;
        }
        let house = self.house.is_match(span);
        let private = keyword.is_some() && !house;
        Some((
            (start, start + len),
            22,
            Whose {
                private,
                house,
                label: 0,
            },
        ))
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
}

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
const ABBREVIATED: [&str; 19] = [
    "Int", "Col", "Jl", "Jln", "RT", "Urb", "No", "Apt", "St", "Rd", "Ave", "Blvd", "Dr", "Ste",
    "Ln", "O", "Fl", "Bldg", "Str",
];
