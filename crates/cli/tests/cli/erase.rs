//! Erasing: by guest, conversation, message, label and date; what is asked first; what is left.

use crate::house::House;

const REASON: [&str; 2] = ["--reason", "the guest asked"];

#[test]
fn a_dry_run_says_what_would_go_and_nothing_goes() {
    let house = House::lakeside();
    let preview = house.json(&[&["erase", "--guest", "lk-g01", "--dry-run"][..], &REASON].concat());
    assert_eq!(preview["dry_run"], true);
    assert_eq!(preview["records"]["messages"], 28);
    assert!(preview["bytes"].as_u64().unwrap() > 0);
    assert_eq!(preview["consequences"], serde_json::json!(["no-snapshot"]));
    assert_eq!(house.messages(), 311);
}

#[test]
fn nobody_to_ask_and_no_yes_is_refused() {
    let house = House::lakeside();
    house.fails(
        &[&["erase", "--guest", "lk-g01"][..], &REASON].concat(),
        2,
        "--yes",
    );
    house.fails(&["erase", "--guest", "lk-g01", "--yes"], 2, "--reason");
    house.fails(&[&["erase", "--yes"][..], &REASON].concat(), 2, "--guest");
    house.fails(
        &[
            "erase", "--guest", "a", "--label", "b", "--reason", "c", "--yes",
        ],
        2,
        "cannot be used with",
    );
    house.fails(
        &["erase", "--guest", "lk-g01", "--reason", " ", "--yes"],
        2,
        "reason",
    );
    assert_eq!(house.messages(), 311);
}

#[test]
fn a_guest_is_forgotten_with_everything() {
    let house = House::lakeside();
    let erased = house.erase(&["--guest", "lk-g01"]);
    assert_eq!(erased["state"], "complete");
    assert_eq!(erased["case"], "C-000002");
    assert_eq!(erased["epoch"], 1);
    assert_eq!(
        erased["records"],
        serde_json::json!({
            "guests": 1, "conversations": 2, "messages": 28, "attachments": 0,
        })
    );
    assert_eq!(
        (&erased["problems"], &erased["certificate"]),
        (&serde_json::json!([]), &serde_json::Value::Null)
    );
    assert!(erased["rewraps"].is_u64() && erased["seconds"].is_number());
    assert_eq!(house.messages(), 311 - 28);
    house.fails(&["show", "lk-001"], 5, "there is no conversation");
    assert_eq!(house.json(&["search", "水仙阁"])["count"], 0);
    assert_eq!(house.json(&["search", "heron"])["count"], 3);
    house.fails(
        &["erase", "--guest", "lk-g01", "--reason", "again", "--yes"],
        5,
        "there is no guest",
    );
}

#[test]
fn conversations_and_messages_are_named_in_one_go_or_in_several() {
    let house = House::lakeside();
    let erased = house.erase(&[
        "--conversation",
        "lk-003",
        "lk-004",
        "--conversation",
        "lk-005",
    ]);
    assert_eq!(erased["records"]["conversations"], 3);
    let erased = house.erase(&[
        "--message",
        "lk-001-01",
        "lk-001-02",
        "--message",
        "lk-014-03",
    ]);
    assert_eq!(
        erased["records"],
        serde_json::json!({
            "guests": 0, "conversations": 0, "messages": 3, "attachments": 0,
        })
    );
    let left = house.json(&["show", "lk-001"]);
    assert_eq!(left["messages"].as_array().unwrap().len(), 12);
    assert_eq!(house.json(&["search", "heron"])["count"], 2);
    house.fails(
        &[
            "erase",
            "--message",
            "lk-001-03",
            "nothing",
            "--reason",
            "r",
            "--yes",
        ],
        5,
        "there is no message",
    );
    assert_eq!(
        house.json(&["show", "lk-001"])["messages"]
            .as_array()
            .unwrap()
            .len(),
        12
    );
}

#[test]
fn a_label_is_put_on_and_destroyed() {
    let house = House::lakeside();
    assert_eq!(house.json(&["label", "lk-014", "机密-2024"])["added"], true);
    assert_eq!(
        house.json(&["label", "lk-014", "机密-2024"])["added"],
        false
    );
    assert_eq!(
        house.json(&["show", "lk-014"])["conversation"]["labels"],
        serde_json::json!(["机密-2024"])
    );
    assert_eq!(
        house.erase(&["--label", "机密-2024"])["records"]["conversations"],
        1
    );
    assert_eq!(
        house.erase(&["--label", "机密-2023"])["records"]["conversations"],
        4
    );
    house.fails(
        &["erase", "--label", "机密-2023", "--reason", "r", "--yes"],
        5,
        "there is no label",
    );
}

#[test]
fn before_a_day_means_the_days_of_the_house() {
    let house = House::lakeside();
    house.fails(
        &["erase", "--before", "2001-01-01", "--reason", "r", "--yes"],
        5,
        "nothing matches",
    );
    // lk-001 began on 2 April 2023, 10:13 in Shanghai.
    house.fails(
        &["erase", "--before", "2023-04-02", "--reason", "r", "--yes"],
        5,
        "nothing matches",
    );
    let erased = house.erase(&["--before", "2023-04-02T10:15:00+08:00"]);
    assert_eq!(erased["records"]["messages"], 2);
    let erased = house.erase(&["--before", "2023-04-03"]);
    assert_eq!(
        (
            &erased["records"]["conversations"],
            &erased["records"]["messages"]
        ),
        (&1.into(), &12.into())
    );
}

#[test]
fn a_certificate_that_cannot_be_written_stops_the_erasure_before_it_begins() {
    let house = House::lakeside();
    house.write("taken.json", "mine");
    for (file, code, says) in [
        ("taken.json", 2, "exists already"),
        ("no/such/folder.json", 5, "no/such/folder.json"),
    ] {
        let arguments = [
            &["erase", "--guest", "lk-g01", "--yes", "--certificate", file][..],
            &REASON,
        ]
        .concat();
        house.fails(&arguments, code, says);
    }
    assert_eq!(house.read("taken.json"), b"mine");
    assert_eq!(house.messages(), 311);
    // Nor is a file left by an erasure that does not happen.
    let arguments = [
        &[
            "erase",
            "--guest",
            "nobody",
            "--yes",
            "--certificate",
            "c.json",
        ][..],
        &REASON,
    ]
    .concat();
    house.fails(&arguments, 5, "there is no guest");
    assert!(!house.path("c.json").exists() && !house.path("c.json.part").exists());
}

#[test]
fn the_raw_bytes_hold_nothing_and_the_search_of_them_can_fail() {
    let house = House::lakeside();
    house.write("needles.txt", "林晓雯\n\nhello heron\n110101190001010022\n");
    let probe = house.json(&["probe", "--needles", "needles.txt"]);
    assert_eq!(
        (&probe["clean"], &probe["needles"]),
        (&true.into(), &3.into())
    );
    assert!(probe["files"].as_u64().unwrap() >= 3);
    house.write("wuhen-data.keys/note", "say hello heron");
    let run = house.run(&["probe", "--needles", "needles.txt", "--json"]);
    let found: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.code, &found["clean"]), (1, &false.into()));
    assert_eq!(
        (&found["found"][0]["needle"], &found["found"][0]["offset"]),
        (&3.into(), &4.into())
    );
    house.write("needles.txt", "short\n");
    house.fails(&["probe", "--needles", "needles.txt"], 2, "use longer ones");
    house.fails(&["probe", "--needles", "nothing.txt"], 5, "nothing.txt");
}
