//! What of a booking still needs its records, and what would be lost without them.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

use super::{Booking, BookingStatus};
use crate::calendar::end_of;
use crate::rules::Said;

/// Why a booking's records wait before they are erased. In the order in which guests are told, if there are several.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(tag = "guard", rename_all = "kebab-case")]
pub enum Guard {
    /// Money is still to be given back.
    RefundOpen,
    /// The booking can still be called off.
    CancellationWindowOpen {
        /// The first instant at which it cannot.
        until: Timestamp,
    },
    /// The deposit was not given back.
    DepositNotReturned,
    /// A dispute is open.
    DisputeOpen,
    /// The stay is not over, or has been for some days only.
    AfterCheckout {
        /// The first instant at which it has been for long enough.
        until: Timestamp,
    },
}

/// For how many days after check-out a booking guards its records: 0 to 30.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct GuardDays(u8);

/// More days than a house may guard its records.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "`guard_days_after_checkout` is not a number of days from 0 to {}",
    GuardDays::MAX
)]
pub struct BadGuardDays;

impl GuardDays {
    /// As many as the longest grace period: a month without a stay asks for nothing any more.
    pub const MAX: u8 = 30;

    /// So many days; 0 is until the day of check-out is over.
    ///
    /// # Errors
    ///
    /// [`BadGuardDays`] over [`Self::MAX`].
    pub const fn new(days: u8) -> Result<Self, BadGuardDays> {
        if days > Self::MAX {
            return Err(BadGuardDays);
        }
        Ok(Self(days))
    }

    /// The number of days.
    #[must_use]
    pub const fn days(self) -> u8 {
        self.0
    }
}

impl Default for GuardDays {
    /// Three days (PRODUCT.md, "Life of an erasure request", 3).
    fn default() -> Self {
        Self(3)
    }
}

impl TryFrom<u8> for GuardDays {
    type Error = BadGuardDays;

    fn try_from(days: u8) -> Result<Self, BadGuardDays> {
        Self::new(days)
    }
}

impl From<GuardDays> for u8 {
    fn from(days: GuardDays) -> Self {
        days.0
    }
}

impl Guard {
    /// The first instant at which it ends by itself. None: it ends when its event comes.
    #[must_use]
    pub const fn until(self) -> Option<Timestamp> {
        match self {
            Self::CancellationWindowOpen { until } | Self::AfterCheckout { until } => Some(until),
            Self::RefundOpen | Self::DepositNotReturned | Self::DisputeOpen => None,
        }
    }

    /// Whether it guards at an instant.
    #[must_use]
    pub fn holds(self, now: Timestamp) -> bool {
        self.until().is_none_or(|until| now < until)
    }

    /// What would be lost if the record were erased now.
    #[must_use]
    pub fn loss(self) -> Said {
        let (zh, en) = match self {
            Self::RefundOpen => (
                "现在删除的话，退款需要重新申请。",
                "If it were erased now, the refund would have to be applied for again.",
            ),
            Self::CancellationWindowOpen { .. } => (
                "现在删除的话，取消或更改订单时需要重新提供订单证明。",
                "If it were erased now, proof of the booking would have to be handed in again to cancel or change it.",
            ),
            Self::DepositNotReturned => (
                "现在删除的话，押金退还需要由客服重新录入。",
                "If it were erased now, the return of the deposit would have to be entered again by an agent.",
            ),
            Self::DisputeOpen => (
                "现在删除的话，您在这件事上就少了凭据。",
                "If it were erased now, you would have less to show for your side.",
            ),
            Self::AfterCheckout { .. } => (
                "现在删除的话，行程证明需要重新提交。",
                "If it were erased now, proof of the itinerary would have to be handed in again.",
            ),
        };
        Said {
            zh: zh.to_owned(),
            en: en.to_owned(),
        }
    }

    const fn rank(self) -> u8 {
        match self {
            Self::RefundOpen => 0,
            Self::CancellationWindowOpen { .. } => 1,
            Self::DepositNotReturned => 2,
            Self::DisputeOpen => 3,
            Self::AfterCheckout { .. } => 4,
        }
    }
}

/// The guards of all bookings of a conversation at an instant, each kind once and the one that ends last, in the order of [`Guard`].
#[must_use]
pub fn guards(
    bookings: &[Booking],
    zone: &TimeZone,
    days_after_checkout: GuardDays,
    now: Timestamp,
) -> Vec<Guard> {
    let mut all: Vec<Guard> = bookings
        .iter()
        .flat_map(|booking| booking.guards(zone, days_after_checkout, now))
        .filter(|guard| guard.holds(now))
        .collect();
    all.sort_unstable_by(|one, other| other.cmp(one));
    all.dedup_by_key(|guard| guard.rank());
    all.reverse();
    all
}

impl Booking {
    fn guards(
        &self,
        zone: &TimeZone,
        days_after_checkout: GuardDays,
        now: Timestamp,
    ) -> impl Iterator<Item = Guard> {
        let refund = self.is_refund_open(zone, now).then_some(Guard::RefundOpen);
        let is_to_come = matches!(self.status, None | Some(BookingStatus::Booked));
        let cancellation =
            self.cancel_until
                .filter(|_| is_to_come)
                .map(|until| Guard::CancellationWindowOpen {
                    until: until.as_end(zone),
                });
        let deposit = (self.deposit_refunded == Some(false)).then_some(Guard::DepositNotReturned);
        let dispute = (self.dispute == Some(true)).then_some(Guard::DisputeOpen);
        let checkout = self.check_out.filter(|_| !self.is_called_off()).map(|day| {
            let last = day.checked_add(i64::from(days_after_checkout.days()).days());
            let until = last.map_or(Timestamp::MAX, |last| end_of(zone, last));
            Guard::AfterCheckout { until }
        });
        [refund, cancellation, deposit, dispute, checkout]
            .into_iter()
            .flatten()
    }
}
