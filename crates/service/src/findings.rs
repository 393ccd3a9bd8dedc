//! How what a scan found lies in a message's header: `[start, length, kind, score, evidence]`, in bytes of the text. Kinds go by
//! their names, evidence by a bit each, so that a later version reads them; what this version does not know is passed over.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use wuhen_detect::{Category, Evidence, EvidenceSet, Finding, Importance, Kind, KindSet};

/// One finding.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredFinding<'a>(u32, u32, #[serde(borrow)] Cow<'a, str>, u8, u16);

/// A kind, a category, an importance, by name.
pub(crate) type Name<'a> = Cow<'a, str>;

pub(crate) fn to_stored(findings: &[Finding]) -> Vec<StoredFinding<'static>> {
    let number = |bytes| u32::try_from(bytes).expect("texts are far smaller than 4 GiB");
    findings
        .iter()
        .map(|found| {
            StoredFinding(
                number(found.start),
                number(found.end - found.start),
                Cow::Borrowed(found.kind.as_str()),
                found.score,
                evidence_bits(found.evidence),
            )
        })
        .collect()
}

/// The findings of a text, in order. What does not lie in it is not one of its findings.
pub(crate) fn from_stored(stored: &[StoredFinding<'_>], text: &str) -> Vec<Finding> {
    let mut at = 0;
    let mut findings = Vec::with_capacity(stored.len());
    for StoredFinding(start, length, kind, score, evidence) in stored {
        let start = *start as usize;
        let end = start + *length as usize;
        let Ok(kind) = kind.parse() else { continue };
        if start < at || text.get(start..end).is_none() {
            continue;
        }
        at = end;
        findings.push(Finding {
            start,
            end,
            kind,
            score: *score,
            evidence: evidence_of(*evidence),
        });
    }
    findings
}

pub(crate) fn kind_names(kinds: KindSet) -> Vec<Name<'static>> {
    kinds
        .iter()
        .map(|kind| Cow::Borrowed(kind.as_str()))
        .collect()
}

pub(crate) fn kinds_named(names: &[Name<'_>]) -> KindSet {
    let known = |name: &Name<'_>| name.parse::<Kind>().ok();
    names.iter().filter_map(known).collect()
}

/// The name to store; none for the weakest, which is what an absent one means.
pub(crate) fn category_name(category: Category) -> Option<Name<'static>> {
    (category != Category::default()).then_some(Cow::Borrowed(category.as_str()))
}

pub(crate) fn category_named(name: Option<&Name<'_>>) -> Category {
    name.and_then(|name| name.parse().ok()).unwrap_or_default()
}

/// The name to store; none for `ordinary`, which is what an absent one means.
pub(crate) fn importance_name(importance: Importance) -> Option<Name<'static>> {
    (importance != Importance::default()).then_some(Cow::Borrowed(importance.as_str()))
}

pub(crate) fn importance_named(name: Option<&Name<'_>>) -> Importance {
    if name.is_some_and(|name| name == Importance::Important.as_str()) {
        Importance::Important
    } else {
        Importance::Ordinary
    }
}

fn evidence_bits(evidence: EvidenceSet) -> u16 {
    evidence.iter().fold(0, |bits, one| bits | 1 << one as u16)
}

fn evidence_of(bits: u16) -> EvidenceSet {
    Evidence::ALL.iter().fold(EvidenceSet::NONE, |set, one| {
        set.with_if(bits & (1 << *one as u16) != 0, *one)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_read_back() {
        let text = "电话15400000101";
        let evidence = EvidenceSet::NONE
            .with(Evidence::Keyword)
            .with(Evidence::Parts);
        let findings = [Finding {
            start: 6,
            end: 17,
            kind: Kind::Mobile,
            score: 99,
            evidence,
        }];
        let json = serde_json::to_string(&to_stored(&findings)).unwrap();
        assert_eq!(json, r#"[[6,11,"MOBILE",99,2056]]"#);
        let stored: Vec<StoredFinding<'_>> = serde_json::from_str(&json).unwrap();
        assert_eq!(from_stored(&stored, text), findings);
    }

    #[test]
    fn what_a_later_version_wrote_is_passed_over() {
        let json = r#"[[0,1,"RETINA_SCAN",99,1],[2,1,"MOBILE",99,32768],[1,1,"MOBILE",9,0],[3,9,"MOBILE",9,0]]"#;
        let stored: Vec<StoredFinding<'_>> = serde_json::from_str(json).unwrap();
        let findings = from_stored(&stored, "abcd");
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].range(), 2..3);
        assert_eq!(
            kinds_named(&["RETINA_SCAN".into(), "MOBILE".into()]),
            KindSet::only(Kind::Mobile)
        );
        assert_eq!(category_named(Some(&"misc".into())), Category::Other);
    }

    /// `detect` says what a message is about, and rules are written for it: both know the same names.
    #[test]
    fn every_category_of_a_message_can_have_a_rule() {
        for category in Category::ALL {
            assert!(
                category
                    .as_str()
                    .parse::<wuhen_model::rules::Category>()
                    .is_ok()
            );
        }
    }

    #[test]
    fn names_and_bits_on_the_disk_never_change() {
        let bits: Vec<(&str, u16)> = Evidence::ALL
            .iter()
            .map(|one| (one.as_str(), *one as u16))
            .collect();
        assert_eq!(
            bits[..12],
            [
                ("shape", 0),
                ("prefix", 1),
                ("check-digit", 2),
                ("keyword", 3),
                ("asked", 4),
                ("date", 5),
                ("issuer", 6),
                ("surname", 7),
                ("given-name", 8),
                ("title", 9),
                ("context", 10),
                ("parts", 11),
            ]
        );
        for (importance, name) in [
            (Importance::Ordinary, None),
            (Importance::Important, Some("important")),
        ] {
            assert_eq!(importance_name(importance).as_deref(), name);
            assert_eq!(
                importance_named(importance_name(importance).as_ref()),
                importance
            );
        }
    }
}
