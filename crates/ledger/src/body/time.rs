//! Times and dates as entry bodies spell them: UTC, whole seconds, one length, so that text order is time order.

use serde::{Deserialize, Serialize};
use std::fmt;

/// `2026-10-07T08:09:10Z` (RFC 3339, UTC, whole seconds, years 0001 to 9999).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Time(String);

/// `2026-10-07`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(String);

/// A text that is no time or date of the one form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a time of the form 2026-10-07T08:09:10Z or a date of the form 2026-10-07")]
pub struct TimeError;

const SECONDS_A_DAY: i64 = 24 * 60 * 60;

impl Time {
    /// Reads the one form.
    ///
    /// # Errors
    /// Another form, or a time that no clock shows.
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        let (date, time) = text.split_once('T').ok_or(TimeError)?;
        Date::parse(date)?;
        let time = time.strip_suffix('Z').ok_or(TimeError)?;
        let [hour, minute, second] = numbers(time, ':', [2, 2, 2]).ok_or(TimeError)?;
        if hour > 23 || minute > 59 || second > 59 {
            return Err(TimeError);
        }
        Ok(Self(text.to_owned()))
    }

    /// The time of so many seconds since 1970 began.
    ///
    /// # Errors
    /// Before year 1 or after year 9999.
    pub fn from_unix_seconds(seconds: i64) -> Result<Self, TimeError> {
        let (day, second) = (
            seconds.div_euclid(SECONDS_A_DAY),
            seconds.rem_euclid(SECONDS_A_DAY),
        );
        let date = date_of_day(day).ok_or(TimeError)?;
        Ok(Self(format!(
            "{date}T{:02}:{:02}:{:02}Z",
            second / 3600,
            second / 60 % 60,
            second % 60
        )))
    }

    /// The date, in UTC.
    #[must_use]
    pub fn date(&self) -> Date {
        Date(self.0[..10].to_owned())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Date {
    /// Reads the one form.
    ///
    /// # Errors
    /// Another form, or a date that no calendar shows.
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        let [year, month, day] = numbers(text, '-', [4, 2, 2]).ok_or(TimeError)?;
        if year == 0 || !(1..=12).contains(&month) || day == 0 || day > days_in_month(year, month) {
            return Err(TimeError);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Three numbers of exactly these widths.
fn numbers(text: &str, separator: char, widths: [usize; 3]) -> Option<[u32; 3]> {
    let parts: Vec<_> = text.split(separator).collect();
    let parts: [&str; 3] = parts.try_into().ok()?;
    let mut numbers = [0; 3];
    for ((part, width), number) in parts.iter().zip(widths).zip(&mut numbers) {
        if part.len() != width || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    Some(numbers)
}

fn days_in_month(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    }
}

/// The date of a day counted from 1970-01-01. Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`:
/// years begin in March, so that the leap day is the last; an era is 400 years or 146,097 days.
fn date_of_day(day: i64) -> Option<String> {
    let day = day.checked_add(719_468)?;
    let (era, day_of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (1..=9999)
        .contains(&year)
        .then(|| format!("{year:04}-{month:02}-{day_of_month:02}"))
}

impl TryFrom<String> for Time {
    type Error = TimeError;
    fn try_from(text: String) -> Result<Self, TimeError> {
        Self::parse(&text)
    }
}

impl TryFrom<String> for Date {
    type Error = TimeError;
    fn try_from(text: String) -> Result<Self, TimeError> {
        Self::parse(&text)
    }
}

impl From<Time> for String {
    fn from(time: Time) -> Self {
        time.0
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_the_times_that_clocks_show() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_791_360_550, "2026-10-07T08:09:10Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
            (-62_135_596_800, "0001-01-01T00:00:00Z"),
        ] {
            let time = Time::from_unix_seconds(seconds).unwrap();
            assert_eq!(time.as_str(), text);
            assert_eq!(Time::parse(text), Ok(time));
        }
        for out_of_range in [253_402_300_800, -62_135_596_801, i64::MAX, i64::MIN] {
            assert_eq!(Time::from_unix_seconds(out_of_range), Err(TimeError));
        }
    }

    #[test]
    fn other_spellings_are_refused() {
        for text in [
            "",
            "2026-10-07",
            "2026-10-07T08:09:10",
            "2026-10-07T08:09:10+08:00",
            "2026-10-07T08:09:10.5Z",
            "2026-10-07t08:09:10z",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "2026-10-07T24:00:00Z",
            "2026-10-07T08:60:00Z",
            "2026-10-07T08:09:60Z",
            "+026-10-07T08:09:10Z",
            "2026-10-07T08:09:10ZZ",
            "２026-10-07T08:09:1Z",
        ] {
            assert_eq!(Time::parse(text), Err(TimeError), "{text}");
        }
        assert!(Date::parse("2024-02-29").is_ok() && Date::parse("2100-02-29").is_err());
    }
}
