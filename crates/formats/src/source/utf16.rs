//! UTF-16 to UTF-8 as a stream, without replacement characters: half a surrogate pair is an error,
//! told once everything before it has been read.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding};

/// Bytes of UTF-16 converted at a time.
const CHUNK_BYTES: usize = 64 * 1024;

/// Carried inside an [`io::Error`].
#[derive(Debug, thiserror::Error)]
#[error("invalid UTF-16")]
pub(crate) struct NotUtf16;

pub(super) struct Utf16Reader<R> {
    inner: R,
    decoder: Decoder,
    chunk: Box<[u8]>,
    /// Converted and not yet taken: from `taken` on.
    converted: Vec<u8>,
    taken: usize,
    next: Next,
}

/// What follows the converted text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Text,
    End,
    Malformed,
}

impl<R: Read> Utf16Reader<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        Self {
            inner,
            decoder: encoding.new_decoder_without_bom_handling(),
            chunk: vec![0; CHUNK_BYTES].into_boxed_slice(),
            converted: Vec::new(),
            taken: 0,
            next: Next::Text,
        }
    }

    fn convert_chunk(&mut self) -> io::Result<()> {
        let read = self.inner.read(&mut self.chunk)?;
        let space = self
            .decoder
            .max_utf8_buffer_length_without_replacement(read)
            .expect("a chunk's length times three fits a usize");
        self.converted.resize(space, 0);
        let at_end = read == 0;
        let (result, _, written) = self.decoder.decode_to_utf8_without_replacement(
            &self.chunk[..read],
            &mut self.converted,
            at_end,
        );
        self.converted.truncate(written);
        self.taken = 0;
        self.next = match result {
            DecoderResult::Malformed(..) => Next::Malformed,
            _ if at_end => Next::End,
            _ => Next::Text,
        };
        Ok(())
    }
}

impl<R: Read> Read for Utf16Reader<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.converted.len() {
            match self.next {
                Next::Text => self.convert_chunk()?,
                Next::End => return Ok(0),
                Next::Malformed => {
                    return Err(io::Error::new(io::ErrorKind::InvalidData, NotUtf16));
                }
            }
        }
        let count = bytes.len().min(self.converted.len() - self.taken);
        bytes[..count].copy_from_slice(&self.converted[self.taken..self.taken + count]);
        self.taken += count;
        Ok(count)
    }
}
