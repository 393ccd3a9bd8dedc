//! Secret keys that wipe themselves, nonces, and the source of random bytes that callers give.

use zeroize::ZeroizeOnDrop;

/// Length of every key of the tree, in bytes.
pub const KEY_BYTES: usize = 32;
/// Length of an AES-GCM-SIV nonce, in bytes (RFC 8452, section 4).
pub const NONCE_BYTES: usize = 12;

/// A source of random bytes: it fills the whole slice with bytes nobody can predict.
pub type Fill<'a> = &'a mut dyn FnMut(&mut [u8]);

/// A secret of 32 bytes: a node key, a seed, or an item's leaf. It is wiped when dropped.
///
/// It cannot be printed, compared, serialised or copied by accident:
///
/// ```compile_fail
/// let key = wuhen_keytree::Key::from_bytes([0; 32]);
/// println!("{key:?}");
/// ```
///
/// ```compile_fail
/// let key = wuhen_keytree::Key::from_bytes([0; 32]);
/// let copy = key.clone();
/// ```
#[derive(ZeroizeOnDrop)]
pub struct Key([u8; KEY_BYTES]);

impl Key {
    /// Takes the bytes as a key. The caller wipes its own copy, if it kept one.
    #[must_use]
    pub fn from_bytes(bytes: [u8; KEY_BYTES]) -> Self {
        Self(bytes)
    }

    /// A new random key.
    #[must_use]
    pub fn generate(fill: Fill) -> Self {
        let mut key = Self([0; KEY_BYTES]);
        fill(&mut key.0);
        key
    }

    /// Copies a key out of a slice; `None` unless the slice has exactly 32 bytes.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The secret bytes. Every call site is a place to look at in a review.
    #[must_use]
    pub fn expose(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }

    /// A second copy of the secret, which lives and is wiped on its own.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        Self(self.0)
    }
}

/// A nonce of 96 bits. Random ones are right for every key of the tree: should one ever repeat under the
/// same key, AES-GCM-SIV reveals only whether the two plaintexts are equal (RFC 8452, section 9).
#[derive(Debug)]
pub struct Nonce(pub [u8; NONCE_BYTES]);

impl Nonce {
    /// A new random nonce.
    #[must_use]
    pub fn generate(fill: Fill) -> Self {
        let mut nonce = Self([0; NONCE_BYTES]);
        fill(&mut nonce.0);
        nonce
    }

    /// Uses the nonce up.
    pub(crate) fn into_bytes(self) -> [u8; NONCE_BYTES] {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_32_bytes_make_a_key() {
        assert!(Key::from_slice(&[1; 31]).is_none());
        assert!(Key::from_slice(&[1; 33]).is_none());
        let key = Key::from_slice(&[1; 32]).expect("32 bytes");
        assert_eq!(key.expose(), &[1; 32]);
        assert_eq!(key.duplicate().expose(), &[1; 32]);
    }

    #[test]
    fn random_bytes_come_from_the_caller_only() {
        let fill: Fill = &mut |bytes| bytes.fill(7);
        assert_eq!(Key::generate(fill).expose(), &[7; 32]);
        assert_eq!(Nonce::generate(fill).0, [7; 12]);
    }
}
