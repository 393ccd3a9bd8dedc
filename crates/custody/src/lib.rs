//! Key services: where a tenant's root lives, and how it is made to be forgotten.
//! A root never leaves this crate: callers hand in keys to wrap, and wrapped keys to open (ERASURE.md, "Key service").
//! No database and no clock here; randomness is passed in.

pub mod contract;
pub mod file;
pub mod process;

mod error;
mod seal;

use std::fmt;
use std::str::FromStr;

use wuhen_keytree::{Fill, Key};

pub use error::{CustodyError, InvalidKid, ReplicaFailure};

/// Longest kid, in bytes: it is a file name with `.root.tmp` behind it.
pub const KID_BYTES_MAX: usize = 64;

/// Longest checkpoint, in bytes: a signed note takes some 200 bytes and 130 more per witness, so this is room for over 100.
pub const CHECKPOINT_BYTES_MAX: usize = 16 * 1024;

/// A key service that keeps the roots of one tenant. Every implementation passes [`contract::custodian_contract`].
///
/// Implementations keep no root in memory between two calls: what `destroy` removed from the media is gone from here as well.
pub trait Custodian: Send + Sync {
    /// Its name on certificates, such as `file`.
    fn name(&self) -> &str;

    /// The kind of backend, such as `file`.
    fn kind(&self) -> &'static str;

    /// Makes a new root. When it returns, the root is durable and was read back on every replica.
    ///
    /// # Errors
    /// [`CustodyError::Exists`] for a kid that any replica knows; otherwise what failed. Nothing is left behind then, or the error
    /// says where.
    fn create(&self, kid: &Kid, fill: Fill<'_>) -> Result<(), CustodyError>;

    /// Wraps `key` under the root: `0x01 | alg | nonce(12) | ciphertext | tag`. A nonce is used once under one root.
    ///
    /// # Errors
    /// [`CustodyError::Absent`] when every replica says that it has no such root.
    fn wrap(&self, kid: &Kid, key: &Key, nonce: [u8; 12]) -> Result<Vec<u8>, CustodyError>;

    /// Opens what [`wrap`](Self::wrap) made.
    ///
    /// # Errors
    /// [`CustodyError::Absent`] when every replica says that it has no such root; [`CustodyError::NotOpened`] when the root
    /// is there and does not fit.
    fn unwrap(&self, kid: &Kid, blob: &[u8]) -> Result<Key, CustodyError>;

    /// Destroys a root on every replica. May be repeated; a kid that is already absent is fine.
    ///
    /// # Errors
    /// [`CustodyError::Replicas`] names each replica that may still hold the root. The others have lost it all the same.
    fn destroy(&self, kid: &Kid) -> Result<Destroyed, CustodyError>;

    /// Every kid of which any replica holds anything, sorted, read from the media.
    ///
    /// # Errors
    /// When a replica cannot be asked: an incomplete answer would pass for a proof of absence.
    fn list(&self) -> Result<Vec<Kid>, CustodyError>;

    /// How much a destruction here is worth.
    fn assurance(&self) -> Assurance;

    /// From when a destruction at `destroyed_at` (RFC 3339, UTC) counts: never earlier than that.
    fn effective_not_before(&self, kid: &Kid, destroyed_at: &str) -> String;

    /// Keeps the ledger's last checkpoint beside the root, on every replica, in place of the one before.
    ///
    /// # Errors
    /// [`CustodyError::CheckpointTooLong`], or the replicas that did not take it; the others did.
    fn keep_checkpoint(&self, note: &str) -> Result<(), CustodyError>;

    /// The checkpoints kept: none before the first; more than one when replicas disagree, because a replica could not be written.
    /// The caller takes the one with the larger tree, after it has verified them.
    ///
    /// # Errors
    /// When no replica could be read.
    fn checkpoints(&self) -> Result<Vec<String>, CustodyError>;

    /// The condition of each replica, for `doctor`.
    fn replicas(&self) -> Vec<ReplicaState>;
}

/// Names one root: 1 to 64 bytes of `a-z`, `0-9` and `-`. Not secret.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kid(String);

impl Kid {
    /// A new kid, `k-` and 32 hex digits, from 16 random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(format!("k-{}", hex(&bytes)))
    }

    /// The kid as it is stored and shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Kid {
    type Err = InvalidKid;

    fn from_str(text: &str) -> Result<Self, InvalidKid> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if (1..=KID_BYTES_MAX).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidKid)
        }
    }
}

impl fmt::Display for Kid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a destruction found, replica by replica: the custodian's answer on a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destroyed {
    /// Every replica, in the order of configuration.
    pub replicas: Vec<DestroyedReplica>,
}

/// One replica's part in a destruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DestroyedReplica {
    /// Which replica; for `file` its folder.
    pub label: String,
    /// The root was there and was destroyed now; false: it was already absent.
    pub found: bool,
}

/// How much a destruction is worth, in words for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assurance {
    /// In one word.
    pub level: AssuranceLevel,
    /// In plain English.
    pub en: &'static str,
    /// In plain Chinese.
    pub zh: &'static str,
}

/// In ascending order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AssuranceLevel {
    /// Layers below the program may keep the bytes of a destroyed root.
    Low,
    /// A service run by others destroys it, at a stated time, and answers for it.
    Medium,
    /// The root was never outside a device that is built to forget it.
    High,
}

/// The condition of one replica.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplicaState {
    /// Which replica; for `file` its folder.
    pub label: String,
    /// How it is.
    pub health: ReplicaHealth,
}

/// How a replica is, compared with the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplicaHealth {
    /// It holds whatever any replica holds, readable and equal.
    Healthy,
    /// It answers, but is not as it should be. At least one list has an entry.
    Impaired {
        /// Roots that another replica holds and this one does not. A root that is being destroyed shows up here too.
        missing: Vec<Kid>,
        /// Roots that are here and cannot be used.
        damaged: Vec<DamagedRoot>,
        /// Names of files that do not belong here. They could be copies of roots, which no destruction reaches.
        strange: Vec<String>,
    },
    /// It cannot be asked, and why.
    Unreachable(String),
}

/// A root that one replica holds and cannot use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DamagedRoot {
    /// Which root.
    pub kid: Kid,
    /// What is wrong, and what to do.
    pub reason: String,
}

/// Lower-case hex digits.
fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes every write");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kid_is_a_short_plain_file_name() {
        let longest = "a".repeat(KID_BYTES_MAX);
        for good in ["k", "k-0a", "-", "2023-guests", &longest] {
            assert_eq!(good.parse::<Kid>().unwrap().to_string(), good);
        }
        let too_long = "a".repeat(KID_BYTES_MAX + 1);
        for bad in [
            "", ".", "..", "a/b", "a.root", "K", "a b", "a\n", "客", &too_long,
        ] {
            assert_eq!(bad.parse::<Kid>(), Err(InvalidKid), "{bad:?}");
        }
    }

    #[test]
    fn a_random_kid_is_readable_and_parses() {
        let kid = Kid::from_random([0xab; 16]);
        assert_eq!(kid.as_str(), format!("k-{}", "ab".repeat(16)));
        assert_eq!(kid.as_str().parse(), Ok(kid));
    }
}
