//! A conversation that an import is adding to: its key, its leaves, the block that is not sketched yet.

use wuhen_keytree::Key;
use wuhen_keytree::seed::{Frontier, LeafCache};
use wuhen_model::search::SketchBuilder;
use wuhen_store::{ConversationRow, ImportTransaction, StoreError};

use super::talk::Talk;
use crate::keys::Versioned;
use crate::questions::OpenQuestions;
use crate::stored::SketchRange;

/// Messages in one sketch (ERASURE.md, "Search without residue").
pub(crate) const BLOCK_MESSAGES: u32 = 64;

pub(super) struct OpenConversation {
    pub(super) row: ConversationRow,
    pub(super) key: Versioned,
    pub(super) leaves: LeafCache,
    /// The segment that `leaves` are of.
    pub(super) segment: Option<u32>,
    /// Made by this import: its row is written when it is closed.
    pub(super) is_new: bool,
    /// Of what this import has brought of it.
    pub(super) talk: Talk,
    /// What was asked for and is open after its last message; none where nobody has looked yet.
    pub(super) asked: Option<OpenQuestions>,
    block: SketchBuilder,
    block_range: SketchRange,
    messages: u32,
    attachments: u32,
}

impl OpenConversation {
    pub(super) fn new(
        row: ConversationRow,
        key: Versioned,
        leaves: LeafCache,
        block: SketchBuilder,
    ) -> Self {
        Self {
            is_new: true,
            asked: Some(OpenQuestions::NONE),
            segment: Some(0),
            leaves,
            ..Self::existing(row, key, block)
        }
    }

    /// `block` is a builder without texts.
    pub(super) fn existing(row: ConversationRow, key: Versioned, block: SketchBuilder) -> Self {
        Self {
            row,
            key,
            // Replaced by the real one before the first item: `segment` says that none is at hand.
            leaves: LeafCache::new(Frontier::new(Key::from_bytes([0; 32]))),
            segment: None,
            is_new: false,
            talk: Talk::default(),
            asked: None,
            block,
            block_range: SketchRange {
                first: 0,
                last: 0,
                messages: 0,
            },
            messages: 0,
            attachments: 0,
        }
    }

    pub(super) fn take_new(&mut self, count: u32) -> u32 {
        let first = self.row.next_index;
        self.row.next_index += count;
        first
    }

    pub(super) fn count(&mut self, number: u32, attachments: u32, sent_at: i64, text: &str) {
        if self.block_range.messages == 0 {
            self.block_range.first = number;
        }
        self.block_range.last = number;
        self.block_range.messages += 1;
        self.block.add(text);
        self.messages += 1;
        self.attachments += attachments;
        self.row.opened_at = self.row.opened_at.min(sent_at);
        self.row.last_at = self.row.last_at.max(sent_at);
    }

    pub(super) fn block_is_full(&self) -> bool {
        self.block_range.messages >= BLOCK_MESSAGES
    }

    /// What the next sketch covers, and its bytes; none where no message came since the last.
    pub(super) fn take_block(&mut self) -> Option<(SketchRange, Vec<u8>)> {
        if self.block_range.messages == 0 {
            return None;
        }
        let range = self.block_range;
        self.block_range.messages = 0;
        Some((range, self.block.finish().to_bytes()))
    }

    /// The builder, for another conversation; after the last block was taken it is without texts.
    pub(super) fn into_block(self) -> SketchBuilder {
        self.block
    }

    /// Writes its row, or adds to the counters of the one that is there.
    pub(super) fn write(
        &mut self,
        transaction: &mut dyn ImportTransaction,
    ) -> Result<(), StoreError> {
        if !self.is_new {
            return transaction.count(
                self.row.node,
                self.messages,
                self.attachments,
                (self.row.opened_at, self.row.last_at),
            );
        }
        self.row.messages = self.messages;
        self.row.attachments = self.attachments;
        transaction.insert_conversation(self.row)
    }
}
