//! What a running import has at hand: branches, guests, conversations, segments, opened or made, and closed again.

use wuhen_keytree::context::{NodeId, NodeKind};
use wuhen_keytree::rotation::NodeRow;
use wuhen_keytree::seed::LeafCache;

use wuhen_store::Suppression;

use super::{CONVERSATIONS_PER_GUEST_MAX, Job, OPEN_CONVERSATIONS_MAX, OPEN_GUESTS_MAX, OpenGuest};
use crate::error::{Opening, ServiceError};
use crate::import::ImportProblem;
use crate::import::conversation::OpenConversation;
use crate::keys::{Versioned, branch_slots, new_node, new_seed};
use crate::open::SLOT_GUESTS;
use crate::settings::RecordKind;

impl Job<'_> {
    pub(super) fn take_indexes(
        &mut self,
        open: &mut OpenConversation,
        count: u32,
    ) -> Result<u32, ServiceError> {
        if !open.is_new
            && !self
                .transaction
                .take_indexes(open.row.node, open.row.generation, count)?
        {
            return Err(self.problem(ImportProblem::Closed));
        }
        Ok(open.take_new(count))
    }

    /// Makes the frontier of an item's segment the one at hand; begins the segment where it is new.
    pub(super) fn ensure_segment(
        &mut self,
        open: &mut OpenConversation,
        number: u32,
    ) -> Result<(), ServiceError> {
        let (segment, _) = wuhen_keytree::seed::segment_and_index(number);
        if open.segment == Some(segment) {
            return Ok(());
        }
        let node = open.row.node;
        let frontier = if let Some(row) = self.transaction.seed(node, segment)? {
            crate::keys::open_seed(self.tenant, &open.key, &row).opening("a segment")?
        } else {
            let (row, frontier) = new_seed(&self.rng, self.tenant, (&open.key, node), segment);
            self.transaction.insert_seed(row)?;
            frontier
        };
        open.leaves = LeafCache::new(frontier);
        open.segment = Some(segment);
        Ok(())
    }

    pub(super) fn take_conversation(
        &mut self,
        id: &str,
    ) -> Result<Option<Box<OpenConversation>>, ServiceError> {
        if let Some(open) = self.conversations.get_mut(id) {
            return Ok(open.take());
        }
        let tag = self.tag(RecordKind::Conversation, id);
        if self.away.contains(&tag) {
            return Ok(None);
        }
        let Some(row) = self.transaction.conversation_by_tag(&tag)? else {
            if self.transaction.is_suppressed(Suppression::Record(tag))? {
                self.away.insert(tag);
                return Ok(None);
            }
            return Err(self.problem(ImportProblem::UnknownReference {
                field: "conversation",
                kind: "conversation",
            }));
        };
        if !row.open {
            return Err(self.problem(ImportProblem::Closed));
        }
        let path = self.transaction.path(row.node)?;
        let key = self.keys.follow(&path).opening("a conversation's key")?;
        self.remember_conversation(id.to_owned(), None)?;
        Ok(Some(Box::new(OpenConversation::existing(row, key))))
    }

    pub(super) fn guest_of(&mut self, id: &str) -> Result<OpenGuest, ServiceError> {
        if let Some(open) = self.guests.get(id) {
            return Ok(open.as_ref().map(|(node, key)| (*node, key.duplicate())));
        }
        let tag = self.tag(RecordKind::Guest, id);
        let Some(row) = self.transaction.guest_by_tag(&tag)? else {
            if self.transaction.is_suppressed(Suppression::Record(tag))? {
                return Ok(None);
            }
            return Err(self.problem(ImportProblem::UnknownReference {
                field: "guest",
                kind: "guest",
            }));
        };
        let path = self.transaction.path(row.node)?;
        let key = self.keys.follow(&path).opening("a guest's key")?;
        self.remember_guest(id.to_owned(), Some((row.node, key.duplicate())));
        Ok(Some((row.node, key)))
    }

    /// The branch that a guest's ordinal hangs on, with those above it where they were missing.
    pub(super) fn branch(&mut self, ordinal: u32) -> Result<(NodeId, Versioned), ServiceError> {
        let prefix = ordinal >> 8;
        if let Some((held, node, key)) = &self.branch
            && *held == prefix
        {
            return Ok((*node, key.duplicate()));
        }
        let missing = || {
            ServiceError::Store(wuhen_store::StoreError::Damaged(
                "the guests' subtree is missing".to_owned(),
            ))
        };
        let top = self.keys.top;
        let guests = self
            .transaction
            .branch(top, SLOT_GUESTS)?
            .ok_or_else(missing)?;
        let mut path = vec![guests];
        for slot in &branch_slots(ordinal)[..4] {
            let row = self.child_or_new(&mut path, *slot, NodeKind::Branch)?;
            path.push(row);
        }
        let key = self.keys.follow(&path).opening("a branch")?;
        let node = path.last().expect("a path to a branch has nodes").id;
        self.branch = Some((prefix, node, key.duplicate()));
        Ok((node, key))
    }

    pub(super) fn child_or_new(
        &mut self,
        path: &mut [NodeRow],
        slot: u32,
        kind: NodeKind,
    ) -> Result<NodeRow, ServiceError> {
        let parent = path.last().expect("a path has its subtree").id;
        if let Some(row) = self.transaction.branch(parent, slot)? {
            return Ok(row);
        }
        let parent_key = self.keys.follow(path).opening("a branch")?;
        let id = self.transaction.next_node()?;
        let (row, _) = new_node(
            &self.rng,
            self.tenant,
            (&parent_key, parent),
            slot,
            id,
            kind,
        );
        self.transaction.insert_node(row.clone())?;
        Ok(row)
    }

    pub(super) fn new_conversation_node(
        &mut self,
        (guest, guest_key): (NodeId, &Versioned),
    ) -> Result<(u32, NodeId, Versioned), ServiceError> {
        let ordinal = self.transaction.next_conversation_ordinal(guest)?;
        if ordinal >= CONVERSATIONS_PER_GUEST_MAX {
            return Err(self.problem(ImportProblem::ConversationsOfGuest(
                CONVERSATIONS_PER_GUEST_MAX,
            )));
        }
        let (page, slot) = (ordinal / 256, ordinal % 256);
        let (page_node, page_key) = if let Some(row) = self.transaction.branch(guest, page)? {
            (
                row.id,
                crate::keys::open_node(self.tenant, guest_key, &row).opening("a page")?,
            )
        } else {
            let id = self.transaction.next_node()?;
            let (row, key) = new_node(
                &self.rng,
                self.tenant,
                (guest_key, guest),
                page,
                id,
                NodeKind::Page,
            );
            self.transaction.insert_node(row)?;
            (id, key)
        };
        let node = self.transaction.next_node()?;
        let kind = NodeKind::Conversation;
        let (row, key) = new_node(
            &self.rng,
            self.tenant,
            (&page_key, page_node),
            slot,
            node,
            kind,
        );
        self.transaction.insert_node(row)?;
        Ok((ordinal, node, key))
    }

    pub(super) fn remember_guest(&mut self, id: String, guest: OpenGuest) {
        if self.guests.len() >= OPEN_GUESTS_MAX {
            self.guests.clear();
        }
        self.guests.insert(id, guest);
    }

    pub(super) fn remember_conversation(
        &mut self,
        id: String,
        open: Option<Box<OpenConversation>>,
    ) -> Result<(), ServiceError> {
        if self.conversations.len() >= OPEN_CONVERSATIONS_MAX
            && let Some(oldest) = self.opened.pop_front()
        {
            self.close(&oldest)?;
        }
        self.opened.push_back(id.clone());
        self.conversations.insert(id, open);
        Ok(())
    }

    /// Sketches what is not sketched yet and writes the counters; later lines find the conversation in the store.
    pub(super) fn close(&mut self, id: &str) -> Result<(), ServiceError> {
        let Some(mut open) = self.conversations.remove(id).flatten() else {
            return Ok(());
        };
        self.sketch(&mut open)?;
        open.write(&mut *self.transaction)?;
        Ok(())
    }

    /// The end of the file: everything open is sketched and counted.
    pub(in crate::import) fn settle(&mut self) -> Result<(), ServiceError> {
        while let Some(id) = self.opened.pop_front() {
            self.close(&id)?;
        }
        Ok(self.transaction.settle()?)
    }

    pub(super) fn open_node(&self, id: &str) -> NodeId {
        self.conversations
            .get(id)
            .and_then(Option::as_ref)
            .map_or(self.first_new_node, |open| open.row.node)
    }
}
