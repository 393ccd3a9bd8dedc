//! What an erasure is about: from words to frozen nodes and items, with what it would take and what follows from it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use wuhen_keytree::context::{ItemKind, NodeId};
use wuhen_ledger::body::ScopeKind;
use wuhen_model::booking::BookingStatus;
use wuhen_model::record::SentAt;
use wuhen_store::{ConversationRow, GuestRow, ItemRow, Measured};

use crate::Service;
use crate::bookings::BookingsAtHand;
use crate::error::ServiceError;
use crate::gate::{Admitted, Purpose};
use crate::read::{message_view, text};
use crate::stored::{SketchRange, StoredMark, StoredMessage, from_json};

/// Rows read at once while walking over all conversations.
pub(crate) const PAGE_ROWS: usize = 512;

/// What somebody wants erased.
#[derive(Clone, PartialEq, Eq)]
pub enum Scope {
    /// A guest, with everything.
    Guest(String),
    /// Whole conversations.
    Conversations(Vec<String>),
    /// Single messages, with their attachments.
    Messages(Vec<String>),
    /// Every conversation that bears a confidentiality label.
    Label(String),
    /// Every message sent before this time; conversations that end before it, whole.
    Before(Timestamp),
}

impl Scope {
    pub(crate) fn kind(&self) -> ScopeKind {
        match self {
            Self::Guest(_) => ScopeKind::Guest,
            Self::Conversations(_) => ScopeKind::Conversations,
            Self::Messages(_) => ScopeKind::Messages,
            Self::Label(_) => ScopeKind::Label,
            Self::Before(_) => ScopeKind::Before,
        }
    }
}

/// A scope, frozen: node ids and item numbers only.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Selection {
    /// Nodes that go as a whole.
    pub(crate) drops: Vec<u64>,
    /// Items that go, by owner: messages, their attachments, the sketches over them.
    pub(crate) punctures: BTreeMap<u64, Vec<u32>>,
    /// Conversations that nobody may read or write until then.
    pub(crate) freeze: Vec<u64>,
    /// What it holds.
    pub(crate) counts: FrozenCounts,
}

/// What becomes of the attachments of punctured messages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attachments {
    /// They go too.
    Go,
    /// They stay: the message gets a new version, which has them.
    Stay,
}

#[derive(Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct FrozenCounts {
    pub(crate) guests: u64,
    pub(crate) conversations: u64,
    pub(crate) messages: u64,
    pub(crate) attachments: u64,
    pub(crate) sketches: u64,
    pub(crate) row_bytes: u64,
    pub(crate) blob_bytes: u64,
    pub(crate) suppressed: u64,
}

impl From<Measured> for FrozenCounts {
    fn from(measured: Measured) -> Self {
        let Measured {
            guests,
            conversations,
            messages,
            attachments,
            sketches,
            row_bytes,
            blob_bytes,
            suppressed,
        } = measured;
        Self {
            guests,
            conversations,
            messages,
            attachments,
            sketches,
            row_bytes,
            blob_bytes,
            suppressed,
        }
    }
}

impl Selection {
    pub(crate) fn drops(&self) -> Vec<NodeId> {
        self.drops.iter().copied().map(NodeId).collect()
    }

    pub(crate) fn punctures(&self) -> BTreeMap<NodeId, Vec<u32>> {
        self.punctures
            .iter()
            .map(|(owner, items)| (NodeId(*owner), items.clone()))
            .collect()
    }

    pub(crate) fn freeze(&self) -> Vec<NodeId> {
        self.freeze.iter().copied().map(NodeId).collect()
    }

    /// Every node that has to be gone afterwards: what is dropped, and the conversations below it.
    pub(crate) fn gone(&self) -> Vec<NodeId> {
        let frozen = self
            .freeze
            .iter()
            .filter(|node| !self.punctures.contains_key(node));
        let mut gone: Vec<u64> = self.drops.iter().chain(frozen).copied().collect();
        gone.sort_unstable();
        gone.dedup();
        gone.into_iter().map(NodeId).collect()
    }

    /// In order, each once.
    pub(crate) fn settle(&mut self) {
        self.drops.sort_unstable();
        self.drops.dedup();
        self.freeze.sort_unstable();
        self.freeze.dedup();
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.drops.is_empty() && self.punctures.is_empty()
    }
}

/// What an erasure would do, before anything happens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preview {
    /// Guests that would be forgotten as a whole.
    pub guests: u64,
    /// Conversations that would go.
    pub conversations: u64,
    /// Messages that would go.
    pub messages: u64,
    /// Attachments that would go.
    pub attachments: u64,
    /// Bytes of their sealed rows and files.
    pub bytes: u64,
    /// Snapshot repositories that the erasure will reach.
    pub repositories: u64,
    /// What will be lost with it.
    pub consequences: Vec<Consequence>,
}

/// Something a person should know before they say yes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consequence {
    /// A booking's refund is open: it must be applied for again.
    RefundOpen,
    /// A deposit was not returned yet: an agent must enter it again.
    DepositNotReturned,
    /// A booking has not been used yet: changes to it must be proved again.
    BookingAhead,
    /// Files go with it.
    AttachmentsGo,
    /// There is no snapshot repository: there is no other copy, and no way back.
    NoSnapshot,
}

impl Service {
    pub(crate) fn select(&self, scope: &Scope) -> Result<Selection, ServiceError> {
        let mut selection = Selection::default();
        match scope {
            Scope::Guest(id) => {
                let guest = self.find_guest(id)?;
                self.drop_guest(&mut selection, &guest)?;
            }
            Scope::Conversations(ids) => {
                for id in ids {
                    drop_conversation(&mut selection, &self.find_conversation(id)?);
                }
            }
            Scope::Messages(ids) => self.select_messages(&mut selection, ids)?,
            Scope::Label(label) => self.select_label(&mut selection, label)?,
            Scope::Before(time) => self.select_before(&mut selection, *time)?,
        }
        selection.settle();
        if selection.is_empty() {
            return Err(ServiceError::NothingMatches);
        }
        let measured =
            self.store
                .measure(self.tenant, &selection.drops(), &selection.punctures())?;
        selection.counts = measured.into();
        Ok(selection)
    }

    pub(crate) fn preview_of(&self, selection: &Selection) -> Result<Preview, ServiceError> {
        let counts = selection.counts;
        let repositories = self.store.repositories(self.tenant)?.len() as u64;
        let mut consequences = BTreeSet::new();
        if counts.attachments > 0 {
            consequences.insert(Consequence::AttachmentsGo);
        }
        if repositories == 0 {
            consequences.insert(Consequence::NoSnapshot);
        }
        consequences.extend(self.booking_consequences(selection)?);
        Ok(Preview {
            guests: counts.guests,
            conversations: counts.conversations,
            messages: counts.messages,
            attachments: counts.attachments,
            bytes: counts.row_bytes + counts.blob_bytes,
            repositories,
            consequences: consequences.into_iter().collect(),
        })
    }

    /// What follows for the bookings that conversations of the selection name, and for all of guests who go.
    fn booking_consequences(
        &self,
        selection: &Selection,
    ) -> Result<BTreeSet<Consequence>, ServiceError> {
        let (zone, now) = (self.time_zone()?, self.now());
        let mut at_hand = BookingsAtHand::default();
        let mut bookings = Vec::new();
        if selection.counts.guests > 0 {
            for node in selection.drops() {
                if self.store.guest(self.tenant, node)?.is_some() {
                    bookings.extend(at_hand.of_guest(self, node)?);
                }
            }
        }
        for node in selection.freeze() {
            if let Some(row) = self.store.conversation(self.tenant, node)? {
                bookings.extend(at_hand.of_conversation(self, &row)?);
            }
        }
        let mut consequences = BTreeSet::new();
        for booking in bookings {
            if booking.is_refund_open(&zone, now) {
                consequences.insert(Consequence::RefundOpen);
            }
            if booking.status == Some(BookingStatus::Booked) {
                consequences.insert(Consequence::BookingAhead);
            }
            if booking.deposit_refunded == Some(false) {
                consequences.insert(Consequence::DepositNotReturned);
            }
        }
        Ok(consequences)
    }

    fn drop_guest(&self, selection: &mut Selection, guest: &GuestRow) -> Result<(), ServiceError> {
        selection.drops.push(guest.node.0);
        let conversations = self.store.conversations_of(self.tenant, guest.node)?;
        selection
            .freeze
            .extend(conversations.iter().map(|row| row.node.0));
        Ok(())
    }

    fn select_messages(
        &self,
        selection: &mut Selection,
        ids: &[String],
    ) -> Result<(), ServiceError> {
        let mut chosen: BTreeMap<NodeId, BTreeSet<u32>> = BTreeMap::new();
        for (owner, item) in self.find_messages(ids)? {
            chosen.entry(owner).or_default().insert(item);
        }
        for (owner, messages) in chosen {
            self.puncture(selection, owner, &messages, Attachments::Go)?;
        }
        Ok(())
    }

    fn select_label(&self, selection: &mut Selection, label: &str) -> Result<(), ServiceError> {
        for node in self.bearing(label)? {
            if let Some(row) = self.store.conversation(self.tenant, node)? {
                drop_conversation(selection, &row);
            }
        }
        Ok(())
    }

    /// The conversations that bear a label; there is one at least.
    pub(crate) fn bearing(&self, label: &str) -> Result<Vec<NodeId>, ServiceError> {
        let mut bearing = Vec::new();
        for node in self.store.labelled(self.tenant)? {
            let mut owner = self.open_owner(node, Admitted::for_program(Purpose::Erasure))?;
            let labels = self.labels_of(node, &mut owner)?;
            if labels.iter().any(|found| found == label) {
                bearing.push(node);
            }
        }
        if bearing.is_empty() {
            return Err(ServiceError::NotFound {
                kind: "label",
                id: label.to_owned(),
                hint: "`wuhen conversations` shows the labels that conversations bear",
            });
        }
        Ok(bearing)
    }

    fn select_before(
        &self,
        selection: &mut Selection,
        time: Timestamp,
    ) -> Result<(), ServiceError> {
        let seconds = time.as_second();
        let mut after = None;
        loop {
            let page = self.store.conversations(self.tenant, after, PAGE_ROWS)?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            after = Some(last.node);
            for row in page {
                if row.last_at < seconds {
                    drop_conversation(selection, &row);
                } else if row.opened_at < seconds {
                    let early = self.messages_before(row.node, time)?;
                    // The row's last time may be that of a message which was erased since.
                    if early.len() == row.messages as usize && self.opened_before(&row, time)? {
                        drop_conversation(selection, &row);
                    } else if !early.is_empty() {
                        self.puncture(selection, row.node, &early, Attachments::Go)?;
                    }
                }
            }
        }
    }

    /// Whether its record lets it begin before a time, or does not say when it began.
    fn opened_before(&self, row: &ConversationRow, time: Timestamp) -> Result<bool, ServiceError> {
        let record = self
            .head(row.node, Admitted::for_program(Purpose::Erasure))?
            .record;
        let opened_at = text(&record, "opened_at").parse::<SentAt>();
        Ok(opened_at.is_ok_and(|opened| opened.at < time) || !record.contains_key("opened_at"))
    }

    fn messages_before(
        &self,
        node: NodeId,
        time: Timestamp,
    ) -> Result<BTreeSet<u32>, ServiceError> {
        let mut owner = self.open_owner(node, Admitted::for_program(Purpose::Erasure))?;
        let mut early = BTreeSet::new();
        for item in self.store.items(self.tenant, node)? {
            if item.kind == ItemKind::Message {
                let view = message_view(&item, &owner.open(&item)?)?;
                if view
                    .sent_at
                    .parse::<SentAt>()
                    .is_ok_and(|sent| sent.at < time)
                {
                    early.insert(item.item);
                }
            }
        }
        Ok(early)
    }

    /// Adds messages, the sketches that cover them, and, if they go with them, their attachments with the marks of those.
    pub(crate) fn puncture(
        &self,
        selection: &mut Selection,
        node: NodeId,
        messages: &BTreeSet<u32>,
        attachments: Attachments,
    ) -> Result<(), ServiceError> {
        let mut owner = self.open_owner(node, Admitted::for_program(Purpose::Erasure))?;
        let mut items = messages.clone();
        // By the numbers that they had when they came: messages and marks name them so.
        let mut files = BTreeSet::new();
        let rows = self.store.items(self.tenant, node)?;
        let places: BTreeSet<u32> = rows
            .iter()
            .filter(|row| messages.contains(&row.item))
            .map(ItemRow::place)
            .collect();
        let mut marks = Vec::new();
        for row in &rows {
            match row.kind {
                ItemKind::Message
                    if attachments == Attachments::Go && messages.contains(&row.item) =>
                {
                    let opened = owner.open(row)?;
                    files.extend(
                        from_json::<StoredMessage<'_>>(opened.header(), "a message")?.attachments,
                    );
                }
                ItemKind::Mark => {
                    let opened = owner.open(row)?;
                    let marked = from_json::<StoredMark>(opened.header(), "a mark")?.item;
                    marks.push((marked, row.item));
                }
                ItemKind::Sketch => {
                    let range = SketchRange::from_bytes(owner.open(row)?.header())?;
                    if places.iter().any(|place| range.covers(*place)) {
                        items.insert(row.item);
                    }
                }
                _ => {}
            }
        }
        // What has a new version has a higher number than what it names, or is named by: all of them are known only now.
        let gone = rows
            .iter()
            .filter(|row| row.kind == ItemKind::Attachment && files.contains(&row.place()));
        items.extend(gone.map(|row| row.item));
        let marks = marks
            .into_iter()
            .filter(|(marked, _)| files.contains(marked));
        items.extend(marks.map(|(_, mark)| mark));
        selection
            .punctures
            .insert(node.0, items.into_iter().collect());
        selection.freeze.push(node.0);
        Ok(())
    }
}

fn drop_conversation(selection: &mut Selection, row: &ConversationRow) {
    selection.drops.push(row.node.0);
    selection.freeze.push(row.node.0);
}
