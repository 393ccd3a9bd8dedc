//! What a root file holds: a heading, the root, and a checksum that ties both to the kid. Wiped from memory on drop.

use std::io;

use aws_lc_rs::digest::{SHA256, digest};
use zeroize::Zeroizing;

use crate::Kid;

const MAGIC: &[u8; 13] = b"wuhen-root/1\n";
const CHECKSUM_AT: usize = MAGIC.len() + 32;

/// Length of a root file: heading 13, root 32, checksum 32.
pub(super) const CONTENT_BYTES: usize = CHECKSUM_AT + 32;

/// A root file in memory, always whole: the checksum fits. On the heap, since a move would leave a copy on the stack.
pub(super) struct Content(Zeroizing<Vec<u8>>);

impl Content {
    /// A new root, which `fill` writes straight into its place.
    pub(super) fn new(kid: &Kid, fill: impl FnOnce(&mut [u8])) -> Self {
        let mut bytes = Zeroizing::new(vec![0; CONTENT_BYTES]);
        bytes[..MAGIC.len()].copy_from_slice(MAGIC);
        fill(&mut bytes[MAGIC.len()..CHECKSUM_AT]);
        let checksum = checksum(kid, &bytes[..CHECKSUM_AT]);
        bytes[CHECKSUM_AT..].copy_from_slice(&checksum);
        Self(bytes)
    }

    /// What `read` puts into the buffer; `None` if it is not this kid's root file.
    pub(super) fn read(
        kid: &Kid,
        read: impl FnOnce(&mut [u8]) -> io::Result<()>,
    ) -> io::Result<Option<Self>> {
        let mut bytes = Zeroizing::new(vec![0; CONTENT_BYTES]);
        read(&mut bytes)?;
        let whole = bytes.starts_with(MAGIC)
            && bytes[CHECKSUM_AT..] == checksum(kid, &bytes[..CHECKSUM_AT]);
        Ok(whole.then_some(Self(bytes)))
    }

    /// The root.
    pub(super) fn root(&self) -> &[u8; 32] {
        self.0[MAGIC.len()..CHECKSUM_AT]
            .try_into()
            .expect("a root is 32 bytes")
    }

    /// The whole file.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether both hold the same root.
    pub(super) fn same(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

/// SHA-256 of the u32 length of the kid, the kid, heading and root.
fn checksum(kid: &Kid, heading_and_root: &[u8]) -> [u8; 32] {
    let kid = kid.as_str().as_bytes();
    let length = u32::try_from(kid.len()).expect("a kid is at most 64 bytes");
    // The full capacity at once: growing would leave the root's bytes behind in the heap.
    let mut input = Zeroizing::new(Vec::with_capacity(4 + kid.len() + heading_and_root.len()));
    input.extend_from_slice(&length.to_be_bytes());
    input.extend_from_slice(kid);
    input.extend_from_slice(heading_and_root);
    digest(&SHA256, &input)
        .as_ref()
        .try_into()
        .expect("SHA-256 gives 32 bytes")
}
