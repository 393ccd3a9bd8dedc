//! `wuhen rules apply` and `wuhen run`: what a privacy officer does with rules at a terminal, from the first preview to the first night.

use serde_json::Value;

use crate::house::House;

const OLD: &str = r#"{"type":"guest","id":"g1"}
{"type":"conversation","id":"c1","guest":"g1","opened_at":"2020-03-01T08:00:00Z"}
{"type":"message","id":"m1","conversation":"c1","sender":{"role":"guest"},"sent_at":"2020-03-01T08:00:00Z","text":"is there a window"}
{"type":"message","id":"m2","conversation":"c1","sender":{"role":"agent"},"sent_at":"2020-03-01T08:01:00Z","text":"there is"}
"#;

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("an answer in JSON")
}

#[test]
fn rules_are_shown_put_in_force_and_carried_out() {
    let house = House::with_store();
    house.write("old.jsonl", OLD.as_bytes());
    house.ok(&["import", "old.jsonl"]);
    let preview = json(&house.ok(&["rules", "apply", "cn", "--dry-run", "--json"]));
    assert_eq!(preview["due_now"]["messages"], 2);
    let limited = house.run(&[
        "rules", "apply", "cn", "--yes", "--limit", "1", "--lang", "en",
    ]);
    assert_eq!(limited.code, 1);
    assert!(limited.err.contains("2 records at once"), "{}", limited.err);
    let asked = house.run(&["rules", "apply", "cn"]);
    assert_eq!(asked.code, 2, "nobody is there to be asked");
    let waiting = json(&house.ok(&["rules", "apply", "cn", "--yes", "--json"]));
    assert_eq!(waiting["state"], "waiting");
    let shown = house.ok(&["rules", "show", "--lang", "zh"]);
    assert!(shown.contains("等待"), "{shown}");
    house.ok(&["rules", "withdraw"]);
    let applied = json(&house.ok(&["rules", "apply", "cn", "--after", "0h", "--yes", "--json"]));
    assert_eq!(applied["state"], "in-force");
    assert_eq!(
        json(&house.ok(&["stats", "--json"]))["tenant"]["pack"],
        "cn"
    );
    let nothing = json(&house.ok(&["run", "--once", "--json"]));
    assert_eq!(nothing["jobs"].as_array().unwrap().len(), 0);
    let night = house.ok(&["run", "--once", "--at", "2099-01-01", "--json"]);
    let night = json(&night);
    let jobs = night["jobs"].as_array().unwrap();
    let retention = jobs.iter().find(|job| job["kind"] == "retention").unwrap();
    assert_eq!(retention["records"]["messages"], 2);
    let case = retention["case"].as_str().unwrap();
    let certificate = house.ok(&["certificate", "get", case]);
    assert!(certificate.contains("wuhen-certificate/1"));
    let early = house.run(&["run", "--once", "--at", "2020-01-01", "--lang", "en"]);
    assert!(
        early.err.contains("before the ledger's last entry"),
        "{}",
        early.err
    );
}

#[test]
fn a_house_sets_its_schedules_in_either_language() {
    let house = House::with_store();
    let set = json(&house.ok(&[
        "house",
        "clean-up",
        "每月1日和15日 03:00",
        "--older-than",
        "180d",
        "--json",
    ]));
    assert_eq!(set["clean_up"]["schedule"], "0 3 1,15 * *");
    house.ok(&["house", "retention", "daily at 04:30"]);
    let shown = house.ok(&["house", "retention", "--lang", "en"]);
    assert!(shown.contains("30 4 * * *"), "{shown}");
    let off = json(&house.ok(&["house", "clean-up", "--off", "--json"]));
    assert!(off["clean_up"].is_null());
    assert_eq!(house.run(&["house", "clean-up", "1st at 03:00"]).code, 2);
    let hours = house.run(&[
        "house",
        "clean-up",
        "1st at 03:00",
        "--older-than",
        "36h",
        "--lang",
        "en",
    ]);
    assert!(hours.err.contains("say how old"), "{}", hours.err);
}
