//! Items by the place that they keep, whatever version they have.

use rusqlite::{Connection, params};
use wuhen_keytree::context::{ItemKind, NodeId};

use super::{item, item_row, one};
use crate::sqlite::signed;
use crate::{ItemRow, StoreError, TenantNumber};

/// What stands in a place, in its newest version.
pub(in crate::sqlite) fn item_at(
    connection: &Connection,
    tenant: TenantNumber,
    owner: NodeId,
    place: u32,
) -> Result<Option<ItemRow>, StoreError> {
    let as_it_came = item(connection, tenant, owner, place)?.filter(|row| row.place() == place);
    if as_it_came.is_some() {
        return Ok(as_it_came);
    }
    let sql = "SELECT item, kind, source_tag, sealed, replaces FROM item
               WHERE tenant = ? AND owner = ? AND replaces IS NOT NULL AND replaces = ?";
    one(
        connection,
        sql,
        params![tenant.0, signed(owner.0), place],
        item_row,
    )
}

/// The places that these items keep.
pub(in crate::sqlite) fn places(
    connection: &Connection,
    tenant: TenantNumber,
    owner: NodeId,
    items: &[u32],
) -> Result<Vec<u32>, StoreError> {
    let found = items
        .iter()
        .map(|number| Ok(item(connection, tenant, owner, *number)?.map(|row| row.place())));
    let found: Vec<Option<u32>> = found.collect::<Result<_, StoreError>>()?;
    Ok(found.into_iter().flatten().collect())
}

/// The message of the highest place.
pub(in crate::sqlite) fn last_message(
    connection: &Connection,
    tenant: TenantNumber,
    owner: NodeId,
) -> Result<Option<ItemRow>, StoreError> {
    // One as it came, and one new version, of which there are few: which of them has the higher place.
    let sql = "SELECT * FROM (
               SELECT * FROM (SELECT item, kind, source_tag, sealed, replaces FROM item
               WHERE tenant = ?1 AND owner = ?2 AND kind = ?3 AND replaces IS NULL ORDER BY item DESC LIMIT 1)
               UNION ALL
               SELECT * FROM (SELECT item, kind, source_tag, sealed, replaces FROM item
               WHERE tenant = ?1 AND owner = ?2 AND kind = ?3 AND replaces IS NOT NULL ORDER BY replaces DESC LIMIT 1)
               ) ORDER BY coalesce(replaces, item) DESC LIMIT 1";
    one(
        connection,
        sql,
        params![tenant.0, signed(owner.0), ItemKind::Message.code()],
        item_row,
    )
}
