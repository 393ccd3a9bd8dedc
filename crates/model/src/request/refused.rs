//! Why an event has no place, in words for who tried it.

use std::fmt;

use super::{Checkpoint, EventName, StageName, Wait};

/// An event that has no place where a request stands. Nothing changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RefusedTransition {
    /// Where it stands.
    pub stage: StageName,
    /// What was tried.
    pub event: EventName,
    /// Why not.
    pub why: Why,
}

/// Why an event has no place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// Nothing leads out of its stage.
    Final,
    /// This event does not lead out of its stage.
    NotHere,
    /// It does not wait for this.
    NotWaitedFor(Wait),
    /// Approval is a second person's, or time's.
    ApprovalIsNoSettlement,
    /// A checkpoint is open.
    Open(Checkpoint),
    /// A checkpoint that is for another time.
    NotNow(Checkpoint),
    /// The grace is not over.
    GraceRuns,
    /// The grace is over.
    GraceIsOver,
    /// Copies are not settled, so many.
    Unsettled(u64),
    /// Nobody looked at the copies.
    NotCounted,
    /// Nothing is left that would be an exception.
    NothingLeft,
    /// This role may not, or this is not for a guest, or not for the program.
    NotAllowed,
}

impl fmt::Display for RefusedTransition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (stage, event) = (self.stage.words().en, self.event.words().en);
        write!(
            formatter,
            "the request is {stage}; nobody can {event}: {}",
            self.why.en()
        )
    }
}

impl std::error::Error for RefusedTransition {}

impl RefusedTransition {
    /// The same in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        let (stage, event) = (self.stage.words().zh, self.event.words().zh);
        format!("申请处于“{stage}”，不能{event}：{}", self.why.zh())
    }
}

impl Why {
    /// In English.
    #[must_use]
    pub fn en(self) -> String {
        match self {
            Self::Final => "it is closed for good".to_owned(),
            Self::NotHere => "other steps come first, or this one is past".to_owned(),
            Self::NotWaitedFor(wait) => format!("it does not wait for {}", wait.words().en),
            Self::ApprovalIsNoSettlement => {
                "approval is given by a second person, or by the cooling-off of a house of one"
                    .to_owned()
            }
            Self::Open(checkpoint) => {
                format!("the checkpoint \"{}\" is open", checkpoint.words().en)
            }
            Self::NotNow(checkpoint) => format!(
                "the checkpoint \"{}\" is looked at {} the erasure",
                checkpoint.words().en,
                if checkpoint.is_before() {
                    "before"
                } else {
                    "after"
                }
            ),
            Self::GraceRuns => "its grace period is not over".to_owned(),
            Self::GraceIsOver => "its grace period is over".to_owned(),
            Self::Unsettled(1) => "one copy is not settled".to_owned(),
            Self::Unsettled(copies) => format!("{copies} copies are not settled"),
            Self::NotCounted => "its copies were not counted yet".to_owned(),
            Self::NothingLeft => {
                "nothing is left that would be an exception; complete it".to_owned()
            }
            Self::NotAllowed => "this role may not".to_owned(),
        }
    }

    /// In Chinese.
    #[must_use]
    pub fn zh(self) -> String {
        match self {
            Self::Final => "申请已经结束".to_owned(),
            Self::NotHere => "须先完成其他步骤，或此步骤已过".to_owned(),
            Self::NotWaitedFor(wait) => format!("没有“{}”这一事项", wait.words().zh),
            Self::ApprovalIsNoSettlement => "审批须由另一人作出，单人机构须等冷静期结束".to_owned(),
            Self::Open(checkpoint) => format!("核对项“{}”尚未完成", checkpoint.words().zh),
            Self::NotNow(checkpoint) => format!(
                "核对项“{}”应在删除{}核对",
                checkpoint.words().zh,
                if checkpoint.is_before() {
                    "之前"
                } else {
                    "之后"
                }
            ),
            Self::GraceRuns => "宽限期尚未结束".to_owned(),
            Self::GraceIsOver => "宽限期已结束".to_owned(),
            Self::Unsettled(copies) => format!("还有 {copies} 份副本未处理完毕"),
            Self::NotCounted => "尚未核对副本".to_owned(),
            Self::NothingLeft => "没有遗留事项，请直接完成".to_owned(),
            Self::NotAllowed => "此角色无权操作".to_owned(),
        }
    }
}
