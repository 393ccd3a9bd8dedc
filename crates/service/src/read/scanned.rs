//! What readers are told of a message beside its text. A message that came before there were rules is scanned as it is read.

use wuhen_detect::{Category, Detector, Importance, KindSet, classify};
use wuhen_keytree::context::{ItemKind, NodeId};

use super::{MessageView, OpenedOwner, message_view};
use crate::Service;
use crate::error::ServiceError;

impl MessageView {
    /// Scans a text that nobody scanned when it came; `asked` is what the message before it asked for.
    pub(crate) fn scan(&mut self, detector: &Detector, asked: KindSet) {
        if self.scanned != 0 {
            return;
        }
        self.asks = detector.scan_in(&self.text, asked, &mut self.findings);
        self.category = classify(&self.text, &self.findings);
        self.importance = self.category.importance();
    }
}

/// Scans what has not been, each message after the one before it. They stand in the order they came.
pub(super) fn scan_all(service: &Service, messages: &mut [MessageView]) {
    if messages.iter().all(|message| message.scanned != 0) {
        return;
    }
    let detector = service.detector();
    let mut asked = KindSet::NONE;
    for message in messages {
        message.scan(&detector, asked);
        asked = message.asks;
    }
}

/// What a conversation is about: the strongest of its messages.
pub(super) fn about(messages: &[MessageView]) -> (Category, Importance) {
    let category = messages.iter().map(|message| message.category).max();
    let importance = messages.iter().map(|message| message.importance).max();
    (category.unwrap_or_default(), importance.unwrap_or_default())
}

impl Service {
    /// The messages of a conversation in the order they came, without their attachments.
    pub(super) fn messages_alone(
        &self,
        node: NodeId,
        owner: &mut OpenedOwner,
    ) -> Result<Vec<MessageView>, ServiceError> {
        let mut messages = Vec::new();
        for item in self.store.items(self.tenant, node)? {
            if item.kind == ItemKind::Message {
                messages.push(message_view(&item, &owner.open(&item)?)?);
            }
        }
        scan_all(self, &mut messages);
        Ok(messages)
    }
}
