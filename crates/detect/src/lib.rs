//! Personal data in chat: finds it with byte offsets, masks it for a reader, cuts it for good. Chinese and English.
//! Pure: text in, spans out; no file, no clock, no randomness, and no memory taken for a clean line.

mod anchored;
mod asks;
mod chars;
mod check;
mod context;
mod detector;
mod finding;
mod identity;
mod keyword;
mod kind;
mod mail;
mod network;
mod number;
mod own;
mod plate;
mod redact;
mod sweep;
mod token;
mod walk;

pub use detector::{Detector, Settings};
pub use finding::{Evidence, EvidenceSet, Finding, Offsets, char_offsets};
pub use identity::speaks_of_identity;
pub use kind::{Kind, KindSet, UnknownKind};
pub use redact::{Style, redact};
