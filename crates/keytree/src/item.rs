//! Items: messages, sketches, profiles and the like, each sealed once under its own derived key.
//!
//! `item = 0x01 | alg | commit(32) | nonce(12) | AES-256-GCM-SIV(k_enc, padded)`, the encoding of [`ItemContext`] as additional data;
//! `(k_enc, commit) = HKDF-SHA256(leaf, info = the same encoding)`, 64 bytes, no salt (RFC 5869);
//! `padded = u32 length | header | u32 length | body | zeros` up to the [`padme`] length.

use std::ops::Range;
use std::sync::LazyLock;

use aws_lc_rs::{constant_time, hkdf};
use zeroize::Zeroizing;

use crate::cipher::{Cipher, PREFIX, TAG_BYTES, strip_prefix};
use crate::context::{Encoding, ItemKind, NodeId, TenantId};
use crate::key::{KEY_BYTES, NONCE_BYTES};
use crate::{Key, Nonce, OpenError, padme};

/// Bytes that an item adds to its padded plaintext: prefix, commitment, nonce, tag.
pub const OVERHEAD_BYTES: usize = PREFIX.len() + COMMITMENT_BYTES + NONCE_BYTES + TAG_BYTES;

/// Length of the key commitment, in bytes.
pub(crate) const COMMITMENT_BYTES: usize = 32;
const LABEL: &[u8] = b"wuhen/item/1";
/// A length before the header, and one before the body.
const LENGTH_BYTES: usize = 4;
/// Derived bytes: encryption key and commitment.
const DERIVED_BYTES: usize = KEY_BYTES + COMMITMENT_BYTES;

/// The place of an item. It opens only there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemContext {
    /// The tenant whose item it is.
    pub tenant: TenantId,
    /// The owner, whose key seals the segment's frontier: a conversation, guest, case, settings.
    pub node: NodeId,
    /// The segment of the owner.
    pub segment: u32,
    /// The index within the segment.
    pub index: u32,
    /// What the item holds.
    pub kind: ItemKind,
}

impl ItemContext {
    /// The item's additional data and HKDF info: label, tenant, owner, segment, index, kind.
    #[must_use]
    pub fn encode(&self) -> Encoding {
        Encoding::of(&[
            LABEL,
            &self.tenant.0,
            &self.node.0.to_be_bytes(),
            &self.segment.to_be_bytes(),
            &self.index.to_be_bytes(),
            self.kind.as_str().as_bytes(),
        ])
    }
}

/// Seals a header and a body under the item's leaf.
///
/// # Panics
/// If a part is 4 GiB or longer, or the kind is a blob: blobs are sealed by [`crate::stream::seal`].
#[must_use]
pub fn seal(
    leaf: &Key,
    context: &ItemContext,
    nonce: Nonce,
    header: &[u8],
    body: &[u8],
) -> Vec<u8> {
    assert!(
        context.kind != ItemKind::AttachmentBlob,
        "blobs are sealed as streams"
    );
    let nonce = nonce.into_bytes();
    let encoding = context.encode();
    let derived = Derived::new(leaf, &encoding);
    let length = padme::padded(2 * LENGTH_BYTES + header.len() + body.len());
    let mut out = Vec::with_capacity(OVERHEAD_BYTES + length);
    out.extend_from_slice(&PREFIX);
    out.extend_from_slice(derived.commitment());
    out.extend_from_slice(&nonce);
    let start = out.len();
    for part in [header, body] {
        let size = u32::try_from(part.len()).expect("a part of an item is under 4 GiB");
        out.extend_from_slice(&size.to_be_bytes());
        out.extend_from_slice(part);
    }
    out.resize(start + length, 0);
    let tag = derived.cipher().seal(nonce, &encoding, &mut out[start..]);
    out.extend_from_slice(&tag);
    out
}

/// Opens an item with its leaf.
///
/// # Errors
/// If the bytes are no item, not one of this place under this leaf, or not padded as [`seal`] pads.
pub fn open(leaf: &Key, context: &ItemContext, sealed: &[u8]) -> Result<Opened, OpenError> {
    if context.kind == ItemKind::AttachmentBlob {
        return Err(OpenError::WrongKind);
    }
    let rest = strip_prefix(sealed)?;
    let (commitment, rest) = rest
        .split_first_chunk::<COMMITMENT_BYTES>()
        .ok_or(OpenError::Format)?;
    let (nonce, ciphertext) = rest
        .split_first_chunk::<NONCE_BYTES>()
        .ok_or(OpenError::Format)?;
    if ciphertext.len() < TAG_BYTES {
        return Err(OpenError::Format);
    }
    let encoding = context.encode();
    let derived = Derived::new(leaf, &encoding);
    derived.verify(commitment)?;
    let mut buffer = Zeroizing::new(ciphertext.to_vec());
    let plaintext = derived.cipher().open(*nonce, &encoding, &mut buffer)?;
    let (header, body) = parts(plaintext)?;
    Ok(Opened {
        buffer,
        header,
        body,
    })
}

/// An item's plaintext. It is wiped when dropped.
pub struct Opened {
    buffer: Zeroizing<Vec<u8>>,
    header: Range<usize>,
    body: Range<usize>,
}

impl Opened {
    /// The header, as it was sealed.
    #[must_use]
    pub fn header(&self) -> &[u8] {
        &self.buffer[self.header.clone()]
    }

    /// The body, as it was sealed.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.buffer[self.body.clone()]
    }
}

/// Where header and body lie in a padded plaintext, which must be the only one that seals them.
fn parts(padded: &[u8]) -> Result<(Range<usize>, Range<usize>), OpenError> {
    let header = part_at(padded, 0)?;
    let body = part_at(padded, header.end)?;
    let is_zero = padded[body.end..].iter().all(|byte| *byte == 0);
    if !is_zero || padme::padded(body.end) != padded.len() {
        return Err(OpenError::Format);
    }
    Ok((header, body))
}

fn part_at(padded: &[u8], start: usize) -> Result<Range<usize>, OpenError> {
    let (size, rest) = padded[start..]
        .split_first_chunk::<LENGTH_BYTES>()
        .ok_or(OpenError::Format)?;
    let size = usize::try_from(u32::from_be_bytes(*size)).map_err(|_| OpenError::Format)?;
    if size > rest.len() {
        return Err(OpenError::Format);
    }
    let start = start + LENGTH_BYTES;
    Ok(start..start + size)
}

/// What an item's leaf leads to: an encryption key, and a commitment to the leaf and the place.
pub(crate) struct Derived(Zeroizing<[u8; DERIVED_BYTES]>);

impl Derived {
    pub(crate) fn new(leaf: &Key, info: &Encoding) -> Self {
        static NO_SALT: LazyLock<hkdf::Salt> =
            LazyLock::new(|| hkdf::Salt::none(hkdf::HKDF_SHA256));
        let mut bytes = Zeroizing::new([0; DERIVED_BYTES]);
        NO_SALT
            .extract(leaf.expose())
            .expand(&[info.as_bytes()], DerivedLength)
            .and_then(|output| output.fill(&mut *bytes))
            .expect("64 bytes are under HKDF's limit of 255 hashes");
        Self(bytes)
    }

    pub(crate) fn cipher(&self) -> Cipher {
        Cipher::new(self.0.first_chunk().expect("the key comes first"))
    }

    pub(crate) fn commitment(&self) -> &[u8] {
        &self.0[KEY_BYTES..]
    }

    /// Compares the commitment in constant time.
    pub(crate) fn verify(&self, commitment: &[u8; COMMITMENT_BYTES]) -> Result<(), OpenError> {
        constant_time::verify_slices_are_equal(self.commitment(), commitment)
            .map_err(|_| OpenError::Commitment)
    }
}

struct DerivedLength;

impl hkdf::KeyType for DerivedLength {
    fn len(&self) -> usize {
        DERIVED_BYTES
    }
}

#[cfg(test)]
mod tests;
