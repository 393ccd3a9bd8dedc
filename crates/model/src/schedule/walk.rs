//! From one time of a schedule to the next, through months without the day, hours that do not exist and hours that exist twice.

use std::ops::ControlFlow;

use croner::Weekday;
use jiff::civil::{Date, DateTime, date};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan as _};

use super::Schedule;

/// The longest wait of a schedule is that for 29 February from 1896 to 1904, or from 2096 to 2104.
const DAYS_MAX: usize = 8 * 366;

/// In which direction of time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Forward,
    Back,
}

impl Schedule {
    /// The first time after an instant. A time of day that does not exist on its day is the first instant after the gap; one that exists
    /// twice is the first of both. None: past the calendar's end, in the year 9999.
    #[must_use]
    pub fn next_after(&self, zone: &TimeZone, instant: Timestamp) -> Option<Timestamp> {
        // Where clocks were set back over midnight, a day is entered twice: begin a day early, what is past is passed over.
        let from = zone.to_datetime(instant).date();
        let from = from.yesterday().unwrap_or(from);
        self.walk(zone, from, Way::Forward, |at| at > instant)
    }

    /// What is to be caught up: of all times after the last run until now, `now` itself among them, the latest. None: there was none.
    #[must_use]
    pub fn due_since(
        &self,
        zone: &TimeZone,
        last_run: Timestamp,
        now: Timestamp,
    ) -> Option<Timestamp> {
        let from = zone.to_datetime(now).date();
        let from = from.tomorrow().unwrap_or(from);
        let latest = self.walk(zone, from, Way::Back, |at| at <= now)?;
        (latest > last_run).then_some(latest)
    }

    /// Whether any day will do.
    pub(super) fn happens(&self) -> bool {
        // Eight years with a 29 February at either end have every day that there is on every day of the week.
        let mut day = date(2024, 1, 1);
        for _ in 0..DAYS_MAX {
            if self.is_on(day) {
                return true;
            }
            day = day.tomorrow().expect("the calendar goes on after 2032");
        }
        false
    }

    fn walk(
        &self,
        zone: &TimeZone,
        from: Date,
        way: Way,
        accept: impl Fn(Timestamp) -> bool,
    ) -> Option<Timestamp> {
        let mut day = from;
        // Two more: the first day and the last may both be cut off by the instant.
        for _ in 0..DAYS_MAX + 2 {
            if self.is_on(day)
                && let ControlFlow::Break(at) = self.walk_day(zone, day, way, &accept)
            {
                return Some(at);
            }
            let step = match way {
                Way::Forward => 1.day(),
                Way::Back => (-1).days(),
            };
            day = day.checked_add(step).ok()?;
        }
        None
    }

    fn walk_day(
        &self,
        zone: &TimeZone,
        day: Date,
        way: Way,
        accept: impl Fn(Timestamp) -> bool,
    ) -> ControlFlow<Timestamp> {
        let minutes = 24 * 60;
        for count in 0..minutes {
            let minute = match way {
                Way::Forward => count,
                Way::Back => minutes - 1 - count,
            };
            if !self.is_at(minute) {
                continue;
            }
            let hour = i8::try_from(minute / 60).expect("24 at most");
            let minute = i8::try_from(minute % 60).expect("60 at most");
            if let Some(at) = instant_of(zone, day.at(hour, minute, 0, 0))
                && accept(at)
            {
                return ControlFlow::Break(at);
            }
        }
        ControlFlow::Continue(())
    }

    fn is_on(&self, day: Date) -> bool {
        let pattern = &self.cron.pattern;
        let number = |part: i8| u32::try_from(part).expect("a month and a day are positive");
        let (month, day_of_month) = (number(day.month()), number(day.day()));
        let weekday = WEEKDAYS[usize::from(day.weekday().to_sunday_zero_offset().unsigned_abs())];
        pattern.month_match(month).unwrap_or(false)
            && pattern
                .day_match(i32::from(day.year()), month, day_of_month, weekday)
                .unwrap_or(false)
    }

    fn is_at(&self, minute: u32) -> bool {
        let pattern = &self.cron.pattern;
        pattern.hour_match(minute / 60).unwrap_or(false)
            && pattern.minute_match(minute % 60).unwrap_or(false)
    }
}

const WEEKDAYS: [Weekday; 7] = [
    Weekday::Sunday,
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
];

/// The instant of a civil time: the first of two, or the end of the gap it stands in.
fn instant_of(zone: &TimeZone, civil: DateTime) -> Option<Timestamp> {
    let ambiguous = zone.to_ambiguous_timestamp(civil);
    match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(civil).ok(),
        AmbiguousOffset::Fold { before, .. } => before.to_timestamp(civil).ok(),
        AmbiguousOffset::Gap { after, .. } => {
            // Read with the offset from after the gap, it lies before the change; the change is the next one that passes it.
            let before_change = after.to_timestamp(civil).ok()?;
            let mut changes = zone.following(before_change);
            changes
                .find(|change| zone.to_datetime(change.timestamp()) > civil)
                .map(|change| change.timestamp())
        }
    }
}
