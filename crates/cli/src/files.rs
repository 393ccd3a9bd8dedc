//! Files that a command writes for the person who asked: new ones only, whole or not at all.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::exit::Exit;
use crate::place;
use crate::problem::Problem;

/// A file that takes its name when it is whole. Until then its bytes lie beside it; dropped before, they go.
pub(crate) struct NewFile {
    path: PathBuf,
    part: PathBuf,
    file: File,
}

impl NewFile {
    /// Makes sure that the file is not there and can be written.
    pub(crate) fn begin(path: &Path) -> Result<Self, Problem> {
        if path.symlink_metadata().is_ok() {
            return Err(exists(path));
        }
        let part = place::beside(path, ".part");
        let file = File::create(&part).map_err(|error| Problem::file(path, &error))?;
        Ok(Self {
            path: path.to_owned(),
            part,
            file,
        })
    }

    /// Makes it durable and gives it its name.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        let give_name = || -> io::Result<()> {
            self.file.sync_all()?;
            // Unlike a rename, a link does not replace what came there meanwhile. Some file systems have none.
            match fs::hard_link(&self.part, &self.path) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists && !self.path.exists() => {
                    fs::rename(&self.part, &self.path)
                }
                other => other,
            }
        };
        match give_name() {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(exists(&self.path)),
            other => other.map_err(|error| Problem::file(&self.path, &error)),
        }
    }

    /// Writes everything and finishes.
    pub(crate) fn write(mut self, bytes: &[u8]) -> Result<(), Problem> {
        self.file
            .write_all(bytes)
            .map_err(|error| Problem::file(&self.path, &error))?;
        self.finish()
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        fs::remove_file(&self.part).ok();
    }
}

/// A text file of at most `bytes_max` bytes, without a byte order mark.
pub(crate) fn read_text(path: &Path, bytes_max: u64) -> Result<String, Problem> {
    let shown = path.display();
    let size = path
        .metadata()
        .map_err(|error| Problem::file(path, &error))?
        .len();
    if size > bytes_max {
        return Err(Problem::own(
            Exit::Usage,
            format!("{shown} has {size} bytes, over the limit of {bytes_max}"),
            format!("{shown} 有 {size} 字节，超过上限 {bytes_max}"),
        ));
    }
    let text = fs::read_to_string(path).map_err(|error| Problem::file(path, &error))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
}

fn exists(path: &Path) -> Problem {
    let path = path.display();
    Problem::own(
        Exit::Usage,
        format!("{path} exists already; name a new file"),
        format!("{path} 已存在；请指定新文件"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("certificate.json");
        drop(NewFile::begin(&path).ok().unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(NewFile::begin(&path).ok().unwrap().write(b"whole").is_ok());
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(NewFile::begin(&path).is_err());
    }

    #[test]
    fn what_came_meanwhile_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("certificate.json");
        let new = NewFile::begin(&path).ok().unwrap();
        fs::write(&path, "theirs").unwrap();
        assert!(new.write(b"ours").is_err());
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
    }
}
