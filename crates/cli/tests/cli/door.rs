//! At the door, and behind it: what is cut, what is masked for whom, what a scan reports.

use serde_json::{Value, json};

use crate::house::House;

const CARD: &str = "4111111111111111";
const PHONE: &str = "15400000173";

fn lines() -> String {
    let message = |id: &str, text: &str| {
        json!({
            "type": "message", "id": id, "conversation": "c1", "sender": { "role": "guest", "id": "g1" },
            "sent_at": "2024-05-01T08:00:00+08:00", "text": text, "memo": format!("call {PHONE}"),
        })
    };
    [
        json!({ "type": "guest", "id": "g1", "name": "Ann", "phone": format!("+86{PHONE}"), "email": "ann.lee@mail.example" }),
        json!({ "type": "conversation", "id": "c1", "guest": "g1" }),
        message("m1", &format!("my card: {CARD}, CVV 973")),
        message("m2", &format!("电话{PHONE}")),
    ]
    .map(|line| line.to_string())
    .join("\n")
}

fn house() -> (House, Value) {
    let house = House::with_store();
    house.write("day.jsonl", lines());
    let imported = house.json(&["import", "day.jsonl"]);
    (house, imported)
}

#[test]
fn an_import_says_what_it_cut() {
    let (house, imported) = house();
    assert_eq!(
        (&imported["cut"], &imported["files"][0]["cut"]),
        (&json!(1), &json!(1))
    );
    let other = House::with_store();
    other.write("day.jsonl", lines());
    let said = other.ok(&["import", "day.jsonl"]);
    assert!(
        said.contains("Card security codes cut, and stored nowhere: 1."),
        "{said}"
    );
    assert!(
        house
            .ok(&["show", "c1", "--as", "privacy-officer"])
            .contains("CVV ***")
    );
}

#[test]
fn show_search_and_guests_are_masked_for_an_agent_unless_another_role_is_named() {
    let (house, _) = house();
    for command in [
        &["show", "c1"][..],
        &["search", "card"],
        &["search", "电话"],
        &["guests"],
    ] {
        let said = house.ok(command);
        assert!(!said.contains(CARD) && !said.contains(PHONE), "{said}");
        let json = house.json(command).to_string();
        assert!(!json.contains(CARD) && !json.contains(PHONE), "{json}");
    }
    let shown = house.json(&["show", "c1"]);
    assert_eq!(
        (&shown["as"], &shown["revealed"]),
        (&json!("agent"), &json!(false))
    );
    assert_eq!(shown["conversation"]["category"], "payment");
    assert_eq!(shown["conversation"]["importance"], "important");
    assert_eq!(shown["conversation"]["backup"], "within-24-hours");
    let first = &shown["messages"][0];
    assert_eq!(first["findings"][0]["kind"], "BANK_CARD");
    assert_eq!(first["category"], "payment");
    let text = first["text"].as_str().unwrap();
    let at = |name: &str| usize::try_from(first["findings"][0][name].as_u64().unwrap()).unwrap();
    assert_eq!(at("start"), "my card: ".len());
    assert!(text[at("start")..at("end")].contains('*'), "{text}");

    assert!(
        house
            .ok(&["show", "c1", "--as", "supervisor"])
            .contains(PHONE)
    );
    assert!(
        house
            .ok(&["search", "电话", "--as", "supervisor"])
            .contains(PHONE)
    );
    let auditor = house.json(&["guests", "--as", "auditor"]);
    assert_eq!(auditor["guests"][0]["name"], "***");
    house.fails(&["show", "c1", "--role", "owner"], 2, "possible values");
}

#[test]
fn a_conversations_own_record_is_masked_for_the_role_that_reads() {
    let house = House::with_store();
    let record = json!({
        "type": "conversation", "id": "c1", "guest": "g1", "channel": format!("phone {PHONE}"),
        "labels": [format!("call {PHONE}")], "booking": { "id": "BK20250301", "card": CARD, "contact_phone": PHONE },
    });
    let lines = lines().lines().map(str::to_owned).collect::<Vec<_>>();
    house.write(
        "day.jsonl",
        [&lines[0], &record.to_string(), &lines[2]]
            .map(String::as_str)
            .join("\n"),
    );
    house.ok(&["import", "day.jsonl"]);
    for command in [&["conversations"][..], &["show", "c1"]] {
        let json = house.json(command).to_string();
        assert!(!json.contains(CARD) && !json.contains(PHONE), "{json}");
        let auditor = [command, &["--as", "auditor"]].concat();
        let said = house.ok(&auditor) + &house.json(&auditor).to_string();
        assert!(
            !said.contains("BK20250301") && !said.contains(PHONE),
            "{said}"
        );
        assert!(
            said.contains("c1") && said.contains("g1"),
            "ids stay: {said}"
        );
    }
    let supervisor = house.json(&["conversations", "--as", "supervisor"]);
    assert_eq!(supervisor["as"], "supervisor");
    assert_eq!(
        supervisor["conversations"][0]["booking"]["contact_phone"],
        PHONE
    );
}

#[test]
fn masks_are_lifted_with_a_role_and_a_reason_and_the_ledger_grows() {
    let (house, _) = house();
    house.fails(&["show", "c1", "--reveal"], 2, "--reason");
    let refused = house.run(&["show", "c1", "--reveal", "--reason", "curious"]);
    assert!(
        refused.code != 0 && refused.out.is_empty(),
        "{}",
        refused.out
    );
    let size = |house: &House| house.json(&["ledger", "check"])["size"].as_u64().unwrap();
    let before = size(&house);
    let arguments = [
        "show",
        "c1",
        "--as",
        "privacy-officer",
        "--reveal",
        "--reason",
        "chargeback",
    ];
    let revealed = house.json(&arguments);
    assert!(
        revealed["messages"][0]["text"]
            .as_str()
            .unwrap()
            .contains(CARD)
    );
    assert_eq!(
        (&revealed["revealed"], &revealed["problems"]),
        (&json!(true), &json!([]))
    );
    assert_eq!(size(&house), before + 1);
}

#[test]
fn a_scan_reports_kinds_and_what_to_clean_first() {
    let (house, _) = house();
    let report = house.json(&["scan", "--store", "wuhen-data"]);
    assert_eq!(
        (&report["messages"], &report["messages_with"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(
        report["kinds"]["BANK_CARD"],
        json!({ "findings": 1, "messages": 1, "conversations": 1 })
    );
    assert_eq!(
        (&report["cut"], &report["unscanned"]),
        (&json!(1), &json!(0))
    );
    let first = &report["first"][0];
    assert_eq!((&first["id"], &first["grave"]), (&json!("c1"), &json!(1)));
    assert_eq!(
        house.json(&["scan", "--store", "wuhen-data", "--list", "0"])["first"],
        json!([])
    );
    let phones = house.json(&["scan", "--store", "wuhen-data", "--kinds", "mobile"]);
    assert_eq!(
        phones["kinds"],
        json!({ "MOBILE": { "findings": 1, "messages": 1, "conversations": 1 } })
    );
    assert_eq!(
        (&phones["cut"], &phones["first"][0]["grave"]),
        (&json!(0), &json!(0))
    );
    house.fails(
        &["scan", "--store", "wuhen-data", "--format", "jsonl"],
        2,
        "not for the store",
    );
    let said = house.ok(&["scan", "--store", "wuhen-data"]);
    assert!(
        said.contains("What to clean first:") && said.contains("BANK_CARD"),
        "{said}"
    );
    let said = house.ok(&["scan", "--store", "wuhen-data", "--lang", "zh"]);
    assert!(said.contains("应先清理"), "{said}");
}

#[test]
fn own_numbers_are_kept_and_are_nobodys() {
    let (house, _) = house();
    assert_eq!(house.ok(&["house", "numbers", "list"]), "No own number.\n");
    let added = house.json(&["house", "numbers", "add", PHONE, "+86 10 5550 0100"]);
    assert_eq!(
        (&added["changed"], &added["numbers"][0]),
        (&json!(2), &json!(PHONE))
    );
    assert!(
        house.json(&["scan", "--store", "wuhen-data"])["kinds"]
            .get("MOBILE")
            .is_none()
    );
    let removed = house.json(&["house", "numbers", "remove", "154-0000-0173"]);
    assert_eq!(removed["changed"], 1);
    assert_eq!(
        house.json(&["scan", "--store", "wuhen-data"])["kinds"]["MOBILE"]["findings"],
        1
    );
    house.fails(&["house", "numbers", "add", "reception"], 2, "digits");
    house.fails(
        &["house", "numbers", "add", "95588"],
        2,
        "nobody's personal data",
    );
}
