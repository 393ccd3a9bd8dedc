//! Files that cannot be imported: each says where and what, and leaves nothing.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};

use crate::house::House;

const GUEST: &str = r#"{"type":"guest","id":"g1","name":"Ann"}"#;

fn refuses(name: &str, bytes: impl AsRef<[u8]>, says: &[&str]) {
    let house = House::with_store();
    house.write(name, bytes);
    let err = house.fails(&["import", name], 1, name);
    for words in says {
        assert!(err.contains(words), "{name} lacks {words:?}: {err}");
    }
    assert_eq!(err.lines().count(), 1, "one line: {err}");
    assert_eq!(house.json(&["stats"])["guests"], 0, "nothing of it stays");
}

#[test]
fn a_broken_line_is_named() {
    refuses(
        "a.jsonl",
        format!("{GUEST}\n\n{{\"type\":\"guest\"\n"),
        &["a.jsonl:3"],
    );
}

#[test]
fn an_unknown_reference_is_named() {
    let line = r#"{"type":"conversation","id":"c1","guest":"nobody"}"#;
    refuses(
        "a.jsonl",
        format!("{GUEST}\n{line}\n"),
        &["a.jsonl:2", "guest"],
    );
}

#[test]
fn an_id_that_stands_twice_is_named() {
    refuses(
        "a.jsonl",
        format!("{GUEST}\n{GUEST}\n"),
        &["a.jsonl:2", "twice"],
    );
}

#[test]
fn an_endless_line_is_refused_without_being_held() {
    let mut file = format!("{GUEST}\n").into_bytes();
    file.resize(file.len() + 100_000_000, b'x');
    refuses("a.jsonl", file, &["a.jsonl:2", "longer than 16 MiB"]);
}

#[test]
fn bytes_of_no_encoding_are_refused() {
    refuses(
        "a.jsonl",
        [
            GUEST.as_bytes(),
            b"\n{\"type\":\"guest\",\"id\":\"\xff\xfe\xfd\"}\n",
        ]
        .concat(),
        &["a.jsonl:2"],
    );
}

#[test]
fn a_download_that_broke_off_is_told_from_a_broken_record() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    for number in 0..10_000 {
        writeln!(
            packed,
            r#"{{"type":"guest","id":"g{number}","name":"{}"}}"#,
            number * 7_919
        )
        .unwrap();
    }
    let packed = packed.finish().unwrap();
    refuses(
        "a.jsonl.gz",
        &packed[..packed.len() / 2],
        &["a.jsonl.gz", "compressed"],
    );
}

#[test]
fn an_attachment_outside_of_the_folder_is_refused() {
    let conversation = r#"{"type":"conversation","id":"c1","guest":"g1"}"#;
    let message = r#"{"type":"message","id":"m1","conversation":"c1","sender":{"role":"guest"},"sent_at":"2024-05-01T08:00:00Z","text":"","attachments":[{"path":"../secret"}]}"#;
    refuses(
        "a.jsonl",
        format!("{GUEST}\n{conversation}\n{message}\n"),
        &["a.jsonl:3", "leads out of the folder"],
    );
}

#[test]
fn other_encodings_are_converted() {
    let house = House::with_store();
    let line = r#"{"type":"guest","id":"g1","name":"林晓雯"}"#;
    let utf16: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(line.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    house.write("utf16.jsonl", utf16);
    // The name in GB18030.
    let name = b"\xc1\xd6\xcf\xfe\xf6\xa9";
    house.write(
        "gb.jsonl",
        [
            &b"{\"type\":\"guest\",\"id\":\"g1\",\"name\":\""[..],
            name,
            b"\"}\n",
        ]
        .concat(),
    );
    house.ok(&["import", "utf16.jsonl", "gb.jsonl"]);
    let guests = house.json(&["guests", "--find", "晓雯"]);
    assert_eq!(guests["guests"].as_array().unwrap().len(), 2);
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let house = House::with_store();
    house.fails(&["import", "nothing.jsonl"], 5, "nothing.jsonl");
}
