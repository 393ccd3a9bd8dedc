//! The scan: stages in their order, and the sweep that leaves no two findings on one byte.

use crate::address::Addresses;
use crate::asks::Asks;
use crate::finding::Finding;
use crate::kind::{Kind, KindSet};
use crate::person::People;

/// What to look for, and what is not personal here.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Kinds to look for.
    pub kinds: KindSet,
    /// The house's own phone numbers, as written anywhere: landlines, mobiles, with or without area code.
    pub own_numbers: Vec<String>,
}

impl Settings {
    /// Every kind, and nothing of our own.
    #[must_use]
    pub fn all() -> Self {
        Self {
            kinds: KindSet::ALL,
            own_numbers: Vec::new(),
        }
    }
}

/// Finds personal data. Made once, shared by any number of threads.
pub struct Detector {
    settings: Settings,
    people: Option<People>,
    addresses: Option<Addresses>,
    asks: Option<Asks>,
}

impl Detector {
    /// Compiles what the settings need.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let kinds = settings.kinds;
        let by_evidence = kinds.contains(Kind::PersonName) || kinds.contains(Kind::Address);
        Self {
            people: kinds.contains(Kind::PersonName).then(People::new),
            addresses: kinds.contains(Kind::Address).then(Addresses::new),
            asks: by_evidence.then(|| Asks::new(kinds)),
            settings,
        }
    }

    /// Findings of a text, in order, none overlapping, all with [`Finding::SCORE_MIN`] at least. `findings` is cleared first.
    pub fn scan(&self, text: &str, findings: &mut Vec<Finding>) {
        let _ = self.scan_in(text, KindSet::NONE, findings);
    }

    /// As [`Self::scan`], inside a conversation: `asked` is what the message before asked for, the answer what this one asks for
    /// ("your ID number, please").
    pub fn scan_in(&self, text: &str, asked: KindSet, findings: &mut Vec<Finding>) -> KindSet {
        findings.clear();
        let _ = &self.settings;
        self.by_evidence(text, asked, findings)
    }

    /// Names and addresses, beside what the core stage found; answers which of them the text asks for.
    fn by_evidence(&self, text: &str, asked: KindSet, findings: &mut Vec<Finding>) -> KindSet {
        let mut more = Vec::new();
        if let Some(addresses) = &self.addresses {
            addresses.scan(text, asked, findings, &mut more);
            merge(findings, &mut more);
        }
        if let Some(people) = &self.people {
            people.scan(text, asked, findings, &mut more);
            merge(findings, &mut more);
        }
        (self.asks.as_ref()).map_or(KindSet::NONE, |asks| asks.of(text))
    }
}

/// Puts findings in their order among others that they do not overlap.
fn merge(findings: &mut Vec<Finding>, more: &mut Vec<Finding>) {
    if !more.is_empty() {
        findings.append(more);
        findings.sort_unstable_by_key(|finding| finding.start);
    }
}
