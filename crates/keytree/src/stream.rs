//! Attachments: any size in constant memory, can be sought, and refuses to be cut, reordered or extended. The STREAM
//! construction of Hoang, Reyhanitabar, Rogaway and Vizar (CRYPTO 2015) over AES-256-GCM-SIV: `0x01 | alg | commit(32) |
//! prefix(7) | segments`; key and commitment are an item's of kind "attachment-blob". A segment is 64 KiB of plaintext, the
//! last one shorter or as long, with nonce `prefix | counter u32 | 1 if last else 0`, its tag behind it, and the item's
//! encoding as additional data. An empty attachment is one empty last segment.

use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};

use zeroize::Zeroizing;

use crate::cipher::{Cipher, PREFIX, TAG_BYTES, strip_prefix};
use crate::context::{Encoding, ItemKind};
use crate::item::{COMMITMENT_BYTES, Derived, ItemContext};
use crate::key::NONCE_BYTES;
use crate::{Key, OpenError};

/// Plaintext bytes of a segment: 64 KiB.
pub const SEGMENT_BYTES: usize = 65_536;
/// Length of the random part of every nonce, in bytes.
pub const NONCE_PREFIX_BYTES: usize = 7;
/// Bytes before the first segment.
pub const HEADER_BYTES: usize = PREFIX.len() + COMMITMENT_BYTES + NONCE_PREFIX_BYTES;

/// A segment with its tag.
const SEALED_SEGMENT_BYTES: usize = SEGMENT_BYTES + TAG_BYTES;
/// `u64` copies of the segment lengths, for offsets in files.
const SEGMENT: u64 = SEGMENT_BYTES as u64;
const SEALED_SEGMENT: u64 = SEALED_SEGMENT_BYTES as u64;

/// Why a stream could not be read back.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// Reading or writing failed.
    #[error("the attachment's bytes cannot be read or written")]
    Io(#[from] io::Error),
    /// The sealed bytes were refused.
    #[error("the attachment does not open")]
    Open(#[from] OpenError),
}

/// Seals all that the reader gives, and returns how many bytes that was.
///
/// # Errors
/// If reading or writing fails, or the reader gives more than 2^32 segments (256 TiB).
///
/// # Panics
/// If the context's kind is not [`ItemKind::AttachmentBlob`].
pub fn seal(
    leaf: &Key,
    context: &ItemContext,
    prefix: [u8; NONCE_PREFIX_BYTES],
    reader: &mut dyn Read,
    writer: &mut dyn Write,
) -> io::Result<u64> {
    assert!(
        context.kind == ItemKind::AttachmentBlob,
        "only blobs are sealed as streams"
    );
    let encoding = context.encode();
    let derived = Derived::new(leaf, &encoding);
    let segments = Segments::new(derived.cipher(), encoding, prefix);
    writer.write_all(&PREFIX)?;
    writer.write_all(derived.commitment())?;
    writer.write_all(&prefix)?;

    let mut current = Zeroizing::new(vec![0; SEGMENT_BYTES]);
    let mut next = Zeroizing::new(vec![0; SEGMENT_BYTES]);
    let mut total = 0;
    let mut counter = 0_u32;
    let mut length = read_up_to(reader, &mut current)?;
    loop {
        // Whether a full segment is the last is known only after a look at what follows.
        let next_length = if length == SEGMENT_BYTES {
            read_up_to(reader, &mut next)?
        } else {
            0
        };
        let is_last = next_length == 0;
        let tag = segments.seal(counter, is_last, &mut current[..length]);
        writer.write_all(&current[..length])?;
        writer.write_all(&tag)?;
        total += length as u64;
        if is_last {
            return Ok(total);
        }
        counter = counter
            .checked_add(1)
            .ok_or(io::Error::from(ErrorKind::FileTooLarge))?;
        std::mem::swap(&mut current, &mut next);
        length = next_length;
    }
}

/// Opens a whole stream, and returns how many bytes it held. What was written before an error is authentic
/// but not all there is: the caller throws it away.
///
/// # Errors
/// If the bytes are no stream, not one of this place under this leaf, cut, reordered or extended; or if reading or writing fails.
pub fn open(
    leaf: &Key,
    context: &ItemContext,
    reader: &mut dyn Read,
    writer: &mut dyn Write,
) -> Result<u64, StreamError> {
    let segments = open_header(leaf, context, reader)?;
    let mut current = Zeroizing::new(vec![0; SEALED_SEGMENT_BYTES]);
    let mut next = Zeroizing::new(vec![0; SEALED_SEGMENT_BYTES]);
    let mut total = 0;
    let mut counter = 0_u32;
    let mut length = read_up_to(reader, &mut current)?;
    loop {
        let next_length = if length == SEALED_SEGMENT_BYTES {
            read_up_to(reader, &mut next)?
        } else {
            0
        };
        let is_last = next_length == 0;
        let plaintext = segments.open(counter, is_last, &mut current[..length])?;
        writer.write_all(plaintext)?;
        total += plaintext.len() as u64;
        if is_last {
            return Ok(total);
        }
        counter = counter.checked_add(1).ok_or(OpenError::Format)?;
        std::mem::swap(&mut current, &mut next);
        length = next_length;
    }
}

/// Opens `length` plaintext bytes from `offset` on, or as many as there are, and returns how many that was. Only the segments
/// that hold them are read. An answer shorter than `length` is authentic too: the stream ends there.
///
/// # Errors
/// As [`open`], for the segments that are read.
pub fn open_range<R: Read + Seek + ?Sized>(
    leaf: &Key,
    context: &ItemContext,
    reader: &mut R,
    offset: u64,
    length: u64,
    writer: &mut dyn Write,
) -> Result<u64, StreamError> {
    let sealed_bytes = reader.seek(SeekFrom::End(0))?;
    reader.seek(SeekFrom::Start(0))?;
    let segments = open_header(leaf, context, &mut &mut *reader)?;
    if length == 0 {
        return Ok(0);
    }
    let body_bytes = sealed_bytes.saturating_sub(HEADER_BYTES as u64);
    let last = body_bytes.div_ceil(SEALED_SEGMENT).saturating_sub(1);
    let end = offset.saturating_add(length);
    // Past the end, the last segment is opened all the same: it proves that the stream ends there.
    let first_read = (offset / SEGMENT).min(last);
    let last_read = ((end - 1) / SEGMENT).min(last);
    reader.seek(SeekFrom::Start(
        HEADER_BYTES as u64 + first_read * SEALED_SEGMENT,
    ))?;

    let mut buffer = Zeroizing::new(vec![0; SEALED_SEGMENT_BYTES]);
    let mut total = 0;
    for number in first_read..=last_read {
        let counter = u32::try_from(number).map_err(|_| OpenError::Format)?;
        let sealed_length = read_up_to(&mut &mut *reader, &mut buffer)?;
        let plaintext = segments.open(counter, number == last, &mut buffer[..sealed_length])?;
        let start = number * SEGMENT;
        let from = clamp(offset.saturating_sub(start), plaintext.len());
        let to = clamp(end.saturating_sub(start), plaintext.len());
        writer.write_all(&plaintext[from..to])?;
        total += (to - from) as u64;
    }
    Ok(total)
}

/// The segments' cipher and what their nonces and additional data have in common.
struct Segments {
    cipher: Cipher,
    encoding: Encoding,
    prefix: [u8; NONCE_PREFIX_BYTES],
}

impl Segments {
    fn new(cipher: Cipher, encoding: Encoding, prefix: [u8; NONCE_PREFIX_BYTES]) -> Self {
        Self {
            cipher,
            encoding,
            prefix,
        }
    }

    fn nonce(&self, counter: u32, is_last: bool) -> [u8; NONCE_BYTES] {
        let mut nonce = [0; NONCE_BYTES];
        nonce[..NONCE_PREFIX_BYTES].copy_from_slice(&self.prefix);
        nonce[NONCE_PREFIX_BYTES..NONCE_BYTES - 1].copy_from_slice(&counter.to_be_bytes());
        nonce[NONCE_BYTES - 1] = u8::from(is_last);
        nonce
    }

    fn seal(&self, counter: u32, is_last: bool, in_out: &mut [u8]) -> [u8; TAG_BYTES] {
        self.cipher
            .seal(self.nonce(counter, is_last), &self.encoding, in_out)
    }

    fn open<'io>(
        &self,
        counter: u32,
        is_last: bool,
        sealed: &'io mut [u8],
    ) -> Result<&'io mut [u8], OpenError> {
        if sealed.len() < TAG_BYTES {
            return Err(OpenError::Truncated);
        }
        let is_empty = sealed.len() == TAG_BYTES;
        if is_empty && counter > 0 {
            // `seal` ends with an empty segment only where there is nothing else.
            return Err(OpenError::Format);
        }
        self.cipher
            .open(self.nonce(counter, is_last), &self.encoding, sealed)
    }
}

fn open_header(
    leaf: &Key,
    context: &ItemContext,
    reader: &mut dyn Read,
) -> Result<Segments, StreamError> {
    if context.kind != ItemKind::AttachmentBlob {
        return Err(OpenError::WrongKind.into());
    }
    let mut header = [0; HEADER_BYTES];
    let length = read_up_to(reader, &mut header)?;
    let rest = strip_prefix(&header[..length])?;
    let (commitment, prefix) = rest.split_first_chunk().ok_or(OpenError::Truncated)?;
    let prefix = prefix.try_into().map_err(|_| OpenError::Truncated)?;
    let encoding = context.encode();
    let derived = Derived::new(leaf, &encoding);
    derived.verify(commitment)?;
    Ok(Segments::new(derived.cipher(), encoding, prefix))
}

/// Reads until the buffer is full or the reader at its end.
fn read_up_to(reader: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(more) => filled += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// A position within a segment, at most its length.
fn clamp(position: u64, length: usize) -> usize {
    usize::try_from(position).map_or(length, |position| position.min(length))
}

#[cfg(test)]
mod tests;
