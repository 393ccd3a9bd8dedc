//! A new store from a snapshot repository: content of one snapshot, key, control and ledger rows as they were fenced last.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};
use wuhen_keytree::context::NodeId;
use wuhen_model::{Steps, When};

use super::mirror::{self, MIRROR_BLOBS, identity, with_mirror};
use super::{
    BLOBS_FOLDER, DATABASE_FILE, LOCK_FILE, OWN_ROWS, Options, SqliteStore, erase, lock,
    note_changes, read, signed, unsigned,
};
use crate::blobs::{Blobs, FolderBlobs, io_error, read_dir, sync_folder};
use crate::{RepositoryProblem, SnapshotRow, Store, StoreError, TenantNumber};

/// Ids and ordinals that the lost store may have given after its last fence are not given again.
const ORDINAL_GAP: i64 = 1 << 20;

/// Tables of content, with the place that a row keeps: a record that was redacted since comes back in its new version, with its file.
const CONTENT: [(&str, &str); 3] = [
    ("item", "coalesce(copy.replaces, copy.item)"),
    ("sketch", "copy.item"),
    (
        "blob",
        "(SELECT coalesce(i.replaces, i.item) FROM mirror.item AS i
         WHERE i.tenant = copy.tenant AND i.owner = copy.owner AND i.item = copy.item)",
    ),
];

/// What a restore brought back, and what not.
pub struct Restored {
    /// The repository's id.
    pub repository: String,
    /// The snapshot.
    pub snapshot: SnapshotRow,
    /// Messages that came back.
    pub messages: u64,
    /// Conversations that came back.
    pub conversations: u64,
    /// Guests that came back.
    pub guests: u64,
    /// Attachments that came back.
    pub attachments: u64,
    /// Messages of the snapshot that stay away because they were erased since.
    pub erased_messages: u64,
    /// Conversations that the lost store had, begun after this snapshot.
    pub lost_conversations: u64,
    /// Items (messages, attachments, sketches) added to conversations after this snapshot.
    pub lost_items: u64,
}

/// Fills a new store, in a new or empty folder, from a repository. Neither the repository nor the key service is touched:
/// they follow the restored store from its first fence or snapshot on. The folder appears under its name only when it is
/// whole; what a crash leaves lies beside it and is removed by the next try.
///
/// # Errors
/// The repository has no such snapshot, its key rows are behind its ledger, or the disk is full.
pub fn restore(
    folder: &Path,
    repository: &Path,
    snapshot: Option<&str>,
    options: Options,
    now: i64,
    steps: &dyn Steps,
) -> Result<Restored, StoreError> {
    if !read_dir(folder)?.is_empty() {
        return Err(StoreError::NotEmpty {
            folder: folder.display().to_string(),
        });
    }
    let repository =
        std::path::absolute(repository).map_err(|source| io_error(repository, source))?;
    let growing = growing_folder(folder);
    clear_unfinished(&growing)?;
    let outcome = grow(&growing, &repository, snapshot, options, now, steps);
    let restored = match outcome {
        Err(StoreError::Stopped(stopped)) => return Err(stopped.into()),
        Err(error) => {
            remove_folder(&growing)?;
            return Err(error);
        }
        Ok(restored) => restored,
    };
    step(steps, "restore/rename", || {
        if folder.is_dir() {
            fs::remove_dir(folder).map_err(|source| io_error(folder, source))?;
        }
        fs::rename(&growing, folder).map_err(|source| io_error(folder, source))?;
        let parent = folder
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        sync_folder(parent.unwrap_or(Path::new(".")))
    })?;
    Ok(restored)
}

fn grow(
    growing: &Path,
    repository: &Path,
    snapshot: Option<&str>,
    options: Options,
    now: i64,
    steps: &dyn Steps,
) -> Result<Restored, StoreError> {
    let store = SqliteStore::create(growing, options)?;
    let restored = step(steps, "restore/fill", || {
        let writer = store.writer();
        let (id, _) = with_mirror(&writer, repository, identity)?;
        let row = choose(
            mirror::snapshots(&writer, repository)?,
            repository,
            snapshot,
        )?;
        with_mirror(&writer, repository, |connection| {
            fill(connection, repository, id, row, now)
        })
    })?;
    step(steps, "restore/blobs", || {
        let place = FolderBlobs::open(repository.join(MIRROR_BLOBS))?;
        for name in store.blob_names(TenantNumber(1))? {
            let Some(mut from) = place.open(&name)? else {
                return Err(mirror::trouble(
                    repository,
                    RepositoryProblem::AttachmentMissing,
                ));
            };
            let mut to = store.blobs().create(&name)?;
            std::io::copy(&mut from, &mut to).map_err(|error| io_error(Path::new(&name), error))?;
            to.finish()?;
        }
        Ok(())
    })?;
    store.truncate_log()?;
    Ok(restored)
}

fn step<T>(
    steps: &dyn Steps,
    name: &'static str,
    work: impl FnOnce() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    steps.reached(name, When::Before)?;
    let answer = work()?;
    steps.reached(name, When::After)?;
    Ok(answer)
}

/// Where a store lies while it is being restored: beside its place, so that a rename moves it.
fn growing_folder(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".restoring");
    folder.with_file_name(name)
}

/// Removes what an earlier restore left unfinished: only that, and not while its process is at work.
fn clear_unfinished(growing: &Path) -> Result<(), StoreError> {
    let found = read_dir(growing)?;
    if found.is_empty() {
        return Ok(());
    }
    let is_ours = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name == LOCK_FILE || name == BLOBS_FOLDER || name.starts_with(DATABASE_FILE)
    };
    if !growing.join(LOCK_FILE).is_file() || !found.iter().all(is_ours) {
        return Err(StoreError::NotEmpty {
            folder: growing.display().to_string(),
        });
    }
    let _held = lock(growing)?;
    remove_folder(growing)
}

fn remove_folder(folder: &Path) -> Result<(), StoreError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        done => done.map_err(|source| io_error(folder, source)),
    }
}

/// The snapshots of a repository, for a list.
///
/// # Errors
/// There is no repository.
pub fn snapshots(repository: &Path) -> Result<Vec<SnapshotRow>, StoreError> {
    let connection = Connection::open_in_memory()?;
    mirror::snapshots(&connection, repository)
}

fn choose(
    all: Vec<SnapshotRow>,
    repository: &Path,
    wanted: Option<&str>,
) -> Result<SnapshotRow, StoreError> {
    let found = match wanted {
        None => all.into_iter().next_back(),
        Some(id) => all.into_iter().find(|row| row.id == id),
    };
    found.ok_or_else(|| {
        let problem = match wanted {
            None => RepositoryProblem::NoSnapshot,
            Some(_) => RepositoryProblem::NoSuchSnapshot,
        };
        mirror::trouble(repository, problem)
    })
}

fn fill(
    connection: &Connection,
    repository: &Path,
    id: String,
    snapshot: SnapshotRow,
    now: i64,
) -> Result<Restored, StoreError> {
    let transaction = connection.unchecked_transaction()?;
    let tenant = TenantNumber(1);
    check_epoch(&transaction, repository)?;
    for table in [
        "tenant",
        "node",
        "seed",
        "guest",
        "conversation",
        "case_state",
        "control_item",
        "register",
        "flag",
        "job",
        "ledger_entry",
        "ledger_hash",
        "suppression",
        "repository",
    ] {
        transaction.execute(
            &format!("INSERT INTO main.{table} SELECT * FROM mirror.{table}"),
            [],
        )?;
    }
    for (table, place) in CONTENT {
        let sql = format!(
            "INSERT INTO main.{table} SELECT copy.* FROM mirror.{table} AS copy WHERE {place} < coalesce(
             (SELECT max(next_index) FROM mirror.copied AS k WHERE k.owner = copy.owner AND k.snapshot <= ?), 0)"
        );
        transaction.execute(&sql, [signed(snapshot.number)])?;
    }
    let lost_items: i64 = transaction.query_row(
        "SELECT coalesce(sum(next_index - reach - (SELECT count(*) FROM main.item AS i
         WHERE i.tenant = c.tenant AND i.owner = c.node AND i.item >= reach AND i.replaces IS NOT NULL)), 0)
         FROM (SELECT tenant, node, next_index, (SELECT max(k.next_index) FROM mirror.copied AS k
         WHERE k.owner = conversation.node AND k.snapshot <= ?) AS reach FROM main.conversation) AS c
         WHERE reach IS NOT NULL",
        [signed(snapshot.number)],
        |row| row.get(0),
    )?;
    let lost_conversations = drop_without_content(&transaction, tenant)?;
    settle_conversations(&transaction, tenant)?;
    let totals = read::totals(&transaction, tenant)?;
    let restored = Restored {
        repository: id,
        messages: totals.messages,
        conversations: totals.conversations,
        guests: totals.guests,
        attachments: totals.attachments,
        erased_messages: snapshot.messages.saturating_sub(totals.messages),
        lost_conversations,
        lost_items: unsigned(lost_items),
        snapshot,
    };
    transaction.execute(
        "INSERT INTO main.repository (tenant, id, folder, fenced_revision, fenced_at, adopt_snapshot, adopt_revision,
         adopt_name) SELECT ?, ?, ?, 0, ?, ?, revision, revision || ' ' || ? FROM mirror.mirror",
        params![
            tenant.0,
            restored.repository,
            repository.display().to_string(),
            now,
            signed(restored.snapshot.number),
            format!("{now} {}", connection.path().unwrap_or_default())
        ],
    )?;
    transaction.commit()?;
    Ok(restored)
}

fn check_epoch(connection: &Connection, repository: &Path) -> Result<(), StoreError> {
    let tenants: i64 =
        connection.query_row("SELECT count(*) FROM mirror.tenant", [], |row| row.get(0))?;
    if tenants != 1 {
        return Err(mirror::trouble(repository, RepositoryProblem::NeverFenced));
    }
    let last: Option<Vec<u8>> = read::one(
        connection,
        "SELECT entry FROM mirror.ledger_entry ORDER BY leaf DESC LIMIT 1",
        [],
        |row| Ok(row.get(0)?),
    )?;
    let epoch: i64 =
        connection.query_row("SELECT epoch FROM mirror.tenant", [], |row| row.get(0))?;
    let ledger = last
        .and_then(|entry| wuhen_ledger::Entry::from_bytes(&entry).ok())
        .map_or(0, |entry| entry.epoch());
    if unsigned(epoch) < ledger {
        return Err(mirror::trouble(
            repository,
            RepositoryProblem::BehindItsLedger,
        ));
    }
    Ok(())
}

/// Conversations and guests whose content came after the snapshot: their keys alone are of no use.
fn drop_without_content(connection: &Connection, tenant: TenantNumber) -> Result<u64, StoreError> {
    let node = |row: &rusqlite::Row<'_>| Ok(NodeId(unsigned(row.get(0)?)));
    let empty = "SELECT node FROM conversation AS c WHERE NOT EXISTS
                 (SELECT 1 FROM main.item AS i WHERE i.tenant = c.tenant AND i.owner = c.node)";
    let conversations = read::all(connection, empty, [], node)?;
    let empty = "SELECT node FROM guest AS g WHERE NOT EXISTS
                 (SELECT 1 FROM main.item AS i WHERE i.tenant = g.tenant AND i.owner = g.node)";
    let guests = read::all(connection, empty, [], node)?;
    for gone in guests.iter().chain(&conversations) {
        for below in erase::subtree(connection, tenant, *gone)? {
            for (table, column) in OWN_ROWS {
                let sql = format!("DELETE FROM main.{table} WHERE tenant = ? AND {column} = ?");
                connection
                    .prepare_cached(&sql)?
                    .execute(params![tenant.0, signed(below.0)])?;
            }
        }
    }
    Ok(conversations.len() as u64)
}

/// Counters from what is there; a new segment for whatever comes, since the lost store may have used further indexes.
fn settle_conversations(connection: &Connection, tenant: TenantNumber) -> Result<(), StoreError> {
    let count = |kind: wuhen_keytree::context::ItemKind| {
        format!(
            "(SELECT count(*) FROM item AS i WHERE i.tenant = conversation.tenant AND i.owner = conversation.node
              AND i.kind = {})",
            kind.code()
        )
    };
    connection.execute(
        &format!(
            "UPDATE main.conversation SET next_index = (next_index + 4095) / 4096 * 4096, generation = generation + 1,
             messages = {}, attachments = {}",
            count(wuhen_keytree::context::ItemKind::Message),
            count(wuhen_keytree::context::ItemKind::Attachment)
        ),
        [],
    )?;
    connection.execute(
        "UPDATE main.tenant SET next_node = next_node + ?1, next_guest = next_guest + ?1,
         revision = (SELECT revision FROM mirror.mirror)",
        [ORDINAL_GAP],
    )?;
    // Every row is new to a repository that this store registers later: it has no other way to learn of them.
    let nodes = read::all(
        connection,
        "SELECT id FROM main.node UNION SELECT top FROM main.tenant",
        [],
        |row| Ok(NodeId(unsigned(row.get(0)?))),
    )?;
    note_changes(connection, tenant, nodes)?;
    Ok(())
}
