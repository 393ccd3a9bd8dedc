//! Bookings: what conversations' own records say of them, and what tables and staff said since. The latter is kept with the guest, so
//! that forgetting the guest forgets it. Of every field the latest statement holds; what came into the store later was said later.

mod import;
mod kept;

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use wuhen_keytree::context::NodeId;
use wuhen_model::booking::{Booking, Guard, GuardDays, Order, Stated, Statement, guards};
use wuhen_model::limits::ID_BYTES_MAX;
use wuhen_model::people::Permission;
use wuhen_store::ConversationRow;

use crate::Service;
use crate::door::Door;
use crate::error::ServiceError;
use crate::gate::{Admitted, Purpose};
use crate::read::text;
use crate::snapshot::Done;
use crate::staff::Actor;

pub use import::{BookingImport, BookingLine, BookingProblem, BookingReport, BookingsRefused};
pub use kept::STATEMENTS_OF_GUEST_MAX;
use kept::{Desk, Origin};

/// Guests whose bookings are at hand at once.
const GUESTS_AT_HAND_MAX: usize = 4_096;

/// A booking as it stands now.
pub struct BookingView {
    /// Its dates and states. Its id is personal data: it is shown through masks.
    pub booking: Booking,
    /// Whether money is still to be given back.
    pub refund_open: bool,
    /// Whether a complaint is open.
    pub complaint_open: bool,
    /// What it guards now.
    pub guards: Vec<Guard>,
}

/// What a statement changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Nothing was kept of this booking before.
    New,
    /// Something is known otherwise now.
    Changed,
    /// All of it was known.
    Unchanged,
}

/// The bookings of one guest, by their ids.
#[derive(Clone, Default)]
pub(crate) struct GuestBookings(BTreeMap<String, Stated>);

impl GuestBookings {
    fn all(&self) -> Vec<Booking> {
        let all = self.0.iter();
        all.map(|(id, stated)| stated.booking(id)).collect()
    }

    /// The booking that a conversation's own record names.
    fn named_in(&self, record: &Map<String, Value>) -> Vec<Booking> {
        let named = booking_of(record).and_then(|(id, _)| self.0.get_key_value(&id));
        named
            .map(|(id, stated)| stated.booking(id))
            .into_iter()
            .collect()
    }
}

/// Bookings of several guests, each read once.
#[derive(Default)]
pub(crate) struct BookingsAtHand(HashMap<NodeId, GuestBookings>);

impl BookingsAtHand {
    /// All bookings of a guest.
    pub(crate) fn of_guest(
        &mut self,
        service: &Service,
        guest: NodeId,
    ) -> Result<Vec<Booking>, ServiceError> {
        Ok(self.guest(service, guest)?.all())
    }

    /// The booking that a conversation names, if it names one.
    pub(crate) fn of_conversation(
        &mut self,
        service: &Service,
        row: &ConversationRow,
    ) -> Result<Vec<Booking>, ServiceError> {
        let head = service.head(row.node, Admitted::for_program(Purpose::Decision))?;
        if booking_of(&head.record).is_none() {
            return Ok(Vec::new());
        }
        Ok(self.guest(service, row.guest)?.named_in(&head.record))
    }

    fn guest(&mut self, service: &Service, guest: NodeId) -> Result<&GuestBookings, ServiceError> {
        if self.0.len() >= GUESTS_AT_HAND_MAX && !self.0.contains_key(&guest) {
            self.0.clear();
        }
        Ok(match self.0.entry(guest) {
            Entry::Occupied(held) => held.into_mut(),
            Entry::Vacant(place) => place.insert(service.guest_bookings(guest, true)?),
        })
    }
}

impl Service {
    /// The bookings of a guest, each with what it guards now.
    ///
    /// # Errors
    /// The guest is not known, the actor may not, or the store cannot be read.
    pub fn bookings(&self, by: &Actor, guest: &str) -> Result<Vec<BookingView>, ServiceError> {
        by.check(Permission::ReadMasked)?;
        let all = self.reading(|| {
            let guest = self.find_guest(guest)?;
            Ok(self.guest_bookings(guest.node, false)?.all())
        })?;
        let (zone, days, now) = (self.time_zone()?, self.guard_days(), self.now());
        Ok(all
            .into_iter()
            .map(|booking| BookingView {
                refund_open: booking.is_refund_open(&zone, now),
                complaint_open: booking.is_complaint_open(&zone, now),
                guards: guards(std::slice::from_ref(&booking), &zone, days, now),
                booking,
            })
            .collect())
    }

    /// The booking that a conversation names, with the newest facts; none where it names none. For what is decided: whatever is being
    /// erased counts still.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn bookings_for(&self, row: &ConversationRow) -> Result<Vec<Booking>, ServiceError> {
        self.reading(|| BookingsAtHand::default().of_conversation(self, row))
    }

    /// All bookings of a guest, with the newest facts. For what is decided, as [`Self::bookings_for`].
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn bookings_of(&self, guest: NodeId) -> Result<Vec<Booking>, ServiceError> {
        self.reading(|| Ok(self.guest_bookings(guest, true)?.all()))
    }

    /// Writes down what a member of staff says of a booking.
    ///
    /// # Errors
    /// The guest is not known, the booking would end before it begins, there is no room, or the actor may not.
    pub fn set_booking(
        &self,
        by: &Actor,
        guest: &str,
        id: &str,
        statement: &Statement,
    ) -> Result<Done<Effect>, ServiceError> {
        by.check(Permission::ManageBookings)?;
        if id.is_empty() || id.len() > ID_BYTES_MAX || id.chars().any(char::is_control) {
            return Err(ServiceError::Refused(format!(
                "a booking's id has 1 to {ID_BYTES_MAX} bytes and no control character"
            )));
        }
        let id = without_codes(&mut Door::new(self.detector()), id);
        self.change_register("bookings/set", || {
            let node = self.find_guest(guest)?.node;
            let mut desk = Desk::open(self, by, Origin::Staff)?;
            let effect = desk
                .of_guest(node, |kept| kept.take(&id, statement))?
                .map_err(|problem| ServiceError::Refused(problem.to_string()))?;
            Ok((desk.write, effect))
        })
    }

    /// What is known of each booking of a guest, by conversations' records and by what is kept beside them.
    fn guest_bookings(
        &self,
        guest: NodeId,
        with_what_goes: bool,
    ) -> Result<GuestBookings, ServiceError> {
        let mut bookings = GuestBookings::default();
        for row in self.store.conversations_of(self.tenant, guest)? {
            if !row.open && !with_what_goes {
                continue;
            }
            let record = self
                .head(row.node, Admitted::for_program(Purpose::Decision))?
                .record;
            if let Some((id, statement)) = booking_of(&record) {
                let stated = bookings.0.entry(id).or_default();
                stated.take(&statement, Order::of_node(row.node.0));
            }
        }
        for (id, stated) in self.kept_bookings(guest)? {
            bookings.0.entry(id).or_default().take_all(&stated);
        }
        Ok(bookings)
    }

    /// Numbers of a guest's bookings that are kept beside conversations. They stay until the guest goes.
    pub(crate) fn numbers_kept(&self, guest: NodeId) -> Result<u64, ServiceError> {
        Ok(self.kept_bookings(guest)?.len() as u64)
    }

    /// The tenant's zone.
    pub(crate) fn time_zone(&self) -> Result<TimeZone, ServiceError> {
        let name = self.tenant_settings().timezone;
        TimeZone::get(&name).map_err(|_| {
            ServiceError::Refused(format!("the house's time zone {name:?} is not known here"))
        })
    }

    /// For how many days after check-out a booking guards its records.
    #[must_use]
    pub fn guard_days(&self) -> GuardDays {
        self.settings().guard_days()
    }
}

/// The id and the facts of the booking that a conversation's own record names.
fn booking_of(record: &Map<String, Value>) -> Option<(String, Statement)> {
    let booking = record.get("booking")?.as_object()?;
    let id = text(booking, "id");
    (!id.is_empty()).then(|| (id, Statement::of_record(booking)))
}

/// A booking's id as the door of an import lets it in: so it is that of the conversations that name it.
fn without_codes(door: &mut Door, id: &str) -> String {
    let record = serde_json::json!({ "booking": { "id": id } });
    let record = record.as_object().expect("it is one");
    let entered = door.fields(record);
    entered["booking"]["id"].as_str().unwrap_or(id).to_owned()
}
