//! WebP: a RIFF file. Kept are the chunks of RFC 9649 that say how it looks; the header is made to agree.

use std::io::{Read, Seek};

use super::plan::{Plan, note_xmp};
use super::source::{Source, Stop};
use super::{Taken, tiff};

const KEPT: [&[u8; 4]; 7] = [
    b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP",
];

/// Flags of the extended header (RFC 9649, 2.7.1.1).
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

/// `RIFF`, the size of what follows, `WEBP`.
const HEADER_BYTES: u64 = 12;
/// How much of a chunk is looked at before it is cut.
const LOOKED_AT_BYTES_MAX: u64 = 1 << 20;

pub(super) fn plan<R: Read + Seek>(source: &mut Source<R>, plan: &mut Plan) -> Result<(), Stop> {
    source.go_to(4)?;
    let size = u32::from_le_bytes(source.array()?);
    let end = 8 + u64::from(size) + u64::from(size % 2);
    let mut walk = Walk::default();
    let walked = walk.chunks(source, end.min(source.length()), plan);
    // Whatever was found: what was cut must be missing from the header too.
    let cut = walk.cut;
    if cut != 0 {
        let size = i64::from(size) - cut;
        let size = u32::try_from(size).map_err(|_| Stop::NotUnderstood)?;
        plan.replace(4..8, size.to_le_bytes().to_vec())?;
    }
    if let Some((place, flags)) = walk.flags {
        let kept = flags & !HAS_XMP & !if walk.has_orientation { 0 } else { HAS_EXIF };
        if kept != flags {
            plan.replace(place..place + 1, vec![kept])?;
        }
    }
    walked?;
    if end > source.length() {
        return Err(Stop::NotUnderstood);
    }
    if end < source.length() {
        plan.note(Taken::Trailing);
        plan.cut(end..source.length())?;
    }
    Ok(())
}

#[derive(Default)]
struct Walk {
    /// Bytes by which it becomes shorter.
    cut: i64,
    /// Where the extended header's flags are, and what they are.
    flags: Option<(u64, u8)>,
    has_orientation: bool,
}

impl Walk {
    fn chunks<R: Read + Seek>(
        &mut self,
        source: &mut Source<R>,
        end: u64,
        plan: &mut Plan,
    ) -> Result<(), Stop> {
        source.go_to(HEADER_BYTES)?;
        while source.position() < end {
            let start = source.position();
            let kind: [u8; 4] = source.array()?;
            let length = u64::from(u32::from_le_bytes(source.array()?));
            let content = source.position();
            // The last chunk's padding is often forgotten.
            let next = (content + length + length % 2).min(end.max(content + length));
            if content + length > end {
                return Err(Stop::NotUnderstood);
            }
            if &kind == b"VP8X" && length > 0 && self.flags.is_none() {
                self.flags = Some((content, source.u8()?));
            }
            if !KEPT.contains(&&kind) {
                let looked_at = usize::try_from(length.min(LOOKED_AT_BYTES_MAX));
                let bytes = source.bytes(looked_at.expect("at most 1 MiB"))?;
                self.cut(kind, &bytes, start..next, plan)?;
            }
            source.go_to(next)?;
        }
        Ok(())
    }

    fn cut(
        &mut self,
        kind: [u8; 4],
        bytes: &[u8],
        range: std::ops::Range<u64>,
        plan: &mut Plan,
    ) -> Result<(), Stop> {
        let mut with = Vec::new();
        match &kind {
            b"EXIF" => {
                // Some writers keep the mark that JPEG needs.
                let block = bytes.strip_prefix(b"Exif\0\0").unwrap_or(bytes);
                let exif = tiff::inspect(block);
                if let Some(orientation) = exif.orientation.filter(|_| !self.has_orientation) {
                    self.has_orientation = true;
                    let least = tiff::only_orientation(orientation);
                    if least == bytes {
                        return Ok(());
                    }
                    with.extend(kind);
                    with.extend(u32::try_from(least.len()).expect("26 bytes").to_le_bytes());
                    with.extend(least);
                }
                exif.note(plan);
            }
            b"XMP " => note_xmp(plan, bytes),
            _ => plan.note(Taken::Metadata),
        }
        let before = i64::try_from(range.end - range.start).expect("at most 4 GiB");
        self.cut += before - i64::try_from(with.len()).expect("a few bytes");
        plan.replace(range, with)
    }
}
