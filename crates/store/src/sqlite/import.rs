//! One import as one transaction: a thread writes, what was there before is read beside it, and what this import made so far
//! and will need again is remembered.

mod writes;

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use rustc_hash::{FxHashMap, FxHashSet};
use wuhen_keytree::context::{NodeId, NodeKind};
use wuhen_keytree::rotation::{NodeRow, SeedRow};

use super::{
    SqliteStore, insert_control_item, insert_node, insert_seed, note_changes, read, signed,
    unsigned,
};
use crate::{
    BlobRow, ControlItemRow, ConversationRow, GuestRow, ImportTransaction, ItemRow, SourceTag,
    StoreError, Suppression, TenantNumber, TenantRow, UnsealedItem,
};
use writes::Writes;

/// Branches and pages, and guests with their next ordinal, that an import remembers. Beyond it all are forgotten, and looked
/// up again.
const REMEMBERED_MAX: usize = 65_536;
/// A row's share of what waits to be written, beside its sealed bytes.
const ROW_BYTES: usize = 128;

pub(super) struct SqliteImport<'s> {
    store: &'s SqliteStore,
    tenant: TenantNumber,
    writes: Writes,
    changed: BTreeSet<NodeId>,
    first_node: u64,
    next_node: u64,
    next_guest: u32,
    /// Guests and conversations that this import has written, by the first half of their tags: a stranger of the same half costs a
    /// question to the thread, no more.
    written: FxHashSet<u64>,
    /// What this import has suppressed (true) or let in again.
    suppressed: FxHashMap<Suppression, bool>,
    /// Branches and pages of this import, by parent and slot.
    made: FxHashMap<(NodeId, u32), NodeRow>,
    forgot_made: bool,
    /// Next ordinal of the conversations of a guest.
    ordinals: FxHashMap<NodeId, u32>,
    forgot_ordinals: bool,
    /// Conversations that were there before and got a segment from this import.
    seeded: FxHashSet<NodeId>,
    /// Conversations that were there before and take items, with their generation.
    appended: FxHashMap<NodeId, u64>,
}

impl<'s> SqliteImport<'s> {
    pub(super) fn begin(store: &'s SqliteStore, tenant: TenantNumber) -> Result<Self, StoreError> {
        let mut writes = Writes::begin(store.writer.clone(), tenant)?;
        let (next_node, next_guest) = writes.ask(move |connection| {
            let sql = "SELECT next_node, next_guest FROM tenant WHERE tenant = ?";
            Ok(connection.query_row(sql, [tenant.0], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, u32>(1)?))
            })?)
        })?;
        Ok(Self {
            store,
            tenant,
            writes,
            changed: BTreeSet::new(),
            first_node: unsigned(next_node),
            next_node: unsigned(next_node),
            next_guest,
            written: FxHashSet::default(),
            suppressed: FxHashMap::default(),
            made: FxHashMap::default(),
            forgot_made: false,
            ordinals: FxHashMap::default(),
            forgot_ordinals: false,
            seeded: FxHashSet::default(),
            appended: FxHashMap::default(),
        })
    }

    /// Looks up what this import may have written: it has to be written first, if it did.
    fn look_up<T: Send + 'static>(
        &mut self,
        may_be_ours: bool,
        question: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        // In memory there is one connection, and the thread has it.
        if may_be_ours || self.store.folder.is_none() {
            self.writes.ask(question)
        } else {
            self.store.read(question)
        }
    }

    fn is_new(&self, node: NodeId) -> bool {
        node.0 >= self.first_node
    }
}

impl ImportTransaction for SqliteImport<'_> {
    fn tenant(&mut self) -> Result<TenantRow, StoreError> {
        let tenant = self.tenant;
        self.look_up(true, move |connection| read::tenant(connection, tenant))
    }

    fn guest_by_tag(&mut self, tag: &SourceTag) -> Result<Option<GuestRow>, StoreError> {
        let (tenant, tag) = (self.tenant, *tag);
        self.look_up(
            self.written.contains(&tag.first_half()),
            move |connection| read::guest_by_tag(connection, tenant, &tag),
        )
    }

    fn conversation_by_tag(
        &mut self,
        tag: &SourceTag,
    ) -> Result<Option<ConversationRow>, StoreError> {
        let (tenant, tag) = (self.tenant, *tag);
        self.look_up(
            self.written.contains(&tag.first_half()),
            move |connection| read::conversation_by_tag(connection, tenant, &tag),
        )
    }

    fn message_by_tag(
        &mut self,
        owner: NodeId,
        tag: &SourceTag,
    ) -> Result<Option<u32>, StoreError> {
        let (tenant, tag) = (self.tenant, *tag);
        self.look_up(false, move |connection| {
            read::message_by_tag(connection, tenant, owner, &tag)
        })
    }

    fn last_message(&mut self, owner: NodeId) -> Result<Option<ItemRow>, StoreError> {
        let tenant = self.tenant;
        let may_be_ours = self.is_new(owner) || self.appended.contains_key(&owner);
        self.look_up(may_be_ours, move |connection| {
            read::last_message(connection, tenant, owner)
        })
    }

    fn messages_by_tags(
        &mut self,
        tags: &[SourceTag],
    ) -> Result<Vec<(SourceTag, NodeId, u32)>, StoreError> {
        let (tenant, tags) = (self.tenant, tags.to_owned());
        self.look_up(true, move |connection| {
            read::messages_by_tags(connection, tenant, &tags)
        })
    }

    fn is_suppressed(&mut self, record: Suppression) -> Result<bool, StoreError> {
        if let Some(suppressed) = self.suppressed.get(&record) {
            return Ok(*suppressed);
        }
        let (tenant, tag) = (self.tenant, record.to_bytes());
        self.look_up(false, move |connection| {
            let sql = "SELECT 1 FROM suppression WHERE tenant = ? AND source_tag = ?";
            Ok(connection
                .prepare_cached(sql)?
                .exists(params![tenant.0, tag])?)
        })
    }

    fn suppressions(&mut self) -> Result<u64, StoreError> {
        let tenant = self.tenant;
        self.look_up(true, move |connection| {
            let sql = "SELECT count(*) FROM suppression WHERE tenant = ?";
            Ok(connection.query_row(sql, [tenant.0], |row| row.get::<_, i64>(0).map(unsigned))?)
        })
    }

    fn suppress(&mut self, record: Suppression) -> Result<(), StoreError> {
        let (tenant, tag) = (self.tenant, record.to_bytes());
        self.suppressed.insert(record, true);
        self.writes.write(ROW_BYTES, move |connection| {
            connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO suppression (tenant, source_tag, revision)
                     SELECT tenant, ?2, revision + 1 FROM tenant WHERE tenant = ?1",
                )?
                .execute(params![tenant.0, tag])?;
            Ok(())
        })
    }

    fn lift_suppression(&mut self, record: Suppression) -> Result<(), StoreError> {
        let (tenant, tag) = (self.tenant, record.to_bytes());
        self.suppressed.insert(record, false);
        self.writes.write(ROW_BYTES, move |connection| {
            connection
                .prepare_cached("DELETE FROM suppression WHERE tenant = ? AND source_tag = ?")?
                .execute(params![tenant.0, tag])?;
            Ok(())
        })
    }

    fn path(&mut self, node: NodeId) -> Result<Vec<NodeRow>, StoreError> {
        let tenant = self.tenant;
        self.look_up(self.is_new(node), move |connection| {
            read::path(connection, tenant, node)
        })
    }

    fn branch(&mut self, parent: NodeId, slot: u32) -> Result<Option<NodeRow>, StoreError> {
        if let Some(row) = self.made.get(&(parent, slot)) {
            return Ok(Some(row.clone()));
        }
        if self.is_new(parent) && !self.forgot_made {
            return Ok(None);
        }
        let tenant = self.tenant;
        self.look_up(self.forgot_made, move |connection| {
            read::child(connection, tenant, parent, slot)
        })
    }

    fn seed(&mut self, owner: NodeId, segment: u32) -> Result<Option<SeedRow>, StoreError> {
        let tenant = self.tenant;
        let may_be_ours = self.is_new(owner) || self.seeded.contains(&owner);
        self.look_up(may_be_ours, move |connection| {
            read::seed(connection, tenant, owner, segment)
        })
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
        let tenant = self.tenant;
        let ordinal = match self.ordinals.get(&guest) {
            Some(next) => *next,
            None if self.is_new(guest) && !self.forgot_ordinals => 0,
            None => self.look_up(self.forgot_ordinals, move |connection| {
                read::next_conversation(connection, tenant, guest)
            })?,
        };
        let next = ordinal
            .checked_add(1)
            .ok_or(StoreError::Conflict("a guest has 2^32 conversations"))?;
        if self.ordinals.len() >= REMEMBERED_MAX {
            self.ordinals.clear();
            self.forgot_ordinals = true;
        }
        self.ordinals.insert(guest, next);
        self.changed.insert(guest);
        self.writes.write(ROW_BYTES, move |connection| {
            let updated = connection
                .prepare_cached(
                    "UPDATE guest SET next_conversation = ? WHERE tenant = ? AND node = ?",
                )?
                .execute(params![next, tenant.0, signed(guest.0)])?;
            one_row(updated, "a conversation's guest is not there")
        })?;
        Ok(ordinal)
    }

    fn insert_node(&mut self, node: NodeRow) -> Result<(), StoreError> {
        let tenant = self.tenant;
        self.changed.insert(node.parent);
        if matches!(node.kind, NodeKind::Branch | NodeKind::Page) {
            if self.made.len() >= REMEMBERED_MAX {
                self.made.clear();
                self.forgot_made = true;
            }
            self.made.insert((node.parent, node.slot), node.clone());
        }
        self.writes.write(ROW_BYTES, move |connection| {
            insert_node(connection, tenant, &node)
        })
    }

    fn insert_seed(&mut self, seed: SeedRow) -> Result<(), StoreError> {
        let tenant = self.tenant;
        self.changed.insert(seed.owner);
        if !self.is_new(seed.owner) {
            self.seeded.insert(seed.owner);
        }
        self.writes.write(ROW_BYTES, move |connection| {
            insert_seed(connection, tenant, &seed)
        })
    }

    fn insert_guest(&mut self, guest: GuestRow) -> Result<(), StoreError> {
        let tenant = self.tenant;
        self.changed.insert(guest.node);
        self.written.insert(guest.source_tag.first_half());
        self.writes.write(ROW_BYTES, move |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO guest (tenant, node, ordinal, next_conversation, source_tag) VALUES (?, ?, ?, 0, ?)",
                )?
                .execute(params![tenant.0, signed(guest.node.0), guest.ordinal, guest.source_tag.0])?;
            Ok(())
        })
    }

    fn insert_conversation(&mut self, conversation: ConversationRow) -> Result<(), StoreError> {
        let tenant = self.tenant;
        self.changed.insert(conversation.node);
        self.written.insert(conversation.source_tag.first_half());
        self.writes.write(ROW_BYTES, move |connection| {
            insert_conversation(connection, tenant, &conversation)
        })
    }

    fn insert_item(&mut self, owner: NodeId, item: UnsealedItem) -> Result<(), StoreError> {
        self.writes.insert(ROW_BYTES + item.bytes, owner, item)
    }

    fn insert_blob(&mut self, blob: BlobRow) -> Result<(), StoreError> {
        let tenant = self.tenant;
        self.writes.write(ROW_BYTES, move |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO blob (tenant, owner, item, name, bytes) VALUES (?, ?, ?, ?, ?)",
                )?
                .execute(params![
                    tenant.0,
                    signed(blob.owner.0),
                    blob.item,
                    blob.name,
                    signed(blob.bytes)
                ])?;
            Ok(())
        })
    }

    fn insert_setting(&mut self, item: ControlItemRow) -> Result<(), StoreError> {
        let tenant = self.tenant;
        self.changed.insert(item.owner);
        self.writes.write(ROW_BYTES, move |connection| {
            insert_control_item(connection, tenant, &item)
        })
    }

    fn take_indexes(&mut self, node: NodeId, generation: u64, n: u32) -> Result<bool, StoreError> {
        let tenant = self.tenant;
        self.changed.insert(node);
        let take =
            move |connection: &Connection| take_indexes(connection, tenant, node, generation, n);
        // Nobody else writes meanwhile: what holds for the first items holds for those that follow.
        if self.appended.get(&node) == Some(&generation) {
            self.writes.write(ROW_BYTES, move |connection| {
                one_row(usize::from(take(connection)?), "a conversation was closed")
            })?;
            return Ok(true);
        }
        let taken = self.look_up(true, take)?;
        if taken {
            self.appended.insert(node, generation);
        }
        Ok(taken)
    }

    fn count(
        &mut self,
        node: NodeId,
        messages: u32,
        attachments: u32,
        (opened_at, last_at): (i64, i64),
    ) -> Result<(), StoreError> {
        let tenant = self.tenant;
        self.changed.insert(node);
        self.writes.write(ROW_BYTES, move |connection| {
            let counted = connection
                .prepare_cached(
                    "UPDATE conversation SET messages = messages + ?, attachments = attachments + ?, \
                     opened_at = min(opened_at, ?), last_at = max(last_at, ?) WHERE tenant = ? AND node = ?",
                )?
                .execute(params![messages, attachments, opened_at, last_at, tenant.0, signed(node.0)])?;
            one_row(counted, "a conversation is not there")
        })
    }

    fn settle(&mut self) -> Result<(), StoreError> {
        let (tenant, first) = (self.tenant, signed(self.first_node));
        self.writes.ask(move |connection| {
            // Neither the conversation nor a message said when: the beginning of time, so that every clock has run out.
            connection.execute(
                "UPDATE conversation SET opened_at = 0, last_at = 0 WHERE tenant = ? AND node >= ? AND opened_at = ?",
                params![tenant.0, first, i64::MAX],
            )?;
            Ok(())
        })
    }

    fn commit(self: Box<Self>) -> Result<(), StoreError> {
        let Self {
            tenant,
            mut writes,
            changed,
            next_node,
            next_guest,
            ..
        } = *self;
        writes.ask(move |connection| {
            note_changes(connection, tenant, changed)?;
            connection.execute(
                "UPDATE tenant SET next_node = ?, next_guest = ? WHERE tenant = ?",
                params![signed(next_node), next_guest, tenant.0],
            )?;
            Ok(connection.execute_batch("COMMIT")?)
        })
    }
}

fn one_row(changed: usize, otherwise: &'static str) -> Result<(), StoreError> {
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict(otherwise))
    }
}

fn insert_conversation(
    connection: &Connection,
    tenant: TenantNumber,
    conversation: &ConversationRow,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO conversation (tenant, node, guest, ordinal, next_index, generation, open, messages, \
             attachments, opened_at, last_at, source_tag) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            tenant.0,
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
