//! Times that come back: `1st and 15th at 03:00`, `每月1日和15日 03:00`, or five fields of cron. A schedule is civil time of the house; what
//! it does when clocks are set forward or back, and what was missed, is decided here and nowhere else.

mod said;
mod walk;

use std::fmt;
use std::str::FromStr;

use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};
use serde::{Deserialize, Serialize};

/// `0,5,10,15,20,25,30,35,40,45,50,55 3 1,15 * *` has 46; a list of all minutes has 170.
pub const SCHEDULE_BYTES_MAX: usize = 256;
/// Which of the five fields has days of the month.
const DAY_OF_MONTH: usize = 2;

/// A schedule: minutes, hours, days of the month, months and days of the week, as cron has them. If both kinds of day are given, either
/// is enough. A day that a month does not have is passed over; `last` is the last it has.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Schedule {
    /// Five fields.
    text: String,
    cron: Cron,
}

/// A text that is no schedule.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BadSchedule {
    /// Longer than [`SCHEDULE_BYTES_MAX`].
    #[error("a schedule has 256 bytes at most")]
    Long,
    /// Words or fields that mean nothing here.
    #[error(
        "write a schedule as \"1st and 15th at 03:00\", \"last day at 03:00\", \"daily at 03:00\", \"mondays at 02:30\", in Chinese as \
         \"每月1日和15日 03:00\", or as five fields of cron such as \"0 3 1,15 * *\""
    )]
    Shape,
    /// No such hour or minute.
    #[error("a time of day is from 00:00 to 23:59")]
    Time,
    /// No such day.
    #[error("a day of the month is from 1 to 31")]
    Day,
    /// A day that no month of the schedule has.
    #[error("this never happens: no such day in these months")]
    Never,
}

impl BadSchedule {
    /// The same in Chinese.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Long => "时间安排最长 256 字节",
            Self::Shape => {
                "请写成“每月1日和15日 03:00”“每月最后一天 03:00”“每天 03:00”“每周一 02:30”，或英文 “1st and 15th at 03:00”，或五段 cron，例如 “0 3 1,15 * *”"
            }
            Self::Time => "时间应在 00:00 到 23:59 之间",
            Self::Day => "日期应在 1 到 31 之间",
            Self::Never => "所选月份没有这一天，永远不会执行",
        }
    }
}

impl Schedule {
    /// As five fields of cron.
    #[must_use]
    pub fn as_cron(&self) -> &str {
        &self.text
    }

    fn from_fields(text: String) -> Result<Self, BadSchedule> {
        if !is_plain(&text) {
            return Err(BadSchedule::Shape);
        }
        let parser = CronParser::builder()
            .seconds(Seconds::Disallowed)
            .year(Year::Disallowed)
            .build();
        let cron = parser.parse(&text).map_err(|_| BadSchedule::Shape)?;
        let schedule = Self { text, cron };
        if schedule.happens() {
            Ok(schedule)
        } else {
            Err(BadSchedule::Never)
        }
    }
}

const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// Whether it has five fields and nothing that only some crons know: `W`, `#`, `?`, `@daily`, a last weekday, a weekday for a month.
/// Each would be one more way to be misread about when records are erased.
fn is_plain(text: &str) -> bool {
    let names: [&[&str]; 5] = [&[], &[], &[], &MONTHS, &WEEKDAYS];
    let fields: Vec<&str> = text.split(' ').collect();
    let is_atom = |atom: &str, names: &[&str]| {
        let is_number = !atom.is_empty() && atom.bytes().all(|byte| byte.is_ascii_digit());
        is_number || atom == "*" || names.iter().any(|name| name.eq_ignore_ascii_case(atom))
    };
    let is_part = |place: usize, part: &str| {
        let is_last = place == DAY_OF_MONTH && part.eq_ignore_ascii_case("L");
        is_last
            || part
                .split(['-', '/'])
                .all(|atom| is_atom(atom, names[place]))
    };
    fields.len() == names.len()
        && fields
            .iter()
            .enumerate()
            .all(|(place, field)| field.split(',').all(|part| is_part(place, part)))
}

impl FromStr for Schedule {
    type Err = BadSchedule;

    fn from_str(text: &str) -> Result<Self, BadSchedule> {
        if text.len() > SCHEDULE_BYTES_MAX {
            return Err(BadSchedule::Long);
        }
        // No field of cron has a colon, and no time of day is without.
        if text.contains([':', '：']) {
            return Self::from_fields(said::fields(text)?);
        }
        let fields: Vec<&str> = text.split_whitespace().collect();
        Self::from_fields(fields.join(" "))
    }
}

impl fmt::Debug for Schedule {
    /// The five fields: what they were read into has thousands of numbers.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Schedule").field(&self.text).finish()
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.text)
    }
}

impl TryFrom<String> for Schedule {
    type Error = BadSchedule;

    fn try_from(text: String) -> Result<Self, BadSchedule> {
        text.parse()
    }
}

impl From<Schedule> for String {
    fn from(schedule: Schedule) -> Self {
        schedule.text
    }
}

#[cfg(test)]
mod tests;
