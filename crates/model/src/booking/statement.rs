//! What somebody says of a booking, and what is known after several have. Who says nothing of a field leaves it as it was; of those
//! who say something of it, the last one holds.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Booking, BookingStatus, Moment};

/// The fields of a booking but for its id, as the interchange format calls them.
const FIELDS: [&str; 11] = [
    "check_in",
    "check_out",
    "status",
    "cancel_until",
    "refund_open",
    "refund_closed_at",
    "deposit_refunded",
    "dispute",
    "complaint",
    "complaint_closed_at",
    "closed_at",
];
const REFUND: [&str; 2] = ["refund_open", "refund_closed_at"];
const COMPLAINT: [&str; 2] = ["complaint", "complaint_closed_at"];

/// What one source says of one booking at one time. `null` says that a field is not known any more.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Statement(Map<String, Value>);

/// How something stands that is opened and closed: a refund, a complaint.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It is open.
    Open,
    /// It is closed. With a time, it is from then on, and open until then.
    Closed(Option<Moment>),
}

/// When something was said, among all that was said of a guest's bookings. Nodes are numbered as they come into a store, and the
/// numbers only grow: they are the clock.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Order(u64);

impl Order {
    /// A conversation's own record says it, and came with this node.
    #[must_use]
    pub const fn of_node(node: u64) -> Self {
        Self(node.saturating_mul(2))
    }

    /// It was said when this was the number of the next node: after all that had come, before all that came later.
    #[must_use]
    pub const fn before_node(next: u64) -> Self {
        Self(next.saturating_mul(2).saturating_sub(1))
    }
}

impl Statement {
    /// What a conversation's own record says. What cannot be read there says nothing.
    #[must_use]
    pub fn of_record(booking: &Map<String, Value>) -> Self {
        let known = FIELDS
            .into_iter()
            .filter_map(|name| Some((name, booking.get(name)?)));
        Self(
            known
                .filter(|(name, value)| !value.is_null() && is_readable(name, value))
                .map(|(name, value)| (name.to_owned(), value.clone()))
                .collect(),
        )
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The day of arrival.
    pub fn check_in(&mut self, day: Date) {
        self.say("check_in", &day);
    }

    /// The day of departure.
    pub fn check_out(&mut self, day: Date) {
        self.say("check_out", &day);
    }

    /// What became of it.
    pub fn status(&mut self, status: BookingStatus) {
        self.say("status", &status);
    }

    /// Until when it can be called off.
    pub fn cancel_until(&mut self, until: Moment) {
        self.say("cancel_until", &until);
    }

    /// How its refund stands.
    pub fn refund(&mut self, turn: Turn) {
        self.turn(REFUND, turn);
    }

    /// Whether the deposit was given back.
    pub fn deposit_returned(&mut self, is_returned: bool) {
        self.say("deposit_refunded", &is_returned);
    }

    /// Whether a dispute is open.
    pub fn dispute(&mut self, is_open: bool) {
        self.say("dispute", &is_open);
    }

    /// How a complaint stands.
    pub fn complaint(&mut self, turn: Turn) {
        self.turn(COMPLAINT, turn);
    }

    /// When nothing was left to do for it.
    pub fn closed_at(&mut self, at: Moment) {
        self.say("closed_at", &at);
    }

    fn turn(&mut self, [open, closed_at]: [&str; 2], turn: Turn) {
        let (is_open, at) = match turn {
            Turn::Open => (true, None),
            Turn::Closed(None) => (false, None),
            Turn::Closed(at) => (true, at),
        };
        self.say(open, &is_open);
        self.say(closed_at, &at);
    }

    fn say(&mut self, field: &str, value: &impl Serialize) {
        let value = serde_json::to_value(value).expect("a field is plain data");
        self.0.insert(field.to_owned(), value);
    }

    /// A booking that is said to be refunding, with nothing of the refund, has one that is open, whatever was said of one before.
    fn with_what_follows(&self) -> Map<String, Value> {
        let mut fields = self.0.clone();
        let is_refunding = fields
            .get("status")
            .is_some_and(|status| status == "refunding");
        if is_refunding && REFUND.iter().all(|field| !fields.contains_key(*field)) {
            for field in REFUND {
                fields.insert(field.to_owned(), Value::Null);
            }
        }
        fields
    }
}

/// What is known of one booking: each field as it was said last, and when that was.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Stated(BTreeMap<String, (Order, Value)>);

impl Stated {
    /// Takes a statement in: a field that was said later stays. Whether a field has another value now.
    pub fn take(&mut self, statement: &Statement, order: Order) -> bool {
        let mut changed = false;
        for (field, value) in statement.with_what_follows() {
            match self.0.get(&field) {
                Some((said, _)) if *said > order => continue,
                Some((_, before)) => changed |= *before != value,
                None => changed = true,
            }
            self.0.insert(field, (order, value));
        }
        changed
    }

    /// Takes in all that another knows.
    pub fn take_all(&mut self, other: &Self) {
        for (field, (order, value)) in &other.0 {
            if self.0.get(field).is_none_or(|(said, _)| said <= order) {
                self.0.insert(field.clone(), (*order, value.clone()));
            }
        }
    }

    /// Whether all of it was said before a node came.
    #[must_use]
    pub fn is_before_node(&self, node: u64) -> bool {
        self.0
            .values()
            .all(|(order, _)| *order < Order::of_node(node))
    }

    /// The booking. A field that cannot be read, as a later version may have written it, says nothing.
    #[must_use]
    pub fn booking(&self, id: &str) -> Booking {
        let mut object: Map<String, Value> = self
            .0
            .iter()
            .filter(|(name, (_, value))| is_readable(name, value))
            .map(|(name, (_, value))| (name.clone(), value.clone()))
            .collect();
        object.insert("id".to_owned(), Value::String(id.to_owned()));
        Booking::from_json(&object).unwrap_or_else(|_| Booking::new(id))
    }
}

fn is_readable(name: &str, value: &Value) -> bool {
    let object = [("id", &Value::from("one")), (name, value)]
        .map(|(name, value)| (name.to_owned(), value.clone()));
    Booking::from_json(&object.into_iter().collect()).is_ok()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;
    use serde_json::json;

    use super::*;

    fn said(object: &Value) -> Statement {
        Statement::of_record(object.as_object().expect("an object"))
    }

    fn open_at(stated: &Stated, now: &str) -> bool {
        let now: Timestamp = now.parse().expect("a time");
        stated.booking("B1").is_refund_open(&TimeZone::UTC, now)
    }

    #[test]
    fn the_last_who_says_something_of_a_field_is_believed_whoever_is_asked_first() {
        let before = said(&json!({"status": "booked", "dispute": true}));
        let later = said(&json!({"status": "stayed", "check_in": "2026-01-05"}));
        let statements = [
            (&before, Order::of_node(7)),
            (&later, Order::before_node(12)),
        ];
        for order in [[0, 1], [1, 0]] {
            let mut stated = Stated::default();
            for index in order {
                let (statement, order) = statements[index];
                stated.take(statement, order);
            }
            let booking = stated.booking("B1");
            assert_eq!(booking.status, Some(BookingStatus::Stayed));
            assert_eq!(booking.dispute, Some(true));
            assert!(booking.check_in.is_some());
        }
        assert!(Order::of_node(11) < Order::before_node(12));
        assert!(Order::before_node(12) < Order::of_node(12));
    }

    #[test]
    fn a_refund_is_open_until_it_is_closed_and_again_when_it_is_said_to_be() {
        let mut stated = Stated::default();
        stated.take(&said(&json!({"status": "refunding"})), Order::of_node(5));
        assert!(open_at(&stated, "2026-01-05T00:00:00Z"));
        let mut closed = Statement::default();
        let at: Timestamp = "2026-01-06T08:00:00Z".parse().expect("a time");
        closed.refund(Turn::Closed(Some(Moment::At(at))));
        assert!(stated.take(&closed, Order::before_node(6)));
        assert!(open_at(&stated, "2026-01-06T07:59:59Z"));
        assert!(!open_at(&stated, "2026-01-06T08:00:00Z"));
        assert!(!stated.take(&closed, Order::before_node(6)), "nothing new");
        let mut open = Statement::default();
        open.refund(Turn::Open);
        stated.take(&open, Order::before_node(6));
        assert!(open_at(&stated, "2027-01-01T00:00:00Z"));
        let mut done = Statement::default();
        done.refund(Turn::Closed(None));
        stated.take(&done, Order::before_node(6));
        assert!(!open_at(&stated, "2026-01-01T00:00:00Z"));
        stated.take(&said(&json!({"status": "refunding"})), Order::of_node(6));
        assert!(open_at(&stated, "2027-01-01T00:00:00Z"));
    }

    #[test]
    fn what_cannot_be_read_says_nothing_and_the_rest_is_kept() {
        let record = json!({"id": "B1", "status": "sunk", "cancel_until": "tomorrow", "dispute": null,
                            "check_in": "2026-01-05", "contact": "someone"});
        let mut stated = Stated::default();
        stated.take(&said(&record), Order::of_node(1));
        let mut expected = Booking::new("B1");
        expected.check_in = Some("2026-01-05".parse().expect("a day"));
        assert!(stated.booking("B1") == expected);
    }
}
