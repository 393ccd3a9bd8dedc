//! A conversation that an import is adding to: its key, its leaves, the block that is not sketched yet.

use wuhen_keytree::Key;
use wuhen_keytree::seed::{Frontier, LeafCache};
use wuhen_model::search::{Sketch, SketchBuilder};
use wuhen_store::{ConversationRow, ImportTransaction, StoreError};

use super::talk::Talk;
use crate::keys::Versioned;
use crate::questions::OpenQuestions;
use crate::stored::SketchRange;

/// Messages in one sketch (ERASURE.md, "Search without residue").
pub(crate) const BLOCK_MESSAGES: u32 = 64;

/// Texts of a block that wait to be sketched, at most: beyond it they are read into tokens at once, which take less.
const WAITING_BYTES_MAX: usize = 16 * 1024;

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
    block: Block,
    block_range: SketchRange,
    messages: u32,
    attachments: u32,
}

/// Messages that are not sketched yet. Their texts are kept as they are: whoever seals the sketch reads them.
#[derive(Default)]
pub(super) struct Block {
    texts: String,
    /// Where each text ends.
    ends: Vec<usize>,
    /// What was read of texts that were too long to wait.
    read: Option<Box<SketchBuilder>>,
}

impl OpenConversation {
    pub(super) fn new(row: ConversationRow, key: Versioned, leaves: LeafCache) -> Self {
        Self {
            is_new: true,
            asked: Some(OpenQuestions::NONE),
            segment: Some(0),
            leaves,
            ..Self::existing(row, key)
        }
    }

    pub(super) fn existing(row: ConversationRow, key: Versioned) -> Self {
        Self {
            row,
            key,
            // Replaced by the real one before the first item: `segment` says that none is at hand.
            leaves: LeafCache::new(Frontier::new(Key::from_bytes([0; 32]))),
            segment: None,
            is_new: false,
            talk: Talk::default(),
            asked: None,
            block: Block::default(),
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

    /// What the next sketch covers; none where no message came since the last.
    pub(super) fn take_block(&mut self) -> Option<(SketchRange, Block)> {
        if self.block_range.messages == 0 {
            return None;
        }
        let range = self.block_range;
        self.block_range.messages = 0;
        Some((range, std::mem::take(&mut self.block)))
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

impl Block {
    fn add(&mut self, text: &str) {
        if self.texts.len() + text.len() > WAITING_BYTES_MAX {
            let mut read = self.read.take().unwrap_or_default();
            self.read_into(&mut read);
            read.add(text);
            self.read = Some(read);
            return;
        }
        self.texts.push_str(text);
        self.ends.push(self.texts.len());
    }

    /// Bytes that wait, about.
    pub(super) fn bytes(&self) -> usize {
        self.texts.capacity()
    }

    /// The sketch of its texts. `spare` is a builder without texts, and is so again.
    pub(super) fn sketch(&mut self, spare: &mut SketchBuilder) -> Sketch {
        if let Some(mut read) = self.read.take() {
            self.read_into(&mut read);
            return read.finish();
        }
        self.read_into(spare);
        spare.finish()
    }

    fn read_into(&mut self, builder: &mut SketchBuilder) {
        let mut start = 0;
        for end in self.ends.drain(..) {
            builder.add(&self.texts[start..end]);
            start = end;
        }
        self.texts.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sketch_is_the_same_however_long_its_texts_waited() {
        let long = "早餐几点开始 ".repeat(WAITING_BYTES_MAX / 40);
        for texts in [
            &["好的", "breakfast at 8"][..],
            &["好的", &long, "at 8", &long, &long],
        ] {
            let (mut block, mut at_once) = (Block::default(), SketchBuilder::new());
            for text in texts {
                block.add(text);
                at_once.add(text);
            }
            let mut spare = SketchBuilder::new();
            let of_block = block.sketch(&mut spare).to_bytes();
            assert!(of_block == at_once.finish().to_bytes());
            assert!(spare.finish().to_bytes() == SketchBuilder::new().finish().to_bytes());
        }
    }
}
