//! How bookings are kept: each statement makes a new version, which holds all that was said of its booking outside of conversations,
//! sealed under a segment of its guest's own. The newest version counts; those before it are its history. None is ever punctured alone:
//! they go with their guest. Segment 0 is the profile's.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wuhen_keytree::context::{ItemKind, NodeId};
use wuhen_keytree::item;
use wuhen_keytree::seed::{LeafCache, SEGMENT_ITEMS, segment_and_index};
use wuhen_model::booking::{Order, Stated, Statement};
use wuhen_store::{ControlItemRow, RegisterWrite};

use super::{BookingProblem, Effect};
use crate::Service;
use crate::error::{Opening, ServiceError};
use crate::keys::{Versioned, item_context, new_seed, nonce, open_seed};
use crate::open::damaged;
use crate::staff::Actor;
use crate::stored::{from_json, to_json};

/// Statements on the bookings of one guest: four segments. Who travels every week for twenty years, with fifteen changes to each stay,
/// makes fewer.
pub const STATEMENTS_OF_GUEST_MAX: usize = 4 * SEGMENT_ITEMS as usize;
/// The first number, behind the segment of the profile.
const FIRST: u32 = SEGMENT_ITEMS;

/// Where a statement came from.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Origin {
    /// A table.
    Import,
    /// Somebody of the house.
    Staff,
}

/// A version of a booking as it lies in the store.
#[derive(Clone, Serialize, Deserialize)]
struct StoredBooking {
    id: String,
    stated: Stated,
    /// The number of the next node when it was written: conversations from it on came later.
    next_node: u64,
    at: String,
    /// The member of staff; none: the program itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<u64>,
    from: Origin,
}

/// Where statements are written down: all of one transaction.
pub(super) struct Desk<'s> {
    service: &'s Service,
    next_node: u64,
    at: String,
    by: Option<u64>,
    from: Origin,
    pub(super) write: RegisterWrite,
}

/// The bookings of one guest, being written on.
pub(super) struct Kept<'d, 's> {
    desk: &'d mut Desk<'s>,
    guest: NodeId,
    key: Versioned,
    segments: BTreeMap<u32, LeafCache>,
    next_item: u32,
    newest: BTreeMap<String, StoredBooking>,
}

impl Service {
    /// What is kept of each booking of a guest.
    pub(super) fn kept_bookings(
        &self,
        guest: NodeId,
    ) -> Result<BTreeMap<String, Stated>, ServiceError> {
        let rows = self.booking_rows(guest)?;
        if rows.is_empty() {
            return Ok(BTreeMap::new());
        }
        let (_, mut segments) = self.booking_segments(guest)?;
        let newest = self.newest_bookings(&rows, &mut segments)?;
        let stated = newest.into_iter().map(|(id, stored)| (id, stored.stated));
        Ok(stated.collect())
    }

    fn booking_rows(&self, guest: NodeId) -> Result<Vec<ControlItemRow>, ServiceError> {
        let mut rows = self.store.control_items(self.tenant, guest)?;
        rows.retain(|row| row.kind == ItemKind::Register);
        Ok(rows)
    }

    fn booking_segments(
        &self,
        guest: NodeId,
    ) -> Result<(Versioned, BTreeMap<u32, LeafCache>), ServiceError> {
        let path = self.store.path(self.tenant, guest)?;
        if path.is_empty() {
            return Err(damaged("a guest has no key"));
        }
        let key = self.keys().follow(&path).opening("a guest's key")?;
        let mut segments = BTreeMap::new();
        for seed in self.store.seeds(self.tenant, guest)? {
            if seed.segment >= FIRST / SEGMENT_ITEMS {
                let frontier = open_seed(self.tenant_id, &key, &seed).opening("a segment")?;
                segments.insert(seed.segment, LeafCache::new(frontier));
            }
        }
        Ok((key, segments))
    }

    fn newest_bookings(
        &self,
        rows: &[ControlItemRow],
        segments: &mut BTreeMap<u32, LeafCache>,
    ) -> Result<BTreeMap<String, StoredBooking>, ServiceError> {
        let mut newest = BTreeMap::new();
        // By their numbers, so that the last one of an id is its newest.
        for row in rows {
            let (segment, index) = segment_and_index(row.item);
            let leaf = segments
                .get_mut(&segment)
                .and_then(|leaves| leaves.leaf(index))
                .ok_or_else(|| damaged("a booking has no key"))?;
            let context = item_context(self.tenant_id, row.owner, row.item, row.kind);
            let opened = item::open(&leaf, &context, &row.sealed).opening("a booking")?;
            let stored: StoredBooking = from_json(opened.body(), "a booking")?;
            newest.insert(stored.id.clone(), stored);
        }
        Ok(newest)
    }
}

impl<'s> Desk<'s> {
    pub(super) fn open(
        service: &'s Service,
        by: &Actor,
        from: Origin,
    ) -> Result<Self, ServiceError> {
        let tenant = service.store.tenant(service.tenant)?;
        Ok(Self {
            service,
            next_node: tenant.next_node,
            at: service.now().to_string(),
            by: by.node.map(|node| node.0),
            from,
            write: RegisterWrite {
                // The keys of a guest are renewed by erasures of the guest's conversations too.
                epoch: Some(tenant.epoch),
                ..RegisterWrite::default()
            },
        })
    }

    /// Opens what is kept of one guest, for as long as something is written on it.
    pub(super) fn of_guest<T>(
        &mut self,
        guest: NodeId,
        work: impl FnOnce(&mut Kept<'_, 's>) -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        let service = self.service;
        let rows = service.booking_rows(guest)?;
        let (key, mut segments) = service.booking_segments(guest)?;
        let newest = service.newest_bookings(&rows, &mut segments)?;
        work(&mut Kept {
            desk: self,
            guest,
            key,
            segments,
            next_item: rows.last().map_or(FIRST, |row| row.item + 1),
            newest,
        })
    }
}

impl Kept<'_, '_> {
    /// Writes down what is said of a booking, unless all of it is known.
    pub(super) fn take(
        &mut self,
        id: &str,
        statement: &Statement,
    ) -> Result<Result<Effect, BookingProblem>, ServiceError> {
        let before = self.newest.get(id);
        let mut stated = before
            .map(|stored| stored.stated.clone())
            .unwrap_or_default();
        let changed = stated.take(statement, Order::before_node(self.desk.next_node));
        let effect = match before {
            None => Effect::New,
            // A conversation that came since may have said otherwise.
            Some(stored) if !changed && !self.came_since(stored.next_node)? => {
                return Ok(Ok(Effect::Unchanged));
            }
            Some(_) => Effect::Changed,
        };
        let booking = stated.booking(id);
        if let (Some(from), Some(to)) = (booking.check_in, booking.check_out)
            && to < from
        {
            return Ok(Err(BookingProblem::LeavesBeforeArrival));
        }
        let stored = StoredBooking {
            id: id.to_owned(),
            stated,
            next_node: self.desk.next_node,
            at: self.desk.at.clone(),
            by: self.desk.by,
            from: self.desk.from,
        };
        if !self.seal(&to_json(&stored))? {
            return Ok(Err(BookingProblem::HistoryFull));
        }
        self.newest.insert(id.to_owned(), stored);
        Ok(Ok(effect))
    }

    fn came_since(&self, node: u64) -> Result<bool, ServiceError> {
        let service = self.desk.service;
        let rows = service.store.conversations_of(service.tenant, self.guest)?;
        Ok(rows.iter().any(|row| row.node.0 >= node))
    }

    /// Seals the next item. False: there is no room.
    fn seal(&mut self, body: &[u8]) -> Result<bool, ServiceError> {
        let service = self.desk.service;
        let rng = &*service.surroundings.rng;
        let number = self.next_item;
        if (number - FIRST) as usize >= STATEMENTS_OF_GUEST_MAX {
            return Ok(false);
        }
        let (segment, index) = segment_and_index(number);
        if !self.segments.contains_key(&segment) {
            let owner = (&self.key, self.guest);
            let (seed, frontier) = new_seed(rng, service.tenant_id, owner, segment);
            self.desk.write.seeds.push(seed);
            self.segments.insert(segment, LeafCache::new(frontier));
        }
        let leaf = (self.segments.get_mut(&segment))
            .and_then(|leaves| leaves.leaf(index))
            .ok_or_else(|| damaged("a booking's next version has no key"))?;
        let kind = ItemKind::Register;
        let context = item_context(service.tenant_id, self.guest, number, kind);
        self.desk.write.items.push(ControlItemRow {
            owner: self.guest,
            item: number,
            kind,
            sealed: item::seal(&leaf, &context, nonce(rng), &[], body),
        });
        self.next_item += 1;
        Ok(true)
    }
}
