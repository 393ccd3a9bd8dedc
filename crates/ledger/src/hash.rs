//! A SHA-256 value of the tree: of a leaf, of a node, or of the root.

use crate::encoding::{array_from_base64, to_base64};
use aws_lc_rs::digest::Digest;
use std::fmt;

/// 32 bytes of SHA-256, written in base64 as the C2SP texts do.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// `sum` is of SHA-256.
    pub(crate) fn of(sum: &Digest) -> Self {
        let mut hash = [0; 32];
        hash.copy_from_slice(sum.as_ref());
        Self(hash)
    }

    /// Reads the canonical base64 of 32 bytes; `None` for anything else.
    #[must_use]
    pub fn from_base64(text: &str) -> Option<Self> {
        array_from_base64(text).map(Self)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_base64(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}
