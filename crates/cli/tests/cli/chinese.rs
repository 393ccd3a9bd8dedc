//! What a person who reads Chinese is told, where it is not about one command; and that machines are told the same as ever.

use serde_json::Value;

use crate::house::House;

#[test]
fn kinds_have_their_chinese_names_for_people_and_their_keys_for_machines() {
    let house = House::empty();
    house.write("chat.txt", "手机13812345678，卡号4111111111111111\n");
    let scan = ["scan", "chat.txt", "--lang", "zh"];
    let shown = house.ok(&scan);
    for words in [
        "[13812345678 手机号]",
        "[4111111111111111 银行卡号]",
        "手机号（MOBILE）  1",
    ] {
        assert!(shown.contains(words), "{shown}");
    }
    let mut by_locale = house.command(&["scan", "chat.txt"]);
    by_locale.env("LC_ALL", "zh_CN.UTF-8");
    assert_eq!(crate::house::Run::of(by_locale).out, shown);
    let json = house.ok(&[&scan[..], &["--json"]].concat());
    assert!(
        json.contains("\"MOBILE\"") && !json.contains("手机号"),
        "{json}"
    );
    // Names are taken in either language; labels are for programs too.
    let named = house.ok(&["scan", "chat.txt", "--kinds", "手机号,bank-card"]);
    assert!(named.contains("found: 2"), "{named}");
    let label = ["redact", "chat.txt", "--style", "label", "--lang", "zh"];
    assert_eq!(house.ok(&label), "手机[MOBILE]，卡号[BANK_CARD]\n");
}

#[test]
fn a_store_is_reported_and_redacted_in_chinese_names() {
    let house = House::lakeside();
    let report = house.ok(&["scan", "--store", "wuhen-data", "--lang", "zh"]);
    assert!(report.contains("手机号（MOBILE）"), "{report}");
    let preview = [
        "redact",
        "--all",
        "--reason",
        "why",
        "--dry-run",
        "--lang",
        "zh",
    ];
    let preview = house.ok(&preview);
    assert!(
        preview.contains("手机号 ") && !preview.contains("MOBILE"),
        "{preview}"
    );
}

#[test]
fn a_wrong_command_line_is_explained_in_chinese() {
    let house = House::empty();
    for (arguments, says) in [
        (
            &["scan", "x", "--kinds", "SHOE_SIZE"][..],
            "没有这种个人信息；可选：身份证号（RESIDENT_ID）",
        ),
        (
            &["scan", "x", "--own-number", "110"],
            "本店号码至少有 7 位数字",
        ),
        (
            &["scan", "x", "--format", "xml"],
            "--format <FORMAT> 的值 \"xml\" 无效；可选：text、jsonl",
        ),
        (
            &["scan", "x", "--list", "many"],
            "--list <N> 的值 \"many\" 无效",
        ),
        (&["scna"], "没有命令 \"scna\"；是否想用："),
        (
            &["scan", "--keep-gong"],
            "没有参数 --keep-gong；是否想用：--keep-going",
        ),
        (&["show"], "缺少必需的参数：<CONVERSATION>"),
        (
            &["search", "x", "--from", "tomorrow"],
            "日期写作 2024-05-01",
        ),
        (
            &["redact", "--all", "--guest", "g"],
            "不能与 --guest <ID> 同时使用",
        ),
        (&["redact", "--message", "m", "--span", "x"], "如 12..23"),
        (&["redact", "--reason"], "--reason <TEXT> 需要一个值"),
    ] {
        let said = house.fails(&[arguments, &["--lang", "zh"]].concat(), 2, says);
        assert!(
            said.starts_with("错误：") && said.lines().count() == 1,
            "{said}"
        );
        let english = house.run(arguments);
        assert!(english.err.starts_with("error: "), "{}", english.err);
    }
    house.fails(
        &["scan", "x", "--kinds", "SHOE_SIZE"],
        2,
        "there are RESIDENT_ID, ",
    );
}

#[test]
fn errors_are_on_standard_error_and_standard_output_is_empty_with_json_too() {
    let house = House::with_store();
    house.write("no.jsonl", "no json\n");
    house.write("no.bin", b"\xff\xff\xff\n");
    for arguments in [
        &["scan", "missing"][..],
        &["scan", "."],
        &["scan", "no.bin"],
        &["scan", "no.jsonl", "--format", "jsonl"],
        &["scan", "x", "--kinds", "SHOE_SIZE"],
        &["scan", "--store", "nowhere"],
        &["scan", "--store", "wuhen-data", "--format", "text"],
        &["redact", "missing"],
        &["redact", "no.bin"],
        &["redact", "no.jsonl", "--format", "jsonl"],
        &["redact", "x", "--yes"],
        &["redact", "x", "--all", "--reason", "why"],
        &["redact", "--all", "--yes"],
        &["redact", "--all", "--reason", "why", "--yes"],
        &["redact", "--guest", "nobody", "--reason", "why", "--yes"],
        &["erase", "--guest", "nobody", "--reason", "why", "--yes"],
        &["import", "missing"],
        &["import", "no.jsonl"],
        &["show", "nothing"],
        &["search", "x"],
        &["label", "nothing", "x"],
        &[
            "mark",
            "nothing",
            "1",
            "identity-document",
            "--reason",
            "why",
        ],
        &["attachment", "nothing", "1"],
        &["certificate", "get", "C-000009"],
        &["verify", "missing"],
        &["house", "numbers", "add", "x"],
        &["snapshot", "create", "--repository", "x"],
        &["snapshot", "list", "nowhere"],
        &["snapshot", "restore", "nowhere"],
        &["probe", "--needles", "missing"],
        &["init", "--tenant", "Lakeside"],
        &["stats", "--store", "nowhere"],
        &["nonsense"],
    ] {
        for lang in ["en", "zh"] {
            let run = house.run(&[arguments, &["--json", "--lang", lang]].concat());
            assert_ne!(run.code, 0, "{arguments:?}");
            assert_eq!(run.out, "", "{arguments:?}");
            let last = run.err.lines().last().unwrap_or_default();
            let error: Value = serde_json::from_str(last).expect(last);
            assert_eq!(error["exit_code"], run.code, "{arguments:?}");
            assert!(!error["error"].as_str().unwrap().is_empty());
        }
    }
}
