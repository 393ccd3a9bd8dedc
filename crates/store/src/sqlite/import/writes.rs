//! The thread that seals and writes an import's rows, while its caller reads the next ones.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::Connection;
use wuhen_keytree::context::NodeId;

use crate::sqlite::{IMPORT_CACHE_KIB, ItemInsert, WRITER_CACHE_KIB};
use crate::{ItemRow, StoreError, TenantNumber, UnsealedItem};

/// What the thread does, in the order in which it was handed over.
enum Work {
    /// An item to seal and to add: nine of ten.
    Insert(NodeId, UnsealedItem),
    Other(Other),
}

/// Something else to write, or a question that what was written before has to answer.
type Other = Box<dyn FnOnce(&Connection) -> Result<(), StoreError> + Send>;

/// Work handed over at once: a hand-over costs some microseconds, as much as writing a row.
const BATCH: usize = 64;
/// Bytes handed over at once, about.
const BATCH_BYTES: usize = 256 * 1024;
/// Batches that may wait: with the two at hand they bound what is read and not yet written.
const BATCHES_WAITING: usize = 8;

/// One transaction on a thread of its own, undone unless it was told to commit. The first error ends it.
pub(super) struct Writes {
    batch: Vec<Work>,
    batch_bytes: usize,
    batches: Option<SyncSender<Vec<Work>>>,
    thread: Option<JoinHandle<Result<(), StoreError>>>,
}

impl Writes {
    /// Takes the writer as soon as it is free, for as long as the import lasts.
    pub(super) fn begin(
        writer: Arc<Mutex<Connection>>,
        tenant: TenantNumber,
    ) -> Result<Self, StoreError> {
        let (batches, waiting) = sync_channel(BATCHES_WAITING);
        let thread = std::thread::Builder::new()
            .name("import".to_owned())
            .spawn(move || work_off(&writer, tenant, &waiting))
            .map_err(StoreError::Thread)?;
        Ok(Self {
            batch: Vec::with_capacity(BATCH),
            batch_bytes: 0,
            batches: Some(batches),
            thread: Some(thread),
        })
    }

    /// Writes in good time. An error shows at one of the next calls.
    pub(super) fn write(
        &mut self,
        bytes: usize,
        work: impl FnOnce(&Connection) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), StoreError> {
        self.push(bytes, Work::Other(Box::new(work)))
    }

    /// As [`Self::write`], for an item.
    pub(super) fn insert(
        &mut self,
        bytes: usize,
        owner: NodeId,
        item: UnsealedItem,
    ) -> Result<(), StoreError> {
        self.push(bytes, Work::Insert(owner, item))
    }

    fn push(&mut self, bytes: usize, work: Work) -> Result<(), StoreError> {
        self.batch.push(work);
        self.batch_bytes += bytes;
        if self.batch.len() >= BATCH || self.batch_bytes >= BATCH_BYTES {
            self.hand_over()?;
        }
        Ok(())
    }

    /// Waits until all before it is written, and for the answer.
    pub(super) fn ask<T: Send + 'static>(
        &mut self,
        question: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = sync_channel(1);
        self.batch.push(Work::Other(Box::new(move |connection| {
            // Who asked waits, or has panicked.
            let _ = answer.send(question(connection)?);
            Ok(())
        })));
        self.hand_over()?;
        answered.recv().map_err(|_| self.failure())
    }

    fn hand_over(&mut self) -> Result<(), StoreError> {
        let batch = std::mem::replace(&mut self.batch, Vec::with_capacity(BATCH));
        self.batch_bytes = 0;
        let sent = self.batches.as_ref().map(|batches| batches.send(batch));
        match sent {
            Some(Ok(())) => Ok(()),
            Some(Err(_)) | None => Err(self.failure()),
        }
    }

    /// Why the thread has ended.
    fn failure(&mut self) -> StoreError {
        self.batches = None;
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(Err(error))) => error,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            Some(Ok(Ok(()))) | None => StoreError::Conflict("the import has failed before"),
        }
    }
}

impl Drop for Writes {
    fn drop(&mut self) {
        self.batches = None;
        if let Some(thread) = self.thread.take() {
            // Its error was told, or nobody asks any more: the transaction is undone.
            let _ = thread.join();
        }
    }
}

fn work_off(
    writer: &Mutex<Connection>,
    tenant: TenantNumber,
    waiting: &Receiver<Vec<Work>>,
) -> Result<(), StoreError> {
    // A panic inside a transaction rolled it back: the connection is sound.
    let writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
    let _left_as_found = Held(&writer);
    writer.pragma_update(None, "cache_size", -IMPORT_CACHE_KIB)?;
    writer.execute_batch("BEGIN IMMEDIATE")?;
    let mut items = ItemInsert::prepare(&writer)?;
    waiting.iter().flatten().try_for_each(|work| match work {
        Work::Insert(owner, item) => items.insert(tenant, owner, &sealed(item)),
        Work::Other(work) => work(&writer),
    })
}

fn sealed(mut item: UnsealedItem) -> ItemRow {
    ItemRow {
        item: item.item,
        kind: item.kind,
        source_tag: item.source_tag,
        sealed: (item.seal)(),
        replaces: None,
    }
}

/// Undoes what was not committed and gives the writer its cache back, after a panic too.
struct Held<'c>(&'c Connection);

impl Drop for Held<'_> {
    fn drop(&mut self) {
        if !self.0.is_autocommit() {
            // A failed rollback leaves the transaction to SQLite's own recovery when the file is next opened.
            let _ = self.0.execute_batch("ROLLBACK");
        }
        // A writer that keeps the smaller cache is slower, not wrong.
        let _ = self.0.pragma_update(None, "cache_size", -WRITER_CACHE_KIB);
    }
}

#[cfg(test)]
mod tests {
    use wuhen_keytree::context::ItemKind;

    use super::*;
    use crate::sqlite::{Options, SqliteStore};

    const ITEM_BYTES: usize = 4_096;
    const ITEMS: u32 = 6_000;

    /// Rows of 24 MB: more than an import's cache holds.
    fn written(store: &SqliteStore) -> Writes {
        let mut writes = Writes::begin(store.writer.clone(), TenantNumber(1)).unwrap();
        for item in 0..ITEMS {
            let item = UnsealedItem {
                item,
                kind: ItemKind::Message,
                source_tag: None,
                bytes: ITEM_BYTES,
                seal: Box::new(|| vec![7; ITEM_BYTES]),
            };
            writes.insert(ITEM_BYTES, NodeId(1), item).unwrap();
        }
        assert_eq!(writes.ask(cache_kib).unwrap(), IMPORT_CACHE_KIB);
        writes
    }

    fn cache_kib(connection: &Connection) -> Result<i64, StoreError> {
        let pages: i64 = connection.query_row("PRAGMA cache_size", [], |row| row.get(0))?;
        Ok(-pages)
    }

    /// What the writer has, and what whoever reads sees.
    fn items(store: &SqliteStore) -> u32 {
        let sql = "SELECT count(*) FROM item";
        let count = |connection: &Connection| Ok(connection.query_row(sql, [], |row| row.get(0))?);
        let read = store.read(count).unwrap();
        assert_eq!(count(&store.writer()).unwrap(), read);
        read
    }

    #[test]
    fn more_than_the_cache_holds_goes_to_the_log_and_nothing_of_it_counts_before_the_commit() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::create(folder.path(), Options::default()).unwrap();
        let log = folder.path().join("wuhen.sqlite-wal");
        let writes = written(&store);
        assert!(log.metadata().unwrap().len() > 4 << 20);
        drop(writes);
        assert_eq!(items(&store), 0);
        assert_eq!(cache_kib(&store.writer()).unwrap(), WRITER_CACHE_KIB);

        let mut writes = written(&store);
        let commit = |connection: &Connection| Ok(connection.execute_batch("COMMIT")?);
        writes.ask(commit).unwrap();
        drop(writes);
        assert_eq!(items(&store), ITEMS);
        assert_eq!(cache_kib(&store.writer()).unwrap(), WRITER_CACHE_KIB);
    }

    fn database() -> Arc<Mutex<Connection>> {
        let store = SqliteStore::in_memory().unwrap();
        let table = "CREATE TABLE t (n INTEGER PRIMARY KEY)";
        store.writer().execute_batch(table).unwrap();
        Arc::clone(&store.writer)
    }

    fn insert(number: i64) -> impl FnOnce(&Connection) -> Result<(), StoreError> + Send + 'static {
        move |connection| {
            connection.execute("INSERT INTO t VALUES (?)", [number])?;
            Ok(())
        }
    }

    /// Rows that are there once the import is over; its thread has let go of the writer and of the transaction.
    fn rows(shared: &Arc<Mutex<Connection>>) -> i64 {
        let shared = shared.try_lock().unwrap_or_else(|held| match held {
            std::sync::TryLockError::Poisoned(poisoned) => poisoned.into_inner(),
            std::sync::TryLockError::WouldBlock => panic!("the writer is still held"),
        });
        assert!(shared.is_autocommit());
        let sql = "SELECT count(*) FROM t";
        shared.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn what_was_dropped_without_a_commit_is_undone_and_the_writer_is_free() {
        let shared = database();
        let mut writes = Writes::begin(Arc::clone(&shared), TenantNumber(1)).unwrap();
        for number in 0..200 {
            writes.write(8, insert(number)).unwrap();
        }
        let sql = "SELECT count(*) FROM t";
        let count =
            writes.ask(move |connection| Ok(connection.query_row(sql, [], |row| row.get(0))?));
        let count: i64 = count.unwrap();
        assert_eq!(count, 200, "a question sees all that was written before it");
        drop(writes);
        assert_eq!(rows(&shared), 0);
    }

    #[test]
    fn a_commit_is_one_more_question() {
        let shared = database();
        let mut writes = Writes::begin(Arc::clone(&shared), TenantNumber(1)).unwrap();
        writes.write(8, insert(1)).unwrap();
        writes
            .ask(|connection| Ok(connection.execute_batch("COMMIT")?))
            .unwrap();
        drop(writes);
        assert_eq!(rows(&shared), 1);
    }

    #[test]
    fn the_first_error_is_told_once_in_its_own_words_and_undoes_all() {
        let shared = database();
        let mut writes = Writes::begin(Arc::clone(&shared), TenantNumber(1)).unwrap();
        writes.write(8, insert(1)).unwrap();
        writes.write(8, |_| Err(StoreError::Full)).unwrap();
        writes
            .write(8, |_| panic!("nothing is done after an error"))
            .unwrap();
        let answer = writes.ask(|_| Ok(()));
        assert!(matches!(answer, Err(StoreError::Full)));
        assert!(matches!(
            writes.ask(|_| Ok(())),
            Err(StoreError::Conflict(_))
        ));
        assert_eq!(rows(&shared), 0);
    }

    #[test]
    fn a_panic_reaches_the_caller_and_leaves_a_sound_writer() {
        let shared = database();
        let mut writes = Writes::begin(Arc::clone(&shared), TenantNumber(1)).unwrap();
        writes.write(8, insert(1)).unwrap();
        writes.write(8, |_| panic!("on purpose")).unwrap();
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            writes.ask(|_| Ok(())).map(drop)
        }));
        assert!(panicked.is_err());
        drop(writes);
        assert_eq!(rows(&shared), 0);
        let mut again = Writes::begin(Arc::clone(&shared), TenantNumber(1)).unwrap();
        again.write(8, insert(1)).unwrap();
        again
            .ask(|connection| Ok(connection.execute_batch("COMMIT")?))
            .unwrap();
        drop(again);
        assert_eq!(rows(&shared), 1);
    }
}
