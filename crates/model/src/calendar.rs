//! Three ways of counting a period, as the laws that set it count: the Civil Code of China (articles 200 to 204), Chinese working
//! days with weekends that are worked, and Regulation (EEC, Euratom) 1182/71 of the EU. Days are the tenant's; when a day ends is
//! for whoever knows its time zone.

mod holidays;
mod period;

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};

pub use self::holidays::{BadHolidays, Holidays, UnknownState, Year};
pub use self::period::{BadPeriod, Period};

/// Days after the end of the calendar's range are not counted: jiff's years end with 9999, so no real period reaches it.
const OUT_OF_RANGE: Date = Date::constant(9999, 12, 31);

/// By which law a period is counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Counting {
    /// Days as they come: a period ends with its last day, whatever day that is.
    Plain,
    /// Civil Code of China, articles 200 to 204: the first day is not counted (201), a month ends on the same date or with its last
    /// day (202), and a period whose last day is a day of rest ends with the first day that is none (203).
    CivilCode,
    /// Regulation 1182/71, article 3: the day of the event is not counted (1), a month ends on the same date or with its last day
    /// (2c), a period that would end on a holiday or at a weekend ends with the next working day (4), and one of two days or more
    /// has two working days at least (5).
    Regulation1182,
}

/// The last day of a period, and whether it can be relied on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Counted {
    /// The period ends when this day ends.
    pub last_day: Date,
    /// A year whose holidays are not in the table, where one was asked for: only its weekends were counted as rest.
    pub unknown_year: Option<i16>,
}

impl Counting {
    /// All, in the order of this list.
    pub const ALL: [Self; 3] = [Self::Plain, Self::CivilCode, Self::Regulation1182];

    /// The name in packs and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::CivilCode => "civil-code",
            Self::Regulation1182 => "regulation-1182-71",
        }
    }

    /// By its name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|law| law.as_str() == name)
    }

    /// The last day of a period that an event of `event` begins. A period of hours ends on the day that has its last, if the event
    /// is at the day's start: use [`Self::end`] where hours matter.
    #[must_use]
    pub fn last_day(self, holidays: &Holidays, event: Date, period: Period) -> Counted {
        let mut rest = Rest::new(holidays);
        let last = if period.working_days > 0 {
            rest.nth_working_day(event, period.working_days)
        } else {
            self.adjust(&mut rest, event, period.after(event), period)
        };
        Counted {
            last_day: last,
            unknown_year: rest.unknown_year,
        }
    }

    /// The instant at which a period ends, begun by an event at `at`: the first of the day after its last, in the zone. Hours are
    /// counted on the clock from the event itself.
    #[must_use]
    pub fn end(
        self,
        holidays: &Holidays,
        zone: &TimeZone,
        at: Timestamp,
        period: Period,
    ) -> (Timestamp, Option<i16>) {
        if period.hours > 0 {
            let end = at.checked_add(i64::from(period.hours).hours());
            return (end.unwrap_or(Timestamp::MAX), None);
        }
        let counted = self.last_day(holidays, zone.to_datetime(at).date(), period);
        (end_of(zone, counted.last_day), counted.unknown_year)
    }

    fn adjust(self, rest: &mut Rest<'_>, event: Date, last: Date, period: Period) -> Date {
        match self {
            Self::Plain => last,
            // A period of no time at all ends with the day of its event.
            _ if last == event => last,
            Self::CivilCode => rest.or_next_working_day(last),
            Self::Regulation1182 => {
                let last = rest.or_next_working_day(last);
                if period.is_of_two_days_or_more(event) {
                    last.max(rest.nth_working_day(event, 2))
                } else {
                    last
                }
            }
        }
    }
}

/// The first instant after a day, in a zone.
#[must_use]
pub fn end_of(zone: &TimeZone, day: Date) -> Timestamp {
    day.tomorrow()
        .and_then(|next| next.to_zoned_datetime(zone.clone()))
        .map_or(Timestamp::MAX, |next| next.timestamp())
}

/// Days of rest, and the first year that was asked for and is unknown.
struct Rest<'h> {
    holidays: &'h Holidays,
    unknown_year: Option<i16>,
}

impl<'h> Rest<'h> {
    const fn new(holidays: &'h Holidays) -> Self {
        Self {
            holidays,
            unknown_year: None,
        }
    }

    fn is_working_day(&mut self, day: Date) -> bool {
        let weekday = !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        match self.holidays.of(day) {
            Some(is_working_day) => is_working_day,
            None if self.holidays.knows(day.year()) => weekday,
            None => {
                self.unknown_year.get_or_insert(day.year());
                weekday
            }
        }
    }

    fn or_next_working_day(&mut self, mut day: Date) -> Date {
        while !self.is_working_day(day) {
            let Ok(next) = day.tomorrow() else {
                return OUT_OF_RANGE;
            };
            day = next;
        }
        day
    }

    /// The n-th working day after a day.
    fn nth_working_day(&mut self, after: Date, n: u16) -> Date {
        let mut day = after;
        let mut left = n;
        while left > 0 {
            let Ok(next) = day.tomorrow() else {
                return OUT_OF_RANGE;
            };
            day = next;
            left -= u16::from(self.is_working_day(day));
        }
        day
    }
}

#[cfg(test)]
mod tests;
