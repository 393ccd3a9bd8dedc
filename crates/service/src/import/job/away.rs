//! What is there already, and what was erased before and stays away.

use wuhen_keytree::context::NodeId;
use wuhen_model::record::Message;
use wuhen_store::{SourceTag, Suppression};

use super::Job;
use crate::error::ServiceError;
use crate::import::ImportProblem;
use crate::settings::RecordKind;

impl Job<'_> {
    /// A record that is there already: by an earlier import, or, which is an error, by this file.
    pub(super) fn known_already(
        &mut self,
        kind: RecordKind,
        node: NodeId,
    ) -> Result<(), ServiceError> {
        if node >= self.first_new_node {
            return Err(self.problem(ImportProblem::Duplicate(kind.as_str())));
        }
        kind.count(&mut self.known);
        Ok(())
    }

    pub(super) fn is_known(
        &mut self,
        conversation: NodeId,
        tag: &SourceTag,
    ) -> Result<bool, ServiceError> {
        let found = self.transaction.message_by_tag(conversation, tag)?;
        Ok(found.is_some())
    }

    pub(super) fn stays_away(&mut self, record: Suppression) -> Result<bool, ServiceError> {
        if !self.any_suppressed || !self.transaction.is_suppressed(record)? {
            return Ok(false);
        }
        if self.allow_erased {
            self.transaction.lift_suppression(record)?;
            return Ok(false);
        }
        Ok(true)
    }

    pub(super) fn conversation_stays_away(&mut self, tag: SourceTag) -> Result<(), ServiceError> {
        RecordKind::Conversation.count(&mut self.kept_away);
        // Begun after its guest was erased, it has no tag yet by which a later file's messages would be known.
        self.transaction.suppress(Suppression::Record(tag))?;
        self.away.insert(tag);
        Ok(())
    }

    pub(super) fn message_stays_away(&mut self, message: &Message<'_>) {
        RecordKind::Message.count(&mut self.kept_away);
        self.kept_away.attachments += message.attachments.len() as u64;
    }
}
