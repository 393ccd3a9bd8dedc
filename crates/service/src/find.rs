//! From the id that a person writes to the one record it means.

use std::collections::{BTreeSet, HashMap};

use wuhen_keytree::context::NodeId;
use wuhen_model::limits::ID_BYTES_MAX;
use wuhen_store::{ConversationRow, GuestRow, SourceTag};

use crate::Service;
use crate::error::ServiceError;
use crate::gate::{Admitted, Purpose};
use crate::settings::{RecordKind, SOURCE_NAME_BYTES_MAX};

/// The longest that names a message: source, conversation and id, with slashes between.
const MESSAGE_NAME_BYTES_MAX: usize = SOURCE_NAME_BYTES_MAX + 2 * ID_BYTES_MAX + 2;
/// Of an id that is too long, so much is said.
const SHOWN_CHARS: usize = 40;

impl Service {
    /// A guest by its source's id, or by `SOURCE/ID`.
    pub(crate) fn find_guest(&self, id: &str) -> Result<GuestRow, ServiceError> {
        let found = self.every(RecordKind::Guest, id, |tag| {
            Ok(self.store.guest_by_tag(self.tenant, tag)?)
        })?;
        the_only_one(RecordKind::Guest, id, found)
    }

    /// A conversation by its source's id, or by `SOURCE/ID`.
    pub(crate) fn find_conversation(&self, id: &str) -> Result<ConversationRow, ServiceError> {
        the_only_one(RecordKind::Conversation, id, self.every_conversation(id)?)
    }

    /// Conversation and item of each message by its source's id, by `CONVERSATION/ID`, or by `SOURCE/` before either. All in one:
    /// the index of messages is read from end to end.
    pub(crate) fn find_messages(&self, ids: &[String]) -> Result<Vec<(NodeId, u32)>, ServiceError> {
        if let Some(long) = ids.iter().find(|id| id.len() > MESSAGE_NAME_BYTES_MAX) {
            let begins: String = long.chars().take(SHOWN_CHARS).collect();
            return Err(ServiceError::Refused(format!(
                "the message id that begins with {begins:?} has {} bytes; at most {MESSAGE_NAME_BYTES_MAX} name one",
                long.len()
            )));
        }
        let mut meant: HashMap<SourceTag, Vec<usize>> = HashMap::new();
        for (place, id) in ids.iter().enumerate() {
            for (_, tag) in self.tags(RecordKind::Message, id) {
                meant.entry(tag).or_default().push(place);
            }
        }
        let tags: Vec<SourceTag> = meant.keys().copied().collect();
        let mut found = vec![BTreeSet::new(); ids.len()];
        for (tag, node, item) in self.store.messages_by_tags(self.tenant, &tags)? {
            for place in &meant[&tag] {
                found[*place].insert((node, item));
            }
        }
        let ids = ids.iter().zip(found);
        ids.map(|(id, mut found)| {
            found.extend(self.messages_within(id)?);
            self.the_one_message(id, found)
        })
        .collect()
    }

    /// One message, as [`Self::find_messages`] finds it.
    pub(crate) fn find_message(&self, id: &str) -> Result<(NodeId, u32), ServiceError> {
        let found = self.find_messages(std::slice::from_ref(&id.to_owned()))?;
        Ok(found[0])
    }

    /// The messages that an id means as `CONVERSATION/ID`. Either may itself contain slashes.
    fn messages_within(&self, id: &str) -> Result<Vec<(NodeId, u32)>, ServiceError> {
        let mut found = Vec::new();
        for (slash, _) in id.match_indices('/') {
            let (conversation, message) = (&id[..slash], &id[slash + 1..]);
            if message.is_empty() || message.len() > ID_BYTES_MAX {
                continue;
            }
            for (source, row) in self.every_conversation(conversation)? {
                let tag = self
                    .settings()
                    .source_tag(&source, RecordKind::Message, message);
                let item = self.store.message_by_tag(self.tenant, row.node, &tag)?;
                found.extend(item.map(|item| (row.node, item)));
            }
        }
        Ok(found)
    }

    fn the_one_message(
        &self,
        id: &str,
        found: BTreeSet<(NodeId, u32)>,
    ) -> Result<(NodeId, u32), ServiceError> {
        let named = found.into_iter().map(|(node, item)| {
            let head = self.head(node, Admitted::for_program(Purpose::Naming))?;
            Ok((format!("{}/{}", head.source, head.id), (node, item)))
        });
        let named = named.collect::<Result<_, ServiceError>>()?;
        the_only_one(RecordKind::Message, id, named)
    }

    fn every_conversation(&self, id: &str) -> Result<Vec<(String, ConversationRow)>, ServiceError> {
        self.every(RecordKind::Conversation, id, |tag| {
            Ok(self.store.conversation_by_tag(self.tenant, tag)?)
        })
    }

    /// Every record that an id may mean, with its source's name.
    fn every<T>(
        &self,
        kind: RecordKind,
        id: &str,
        look_up: impl Fn(&SourceTag) -> Result<Option<T>, ServiceError>,
    ) -> Result<Vec<(String, T)>, ServiceError> {
        let mut found = Vec::new();
        for (source, tag) in self.tags(kind, id) {
            found.extend(look_up(&tag)?.map(|row| (source, row)));
        }
        Ok(found)
    }

    /// The tags that an id may mean, each with its source's name.
    pub(crate) fn tags(&self, kind: RecordKind, id: &str) -> Vec<(String, SourceTag)> {
        let settings = self.settings();
        settings
            .readings(id)
            .filter(|(_, id)| id.len() <= ID_BYTES_MAX)
            .map(|(source, id)| (source.to_owned(), settings.source_tag(source, kind, id)))
            .collect()
    }
}

/// Of the records that an id may mean, each with what stands before its id, the one there is.
fn the_only_one<T>(
    kind: RecordKind,
    id: &str,
    mut found: Vec<(String, T)>,
) -> Result<T, ServiceError> {
    if found.len() > 1 {
        let within = found.into_iter().map(|(within, _)| within).collect();
        return Err(ServiceError::Ambiguous {
            kind: kind.as_str(),
            id: id.to_owned(),
            within,
        });
    }
    found
        .pop()
        .map(|(_, row)| row)
        .ok_or_else(|| not_found(kind, id))
}

pub(crate) fn not_found(kind: RecordKind, id: &str) -> ServiceError {
    let hint = match kind {
        RecordKind::Guest => "`wuhen guests` lists them",
        RecordKind::Conversation => "`wuhen conversations` lists them",
        RecordKind::Message => "`wuhen show CONVERSATION` lists them",
    };
    ServiceError::NotFound {
        kind: kind.as_str(),
        id: id.to_owned(),
        hint,
    }
}
