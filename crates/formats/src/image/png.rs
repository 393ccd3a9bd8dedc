//! PNG: chunks. Kept are the critical ones and those that say how it looks.

use std::io::{Read, Seek};

use super::plan::{Plan, note_xmp};
use super::source::{Source, Stop};
use super::{Taken, tiff};

/// Chunks that change what is shown: transparency, colour, size on paper, animation (W3C PNG third edition, 4.7 and 11.3; the
/// lower-case forms of the two for light levels are those of its drafts; the last four are of the extensions, for measurements).
const KEPT: [&[u8; 4]; 22] = [
    b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"mDCv",
    b"cLLi", b"bKGD", b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT", b"oFFs", b"pCAL",
    b"sCAL", b"sTER",
];

/// Length, type and checksum.
const FRAME_BYTES: u64 = 12;

/// How much of a chunk is looked at before it is cut. Exif in one APP1 segment of a camera has at most 64 KiB.
const LOOKED_AT_BYTES_MAX: u64 = 1 << 20;

pub(super) fn plan<R: Read + Seek>(source: &mut Source<R>, plan: &mut Plan) -> Result<(), Stop> {
    source.go_to(8)?;
    let mut has_orientation = false;
    loop {
        let start = source.position();
        let length = u64::from(u32::from_be_bytes(source.array()?));
        let kind: [u8; 4] = source.array()?;
        let end = start + FRAME_BYTES + length;
        if end > source.length() || !kind.iter().all(u8::is_ascii_alphabetic) {
            return Err(Stop::NotUnderstood);
        }
        let is_critical = kind[0].is_ascii_uppercase();
        if !is_critical && !KEPT.contains(&&kind) {
            let looked_at =
                usize::try_from(length.min(LOOKED_AT_BYTES_MAX)).expect("at most 1 MiB");
            let bytes = source.bytes(looked_at)?;
            let with = judge(kind, &bytes, &mut has_orientation, plan);
            if with.as_deref() != Some(&bytes) {
                plan.replace(
                    start..end,
                    with.map_or_else(Vec::new, |with| exif_chunk(&with)),
                )?;
            }
        }
        source.go_to(end)?;
        if &kind == b"IEND" {
            break;
        }
    }
    if source.left() > 0 {
        plan.note(Taken::Trailing);
        plan.cut(source.position()..source.length())?;
    }
    Ok(())
}

/// What stays of an Exif chunk's content, if it is one that says which way is up.
fn judge(
    kind: [u8; 4],
    bytes: &[u8],
    has_orientation: &mut bool,
    plan: &mut Plan,
) -> Option<Vec<u8>> {
    match &kind {
        b"eXIf" => {
            let exif = tiff::inspect(bytes);
            let orientation = exif.orientation.filter(|_| !*has_orientation);
            *has_orientation |= orientation.is_some();
            let least = orientation.map(tiff::only_orientation);
            if least.as_deref() != Some(bytes) {
                exif.note(plan);
            }
            return least;
        }
        b"iTXt" | b"tEXt" => note_xmp(plan, bytes),
        _ => plan.note(Taken::Metadata),
    }
    None
}

fn exif_chunk(content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("26 bytes");
    let mut chunk = length.to_be_bytes().to_vec();
    chunk.extend(b"eXIf");
    chunk.extend(content);
    let mut checksum = flate2::Crc::new();
    checksum.update(&chunk[4..]);
    chunk.extend(checksum.sum().to_be_bytes());
    chunk
}
