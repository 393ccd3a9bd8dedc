//! What a new hold covers: a guest, conversations, or, of words, the messages that contain them now with their attachments. Also
//! what a request is about to erase: it is what holds are for.

use std::collections::BTreeSet;

use wuhen_keytree::context::{ItemKind, NodeId};
use wuhen_model::search::{Query, normalise_into};

use super::HoldScope;
use crate::Service;
use crate::error::ServiceError;
use crate::gate::{Admitted, Purpose};
use crate::read::utf8;
use crate::select::PAGE_ROWS;
use crate::stored::{StoredMessage, from_json};

/// Messages that the words of one hold may match.
pub const FROZEN_MESSAGES_MAX: usize = 100_000;

/// What a hold covers.
pub(super) struct Reach {
    /// Whole nodes, and single places.
    pub(super) covered: BTreeSet<(NodeId, Option<u32>)>,
    /// Conversations that are covered as a whole.
    pub(super) conversations: u64,
    /// Single messages.
    pub(super) messages: u64,
}

impl Reach {
    fn whole(conversations: impl IntoIterator<Item = NodeId>) -> Self {
        let covered: BTreeSet<_> = conversations.into_iter().map(|node| (node, None)).collect();
        Self {
            conversations: covered.len() as u64,
            covered,
            messages: 0,
        }
    }
}

impl Service {
    pub(super) fn reach_of(&self, scope: &HoldScope) -> Result<Reach, ServiceError> {
        match scope {
            HoldScope::Guest(id) => {
                let guest = self.find_guest(id)?.node;
                let conversations = self.store.conversations_of(self.tenant, guest)?;
                Ok(Reach {
                    conversations: conversations.len() as u64,
                    ..Reach::whole([guest])
                })
            }
            HoldScope::Conversations(ids) => {
                let nodes = ids.iter().map(|id| Ok(self.find_conversation(id)?.node));
                Ok(Reach::whole(
                    nodes.collect::<Result<Vec<_>, ServiceError>>()?,
                ))
            }
            HoldScope::Label(label) => Ok(Reach::whole(self.bearing(label)?)),
            HoldScope::Query(words) => self.containing(words),
        }
    }

    /// Reads everything that is stored: a hold that left something out would be found out when it is gone.
    fn containing(&self, words: &str) -> Result<Reach, ServiceError> {
        let query = Query::parse(words)?;
        let mut reach = Reach::whole([]);
        let mut after = None;
        loop {
            let page = self.store.conversations(self.tenant, after, PAGE_ROWS)?;
            let Some(last) = page.last() else {
                break;
            };
            after = Some(last.node);
            for row in &page {
                self.cover_matches(row.node, &query, &mut reach)?;
                check_frozen(reach.messages)?;
            }
        }
        if reach.messages == 0 {
            return Err(ServiceError::NotFound {
                kind: "match",
                id: words.to_owned(),
                hint: "no hold was placed; `wuhen search` finds messages in the same way",
            });
        }
        Ok(reach)
    }

    fn cover_matches(
        &self,
        node: NodeId,
        query: &Query,
        reach: &mut Reach,
    ) -> Result<(), ServiceError> {
        let Some(content) = self.store.conversation_content(self.tenant, node)? else {
            return Ok(());
        };
        let mut owner = self.open_content(&content, Admitted::for_program(Purpose::Hold))?;
        let mut normalised = String::new();
        for row in &content.items {
            if row.kind != ItemKind::Message {
                continue;
            }
            let opened = owner.open(row)?;
            normalise_into(&utf8(opened.body(), "a message")?, &mut normalised);
            if query.matches(&normalised) {
                let stored: StoredMessage<'_> = from_json(opened.header(), "a message")?;
                let files = stored.attachments.iter().copied();
                let places = files.chain([row.place()]);
                reach
                    .covered
                    .extend(places.map(|place| (node, Some(place))));
                reach.messages += 1;
            }
        }
        Ok(())
    }
}

fn check_frozen(messages: u64) -> Result<(), ServiceError> {
    if messages <= FROZEN_MESSAGES_MAX as u64 {
        return Ok(());
    }
    Err(ServiceError::Refused(format!(
        "more than {FROZEN_MESSAGES_MAX} messages contain these words; hold guests or conversations as a whole, or choose rarer words"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_may_match_a_hundred_thousand_messages_and_no_more() {
        assert!(check_frozen(FROZEN_MESSAGES_MAX as u64).is_ok());
        assert!(check_frozen(FROZEN_MESSAGES_MAX as u64 + 1).is_err());
    }
}
