//! Wraps: a node's key, or an owner's frontier, sealed under the key one level up and bound to its edge of the tree.
//!
//! `wrap = 0x01 | alg | nonce(12) | AES-256-GCM-SIV(parent, payload)`, with the encoding of [`WrapContext`] as additional data.

use std::marker::PhantomData;

use zeroize::Zeroizing;

use crate::cipher::{Cipher, PREFIX, TAG_BYTES, strip_prefix};
use crate::context::{Encoding, NodeId, NodeKind, TenantId};
use crate::key::{KEY_BYTES, NONCE_BYTES};
use crate::seed::Frontier;
use crate::{Key, Nonce, OpenError};

/// Bytes that a wrap adds to its payload: two of prefix, 12 of nonce, 16 of tag.
pub const OVERHEAD_BYTES: usize = PREFIX.len() + NONCE_BYTES + TAG_BYTES;
/// Length of a wrapped key, in bytes.
pub const WRAPPED_KEY_BYTES: usize = OVERHEAD_BYTES + KEY_BYTES;

const LABEL: &[u8] = b"wuhen/wrap/1";

/// The edge that a wrap stands for. A wrap opens only on the edge it was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrapContext {
    /// The tenant whose tree it is.
    pub tenant: TenantId,
    /// What the child is.
    pub kind: NodeKind,
    /// The node whose key is wrapped.
    pub child: NodeId,
    /// The node whose key wraps.
    pub parent: NodeId,
    /// The version of the wrapping key. It grows by one with each rotation that renews the parent.
    pub parent_key_version: u64,
}

impl WrapContext {
    /// The additional data of the wrap: label, tenant, kind, child, parent, parent's key version.
    #[must_use]
    pub fn encode(&self) -> Encoding {
        Encoding::of(&[
            LABEL,
            &self.tenant.0,
            self.kind.as_str().as_bytes(),
            &self.child.0.to_be_bytes(),
            &self.parent.0.to_be_bytes(),
            &self.parent_key_version.to_be_bytes(),
        ])
    }

    /// The edge from an owner to one of its frontiers.
    #[must_use]
    pub fn of_segment(
        tenant: TenantId,
        owner: NodeId,
        segment: u32,
        owner_key_version: u64,
    ) -> Self {
        Self {
            tenant,
            kind: NodeKind::Segment,
            child: NodeId(u64::from(segment)),
            parent: owner,
            parent_key_version: owner_key_version,
        }
    }
}

/// Wraps a child's key under its parent's: [`WRAPPED_KEY_BYTES`] bytes.
#[must_use]
pub fn wrap(parent: &Key, context: &WrapContext, nonce: Nonce, child: &Key) -> Vec<u8> {
    Wrapper::new(parent).wrap(context, nonce, child)
}

/// Opens a child's key with its parent's.
///
/// # Errors
/// If the bytes are no wrap, or not one of this edge under this key.
pub fn unwrap(parent: &Key, context: &WrapContext, wrap: &[u8]) -> Result<Key, OpenError> {
    Wrapper::new(parent).unwrap(context, wrap)
}

/// Seals a frontier under its owner's key, as a wrap of kind "segment" whose child is the segment's number.
#[must_use]
pub fn seal_frontier(
    owner: &Key,
    tenant: TenantId,
    owner_id: NodeId,
    segment: u32,
    owner_key_version: u64,
    nonce: Nonce,
    frontier: &Frontier,
) -> Vec<u8> {
    let context = WrapContext::of_segment(tenant, owner_id, segment, owner_key_version);
    Wrapper::new(owner).seal_frontier(&context, nonce, frontier)
}

/// Opens a frontier with its owner's key.
///
/// # Errors
/// If the bytes are no sealed frontier, or not that of this segment under this key.
pub fn open_frontier(
    owner: &Key,
    tenant: TenantId,
    owner_id: NodeId,
    segment: u32,
    owner_key_version: u64,
    sealed: &[u8],
) -> Result<Frontier, OpenError> {
    let context = WrapContext::of_segment(tenant, owner_id, segment, owner_key_version);
    Wrapper::new(owner).open_frontier(&context, sealed)
}

/// A parent's key made ready once, for many wraps. It borrows the key, so that it cannot outlive it.
pub struct Wrapper<'k> {
    cipher: Cipher,
    parent: PhantomData<&'k Key>,
}

impl<'k> Wrapper<'k> {
    /// Expands the parent's key.
    #[must_use]
    pub fn new(parent: &'k Key) -> Self {
        Self {
            cipher: Cipher::new(parent.expose()),
            parent: PhantomData,
        }
    }

    /// As [`wrap`].
    #[must_use]
    pub fn wrap(&self, context: &WrapContext, nonce: Nonce, child: &Key) -> Vec<u8> {
        self.seal(context, nonce, child.expose())
    }

    /// As [`unwrap`].
    ///
    /// # Errors
    /// As [`unwrap`].
    pub fn unwrap(&self, context: &WrapContext, wrap: &[u8]) -> Result<Key, OpenError> {
        let (nonce, ciphertext) = split(wrap)?;
        let mut buffer = Zeroizing::new([0; KEY_BYTES + TAG_BYTES]);
        if ciphertext.len() != buffer.len() {
            return Err(OpenError::Format);
        }
        buffer.copy_from_slice(ciphertext);
        let key = self.cipher.open(nonce, &context.encode(), &mut *buffer)?;
        Key::from_slice(key).ok_or(OpenError::Format)
    }

    /// As [`seal_frontier`], with the edge made by [`WrapContext::of_segment`].
    #[must_use]
    pub fn seal_frontier(
        &self,
        context: &WrapContext,
        nonce: Nonce,
        frontier: &Frontier,
    ) -> Vec<u8> {
        self.seal(context, nonce, &frontier.to_bytes())
    }

    /// As [`open_frontier`], with the edge made by [`WrapContext::of_segment`].
    ///
    /// # Errors
    /// As [`open_frontier`].
    pub fn open_frontier(
        &self,
        context: &WrapContext,
        sealed: &[u8],
    ) -> Result<Frontier, OpenError> {
        Frontier::from_bytes(&self.open(context, sealed)?)
    }

    pub(crate) fn seal(&self, context: &WrapContext, nonce: Nonce, payload: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(OVERHEAD_BYTES + payload.len());
        let nonce = nonce.into_bytes();
        out.extend_from_slice(&PREFIX);
        out.extend_from_slice(&nonce);
        let start = out.len();
        out.extend_from_slice(payload);
        let tag = self
            .cipher
            .seal(nonce, &context.encode(), &mut out[start..]);
        out.extend_from_slice(&tag);
        out
    }

    pub(crate) fn open(
        &self,
        context: &WrapContext,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let (nonce, ciphertext) = split(sealed)?;
        let mut buffer = Zeroizing::new(ciphertext.to_vec());
        let length = self
            .cipher
            .open(nonce, &context.encode(), &mut buffer)?
            .len();
        buffer.truncate(length);
        Ok(buffer)
    }
}

/// A wrap's nonce, and its ciphertext with the tag.
fn split(wrap: &[u8]) -> Result<([u8; NONCE_BYTES], &[u8]), OpenError> {
    let (nonce, ciphertext) = strip_prefix(wrap)?
        .split_first_chunk()
        .ok_or(OpenError::Format)?;
    if ciphertext.len() < TAG_BYTES {
        return Err(OpenError::Format);
    }
    Ok((*nonce, ciphertext))
}

#[cfg(test)]
mod tests;
