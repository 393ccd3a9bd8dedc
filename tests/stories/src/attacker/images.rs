//! Databases of an image, as SQLite sees them: with the log, without it, as of every transaction that the log still
//! holds, with a journal rolled back and not. Reads copies: opening a database changes it.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, Row};
use sha2::{Digest, Sha256};

use super::carve::carve;
use super::{Evidence, Item, Node, Seed, Top, files_below};

/// Bytes of a log's header, and of a frame: its own header of 24 and a page.
const LOG_HEADER_BYTES: usize = 32;
const FRAME_BYTES: usize = 24 + PAGE_BYTES;
const PAGE_BYTES: usize = 4096;

/// Everything that a database file and its companions hold.
pub(super) fn read_database(evidence: &mut Evidence, file: &Path) {
    let bytes = fs::read(file).expect("an image can be read");
    let companion = |suffix: &str| fs::read(with_suffix(file, suffix)).ok();
    let (log, journal) = (companion("-wal"), companion("-journal"));
    let frames = log.as_deref().unwrap_or_default();
    let frames = frames.get(LOG_HEADER_BYTES..).unwrap_or_default();
    let pages = bytes.chunks(PAGE_BYTES);
    let logged = frames.chunks(FRAME_BYTES);
    let logged = logged.filter_map(|frame| frame.get(FRAME_BYTES - PAGE_BYTES..));
    for part in pages.chain(logged).chain(journal.as_deref()) {
        if evidence.seen.insert(digest(&[part])) {
            carve(evidence, part);
        }
    }
    let database = digest(&[&bytes]);
    let mut views = vec![(None, None), (None, journal.as_deref())];
    if let Some(log) = &log {
        let ends = transaction_ends(log).into_iter().chain([log.len()]);
        views.extend(ends.map(|end| (Some(&log[..end]), None)));
    }
    for (log, journal) in views {
        let log_digest = digest(&[log.unwrap_or_default()]);
        let journal_digest = digest(&[journal.unwrap_or_default()]);
        let view = digest(&[&database, &log_digest, &journal_digest]);
        if evidence.seen.insert(view) {
            read_view(evidence, &bytes, log, journal);
        }
    }
}

/// Only what SQLite shows of a store's database and its log.
pub(super) fn read_live(evidence: &mut Evidence, store: &Path) {
    for file in files_below(store) {
        if file
            .extension()
            .is_some_and(|extension| extension == "sqlite")
        {
            let log = fs::read(with_suffix(&file, "-wal")).ok();
            let bytes = fs::read(&file).expect("a store can be read");
            read_view(evidence, &bytes, log.as_deref(), None);
        }
    }
}

fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Where transactions end in a log: after each frame that states the database's size.
fn transaction_ends(log: &[u8]) -> Vec<usize> {
    let frames = log.len().saturating_sub(LOG_HEADER_BYTES) / FRAME_BYTES;
    (0..frames)
        .map(|number| LOG_HEADER_BYTES + number * FRAME_BYTES)
        .filter(|start| log[start + 4..start + 8] != [0; 4])
        .map(|start| start + FRAME_BYTES)
        .collect()
}

/// Reads what SQLite makes of these files. An image taken in the middle of a write may be no database: then the raw
/// bytes, which were carved already, have to do.
fn read_view(evidence: &mut Evidence, bytes: &[u8], log: Option<&[u8]>, journal: Option<&[u8]>) {
    let scratch = tempfile::tempdir().expect("a scratch folder can be made");
    let file = scratch.path().join("view.sqlite");
    let write = |path: &Path, bytes: &[u8]| fs::write(path, bytes).expect("a copy can be written");
    write(&file, bytes);
    if let Some(log) = log {
        write(&with_suffix(&file, "-wal"), log);
    }
    if let Some(journal) = journal {
        write(&with_suffix(&file, "-journal"), journal);
    }
    if let Ok(connection) = Connection::open_with_flags(&file, OpenFlags::SQLITE_OPEN_READ_WRITE) {
        read_rows(evidence, &connection).ok();
    }
}

fn read_rows(evidence: &mut Evidence, connection: &Connection) -> rusqlite::Result<()> {
    each(
        connection,
        "SELECT id, root_kid, top, top_key_version, top_wrap FROM tenant",
        |row| {
            evidence.tops.insert(Top {
                tenant: row.get(0)?,
                kid: row.get(1)?,
                node: number(row, 2)?,
                version: number(row, 3)?,
                wrap: row.get(4)?,
            });
            Ok(())
        },
    )?;
    each(
        connection,
        "SELECT parent, id, kind, key_version, wrap FROM node",
        |row| {
            evidence.nodes.insert(Node {
                parent: number(row, 0)?,
                id: number(row, 1)?,
                kind: row.get(2)?,
                version: number(row, 3)?,
                wrap: row.get(4)?,
            });
            Ok(())
        },
    )?;
    each(
        connection,
        "SELECT owner, segment, sealed FROM seed",
        |row| {
            evidence.seeds.insert(Seed {
                owner: number(row, 0)?,
                segment: row.get(1)?,
                sealed: row.get(2)?,
            });
            Ok(())
        },
    )?;
    for sql in [
        "SELECT owner, item, kind, sealed FROM item",
        "SELECT owner, item, 5, sealed FROM sketch",
        "SELECT owner, item, kind, sealed FROM control_item",
    ] {
        each(connection, sql, |row| {
            evidence.items.insert(Item {
                owner: number(row, 0)?,
                number: row.get(1)?,
                kind: row.get(2)?,
                sealed: row.get(3)?,
            });
            Ok(())
        })?;
    }
    each(connection, "SELECT owner, item, name FROM blob", |row| {
        let row = (number(row, 0)?, row.get(1)?, row.get(2)?);
        evidence.blob_rows.insert(row);
        Ok(())
    })
}

fn each(
    connection: &Connection,
    sql: &str,
    mut take: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(row)?;
    }
    Ok(())
}

fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(row.get::<_, i64>(column)?.cast_unsigned())
}
