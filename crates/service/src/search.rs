//! Search without residue: sealed sketches say which blocks may match, reading the blocks says which do. The answer
//! equals that of reading everything.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use wuhen_keytree::context::{ItemKind, NodeId};
use wuhen_model::record::SentAt;
use wuhen_model::search::{Query, Sketch, normalise_into};
use wuhen_store::{ConversationRow, Sketched};

use crate::Service;
use crate::error::{Opening, ServiceError};
use crate::keys::{Keys, open_node};
use crate::open::damaged;
use crate::read::{MessageView, message_view, sort_by_time, utf8};
use crate::stored::SketchRange;

/// Conversations handed to a worker at once, and batches that may wait: what is in memory between reading and opening.
const BATCH_CONVERSATIONS: usize = 64;
const BATCHES_WAITING_MAX: usize = 4;

/// What to look for, and where.
#[derive(Clone, Default)]
pub struct SearchScope {
    /// Only in this guest's conversations.
    pub guest: Option<String>,
    /// Only messages sent at this time or later.
    pub from: Option<Timestamp>,
    /// Only messages sent before this time.
    pub to: Option<Timestamp>,
}

/// A message that matches.
pub struct Hit {
    /// The conversation's id in its source.
    pub conversation: String,
    /// The source.
    pub source: String,
    /// The message.
    pub message: MessageView,
}

/// What one worker found: conversation, its messages.
type Found = (ConversationRow, Vec<MessageView>);

impl Service {
    /// Every message whose text contains the words, by conversation and time.
    ///
    /// # Errors
    /// The query is too short or too long, the guest is not known, or the store cannot be read.
    pub fn search(&self, query: &str, scope: &SearchScope) -> Result<Vec<Hit>, ServiceError> {
        let query = Query::parse(query)?;
        let guest = scope
            .guest
            .as_deref()
            .map(|id| self.find_guest(id))
            .transpose()?;
        let mut found = self.find_matches(&query, scope, guest.map(|guest| guest.node))?;
        found.sort_by_key(|(row, _)| (row.opened_at, row.node));
        let mut hits = Vec::new();
        for (row, messages) in found {
            let view = self.conversation_view(row)?;
            hits.extend(messages.into_iter().map(|message| Hit {
                conversation: view.id.clone(),
                source: view.source.clone(),
                message,
            }));
        }
        Ok(hits)
    }

    /// One thread reads rows, as many as there are processors open them.
    fn find_matches(
        &self,
        query: &Query,
        scope: &SearchScope,
        guest: Option<NodeId>,
    ) -> Result<Vec<Found>, ServiceError> {
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let required = query.required_tokens();
        let (send, receive) = sync_channel::<Vec<Sketched>>(BATCHES_WAITING_MAX);
        let receive = Mutex::new(receive);
        std::thread::scope(|threads| {
            let running: Vec<_> = (0..workers)
                .map(|_| threads.spawn(|| self.work(&receive, query, &required, scope)))
                .collect();
            let read = self.read_batches(send, scope, guest);
            let mut found = Vec::new();
            for worker in running {
                found.extend(worker.join().expect("a worker does not panic")?);
            }
            read.map(|()| found)
        })
    }

    fn read_batches(
        &self,
        send: SyncSender<Vec<Sketched>>,
        scope: &SearchScope,
        guest: Option<NodeId>,
    ) -> Result<(), ServiceError> {
        let mut batch = Vec::with_capacity(BATCH_CONVERSATIONS);
        self.store
            .for_each_sketched(self.tenant, guest, &mut |sketched| {
                if in_reach(&sketched.conversation, scope) {
                    batch.push(sketched);
                }
                batch.len() < BATCH_CONVERSATIONS || send.send(std::mem::take(&mut batch)).is_ok()
            })?;
        // Workers take batches until the last sender is gone, whether they failed or not: this cannot block for ever.
        let _ = send.send(batch);
        drop(send);
        Ok(())
    }

    fn work(
        &self,
        batches: &Mutex<Receiver<Vec<Sketched>>>,
        query: &Query,
        required: &[u64],
        scope: &SearchScope,
    ) -> Result<Vec<Found>, ServiceError> {
        let mut keys = self.keys().fork();
        let mut found = Ok(Vec::new());
        loop {
            let batch = batches
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .recv();
            let Ok(batch) = batch else { return found };
            // After a failure batches are taken and let go, so that the reader does not wait.
            if let Ok(so_far) = &mut found
                && let Err(error) =
                    self.search_batch(&mut keys, &batch, query, required, scope, so_far)
            {
                found = Err(error);
            }
        }
    }

    fn search_batch(
        &self,
        keys: &mut Keys,
        batch: &[Sketched],
        query: &Query,
        required: &[u64],
        scope: &SearchScope,
        found: &mut Vec<Found>,
    ) -> Result<(), ServiceError> {
        for sketched in batch {
            let messages = self.matches_in(keys, sketched, query, required, scope)?;
            if !messages.is_empty() {
                found.push((sketched.conversation, messages));
            }
        }
        Ok(())
    }

    fn matches_in(
        &self,
        keys: &mut Keys,
        sketched: &Sketched,
        query: &Query,
        required: &[u64],
        scope: &SearchScope,
    ) -> Result<Vec<MessageView>, ServiceError> {
        let node = sketched.node.id;
        let page = if let Some(page) = keys.cached(sketched.node.parent) {
            page
        } else {
            let path = self.store.path(self.tenant, sketched.node.parent)?;
            keys.follow(&path).opening("a page")?
        };
        let key =
            open_node(self.tenant_id, &page, &sketched.node).opening("a conversation's key")?;
        let mut owner = self.open_owner_with(node, &key, &sketched.seeds)?;
        let mut ruled_out = Vec::new();
        for row in &sketched.sketches {
            let opened = owner.open(row)?;
            let sketch = Sketch::from_bytes(opened.body())
                .map_err(|_| damaged("a sketch cannot be read"))?;
            if !sketch.may_contain_all(required) {
                ruled_out.push(SketchRange::from_bytes(opened.header())?);
            }
        }
        // Where the sketches that rule words out speak for every message, nothing has to be read.
        let spoken_for: u32 = ruled_out.iter().map(|range| range.messages).sum();
        if spoken_for == sketched.conversation.messages {
            return Ok(Vec::new());
        }
        let mut messages = Vec::new();
        let mut normalised = String::new();
        for row in self.store.items(self.tenant, node)? {
            if row.kind != ItemKind::Message || ruled_out.iter().any(|range| range.covers(row.item))
            {
                continue;
            }
            let opened = owner.open(&row)?;
            normalise_into(&utf8(opened.body(), "a message")?, &mut normalised);
            if query.matches(&normalised) {
                let view = message_view(&row, &opened)?;
                if within(&view, scope) {
                    messages.push(view);
                }
            }
        }
        sort_by_time(&mut messages);
        Ok(messages)
    }
}

/// Conversations being erased are not searched; nor those that ended before, or began after, what is asked for.
fn in_reach(row: &ConversationRow, scope: &SearchScope) -> bool {
    row.open
        && scope
            .from
            .is_none_or(|from| row.last_at >= from.as_second())
        && scope.to.is_none_or(|to| row.opened_at <= to.as_second())
}

fn within(view: &MessageView, scope: &SearchScope) -> bool {
    let Ok(sent) = view.sent_at.parse::<SentAt>() else {
        return false;
    };
    scope.from.is_none_or(|from| sent.at >= from) && scope.to.is_none_or(|to| sent.at < to)
}
