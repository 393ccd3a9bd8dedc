//! The key tree: how keys are wrapped, derived, erased and rotated, and how content is sealed under them.
//! Pure computation: no clock, no ambient randomness (callers give nonces or a [`Fill`]), no I/O but `Read` and `Write`.
//! Where rows live and when a rotation runs is decided elsewhere; the formats are those of the design page on erasure.

pub mod context;
pub mod item;
pub mod padme;
pub mod rotation;
pub mod seed;
pub mod stream;
pub mod wrap;

mod cipher;
mod error;
mod key;

pub use error::OpenError;
pub use key::{Fill, KEY_BYTES, Key, NONCE_BYTES, Nonce};
