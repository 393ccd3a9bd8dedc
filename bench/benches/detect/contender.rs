//! Whoever looks for personal data, behind one face: counting for speed, spans for accuracy.

use wuhen_corpus::line::{Line, Span};
use wuhen_detect::{Detector, Kind, KindSet, Settings};

use crate::{peers, shapes};

/// Ours with every kind.
pub(crate) const OURS: &str = "ours";
/// Ours without the two kinds that need evidence.
pub(crate) const OURS_WITHOUT_NAMES: &str = "ours without names";
/// About what a person would write in an afternoon.
pub(crate) const REGEX_SET: &str = "RegexSet";
/// redact-core.
pub(crate) const REDACT: &str = "redact-core";
/// argus-redact-core.
pub(crate) const ARGUS: &str = "argus-redact-core";

/// How much is found in a message.
pub(crate) type Count = Box<dyn Fn(&str) -> usize>;
/// What is found in a line.
pub(crate) type Find = Box<dyn Fn(&Line) -> Vec<Span>>;

/// One of them.
pub(crate) struct Contender {
    pub(crate) name: &'static str,
    /// Whether it gets a share of the text only.
    pub(crate) is_slow: bool,
    /// Kinds that it knows.
    pub(crate) judged: KindSet,
    /// How much it found in a message: what is timed.
    pub(crate) count: Count,
    /// What it found in a line.
    pub(crate) find: Find,
}

/// All of them, ours first.
pub(crate) fn all() -> Vec<Contender> {
    let without = KindSet::ALL
        .without(Kind::PersonName)
        .without(Kind::Address);
    vec![
        ours(OURS, KindSet::ALL),
        ours(OURS_WITHOUT_NAMES, without),
        shapes::contender(),
        peers::redact(),
        peers::argus(),
    ]
}

fn ours(name: &'static str, kinds: KindSet) -> Contender {
    let detector = || {
        Detector::new(Settings {
            kinds,
            ..Settings::all()
        })
    };
    let [counting, finding] = [detector(), detector()];
    // As a caller does, the list of findings is kept from one message to the next.
    let kept = std::cell::RefCell::new(Vec::new());
    Contender {
        name,
        is_slow: false,
        judged: kinds,
        count: Box::new(move |text| {
            let mut findings = kept.borrow_mut();
            counting.scan(text, &mut findings);
            findings.len()
        }),
        find: Box::new(move |line| {
            let mut findings = Vec::new();
            finding.scan(&line.text, &mut findings);
            (findings.iter())
                .map(|one| Span {
                    start: one.start,
                    end: one.end,
                    kind: one.kind,
                })
                .collect()
        }),
    }
}

/// A span of a peer whose kinds are wider than ours is read in its favour: as the kind that is labelled there, if it may be one.
pub(crate) fn in_its_favour(line: &Line, start: usize, end: usize, kinds: &[Kind]) -> Option<Span> {
    let labelled = (line.findings.iter())
        .find(|label| label.start < end && start < label.end && kinds.contains(&label.kind))
        .map(|label| label.kind);
    let kind = labelled.or_else(|| kinds.first().copied())?;
    Some(Span { start, end, kind })
}
