//! Reading records: guests, conversations, messages, attachments. What the gate does not admit is left out; `owner` has the keys.

mod owner;
mod scanned;

use std::io::Write;

use serde_json::{Map, Value};
use wuhen_detect::{Category, Finding, Importance};
use wuhen_keytree::context::{ItemKind, NodeId};
use wuhen_keytree::item;
use wuhen_model::record::{SenderRole, SentAt};
use wuhen_model::search::normalise;
use wuhen_store::{ConversationRow, GuestRow, ItemRow};

use crate::Service;
use crate::attachment::{AttachmentView, attachment_view};
use crate::error::ServiceError;
use crate::findings::{category_named, from_stored, importance_named};
use crate::gate::{Admitted, For, Gate};
use crate::mark::Marks;
use crate::open::damaged;
use crate::questions::OpenQuestions;
use crate::stored::{StoredAttachment, StoredConversation, StoredGuest, StoredMessage, from_json};
use crate::withhold::attachment_row;

pub(crate) use owner::OpenedOwner;

/// Rows read at once while walking over all of them.
const PAGE_ROWS: usize = 512;

/// A guest as shown.
pub struct GuestView {
    /// Its node.
    pub node: NodeId,
    /// The source's id.
    pub id: String,
    /// The source.
    pub source: String,
    /// The record as it came.
    pub record: Map<String, Value>,
    /// Its conversations that may be read.
    pub conversations: u64,
    /// Their messages.
    pub messages: u64,
}

/// A conversation as shown in a list.
#[derive(Clone)]
pub struct ConversationView {
    /// Its row.
    pub row: ConversationRow,
    /// The source's id.
    pub id: String,
    /// The source.
    pub source: String,
    /// The record as it came, without labels.
    pub record: Map<String, Value>,
    /// Its labels.
    pub labels: Vec<String>,
    /// What it is about: the strongest category of its messages.
    pub category: Category,
    /// How much hangs on it: as much as on the most important of its messages.
    pub importance: Importance,
}

/// What names a conversation.
pub(crate) struct ConversationHead {
    pub(crate) id: String,
    pub(crate) source: String,
    pub(crate) record: Map<String, Value>,
}

/// A message as shown.
#[derive(Clone)]
pub struct MessageView {
    /// The item number that it had in its conversation when it came; a new version keeps it.
    pub item: u32,
    /// The source's id.
    pub id: String,
    /// Who wrote it.
    pub role: SenderRole,
    /// The source's id of who wrote it.
    pub sender: Option<String>,
    /// When, as the source wrote it.
    pub sent_at: String,
    /// What.
    pub text: String,
    /// When personal data was last cut out of it, RFC 3339; none where it is as it came.
    pub redacted_at: Option<String>,
    /// What came with it.
    pub attachments: Vec<AttachmentView>,
    /// Fields kept as they came.
    pub other: Map<String, Value>,
    /// Those of its sender; shown to nobody.
    pub(crate) sender_other: Map<String, Value>,
    /// Card security codes that were cut out of both at the door.
    pub(crate) cut_beside: u64,
    /// Personal data in the text, in order. What was cut at the door is among it.
    pub findings: Vec<Finding>,
    /// What it is about.
    pub category: Category,
    /// How much hangs on it.
    pub importance: Importance,
    /// Version of the rules by which it was scanned when it came in; 0 where it came before there were any. By any but those of
    /// today it was scanned again as it was read.
    pub scanned: u16,
    /// What is open after it.
    pub(crate) asks: OpenQuestions,
}

impl Service {
    /// Guests whose record, or id, contains `find` (NFKC, case folded); all without it.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn guests(&self, find: Option<&str>) -> Result<Vec<GuestView>, ServiceError> {
        let find = find.map(normalise);
        self.reading(|| self.guests_with(find.as_deref()))
    }

    fn guests_with(&self, find: Option<&str>) -> Result<Vec<GuestView>, ServiceError> {
        let gate = self.gate(For::Staff)?;
        let mut views = Vec::new();
        let mut after = None;
        loop {
            let page = self.store.guests(self.tenant, after, PAGE_ROWS)?;
            let Some(last) = page.last() else {
                return Ok(views);
            };
            after = Some(last.node);
            for row in page {
                let Some(admitted) = gate.guest(&row) else {
                    continue;
                };
                let view = self.guest_view(row, &gate, admitted)?;
                if find.is_none_or(|find| record_contains(&view.record, find)) {
                    views.push(view);
                }
            }
        }
    }

    /// Conversations of one guest, or of all.
    ///
    /// # Errors
    /// The guest is not known, or the store cannot be read.
    pub fn conversations(
        &self,
        guest: Option<&str>,
    ) -> Result<Vec<ConversationView>, ServiceError> {
        self.reading(|| self.conversations_of(guest))
    }

    fn conversations_of(&self, guest: Option<&str>) -> Result<Vec<ConversationView>, ServiceError> {
        let gate = self.gate(For::Staff)?;
        if let Some(guest) = guest {
            let guest = self.find_guest(guest)?;
            let rows = self.store.conversations_of(self.tenant, guest.node)?;
            return self.readable(rows, &gate);
        }
        let mut views = Vec::new();
        let mut after = None;
        loop {
            let page = self.store.conversations(self.tenant, after, PAGE_ROWS)?;
            let Some(last) = page.last() else {
                return Ok(views);
            };
            after = Some(last.node);
            views.extend(self.readable(page, &gate)?);
        }
    }

    fn readable(
        &self,
        rows: Vec<ConversationRow>,
        gate: &Gate,
    ) -> Result<Vec<ConversationView>, ServiceError> {
        rows.into_iter()
            .filter_map(|row| gate.conversation(&row).map(|admitted| (row, admitted)))
            .map(|(row, admitted)| {
                let mut owner = self.open_owner(row.node, admitted.clone())?;
                let messages = self.messages_alone(row.node, &mut owner)?;
                self.conversation_view(row, &messages, admitted)
            })
            .collect()
    }

    /// A conversation with its messages.
    ///
    /// # Errors
    /// It is not known, is being erased, or cannot be read.
    pub fn show(
        &self,
        conversation: &str,
    ) -> Result<(ConversationView, Vec<MessageView>), ServiceError> {
        self.reading(|| {
            let row = self.find_conversation(conversation)?;
            let admitted = self.admit(&row, conversation)?;
            let messages = self.messages(&row, admitted.clone())?;
            Ok((self.conversation_view(row, &messages, admitted)?, messages))
        })
    }

    /// Writes an attachment's bytes as they are stored, for copies and comparisons; people read through
    /// [`Service::show_attachment`].
    ///
    /// # Errors
    /// The conversation has no such item, its blob is missing or damaged, or writing fails.
    pub fn attachment(
        &self,
        conversation: &str,
        number: u32,
        out: &mut dyn Write,
    ) -> Result<u64, ServiceError> {
        // What is read again is what comes before the first byte that is written.
        let mut file = self.reading(|| {
            let row = self.find_conversation(conversation)?;
            let missing = || attachment_not_found(number);
            if !row.open {
                return Err(missing());
            }
            let mut owner = self.open_owner(row.node, self.admit(&row, conversation)?)?;
            let items = self.store.items(self.tenant, row.node)?;
            let item = attachment_row(&items, number)
                .filter(|item| owner.opens(item))
                .ok_or_else(missing)?;
            // It goes with its message.
            let stored = stored_attachment(item, &owner.open(item)?)?;
            if !owner.opens_place(stored.message) {
                return Err(missing());
            }
            self.open_file(&mut owner, item, 0)
        })?;
        file.copy_to(out)
    }

    pub(crate) fn messages(
        &self,
        row: &ConversationRow,
        admitted: Admitted,
    ) -> Result<Vec<MessageView>, ServiceError> {
        let mut owner = self.open_owner(row.node, admitted)?;
        let mut messages = Vec::new();
        let mut attachments = Vec::new();
        let mut marks = Marks::default();
        for item in self.store.items(self.tenant, row.node)? {
            match item.kind {
                _ if !owner.opens(&item) => {}
                ItemKind::Message => messages.push(message_view(&item, &owner.open(&item)?)?),
                ItemKind::Attachment => {
                    let opened = owner.open(&item)?;
                    attachments.push((item.place(), stored_attachment(&item, &opened)?));
                }
                ItemKind::Mark => {
                    let opened = owner.open(&item)?;
                    marks.by_hand(&from_json(opened.header(), "a mark")?);
                }
                _ => {}
            }
        }
        for (item, stored) in attachments {
            if let Some(message) = messages
                .iter_mut()
                .find(|message| message.item == stored.message)
            {
                let mark = marks.of(item, stored.mark);
                message
                    .attachments
                    .push(attachment_view(item, stored, mark));
                message.count_mark(mark);
            }
        }
        messages.sort_by_key(|message| message.item);
        scanned::scan_all(self, &mut messages);
        sort_by_time(&mut messages);
        Ok(messages)
    }

    /// A guest's own record as it came.
    pub(crate) fn guest_record(
        &self,
        row: &GuestRow,
        admitted: Admitted,
    ) -> Result<StoredGuest, ServiceError> {
        let profile = self
            .store
            .item(self.tenant, row.node, 0)?
            .ok_or_else(|| damaged("a guest has no profile"))?;
        let opened = self.open_owner(row.node, admitted)?.open(&profile)?;
        from_json(opened.header(), "a guest")
    }

    fn guest_view(
        &self,
        row: GuestRow,
        gate: &Gate,
        admitted: Admitted,
    ) -> Result<GuestView, ServiceError> {
        let stored = self.guest_record(&row, admitted)?;
        let (mut conversations, mut messages) = (0, 0);
        for row in self.store.conversations_of(self.tenant, row.node)? {
            if let Some(admitted) = gate.conversation(&row) {
                conversations += 1;
                messages += u64::from(self.told(row, &admitted)?.messages);
            }
        }
        Ok(GuestView {
            node: row.node,
            id: text(&stored.record, "id"),
            source: self.settings().source_name(stored.source).to_owned(),
            conversations,
            messages,
            record: stored.record,
        })
    }

    fn conversation_view(
        &self,
        row: ConversationRow,
        messages: &[MessageView],
        admitted: Admitted,
    ) -> Result<ConversationView, ServiceError> {
        let row = self.told(row, &admitted)?;
        let mut owner = self.open_owner(row.node, admitted)?;
        let head = self.head_of(row.node, &mut owner)?;
        let labels = self.labels_of(row.node, &mut owner)?;
        let (category, importance) = scanned::about(messages);
        Ok(ConversationView {
            row,
            id: head.id,
            source: head.source,
            record: head.record,
            labels,
            category,
            importance,
        })
    }

    /// A conversation's own record.
    pub(crate) fn head(
        &self,
        node: NodeId,
        admitted: Admitted,
    ) -> Result<ConversationHead, ServiceError> {
        self.head_of(node, &mut self.open_owner(node, admitted)?)
    }

    fn head_of(
        &self,
        node: NodeId,
        owner: &mut OpenedOwner,
    ) -> Result<ConversationHead, ServiceError> {
        let first = self
            .store
            .item(self.tenant, node, 0)?
            .ok_or_else(|| damaged("a conversation has no head"))?;
        let opened = owner.open(&first)?;
        let stored: StoredConversation = from_json(opened.header(), "a conversation")?;
        Ok(ConversationHead {
            id: text(&stored.record, "id"),
            source: self.settings().source_name(stored.source).to_owned(),
            record: stored.record,
        })
    }

    pub(crate) fn labels_of(
        &self,
        node: NodeId,
        owner: &mut OpenedOwner,
    ) -> Result<Vec<String>, ServiceError> {
        let mut labels = Vec::new();
        for item in self.store.label_items(self.tenant, node)? {
            labels.push(utf8(owner.open(&item)?.body(), "a label")?);
        }
        labels.sort();
        labels.dedup();
        Ok(labels)
    }
}

/// By time; what was sent at one time stays in the order it came.
pub(crate) fn sort_by_time(messages: &mut [MessageView]) {
    messages.sort_by_cached_key(|message| {
        (
            message
                .sent_at
                .parse::<SentAt>()
                .map_or(jiff::Timestamp::MIN, |sent| sent.at),
            message.item,
        )
    });
}

pub(crate) fn message_view(
    row: &ItemRow,
    opened: &item::Opened,
) -> Result<MessageView, ServiceError> {
    let stored: StoredMessage<'_> = from_json(opened.header(), "a message")?;
    // The place in the row is not sealed: it counts only as far as the message says the same.
    if stored.redacted.as_ref().map(|redacted| redacted.place) != row.replaces {
        return Err(damaged("a message stands in another's place"));
    }
    let text = utf8(opened.body(), "a message")?;
    Ok(MessageView {
        item: row.place(),
        findings: from_stored(&stored.findings, &text),
        category: category_named(stored.category.as_ref()),
        importance: importance_named(stored.importance.as_ref()),
        scanned: stored.scanned,
        asks: OpenQuestions::from_stored(&stored.asks, &stored.asked_before),
        text,
        id: stored.id.into_owned(),
        role: stored.role,
        sender: stored.sender.map(std::borrow::Cow::into_owned),
        sent_at: stored.sent_at.into_owned(),
        redacted_at: stored.redacted.map(|redacted| redacted.at.into_owned()),
        attachments: Vec::new(),
        other: stored.other.into_owned(),
        sender_other: stored.sender_other.into_owned(),
        cut_beside: stored.cut_beside,
    })
}

/// The header of an attachment. As of a message, the place in the row counts only as far as the header says the same.
pub(crate) fn stored_attachment(
    row: &ItemRow,
    opened: &item::Opened,
) -> Result<StoredAttachment, ServiceError> {
    let stored: StoredAttachment = from_json(opened.header(), "an attachment")?;
    if stored.redacted.as_ref().map(|redacted| redacted.place) != row.replaces {
        return Err(damaged("an attachment stands in another's place"));
    }
    Ok(stored)
}

pub(crate) fn attachment_not_found(number: u32) -> ServiceError {
    ServiceError::NotFound {
        kind: "attachment",
        id: number.to_string(),
        hint: "`wuhen show` lists a conversation's attachments",
    }
}

fn record_contains(record: &Map<String, Value>, find: &str) -> bool {
    record.values().any(|value| match value {
        Value::String(text) => normalise(text).contains(find),
        _ => false,
    })
}

pub(crate) fn text(record: &Map<String, Value>, field: &str) -> String {
    record
        .get(field)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

pub(crate) fn utf8(bytes: &[u8], what: &'static str) -> Result<String, ServiceError> {
    String::from_utf8(bytes.to_vec()).map_err(|_| damaged(what))
}
