//! Content for a snapshot: what the mirror does not have yet, by the index up to which it has each owner's.

use std::path::Path;

use rusqlite::{Connection, params};

use crate::blobs::{Blobs, FolderBlobs, io_error};
use crate::sqlite::{read, signed, unsigned};
use crate::{SnapshotRow, StoreError, TenantNumber};

/// Owners of content with the index up to which they reach now.
const REACH: &str =
    "(SELECT node AS owner, next_index FROM main.conversation WHERE tenant = ?1 AND open
                      UNION ALL SELECT node, 1 FROM main.guest WHERE tenant = ?1)";
/// Index up to which the mirror has an owner's content.
const COPIED: &str =
    "coalesce((SELECT max(k.next_index) FROM mirror.copied AS k WHERE k.owner = reach.owner), 0)";

pub(super) fn copy_blobs(
    connection: &Connection,
    source: &dyn Blobs,
    target: &FolderBlobs,
    tenant: TenantNumber,
) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT own.name FROM {REACH} AS reach JOIN main.blob AS own
         ON own.tenant = ?1 AND own.owner = reach.owner AND own.item >= {COPIED} AND {}",
        absent_blob()
    );
    let names = read::all(connection, &sql, [tenant.0], |row| {
        Ok(row.get::<_, String>(0)?)
    })?;
    copy_files(&names, source, target)
}

/// The files of new versions of attachments that a fence has to bring: before their rows.
pub(super) fn copy_new_blobs(
    connection: &Connection,
    (source, target): (&dyn Blobs, &FolderBlobs),
    tenant: TenantNumber,
    since: i64,
) -> Result<(), StoreError> {
    let sql = format!("SELECT blob.name {}", missing_new_blobs());
    let names = read::all(connection, &sql, params![tenant.0, since], |row| {
        Ok(row.get::<_, String>(0)?)
    })?;
    copy_files(&names, source, target)
}

fn copy_files(
    names: &[String],
    source: &dyn Blobs,
    target: &FolderBlobs,
) -> Result<(), StoreError> {
    for name in names {
        let Some(mut from) = source.open(name)? else {
            return Err(StoreError::Damaged(format!("blob {name} is missing")));
        };
        target.set_unsettled(true)?;
        target.remove(name)?;
        let mut to = target.create(name)?;
        std::io::copy(&mut from, &mut to).map_err(|error| io_error(Path::new(name), error))?;
        to.finish()?;
    }
    Ok(())
}

pub(super) fn copy_content(
    connection: &Connection,
    tenant: TenantNumber,
) -> Result<i64, StoreError> {
    let number: i64 = connection.query_row(
        "SELECT coalesce(max(number), 0) + 1 FROM mirror.snapshot",
        [],
        |row| row.get(0),
    )?;
    for table in ["item", "sketch", "blob"] {
        // A fence may have brought a record's new version already.
        let brought = match table {
            "item" => format!("AND (own.replaces IS NULL OR {})", absent()),
            "blob" => format!("AND {}", absent_blob()),
            _ => String::new(),
        };
        let sql = format!(
            "INSERT INTO mirror.{table} SELECT own.* FROM {REACH} AS reach JOIN main.{table} AS own
             ON own.tenant = ?1 AND own.owner = reach.owner AND own.item >= {COPIED} {brought}"
        );
        connection.execute(&sql, [tenant.0])?;
    }
    let sql = format!(
        "INSERT INTO mirror.copied SELECT reach.owner, ?2, reach.next_index FROM {REACH} AS reach
         WHERE reach.next_index > {COPIED}"
    );
    connection.execute(&sql, params![tenant.0, number])?;
    Ok(number)
}

/// New versions of records whose first one a snapshot of this mirror had, and which the mirror does not have: without
/// them a restore would lose what was only redacted. Answers how many.
pub(super) fn copy_new_versions(
    connection: &Connection,
    tenant: TenantNumber,
    since: i64,
) -> Result<usize, StoreError> {
    // Blobs first: what is missing of them is told by what is missing of neither.
    let blobs = format!(
        "INSERT INTO mirror.blob SELECT blob.* {}",
        missing_new_blobs()
    );
    let mut rows = connection.execute(&blobs, params![tenant.0, since])?;
    let items = format!(
        "INSERT INTO mirror.item SELECT own.* {}",
        missing_new_versions()
    );
    rows += connection.execute(&items, params![tenant.0, since])?;
    Ok(rows)
}

/// The rest of a statement over the new versions that a fence has to bring, since a revision.
pub(super) fn missing_new_versions() -> String {
    format!("{NEW_VERSIONS} AND {}", absent())
}

/// The same over their files, as `blob`.
pub(super) fn missing_new_blobs() -> String {
    let blobs = new_blobs();
    format!(
        "{blobs} AND NOT EXISTS (SELECT 1 FROM mirror.blob AS copy WHERE copy.tenant = blob.tenant
         AND copy.owner = blob.owner AND copy.item = blob.item AND copy.name = blob.name)"
    )
}

/// The files of all new versions since a revision that a fence has brought, as `blob`.
pub(super) fn new_blobs() -> String {
    NEW_VERSIONS.replacen(
        "WHERE",
        "JOIN main.blob AS blob ON blob.tenant = own.tenant AND blob.owner = own.owner AND blob.item = own.item WHERE",
        1,
    )
}

/// New versions of records that a snapshot of this mirror has.
const NEW_VERSIONS: &str = "FROM main.changed AS at CROSS JOIN main.item AS own
     ON own.tenant = at.tenant AND own.owner = at.node AND own.replaces IS NOT NULL
     WHERE at.tenant = ?1 AND at.revision > ?2 AND own.replaces <
     (SELECT max(k.next_index) FROM mirror.copied AS k WHERE k.owner = own.owner)";

/// That the mirror does not have an item as it is.
fn absent() -> &'static str {
    "NOT EXISTS (SELECT 1 FROM mirror.item AS copy WHERE copy.tenant = own.tenant AND copy.owner = own.owner
     AND copy.item = own.item AND copy.sealed = own.sealed)"
}

/// That the mirror does not have a blob.
fn absent_blob() -> &'static str {
    "NOT EXISTS (SELECT 1 FROM mirror.blob AS copy WHERE copy.tenant = own.tenant AND copy.owner = own.owner
     AND copy.item = own.item AND copy.name = own.name)"
}

pub(super) fn note_snapshot(
    connection: &Connection,
    tenant: TenantNumber,
    number: i64,
    id: &str,
    now: i64,
) -> Result<SnapshotRow, StoreError> {
    let totals = read::totals(connection, tenant)?;
    let row = SnapshotRow {
        number: unsigned(number),
        id: id.to_owned(),
        created_at: now,
        epoch: read::tenant(connection, tenant)?.epoch,
        guests: totals.guests,
        conversations: totals.conversations,
        messages: totals.messages,
        attachments: totals.attachments,
    };
    connection.execute(
        "INSERT INTO mirror.snapshot (number, id, created_at, epoch, guests, conversations, messages, attachments)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            number,
            row.id,
            now,
            signed(row.epoch),
            signed(row.guests),
            signed(row.conversations),
            signed(row.messages),
            signed(row.attachments)
        ],
    )?;
    Ok(row)
}
