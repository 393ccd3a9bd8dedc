//! The ledger's rows: entries, hashes, the last checkpoint.

use rusqlite::{Connection, params};
use wuhen_keytree::context::NodeId;
use wuhen_ledger::{Entry, Hash};

use super::{insert_control_item, read, signed, unsigned};
use crate::{LedgerAppend, LedgerRow, StoreError, TenantNumber};

/// Appends one entry. It was made for one size of the tree; at any other it is refused.
pub(super) fn append(
    connection: &Connection,
    tenant: TenantNumber,
    append: &LedgerAppend,
) -> Result<(), StoreError> {
    if size(connection, tenant)? != append.leaf {
        return Err(StoreError::Conflict("the ledger has grown"));
    }
    connection
        .prepare_cached(
            "INSERT INTO ledger_entry (tenant, leaf, entry, owner, item) VALUES (?, ?, ?, ?, ?)",
        )?
        .execute(params![
            tenant.0,
            signed(append.leaf),
            append.entry.as_bytes(),
            signed(append.body.owner.0),
            append.body.item
        ])?;
    let mut store_hash = connection
        .prepare_cached("INSERT INTO ledger_hash (tenant, stored, hash) VALUES (?, ?, ?)")?;
    for (stored, hash) in &append.hashes {
        store_hash.execute(params![tenant.0, signed(*stored), hash.0])?;
    }
    insert_control_item(connection, tenant, &append.body)?;
    connection.execute(
        "UPDATE tenant SET checkpoint = ? WHERE tenant = ?",
        params![append.checkpoint, tenant.0],
    )?;
    Ok(())
}

pub(super) fn size(connection: &Connection, tenant: TenantNumber) -> Result<u64, StoreError> {
    let size: i64 = connection
        .prepare_cached("SELECT coalesce(max(leaf) + 1, 0) FROM ledger_entry WHERE tenant = ?")?
        .query_row([tenant.0], |row| row.get(0))?;
    Ok(unsigned(size))
}

pub(super) fn rows(
    connection: &Connection,
    tenant: TenantNumber,
    from: u64,
    limit: usize,
) -> Result<Vec<LedgerRow>, StoreError> {
    let sql = "SELECT leaf, entry, owner, item FROM ledger_entry WHERE tenant = ? AND leaf >= ? ORDER BY leaf LIMIT ?";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    read::all(connection, sql, params![tenant.0, signed(from), limit], row)
}

pub(super) fn rows_of(
    connection: &Connection,
    tenant: TenantNumber,
    case: NodeId,
) -> Result<Vec<LedgerRow>, StoreError> {
    // Without the index's name the planner, which knows no figures of the tables, reads the whole ledger.
    let sql = "SELECT leaf, entry, owner, item FROM ledger_entry INDEXED BY ledger_entry_by_owner
               WHERE tenant = ? AND owner = ? ORDER BY leaf";
    read::all(connection, sql, params![tenant.0, signed(case.0)], row)
}

fn row(row: &rusqlite::Row<'_>) -> Result<LedgerRow, StoreError> {
    let entry: Vec<u8> = row.get(1)?;
    Ok(LedgerRow {
        leaf: unsigned(row.get(0)?),
        entry: Entry::from_bytes(&entry).map_err(|_| {
            StoreError::Damaged("a ledger entry is not 41 bytes of version 1".to_owned())
        })?,
        owner: NodeId(unsigned(row.get(2)?)),
        item: row.get(3)?,
    })
}

pub(super) fn hashes(
    connection: &Connection,
    tenant: TenantNumber,
    stored: &[u64],
) -> Result<Vec<Hash>, StoreError> {
    let sql = "SELECT hash FROM ledger_hash WHERE tenant = ? AND stored = ?";
    stored
        .iter()
        .map(|index| {
            read::one(connection, sql, params![tenant.0, signed(*index)], |row| {
                let hash: Vec<u8> = row.get(0)?;
                hash.try_into()
                    .map(Hash)
                    .map_err(|_| StoreError::Damaged("a ledger hash is not 32 bytes".to_owned()))
            })?
            .ok_or_else(|| StoreError::Damaged(format!("ledger hash {index} is missing")))
        })
        .collect()
}
