//! Lines of a text that is scanned or redacted: those that cannot be read, their ends, their encoding.

use encoding_rs::GB18030;
use serde_json::{Value, json};

use crate::house::House;

const PHONE: &str = "15400000173";

/// Five lines: the second is cut, the third has no text, the fourth is no UTF-8.
fn broken() -> Vec<u8> {
    let lines: [&[u8]; 5] = [
        b"{\"id\":1,\"text\":\"call 15400000173\"}\n",
        b"{\"id\":2,\"text\":\"c4n4ry\n",
        b"{\"id\":3}\n",
        b"{\"id\":4,\"text\":\"\xe4\xbd\xa0\xff\"}\n",
        "{\"id\":5,\"text\":\"电话15400000173\"}\n".as_bytes(),
    ];
    lines.concat()
}

#[test]
fn the_first_bad_line_stops_the_run_and_says_what_to_do() {
    let house = House::empty();
    house.write("chat.jsonl", broken());
    for command in ["scan", "redact"] {
        let arguments = [command, "chat.jsonl", "--format", "jsonl"];
        for more in [&[][..], &["--json"]] {
            let run = house.run(&[&arguments, more].concat());
            assert_eq!((run.code, run.out.lines().count()), (2, 1), "{}", run.out);
            for words in [
                "chat.jsonl:2: ",
                "at byte ",
                "correct or remove the line",
                "--keep-going",
            ] {
                assert!(run.err.contains(words), "{}", run.err);
            }
            assert!(!run.err.contains("c4n4ry"), "{}", run.err);
        }
        let run = house.run(&[&arguments[..], &["--lang", "zh"]].concat());
        assert!(
            run.err.starts_with("错误：chat.jsonl:2：") && run.err.contains("更正"),
            "{}",
            run.err
        );
    }
    let run = house.run(&["redact", "chat.jsonl", "--format", "jsonl"]);
    assert!(
        run.err.contains("what was written ends before it"),
        "{}",
        run.err
    );
}

#[test]
fn a_scan_that_keeps_going_answers_bad_lines_in_their_place() {
    let house = House::empty();
    let arguments = ["scan", "--format", "jsonl", "--json", "--keep-going"];
    let run = house.with_input(&arguments, &broken());
    let lines: Vec<Value> = run
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!((run.code, lines.len()), (3, 5), "{}", run.err);
    assert_eq!((&lines[0]["id"], &lines[4]["id"]), (&json!(1), &json!(5)));
    for (place, line) in [(1, 2), (2, 3), (3, 4)] {
        assert_eq!(lines[place]["line"], line);
        assert_eq!(lines[place].as_object().unwrap().len(), 2);
        assert!(!lines[place]["error"].as_str().unwrap().contains("c4n4ry"));
    }
    assert_eq!(lines[2]["error"], "field `text` is missing");
    let note: Value = serde_json::from_str(&run.err).unwrap();
    assert!(note["note"].as_str().unwrap().ends_with("3 of 5"), "{note}");
}

#[test]
fn for_people_bad_lines_are_told_on_standard_error_and_the_rest_is_shown() {
    let house = House::empty();
    let arguments = ["scan", "--format", "jsonl", "--keep-going"];
    let run = house.with_input(&arguments, &broken());
    assert_eq!(run.code, 3);
    assert!(
        run.out.contains(&format!("5  电话[{PHONE} MOBILE]")),
        "{}",
        run.out
    );
    assert!(run.out.contains("found: 2, in 2 of 5 lines"), "{}", run.out);
    let told: Vec<&str> = run.err.lines().collect();
    assert!(
        told[0].starts_with("error: standard input:2: "),
        "{}",
        run.err
    );
    assert!(
        told[2].starts_with("error: standard input:4: invalid UTF-8 at byte "),
        "{}",
        run.err
    );
    assert!(
        told[3].contains("could not be read") && told[3].contains("3 of 5"),
        "{}",
        run.err
    );
    let all_well = house.with_input(&arguments, b"{\"text\":\"x\"}\n");
    assert_eq!((all_well.code, all_well.err.as_str()), (0, ""));
}

#[test]
fn a_redaction_that_keeps_going_leaves_bad_lines_out_and_never_in_silence() {
    let house = House::empty();
    for format in ["text", "jsonl"] {
        let arguments = ["redact", "--format", format, "--keep-going"];
        let run = house.with_input(&arguments, &broken());
        assert_eq!(run.code, 3);
        assert!(
            !run.out.contains(PHONE) && run.out.contains("\"id\":5"),
            "{}",
            run.out
        );
        let (lines, bad) = if format == "text" { (4, 1) } else { (2, 3) };
        assert_eq!(run.out.lines().count(), lines);
        assert_eq!(run.err.lines().count(), bad + 1, "{}", run.err);
        assert!(run.err.contains("NOT in the output") && run.err.contains(&format!("{bad} of 5")));
        let run = house.with_input(&[&arguments[..], &["--json"]].concat(), &broken());
        let told: Vec<Value> = run
            .err
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!((told.len(), &told[bad - 1]["line"]), (bad + 1, &json!(4)));
    }
    // What ends the file ends the run, flag or not.
    let gzip = b"\x1f\x8b\x08\0\0\0\0\0\0\x03cut";
    let run = house.with_input(&["redact", "--keep-going"], gzip);
    assert!(
        run.code == 1 && run.err.contains("standard input"),
        "{}",
        run.err
    );
}

/// A text in every encoding in which one is read.
fn encodings(text: &str) -> Vec<Vec<u8>> {
    let utf16 = |text: &str, to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    };
    let marked = format!("\u{feff}{text}");
    let (gb18030, _, lossy) = GB18030.encode(text);
    assert!(!lossy);
    vec![
        text.as_bytes().to_vec(),
        marked.as_bytes().to_vec(),
        gb18030.into_owned(),
        utf16(&marked, u16::to_le_bytes),
        utf16(&marked, u16::to_be_bytes),
        utf16(text, u16::to_le_bytes),
        utf16(text, u16::to_be_bytes),
    ]
}

#[test]
fn a_redacted_text_has_the_encoding_and_the_line_ends_that_it_came_with() {
    let house = House::empty();
    let clean = "hello\r\n\n  \r\n你好，𠮷\u{3000}€\n最后一行";
    let old = "first line\r\n你好，手机13812345678，𠮷\n\r\n再见\r\n尾13812345678";
    let new = "first line\r\n你好，手机138****5678，𠮷\n\r\n再见\r\n尾138****5678";
    for end in ["", "\n", "\r\n", "\r"] {
        for (old, new) in [(clean, clean), (old, new)] {
            let [old, new] = [old, new].map(|text| encodings(&format!("{text}{end}")));
            for (old, new) in old.iter().zip(&new) {
                let (code, out, err) = house.with_bytes(&["redact"], old);
                assert_eq!((code, err.as_str()), (0, ""));
                assert!(out == *new, "{}", String::from_utf8_lossy(&out));
            }
        }
    }
}

#[test]
fn a_text_that_begins_in_chinese_is_redacted_in_every_encoding() {
    let house = House::empty();
    let old = "手机13812345678，𠮷\r\n再见\r\n";
    let new = old.replace("13812345678", "138****5678");
    for (old, new) in encodings(old).iter().zip(encodings(&new)) {
        let (code, out, err) = house.with_bytes(&["redact"], old);
        assert_eq!((code, err.as_str()), (0, ""));
        assert!(out == new, "{}", String::from_utf8_lossy(&out));
    }
    let run = house.with_input(&["redact"], b"phone 13812345678\0\n");
    assert!(run.code != 0 && run.out.is_empty(), "{}", run.out);
    assert!(run.err.contains("UTF-16"), "{}", run.err);
}

#[test]
fn redacted_json_lines_too_and_blank_lines_between_them_stay() {
    let house = House::empty();
    let old = "{\"text\": \"手机13812345678，𠮷\", \"b\":1.0}\r\n\r\n \n{\"text\":\"再见，好\"}";
    let new = old.replace("13812345678", "138****5678");
    for (old, new) in encodings(old).iter().zip(encodings(&new)) {
        let (code, out, _) = house.with_bytes(&["redact", "--format", "jsonl"], old);
        assert!(code == 0 && out == new, "{}", String::from_utf8_lossy(&out));
    }
}

#[test]
fn numbers_of_the_house_that_are_named_are_nobodys() {
    let house = House::empty();
    let text = format!("reception: {PHONE}, guest: 13812345678\n");
    let own = ["--own-number", "+86 154-0000-0173"];
    let run = house.with_input(&[&["redact"][..], &own].concat(), text.as_bytes());
    assert_eq!(run.out, text.replace("13812345678", "138****5678"));
    let more = ["--own-number", "13812345678"];
    let run = house.with_input(&[&["scan"][..], &own, &more].concat(), text.as_bytes());
    assert!(run.out.contains("found: 0"), "{}", run.out);
    house.fails(
        &["scan", "x", "--own-number", "110"],
        2,
        "7 digits at least",
    );
    for command in [
        &["scan"][..],
        &["redact", "--all", "--reason", "why", "--yes"],
    ] {
        let refused = [command, &["--store", "wuhen-data"], &own].concat();
        house.fails(&refused, 2, "wuhen house numbers add");
        let refused = [command, &["--store", "wuhen-data", "--keep-going"]].concat();
        house.fails(&refused, 2, "not for the store");
    }
}

#[test]
fn nothing_on_standard_input_is_said_and_is_no_error() {
    let house = House::empty();
    let run = house.run(&["scan"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("found: 0, in 0 of 0 lines"), "{}", run.out);
    assert!(run.err.contains("standard input is empty"), "{}", run.err);
    let run = house.run(&["redact"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert!(run.err.contains("standard input is empty"), "{}", run.err);
    let run = house.run(&["scan", "--json", "--lang", "zh"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert!(run.err.contains("\"note\":\"标准输入为空"), "{}", run.err);
}
