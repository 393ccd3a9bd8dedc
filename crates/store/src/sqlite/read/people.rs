//! Rows of guests and conversations.

use rusqlite::{Connection, Row, params};
use wuhen_keytree::context::NodeId;

use super::{all, one, source_tag};
use crate::sqlite::{signed, unsigned};
use crate::{ConversationRow, GuestRow, SourceTag, StoreError, TenantNumber};

const GUEST: &str = "SELECT node, ordinal, source_tag FROM guest";
pub(in crate::sqlite) const CONVERSATION: &str = "SELECT node, guest, ordinal, next_index, generation, open, messages, attachments, opened_at, \
                            last_at, source_tag FROM conversation";

pub(in crate::sqlite) fn guests(
    connection: &Connection,
    tenant: TenantNumber,
    after: Option<NodeId>,
    limit: usize,
) -> Result<Vec<GuestRow>, StoreError> {
    let after = after.map_or(-1, |node| signed(node.0));
    let sql = format!("{GUEST} WHERE tenant = ? AND node > ? ORDER BY node LIMIT ?");
    all(
        connection,
        &sql,
        params![tenant.0, after, i64::try_from(limit).unwrap_or(i64::MAX)],
        guest_row,
    )
}

pub(in crate::sqlite) fn guest(
    connection: &Connection,
    tenant: TenantNumber,
    node: NodeId,
) -> Result<Option<GuestRow>, StoreError> {
    one(
        connection,
        &format!("{GUEST} WHERE tenant = ? AND node = ?"),
        params![tenant.0, signed(node.0)],
        guest_row,
    )
}

pub(in crate::sqlite) fn guest_by_tag(
    connection: &Connection,
    tenant: TenantNumber,
    tag: &SourceTag,
) -> Result<Option<GuestRow>, StoreError> {
    one(
        connection,
        &format!("{GUEST} WHERE tenant = ? AND source_tag = ?"),
        params![tenant.0, tag.0],
        guest_row,
    )
}

/// The ordinal that a guest's next conversation gets.
pub(in crate::sqlite) fn next_conversation(
    connection: &Connection,
    tenant: TenantNumber,
    guest: NodeId,
) -> Result<u32, StoreError> {
    let sql = "SELECT next_conversation FROM guest WHERE tenant = ? AND node = ?";
    Ok(connection.query_row(sql, params![tenant.0, signed(guest.0)], |row| row.get(0))?)
}

fn guest_row(row: &Row<'_>) -> Result<GuestRow, StoreError> {
    Ok(GuestRow {
        node: NodeId(unsigned(row.get(0)?)),
        ordinal: row.get(1)?,
        source_tag: source_tag(row.get(2)?)?,
    })
}

pub(in crate::sqlite) fn conversations(
    connection: &Connection,
    tenant: TenantNumber,
    after: Option<NodeId>,
    limit: usize,
) -> Result<Vec<ConversationRow>, StoreError> {
    let after = after.map_or(-1, |node| signed(node.0));
    let sql = format!("{CONVERSATION} WHERE tenant = ? AND node > ? ORDER BY node LIMIT ?");
    all(
        connection,
        &sql,
        params![tenant.0, after, i64::try_from(limit).unwrap_or(i64::MAX)],
        conversation_row,
    )
}

pub(in crate::sqlite) fn conversations_of(
    connection: &Connection,
    tenant: TenantNumber,
    guest: NodeId,
) -> Result<Vec<ConversationRow>, StoreError> {
    // Without the index's name the planner, which knows no figures of the tables, reads all conversations of the tenant.
    let sql = format!(
        "{CONVERSATION} INDEXED BY conversation_by_guest WHERE tenant = ? AND guest = ? ORDER BY node"
    );
    all(
        connection,
        &sql,
        params![tenant.0, signed(guest.0)],
        conversation_row,
    )
}

pub(in crate::sqlite) fn conversation(
    connection: &Connection,
    tenant: TenantNumber,
    node: NodeId,
) -> Result<Option<ConversationRow>, StoreError> {
    let sql = format!("{CONVERSATION} WHERE tenant = ? AND node = ?");
    one(
        connection,
        &sql,
        params![tenant.0, signed(node.0)],
        conversation_row,
    )
}

pub(in crate::sqlite) fn conversation_by_tag(
    connection: &Connection,
    tenant: TenantNumber,
    tag: &SourceTag,
) -> Result<Option<ConversationRow>, StoreError> {
    let sql = format!("{CONVERSATION} WHERE tenant = ? AND source_tag = ?");
    one(connection, &sql, params![tenant.0, tag.0], conversation_row)
}

pub(in crate::sqlite) fn conversation_row(row: &Row<'_>) -> Result<ConversationRow, StoreError> {
    Ok(ConversationRow {
        node: NodeId(unsigned(row.get(0)?)),
        guest: NodeId(unsigned(row.get(1)?)),
        ordinal: row.get(2)?,
        next_index: row.get(3)?,
        generation: unsigned(row.get(4)?),
        open: row.get(5)?,
        messages: row.get(6)?,
        attachments: row.get(7)?,
        opened_at: row.get(8)?,
        last_at: row.get(9)?,
        source_tag: source_tag(row.get(10)?)?,
    })
}
