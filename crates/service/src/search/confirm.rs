//! Reading the conversations that may match, each as it is now: what was erased or closed since it became a candidate
//! is passed over.

use std::sync::atomic::{AtomicUsize, Ordering};

use wuhen_keytree::context::ItemKind;
use wuhen_model::search::normalise_into;
use wuhen_store::{ConversationContent, ConversationRow, ItemRow};

use super::{Candidate, Found, Hit, Wanted, in_parallel, processors};
use crate::Service;
use crate::error::{Opening, ServiceError};
use crate::gate::Admitted;
use crate::open::damaged;
use crate::questions::{MESSAGES_AFTER_MAX, OpenQuestions};
use crate::read::{MessageView, OpenedOwner, message_view, sort_by_time, text, utf8};
use crate::stored::{StoredConversation, from_json};

/// Fewer candidates than this are read by one thread: to start more takes longer.
const PARALLEL_CANDIDATES_MIN: usize = 16;

impl Service {
    /// What candidates hold of what is wanted, in no order.
    pub(super) fn confirm(
        &self,
        wanted: &Wanted<'_>,
        candidates: &[Candidate],
    ) -> Result<Vec<Found>, ServiceError> {
        let next = AtomicUsize::new(0);
        let work = |_| {
            let mut found = Vec::new();
            while let Some(candidate) = candidates.get(next.fetch_add(1, Ordering::Relaxed)) {
                found.extend(self.confirm_one(wanted, candidate)?);
            }
            Ok(found)
        };
        if candidates.len() < PARALLEL_CANDIDATES_MIN {
            return work(0);
        }
        let found = in_parallel(0..processors(), work)?;
        Ok(found.into_iter().flatten().collect())
    }

    fn confirm_one(
        &self,
        wanted: &Wanted<'_>,
        candidate: &Candidate,
    ) -> Result<Option<Found>, ServiceError> {
        let content = self
            .store
            .conversation_content(self.tenant, candidate.node)?;
        let Some(content) = content.filter(|now| wanted.is_in_reach(&now.conversation)) else {
            return Ok(None);
        };
        let row = content.conversation;
        let Some(admitted) = wanted.gate.conversation(&row) else {
            return Ok(None);
        };
        let mut owner = self.open_content(&content, admitted)?;
        let mut messages = matches_in(wanted, candidate, &content.items, &mut owner)?;
        self.scan_hits(&content.items, &mut owner, &mut messages)?;
        if messages.is_empty() {
            return Ok(None);
        }
        let hits = self.hits_of(&content.items, &mut owner, messages)?;
        Ok(Some(Found { row, hits }))
    }

    /// Scans hits that the rules of today have not seen, each after the messages before it that may have asked for it.
    fn scan_hits(
        &self,
        items: &[ItemRow],
        owner: &mut OpenedOwner,
        hits: &mut [MessageView],
    ) -> Result<(), ServiceError> {
        for hit in hits.iter_mut().filter(|hit| !hit.is_scanned()) {
            let detector = self.detector();
            let mut before: Vec<&ItemRow> = items
                .iter()
                .filter(|row| {
                    row.kind == ItemKind::Message && row.place() < hit.item && owner.opens(row)
                })
                .collect();
            before.sort_by_key(|row| row.place());
            let mut asked = OpenQuestions::NONE;
            for row in &before[before.len().saturating_sub(MESSAGES_AFTER_MAX)..] {
                let mut before = message_view(row, &owner.open(row)?)?;
                before.scan(&detector, asked);
                asked = before.asks;
            }
            hit.scan(&detector, asked);
        }
        Ok(())
    }

    pub(crate) fn open_content(
        &self,
        content: &ConversationContent,
        admitted: Admitted,
    ) -> Result<OpenedOwner, ServiceError> {
        let ConversationContent {
            conversation: ConversationRow { node, .. },
            path,
            seeds,
            ..
        } = content;
        let key = self.keys().follow(path).opening("a record's key")?;
        self.open_owner_with(*node, &key, seeds, admitted)
    }

    fn hits_of(
        &self,
        items: &[ItemRow],
        owner: &mut OpenedOwner,
        messages: Vec<MessageView>,
    ) -> Result<Vec<Hit>, ServiceError> {
        let head = items
            .iter()
            .find(|item| item.kind == ItemKind::Conversation)
            .ok_or_else(|| damaged("a conversation has no head"))?;
        let opened = owner.open(head)?;
        let stored: StoredConversation = from_json(opened.header(), "a conversation")?;
        let conversation = text(&stored.record, "id");
        let source = self.settings().source_name(stored.source).to_owned();
        let hit = |message| Hit {
            conversation: conversation.clone(),
            source: source.clone(),
            message,
        };
        Ok(messages.into_iter().map(hit).collect())
    }
}

/// The messages that match, by time.
fn matches_in(
    wanted: &Wanted<'_>,
    candidate: &Candidate,
    items: &[ItemRow],
    owner: &mut OpenedOwner,
) -> Result<Vec<MessageView>, ServiceError> {
    let is_ruled_out = |item| candidate.ruled_out.iter().any(|range| range.covers(item));
    let mut messages = Vec::new();
    let mut normalised = String::new();
    for row in items {
        if row.kind != ItemKind::Message || is_ruled_out(row.place()) || !owner.opens(row) {
            continue;
        }
        let opened = owner.open(row)?;
        normalise_into(&utf8(opened.body(), "a message")?, &mut normalised);
        if wanted.query.matches(&normalised) {
            let view = message_view(row, &opened)?;
            if wanted.is_within(&view) {
                messages.push(view);
            }
        }
    }
    sort_by_time(&mut messages);
    Ok(messages)
}
