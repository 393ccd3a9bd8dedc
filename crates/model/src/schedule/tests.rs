//! Schedules as people write them, and their times held against an oracle that looks at every minute.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use proptest::prelude::*;

use super::*;

fn schedule(text: &str) -> Schedule {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn bad(text: &str) -> BadSchedule {
    text.parse::<Schedule>().unwrap_err()
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The next times, as the house's clocks show them.
fn next(text: &str, zone_name: &str, after: &str, count: usize) -> Vec<String> {
    let (schedule, zone) = (schedule(text), zone(zone_name));
    let mut instant = at(after);
    let mut times = Vec::new();
    for _ in 0..count {
        instant = schedule.next_after(&zone, instant).unwrap();
        times.push(
            instant
                .to_zoned_datetime(zone.clone())
                .strftime("%F %H:%M%:z")
                .to_string(),
        );
    }
    times
}

#[test]
fn the_same_schedule_is_said_in_many_ways() {
    for (texts, cron) in [
        (
            &[
                "1st and 15th at 03:00",
                "1st, 15th at 3:00",
                "on the 15th and the 1st of each month at 03:00",
                "1,15 03:00",
                "每月1日和15日 03:00",
                "每月1号、15号03:00",
                "每月１日和１５日　０３：００",
                "0 3 1,15 * *",
                " 0  3 1,15 * * ",
            ][..],
            "0 3 1,15 * *",
        ),
        (
            &[
                "daily at 03:00",
                "every day at 03:00",
                "每天 03:00",
                "每日03:00",
                "Daily 3:00",
            ],
            "0 3 * * *",
        ),
        (
            &[
                "mondays at 02:30",
                "every Monday at 02:30",
                "mon 2:30",
                "每周一 02:30",
                "星期一 02:30",
            ],
            "30 2 * * 1",
        ),
        (
            &[
                "mondays and thursdays at 02:30",
                "每周一和周四 02:30",
                "每周一、四 02:30",
            ],
            "30 2 * * 1,4",
        ),
        (
            &["sundays at 23:59", "每周日23:59", "每星期天 23:59"],
            "59 23 * * 0",
        ),
        (
            &[
                "last day at 00:00",
                "the last day of the month at 00:00",
                "每月最后一天 00:00",
                "月末 0:00",
            ],
            "0 0 L * *",
        ),
        (
            &["15th and last at 03:00", "每月15日和最后一天 03:00"],
            "0 3 15,L * *",
        ),
        (&["31 03:00", "每月31日 03:00"], "0 3 31 * *"),
    ] {
        for text in texts {
            assert_eq!(schedule(text).as_cron(), cron, "{text}");
        }
    }
}

#[test]
fn what_means_nothing_is_refused_in_both_languages() {
    for text in [
        "",
        "03:00",
        "at 03:00",
        "hourly at 03:00",
        "1st and 15th",
        "mondays and the 1st at 03:00",
        "daily on mondays at 03:00",
        "1sta at 03:00",
        "1stst 03:00",
        "每周 03:00",
        "每周八 03:00",
        "* * * *",
        "* * * * * *",
        "0 3 * * * 2027",
        "@daily",
        "0 3 15W * *",
        "0 3 * * 5#1",
        "0 3 * * 5L",
        "0 3 ? * *",
        "0 L * * *",
        "0 3 LW * *",
        "60 3 * * *",
        "0 24 * * *",
        "0 3 32 * *",
        "0 3 * 13 *",
        "a b c d e",
        "0 3 1,,15 * *",
        "0 3 ,1 * *",
        "0 3 1, * *",
        "0 3 1 FRI *",
        "0 3 * * JAN",
        "0 3 JAN * *",
        "0 3 * * MONFRI",
        "MON 3 * * *",
        "0 3 5-1 * *",
        "0 3 */0 * *",
        "0 3 L-3 * *",
    ] {
        assert_eq!(bad(text), BadSchedule::Shape, "{text}");
    }
}

#[test]
fn times_and_days_that_never_come_are_refused() {
    for text in [
        "daily at 24:00",
        "daily at 03:60",
        "daily at 3:0",
        "daily at 003:00",
        "每天 25:00",
    ] {
        assert_eq!(bad(text), BadSchedule::Time, "{text}");
    }
    for text in ["0 at 03:00", "32nd at 03:00", "每月32日 03:00", "256 03:00"] {
        assert_eq!(bad(text), BadSchedule::Day, "{text}");
    }
    for text in ["0 3 30 2 *", "0 3 31 4,6,9,11 *"] {
        assert_eq!(bad(text), BadSchedule::Never, "{text}");
    }
    for text in [
        "0 3 29 2 *",
        "*/5 3 1-7 jan,JUL mon-FRI",
        "0 3 l * *",
        "0 3 31 4 1",
    ] {
        assert_eq!(schedule(text).as_cron(), text);
    }
    for error in [
        BadSchedule::Long,
        BadSchedule::Shape,
        BadSchedule::Time,
        BadSchedule::Day,
        BadSchedule::Never,
    ] {
        assert!(!error.zh().is_empty() && !error.to_string().is_empty());
    }
}

#[test]
fn a_schedule_has_a_longest_text() {
    let long = format!("0 3 1{} * *", ",1".repeat((SCHEDULE_BYTES_MAX - 9) / 2));
    let padded = format!("{long:SCHEDULE_BYTES_MAX$}");
    assert_eq!(padded.len(), SCHEDULE_BYTES_MAX);
    assert!(padded.parse::<Schedule>().is_ok());
    assert_eq!(bad(&format!("{padded} ")), BadSchedule::Long);
}

#[test]
fn a_schedule_is_stored_as_its_five_fields() {
    let json = serde_json::to_string(&schedule("每月1日和15日 03:00")).unwrap();
    assert_eq!(json, r#""0 3 1,15 * *""#);
    let back: Schedule = serde_json::from_str(&json).unwrap();
    assert_eq!(back, schedule("1,15 03:00"));
    assert!(serde_json::from_str::<Schedule>(r#""0 3 30 2 *""#).is_err());
}

#[test]
fn a_day_that_a_month_does_not_have_is_passed_over_unless_the_last_was_asked_for() {
    assert_eq!(
        next("31 03:00", "Asia/Shanghai", "2026-01-31T03:00:00+08:00", 3),
        [
            "2026-03-31 03:00+08:00",
            "2026-05-31 03:00+08:00",
            "2026-07-31 03:00+08:00"
        ]
    );
    assert_eq!(
        next(
            "last 03:00",
            "Asia/Shanghai",
            "2026-01-31T03:00:00+08:00",
            3
        ),
        [
            "2026-02-28 03:00+08:00",
            "2026-03-31 03:00+08:00",
            "2026-04-30 03:00+08:00"
        ]
    );
    // 2100 has no 29 February.
    assert_eq!(
        next("0 3 29 2 *", "UTC", "2096-03-01T00:00:00Z", 1),
        ["2104-02-29 03:00+00:00"]
    );
}

#[test]
fn a_time_that_does_not_exist_is_the_first_after_it() {
    // Berlin, 29 March 2026: 02:00 becomes 03:00.
    assert_eq!(
        next("daily at 02:30", "Europe/Berlin", "2026-03-28T12:00:00Z", 2),
        ["2026-03-29 03:00+02:00", "2026-03-30 02:30+02:00"]
    );
    // Several times in one gap are one time, and so is one at its end.
    assert_eq!(
        next(
            "0,15,30 2,3 * * *",
            "Europe/Berlin",
            "2026-03-29T00:00:00Z",
            2
        ),
        ["2026-03-29 03:00+02:00", "2026-03-29 03:15+02:00"]
    );
    // São Paulo, 4 November 2018: the day begins at 01:00.
    assert_eq!(
        next(
            "daily at 00:00",
            "America/Sao_Paulo",
            "2018-11-03T12:00:00Z",
            2
        ),
        ["2018-11-04 01:00-02:00", "2018-11-05 00:00-02:00"]
    );
    // Samoa, 30 December 2011: the whole day does not exist.
    assert_eq!(
        next("30 12:00", "Pacific/Apia", "2011-12-01T12:00:00Z", 2),
        ["2011-12-31 00:00+14:00", "2012-01-30 12:00+14:00"]
    );
}

#[test]
fn a_time_that_exists_twice_is_one_time() {
    // Berlin, 25 October 2026: 03:00 becomes 02:00.
    assert_eq!(
        next("daily at 02:30", "Europe/Berlin", "2026-10-24T12:00:00Z", 2),
        ["2026-10-25 02:30+02:00", "2026-10-26 02:30+01:00"]
    );
    // Asked between the two, the second is none.
    let between = "2026-10-25T00:45:00Z";
    assert_eq!(
        next("daily at 02:30", "Europe/Berlin", between, 1),
        ["2026-10-26 02:30+01:00"]
    );
}

#[test]
fn what_was_missed_is_caught_up_once() {
    let (clean_up, shanghai) = (schedule("1,15 03:00"), zone("Asia/Shanghai"));
    let due = |last: &str, now: &str| clean_up.due_since(&shanghai, at(last), at(now));
    let run = "2026-06-01T03:00:00+08:00";
    // Half a year off: one run, for the latest.
    assert_eq!(
        due(run, "2026-11-24T18:00:00+08:00"),
        Some(at("2026-11-15T03:00:00+08:00"))
    );
    assert_eq!(due(run, "2026-06-15T02:59:59+08:00"), None);
    assert_eq!(
        due(run, "2026-06-15T03:00:00+08:00"),
        Some(at("2026-06-15T03:00:00+08:00"))
    );
    // Run late, the same time is not run again.
    assert_eq!(
        due("2026-06-15T09:00:00+08:00", "2026-06-30T00:00:00+08:00"),
        None
    );
    // A clock that was set back runs nothing.
    assert_eq!(due("2026-12-01T00:00:00Z", "2026-11-30T00:00:00Z"), None);
}

#[test]
fn at_the_end_of_the_calendar_there_is_no_next_time() {
    let daily = schedule("daily at 03:00");
    assert_eq!(daily.next_after(&TimeZone::UTC, Timestamp::MAX), None);
    assert_eq!(
        daily.due_since(&TimeZone::UTC, Timestamp::MIN, Timestamp::MIN),
        None
    );
}

/// A schedule as plain sets, and the text it is written as.
#[derive(Debug, Clone)]
struct Plain {
    minutes: Vec<i8>,
    hours: Vec<i8>,
    days: Vec<i8>,
    last: bool,
    /// Sunday is 0.
    weekdays: Vec<i8>,
}

impl Plain {
    fn text(&self) -> String {
        let list = |set: &[i8]| {
            let set: Vec<String> = set.iter().map(i8::to_string).collect();
            set.join(",")
        };
        let mut days = list(&self.days);
        if self.last {
            days = format!("{days}{}L", if days.is_empty() { "" } else { "," });
        }
        let or_any = |text: String| {
            if text.is_empty() {
                "*".to_owned()
            } else {
                text
            }
        };
        let (days, weekdays) = (or_any(days), or_any(list(&self.weekdays)));
        format!(
            "{} {} {days} * {weekdays}",
            list(&self.minutes),
            list(&self.hours)
        )
    }

    fn is_at(&self, civil: DateTime) -> bool {
        let day = civil.date();
        let any_of_month = self.days.is_empty() && !self.last;
        let of_month = self.days.contains(&day.day())
            || (self.last && day.tomorrow().unwrap().month() != day.month());
        let of_week = self
            .weekdays
            .contains(&day.weekday().to_sunday_zero_offset());
        let day = match (any_of_month, self.weekdays.is_empty()) {
            (true, true) => true,
            (true, false) => of_week,
            (false, true) => of_month,
            (false, false) => of_month || of_week,
        };
        day && self.minutes.contains(&civil.minute()) && self.hours.contains(&civil.hour())
    }

    /// Walks from two days before through every minute. The latest time that any clock of the house has shown only grows: what lies
    /// between it and the clock happens now, be it one minute or a gap; while the clock is behind it, nothing happens.
    fn runs(&self, zone: &TimeZone, from: Timestamp, minutes: i64) -> Vec<Timestamp> {
        let minute_of = |instant: Timestamp| {
            let civil = zone.to_datetime(instant);
            civil.date().at(civil.hour(), civil.minute(), 0, 0)
        };
        let mut latest = minute_of(from - 1.minutes());
        let mut runs = Vec::new();
        for count in 0..minutes {
            let instant = from + count.minutes();
            let shown = minute_of(instant);
            let mut runs_now = false;
            while latest < shown {
                latest = latest.checked_add(1.minute()).unwrap();
                runs_now |= self.is_at(latest);
            }
            if runs_now {
                runs.push(instant);
            }
        }
        runs
    }
}

/// Zones, each with an instant near which its clocks are set, or not.
const PLACES: [(&str, &str); 9] = [
    ("Asia/Shanghai", "2026-02-28T16:00:00Z"),
    ("Europe/Berlin", "2026-03-29T01:00:00Z"),
    ("Europe/Berlin", "2026-10-25T01:00:00Z"),
    ("America/Sao_Paulo", "2018-11-04T03:00:00Z"),
    ("America/Sao_Paulo", "2018-02-18T02:00:00Z"),
    ("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
    ("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
    ("Pacific/Apia", "2011-12-30T10:00:00Z"),
    ("Africa/Casablanca", "2026-02-15T02:00:00Z"),
];

fn some(values: std::ops::RangeInclusive<i8>, most: usize) -> impl Strategy<Value = Vec<i8>> {
    let set = prop::collection::btree_set(values, 0..=most);
    set.prop_map(|set| set.into_iter().collect())
}

fn any_plain() -> impl Strategy<Value = Plain> {
    let minutes = prop_oneof![Just(vec![0]), Just(vec![0, 30]), some(0..=59, 3)];
    let hours = prop_oneof![
        Just(vec![0]),
        Just(vec![2]),
        Just(vec![0, 1, 2, 3]),
        some(0..=23, 3)
    ];
    let days = prop_oneof![2 => Just(Vec::new()), 1 => some(1..=31, 12), 1 => some(28..=31, 3)];
    let weekdays = prop_oneof![2 => Just(Vec::new()), 1 => some(0..=6, 3)];
    let last = prop::bool::weighted(0.2);
    let parts = (minutes, hours, days, last, weekdays);
    parts.prop_map(|(mut minutes, mut hours, days, last, weekdays)| {
        if minutes.is_empty() {
            minutes.push(59);
        }
        if hours.is_empty() {
            hours.push(23);
        }
        Plain {
            minutes,
            hours,
            days,
            last,
            weekdays,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn times_are_those_of_a_walk_through_every_minute(
        plain in any_plain(),
        (zone_name, near) in prop::sample::select(&PLACES[..]),
        hours_before in 24..72_i64,
    ) {
        let (schedule, zone) = (schedule(&plain.text()), zone(zone_name));
        let from = at(near) - hours_before.hours();
        let minutes = 6 * 24 * 60;
        let runs = plain.runs(&zone, from, minutes);
        let to = from + minutes.minutes();

        let mut found = Vec::new();
        let mut instant = from - 1.nanoseconds();
        while let Some(next) = schedule.next_after(&zone, instant).filter(|next| *next < to) {
            prop_assert!(next > instant);
            found.push(next);
            instant = next;
        }
        prop_assert_eq!(&found, &runs, "{} in {}", plain.text(), zone_name);

        // Asked at any hour, what is due is the latest run by then.
        for hour in (0..6 * 24).step_by(5) {
            let now = from + hour.hours() + 59.seconds();
            let latest = runs.iter().copied().rfind(|run| *run <= now);
            let due = schedule.due_since(&zone, from - 1.nanoseconds(), now);
            prop_assert_eq!(due, latest, "{} at {}", plain.text(), now);
        }
    }
}
