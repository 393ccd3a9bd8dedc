//! One folder of root files, and every read, write and destruction of a file in it.
//! Writers hold a lock on the folder, which the kernel drops when they die; readers need none.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Advice, OFlags, fadvise};

use super::content::{CONTENT_BYTES, Content};
use crate::{CHECKPOINT_BYTES_MAX, CustodyError, Kid};

const ROOT: &str = ".root";
/// A file under construction. It becomes the final one by a rename, so that the bytes are never in two places.
const TEMPORARY: &str = ".tmp";
const CHECKPOINT: &str = "checkpoint";
/// The mode bits of group and others.
const OTHERS: u32 = 0o077;

type Result<T> = std::result::Result<T, CustodyError>;

/// One replica: `<keys folder>/<tenant>`, holding `<kid>.root` files and `checkpoint`.
pub(super) struct Replica {
    /// The keys folder as configured.
    pub(super) label: String,
    folder: PathBuf,
}

/// A file in the folder, by its name.
pub(super) enum Entry {
    Root(Kid),
    /// Left by a crash, or being written now.
    Unfinished(Kid),
    Checkpoint,
    Strange(String),
}

impl Replica {
    pub(super) fn new(label: String, folder: PathBuf) -> Self {
        Self { label, folder }
    }

    /// The folder is there, is no link, and is closed to others. It is never made here: an empty mount point must not pass for
    /// a replica from which every root is gone.
    pub(super) fn check(&self) -> Result<()> {
        let found = match fs::symlink_metadata(&self.folder) {
            Ok(found) => found,
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                return Err(CustodyError::NoReplica(self.folder.clone()));
            }
            Err(error) => return Err(CustodyError::io("reach", &self.folder)(error)),
        };
        if !found.is_dir() {
            return Err(CustodyError::NotPlain(self.folder.clone()));
        }
        refuse_open_to_others(&self.folder, found.mode(), "700")
    }

    /// Every file in the folder, in no order.
    pub(super) fn entries(&self) -> Result<Vec<Entry>> {
        self.check()?;
        let mut entries = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(CustodyError::io("list", &self.folder))? {
            let entry = entry.map_err(CustodyError::io("list", &self.folder))?;
            entries.push(Entry::of(entry.file_name().to_string_lossy().into_owned()));
        }
        Ok(entries)
    }

    /// Writes a root that is not here yet. After an error nothing of it is here, or the error is `LeftBehind`.
    pub(super) fn write_root(&self, kid: &Kid, content: &Content) -> Result<()> {
        let _lock = self.lock()?;
        let path = self.root(kid);
        if fs::symlink_metadata(&path).is_ok() {
            return Err(CustodyError::Exists(kid.clone()));
        }
        let Err(error) = self.write_and_rename(&path, content.bytes()) else {
            return Ok(());
        };
        for path in [temporary(&path), path] {
            if erase(&path).is_err() {
                return Err(CustodyError::LeftBehind {
                    path,
                    source: Box::new(error),
                });
            }
        }
        Err(error)
    }

    /// Reads and checks a root; `None` if it is not here.
    pub(super) fn read_root(&self, kid: &Kid) -> Result<Option<Content>> {
        self.check()?;
        let path = self.root(kid);
        let Some(mut file) = open_plain(&path, OpenOptions::new().read(true))? else {
            return Ok(None);
        };
        let found = file.metadata().map_err(CustodyError::io("read", &path))?;
        refuse_open_to_others(&path, found.mode(), "600")?;
        if !found.is_file() || found.len() != CONTENT_BYTES as u64 {
            return Err(CustodyError::Damaged(path));
        }
        // Straight into memory that is wiped: no buffered reader, no copy in freed heap.
        let content = Content::read(kid, |bytes| file.read_exact(bytes))
            .map_err(CustodyError::io("read", &path))?;
        content.map(Some).ok_or(CustodyError::Damaged(path))
    }

    /// Reads a root back from the medium, as far as the kernel lets go of the pages that it wrote, and compares.
    pub(super) fn read_back(&self, kid: &Kid, written: &Content) -> Result<()> {
        let path = self.root(kid);
        if let Some(file) = open_plain(&path, OpenOptions::new().read(true))? {
            // A hint only; memory file systems, for one, have no other place to read from.
            fadvise(&file, 0, None, Advice::DontNeed).ok();
        }
        match self.read_root(kid)? {
            Some(found) if found.same(written) => Ok(()),
            _ => Err(CustodyError::Damaged(path)),
        }
    }

    /// Destroys a root and what a crash left of its making; says whether there was anything.
    pub(super) fn destroy(&self, kid: &Kid) -> Result<bool> {
        let _lock = self.lock()?;
        let path = self.root(kid);
        let unfinished = erase(&temporary(&path))?;
        let finished = erase(&path)?;
        // Even if nothing was here: an earlier attempt may have died before its unlink was durable.
        self.sync()?;
        Ok(unfinished || finished)
    }

    /// Destroys what a crash left half made.
    pub(super) fn sweep(&self) -> Result<()> {
        self.check()?;
        let folder = File::open(&self.folder).map_err(CustodyError::io("open", &self.folder))?;
        if folder.try_lock().is_err() {
            // Somebody alive is writing, and the file under construction is theirs.
            return Ok(());
        }
        for entry in self.entries()? {
            if let Entry::Unfinished(kid) = entry {
                erase(&temporary(&self.root(&kid)))?;
            }
        }
        self.sync()
    }

    /// Keeps a checkpoint in place of the one before.
    pub(super) fn write_checkpoint(&self, note: &str) -> Result<()> {
        let _lock = self.lock()?;
        self.write_and_rename(&self.folder.join(CHECKPOINT), note.as_bytes())
    }

    /// The checkpoint kept here, if there is one.
    pub(super) fn read_checkpoint(&self) -> Result<Option<String>> {
        self.check()?;
        let path = self.folder.join(CHECKPOINT);
        let Some(file) = open_plain(&path, OpenOptions::new().read(true))? else {
            return Ok(None);
        };
        let mut note = String::new();
        let read = file
            .take(CHECKPOINT_BYTES_MAX as u64 + 1)
            .read_to_string(&mut note);
        match read {
            Ok(length) if length <= CHECKPOINT_BYTES_MAX => Ok(Some(note)),
            Ok(_) => Err(CustodyError::Damaged(path)),
            Err(error) if error.kind() == ErrorKind::InvalidData => {
                Err(CustodyError::Damaged(path))
            }
            Err(error) => Err(CustodyError::io("read", &path)(error)),
        }
    }

    /// Where a root's file is.
    pub(super) fn root(&self, kid: &Kid) -> PathBuf {
        self.folder.join(format!("{kid}{ROOT}"))
    }

    /// Writes the whole file, makes it durable, and only then gives it its name. Needs the lock.
    fn write_and_rename(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let unfinished = temporary(path);
        erase(&unfinished)?;
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&unfinished)
            .map_err(CustodyError::io("make", &unfinished))?;
        // `write_all` goes on after short writes and fails when the disk is full.
        file.write_all(bytes)
            .map_err(CustodyError::io("write", &unfinished))?;
        file.sync_all()
            .map_err(CustodyError::io("write", &unfinished))?;
        fs::rename(&unfinished, path).map_err(CustodyError::io("make", path))?;
        self.sync()
    }

    fn lock(&self) -> Result<File> {
        self.check()?;
        let folder = File::open(&self.folder).map_err(CustodyError::io("open", &self.folder))?;
        folder
            .lock()
            .map_err(CustodyError::io("lock", &self.folder))?;
        Ok(folder)
    }

    fn sync(&self) -> Result<()> {
        sync_folder(&self.folder)
    }
}

impl Entry {
    /// The root of which the file holds something.
    pub(super) fn into_kid(self) -> Option<Kid> {
        match self {
            Self::Root(kid) | Self::Unfinished(kid) => Some(kid),
            Self::Checkpoint | Self::Strange(_) => None,
        }
    }

    /// The name, if it does not belong here.
    pub(super) fn into_strange(self) -> Option<String> {
        match self {
            Self::Strange(name) => Some(name),
            Self::Root(_) | Self::Unfinished(_) | Self::Checkpoint => None,
        }
    }

    fn of(name: String) -> Self {
        let kid = |name: &str| name.strip_suffix(ROOT).and_then(|kid| kid.parse().ok());
        let unfinished = name.strip_suffix(TEMPORARY);
        if let Some(kid) = kid(&name) {
            Self::Root(kid)
        } else if let Some(kid) = unfinished.and_then(kid) {
            Self::Unfinished(kid)
        } else if unfinished.unwrap_or(&name) == CHECKPOINT {
            Self::Checkpoint
        } else {
            Self::Strange(name)
        }
    }
}

/// Makes the names in a folder durable.
pub(super) fn sync_folder(folder: &Path) -> Result<()> {
    File::open(folder)
        .and_then(|file| file.sync_all())
        .map_err(CustodyError::io("write", folder))
}

/// Overwrites a file in place, makes that durable, and only then unlinks it; says whether it was there.
fn erase(path: &Path) -> Result<bool> {
    // Never truncated: that would free the blocks with the bytes still in them.
    let Some(mut file) = open_plain(path, OpenOptions::new().write(true))? else {
        return Ok(false);
    };
    let length = file
        .metadata()
        .map_err(CustodyError::io("overwrite", path))?
        .len();
    let mut zeros = std::io::repeat(0).take(length);
    std::io::copy(&mut zeros, &mut file).map_err(CustodyError::io("overwrite", path))?;
    file.sync_all()
        .map_err(CustodyError::io("overwrite", path))?;
    fs::remove_file(path).map_err(CustodyError::io("remove", path))?;
    Ok(true)
}

/// Opens a file, not what a link points to; `None` if it is absent.
fn open_plain(path: &Path, options: &mut OpenOptions) -> Result<Option<File>> {
    match options
        .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
        .open(path)
    {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(_) if path.is_symlink() => Err(CustodyError::NotPlain(path.to_owned())),
        Err(error) => Err(CustodyError::io("open", path)(error)),
    }
}

fn temporary(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(TEMPORARY);
    PathBuf::from(name)
}

fn refuse_open_to_others(path: &Path, mode: u32, fix: &'static str) -> Result<()> {
    if mode & OTHERS == 0 {
        Ok(())
    } else {
        Err(CustodyError::TooOpen {
            path: path.to_owned(),
            fix,
        })
    }
}
