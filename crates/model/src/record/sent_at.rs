//! A time as a record states it: the instant, and the offset at which it is shown.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use serde::{Serialize, Serializer};

use crate::limits::TIME_BYTES_MAX;

/// An instant, and how far from UTC its source's clock was. Shown as RFC 3339 at that offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SentAt {
    /// The instant, to the nanosecond.
    pub at: Timestamp,
    /// Of the source's clock. `Z` is kept as zero.
    pub offset: Offset,
}

/// Text that is not an RFC 3339 time with an offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an RFC 3339 time with an offset")]
pub struct NotATime;

impl FromStr for SentAt {
    type Err = NotATime;

    /// Reads RFC 3339, and what RFC 9557 adds. A time without an offset is refused: it is no instant.
    fn from_str(text: &str) -> Result<Self, NotATime> {
        if text.len() > TIME_BYTES_MAX {
            return Err(NotATime);
        }
        let pieces = Pieces::parse(text).map_err(|_| NotATime)?;
        let time = pieces.time().ok_or(NotATime)?;
        let offset = pieces.to_numeric_offset().ok_or(NotATime)?;
        let at = offset
            .to_timestamp(pieces.date().to_datetime(time))
            .map_err(|_| NotATime)?;
        Ok(Self { at, offset })
    }
}

impl fmt::Display for SentAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.at.display_with_offset(self.offset).fmt(f)
    }
}

impl Serialize for SentAt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offset_of_the_source_is_shown_again() {
        for text in [
            "2023-10-08T21:33:42+08:00",
            "2023-10-08T21:33:42.125-03:30",
            "1969-12-31T23:59:59+00:00",
        ] {
            let time: SentAt = text.parse().unwrap();
            assert_eq!(time.to_string(), text);
        }
        let zulu: SentAt = "2023-10-08T13:33:42Z".parse().unwrap();
        assert_eq!(zulu.to_string(), "2023-10-08T13:33:42+00:00");
        assert_eq!(
            zulu.at,
            "2023-10-08T21:33:42+08:00".parse::<SentAt>().unwrap().at
        );
    }

    #[test]
    fn the_longest_time_is_read_and_a_longer_one_refused() {
        let longest = "2023-10-08T21:33:42.123456789+08:00[Asia/Shanghai][u-ca=iso8601]";
        assert_eq!(longest.len(), TIME_BYTES_MAX);
        let time: SentAt = longest.parse().unwrap();
        assert_eq!(time.to_string(), "2023-10-08T21:33:42.123456789+08:00");
        assert_eq!(
            longest.replace("iso", "isoo").parse::<SentAt>(),
            Err(NotATime)
        );
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        for text in [
            "",
            "yesterday",
            "2023-10-08",
            "2023-10-08T21:33:42",
            "2023-02-30T00:00:00Z",
        ] {
            assert_eq!(text.parse::<SentAt>(), Err(NotATime), "{text}");
        }
    }
}
