//! Names with a dot between their parts: 买买提·艾力, 约翰·史密斯.

use crate::finding::{Evidence, EvidenceSet, Finding};
use crate::kind::Kind;
use crate::lexicon::is_han;
use crate::line::Line;

use super::class::FOREIGN;
use super::{AHEAD, HAN_BYTES, HanNames};

/// Characters of one part, at most.
const PART_MAX: usize = 7;

/// The dots that are written in such names: `·`, `•`, `‧`, `・`.
pub(super) const fn is_dot(char: u16) -> bool {
    matches!(char, 0xB7 | 0x2022 | 0x2027 | 0x30FB)
}

/// Whether the characters go on to such a dot.
pub(super) fn goes_on(chars: &[u16]) -> bool {
    let run = chars.iter().take_while(|char| is_han(**char)).count();
    chars.get(run).copied().is_some_and(is_dot)
}

impl HanNames {
    /// The name around a dot, unless what was named before reaches into it.
    #[inline(never)]
    pub(super) fn foreign(
        &self,
        line: &Line<'_>,
        (dot, at): (usize, usize),
        named_end: usize,
    ) -> Option<Finding> {
        let behind = line.behind(dot, 8);
        let spelt = |char: &u16| self.class_of(*char) & FOREIGN != 0;
        let mut first = (behind.iter().rev())
            .take_while(|char| is_han(**char) && spelt(char))
            .count();
        let (label, skipped) = self.trim(behind, first);
        first -= skipped;
        let start = at - first * HAN_BYTES;
        let bytes = line.text.as_bytes();
        let ahead = line.ahead(dot + 1, at + width(bytes[at]), AHEAD);
        let mut second = (ahead.chars().iter())
            .take_while(|char| is_han(**char) && spelt(char))
            .count();
        if !self.context.ends_name(ahead.from(second)) {
            second = 0;
        }
        if first < 1 || second < 1 || first.max(second) < 2 || PART_MAX < first.max(second) {
            return None;
        }
        if named_end != usize::MAX && start < named_end
            || self.words.starts(ahead.chars(), 2).is_some()
        {
            return None;
        }
        let mut end = ahead.offset(second);
        if is_dot(ahead.get(second)) {
            let more = line.ahead(dot + second + 2, end + width(bytes[end]), AHEAD);
            let run = self.context.run(more.chars());
            end = more.offset(run);
        }
        let title = self
            .context
            .title(&self.words, ahead.from(second))
            .is_some();
        let points = 62 + if label { 20 } else { 0 } + if title { 15 } else { 0 };
        Some(Finding {
            start,
            end,
            kind: Kind::PersonName,
            score: super::percent(points),
            evidence: EvidenceSet::NONE
                .with(Evidence::Shape)
                .with_if(label, Evidence::Keyword)
                .with_if(title, Evidence::Title),
        })
    }

    /// Whether a label stands before, and how many characters of the run belong to it.
    fn trim(&self, before: &[u16], run: usize) -> (bool, usize) {
        for skipped in 0..run.saturating_sub(1) {
            let at = before.len() - run + skipped;
            if self.context.labels(&before[..at]) {
                return (true, skipped);
            }
        }
        (false, 0)
    }
}

/// Bytes of the character that begins with this byte.
pub(super) const fn width(byte: u8) -> usize {
    match byte {
        0x00..=0x7F => 1,
        0x80..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    }
}
