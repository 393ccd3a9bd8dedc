//! Where an import's bytes come from: a file or standard input, compressed or not. What leaves here
//! is UTF-8 or GB18030 in lines; UTF-16, whose line ends look different, is converted.

use std::error::Error;
use std::fs::{File, Metadata};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{UTF_16BE, UTF_16LE};
use flate2::read::MultiGzDecoder;

use crate::error::{FormatError, Problem};
use crate::text::{TextEncoding, utf16_without_mark};

mod utf16;

use utf16::{NotUtf16, Utf16Reader};

const GZIP_MAGIC: &[u8] = &[0x1f, 0x8b];
const ZSTD_MAGIC: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
const UTF8_BOM: &[u8] = &[0xef, 0xbb, 0xbf];

/// Long enough for every mark above.
const MARK_BYTES_MIN: usize = 4;
/// What is looked at to tell UTF-16 without a mark: of a pipe, what comes with the first bytes, so that nobody waits for more.
const MARK_BYTES: usize = 4 << 10;

/// An opened import, before its lines are looked at.
pub struct Source {
    /// As the caller named it; what errors say.
    pub name: String,
    /// The folder that attachments are relative to; none for standard input.
    pub folder: Option<PathBuf>,
    /// The size of the file as it lies on the disk, for a progress bar.
    pub bytes_total: Option<u64>,
    bytes_read: Arc<AtomicU64>,
    compressed: bool,
    /// The kind of UTF-16 that is converted.
    utf16: Option<TextEncoding>,
    /// The byte order mark that the text begins with, as it lies there.
    mark: Vec<u8>,
    reader: Box<dyn Read + Send>,
}

impl Source {
    /// Opens a file, or standard input for `-`. Compression and encoding are told by content.
    ///
    /// # Errors
    ///
    /// When it cannot be opened, or its first bytes cannot be read.
    pub fn open(path: &Path) -> Result<Self, FormatError> {
        if path == Path::new("-") {
            return Self::from_reader("standard input", io::stdin());
        }
        let name = path.display().to_string();
        let file = File::open(path).map_err(|error| FormatError {
            file: name.clone(),
            line: 0,
            problem: Problem::Io(error),
        })?;
        // A pipe has no size worth showing.
        let bytes_total = file
            .metadata()
            .ok()
            .filter(Metadata::is_file)
            .map(|file| file.len());
        let folder = path.parent().map(|folder| {
            // The parent of a bare file name is empty, which means the current folder.
            if folder.as_os_str().is_empty() {
                PathBuf::from(".")
            } else {
                folder.to_owned()
            }
        });
        Ok(Self {
            folder,
            bytes_total,
            ..Self::from_reader(&name, file)?
        })
    }

    /// Takes bytes from anywhere; `name` is what errors say.
    ///
    /// # Errors
    ///
    /// When the first bytes cannot be read.
    pub fn from_reader(
        name: &str,
        reader: impl Read + Send + 'static,
    ) -> Result<Self, FormatError> {
        let bytes_read = Arc::new(AtomicU64::new(0));
        let counted = Counted {
            inner: reader,
            bytes_read: Arc::clone(&bytes_read),
        };
        let mut source = Self {
            name: name.to_owned(),
            folder: None,
            bytes_total: None,
            bytes_read,
            compressed: false,
            utf16: None,
            mark: Vec::new(),
            reader: Box::new(counted),
        };
        match source.unpack().and_then(|()| source.convert()) {
            Ok(()) => Ok(source),
            Err(error) => Err(FormatError {
                file: name.to_owned(),
                line: 0,
                problem: source.problem(error),
            }),
        }
    }

    /// How much of the file was taken from the disk so far.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read.load(Ordering::Relaxed)
    }

    /// The kind of UTF-16 that the text lies there in; what is read is UTF-8.
    pub(crate) fn utf16(&self) -> Option<TextEncoding> {
        self.utf16
    }

    /// The byte order mark that the text begins with; mostly none.
    #[must_use]
    pub fn mark(&self) -> &[u8] {
        &self.mark
    }

    pub(crate) fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.reader.read(bytes) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => return result,
            }
        }
    }

    /// What an error of [`Source::read`] means.
    pub(crate) fn problem(&self, error: io::Error) -> Problem {
        if error
            .get_ref()
            .is_some_and(<dyn Error + Send + Sync>::is::<NotUtf16>)
        {
            Problem::Utf16
        } else if !self.compressed || error.raw_os_error().is_some() {
            Problem::Io(error)
        } else if error.kind() == io::ErrorKind::UnexpectedEof {
            Problem::CompressedDataCut
        } else {
            Problem::CompressedDataDamaged(error)
        }
    }

    fn unpack(&mut self) -> io::Result<()> {
        let mark = self.take_mark()?;
        self.compressed = mark.starts_with(GZIP_MAGIC) || mark.starts_with(ZSTD_MAGIC);
        self.wrap(|reader| {
            let whole = Cursor::new(mark.clone()).chain(reader);
            Ok(if mark.starts_with(GZIP_MAGIC) {
                Box::new(MultiGzDecoder::new(whole))
            } else if mark.starts_with(ZSTD_MAGIC) {
                Box::new(zstd::Decoder::new(whole)?)
            } else {
                Box::new(whole)
            })
        })
    }

    fn convert(&mut self) -> io::Result<()> {
        let mark = self.take_mark()?;
        let (encoding, bom_bytes) = recognise(&mark);
        self.mark = mark[..bom_bytes].to_vec();
        self.utf16 = encoding;
        let encoding = encoding.map(|encoding| match encoding {
            TextEncoding::Utf16Be => UTF_16BE,
            _ => UTF_16LE,
        });
        self.wrap(|reader| {
            let rest = Cursor::new(mark[bom_bytes..].to_vec()).chain(reader);
            Ok(match encoding {
                Some(utf16) => Box::new(Utf16Reader::new(rest, utf16)),
                None => Box::new(rest),
            })
        })
    }

    /// The next bytes, up to [`MARK_BYTES`]; fewer than [`MARK_BYTES_MIN`] only at the end.
    fn take_mark(&mut self) -> io::Result<Vec<u8>> {
        let mut mark = vec![0; MARK_BYTES];
        let mut length = 0;
        while length < MARK_BYTES_MIN {
            match self.read(&mut mark[length..])? {
                0 => break,
                read => length += read,
            }
        }
        mark.truncate(length);
        Ok(mark)
    }

    fn wrap(
        &mut self,
        wrap: impl FnOnce(Box<dyn Read + Send>) -> io::Result<Box<dyn Read + Send>>,
    ) -> io::Result<()> {
        let reader = std::mem::replace(&mut self.reader, Box::new(io::empty()));
        self.reader = wrap(reader)?;
        Ok(())
    }
}

/// The kind of UTF-16, if it is one, and the length of the byte order mark.
fn recognise(mark: &[u8]) -> (Option<TextEncoding>, usize) {
    match *mark {
        [0xff, 0xfe, ..] => (Some(TextEncoding::Utf16Le), 2),
        [0xfe, 0xff, ..] => (Some(TextEncoding::Utf16Be), 2),
        _ if mark.starts_with(UTF8_BOM) => (None, UTF8_BOM.len()),
        _ => (utf16_without_mark(mark), 0),
    }
}

/// Counts what passes.
struct Counted<R> {
    inner: R,
    bytes_read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(bytes)?;
        self.bytes_read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
