//! Whether a ceiling can end before a floor: on no day may it, for months have 28 to 31 days and holidays come where they come.

use jiff::civil::{Date, date};
use jiff::{ToSpan as _, Unit};

use crate::calendar::{Counting, Holidays, Period};

/// Leap years and others, and a century without a leap day: months have all their lengths in them.
const CYCLES: [(i16, i16); 2] = [(2023, 2027), (2096, 2104)];
/// More days than holidays ever move the end of a period: the longest rest of China has nine.
const MOVED_DAYS_MAX: i64 = 15;
/// Years behind the last known one in which a period can end whose holidays were still known when it began.
const YEARS_BEHIND: i16 = 5;

/// How a period is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    Calendar,
    WorkingDays,
    Hours,
}

/// An event from which the ceiling ends before the floor, if there is one.
pub(super) fn too_short(
    counting: Counting,
    holidays: &Holidays,
    ceiling: Period,
    floor: Period,
) -> Option<Date> {
    use Measure::{Calendar, Hours, WorkingDays};
    let first = date(CYCLES[0].0, 1, 1);
    let table = || WorkingDaysTable::new(counting, holidays);
    let last_day = |event, period| counting.last_day(holidays, event, period).last_day;
    let hours = |period: Period| i64::from(period.hours);
    match (measure(ceiling), measure(floor)) {
        (Hours, Hours) => (ceiling.hours < floor.hours).then_some(first),
        (WorkingDays, WorkingDays) => (ceiling.working_days < floor.working_days).then_some(first),
        // Holidays move the later end at least as far as the earlier.
        (Calendar, Calendar) => cycles().find(|event| ceiling.after(*event) < floor.after(*event)),
        // An event late in the evening has the floor end latest, and all of its day is left out of the ceiling.
        (Calendar, Hours) => {
            cycles().find(|event| days(*event, ceiling.after(*event)) * 24 < hours(floor))
        }
        // One early in the morning has the ceiling end first.
        (Hours, Calendar) => cycles().find(|event| {
            let longest = days(*event, floor.after(*event)) + 1 + MOVED_DAYS_MAX;
            hours(ceiling) < longest * 24
        }),
        (WorkingDays, Calendar) => table().find(ceiling, |event, end| end < last_day(event, floor)),
        (Calendar, WorkingDays) => table().find(floor, |event, end| end > last_day(event, ceiling)),
        (WorkingDays, Hours) => {
            table().find(ceiling, |event, end| days(event, end) * 24 < hours(floor))
        }
        (Hours, WorkingDays) => table().find(floor, |event, end| {
            hours(ceiling) < (days(event, end) + 1) * 24
        }),
    }
}

fn measure(period: Period) -> Measure {
    if period.hours > 0 {
        Measure::Hours
    } else if period.working_days > 0 {
        Measure::WorkingDays
    } else {
        Measure::Calendar
    }
}

fn cycles() -> impl Iterator<Item = Date> {
    CYCLES
        .into_iter()
        .flat_map(|(first, last)| days_of(first, last))
}

fn days_of(first: i16, last: i16) -> impl Iterator<Item = Date> {
    date(first, 1, 1)
        .series(1.day())
        .take_while(move |day| day.year() <= last)
}

fn days(from: Date, to: Date) -> i64 {
    from.until((Unit::Day, to))
        .map_or(i64::MAX / 48, |span| i64::from(span.get_days()))
}

/// All working days of the years that a table knows, and of some behind them, in order.
struct WorkingDaysTable {
    days: Vec<Date>,
    first: i16,
    last: i16,
}

impl WorkingDaysTable {
    fn new(counting: Counting, holidays: &Holidays) -> Self {
        let (first, last) = holidays.range().unwrap_or(CYCLES[0]);
        let is_worked = |day: &Date| {
            let before = day.yesterday().expect("years are limited");
            let next = counting.last_day(holidays, before, Period::of_working_days(1));
            next.last_day == *day
        };
        let days = days_of(first, last + YEARS_BEHIND).filter(is_worked);
        Self {
            days: days.collect(),
            first,
            last,
        }
    }

    /// The first event, of those whose holidays are known, for which this holds of the end of a period of working days.
    fn find(&self, period: Period, holds: impl Fn(Date, Date) -> bool) -> Option<Date> {
        days_of(self.first, self.last).find(|event| {
            let behind = self.days.partition_point(|day| *day <= *event);
            let end = self.days.get(behind + usize::from(period.working_days) - 1);
            end.is_some_and(|end| holds(*event, *end))
        })
    }
}
