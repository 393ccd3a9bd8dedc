//! The running import: what it has open, and what each line does.

mod attachment;
mod away;
mod elsewhere;
mod nodes;
mod scanned;

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::hmac;
use rustc_hash::FxBuildHasher;
use wuhen_keytree::context::{ItemKind, NodeId, NodeKind, TenantId};
use wuhen_keytree::item;
use wuhen_keytree::seed::LeafCache;
use wuhen_model::record::{Conversation, Guest, Message, Record};
use wuhen_model::search::SketchBuilder;
use wuhen_store::{
    ConversationRow, GuestRow, ImportTransaction, SourceTag, Suppression, UnsealedItem,
};

use super::content::Inspector;
use super::conversation::OpenConversation;
use super::randomness::Pool;
use super::{Counted, ImportProblem, RecordCounts};
use crate::Service;
use crate::door::Door;
use crate::error::ServiceError;
use crate::keys::{Keys, Versioned, branch_slots, item_context, new_node, new_seed, nonce};
use crate::settings::{RecordKind, Source, tag_with};
use crate::stored::{conversation_header, guest_header};
use attachment::Files;
use elsewhere::Elsewhere;

/// Conversations open at once; beyond it the one that was opened first is sketched and closed.
const OPEN_CONVERSATIONS_MAX: usize = 2_048;
/// Guests whose keys are at hand at once.
const OPEN_GUESTS_MAX: usize = 8_192;
/// Conversations one guest may have: 256 pages of 256.
const CONVERSATIONS_PER_GUEST_MAX: u32 = 65_536;

#[expect(
    clippy::struct_excessive_bools,
    reason = "each answers a question of its own; none depends on another"
)]
pub(super) struct Job<'s> {
    service: &'s Service,
    transaction: Box<dyn ImportTransaction + 's>,
    rng: Pool<'s>,
    door: Door,
    tenant: TenantId,
    keys: Keys,
    tag_key: hmac::Key,
    source: Source,
    new_source: bool,
    file: String,
    line: u64,
    allow_erased: bool,
    any_suppressed: bool,
    elsewhere: Elsewhere,
    /// Nodes from this id on were made by this import.
    first_new_node: NodeId,
    guests: HashMap<String, OpenGuest, FxBuildHasher>,
    conversations: HashMap<String, Option<Box<OpenConversation>>, FxBuildHasher>,
    opened: VecDeque<String>,
    /// Without texts: each sketch is made in it, so that it need not grow from nothing.
    sketcher: Arc<Mutex<SketchBuilder>>,
    /// Conversations that stay away, with all their messages in this file.
    away: HashSet<SourceTag, FxBuildHasher>,
    /// The first half of the tag of every message of this file: an id may stand once, whatever its conversation.
    seen_messages: HashSet<u64, FxBuildHasher>,
    branch: Option<(u32, NodeId, Versioned)>,
    blobs: Vec<String>,
    /// An earlier import left blobs that the next start has to sweep: the note of it stays.
    left_unsettled: bool,
    pub(super) added: RecordCounts,
    known: RecordCounts,
    kept_away: RecordCounts,
    inspector: Inspector,
}

/// A guest whose key is at hand; `None` where the guest was erased and stays away.
type OpenGuest = Option<(NodeId, Versioned)>;

impl<'s> Job<'s> {
    pub(super) fn begin(
        service: &'s Service,
        file: &str,
        source: &str,
        allow_erased: bool,
    ) -> Result<Self, ServiceError> {
        let rng = &*service.surroundings.rng;
        let mut transaction = service.store.begin_import(service.tenant)?;
        let keys = service.keys_of(&transaction.tenant()?)?;
        let (source, row) = service.settings().source(rng, service.tenant_id, source)?;
        if let Some(row) = &row {
            transaction.insert_setting(row.clone())?;
        }
        let any_suppressed = transaction.suppressions()? > 0;
        let elsewhere = if any_suppressed && row.is_some() {
            Elsewhere::among(service.settings().sources.iter().map(|other| &*other.name))
        } else {
            Elsewhere::default()
        };
        let first_new_node = transaction.next_node()?;
        Ok(Self {
            rng: Pool::new(rng),
            door: Door::new(service.detector()),
            tenant: service.tenant_id,
            keys,
            tag_key: service.settings().tag_key(),
            new_source: row.is_some(),
            source,
            transaction,
            service,
            file: file.to_owned(),
            line: 0,
            allow_erased,
            any_suppressed,
            elsewhere,
            first_new_node,
            guests: HashMap::default(),
            conversations: HashMap::default(),
            opened: VecDeque::new(),
            sketcher: Arc::default(),
            away: HashSet::default(),
            seen_messages: HashSet::default(),
            branch: None,
            blobs: Vec::new(),
            left_unsettled: service.store.blobs().is_unsettled()?,
            added: RecordCounts::default(),
            known: RecordCounts::default(),
            kept_away: RecordCounts::default(),
            inspector: Inspector::new(service.detector()),
        })
    }

    pub(super) fn record(
        &mut self,
        line: u64,
        record: &Record<'_>,
        folder: Option<&Path>,
    ) -> Result<(), ServiceError> {
        self.line = line;
        match record {
            Record::Guest(guest) => self.guest(guest),
            Record::Conversation(conversation) => self.conversation(conversation),
            Record::Message(message) => self.message(message, folder),
        }
    }

    fn guest(&mut self, guest: &Guest<'_>) -> Result<(), ServiceError> {
        let tag = self.tag(RecordKind::Guest, &guest.id);
        if let Some(row) = self.transaction.guest_by_tag(&tag)? {
            return self.known_already(RecordKind::Guest, row.node);
        }
        if self.stays_away(Suppression::Record(tag))? {
            RecordKind::Guest.count(&mut self.kept_away);
            self.remember_guest(guest.id.to_string(), None);
            return Ok(());
        }
        let ordinal = self.transaction.next_guest_ordinal()?;
        let (branch, branch_key) = self.branch(ordinal)?;
        let slot = branch_slots(ordinal)[4];
        let node = self.transaction.next_node()?;
        let (row, key) = new_node(
            &self.rng,
            self.tenant,
            (&branch_key, branch),
            slot,
            node,
            NodeKind::Guest,
        );
        self.transaction.insert_node(row)?;
        self.transaction.insert_guest(GuestRow {
            node,
            ordinal,
            source_tag: tag,
        })?;
        let (seed, frontier) = new_seed(&self.rng, self.tenant, (&key, node), 0);
        self.transaction.insert_seed(seed)?;
        let header = guest_header(guest, self.source.number, &mut self.door);
        let mut leaves = LeafCache::new(frontier);
        self.insert(node, &mut leaves, 0, ItemKind::Profile, None, (header, &[]))?;
        self.compare_elsewhere(RecordKind::Guest, &guest.id)?;
        RecordKind::Guest.count(&mut self.added);
        self.remember_guest(guest.id.to_string(), Some((node, key)));
        Ok(())
    }

    fn conversation(&mut self, conversation: &Conversation<'_>) -> Result<(), ServiceError> {
        let tag = self.tag(RecordKind::Conversation, &conversation.id);
        if self
            .conversations
            .get(&*conversation.id)
            .is_some_and(Option::is_some)
        {
            return self.known_already(RecordKind::Conversation, self.open_node(&conversation.id));
        }
        if let Some(row) = self.transaction.conversation_by_tag(&tag)? {
            return self.known_already(RecordKind::Conversation, row.node);
        }
        let Some((guest, guest_key)) = self.guest_of(&conversation.guest)? else {
            return self.conversation_stays_away(tag);
        };
        if self.stays_away(Suppression::Record(tag))? {
            return self.conversation_stays_away(tag);
        }
        let (ordinal, node, key) = self.new_conversation_node((guest, &guest_key))?;
        let (seed, frontier) = new_seed(&self.rng, self.tenant, (&key, node), 0);
        self.transaction.insert_seed(seed)?;
        let opened_at = conversation.opened_at.map(|at| at.at.as_second());
        let row = ConversationRow {
            node,
            guest,
            ordinal,
            next_index: 0,
            generation: 0,
            open: true,
            messages: 0,
            attachments: 0,
            opened_at: opened_at.unwrap_or(i64::MAX),
            last_at: opened_at.unwrap_or(i64::MIN),
            source_tag: tag,
        };
        let mut open = OpenConversation::new(row, key, LeafCache::new(frontier));
        let header = conversation_header(conversation, self.source.number, &mut self.door);
        let number = open.take_new(1);
        self.insert(
            node,
            &mut open.leaves,
            number,
            ItemKind::Conversation,
            None,
            (header, &[]),
        )?;
        for label in &conversation.labels {
            let number = open.take_new(1);
            let label = self.door.text(label);
            self.insert(
                node,
                &mut open.leaves,
                number,
                ItemKind::Label,
                None,
                (Vec::new(), label.as_bytes()),
            )?;
        }
        self.away.remove(&tag);
        self.compare_elsewhere(RecordKind::Conversation, &conversation.id)?;
        RecordKind::Conversation.count(&mut self.added);
        self.remember_conversation(conversation.id.to_string(), Some(Box::new(open)))
    }

    fn message(
        &mut self,
        message: &Message<'_>,
        folder: Option<&Path>,
    ) -> Result<(), ServiceError> {
        let tag = self.tag(RecordKind::Message, &message.id);
        // Taken out while it is worked on: its items are written through `self`.
        let Some(mut open) = self.take_conversation(&message.conversation)? else {
            self.message_stays_away(message);
            return Ok(());
        };
        let outcome = self.message_into(&mut open, message, tag, folder);
        let place = self.conversations.get_mut(&*message.conversation);
        *place.expect("it was taken out of its place") = Some(open);
        outcome
    }

    fn message_into(
        &mut self,
        open: &mut OpenConversation,
        message: &Message<'_>,
        tag: SourceTag,
        folder: Option<&Path>,
    ) -> Result<(), ServiceError> {
        let known = !open.is_new && self.is_known(open.row.node, &tag)?;
        let record = Suppression::Message {
            conversation: open.row.source_tag,
            message: tag,
        };
        if !known && self.stays_away(record)? {
            self.message_stays_away(message);
            return Ok(());
        }
        if !self.seen_messages.insert(tag.first_half())
            && !self.transaction.messages_by_tags(&[tag])?.is_empty()
        {
            return Err(self.problem(ImportProblem::Duplicate("message")));
        }
        if known {
            RecordKind::Message.count(&mut self.known);
            return Ok(());
        }
        let entered = self.enter(open, &message.text)?;
        let count = u32::try_from(message.attachments.len())
            .expect("a message has at most a hundred attachments");
        let number = self.take_indexes(open, 1 + count)?;
        let header = self.message_header(message, &entered, number + 1..=number + count);
        self.ensure_segment(open, number)?;
        let body = entered.text.as_bytes();
        self.insert(
            open.row.node,
            &mut open.leaves,
            number,
            ItemKind::Message,
            Some(tag),
            (header, body),
        )?;
        let sent_at = message.sent_at.at.as_second();
        let near = open.talk.hear(entered.speaks_of_identity, sent_at);
        for (place, attachment) in (number + 1..).zip(&message.attachments) {
            self.attachment(open, (number, near), place, attachment, folder)?;
        }
        RecordKind::Message.count(&mut self.added);
        self.added.attachments += u64::from(count);
        open.count(number, count, sent_at, &entered.text);
        if open.block_is_full() {
            self.sketch(open)?;
        }
        Ok(())
    }

    /// Hands one item over, to be sealed and written beside what comes next.
    fn insert(
        &mut self,
        node: NodeId,
        leaves: &mut LeafCache,
        number: u32,
        kind: ItemKind,
        source_tag: Option<SourceTag>,
        (header, body): (Vec<u8>, &[u8]),
    ) -> Result<(), ServiceError> {
        let header_bytes = header.len();
        let mut plain = header;
        plain.extend_from_slice(body);
        let bytes = plain.len();
        let mut plain = Some(plain);
        self.hand_over(
            leaves,
            (node, number, kind),
            (source_tag, bytes),
            move || {
                let plain = plain.take().expect("an item is sealed once");
                (plain, header_bytes)
            },
        )
    }

    /// As [`Self::insert`], for what is made where it is sealed: header and body in a row, and how long the header is.
    fn hand_over(
        &mut self,
        leaves: &mut LeafCache,
        (node, number, kind): (NodeId, u32, ItemKind),
        (source_tag, bytes): (Option<SourceTag>, usize),
        mut plain: impl FnMut() -> (Vec<u8>, usize) + Send + 'static,
    ) -> Result<(), ServiceError> {
        let context = item_context(self.tenant, node, number, kind);
        let leaf = leaves
            .leaf(context.index)
            .expect("a new item is not punctured");
        let mut nonce = Some(nonce(&self.rng));
        let item = UnsealedItem {
            item: number,
            kind,
            source_tag,
            bytes,
            seal: Box::new(move || {
                let nonce = nonce.take().expect("an item is sealed once");
                let (plain, header_bytes) = plain();
                let (header, body) = plain.split_at(header_bytes);
                item::seal(&leaf, &context, nonce, header, body)
            }),
        };
        Ok(self.transaction.insert_item(node, item)?)
    }

    /// Writes the sketch of what an open conversation has got since the last one.
    fn sketch(&mut self, open: &mut OpenConversation) -> Result<(), ServiceError> {
        let Some((range, mut block)) = open.take_block() else {
            return Ok(());
        };
        let number = self.take_indexes(open, 1)?;
        self.ensure_segment(open, number)?;
        let header = range.to_bytes();
        let sketcher = Arc::clone(&self.sketcher);
        self.hand_over(
            &mut open.leaves,
            (open.row.node, number, ItemKind::Sketch),
            (None, header.len() + block.bytes()),
            move || {
                let mut spare = sketcher.lock().unwrap_or_else(PoisonError::into_inner);
                let sketch = block.sketch(&mut spare);
                ([&header[..], &sketch.to_bytes()].concat(), header.len())
            },
        )
    }

    pub(super) fn finish(self) -> Result<Counted, ServiceError> {
        let Self {
            service,
            transaction,
            blobs,
            left_unsettled,
            source,
            new_source,
            added,
            known,
            kept_away,
            elsewhere,
            inspector,
            door,
            ..
        } = self;
        let files = Files {
            service,
            names: blobs,
            left_unsettled,
        };
        match service.step("import/commit", || Ok(transaction.commit()?)) {
            Ok(()) => {}
            Err(stopped @ ServiceError::Stopped(_)) => return Err(stopped),
            Err(error) => {
                files.remove_unless_committed()?;
                return Err(error);
            }
        }
        if new_source {
            service.settings().stored_source(source);
        }
        files.settle()?;
        Ok(Counted {
            added,
            known,
            kept_away,
            erased_elsewhere: elsewhere.found(),
            attachments: inspector.counts,
            cut: door.cut,
        })
    }

    /// Nothing of it stays: the transaction is dropped, blobs that were written are removed.
    pub(super) fn undo(self) -> Result<(), ServiceError> {
        let Self {
            service,
            transaction,
            blobs,
            left_unsettled,
            ..
        } = self;
        drop(transaction);
        let files = Files {
            service,
            names: blobs,
            left_unsettled,
        };
        files.remove()
    }

    fn tag(&self, kind: RecordKind, id: &str) -> SourceTag {
        tag_with(&self.tag_key, &self.source.name, kind, id)
    }

    fn problem(&self, problem: ImportProblem) -> ServiceError {
        ServiceError::Import {
            file: self.file.clone(),
            line: self.line,
            problem,
        }
    }
}
