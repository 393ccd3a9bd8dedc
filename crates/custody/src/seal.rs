//! Wrapping one key under a root held in memory: AES-256-GCM-SIV (RFC 8452), for backends that hold the root's bytes themselves.
//! `0x01 | alg | nonce(12) | ciphertext(32) | tag(16)`; associated data: `"wuhen/root/1"` and the kid, each with its u32 length.

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, Nonce, UnboundKey};
use wuhen_keytree::Key;
use zeroize::Zeroizing;

use crate::Kid;

const VERSION: u8 = 0x01;
const ALG_AES_256_GCM_SIV: u8 = 0x01;
const LABEL: &[u8] = b"wuhen/root/1";

const NONCE_AT: usize = 2;
const KEY_AT: usize = NONCE_AT + 12;
const TAG_AT: usize = KEY_AT + 32;
const BLOB_BYTES: usize = TAG_AT + 16;

/// Wraps `key`; the nonce is used once under this root.
pub(crate) fn wrap(root: &[u8; 32], kid: &Kid, key: &Key, nonce: [u8; 12]) -> Vec<u8> {
    // The full capacity at once: growing would leave the key's bytes behind in the heap.
    let mut blob = Vec::with_capacity(BLOB_BYTES);
    blob.extend_from_slice(&[VERSION, ALG_AES_256_GCM_SIV]);
    blob.extend_from_slice(&nonce);
    blob.extend_from_slice(key.expose());
    let tag = cipher(root)
        .seal_in_place_separate_tag(
            Nonce::assume_unique_for_key(nonce),
            context(kid),
            &mut blob[KEY_AT..TAG_AT],
        )
        .expect("32 bytes are within the cipher's limits");
    blob.extend_from_slice(tag.as_ref());
    blob
}

/// Opens a wrapped key; `None` when it is malformed, damaged, or wrapped under another root or kid.
pub(crate) fn unwrap(root: &[u8; 32], kid: &Kid, blob: &[u8]) -> Option<Key> {
    if blob.len() != BLOB_BYTES || blob[..NONCE_AT] != [VERSION, ALG_AES_256_GCM_SIV] {
        return None;
    }
    let nonce = Nonce::try_assume_unique_for_key(&blob[NONCE_AT..KEY_AT]).ok()?;
    let mut sealed = Zeroizing::new([0; BLOB_BYTES - KEY_AT]);
    sealed.copy_from_slice(&blob[KEY_AT..]);
    let opened = cipher(root)
        .open_in_place(nonce, context(kid), sealed.as_mut_slice())
        .ok()?;
    Key::from_slice(opened)
}

fn cipher(root: &[u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM_SIV, root).expect("AES-256 takes 32 bytes"))
}

fn context(kid: &Kid) -> Aad<Vec<u8>> {
    let mut context = Vec::new();
    for part in [LABEL, kid.as_str().as_bytes()] {
        let length = u32::try_from(part.len()).expect("a kid is at most 64 bytes");
        context.extend_from_slice(&length.to_be_bytes());
        context.extend_from_slice(part);
    }
    Aad::from(context)
}

#[cfg(test)]
mod tests {
    use std::array::from_fn;

    use super::*;
    use crate::hex;

    /// Made with Python's `cryptography` (AESGCMSIV) over root 00..1f, key 20..3f, nonce 40..4b and the kid `k-7`.
    const BLOB: &str = "0101404142434445464748494a4bda6c4888192d6bb0cebb642eb3b99865a7e12266191a6d745e2fef2b1783eb078477b26d972339f30db0dc78d5c32495";

    fn counting(from: u8) -> [u8; 32] {
        from_fn(|i| from + u8::try_from(i).unwrap())
    }

    #[test]
    fn the_format_is_the_documented_one() {
        let nonce = from_fn(|i| 64 + u8::try_from(i).unwrap());
        let kid = "k-7".parse().unwrap();
        let blob = wrap(&counting(0), &kid, &Key::from_bytes(counting(32)), nonce);
        assert_eq!(hex(&blob), BLOB);
        assert_eq!(
            *unwrap(&counting(0), &kid, &blob).unwrap().expose(),
            counting(32)
        );
    }

    #[test]
    fn a_wrapped_key_opens_under_its_own_kid_only() {
        let blob = wrap(
            &counting(0),
            &"a".parse().unwrap(),
            &Key::from_bytes([9; 32]),
            [1; 12],
        );
        assert!(unwrap(&counting(0), &"b".parse().unwrap(), &blob).is_none());
    }
}
