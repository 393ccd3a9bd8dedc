//! Reading rows. Nothing here opens anything: what comes out is as sealed as it lies.

mod people;
mod versions;

use std::collections::HashSet;

use rusqlite::{Connection, Row, params};
use wuhen_keytree::context::{ItemKind, NodeId, TenantId};
use wuhen_keytree::rotation::{NodeRow, SeedRow};

use super::{item_kind, node_kind, signed, unsigned};
use crate::{
    BlobRow, CaseRow, CaseState, ControlItemRow, ConversationContent, ItemRow, RepositoryRow,
    SOURCE_TAG_BYTES, SourceTag, StoreError, TenantNumber, TenantRow, Totals,
};

pub(super) use people::{
    CONVERSATION, conversation, conversation_by_tag, conversation_row, conversations,
    conversations_of, guest, guest_by_tag, guests, next_conversation,
};
pub(super) use versions::{item_at, last_message, places};

/// Twice the levels that a conversation lies below the top: a subtree, four branches, guest, page, itself.
const DEPTH_MAX: usize = 16;
const TENANT: &str = "SELECT tenant, id, epoch, root_kid, next_kid, top, top_key_version, top_wrap, next_case, next_node, \
                      revision, checkpoint, next_staff FROM tenant";

pub(super) fn tenants(connection: &Connection) -> Result<Vec<TenantRow>, StoreError> {
    all(
        connection,
        &format!("{TENANT} ORDER BY tenant"),
        [],
        tenant_row,
    )
}

pub(super) fn tenant(
    connection: &Connection,
    tenant: TenantNumber,
) -> Result<TenantRow, StoreError> {
    one(
        connection,
        &format!("{TENANT} WHERE tenant = ?"),
        [tenant.0],
        tenant_row,
    )?
    .ok_or_else(|| StoreError::Damaged("the tenant's row is missing".to_owned()))
}

fn tenant_row(row: &Row<'_>) -> Result<TenantRow, StoreError> {
    let id: Vec<u8> = row.get(1)?;
    let id = id
        .try_into()
        .map_err(|_| StoreError::Damaged("a tenant's id is not 16 bytes".to_owned()))?;
    Ok(TenantRow {
        number: TenantNumber(row.get(0)?),
        id: TenantId(id),
        epoch: unsigned(row.get(2)?),
        root_kid: row.get(3)?,
        next_kid: row.get(4)?,
        top: NodeId(unsigned(row.get(5)?)),
        top_key_version: unsigned(row.get(6)?),
        top_wrap: row.get(7)?,
        next_case: row.get(8)?,
        next_staff: row.get(12)?,
        next_node: unsigned(row.get(9)?),
        revision: unsigned(row.get(10)?),
        checkpoint: row.get(11)?,
    })
}

pub(super) fn totals(connection: &Connection, tenant: TenantNumber) -> Result<Totals, StoreError> {
    let mut totals = Totals {
        guests: count(
            connection,
            "SELECT count(*) FROM guest WHERE tenant = ?",
            tenant,
        )?,
        blob_bytes: count(
            connection,
            "SELECT coalesce(sum(bytes), 0) FROM blob WHERE tenant = ?",
            tenant,
        )?,
        ..Totals::default()
    };
    connection.query_row(
        "SELECT count(*), coalesce(sum(messages), 0), coalesce(sum(attachments), 0), min(opened_at)
         FROM conversation WHERE tenant = ?",
        [tenant.0],
        |row| {
            totals.conversations = unsigned(row.get(0)?);
            totals.messages = unsigned(row.get(1)?);
            totals.attachments = unsigned(row.get(2)?);
            totals.oldest_at = row.get(3)?;
            Ok(())
        },
    )?;
    Ok(totals)
}

fn count(connection: &Connection, sql: &str, tenant: TenantNumber) -> Result<u64, StoreError> {
    Ok(connection.query_row(sql, [tenant.0], |row| row.get::<_, i64>(0).map(unsigned))?)
}

/// The nodes from the first level down to `node`, without the top; empty if there is no such node.
pub(super) fn path(
    connection: &Connection,
    tenant: TenantNumber,
    node: NodeId,
) -> Result<Vec<NodeRow>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT parent, slot, id, kind, key_version, wrap FROM node WHERE tenant = ? AND id = ?",
    )?;
    let mut path = Vec::with_capacity(8);
    let mut next = node;
    while let Some(row) = statement.query(params![tenant.0, signed(next.0)])?.next()? {
        let row = node_row(row)?;
        next = row.parent;
        path.push(row);
        check_depth(&path)?;
    }
    path.reverse();
    Ok(path)
}

/// Refuses to climb on where parents lead in a circle.
pub(super) fn check_depth(climbed: &[NodeRow]) -> Result<(), StoreError> {
    if climbed.len() > DEPTH_MAX {
        return Err(StoreError::Damaged(
            "the key tree is deeper than it can be".to_owned(),
        ));
    }
    Ok(())
}

pub(super) fn children(
    connection: &Connection,
    tenant: TenantNumber,
    parent: NodeId,
) -> Result<Vec<NodeRow>, StoreError> {
    let sql = "SELECT parent, slot, id, kind, key_version, wrap FROM node WHERE tenant = ? AND parent = ? ORDER BY slot";
    all(
        connection,
        sql,
        params![tenant.0, signed(parent.0)],
        node_row,
    )
}

pub(super) fn child(
    connection: &Connection,
    tenant: TenantNumber,
    parent: NodeId,
    slot: u32,
) -> Result<Option<NodeRow>, StoreError> {
    let sql = "SELECT parent, slot, id, kind, key_version, wrap FROM node WHERE tenant = ? AND parent = ? AND slot = ?";
    one(
        connection,
        sql,
        params![tenant.0, signed(parent.0), slot],
        node_row,
    )
}

pub(super) fn node_row(row: &Row<'_>) -> Result<NodeRow, StoreError> {
    Ok(NodeRow {
        parent: NodeId(unsigned(row.get(0)?)),
        slot: row.get(1)?,
        id: NodeId(unsigned(row.get(2)?)),
        kind: node_kind(row.get(3)?)?,
        key_version: unsigned(row.get(4)?),
        wrap: row.get(5)?,
    })
}

pub(super) fn seeds(
    connection: &Connection,
    tenant: TenantNumber,
    owner: NodeId,
) -> Result<Vec<SeedRow>, StoreError> {
    let sql =
        "SELECT owner, segment, sealed FROM seed WHERE tenant = ? AND owner = ? ORDER BY segment";
    all(
        connection,
        sql,
        params![tenant.0, signed(owner.0)],
        seed_row,
    )
}

pub(super) fn seed(
    connection: &Connection,
    tenant: TenantNumber,
    owner: NodeId,
    segment: u32,
) -> Result<Option<SeedRow>, StoreError> {
    let sql =
        "SELECT owner, segment, sealed FROM seed WHERE tenant = ? AND owner = ? AND segment = ?";
    one(
        connection,
        sql,
        params![tenant.0, signed(owner.0), segment],
        seed_row,
    )
}

pub(super) fn seed_row(row: &Row<'_>) -> Result<SeedRow, StoreError> {
    Ok(SeedRow {
        owner: NodeId(unsigned(row.get(0)?)),
        segment: row.get(1)?,
        sealed: row.get(2)?,
    })
}

/// An owner's items with its sketches, in order.
pub(super) fn items(
    connection: &Connection,
    tenant: TenantNumber,
    owner: NodeId,
) -> Result<Vec<ItemRow>, StoreError> {
    let mut items = items_but_sketches(connection, tenant, owner)?;
    let sql = "SELECT owner, item, sealed FROM sketch WHERE tenant = ? AND owner = ? ORDER BY item";
    items.extend(all(
        connection,
        sql,
        params![tenant.0, signed(owner.0)],
        sketch_row,
    )?);
    items.sort_by_key(|item| item.item);
    Ok(items)
}

fn items_but_sketches(
    connection: &Connection,
    tenant: TenantNumber,
    owner: NodeId,
) -> Result<Vec<ItemRow>, StoreError> {
    let sql = "SELECT item, kind, source_tag, sealed, replaces FROM item WHERE tenant = ? AND owner = ? ORDER BY item";
    all(
        connection,
        sql,
        params![tenant.0, signed(owner.0)],
        item_row,
    )
}

/// From `owner, item, sealed`: as it stands in the walk over all sketches.
pub(super) fn sketch_row(row: &Row<'_>) -> Result<ItemRow, StoreError> {
    Ok(ItemRow {
        item: row.get(1)?,
        kind: ItemKind::Sketch,
        source_tag: None,
        sealed: row.get(2)?,
        replaces: None,
    })
}

pub(super) fn item(
    connection: &Connection,
    tenant: TenantNumber,
    owner: NodeId,
    item: u32,
) -> Result<Option<ItemRow>, StoreError> {
    let sql = "SELECT item, kind, source_tag, sealed, replaces FROM item WHERE tenant = ? AND owner = ? AND item = ?";
    one(
        connection,
        sql,
        params![tenant.0, signed(owner.0), item],
        item_row,
    )
}

fn item_row(row: &Row<'_>) -> Result<ItemRow, StoreError> {
    let tag: Option<Vec<u8>> = row.get(2)?;
    Ok(ItemRow {
        item: row.get(0)?,
        kind: item_kind(row.get(1)?)?,
        source_tag: tag.map(source_tag).transpose()?,
        sealed: row.get(3)?,
        replaces: row.get(4)?,
    })
}

fn source_tag(bytes: Vec<u8>) -> Result<SourceTag, StoreError> {
    let bytes = bytes
        .try_into()
        .map_err(|_| StoreError::Damaged("a source tag is not 16 bytes".to_owned()))?;
    Ok(SourceTag(bytes))
}

pub(super) fn blobs_of(
    connection: &Connection,
    tenant: TenantNumber,
    owner: NodeId,
) -> Result<Vec<BlobRow>, StoreError> {
    let sql =
        "SELECT owner, item, name, bytes FROM blob WHERE tenant = ? AND owner = ? ORDER BY item";
    all(connection, sql, params![tenant.0, signed(owner.0)], |row| {
        Ok(BlobRow {
            owner: NodeId(unsigned(row.get(0)?)),
            item: row.get(1)?,
            name: row.get(2)?,
            bytes: unsigned(row.get(3)?),
        })
    })
}

pub(super) fn control_items(
    connection: &Connection,
    tenant: TenantNumber,
    owner: NodeId,
) -> Result<Vec<ControlItemRow>, StoreError> {
    let sql = "SELECT owner, item, kind, sealed FROM control_item WHERE tenant = ? AND owner = ? ORDER BY item";
    all(connection, sql, params![tenant.0, signed(owner.0)], |row| {
        Ok(ControlItemRow {
            owner: NodeId(unsigned(row.get(0)?)),
            item: row.get(1)?,
            kind: item_kind(row.get(2)?)?,
            sealed: row.get(3)?,
        })
    })
}

pub(super) fn message_by_tag(
    connection: &Connection,
    tenant: TenantNumber,
    owner: NodeId,
    tag: &SourceTag,
) -> Result<Option<u32>, StoreError> {
    let sql = "SELECT item FROM item WHERE tenant = ? AND owner = ? AND source_tag = ?";
    one(
        connection,
        sql,
        params![tenant.0, signed(owner.0), tag.0],
        |row| Ok(row.get(0)?),
    )
}

/// Reads the index from end to end: it is in the order of owners.
pub(super) fn messages_by_tags(
    connection: &Connection,
    tenant: TenantNumber,
    tags: &[SourceTag],
) -> Result<Vec<(SourceTag, NodeId, u32)>, StoreError> {
    let wanted: HashSet<[u8; SOURCE_TAG_BYTES]> = tags.iter().map(|tag| tag.0).collect();
    let mut statement = connection.prepare_cached(
        "SELECT owner, item, source_tag FROM item INDEXED BY item_by_source_tag
         WHERE tenant = ? AND source_tag IS NOT NULL",
    )?;
    let mut rows = statement.query([tenant.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let tag = row.get_ref(2)?.as_blob().unwrap_or_default();
        if let Some(tag) = wanted.get(tag) {
            let owner = NodeId(unsigned(row.get(0)?));
            found.push((SourceTag(*tag), owner, row.get(1)?));
        }
    }
    Ok(found)
}

pub(super) fn labelled(
    connection: &Connection,
    tenant: TenantNumber,
) -> Result<Vec<NodeId>, StoreError> {
    let sql = format!(
        "SELECT DISTINCT owner FROM item WHERE tenant = ? AND kind = {} ORDER BY owner",
        ItemKind::Label.code()
    );
    all(connection, &sql, [tenant.0], |row| {
        Ok(NodeId(unsigned(row.get(0)?)))
    })
}

pub(super) fn label_items(
    connection: &Connection,
    tenant: TenantNumber,
    owner: NodeId,
) -> Result<Vec<ItemRow>, StoreError> {
    let sql = format!(
        "SELECT item, kind, source_tag, sealed, replaces FROM item WHERE tenant = ? AND owner = ? AND kind = {}",
        ItemKind::Label.code()
    );
    all(
        connection,
        &sql,
        params![tenant.0, signed(owner.0)],
        item_row,
    )
}

/// A conversation and what hangs on it, from one snapshot: an erasure does not come between the statements.
pub(super) fn conversation_content(
    connection: &Connection,
    tenant: TenantNumber,
    node: NodeId,
) -> Result<Option<ConversationContent>, StoreError> {
    let snapshot = connection.unchecked_transaction()?;
    let Some(conversation) = conversation(&snapshot, tenant, node)? else {
        return Ok(None);
    };
    Ok(Some(ConversationContent {
        conversation,
        path: path(&snapshot, tenant, node)?,
        seeds: seeds(&snapshot, tenant, node)?,
        items: items_but_sketches(&snapshot, tenant, node)?,
    }))
}

pub(super) fn cases(
    connection: &Connection,
    tenant: TenantNumber,
) -> Result<Vec<CaseRow>, StoreError> {
    let sql = "SELECT node, ordinal, state, intent, old_kid, new_kid FROM case_state WHERE tenant = ? ORDER BY ordinal";
    all(connection, sql, [tenant.0], |row| {
        let state: String = row.get(2)?;
        Ok(CaseRow {
            node: NodeId(unsigned(row.get(0)?)),
            ordinal: row.get(1)?,
            state: CaseState::parse(&state).ok_or_else(|| {
                StoreError::Damaged("a case is in a state that does not exist".to_owned())
            })?,
            intent: row.get::<_, Option<i64>>(3)?.map(unsigned),
            old_kid: row.get(4)?,
            new_kid: row.get(5)?,
        })
    })
}

pub(super) fn repositories(
    connection: &Connection,
    tenant: TenantNumber,
) -> Result<Vec<RepositoryRow>, StoreError> {
    let sql = "SELECT id, folder, fenced_revision, fenced_at, adopt_name IS NOT NULL FROM repository WHERE tenant = ? ORDER BY id";
    all(connection, sql, [tenant.0], |row| {
        Ok(RepositoryRow {
            id: row.get(0)?,
            folder: row.get(1)?,
            fenced_revision: unsigned(row.get(2)?),
            fenced_at: row.get(3)?,
            restored: row.get(4)?,
        })
    })
}

/// All rows of a query.
pub(super) fn all<T>(
    connection: &Connection,
    sql: &str,
    parameters: impl rusqlite::Params,
    row: impl Fn(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let mut found = Vec::new();
    while let Some(next) = rows.next()? {
        found.push(row(next)?);
    }
    Ok(found)
}

/// The first row of a query, if any.
pub(super) fn one<T>(
    connection: &Connection,
    sql: &str,
    parameters: impl rusqlite::Params,
    row: impl Fn(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    rows.next()?.map(row).transpose()
}

#[cfg(test)]
mod tests;
