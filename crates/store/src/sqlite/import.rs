//! One import as one transaction on the writer.

use std::collections::BTreeSet;
use std::sync::MutexGuard;

use rusqlite::{Connection, params};
use wuhen_keytree::context::NodeId;
use wuhen_keytree::rotation::{NodeRow, SeedRow};

use super::{
    insert_control_item, insert_item, insert_node, insert_seed, note_changes, read, signed,
    unsigned,
};
use crate::{
    BlobRow, ControlItemRow, ConversationRow, GuestRow, ImportTransaction, ItemRow, SourceTag,
    StoreError, TenantNumber,
};

pub(super) struct SqliteImport<'a> {
    writer: MutexGuard<'a, Connection>,
    tenant: TenantNumber,
    changed: BTreeSet<NodeId>,
    next_node: u64,
    next_guest: u32,
    running: bool,
}

impl<'a> SqliteImport<'a> {
    pub(super) fn begin(
        writer: MutexGuard<'a, Connection>,
        tenant: TenantNumber,
    ) -> Result<Self, StoreError> {
        writer.execute_batch("BEGIN IMMEDIATE")?;
        let mut import = Self {
            writer,
            tenant,
            changed: BTreeSet::new(),
            next_node: 0,
            next_guest: 0,
            running: true,
        };
        let (next_node, next_guest) = import.writer.query_row(
            "SELECT next_node, next_guest FROM tenant WHERE tenant = ?",
            [tenant.0],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, u32>(1)?)),
        )?;
        import.next_node = unsigned(next_node);
        import.next_guest = next_guest;
        Ok(import)
    }
}

impl ImportTransaction for SqliteImport<'_> {
    fn guest_by_tag(&mut self, tag: &SourceTag) -> Result<Option<GuestRow>, StoreError> {
        read::guest_by_tag(&self.writer, self.tenant, tag)
    }

    fn conversation_by_tag(
        &mut self,
        tag: &SourceTag,
    ) -> Result<Option<ConversationRow>, StoreError> {
        read::conversation_by_tag(&self.writer, self.tenant, tag)
    }

    fn message_by_tag(
        &mut self,
        owner: NodeId,
        tag: &SourceTag,
    ) -> Result<Option<u32>, StoreError> {
        read::message_by_tag(&self.writer, self.tenant, owner, tag)
    }

    fn messages_by_tags(&mut self, tags: &[SourceTag]) -> Result<Vec<(NodeId, u32)>, StoreError> {
        read::messages_by_tags(&self.writer, self.tenant, tags)
    }

    fn is_suppressed(&mut self, tag: &SourceTag) -> Result<bool, StoreError> {
        let found = self
            .writer
            .prepare_cached("SELECT 1 FROM suppression WHERE tenant = ? AND source_tag = ?")?
            .exists(params![self.tenant.0, tag.0])?;
        Ok(found)
    }

    fn suppressions(&mut self) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM suppression WHERE tenant = ?";
        Ok(self.writer.query_row(sql, [self.tenant.0], |row| {
            row.get::<_, i64>(0).map(unsigned)
        })?)
    }

    fn suppress(&mut self, tag: &SourceTag) -> Result<(), StoreError> {
        self.writer
            .prepare_cached(
                "INSERT OR IGNORE INTO suppression (tenant, source_tag, revision)
                 SELECT tenant, ?2, revision + 1 FROM tenant WHERE tenant = ?1",
            )?
            .execute(params![self.tenant.0, tag.0])?;
        Ok(())
    }

    fn lift_suppression(&mut self, tag: &SourceTag) -> Result<(), StoreError> {
        self.writer
            .prepare_cached("DELETE FROM suppression WHERE tenant = ? AND source_tag = ?")?
            .execute(params![self.tenant.0, tag.0])?;
        Ok(())
    }

    fn path(&mut self, node: NodeId) -> Result<Vec<NodeRow>, StoreError> {
        read::path(&self.writer, self.tenant, node)
    }

    fn child(&mut self, parent: NodeId, slot: u32) -> Result<Option<NodeRow>, StoreError> {
        read::child(&self.writer, self.tenant, parent, slot)
    }

    fn seed(&mut self, owner: NodeId, segment: u32) -> Result<Option<SeedRow>, StoreError> {
        read::seed(&self.writer, self.tenant, owner, segment)
    }

    fn next_node(&mut self) -> Result<NodeId, StoreError> {
        let node = NodeId(self.next_node);
        self.next_node += 1;
        Ok(node)
    }

    fn next_guest_ordinal(&mut self) -> Result<u32, StoreError> {
        let ordinal = self.next_guest;
        self.next_guest = ordinal
            .checked_add(1)
            .ok_or(StoreError::Conflict("a tenant has 2^32 guests"))?;
        Ok(ordinal)
    }

    fn next_conversation_ordinal(&mut self, guest: NodeId) -> Result<u32, StoreError> {
        self.changed.insert(guest);
        let ordinal: u32 = self
            .writer
            .prepare_cached(
                "UPDATE guest SET next_conversation = next_conversation + 1 WHERE tenant = ? AND node = ?
                 RETURNING next_conversation - 1",
            )?
            .query_row(params![self.tenant.0, signed(guest.0)], |row| row.get(0))?;
        Ok(ordinal)
    }

    fn insert_node(&mut self, node: &NodeRow) -> Result<(), StoreError> {
        self.changed.insert(node.parent);
        insert_node(&self.writer, self.tenant, node)
    }

    fn insert_seed(&mut self, seed: &SeedRow) -> Result<(), StoreError> {
        self.changed.insert(seed.owner);
        insert_seed(&self.writer, self.tenant, seed)
    }

    fn insert_guest(&mut self, guest: &GuestRow) -> Result<(), StoreError> {
        self.changed.insert(guest.node);
        self.writer
            .prepare_cached(
                "INSERT INTO guest (tenant, node, ordinal, next_conversation, source_tag) VALUES (?, ?, ?, 0, ?)",
            )?
            .execute(params![self.tenant.0, signed(guest.node.0), guest.ordinal, guest.source_tag.0])?;
        Ok(())
    }

    fn insert_conversation(&mut self, conversation: &ConversationRow) -> Result<(), StoreError> {
        self.changed.insert(conversation.node);
        self.writer
            .prepare_cached(
                "INSERT INTO conversation (tenant, node, guest, ordinal, next_index, generation, open, messages, \
                 attachments, opened_at, last_at, source_tag) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                self.tenant.0,
                signed(conversation.node.0),
                signed(conversation.guest.0),
                conversation.ordinal,
                conversation.next_index,
                signed(conversation.generation),
                conversation.open,
                conversation.messages,
                conversation.attachments,
                conversation.opened_at,
                conversation.last_at,
                conversation.source_tag.0
            ])?;
        Ok(())
    }

    fn insert_item(&mut self, owner: NodeId, item: &ItemRow) -> Result<bool, StoreError> {
        insert_item(&self.writer, self.tenant, owner, item)
    }

    fn insert_blob(&mut self, blob: &BlobRow) -> Result<(), StoreError> {
        self.writer
            .prepare_cached(
                "INSERT INTO blob (tenant, owner, item, name, bytes) VALUES (?, ?, ?, ?, ?)",
            )?
            .execute(params![
                self.tenant.0,
                signed(blob.owner.0),
                blob.item,
                blob.name,
                signed(blob.bytes)
            ])?;
        Ok(())
    }

    fn insert_setting(&mut self, item: &ControlItemRow) -> Result<(), StoreError> {
        self.changed.insert(item.owner);
        insert_control_item(&self.writer, self.tenant, item)
    }

    fn take_indexes(&mut self, node: NodeId, generation: u64, n: u32) -> Result<bool, StoreError> {
        self.changed.insert(node);
        take_indexes(&self.writer, self.tenant, node, generation, n)
    }

    fn count(
        &mut self,
        node: NodeId,
        messages: u32,
        attachments: u32,
        (opened_at, last_at): (i64, i64),
    ) -> Result<(), StoreError> {
        self.changed.insert(node);
        self.writer
            .prepare_cached(
                "UPDATE conversation SET messages = messages + ?, attachments = attachments + ?, \
                 opened_at = min(opened_at, ?), last_at = max(last_at, ?) WHERE tenant = ? AND node = ?",
            )?
            .execute(params![
                messages,
                attachments,
                opened_at,
                last_at,
                self.tenant.0,
                signed(node.0)
            ])?;
        Ok(())
    }

    fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        note_changes(&self.writer, self.tenant, std::mem::take(&mut self.changed))?;
        self.writer.execute(
            "UPDATE tenant SET next_node = ?, next_guest = ? WHERE tenant = ?",
            params![signed(self.next_node), self.next_guest, self.tenant.0],
        )?;
        self.writer.execute_batch("COMMIT")?;
        self.running = false;
        Ok(())
    }
}

impl Drop for SqliteImport<'_> {
    fn drop(&mut self) {
        if self.running && !self.writer.is_autocommit() {
            // A failed rollback leaves the transaction to SQLite's own recovery when the file is next opened.
            let _ = self.writer.execute_batch("ROLLBACK");
        }
    }
}

/// The guard against a racing erasure (ERASURE.md, "Puncturable seed").
pub(super) fn take_indexes(
    connection: &Connection,
    tenant: TenantNumber,
    node: NodeId,
    generation: u64,
    n: u32,
) -> Result<bool, StoreError> {
    let taken = connection
        .prepare_cached(
            "UPDATE conversation SET next_index = next_index + ? \
             WHERE tenant = ? AND node = ? AND generation = ? AND open",
        )?
        .execute(params![n, tenant.0, signed(node.0), signed(generation)])?;
    Ok(taken == 1)
}
