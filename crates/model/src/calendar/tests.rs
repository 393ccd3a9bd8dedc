//! Periods as the laws count them, held against a calendar that counts on its fingers.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

fn last(counting: Counting, event: Date, text: &str) -> String {
    let holidays = match counting {
        Counting::Regulation1182 => Holidays::member_state("DE").unwrap(),
        _ => Holidays::china(),
    };
    let counted = counting.last_day(&holidays, event, period(text));
    assert_eq!(counted.unknown_year, None);
    counted.last_day.to_string()
}

#[test]
fn the_civil_code_leaves_out_the_first_day_and_ends_a_month_on_its_date() {
    let civil = |event, text| last(Counting::CivilCode, event, text);
    assert_eq!(civil(date(2025, 3, 10), "30d"), "2025-04-09");
    assert_eq!(civil(date(2025, 3, 10), "1mo"), "2025-04-10");
    // No such date: the month's last day (article 202), here a Friday.
    assert_eq!(civil(date(2025, 1, 31), "1mo"), "2025-02-28");
    assert_eq!(civil(date(2024, 2, 29), "1y"), "2025-02-28");
    // Years first, then days: 20 March 2026 is a Friday.
    assert_eq!(civil(date(2023, 2, 18), "3y 30d"), "2026-03-20");
}

#[test]
fn a_chinese_period_that_ends_in_a_holiday_ends_after_it() {
    let civil = |event, text| last(Counting::CivilCode, event, text);
    // 1 October 2025: the holidays last until the 8th, the 9th is worked.
    assert_eq!(civil(date(2025, 9, 1), "30d"), "2025-10-09");
    // A Saturday; Sunday 28 September 2025 is worked.
    assert_eq!(civil(date(2025, 8, 27), "1mo"), "2025-09-28");
    // A Sunday that is worked is no day of rest.
    assert_eq!(civil(date(2026, 9, 17), "3d"), "2026-09-20");
}

#[test]
fn working_days_leave_out_holidays_and_count_weekends_that_are_worked() {
    let civil = |event, text| last(Counting::CivilCode, event, text);
    // Friday 26 September 2025: 28 (Sunday, worked), 29, 30, then the holidays, 9, 10, 11 (Saturday, worked).
    assert_eq!(civil(date(2025, 9, 26), "1wd"), "2025-09-28");
    assert_eq!(civil(date(2025, 9, 26), "3wd"), "2025-09-30");
    assert_eq!(civil(date(2025, 9, 26), "6wd"), "2025-10-11");
    assert_eq!(civil(date(2025, 11, 3), "15wd"), "2025-11-24");
}

#[test]
fn european_periods_end_on_working_days_and_have_two_of_them() {
    let european = |event, text| last(Counting::Regulation1182, event, text);
    // A month from 25 November 2025 ends on Christmas: 25 and 26 are holidays, then the weekend.
    assert_eq!(european(date(2025, 11, 25), "1mo"), "2025-12-29");
    assert_eq!(european(date(2025, 1, 31), "1mo"), "2025-02-28");
    // Two days from a Friday are a weekend: it ends on Tuesday, the second working day.
    assert_eq!(european(date(2025, 7, 4), "2d"), "2025-07-08");
    assert_eq!(european(date(2025, 7, 4), "1d"), "2025-07-07");
    // Three days from Thursday end on Sunday, so on Monday, and Friday was the other.
    assert_eq!(european(date(2025, 7, 3), "3d"), "2025-07-07");
    assert_eq!(european(date(2025, 7, 4), "1w"), "2025-07-11");
}

#[test]
fn hours_run_on_the_clock_and_days_end_at_midnight_of_the_house() {
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    let at: Timestamp = "2025-10-01T10:20:30+08:00".parse().unwrap();
    let end = |text| {
        let (end, _) = Counting::CivilCode.end(&Holidays::china(), &zone, at, period(text));
        end.to_string()
    };
    assert_eq!(end("4h"), "2025-10-01T06:20:30Z");
    assert_eq!(end("72h"), "2025-10-04T02:20:30Z");
    assert_eq!(end("30d"), "2025-10-31T16:00:00Z");
}

#[test]
fn a_year_that_the_table_does_not_know_is_named() {
    let china = Holidays::china();
    let (_, last_year) = china.range().unwrap();
    let counted = Counting::CivilCode.last_day(&china, date(last_year, 12, 20), period("15wd"));
    assert_eq!(counted.unknown_year, Some(last_year + 1));
    let more = [(
        (last_year + 1).to_string(),
        Year {
            rest: vec!["01-01".to_owned()],
            work: vec![],
        },
    )];
    let more = Holidays::from_years(&more.into()).unwrap();
    let known =
        Counting::CivilCode.last_day(&china.with(&more), date(last_year, 12, 20), period("15wd"));
    assert_eq!(known.unknown_year, None);
    assert!(known.last_day >= counted.last_day);
}

#[test]
fn tables_are_whole_and_wrong_ones_say_where() {
    assert_eq!(Holidays::china().range(), Some((2020, 2026)));
    assert_eq!(Holidays::member_states().len(), 27);
    for state in Holidays::member_states() {
        let table = Holidays::member_state(&state).unwrap();
        assert_eq!(table.range(), Some((2024, 2030)), "{state}");
    }
    assert_eq!(Holidays::member_state("UK"), Err(UnknownState));
    let year = |rest: &str, work: &str| {
        let list = |text: &str| text.split_terminator(' ').map(str::to_owned).collect();
        let year = Year {
            rest: list(rest),
            work: list(work),
        };
        Holidays::from_years(&[("2027".to_owned(), year)].into()).map(drop)
    };
    assert_eq!(year("01-01", "01-03"), Ok(()));
    assert!(matches!(
        year("1-1", ""),
        Err(BadHolidays::Day { year: 2027, .. })
    ));
    assert!(matches!(year("02-29", ""), Err(BadHolidays::Day { .. })));
    assert!(matches!(year("01-01", "01-01"), Err(BadHolidays::Both(_))));
}

#[test]
fn periods_are_read_and_written_alike() {
    for text in ["3y 30d", "1mo", "15wd", "72h", "2w", "1y 2mo 3w 4d", "0d"] {
        assert_eq!(period(text).to_string(), text);
    }
    assert_eq!(period("3y30d"), period(" 3y  30d "));
    let bad = |text: &str| text.parse::<Period>().unwrap_err();
    for text in ["", " ", "3", "y", "3 y", "-1d", "1.5y", "3Y", "1 day", "1m"] {
        assert_eq!(bad(text), BadPeriod::Shape, "{text}");
    }
    assert_eq!(bad("30d 3y"), BadPeriod::Order);
    assert_eq!(bad("1d 1d"), BadPeriod::Order);
    assert_eq!(bad("1d 1wd"), BadPeriod::Mixed);
    assert_eq!(bad("1d 1h"), BadPeriod::Mixed);
    assert_eq!(period("150y").years, 150);
    assert_eq!(bad("151y"), BadPeriod::Long);
    assert_eq!(bad("99999d"), BadPeriod::Long);
    assert_eq!(period("1000wd").working_days, 1_000);
    assert_eq!(bad("1001wd"), BadPeriod::Long);
}

/// A calendar that counts on its fingers: one day after the other, with nothing but the text of the laws.
mod oracle {
    use super::*;

    fn is_leap(year: i16) -> bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    fn length(year: i16, month: i8) -> i8 {
        match month {
            2 if is_leap(year) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    fn next(day: Date) -> Date {
        let (mut year, mut month, mut number) = (day.year(), day.month(), day.day() + 1);
        if number > length(year, month) {
            number = 1;
            month += 1;
        }
        if month > 12 {
            month = 1;
            year += 1;
        }
        date(year, month, number)
    }

    /// Counted from a Monday, week by week.
    fn is_weekend(day: Date) -> bool {
        let mut monday = date(2019, 12, 30);
        let mut week = 0;
        while monday < day {
            monday = next(monday);
            week = (week + 1) % 7;
        }
        week >= 5
    }

    fn is_rest(holidays: &Holidays, day: Date) -> bool {
        holidays
            .of(day)
            .map_or_else(|| is_weekend(day), |works| !works)
    }

    pub(super) fn last_day(
        counting: Counting,
        holidays: &Holidays,
        event: Date,
        period: Period,
    ) -> Date {
        let mut last = event;
        if period.working_days > 0 {
            let mut left = period.working_days;
            while left > 0 {
                last = next(last);
                if !is_rest(holidays, last) {
                    left -= 1;
                }
            }
            return last;
        }
        let (mut year, mut month) = (event.year(), event.month());
        for _ in 0..period.years * 12 + period.months {
            month += 1;
            if month > 12 {
                month = 1;
                year += 1;
            }
        }
        last = date(year, month, event.day().min(length(year, month)));
        for _ in 0..period.weeks * 7 + period.days {
            last = next(last);
        }
        if counting == Counting::Plain || last == event {
            return last;
        }
        let two_days = last >= next(next(event));
        while is_rest(holidays, last) {
            last = next(last);
        }
        if counting == Counting::Regulation1182 && two_days {
            let worked = |last: Date| {
                let mut day = event;
                let mut worked = 0;
                while day < last {
                    day = next(day);
                    worked += i32::from(!is_rest(holidays, day));
                }
                worked
            };
            while worked(last) < 2 {
                last = next(last);
            }
        }
        last
    }
}

proptest! {
    #[test]
    fn counting_is_that_of_a_slow_calendar(
        day in 0i64..1_400,
        counting in prop::sample::select(Counting::ALL.to_vec()),
        european in any::<bool>(),
        parts in (0u16..3, 0u16..14, 0u16..4, 0u16..70, 0u16..40),
        working in any::<bool>(),
    ) {
        let holidays = if european {
            Holidays::member_state("FR").unwrap()
        } else {
            Holidays::china()
        };
        let (years, months, weeks, days, working_days) = parts;
        let period = if working && working_days > 0 {
            Period { working_days, ..Period::NOTHING }
        } else {
            Period { years, months, weeks, days, ..Period::NOTHING }
        };
        let event = date(2021, 1, 1).checked_add(day.days()).unwrap();
        prop_assert_eq!(
            counting.last_day(&holidays, event, period).last_day,
            oracle::last_day(counting, &holidays, event, period)
        );
        prop_assert_eq!(period.to_string().parse(), Ok(period));
    }

    #[test]
    fn a_longer_period_never_ends_earlier(
        day in 0i64..2_000,
        counting in prop::sample::select(Counting::ALL.to_vec()),
        days in 0u16..400,
    ) {
        let event = date(2020, 1, 1).checked_add(day.days()).unwrap();
        let china = Holidays::china();
        let last = |days| counting.last_day(&china, event, Period::of_days(days)).last_day;
        prop_assert!(last(days) <= last(days + 1));
    }
}
