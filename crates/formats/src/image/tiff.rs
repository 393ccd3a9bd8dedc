//! TIFF, as a file of its own and as the block that Exif is: directories of entries. In files, what goes is overwritten in
//! place, because everything is found by its offset.

use std::io::{Cursor, Read, Seek};
use std::ops::Range;

use super::Taken;
use super::plan::Plan;
use super::source::{Source, Stop};

/// Directories of one file: a scanned document has one for each page.
const DIRECTORIES_MAX: usize = 4_096;
/// Entries of one directory. TIFF 6.0 and Exif 3.0 know some hundreds.
const ENTRIES_MAX: u16 = 4_096;
/// Entries of all directories that are walked, some of them twice where a file is made to lead astray.
const ENTRIES_OF_ALL_MAX: usize = 65_536;
/// Strips or tiles of one preview.
const STRIPS_MAX: u32 = 65_536;
/// How deep directories hang under directories.
const DEPTH_MAX: u32 = 4;

const COMPRESSED_SUBFILE: u16 = 0x00fe;
const PHOTOMETRIC: u16 = 0x0106;
const STRIP_OFFSETS: u16 = 0x0111;
const ORIENTATION: u16 = 0x0112;
const STRIP_BYTES: u16 = 0x0117;
const TILE_OFFSETS: u16 = 0x0144;
const TILE_BYTES: u16 = 0x0145;
const SUB_DIRECTORIES: u16 = 0x014a;
const JPEG_OFFSET: u16 = 0x0201;
const JPEG_BYTES: u16 = 0x0202;
const XMP: u16 = 0x02bc;
const IPTC: u16 = 0x83bb;
const PHOTOSHOP: u16 = 0x8649;
const EXIF: u16 = 0x8769;
const GPS: u16 = 0x8825;
const MAKER_NOTE: u16 = 0x927c;
const INTEROPERABILITY: u16 = 0xa005;
const DNG_VERSION: u16 = 0xc612;
const DNG_PRIVATE: u16 = 0xc634;

/// Description, make, model, software, time, artist, host, copyright, and the five of Windows.
const DESCRIPTIVE: [u16; 13] = [
    0x010e, 0x010f, 0x0110, 0x0131, 0x0132, 0x013b, 0x013c, 0x8298, 0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e,
    0x9c9f,
];

/// Colour filter array, and linear raw: what comes from a sensor, not for showing (DNG 1.7, `PhotometricInterpretation`).
const RAW_PHOTOMETRIC: [u32; 2] = [32_803, 34_892];

/// What a block of Exif holds.
#[derive(Default)]
pub(super) struct Exif {
    /// 2 to 8: which way is up, where that is not as it is stored.
    pub(super) orientation: Option<u8>,
    location: bool,
    thumbnail: bool,
    maker_note: bool,
}

impl Exif {
    pub(super) fn note(&self, plan: &mut Plan) {
        let found = [
            (self.location, Taken::Location),
            (self.thumbnail, Taken::Thumbnail),
            (self.maker_note, Taken::MakerNote),
        ];
        for (_, taken) in found.iter().filter(|(found, _)| *found) {
            plan.note(*taken);
        }
        plan.note(Taken::Metadata);
    }
}

/// Reads what can be read of a block; a damaged one goes as a whole all the same.
pub(super) fn inspect(block: &[u8]) -> Exif {
    let mut exif = Exif::default();
    if let Ok(mut source) = Source::new(Cursor::new(block), block.len() as u64) {
        // As far as it goes: what was found before the damage counts.
        let _ = inspect_directories(&mut source, &mut exif);
    }
    exif
}

fn inspect_directories(source: &mut Source<Cursor<&[u8]>>, exif: &mut Exif) -> Result<(), Stop> {
    let (order, first) = header(source)?;
    let main = Directory::read(source, order, first)?;
    exif.location = main.entry(GPS).is_some();
    if let Some(entry) = main.entry(ORIENTATION) {
        let value = u8::try_from(entry.first(order)).ok();
        exif.orientation = value.filter(|value| (2..=8).contains(value));
    }
    exif.thumbnail = main.next != 0;
    if let Some(entry) = main.entry(EXIF) {
        let below = Directory::read(source, order, entry.first(order))?;
        exif.maker_note = below.entry(MAKER_NOTE).is_some();
    }
    Ok(())
}

/// The least block of Exif that says which way is up.
pub(super) fn only_orientation(orientation: u8) -> Vec<u8> {
    let mut block = b"MM\0\x2a\0\0\0\x08\0\x01".to_vec();
    block.extend(ORIENTATION.to_be_bytes());
    // One short number, left-aligned in its four bytes; no further directory.
    block.extend([0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]);
    block
}

/// The least block of Exif, with nothing in it.
pub(super) const EMPTY: &[u8] = b"MM\0\x2a\0\0\0\x08\0\0\0\0\0\0";

pub(super) fn plan<R: Read + Seek>(source: &mut Source<R>, plan: &mut Plan) -> Result<(), Stop> {
    let (order, first) = header(source)?;
    let is_canon_raw = source.length() > 10 && source.array()? == *b"CR";
    let main = Directory::read(source, order, first)?;
    let mut walk = Walk {
        order,
        is_raw: is_canon_raw
            || main.entry(DNG_VERSION).is_some()
            || main.entry(SUB_DIRECTORIES).is_some(),
        directories: 0,
        entries: 0,
    };
    walk.chain(source, main, plan)?;
    // What such a camera needs to make a picture of its numbers lies in its maker's note, which therefore stays.
    if walk.is_raw {
        return Err(Stop::NotUnderstood);
    }
    Ok(())
}

struct Walk {
    order: Order,
    is_raw: bool,
    directories: usize,
    entries: usize,
}

impl Walk {
    /// A directory and those behind it.
    fn chain<R: Read + Seek>(
        &mut self,
        source: &mut Source<R>,
        first: Directory,
        plan: &mut Plan,
    ) -> Result<(), Stop> {
        let mut current = first;
        loop {
            self.count(&current)?;
            let mut next = match current.next {
                0 => None,
                offset => Some(Directory::read(source, self.order, offset)?),
            };
            // Previews are taken out of the chain.
            while let Some(preview) = next.take_if(|next| next.is_preview(self.order)) {
                self.count(&preview)?;
                plan.note(Taken::Thumbnail);
                current.next = preview.next;
                self.blank_pixels(source, &preview, plan)?;
                self.blank_directory(source, &preview, 0, plan)?;
                if preview.next != 0 {
                    next = Some(Directory::read(source, self.order, preview.next)?);
                }
            }
            self.main(source, current, plan)?;
            match next {
                Some(further) => current = further,
                None => return Ok(()),
            }
        }
    }

    fn count(&mut self, directory: &Directory) -> Result<(), Stop> {
        self.directories += 1;
        self.entries += directory.entries.len();
        if self.directories > DIRECTORIES_MAX || self.entries > ENTRIES_OF_ALL_MAX {
            return Err(Stop::NotUnderstood);
        }
        Ok(())
    }

    /// A directory that stays, without some of its entries.
    fn main<R: Read + Seek>(
        &mut self,
        source: &mut Source<R>,
        mut directory: Directory,
        plan: &mut Plan,
    ) -> Result<(), Stop> {
        let is_raw = self.is_raw
            || directory
                .entry(PHOTOMETRIC)
                .is_some_and(|entry| RAW_PHOTOMETRIC.contains(&entry.first(self.order)));
        self.is_raw |= is_raw;
        let goes = |tag: u16| match tag {
            GPS | XMP | IPTC | PHOTOSHOP => true,
            EXIF | DNG_PRIVATE => !is_raw,
            tag => !is_raw && DESCRIPTIVE.contains(&tag),
        };
        let (gone, kept): (Vec<Entry>, _) = std::mem::take(&mut directory.entries)
            .into_iter()
            .partition(|entry| goes(entry.tag));
        directory.entries = kept;
        for entry in &gone {
            plan.note(match entry.tag {
                GPS | IPTC | PHOTOSHOP => Taken::Location,
                DNG_PRIVATE => Taken::MakerNote,
                _ => Taken::Metadata,
            });
            self.blank_value(source, entry, 0, plan)?;
        }
        if !gone.is_empty() || directory.next != directory.next_before {
            plan.replace(directory.range(), directory.written(self.order))?;
        }
        Ok(())
    }

    /// A directory and all that its entries point to.
    fn blank_directory<R: Read + Seek>(
        &mut self,
        source: &mut Source<R>,
        directory: &Directory,
        depth: u32,
        plan: &mut Plan,
    ) -> Result<(), Stop> {
        for entry in &directory.entries {
            if entry.tag == MAKER_NOTE {
                plan.note(Taken::MakerNote);
            }
            self.blank_value(source, entry, depth + 1, plan)?;
        }
        plan.blank(directory.range(), 0)
    }

    fn blank_value<R: Read + Seek>(
        &mut self,
        source: &mut Source<R>,
        entry: &Entry,
        depth: u32,
        plan: &mut Plan,
    ) -> Result<(), Stop> {
        if matches!(entry.tag, GPS | EXIF | INTEROPERABILITY) && depth < DEPTH_MAX {
            let below = Directory::read(source, self.order, entry.first(self.order))?;
            self.count(&below)?;
            return self.blank_directory(source, &below, depth, plan);
        }
        match entry.outside(self.order) {
            Some(range) if range.end > source.length() => Err(Stop::NotUnderstood),
            Some(range) => plan.blank(range, 0),
            None => Ok(()),
        }
    }

    /// The pixels that a preview's directory points to.
    fn blank_pixels<R: Read + Seek>(
        &self,
        source: &mut Source<R>,
        preview: &Directory,
        plan: &mut Plan,
    ) -> Result<(), Stop> {
        let pairs = [
            (STRIP_OFFSETS, STRIP_BYTES),
            (TILE_OFFSETS, TILE_BYTES),
            (JPEG_OFFSET, JPEG_BYTES),
        ];
        for (offsets, lengths) in pairs {
            let (Some(offsets), Some(lengths)) = (preview.entry(offsets), preview.entry(lengths))
            else {
                continue;
            };
            let offsets = offsets.numbers(source, self.order)?;
            let lengths = lengths.numbers(source, self.order)?;
            for (offset, length) in offsets.into_iter().zip(lengths) {
                let start = u64::from(offset);
                plan.blank(start..(start + u64::from(length)).min(source.length()), 0)?;
            }
        }
        Ok(())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Little,
    Big,
}

impl Order {
    fn u16(self, bytes: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        }
    }

    fn u32(self, bytes: [u8; 4]) -> u32 {
        match self {
            Self::Little => u32::from_le_bytes(bytes),
            Self::Big => u32::from_be_bytes(bytes),
        }
    }

    fn write(self, number: u64, bytes: usize, out: &mut Vec<u8>) {
        let big = number.to_be_bytes();
        let big = &big[8 - bytes..];
        match self {
            Self::Little => out.extend(big.iter().rev()),
            Self::Big => out.extend(big),
        }
    }
}

/// Byte order, and where the first directory is.
fn header<R: Read + Seek>(source: &mut Source<R>) -> Result<(Order, u32), Stop> {
    let order = match source.array()? {
        [b'I', b'I'] => Order::Little,
        [b'M', b'M'] => Order::Big,
        _ => return Err(Stop::NotUnderstood),
    };
    // 43 is BigTIFF, with offsets of 64 bits.
    if order.u16(source.array()?) != 42 {
        return Err(Stop::NotUnderstood);
    }
    Ok((order, order.u32(source.array()?)))
}

struct Directory {
    offset: u64,
    entries_before: usize,
    entries: Vec<Entry>,
    next_before: u32,
    next: u32,
}

impl Directory {
    fn read<R: Read + Seek>(
        source: &mut Source<R>,
        order: Order,
        offset: u32,
    ) -> Result<Self, Stop> {
        let back = source.position();
        source.go_to(u64::from(offset))?;
        let count = order.u16(source.array()?);
        if count > ENTRIES_MAX {
            return Err(Stop::NotUnderstood);
        }
        let mut entries = Vec::with_capacity(usize::from(count));
        for _ in 0..count {
            entries.push(Entry {
                tag: order.u16(source.array()?),
                kind: order.u16(source.array()?),
                count: order.u32(source.array()?),
                value: source.array()?,
            });
        }
        // Cameras forget it behind the last directory.
        let next = source.array().map_or(0, |bytes| order.u32(bytes));
        source.go_to(back)?;
        Ok(Self {
            offset: u64::from(offset),
            entries_before: entries.len(),
            entries,
            next_before: next,
            next,
        })
    }

    fn entry(&self, tag: u16) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.tag == tag)
    }

    /// Its place in the file.
    fn range(&self) -> Range<u64> {
        let bytes = 2 + 12 * self.entries_before + 4;
        self.offset..self.offset + bytes as u64
    }

    /// As it is now, as long as it was.
    fn written(&self, order: Order) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(2 + 12 * self.entries_before + 4);
        order.write(self.entries.len() as u64, 2, &mut bytes);
        for entry in &self.entries {
            order.write(u64::from(entry.tag), 2, &mut bytes);
            order.write(u64::from(entry.kind), 2, &mut bytes);
            order.write(u64::from(entry.count), 4, &mut bytes);
            bytes.extend(entry.value);
        }
        order.write(u64::from(self.next), 4, &mut bytes);
        bytes.resize(2 + 12 * self.entries_before + 4, 0);
        bytes
    }

    /// Whether its picture is a smaller one of another: bit 0 of `NewSubfileType`, or a JPEG in the way of Exif.
    fn is_preview(&self, order: Order) -> bool {
        match self.entry(COMPRESSED_SUBFILE) {
            Some(entry) => entry.first(order) & 1 == 1,
            None => self.entry(JPEG_OFFSET).is_some() && self.entry(STRIP_OFFSETS).is_none(),
        }
    }
}

struct Entry {
    tag: u16,
    kind: u16,
    count: u32,
    value: [u8; 4],
}

impl Entry {
    /// Bytes of one of its values (TIFF 6.0, section 2).
    fn size(&self) -> u64 {
        match self.kind {
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 => 8,
            _ => 1,
        }
    }

    /// Its only value, or where its values are.
    fn first(&self, order: Order) -> u32 {
        let [a, b, _, _] = self.value;
        match (self.kind, self.count) {
            (3, 1) => u32::from(order.u16([a, b])),
            (1 | 7, 1) => u32::from(a),
            _ => order.u32(self.value),
        }
    }

    /// Where its values are, if they are not in the entry.
    fn outside(&self, order: Order) -> Option<Range<u64>> {
        let bytes = self.size() * u64::from(self.count);
        let start = u64::from(order.u32(self.value));
        (bytes > 4).then(|| start..start + bytes)
    }

    /// All its values, of 16 or 32 bits.
    fn numbers<R: Read + Seek>(
        &self,
        source: &mut Source<R>,
        order: Order,
    ) -> Result<Vec<u32>, Stop> {
        if !matches!(self.kind, 3 | 4 | 13) || self.count > STRIPS_MAX {
            return Err(Stop::NotUnderstood);
        }
        let bytes = match self.outside(order) {
            None => self.value.to_vec(),
            Some(range) => {
                let back = source.position();
                source.go_to(range.start)?;
                let bytes = usize::try_from(range.end - range.start);
                let bytes = source.bytes(bytes.expect("at most 256 KiB"))?;
                source.go_to(back)?;
                bytes
            }
        };
        let count = usize::try_from(self.count).expect("at most 65,536");
        Ok(if self.kind == 3 {
            let pairs = bytes.chunks_exact(2);
            pairs
                .map(|pair| u32::from(order.u16([pair[0], pair[1]])))
                .take(count)
                .collect()
        } else {
            let fours = bytes.chunks_exact(4);
            fours
                .map(|four| order.u32([four[0], four[1], four[2], four[3]]))
                .take(count)
                .collect()
        })
    }
}
