//! Texts that are scanned and redacted without a store.

use serde_json::{Value, json};

use crate::house::{House, Run};

const PHONE: &str = "15400000173";

#[test]
fn machines_get_one_object_for_each_line_in_order() {
    let house = House::empty();
    let input = format!(
        "{{\"id\":\"a\",\"text\":\"电话{PHONE}。\"}}\n{{\"id\":7,\"text\":\"好的\"}}\n{{\"text\":\"CVV 973\",\"more\":[1]}}\n"
    );
    let arguments = ["scan", "--format", "jsonl", "--json"];
    let Run { code, out, .. } = house.with_input(&arguments, input.as_bytes());
    assert_eq!(code, 0);
    let lines: Vec<Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect();
    assert_eq!(
        lines[0],
        json!({ "id": "a", "findings": [{
            "start": 6, "end": 17, "char_start": 2, "char_end": 13, "kind": "MOBILE", "score": 0.85, "evidence": ["shape", "keyword"],
        }] })
    );
    assert_eq!(lines[1], json!({ "id": 7, "findings": [] }));
    assert_eq!(lines[2]["id"], Value::Null);
    assert_eq!(lines[2]["findings"][0]["kind"], "CARD_SECURITY_CODE");
    assert_eq!(lines.len(), 3);
}

#[test]
fn people_see_the_lines_that_have_something_with_its_kind() {
    let house = House::empty();
    house.write(
        "chat.txt",
        format!("你好\n电话{PHONE}，卡号4111111111111111\n"),
    );
    let shown = house.ok(&["scan", "chat.txt"]);
    assert!(
        shown.contains(&format!(
            "2  电话[{PHONE} MOBILE]，卡号[4111111111111111 BANK_CARD]"
        )),
        "{shown}"
    );
    assert!(
        shown.contains("Personal data found: 2, in 1 of 2 lines.") && !shown.contains("你好"),
        "{shown}"
    );
    let only = house.ok(&["scan", "chat.txt", "--kinds", "bank-card"]);
    assert!(
        only.contains("found: 1") && !only.contains("MOBILE"),
        "{only}"
    );
    let chinese = house.ok(&["--lang", "zh", "scan", "chat.txt"]);
    assert!(
        chinese.contains("找到 2 处个人信息，在 2 行中的 1 行。"),
        "{chinese}"
    );
}

#[test]
fn a_text_is_redacted_in_three_ways_and_a_second_time_changes_nothing() {
    let house = House::empty();
    let text = "手机13812345678\n\nCVV：\n973\n好\n";
    for (style, redacted) in [
        ("mask", "手机138****5678\n\nCVV：\n***\n好\n"),
        ("label", "手机[MOBILE]\n\nCVV：\n[CARD_SECURITY_CODE]\n好\n"),
        ("remove", "手机\n\nCVV：\n\n好\n"),
    ] {
        let arguments = ["redact", "-", "--style", style];
        let Run {
            code, out: once, ..
        } = house.with_input(&arguments, text.as_bytes());
        assert_eq!((code, once.as_str()), (0, redacted));
        let Run { out: twice, .. } = house.with_input(&arguments, once.as_bytes());
        assert_eq!(twice, once);
    }
    let line = "{\"z\":1,\"text\":\"手机13812345678\",\"a\":\"x\"}\n";
    let Run { out, .. } = house.with_input(&["redact", "--format", "jsonl"], line.as_bytes());
    assert_eq!(out, line.replace("13812345678", "138****5678"));
}

#[test]
fn a_line_without_a_text_is_redacted_in_every_value() {
    let house = House::empty();
    let lines = "{\"type\":\"guest\",\"id\":\"g1\",\"name\":\"Ann Lee\",\"phone\":\"+86 13812345678\", \"email\":\"ann.lee@mail.example\"}\n\
                 {\"type\":\"conversation\",\"id\":\"c1\",\"guest\":\"g1\",\"booking\":{\"card\":[\"4111111111111111\"]},\"a\":1.0}\n";
    let Run { code, out, .. } =
        house.with_input(&["redact", "--format", "jsonl"], lines.as_bytes());
    assert_eq!(code, 0);
    for word in ["Ann Lee", "13812345678", "ann.lee@", "4111111111111111"] {
        assert!(!out.contains(word), "{out}");
    }
    assert!(
        out.starts_with("{\"type\":\"guest\",\"id\":\"g1\",\"name\":"),
        "{out}"
    );
    assert!(out.ends_with("]},\"a\":1.0}\n"), "{out}");
    let only = ["redact", "--format", "jsonl", "--kinds", "EMAIL"];
    let Run { out, .. } = house.with_input(&only, lines.as_bytes());
    assert!(
        out.contains("Ann Lee") && out.contains("13812345678") && !out.contains("ann.lee@"),
        "{out}"
    );
}

#[test]
fn options_of_the_store_are_refused_over_a_text() {
    let house = House::empty();
    house.write("chat.txt", "hello\n");
    for option in [
        &["--reason", "why"][..],
        &["--yes"],
        &["--dry-run"],
        &["--certificate", "c.json"],
    ] {
        let run = house.run(&[&["redact", "chat.txt"], option].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.contains("for messages of the store"), "{}", run.err);
    }
    let help = house.ok(&["redact", "--help"]);
    assert!(
        help.contains("With FILE") && help.contains("With --guest"),
        "{help}"
    );
}

#[test]
fn what_cannot_be_read_is_told_with_its_line_and_without_its_words() {
    let house = House::empty();
    house.write(
        "broken.jsonl",
        "{\"id\":1,\"text\":\"a\"}\n{\"id\":2,\"text\":\"c4n4ry\n",
    );
    let run = house.run(&["scan", "broken.jsonl", "--format", "jsonl", "--json"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("broken.jsonl:2") && !run.err.contains("c4n4ry"),
        "{}",
        run.err
    );
    assert_eq!(
        run.out.lines().count(),
        1,
        "what came before it is answered"
    );
    house.write("no-text.jsonl", "{\"id\":1}\n");
    let run = house.run(&["scan", "no-text.jsonl", "--format", "jsonl"]);
    assert!(
        run.code == 2 && run.err.contains("`text` is missing"),
        "{}",
        run.err
    );
    let run = house.run(&["scan", "missing.txt"]);
    assert_ne!(run.code, 0);
    let run = house.run(&["redact", "x.txt", "--all", "--reason", "both"]);
    assert_eq!(run.code, 2, "{}", run.err);
    let run = house.run(&["scan", "x.txt", "--kinds", "SHOE_SIZE"]);
    assert_eq!(run.code, 2, "{}", run.err);
}
