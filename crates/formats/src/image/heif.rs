//! HEIC and AVIF: boxes of ISO/IEC 14496-12, items of 23008-12. Exif, XMP and boxes that no decoder needs are overwritten in
//! place, because items are found by their offsets. Which way is up is a property of the item, which stays.

use std::io::{Read, Seek};
use std::ops::Range;

use super::plan::{Plan, note_xmp};
use super::source::{Source, Stop};
use super::{Taken, tiff};

/// Brands of pictures and sequences of pictures. Films have others, and are left alone.
const BRANDS: [&[u8; 4]; 12] = [
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2", b"msf1", b"avif",
    b"avis", b"miaf",
];

/// Boxes of a file that decoders read. All others are for their maker: XMP of Adobe, films of Samsung, content credentials.
const KEPT: [&[u8; 4]; 13] = [
    b"ftyp", b"meta", b"mdat", b"moov", b"free", b"skip", b"wide", b"pdin", b"styp", b"sidx",
    b"moof", b"mfra", b"idat",
];

/// The box `meta`: one item in some hundred bytes. A picture of 20,000 tiles has one of 1 MiB.
const META_BYTES_MAX: u64 = 8 << 20;
/// Boxes of one file, and extents of all its items of metadata.
const BOXES_MAX: usize = 4_096;
/// How much of a block is looked at before it is overwritten.
const LOOKED_AT_BYTES_MAX: u64 = 1 << 20;

/// Whether a file begins with `ftyp` and a brand of these, as its own or among the first compatible ones.
pub(super) fn is_heif(mark: &[u8]) -> bool {
    if mark.get(4..8) != Some(b"ftyp") {
        return false;
    }
    let own = mark.get(8..12).into_iter();
    let compatible = mark.get(16..).unwrap_or_default().chunks_exact(4);
    own.chain(compatible)
        .any(|brand| BRANDS.iter().any(|known| *known == brand))
}

pub(super) fn plan<R: Read + Seek>(source: &mut Source<R>, plan: &mut Plan) -> Result<(), Stop> {
    source.go_to(0)?;
    let mut boxes = 0;
    let mut has_meta = false;
    while source.left() > 0 {
        boxes += 1;
        if boxes > BOXES_MAX {
            return Err(Stop::NotUnderstood);
        }
        let start = source.position();
        let (kind, content) = next_box(source)?;
        let end = content.end;
        if &kind == b"meta" {
            has_meta = true;
            let bytes = content.end - content.start;
            if bytes > META_BYTES_MAX {
                return Err(Stop::NotUnderstood);
            }
            let bytes = source.bytes(usize::try_from(bytes).expect("at most 8 MiB"))?;
            items(source, &bytes, content.start, plan)?;
        } else if !KEPT.contains(&&kind) {
            let looked_at = (content.end - content.start).min(LOOKED_AT_BYTES_MAX);
            let bytes = source.bytes(usize::try_from(looked_at).expect("at most 1 MiB"))?;
            if &kind == b"uuid" {
                note_xmp(plan, &bytes);
            } else {
                plan.note(Taken::Trailing);
            }
            plan.replace(start + 4..start + 8, b"free".to_vec())?;
            plan.blank(content, 0)?;
        }
        source.go_to(end)?;
    }
    if has_meta {
        Ok(())
    } else {
        Err(Stop::NotUnderstood)
    }
}

/// A box's type and the range of what is in it; the source stands at its beginning.
fn next_box<R: Read + Seek>(source: &mut Source<R>) -> Result<([u8; 4], Range<u64>), Stop> {
    let start = source.position();
    let size = u32::from_be_bytes(source.array()?);
    let kind = source.array()?;
    let end = match size {
        0 => source.length(),
        1 => start
            .checked_add(u64::from_be_bytes(source.array()?))
            .ok_or(Stop::NotUnderstood)?,
        size => start + u64::from(size),
    };
    let content = source.position();
    if end < content || end > source.length() {
        return Err(Stop::NotUnderstood);
    }
    Ok((kind, content..end))
}

/// Overwrites the items of Exif and XMP that a box `meta` names.
fn items<R: Read + Seek>(
    source: &mut Source<R>,
    meta: &[u8],
    meta_at: u64,
    plan: &mut Plan,
) -> Result<(), Stop> {
    let mut boxes = Fields(meta);
    // Version and flags.
    boxes.skip(4)?;
    let (mut infos, mut locations, mut data_at) = (None, None, None);
    while !boxes.0.is_empty() {
        let (kind, content) = boxes.next_box()?;
        match &kind {
            b"iinf" => infos = Some(content),
            b"iloc" => locations = Some(content),
            b"idat" => {
                let behind = boxes.0.len() + content.len();
                data_at = Some(meta_at + (meta.len() - behind) as u64);
            }
            _ => {}
        }
    }
    let metadata = infos.map_or_else(|| Ok(Vec::new()), metadata_items)?;
    if metadata.is_empty() {
        return Ok(());
    }
    let locations = locations.ok_or(Stop::NotUnderstood)?;
    for location in item_locations(locations, &metadata)? {
        let base = match location.method {
            0 => 0,
            1 => data_at.ok_or(Stop::NotUnderstood)?,
            _ => return Err(Stop::NotUnderstood),
        };
        blank_item(source, &location, base, plan)?;
    }
    Ok(())
}

fn blank_item<R: Read + Seek>(
    source: &mut Source<R>,
    location: &Location,
    base: u64,
    plan: &mut Plan,
) -> Result<(), Stop> {
    for (number, (offset, length)) in location.extents.iter().enumerate() {
        let start = base.checked_add(*offset).ok_or(Stop::NotUnderstood)?;
        let end = match length {
            // The whole of what follows: only in a file that holds nothing else.
            0 => return Err(Stop::NotUnderstood),
            length => start.checked_add(*length).ok_or(Stop::NotUnderstood)?,
        };
        if end > source.length() {
            return Err(Stop::NotUnderstood);
        }
        let back = source.position();
        source.go_to(start)?;
        let looked_at = (end - start).min(LOOKED_AT_BYTES_MAX);
        let bytes = source.bytes(usize::try_from(looked_at).expect("at most 1 MiB"))?;
        source.go_to(back)?;
        if !location.is_exif {
            if bytes.iter().any(|byte| *byte != b' ') {
                note_xmp(plan, &bytes);
                plan.blank(start..end, b' ')?;
            }
            continue;
        }
        // Where the block begins, counted from behind this number; then the block.
        let least = [&[0; 4], tiff::EMPTY].concat();
        let empty = if number == 0 && bytes.len() >= least.len() {
            least
        } else {
            Vec::new()
        };
        let is_empty_already =
            bytes.starts_with(&empty) && bytes[empty.len()..].iter().all(|byte| *byte == 0);
        if !is_empty_already {
            let skipped = bytes
                .first_chunk()
                .map_or(0, |four| u32::from_be_bytes(*four));
            let block = usize::try_from(skipped)
                .ok()
                .and_then(|skipped| bytes.get(skipped.checked_add(4)?..));
            tiff::inspect(block.unwrap_or_default()).note(plan);
            let split = start + empty.len() as u64;
            plan.replace(start..split, empty)?;
            plan.blank(split..end, 0)?;
        }
    }
    Ok(())
}

/// Items that are metadata: their ids, and whether they are Exif.
fn metadata_items(content: &[u8]) -> Result<Vec<(u32, bool)>, Stop> {
    let mut fields = Fields(content);
    let version = fields.version()?;
    let count = fields.number(if version == 0 { 2 } else { 4 })?;
    let mut found = Vec::new();
    for _ in 0..count {
        let (kind, content) = fields.next_box()?;
        let mut info = Fields(content);
        let version = info.version()?;
        if &kind != b"infe" || version < 2 {
            continue;
        }
        let id = info.number(if version == 2 { 2 } else { 4 })?;
        // Which protection, if any.
        info.skip(2)?;
        let kind = info.take(4)?;
        let name = info.text();
        let is_xmp = kind == b"mime" && name.is_some() && {
            let media_type = info.text().unwrap_or(info.0);
            media_type.eq_ignore_ascii_case(b"application/rdf+xml")
        };
        if kind == b"Exif" || is_xmp {
            if found.len() == BOXES_MAX {
                return Err(Stop::NotUnderstood);
            }
            let id = u32::try_from(id).expect("it has at most four bytes");
            found.push((id, kind == b"Exif"));
        }
    }
    Ok(found)
}

struct Location {
    is_exif: bool,
    /// 0: offsets count from the file's beginning; 1: from that of the box `idat`.
    method: u8,
    /// Offset and length.
    extents: Vec<(u64, u64)>,
}

/// Where the wanted items are (ISO/IEC 14496-12, 8.11.3).
fn item_locations(content: &[u8], wanted: &[(u32, bool)]) -> Result<Vec<Location>, Stop> {
    let mut fields = Fields(content);
    let version = fields.version()?;
    let sizes = fields.take(2)?;
    let (offset_bytes, length_bytes) = (sizes[0] >> 4, sizes[0] & 15);
    let (base_bytes, index_bytes) = (sizes[1] >> 4, sizes[1] & 15);
    let index_bytes = if version == 0 { 0 } else { index_bytes };
    let count = fields.number(if version < 2 { 2 } else { 4 })?;
    let mut found = Vec::new();
    let mut extents_left = BOXES_MAX;
    for _ in 0..count {
        let id = fields.number(if version < 2 { 2 } else { 4 })?;
        let method = if version == 0 {
            0
        } else {
            fields.take(2)?[1] & 15
        };
        fields.skip(2)?;
        let base = fields.number(base_bytes)?;
        let extents = fields.number(2)?;
        let item = wanted.iter().find(|(wanted, _)| u64::from(*wanted) == id);
        let mut location = item.map(|(_, is_exif)| Location {
            is_exif: *is_exif,
            method,
            extents: Vec::new(),
        });
        for _ in 0..extents {
            fields.number(index_bytes)?;
            let offset = fields.number(offset_bytes)?;
            let length = fields.number(length_bytes)?;
            if let Some(location) = &mut location {
                extents_left = extents_left.checked_sub(1).ok_or(Stop::NotUnderstood)?;
                let offset = base.checked_add(offset).ok_or(Stop::NotUnderstood)?;
                location.extents.push((offset, length));
            }
        }
        found.extend(location);
    }
    Ok(found)
}

/// Fields of a box, one after the other.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn take(&mut self, bytes: usize) -> Result<&'a [u8], Stop> {
        let (taken, rest) = self.0.split_at_checked(bytes).ok_or(Stop::NotUnderstood)?;
        self.0 = rest;
        Ok(taken)
    }

    fn skip(&mut self, bytes: usize) -> Result<(), Stop> {
        self.take(bytes).map(drop)
    }

    /// A number of 0, 2, 4 or 8 bytes, as the formats have them.
    fn number(&mut self, bytes: u8) -> Result<u64, Stop> {
        if bytes > 8 {
            return Err(Stop::NotUnderstood);
        }
        let bytes = self.take(usize::from(bytes))?;
        Ok(bytes
            .iter()
            .fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// A full box's version; its flags are passed over.
    fn version(&mut self) -> Result<u8, Stop> {
        Ok(self.take(4)?[0])
    }

    /// Up to a zero byte.
    fn text(&mut self) -> Option<&'a [u8]> {
        let end = memchr::memchr(0, self.0)?;
        let text = &self.0[..end];
        self.0 = &self.0[end + 1..];
        Some(text)
    }

    fn next_box(&mut self) -> Result<([u8; 4], &'a [u8]), Stop> {
        let whole = self.0.len();
        let size = usize::try_from(self.number(4)?).map_err(|_| Stop::NotUnderstood)?;
        let kind = self.take(4)?.try_into().expect("four bytes");
        // Boxes of 64-bit size, or to the end, are not among those inside of `meta`.
        let content = size.checked_sub(8).filter(|_| size <= whole);
        Ok((kind, self.take(content.ok_or(Stop::NotUnderstood)?)?))
    }
}
