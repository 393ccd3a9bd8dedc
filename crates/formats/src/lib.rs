//! Readers of chat exports. Only reads: what it finds goes to the caller one record at a time, and
//! nothing of it into an error.

pub mod attachment;
pub mod error;
pub mod jsonl;
mod source;

pub use error::{FormatError, Problem};
pub use jsonl::{JsonLines, Line, TextLine};
pub use source::Source;
