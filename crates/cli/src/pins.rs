//! Keys that a person has decided to trust: one file each in `$XDG_CONFIG_HOME/wuhen/pins`, or `~/.config/wuhen/pins`.

use std::env;
use std::fs;
use std::path::PathBuf;

use wuhen_ledger::Vkey;

use crate::exit::Exit;
use crate::files::NewFile;
use crate::problem::Problem;

/// Whether this key was pinned.
pub(crate) fn is_pinned(key: &Vkey) -> bool {
    let text = file_of(key).and_then(|file| fs::read_to_string(file).ok());
    text.is_some_and(|text| {
        text.lines()
            .any(|line| Vkey::parse(line.trim()).is_ok_and(|pinned| pinned == *key))
    })
}

/// Pins a key. It may be pinned already.
pub(crate) fn pin(key: &Vkey) -> Result<(), Problem> {
    if is_pinned(key) {
        return Ok(());
    }
    let file = file_of(key).ok_or_else(|| {
        Problem::own(
            Exit::Failed,
            "neither XDG_CONFIG_HOME nor HOME is set",
            "未设置 XDG_CONFIG_HOME 或 HOME",
        )
    })?;
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(|error| Problem::file(folder, &error))?;
    }
    NewFile::begin(&file)?.write(format!("{key}\n").as_bytes())
}

fn file_of(key: &Vkey) -> Option<PathBuf> {
    let set = |name: &str| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let folder = set("XDG_CONFIG_HOME").or_else(|| Some(set("HOME")?.join(".config")))?;
    Some(
        folder
            .join("wuhen/pins")
            .join(key.fingerprint().replace(' ', "")),
    )
}
