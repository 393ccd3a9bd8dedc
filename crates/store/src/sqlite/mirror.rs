//! Snapshot repositories: a folder with a mirror database and blobs. A snapshot adds content; a fence keeps key, control
//! and ledger rows current and removes what was dropped. The store's database is only read here, but for the note when a
//! repository was last fenced.

mod adopt;
mod content;
mod layout;
mod verify;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, params};
use wuhen_keytree::context::{NodeId, TenantId};

use super::erase::WHOLE_NODE;
use super::{
    APPLICATION_ID, MIGRATIONS, OWN_ROWS, READER_CACHE_KIB, connect, read, signed, unsigned,
};
use crate::blobs::{Blobs, FolderBlobs, io_error, read_dir, sync_folder};
use crate::{Fenced, RepositoryProblem, RepositoryRow, SnapshotRow, StoreError, TenantNumber};

/// Name of the mirror in a repository's folder.
pub(super) const MIRROR_FILE: &str = "repository.sqlite";
pub(super) const MIRROR_BLOBS: &str = "blobs";
/// "wuhr" in ASCII: marks a mirror, so that it is never opened as a store.
const MIRROR_APPLICATION_ID: i64 = APPLICATION_ID + 4;

/// Tables whose rows hang directly on a node, with the column that names it.
const HANGING: [(&str, &str); 9] = [
    ("node", "parent"),
    ("seed", "owner"),
    ("guest", "node"),
    ("conversation", "node"),
    ("case_state", "node"),
    ("control_item", "owner"),
    ("register", "node"),
    ("flag", "register"),
    ("job", "node"),
];

/// Makes a repository in a new or empty folder.
pub(super) fn create(folder: &Path, id: &str, tenant: TenantId) -> Result<(), StoreError> {
    if !read_dir(folder)?.is_empty() {
        return Err(trouble(folder, RepositoryProblem::NotEmpty));
    }
    fs::create_dir_all(folder).map_err(|source| io_error(folder, source))?;
    let file = folder.join(MIRROR_FILE);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut mirror = connect(&file, flags, READER_CACHE_KIB)?;
    mirror.query_row("PRAGMA journal_mode=DELETE", [], |row| {
        row.get::<_, String>(0)
    })?;
    let transaction = mirror.transaction()?;
    for migration in MIGRATIONS {
        transaction.execute_batch(migration)?;
    }
    transaction.execute_batch(include_str!("mirror.sql"))?;
    transaction.execute(
        "INSERT INTO mirror (repository, tenant_id, revision, fenced_at) VALUES (?, ?, 0, 0)",
        params![id, tenant.0],
    )?;
    transaction.pragma_update(None, "application_id", MIRROR_APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", signed(MIGRATIONS.len() as u64))?;
    transaction.commit()?;
    FolderBlobs::open(folder.join(MIRROR_BLOBS))?;
    sync_folder(folder)
}

/// Runs a closure with the mirror attached as `mirror`.
pub(super) fn with_mirror<T>(
    connection: &Connection,
    folder: &Path,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let file = file_of(folder)?;
    layout::bring_up_to_date(&file)?;
    connection.execute("ATTACH ? AS mirror", [file.display().to_string()])?;
    let answer = check_mirror(connection, folder).and_then(|()| work(connection));
    let detached = connection.execute_batch("DETACH mirror");
    let answer = answer?;
    detached?;
    Ok(answer)
}

fn file_of(folder: &Path) -> Result<PathBuf, StoreError> {
    let file = folder.join(MIRROR_FILE);
    if file.is_file() {
        return Ok(file);
    }
    Err(trouble(folder, RepositoryProblem::Away))
}

/// Where a repository keeps attachments. Nothing is made where no repository is: its disk may be away.
fn blobs_of(folder: &Path) -> Result<FolderBlobs, StoreError> {
    file_of(folder)?;
    FolderBlobs::open(folder.join(MIRROR_BLOBS))
}

fn check_mirror(connection: &Connection, folder: &Path) -> Result<(), StoreError> {
    let application: i64 =
        connection.query_row("PRAGMA mirror.application_id", [], |row| row.get(0))?;
    if application != MIRROR_APPLICATION_ID {
        return Err(trouble(folder, RepositoryProblem::Foreign));
    }
    let found: i64 = connection.query_row("PRAGMA mirror.user_version", [], |row| row.get(0))?;
    let known = signed(MIGRATIONS.len() as u64);
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    connection.execute_batch("PRAGMA mirror.secure_delete=ON; PRAGMA mirror.synchronous=EXTRA;")?;
    Ok(())
}

/// The identity that a repository's own file states: its id and its tenant's.
pub(super) fn identity(connection: &Connection) -> Result<(String, Vec<u8>), StoreError> {
    Ok(connection.query_row(
        "SELECT repository, tenant_id FROM mirror.mirror",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

/// Copies what changed, removes what was dropped, then reads the copy back.
pub(super) fn fence(
    connection: &Connection,
    source_blobs: &dyn Blobs,
    tenant: TenantNumber,
    repository: &RepositoryRow,
    now: i64,
) -> Result<Fenced, StoreError> {
    let folder = PathBuf::from(&repository.folder);
    let place = blobs_of(&folder)?;
    adopt::adopt_if_restored(connection, tenant, repository, now)?;
    let (mut rows, since) = with_mirror(connection, &folder, |connection| {
        check_identity(connection, tenant, repository)?;
        let since = mirrored_revision(connection)?.min(signed(repository.fenced_revision));
        content::copy_new_blobs(connection, (source_blobs, &place), tenant, since)?;
        in_transaction(connection, |connection| {
            let since = mirrored_revision(connection)?;
            Ok((copy_control(connection, tenant, since, now)?, since))
        })
    })?;
    // From the last copy that was read back: one that a crash left unread is read now.
    let since = since.min(signed(repository.fenced_revision));
    let read_back = |connection: &Connection| {
        verify::verify(connection, tenant, &folder, since)?;
        verify::verify_blobs(connection, tenant, (&folder, &place), since)?;
        remove_blobs(connection, &place)
    };
    let blobs_removed = match with_mirror(connection, &folder, read_back) {
        Err(StoreError::Repository {
            problem: RepositoryProblem::ReadBackDiffers,
            ..
        }) => {
            // Written once more, from the last copy that did not.
            rows += with_mirror(connection, &folder, |connection| {
                in_transaction(connection, |connection| {
                    copy_control(connection, tenant, since, now)
                })
            })?;
            with_mirror(connection, &folder, read_back)?
        }
        answer => answer?,
    };
    let revision = super::revision_of(connection, tenant)?;
    connection.execute(
        "UPDATE repository SET fenced_revision = ?, fenced_at = ? WHERE tenant = ? AND id = ?",
        params![revision, now, tenant.0, repository.id],
    )?;
    Ok(Fenced {
        rows,
        blobs_removed,
    })
}

/// Copies content that is not there yet, and all that a fence copies.
pub(super) fn snapshot(
    connection: &Connection,
    source_blobs: &dyn Blobs,
    tenant: TenantNumber,
    repository: &RepositoryRow,
    id: &str,
    now: i64,
) -> Result<SnapshotRow, StoreError> {
    let folder = PathBuf::from(&repository.folder);
    let place = blobs_of(&folder)?;
    adopt::adopt_if_restored(connection, tenant, repository, now)?;
    let row = with_mirror(connection, &folder, |connection| {
        check_identity(connection, tenant, repository)?;
        content::copy_blobs(connection, source_blobs, &place, tenant)?;
        in_transaction(connection, |connection| {
            let number = content::copy_content(connection, tenant)?;
            copy_control(connection, tenant, mirrored_revision(connection)?, now)?;
            content::note_snapshot(connection, tenant, number, id, now)
        })
    })?;
    if place.is_unsettled()? {
        place.set_unsettled(false)?;
    }
    fence(connection, source_blobs, tenant, repository, now)?;
    Ok(row)
}

/// Removes the files of blobs whose rows are gone; after a snapshot that was interrupted, those that never had rows.
fn remove_blobs(connection: &Connection, place: &FolderBlobs) -> Result<u64, StoreError> {
    let name = |row: &rusqlite::Row<'_>| Ok(row.get::<_, String>(0)?);
    let mut gone = read::all(connection, "SELECT name FROM mirror.blob_removal", [], name)?;
    let unsettled = place.is_unsettled()?;
    if unsettled {
        let kept: BTreeSet<String> =
            read::all(connection, "SELECT name FROM mirror.blob", [], name)?
                .into_iter()
                .collect();
        gone.extend(
            place
                .names()?
                .into_iter()
                .filter(|name| !kept.contains(name)),
        );
    }
    for name in &gone {
        place.remove(name)?;
    }
    if !gone.is_empty() {
        connection.execute("DELETE FROM mirror.blob_removal", [])?;
    }
    if unsettled {
        place.set_unsettled(false)?;
    }
    Ok(gone.len() as u64)
}

/// The snapshots of a repository, oldest first.
pub(super) fn snapshots(
    connection: &Connection,
    folder: &Path,
) -> Result<Vec<SnapshotRow>, StoreError> {
    with_mirror(connection, folder, |connection| {
        let sql =
            "SELECT number, id, created_at, epoch, guests, conversations, messages, attachments
                   FROM mirror.snapshot ORDER BY number";
        read::all(connection, sql, [], |row| {
            Ok(SnapshotRow {
                number: unsigned(row.get(0)?),
                id: row.get(1)?,
                created_at: row.get(2)?,
                epoch: unsigned(row.get(3)?),
                guests: unsigned(row.get(4)?),
                conversations: unsigned(row.get(5)?),
                messages: unsigned(row.get(6)?),
                attachments: unsigned(row.get(7)?),
            })
        })
    })
}

fn in_transaction<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let transaction = connection.unchecked_transaction()?;
    let answer = work(&transaction)?;
    transaction.commit()?;
    Ok(answer)
}

/// The root that the mirrored key rows are under.
pub(super) fn root(
    connection: &Connection,
    repository: &RepositoryRow,
) -> Result<Option<String>, StoreError> {
    with_mirror(connection, Path::new(&repository.folder), |connection| {
        read::one(
            connection,
            "SELECT root_kid FROM mirror.tenant",
            [],
            |row| Ok(row.get(0)?),
        )
    })
}

fn check_identity(
    connection: &Connection,
    tenant: TenantNumber,
    repository: &RepositoryRow,
) -> Result<(), StoreError> {
    let folder = Path::new(&repository.folder);
    let (id, owner) = identity(connection)?;
    let own = read::tenant(connection, tenant)?;
    if id != repository.id || owner != own.id.0 {
        return Err(trouble(folder, RepositoryProblem::OfAnother));
    }
    let forked: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM mirror.ledger_entry AS copy
         WHERE copy.leaf = (SELECT max(leaf) FROM mirror.ledger_entry) AND NOT EXISTS
         (SELECT 1 FROM main.ledger_entry AS own WHERE own.tenant = copy.tenant AND own.leaf = copy.leaf
          AND own.entry = copy.entry))",
        [],
        |row| row.get(0),
    )?;
    if forked {
        return Err(trouble(folder, RepositoryProblem::Forked));
    }
    // Another root in the same epoch, or a later epoch: a rotation that this database has lost, whatever came after.
    let rotated: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM mirror.tenant WHERE epoch > ?1 OR (epoch = ?1 AND root_kid <> ?2))",
        params![signed(own.epoch), own.root_kid],
        |row| row.get(0),
    )?;
    if rotated || unsigned(mirrored_revision(connection)?) > own.revision {
        return Err(trouble(folder, RepositoryProblem::Ahead));
    }
    Ok(())
}

/// The revision up to which the mirror was written.
fn mirrored_revision(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.query_row("SELECT revision FROM mirror.mirror", [], |row| row.get(0))?)
}

/// Key, control and ledger rows newer than a revision. Answers how many.
fn copy_control(
    connection: &Connection,
    tenant: TenantNumber,
    since: i64,
    now: i64,
) -> Result<u64, StoreError> {
    remove_dropped(connection, tenant, since)?;
    let mut rows = 0;
    for (table, column) in HANGING {
        let hangs = format!(
            "tenant = ?1 AND {column} IN (SELECT node FROM main.changed WHERE tenant = ?1 AND revision > ?2)"
        );
        connection.execute(
            &format!("DELETE FROM mirror.{table} WHERE {hangs}"),
            params![tenant.0, since],
        )?;
        let insert = format!("INSERT INTO mirror.{table} SELECT * FROM main.{table} WHERE {hangs}");
        rows += connection.execute(&insert, params![tenant.0, since])?;
    }
    rows += connection.execute(
        "INSERT INTO mirror.ledger_entry SELECT * FROM main.ledger_entry WHERE tenant = ?1
         AND leaf > (SELECT coalesce(max(leaf), -1) FROM mirror.ledger_entry WHERE tenant = ?1)",
        [tenant.0],
    )?;
    rows += connection.execute(
        "INSERT INTO mirror.ledger_hash SELECT * FROM main.ledger_hash WHERE tenant = ?1
         AND stored > (SELECT coalesce(max(stored), -1) FROM mirror.ledger_hash WHERE tenant = ?1)",
        [tenant.0],
    )?;
    rows += content::copy_new_versions(connection, tenant, since)?;
    copy_repositories(connection)?;
    rows += copy_suppression(connection, tenant, since)?;
    connection.execute("DELETE FROM mirror.tenant WHERE tenant = ?", [tenant.0])?;
    connection.execute(
        "INSERT INTO mirror.tenant SELECT * FROM main.tenant WHERE tenant = ?",
        [tenant.0],
    )?;
    connection.execute(
        "UPDATE mirror.mirror SET fenced_at = ?, revision = (SELECT revision FROM main.tenant WHERE tenant = ?)",
        params![now, tenant.0],
    )?;
    Ok(rows as u64)
}

fn remove_dropped(
    connection: &Connection,
    tenant: TenantNumber,
    since: i64,
) -> Result<(), StoreError> {
    let sql = "SELECT node, item FROM main.dropped WHERE tenant = ? AND revision > ?";
    let dropped = read::all(connection, sql, params![tenant.0, since], |row| {
        Ok((NodeId(unsigned(row.get(0)?)), row.get::<_, i64>(1)?))
    })?;
    for (node, item) in dropped {
        if item == WHOLE_NODE {
            for below in mirrored_subtree(connection, tenant, node)? {
                remove_mirrored(connection, tenant, below, None)?;
            }
        } else {
            remove_mirrored(connection, tenant, node, Some(item))?;
        }
    }
    Ok(())
}

fn mirrored_subtree(
    connection: &Connection,
    tenant: TenantNumber,
    node: NodeId,
) -> Result<Vec<NodeId>, StoreError> {
    let sql = "WITH RECURSIVE below (id) AS (VALUES (?2) UNION ALL
               SELECT copy.id FROM below CROSS JOIN mirror.node AS copy ON copy.tenant = ?1 AND copy.parent = below.id)
               SELECT id FROM below";
    read::all(connection, sql, params![tenant.0, signed(node.0)], |row| {
        Ok(NodeId(unsigned(row.get(0)?)))
    })
}

/// Removes a node's rows, or one item's, from the mirror, and notes the files of its blobs.
fn remove_mirrored(
    connection: &Connection,
    tenant: TenantNumber,
    node: NodeId,
    item: Option<i64>,
) -> Result<(), StoreError> {
    let key = params![tenant.0, signed(node.0), item];
    let chosen = "tenant = ?1 AND owner = ?2 AND (?3 IS NULL OR item = ?3)";
    let removals = format!(
        "INSERT OR IGNORE INTO mirror.blob_removal (tenant, name, case_node)
         SELECT tenant, name, 0 FROM mirror.blob WHERE {chosen}"
    );
    connection.prepare_cached(&removals)?.execute(key)?;
    connection
        .prepare_cached(&format!("DELETE FROM mirror.blob WHERE {chosen}"))?
        .execute(key)?;
    for table in ["item", "sketch"] {
        let sql = format!(
            "DELETE FROM mirror.{table} WHERE tenant = ?1 AND owner = ?2 AND (?3 IS NULL OR item = ?3)"
        );
        connection.prepare_cached(&sql)?.execute(key)?;
    }
    if item.is_none() {
        let key = params![tenant.0, signed(node.0)];
        for (table, column) in OWN_ROWS {
            let sql = format!("DELETE FROM mirror.{table} WHERE tenant = ? AND {column} = ?");
            connection.prepare_cached(&sql)?.execute(key)?;
        }
        connection
            .prepare_cached("DELETE FROM mirror.copied WHERE owner = ?")?
            .execute([signed(node.0)])?;
    }
    Ok(())
}

/// The other repositories of this store: one that is restored from here has to know of them.
fn copy_repositories(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch(
        "DELETE FROM mirror.repository;
         INSERT INTO mirror.repository (tenant, id, folder, fenced_revision, fenced_at)
         SELECT tenant, id, folder, 0, fenced_at FROM main.repository
         WHERE id <> (SELECT repository FROM mirror.mirror);",
    )?;
    Ok(())
}

fn copy_suppression(
    connection: &Connection,
    tenant: TenantNumber,
    since: i64,
) -> Result<usize, StoreError> {
    let mut rows = connection.execute(
        "INSERT OR REPLACE INTO mirror.suppression SELECT * FROM main.suppression WHERE tenant = ? AND revision > ?",
        params![tenant.0, since],
    )?;
    let differ: bool = connection.query_row(
        "SELECT (SELECT count(*) FROM main.suppression WHERE tenant = ?1)
             <> (SELECT count(*) FROM mirror.suppression WHERE tenant = ?1)",
        [tenant.0],
        |row| row.get(0),
    )?;
    if differ {
        // A suppression was lifted: it has to go here too.
        connection.execute(
            "DELETE FROM mirror.suppression WHERE tenant = ?",
            [tenant.0],
        )?;
        rows += connection.execute(
            "INSERT INTO mirror.suppression SELECT * FROM main.suppression WHERE tenant = ?",
            [tenant.0],
        )?;
    }
    Ok(rows)
}

pub(super) fn trouble(folder: &Path, problem: RepositoryProblem) -> StoreError {
    StoreError::Repository {
        folder: folder.display().to_string(),
        problem,
    }
}
