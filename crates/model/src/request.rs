//! The life of an erasure request (PRODUCT.md): draft, checked, waiting, scheduled, erasing, partial, complete, and the side exits.
//! A state changes by [`apply`] only, and no transition skips a check. Which records are in it, and whose, is not here.

mod apply;
mod checkpoint;
mod event;
mod refused;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::apply::apply;
pub use self::checkpoint::{
    BadFact, Checked, Checkpoint, Checkpoints, FACT_BYTES_MAX, Fact, REASON_BYTES_MAX, Reason,
};
pub use self::event::{Event, EventName};
pub use self::refused::{RefusedTransition, Why};
use crate::people::{Second, StaffRole};
use crate::rules::UnknownName;

/// The longest grace a house may set; none is 0 (PRODUCT.md, "Three tiers of deletion").
pub const GRACE_DAYS_MAX: u16 = 30;
/// What a house has that did not set one.
pub const GRACE_DAYS_DEFAULT: u16 = 7;
/// An article as refusals quote it: `PIPL, article 47(2)`, in the longer of both languages.
pub const ARTICLE_BYTES_MAX: usize = 256;

named! {
    /// Who or what asked (PRODUCT.md, "Asked by").
    pub enum AskedBy {
        /// The data subject, a guardian, or a close relative (PIPL, articles 31, 47, 49).
        Guest = "guest", "客人", "guest";
        /// An agent or supervisor: a second person approves.
        Agent = "agent", "客服", "agent";
        /// The privacy officer.
        PrivacyOfficer = "privacy-officer", "个人信息保护负责人", "privacy officer";
        /// A ceiling was reached (PIPL, article 47(1), item 2).
        RetentionRule = "retention-rule", "保存规则", "retention rule";
        /// Calendar clean-up.
        Calendar = "calendar", "定期清理", "calendar clean-up";
        /// A program of the house.
        Api = "api", "接口", "API";
        /// A confidentiality label was destroyed.
        LabelDestruction = "label-destruction", "保密标签销毁", "label destruction";
        /// A temporary account ended.
        TemporaryAccount = "temporary-account", "临时账号到期", "end of a temporary account";
    }
}

named! {
    /// What a request waits for.
    pub enum Wait {
        /// A copy is made before, or waived.
        Backup = "backup", "等待备份", "a backup, or its waiver";
        /// The second factor, or the proof of who asks.
        Identity = "identity", "等待身份验证", "the proof of who asks";
        /// A second person.
        Approval = "approval", "等待审批", "a second person's approval";
        /// A guard's window: refund, cancellation, deposit, dispute, days after checkout.
        Window = "window", "等待订单窗口结束", "the end of a booking's window";
        /// All of its records are held (Civil Procedure Law, article 114).
        Hold = "hold", "诉讼保留中", "the release of a legal hold";
        /// All of its records must stay by law, restricted meanwhile (PIPL, article 47(2)).
        Floor = "floor", "法定保存期限未满", "the end of a statutory period";
    }
}

named! {
    /// Where a request stands.
    pub enum StageName {
        /// Being put together.
        Draft = "draft", "草稿", "draft";
        /// Every message has its outcome, and the preview was shown.
        Checked = "checked", "已核对", "checked";
        /// Waiting for something.
        Waiting = "waiting", "等待中", "waiting";
        /// In its grace: frozen, restricted, and able to be called back.
        Scheduled = "scheduled", "已排期", "scheduled";
        /// Its rotation runs.
        Erasing = "erasing", "删除中", "erasing";
        /// Erased here; copies elsewhere are not settled.
        Partial = "partial", "部分完成", "partial";
        /// Every registered copy is settled.
        Complete = "complete", "已完成", "complete";
        /// Called back.
        Cancelled = "cancelled", "已撤销", "cancelled";
        /// Refused, with reason and article.
        Refused = "refused", "已拒绝", "refused";
        /// Closed by the privacy officer with copies that are not settled, each listed.
        WithExceptions = "with-exceptions", "附例外结案", "closed with exceptions";
    }
}

named! {
    /// Why a request is refused (PIPL, article 50: reasons are stated).
    pub enum RefusalReason {
        /// The one who asked is not the one whose records they are.
        IdentityNotProved = "identity-not-proved", "无法核实申请人身份", "it could not be established who asks";
        /// The right is not theirs: another's records, or no relative.
        NotEntitled = "not-entitled", "申请人无权申请", "who asks is not entitled";
        /// Law asks to keep all of it.
        MustBeKept = "must-be-kept", "法律规定的保存期限未满", "the law asks to keep it";
        /// All of it is evidence.
        Held = "held", "属于诉讼保留范围", "it is held as evidence";
        /// Nothing is there.
        NothingFound = "nothing-found", "未找到相关记录", "nothing was found";
        /// Manifestly unfounded or excessive (GDPR, article 12(5)).
        Excessive = "excessive", "申请明显无理由或过度", "the request is manifestly unfounded or excessive";
        /// A second person said no.
        NotApproved = "not-approved", "审批未通过", "a second person did not approve";
    }
}

/// Who did something: never a name, so that it can be kept for three years.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum By {
    /// The guest, or who stands for the guest.
    Guest,
    /// The program.
    System,
    /// One of the staff.
    Staff(StaffRole),
}

/// What was agreed when a request was made.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "TermsText", into = "TermsText")]
pub struct Terms {
    asked_by: AskedBy,
    closes_account: bool,
    grace_days: u16,
}

/// A grace of more than [`GRACE_DAYS_MAX`] days, or one for an account's closure.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BadTerms {
    /// Too long.
    #[error("a grace period has 0 to 30 days")]
    Grace,
    /// E-Commerce Law, article 24: deleted at once.
    #[error("closing an account has no grace period")]
    ClosureHasNone,
}

/// Where a request stands, with what belongs to it there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case",
    tag = "stage"
)]
pub enum Stage {
    /// See [`StageName::Draft`].
    Draft,
    /// See [`StageName::Checked`]. What it will wait for once it is confirmed.
    Checked {
        /// May be empty.
        waits: BTreeSet<Wait>,
    },
    /// See [`StageName::Waiting`].
    Waiting {
        /// Never empty.
        waits: BTreeSet<Wait>,
    },
    /// See [`StageName::Scheduled`].
    Scheduled {
        /// From this instant on it can begin and no more be called back.
        until: Timestamp,
    },
    /// See [`StageName::Erasing`].
    Erasing,
    /// See [`StageName::Partial`].
    Partial {
        /// Copies that are pending, failed or uncovered. None: nobody counted yet.
        unsettled: Option<u64>,
    },
    /// See [`StageName::Complete`].
    Complete,
    /// See [`StageName::Cancelled`].
    Cancelled {
        /// Who called it back.
        by: By,
    },
    /// See [`StageName::Refused`].
    Refused {
        /// Why.
        reason: RefusalReason,
        /// By which article.
        article: Article,
        /// Who refused.
        by: By,
    },
    /// See [`StageName::WithExceptions`].
    WithExceptions {
        /// How many copies are listed as not settled.
        exceptions: u64,
        /// Checkpoints that were left open.
        open: BTreeSet<Checkpoint>,
    },
}

/// The article that a refusal quotes.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Article(String);

/// An article that is empty or too long.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("an article has 1 to 256 bytes of UTF-8, on one line")]
pub struct BadArticle;

/// One request: where it stands and what was found out on the way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct State {
    terms: Terms,
    stage: Stage,
    checkpoints: Checkpoints,
    /// When its grace ends or ended; kept while it waits again, so that a hold's release does not begin a second one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    grace_until: Option<Timestamp>,
    /// How it was approved, if that was needed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    approved: Option<Second>,
}

impl AskedBy {
    /// Whether the check finds that somebody has to prove who they are: the second factor of PRODUCT.md.
    #[must_use]
    pub const fn needs_identity(self) -> bool {
        matches!(self, Self::Guest)
    }

    /// Whether a second person approves whatever the pack says. A privacy officer's own request needs one by the pack's rules.
    #[must_use]
    pub const fn needs_approval(self) -> bool {
        matches!(self, Self::Agent)
    }
}

impl Wait {
    /// Whether it ends by time or by an event elsewhere, without anybody acting on the request.
    #[must_use]
    pub const fn ends_by_itself(self) -> bool {
        matches!(self, Self::Window | Self::Hold | Self::Floor)
    }
}

impl Terms {
    /// An erasure with a grace of so many days.
    ///
    /// # Errors
    ///
    /// [`BadTerms::Grace`]: more than [`GRACE_DAYS_MAX`].
    pub const fn erasure(asked_by: AskedBy, grace_days: u16) -> Result<Self, BadTerms> {
        if grace_days > GRACE_DAYS_MAX {
            return Err(BadTerms::Grace);
        }
        Ok(Self {
            asked_by,
            closes_account: false,
            grace_days,
        })
    }

    /// An account's closure: it has no grace (E-Commerce Law, article 24).
    #[must_use]
    pub const fn account_closure(asked_by: AskedBy) -> Self {
        Self {
            asked_by,
            closes_account: true,
            grace_days: 0,
        }
    }

    /// Who or what asked.
    #[must_use]
    pub const fn asked_by(self) -> AskedBy {
        self.asked_by
    }

    /// Whether it closes the guest's account.
    #[must_use]
    pub const fn closes_account(self) -> bool {
        self.closes_account
    }

    /// Days between the last word and the erasure.
    #[must_use]
    pub const fn grace_days(self) -> u16 {
        self.grace_days
    }
}

impl State {
    /// A request that was just begun.
    #[must_use]
    pub fn draft(terms: Terms) -> Self {
        Self {
            terms,
            stage: Stage::Draft,
            checkpoints: Checkpoints::default(),
            grace_until: None,
            approved: None,
        }
    }

    /// What was agreed.
    #[must_use]
    pub const fn terms(&self) -> Terms {
        self.terms
    }

    /// Where it stands.
    #[must_use]
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    /// What was checked, with evidence.
    #[must_use]
    pub const fn checkpoints(&self) -> &Checkpoints {
        &self.checkpoints
    }

    /// How it was approved, if that was needed: the certificate says so.
    #[must_use]
    pub const fn approved(&self) -> Option<Second> {
        self.approved
    }
}

impl Stage {
    /// Its name.
    #[must_use]
    pub const fn name(&self) -> StageName {
        match self {
            Self::Draft => StageName::Draft,
            Self::Checked { .. } => StageName::Checked,
            Self::Waiting { .. } => StageName::Waiting,
            Self::Scheduled { .. } => StageName::Scheduled,
            Self::Erasing => StageName::Erasing,
            Self::Partial { .. } => StageName::Partial,
            Self::Complete => StageName::Complete,
            Self::Cancelled { .. } => StageName::Cancelled,
            Self::Refused { .. } => StageName::Refused,
            Self::WithExceptions { .. } => StageName::WithExceptions,
        }
    }
}

impl StageName {
    /// Whether nothing leads out of it.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(
            self,
            Self::Complete | Self::Cancelled | Self::Refused | Self::WithExceptions
        )
    }

    /// Whether its records are frozen and restricted (ERASURE.md: "from `scheduled` on").
    #[must_use]
    pub const fn restricts(self) -> bool {
        matches!(self, Self::Scheduled | Self::Erasing | Self::Partial)
    }
}

impl TryFrom<String> for Article {
    type Error = BadArticle;

    fn try_from(text: String) -> Result<Self, BadArticle> {
        let is_said = !text.trim().is_empty() && !text.chars().any(char::is_control);
        if is_said && text.len() <= ARTICLE_BYTES_MAX {
            Ok(Self(text))
        } else {
            Err(BadArticle)
        }
    }
}

impl From<Article> for String {
    fn from(article: Article) -> Self {
        article.0
    }
}

impl Article {
    /// As it is quoted.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for By {
    type Error = UnknownName;

    fn try_from(name: String) -> Result<Self, UnknownName> {
        match name.as_str() {
            "guest" => Ok(Self::Guest),
            "system" => Ok(Self::System),
            role => role.parse().map(Self::Staff),
        }
    }
}

impl From<By> for String {
    fn from(by: By) -> Self {
        by.as_str().to_owned()
    }
}

impl By {
    /// The name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::System => "system",
            Self::Staff(role) => role.as_str(),
        }
    }
}

/// [`Terms`] as they are stored: a grace that was changed there is refused.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct TermsText {
    asked_by: AskedBy,
    closes_account: bool,
    grace_days: u16,
}

impl TryFrom<TermsText> for Terms {
    type Error = BadTerms;

    fn try_from(text: TermsText) -> Result<Self, BadTerms> {
        if !text.closes_account {
            return Self::erasure(text.asked_by, text.grace_days);
        }
        if text.grace_days > 0 {
            return Err(BadTerms::ClosureHasNone);
        }
        Ok(Self::account_closure(text.asked_by))
    }
}

impl From<Terms> for TermsText {
    fn from(terms: Terms) -> Self {
        Self {
            asked_by: terms.asked_by,
            closes_account: terms.closes_account,
            grace_days: terms.grace_days,
        }
    }
}

#[cfg(test)]
mod tests;
