//! A length of time as laws and houses say it: `3y 30d`, `1mo`, `15wd`, `72h`.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use serde::{Deserialize, Serialize};

use super::OUT_OF_RANGE;

/// No period is longer than a person lives.
const YEARS_MAX: u16 = 150;
/// Four years of working days: a longer period is said in years.
const WORKING_DAYS_MAX: u16 = 1_000;
/// `150y 1800mo 54750d`, and some.
const BYTES_MAX: usize = 64;

/// Years, months and days, or working days, or hours. They are counted from the largest part down.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    /// `y`
    pub years: u16,
    /// `mo`
    pub months: u16,
    /// `w`
    pub weeks: u16,
    /// `d`
    pub days: u16,
    /// `wd`; alone
    pub working_days: u16,
    /// `h`; alone
    pub hours: u16,
}

/// A text that is no period.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BadPeriod {
    /// Something else than numbers with units.
    #[error(
        "write a period as numbers with units, such as 3y 30d; the units are y, mo, w, d, wd (working days) and h"
    )]
    Shape,
    /// A unit stands twice, or a smaller before a larger.
    #[error("write each unit once, the largest first: 3y 30d")]
    Order,
    /// Working days or hours beside others.
    #[error("working days (wd) and hours (h) stand alone")]
    Mixed,
    /// More than 150 years, or than 1,000 working days.
    #[error("longer than 150 years, or than 1000 working days")]
    Long,
}

impl Period {
    /// So many days.
    #[must_use]
    pub const fn of_days(days: u16) -> Self {
        Self {
            days,
            ..Self::NOTHING
        }
    }

    /// So many hours.
    #[must_use]
    pub const fn of_hours(hours: u16) -> Self {
        Self {
            hours,
            ..Self::NOTHING
        }
    }

    /// So many working days.
    #[must_use]
    pub const fn of_working_days(working_days: u16) -> Self {
        Self {
            working_days,
            ..Self::NOTHING
        }
    }

    /// No time at all.
    pub const NOTHING: Self = Self {
        years: 0,
        months: 0,
        weeks: 0,
        days: 0,
        working_days: 0,
        hours: 0,
    };

    /// Whether it has no part.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        self == Self::NOTHING
    }

    /// The day on which it ends, whatever day that is: years and months end on the same date, or on the month's last day.
    /// Working days are counted as days, hours as the days they fill.
    #[must_use]
    pub fn after(self, event: Date) -> Date {
        let months = i64::from(self.years) * 12 + i64::from(self.months);
        let days = i64::from(self.weeks) * 7
            + i64::from(self.days)
            + i64::from(self.working_days)
            + i64::from(self.hours.div_ceil(24));
        let add = |day: Date, span: Span| day.checked_add(span).unwrap_or(OUT_OF_RANGE);
        add(add(event, months.months()), days.days())
    }

    /// Whether it is a period of two days or more, as article 3(5) of Regulation 1182/71 has it; hours are none.
    pub(super) fn is_of_two_days_or_more(self, event: Date) -> bool {
        let shortest = event.checked_add(2.days()).unwrap_or(OUT_OF_RANGE);
        self.hours == 0 && self.after(event) >= shortest
    }

    fn parts(self) -> [(u16, &'static str); 6] {
        [
            (self.years, "y"),
            (self.months, "mo"),
            (self.weeks, "w"),
            (self.days, "d"),
            (self.working_days, "wd"),
            (self.hours, "h"),
        ]
    }

    fn check(self) -> Result<Self, BadPeriod> {
        let long = u32::from(YEARS_MAX);
        let months = u32::from(self.years) * 12 + u32::from(self.months);
        let days = u32::from(self.weeks) * 7 + u32::from(self.days);
        if months > long * 12 || days > long * 365 || self.working_days > WORKING_DAYS_MAX {
            return Err(BadPeriod::Long);
        }
        let parts = self.parts();
        let present = |unit: &str| {
            parts
                .iter()
                .any(|(count, name)| *name == unit && *count > 0)
        };
        let several = parts.iter().filter(|(count, _)| *count > 0).count() > 1;
        if several && (present("wd") || present("h")) {
            return Err(BadPeriod::Mixed);
        }
        Ok(self)
    }
}

impl FromStr for Period {
    type Err = BadPeriod;

    /// Reads what [`fmt::Display`] writes, with or without spaces.
    fn from_str(text: &str) -> Result<Self, BadPeriod> {
        if text.len() > BYTES_MAX || text.trim().is_empty() {
            return Err(BadPeriod::Shape);
        }
        let mut period = Self::default();
        let mut rest = text.trim();
        let mut last = None;
        while !rest.is_empty() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (number, behind) = rest.split_at(digits);
            let letters = behind.bytes().take_while(u8::is_ascii_alphabetic).count();
            let (unit, behind) = behind.split_at(letters);
            if number.is_empty() || unit.is_empty() {
                return Err(BadPeriod::Shape);
            }
            let count: u16 = number.parse().map_err(|_| BadPeriod::Long)?;
            let (rank, place) = match unit {
                "y" => (0, &mut period.years),
                "mo" => (1, &mut period.months),
                "w" => (2, &mut period.weeks),
                "d" => (3, &mut period.days),
                "wd" => (4, &mut period.working_days),
                "h" => (5, &mut period.hours),
                _ => return Err(BadPeriod::Shape),
            };
            *place = count;
            if last.is_some_and(|last| last >= rank) {
                return Err(BadPeriod::Order);
            }
            last = Some(rank);
            rest = behind.trim_start();
        }
        period.check()
    }
}

impl fmt::Display for Period {
    /// `3y 30d`; no time at all is `0d`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_nothing() {
            return formatter.write_str("0d");
        }
        let mut space = "";
        for (count, unit) in self.parts() {
            if count > 0 {
                write!(formatter, "{space}{count}{unit}")?;
                space = " ";
            }
        }
        Ok(())
    }
}

impl TryFrom<String> for Period {
    type Error = BadPeriod;

    fn try_from(text: String) -> Result<Self, BadPeriod> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}
