//! The seven checkpoints of an erasure (PRODUCT.md, "After"), each ticked with evidence or waived with a reason. They stand on the
//! certificate for three years, so what is written here has no personal data.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::By;

/// A fact that a machine wrote: `probes=3 found=0`.
pub const FACT_BYTES_MAX: usize = 128;
/// A sentence or two.
pub const REASON_BYTES_MAX: usize = 1_024;

named! {
    /// What is looked at before a record is gone for ever, and after.
    pub enum Checkpoint {
        /// The account that asked is the one whose records they are.
        RightAccount = "right-account", "账号正确", "right account";
        /// So is the guest.
        RightGuest = "right-guest", "客人正确", "right guest";
        /// Important records were told from ordinary ones.
        Importance = "importance", "已区分重要与普通记录", "important or ordinary";
        /// Sensitive content was shown, pictures first.
        SensitiveContent = "sensitive-content", "已核对敏感内容", "sensitive content";
        /// Nothing was chosen that was not meant.
        NothingWronglyChosen = "nothing-wrongly-chosen", "没有误选", "nothing wrongly chosen";
        /// What has to be copied before was copied.
        BackupMade = "backup-made", "已备份", "backup made";
        /// Probes read every store, and found nothing.
        EffectTested = "effect-tested", "已验证删除效果", "effect tested";
    }
}

/// A short fact: letters, digits and `=:._-/,` of ASCII, words apart by one space.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fact(String);

/// Why a checkpoint is waived, in a person's words.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reason(String);

/// A text that is no [`Fact`] or no [`Reason`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BadFact {
    /// Nothing, or too much.
    #[error("evidence has 1 to 128 bytes, a reason 1 to 1024")]
    Length,
    /// Not a machine's words.
    #[error("evidence is letters, digits and =:._-/, of ASCII; a reason is on one line")]
    Character,
}

/// A checkpoint that is done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Checked {
    /// Looked at, and in order.
    Ticked {
        /// When.
        checked_at: Timestamp,
        /// By which role, or by the program.
        by: By,
        /// What was seen.
        evidence: Fact,
    },
    /// Not looked at.
    Waived {
        /// When.
        waived_at: Timestamp,
        /// By which role.
        by: By,
        /// Why.
        reason: Reason,
    },
}

/// What of the seven is done.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Checkpoints(BTreeMap<Checkpoint, Checked>);

impl Checkpoint {
    /// Whether it is for before the erasure; the others are for after.
    #[must_use]
    pub const fn is_before(self) -> bool {
        !matches!(self, Self::EffectTested)
    }
}

impl Checkpoints {
    /// How one was done. None: it is open.
    #[must_use]
    pub fn of(&self, checkpoint: Checkpoint) -> Option<&Checked> {
        self.0.get(&checkpoint)
    }

    /// Those that are open.
    pub fn open(&self) -> impl Iterator<Item = Checkpoint> {
        let all = Checkpoint::ALL.iter().copied();
        all.filter(|checkpoint| !self.0.contains_key(checkpoint))
    }

    /// The first that is open and stands before the erasure.
    pub(super) fn open_before(&self) -> Option<Checkpoint> {
        self.open().find(|checkpoint| checkpoint.is_before())
    }

    pub(super) fn set(&mut self, checkpoint: Checkpoint, checked: Checked) {
        self.0.insert(checkpoint, checked);
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

impl TryFrom<String> for Fact {
    type Error = BadFact;

    fn try_from(text: String) -> Result<Self, BadFact> {
        if text.is_empty() || text.len() > FACT_BYTES_MAX {
            return Err(BadFact::Length);
        }
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"=:._-/,".contains(&byte);
        let mut words = text.split(' ');
        if !words.all(|word| !word.is_empty() && word.bytes().all(is_plain)) {
            return Err(BadFact::Character);
        }
        Ok(Self(text))
    }
}

impl TryFrom<String> for Reason {
    type Error = BadFact;

    fn try_from(text: String) -> Result<Self, BadFact> {
        if text.trim().is_empty() || text.len() > REASON_BYTES_MAX {
            return Err(BadFact::Length);
        }
        if text.chars().any(char::is_control) {
            return Err(BadFact::Character);
        }
        Ok(Self(text))
    }
}

impl Fact {
    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Reason {
    /// As it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Fact> for String {
    fn from(fact: Fact) -> Self {
        fact.0
    }
}

impl From<Reason> for String {
    fn from(reason: Reason) -> Self {
        reason.0
    }
}
