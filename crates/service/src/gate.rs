//! The one gate. Whoever opens a record needs an [`Admitted`], and only this file makes one: for people after it has asked what is said
//! of the record, for the program by naming what it is for. What is restricted or frozen is left out before anything is opened.

use std::collections::{BTreeMap, BTreeSet};

use wuhen_keytree::context::{ItemKind, NodeId};
use wuhen_store::{ConversationRow, Flag, FlagsOf, GuestRow, ItemRow};

use crate::Service;
use crate::error::ServiceError;
use crate::find::not_found;
use crate::settings::RecordKind;

/// For whose eyes something is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum For {
    /// Staff: what a guest has hidden from themselves is there.
    Staff,
    /// Staff who search: a guest's privacy mode keeps records out of it.
    Search,
}

/// Why a record that is there is shown to nobody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, thiserror::Error)]
pub enum Closed {
    /// The law keeps it, for storage alone.
    #[error(
        "it is restricted: the law keeps it, and nobody may read or search it; a court or a dispute is the only reason to disclose it"
    )]
    Restricted,
    /// A request will erase it.
    #[error("an erasure of it is asked for: nobody reads it any more")]
    Frozen,
    /// Of somebody under age.
    #[error("it is of somebody under age: reading it needs an approval")]
    Minor,
}

/// What the program opens a record for, besides showing it to people.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Purpose {
    /// Choosing and carrying out an erasure: times, labels, what is lost with it.
    Erasure,
    /// The keys of the next root, and the check that what stays opens.
    Rotation,
    /// Cutting personal data out of records.
    Redaction,
    /// Finding what a legal hold covers.
    Hold,
    /// Telling records of one id apart, by source and conversation.
    Naming,
    /// Sketches in memory, which rule out what need not be read.
    Sketches,
    /// Checking that a restored store opens.
    Restore,
    /// Deciding what becomes of a record: its category, its bookings, its attachments.
    Decision,
}

/// That a record may be opened, and which places of it may not.
#[derive(Clone)]
pub(crate) struct Admitted {
    closed: BTreeSet<u32>,
}

impl Admitted {
    /// For what the program does by itself. No person sees what is opened so.
    pub(crate) fn for_program(_purpose: Purpose) -> Self {
        Self {
            closed: BTreeSet::new(),
        }
    }

    /// Whether an item may be opened.
    pub(crate) fn opens(&self, row: &ItemRow) -> bool {
        self.opens_place(row.place())
    }

    /// Whether what stands in a place may be opened.
    pub(crate) fn opens_place(&self, place: u32) -> bool {
        !self.closed.contains(&place)
    }

    /// Whether all of it may be opened.
    pub(crate) fn opens_all(&self) -> bool {
        self.closed.is_empty()
    }
}

/// What is said of all records, read once for one question of a person.
pub(crate) struct Gate {
    whole: BTreeMap<NodeId, Closed>,
    places: BTreeMap<NodeId, BTreeSet<u32>>,
    private: BTreeSet<NodeId>,
}

impl Service {
    /// The gate as it stands now.
    pub(crate) fn gate(&self, eyes: For) -> Result<Gate, ServiceError> {
        let mut gate = Gate {
            whole: BTreeMap::new(),
            places: BTreeMap::new(),
            private: BTreeSet::new(),
        };
        for (flag, closed) in [
            (Flag::Restriction, Closed::Restricted),
            (Flag::Frozen, Closed::Frozen),
            (Flag::Minor, Closed::Minor),
        ] {
            for said in self.store.flags(self.tenant, FlagsOf::Kind(flag))? {
                match said.item {
                    None => {
                        gate.whole.entry(said.node).or_insert(closed);
                    }
                    Some(place) => {
                        gate.places.entry(said.node).or_default().insert(place);
                    }
                }
            }
        }
        if eyes == For::Search {
            let private = self
                .store
                .flags(self.tenant, FlagsOf::Kind(Flag::Private))?;
            gate.private = private.into_iter().map(|said| said.node).collect();
        }
        Ok(gate)
    }

    /// One conversation, for a person who named it.
    pub(crate) fn admit(&self, row: &ConversationRow, id: &str) -> Result<Admitted, ServiceError> {
        if !row.open {
            return Err(not_found(RecordKind::Conversation, id));
        }
        self.admit_even_closed(row)
    }

    /// As [`Self::admit`], also where it is being erased: what is done with it then fails by itself.
    pub(crate) fn admit_even_closed(
        &self,
        row: &ConversationRow,
    ) -> Result<Admitted, ServiceError> {
        self.gate(For::Staff)?.admit_conversation(row)
    }

    /// A conversation's row as it is told: without what is closed in it.
    pub(crate) fn told(
        &self,
        mut row: ConversationRow,
        admitted: &Admitted,
    ) -> Result<ConversationRow, ServiceError> {
        if !admitted.opens_all() {
            let items = self.store.items(self.tenant, row.node)?;
            let count = |kind| {
                let open = items
                    .iter()
                    .filter(|item| item.kind == kind && admitted.opens(item));
                u32::try_from(open.count()).unwrap_or(u32::MAX)
            };
            row.messages = count(ItemKind::Message);
            row.attachments = count(ItemKind::Attachment);
        }
        Ok(row)
    }
}

impl Gate {
    /// A guest's own record. None: it is closed to everybody.
    pub(crate) fn guest(&self, row: &GuestRow) -> Option<Admitted> {
        let is_closed = self.whole.contains_key(&row.node) || self.private.contains(&row.node);
        (!is_closed).then(|| self.places_of(row.node))
    }

    /// A conversation. None: it is closed to everybody, or being erased.
    pub(crate) fn conversation(&self, row: &ConversationRow) -> Option<Admitted> {
        let is_private = [row.node, row.guest]
            .iter()
            .any(|node| self.private.contains(node));
        if !row.open || is_private {
            return None;
        }
        self.admit_conversation(row).ok()
    }

    fn admit_conversation(&self, row: &ConversationRow) -> Result<Admitted, ServiceError> {
        let closed = [row.guest, row.node]
            .iter()
            .find_map(|node| self.whole.get(node));
        match closed {
            Some(closed) => Err(ServiceError::Closed(*closed)),
            None => Ok(self.places_of(row.node)),
        }
    }

    fn places_of(&self, node: NodeId) -> Admitted {
        Admitted {
            closed: self.places.get(&node).cloned().unwrap_or_default(),
        }
    }
}
