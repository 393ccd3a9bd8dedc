//! Pictures and films without what tells more than they show: where they were taken, previews, comments. Told by the first bytes,
//! looked through once, then read with the edits applied; no more than one segment is ever in memory. Pixels, colour profiles
//! and the way up stay as they are. What is damaged passes from there on as it came, and the report says so.

mod boxes;
mod film;
mod gif;
mod heif;
mod jpeg;
mod plan;
mod png;
mod source;
mod tiff;
mod webp;

#[cfg(test)]
mod tests;

use std::io::{self, Read, Seek, SeekFrom};

use plan::{Edits, Plan};
use source::{Source, Stop};

/// Bytes from the beginning of a file that tell what it is.
const MARK_BYTES: usize = 32;

/// A kind of picture, or film, whose structure is known here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// ISO/IEC 10918-1, as a file: JFIF or Exif.
    Jpeg,
    /// ISO/IEC 15948, W3C PNG third edition.
    Png,
    /// RFC 9649.
    WebP,
    /// TIFF 6.0, with 32-bit offsets.
    Tiff,
    /// ISO/IEC 23008-12: HEIC, AVIF and their kin.
    Heif,
    /// The Graphics Interchange Format, versions 87a and 89a.
    Gif,
    /// No picture but a film, which says as much: ISO/IEC 14496-12 and 14496-14, `QuickTime`, 3GPP TS 26.244.
    Film,
}

impl Format {
    /// Told by the first bytes of a file; 32 are enough.
    #[must_use]
    pub fn of(mark: &[u8]) -> Option<Self> {
        match mark {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => Some(Self::WebP),
            [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Some(Self::Tiff),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            _ if heif::is_heif(mark) => Some(Self::Heif),
            _ if film::is_film(mark) => Some(Self::Film),
            _ => None,
        }
    }
}

/// What was taken out of a picture.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Taken {
    /// Where it was taken: GPS of Exif or XMP, place names of XMP, IPTC.
    Location,
    /// A smaller copy, which may show what was cropped away.
    Thumbnail,
    /// The camera maker's own block, which may hold anything.
    MakerNote,
    /// All else that is not needed to show it: times, names, serial numbers, comments.
    Metadata,
    /// What stood behind its end: further pictures, a film.
    Trailing,
}

impl Taken {
    /// All, in the order of this list.
    pub const ALL: [Self; 5] = [
        Self::Location,
        Self::Thumbnail,
        Self::MakerNote,
        Self::Metadata,
        Self::Trailing,
    ];

    /// The name in records and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Location => "location",
            Self::Thumbnail => "thumbnail",
            Self::MakerNote => "maker-note",
            Self::Metadata => "metadata",
            Self::Trailing => "trailing-data",
        }
    }
}

/// What a picture turned out to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Report {
    /// None: no picture that is known here, and nothing was changed.
    pub format: Option<Format>,
    /// Damaged, or of a kind that is not wholly known: something may be left in it.
    pub not_understood: bool,
    taken: u8,
}

impl Report {
    /// What was taken out, in the order of [`Taken::ALL`].
    pub fn taken(&self) -> impl Iterator<Item = Taken> + use<> {
        let set = self.taken;
        Taken::ALL
            .into_iter()
            .filter(move |one| set & (1 << *one as u8) != 0)
    }
}

/// A file, read without what was taken out of it.
pub struct Stripped<R> {
    reader: R,
    edits: Edits,
    report: Report,
}

/// Looks through a file from its beginning, and gives it back to be read. What is no picture is read as it is.
///
/// # Errors
/// The reader's.
pub fn strip<R: Read + Seek>(mut reader: R) -> io::Result<Stripped<R>> {
    let length = reader.seek(SeekFrom::End(0))?;
    reader.seek(SeekFrom::Start(0))?;
    let mut mark = Vec::with_capacity(MARK_BYTES);
    reader
        .by_ref()
        .take(MARK_BYTES as u64)
        .read_to_end(&mut mark)?;
    let mut report = Report {
        format: Format::of(&mark),
        ..Report::default()
    };
    let mut plan = Plan::default();
    if let Some(format) = report.format {
        let mut source = Source::new(&mut reader, length)?;
        let planned = match format {
            Format::Jpeg => jpeg::plan(&mut source, &mut plan),
            Format::Png => png::plan(&mut source, &mut plan),
            Format::WebP => webp::plan(&mut source, &mut plan),
            Format::Tiff => tiff::plan(&mut source, &mut plan),
            Format::Heif => heif::plan(&mut source, &mut plan),
            Format::Gif => gif::plan(&mut source, &mut plan),
            Format::Film => film::plan(&mut source, &mut plan),
        };
        match planned {
            Ok(()) => {}
            Err(Stop::NotUnderstood) => report.not_understood = true,
            Err(Stop::Io(error)) => return Err(error),
        }
    }
    report.taken = plan.taken();
    let (edits, whole) = plan.into_edits();
    report.not_understood |= !whole;
    reader.seek(SeekFrom::Start(0))?;
    Ok(Stripped {
        reader,
        edits,
        report,
    })
}

impl<R> Stripped<R> {
    /// What it is, and what is not in what is read.
    #[must_use]
    pub const fn report(&self) -> Report {
        self.report
    }
}

impl<R: Read + Seek> Read for Stripped<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.edits.read(&mut self.reader, bytes)
    }
}
