//! A hotel in a temporary folder: its store, keys and repositories, its clock, and what a story does with them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use tempfile::TempDir;
use wuhen_custody::file::FileCustodian;
use wuhen_formats::Source;
use wuhen_keytree::context::TenantId;
use wuhen_ledger::body::{Counts, Role, State};
use wuhen_ledger::{Certificate, Vkey, certificate::Verified};
use wuhen_model::testing::{ManualClock, SeededRng};
use wuhen_model::{NoSteps, Steps};
use wuhen_service::erase::{EraseRequest, Outcome};
use wuhen_service::import::{ImportOptions, ImportReport};
use wuhen_service::probe::probe;
use wuhen_service::select::Scope;
use wuhen_service::snapshot::RestoreCounts;
use wuhen_service::{
    Init, Pack, Service, ServiceError, Surroundings, TenantKind, TenantSettings, init, open,
};
use wuhen_store::Store;
use wuhen_store::sqlite::{Options, Restored, SqliteStore, restore};

/// The tenant of every story.
pub const TENANT: TenantId = TenantId(*b"a lakeside hotel");

/// Words of one file that are looked for at the end.
const CANARIES_PER_FILE_MAX: usize = 100;

/// A hotel.
pub struct World {
    /// Holds everything.
    pub folder: PathBuf,
    /// Keys folders, the first one named `keys`.
    pub keys: Vec<PathBuf>,
    /// Its time.
    pub clock: Arc<ManualClock>,
    /// Told of durable steps.
    pub steps: Arc<dyn Steps>,
    seeds: AtomicU64,
    /// Removes the folder at the end.
    temporary: Option<TempDir>,
}

impl World {
    /// An empty place with one keys folder.
    ///
    /// # Panics
    /// If no temporary folder can be made.
    #[must_use]
    pub fn new() -> Self {
        let temporary = tempfile::tempdir().expect("a temporary folder can be made");
        let mut world = Self::at(temporary.path().to_owned());
        world.temporary = Some(temporary);
        world
    }

    /// An empty place in a folder that stays.
    ///
    /// # Panics
    /// Never: the beginning of its time is a time.
    #[must_use]
    pub fn at(folder: PathBuf) -> Self {
        let keys = vec![folder.join("keys")];
        let start = "2026-11-24T00:00:00Z".parse().expect("a time");
        Self {
            folder,
            keys,
            clock: Arc::new(ManualClock::new(start)),
            steps: Arc::new(NoSteps),
            seeds: AtomicU64::new(1),
            temporary: None,
        }
    }

    /// A file or folder of it.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Where the store lies.
    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.path("store")
    }

    /// Makes the store.
    ///
    /// # Panics
    /// If it cannot be made.
    #[must_use]
    pub fn init(&self) -> Service {
        self.try_init().expect("a tenant is made")
    }

    /// Makes the store, where the story may stop it half way.
    ///
    /// # Errors
    /// What a person would be told.
    ///
    /// # Panics
    /// If its folders cannot be made.
    pub fn try_init(&self) -> Result<Service, ServiceError> {
        self.try_init_with(Pack::default(), TenantKind::default())
    }

    /// Makes the store of a house of a kind, with a rule pack.
    ///
    /// # Panics
    /// If it cannot be made.
    #[must_use]
    pub fn init_with(&self, pack: Pack, kind: TenantKind) -> Service {
        self.try_init_with(pack, kind).expect("a tenant is made")
    }

    fn try_init_with(&self, pack: Pack, kind: TenantKind) -> Result<Service, ServiceError> {
        let store =
            SqliteStore::create(&self.store(), Options::default()).expect("a store is made");
        let custodian = FileCustodian::initialise(&self.keys, &[self.store()], TENANT);
        let settings = TenantSettings {
            name: "Lakeside Hotel".to_owned(),
            timezone: "Asia/Shanghai".to_owned(),
            kind,
            pack,
        };
        let request = Init {
            tenant_id: TENANT,
            settings,
            officer: wuhen_service::staff::FIRST_OFFICER.to_owned(),
        };
        let custodian = Arc::new(custodian.expect("keys folders are made"));
        init(Arc::new(store), custodian, self.surroundings(), &request)
    }

    /// Opens the store again: what a start of the program does.
    ///
    /// # Errors
    /// What a person would be told.
    pub fn open(&self) -> Result<(Service, Vec<String>), ServiceError> {
        self.open_at(&self.store())
    }

    /// Opens the store of another folder with this hotel's keys.
    ///
    /// # Errors
    /// What a person would be told.
    pub fn open_at(&self, folder: &Path) -> Result<(Service, Vec<String>), ServiceError> {
        self.open_with(Arc::new(SqliteStore::open(folder, Options::default())?))
    }

    /// Opens a store that the story has wrapped.
    ///
    /// # Errors
    /// What a person would be told.
    pub fn open_with(&self, store: Arc<dyn Store>) -> Result<(Service, Vec<String>), ServiceError> {
        let custodian = FileCustodian::open(&self.keys, &[self.store()], TENANT)?;
        let (service, notices) = open(store, Arc::new(custodian), self.surroundings())?;
        Ok((service, notices.iter().map(ToString::to_string).collect()))
    }

    /// Restores a repository into a folder and opens what came of it.
    ///
    /// # Errors
    /// What a person would be told.
    pub fn restore(
        &self,
        folder: &Path,
        repository: &Path,
        snapshot: Option<&str>,
    ) -> Result<(Service, Restored), ServiceError> {
        use wuhen_model::Clock as _;
        let now = self.clock.now().as_second();
        let options = Options::default();
        let restored = restore(folder, repository, snapshot, options, now, &NoSteps)?;
        let (service, _) = self.open_at(folder)?;
        service.record_restore(&restore_counts(&restored))?;
        Ok((service, restored))
    }

    fn surroundings(&self) -> Surroundings {
        // Every start draws other bytes, as every start of the program does.
        let seed = self.seeds.fetch_add(1, Ordering::Relaxed);
        Surroundings {
            clock: Arc::clone(&self.clock) as _,
            rng: Arc::new(SeededRng::new(seed.wrapping_mul(0x2545_f491_4f6c_dd1d))),
            steps: Arc::clone(&self.steps),
        }
    }

    /// Copies a folder or file of it, as somebody with access to the disk would, to a name that says when.
    ///
    /// # Panics
    /// If it cannot be copied.
    pub fn image(&self, of: &str, when: &str) -> PathBuf {
        let copy = self.path("images").join(when).join(of);
        copy_tree(&self.path(of), &copy);
        copy
    }

    /// Writes an import file of these records and imports it.
    ///
    /// # Panics
    /// If it is refused.
    pub fn import_lines(&self, service: &Service, name: &str, lines: &[Value]) -> ImportReport {
        import(service, &self.write_lines(name, lines)).expect("the records can be imported")
    }

    /// Writes an import file.
    ///
    /// # Panics
    /// If it cannot be written.
    #[must_use]
    pub fn write_lines(&self, name: &str, lines: &[Value]) -> PathBuf {
        let folder = self.path("imports");
        fs::create_dir_all(&folder).expect("a folder can be made");
        let file = folder.join(format!("{name}.jsonl"));
        let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
        fs::write(&file, lines.join("\n")).expect("an import file can be written");
        file
    }

    /// None of these words is in any file of the store, the keys or the repositories: of folders whose names begin so.
    ///
    /// # Panics
    /// If one is.
    pub fn assert_nothing_readable(&self, words: &[String]) {
        let report = probe(&self.ours(), words).expect("files can be read");
        assert!(report.files > 2 && report.needles == words.len());
        assert_eq!(report.found, [], "plaintext on the disk");
    }

    fn ours(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.folder).expect("the folder can be read");
        let is_ours = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let beginnings = ["store", "keys", "repository"];
            path.is_dir() && beginnings.iter().any(|part| name.starts_with(part))
        };
        entries
            .map(|entry| entry.expect("the folder can be read").path())
            .filter(is_ours)
            .collect()
    }

    /// What must not be readable whatever the story was: of the sample hotel, and of what the story itself wrote down.
    fn canaries(&self) -> Vec<String> {
        let mut files = vec![lakeside()];
        if let Ok(entries) = fs::read_dir(self.path("imports")) {
            files.extend(entries.flatten().map(|entry| entry.path()));
        }
        let mut canaries = Vec::new();
        for file in files {
            // An attachment that lies beside the import files is no text.
            let text = fs::read_to_string(file).unwrap_or_default();
            let lines = text
                .lines()
                .filter_map(|line| serde_json::from_str(line).ok());
            let words = lines.flat_map(|line: Value| {
                let field = |name: &str| line[name].as_str().map(str::to_owned);
                [field("text"), field("name")]
            });
            let words: BTreeSet<String> = words.flatten().filter(|word| word.len() >= 12).collect();
            let step = words.len().div_ceil(CANARIES_PER_FILE_MAX).max(1);
            canaries.extend(words.into_iter().step_by(step));
        }
        canaries
    }
}

/// Every story ends with a search of all its files.
impl Drop for World {
    fn drop(&mut self) {
        if !std::thread::panicking() && self.ours().len() > 1 {
            self.assert_nothing_readable(&self.canaries());
        }
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

fn restore_counts(restored: &Restored) -> RestoreCounts {
    let counts = |guests, conversations, messages, attachments| Counts {
        guests,
        conversations,
        messages,
        attachments,
        sketches: 0,
    };
    let held = &restored.snapshot;
    RestoreCounts {
        repository: restored.repository.clone(),
        snapshot: held.id.clone(),
        created_at: held.created_at,
        restored: counts(
            restored.guests,
            restored.conversations,
            restored.messages,
            restored.attachments,
        ),
        held: counts(
            held.guests,
            held.conversations,
            held.messages,
            held.attachments,
        ),
        lost_conversations: restored.lost_conversations,
        lost_items: restored.lost_items,
    }
}

/// Imports a file as it is.
///
/// # Errors
/// What a person would be told.
pub fn import(service: &Service, file: &Path) -> Result<ImportReport, ServiceError> {
    service.import(Source::open(file)?, &ImportOptions::default(), &mut |_| {})
}

/// Asks for an erasure.
///
/// # Errors
/// What a person would be told.
pub fn erase(service: &Service, scope: Scope) -> Result<Outcome, ServiceError> {
    service.erase(&EraseRequest {
        scope,
        reason: "asked for by the guest".to_owned(),
        by_role: Role::PrivacyOfficer,
    })
}

/// Asks for an erasure that must be complete, and checks its certificate.
///
/// # Panics
/// If it is not complete, or the certificate does not hold.
pub fn erase_whole(service: &Service, scope: Scope) -> Outcome {
    let outcome = erase(service, scope).expect("the erasure runs");
    assert!(outcome.problems.is_empty(), "{:?}", outcome.problems);
    assert_eq!(outcome.state, State::Complete);
    let verified = verify(service, &outcome.certificate);
    assert_eq!(verified.completed.outcome.state(), State::Complete);
    outcome
}

/// A certificate that holds under the hotel's own key.
///
/// # Panics
/// If it does not.
pub fn verify(service: &Service, certificate: &[u8]) -> Verified {
    let key = Vkey::parse(&service.ledger_key()).expect("the hotel publishes a key");
    Certificate::verify(certificate, Some(&key)).expect("the certificate holds")
}

/// Error and causes in one line, as a person sees them.
#[must_use]
pub fn in_words(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        words = format!("{words}: {next}");
        cause = next.source();
    }
    words
}

/// An error says what happened and what to do, in words that contain these.
///
/// # Panics
/// If it does not.
pub fn assert_words(error: &ServiceError, expected: &[&str]) {
    let words = in_words(error);
    for part in expected {
        assert!(words.contains(part), "{part:?} is not in {words:?}");
    }
}

/// The project's own sample hotel.
#[must_use]
pub fn lakeside() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/lakeside/lakeside.jsonl")
}

/// A file of real dialogues, where it is. Says loudly that a story goes without it.
#[expect(
    clippy::print_stderr,
    reason = "whoever runs the stories has to see what they did without"
)]
#[must_use]
pub fn shared_data(name: &str) -> Option<PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(name);
    if file.is_file() {
        return Some(file);
    }
    eprintln!("SKIPPED: {name} is not in ../shared/data; this story runs without real dialogues");
    None
}

/// Whether the long forms of stories were asked for (`WUHEN_FULL=1`).
#[must_use]
pub fn full() -> bool {
    std::env::var_os("WUHEN_FULL").is_some_and(|value| value == "1")
}

/// A guest for an import.
#[must_use]
pub fn guest(id: &str, name: &str) -> Value {
    json!({"type": "guest", "id": id, "name": name, "phone": format!("+86154{id}"), "email": format!("{id}@mail.example")})
}

/// A conversation for an import.
#[must_use]
pub fn conversation(id: &str, guest: &str) -> Value {
    json!({"type": "conversation", "id": id, "guest": guest, "opened_at": "2025-03-01T08:00:00Z"})
}

/// A message for an import.
#[must_use]
pub fn message(id: &str, conversation: &str, text: &str) -> Value {
    json!({"type": "message", "id": id, "conversation": conversation, "sender": {"role": "guest"},
           "sent_at": "2025-03-01T08:00:00Z", "text": text})
}

/// A message with a file, its path relative to the import file.
#[must_use]
pub fn message_with(id: &str, conversation: &str, text: &str, path: &str) -> Value {
    let mut message = message(id, conversation, text);
    message["attachments"] = json!([{"name": path, "media_type": "image/jpeg", "path": path}]);
    message
}

/// Puts a copy of a folder back in its place, as somebody with a backup would, or a disk that has lost its last writes.
///
/// # Panics
/// If it cannot be put there.
pub fn put_back(image: &Path, place: &Path) {
    fs::remove_dir_all(place).expect("a folder can be removed");
    copy_tree(image, place);
}

/// Every file below these folders with its bytes.
///
/// # Panics
/// If one cannot be read.
#[must_use]
pub fn content(folders: &[PathBuf]) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for folder in folders {
        for entry in fs::read_dir(folder).expect("a folder can be read") {
            let path = entry.expect("a folder can be read").path();
            if path.is_dir() {
                files.extend(content(&[path]));
            } else {
                let bytes = fs::read(&path).expect("a file can be read");
                files.insert(path, bytes);
            }
        }
    }
    files
}

/// The roots that lie in a keys folder.
#[must_use]
pub fn roots(keys: &Path) -> usize {
    let is_root = |path: &&PathBuf| path.extension().is_some_and(|end| end == "root");
    content(&[keys.to_owned()]).keys().filter(is_root).count()
}

/// Copies a folder with all below it, or a file.
///
/// # Panics
/// If it cannot be copied.
pub fn copy_tree(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a folder can be made");
        for entry in fs::read_dir(from).expect("a folder can be read") {
            let path = entry.expect("a folder can be read").path();
            copy_tree(
                &path,
                &to.join(path.file_name().expect("an entry has a name")),
            );
        }
    } else {
        fs::create_dir_all(to.parent().expect("a file has a folder"))
            .expect("a folder can be made");
        fs::copy(from, to).expect("a file can be copied");
    }
}
