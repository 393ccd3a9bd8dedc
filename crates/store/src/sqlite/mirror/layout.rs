//! Repositories of an earlier layout: their tables follow the store's.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::MIRROR_APPLICATION_ID;
use crate::StoreError;
use crate::blobs::io_error;
use crate::sqlite::{MIGRATIONS, run_migrations, signed};

/// Bytes of a database's header (the SQLite file format, 1.3), and where it has its user version and its application.
const HEADER_BYTES: usize = 100;
const USER_VERSION_AT: usize = 60;
const APPLICATION_ID_AT: usize = 68;

/// A repository of an earlier layout, which a store of ours has not written to since: its tables get the layout of today.
pub(super) fn bring_up_to_date(file: &Path) -> Result<(), StoreError> {
    let (found, application) = header(file)?;
    let known = signed(MIGRATIONS.len() as u64);
    if application != MIRROR_APPLICATION_ID || !(1..known).contains(&found) {
        return Ok(());
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut mirror = Connection::open_with_flags(file, flags)?;
    mirror.execute_batch("PRAGMA secure_delete=ON; PRAGMA synchronous=EXTRA;")?;
    run_migrations(&mut mirror, found, MIRROR_APPLICATION_ID)
}

/// Layout and application of a database, from its first bytes: a repository is attached too often to open it twice.
fn header(file: &Path) -> Result<(i64, i64), StoreError> {
    let mut bytes = [0; HEADER_BYTES];
    let read = File::open(file).and_then(|mut file| file.read_exact(&mut bytes));
    match read {
        // Too short for a database: what attaches it says so.
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok((0, 0)),
        read => read.map_err(|source| io_error(file, source))?,
    }
    let number = |at: usize| {
        let word = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
        i64::from(u32::from_be_bytes(word))
    };
    Ok((number(USER_VERSION_AT), number(APPLICATION_ID_AT)))
}
