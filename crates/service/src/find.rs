//! From the id that a person writes to the one record it means.

use std::collections::BTreeSet;

use wuhen_keytree::context::NodeId;
use wuhen_store::{ConversationRow, GuestRow, SourceTag};

use crate::Service;
use crate::error::ServiceError;
use crate::open::damaged;
use crate::settings::RecordKind;

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

    /// A message's conversation and item by its source's id, by `CONVERSATION/ID`, or by `SOURCE/` before either.
    pub(crate) fn find_message(&self, id: &str) -> Result<(NodeId, u32), ServiceError> {
        let tags: Vec<SourceTag> = {
            let settings = self.settings();
            let readings = settings.readings(id);
            readings
                .map(|(source, id)| settings.source_tag(source, RecordKind::Message, id))
                .collect()
        };
        let mut found: BTreeSet<(NodeId, u32)> = self
            .store
            .messages_by_tags(self.tenant, &tags)?
            .into_iter()
            .collect();
        for (slash, _) in id.match_indices('/') {
            let message = &id[slash + 1..];
            for (source, row) in self.every_conversation(&id[..slash])? {
                let tag = self
                    .settings()
                    .source_tag(&source, RecordKind::Message, message);
                let item = self.store.message_by_tag(self.tenant, row.node, &tag)?;
                found.extend(item.map(|item| (row.node, item)));
            }
        }
        let named = found.into_iter().map(|(node, item)| {
            let row = self.store.conversation(self.tenant, node)?;
            let row = row.ok_or_else(|| damaged("a message has no conversation"))?;
            let view = self.conversation_view(row)?;
            Ok((format!("{}/{}", view.source, view.id), (node, item)))
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
        let settings = self.settings();
        let mut found = Vec::new();
        for (source, id) in settings.readings(id) {
            if let Some(row) = look_up(&settings.source_tag(source, kind, id))? {
                found.push((source.to_owned(), row));
            }
        }
        Ok(found)
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
