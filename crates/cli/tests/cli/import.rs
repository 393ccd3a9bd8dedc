//! Import: what is added, what is not, from where.

use std::io::{Read as _, Write as _};
use std::process::Stdio;

use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

use crate::house::{House, sample};

const GUEST: &str = r#"{"type":"guest","id":"g1","name":"Ann"}"#;
const CONVERSATION: &str = r#"{"type":"conversation","id":"c1","guest":"g1"}"#;

fn message(id: &str, text: &str) -> String {
    message_of("c1", id, text)
}

fn message_of(conversation: &str, id: &str, text: &str) -> String {
    json!({
        "type": "message", "id": id, "conversation": conversation, "sender": { "role": "guest", "id": "g1" },
        "sent_at": "2024-05-01T08:00:00+08:00", "text": text,
    })
    .to_string()
}

fn counts(answer: &Value) -> [u64; 4] {
    ["guests", "conversations", "messages", "attachments"]
        .map(|kind| answer[kind].as_u64().expect("a number"))
}

#[test]
fn an_import_ends_with_what_was_added() {
    let house = House::with_store();
    let file = sample();
    let file = file.to_str().unwrap();
    let first = house.json(&["import", file]);
    assert_eq!(counts(&first), [12, 25, 311, 4]);
    assert!(first["seconds"].is_number());
    assert_eq!(first["files"][0]["source"], "lakeside");
    let stats = house.json(&["stats"]);
    assert_eq!(counts(&stats), [12, 25, 311, 4]);
    assert_eq!(stats["epoch"], 0);
    assert!(stats["bytes"]["database"].as_u64().unwrap() > 0);
    assert_eq!(stats["oldest"], "2023-04-02T02:12:00Z");

    let again = house.json(&["import", file]);
    assert_eq!(counts(&again), [0, 0, 0, 0]);
    assert_eq!(again["known"]["messages"], 311);
}

#[test]
fn several_files_and_standard_input_are_added_up() {
    let house = House::with_store();
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    writeln!(
        packed,
        "{GUEST}\n{CONVERSATION}\n{}",
        message("m1", "hello")
    )
    .unwrap();
    house.write("a.jsonl.gz", packed.finish().unwrap());
    house.write("b.jsonl", format!("{GUEST}\n{CONVERSATION}\n"));
    let answer = house.json(&["import", "a.jsonl.gz", "b.jsonl"]);
    assert_eq!(counts(&answer), [2, 2, 1, 0]);

    let mut command = house.command(&["import", "-", "--source", "a", "--json"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let line = format!("{}\n", message("m2", "later"));
    child
        .stdin
        .take()
        .unwrap()
        .write_all(line.as_bytes())
        .unwrap();
    let mut out = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut out)
        .unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(counts(&serde_json::from_str(&out).unwrap()), [0, 0, 1, 0]);
}

#[test]
fn a_file_that_fails_leaves_those_before_it() {
    let house = House::with_store();
    house.write(
        "good.jsonl",
        format!("{GUEST}\n{CONVERSATION}\n{}\n", message("m1", "hello")),
    );
    house.write("bad.jsonl", format!("{GUEST}\n{{broken\n"));
    let run = house.run(&["import", "good.jsonl", "bad.jsonl", "good.jsonl"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("bad.jsonl:2"), "{}", run.err);
    assert!(
        run.err.contains("1 files before it were imported and stay"),
        "{}",
        run.err
    );
    assert_eq!(house.json(&["stats"])["guests"], 1);
}

#[test]
fn a_message_is_known_by_its_conversation() {
    let house = House::with_store();
    let other = r#"{"type":"conversation","id":"c2","guest":"g1"}"#;
    let (here, there) = (message("m1", "hello"), message_of("c2", "m1", "good bye"));
    house.write(
        "twice.jsonl",
        format!("{GUEST}\n{CONVERSATION}\n{other}\n{here}\n{there}\n"),
    );
    house.fails(&["import", "twice.jsonl"], 1, "twice.jsonl:5");

    house.write("first.jsonl", format!("{GUEST}\n{CONVERSATION}\n{here}\n"));
    house.write("second.jsonl", format!("{other}\n{there}\n"));
    house.json(&["import", "first.jsonl", "--source", "desk"]);
    for added in [1, 0] {
        let answer = house.json(&["import", "second.jsonl", "--source", "desk"]);
        assert_eq!(counts(&answer), [0, added, added, 0]);
    }

    let erase = ["erase", "--message", "m1", "--reason", "trial", "--dry-run"];
    house.fails(&erase, 2, "which is meant: desk/c1, desk/c2");
    let erase = ["erase", "--reason", "asked", "--yes", "--message"];
    house.json(&[&erase[..], &["c2/m1"]].concat());
    assert!(house.ok(&["show", "c1"]).contains("hello"));
    assert!(!house.ok(&["show", "c2"]).contains("good bye"));
    house.json(&[&erase[..], &["desk/c1/m1"]].concat());
    house.fails(&[&erase[..], &["m1"]].concat(), 5, "m1");
}

#[test]
fn what_was_erased_stays_away_unless_it_is_let_in() {
    let house = House::lakeside();
    house.erase(&["--guest", "lk-g01"]);
    let file = sample();
    let file = file.to_str().unwrap();
    let again = house.json(&["import", file]);
    assert_eq!(counts(&again), [0, 0, 0, 0]);
    assert_eq!(counts(&again["kept_away"]), [1, 2, 28, 0]);
    let let_in = house.json(&["import", file, "--allow-erased"]);
    assert_eq!(counts(&let_in), [1, 2, 28, 0]);
    assert_eq!(house.messages(), 311);
}

/// Rooms number their messages from one, as many chat systems do.
fn room(name: &str) -> String {
    format!(
        "{GUEST}\n{}\n{}\n{}\n",
        CONVERSATION.replace("c1", name),
        message_of(name, "1", &format!("first in {name}")),
        message_of(name, "2", &format!("second in {name}")),
    )
}

#[test]
fn a_message_that_was_erased_stays_away_from_its_own_conversation_only() {
    let house = House::with_store();
    for name in ["a", "b"] {
        house.write(&format!("{name}.jsonl"), room(name));
    }
    let import = |file, more: &[&str]| {
        let answer = house.json(&[&["import", file, "--source", "desk"], more].concat());
        [&answer["messages"], &answer["kept_away"]["messages"]].map(|n| n.as_u64().unwrap())
    };
    assert_eq!(import("a.jsonl", &[]), [2, 0]);
    house.json(&["erase", "--message", "a/1", "--reason", "asked", "--yes"]);
    assert_eq!(import("b.jsonl", &[]), [2, 0], "nobody erased those of b");
    assert_eq!(import("b.jsonl", &["--allow-erased"]), [0, 0]);
    assert_eq!(import("a.jsonl", &[]), [0, 1], "it was not let in");
    assert!(!house.ok(&["show", "a"]).contains("first in a"));
    assert_eq!(import("a.jsonl", &["--allow-erased"]), [1, 0]);
}

#[test]
fn ids_that_are_too_long_are_refused_before_they_cost_time() {
    let house = House::with_store();
    house.json(&["import", sample().to_str().unwrap()]);
    let erase = ["erase", "--reason", "asked", "--yes", "--message"];
    let slashes = "/".repeat(100_000);
    let words = house.fails(
        &[&erase[..], &[&slashes]].concat(),
        2,
        "at most 1281 name one",
    );
    assert!(words.len() < 500, "not all of it is said again");
}

#[test]
fn conversations_that_wait_long_for_their_first_message_begin_with_it() {
    let house = House::with_store();
    let ids: Vec<String> = (0..2_100).map(|number| format!("c{number}")).collect();
    let conversations = ids.iter().map(|id| CONVERSATION.replace("c1", id));
    let messages = ids[1..]
        .iter()
        .map(|id| message_of(id, &format!("m-{id}"), "hello"));
    let lines: Vec<String> = conversations.chain(messages).collect();
    house.write("many.jsonl", format!("{GUEST}\n{}\n", lines.join("\n")));
    house.json(&["import", "many.jsonl"]);
    let opened = |id: &str| house.json(&["show", id])["conversation"]["opened_at"].clone();
    assert_eq!(opened("c1"), "2024-05-01T00:00:00Z");
    assert_eq!(opened("c2099"), "2024-05-01T00:00:00Z");
    assert_eq!(opened("c0"), "1970-01-01T00:00:00Z", "nothing says when");
}

#[test]
fn what_was_erased_under_another_name_is_told() {
    let house = House::with_store();
    let file = format!("{GUEST}\n{CONVERSATION}\n{}\n", message("m1", "hello"));
    house.write("monday.jsonl", &file);
    house.write("tuesday.jsonl", &file);
    house.json(&["import", "monday.jsonl"]);
    house.json(&["erase", "--guest", "g1", "--reason", "asked", "--yes"]);
    let answer = house.json(&["import", "monday.jsonl"]);
    assert_eq!(answer["kept_away"]["guests"], 1);
    assert_eq!(answer["files"][0]["erased_elsewhere"], json!({}));

    let told = house.ok(&["import", "tuesday.jsonl"]);
    assert!(told.contains("import with --source monday"), "{told}");
    let answer = house.json(&["import", "tuesday.jsonl"]);
    assert_eq!(answer["files"][0]["erased_elsewhere"], json!({}));
    house.write("wednesday.jsonl", &file);
    let answer = house.json(&["import", "wednesday.jsonl"]);
    assert_eq!(
        answer["files"][0]["erased_elsewhere"],
        json!({ "monday": 2 })
    );
}

#[test]
fn a_second_process_is_refused_in_words() {
    let house = House::with_store();
    let mut command = house.command(&["import", "-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // The database's log is there from when the child has the store until it ends.
    while !house.path("wuhen-data/wuhen.sqlite-wal").exists() {
        assert!(
            child.try_wait().unwrap().is_none(),
            "the child waits for its input"
        );
        std::thread::yield_now();
    }
    house.fails(&["stats"], 6, "in use by another process");
    house.fails(&["stats", "--lang", "zh"], 6, "正被另一个进程使用");
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    house.ok(&["stats"]);
}

#[test]
fn the_dialogues_of_others_come_in_whole() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let (zh, en) = (
        folder.join("zh-hotel-dev.jsonl"),
        folder.join("en-hotel-dev.jsonl"),
    );
    if !zh.is_file() || !en.is_file() {
        eprintln!("SKIPPED: {} is not there", folder.display());
        return;
    }
    let house = House::with_store();
    let answer = house.json(&["import", zh.to_str().unwrap(), en.to_str().unwrap()]);
    assert_eq!(answer["messages"], 8_458 + 14_730);
    house.fails(
        &["conversations", "--guest", "g00001"],
        2,
        "which is meant: zh-hotel-dev, en-hotel-dev",
    );
    let erased = house.erase(&["--guest", "zh-hotel-dev/g00001"]);
    assert_eq!(erased["state"], "complete");
    house.fails(
        &["conversations", "--guest", "zh-hotel-dev/g00001"],
        5,
        "there is no guest",
    );
    house.ok(&["conversations", "--guest", "g00001"]);
}
