//! Boxes of ISO/IEC 14496-12, of which HEIC pictures and films are made: walked in a file without being held, read field by field
//! where they are, and overwritten in place, because everything else is found by offsets.

use std::io::{Read, Seek};
use std::ops::Range;

use super::Taken;
use super::plan::{Plan, note_xmp};
use super::source::{Source, Stop};

/// Boxes beside each other. A film of a day in pieces of two seconds has 86,400.
pub(super) const BOXES_MAX: usize = 1 << 17;
/// How much of a box is looked at before it is overwritten.
const LOOKED_AT_BYTES_MAX: u64 = 1 << 20;

/// Names and values of places, in boxes of `QuickTime`, 3GPP, Android and others.
const PLACES: [&[u8]; 6] = [
    b"\xa9xyz",
    b"loci",
    b"location",
    b"Location",
    b"GPS",
    b"gps",
];
/// Names of small pictures, and how a JPEG begins.
const PREVIEWS: [&[u8]; 4] = [b"thmb", b"THMB", b"covr", b"\xff\xd8\xff"];

/// A box in a file.
pub(super) struct Found {
    pub(super) kind: [u8; 4],
    /// Where its size stands; its type follows.
    pub(super) start: u64,
    /// What is in it.
    pub(super) content: Range<u64>,
}

/// The boxes of a range, one after the other.
pub(super) struct Walk {
    at: u64,
    end: u64,
    boxes: usize,
}

impl Walk {
    pub(super) fn new(range: &Range<u64>) -> Self {
        Self {
            at: range.start,
            end: range.end,
            boxes: 0,
        }
    }

    /// The next box. What is too short to be one ends the range: `QuickTime` lists have a zero there.
    pub(super) fn next<R: Read + Seek>(
        &mut self,
        source: &mut Source<R>,
    ) -> Result<Option<Found>, Stop> {
        let left = self.end.saturating_sub(self.at);
        if left < 8 {
            source.go_to(self.at)?;
            let rest = source.bytes(usize::try_from(left).expect("fewer than 8"))?;
            let is_end = rest.iter().all(|byte| *byte == 0);
            return is_end.then_some(None).ok_or(Stop::NotUnderstood);
        }
        self.boxes += 1;
        if self.boxes > BOXES_MAX {
            return Err(Stop::NotUnderstood);
        }
        let start = self.at;
        source.go_to(start)?;
        let size = u32::from_be_bytes(source.array()?);
        let kind = source.array()?;
        let end = match size {
            0 => self.end,
            1 => start
                .checked_add(u64::from_be_bytes(source.array()?))
                .ok_or(Stop::NotUnderstood)?,
            size => start + u64::from(size),
        };
        let content = source.position()..end;
        if end < content.start || end > self.end {
            return Err(Stop::NotUnderstood);
        }
        self.at = end;
        Ok(Some(Found {
            kind,
            start,
            content,
        }))
    }
}

impl Found {
    /// What is in it, if that is no more than `bytes_max`.
    pub(super) fn bytes<R: Read + Seek>(
        &self,
        source: &mut Source<R>,
        bytes_max: u64,
    ) -> Result<Vec<u8>, Stop> {
        let bytes = self.content.end - self.content.start;
        if bytes > bytes_max {
            return Err(Stop::NotUnderstood);
        }
        source.go_to(self.content.start)?;
        source.bytes(usize::try_from(bytes).map_err(|_| Stop::NotUnderstood)?)
    }

    /// What is in it, or the beginning of it.
    fn look<R: Read + Seek>(&self, source: &mut Source<R>) -> Result<Vec<u8>, Stop> {
        let looked_at = (self.content.end - self.content.start).min(LOOKED_AT_BYTES_MAX);
        source.go_to(self.content.start)?;
        source.bytes(usize::try_from(looked_at).expect("at most 1 MiB"))
    }

    /// Makes it a free one, with nothing in it. `what` it is, if nothing that it holds says more.
    pub(super) fn free<R: Read + Seek>(
        &self,
        source: &mut Source<R>,
        plan: &mut Plan,
        what: Taken,
    ) -> Result<(), Stop> {
        let bytes = self.look(source)?;
        if &self.kind == b"uuid" {
            note_xmp(plan, &bytes);
        } else {
            plan.note(what);
        }
        note_places(plan, &bytes);
        plan.replace(self.start + 4..self.start + 8, b"free".to_vec())?;
        plan.blank(self.content.clone(), 0)
    }

    /// A box that is free already: programs and cameras leave in it what they like.
    pub(super) fn empty<R: Read + Seek>(
        &self,
        source: &mut Source<R>,
        plan: &mut Plan,
    ) -> Result<(), Stop> {
        let bytes = self.look(source)?;
        if bytes.iter().any(|byte| *byte != 0) {
            plan.note(Taken::Metadata);
            note_places(plan, &bytes);
        }
        plan.blank(self.content.clone(), 0)
    }
}

fn note_places(plan: &mut Plan, bytes: &[u8]) {
    let has = |name: &&[u8]| memchr::memmem::find(bytes, name).is_some();
    if PLACES.iter().any(has) {
        plan.note(Taken::Location);
    }
    if PREVIEWS.iter().any(has) {
        plan.note(Taken::Thumbnail);
    }
}

/// Fields of a box, one after the other.
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Fields<'a> {
    /// The next so many bytes.
    pub(super) fn take(&mut self, bytes: usize) -> Result<&'a [u8], Stop> {
        let (taken, rest) = self.0.split_at_checked(bytes).ok_or(Stop::NotUnderstood)?;
        self.0 = rest;
        Ok(taken)
    }

    /// Passes over so many bytes.
    pub(super) fn skip(&mut self, bytes: usize) -> Result<(), Stop> {
        self.take(bytes).map(drop)
    }

    /// A number of 0, 2, 4 or 8 bytes, as the formats have them.
    pub(super) fn number(&mut self, bytes: u8) -> Result<u64, Stop> {
        if bytes > 8 {
            return Err(Stop::NotUnderstood);
        }
        let bytes = self.take(usize::from(bytes))?;
        Ok(bytes
            .iter()
            .fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// An item's number, in four bytes or in two.
    pub(super) fn id(&mut self, is_wide: bool) -> Result<u32, Stop> {
        let id = self.number(if is_wide { 4 } else { 2 })?;
        Ok(u32::try_from(id).expect("it has at most four bytes"))
    }

    /// A full box's version; its flags are passed over.
    pub(super) fn version(&mut self) -> Result<u8, Stop> {
        Ok(self.take(4)?[0])
    }

    /// Up to a zero byte.
    pub(super) fn text(&mut self) -> Option<&'a [u8]> {
        let end = memchr::memchr(0, self.0)?;
        let text = &self.0[..end];
        self.0 = &self.0[end + 1..];
        Some(text)
    }

    /// A box's type and what is in it.
    pub(super) fn next_box(&mut self) -> Result<([u8; 4], &'a [u8]), Stop> {
        let whole = self.0.len();
        let size = usize::try_from(self.number(4)?).map_err(|_| Stop::NotUnderstood)?;
        let kind = self.take(4)?.try_into().expect("four bytes");
        // Boxes of 64-bit size, or to the end, are not among those inside of `meta`.
        let content = size.checked_sub(8).filter(|_| size <= whole);
        Ok((kind, self.take(content.ok_or(Stop::NotUnderstood)?)?))
    }
}
