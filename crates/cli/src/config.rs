//! `wuhen.toml` in a store's folder: where its keys are. Paths only; a replica that is forgotten would keep a root alive.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::exit::Exit;
use crate::place;
use crate::problem::Problem;

/// Name of the file.
pub(crate) const FILE: &str = "wuhen.toml";
/// Stands for the store's own path, so that a store that is moved or copied with its keys takes none from the old place.
const STORE: &str = "<store>";
const HEADING: &str = "\
# Written by wuhen. Every folder that holds a copy of this store's root keys; `<store>` is this folder's own path.
# A root survives in a folder that is not named here: take a line away only when that folder is gone for good.
";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    keys: Vec<String>,
}

/// The folders of a store's keys. `None`: the file is not there.
pub(crate) fn read_keys(store: &Path) -> Result<Option<Vec<PathBuf>>, Problem> {
    let path = store.join(FILE);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Problem::file(&path, &error)),
    };
    let content: Content = toml::from_str(&text).map_err(|error| {
        let (path, problem) = (path.display(), error.message().to_owned());
        Problem::own(
            Exit::Failed,
            format!("{path}: {problem}; correct the file"),
            format!("{path}：{problem}；请更正该文件"),
        )
    })?;
    content
        .keys
        .iter()
        .map(|entry| place::resolve(&from_entry(store, entry)))
        .collect::<Result<_, _>>()
        .map(Some)
}

/// Writes the folders of a store's keys, all or nothing, durably.
pub(crate) fn write_keys(store: &Path, keys: &[PathBuf]) -> Result<(), Problem> {
    let entries = keys
        .iter()
        .map(|folder| to_entry(store, folder))
        .collect::<Result<_, _>>()?;
    let text = toml::to_string(&Content { keys: entries }).expect("a list of strings is TOML");
    let (path, new) = (store.join(FILE), store.join("wuhen.toml.new"));
    let write = || -> io::Result<()> {
        let mut file = File::create(&new)?;
        file.write_all(HEADING.as_bytes())?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, &path)?;
        File::open(store)?.sync_all()
    };
    write().map_err(|error| Problem::file(&path, &error))
}

fn to_entry(store: &Path, folder: &Path) -> Result<String, Problem> {
    let text = |path: &Path| {
        path.to_str().map(str::to_owned).ok_or_else(|| {
            let path = path.display();
            Problem::own(
                Exit::Usage,
                format!("{path}: the folder's name is not UTF-8; choose another"),
                format!("{path}：文件夹名称不是 UTF-8；请另选"),
            )
        })
    };
    let (store, folder) = (text(store)?, text(folder)?);
    // `/data/hotel` is also the beginning of `/data/hotel-keys`, which has nothing to do with it.
    Ok(match folder.strip_prefix(&store) {
        Some(ending) if ending.starts_with('.') => format!("{STORE}{ending}"),
        _ => folder,
    })
}

fn from_entry(store: &Path, entry: &str) -> PathBuf {
    match entry.strip_prefix(STORE) {
        Some(ending) => place::beside(store, ending),
        None => PathBuf::from(entry),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_that_is_copied_with_its_keys_uses_the_copies() {
        let outer = tempfile::tempdir().unwrap();
        let outer = outer.path().canonicalize().unwrap();
        let (store, copy) = (outer.join("hotel"), outer.join("copy"));
        fs::create_dir(&store).unwrap();
        fs::create_dir(&copy).unwrap();
        let keys = [outer.join("hotel.keys"), outer.join("elsewhere")];
        assert!(write_keys(&store, &keys).is_ok());
        fs::copy(store.join(FILE), copy.join(FILE)).unwrap();
        let read = |store: &Path| read_keys(store).ok().flatten().unwrap();
        assert_eq!(read(&store), keys);
        assert_eq!(
            read(&copy),
            [outer.join("copy.keys"), outer.join("elsewhere")]
        );
    }

    #[test]
    fn a_missing_file_is_told_from_a_broken_one() {
        let store = tempfile::tempdir().unwrap();
        assert!(matches!(read_keys(store.path()), Ok(None)));
        fs::write(store.path().join(FILE), "keys = 3").unwrap();
        assert!(read_keys(store.path()).is_err());
    }
}
