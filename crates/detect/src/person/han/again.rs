//! The second look at a message in which names were found: the same name elsewhere, and what stands before one in a list.

use crate::finding::{Evidence, EvidenceSet, Finding};
use crate::kind::Kind;
use crate::lexicon::is_han;
use crate::line::Line;
use crate::person::overlaps;

use super::class::{GIVEN, GIVEN_WORD, NEVER_GIVEN, SURNAME, SURNAME_WORD};
use super::{HAN_BYTES, HanNames};

/// Percent a finding has at least that speaks for its like elsewhere.
const SURE: u8 = 60;
/// Names of one message that are looked for again, at most.
const NAMES_MAX: usize = 12;
/// Percent of what is found only by another.
const SCORE: u8 = 58;

impl HanNames {
    /// Adds what the names found behind `first` say of the rest of the line.
    pub(super) fn again(
        &self,
        line: &Line<'_>,
        first: usize,
        core: &[Finding],
        out: &mut Vec<Finding>,
    ) {
        let known = out.len();
        for at in first..known.min(first + NAMES_MAX) {
            let found = out[at];
            if found.score < SURE {
                continue;
            }
            self.before(line, found, out);
            let name = &line.text[found.start..found.end];
            if name.len() < 2 * HAN_BYTES || line.text.len() < 2 * name.len() {
                continue;
            }
            for (start, _) in line.text.match_indices(name) {
                add(out, core, first, start, start + name.len());
            }
        }
    }

    /// 谷子健、 before a name that was found.
    fn before(&self, line: &Line<'_>, found: Finding, out: &mut Vec<Finding>) {
        let before = &line.text[..found.start];
        let Some(list) = before.strip_suffix(['、', '，', ',', '/', '和']) else {
            return;
        };
        let han = |char: char| u16::try_from(u32::from(char)).is_ok_and(is_han);
        let run = list
            .chars()
            .rev()
            .take(5)
            .take_while(|char| han(*char))
            .count();
        if !(2..=3).contains(&run) {
            return;
        }
        let start = list.len() - run * HAN_BYTES;
        if out
            .iter()
            .any(|other| other.start < list.len() && start < other.end)
        {
            return;
        }
        let index = line.text[..start].chars().count();
        let chars = &line.chars()[index..index + run];
        let given = |char: &u16| {
            let class = self.class_of(*char);
            class & (GIVEN | GIVEN_WORD) != 0 && class & NEVER_GIVEN == 0
        };
        let named = self.class_of(chars[0]) & (SURNAME | SURNAME_WORD) != 0
            && chars[1..].iter().all(given)
            && (run == 3 || self.class_of(chars[1]) & GIVEN != 0)
            && self
                .words
                .starts(chars, 2)
                .is_none_or(|word| word < run && run == 3)
            && !self.context.speaks(chars);
        if named {
            push(out, start, list.len());
        }
    }
}

/// Adds a name unless something stands there already.
fn add(out: &mut Vec<Finding>, core: &[Finding], first: usize, start: usize, end: usize) {
    let taken = (out[first..].iter()).any(|other| other.start < end && start < other.end);
    if !taken && !overlaps(core, start, end) {
        push(out, start, end);
    }
}

fn push(out: &mut Vec<Finding>, start: usize, end: usize) {
    out.push(Finding {
        start,
        end,
        kind: Kind::PersonName,
        score: SCORE,
        evidence: EvidenceSet::NONE.with(Evidence::Context),
    });
}
