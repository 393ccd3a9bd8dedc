//! What entries say: typed bodies, written as compact UTF-8 JSON with the fields in the order given here. A body lives
//! sealed; outside it is seen only as the HMAC in its entry, or inside a certificate. Meanings: `docs/certificate.md`.

mod completed;
mod hold;
mod limit;
mod redaction;
mod rules;
mod time;

pub use completed::{
    Act, Approval, Bytes, CompletedBody, CopyRow, CopyState, CustodianAnswer, CustodianRow, Kept,
    Outcome, OutcomeError, Probe, ProbeResult, Recognition, Records, Sanitization, State,
    Suppression, Witness, settle,
};
pub use hold::{HoldBody, HoldReleasedBody, HoldScopeKind};
pub use limit::Limit;
pub use redaction::{Redaction, RedactionStyle, SpanCount, SpanKind};
pub use rules::{RulesChange, RulesChangedBody};
pub use time::{Date, Time, TimeError};

use serde::{Deserialize, Serialize};

/// A body of a case over some thousand copies and probes is far smaller; two of these in base64 fit a certificate.
pub const BODY_BYTES_MAX: usize = 256 * 1024;

/// The body of one entry. Kinds are added as the program learns to do what they record; a reader refuses those it does not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Body {
    /// An erasure is about to begin.
    EraseIntent(EraseIntentBody),
    /// The old root is destroyed: what was erased can no longer be opened.
    Erased(ErasedBody),
    /// The physical work and the probes are done, as far as they can be.
    Completed(Box<CompletedBody>),
    /// Content was copied to a repository.
    Snapshot(SnapshotBody),
    /// A snapshot was brought back.
    Restored(RestoredBody),
    /// An intent was abandoned before it took effect.
    Refused(RefusedBody),
    /// The ledger was made, or a place that holds keys or content came or went.
    AccessChanged(AccessChangedBody),
    /// Somebody read a conversation without masks.
    Revealed(RevealedBody),
    /// A legal hold was placed.
    Hold(HoldBody),
    /// A legal hold was released.
    HoldReleased(HoldReleasedBody),
    /// A rule pack came, went, or had a batch confirmed.
    RulesChanged(RulesChangedBody),
}

/// A body that is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// Over [`BODY_BYTES_MAX`].
    #[error("a body has at most 262144 bytes, not {0}")]
    TooLarge(usize),
    /// Not JSON of a known kind and version. What stands there is not repeated: it may be about a person.
    #[error("not a body of a known kind and version")]
    Malformed,
    /// The same content spelled in another way than ours.
    #[error("the body is not spelled in its canonical form")]
    NotCanonical,
}

impl Body {
    /// The bytes that an entry commits to.
    ///
    /// # Errors
    /// [`BodyError::TooLarge`].
    #[expect(
        clippy::missing_panics_doc,
        reason = "writing strings and integers as JSON into memory cannot fail"
    )]
    pub fn to_bytes(&self) -> Result<Vec<u8>, BodyError> {
        let bytes = serde_json::to_vec(self).expect("bodies are structs of strings and integers");
        if bytes.len() > BODY_BYTES_MAX {
            Err(BodyError::TooLarge(bytes.len()))
        } else {
            Ok(bytes)
        }
    }

    /// Reads bytes that [`Body::to_bytes`] could have written.
    ///
    /// # Errors
    /// [`BodyError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BodyError> {
        if bytes.len() > BODY_BYTES_MAX {
            return Err(BodyError::TooLarge(bytes.len()));
        }
        let body: Self = serde_json::from_slice(bytes).map_err(|_| BodyError::Malformed)?;
        if !body.fits_its_version() {
            return Err(BodyError::Malformed);
        }
        if body.to_bytes()? == bytes {
            Ok(body)
        } else {
            Err(BodyError::NotCanonical)
        }
    }

    /// The second version is that of redactions, and of nothing else.
    fn fits_its_version(&self) -> bool {
        let fits = |version, requested: &Requested| {
            version == requested.version()
                && (version == Version::V2 || requested.scope != ScopeKind::All)
        };
        match self {
            Self::EraseIntent(body) => fits(body.version, &body.requested),
            Self::Completed(body) => fits(body.version, &body.requested),
            Self::Erased(body) => body.version == Version::V1,
            Self::Snapshot(body) => body.version == Version::V1,
            Self::Restored(body) => body.version == Version::V1,
            Self::Refused(body) => body.version == Version::V1,
            Self::AccessChanged(body) => body.version == Version::V1,
            Self::Revealed(body) => body.version == Version::V1,
            Self::Hold(body) => body.version == Version::V1,
            // Nobody releases a hold alone.
            Self::HoldReleased(body) => {
                body.version == Version::V1 && body.approval != Approval::NotNeeded
            }
            Self::RulesChanged(body) => body.version == Version::V1,
        }
    }

    /// The kind as it is written.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::EraseIntent(_) => "erase-intent",
            Self::Erased(_) => "erased",
            Self::Completed(_) => "completed",
            Self::Snapshot(_) => "snapshot",
            Self::Restored(_) => "restored",
            Self::Refused(_) => "refused",
            Self::AccessChanged(_) => "access-changed",
            Self::Revealed(_) => "revealed",
            Self::Hold(_) => "hold",
            Self::HoldReleased(_) => "hold-released",
            Self::RulesChanged(_) => "rules-changed",
        }
    }
}

/// The format of a body; a change of fields is a new version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Version {
    /// The first.
    #[default]
    #[serde(rename = "wuhen-body/1")]
    V1,
    /// That of a redaction, which says so in [`Requested::redaction`].
    #[serde(rename = "wuhen-body/2")]
    V2,
}

/// Who asked, approved or acted: a role, never a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The person whose records they are.
    Guest,
    /// Staff who talk with guests.
    Agent,
    /// Staff over agents.
    Supervisor,
    /// The privacy officer.
    PrivacyOfficer,
    /// Who reads what was done.
    Auditor,
    /// Who manages staff and settings.
    TenantAdmin,
    /// Whoever runs the program on its machine.
    Operator,
    /// A retention rule whose time had come.
    RetentionRule,
    /// A clean-up on a day of the calendar.
    Calendar,
    /// Another program with an API key.
    Api,
    /// The destruction of a confidentiality label.
    LabelDestruction,
    /// The end of a temporary account.
    TemporaryAccountEnd,
    /// The program itself.
    System,
}

/// Records by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Guests forgotten as a whole.
    pub guests: u64,
    /// Conversations.
    pub conversations: u64,
    /// Messages.
    pub messages: u64,
    /// Attachments.
    pub attachments: u64,
    /// Search sketches.
    pub sketches: u64,
}

/// How the scope was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScopeKind {
    /// All of one guest.
    Guest,
    /// Whole conversations.
    Conversations,
    /// Single messages.
    Messages,
    /// All that bears a confidentiality label.
    Label,
    /// All from before a time.
    Before,
    /// Everything that is stored; only of a redaction.
    All,
}

/// What was asked for: the same in the intent and in what completes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requested {
    /// How the scope was chosen.
    pub scope: ScopeKind,
    /// What the frozen scope held.
    pub counts: Counts,
    /// Who asked.
    pub by_role: Role,
    /// The article or rule, for example `PIPL 47`.
    pub basis: String,
    /// Free text typed by a person; may name persons, hence only sealed or in the guest's own certificate.
    pub reason: String,
    /// When it was asked.
    pub at: Time,
    /// That it is no erasure of records as a whole: personal data was cut out of their texts. Then `counts` are those of the
    /// versions before, which are erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redaction: Option<Redaction>,
}

impl Requested {
    /// The version of the bodies that say it.
    #[must_use]
    pub fn version(&self) -> Version {
        match self.redaction {
            None => Version::V1,
            Some(_) => Version::V2,
        }
    }
}

/// Before and after a rotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Epochs {
    /// The epoch that ended.
    pub before: u64,
    /// The one that began: one more.
    pub after: u64,
}

/// Names of the root in the key service, before and after a rotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kids {
    /// The root that was destroyed.
    pub before: String,
    /// The root in use since.
    pub after: String,
}

/// Rotation step 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EraseIntentBody {
    /// Format.
    pub version: Version,
    /// The case's id.
    pub case: String,
    /// The tenant's UUID.
    pub tenant: String,
    /// The tenant's epoch, which is the entry's.
    pub epoch: u64,
    /// The current root and the one that shall replace it.
    pub kids: Kids,
    /// What was asked for.
    pub requested: Requested,
    /// When the rotation began.
    pub at: Time,
}

/// Rotation step 8; one for a batch of cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErasedBody {
    /// Format.
    pub version: Version,
    /// The tenant's UUID.
    pub tenant: String,
    /// Leaf indexes of the intents that this rotation carried out.
    pub intents: Vec<u64>,
    /// The tenant's epoch.
    pub epochs: Epochs,
    /// The root.
    pub kids: Kids,
    /// What each custodian answered when told to destroy the old root.
    pub custodians: Vec<CustodianRow>,
    /// When the last one had answered.
    pub at: Time,
}

/// A snapshot was written to a repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SnapshotBody {
    /// Format.
    pub version: Version,
    /// The tenant's UUID.
    pub tenant: String,
    /// The repository's id.
    pub repository: String,
    /// The snapshot's id.
    pub snapshot: String,
    /// The tenant's epoch, which is the entry's.
    pub epoch: u64,
    /// What it holds.
    pub counts: Counts,
    /// Bytes of rows and blobs in it.
    pub bytes: Bytes,
    /// When it was finished.
    pub at: Time,
}

/// A snapshot was brought back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestoredBody {
    /// Format.
    pub version: Version,
    /// The tenant's UUID.
    pub tenant: String,
    /// The repository's id.
    pub repository: String,
    /// The snapshot's id.
    pub snapshot: String,
    /// The tenant's epoch, which is the entry's.
    pub epoch: u64,
    /// The content is as of this time; what was newer is lost.
    pub content_until: Time,
    /// Records that can be read again.
    pub restored: Counts,
    /// Records of the snapshot that were erased since and did not come back.
    pub gone: Counts,
    /// Legal holds that stand after it.
    pub holds: u64,
    /// That nothing erased came back, and that holds stand.
    pub probes: Vec<Probe>,
    /// When it was finished.
    pub at: Time,
}

/// An intent was abandoned; nothing was erased by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusedBody {
    /// Format.
    pub version: Version,
    /// The case's id.
    pub case: String,
    /// The tenant's UUID.
    pub tenant: String,
    /// Leaf index of the intent.
    pub intent: u64,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Time,
}

/// What came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccessChange {
    /// The first entry of every ledger.
    LedgerCreated,
    /// A further path of the custodian.
    ReplicaRegistered,
    /// A path of the custodian is no longer written; what it holds is no longer destroyed.
    ReplicaUnregistered,
    /// A snapshot repository.
    RepositoryRegistered,
    /// A snapshot repository is no longer fenced.
    RepositoryUnregistered,
    /// A member of staff may act from now on.
    StaffAdded,
    /// A member of staff left.
    StaffDisabled,
    /// A member of staff has another role.
    StaffRoleChanged,
    /// A member of staff has another password, or another second factor.
    StaffPasswordChanged,
}

/// A place that holds keys or content came or went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessChangedBody {
    /// Format.
    pub version: Version,
    /// The tenant's UUID.
    pub tenant: String,
    /// What changed.
    pub change: AccessChange,
    /// The replica's or repository's id; for the ledger, its verifier key; a member's number, never a name.
    pub subject: String,
    /// Who did it.
    pub by_role: Role,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Time,
}

/// Personal data was shown without masks. Recorded before it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevealedBody {
    /// Format.
    pub version: Version,
    /// The tenant's UUID.
    pub tenant: String,
    /// The conversation's number in the key tree: it says nothing about anybody once the conversation is erased.
    pub conversation: u64,
    /// That it was one attachment alone: its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachment: Option<u32>,
    /// Its messages; none where it was an attachment.
    pub messages: u64,
    /// Spans in them, and in the conversation's own record, or in the attachment, that were masked until then.
    pub findings: u64,
    /// Who read it.
    pub by_role: Role,
    /// Why. Free text typed by a person; may name persons, hence only sealed.
    pub reason: String,
    /// When.
    pub at: Time,
}
