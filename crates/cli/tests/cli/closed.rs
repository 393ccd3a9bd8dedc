//! What is restricted, frozen or a minor's is shown by no command. Every command stands in one of the lists here: a new one without an
//! entry fails.

use std::collections::BTreeSet;

use wuhen_store::sqlite::{Options, SqliteStore};
use wuhen_store::{Flag, FlagRow, RegisterWrite, Store as _};

use crate::house::House;

/// Commands that read or change records of people, each with a test below.
const READ: [&str; 11] = [
    "guests",
    "conversations",
    "show",
    "search",
    "scan",
    "attachment",
    "label",
    "mark",
    "erase",
    "redact",
    "ledger reveals",
];
/// Commands that show nothing of a record: what they do is told in numbers, names of files, or words of the house itself.
const NO_RECORDS: [&str; 50] = [
    "init",
    "import",
    "stats",
    "house numbers add",
    "house numbers remove",
    "house numbers list",
    "rules check",
    "rules show",
    "rules diff",
    "rules schema",
    "rules count",
    "hold place",
    "hold list",
    "hold release",
    "hold approve",
    "verify",
    "ledger check",
    "ledger checkpoint",
    "ledger export",
    "ledger key",
    "snapshot init",
    "snapshot create",
    "snapshot list",
    "snapshot restore",
    "snapshot unregister",
    "certificate list",
    "certificate get",
    "probe",
    "doctor",
    "completions",
    "house guard-days",
    "house retention",
    "house clean-up",
    "staff add",
    "staff list",
    "staff disable",
    "staff role",
    "staff password",
    "rules apply",
    "rules withdraw",
    "rules confirm",
    "request list",
    "request show",
    "request approve",
    "request cancel",
    "request refuse",
    "run",
    "bookings import",
    "bookings set",
    "bookings list",
];

#[test]
fn every_command_is_known_to_read_records_or_not() {
    let reference = House::empty().ok(&["reference"]);
    let commands: BTreeSet<&str> = reference
        .lines()
        .filter_map(|line| line.strip_prefix("## wuhen "))
        .collect();
    let listed: BTreeSet<&str> = READ.into_iter().chain(NO_RECORDS).collect();
    assert_eq!(
        commands, listed,
        "say in this file whether it reads records"
    );
    let called: BTreeSet<&str> = calls("1").into_iter().map(|call| call.command).collect();
    assert_eq!(called, READ.into_iter().collect());
}

/// A call that would show something of the seventh guest.
struct Call {
    command: &'static str,
    arguments: Vec<String>,
    /// What is shown while nothing is said of the guest; none where the call shows nothing, or changes something.
    shows: Option<&'static str>,
}

#[expect(clippy::too_many_lines, reason = "one list of all commands")]
fn calls(receipt: &str) -> Vec<Call> {
    let call = |command, arguments: &[&str], shows| Call {
        command,
        arguments: arguments.iter().map(ToString::to_string).collect(),
        shows,
    };
    let reveal = [
        "--as",
        "privacy-officer",
        "--reveal",
        "--reason",
        "a dispute",
    ];
    vec![
        call(
            "guests",
            &["guests", "--as", "privacy-officer"],
            Some("Sofia"),
        ),
        call("guests", &["guests", "--find", "Sofia"], Some("lk-g07")),
        call("conversations", &["conversations"], Some("lk-014")),
        call("show", &["show", "lk-014"], Some("heron")),
        call(
            "show",
            &[&["show", "lk-014"], &reveal[..]].concat(),
            Some("heron"),
        ),
        call("search", &["search", "heron"], Some("heron")),
        call(
            "search",
            &["search", "heron", "--guest", "lk-g07"],
            Some("heron"),
        ),
        call(
            "attachment",
            &["attachment", "lk-014", receipt],
            Some("LK240601"),
        ),
        call(
            "attachment",
            &[&["attachment", "lk-014", receipt], &reveal[..]].concat(),
            Some("LK240601"),
        ),
        call("ledger reveals", &["ledger", "reveals"], Some("lk-014")),
        call("scan", &["scan", "--store", "wuhen-data"], Some("lk-013")),
        call("label", &["label", "lk-014", "机密-2026"], None),
        call(
            "mark",
            &[
                "mark",
                "lk-014",
                receipt,
                "identity-document",
                "--reason",
                "a passport",
            ],
            None,
        ),
        call(
            "erase",
            &[
                "erase",
                "--guest",
                "lk-g07",
                "--reason",
                "a test",
                "--dry-run",
            ],
            None,
        ),
        call(
            "redact",
            &[
                "redact",
                "--guest",
                "lk-g07",
                "--reason",
                "a test",
                "--dry-run",
            ],
            None,
        ),
    ]
}

/// Says something of a guest, or of one place of their conversations, by the order in which they came.
fn say(house: &House, flag: Flag, conversation: Option<(usize, u32)>) {
    let store = SqliteStore::open(&house.path("wuhen-data"), Options::default());
    let store = store.expect("the store is nobody else's");
    let tenant = store.tenants().expect("a list")[0].number;
    let (node, item) = match conversation {
        Some((number, place)) => {
            let rows = store.conversations(tenant, None, number + 1);
            (rows.expect("rows")[number].node, Some(place))
        }
        None => (store.guests(tenant, None, 7).expect("rows")[6].node, None),
    };
    let flags = vec![FlagRow {
        node,
        item,
        flag,
        register: node,
    }];
    let write = RegisterWrite {
        flags,
        ..RegisterWrite::default()
    };
    store.write_register(tenant, &write).expect("a flag");
}

fn receipt(house: &House) -> String {
    let shown = house.json(&["show", "lk-014"]);
    let messages = shown["messages"].as_array().expect("a list");
    let files = messages
        .iter()
        .flat_map(|message| message["attachments"].as_array().expect("a list"));
    let mut receipts = files.filter(|file| file["name"] == "receipt-LK240601.txt");
    receipts.next().expect("the receipt")["number"].to_string()
}

#[test]
fn what_is_closed_is_shown_by_no_command() {
    for flag in [Flag::Restriction, Flag::Frozen, Flag::Minor] {
        let house = House::lakeside();
        let receipt = receipt(&house);
        for call in calls(&receipt) {
            let arguments: Vec<&str> = call.arguments.iter().map(String::as_str).collect();
            if let Some(shows) = call.shows {
                let shown = house.ok(&arguments);
                assert!(
                    shown.contains(shows),
                    "{arguments:?} shows nothing: {shown}"
                );
            }
        }
        say(&house, flag, None);
        for call in calls(&receipt) {
            let arguments: Vec<&str> = call.arguments.iter().map(String::as_str).collect();
            let run = house.run(&arguments);
            for closed in [
                "heron",
                "Sofia",
                "lk-g07",
                "lk-013",
                "lk-014",
                "receipt-LK240601",
            ] {
                assert!(
                    !run.out.contains(closed) && !run.err.contains(closed),
                    "{flag:?}: {arguments:?} shows {closed:?}: {}{}",
                    run.out,
                    run.err
                );
            }
            if ["label", "mark", "show", "attachment"].contains(&call.command) {
                assert_ne!(run.code, 0, "{arguments:?}");
                assert!(run.err.contains("not shown"), "{arguments:?}: {}", run.err);
            }
        }
        let guests = house.json(&["guests"]);
        assert_eq!(guests["guests"].as_array().unwrap().len(), 11);
    }
}

#[test]
fn a_restricted_message_is_left_out_of_its_conversation() {
    let house = House::lakeside();
    let first = |house: &House| house.json(&["show", "lk-001"])["messages"][0].clone();
    let before = first(&house);
    say(&house, Flag::Restriction, Some((0, 1)));
    let after = house.json(&["show", "lk-001"]);
    assert_eq!(after["messages"].as_array().unwrap().len(), 13);
    assert_ne!(after["messages"][0], before);
    assert_eq!(after["conversation"]["messages"], 13);
    let guest = house.json(&["guests", "--find", "lk-g01"]);
    assert_eq!(guest["guests"][0]["messages"], 27);
    let words = before["text"].as_str().unwrap();
    let hits = house.json(&["search", words, "--guest", "lk-g01"]);
    assert_eq!(hits["count"], 0, "a restricted message is found");
}
