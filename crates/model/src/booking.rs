//! Bookings as erasures see them: which of them guard a record and until when (PRODUCT.md, "Life of an erasure request", 3), and
//! which business events they emit for the rules' clocks (RULES.md, "Defaults"). How a booking is imported is [`crate::record`]'s.

mod events;
mod guard;
mod parse;
mod statement;

use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

use crate::calendar::end_of;
pub use crate::record::BookingStatus;

pub use self::events::{ConversationTimes, IDLE_DAYS, events};
pub use self::guard::{BadGuardDays, Guard, GuardDays, guards};
pub use self::statement::{Order, Stated, Statement, Turn};

/// A booking's dates and states (RULES.md, "Booking fields"). What is absent was never said.
#[derive(Clone, PartialEq, Eq)]
pub struct Booking {
    /// The booking system's id: 1 to 512 bytes in one line.
    pub id: String,
    /// The day of arrival, in the tenant's zone.
    pub check_in: Option<Date>,
    /// The day of departure, in the tenant's zone. Planned, until it is over.
    pub check_out: Option<Date>,
    /// What became of it.
    pub status: Option<BookingStatus>,
    /// Until when it can be called off without loss. A day counts to its end.
    pub cancel_until: Option<Moment>,
    /// Whether money is still to be given back, where it is said; otherwise the status says it.
    pub refund_open: Option<bool>,
    /// When the refund was closed.
    pub refund_closed_at: Option<Moment>,
    /// Whether the deposit was given back. None: no deposit is known.
    pub deposit_refunded: Option<bool>,
    /// Whether a dispute is open.
    pub dispute: Option<bool>,
    /// Whether a complaint is open, where it is said.
    pub complaint: Option<bool>,
    /// When the complaint was closed.
    pub complaint_closed_at: Option<Moment>,
    /// When the booking itself was closed: nothing is left to do for it.
    pub closed_at: Option<Moment>,
}

/// When something happened or ends: a day of the tenant's calendar, or an instant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Moment {
    /// Some time on this day.
    Day(Date),
    /// Then.
    At(Timestamp),
}

impl Moment {
    /// As an event: a day has happened at its last second, so that nothing counts from an hour that may not have come. The day
    /// from which periods of days count is the same.
    #[must_use]
    pub fn as_event(self, zone: &TimeZone) -> Timestamp {
        match self {
            Self::Day(day) => {
                let end = end_of(zone, day);
                end.checked_sub(1.second()).unwrap_or(end)
            }
            Self::At(at) => at,
        }
    }

    /// As the end of something: the first instant at which it is over. A day counts to its end.
    #[must_use]
    pub fn as_end(self, zone: &TimeZone) -> Timestamp {
        match self {
            Self::Day(day) => end_of(zone, day),
            Self::At(at) => at,
        }
    }
}

impl Booking {
    /// A booking of which nothing but its id is known.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            check_in: None,
            check_out: None,
            status: None,
            cancel_until: None,
            refund_open: None,
            refund_closed_at: None,
            deposit_refunded: None,
            dispute: None,
            complaint: None,
            complaint_closed_at: None,
            closed_at: None,
        }
    }

    /// Whether money is still to be given back: it is said to be, or the status is `refunding`; and no close has come.
    #[must_use]
    pub fn is_refund_open(&self, zone: &TimeZone, now: Timestamp) -> bool {
        let is_open = self
            .refund_open
            .unwrap_or(self.status == Some(BookingStatus::Refunding));
        is_open && !has_happened(self.refund_closed_at, zone, now)
    }

    /// Whether a complaint is open: it is said to be, and no close has come.
    #[must_use]
    pub fn is_complaint_open(&self, zone: &TimeZone, now: Timestamp) -> bool {
        self.complaint == Some(true) && !has_happened(self.complaint_closed_at, zone, now)
    }

    /// Whether nobody will come, so that there is nothing to call off or to check out of.
    const fn is_called_off(&self) -> bool {
        matches!(
            self.status,
            Some(BookingStatus::Cancelled | BookingStatus::Refunding)
        )
    }
}

fn has_happened(moment: Option<Moment>, zone: &TimeZone, now: Timestamp) -> bool {
    moment.is_some_and(|moment| moment.as_event(zone) <= now)
}

/// Shows that there is one, and nothing of it.
impl fmt::Debug for Booking {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Booking").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
