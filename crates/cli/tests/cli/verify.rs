//! Certificates: who can check them, and what no change survives. The ledger behind them.

use crate::house::House;

/// A house where a guest was erased, with `c.json` and the public key in `key`.
fn erased() -> House {
    let house = House::lakeside();
    house.ok(&[
        "erase",
        "--guest",
        "lk-g01",
        "--reason",
        "she asked",
        "--yes",
        "--certificate",
        "c.json",
    ]);
    house.write("key", house.ok(&["ledger", "key"]));
    house
}

#[test]
fn a_certificate_is_checked_without_a_store() {
    let house = erased();
    std::fs::remove_dir_all(house.path("wuhen-data")).unwrap();
    let verified = house.json(&["verify", "c.json", "--key", "key"]);
    assert_eq!(
        (&verified["valid"], &verified["state"]),
        (&true.into(), &"complete".into())
    );
    assert_eq!(
        (&verified["key"], &verified["exit_code"]),
        (&"trusted".into(), &0.into())
    );
    assert_eq!(verified["records"]["messages"], 28);
    assert_eq!(verified["reason"], "she asked");
    let text = house.ok(&["verify", "c.json", "--key", "key"]);
    for words in [
        "VALID",
        "What it states",
        "What was checked",
        "What it does not prove",
    ] {
        assert!(text.contains(words), "{words}");
    }
    assert!(
        house
            .ok(&["verify", "c.json", "--key", "key", "--lang", "zh"])
            .contains("没有证明什么")
    );
}

#[test]
fn a_redactions_certificate_is_not_called_an_erasure() {
    let house = House::with_store();
    let lines = [
        r#"{"type":"guest","id":"g"}"#,
        r#"{"type":"conversation","id":"c","guest":"g"}"#,
        r#"{"type":"message","id":"m","conversation":"c","sender":{"role":"guest"},"sent_at":"2024-05-01T08:00:00Z","text":"电话15400000173"}"#,
    ];
    house.write("day.jsonl", lines.join("\n"));
    house.ok(&["import", "day.jsonl"]);
    let redact = ["redact", "--all", "--reason", "why", "--yes"];
    house.ok(&[&redact[..], &["--certificate", "c.json"]].concat());
    house.write("key", house.ok(&["ledger", "key"]));
    let verify = ["verify", "c.json", "--key", "key"];
    let said = house.ok(&verify);
    let verdict =
        "VALID, and the redaction of messages (1; cut out of them: MOBILE 1) is complete.";
    assert!(said.starts_with(verdict), "{said}");
    let said = house.ok(&[&verify[..], &["--lang", "zh"]].concat());
    let verdict = "有效，1 条消息的遮盖（遮盖内容：手机号 1）已完成。";
    assert!(said.starts_with(verdict), "{said}");
    let said = house.fails(&["verify", "c.json"], 4, "");
    assert!(said.is_empty());
    let said = house.run(&["verify", "c.json", "--lang", "zh"]).out;
    assert!(
        said.contains("遮盖") && !said.contains("删除已完成"),
        "{said}"
    );
    let json = house.json(&[&verify[..], &["--lang", "zh"]].concat());
    assert_eq!(json["redaction"]["spans"]["MOBILE"], 1);
}

#[test]
fn without_the_key_it_is_valid_under_an_unknown_one() {
    let house = erased();
    let run = house.run(&["verify", "c.json", "--json"]);
    let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.code, &answer["key"]), (4, &"unknown".into()));
    // With a pin, the key is known from then on.
    house.ok(&["verify", "c.json", "--key", "key", "--pin"]);
    house.ok(&["verify", "c.json"]);
}

#[test]
fn the_key_of_another_house_does_not_vouch_for_it() {
    let house = erased();
    let other = House::with_store();
    house.write("other", other.ok(&["ledger", "key"]));
    let run = house.run(&["verify", "c.json", "--key", "other", "--json"]);
    let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.code, &answer["key"]), (4, &"other".into()));
    house.run(&["verify", "c.json", "--key", "other", "--pin"]);
    assert_eq!(
        house.run(&["verify", "c.json"]).code,
        4,
        "it was not pinned"
    );
    house.write("words", "no key here\n");
    house.fails(&["verify", "c.json", "--key", "words"], 2, "no public key");
    house.fails(&["verify", "nothing.json"], 5, "nothing.json");
}

#[test]
fn lines_for_people_in_the_key_file_do_no_harm() {
    let house = erased();
    let key = house.ok(&["ledger", "key"]);
    house.write(
        "key",
        format!("The key of the Lakeside Hotel\n\n  {key}note: keep it\n"),
    );
    house.ok(&["verify", "c.json", "--key", "key"]);
}

#[test]
fn no_changed_byte_survives() {
    let house = erased();
    let bytes = house.read("c.json");
    for at in (0..bytes.len()).step_by(bytes.len() / 40) {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        house.write("changed.json", &changed);
        let run = house.run(&["verify", "changed.json", "--key", "key", "--json"]);
        let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(
            (run.code, &answer["valid"]),
            (1, &false.into()),
            "byte {at}"
        );
    }
    house.write("changed.json", &bytes[..bytes.len() - 1]);
    assert_eq!(
        house.run(&["verify", "changed.json", "--key", "key"]).code,
        1
    );
    house.write("changed.json", vec![b' '; 2 << 20]);
    assert_eq!(house.run(&["verify", "changed.json"]).code, 1);
}

#[test]
fn certificates_can_be_had_again() {
    let house = erased();
    let list = house.json(&["certificate", "list"]);
    let case = &list["certificates"][0];
    assert_eq!(
        (&case["case"], &case["state"], &case["scope"]),
        (&"C-000002".into(), &"complete".into(), &"guest".into())
    );
    house.ok(&["certificate", "get", "C-000002", "--output", "again.json"]);
    house.ok(&["verify", "again.json", "--key", "key"]);
    house.write(
        "printed.json",
        house.ok(&["certificate", "get", "C-000002"]),
    );
    house.ok(&["verify", "printed.json", "--key", "key"]);
    house.fails(
        &["certificate", "get", "C-000009"],
        5,
        "`wuhen certificate list`",
    );
    house.fails(
        &["certificate", "get", "C-000002", "--output", "again.json"],
        2,
        "exists already",
    );
}

#[test]
fn the_ledger_is_checked_and_written_out() {
    let house = erased();
    let check = house.json(&["ledger", "check"]);
    assert_eq!(check["valid"], true);
    assert_eq!(check["size"], check["opened"]);
    let exported = house.json(&["ledger", "export", "public"]);
    assert_eq!(exported["size"], check["size"]);
    let checkpoint = house.ok(&["ledger", "checkpoint"]);
    assert_eq!(house.read("public/checkpoint"), checkpoint.as_bytes());
    assert!(house.path("public/tile/0").is_dir());
    let key = house.json(&["ledger", "key"]);
    assert_eq!(
        house.read("public/key"),
        format!("{}\n", key["key"].as_str().unwrap()).into_bytes()
    );
}
