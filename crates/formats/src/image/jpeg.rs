//! JPEG: segments between markers. Kept are those that a decoder needs; of Exif only which way is up.

use std::io::{Read, Seek};

use super::plan::{Plan, note_xmp};
use super::source::{Source, Stop};
use super::{Taken, tiff};

const EXIF: &[u8] = b"Exif\0\0";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const XMP_EXTENSION: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
const ICC: &[u8] = b"ICC_PROFILE\0";
const MULTI_PICTURE: &[u8] = b"MPF\0";
const FLASH_PIX: &[u8] = b"FPXR\0";
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";
const JFIF: &[u8] = b"JFIF\0";
const JFIF_EXTENSION: &[u8] = b"JFXX\0";
const ADOBE: &[u8] = b"Adobe";

/// Mark, version, unit, two densities, and the thumbnail's width and height (ITU-T T.871, 10.1).
const JFIF_BYTES: usize = 14;

/// Markers (ITU-T T.81, table B.1).
const TEM: u8 = 0x01;
const SOF0: u8 = 0xc0;
const RST0: u8 = 0xd0;
const RST7: u8 = 0xd7;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP13: u8 = 0xed;
const APP14: u8 = 0xee;
const APP15: u8 = 0xef;
const COM: u8 = 0xfe;

pub(super) fn plan<R: Read + Seek>(source: &mut Source<R>, plan: &mut Plan) -> Result<(), Stop> {
    source.go_to(2)?;
    let mut has_orientation = false;
    loop {
        let (start, marker) = next_marker(source)?;
        match marker {
            EOI => return cut_trailing(source, plan),
            TEM => {}
            _ => {
                let length = usize::from(u16::from_be_bytes(source.array()?));
                let payload = length.checked_sub(2).ok_or(Stop::NotUnderstood)?;
                if matches!(marker, APP0..=APP15 | COM) {
                    let bytes = source.bytes(payload)?;
                    let range = start..source.position();
                    match judge(marker, &bytes, &mut has_orientation, plan) {
                        Verdict::Keep => {}
                        Verdict::Cut => plan.cut(range)?,
                        Verdict::Replace(bytes) => {
                            plan.replace(range, segment(marker, &bytes))?;
                        }
                    }
                } else {
                    source.skip(payload as u64)?;
                }
                if marker == SOS {
                    skip_scan(source)?;
                }
            }
        }
    }
}

enum Verdict {
    Keep,
    Cut,
    Replace(Vec<u8>),
}

fn judge(marker: u8, bytes: &[u8], has_orientation: &mut bool, plan: &mut Plan) -> Verdict {
    let begins = |mark: &[u8]| bytes.starts_with(mark);
    match marker {
        APP0 if begins(JFIF) && bytes.len() <= JFIF_BYTES => return Verdict::Keep,
        APP0 if begins(JFIF) => {
            plan.note(Taken::Thumbnail);
            let mut without = bytes[..JFIF_BYTES].to_vec();
            without[JFIF_BYTES - 2..].fill(0);
            return Verdict::Replace(without);
        }
        APP0 if begins(JFIF_EXTENSION) => plan.note(Taken::Thumbnail),
        APP1 if begins(EXIF) => {
            let exif = tiff::inspect(&bytes[EXIF.len()..]);
            let orientation = exif.orientation.filter(|_| !*has_orientation);
            *has_orientation |= orientation.is_some();
            if let Some(orientation) = orientation {
                let least = [EXIF, &tiff::only_orientation(orientation)].concat();
                if least == bytes {
                    return Verdict::Keep;
                }
                exif.note(plan);
                return Verdict::Replace(least);
            }
            exif.note(plan);
        }
        APP1 if begins(XMP) || begins(XMP_EXTENSION) => note_xmp(plan, bytes),
        APP2 if begins(ICC) => return Verdict::Keep,
        APP2 if begins(MULTI_PICTURE) || begins(FLASH_PIX) => plan.note(Taken::Thumbnail),
        APP13 if begins(PHOTOSHOP) => note_photoshop(plan, bytes),
        // Which colours the components are: without it they come out wrong.
        APP14 if begins(ADOBE) => return Verdict::Keep,
        _ => plan.note(Taken::Metadata),
    }
    Verdict::Cut
}

/// Image resources of Photoshop, by their marks: 0x0404 is IPTC-IIM with its place names, 0x0409 and 0x040C are thumbnails.
pub(super) fn note_photoshop(plan: &mut Plan, bytes: &[u8]) {
    let has = |resource: &[u8]| memchr::memmem::find(bytes, resource).is_some();
    if has(b"8BIM\x04\x04") {
        plan.note(Taken::Location);
    }
    if has(b"8BIM\x04\x09") || has(b"8BIM\x04\x0c") {
        plan.note(Taken::Thumbnail);
    }
    plan.note(Taken::Metadata);
}

/// Where the next marker begins, with the fill bytes before it, and which it is.
fn next_marker<R: Read + Seek>(source: &mut Source<R>) -> Result<(u64, u8), Stop> {
    // Decoders pass over bytes that do not belong here, and so must this: what they show has to be looked at.
    if !source.seek_byte(0xff)? {
        return Err(Stop::NotUnderstood);
    }
    loop {
        let start = source.position();
        let mut marker = 0xff;
        while marker == 0xff {
            marker = source.u8()?;
        }
        match marker {
            RST0..=RST7 | 0 => {
                if !source.seek_byte(0xff)? {
                    return Err(Stop::NotUnderstood);
                }
            }
            _ => return Ok((start, marker)),
        }
    }
}

/// To the first byte of the marker behind compressed pixels. There, 0xFF is followed by 0, by a restart, or, in JPEG-LS, by
/// less than 0x80; further markers begin at 0xC0.
fn skip_scan<R: Read + Seek>(source: &mut Source<R>) -> Result<(), Stop> {
    while source.seek_byte(0xff)? {
        let start = source.position();
        let mut marker = 0xff;
        while marker == 0xff {
            marker = source.u8()?;
        }
        if marker >= SOF0 && !(RST0..=RST7).contains(&marker) {
            return source.go_to(start);
        }
    }
    Err(Stop::NotUnderstood)
}

fn cut_trailing<R: Read + Seek>(source: &mut Source<R>, plan: &mut Plan) -> Result<(), Stop> {
    if source.left() == 0 {
        return Ok(());
    }
    let range = source.position()..source.length();
    let is_picture = source.left() >= 2 && source.array()? == [0xff, 0xd8];
    plan.note(if is_picture {
        Taken::Thumbnail
    } else {
        Taken::Trailing
    });
    plan.cut(range)
}

fn segment(marker: u8, bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len() + 2).expect("no longer than the one it replaces");
    let mut segment = vec![0xff, marker];
    segment.extend(length.to_be_bytes());
    segment.extend(bytes);
    segment
}
