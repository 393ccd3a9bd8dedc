//! What entries say of legal holds. Matter, issuer and reasons are free texts typed by a person: they are only sealed, and on no
//! certificate.

use serde::{Deserialize, Serialize};

use super::{Approval, Date, Role, Time, Version};

/// How what a hold covers was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HoldScopeKind {
    /// All of one guest, also what comes later.
    Guest,
    /// Whole conversations, also what comes later in them.
    Conversations,
    /// The conversations that bore a label when it was placed.
    Label,
    /// The messages that matched words when it was placed.
    Query,
}

/// A legal hold was placed: what it covers is not erased until two people release it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoldBody {
    /// Format.
    pub version: Version,
    /// The tenant's UUID.
    pub tenant: String,
    /// The hold's number.
    pub hold: String,
    /// How what it covers was chosen.
    pub scope: HoldScopeKind,
    /// Conversations that it covered as a whole when it was placed.
    pub conversations: u64,
    /// Single messages that it covers.
    pub messages: u64,
    /// The dispute, procedure or request that it is for. May name persons.
    pub matter: String,
    /// Who ordered it. May name persons.
    pub issuer: String,
    /// When somebody looks whether it is still needed.
    pub review: Date,
    /// Who placed it.
    pub by_role: Role,
    /// Why. May name persons.
    pub reason: String,
    /// When.
    pub at: Time,
}

/// A legal hold was released: what it covered may be erased again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoldReleasedBody {
    /// Format.
    pub version: Version,
    /// The tenant's UUID.
    pub tenant: String,
    /// The hold's number.
    pub hold: String,
    /// Who asked for it.
    pub by_role: Role,
    /// The second person, or what stands for one; never [`Approval::NotNeeded`].
    pub approval: Approval,
    /// Why. May name persons.
    pub reason: String,
    /// When.
    pub at: Time,
}
