//! The peer of storing and erasing: plain rows in SQLite, as an ordinary program keeps them, with the settings of upstream.

use std::path::Path;

use anyhow::Result;
use rusqlite::{Connection, params};
use wuhen_formats::{JsonLines, Source};
use wuhen_model::record::{Record, SentAt};

/// A database of plain messages.
pub struct Plain(Connection);

impl Plain {
    /// Makes one: write-ahead log, every commit forced to disk, one index beside the primary key.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn create(file: &Path) -> Result<Self> {
        let connection = Connection::open(file)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.execute_batch(
            "CREATE TABLE message (id TEXT NOT NULL, conversation TEXT NOT NULL, sender TEXT NOT NULL,
                                   sent_at INTEGER NOT NULL, text TEXT NOT NULL);
             CREATE INDEX message_by_id ON message (id);",
        )?;
        Ok(Self(connection))
    }

    /// Reads a file with our reader and stores its messages in one transaction; how many.
    ///
    /// # Errors
    /// The file cannot be read, or the database not written.
    pub fn import(&mut self, file: &Path) -> Result<usize> {
        let mut lines = JsonLines::new(Source::open(file)?);
        let transaction = self.0.transaction()?;
        let mut count = 0;
        {
            let mut insert = transaction.prepare(
                "INSERT INTO message (id, conversation, sender, sent_at, text) VALUES (?, ?, ?, ?, ?)",
            )?;
            while let Some(line) = lines.next_line() {
                let Record::Message(message) = line?.record else {
                    continue;
                };
                let SentAt { at, .. } = message.sent_at;
                insert.execute(params![
                    message.id,
                    message.conversation,
                    message.sender.id,
                    at.as_second(),
                    message.text
                ])?;
                count += 1;
            }
        }
        transaction.commit()?;
        Ok(count)
    }

    /// Lets whole conversations be found: an ordinary program has this index. Made after the import, which is measured
    /// with one index only.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn index_conversations(&self) -> Result<()> {
        let sql = "CREATE INDEX message_by_conversation ON message (conversation)";
        Ok(self.0.execute_batch(sql)?)
    }

    /// Deletes conversations and does what SQLite offers so that nothing stays: VACUUM and a truncated log.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn erase(&mut self, conversations: &[String]) -> Result<()> {
        let transaction = self.0.transaction()?;
        {
            let mut delete = transaction.prepare("DELETE FROM message WHERE conversation = ?")?;
            for conversation in conversations {
                delete.execute([conversation])?;
            }
        }
        transaction.commit()?;
        self.0.execute_batch("VACUUM")?;
        let checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
        self.0.query_row(checkpoint, [], |_| Ok(()))?;
        Ok(())
    }

    /// Messages that contain a word, by reading every row.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn scan(&self, word: &str) -> Result<usize> {
        let sql = "SELECT count(*) FROM message WHERE text LIKE '%' || ? || '%'";
        let count: i64 = self.0.query_row(sql, [word], |row| row.get(0))?;
        Ok(usize::try_from(count)?)
    }
}
