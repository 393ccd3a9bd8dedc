//! The text of PDF files, within limits: what a person would read on the pages, in the fields of a form and among the file's
//! properties. The objects are read by lopdf, on a thread of its own: a fault in it costs the text of one file, not the import. No
//! picture of text is read, and no font without a map to Unicode but those that are Unicode themselves.

mod beside;
mod font;
mod page;
mod unicode;

#[cfg(test)]
mod tests;

use std::thread;

use lopdf::{Document, LoadOptions};

/// A file. More is not read into memory.
pub const PDF_BYTES_MAX: usize = 64 << 20;
/// Pages of a file that are read.
pub const PAGES_MAX: usize = 2_000;
/// Text of a file, in bytes of UTF-8: some 20,000 pages of prose.
pub const TEXT_BYTES_MAX: usize = 16 << 20;
/// Any stream, unpacked. The contents of a page with a large drawing are some MiB.
const STREAM_BYTES_MAX: usize = 32 << 20;
/// All streams of a file that are read, unpacked.
const STREAMS_BYTES_MAX: usize = 256 << 20;
/// Objects of a file; with fewer than 32 bytes each, 64 MiB hold two million.
const OBJECTS_MAX: usize = 2_000_000;
/// The reader's and the walk's recursion is bounded; this is room enough for both.
const STACK_BYTES: usize = 16 << 20;

/// Stands before the text of some files.
const UTF8_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// Name of the thread on which files are read, by which a handler of faults may know it.
pub const THREAD_NAME: &str = "pdf";

/// Why there is no text, or not all of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PdfProblem {
    /// One of this module's limits.
    #[error("the PDF file is larger than what is read of one")]
    TooLarge,
    /// It opens with a password only.
    #[error("the PDF file is encrypted")]
    Encrypted,
    /// A page shows pictures and no text: what is written in them is not read.
    #[error("the PDF file has pages that are pictures")]
    Pictures,
    /// It cannot be read as PDF.
    #[error("the PDF file is damaged")]
    Damaged,
}

/// What a file says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PdfText {
    /// Lines of all pages that could be read.
    pub text: String,
    /// Why this is not all.
    pub problem: Option<PdfProblem>,
    /// Nothing that a PDF file is made of was found: it may be something else that only speaks of one.
    pub is_none: bool,
}

/// Whether a file says that it is PDF: within its first 1,024 bytes, as readers take it (ISO 32000-1, annex H.3.4.1).
#[must_use]
pub fn is_pdf(mark: &[u8]) -> bool {
    let mark = &mark[..mark.len().min(1_024)];
    memchr::memmem::find(mark, b"%PDF-").is_some()
}

/// Whether it says so at the beginning of a line, as a PDF file does; a letter about one has it within.
#[must_use]
pub fn begins_as_pdf(mark: &[u8]) -> bool {
    let mark = &mark[..mark.len().min(1_024)];
    memchr::memmem::find_iter(mark, b"%PDF-").any(|at| {
        let before = mark[..at].iter().rev();
        let mut before = before.take_while(|byte| !matches!(byte, b'\n' | b'\r'));
        before.all(|byte| byte.is_ascii_whitespace() || UTF8_MARK.contains(byte))
    })
}

/// Reads the text of a file.
#[must_use]
pub fn text(bytes: &[u8]) -> PdfText {
    if bytes.len() > PDF_BYTES_MAX {
        return PdfProblem::TooLarge.into();
    }
    let read = thread::scope(|scope| {
        let thread = thread::Builder::new()
            .name(THREAD_NAME.to_owned())
            .stack_size(STACK_BYTES);
        let spawned = thread.spawn_scoped(scope, || text_of(bytes));
        // A panic in the reader, of which it has had some, ends here.
        spawned.ok().and_then(|thread| thread.join().ok())
    });
    read.unwrap_or_else(PdfText::none)
}

fn text_of(bytes: &[u8]) -> PdfText {
    let options = LoadOptions::with_max_decompressed_size(STREAM_BYTES_MAX);
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(error) => {
            let problem = problem_of(&error);
            return PdfText {
                is_none: problem == PdfProblem::Damaged,
                ..problem.into()
            };
        }
    };
    // Files that only forbid printing open with the empty password, and then are no longer encrypted: but for those that say
    // how in the trailer itself, which the library does not open.
    if document.trailer.has(b"Encrypt") {
        return PdfProblem::Encrypted.into();
    }
    if document.objects.len() > OBJECTS_MAX {
        return PdfProblem::TooLarge.into();
    }
    let mut reader = page::Reader::new(&document);
    let mut found = PdfText::default();
    for (number, page) in document.page_iter().enumerate() {
        if number == PAGES_MAX {
            found.problem = Some(PdfProblem::TooLarge);
            break;
        }
        let read = reader.page(page, &mut found.text);
        let problem = read.err();
        found.problem = found.problem.or(problem);
        if problem == Some(PdfProblem::TooLarge) {
            break;
        }
    }
    if found.problem != Some(PdfProblem::TooLarge) {
        let problem = reader.beside_pages(&mut found.text).err();
        found.problem = problem.or(found.problem);
    }
    if found.text.is_empty() && document.page_iter().next().is_none() {
        return PdfText::none();
    }
    found
}

fn problem_of(error: &lopdf::Error) -> PdfProblem {
    use lopdf::{DecompressError, Error};
    match error {
        Error::Decryption(_) | Error::InvalidPassword | Error::UnsupportedSecurityHandler(_) => {
            PdfProblem::Encrypted
        }
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => PdfProblem::TooLarge,
        _ => PdfProblem::Damaged,
    }
}

impl From<PdfProblem> for PdfText {
    fn from(problem: PdfProblem) -> Self {
        Self {
            text: String::new(),
            problem: Some(problem),
            is_none: false,
        }
    }
}

impl PdfText {
    fn none() -> Self {
        Self {
            is_none: true,
            ..PdfProblem::Damaged.into()
        }
    }
}
