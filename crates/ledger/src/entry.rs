//! One line of the ledger: 41 bytes that show an epoch and commit to a body, without showing even its kind.

use crate::{Hash, tree};
use aws_lc_rs::hmac;

/// version (1) + epoch (8) + HMAC-SHA256 (32)
pub const ENTRY_BYTES: usize = 1 + 8 + 32;

const VERSION: u8 = 1;

/// `0x01 | epoch u64 big-endian | HMAC-SHA256(salt, body)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry([u8; ENTRY_BYTES]);

/// Bytes that are no entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// Not exactly [`ENTRY_BYTES`].
    #[error("an entry has 41 bytes, not {0}")]
    Length(usize),
    /// The first byte is not 1.
    #[error("entry version {0} is not known")]
    Version(u8),
}

impl Entry {
    /// Commits to `body` at `epoch`. `salt` is fresh randomness for every entry: it is what hides the body.
    #[must_use]
    pub fn new(epoch: u64, salt: &[u8; 32], body: &[u8]) -> Self {
        let mut bytes = [0; ENTRY_BYTES];
        bytes[0] = VERSION;
        bytes[1..9].copy_from_slice(&epoch.to_be_bytes());
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, salt), body);
        bytes[9..].copy_from_slice(tag.as_ref());
        Self(bytes)
    }

    /// Reads 41 bytes of version 1.
    ///
    /// # Errors
    /// Another length or version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EntryError> {
        let bytes: [u8; ENTRY_BYTES] = bytes
            .try_into()
            .map_err(|_| EntryError::Length(bytes.len()))?;
        if bytes[0] != VERSION {
            return Err(EntryError::Version(bytes[0]));
        }
        Ok(Self(bytes))
    }

    /// The bytes that are hashed into the tree.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; ENTRY_BYTES] {
        &self.0
    }

    /// The tenant's epoch when the entry was written.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        let mut epoch = [0; 8];
        epoch.copy_from_slice(&self.0[1..9]);
        u64::from_be_bytes(epoch)
    }

    /// Whether this entry commits to `body` under `salt`, in constant time.
    #[must_use]
    pub fn opens_with(&self, salt: &[u8; 32], body: &[u8]) -> bool {
        hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, salt), body, &self.0[9..]).is_ok()
    }

    /// RFC 6962, section 2.1: SHA-256(0x00 | entry).
    #[must_use]
    pub fn leaf_hash(&self) -> Hash {
        tree::leaf_hash(&self.0)
    }
}
