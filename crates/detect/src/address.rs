//! Private addresses: where a person lives or receives post, found by their parts and by the words around them. Addresses of
//! hotels, restaurants and sights have the same parts: without a word that says whose it is, only one that goes down to a door
//! inside a building counts. Spans run from the largest part named to the smallest, or the other way round, without the label.

use crate::finding::{Evidence, EvidenceSet, Finding};
use crate::kind::{Kind, KindSet};
use crate::lexicon::Fold;
use crate::line::Line;
use crate::person::{beside_of, percent, settle};

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
        names: &[Finding],
        out: &mut Vec<Finding>,
    ) {
        let first = out.len();
        let asked = asked.contains(Kind::Address);
        let around = Around { core, names };
        self.han.scan(line, asked, &around, out);
        self.latin.scan(line, asked, &around, out);
        for found in &mut out[first..] {
            leave_names(line.text, names, found);
        }
        settle(core, first, out);
    }
}

/// Bytes of a line that only stands between the word that says whose the addresses are and the next of them.
const BETWEEN_BYTES_MAX: usize = 90;
/// A longer line is no heading.
const HEADING_BYTES_MAX: usize = 400;

impl Addresses {
    /// Whether an address in the next line is somebody's: this one has the beginning of a list, or of a form, and `found` in it.
    pub(crate) fn leaves_whose(&self, line: &str, asked: bool, found: &[Finding]) -> bool {
        // Paragraphs stand by themselves.
        if line.trim().is_empty() || line.len() > HEADING_BYTES_MAX {
            return false;
        }
        let reported = found.iter().any(|finding| finding.kind == Kind::Address);
        if reported {
            return true;
        }
        let personal = found.iter().any(|finding| LEAVES.contains(finding.kind));
        // A line of a form, or of a signature, that is a name and little else.
        let named = found.iter().any(|finding| {
            finding.kind == Kind::PersonName
                && (finding.end - finding.start) * 2 >= line.trim().len()
        });
        let says = asked && line.len() <= BETWEEN_BYTES_MAX
            || named
            || personal
            || self.han.says_private(line)
            || self.latin.says_private(line);
        says && !self.han.says_house(line) && !self.latin.says_house(line)
    }
}

/// Kinds of which a form with an address has one.
const LEAVES: KindSet = KindSet::of(&[
    Kind::OrgCode,
    Kind::ResidentId,
    Kind::Mobile,
    Kind::Phone,
    Kind::Passport,
    Kind::BankCard,
    Kind::TaiwanId,
    Kind::Hkid,
]);

/// What else was found in a text.
struct Around<'a> {
    core: &'a [Finding],
    names: &'a [Finding],
}

/// A likely name at an end of an address is none of its parts: Olivia Brown 77 Kingsway Rd.
fn leave_names(text: &str, names: &[Finding], found: &mut Finding) {
    for name in names.iter().filter(|name| name.score >= NAME_SCORE_MIN) {
        // Vivian Lau Flat B: the address was told from the name.
        let told = name.start < found.start && text.as_bytes()[found.start].is_ascii_uppercase();
        if name.start <= found.start && found.start < name.end && name.end < found.end && !told {
            let rest = &text[name.end..found.end];
            found.start = found.end - rest.trim_start_matches([' ', ',', '，', '/', ':']).len();
        }
        if found.start < name.start && name.start < found.end && name.end >= found.end {
            found.end = found.start
                + text[found.start..name.start]
                    .trim_end_matches([' ', ',', '，', '/'])
                    .len();
        }
    }
}

/// What makes an address beside it somebody's. A landline does not: hotels give theirs with where they are.
const PERSONAL: KindSet = KindSet::ALL.without(Kind::Landline);
/// Score of a name that is believed against an address.
const NAME_SCORE_MIN: u8 = 56;
/// Bytes between an address and whose it is: `，`, ` / `.
const NAMED_BYTES_MAX: usize = 6;

/// Whether somebody is named right beside a span.
fn is_named(text: &str, names: &[Finding], (start, end): (usize, usize)) -> bool {
    let near = |from: usize, to: usize| {
        from <= to
            && to - from <= NAMED_BYTES_MAX
            && (text[from..to].chars())
                .all(|char| !char.is_alphanumeric() || matches!(char, '收' | '寄'))
    };
    let within = |name: &Finding| name.start <= start && start < name.end;
    names
        .iter()
        .any(|name| near(name.end, start) || near(end, name.start) || within(name))
}

/// Whose an address is, by the words around it.
#[derive(Clone, Copy, Default)]
struct Whose {
    private: bool,
    house: bool,
    /// Points for the words right before it: a form's field, or somebody who tells where a house is.
    label: i32,
}

/// Points of an address whose parts have these, with what stands around; nothing below what is reported.
fn report(
    text: &str,
    (start, end): (usize, usize),
    parts: i32,
    whose: Whose,
    asked: bool,
    around: &Around<'_>,
) -> Option<Finding> {
    let near = beside_of(text, around.core, start, end, PERSONAL);
    let named = !whose.house && is_named(text, around.names, (start, end));
    let whose = Whose {
        private: whose.private || named,
        ..whose
    };
    let asked = asked && !whose.house;
    let landline = KindSet::only(Kind::Landline);
    let is_public =
        !whose.private && !asked && !near && beside_of(text, around.core, start, end, landline);
    let points = parts
        + if whose.private { 38 } else { 0 }
        + if asked { 40 } else { 0 }
        + whose.label
        + if near && !whose.house { 12 } else { 0 }
        - if is_public { 10 } else { 0 }
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
