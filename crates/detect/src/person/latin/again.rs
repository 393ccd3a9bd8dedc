//! The second look at a message in which names were found: the same name elsewhere, and what stands before one in a list.

use crate::finding::{Evidence, EvidenceSet, Finding};
use crate::kind::Kind;
use crate::person::overlaps;

use super::LatinNames;
use super::words::{BRAND, CLOSING, COMMON, GREETING, KIN, LABEL, PLACE, TITLE, Tokens, VENUE};

/// Percent a finding has at least that speaks for its like elsewhere.
const SURE: u8 = 58;
/// Names of one message that are looked for again, at most.
const NAMES_MAX: usize = 12;
/// Percent of what is found only by another.
const SCORE: u8 = 58;

impl LatinNames {
    /// Adds what the names found behind `first` say of the rest of the text.
    pub(super) fn again(&self, text: &str, first: usize, core: &[Finding], out: &mut Vec<Finding>) {
        let mut at = first;
        while at < out.len().min(first + NAMES_MAX) {
            let found = out[at];
            at += 1;
            let name = &text[found.start..found.end];
            if found.score < SURE || !name.starts_with(|char: char| char.is_alphabetic()) {
                continue;
            }
            self.before(text, found, first, core, out);
            if name.len() < 3 || text.len() < 2 * name.len() || self.is_word(name) {
                continue;
            }
            for (start, _) in text.match_indices(name) {
                let end = start + name.len();
                let inside = text[..start]
                    .ends_with(|char: char| char.is_ascii_alphanumeric() || ".@-_/".contains(char))
                    || text[end..].starts_with(|char: char| {
                        char.is_ascii_alphanumeric() || "@-_/".contains(char)
                    });
                if !inside && !self.is_house(text, end) {
                    add(out, core, first, start, end);
                }
            }
        }
    }

    /// Sloane, Kumar and before a name that was found.
    fn before(
        &self,
        text: &str,
        found: Finding,
        first: usize,
        core: &[Finding],
        out: &mut Vec<Finding>,
    ) {
        let before = &text[..found.start];
        let Some(list) = JOINTS.iter().find_map(|joint| before.strip_suffix(joint)) else {
            return;
        };
        let start = (list.rfind(|char: char| !char.is_alphabetic() && char != '-'))
            .map_or(0, |at| {
                at + list[at..].chars().next().map_or(1, char::len_utf8)
            });
        let opens = list[..start].trim_end_matches(' ');
        // Kids Indie and Alfie.
        let kin = (opens.rsplit(' ').next())
            .and_then(|word| Tokens::new(word).next(&self.words))
            .is_some_and(|word| word.is(KIN | LABEL));
        // One word, behind a mark: a longer name would have told itself.
        if !(kin || opens.is_empty() || opens.ends_with([',', ':', '\n', '，', '：', '、'])) {
            return;
        }
        let Some(token) = Tokens::from(list, start).next(&self.words) else {
            return;
        };
        let other = COMMON | PLACE | VENUE | BRAND | KIN | LABEL | TITLE | CLOSING | GREETING;
        if token.end == list.len()
            && token.is_capital()
            && (token.may_be_name() || kin)
            && !token.is(other)
        {
            add(out, core, first, token.start, token.end);
        }
    }

    /// Whether a name is a word of everyday use as well: Will, May.
    fn is_word(&self, name: &str) -> bool {
        (Tokens::new(name).next(&self.words)).is_some_and(|token| {
            token.end == name.len() && token.is(COMMON | PLACE | VENUE | BRAND)
        })
    }

    /// Whether the name of a house goes on behind.
    fn is_house(&self, text: &str, end: usize) -> bool {
        (Tokens::from(text, end).next(&self.words)).is_some_and(|next| {
            next.start - end <= 3 && next.is_capital() && next.is(VENUE | PLACE | BRAND)
        })
    }
}

/// What joins names of a list.
const JOINTS: [&str; 9] = [" and ", ", ", " & ", ", and ", "和", "、", "，", " + ", "/"];

/// Adds a name unless something stands there already.
fn add(out: &mut Vec<Finding>, core: &[Finding], first: usize, start: usize, end: usize) {
    let taken = (out[first..].iter()).any(|other| other.start < end && start < other.end);
    if !taken && !overlaps(core, start, end) {
        out.push(Finding {
            start,
            end,
            kind: Kind::PersonName,
            score: SCORE,
            evidence: EvidenceSet::NONE.with(Evidence::Context),
        });
    }
}
