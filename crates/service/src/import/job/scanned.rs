//! A message at the door: in the context of the one before it, also where that came with an earlier file.

use std::ops::RangeInclusive;

use wuhen_detect::KindSet;
use wuhen_keytree::context::ItemKind;
use wuhen_keytree::item;
use wuhen_keytree::seed::segment_and_index;
use wuhen_model::record::Message;

use super::Job;
use crate::door::Entered;
use crate::error::{Opening, ServiceError};
use crate::findings::{category_name, importance_name, to_stored};
use crate::import::conversation::OpenConversation;
use crate::keys::item_context;
use crate::open::damaged;
use crate::questions::OpenQuestions;
use crate::read::utf8;
use crate::stored::{StoredMessage, from_json, sent_at_text, to_json};

impl Job<'_> {
    /// Scans a message's text in the light of what is open when it comes.
    pub(super) fn enter<'m>(
        &mut self,
        open: &mut OpenConversation,
        text: &'m str,
    ) -> Result<Entered<'m>, ServiceError> {
        let asked = match open.asked {
            Some(asked) => asked,
            None => self.asked_before(open)?,
        };
        let entered = self.door.message(text, asked);
        open.asked = Some(entered.asked);
        Ok(entered)
    }

    /// What was open after the last message that a conversation had before this import had one for it.
    fn asked_before(&mut self, open: &mut OpenConversation) -> Result<OpenQuestions, ServiceError> {
        let Some(row) = self.transaction.last_message(open.row.node)? else {
            return Ok(OpenQuestions::NONE);
        };
        self.ensure_segment(open, row.item)?;
        let (_, index) = segment_and_index(row.item);
        let leaf = open
            .leaves
            .leaf(index)
            .ok_or_else(|| damaged("an item's key is gone"))?;
        let context = item_context(self.tenant, open.row.node, row.item, ItemKind::Message);
        let opened = item::open(&leaf, &context, &row.sealed).opening("a message")?;
        let stored: StoredMessage<'_> = from_json(opened.header(), "a message")?;
        if stored.scanned == 0 {
            let asks = self.door.asks(&utf8(opened.body(), "a message")?);
            return Ok(OpenQuestions::NONE.after(asks, KindSet::NONE));
        }
        Ok(OpenQuestions::from_stored(
            &stored.asks,
            &stored.asked_before,
        ))
    }

    /// The header that a message is stored with.
    pub(super) fn message_header(
        &mut self,
        message: &Message<'_>,
        entered: &Entered<'_>,
        attachments: RangeInclusive<u32>,
    ) -> Vec<u8> {
        let (asks, asked_before) = entered.asked.to_stored();
        let before = self.door.cut;
        let sender = message.sender.id.as_deref();
        let sender = sender.map(|sender| self.door.text(sender));
        let other = self.door.fields(&message.other);
        let sender_other = self.door.fields(&message.sender.other);
        to_json(&StoredMessage {
            id: message.id.as_ref().into(),
            role: message.sender.role,
            sender,
            sent_at: sent_at_text(&message.sent_at).into(),
            attachments: attachments.collect(),
            other,
            sender_other,
            scanned: entered.rules,
            findings: to_stored(&entered.findings),
            asks,
            asked_before,
            category: category_name(entered.category),
            importance: importance_name(entered.category.importance()),
            cut_beside: self.door.cut - before,
            redacted: None,
        })
    }
}
