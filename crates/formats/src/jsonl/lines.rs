//! Cuts a stream of bytes into lines in one buffer, which never grows beyond one line's limit.

use std::io;
use std::ops::Range;

use memchr::memchr;
use wuhen_model::limits::LINE_BYTES_MAX;

use crate::source::Source;

/// Bytes asked for at a time.
const CHUNK_BYTES: usize = 256 * 1024;

/// The longest line, and the two bytes that end it.
const BUFFER_BYTES_MAX: usize = LINE_BYTES_MAX + 2;

#[derive(Default)]
pub(super) struct LineBuffer {
    /// All of it has been written to; `bytes[start..end]` is read and not yet given away.
    bytes: Vec<u8>,
    start: usize,
    end: usize,
    finished: bool,
    /// Told when the lines before it have been given away, so that it is told with its line.
    failed: Option<io::Error>,
    /// How the line given last ends: a line feed, a carriage return before it, both or neither.
    line_end: &'static str,
}

/// Why there is no next line.
pub(super) enum LineStop {
    TooLong,
    Io(io::Error),
}

impl LineBuffer {
    /// The bytes of a line; valid until [`LineBuffer::next`] is called again.
    pub(super) fn get(&self, line: Range<usize>) -> &[u8] {
        &self.bytes[line]
    }

    /// Whether a line's end was read that has not been given away.
    pub(super) fn has_whole_line(&self) -> bool {
        memchr(b'\n', &self.bytes[self.start..self.end]).is_some()
    }

    /// How the line given last ends.
    pub(super) fn line_end(&self) -> &'static str {
        self.line_end
    }

    /// The next line without its end; `None` behind the last.
    pub(super) fn next(&mut self, source: &mut Source) -> Result<Option<Range<usize>>, LineStop> {
        let mut searched = 0;
        loop {
            let unread = &self.bytes[self.start..self.end];
            if let Some(at) = memchr(b'\n', &unread[searched..]) {
                let line = self.start..self.start + searched + at;
                self.start = line.end + 1;
                return self.without_return(line, ["\n", "\r\n"]).map(Some);
            }
            searched = unread.len();
            if self.finished {
                if let Some(error) = self.failed.take() {
                    return Err(LineStop::Io(error));
                }
                let line = self.start..self.end;
                self.start = self.end;
                return if line.is_empty() {
                    Ok(None)
                } else {
                    self.without_return(line, ["", "\r"]).map(Some)
                };
            }
            if searched > LINE_BYTES_MAX + 1 {
                return Err(LineStop::TooLong);
            }
            self.fill(source);
        }
    }

    /// Goes back to `start`, the beginning of the line given last, and returns at least `bytes_min`
    /// bytes from there, and whether they are all that is left.
    pub(super) fn look_ahead(
        &mut self,
        source: &mut Source,
        start: usize,
        bytes_min: usize,
    ) -> (&[u8], bool) {
        self.start = start;
        while self.end - self.start < bytes_min && !self.finished {
            self.fill(source);
        }
        (&self.bytes[self.start..self.end], self.finished)
    }

    fn without_return(
        &mut self,
        line: Range<usize>,
        ends: [&'static str; 2],
    ) -> Result<Range<usize>, LineStop> {
        let has_return = self.bytes[line.clone()].last() == Some(&b'\r');
        self.line_end = ends[usize::from(has_return)];
        let line = line.start..line.end - usize::from(has_return);
        if line.len() > LINE_BYTES_MAX {
            Err(LineStop::TooLong)
        } else {
            Ok(line)
        }
    }

    /// Takes more bytes from the source, after making room for them.
    fn fill(&mut self, source: &mut Source) {
        self.bytes.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.end == self.bytes.len() {
            let bytes = (self.end * 2).clamp(CHUNK_BYTES, BUFFER_BYTES_MAX);
            self.bytes.resize(bytes, 0);
        }
        match source.read(&mut self.bytes[self.end..]) {
            Ok(0) => self.finished = true,
            Ok(read) => self.end += read,
            Err(error) => {
                self.failed = Some(error);
                self.finished = true;
            }
        }
    }
}
