//! Rule packs on record: which one was chosen, when it holds from, who took it back. No name, no reason: nothing of a person.

use serde::{Deserialize, Serialize};

use super::{Role, Time, Version};

/// What was done with a rule pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RulesChange {
    /// Somebody put it in force, from `effective_at` on.
    Applied,
    /// Its time came: it holds from now on.
    Started,
    /// It was taken back before its time came.
    Withdrawn,
    /// The privacy officer let a batch over the limit go on.
    Confirmed,
}

/// A rule pack came, went, or had a batch confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulesChangedBody {
    /// Format.
    pub version: Version,
    /// The tenant's UUID.
    pub tenant: String,
    /// What was done.
    pub change: RulesChange,
    /// What the pack is called.
    pub pack: String,
    /// Which one of that name.
    pub pack_version: String,
    /// SHA-256 of its file, or of its files one behind the other, in lower-case hex.
    pub sha256: String,
    /// From when on it holds.
    pub effective_at: Time,
    /// Records that one batch may take without being asked for again.
    pub batch_records_max: u64,
    /// Who did it.
    pub by_role: Role,
    /// When.
    pub at: Time,
}
