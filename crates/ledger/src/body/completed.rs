//! The body that completes an erasure, from which the certificate is made. `complete` cannot be said, neither by building
//! nor by parsing, while a copy is pending, failed or not covered, a probe failed, or a custodian still has the old root.

use super::{Counts, Date, Epochs, Kids, Limit, Requested, Role, Time, Version};
use crate::encoding::{array_from_base64, to_base64};
use aws_lc_rs::hmac;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Rotation step 9, and what it found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompletedBody {
    /// Format.
    pub version: Version,
    /// The case's id.
    pub case: String,
    /// The tenant's UUID.
    pub tenant: String,
    /// The tenant's name.
    pub organisation: String,
    /// Leaf index of the intent.
    pub intent: u64,
    /// Leaf index of the `erased` entry; none while the old root still exists, and then the state is partial.
    pub erased: Option<u64>,
    /// What was asked for, as in the intent.
    pub requested: Requested,
    /// The tenant's epoch.
    pub epochs: Epochs,
    /// The root.
    pub kids: Kids,
    /// What became of the scope.
    pub records: Records,
    /// What was removed besides, in bytes.
    pub bytes: Bytes,
    /// What keeps erased records out of later imports.
    pub suppression: Suppression,
    /// Where the old root and the copies are now, and whether that is all.
    pub outcome: Outcome,
    /// Who approved.
    pub approval: Approval,
    /// Who carried it out.
    pub executor: Role,
    /// The fields of a NIST SP 800-88 r2 certificate of sanitization, by analogy.
    pub sanitization: Sanitization,
    /// The erasing.
    pub erasure: Act,
    /// The probing.
    pub verification: Act,
    /// By which the guest knows the certificate as theirs.
    pub recognition: Option<Recognition>,
    /// Whether an outside witness signed the checkpoint.
    pub witness: Witness,
    /// What this does not prove.
    pub limits: Vec<Limit>,
}

/// The state of an erasure, computed from its evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Every custodian destroyed, every copy gone or out of reach, every probe passed.
    Complete,
    /// Anything less.
    Partial,
}

/// `complete` when the root is destroyed everywhere and in effect, every copy is erased, unreachable or expired before
/// `completed_at`, and every probe passed. Without a custodian, a copy or a probe there is no evidence: `partial`.
#[must_use]
pub fn settle(
    custodians: &[CustodianRow],
    copies: &[CopyRow],
    probes: &[Probe],
    completed_at: &Time,
) -> State {
    let evidence = !custodians.is_empty() && !copies.is_empty() && !probes.is_empty();
    let destroyed = custodians.iter().all(|row| {
        row.answer == CustodianAnswer::Destroyed
            && row
                .effective_not_before
                .as_ref()
                .is_some_and(|time| time <= completed_at)
    });
    let today = completed_at.date();
    let gone = copies.iter().all(|row| match &row.state {
        CopyState::Erased | CopyState::Unreachable => true,
        CopyState::ExpiresOn(date) => *date < today,
        CopyState::Failed | CopyState::NotCovered => false,
    });
    let passed = probes.iter().all(|probe| probe.result == ProbeResult::Pass);
    if evidence && destroyed && gone && passed {
        State::Complete
    } else {
        State::Partial
    }
}

/// The evidence and the state that follows from it; no other state can be held or read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "UnsettledOutcome")]
pub struct Outcome {
    state: State,
    completed_at: Time,
    custodians: Vec<CustodianRow>,
    copies: Vec<CopyRow>,
    probes: Vec<Probe>,
}

impl Outcome {
    /// Settles the state.
    #[must_use]
    pub fn new(
        custodians: Vec<CustodianRow>,
        copies: Vec<CopyRow>,
        probes: Vec<Probe>,
        completed_at: Time,
    ) -> Self {
        let state = settle(&custodians, &copies, &probes, &completed_at);
        Self {
            state,
            completed_at,
            custodians,
            copies,
            probes,
        }
    }

    /// Whether all that is registered is gone.
    #[must_use]
    pub fn state(&self) -> State {
        self.state
    }

    /// When the evidence was complete.
    #[must_use]
    pub fn completed_at(&self) -> &Time {
        &self.completed_at
    }

    /// A row per custodian and path.
    #[must_use]
    pub fn custodians(&self) -> &[CustodianRow] {
        &self.custodians
    }

    /// A row per copy.
    #[must_use]
    pub fn copies(&self) -> &[CopyRow] {
        &self.copies
    }

    /// What was tried on every store.
    #[must_use]
    pub fn probes(&self) -> &[Probe] {
        &self.probes
    }
}

/// As written, before its state is believed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnsettledOutcome {
    state: State,
    completed_at: Time,
    custodians: Vec<CustodianRow>,
    copies: Vec<CopyRow>,
    probes: Vec<Probe>,
}

/// A state that the evidence does not bear out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the state does not follow from the custodians, copies and probes")]
pub struct OutcomeError;

impl TryFrom<UnsettledOutcome> for Outcome {
    type Error = OutcomeError;

    fn try_from(raw: UnsettledOutcome) -> Result<Self, OutcomeError> {
        let outcome = Self::new(raw.custodians, raw.copies, raw.probes, raw.completed_at);
        if outcome.state == raw.state {
            Ok(outcome)
        } else {
            Err(OutcomeError)
        }
    }
}

/// One custodian.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustodianRow {
    /// Its name in the configuration.
    pub name: String,
    /// Its sort, for example `file`.
    pub kind: String,
    /// How much its destruction can be relied on, for example `low`.
    pub assurance: String,
    /// What it answered.
    pub answer: CustodianAnswer,
    /// From when the destruction is in effect; none unless destroyed.
    pub effective_not_before: Option<Time>,
    /// Places it kept the root in.
    pub replicas: u32,
}

/// What a custodian answered when told to destroy a root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CustodianAnswer {
    /// Destroyed, and no longer listed by a fresh session.
    Destroyed,
    /// It tried and could not.
    Failed,
    /// It did not answer.
    Unreachable,
    /// It was not asked yet: a snapshot repository is not current, and the old root is kept until it is.
    Waiting,
}

/// One copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopyRow {
    /// Which: `database`, `wal`, `blobs`, `snapshot:<id>`, `fence:<id>`, `search`, `caches`, `device:<id>` and so on.
    pub copy: String,
    /// What became of it.
    pub state: CopyState,
    /// In words.
    pub detail: String,
    /// When this was found.
    pub at: Time,
}

/// What became of a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CopyState {
    /// Its bytes are gone, or cannot be opened by any key that exists.
    Erased,
    /// It can no longer be reached, and what it would need to open is gone.
    Unreachable,
    /// It is there until the end of this day (UTC).
    ExpiresOn(Date),
    /// Its erasure was tried and failed.
    Failed,
    /// It is known and this program does not reach it.
    NotCovered,
}

/// One attempt to find what was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Probe {
    /// What was tried.
    pub name: String,
    /// Whether it found nothing.
    pub result: ProbeResult,
    /// In words.
    pub detail: String,
}

/// How a probe ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProbeResult {
    /// Nothing was found.
    Pass,
    /// Something was, or the probe could not be made.
    Fail,
}

/// What became of the records of the scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Records {
    /// Erased.
    pub erased: Counts,
    /// Kept by law and closed to every reader.
    pub restricted: Vec<Kept>,
    /// Kept for a legal hold.
    pub held: Vec<Kept>,
    /// Left out for another reason.
    pub skipped: Vec<Kept>,
}

/// Records that were not erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// How many.
    pub counts: Counts,
    /// Why, with the article where there is one.
    pub reason: String,
}

/// Bytes of rows and of blobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bytes {
    /// In the database.
    pub rows: u64,
    /// In the blob store.
    pub blobs: u64,
}

/// Keyed tags of erased source ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suppression {
    /// How many stay.
    pub tags: u64,
    /// What they are, in words.
    pub statement: String,
}

/// The second person, or what stands for one. Never the executor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Approval {
    /// The guest's own request, or a rule.
    NotNeeded,
    /// A house of one person: 24 hours, announced by mail.
    CoolingOff,
    /// Another person, of this role.
    SecondPerson(Role),
}

/// NIST SP 800-88 r2, certificate of sanitization, by analogy: records instead of a medium. All in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sanitization {
    /// For example `customer-service conversations`.
    pub record_class: String,
    /// Where the records came from.
    pub source: String,
    /// Their confidentiality.
    pub confidentiality_before: String,
    /// [`Sanitization::METHOD`].
    pub method: String,
    /// How: for example the puncturing, the rotation and the deletion.
    pub technique: String,
    /// The program.
    pub tool: String,
    /// Its version.
    pub tool_version: String,
    /// How the result was verified.
    pub verification_method: String,
    /// What that showed.
    pub verification_result: String,
    /// Confidentiality of what is left.
    pub confidentiality_after: String,
    /// What becomes of the medium.
    pub destination: String,
    /// Whether backups exist, and where.
    pub backups: String,
}

impl Sanitization {
    /// The method in the words of NIST SP 800-88 r2.
    pub const METHOD: &str = "purge by cryptographic erase, and deletion";
}

/// Who did one of the two acts, and when. Its signature is the log's, on the checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// The role.
    pub role: Role,
    /// When it ended.
    pub at: Time,
}

/// Whether an outside witness signed (C2SP tlog-witness).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Witness {
    /// Nobody but the log itself.
    #[default]
    None,
}

/// HMAC-SHA256(salt, contact) of the guest's own phone numbers and addresses, by which they know the certificate as theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recognition {
    /// Kept nowhere but here.
    #[serde(serialize_with = "write_bytes", deserialize_with = "read_bytes")]
    pub salt: [u8; 32],
    /// One for each contact point.
    pub tags: Vec<RecognitionTag>,
}

/// One HMAC, in base64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecognitionTag(
    #[serde(serialize_with = "write_bytes", deserialize_with = "read_bytes")] [u8; 32],
);

impl Recognition {
    /// Over contact points that the caller has normalised, the same way as [`Recognition::matches`] will be asked.
    #[must_use]
    pub fn new<'a>(salt: [u8; 32], contacts: impl IntoIterator<Item = &'a str>) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &salt);
        let tag = |contact: &str| {
            let mut tag = [0; 32];
            tag.copy_from_slice(hmac::sign(&key, contact.as_bytes()).as_ref());
            RecognitionTag(tag)
        };
        Self {
            salt,
            tags: contacts.into_iter().map(tag).collect(),
        }
    }

    /// Whether this contact point is one of them.
    #[must_use]
    pub fn matches(&self, contact: &str) -> bool {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.salt);
        self.tags
            .iter()
            .any(|tag| hmac::verify(&key, contact.as_bytes(), &tag.0).is_ok())
    }
}

fn write_bytes<S: Serializer>(bytes: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&to_base64(bytes))
}

fn read_bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 32], D::Error> {
    let text = String::deserialize(deserializer)?;
    array_from_base64(&text).ok_or_else(|| serde::de::Error::custom("not 32 bytes in base64"))
}
