//! All that a decision looks at. Whatever is not here cannot change one.

use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

use super::reason::ReasonCode;
use super::{Guard, Wait};
pub use crate::people::StaffRole;
use crate::people::{Permission, Verdict, may};
use crate::rules::{Clocks, Said};

/// Records of one staff request above which the privacy officer has to ask or to approve (PRODUCT.md, "Life of an erasure
/// request", 5).
pub const BATCH_RECORDS_MAX: u64 = 1_000;

/// Hours on the clock from the mail that announces an erasure, in a house of one person (PRODUCT.md, as above).
pub const COOLING_OFF_HOURS: i64 = 24;

/// A matter that a legal hold is for, by a number that the caller gives. It names nobody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MatterId(pub u64);

/// A member of staff, by a number that the caller gives. It names nobody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Person(pub u64);

/// Who of the staff, and in which role.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Staff {
    /// Who.
    pub person: Person,
    /// In which role, when it was done.
    pub role: StaffRole,
}

/// Who asks for an erasure (PRODUCT.md, "Life of an erasure request").
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asker {
    /// The guest, or who may speak for them.
    Guest,
    /// A member of staff.
    Staff(Staff),
    /// A retention rule. It counts where one of the record's ceilings is due, and nowhere else.
    Rule,
    /// The house's clean-up by the calendar.
    Calendar,
    /// A confidentiality label that the record bears is destroyed.
    LabelDestruction,
    /// A temporary account has ended.
    TemporaryAccount,
    /// A program that the house has let in.
    Api,
}

/// Whether who asks has shown to be the guest.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Identity {
    /// The way on which it was asked proves it, or no guest asks.
    #[default]
    NotNeeded,
    /// A proof is needed and not there.
    Missing,
    /// Staff have checked a proof.
    Proven,
}

/// Whether the record's category asks for a copy before it is erased.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Backup {
    /// It does not. So with identity documents and card numbers (PRODUCT.md, as above, 4).
    #[default]
    NotNeeded,
    /// It does, and there is none.
    Missing,
    /// It does, and it is made.
    Made,
    /// It does, and somebody has said that none is wanted.
    Waived,
}

/// Whether somebody else has to agree.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecondPerson {
    /// Nobody has: it is no staff request, or the rule pack is `none`.
    #[default]
    NotNeeded,
    /// Somebody has.
    Needed {
        /// Who did. It counts if it is a supervisor or the privacy officer, and neither who asked nor who executes.
        given: Option<Staff>,
    },
    /// There is nobody else in the house: [`COOLING_OFF_HOURS`] take their place.
    CoolingOff {
        /// When the mail that announces it was sent.
        announced_at: Option<Timestamp>,
    },
}

/// That the privacy officer has refused a request, and why (PIPL, article 50).
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Refusal {
    /// On which article. It is shown to who asked: it names nobody.
    pub article: Said,
}

/// A request, as far as it bears on each of its records.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Request {
    /// Who asks.
    pub asked_by: Asker,
    /// Whether the privacy officer has refused it.
    pub refusal: Option<Refusal>,
    /// Whether a proof of identity is needed and there.
    pub identity: Identity,
    /// Whether somebody else has to agree, and did.
    pub second_person: SecondPerson,
    /// Who executes it, where that is known already.
    pub executor: Option<Person>,
    /// How many records it is for, all in all.
    pub records: u64,
    /// The first instant at which it cannot be taken back any more: grace. None: it could not from the beginning, as with the
    /// closing of an account.
    pub window_until: Option<Timestamp>,
}

/// What is known of one record, and of what is asked about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Facts<'f> {
    /// Matters of the open holds that cover it, in any order.
    pub holds: &'f [MatterId],
    /// What the rules say of each of its categories: all floors must be over, the earliest ceiling counts.
    pub clocks: &'f [Clocks<'f>],
    /// Whether what it was kept for is done.
    pub purpose_ended: bool,
    /// Guards of its conversation's bookings, in any order; those that are over at the instant of the decision do not count.
    pub guards: &'f [Guard],
    /// Whether it has to be copied before.
    pub backup: Backup,
    /// What is asked, if something is.
    pub request: Option<&'f Request>,
    /// When the guest's privacy mode has it erased: so many days after the conversation's close.
    pub preference_due: Option<Timestamp>,
}

/// Whether a role may ask for an erasure.
pub(super) fn may_ask(role: StaffRole) -> bool {
    may(role, Permission::RequestErasure) != Verdict::No
}

impl Request {
    /// A request of one record for which nothing is needed.
    #[must_use]
    pub const fn by(asked_by: Asker) -> Self {
        Self {
            asked_by,
            refusal: None,
            identity: Identity::NotNeeded,
            second_person: SecondPerson::NotNeeded,
            executor: None,
            records: 1,
            window_until: None,
        }
    }

    /// Identity, approval, window.
    pub(super) fn waits(&self, now: Timestamp) -> impl Iterator<Item = (Wait, ReasonCode)> {
        let identity = (self.identity == Identity::Missing)
            .then_some((Wait::Identity, ReasonCode::IdentityNeeded));
        let window = |until: Option<Timestamp>, reason| {
            until
                .filter(|until| now < *until)
                .map(|until| (Wait::Window { until }, reason))
        };
        let cooling = window(self.cooling_off_until(), ReasonCode::CoolingOff);
        let grace = window(self.window_until, ReasonCode::GraceWindow);
        [identity, self.approval(), cooling, grace]
            .into_iter()
            .flatten()
    }

    fn approval(&self) -> Option<(Wait, ReasonCode)> {
        let approver = match self.second_person {
            SecondPerson::Needed { given } => given.filter(|given| self.counts(*given)),
            SecondPerson::NotNeeded | SecondPerson::CoolingOff { .. } => None,
        };
        let reason = if self.needs_privacy_officer(approver) {
            Some(ReasonCode::PrivacyOfficerNeeded)
        } else {
            match self.second_person {
                SecondPerson::Needed { .. } if approver.is_none() => {
                    Some(ReasonCode::ApprovalNeeded)
                }
                SecondPerson::CoolingOff { announced_at: None } => {
                    Some(ReasonCode::CoolingOffNotAnnounced)
                }
                _ => None,
            }
        };
        reason.map(|reason| (Wait::Approval, reason))
    }

    fn counts(&self, approver: Staff) -> bool {
        let asked = matches!(self.asked_by, Asker::Staff(staff) if staff.person == approver.person);
        may(approver.role, Permission::Approve) == Verdict::Yes
            && !asked
            && self.executor != Some(approver.person)
    }

    fn needs_privacy_officer(&self, approver: Option<Staff>) -> bool {
        let Asker::Staff(staff) = self.asked_by else {
            return false;
        };
        let is_officer = |staff: Staff| staff.role == StaffRole::PrivacyOfficer;
        self.records > BATCH_RECORDS_MAX && !is_officer(staff) && !approver.is_some_and(is_officer)
    }

    fn cooling_off_until(&self) -> Option<Timestamp> {
        let SecondPerson::CoolingOff { announced_at } = self.second_person else {
            return None;
        };
        let end = |at: Timestamp| at.checked_add(COOLING_OFF_HOURS.hours());
        announced_at.map(|at| end(at).unwrap_or(Timestamp::MAX))
    }
}
