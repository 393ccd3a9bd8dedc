//! Marks by hand: a guest or an agent says what an attachment shows, or that it does not. A mark is an item of its own, because
//! content rows never change; it is erased with the attachment.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wuhen_keytree::context::ItemKind;
use wuhen_model::limits::MARK_REASON_BYTES_MAX;

use crate::Service;
use crate::attachment::Mark;
use crate::error::ServiceError;
use crate::stored::{StoredMark, to_json};

/// Who says so.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkedBy {
    /// The guest.
    Guest,
    /// Somebody of the house.
    Agent,
}

/// A mark to put or to take away.
pub struct MarkRequest<'a> {
    /// Id of the conversation.
    pub conversation: &'a str,
    /// The attachment's number.
    pub number: u32,
    /// The mark.
    pub mark: Mark,
    /// Take it away instead.
    pub remove: bool,
    /// Who says so.
    pub by: MarkedBy,
    /// Why; it is sealed.
    pub reason: &'a str,
}

impl Service {
    /// Marks an attachment. False: it was so already.
    ///
    /// # Errors
    /// The conversation or the attachment is not known, the reason is empty or too long, or the store refuses.
    pub fn mark(&self, request: &MarkRequest<'_>) -> Result<bool, ServiceError> {
        let reason = request.reason.trim();
        if reason.is_empty() || reason.len() > MARK_REASON_BYTES_MAX {
            return Err(ServiceError::Refused(format!(
                "a mark needs a reason of 1 to {MARK_REASON_BYTES_MAX} bytes"
            )));
        }
        let append = self.reading(|| {
            let row = self.find_conversation(request.conversation)?;
            let admitted = self.admit(&row, request.conversation)?;
            let messages = self.messages(&row, admitted)?;
            let mut attachments = messages.iter().flat_map(|message| &message.attachments);
            let attachment = attachments
                .find(|attachment| attachment.item == request.number)
                .ok_or_else(|| ServiceError::NotFound {
                    kind: "attachment",
                    id: request.number.to_string(),
                    hint: "`wuhen show` lists a conversation's attachments",
                })?;
            if (attachment.mark == Some(request.mark)) != request.remove {
                return Ok(None);
            }
            let header = to_json(&StoredMark {
                item: request.number,
                mark: request.mark,
                removed: request.remove,
                by: request.by,
                reason: reason.to_owned(),
                at: self.surroundings.clock.now().to_string(),
            });
            self.append_of(&row, ItemKind::Mark, &header, &[]).map(Some)
        })?;
        let Some(append) = append else {
            return Ok(false);
        };
        self.append_or_refuse("mark/append", &append, "nothing was marked")
    }
}

/// Which attachments of a conversation are marked, by the place of their row. What somebody said by hand goes before what the door saw.
#[derive(Default)]
pub(crate) struct Marks(BTreeMap<u32, Option<Mark>>);

impl Marks {
    pub(crate) fn by_hand(&mut self, mark: &StoredMark) {
        let now = (!mark.removed).then_some(mark.mark);
        self.0.insert(mark.item, now);
    }

    /// Of an attachment that the door marked so, or did not.
    pub(crate) fn of(&self, place: u32, at_the_door: Option<Mark>) -> Option<Mark> {
        self.0.get(&place).copied().unwrap_or(at_the_door)
    }
}
