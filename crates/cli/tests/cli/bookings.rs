//! `wuhen bookings` and `wuhen house guard-days`: what tables and staff say, what is shown of it, and what a table cannot do by half.

use serde_json::{Value, json};

use crate::house::House;

const GUEST: &str = r#"{"type":"guest","id":"g1","name":"Ann Example"}
{"type":"guest","id":"g2","name":"Ben Example"}
{"type":"conversation","id":"c1","guest":"g1","booking":{"id":"BK20260105","status":"refunding","check_in":"2026-01-05"}}
{"type":"message","id":"m1","conversation":"c1","sender":{"role":"guest"},"sent_at":"2026-01-02T08:00:00Z","text":"my refund"}
"#;

fn house() -> House {
    let house = House::with_store();
    house.write("chat.jsonl", GUEST);
    house.ok(&["import", "chat.jsonl"]);
    house
}

fn json_of(house: &House, arguments: &[&str]) -> Value {
    let out = house.ok(&[arguments, &["--json"]].concat());
    serde_json::from_str(&out).expect("one JSON document")
}

fn list(house: &House, guest: &str) -> Value {
    json_of(
        house,
        &[
            "bookings",
            "list",
            "--guest",
            guest,
            "--as",
            "privacy-officer",
        ],
    )
}

fn guards(booking: &Value) -> Vec<&str> {
    let guards = booking["guards"].as_array().expect("a list").iter();
    guards.filter_map(|guard| guard["guard"].as_str()).collect()
}

#[test]
fn a_table_and_staff_go_before_what_a_conversation_said_earlier() {
    let house = house();
    assert_eq!(guards(&list(&house, "g1")["bookings"][0]), ["refund-open"]);
    house.write("pms.csv", "订单号,客人,离店,押金退还,退款完成,备注\nBK20260105,g1,2099/1/7,否,2026-01-03,x\n新单,g2,,,,\n");
    let dry = json_of(&house, &["bookings", "import", "pms.csv", "--dry-run"]);
    assert_eq!((&dry["added"], &dry["rows"]), (&json!(2), &json!(2)));
    assert_eq!(
        guards(&list(&house, "g1")["bookings"][0]),
        ["refund-open"],
        "a dry run did something"
    );
    let done = json_of(&house, &["bookings", "import", "pms.csv"]);
    assert_eq!(
        (&done["added"], &done["columns_ignored"]),
        (&json!(2), &json!(1))
    );
    let booking = list(&house, "g1")["bookings"][0].clone();
    // Called off: there is nothing to check out of.
    assert_eq!(guards(&booking), ["deposit-not-returned"]);
    assert_eq!(
        (&booking["check_in"], &booking["check_out"]),
        (&json!("2026-01-05"), &json!("2099-01-07"))
    );
    let again = json_of(&house, &["bookings", "import", "pms.csv"]);
    assert_eq!(
        (&again["unchanged"], &again["added"]),
        (&json!(2), &json!(0))
    );
}

#[test]
fn what_staff_say_opens_and_closes_guards_and_a_preview_knows_it() {
    let house = house();
    house.write(
        "pms.csv",
        "id,guest,check_out,deposit_refunded,refund_closed_at\nBK20260105,g1,2099-01-07,no,2026-01-03\n",
    );
    house.ok(&["bookings", "import", "pms.csv"]);
    let set = ["bookings", "set", "BK20260105", "--guest", "g1"];
    house.ok(&[
        &set[..],
        &[
            "--status",
            "stayed",
            "--deposit",
            "returned",
            "--dispute",
            "open",
        ],
    ]
    .concat());
    let booking = list(&house, "g1")["bookings"][0].clone();
    assert_eq!(guards(&booking), ["dispute-open", "after-checkout"]);
    assert_eq!(booking["guards"][1]["until"], "2099-01-11T00:00:00+08:00");
    let days = json_of(&house, &["house", "guard-days", "0"]);
    assert_eq!(days, json!({"guard_days": 0, "changed": true}));
    let booking = list(&house, "g1")["bookings"][0].clone();
    assert_eq!(booking["guards"][1]["until"], "2099-01-08T00:00:00+08:00");
    let shown = house.ok(&["bookings", "list", "--guest", "g1", "--lang", "zh"]);
    assert!(
        shown.contains("争议中：现在删除的话") && shown.contains("2099-01-08 00:00"),
        "{shown}"
    );
    house.ok(&[&set[..], &["--dispute", "closed", "--refund", "open"]].concat());
    assert_eq!(
        guards(&list(&house, "g1")["bookings"][0]),
        ["refund-open", "after-checkout"]
    );
    house.ok(&[
        &set[..],
        &["--refund", "closed", "--at", "2026-02-01T08:00:00+08:00"],
    ]
    .concat());
    assert_eq!(
        guards(&list(&house, "g1")["bookings"][0]),
        ["after-checkout"]
    );
    // A preview of an erasure knows it as well.
    house.ok(&[&set[..], &["--deposit", "held"]].concat());
    let preview = json_of(
        &house,
        &["erase", "--guest", "g1", "--reason", "asked", "--dry-run"],
    );
    let said = preview["consequences"].to_string();
    assert!(
        said.contains("deposit-not-returned") && !said.contains("refund-open"),
        "{said}"
    );
}

#[test]
fn a_table_with_bad_rows_does_nothing_unless_told_to_go_on_and_names_them_all() {
    let house = house();
    let table = "id,guest,check_in\nB1,g1,2026-01-05\nB2,SECRETGUEST,\nB3,g2,SECRETDAY\nB4,g2\n";
    let refused = house.with_input(&["bookings", "import", "-"], table.as_bytes());
    assert_eq!(refused.code, 1, "{}", refused.err);
    for words in [
        "line 3, column `guest`",
        "line 4, column `check_in`",
        "line 5:",
        "nothing of this file was imported",
    ] {
        assert!(refused.err.contains(words), "{words} in {}", refused.err);
    }
    assert!(!refused.err.contains("SECRET"), "{}", refused.err);
    assert_eq!(list(&house, "g2")["bookings"], json!([]));
    assert_eq!(
        list(&house, "g1")["bookings"].as_array().map(Vec::len),
        Some(1)
    );
    let chinese = house.with_input(
        &["bookings", "import", "-", "--lang", "zh"],
        table.as_bytes(),
    );
    assert!(
        chinese
            .err
            .contains("第 4 行“入住”（check_in）列：不是日期"),
        "{}",
        chinese.err
    );

    let went_on = house.with_input(
        &["bookings", "import", "-", "--keep-going", "--json"],
        table.as_bytes(),
    );
    assert_eq!(went_on.code, 3, "{}", went_on.err);
    let answer: Value = serde_json::from_str(&went_on.out).expect("JSON");
    assert_eq!(
        (&answer["added"], &answer["refused"], &answer["rows"]),
        (&json!(1), &json!(3), &json!(4))
    );
    assert_eq!(
        list(&house, "g1")["bookings"].as_array().map(Vec::len),
        Some(2)
    );
}

#[test]
fn numbers_are_masked_by_role_and_security_codes_are_cut() {
    let house = house();
    let agent = json_of(
        &house,
        &["bookings", "list", "--guest", "g1", "--as", "auditor"],
    );
    assert!(!agent.to_string().contains("BK20260105"), "{agent}");
    let table = "id,guest,note\nB7 cvv 737,g2,cvv 737\n";
    let done = house.with_input(&["bookings", "import", "-", "--json"], table.as_bytes());
    let answer: Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!(answer["cut"], json!(1), "{}", done.err);
    let shown = list(&house, "g2").to_string();
    assert!(!shown.contains("737"), "{shown}");
}

#[test]
fn a_guest_of_two_sources_has_to_be_named_with_one() {
    let house = house();
    house.write(
        "other.jsonl",
        r#"{"type":"guest","id":"g1","name":"Cleo Example"}"#,
    );
    house.ok(&["import", "other.jsonl"]);
    house.write("t.csv", "id,guest\nB1,g1\n");
    let several = house.run(&["bookings", "import", "t.csv"]);
    assert!(
        several.code == 1 && several.err.contains("several sources"),
        "{}",
        several.err
    );
    house.ok(&["bookings", "import", "t.csv", "--source", "other"]);
    assert_eq!(
        list(&house, "other/g1")["bookings"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    house.write("t.csv", "id,guest\nB1,chat/g1\n");
    house.ok(&["bookings", "import", "t.csv"]);
    let none = house.run(&["bookings", "import", "t.csv", "--source", "nobody"]);
    assert_eq!(none.code, 2, "{}", none.err);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let house = house();
    let set = ["bookings", "set", "B1", "--guest", "g1"];
    for wrong in [
        &[][..],
        &["--at", "2026-01-05"],
        &["--refund", "open", "--at", "2026-01-05"],
        &["--check-in", "2026-01-05T08:00:00Z"],
        &["--check-in", "2026-01-05", "--check-out", "2026-01-04"],
    ] {
        assert_eq!(house.run(&[&set[..], wrong].concat()).code, 2, "{wrong:?}");
    }
    for (days, code) in [("0", 0), ("30", 0), ("31", 2), ("-1", 2), ("three", 2)] {
        assert_eq!(
            house.run(&["house", "guard-days", days]).code,
            code,
            "{days}"
        );
    }
    assert_eq!(json_of(&house, &["house", "guard-days"])["guard_days"], 30);
    let nobody = house.run(&["bookings", "list", "--guest", "nobody"]);
    assert_eq!(nobody.code, 5, "{}", nobody.err);
}
