//! The one AEAD of the tree, AES-256-GCM-SIV (RFC 8452), and the two bytes that open every format.

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, Nonce as AeadNonce, UnboundKey};

use crate::OpenError;
use crate::context::Encoding;
use crate::key::{KEY_BYTES, NONCE_BYTES};

/// The version of all formats written here.
const VERSION: u8 = 1;
/// AES-256-GCM-SIV; for items and streams with HKDF-SHA256 before it.
const ALGORITHM: u8 = 1;
/// The bytes every sealed value begins with.
pub(crate) const PREFIX: [u8; 2] = [VERSION, ALGORITHM];
/// Length of the authentication tag, in bytes.
pub(crate) const TAG_BYTES: usize = 16;

/// An expanded key. aws-lc wipes it when it is freed.
pub(crate) struct Cipher(LessSafeKey);

impl Cipher {
    pub(crate) fn new(key: &[u8; KEY_BYTES]) -> Self {
        let key = UnboundKey::new(&AES_256_GCM_SIV, key).expect("AES-256 takes keys of 32 bytes");
        Self(LessSafeKey::new(key))
    }

    /// Encrypts `in_out` in place and returns the tag.
    pub(crate) fn seal(
        &self,
        nonce: [u8; NONCE_BYTES],
        aad: &Encoding,
        in_out: &mut [u8],
    ) -> [u8; TAG_BYTES] {
        let tag = self
            .0
            .seal_in_place_separate_tag(
                AeadNonce::assume_unique_for_key(nonce),
                Aad::from(aad.as_bytes()),
                in_out,
            )
            .expect("no payload reaches the limit of 64 GiB");
        tag.as_ref().try_into().expect("the tag has 16 bytes")
    }

    /// Decrypts `in_out`, ciphertext and tag, in place and returns the plaintext's part of it.
    pub(crate) fn open<'io>(
        &self,
        nonce: [u8; NONCE_BYTES],
        aad: &Encoding,
        in_out: &'io mut [u8],
    ) -> Result<&'io mut [u8], OpenError> {
        self.0
            .open_in_place(
                AeadNonce::assume_unique_for_key(nonce),
                Aad::from(aad.as_bytes()),
                in_out,
            )
            .map_err(|_| OpenError::Authentication)
    }
}

/// Checks the two leading bytes and returns what follows them.
pub(crate) fn strip_prefix(sealed: &[u8]) -> Result<&[u8], OpenError> {
    match sealed {
        [VERSION, ALGORITHM, rest @ ..] => Ok(rest),
        [VERSION, other, ..] => Err(OpenError::UnknownAlgorithm(*other)),
        [other, _, ..] => Err(OpenError::UnknownVersion(*other)),
        _ => Err(OpenError::Format),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_and_suites_of_the_future_are_named() {
        assert_eq!(strip_prefix(&[1, 1, 7]), Ok(&[7][..]));
        assert_eq!(strip_prefix(&[2, 1]), Err(OpenError::UnknownVersion(2)));
        assert_eq!(strip_prefix(&[1, 9]), Err(OpenError::UnknownAlgorithm(9)));
        assert_eq!(strip_prefix(&[1]), Err(OpenError::Format));
        assert_eq!(strip_prefix(&[]), Err(OpenError::Format));
    }
}
