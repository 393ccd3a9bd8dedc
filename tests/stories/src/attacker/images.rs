//! Databases of an image, as SQLite sees them: with the log, without it, as of every transaction that the log still
//! holds, with a journal rolled back and not. Reads copies: opening a database changes it.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, Row};
use sha2::{Digest, Sha256};

use super::carve::carve;
use super::{Evidence, Item, Node, Seed, Top, files_below};

/// Bytes of a log's header, and of a frame's.
const LOG_HEADER_BYTES: usize = 32;
const FRAME_HEADER_BYTES: usize = 24;
const PAGE_BYTES: usize = 4096;

/// Everything that a database file and its companions hold.
pub(super) fn read_database(evidence: &mut Evidence, file: &Path) {
    let bytes = fs::read(file).expect("an image can be read");
    let companion = |suffix: &str| fs::read(with_suffix(file, suffix)).ok();
    let (log, journal) = (companion("-wal"), companion("-journal"));
    for page in bytes.chunks(PAGE_BYTES) {
        if evidence.seen.insert(digest(&[page])) {
            carve(evidence, page);
        }
    }
    for loose in [&log, &journal].into_iter().flatten() {
        if evidence.seen.insert(digest(&[loose])) {
            carve(evidence, loose);
        }
    }
    let mut views = vec![(None, None), (log.clone(), None), (None, journal)];
    let ends = log.as_deref().map(transaction_ends).unwrap_or_default();
    views.extend(
        ends.into_iter()
            .map(|end| (log.as_ref().map(|log| log[..end].to_vec()), None)),
    );
    for (log, journal) in views {
        let part = |part: &Option<Vec<u8>>| part.clone().unwrap_or_default();
        if evidence.seen.insert(digest(&[
            b"view",
            &bytes,
            &part(&log),
            b"|",
            &part(&journal),
        ])) {
            read_view(evidence, &bytes, log.as_deref(), journal.as_deref());
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
    let frame = FRAME_HEADER_BYTES + PAGE_BYTES;
    let frames = log.len().saturating_sub(LOG_HEADER_BYTES) / frame;
    (0..frames)
        .filter(|number| {
            let size_at = LOG_HEADER_BYTES + number * frame + 4;
            log[size_at..size_at + 4] != [0; 4]
        })
        .map(|number| LOG_HEADER_BYTES + (number + 1) * frame)
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
