//! What is to be changed in a file: ranges of bytes, each with what stands in its place. Applied while it is read.

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use super::source::Stop;
use super::{Report, Taken};

/// Ranges changed in one file. A picture has some dozens, an animation with a comment in every frame some hundreds, a film of five
/// hours with four tracks of telemetry, each with a chunk in every second, 72,000.
const EDITS_MAX: usize = 1 << 17;

/// What stands in place of a range.
pub(super) enum Fill {
    /// These, whatever the range's length.
    Bytes(Vec<u8>),
    /// As many bytes as before, all this one.
    Same(u8),
}

struct Edit {
    range: Range<u64>,
    fill: Fill,
}

/// Edits in the making.
#[derive(Default)]
pub(super) struct Plan {
    edits: Vec<Edit>,
    taken: u8,
}

impl Plan {
    pub(super) fn note(&mut self, taken: Taken) {
        self.taken |= 1 << taken as u8;
    }

    pub(super) const fn taken(&self) -> u8 {
        self.taken
    }

    pub(super) fn cut(&mut self, range: Range<u64>) -> Result<(), Stop> {
        self.replace(range, Vec::new())
    }

    pub(super) fn replace(&mut self, range: Range<u64>, bytes: Vec<u8>) -> Result<(), Stop> {
        self.push(range, Fill::Bytes(bytes))
    }

    /// Same length, so that offsets elsewhere in the file stay true.
    pub(super) fn blank(&mut self, range: Range<u64>, byte: u8) -> Result<(), Stop> {
        self.push(range, Fill::Same(byte))
    }

    fn push(&mut self, range: Range<u64>, fill: Fill) -> Result<(), Stop> {
        if self.edits.len() == EDITS_MAX {
            return Err(Stop::NotUnderstood);
        }
        if !range.is_empty() {
            self.edits.push(Edit { range, fill });
        }
        Ok(())
    }

    /// In the order of the file. False: some lay over others, and of those only the first is done.
    pub(super) fn into_edits(mut self) -> (Edits, bool) {
        self.edits.sort_by_key(|edit| edit.range.start);
        let mut whole = true;
        let mut end = 0;
        self.edits.retain(|edit| {
            let apart = edit.range.start >= end;
            whole &= apart;
            if apart {
                end = edit.range.end;
            }
            apart
        });
        let mut rest = self.edits.into_iter();
        let next = rest.next();
        let edits = Edits {
            position: 0,
            next,
            rest,
            pending: Fill::Bytes(Vec::new()),
            pending_done: 0,
            pending_left: 0,
        };
        (edits, whole)
    }
}

/// Edits being applied to a file that is read from its beginning.
pub(super) struct Edits {
    /// Where the reader stands.
    position: u64,
    next: Option<Edit>,
    rest: std::vec::IntoIter<Edit>,
    pending: Fill,
    pending_done: usize,
    pending_left: u64,
}

impl Edits {
    pub(super) fn read<R: Read + Seek>(
        &mut self,
        reader: &mut R,
        bytes: &mut [u8],
    ) -> io::Result<usize> {
        if bytes.is_empty() {
            return Ok(0);
        }
        loop {
            if self.pending_left > 0 {
                return Ok(self.read_pending(bytes));
            }
            let Some(edit) = self.next.take_if(|edit| edit.range.start == self.position) else {
                break;
            };
            self.position = reader.seek(SeekFrom::Start(edit.range.end))?;
            self.pending_left = match &edit.fill {
                Fill::Bytes(bytes) => bytes.len() as u64,
                Fill::Same(_) => edit.range.end - edit.range.start,
            };
            self.pending_done = 0;
            self.pending = edit.fill;
            self.next = self.rest.next();
        }
        let until = self.next.as_ref().map_or(u64::MAX, |edit| edit.range.start);
        let most = clamp(until - self.position, bytes.len());
        let read = reader.read(&mut bytes[..most])?;
        self.position += read as u64;
        Ok(read)
    }

    fn read_pending(&mut self, bytes: &mut [u8]) -> usize {
        let most = clamp(self.pending_left, bytes.len());
        match &self.pending {
            Fill::Bytes(fill) => {
                bytes[..most].copy_from_slice(&fill[self.pending_done..self.pending_done + most]);
            }
            Fill::Same(byte) => bytes[..most].fill(*byte),
        }
        self.pending_done = self.pending_done.saturating_add(most);
        self.pending_left -= most as u64;
        most
    }
}

/// A number of bytes, at most `most`.
fn clamp(bytes: u64, most: usize) -> usize {
    usize::try_from(bytes).map_or(most, |bytes| bytes.min(most))
}

/// What a block of XMP holds: its properties are looked for by name, in whatever form they are written.
pub(super) fn note_xmp(plan: &mut Plan, xmp: &[u8]) {
    let has = |name: &str| memchr::memmem::find(xmp, name.as_bytes()).is_some();
    let places = [
        "GPS",
        "Location",
        "photoshop:City",
        "photoshop:State",
        "photoshop:Country",
    ];
    if places.into_iter().any(has) {
        plan.note(Taken::Location);
    }
    if ["Thumbnails", "xmpGImg"].into_iter().any(has) {
        plan.note(Taken::Thumbnail);
    }
    plan.note(Taken::Metadata);
}

impl Report {
    /// Whether anything was taken out.
    #[must_use]
    pub const fn is_clean(&self) -> bool {
        self.taken == 0
    }
}
