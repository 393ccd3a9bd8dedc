//! `wuhen rules`: what a privacy officer asks of a pack before it is used.

use crate::house::House;

const PACK: &str = r#"format = "wuhen-rules/1"
name = "lakeside"
version = "3"
counting = "civil-code"

[[rule]]
category = "other"
purpose = { zh = "回答咨询", en = "answering questions" }
basis = { zh = "履行合同", en = "contract" }
article = { zh = "第十九条", en = "article 19" }
start = "conversation-closed"
floor = "60d"
ceiling = "30d"
on-expiry = "erase"
review = 2027-11-01
owner = "Lin"
"#;

#[test]
fn a_rule_that_would_erase_what_must_be_kept_is_refused_with_its_line() {
    let house = House::empty();
    std::fs::write(house.path("pack.toml"), PACK).unwrap();
    let refused = house.run(&["rules", "check", "pack.toml", "--lang", "en"]);
    assert_eq!(refused.code, 1);
    assert!(
        refused
            .out
            .starts_with("line 6, other: ceiling: 30d ends before the floor of 60d"),
        "{}",
        refused.out
    );
    let json = house.run(&["rules", "check", "pack.toml", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["problems"][0]["line"], 6);
    // Whoever wants to see it is told the same.
    let shown = house.run(&["rules", "show", "pack.toml", "--lang", "en"]);
    assert_eq!(shown.code, 1);
    assert!(
        shown.err.contains("line 6, other: ceiling"),
        "{}",
        shown.err
    );
}

#[test]
fn packs_that_come_with_the_program_are_shown_in_both_languages() {
    let house = House::empty();
    let english = house.ok(&["rules", "show", "cn", "--kind", "platform", "--lang", "en"]);
    assert!(english.contains("E-Commerce Law, article 31"), "{english}");
    assert!(!english.contains("hotel-own-site"), "{english}");
    let chinese = house.ok(&["rules", "show", "cn", "--lang", "zh"]);
    assert!(chinese.contains("《电子商务法》第三十一条"), "{chinese}");
    for name in ["cn", "eu", "cn+eu", "none"] {
        house.ok(&["rules", "check", name]);
    }
}

#[test]
fn what_a_changed_pack_changes_is_said_rule_by_rule() {
    let house = House::empty();
    let longer = PACK.replace("\"30d\"", "\"90d\"");
    std::fs::write(house.path("old.toml"), &longer).unwrap();
    std::fs::write(
        house.path("new.toml"),
        longer.replace("\"90d\"", "\"120d\""),
    )
    .unwrap();
    let same = house.ok(&["rules", "diff", "old.toml", "old.toml", "--lang", "en"]);
    assert_eq!(same, "The rules are the same.\n");
    let changed = house.ok(&["rules", "diff", "old.toml", "new.toml", "--lang", "en"]);
    assert!(
        changed
            .contains("conversation-closed 60d..90d erase -> conversation-closed 60d..120d erase"),
        "{changed}"
    );
}

#[test]
fn periods_are_counted_as_the_law_counts_and_unknown_holidays_are_told() {
    let house = House::empty();
    let count = |args: &[&str]| house.ok(&[&["rules", "count", "--lang", "en"], args].concat());
    assert!(count(&["30d", "--from", "2025-09-01"]).contains("the last day is 2025-10-09"));
    assert!(count(&["15wd", "--from", "2025-11-03"]).contains("2025-11-24"));
    let european = [
        "1mo",
        "--from",
        "2025-11-25",
        "--counting",
        "regulation-1182-71",
    ];
    assert!(count(&european).contains("2025-12-25"));
    assert!(count(&[&european[..], &["--member-state", "DE"]].concat()).contains("2025-12-29"));
    let far = count(&["1y", "--from", "2031-01-01"]);
    assert!(
        far.contains("Holidays of 2032 are not known (2020 to 2026 are)"),
        "{far}"
    );
    for wrong in [
        ["1 month", "2025-01-01"],
        ["1mo", "1.1.2025"],
        ["4h", "2025-01-01"],
    ] {
        let run = house.run(&["rules", "count", wrong[0], "--from", wrong[1]]);
        assert_eq!(run.code, 2, "{}", run.err);
    }
}
