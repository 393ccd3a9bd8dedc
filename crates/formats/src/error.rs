//! What can be wrong with an import: where, what, and what to do about it. Never what stood there.

use std::fmt;
use std::io;

use wuhen_model::limits::LINE_BYTES_MAX;
use wuhen_model::record::RecordError;

use crate::bookings::SheetProblem;

/// A problem at a place of a file.
#[derive(Debug)]
pub struct FormatError {
    /// The file as the caller named it.
    pub file: String,
    /// Counted from 1; 0 for the file as a whole.
    pub line: u64,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a line or a file.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The operating system says no.
    #[error("the file cannot be read")]
    Io(#[source] io::Error),
    /// The `.gz` or `.zst` stops before its end: a download or a copy that broke off.
    #[error("the file ends in the middle of compressed data")]
    CompressedDataCut,
    /// The `.gz` or `.zst` contradicts itself.
    #[error("the compressed data is damaged")]
    CompressedDataDamaged(#[source] io::Error),
    /// Longer than [`LINE_BYTES_MAX`]. Nothing beyond the limit was held in memory.
    #[error("the line is longer than {} MiB", LINE_BYTES_MAX / (1024 * 1024))]
    LineTooLong,
    /// Not the encoding that the file began with. Bytes are counted from 1, in the line.
    #[error("invalid {encoding} at byte {byte} of the line")]
    Encoding {
        /// Which the file is taken to be in.
        encoding: &'static str,
        /// The first byte that does not fit.
        byte: usize,
    },
    /// No text has it, and UTF-16 has many. Bytes are counted from 1, in the line.
    #[error("a zero byte at byte {byte} of the line: perhaps UTF-16 without a byte order mark")]
    Zero {
        /// The first one.
        byte: usize,
    },
    /// Half a character in UTF-16.
    #[error("invalid UTF-16 in the line")]
    Utf16,
    /// The line is text, but no record, or one over a limit.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A table of bookings that makes no sense as a whole.
    #[error(transparent)]
    Sheet(#[from] SheetProblem),
}

impl Problem {
    /// What a person can do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Io(_) => "check the path and the permissions",
            Self::CompressedDataCut => "only part of it arrived: fetch or compress it again",
            Self::CompressedDataDamaged(_) => "fetch or compress it again",
            Self::LineTooLong => "put each record in a line of its own, and files into attachments",
            Self::Encoding { .. } | Self::Zero { .. } | Self::Utf16 => {
                "save the file as UTF-8 and try again"
            }
            Self::Record(error) => record_hint(*error),
            Self::Sheet(problem) => problem.hint(),
        }
    }

    /// Whether later lines can still be read.
    #[must_use]
    pub fn is_of_one_line(&self) -> bool {
        matches!(
            self,
            Self::Encoding { .. } | Self::Zero { .. } | Self::Record(_)
        )
    }
}

fn record_hint(error: RecordError) -> &'static str {
    match error {
        RecordError::NotJson { .. } | RecordError::CutShort | RecordError::NotAnObject => {
            "each line must be one whole JSON object"
        }
        RecordError::UnknownType => "remove the line, or convert it to one of these",
        RecordError::Missing { .. } | RecordError::Empty { .. } => "every such record needs it",
        RecordError::Twice { .. } => "leave one of them",
        RecordError::Wrong { .. } | RecordError::ControlCharacter { .. } => {
            "correct it at the source, or remove the line"
        }
        RecordError::TooLong { .. } | RecordError::TooMany { .. } => {
            "shorten it, or split it over several records"
        }
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        write!(f, ": {}; {}", self.problem, self.problem.hint())
    }
}

impl std::error::Error for FormatError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // The problem itself is in Display already.
        self.problem.source()
    }
}
