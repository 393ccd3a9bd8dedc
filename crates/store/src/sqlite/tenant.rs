//! Making a tenant's first rows.

use rusqlite::{Connection, params};

use super::{insert_control_item, insert_node, insert_seed, note_changes, signed};
use crate::{NewTenant, StoreError, TenantNumber};

pub(super) fn create(
    transaction: &Connection,
    new: &NewTenant,
) -> Result<TenantNumber, StoreError> {
    let number: i64 = transaction.query_row(
        "INSERT INTO tenant (id, epoch, root_kid, top, top_key_version, top_wrap, next_node, next_guest,
         next_case, revision) VALUES (?, 0, ?, ?, 0, ?, ?, 0, 0, 0) RETURNING tenant",
        params![new.id.0, new.root_kid, signed(new.top.0), new.top_wrap, signed(new.next_node)],
        |row| row.get(0),
    )?;
    let tenant = TenantNumber(number);
    for node in &new.nodes {
        insert_node(transaction, tenant, node)?;
    }
    for seed in &new.seeds {
        insert_seed(transaction, tenant, seed)?;
    }
    for item in &new.settings {
        insert_control_item(transaction, tenant, item)?;
    }
    note_changes(
        transaction,
        tenant,
        new.nodes.iter().map(|node| node.id).chain([new.top]),
    )?;
    Ok(tenant)
}
