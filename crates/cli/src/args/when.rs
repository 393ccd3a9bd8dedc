//! A day or a time on the command line. What a day means is known once the tenant's time zone is.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use wuhen_model::record::SentAt;

use super::value::BadValue;

/// As it was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum When {
    /// A day of the tenant's calendar.
    Day(Date),
    /// An instant.
    Time(Timestamp),
}

/// Which end of a day is meant.
#[derive(Clone, Copy)]
pub(crate) enum Edge {
    /// Its first instant.
    Start,
    /// The first instant of the next day.
    End,
}

impl When {
    /// The instant. `None`: it is out of the calendar's range.
    pub(crate) fn instant(self, zone: &TimeZone, edge: Edge) -> Option<Timestamp> {
        match self {
            Self::Time(time) => Some(time),
            Self::Day(day) => {
                let day = match edge {
                    Edge::Start => day,
                    Edge::End => day.tomorrow().ok()?,
                };
                Some(day.to_zoned_datetime(zone.clone()).ok()?.timestamp())
            }
        }
    }
}

impl FromStr for When {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Self, BadValue> {
        if let Ok(time) = text.parse::<SentAt>() {
            return Ok(Self::Time(time.at));
        }
        // jiff would take a date out of a longer text.
        if text.len() == "2024-05-01".len() {
            return text.parse().map(Self::Day).map_err(|_| not_a_date());
        }
        Err(not_a_date())
    }
}

fn not_a_date() -> BadValue {
    BadValue::new(
        "write a day as 2024-05-01, or a time as 2024-05-01T08:00:00+08:00",
        "日期写作 2024-05-01，时间写作 2024-05-01T08:00:00+08:00",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str, zone: &str, edge: Edge) -> String {
        let zone = TimeZone::get(zone).unwrap();
        text.parse::<When>()
            .unwrap()
            .instant(&zone, edge)
            .unwrap()
            .to_string()
    }

    #[test]
    fn a_day_begins_and_ends_in_the_zone_of_the_tenant() {
        assert_eq!(
            instant("2024-05-01", "Asia/Shanghai", Edge::Start),
            "2024-04-30T16:00:00Z"
        );
        assert_eq!(
            instant("2024-05-01", "Asia/Shanghai", Edge::End),
            "2024-05-01T16:00:00Z"
        );
        // The clocks go forward in this night.
        assert_eq!(
            instant("2024-03-31", "Europe/Berlin", Edge::End),
            "2024-03-31T22:00:00Z"
        );
        assert_eq!(
            instant("2024-05-01T08:00:00+08:00", "UTC", Edge::End),
            "2024-05-01T00:00:00Z"
        );
    }

    #[test]
    fn a_time_without_an_offset_is_no_instant() {
        for bad in [
            "2024-05-01T08:00:00",
            "2024-5-1",
            "2024-13-01",
            "yesterday",
            "",
        ] {
            assert!(bad.parse::<When>().is_err(), "{bad}");
        }
    }
}
