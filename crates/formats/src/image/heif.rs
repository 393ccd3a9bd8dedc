//! HEIC and AVIF: boxes of ISO/IEC 14496-12, items of 23008-12. Exif, XMP and boxes that no decoder needs are overwritten in
//! place, because items are found by their offsets; previews are, too, and the list of items forgets them. Which way is up is a
//! property of the item, which stays.

mod items;
mod previews;

use std::collections::BTreeSet;
use std::io::{Read, Seek};
use std::ops::Range;

use super::boxes::{Fields, Found, Walk};
use super::film::Film;
use super::plan::{Fill, Plan, note_xmp};
use super::source::{Source, Stop};
use super::{Taken, tiff};
use items::{Location, Parts, item_locations};

/// Brands of pictures and sequences of pictures. Films have others, and are left alone.
const BRANDS: [&[u8; 4]; 12] = [
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2", b"msf1", b"avif",
    b"avis", b"miaf",
];

/// Boxes of a file that decoders read. All others are for their maker: XMP of Adobe, films of Samsung, content credentials.
const KEPT: [&[u8; 4]; 9] = [
    b"ftyp", b"mdat", b"pdin", b"styp", b"sidx", b"moof", b"mfra", b"idat", b"moov",
];
/// Boxes without content.
const FREE: [&[u8; 4]; 3] = [b"free", b"skip", b"wide"];

/// The box `meta`: one item in some hundred bytes. A picture of 20,000 tiles has one of 1 MiB.
const META_BYTES_MAX: u64 = 8 << 20;
/// Items of metadata.
const METADATA_MAX: usize = 4_096;
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
    let mut walk = Walk::new(&(0..source.length()));
    let mut found = Vec::new();
    let walked = loop {
        match walk.next(source) {
            Ok(Some(one)) => found.push(one),
            Ok(None) => break Ok(()),
            Err(stop) => break Err(stop),
        }
    };
    let mut film = Film::of(&found);
    let mut has_meta = false;
    for one in &found {
        match &one.kind {
            b"meta" => {
                has_meta = true;
                let done = meta(source, one, plan);
                film.go_on(done)?;
            }
            // A sequence of pictures is a film to its decoder.
            b"moov" => film.movie(source, one, plan)?,
            kind if FREE.contains(&kind) => one.empty(source, plan)?,
            kind if KEPT.contains(&kind) => {}
            _ => one.free(source, plan, Taken::Trailing)?,
        }
    }
    film.end(source, plan)?;
    walked?;
    if has_meta {
        film.whole()
    } else {
        Err(Stop::NotUnderstood)
    }
}

fn meta<R: Read + Seek>(
    source: &mut Source<R>,
    found: &Found,
    plan: &mut Plan,
) -> Result<(), Stop> {
    let before = found.bytes(source, META_BYTES_MAX)?;
    let mut meta = Meta {
        at: found.content.start,
        bytes: before.clone(),
        overwritten: Vec::new(),
    };
    let done = meta.items(source, &before, plan);
    let is_sound = meta.is_overwritten_once();
    if meta.bytes != before {
        plan.replace(found.content.clone(), meta.bytes)?;
    }
    done?;
    is_sound.then_some(()).ok_or(Stop::NotUnderstood)
}

/// The content of a box `meta`, as it is to be; as many bytes as before.
struct Meta {
    /// Where it begins in the file.
    at: u64,
    bytes: Vec<u8>,
    overwritten: Vec<Range<usize>>,
}

impl Meta {
    /// Overwrites the items of Exif and XMP that it names, and takes out previews. `before`: its content as it came.
    fn items<R: Read + Seek>(
        &mut self,
        source: &mut Source<R>,
        before: &[u8],
        plan: &mut Plan,
    ) -> Result<(), Stop> {
        // Version and flags come first.
        let parts = Parts::of(before, 4)?;
        let metadata = match parts.content(before, *b"iinf") {
            Some(infos) => metadata_items(infos)?,
            None => Vec::new(),
        };
        let previews = previews::items(&parts, before);
        if metadata.is_empty() && previews.as_ref().is_ok_and(BTreeSet::is_empty) {
            return Ok(());
        }
        let locations = parts.content(before, *b"iloc");
        let locations = item_locations(locations.ok_or(Stop::NotUnderstood)?)?;
        let (length, data) = (source.length(), parts.data());
        let data_at = data.map(|data| self.at + data.start as u64);
        let ranges = |location: &Location| location.ranges(data_at, length);
        for location in &locations {
            let Some((_, is_exif)) = metadata.iter().find(|(id, _)| *id == location.id) else {
                continue;
            };
            let mut is_first = *is_exif;
            for range in ranges(location)? {
                self.blank_metadata(source, data, range, *is_exif, is_first, plan)?;
                is_first = false;
            }
        }
        let previews = previews?;
        if previews.is_empty() {
            return Ok(());
        }
        let preview_ranges = previews::ranges(&previews, &locations, ranges)?;
        // What cannot be left out cannot be overwritten either: it would be shown broken.
        previews::without(&parts, before, &previews)?;
        plan.note(Taken::Thumbnail);
        for range in preview_ranges {
            self.overwrite(data, range, Fill::Same(0), plan)?;
        }
        self.bytes = previews::without(&parts, &self.bytes, &previews)?;
        Ok(())
    }

    fn blank_metadata<R: Read + Seek>(
        &mut self,
        source: &mut Source<R>,
        data: Option<&Range<usize>>,
        range: Range<u64>,
        is_exif: bool,
        is_first: bool,
        plan: &mut Plan,
    ) -> Result<(), Stop> {
        source.go_to(range.start)?;
        let looked_at = (range.end - range.start).min(LOOKED_AT_BYTES_MAX);
        let bytes = source.bytes(usize::try_from(looked_at).expect("at most 1 MiB"))?;
        if !is_exif {
            if bytes.iter().any(|byte| *byte != b' ') {
                note_xmp(plan, &bytes);
                self.overwrite(data, range, Fill::Same(b' '), plan)?;
            }
            return Ok(());
        }
        // Where the block begins, counted from behind this number; then the block.
        let least = [&[0; 4], tiff::EMPTY].concat();
        let empty = if is_first && bytes.len() >= least.len() {
            least
        } else {
            Vec::new()
        };
        let is_empty_already =
            bytes.starts_with(&empty) && bytes[empty.len()..].iter().all(|byte| *byte == 0);
        if is_empty_already {
            return Ok(());
        }
        let skipped = bytes
            .first_chunk()
            .map_or(0, |four| u32::from_be_bytes(*four));
        let block = usize::try_from(skipped)
            .ok()
            .and_then(|skipped| bytes.get(skipped.checked_add(4)?..));
        tiff::inspect(block.unwrap_or_default()).note(plan);
        let split = range.start + empty.len() as u64;
        self.overwrite(data, range.start..split, Fill::Bytes(empty), plan)?;
        self.overwrite(data, split..range.end, Fill::Same(0), plan)
    }

    /// False: items lie over each other, and what stands there now is of one of them only.
    fn is_overwritten_once(&mut self) -> bool {
        self.overwritten.sort_by_key(|range| range.start);
        let mut neighbours = self.overwritten.windows(2);
        neighbours.all(|two| two[0].end <= two[1].start)
    }

    /// As many bytes as before: in `meta` itself, if they lie in its data, else in the file around it.
    fn overwrite(
        &mut self,
        data: Option<&Range<usize>>,
        range: Range<u64>,
        fill: Fill,
        plan: &mut Plan,
    ) -> Result<(), Stop> {
        let end = self.at + self.bytes.len() as u64;
        if range.end <= self.at || range.start >= end {
            return match fill {
                Fill::Bytes(bytes) => plan.replace(range, bytes),
                Fill::Same(byte) => plan.blank(range, byte),
            };
        }
        let inside = |place: u64| usize::try_from(place.checked_sub(self.at)?).ok();
        let range = inside(range.start).zip(inside(range.end));
        let place = range
            .zip(data)
            .filter(|((start, end), data)| data.start <= *start && *end <= data.end);
        let ((start, end), _) = place.ok_or(Stop::NotUnderstood)?;
        self.overwritten.push(start..end);
        match fill {
            Fill::Bytes(bytes) => self.bytes[start..end].copy_from_slice(&bytes),
            Fill::Same(byte) => self.bytes[start..end].fill(byte),
        }
        Ok(())
    }
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
            if found.len() == METADATA_MAX {
                return Err(Stop::NotUnderstood);
            }
            let id = u32::try_from(id).expect("it has at most four bytes");
            found.push((id, kind == b"Exif"));
        }
    }
    Ok(found)
}
