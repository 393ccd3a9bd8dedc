//! A window of a run, and what it can be.

use crate::finding::{Evidence, EvidenceSet};
use crate::kind::Kind;
use crate::number::run::Run;

/// What a window of digits is, if it is anything.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Window {
    /// Digits.
    pub(crate) length: usize,
    /// `None`: a number that is nobody's (400, 95xxx): it is passed over as a whole.
    pub(crate) kind: Option<Kind>,
    pub(crate) score: u8,
    pub(crate) evidence: EvidenceSet,
}

impl Window {
    pub(crate) fn new(length: usize, kind: Kind, score: u8, evidence: &[Evidence]) -> Self {
        let evidence = evidence
            .iter()
            .fold(EvidenceSet::NONE, |set, one| set.with(*one));
        Self {
            length,
            kind: Some(kind),
            score,
            evidence,
        }
    }

    pub(crate) fn nobodys(length: usize) -> Self {
        Self {
            length,
            kind: None,
            score: 90,
            evidence: EvidenceSet::NONE,
        }
    }
}

/// What a run's surroundings say of it.
#[derive(Clone, Copy, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a word that was or was not there"
)]
pub(crate) struct Nearby {
    /// A word for a phone is near.
    pub(crate) phone: bool,
    /// The phone of a person is spoken of.
    pub(crate) own_phone: bool,
    /// A word for a card is near.
    pub(crate) card: bool,
    /// A word for an identity card is near.
    pub(crate) identity: bool,
    /// A word for a device is near.
    pub(crate) device: bool,
    /// The nearest word before it names another kind of number: parcels, flights, money.
    pub(crate) other: bool,
    /// The nearest word before it names a booking.
    pub(crate) booking: bool,
    /// Hong Kong, Macau or Taiwan is near.
    pub(crate) overseas: bool,
    /// A phone stands before it in the same list.
    pub(crate) listed: bool,
    /// A phone of another country stands before it in the same line, not far.
    pub(crate) abroad: bool,
    /// The line has Han characters.
    pub(crate) han_line: bool,
}

/// Whether a window's groups are those that people write: in one piece, digit by digit, or in one of the given ways.
pub(crate) fn grouped(run: &Run, from: usize, length: usize, ways: &[&[usize]]) -> bool {
    let (sizes, count) = run.groups(from, from + length);
    match count {
        0 | 1 => true,
        _ if count == length => true,
        _ if count > sizes.len() => false,
        _ => ways.contains(&&sizes[..count]),
    }
}

/// Whether a window begins and ends at edges of groups.
pub(crate) fn between_edges(run: &Run, from: usize, length: usize) -> bool {
    run.is_edge(from) && run.is_edge(from + length)
}
