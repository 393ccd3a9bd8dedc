//! What a scope holds, counted before it is erased.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use wuhen_keytree::context::{ItemKind, NodeId};

use super::subtree;
use crate::sqlite::{OWN_ROWS, read, signed, unsigned};
use crate::{Measured, StoreError, TenantNumber};

/// What a scope holds, before it is erased.
pub(in crate::sqlite) fn measure(
    connection: &Connection,
    tenant: TenantNumber,
    drops: &[NodeId],
    punctures: &BTreeMap<NodeId, Vec<u32>>,
) -> Result<Measured, StoreError> {
    // One transaction: a statement of its own each takes and drops the log's lock, two system calls.
    let connection = &connection.unchecked_transaction()?;
    let mut measured = Measured::default();
    for node in drops {
        for below in subtree(connection, tenant, *node)? {
            let key = params![tenant.0, signed(below.0)];
            measured.guests += u64::from(read::guest(connection, tenant, below)?.is_some());
            if let Some(conversation) = read::conversation(connection, tenant, below)? {
                measured.conversations += 1;
                measured.messages += u64::from(conversation.messages);
                measured.attachments += u64::from(conversation.attachments);
            }
            measured.row_bytes += sum(
                connection,
                "SELECT sum(length(sealed)) FROM item WHERE tenant = ? AND owner = ?",
                key,
            )?;
            measured.row_bytes += sum(
                connection,
                "SELECT sum(length(sealed)) FROM sketch WHERE tenant = ? AND owner = ?",
                key,
            )?;
            measured.sketches += sum(
                connection,
                "SELECT count(*) FROM sketch WHERE tenant = ? AND owner = ?",
                key,
            )?;
            measured.blob_bytes += sum(
                connection,
                "SELECT sum(bytes) FROM blob WHERE tenant = ? AND owner = ?",
                key,
            )?;
        }
    }
    measured.suppressed = measured.guests + measured.conversations;
    for (owner, items) in punctures {
        for item in items {
            let key = params![tenant.0, signed(owner.0), item];
            let blob = "SELECT sum(bytes) FROM blob WHERE tenant = ? AND owner = ? AND item = ?";
            measured.blob_bytes += sum(connection, blob, key)?;
            let Some(row) = read::item(connection, tenant, *owner, *item)? else {
                let sketch = "SELECT sum(length(sealed)) FROM sketch WHERE tenant = ? AND owner = ? AND item = ?";
                measured.row_bytes += sum(connection, sketch, key)?;
                measured.sketches += 1;
                continue;
            };
            measured.row_bytes += row.sealed.len() as u64;
            measured.suppressed += u64::from(row.source_tag.is_some());
            measured.messages += u64::from(row.kind == ItemKind::Message);
            measured.attachments += u64::from(row.kind == ItemKind::Attachment);
        }
    }
    Ok(measured)
}

fn sum(
    connection: &Connection,
    sql: &str,
    parameters: impl rusqlite::Params,
) -> Result<u64, StoreError> {
    let sum: Option<i64> = connection
        .prepare_cached(sql)?
        .query_row(parameters, |row| row.get(0))?;
    Ok(sum.map_or(0, unsigned))
}

/// Rows that are still there of what should be gone.
pub(in crate::sqlite) fn residue(
    connection: &Connection,
    tenant: TenantNumber,
    drops: &[NodeId],
    punctures: &BTreeMap<NodeId, Vec<u32>>,
) -> Result<u64, StoreError> {
    let connection = &connection.unchecked_transaction()?;
    let mut found = 0;
    for node in drops {
        // And what hangs below it: a page of a guest's has no rows but its key.
        for (table, column) in OWN_ROWS.into_iter().chain([("node", "parent")]) {
            let sql = format!("SELECT count(*) FROM {table} WHERE tenant = ? AND {column} = ?");
            found += unsigned(
                connection
                    .prepare_cached(&sql)?
                    .query_row(params![tenant.0, signed(node.0)], |row| row.get(0))?,
            );
        }
    }
    for (owner, items) in punctures {
        for item in items {
            for table in ["item", "sketch", "blob"] {
                let sql = format!(
                    "SELECT count(*) FROM {table} WHERE tenant = ? AND owner = ? AND item = ?"
                );
                let key = params![tenant.0, signed(owner.0), item];
                found += unsigned(
                    connection
                        .prepare_cached(&sql)?
                        .query_row(key, |row| row.get(0))?,
                );
            }
        }
    }
    Ok(found)
}
