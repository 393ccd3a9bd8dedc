//! Why a record was decided on as it was, by names that do not change.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Asker, Guard};

/// Names of an enumeration, one list for reading and writing.
macro_rules! reasons {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// Why. Names are stable: they stand in stored decisions and in JSON.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        pub enum ReasonCode {
            $($(#[doc = $doc])+ #[serde(rename = $name)] $variant,)+
        }

        impl ReasonCode {
            /// All, in the order of this list.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable name.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

reasons! {
    /// Held: an open legal hold covers it (Civil Procedure Law, article 114).
    LegalHold = "legal-hold",
    /// Restricted: a floor runs (E-Commerce Law, article 31, and whatever the rule pack says).
    StatutoryFloor = "statutory-floor",
    /// Restricted: a floor applies whose event has not happened.
    FloorNotBegun = "floor-not-begun",
    /// Waiting: money is still to be given back.
    RefundOpen = "refund-open",
    /// Waiting: the booking can still be called off.
    CancellationWindowOpen = "cancellation-window-open",
    /// Waiting: the deposit was not given back.
    DepositNotReturned = "deposit-not-returned",
    /// Waiting: a dispute is open.
    DisputeOpen = "dispute-open",
    /// Waiting: the stay is not over, or not for long enough.
    AfterCheckout = "after-checkout",
    /// Waiting: a copy comes first.
    BackupNeeded = "backup-needed",
    /// Waiting: who asks has to show to be the guest.
    IdentityNeeded = "identity-needed",
    /// Waiting: a second person has to agree.
    ApprovalNeeded = "approval-needed",
    /// Waiting: the batch is so large that the privacy officer has to agree.
    PrivacyOfficerNeeded = "privacy-officer-needed",
    /// Waiting: the mail that announces the erasure was not sent.
    CoolingOffNotAnnounced = "cooling-off-not-announced",
    /// Waiting: a cooling-off takes the second person's place.
    CoolingOff = "cooling-off",
    /// Waiting: the request can still be taken back.
    GraceWindow = "grace-window",
    /// Refused: by the privacy officer, on an article.
    Refused = "refused",
    /// Refused: the role may not ask for an erasure.
    RoleMayNotAsk = "role-may-not-ask",
    /// Erase: the guest asked.
    AskedByGuest = "asked-by-guest",
    /// Erase: staff asked.
    AskedByStaff = "asked-by-staff",
    /// Erase: a program asked.
    AskedByApi = "asked-by-api",
    /// Erase: the house's clean-up by the calendar.
    CalendarCleanUp = "calendar-clean-up",
    /// Erase: its confidentiality label is destroyed.
    LabelDestroyed = "label-destroyed",
    /// Erase: the temporary account has ended.
    TemporaryAccountEnded = "temporary-account-ended",
    /// Erase: its ceiling is reached (PIPL, articles 19 and 47(1)).
    CeilingReached = "ceiling-reached",
    /// Erase: the guest's privacy mode has it so.
    PrivacyMode = "privacy-mode",
    /// Skipped: its ceiling is reached, and the rule has the owner look first.
    ReviewDue = "review-due",
    /// Skipped: nobody asks, and nothing is due.
    NothingAsks = "nothing-asks",
}

impl ReasonCode {
    pub(super) const fn of_guard(guard: Guard) -> Self {
        match guard {
            Guard::RefundOpen => Self::RefundOpen,
            Guard::CancellationWindowOpen { .. } => Self::CancellationWindowOpen,
            Guard::DepositNotReturned => Self::DepositNotReturned,
            Guard::DisputeOpen => Self::DisputeOpen,
            Guard::AfterCheckout { .. } => Self::AfterCheckout,
        }
    }

    /// Why it is erased, if nothing stands in the way.
    pub(super) const fn of_asker(asker: Asker) -> Self {
        match asker {
            Asker::Guest => Self::AskedByGuest,
            Asker::Staff(_) => Self::AskedByStaff,
            Asker::Rule => Self::CeilingReached,
            Asker::Calendar => Self::CalendarCleanUp,
            Asker::LabelDestruction => Self::LabelDestroyed,
            Asker::TemporaryAccount => Self::TemporaryAccountEnded,
            Asker::Api => Self::AskedByApi,
        }
    }
}

impl fmt::Display for ReasonCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}
