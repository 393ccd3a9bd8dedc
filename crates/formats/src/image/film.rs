//! Films: MP4, `QuickTime`, 3GPP. What says where, when and by whom they were taken is overwritten in place, and so are tracks that
//! are neither seen nor heard, with their samples: cameras write the way that they went there. Frames and sound stay as they are.

use std::io::{Read, Seek};
use std::ops::Range;

use super::Taken;
use super::boxes::{Fields, Found, Walk};
use super::plan::Plan;
use super::source::{Source, Stop};

/// Boxes of a file that players read. All others are for their maker.
const KEPT: [&[u8; 4]; 9] = [
    b"ftyp", b"moov", b"mdat", b"pdin", b"styp", b"sidx", b"ssix", b"moof", b"mfra",
];
/// Boxes of a movie that players read.
const KEPT_OF_MOVIE: [&[u8; 4]; 8] = [
    b"mvhd", b"trak", b"mvex", b"iods", b"pssh", b"clip", b"ctab", b"rmra",
];
/// Boxes of a track that players read.
const KEPT_OF_TRACK: [&[u8; 4]; 12] = [
    b"tkhd", b"tapt", b"edts", b"tref", b"mdia", b"load", b"clip", b"matt", b"imap", b"trgr",
    b"txas", b"strk",
];
/// Boxes of a track's media that players read.
const KEPT_OF_MEDIA: [&[u8; 4]; 4] = [b"mdhd", b"hdlr", b"minf", b"elng"];
/// Boxes without content.
const FREE: [&[u8; 4]; 3] = [b"free", b"skip", b"wide"];

/// What tracks are that are seen or heard: pictures, sound, subtitles, chapters, time codes. Telemetry is another.
const KEPT_TRACKS: [&[u8; 4]; 10] = [
    b"vide", b"soun", b"pict", b"auxv", b"text", b"sbtl", b"subt", b"clcp", b"tmcd", b"hint",
];

/// A track's table of samples or chunks: two million.
pub(super) const TABLE_BYTES_MAX: u64 = 8 << 20;

/// Whether a file begins as a film does. Pictures of the same family were recognised before.
pub(super) fn is_film(mark: &[u8]) -> bool {
    let Some((size, kind)) = mark.split_first_chunk::<4>().and_then(|(size, rest)| {
        let kind: &[u8; 4] = rest.first_chunk()?;
        Some((size, kind))
    }) else {
        return false;
    };
    match kind {
        b"ftyp" => true,
        // QuickTime before there was `ftyp`. A text does not begin with such a size.
        b"moov" | b"mdat" => size[0] < 9,
        b"free" | b"skip" | b"wide" | b"pnot" => size[..2] == [0, 0],
        _ => false,
    }
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
    if is_raw(source, &found)? {
        return Err(Stop::NotUnderstood);
    }
    let mut film = Film::of(&found);
    for one in &found {
        match &one.kind {
            b"moov" => film.movie(source, one, plan)?,
            // The hour of the day at which each fragment was taken.
            b"prft" => one.free(source, plan, Taken::Metadata)?,
            kind if FREE.contains(&kind) => one.empty(source, plan)?,
            kind if KEPT.contains(&kind) => {}
            _ => one.free(source, plan, Taken::Trailing)?,
        }
    }
    film.end(source, plan)?;
    walked?;
    if film.has_movie {
        film.whole()
    } else {
        Err(Stop::NotUnderstood)
    }
}

/// Canon's raw pictures are kept in the boxes of a film: their pixels cannot be read without what is metadata elsewhere.
fn is_raw<R: Read + Seek>(source: &mut Source<R>, found: &[Found]) -> Result<bool, Stop> {
    let Some(first) = found.first().filter(|first| &first.kind == b"ftyp") else {
        return Ok(false);
    };
    source.go_to(first.content.start)?;
    Ok(first.content.end - first.content.start >= 4 && &source.array::<4>()? == b"crx ")
}

/// What is known of a film while its movie is looked through.
pub(super) struct Film {
    /// Where samples lie.
    data: Vec<Range<u64>>,
    /// Further samples are told of outside of the movie.
    is_in_pieces: bool,
    has_movie: bool,
    /// The media of tracks that went.
    gone: Vec<Found>,
    /// Something may be left in it.
    is_left: bool,
}

impl Film {
    /// By the boxes of its file.
    pub(super) fn of(found: &[Found]) -> Self {
        let data = found.iter().filter(|one| &one.kind == b"mdat");
        Self {
            data: data.map(|one| one.content.clone()).collect(),
            is_in_pieces: found.iter().any(|one| &one.kind == b"moof"),
            has_movie: false,
            gone: Vec::new(),
            is_left: false,
        }
    }

    /// What cannot be read does not save what stands behind it.
    pub(super) fn go_on(&mut self, done: Result<(), Stop>) -> Result<(), Stop> {
        match done {
            Err(Stop::NotUnderstood) => {
                self.is_left = true;
                Ok(())
            }
            done => done,
        }
    }

    /// A box `moov`. What is left in it is noted.
    pub(super) fn movie<R: Read + Seek>(
        &mut self,
        source: &mut Source<R>,
        movie: &Found,
        plan: &mut Plan,
    ) -> Result<(), Stop> {
        self.has_movie = true;
        let done = self.boxes_of_movie(source, movie, plan);
        self.go_on(done)
    }

    fn boxes_of_movie<R: Read + Seek>(
        &mut self,
        source: &mut Source<R>,
        movie: &Found,
        plan: &mut Plan,
    ) -> Result<(), Stop> {
        let mut walk = Walk::new(&movie.content);
        while let Some(one) = walk.next(source)? {
            match &one.kind {
                b"mvhd" => {
                    let done = times(source, &one, plan);
                    self.go_on(done)?;
                }
                b"trak" => {
                    let done = self.track(source, &one, plan);
                    self.go_on(done)?;
                }
                // The movie is compressed in it.
                b"cmov" => return Err(Stop::NotUnderstood),
                // The hour of the day at which each fragment was taken.
                b"prft" => one.free(source, plan, Taken::Metadata)?,
                kind if FREE.contains(&kind) => one.empty(source, plan)?,
                kind if KEPT_OF_MOVIE.contains(&kind) => {}
                kind => {
                    // Where cars' cameras say which bytes between the frames are places.
                    self.is_left |= kind == b"gps ";
                    one.free(source, plan, Taken::Metadata)?;
                }
            }
        }
        Ok(())
    }

    fn track<R: Read + Seek>(
        &mut self,
        source: &mut Source<R>,
        track: &Found,
        plan: &mut Plan,
    ) -> Result<(), Stop> {
        let media = child(source, track, *b"mdia")?;
        let handler = match &media {
            Some(media) => child(source, media, *b"hdlr")?,
            None => None,
        };
        let (Some(media), Some(handler)) = (media, handler) else {
            return Err(Stop::NotUnderstood);
        };
        source.go_to(handler.content.start)?;
        // Version and flags, the component's type in QuickTime; then what the track is.
        source.skip(8)?;
        if !KEPT_TRACKS.contains(&&source.array()?) {
            self.is_left |= self.is_in_pieces;
            self.gone.push(media);
            return track.free(source, plan, Taken::Metadata);
        }
        let mut walk = Walk::new(&track.content);
        while let Some(one) = walk.next(source)? {
            match &one.kind {
                b"tkhd" => times(source, &one, plan)?,
                // The hour of the day at which each fragment was taken.
                b"prft" => one.free(source, plan, Taken::Metadata)?,
                kind if FREE.contains(&kind) => one.empty(source, plan)?,
                kind if KEPT_OF_TRACK.contains(&kind) => {}
                _ => one.free(source, plan, Taken::Metadata)?,
            }
        }
        let mut walk = Walk::new(&media.content);
        while let Some(one) = walk.next(source)? {
            match &one.kind {
                b"mdhd" => times(source, &one, plan)?,
                // The hour of the day at which each fragment was taken.
                b"prft" => one.free(source, plan, Taken::Metadata)?,
                kind if FREE.contains(&kind) => one.empty(source, plan)?,
                kind if KEPT_OF_MEDIA.contains(&kind) => {}
                _ => one.free(source, plan, Taken::Metadata)?,
            }
        }
        Ok(())
    }

    /// Whether nothing is left in it.
    pub(super) fn whole(&self) -> Result<(), Stop> {
        if self.is_left {
            Err(Stop::NotUnderstood)
        } else {
            Ok(())
        }
    }

    /// Overwrites the samples of tracks that went. Last of all, for there may be more of them than a plan holds.
    pub(super) fn end<R: Read + Seek>(
        &mut self,
        source: &mut Source<R>,
        plan: &mut Plan,
    ) -> Result<(), Stop> {
        for media in std::mem::take(&mut self.gone) {
            let done = self.blank_samples(source, &media, plan);
            self.go_on(done)?;
        }
        Ok(())
    }

    /// Overwrites all samples of a track's media.
    fn blank_samples<R: Read + Seek>(
        &self,
        source: &mut Source<R>,
        media: &Found,
        plan: &mut Plan,
    ) -> Result<(), Stop> {
        let information = child(source, media, *b"minf")?.ok_or(Stop::NotUnderstood)?;
        let tables = child(source, &information, *b"stbl")?.ok_or(Stop::NotUnderstood)?;
        let mut table = |kind| {
            let table = child(source, &tables, kind)?;
            table
                .map(|table| table.bytes(source, TABLE_BYTES_MAX))
                .transpose()
        };
        let (sizes, runs) = (table(*b"stsz")?, table(*b"stsc")?);
        let (near, far) = (table(*b"stco")?, table(*b"co64")?);
        let (Some(sizes), Some(runs)) = (sizes, runs) else {
            return Err(Stop::NotUnderstood);
        };
        let offsets = match (&near, &far) {
            (Some(near), None) => offsets(near, 4)?,
            (None, Some(far)) => offsets(far, 8)?,
            _ => return Err(Stop::NotUnderstood),
        };
        for range in chunks(&offsets, &sizes, &runs)? {
            let behind = self.data.partition_point(|data| data.start <= range.start);
            let data = behind.checked_sub(1).map(|at| &self.data[at]);
            if data.is_none_or(|data| data.end < range.end) {
                return Err(Stop::NotUnderstood);
            }
            plan.blank(range, 0)?;
        }
        Ok(())
    }
}

/// The first box of a kind in another.
fn child<R: Read + Seek>(
    source: &mut Source<R>,
    parent: &Found,
    kind: [u8; 4],
) -> Result<Option<Found>, Stop> {
    let mut walk = Walk::new(&parent.content);
    while let Some(one) = walk.next(source)? {
        if one.kind == kind {
            return Ok(Some(one));
        }
    }
    Ok(None)
}

/// When it was made and changed: seconds since 1904, of 4 or 8 bytes by the box's version. 0 is: not known.
fn times<R: Read + Seek>(
    source: &mut Source<R>,
    header: &Found,
    plan: &mut Plan,
) -> Result<(), Stop> {
    source.go_to(header.content.start)?;
    let [version, _, _, _] = source.array::<4>()?;
    let bytes = if version == 0 { 8 } else { 16 };
    let start = header.content.start + 4;
    if start + bytes > header.content.end {
        return Err(Stop::NotUnderstood);
    }
    let times = source.bytes(usize::try_from(bytes).expect("at most 16"))?;
    if times.iter().any(|byte| *byte != 0) {
        plan.note(Taken::Metadata);
        plan.blank(start..start + bytes, 0)?;
    }
    Ok(())
}

/// Where chunks begin (ISO/IEC 14496-12, 8.7.5).
fn offsets(table: &[u8], bytes: u8) -> Result<Vec<u64>, Stop> {
    let mut fields = Fields(table);
    fields.version()?;
    let count = fields.number(4)?;
    (0..count).map(|_| fields.number(bytes)).collect()
}

/// The bytes of chunks that follow each other in the file as one range. `sizes` of samples (8.7.3.2), and `runs` of chunks with
/// as many samples each (8.7.4).
fn chunks(offsets: &[u64], sizes: &[u8], runs: &[u8]) -> Result<Vec<Range<u64>>, Stop> {
    let mut sizes = Fields(sizes);
    sizes.version()?;
    let (same, mut left) = (sizes.number(4)?, sizes.number(4)?);
    let mut runs = Fields(runs);
    runs.version()?;
    let mut runs_left = runs.number(4)?;
    let (mut samples, mut next_run) = (0, None);
    let mut ranges: Vec<Range<u64>> = Vec::new();
    for (chunk, offset) in (1..).zip(offsets) {
        while next_run.is_none_or(|(first, _)| first <= chunk) {
            samples = next_run.take().map_or(samples, |(_, samples)| samples);
            if runs_left == 0 {
                next_run = Some((u64::MAX, 0));
                break;
            }
            runs_left -= 1;
            next_run = Some((runs.number(4)?, runs.number(4)?));
            // Which description of samples.
            runs.skip(4)?;
        }
        if samples > left {
            return Err(Stop::NotUnderstood);
        }
        left -= samples;
        let mut bytes: u64 = same * samples;
        if same == 0 {
            for _ in 0..samples {
                bytes += sizes.number(4)?;
            }
        }
        let end = offset.checked_add(bytes).ok_or(Stop::NotUnderstood)?;
        match ranges.last_mut() {
            Some(last) if last.end == *offset => last.end = end,
            _ => ranges.push(*offset..end),
        }
    }
    // A sample that no chunk holds is somewhere, and nobody says where.
    if left > 0 {
        return Err(Stop::NotUnderstood);
    }
    Ok(ranges)
}
