//! Private addresses: where a person lives or receives post, found by their parts and by the words around them. Addresses of
//! hotels, restaurants and sights have the same parts: without a word that says whose it is, only one that goes down to a door
//! inside a building counts. Spans run from the largest part named to the smallest, or the other way round, without the label.

use crate::finding::{Evidence, EvidenceSet, Finding};
use crate::kind::{Kind, KindSet};
use crate::lexicon::Fold;
use crate::line::Line;
use crate::person::{beside, percent, settle};

use self::han::HanAddresses;
use self::latin::LatinAddresses;

mod han;
mod latin;

/// Finds addresses. Made once, shared by any number of threads.
pub(crate) struct Addresses {
    han: HanAddresses,
    latin: LatinAddresses,
}

impl Addresses {
    pub(crate) fn new(fold: &Fold) -> Self {
        Self {
            han: HanAddresses::new(fold),
            latin: LatinAddresses::new(),
        }
    }

    /// Adds the addresses of a line in order, none over a finding of the core stage, which come in order as well. `asked` is what
    /// the message before asked for.
    pub(crate) fn scan(
        &self,
        line: &Line<'_>,
        asked: KindSet,
        core: &[Finding],
        out: &mut Vec<Finding>,
    ) {
        let first = out.len();
        let asked = asked.contains(Kind::Address);
        self.han.scan(line, asked, core, out);
        self.latin.scan(line, asked, core, out);
        settle(core, first, out);
    }
}

/// Whose an address is, by the words around it.
#[derive(Clone, Copy, Default)]
struct Whose {
    private: bool,
    house: bool,
}

/// Points of an address whose parts have these, with what stands around; nothing below what is reported.
fn report(
    text: &str,
    (start, end): (usize, usize),
    parts: i32,
    whose: Whose,
    asked: bool,
    core: &[Finding],
) -> Option<Finding> {
    let near = beside(text, core, start, end);
    let asked = asked && !whose.house;
    let points = parts
        + if whose.private { 38 } else { 0 }
        + if asked { 40 } else { 0 }
        + if near && !whose.house { 12 } else { 0 }
        - if whose.house && !whose.private { 45 } else { 0 };
    (points >= i32::from(Finding::SCORE_MIN)).then(|| Finding {
        start,
        end,
        kind: Kind::Address,
        score: percent(points.min(97)),
        evidence: EvidenceSet::NONE
            .with(Evidence::Parts)
            .with_if(whose.private, Evidence::Keyword)
            .with_if(near, Evidence::Context)
            .with_if(asked, Evidence::Asked),
    })
}

#[cfg(test)]
mod tests;
