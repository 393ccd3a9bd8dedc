//! Personal data in chat: finds it with byte offsets, masks it for a reader, cuts it for good. Chinese and English.
//! Pure: text in, spans out; no file, no clock, no randomness, and no memory taken for a clean line.

mod address;
mod anchored;
mod asks;
mod chars;
mod check;
mod classify;
mod context;
mod cut;
mod detector;
mod field;
mod finding;
mod identity;
mod keyword;
mod kind;
mod lexicon;
mod line;
mod mail;
mod network;
mod number;
mod own;
mod person;
mod plate;
mod policy;
mod redact;
mod spans;
mod starts;
mod subjects;
mod sweep;
mod token;
mod walk;

/// Version of the rules: what was scanned under another one is scanned again as it is read. Raised with each release whose rules
/// find otherwise than those before. 0 is never one.
pub const RULES_VERSION: u16 = 2;

pub use classify::{Backup, Category, Importance, UnknownCategory, classify};
pub use cut::{CUT_KINDS, cut};
pub use detector::{Detector, Lines, Settings};
pub use field::{name_in_words, says_nothing};
pub use finding::{Evidence, EvidenceSet, Finding, Offsets, char_offsets};
pub use identity::speaks_of_identity;
pub use kind::{Kind, KindSet, UnknownKind};
pub use policy::{IDENTITY_KINDS, Masking, Sight, UnknownViewer, Viewer, is_grave, weight};
pub use redact::{Style, is_left_of, redact};
pub use subjects::Subjects;
