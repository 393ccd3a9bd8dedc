//! Attachments as sealed files: written under a random name, made durable, read, removed. They never hold plaintext;
//! the key of each hangs under its conversation.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Cursor, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::StoreError;

const UNSETTLED_FILE: &str = "unsettled";

/// Where sealed attachments lie.
pub trait Blobs: Send + Sync {
    /// A new blob under a name never used. It counts only once [`BlobSink::finish`] was called.
    fn create(&self, name: &str) -> Result<Box<dyn BlobSink>, StoreError>;
    /// Opens a blob; `None` if it is not there.
    fn open(&self, name: &str) -> Result<Option<Box<dyn ReadSeek>>, StoreError>;
    /// Removes a blob; one that is not there is fine.
    fn remove(&self, name: &str) -> Result<(), StoreError>;
    /// Names of all blobs there are.
    fn names(&self) -> Result<Vec<String>, StoreError>;
    /// Notes that blobs are being written whose rows are not committed yet; a crash leaves the note, and whoever opens
    /// the store next sweeps blobs that no row points to.
    fn set_unsettled(&self, unsettled: bool) -> Result<(), StoreError>;
    /// Was such a note left?
    fn is_unsettled(&self) -> Result<bool, StoreError>;
}

/// A blob being written.
pub trait BlobSink: Write {
    /// Makes it durable. The bytes written.
    fn finish(self: Box<Self>) -> Result<u64, StoreError>;
}

/// What can be read and sought.
pub trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

/// Blobs in a folder, spread over 256 folders by the first two digits of their names.
pub struct FolderBlobs {
    root: PathBuf,
}

impl FolderBlobs {
    /// Opens the folder, making it if it is not there.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn open(root: PathBuf) -> Result<Self, StoreError> {
        fs::create_dir_all(&root).map_err(|source| io_error(&root, source))?;
        Ok(Self { root })
    }

    fn path(&self, name: &str) -> PathBuf {
        let shard = name.get(..2).unwrap_or("00");
        self.root.join(shard).join(name)
    }

    /// Files of all blobs.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn files(&self) -> Result<Vec<PathBuf>, StoreError> {
        let mut files = Vec::new();
        for shard in read_dir(&self.root)? {
            if shard.is_dir() {
                files.extend(read_dir(&shard)?);
            }
        }
        Ok(files)
    }
}

impl Blobs for FolderBlobs {
    fn create(&self, name: &str) -> Result<Box<dyn BlobSink>, StoreError> {
        let path = self.path(name);
        let folder = path.parent().expect("a blob lies in a shard").to_owned();
        fs::create_dir_all(&folder).map_err(|source| io_error(&folder, source))?;
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .map_err(|source| io_error(&path, source))?;
        Ok(Box::new(FileSink {
            file,
            path,
            written: 0,
        }))
    }

    fn open(&self, name: &str) -> Result<Option<Box<dyn ReadSeek>>, StoreError> {
        let path = self.path(name);
        match File::open(&path) {
            Ok(file) => Ok(Some(Box::new(io::BufReader::with_capacity(
                128 * 1024,
                file,
            )))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(io_error(&path, source)),
        }
    }

    fn remove(&self, name: &str) -> Result<(), StoreError> {
        let path = self.path(name);
        match fs::remove_file(&path) {
            Ok(()) => sync_folder(path.parent().expect("a blob lies in a shard")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(source) => Err(io_error(&path, source)),
        }
    }

    fn names(&self) -> Result<Vec<String>, StoreError> {
        let files = self.files()?;
        Ok(files
            .iter()
            .filter_map(|path| path.file_name()?.to_str().map(str::to_owned))
            .collect())
    }

    fn set_unsettled(&self, unsettled: bool) -> Result<(), StoreError> {
        let path = self.root.join(UNSETTLED_FILE);
        let done = if unsettled {
            File::create(&path).and_then(|file| file.sync_all())
        } else {
            match fs::remove_file(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                done => done,
            }
        };
        done.map_err(|source| io_error(&path, source))?;
        sync_folder(&self.root)
    }

    fn is_unsettled(&self) -> Result<bool, StoreError> {
        let path = self.root.join(UNSETTLED_FILE);
        path.try_exists().map_err(|source| io_error(&path, source))
    }
}

struct FileSink {
    file: File,
    path: PathBuf,
    written: u64,
}

impl Write for FileSink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.written += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl BlobSink for FileSink {
    fn finish(self: Box<Self>) -> Result<u64, StoreError> {
        self.file
            .sync_all()
            .map_err(|source| io_error(&self.path, source))?;
        sync_folder(self.path.parent().expect("a blob lies in a shard"))?;
        Ok(self.written)
    }
}

/// Blobs in memory, for a store in memory.
#[derive(Default)]
pub struct MemoryBlobs {
    blobs: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
}

impl Blobs for MemoryBlobs {
    fn create(&self, name: &str) -> Result<Box<dyn BlobSink>, StoreError> {
        Ok(Box::new(MemorySink {
            blobs: Arc::clone(&self.blobs),
            name: name.to_owned(),
            bytes: Vec::new(),
        }))
    }

    fn open(&self, name: &str) -> Result<Option<Box<dyn ReadSeek>>, StoreError> {
        let blobs = self.blobs.lock().expect("no holder panics");
        Ok(blobs
            .get(name)
            .map(|bytes| Box::new(Cursor::new(bytes.clone())) as Box<dyn ReadSeek>))
    }

    fn remove(&self, name: &str) -> Result<(), StoreError> {
        self.blobs.lock().expect("no holder panics").remove(name);
        Ok(())
    }

    fn names(&self) -> Result<Vec<String>, StoreError> {
        Ok(self
            .blobs
            .lock()
            .expect("no holder panics")
            .keys()
            .cloned()
            .collect())
    }

    fn set_unsettled(&self, _unsettled: bool) -> Result<(), StoreError> {
        // Memory does not outlive a crash.
        Ok(())
    }

    fn is_unsettled(&self) -> Result<bool, StoreError> {
        Ok(false)
    }
}

struct MemorySink {
    blobs: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
    name: String,
    bytes: Vec<u8>,
}

impl Write for MemorySink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl BlobSink for MemorySink {
    fn finish(self: Box<Self>) -> Result<u64, StoreError> {
        let written = self.bytes.len() as u64;
        self.blobs
            .lock()
            .expect("no holder panics")
            .insert(self.name, self.bytes);
        Ok(written)
    }
}

/// Entries of a folder; a folder that is not there has none.
pub(crate) fn read_dir(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(io_error(folder, source)),
    };
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|source| io_error(folder, source))?;
    paths.sort();
    Ok(paths)
}

/// Makes a folder's entries durable: a file made or removed is only then so after a crash.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|source| io_error(folder, source))
}

pub(crate) fn io_error(path: &Path, source: io::Error) -> StoreError {
    let full = matches!(
        source.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::FileTooLarge | io::ErrorKind::QuotaExceeded
    );
    if full {
        StoreError::Full
    } else {
        StoreError::Io {
            path: path.display().to_string(),
            source,
        }
    }
}
