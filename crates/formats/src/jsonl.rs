//! Reader of the interchange format: one JSON object a line, in UTF-8, UTF-16 or GB18030.
//! A line lives until the next one is asked for, so that reading allocates nothing per line.

pub(crate) mod charset;
mod line;
mod lines;

#[cfg(test)]
mod tests;

use std::ops::Range;
use std::path::{Path, PathBuf};

use wuhen_model::record::Record;

use crate::attachment::{AttachmentError, resolve_attachment};
use crate::error::{FormatError, Problem};
use crate::source::Source;
use charset::{Charset, EVIDENCE_BYTES};
use lines::{LineBuffer, LineStop};

pub use line::TextLine;

/// The records of one import, in the order of its lines.
pub struct JsonLines {
    source: Source,
    buffer: LineBuffer,
    charset: Charset,
    line: u64,
    ended: bool,
}

/// One line that was read.
#[derive(Debug)]
pub struct Line<'l> {
    /// Counted from 1; blank lines count.
    pub number: u64,
    /// What it says; within the limits of [`wuhen_model::limits`].
    pub record: Record<'l>,
    /// How much of the file was taken from the disk so far, for a progress bar.
    pub bytes_read: u64,
}

impl JsonLines {
    /// Opens a file, or standard input for `-`.
    ///
    /// # Errors
    ///
    /// As [`Source::open`].
    pub fn open(path: &Path) -> Result<Self, FormatError> {
        Source::open(path).map(Self::new)
    }

    /// Reads the lines of `source`.
    #[must_use]
    pub fn new(source: Source) -> Self {
        Self {
            source,
            buffer: LineBuffer::default(),
            charset: Charset::default(),
            line: 0,
            ended: false,
        }
    }

    /// Where the lines come from.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The next record. After an error of one line ([`Problem::is_of_one_line`]) the lines behind it
    /// can still be read, so that a person hears of all of them at once; after any other there is
    /// nothing more.
    ///
    /// # Errors
    ///
    /// With the line that it is about.
    pub fn next_line(&mut self) -> Option<Result<Line<'_>, FormatError>> {
        let range = match self.next_range(false) {
            Ok(range) => range?,
            Err(problem) => {
                self.ended = true;
                return Some(Err(self.error(problem)));
            }
        };
        let bytes_read = self.source.bytes_read();
        let record = self
            .charset
            .decode(self.buffer.get(range))
            .and_then(|text| {
                let record = Record::from_json(text)?;
                record.check()?;
                Ok(record)
            });
        Some(match record {
            Ok(record) => Ok(Line {
                number: self.line,
                record,
                bytes_read,
            }),
            Err(problem) => Err(FormatError {
                file: self.source.name.clone(),
                line: self.line,
                problem,
            }),
        })
    }

    /// The next line as text, whatever it says; blank lines too. Errors as in [`Self::next_line`].
    ///
    /// # Errors
    ///
    /// With the line that it is about.
    pub fn next_text(&mut self) -> Option<Result<TextLine<'_>, FormatError>> {
        let range = match self.next_range(true) {
            Ok(range) => range?,
            Err(problem) => {
                self.ended = true;
                return Some(Err(self.error(problem)));
            }
        };
        let encoding = self.source.utf16();
        let encoding = encoding.unwrap_or_else(|| self.charset.encoding());
        let bytes = self.buffer.get(range);
        Some(match self.charset.decode(bytes) {
            Ok(text) => Ok(TextLine {
                number: self.line,
                text,
                end: self.buffer.line_end(),
                encoding,
                bytes,
            }),
            Err(problem) => Err(FormatError {
                file: self.source.name.clone(),
                line: self.line,
                problem,
            }),
        })
    }

    /// Whether a whole line was read already: the next one needs no waiting.
    #[must_use]
    pub fn has_whole_line(&self) -> bool {
        self.buffer.has_whole_line()
    }

    /// The file of an attachment that a record names.
    ///
    /// # Errors
    ///
    /// As [`resolve_attachment`]; always for standard input, which lies in no folder.
    pub fn resolve_attachment(&self, path: &str) -> Result<PathBuf, AttachmentError> {
        let folder = self
            .source
            .folder
            .as_deref()
            .ok_or(AttachmentError::NoFolder)?;
        resolve_attachment(folder, path)
    }

    /// Where in the buffer the next line lies; one that is not blank, unless those are asked for.
    fn next_range(&mut self, blank: bool) -> Result<Option<Range<usize>>, Problem> {
        while !self.ended {
            self.line += 1;
            let Some(mut range) = self.range()? else {
                self.ended = true;
                break;
            };
            if self.charset.is_undecided() && !self.buffer.get(range.clone()).is_ascii() {
                let start = range.start;
                let (evidence, whole) =
                    self.buffer
                        .look_ahead(&mut self.source, start, EVIDENCE_BYTES);
                self.charset.decide(evidence, whole);
                range = self
                    .range()?
                    .expect("a line that was read once is still there");
            }
            if blank || !self.buffer.get(range.clone()).trim_ascii().is_empty() {
                return Ok(Some(range));
            }
        }
        Ok(None)
    }

    fn range(&mut self) -> Result<Option<Range<usize>>, Problem> {
        self.buffer
            .next(&mut self.source)
            .map_err(|stop| match stop {
                LineStop::TooLong => Problem::LineTooLong,
                LineStop::Io(error) => self.source.problem(error),
            })
    }

    fn error(&self, problem: Problem) -> FormatError {
        FormatError {
            file: self.source.name.clone(),
            line: self.line,
            problem,
        }
    }
}
