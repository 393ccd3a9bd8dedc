//! Redacting stored messages: what is asked first, what stands there then, what the certificate says.

use serde_json::{Value, json};

use crate::house::House;

const REASON: [&str; 2] = ["--reason", "an ID number in the chat"];
/// 现在发吧，我的是 and an invented ID number.
const SPAN: [&str; 4] = ["--message", "lk-001-08", "--span", "24..42"];

fn redact(house: &House, what: &[&str]) -> Value {
    house.json(&[&["redact"], what, &REASON[..], &["--yes"]].concat())
}

fn shown(house: &House, conversation: &str, id: &str) -> Value {
    let shown = house.json(&["show", conversation]);
    let messages = shown["messages"].as_array().expect("a list").iter();
    let found = messages.clone().find(|message| message["id"] == id);
    found.expect("it is shown").clone()
}

#[test]
fn a_dry_run_says_what_would_go_and_nothing_goes() {
    let house = House::lakeside();
    let preview = house.json(&[&["redact"], &SPAN[..], &REASON[..], &["--dry-run"]].concat());
    assert_eq!(preview["dry_run"], true);
    assert_eq!(preview["messages"], 1);
    assert_eq!(preview["conversations"], 1);
    assert_eq!(preview["unchanged"], 0);
    assert_eq!(preview["spans"], json!({"REDACTED": 1}));
    assert_eq!(preview["consequences"], json!(["no-snapshot"]));
    assert!(preview["bytes"].as_u64().unwrap() > 0);
    let text = house.ok(&[&["redact"], &SPAN[..], &REASON[..], &["--dry-run"]].concat());
    assert!(text.contains("REDACTED 1; in messages: 1"), "{text}");
    assert_eq!(preview["left"]["documents"], 0);
    let zh = [
        &["redact"],
        &SPAN[..],
        &REASON[..],
        &["--dry-run", "--lang", "zh"],
    ]
    .concat();
    assert!(house.ok(&zh).contains("涉及 1 条消息"));
    let message = shown(&house, "lk-001", "lk-001-08");
    assert_eq!(message["redacted"], false);
    assert_eq!(message["redacted_at"], Value::Null);
    // Masked for who looks; what is stored is as it was.
    assert_eq!(house.json(&["search", "110101190001010022"])["count"], 1);
}

#[test]
fn what_was_cut_is_gone_and_the_message_stays() {
    let house = House::lakeside();
    let done = redact(&house, &[&SPAN[..], &["--certificate", "c.json"]].concat());
    assert_eq!(
        (&done["state"], &done["messages"], &done["epoch"]),
        (&json!("complete"), &json!(1), &json!(1))
    );
    assert_eq!(done["spans"], json!({"REDACTED": 1}));
    assert_eq!(
        (&done["problems"], &done["certificate"]),
        (&json!([]), &json!("c.json"))
    );
    let message = shown(&house, "lk-001", "lk-001-08");
    assert_eq!(message["text"], "现在发吧，我的是******************");
    assert_eq!(message["redacted"], true);
    assert!(message["redacted_at"].is_string());
    assert!(
        house
            .ok(&["show", "lk-001"])
            .contains("[lk-001-08]  (redacted)")
    );
    assert!(
        house
            .ok(&["show", "lk-001", "--lang", "zh"])
            .contains("（已遮盖）")
    );
    assert_eq!(house.json(&["search", "110101190001010022"])["count"], 0);
    assert_eq!(house.json(&["search", "现在发吧"])["count"], 1);
    assert_eq!(house.messages(), 311);
    let again = house.json(&["import", crate::house::sample().to_str().unwrap()]);
    assert_eq!(
        (&again["messages"], &again["known"]["messages"]),
        (&json!(0), &json!(311))
    );

    let key = house.ok(&["ledger", "key"]);
    house.write("key", key);
    let verified = house.json(&["verify", "c.json", "--key", "key"]);
    assert_eq!(verified["valid"], true);
    assert_eq!(verified["scope"], "messages");
    assert_eq!(
        verified["redaction"],
        json!({"style": "mask", "spans": {"REDACTED": 1}})
    );
    assert_eq!(verified["records"]["messages"], 1);
    let text = house.ok(&["verify", "c.json", "--key", "key"]);
    assert!(text.contains("redaction: single messages"), "{text}");
    let limit = "Pictures were not looked into";
    assert!(text.contains(limit), "{text}");
    assert_eq!(verified["skipped"], json!([]));
    let limits = verified["limits"].as_array().unwrap();
    assert!(
        limits
            .iter()
            .any(|line| line.as_str().unwrap().contains(limit))
    );
    assert!(text.contains("cut out of them: REDACTED 1"), "{text}");
    let listed = house.json(&["certificate", "list"]);
    assert_eq!(listed["certificates"][0]["redaction"]["style"], "mask");
    house.ok(&["doctor"]);
}

#[test]
fn styles_leave_a_word_or_nothing() {
    let house = House::lakeside();
    redact(&house, &[&SPAN[..], &["--style", "label"]].concat());
    let text = |house: &House| shown(house, "lk-001", "lk-001-08")["text"].clone();
    assert_eq!(text(&house), "现在发吧，我的是[REDACTED]");
    let whole = [
        "--message",
        "lk-001-08",
        "--span",
        "15..24",
        "--span",
        "24..34",
    ];
    redact(&house, &[&whole[..], &["--style", "remove"]].concat());
    assert_eq!(text(&house), "现在发吧，");
    assert_eq!(house.messages(), 311);
}

#[test]
fn what_makes_no_sense_is_refused_and_nothing_changes() {
    let house = House::lakeside();
    let fails = |arguments: &[&str], code: i32, says: &str| {
        house.fails(&[&["redact"], arguments, &REASON[..]].concat(), code, says);
    };
    fails(&SPAN, 2, "--yes");
    fails(&["--yes"], 2, "--all");
    fails(
        &["--all", "--guest", "lk-g01", "--yes"],
        2,
        "cannot be used with",
    );
    fails(
        &["--all", "--span", "1..2", "--yes"],
        2,
        "cannot be used with",
    );
    fails(
        &["--all", "--kinds", "SHOE_SIZE", "--yes"],
        2,
        "no such kind",
    );
    fails(
        &[
            "--message",
            "lk-001-08",
            "lk-001-09",
            "--span",
            "0..3",
            "--yes",
        ],
        2,
        "one --message",
    );
    fails(
        &["--message", "lk-001-08", "--span", "1..3", "--yes"],
        2,
        "1..3",
    );
    fails(
        &["--message", "lk-001-08", "--span", "9..3", "--yes"],
        2,
        "9..3",
    );
    fails(
        &["--message", "lk-999-08", "--span", "0..3", "--yes"],
        5,
        "no message",
    );
    fails(&["--guest", "nobody", "--yes"], 5, "no guest");
    fails(
        &["--conversation", "nothing", "--yes"],
        5,
        "no conversation",
    );
    let kinds = ["--message", "lk-001-12", "--yes", "--kinds", "BANK_CARD"];
    fails(&kinds, 5, "nothing to redact");
    assert_eq!(house.json(&["stats"])["epoch"], 0);
    assert_eq!(
        house.json(&["certificate", "list"])["certificates"],
        json!([])
    );
}

#[test]
fn the_kinds_that_are_named_are_found_and_no_other() {
    let house = House::lakeside();
    let dry =
        |what: &[&str]| house.json(&[&["redact"], what, &REASON[..], &["--dry-run"]].concat());
    let all = dry(&["--guest", "lk-g01"]);
    assert_eq!(all["profiles"], 1);
    assert!(all["left"]["pictures"].is_number() && all["records"].is_number());
    assert_eq!(all["spans"]["RESIDENT_ID"], 1);
    assert!(
        all["spans"].as_object().expect("an object").len() > 1,
        "{all}"
    );
    let done = redact(
        &house,
        &["--guest", "lk-g01", "--kinds", "resident-id,MOBILE"],
    );
    assert_eq!(
        done["spans"],
        json!({"RESIDENT_ID": 1, "MOBILE": 1}),
        "in a message, and the guest's own number"
    );
    assert_eq!(
        (&done["messages"], &done["unchanged"], &done["profiles"]),
        (&json!(1), &json!(27), &json!(1))
    );
    let guests = house.json(&["guests", "--as", "privacy-officer"]);
    let guests = guests["guests"].as_array().expect("a list");
    let guest = guests.iter().find(|guest| guest["id"] == "lk-g01");
    let guest = guest.expect("the guest stays");
    assert!(guest["phone"].as_str().expect("a text").contains("****"));
    assert!(!guest["name"].as_str().expect("a text").contains('*'));
    let text = shown(&house, "lk-001", "lk-001-08")["text"].clone();
    let text = text.as_str().expect("a text");
    assert!(text.starts_with("现在发吧，我的是") && !text.contains("110101190001010022"));
    assert_eq!(house.json(&["search", "110101190001010022"])["count"], 0);
    house.fails(
        &[
            &[
                "redact",
                "--guest",
                "lk-g01",
                "--kinds",
                "RESIDENT_ID",
                "--yes",
            ],
            &REASON[..],
        ]
        .concat(),
        5,
        "nothing to redact",
    );
    assert_eq!(house.messages(), 311);
}
