//! What can happen to a request.

use std::collections::BTreeSet;

use super::{Article, By, Checkpoint, Fact, Reason, RefusalReason, Wait};
use crate::people::{Approval, StaffRole};

/// Something that happened. Each is tried by [`super::apply`], and refused where it has no place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// The check gave every message its outcome. Again, after records were added or taken out: what was ticked is open again.
    Checked {
        /// What the decision found that it has to wait for.
        waits: BTreeSet<Wait>,
    },
    /// Who asked saw the preview and said yes.
    Confirmed,
    /// Something appeared that it has to wait for, such as a hold.
    Blocked(Wait),
    /// What it waited for is there. Approval comes as [`Event::Approved`].
    Settled(Wait),
    /// A second person approved, or the cooling-off of a house of one is over.
    Approved(Approval),
    /// A checkpoint was looked at.
    Ticked {
        /// Which.
        checkpoint: Checkpoint,
        /// By whom.
        by: By,
        /// What was seen.
        evidence: Fact,
    },
    /// A checkpoint is left out.
    Waived {
        /// Which.
        checkpoint: Checkpoint,
        /// By whom: a guest waives a backup, the privacy officer anything.
        by: By,
        /// Why.
        reason: Reason,
    },
    /// The grace is cut short.
    AtOnce(StaffRole),
    /// Its rotation begins: the intent is in the ledger.
    Begun,
    /// The old root is destroyed: no key opens the records any more.
    Erased,
    /// The table of copies was looked through.
    CopiesCounted {
        /// Copies that are pending, failed or uncovered.
        unsettled: u64,
    },
    /// Every copy is settled and every checkpoint ticked, says the service.
    Completed,
    /// The privacy officer closes it with what is left.
    ClosedWithExceptions(StaffRole),
    /// Called back.
    Cancelled(By),
    /// Refused.
    Refused {
        /// Why.
        reason: RefusalReason,
        /// By which article.
        article: Article,
        /// By whom.
        by: By,
    },
}

named! {
    /// The name of an event.
    pub enum EventName {
        /// [`Event::Checked`]
        Checked = "checked", "核对", "check it";
        /// [`Event::Confirmed`]
        Confirmed = "confirmed", "确认", "confirm it";
        /// [`Event::Blocked`]
        Blocked = "blocked", "增加等待事项", "let it wait for more";
        /// [`Event::Settled`]
        Settled = "settled", "满足等待事项", "settle what it waits for";
        /// [`Event::Approved`]
        Approved = "approved", "审批", "approve it";
        /// [`Event::Ticked`]
        Ticked = "ticked", "勾选核对项", "tick a checkpoint";
        /// [`Event::Waived`]
        Waived = "waived", "豁免核对项", "waive a checkpoint";
        /// [`Event::AtOnce`]
        AtOnce = "at-once", "取消宽限期", "cut its grace short";
        /// [`Event::Begun`]
        Begun = "begun", "开始删除", "begin the erasure";
        /// [`Event::Erased`]
        Erased = "erased", "记为已删除", "record it as erased";
        /// [`Event::CopiesCounted`]
        CopiesCounted = "copies-counted", "核对副本", "count its copies";
        /// [`Event::Completed`]
        Completed = "completed", "记为完成", "complete it";
        /// [`Event::ClosedWithExceptions`]
        ClosedWithExceptions = "closed-with-exceptions", "附例外结案", "close it with exceptions";
        /// [`Event::Cancelled`]
        Cancelled = "cancelled", "撤销", "cancel it";
        /// [`Event::Refused`]
        Refused = "refused", "拒绝", "refuse it";
    }
}

impl Event {
    /// Its name.
    #[must_use]
    pub const fn name(&self) -> EventName {
        match self {
            Self::Checked { .. } => EventName::Checked,
            Self::Confirmed => EventName::Confirmed,
            Self::Blocked(_) => EventName::Blocked,
            Self::Settled(_) => EventName::Settled,
            Self::Approved(_) => EventName::Approved,
            Self::Ticked { .. } => EventName::Ticked,
            Self::Waived { .. } => EventName::Waived,
            Self::AtOnce(_) => EventName::AtOnce,
            Self::Begun => EventName::Begun,
            Self::Erased => EventName::Erased,
            Self::CopiesCounted { .. } => EventName::CopiesCounted,
            Self::Completed => EventName::Completed,
            Self::ClosedWithExceptions(_) => EventName::ClosedWithExceptions,
            Self::Cancelled(_) => EventName::Cancelled,
            Self::Refused { .. } => EventName::Refused,
        }
    }
}
