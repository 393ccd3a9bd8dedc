//! Takes back what a command made that failed half way: folders that were not there before, and what it put into them.

use std::fs;
use std::path::{Path, PathBuf};

use wuhen_keytree::context::TenantId;
use wuhen_store::tenant_hex;

/// Undoes on drop, unless it is told to forget.
pub(super) struct Undo {
    /// Folders that were not there, the deepest first.
    absent: Vec<PathBuf>,
    /// Folders whose whole content is this command's.
    owned: Vec<PathBuf>,
}

impl Undo {
    /// Looks which of the folders, and of the folders above them, are not there yet.
    pub(super) fn begin<'a>(folders: impl IntoIterator<Item = &'a PathBuf>) -> Self {
        let mut absent: Vec<PathBuf> = folders
            .into_iter()
            .flat_map(|folder| folder.ancestors().take_while(|part| !part.exists()))
            .map(Path::to_owned)
            .collect();
        absent.sort_by_key(|folder| std::cmp::Reverse(folder.components().count()));
        absent.dedup();
        Self {
            absent,
            owned: Vec::new(),
        }
    }

    /// Everything in this folder is ours: it was empty, or not there.
    pub(super) fn owns(&mut self, folder: &Path) {
        self.owned.push(folder.to_owned());
    }

    /// Everything in these keys folders that belongs to this tenant is ours.
    pub(super) fn owns_tenant(&mut self, keys: &[PathBuf], tenant: TenantId) {
        for folder in keys {
            let own = folder.join(tenant_hex(tenant));
            self.absent.insert(0, own.clone());
            self.owned.push(own);
        }
    }

    /// All went well: everything stays.
    pub(super) fn forget(mut self) {
        self.absent.clear();
        self.owned.clear();
    }
}

impl Drop for Undo {
    fn drop(&mut self) {
        // What cannot be removed stays, and the next try says that the folder is not empty.
        for folder in &self.owned {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                let removed = if path.is_dir() {
                    fs::remove_dir_all(&path)
                } else {
                    fs::remove_file(&path)
                };
                removed.ok();
            }
        }
        for folder in &self.absent {
            fs::remove_dir(folder).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_goes_and_what_was_there_stays() {
        let outer = tempfile::tempdir().unwrap();
        let (there, new) = (outer.path().join("there"), outer.path().join("a/b/new"));
        fs::create_dir(&there).unwrap();
        let mut undo = Undo::begin([&there, &new]);
        fs::create_dir_all(&new).unwrap();
        fs::write(new.join("file"), "x").unwrap();
        fs::write(there.join("file"), "x").unwrap();
        undo.owns(&new);
        drop(undo);
        assert!(!outer.path().join("a").exists());
        assert!(there.join("file").exists());
    }

    #[test]
    fn a_folder_that_somebody_else_used_meanwhile_stays() {
        let outer = tempfile::tempdir().unwrap();
        let new = outer.path().join("new");
        let undo = Undo::begin([&new]);
        fs::create_dir(&new).unwrap();
        fs::write(new.join("theirs"), "x").unwrap();
        drop(undo);
        assert!(new.join("theirs").exists());
    }
}
