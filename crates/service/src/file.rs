//! An attachment's file as it lies sealed, and what it is by its bytes: a text that can be read and rewritten in its own encoding,
//! a PDF file, or something else.

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::Range;

use wuhen_detect::{Detector, Finding, Kind, KindSet, Style, redact};
use wuhen_formats::pdf::{self, PDF_BYTES_MAX};
use wuhen_formats::text::{LOOK_BYTES, Text, encode};
use wuhen_keytree::context::ItemKind;
use wuhen_keytree::item::ItemContext;
use wuhen_keytree::{Key, stream};
use wuhen_store::ItemRow;
use wuhen_store::blobs::ReadSeek;
use zeroize::{Zeroize as _, Zeroizing};

use crate::Service;
use crate::error::ServiceError;
use crate::keys::item_context;
use crate::open::damaged;
use crate::read::OpenedOwner;
use crate::told::{Told, is_in_doubt, is_text_after_all, may_be_pdf, scan_readings, told};

/// A longer text is not read: as at the door.
const TEXT_BYTES_MAX: u64 = 16 << 20;
/// Passes over one text, at most.
const PASSES_MAX: usize = 16;

/// A sealed file with its key.
pub(crate) struct SealedFile {
    leaf: Key,
    context: ItemContext,
    reader: Box<dyn ReadSeek>,
    bytes: u64,
}

/// What a file is.
pub(crate) enum Content {
    /// A text that was read to its end.
    Text(Zeroizing<Vec<u8>>),
    /// A text of which a part cannot be read: it is too long, has bytes that are no characters, or says something else in another
    /// encoding, and it cannot be told which is meant.
    HalfText,
    /// A PDF file.
    Pdf,
    /// Pictures and everything else.
    Other,
}

impl Service {
    /// The file of an attachment; `bytes` is its length, as its header says.
    pub(crate) fn open_file(
        &self,
        owner: &mut OpenedOwner,
        row: &ItemRow,
        bytes: u64,
    ) -> Result<SealedFile, ServiceError> {
        self.open_file_if_there(owner, row, bytes)?
            .ok_or_else(|| damaged("an attachment's file is missing"))
    }

    /// The same. None: the file is lost.
    pub(crate) fn open_file_if_there(
        &self,
        owner: &mut OpenedOwner,
        row: &ItemRow,
        bytes: u64,
    ) -> Result<Option<SealedFile>, ServiceError> {
        let node = owner.node();
        let blobs = self.store.blobs_of(self.tenant, node)?;
        let blob = blobs.into_iter().find(|blob| blob.item == row.item);
        let blob = blob.ok_or_else(|| damaged("an attachment has no file"))?;
        let Some(reader) = self.store.blobs().open(&blob.name)? else {
            return Ok(None);
        };
        Ok(Some(SealedFile {
            leaf: owner.leaf(row.item)?,
            context: item_context(self.tenant_id, node, row.item, ItemKind::AttachmentBlob),
            reader,
            bytes,
        }))
    }
}

impl SealedFile {
    /// Writes all of it. How many bytes that were.
    pub(crate) fn copy_to(&mut self, out: &mut dyn Write) -> Result<u64, ServiceError> {
        self.reader.rewind().map_err(io)?;
        stream::open(&self.leaf, &self.context, &mut self.reader, out).map_err(stream_error)
    }

    /// What it is. A text comes with its bytes.
    pub(crate) fn content(&mut self, detector: &Detector) -> Result<Content, ServiceError> {
        let look = self.first(LOOK_BYTES as u64)?;
        match told(&look) {
            Told::Picture | Told::Film | Told::Other => return Ok(Content::Other),
            Told::Pdf => return Ok(Content::Pdf),
            Told::PdfOrText if self.bytes <= PDF_BYTES_MAX as u64 => {
                let whole = self.first(PDF_BYTES_MAX as u64)?;
                let mut read = pdf::text(&whole);
                read.text.zeroize();
                if !is_text_after_all(&whole, &read) {
                    return Ok(Content::Pdf);
                }
            }
            Told::PdfOrText | Told::Text => {}
        }
        if self.bytes > TEXT_BYTES_MAX || may_be_pdf(&look) {
            return Ok(Content::HalfText);
        }
        let whole = self.first(TEXT_BYTES_MAX)?;
        let Some(readings) = Text::readings(&whole, false) else {
            return Ok(Content::Other);
        };
        let is_known = readings.is_sound
            && (readings.texts.len() == 1 || !is_in_doubt(&scan_readings(&readings, detector)));
        drop(readings);
        Ok(if is_known {
            Content::Text(whole)
        } else {
            Content::HalfText
        })
    }

    fn first(&mut self, bytes: u64) -> Result<Zeroizing<Vec<u8>>, ServiceError> {
        let mut first = Zeroizing::new(Vec::new());
        stream::open_range(
            &self.leaf,
            &self.context,
            &mut *self.reader,
            0,
            bytes,
            &mut *first,
        )
        .map_err(stream_error)?;
        Ok(first)
    }

    /// A reader of all of it, for who seals it anew.
    pub(crate) fn into_pipe(mut self) -> Result<Piped, ServiceError> {
        let (reader, mut writer) = std::io::pipe().map_err(io)?;
        let thread = std::thread::spawn(move || self.copy_to(&mut writer).map(drop));
        Ok(Piped { reader, thread })
    }
}

/// A file that is opened on a thread while it is read here, in constant memory.
pub(crate) struct Piped {
    reader: std::io::PipeReader,
    thread: std::thread::JoinHandle<Result<(), ServiceError>>,
}

impl Piped {
    /// Once everything was read: whether that was all of the file.
    pub(crate) fn finish(self) -> Result<(), ServiceError> {
        // Before the thread is waited for: it may wait for a reader that stopped early.
        drop(self.reader);
        self.thread
            .join()
            .unwrap_or_else(|_| Err(damaged("an attachment's reader stopped")))
    }
}

impl std::io::Read for Piped {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        self.reader.read(bytes)
    }
}

/// The likeliest reading of a file that is read to its end: [`Content::Text`] has nothing in another that is not in this one.
pub(crate) fn text_of(bytes: &[u8]) -> Option<Text<'_>> {
    Text::readings(bytes, false)?.texts.into_iter().next()
}

/// A text file with other words in some places of its text, in its own encoding. The spans are in order, none overlapping.
pub(crate) fn with_replaced(
    bytes: &[u8],
    text: &Text<'_>,
    replaced: &[(Range<usize>, String)],
) -> Zeroizing<Vec<u8>> {
    let ranges: Vec<Range<usize>> = replaced.iter().map(|(range, _)| range.clone()).collect();
    let mut new = Zeroizing::new(Vec::with_capacity(bytes.len()));
    let mut at = 0;
    for (place, (_, words)) in text.places(&ranges).into_iter().zip(replaced) {
        new.extend_from_slice(&bytes[at..place.start]);
        new.extend_from_slice(&encode(text.encoding(), words));
        at = place.end;
    }
    new.extend_from_slice(&bytes[at..]);
    new
}

/// A text file without what is looked for, and what was found is added to `found`. None: there is nothing to cut. What one pass
/// takes away can bring out what was hidden beside it.
pub(crate) fn cut_text(
    bytes: &[u8],
    detector: &Detector,
    (kinds, style): (KindSet, Style),
    found: &mut Vec<Kind>,
) -> Option<Zeroizing<Vec<u8>>> {
    let mut cut: Option<Zeroizing<Vec<u8>>> = None;
    let mut findings = Vec::new();
    for _ in 0..PASSES_MAX {
        let before = cut.as_ref().map_or(bytes, |cut| cut.as_slice());
        let text = text_of(before)?;
        detector.scan(text.as_str(), &mut findings);
        let replaced: Vec<(Range<usize>, String)> = findings
            .iter()
            .filter(|found| kinds.contains(found.kind))
            .filter_map(|found| {
                let words = &text.as_str()[found.range()];
                let alone = Finding {
                    start: 0,
                    end: words.len(),
                    ..*found
                };
                let new = redact(words, &[alone], style).into_owned();
                (new != words).then(|| (found.range(), new))
            })
            .collect();
        if replaced.is_empty() {
            break;
        }
        let is_cut = |found: &&Finding| replaced.iter().any(|(range, _)| *range == found.range());
        found.extend(findings.iter().filter(is_cut).map(|found| found.kind));
        cut = Some(with_replaced(before, &text, &replaced));
    }
    cut
}

/// How many of each kind a text file has, as its header says it.
pub(crate) fn found_in_text(bytes: &[u8], detector: &Detector) -> BTreeMap<String, u64> {
    let mut findings = Vec::new();
    if let Some(text) = text_of(bytes) {
        detector.scan(text.as_str(), &mut findings);
    }
    let mut counts = BTreeMap::new();
    for found in findings {
        *counts.entry(found.kind.as_str().to_owned()).or_default() += 1;
    }
    counts
}

fn stream_error(error: stream::StreamError) -> ServiceError {
    match error {
        stream::StreamError::Io(source) => io(source),
        stream::StreamError::Open(source) => ServiceError::Sealed {
            what: "an attachment",
            source,
        },
    }
}

fn io(source: std::io::Error) -> ServiceError {
    ServiceError::Io {
        path: "the attachment".to_owned(),
        source,
    }
}
