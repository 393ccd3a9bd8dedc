//! Clocks at month ends, over holidays and shifted weekends, and their warnings.

use super::*;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The last day of each clock, as the house counts, and the days on which it warns.
fn said(clocks: &[Deadline], zone: &TimeZone) -> Vec<(String, Vec<String>)> {
    let day = |at: Timestamp| zone.to_datetime(at).date();
    let said = |clock: &Deadline| {
        let warn_at = clock.warn_at.iter();
        (
            day(clock.due).yesterday().unwrap().to_string(),
            warn_at.map(|at| day(*at).to_string()).collect(),
        )
    };
    clocks.iter().map(said).collect()
}

fn china(right: Right, received: &str) -> (String, Vec<String>) {
    let (pack, zone) = (Pack::shipped("cn").unwrap(), zone("Asia/Shanghai"));
    let clocks = deadlines(&pack, &zone, right, at(received));
    assert_eq!(clocks.len(), 1);
    said(&clocks, &zone).remove(0)
}

#[test]
fn an_answer_in_china_is_due_in_thirty_days_and_not_in_a_holiday() {
    let (last, warn_on) = china(Right::Erasure, "2026-03-10T09:00:00+08:00");
    assert_eq!(last, "2026-04-09");
    // Day 20 and ten days before are one day here.
    assert_eq!(warn_on, ["2026-03-30", "2026-04-06"]);
    // Thirty days from 1 September 2025 are the first of the holidays; 9 October is worked.
    let (last, warn_on) = china(Right::Copy, "2025-09-01T23:59:59+08:00");
    assert_eq!(last, "2025-10-09");
    assert_eq!(warn_on, ["2025-09-21", "2025-09-29", "2025-10-06"]);
}

#[test]
fn the_day_of_receipt_is_the_houses() {
    // Still 9 March in Greenwich, already the 10th in Shanghai.
    let (last, _) = china(Right::Erasure, "2026-03-09T16:00:00Z");
    assert_eq!(last, "2026-04-09");
    let (last, _) = china(Right::Erasure, "2026-03-09T15:59:59Z");
    assert_eq!(last, "2026-04-08");
}

#[test]
fn an_account_is_closed_within_fifteen_working_days_with_shifted_weekends() {
    // 26 September 2025 is a Friday: Sunday 28 is worked, 1 to 8 October rest, Saturday 11 is worked.
    let (last, warn_on) = china(Right::AccountClosure, "2025-09-26T10:00:00+08:00");
    assert_eq!(last, "2025-10-23");
    assert_eq!(warn_on, ["2025-10-13", "2025-10-16", "2025-10-20"]);
    // Without any holiday, fifteen working days are three weeks.
    let (last, warn_on) = china(Right::AccountClosure, "2025-11-03T10:00:00+08:00");
    assert_eq!(last, "2025-11-24");
    assert_eq!(warn_on, ["2025-11-14", "2025-11-21", "2025-11-23"]);
}

#[test]
fn a_month_in_europe_ends_with_the_month() {
    let (pack, zone) = (Pack::shipped("eu").unwrap(), zone("Europe/Berlin"));
    let one = |received: &str| {
        let clocks = deadlines(&pack, &zone, Right::Erasure, at(received));
        assert_eq!(clocks.len(), 1);
        assert_eq!(clocks[0].notice_until, Some(clocks[0].due));
        said(&clocks, &zone).remove(0)
    };
    let (last, warn_on) = one("2024-01-31T12:00:00+01:00");
    assert_eq!(last, "2024-02-29");
    assert_eq!(warn_on, ["2024-02-19", "2024-02-20", "2024-02-26"]);
    // 28 February 2026 is a Saturday: Monday, 2 March.
    assert_eq!(one("2026-01-31T12:00:00+01:00").0, "2026-03-02");
    // Clocks are set forward in between: the day still ends at midnight of the house.
    let clocks = deadlines(&pack, &zone, Right::Copy, at("2026-03-10T12:00:00+01:00"));
    assert_eq!(clocks[0].due, at("2026-04-11T00:00:00+02:00"));
}

#[test]
fn two_months_more_are_had_for_notice_within_the_first() {
    let (pack, zone) = (Pack::shipped("eu").unwrap(), zone("Europe/Berlin"));
    let received = at("2026-01-31T12:00:00+01:00");
    let first = deadlines(&pack, &zone, Right::Erasure, received).remove(0);
    let longer = |noticed| extended(&pack, &zone, Right::Erasure, received, noticed);
    let clocks = longer(first.due - 1.nanoseconds()).unwrap();
    assert_eq!(
        said(&clocks, &zone),
        [(
            "2026-04-30".to_owned(),
            vec!["2026-04-20".to_owned(), "2026-04-27".to_owned()]
        )]
    );
    assert!(clocks[0].extended && clocks[0].notice_until.is_none());
    assert_eq!(longer(first.due), Err(NoExtension::NoticeIsLate));
    assert_eq!(
        longer(received - 1.seconds()),
        Err(NoExtension::NoticeIsEarly)
    );
    let cn = Pack::shipped("cn").unwrap();
    assert_eq!(
        extended(&cn, &zone, Right::Erasure, received, received),
        Err(NoExtension::NotByThisLaw)
    );
}

#[test]
fn under_both_laws_the_first_to_end_stands_first_and_is_not_made_longer() {
    let (pack, zone) = (Pack::shipped("cn+eu").unwrap(), zone("Asia/Shanghai"));
    let received = at("2026-03-10T09:00:00+08:00");
    let clocks = deadlines(&pack, &zone, Right::Erasure, received);
    let laws: Vec<Counting> = clocks.iter().map(|clock| clock.counting).collect();
    assert_eq!(laws, [Counting::CivilCode, Counting::Regulation1182]);
    let longer = extended(&pack, &zone, Right::Erasure, received, received).unwrap();
    assert_eq!(longer[0], clocks[0]);
    assert!(longer[1].extended && longer[1].due > clocks[1].due);
}

#[test]
fn a_trial_has_no_clock_and_an_unknown_year_is_named() {
    let zone = zone("Asia/Shanghai");
    let none = Pack::shipped("none").unwrap();
    let received = at("2026-12-20T09:00:00+08:00");
    assert_eq!(deadlines(&none, &zone, Right::Erasure, received), []);
    let cn = Pack::shipped("cn").unwrap();
    let clocks = deadlines(&cn, &zone, Right::AccountClosure, received);
    assert_eq!(clocks[0].unknown_year, Some(2027));
}

#[test]
fn warnings_come_in_order_after_receipt_and_before_it_is_late() {
    for name in ["cn", "eu", "cn+eu"] {
        let pack = Pack::shipped(name).unwrap();
        for offset in 0..730 {
            let zone = zone("Asia/Shanghai");
            let received = at("2024-12-31T23:30:00+08:00") + (24 * offset).hours();
            for right in Right::ALL {
                for clock in deadlines(&pack, &zone, *right, received) {
                    assert!(clock.warn_at.len() >= 2, "{name} {right}");
                    assert!(clock.warn_at.is_sorted());
                    assert!(
                        clock
                            .warn_at
                            .iter()
                            .all(|at| (received..clock.due).contains(at))
                    );
                }
            }
        }
    }
}
