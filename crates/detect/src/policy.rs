//! Who sees what: how each kind of personal data is shown to each role, before and after it was revealed; what a finding weighs
//! when a house cleans up.

use std::borrow::Cow;
use std::str::FromStr;

use crate::finding::Finding;
use crate::kind::{Kind, KindSet};
use crate::redact::{Style, redact};
use crate::spans::replace;

/// A role that reads records.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Viewer {
    /// Talks with guests. The least that may be shown.
    #[default]
    Agent,
    /// Stands over agents.
    Supervisor,
    /// Answers for the house's personal data.
    PrivacyOfficer,
    /// Reads what was done, not whom it was about.
    Auditor,
}

/// How a finding is shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Masking {
    /// As it stands.
    Clear,
    /// What a person needs to recognise it: `138****1234`.
    Partial,
    /// Not at all: three stars, whatever its length.
    Full,
}

/// With which eyes a record is read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Sight {
    viewer: Viewer,
    revealed: bool,
}

/// Kinds that are shown, and weigh, alike.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Group {
    /// Opens something: who reads it can act as another.
    Access,
    /// Pays.
    Card,
    /// Proves who somebody is.
    Identity,
    /// Reaches somebody.
    Contact,
    /// What somebody is called.
    Person,
    /// Where somebody lives, and since when.
    Place,
    /// Things that somebody has.
    Thing,
    /// What a house needs for its work, and what stands in public registers.
    Business,
}

impl Viewer {
    /// All roles, in the order of this list.
    pub const ALL: [Self; 4] = [
        Self::Agent,
        Self::Supervisor,
        Self::PrivacyOfficer,
        Self::Auditor,
    ];

    /// The name on the command line and in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
            Self::PrivacyOfficer => "privacy-officer",
            Self::Auditor => "auditor",
        }
    }

    /// Whether the role may lift masks, with a reason and on record.
    #[must_use]
    pub const fn may_reveal(self) -> bool {
        matches!(self, Self::Supervisor | Self::PrivacyOfficer)
    }
}

/// A name that no role has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such role")]
pub struct UnknownViewer;

impl FromStr for Viewer {
    type Err = UnknownViewer;

    fn from_str(name: &str) -> Result<Self, UnknownViewer> {
        let mut roles = Self::ALL.into_iter();
        roles
            .find(|role| role.as_str() == name)
            .ok_or(UnknownViewer)
    }
}

impl Sight {
    /// What a role sees of itself.
    #[must_use]
    pub const fn of(viewer: Viewer) -> Self {
        Self {
            viewer,
            revealed: false,
        }
    }

    /// What a role sees after it said why. None: it may not.
    #[must_use]
    pub const fn revealed(viewer: Viewer) -> Option<Self> {
        if viewer.may_reveal() {
            Some(Self {
                viewer,
                revealed: true,
            })
        } else {
            None
        }
    }

    /// Whose.
    #[must_use]
    pub const fn viewer(self) -> Viewer {
        self.viewer
    }

    /// Whether masks were lifted.
    #[must_use]
    pub const fn is_revealed(self) -> bool {
        self.revealed
    }

    /// How a kind is shown. The one table.
    #[must_use]
    pub const fn masking(self, kind: Kind) -> Masking {
        use Masking::{Clear as C, Full as F, Partial as P};
        // Agent, supervisor, privacy officer, auditor; revealed to the supervisor, to the privacy officer.
        let row = match Group::of(kind) {
            Group::Access => [F, F, F, F, F, C],
            // PCI DSS 3.4.1: in full only for a need of the business, which the privacy officer answers for.
            Group::Card => [P, P, P, F, P, C],
            Group::Identity | Group::Thing => [P, P, P, F, C, C],
            Group::Contact => [P, C, C, F, C, C],
            Group::Place => [P, P, C, F, C, C],
            Group::Person | Group::Business => [C, C, C, F, C, C],
        };
        row[match (self.viewer, self.revealed) {
            (Viewer::Agent, _) => 0,
            (Viewer::Supervisor, false) => 1,
            (Viewer::PrivacyOfficer, false) => 2,
            (Viewer::Auditor, _) => 3,
            (Viewer::Supervisor, true) => 4,
            (Viewer::PrivacyOfficer, true) => 5,
        }]
    }

    /// The text as it is seen, borrowed where nothing is masked. The findings, in order as a scan gives them, get their places in
    /// what is seen.
    #[must_use]
    pub fn mask<'a>(self, text: &'a str, findings: &mut [Finding]) -> Cow<'a, str> {
        let is_masked = |finding: &Finding| self.masking(finding.kind) != Masking::Clear;
        if !findings.iter().any(is_masked) {
            return Cow::Borrowed(text);
        }
        Cow::Owned(replace(text, findings, |found, finding, out| {
            match self.masking(finding.kind) {
                Masking::Clear => out.push_str(found),
                Masking::Partial => {
                    let alone = Finding {
                        start: 0,
                        end: found.len(),
                        ..*finding
                    };
                    out.push_str(&redact(found, &[alone], Style::Mask));
                }
                Masking::Full => out.push_str("***"),
            }
        }))
    }
}

/// Kinds that prove who somebody is.
pub const IDENTITY_KINDS: KindSet = KindSet::of(&[
    Kind::ResidentId,
    Kind::PermanentResidentId,
    Kind::Passport,
    Kind::TravelPermit,
    Kind::Hkid,
    Kind::TaiwanId,
    Kind::MacauId,
]);

/// What one finding weighs when a house decides what to clean first: what opens an account or pays 100, what proves an identity
/// 50, what tells where somebody lives or how to reach them 5, anything else 1.
#[must_use]
pub const fn weight(kind: Kind) -> u64 {
    match Group::of(kind) {
        Group::Access | Group::Card => 100,
        Group::Identity => 50,
        Group::Contact | Group::Place => 5,
        Group::Person | Group::Thing | Group::Business => 1,
    }
}

/// Whether a finding opens an account, pays, or proves an identity: what a house cleans before anything else.
#[must_use]
pub const fn is_grave(kind: Kind) -> bool {
    matches!(
        Group::of(kind),
        Group::Access | Group::Card | Group::Identity
    )
}

impl Group {
    const fn of(kind: Kind) -> Self {
        match kind {
            Kind::CardSecurityCode | Kind::VerificationCode | Kind::Secret => Self::Access,
            Kind::BankCard | Kind::Iban => Self::Card,
            Kind::ResidentId
            | Kind::PermanentResidentId
            | Kind::Passport
            | Kind::TravelPermit
            | Kind::Hkid
            | Kind::TaiwanId
            | Kind::MacauId => Self::Identity,
            Kind::Mobile
            | Kind::Landline
            | Kind::Phone
            | Kind::Email
            | Kind::WechatId
            | Kind::QqId => Self::Contact,
            Kind::PersonName => Self::Person,
            Kind::Address | Kind::DateOfBirth => Self::Place,
            Kind::LicencePlate | Kind::IpAddress | Kind::MacAddress | Kind::Imei => Self::Thing,
            Kind::BookingNumber | Kind::OrgCode => Self::Business,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::EvidenceSet;

    fn card_and_name() -> (&'static str, [Finding; 2]) {
        let text = "李安 4111111111111111";
        let found = |start, end, kind| Finding {
            start,
            end,
            kind,
            score: 90,
            evidence: EvidenceSet::NONE,
        };
        let name = found(0, 6, Kind::PersonName);
        (text, [name, found(7, 23, Kind::BankCard)])
    }

    #[test]
    fn an_agent_reads_the_name_and_not_the_card() {
        let (text, mut findings) = card_and_name();
        let seen = Sight::of(Viewer::Agent).mask(text, &mut findings);
        assert!(seen.starts_with("李安 ") && !seen.contains("4111111111111111"));
        assert_eq!(&seen[findings[0].range()], "李安");
        assert_eq!(findings[1].end, seen.len());
    }

    #[test]
    fn an_auditor_reads_nothing_clear_and_no_length() {
        let (text, mut findings) = card_and_name();
        assert_eq!(
            Sight::of(Viewer::Auditor).mask(text, &mut findings),
            "*** ***"
        );
        for kind in Kind::ALL {
            assert_eq!(Sight::of(Viewer::Auditor).masking(*kind), Masking::Full);
        }
        assert_eq!(Sight::revealed(Viewer::Auditor), None);
        assert_eq!(Sight::revealed(Viewer::Agent), None);
    }

    #[test]
    fn only_the_privacy_officer_reads_a_whole_card_and_only_when_it_is_revealed() {
        let (text, findings) = card_and_name();
        let seen = |sight: Sight| sight.mask(text, &mut findings.clone()).into_owned();
        for viewer in Viewer::ALL {
            assert!(!seen(Sight::of(viewer)).contains("4111111111111111"));
        }
        let revealed = |viewer| seen(Sight::revealed(viewer).unwrap());
        assert!(!revealed(Viewer::Supervisor).contains("4111111111111111"));
        assert_eq!(revealed(Viewer::PrivacyOfficer), text);
    }

    #[test]
    fn what_grants_access_is_shown_in_part_to_nobody() {
        for kind in [Kind::CardSecurityCode, Kind::Secret, Kind::VerificationCode] {
            for viewer in Viewer::ALL {
                assert_eq!(Sight::of(viewer).masking(kind), Masking::Full);
            }
        }
    }

    #[test]
    fn roles_are_read_back_by_name() {
        for viewer in Viewer::ALL {
            assert_eq!(viewer.as_str().parse(), Ok(viewer));
        }
        assert_eq!("guest".parse::<Viewer>(), Err(UnknownViewer));
    }

    #[test]
    fn identity_documents_are_one_set_in_both_lists() {
        for kind in Kind::ALL {
            let identity = Group::of(*kind) == Group::Identity;
            assert_eq!(IDENTITY_KINDS.contains(*kind), identity);
        }
    }
}
