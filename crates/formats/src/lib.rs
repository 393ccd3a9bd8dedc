//! Readers of what comes in: chat exports, tables of bookings, pictures, texts, PDF files. Only reads: what it finds goes to the
//! caller, and nothing of it into an error.

pub mod attachment;
pub mod bookings;
pub mod error;
pub mod image;
pub mod jsonl;
pub mod pdf;
mod source;
pub mod text;

pub use error::{FormatError, Problem};
pub use jsonl::{JsonLines, Line, TextLine};
pub use source::Source;
