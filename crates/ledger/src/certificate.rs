//! The erasure certificate: two entries of the ledger, opened, with their proofs, and the key to check them by. One JSON
//! spelling: compact, fields in the order of the structs here, one newline at the end. Any changed byte fails.

use crate::body::{BODY_BYTES_MAX, BodyError, CompletedBody, EraseIntentBody, State};
use crate::checkpoint::VkeyError;
use crate::encoding::{array_from_base64, from_base64, to_base64};
use crate::entry::EntryError;
use crate::proof::ProofError;
use crate::{Body, Checkpoint, Entry, Proof, Vkey};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Two bodies of [`BODY_BYTES_MAX`] in base64 are 700 kB, and two proofs are under 10 kB.
pub const CERTIFICATE_BYTES_MAX: usize = 1024 * 1024;

const FORMAT: &str = "wuhen-certificate/1";
const _: () = assert!(2 * BODY_BYTES_MAX.div_ceil(3) * 4 + 64 * 1024 < CERTIFICATE_BYTES_MAX);

/// What the hotel hands to the guest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The key that signed both checkpoints.
    pub log_key: Vkey,
    /// The entry that completes the erasure.
    pub completed: OpenedEntry,
    /// The entry that began it.
    pub intent: OpenedEntry,
}

/// An entry with what opens it and what places it in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedEntry {
    /// The entry.
    pub entry: Entry,
    /// The salt of its HMAC.
    pub salt: [u8; 32],
    /// The body, verbatim.
    pub body: Vec<u8>,
    /// Where it is in the log.
    pub proof: Proof,
}

/// What a certificate that holds says, and against which key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// What was done.
    pub completed: CompletedBody,
    /// What was begun.
    pub intent: EraseIntentBody,
    /// The key that signed.
    pub log_key: Vkey,
    /// Whether that is the key that the caller trusts. If not, everything here may be a stranger's invention.
    pub key_trusted: bool,
    /// The checkpoint over the completed entry.
    pub checkpoint: Checkpoint,
    /// Each check that was done, in order.
    pub steps: Vec<Step>,
}

/// One of the two entries of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The entry that completes the erasure.
    Completed,
    /// The entry that began it.
    Intent,
}

/// A check that was done and held; `Display` says it in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The file is a certificate, in its only spelling.
    Form {
        /// Its length.
        bytes: usize,
    },
    /// The key in it is the one that the caller trusts.
    TrustedKey,
    /// The entry commits to its body.
    Opens(Part),
    /// The checkpoint is signed by the key, and the entry is in its log.
    InLog {
        /// Which entry.
        part: Part,
        /// Its number.
        index: u64,
        /// Entries in the signed log.
        size: u64,
    },
    /// Both are about the same case, tenant and request, in this order.
    Agree,
    /// The state follows from the custodians, copies and probes.
    Settled,
}

/// A certificate that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// Over [`CERTIFICATE_BYTES_MAX`].
    #[error("a certificate has at most 1048576 bytes, not {0}")]
    TooLarge(usize),
    /// Not JSON with exactly the fields of a certificate. What stands there is not repeated.
    #[error("not an erasure certificate, at line {line}, column {column}")]
    Malformed {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// Another format than this program knows.
    #[error("not a certificate of format wuhen-certificate/1")]
    Format,
    /// Its content is spelled in another way than ours.
    #[error("the certificate was changed: it is not in its canonical form")]
    NotCanonical,
    /// A field is not base64 of the right length.
    #[error("a field of the {0} entry is not canonical base64 of its length")]
    Base64(Part),
    /// The key is no key.
    #[error("the key in the certificate is not valid")]
    Key(#[from] VkeyError),
    /// The key is another than the trusted one.
    #[error("the certificate is signed with another key than the trusted one")]
    OtherKey,
    /// The entry is no entry.
    #[error("the {0} entry is not valid")]
    Entry(Part, #[source] EntryError),
    /// The entry commits to another body or salt.
    #[error("the {0} entry does not belong to its body")]
    DoesNotOpen(Part),
    /// The proof does not hold.
    #[error("the {0} entry is not proved to be in the ledger")]
    Proof(Part, #[source] ProofError),
    /// The body is no body.
    #[error("the body of the {0} entry is not valid")]
    Body(Part, #[source] BodyError),
    /// The body is of another kind.
    #[error("the body of the {0} entry is of another kind")]
    Kind(Part),
    /// Two checkpoints of one size with different roots: the log showed two histories.
    #[error("the two checkpoints contradict each other")]
    Forked,
    /// The two bodies, or a body and its entry, say different things.
    #[error("the two entries do not agree on {0}")]
    Disagree(&'static str),
}

impl Certificate {
    /// The file.
    #[expect(
        clippy::missing_panics_doc,
        reason = "writing strings and integers as JSON into memory cannot fail"
    )]
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let text = CertificateText {
            format: FORMAT.to_owned(),
            log_key: self.log_key.to_string(),
            completed: self.completed.to_text(),
            intent: self.intent.to_text(),
        };
        let mut bytes = serde_json::to_vec(&text).expect("a certificate is made of strings");
        bytes.push(b'\n');
        bytes
    }

    /// Reads a file in its only spelling. Nothing in it is to be believed before [`Certificate::verify`].
    ///
    /// # Errors
    /// The first half of [`CertificateError`], up to proofs that are no proofs.
    pub fn parse(bytes: &[u8]) -> Result<Self, CertificateError> {
        if bytes.len() > CERTIFICATE_BYTES_MAX {
            return Err(CertificateError::TooLarge(bytes.len()));
        }
        let text: CertificateText =
            serde_json::from_slice(bytes).map_err(|error| CertificateError::Malformed {
                line: error.line(),
                column: error.column(),
            })?;
        if text.format != FORMAT {
            return Err(CertificateError::Format);
        }
        let certificate = Self {
            log_key: Vkey::parse(&text.log_key)?,
            completed: OpenedEntry::from_text(&text.completed, Part::Completed)?,
            intent: OpenedEntry::from_text(&text.intent, Part::Intent)?,
        };
        if certificate.to_bytes() == bytes {
            Ok(certificate)
        } else {
            Err(CertificateError::NotCanonical)
        }
    }

    /// Checks everything that can be checked offline. Without a trusted key the answer says so: the caller must compare
    /// [`Vkey::fingerprint`] with what the hotel publishes.
    ///
    /// # Errors
    /// [`CertificateError`]: the first check that failed.
    pub fn verify(bytes: &[u8], trusted: Option<&Vkey>) -> Result<Verified, CertificateError> {
        let certificate = Self::parse(bytes)?;
        let log_key = &certificate.log_key;
        let mut steps = vec![Step::Form { bytes: bytes.len() }];
        if let Some(trusted) = trusted {
            if trusted != log_key {
                return Err(CertificateError::OtherKey);
            }
            steps.push(Step::TrustedKey);
        }
        let (body, checkpoint) =
            certificate
                .completed
                .verify(Part::Completed, log_key, &mut steps)?;
        let Body::Completed(completed) = body else {
            return Err(CertificateError::Kind(Part::Completed));
        };
        let (body, intent_checkpoint) =
            certificate
                .intent
                .verify(Part::Intent, log_key, &mut steps)?;
        let Body::EraseIntent(intent) = body else {
            return Err(CertificateError::Kind(Part::Intent));
        };
        if checkpoint.size == intent_checkpoint.size && checkpoint.root != intent_checkpoint.root {
            return Err(CertificateError::Forked);
        }
        certificate.check_agreement(&completed, &intent)?;
        // The body could not have been read with a state that its own rows do not bear out.
        steps.extend([Step::Agree, Step::Settled]);
        Ok(Verified {
            completed: *completed,
            intent,
            log_key: certificate.log_key,
            key_trusted: trusted.is_some(),
            checkpoint,
            steps,
        })
    }

    fn check_agreement(
        &self,
        completed: &CompletedBody,
        intent: &EraseIntentBody,
    ) -> Result<(), CertificateError> {
        let (epochs, entry_epoch) = (completed.epochs, self.completed.entry.epoch());
        let agreements = [
            (
                "the intent's place in the ledger",
                completed.intent == self.intent.proof.index,
            ),
            (
                "the order of the entries",
                completed.intent < self.completed.proof.index
                    && completed.erased.is_none_or(|erased| {
                        completed.intent < erased && erased < self.completed.proof.index
                    }),
            ),
            (
                "the state while the old root exists",
                completed.erased.is_some() || completed.outcome.state() == State::Partial,
            ),
            ("the case", completed.case == intent.case),
            ("the tenant", completed.tenant == intent.tenant),
            (
                "what was asked for",
                completed.requested == intent.requested,
            ),
            (
                "the intent's epoch",
                intent.epoch == self.intent.entry.epoch(),
            ),
            (
                "the epochs",
                intent.epoch <= epochs.before && epochs.before.checked_add(1) == Some(epochs.after),
            ),
            ("the completed entry's epoch", epochs.after <= entry_epoch),
        ];
        match agreements.into_iter().find(|(_, holds)| !holds) {
            Some((what, _)) => Err(CertificateError::Disagree(what)),
            None => Ok(()),
        }
    }
}

impl OpenedEntry {
    fn verify(
        &self,
        part: Part,
        log_key: &Vkey,
        steps: &mut Vec<Step>,
    ) -> Result<(Body, Checkpoint), CertificateError> {
        if !self.entry.opens_with(&self.salt, &self.body) {
            return Err(CertificateError::DoesNotOpen(part));
        }
        steps.push(Step::Opens(part));
        let checkpoint = self
            .proof
            .verify(&self.entry, log_key)
            .map_err(|error| CertificateError::Proof(part, error))?;
        steps.push(Step::InLog {
            part,
            index: self.proof.index,
            size: checkpoint.size,
        });
        let body =
            Body::from_bytes(&self.body).map_err(|error| CertificateError::Body(part, error))?;
        Ok((body, checkpoint))
    }

    fn to_text(&self) -> OpenedEntryText {
        OpenedEntryText {
            entry: to_base64(self.entry.as_bytes()),
            salt: to_base64(&self.salt),
            body: to_base64(&self.body),
            proof: self.proof.to_text(),
        }
    }

    fn from_text(text: &OpenedEntryText, part: Part) -> Result<Self, CertificateError> {
        let misspelled = CertificateError::Base64(part);
        let entry = from_base64(&text.entry).ok_or(misspelled)?;
        Ok(Self {
            entry: Entry::from_bytes(&entry)
                .map_err(|error| CertificateError::Entry(part, error))?,
            salt: array_from_base64(&text.salt).ok_or(misspelled)?,
            body: from_base64(&text.body).ok_or(misspelled)?,
            proof: Proof::parse(&text.proof)
                .map_err(|error| CertificateError::Proof(part, error))?,
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CertificateText {
    format: String,
    log_key: String,
    completed: OpenedEntryText,
    intent: OpenedEntryText,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OpenedEntryText {
    entry: String,
    salt: String,
    body: String,
    proof: String,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Completed => "completed",
            Self::Intent => "intent",
        })
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form { bytes } => write!(
                f,
                "the file is a certificate of {bytes} bytes in its only spelling"
            ),
            Self::TrustedKey => f.write_str("its key is the trusted one"),
            Self::Opens(part) => write!(f, "the {part} entry commits to its body"),
            Self::InLog { part, index, size } => {
                write!(
                    f,
                    "the {part} entry is number {index} of a signed ledger of {size}"
                )
            }
            Self::Agree => {
                f.write_str("both entries are about the same case, tenant and request, in order")
            }
            Self::Settled => {
                f.write_str("the state follows from the answers of custodians, copies and probes")
            }
        }
    }
}
