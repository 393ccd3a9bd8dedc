//! The ledger of erasures: a Merkle log per tenant whose lines show an epoch and hide the rest, its signed checkpoints,
//! and the certificates that anybody can check offline. Pure: no file, no clock, no randomness. Rows live in the store,
//! keys in the service; the formats are told for other languages in `docs/certificate.md`.

pub mod body;
pub mod certificate;
pub mod checkpoint;
mod encoding;
mod entry;
mod hash;
pub mod proof;
pub mod tiles;
pub mod tree;

pub use body::Body;
pub use certificate::Certificate;
pub use checkpoint::{Checkpoint, Signer, Vkey};
pub use entry::{ENTRY_BYTES, Entry, EntryError};
pub use hash::Hash;
pub use proof::Proof;

/// A failure of the caller's own reader or writer, carried through unread.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
