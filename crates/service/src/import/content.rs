//! What an attachment's file is, told by its bytes: pictures and films lose what tells more than they show, texts and PDF files are
//! scanned, and card security codes of texts are cut, all before the first byte is sealed. Everything else passes as it is.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::ops::Range;
use std::sync::Arc;

use wuhen_detect::{CUT_KINDS, Detector, Finding, Kind};
use wuhen_formats::image;
use wuhen_formats::pdf::{self, PdfProblem};
use wuhen_formats::text::{LOOK_BYTES, Text, blank};
use wuhen_keytree::stream;
use zeroize::Zeroizing;

use super::talk::Near;
use crate::attachment::{AttachmentCounts, Mark, ScanState};
use crate::told::{Told, is_in_doubt, is_text_after_all, may_be_pdf, scan_readings, told};

/// Text of one file that is scanned: a chat of a hundred thousand messages. What stands behind it passes unread.
const TEXT_BYTES_MAX: u64 = 16 << 20;

/// What is to be sealed of a file, and what is known about it.
pub(super) struct Inspected {
    pub(super) content: Box<dyn Read>,
    pub(super) what: What,
    /// What a picture lost, by name.
    pub(super) stripped: Vec<String>,
    pub(super) not_understood: bool,
    /// Of a kind that is not known here.
    pub(super) not_looked_into: bool,
    /// Card security codes were found in it, and cannot be cut out of a file of its kind.
    pub(super) codes_left: bool,
    pub(super) scan: Option<ScanState>,
    pub(super) findings: BTreeMap<String, u64>,
}

/// What a file is, as far as it matters here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum What {
    Picture,
    /// Shows no document that somebody asked for, whatever its sender calls it.
    Film,
    Pdf,
    Other,
}

/// Looks at one file after another, and counts.
pub(super) struct Inspector {
    pub(super) counts: AttachmentCounts,
    detector: Arc<Detector>,
    findings: Vec<Finding>,
}

impl Inspector {
    pub(super) fn new(detector: Arc<Detector>) -> Self {
        Self {
            counts: AttachmentCounts::default(),
            detector,
            findings: Vec::new(),
        }
    }

    /// Looks at a file from its beginning.
    pub(super) fn open(&mut self, mut file: File) -> io::Result<Inspected> {
        let mut look = Zeroizing::new(Vec::with_capacity(LOOK_BYTES));
        let look_bytes = LOOK_BYTES as u64;
        file.by_ref().take(look_bytes).read_to_end(&mut look)?;
        file.seek(SeekFrom::Start(0))?;
        match told(&look) {
            Told::Picture => self.picture(file, What::Picture),
            Told::Film => self.picture(file, What::Film),
            Told::Pdf => self.pdf(file, false),
            Told::PdfOrText => self.pdf(file, true),
            Told::Text => self.text(file),
            Told::Other => Ok(self.other(buffered(file))),
        }
    }

    fn other(&mut self, content: impl Read + 'static) -> Inspected {
        self.counts.not_looked_into += 1;
        let mut inspected = Inspected::as_it_is(content, What::Other);
        inspected.not_looked_into = true;
        inspected
    }

    fn picture(&mut self, file: File, what: What) -> io::Result<Inspected> {
        let stripped = image::strip(buffered(file))?;
        let report = stripped.report();
        let mut inspected = Inspected::as_it_is(stripped, what);
        for taken in report.taken() {
            *self.counts.stripped.entry(taken.as_str()).or_default() += 1;
            inspected.stripped.push(taken.as_str().to_owned());
        }
        inspected.not_understood = report.not_understood;
        self.counts.not_understood += u64::from(report.not_understood);
        Ok(inspected)
    }

    fn pdf(&mut self, mut file: File, is_printable: bool) -> io::Result<Inspected> {
        let (bytes, is_whole) = read_up_to(&mut file, pdf::PDF_BYTES_MAX as u64)?;
        if !is_whole && is_printable {
            file.seek(SeekFrom::Start(0))?;
            return self.text(file);
        }
        if !is_whole {
            let content = Cursor::new(bytes).chain(buffered(file));
            let mut inspected = Inspected::as_it_is(content, What::Pdf);
            self.scanned(&mut inspected, ScanState::TooLarge);
            return Ok(inspected);
        }
        let read = pdf::text(&bytes);
        if is_printable && is_text_after_all(&bytes, &read) {
            file.seek(SeekFrom::Start(0))?;
            return self.text(file);
        }
        let text = Zeroizing::new(read.text);
        self.detector.scan(&text, &mut self.findings);
        let mut inspected = Inspected::as_it_is(Cursor::new(bytes), What::Pdf);
        for found in self.findings.drain(..) {
            inspected.codes_left |= CUT_KINDS.contains(found.kind);
            inspected.found(found.kind);
        }
        self.counts.codes_in_documents += u64::from(inspected.codes_left);
        self.scanned(
            &mut inspected,
            match read.problem {
                None => ScanState::Done,
                Some(PdfProblem::TooLarge) => ScanState::TooLarge,
                Some(PdfProblem::Encrypted) => ScanState::Encrypted,
                Some(PdfProblem::Damaged) => ScanState::Damaged,
                Some(PdfProblem::Pictures) => ScanState::Pictures,
            },
        );
        Ok(inspected)
    }

    fn text(&mut self, mut file: File) -> io::Result<Inspected> {
        let (mut bytes, is_whole) = read_up_to(&mut file, TEXT_BYTES_MAX)?;
        let Some(readings) = Text::readings(&bytes, !is_whole) else {
            let content = Cursor::new(bytes).chain(buffered(file));
            return Ok(self.other(content));
        };
        let said = scan_readings(&readings, &self.detector);
        let may_be_pdf = may_be_pdf(&bytes);
        let is_known = readings.is_sound && !is_in_doubt(&said) && !may_be_pdf;
        let encodings: Vec<_> = readings.texts.iter().map(Text::encoding).collect();
        drop(readings);
        // What is found is what the likeliest reading says, but a code goes whichever has it.
        let is_code = |(_, kind): &&(Range<usize>, Kind)| CUT_KINDS.contains(*kind);
        let has_codes = said.iter().flatten().any(|found| is_code(&found));
        self.counts.codes_cut += u64::from(has_codes);
        for (encoding, said) in encodings.into_iter().zip(&said) {
            for (place, _) in said.iter().filter(is_code) {
                blank(encoding, &mut bytes[place.clone()]);
            }
        }
        let content = Cursor::new(bytes).chain(buffered(file));
        let what = if may_be_pdf { What::Pdf } else { What::Other };
        let mut inspected = Inspected::as_it_is(content, what);
        for (_, kind) in said.first().into_iter().flatten() {
            inspected.found(*kind);
        }
        if has_codes {
            let code = Kind::CardSecurityCode.as_str().to_owned();
            inspected.findings.entry(code).or_insert(1);
        }
        let state = match (is_whole, is_known) {
            (false, _) => ScanState::TooLarge,
            (true, true) => ScanState::Done,
            (true, false) => ScanState::Damaged,
        };
        self.scanned(&mut inspected, state);
        Ok(inspected)
    }

    fn scanned(&mut self, inspected: &mut Inspected, state: ScanState) {
        inspected.scan = Some(state);
        *self.counts.scanned.entry(state).or_default() += 1;
        self.counts.with_findings += u64::from(!inspected.findings.is_empty());
    }

    /// What an attachment shows, by what was said around it and by its name.
    pub(super) fn mark(
        &mut self,
        what: What,
        near: Near,
        names: [Option<&str>; 2],
        media_type: Option<&str>,
    ) -> Option<Mark> {
        // A picture of a kind that is not known here is told by what its sender calls it.
        let says_picture = |media: &str| {
            let kind = media.get(..6);
            kind.is_some_and(|kind| kind.eq_ignore_ascii_case("image/"))
        };
        let is_picture =
            what == What::Picture || what == What::Other && media_type.is_some_and(says_picture);
        let is_named = || {
            names
                .into_iter()
                .flatten()
                .any(wuhen_detect::speaks_of_identity)
        };
        let shows = match near {
            Near::Same => is_picture || what == What::Pdf,
            // An invoice that happens to follow is no document.
            Near::Before if is_picture => true,
            _ => (is_picture || what == What::Pdf) && is_named(),
        };
        self.counts.identity_documents += u64::from(shows);
        shows.then_some(Mark::IdentityDocument)
    }
}

impl Inspected {
    fn as_it_is(content: impl Read + 'static, what: What) -> Self {
        Self {
            content: Box::new(content),
            what,
            stripped: Vec::new(),
            not_understood: false,
            not_looked_into: false,
            codes_left: false,
            scan: None,
            findings: BTreeMap::new(),
        }
    }

    fn found(&mut self, kind: Kind) {
        *self.findings.entry(kind.as_str().to_owned()).or_default() += 1;
    }
}

fn buffered(file: File) -> BufReader<File> {
    BufReader::with_capacity(stream::SEGMENT_BYTES, file)
}

/// The first bytes of a file, and whether those are all.
fn read_up_to(file: &mut File, bytes_max: u64) -> io::Result<(Zeroizing<Vec<u8>>, bool)> {
    let length = file.metadata()?.len().min(bytes_max);
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1));
    file.by_ref().take(bytes_max).read_to_end(&mut bytes)?;
    let mut next = [0];
    let is_whole = file.read(&mut next)? == 0;
    if !is_whole {
        file.seek(SeekFrom::Current(-1))?;
    }
    Ok((bytes, is_whole))
}
