//! A house on disk: one folder with the store, the keys, the snapshot repositories, and the imports beside them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;
use wuhen_custody::file::FileCustodian;
use wuhen_keytree::context::TenantId;
use wuhen_model::testing::{ManualClock, SeededRng};
use wuhen_model::{NoSteps, Steps};
use wuhen_service::notice::Notice;
use wuhen_service::{Init, Service, ServiceError, Surroundings, TenantSettings};
use wuhen_store::Store;
use wuhen_store::sqlite::{Options, SqliteStore};

use crate::operation::{Line, attachment_path, to_json_lines};
use crate::words::CANARY;

pub(crate) const TENANT: TenantId = TenantId([7; 16]);
/// Attachments that any message may have.
pub(crate) const ATTACHMENTS: usize = 2;

/// A folder of its own, in memory where there is a place for it: what is tried here is the death of a process, not of a disk.
pub(crate) fn scratch() -> TempDir {
    let shared_memory = Path::new("/dev/shm");
    tempfile::tempdir_in(shared_memory)
        .or_else(|_| tempfile::tempdir())
        .expect("there is room for a folder")
}

/// Where everything of one house lies.
#[derive(Clone)]
pub(crate) struct Place(pub(crate) PathBuf);

impl Place {
    pub(crate) fn store(&self) -> PathBuf {
        self.0.join("store")
    }

    pub(crate) fn keys(&self) -> PathBuf {
        self.0.join("keys")
    }

    pub(crate) fn repository(&self, number: usize) -> PathBuf {
        self.0.join(format!("repository-{number}"))
    }

    /// Every folder that the program writes to.
    pub(crate) fn written(&self) -> Vec<PathBuf> {
        let mut folders = vec![self.store(), self.keys()];
        folders.extend((0..3).map(|number| self.repository(number)));
        folders.retain(|folder| folder.is_dir());
        folders
    }

    pub(crate) fn init(&self, surroundings: Surroundings) -> Result<Service, ServiceError> {
        let store = SqliteStore::create(&self.store(), Options::default())?;
        let keys = FileCustodian::initialise(&[self.keys()], &[self.store()], TENANT)?;
        wuhen_service::init(Arc::new(store), Arc::new(keys), surroundings, &settings())
    }

    pub(crate) fn open(
        &self,
        surroundings: Surroundings,
    ) -> Result<(Service, Vec<Notice>), ServiceError> {
        self.open_with(surroundings, Options::default())
    }

    pub(crate) fn open_with(
        &self,
        surroundings: Surroundings,
        options: Options,
    ) -> Result<(Service, Vec<Notice>), ServiceError> {
        let store = SqliteStore::open(&self.store(), options)?;
        let keys = FileCustodian::open(&[self.keys()], &[self.store()], TENANT)?;
        wuhen_service::open(Arc::new(store), Arc::new(keys), surroundings)
    }

    /// The names of the files in the keys folder.
    pub(crate) fn key_files(&self) -> Vec<String> {
        files_below(&self.keys())
            .iter()
            .filter_map(|path| path.file_name()?.to_str().map(str::to_owned))
            .collect()
    }

    /// Complaints about the store's own structure, read by a connection of its own.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let store = SqliteStore::open(&self.store(), Options::default()).expect("the store opens");
        store.integrity().expect("its structure can be read")
    }
}

pub(crate) fn settings() -> Init {
    Init {
        tenant_id: TENANT,
        settings: TenantSettings {
            name: "Lakeside Hotel".into(),
            timezone: "Asia/Shanghai".into(),
            kind: wuhen_service::TenantKind::default(),
            pack: wuhen_service::Pack::default(),
        },
        officer: wuhen_service::staff::FIRST_OFFICER.to_owned(),
    }
}

/// Time stands still at a moment of 2026; randomness comes from `seed`, which no two runs on one house may share.
pub(crate) fn surroundings(seed: u64) -> Surroundings {
    surroundings_with(seed, Arc::new(NoSteps))
}

pub(crate) fn surroundings_with(seed: u64, steps: Arc<dyn Steps>) -> Surroundings {
    Surroundings {
        clock: Arc::new(ManualClock::new(start())),
        rng: Arc::new(SeededRng::new(seed)),
        steps,
    }
}

pub(crate) fn start() -> jiff::Timestamp {
    "2026-02-01T08:00:00Z".parse().expect("it is a time")
}

/// An import's file with its attachments beside it.
pub(crate) fn write_import(folder: &Path, name: &str, lines: &[Line]) -> PathBuf {
    write_attachments(folder);
    let file = folder.join(name);
    fs::write(&file, to_json_lines(lines)).expect("an import can be written");
    file
}

pub(crate) fn write_attachments(folder: &Path) {
    for number in 0..ATTACHMENTS {
        let file = folder.join(attachment_path(number));
        fs::create_dir_all(file.parent().expect("it lies in a folder"))
            .expect("a folder can be made");
        if !file.exists() {
            fs::write(&file, attachment(number)).expect("an attachment can be written");
        }
    }
}

/// What attachment `number` of every message holds; the second one takes more than a segment.
pub(crate) fn attachment(number: usize) -> Vec<u8> {
    let line = format!("{CANARY} attachment {number} 附件\n");
    format!("{NUMBER}\n{}", line.repeat(20 + 3_000 * number)).into_bytes()
}

/// What it holds when personal data was cut out of it.
pub(crate) fn cleared_attachment(number: usize) -> Vec<u8> {
    let before = String::from_utf8(attachment(number)).expect("it is text");
    before.replace(NUMBER, "手机[MOBILE]").into_bytes()
}

/// A person's number, invented, at the beginning of every attachment.
const NUMBER: &str = "手机15400000173";

pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// Makes `to` a copy of `from`, whatever it was before.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    if to.exists() {
        fs::remove_dir_all(to).expect("an old copy can be removed");
    }
    fs::create_dir_all(to).expect("a folder can be made");
    fs::set_permissions(to, fs::metadata(from).expect("it is there").permissions())
        .expect("it is ours");
    for entry in fs::read_dir(from).expect("it is there") {
        let path = entry.expect("a folder can be listed").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file can be copied");
        }
    }
}

/// The canary in any file that the program wrote: none, whatever was erased and whatever lives.
pub(crate) fn plaintext(folders: &[PathBuf]) -> Result<(), String> {
    let report = wuhen_service::probe::probe(folders, &[CANARY.to_owned()])
        .map_err(|error| error.to_string())?;
    match report.found.first() {
        None => Ok(()),
        Some(found) => Err(format!(
            "plaintext in {} at {}",
            found.file.display(),
            found.offset
        )),
    }
}

#[test]
fn a_canary_that_lies_somewhere_is_found() {
    let folder = scratch();
    plaintext(&[folder.path().to_owned()]).expect("nothing is there");
    write_attachments(folder.path());
    plaintext(&[folder.path().to_owned()]).expect_err("an attachment is there");
}
