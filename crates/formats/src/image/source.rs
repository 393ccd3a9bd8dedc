//! A file while it is looked through: reads by position, never past its end, in one buffer.

use std::io::{self, BufRead as _, BufReader, Read, Seek, SeekFrom};

/// Read at once while looking for a marker in compressed pixels.
const BUFFER_BYTES: usize = 64 * 1024;

/// Why looking through a file ended before its end.
#[derive(Debug)]
pub(super) enum Stop {
    /// It is cut, damaged, or beyond a limit.
    NotUnderstood,
    /// The reader's error.
    Io(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::NotUnderstood,
            _ => Self::Io(error),
        }
    }
}

pub(super) struct Source<R> {
    reader: BufReader<R>,
    position: u64,
    length: u64,
}

impl<R: Read + Seek> Source<R> {
    /// At the beginning of `reader`.
    pub(super) fn new(mut reader: R, length: u64) -> io::Result<Self> {
        reader.seek(SeekFrom::Start(0))?;
        Ok(Self {
            reader: BufReader::with_capacity(BUFFER_BYTES, reader),
            position: 0,
            length,
        })
    }

    pub(super) const fn position(&self) -> u64 {
        self.position
    }

    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    pub(super) const fn left(&self) -> u64 {
        self.length.saturating_sub(self.position)
    }

    /// Anywhere up to the end.
    pub(super) fn go_to(&mut self, position: u64) -> Result<(), Stop> {
        if position > self.length {
            return Err(Stop::NotUnderstood);
        }
        let ahead = i128::from(position) - i128::from(self.position);
        match i64::try_from(ahead) {
            Ok(ahead) => self.reader.seek_relative(ahead)?,
            Err(_) => drop(self.reader.seek(SeekFrom::Start(position))?),
        }
        self.position = position;
        Ok(())
    }

    pub(super) fn skip(&mut self, bytes: u64) -> Result<(), Stop> {
        let position = self.position.checked_add(bytes);
        self.go_to(position.ok_or(Stop::NotUnderstood)?)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Stop> {
        let mut bytes = [0; N];
        self.reader.read_exact(&mut bytes)?;
        self.position += N as u64;
        Ok(bytes)
    }

    pub(super) fn u8(&mut self) -> Result<u8, Stop> {
        Ok(self.array::<1>()?[0])
    }

    /// The next `bytes`, which the caller has bounded.
    pub(super) fn bytes(&mut self, bytes: usize) -> Result<Vec<u8>, Stop> {
        if bytes as u64 > self.left() {
            return Err(Stop::NotUnderstood);
        }
        let mut read = vec![0; bytes];
        self.reader.read_exact(&mut read)?;
        self.position += bytes as u64;
        Ok(read)
    }

    /// Passes over bytes until `byte` is next. False: it does not come again, and the end was reached.
    pub(super) fn seek_byte(&mut self, byte: u8) -> Result<bool, Stop> {
        loop {
            let buffer = match self.reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                buffer => buffer?,
            };
            if buffer.is_empty() {
                return Ok(false);
            }
            let found = memchr::memchr(byte, buffer);
            let passed = found.unwrap_or(buffer.len());
            self.reader.consume(passed);
            self.position += passed as u64;
            if found.is_some() {
                return Ok(true);
            }
        }
    }
}
