//! Shipped packs, what is refused and where, and what becomes due when.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;

fn shipped(name: &str) -> Pack {
    Pack::shipped(name).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A pack with one rule, some of whose lines are others.
fn pack(change: &[(&str, &str)]) -> Result<Pack, BadPack> {
    let mut text = r#"format = "wuhen-rules/1"
name = "house"
version = "1"
counting = "civil-code"

[[rule]]
category = "payment"
purpose = { zh = "对账", en = "reconciling" }
basis = { zh = "合同", en = "contract" }
article = { zh = "第十九条", en = "article 19" }
start = "checkout"
floor = "30d"
ceiling = "1y"
on-expiry = "erase"
review = 2027-11-01
owner = "privacy officer"
"#
    .to_owned();
    for (from, to) in change {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    Pack::parse(&text)
}

fn problem(change: &[(&str, &str)]) -> String {
    pack(change).unwrap_err().to_string()
}

fn due(
    pack: &Pack,
    tenant: TenantKind,
    category: Category,
    events: &[(StartEvent, &str)],
) -> String {
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    let events = events
        .iter()
        .map(|(event, time)| (*event, at(time)))
        .collect();
    let clocks = pack.clocks(&zone, tenant, category, &events);
    let floor = match clocks.floor {
        None => "none".to_owned(),
        Some(floor) => floor
            .until
            .map_or("?".to_owned(), |until| until.to_string()),
    };
    let due = clocks
        .due
        .map_or("never".to_owned(), |(due, _)| due.to_string());
    format!("{floor} {due}")
}

#[test]
fn shipped_packs_have_a_rule_for_each_category_and_house_but_none_has_none() {
    for name in Pack::SHIPPED {
        let pack = shipped(name);
        assert_eq!(pack.name, name);
        for tenant in TenantKind::ALL {
            for category in Category::ALL {
                let rules = pack.rules_of(*category, *tenant).count();
                let expected = match name {
                    "none" => 0,
                    "cn+eu" => 2,
                    _ => 1,
                };
                assert_eq!(rules, expected, "{name} {category} {tenant}");
            }
        }
    }
    assert_eq!(Pack::shipped("us"), None);
}

#[test]
fn a_platform_keeps_its_transactions_three_years_and_a_hotel_need_not() {
    let checkout = [(
        StartEvent::TransactionCompleted,
        "2022-03-10T12:00:00+08:00",
    )];
    let due = |tenant| due(&shipped("cn"), tenant, Category::Payment, &checkout);
    // 10 March 2025 is a Monday; 30 days on, 9 April, a Wednesday.
    assert_eq!(
        due(TenantKind::Platform),
        "2025-03-10T16:00:00Z 2025-04-09T16:00:00Z"
    );
    assert_eq!(due(TenantKind::HotelOwnSite), "none 2025-04-09T16:00:00Z");
}

#[test]
fn a_clock_that_no_event_started_does_not_run_and_a_floor_holds_until_it_does() {
    let pack = shipped("cn");
    let zone = TimeZone::UTC;
    let clocks = pack.clocks(
        &zone,
        TenantKind::Platform,
        Category::Refund,
        &Events::new(),
    );
    assert!(clocks.must_stay(Timestamp::MAX) && !clocks.is_due(Timestamp::MAX));
    let clocks = pack.clocks(
        &zone,
        TenantKind::HotelOwnSite,
        Category::Refund,
        &Events::new(),
    );
    assert!(!clocks.must_stay(Timestamp::MIN) && !clocks.is_due(Timestamp::MAX));
}

#[test]
fn a_record_is_due_when_its_last_day_is_over_in_the_time_zone_of_the_house() {
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    let events = [(StartEvent::PurposeDone, at("2025-11-24T20:00:00+08:00"))].into();
    let pack = shipped("cn");
    let clocks = pack.clocks(
        &zone,
        TenantKind::HotelOwnSite,
        Category::IdentityDocument,
        &events,
    );
    assert!(!clocks.is_due(at("2025-11-27T23:59:59+08:00")));
    assert!(clocks.is_due(at("2025-11-28T00:00:00+08:00")));
}

#[test]
fn of_two_packs_every_floor_holds_and_the_earlier_ceiling_but_not_before_a_floor() {
    let keep = pack(&[("\"30d\"", "\"2y\""), ("\"1y\"", "\"3y\"")]).unwrap();
    let drop = pack(&[
        ("floor = \"30d\"\n", ""),
        ("civil-code", "regulation-1182-71"),
    ])
    .unwrap();
    let both = keep.strictest(drop);
    let event = [(StartEvent::Checkout, "2022-06-01T00:00:00Z")];
    // One year would be 1 June 2023; the floor ends with Saturday 1 June 2024, so with Monday.
    assert_eq!(
        due(&both, TenantKind::Platform, Category::Payment, &event),
        "2024-06-03T16:00:00Z 2024-06-03T16:00:00Z"
    );
    assert_eq!(both.name, "house+house");
}

#[test]
fn a_rule_is_refused_with_its_line_and_what_to_do() {
    assert!(pack(&[]).is_ok());
    let no_ceiling = problem(&[("ceiling = \"1y\"\n", "")]);
    assert!(
        no_ceiling.starts_with("line 6, payment: ceiling: is missing"),
        "{no_ceiling}"
    );
    let short = problem(&[("\"1y\"", "\"29d\"")]);
    assert!(
        short.contains("ceiling: 29d ends before the floor of 30d"),
        "{short}"
    );
    let nobody = problem(&[("\"checkout\"", "\"last-edit\"")]);
    assert!(
        nobody.contains("payment: start: nobody emits \"last-edit\"; write one of"),
        "{nobody}"
    );
    let period = problem(&[("\"1y\"", "\"a year\"")]);
    assert!(
        period.contains("line 6, payment: ceiling: write a period as"),
        "{period}"
    );
    for (field, line) in [
        (
            "purpose",
            "purpose = { zh = \"对账\", en = \"reconciling\" }\n",
        ),
        ("basis", "basis = { zh = \"合同\", en = \"contract\" }\n"),
        (
            "article",
            "article = { zh = \"第十九条\", en = \"article 19\" }\n",
        ),
        ("start", "start = \"checkout\"\n"),
        ("on-expiry", "on-expiry = \"erase\"\n"),
        ("review", "review = 2027-11-01\n"),
        ("owner", "owner = \"privacy officer\"\n"),
    ] {
        let missing = problem(&[(line, "")]);
        assert!(
            missing.starts_with(&format!("line 6, payment: {field}: ")),
            "{missing}"
        );
    }
}

#[test]
fn a_month_may_be_shorter_than_a_floor_of_thirty_days() {
    let month = problem(&[("\"1y\"", "\"1mo\"")]);
    assert!(month.contains("counted from 20"), "{month}");
    // A floor of a month is never longer than 31 days, however the holidays lie.
    assert!(pack(&[("\"1y\"", "\"31d\""), ("\"30d\"", "\"1mo\"")]).is_ok());
    assert!(pack(&[("\"1y\"", "\"720h\""), ("\"30d\"", "\"24h\"")]).is_ok());
}

#[test]
fn a_ceiling_is_held_against_a_floor_in_whatever_units_both_are_said() {
    let is_taken = |floor: &str, ceiling: &str| {
        let change = [
            ("\"30d\"", &*format!("\"{floor}\"")),
            ("\"1y\"", &*format!("\"{ceiling}\"")),
        ];
        pack(&change).is_ok()
    };
    // An event late in the evening: 47 hours end on the second day after it, one day ends on the first.
    assert!(!is_taken("47h", "1d") && is_taken("24h", "1d"));
    assert!(!is_taken("1d", "24h") && is_taken("1d", "500h"));
    // Five working days from 12 February 2026 end on the 27th: nine days of rest lie between.
    assert!(!is_taken("5wd", "9d") && is_taken("5wd", "20d"));
    assert!(!is_taken("20d", "10wd") && is_taken("20d", "30wd"));
    assert!(!is_taken("72h", "1wd") && is_taken("72h", "3wd"));
    assert!(!is_taken("1wd", "48h") && is_taken("1wd", "500h"));
    assert!(!is_taken("6wd", "5wd") && is_taken("5wd", "5wd"));
    assert!(!is_taken("25h", "24h") && is_taken("24h", "24h"));
}

#[test]
fn an_old_or_a_far_year_of_holidays_hides_nothing_and_stops_nothing() {
    let head = "counting = \"civil-code\"\n";
    let with = |year: &str| format!("{head}\n[holidays.{year}]\nrest = []\n");
    let short = [("\"30d\"", "\"5wd\""), ("\"1y\"", "\"9d\"")];
    for year in ["1901", "1950", "2199"] {
        let change = [short[0], short[1], (head, &*with(year))];
        assert!(
            problem(&change).contains("9d ends before the floor of 5wd"),
            "{year}"
        );
    }
    for year in ["1000", "12000", "-32768", "2200", "soon"] {
        assert!(
            problem(&[(head, &with(year))]).contains("is not a year"),
            "{year}"
        );
    }
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let two = pack(&[
        ("wuhen-rules/1", "wuhen-rules/9"),
        ("\"erase\"", "\"keep\""),
        ("\"checkout\"", "\"dusk\""),
    ]);
    let lines: Vec<usize> = two
        .unwrap_err()
        .problems
        .iter()
        .map(|problem| problem.line)
        .collect();
    assert_eq!(lines, [1, 6, 6]);
    assert!(problem(&[("owner =", "woner =")]).contains("unknown field `woner`"));
    assert!(problem(&[("name = \"house\"", "name = \"王先生\"")]).starts_with("line 2, name: "));
    assert!(
        problem(&[("civil-code", "lunar")]).starts_with("line 4, counting: write one of plain")
    );
}

#[test]
fn there_is_one_rule_for_a_category_and_kind_of_house() {
    let text = include_str!("../../data/packs/cn.toml");
    let rule = &text[text.find("[[rule]]").unwrap()..];
    let twice = Pack::parse(&format!("{text}\n{rule}")).unwrap_err();
    assert!(
        twice
            .to_string()
            .contains("there is a rule for this category"),
        "{twice}"
    );
}

#[test]
fn a_pack_may_bring_a_year_of_holidays() {
    let head = "version = \"1\"\n";
    let with =
        "version = \"1\"\nholidays = { 2027 = { rest = [\"01-01\"], work = [\"01-02\"] } }\n";
    let (_, holidays) = &pack(&[(head, with)]).unwrap().calendars[0];
    assert!(holidays.knows(2027) && holidays.knows(2026));
    let bad = problem(&[(head, &with.replace("01-02", "13-01"))]);
    assert!(bad.contains("13-01 is not a day"), "{bad}");
    let eu = pack(&[(
        "\"civil-code\"",
        "\"regulation-1182-71\"\nmember-state = \"DE\"",
    )])
    .unwrap();
    assert!(eu.calendars[0].1.knows(2030));
    assert!(
        problem(&[(
            "\"civil-code\"",
            "\"regulation-1182-71\"\nmember-state = \"XX\""
        )])
        .starts_with("line 5, member-state: ")
    );
}

#[test]
fn limits_are_the_limits() {
    let long = "x".repeat(1_025);
    assert!(problem(&[("privacy officer", &long)]).contains("owner"));
    assert!(pack(&[("privacy officer", &long[1..])]).is_ok());
    let large = format!("# {}\n", "x".repeat(1024 * 1024));
    assert!(
        Pack::parse(&large)
            .unwrap_err()
            .to_string()
            .contains("at most 1048576")
    );
}
