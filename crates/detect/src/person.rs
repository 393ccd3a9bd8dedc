//! Names of private persons, found by evidence: a family name, characters or words of given names, a title, and the words around.
//! Spans: a full name stands without its title (张伟先生: 张伟; Mr John Smith: John Smith). A family name with a title is a span
//! together in Chinese (王先生, 李经理, 小王), where the family name alone is one character, and alone in Latin letters
//! (Mr Smith: Smith).

use crate::finding::Finding;
use crate::kind::{Kind, KindSet};
use crate::lexicon::Fold;
use crate::line::Line;

use self::han::HanNames;
use self::latin::LatinNames;

mod han;
mod latin;
mod pinyin;
mod script;

/// Finds names. Made once, shared by any number of threads.
pub(crate) struct People {
    han: HanNames,
    latin: LatinNames,
}

impl People {
    pub(crate) fn new(fold: &Fold) -> Self {
        Self {
            han: HanNames::new(fold),
            latin: LatinNames::new(),
        }
    }

    /// Adds the names of a line in order, none over a finding of the core stage, which come in order as well. `asked` is what the
    /// message before asked for.
    pub(crate) fn scan(
        &self,
        line: &Line<'_>,
        asked: KindSet,
        core: &[Finding],
        out: &mut Vec<Finding>,
    ) {
        let first = out.len();
        let asked = asked.contains(Kind::PersonName);
        self.han.scan(line, asked, core, out);
        self.latin.scan(line.text, asked, core, first, out);
        script::scan(line.text, out);
        settle(core, first, out);
    }
}

/// Orders what a stage found behind `first`, and leaves no two over each other or over the core's: the likelier stays.
pub(crate) fn settle(core: &[Finding], first: usize, out: &mut Vec<Finding>) {
    if out.len() == first {
        return;
    }
    out[first..].sort_by_key(|finding| (finding.start, usize::MAX - finding.end));
    let mut kept = first;
    for at in first..out.len() {
        let finding = out[at];
        if finding.score < Finding::SCORE_MIN || overlaps(core, finding.start, finding.end) {
            continue;
        }
        if kept > first && out[kept - 1].end > finding.start {
            if out[kept - 1].score < finding.score {
                out[kept - 1] = finding;
            }
            continue;
        }
        out[kept] = finding;
        kept += 1;
    }
    out.truncate(kept);
}

/// Whether one of these findings, in order, shares a byte with the span.
pub(crate) fn overlaps(core: &[Finding], start: usize, end: usize) -> bool {
    let next = core.partition_point(|finding| finding.end <= start);
    core.get(next).is_some_and(|finding| finding.start < end)
}

/// Bytes between a name and a number that belong together: `，电话是`.
const BESIDE_BYTES_MAX: usize = 24;

/// Whether what the core stage found stands beside the span, on its line.
pub(crate) fn beside(text: &str, core: &[Finding], start: usize, end: usize) -> bool {
    beside_of(text, core, start, end, KindSet::ALL)
}

/// As [`beside`], of these kinds.
pub(crate) fn beside_of(
    text: &str,
    core: &[Finding],
    start: usize,
    end: usize,
    kinds: KindSet,
) -> bool {
    if core.is_empty() {
        return false;
    }
    let next = core.partition_point(|finding| finding.start < end);
    let near = |from: usize, to: usize| {
        to - from <= BESIDE_BYTES_MAX && !text.as_bytes()[from..to].contains(&b'\n')
    };
    let counts = |found: &&Finding| kinds.contains(found.kind);
    let behind = (core.get(next).filter(counts)).is_some_and(|found| near(end, found.start));
    let before = next
        .checked_sub(1)
        .and_then(|at| core.get(at))
        .filter(counts)
        .is_some_and(|found| found.end <= start && near(found.end, start));
    behind || before
}

/// Points as the percent of a finding.
pub(crate) fn percent(points: i32) -> u8 {
    u8::try_from(points.clamp(0, 99)).expect("at most 99")
}

#[cfg(test)]
mod tests;
