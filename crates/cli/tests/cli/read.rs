//! Reading: guests, conversations, messages, attachments, search.

use serde_json::json;

use crate::house::{House, sample};

#[test]
fn records_are_listed_with_documented_fields() {
    let house = House::lakeside();
    let guests = house.json(&["guests", "--find", "林晓雯", "--as", "privacy-officer"]);
    assert_eq!(
        guests["guests"],
        json!([{
            "id": "lk-g01", "source": "lakeside", "name": "林晓雯", "phone": "+8615400000101",
            "email": "lin.xiaowen@mail.example", "locale": "zh-CN", "other": {}, "conversations": 2, "messages": 28,
        }])
    );
    assert_eq!(
        house.json(&["guests"])["guests"].as_array().unwrap().len(),
        12
    );

    let conversations = house.json(&["conversations", "--guest", "lk-g01"]);
    let first = &conversations["conversations"][0];
    assert_eq!(
        (&first["id"], &first["messages"]),
        (&"lk-001".into(), &14.into())
    );
    assert_eq!(first["booking"]["status"], "stayed");
    assert_eq!(first["opened_at"], "2023-04-02T10:12:00+08:00");

    let shown = house.json(&["show", "lakeside/lk-014"]);
    assert_eq!(shown["conversation"]["guest"], "lk-g07");
    let messages = shown["messages"].as_array().unwrap();
    assert_eq!(
        messages[0]["sender"],
        json!({ "role": "guest", "id": "lk-g07" })
    );
    assert_eq!(messages[0]["sent_at"], "2024-06-06T19:57:16+08:00");
    assert!(
        messages
            .iter()
            .any(|message| message["attachments"][0]["name"] == "receipt-LK240601.txt")
    );
}

#[test]
fn search_finds_words_within_a_guest_and_within_days() {
    let house = House::lakeside();
    let found = |arguments: &[&str]| house.json(&[&["search"], arguments].concat());
    let hits = found(&["HERON"]);
    assert_eq!(hits["count"], 3);
    assert_eq!(hits["messages"][0]["conversation"], "lk-014");
    assert_eq!(found(&["heron", "--guest", "lk-g07"])["count"], 3);
    assert_eq!(found(&["heron", "--guest", "lk-g01"])["count"], 0);
    // All three were sent on this day in Shanghai, from 20:00 to 20:12.
    assert_eq!(
        found(&["heron", "--from", "2024-06-06", "--to", "2024-06-06"])["count"],
        3
    );
    assert_eq!(found(&["heron", "--to", "2024-06-05"])["count"], 0);
    assert_eq!(
        found(&["heron", "--from", "2024-06-06T20:05:00+08:00"])["count"],
        2
    );
    assert_eq!(
        found(&["heron", "--to", "2024-06-06T20:05:00+08:00"])["count"],
        1
    );
    assert!(
        !house.ok(&["search", "heron"]).contains('\u{1b}'),
        "no marks where no terminal is"
    );
    house.fails(&["search", "heron", "--from", "yesterday"], 2, "2024-05-01");
    house.fails(&["search", "鹭"], 2, "two characters");
}

#[test]
fn an_attachment_comes_out_as_it_came_in() {
    let house = House::lakeside();
    let original = std::fs::read(sample().with_file_name("files/receipt-LK240601.txt")).unwrap();
    let shown = house.json(&["show", "lk-014"]);
    let files = shown["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| &message["attachments"][0]);
    let receipt = files
        .into_iter()
        .find(|file| file["name"] == "receipt-LK240601.txt")
        .unwrap();
    let number = receipt["number"].to_string();
    assert_eq!(
        house.ok(&["attachment", "lk-014", &number]).into_bytes(),
        original
    );
    let written = house.json(&["attachment", "lk-014", &number, "--output", "receipt.txt"]);
    assert_eq!(written["bytes"], original.len());
    assert_eq!(house.read("receipt.txt"), original);
    house.fails(
        &["attachment", "lk-014", &number, "--output", "receipt.txt"],
        2,
        "exists already",
    );
    house.fails(
        &["attachment", "lk-014", "1", "--output", "other.txt"],
        5,
        "attachment",
    );
    assert!(!house.path("other.txt").exists() && !house.path("other.txt.part").exists());
    // On record, and read back.
    let reveal = ["attachment", "lk-014", &number, "--reveal", "--reason"];
    let officer = ["an invoice is asked for", "--as", "privacy-officer"];
    house.ok(&[&reveal[..], &officer[..]].concat());
    house.fails(
        &[&reveal[..], &["curious"]].concat(),
        2,
        "may not lift masks",
    );
    let reveals = house.json(&["ledger", "reveals"]);
    assert_eq!(
        (&reveals["count"], &reveals["by_role"]["privacy-officer"]),
        (&1.into(), &1.into())
    );
    let one = &reveals["reveals"][0];
    assert_eq!(one["conversation"], "lk-014");
    assert_eq!(one["attachment"].to_string(), number);
    assert!(
        house
            .ok(&["ledger", "reveals"])
            .contains("an invoice is asked for")
    );
    let zh = [
        "ledger",
        "reveals",
        "--conversation",
        "lk-014",
        "--lang",
        "zh",
    ];
    assert!(house.ok(&zh).contains("解除脱敏：1 次"));
}

#[test]
fn what_is_not_there_is_said_with_where_to_look() {
    let house = House::lakeside();
    house.fails(&["show", "nothing"], 5, "`wuhen conversations` lists them");
    house.fails(
        &["conversations", "--guest", "nobody"],
        5,
        "`wuhen guests` lists them",
    );
    house.fails(
        &["search", "hotel", "--guest", "nobody"],
        5,
        "`wuhen guests` lists them",
    );
    assert_eq!(house.ok(&["guests", "--find", "nobody"]), "No guest.\n");
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let house = House::lakeside();
    let mut command = house.command(&["conversations"]);
    command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
}
