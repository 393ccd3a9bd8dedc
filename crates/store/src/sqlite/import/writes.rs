//! The thread that an import's rows are written by, while its caller reads and seals the next ones.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::Connection;

use crate::StoreError;

/// Something to write, or a question that what was written before has to answer.
type Work = Box<dyn FnOnce(&Connection) -> Result<(), StoreError> + Send>;

/// Work handed over at once: a hand-over costs some microseconds, as much as writing a row.
const BATCH: usize = 64;
/// Bytes handed over at once, about.
const BATCH_BYTES: usize = 256 * 1024;
/// Batches that may wait. With the two at hand they bound what an import keeps in memory.
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
    pub(super) fn begin(writer: Arc<Mutex<Connection>>) -> Result<Self, StoreError> {
        let (batches, waiting) = sync_channel(BATCHES_WAITING);
        let thread = std::thread::Builder::new()
            .name("import".to_owned())
            .spawn(move || work_off(&writer, &waiting))
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
        self.batch.push(Box::new(work));
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
        self.batch.push(Box::new(move |connection| {
            // Who asked waits, or has panicked.
            let _ = answer.send(question(connection)?);
            Ok(())
        }));
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

fn work_off(writer: &Mutex<Connection>, waiting: &Receiver<Vec<Work>>) -> Result<(), StoreError> {
    // A panic inside a transaction rolled it back: the connection is sound.
    let writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
    let _undone = RollBack(&writer);
    writer.execute_batch("BEGIN IMMEDIATE")?;
    waiting.iter().flatten().try_for_each(|work| work(&writer))
}

/// Undoes what was not committed, after a panic too.
struct RollBack<'c>(&'c Connection);

impl Drop for RollBack<'_> {
    fn drop(&mut self) {
        if !self.0.is_autocommit() {
            // A failed rollback leaves the transaction to SQLite's own recovery when the file is next opened.
            let _ = self.0.execute_batch("ROLLBACK");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database() -> Arc<Mutex<Connection>> {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch("CREATE TABLE t (n INTEGER PRIMARY KEY)")
            .unwrap();
        Arc::new(Mutex::new(connection))
    }

    fn insert(number: i64) -> impl FnOnce(&Connection) -> Result<(), StoreError> + Send + 'static {
        move |connection| {
            connection.execute("INSERT INTO t VALUES (?)", [number])?;
            Ok(())
        }
    }

    /// Rows that are there once the import is over; its thread has let go of the shared and of the transaction.
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
        let mut writes = Writes::begin(Arc::clone(&shared)).unwrap();
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
        let mut writes = Writes::begin(Arc::clone(&shared)).unwrap();
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
        let mut writes = Writes::begin(Arc::clone(&shared)).unwrap();
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
        let mut writes = Writes::begin(Arc::clone(&shared)).unwrap();
        writes.write(8, insert(1)).unwrap();
        writes.write(8, |_| panic!("on purpose")).unwrap();
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            writes.ask(|_| Ok(())).map(drop)
        }));
        assert!(panicked.is_err());
        drop(writes);
        assert_eq!(rows(&shared), 0);
        let mut again = Writes::begin(Arc::clone(&shared)).unwrap();
        again.write(8, insert(1)).unwrap();
        again
            .ask(|connection| Ok(connection.execute_batch("COMMIT")?))
            .unwrap();
        drop(again);
        assert_eq!(rows(&shared), 1);
    }
}
