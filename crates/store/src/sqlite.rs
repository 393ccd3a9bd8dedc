//! The store on SQLite: a folder with one database and its blobs, or memory. One writer, a pool of readers. Write-ahead
//! log, `synchronous=FULL`, `secure_delete=ON`, temporary tables in memory only.

mod erase;
mod import;
mod ledger;
mod methods;
mod mirror;
mod read;
mod register;
mod restore;
mod sketched;
mod tenant;

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use rusqlite::config::DbConfig;
use rusqlite::{CachedStatement, Connection, OpenFlags, Transaction, TransactionBehavior, params};
use wuhen_keytree::context::{ItemKind, NodeId, NodeKind};
use wuhen_keytree::rotation::{NodeRow, SeedRow};

use crate::blobs::{FolderBlobs, MemoryBlobs, io_error, read_dir};
use crate::{ControlItemRow, ItemRow, StoreError, TenantNumber};

pub use restore::{Restored, restore, snapshots};

/// Layouts, in order; the database's `user_version` is how many were applied.
const MIGRATIONS: &[&str] = &[
    include_str!("sqlite/migrations/0001.sql"),
    include_str!("sqlite/migrations/0002.sql"),
    include_str!("sqlite/migrations/0003.sql"),
    include_str!("sqlite/migrations/0004.sql"),
];
/// "wuhn" in ASCII: marks the file as ours (SQLite's `application_id`).
const APPLICATION_ID: i64 = 0x7775_686e;
/// Page cache of the writer, KiB: a rotation's working set stays in memory.
const WRITER_CACHE_KIB: i64 = 128 * 1024;
/// Page cache of the writer while it imports, KiB. What does not fit goes to the log while the caller still reads, not at
/// the commit, when nobody works beside it. Pages are filled one after the other but for those of a few small indexes.
const IMPORT_CACHE_KIB: i64 = 16 * 1024;
/// Page cache of a reader, KiB.
const READER_CACHE_KIB: i64 = 16 * 1024;
/// Tables that hold a node's own rows, with the column that names the node. Whatever drops a node, or asks whether it is
/// gone, goes through all of them.
const OWN_ROWS: [(&str, &str); 11] = [
    ("guest", "node"),
    ("conversation", "node"),
    ("node", "id"),
    ("seed", "owner"),
    ("item", "owner"),
    ("sketch", "owner"),
    ("blob", "owner"),
    ("control_item", "owner"),
    ("register", "node"),
    ("flag", "node"),
    ("job", "node"),
];
/// Name of the database in a store's folder.
pub const DATABASE_FILE: &str = "wuhen.sqlite";
const LOCK_FILE: &str = "lock";
const BLOBS_FOLDER: &str = "blobs";

/// How a store is opened.
#[derive(Default, Clone, Copy)]
pub struct Options {
    /// The database may grow to this many pages of 4,096 bytes. None: to what the disk has.
    pub pages_max: Option<u32>,
}

/// A store on SQLite.
pub struct SqliteStore {
    folder: Option<PathBuf>,
    /// Held as long as the store is open: the operating system lets go of it when the process ends.
    _lock: Option<File>,
    /// Shared with the thread of an import.
    writer: Arc<Mutex<Connection>>,
    readers: Mutex<Vec<Connection>>,
    blobs: BlobsPlace,
}

enum BlobsPlace {
    Folder(FolderBlobs),
    Memory(MemoryBlobs),
}

impl SqliteStore {
    /// Makes a store in a new or empty folder.
    ///
    /// # Errors
    /// The folder holds something, or cannot be written.
    pub fn create(folder: &Path, options: Options) -> Result<Self, StoreError> {
        // A lock alone is what a first try that was interrupted leaves.
        let is_lock = |path: &PathBuf| path.file_name() == Some(LOCK_FILE.as_ref());
        if !read_dir(folder)?.iter().all(is_lock) {
            return Err(StoreError::NotEmpty {
                folder: folder.display().to_string(),
            });
        }
        fs::create_dir_all(folder).map_err(|source| io_error(folder, source))?;
        let lock = lock(folder)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut writer = connect(&folder.join(DATABASE_FILE), flags, WRITER_CACHE_KIB)?;
        migrate(&mut writer, &folder.join(DATABASE_FILE))?;
        let store = Self::with(folder, lock, writer, options)?;
        crate::blobs::sync_folder(folder)?;
        Ok(store)
    }

    /// Opens the store of a folder.
    ///
    /// # Errors
    /// There is none, another process has it, it is of a later version, or of something else.
    pub fn open(folder: &Path, options: Options) -> Result<Self, StoreError> {
        let file = folder.join(DATABASE_FILE);
        if !file.is_file() {
            return Err(StoreError::Missing {
                folder: folder.display().to_string(),
            });
        }
        let lock = lock(folder)?;
        let mut writer = connect(&file, OpenFlags::SQLITE_OPEN_READ_WRITE, WRITER_CACHE_KIB)?;
        migrate(&mut writer, &file)?;
        Self::with(folder, lock, writer, options)
    }

    /// A store in memory, for tests and simulations.
    ///
    /// # Errors
    /// Memory is short.
    pub fn in_memory() -> Result<Self, StoreError> {
        let mut writer = Connection::open_in_memory()?;
        configure(&writer, WRITER_CACHE_KIB)?;
        migrate(&mut writer, Path::new(":memory:"))?;
        let blobs = BlobsPlace::Memory(MemoryBlobs::default());
        Ok(Self {
            folder: None,
            _lock: None,
            writer: Arc::new(Mutex::new(writer)),
            readers: Mutex::default(),
            blobs,
        })
    }

    fn with(
        folder: &Path,
        lock: File,
        writer: Connection,
        options: Options,
    ) -> Result<Self, StoreError> {
        if let Some(pages) = options.pages_max {
            writer.pragma_update(None, "max_page_count", pages)?;
        }
        let blobs = BlobsPlace::Folder(FolderBlobs::open(folder.join(BLOBS_FOLDER))?);
        Ok(Self {
            folder: Some(folder.to_owned()),
            _lock: Some(lock),
            writer: Arc::new(Mutex::new(writer)),
            readers: Mutex::default(),
            blobs,
        })
    }

    fn writer(&self) -> MutexGuard<'_, Connection> {
        // A panic inside a transaction rolled it back: the connection is sound.
        self.writer
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Runs a reading closure on a reader of its own; in memory on the one connection there is.
    fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let Some(folder) = &self.folder else {
            return work(&self.writer());
        };
        let pooled = self.readers.lock().expect("no holder panics").pop();
        let reader = match pooled {
            Some(reader) => reader,
            None => fresh_reader(&folder.join(DATABASE_FILE))?,
        };
        let answer = work(&reader);
        self.readers.lock().expect("no holder panics").push(reader);
        answer
    }

    /// Runs a writing closure as one transaction.
    fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let answer = work(&transaction)?;
        transaction.commit()?;
        Ok(answer)
    }
}

fn fresh_reader(file: &Path) -> Result<Connection, StoreError> {
    let reader = connect(file, OpenFlags::SQLITE_OPEN_READ_WRITE, READER_CACHE_KIB)?;
    reader.pragma_update(None, "query_only", true)?;
    Ok(reader)
}

fn lock(folder: &Path) -> Result<File, StoreError> {
    let path = folder.join(LOCK_FILE);
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|source| io_error(&path, source))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse {
            folder: folder.display().to_string(),
        }),
        Err(TryLockError::Error(source)) => Err(io_error(&path, source)),
    }
}

fn connect(file: &Path, flags: OpenFlags, cache_kib: i64) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(file, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    configure(&connection, cache_kib)?;
    Ok(connection)
}

/// Settings of every connection. They hold for the connection only, so each one needs them.
fn configure(connection: &Connection, cache_kib: i64) -> Result<(), StoreError> {
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    let mode: Result<String, _> =
        connection.query_row("PRAGMA journal_mode=WAL", [], |row| row.get(0));
    if let Err(rusqlite::Error::SqliteFailure(failure, _)) = &mode
        && failure.code == rusqlite::ErrorCode::NotADatabase
    {
        let file = connection.path().unwrap_or_default().to_owned();
        return Err(StoreError::Foreign { file });
    }
    mode?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "cache_size", -cache_kib)?;
    connection.pragma_update(None, "busy_timeout", 5_000)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    // Plans never depend on bound values: a cached statement is not parsed again at each use (19 µs against 5, measured).
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

fn migrate(connection: &mut Connection, file: &Path) -> Result<(), StoreError> {
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let application: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION_ID && tables > 0 {
        return Err(StoreError::Foreign {
            file: file.display().to_string(),
        });
    }
    let known = i64::try_from(MIGRATIONS.len()).expect("few migrations");
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    run_migrations(connection, found, APPLICATION_ID)
}

/// Runs those after layout `found`, each in a transaction of its own.
fn run_migrations(
    connection: &mut Connection,
    found: i64,
    application_id: i64,
) -> Result<(), StoreError> {
    for (number, migration) in (1_i64..)
        .zip(MIGRATIONS)
        .skip(usize::try_from(found).unwrap_or(0))
    {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "application_id", application_id)?;
        transaction.pragma_update(None, "user_version", number)?;
        transaction.commit()?;
    }
    Ok(())
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            Some(rusqlite::ErrorCode::DatabaseCorrupt) => {
                Self::Damaged("a page of the database is not sound".to_owned())
            }
            // A limit on file size or a full disk under the log shows as a failed write.
            Some(rusqlite::ErrorCode::SystemIoFailure)
                if error.sqlite_error().is_some_and(|failure| {
                    matches!(
                        failure.extended_code,
                        rusqlite::ffi::SQLITE_IOERR_WRITE | rusqlite::ffi::SQLITE_IOERR_TRUNCATE
                    )
                }) =>
            {
                Self::Full
            }
            _ => Self::Database(error),
        }
    }
}

/// Integers of SQLite are signed; ids and counters here stay far below 2^63.
pub(crate) fn signed(value: u64) -> i64 {
    i64::try_from(value).expect("ids and counters stay below 2^63")
}

pub(crate) fn unsigned(value: i64) -> u64 {
    u64::try_from(value).expect("ids and counters are never negative")
}

/// Notes that rows of these nodes changed, at the tenant's next revision, which it returns.
fn note_changes(
    transaction: &Connection,
    tenant: TenantNumber,
    nodes: impl IntoIterator<Item = NodeId>,
) -> Result<i64, StoreError> {
    let revision: i64 = transaction.query_row(
        "UPDATE tenant SET revision = revision + 1 WHERE tenant = ? RETURNING revision",
        [tenant.0],
        |row| row.get(0),
    )?;
    let mut note = transaction.prepare_cached(
        "INSERT INTO changed (tenant, node, revision) VALUES (?, ?, ?)
         ON CONFLICT (tenant, node) DO UPDATE SET revision = excluded.revision",
    )?;
    for node in nodes {
        note.execute(params![tenant.0, signed(node.0), revision])?;
    }
    Ok(revision)
}

fn insert_node(
    connection: &Connection,
    tenant: TenantNumber,
    node: &NodeRow,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO node (tenant, parent, slot, id, kind, key_version, wrap) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            tenant.0,
            signed(node.parent.0),
            node.slot,
            signed(node.id.0),
            node.kind.code(),
            signed(node.key_version),
            node.wrap
        ])?;
    Ok(())
}

fn insert_seed(
    connection: &Connection,
    tenant: TenantNumber,
    seed: &SeedRow,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO seed (tenant, owner, segment, sealed) VALUES (?, ?, ?, ?)",
        )?
        .execute(params![
            tenant.0,
            signed(seed.owner.0),
            seed.segment,
            seed.sealed
        ])?;
    Ok(())
}

fn insert_control_item(
    connection: &Connection,
    tenant: TenantNumber,
    item: &ControlItemRow,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO control_item (tenant, owner, item, kind, sealed) VALUES (?, ?, ?, ?, ?)",
        )?
        .execute(params![
            tenant.0,
            signed(item.owner.0),
            item.item,
            item.kind.code(),
            item.sealed
        ])?;
    Ok(())
}

/// Adds items, sketches to their own table. An import adds so many that it keeps the statements at hand.
struct ItemInsert<'c> {
    item: CachedStatement<'c>,
    sketch: CachedStatement<'c>,
}

impl<'c> ItemInsert<'c> {
    fn prepare(connection: &'c Connection) -> Result<Self, StoreError> {
        Ok(Self {
            item: connection.prepare_cached(
                "INSERT INTO item (tenant, owner, item, kind, source_tag, sealed, replaces) VALUES (?, ?, ?, ?, ?, ?, ?)
                 ON CONFLICT (tenant, owner, source_tag) WHERE source_tag IS NOT NULL DO NOTHING",
            )?,
            sketch: connection.prepare_cached(
                "INSERT INTO sketch (tenant, owner, item, sealed) VALUES (?, ?, ?, ?)",
            )?,
        })
    }

    fn insert(
        &mut self,
        tenant: TenantNumber,
        owner: NodeId,
        item: &ItemRow,
    ) -> Result<(), StoreError> {
        if item.kind == ItemKind::Sketch {
            self.sketch
                .execute(params![tenant.0, signed(owner.0), item.item, item.sealed])?;
            return Ok(());
        }
        let added = self.item.execute(params![
            tenant.0,
            signed(owner.0),
            item.item,
            item.kind.code(),
            item.source_tag.as_ref().map(|tag| &tag.0[..]),
            item.sealed,
            item.replaces
        ])?;
        if added == 0 {
            return Err(StoreError::Conflict(
                "a conversation has a message of this id already",
            ));
        }
        Ok(())
    }
}

fn node_kind(code: i64) -> Result<NodeKind, StoreError> {
    u8::try_from(code)
        .ok()
        .and_then(NodeKind::from_code)
        .ok_or_else(|| StoreError::Damaged(format!("node kind {code} is unknown")))
}

fn item_kind(code: i64) -> Result<ItemKind, StoreError> {
    u8::try_from(code)
        .ok()
        .and_then(ItemKind::from_code)
        .ok_or_else(|| StoreError::Damaged(format!("item kind {code} is unknown")))
}

/// The revision that the tenant is at.
fn revision_of(connection: &Connection, tenant: TenantNumber) -> Result<i64, StoreError> {
    Ok(connection.query_row(
        "SELECT revision FROM tenant WHERE tenant = ?",
        [tenant.0],
        |row| row.get(0),
    )?)
}

fn log_file(folder: &Path) -> PathBuf {
    folder.join(format!("{DATABASE_FILE}-wal"))
}

/// A file's size; 0 if it is not there.
fn file_bytes(file: &Path) -> Result<u64, StoreError> {
    match fs::metadata(file) {
        Ok(metadata) => Ok(metadata.len()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
        Err(source) => Err(io_error(file, source)),
    }
}
