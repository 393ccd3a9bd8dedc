//! Which business events a conversation and its bookings have had, for [`crate::rules::Pack::clocks`].

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::{Booking, BookingStatus, Moment};
use crate::rules::{Events, StartEvent};

/// Days without a word after which a conversation counts as closed (RULES.md, "Defaults").
pub const IDLE_DAYS: i64 = 7;

/// When a conversation had which turns. What is absent did not happen, or nobody said.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ConversationTimes {
    /// When somebody said last something; where nobody did, when it was opened.
    pub last_said_at: Option<Timestamp>,
    /// When somebody closed it.
    pub closed_at: Option<Timestamp>,
    /// When somebody said that what an identity document was for is done.
    pub purpose_done_at: Option<Timestamp>,
    /// When its guest's account was made, if it is a temporary one.
    pub account_created_at: Option<Timestamp>,
}

impl ConversationTimes {
    /// When it was closed: by somebody, or by [`IDLE_DAYS`] without a word, to the same hour of the tenant's clock. None: it is open.
    #[must_use]
    pub fn closed(&self, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
        let by_silence = || {
            let last = self.last_said_at?.to_zoned_datetime(zone.clone());
            let closed = last.checked_add(IDLE_DAYS.days()).ok()?;
            Some(closed.timestamp())
        };
        self.closed_at
            .or_else(by_silence)
            .filter(|closed| *closed <= now)
    }
}

/// The events that have happened at an instant, as [`StartEvent`] defines them. An event that lies ahead is not there, nor is one of
/// a conversation of which one booking still waits for it. Copies are nobody's conversation: `copy-made` is for who made one.
#[must_use]
pub fn events(
    bookings: &[Booking],
    times: &ConversationTimes,
    zone: &TimeZone,
    now: Timestamp,
) -> Events {
    let closed = times.closed(zone, now);
    let last_of = |event: &dyn Fn(&Booking) -> Option<Timestamp>| {
        if bookings.is_empty() {
            return closed;
        }
        let each: Option<Vec<Timestamp>> = bookings.iter().map(event).collect();
        each?.into_iter().max().filter(|last| *last <= now)
    };
    let checkout = last_of(&|booking| booking.checked_out(zone, closed));
    let completed = last_of(&|booking| booking.completed(zone, closed, now));
    let said = |at: Option<Timestamp>| at.filter(|at| *at <= now);
    let found = [
        (StartEvent::ConversationClosed, closed),
        (StartEvent::TransactionCompleted, completed),
        (StartEvent::Checkout, checkout),
        (
            StartEvent::ComplaintClosed,
            complaint_closed(bookings, zone, closed, now),
        ),
        (
            StartEvent::PurposeDone,
            said(times.purpose_done_at).or(checkout),
        ),
        (StartEvent::AccountCreated, said(times.account_created_at)),
    ];
    found
        .into_iter()
        .filter_map(|(event, at)| Some((event, at?)))
        .collect()
}

/// The close of the last complaint, if none is open; where none is on record, the conversation's.
fn complaint_closed(
    bookings: &[Booking],
    zone: &TimeZone,
    closed: Option<Timestamp>,
    now: Timestamp,
) -> Option<Timestamp> {
    let is_open = |booking: &Booking| booking.is_complaint_open(zone, now);
    if bookings.iter().any(is_open) {
        return None;
    }
    let ends = bookings
        .iter()
        .filter_map(|booking| booking.complaint_closed_at);
    let last = ends.map(|end| end.as_event(zone)).max();
    last.map_or(closed, |last| Some(last).filter(|last| *last <= now))
}

impl Booking {
    /// The check-out, past or to come. One that names no day ends with the booking's close, or with the conversation's unless
    /// somebody is still to come.
    fn checked_out(&self, zone: &TimeZone, closed: Option<Timestamp>) -> Option<Timestamp> {
        let said = self.check_out.map(Moment::Day).or(self.closed_at);
        match said {
            Some(said) => Some(said.as_event(zone)),
            None if self.status == Some(BookingStatus::Booked) => None,
            None => closed,
        }
    }

    /// The check-out or the refund's close, the later. While a refund is open, it is not.
    fn completed(
        &self,
        zone: &TimeZone,
        closed: Option<Timestamp>,
        now: Timestamp,
    ) -> Option<Timestamp> {
        if self.is_refund_open(zone, now) {
            return None;
        }
        let refund = self.refund_closed_at.map(|close| close.as_event(zone));
        if self.check_out.is_none() && refund.is_some() {
            return refund;
        }
        let checkout = self.checked_out(zone, closed)?;
        Some(refund.map_or(checkout, |refund| refund.max(checkout)))
    }
}
