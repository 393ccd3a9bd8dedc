//! Snapshots and the way back from them.

use crate::house::{House, sample};

fn with_snapshot() -> House {
    let house = House::lakeside();
    house.ok(&["snapshot", "init", "snapshots"]);
    house.ok(&["snapshot", "create"]);
    house
}

#[test]
fn a_lost_store_comes_back_without_what_was_erased() {
    let house = with_snapshot();
    house.erase(&["--guest", "lk-g01"]);
    house.erase(&["--message", "lk-014-03"]);
    std::fs::remove_dir_all(house.path("wuhen-data")).unwrap();
    let restored = house.json(&["snapshot", "restore", "snapshots"]);
    assert_eq!(restored["restored"]["messages"], 311 - 29);
    assert_eq!(restored["gone"]["messages"], 29);
    assert_eq!(restored["gone"]["guests"], 1);
    assert_eq!(restored["lost"]["conversations"], 0);
    assert!(
        restored["probes"]
            .as_array()
            .unwrap()
            .iter()
            .all(|probe| probe["passed"] == true)
    );
    assert_eq!(house.messages(), 311 - 29);
    house.fails(&["show", "lk-001"], 5, "there is no conversation");
    assert_eq!(house.json(&["search", "heron"])["count"], 2);
    house.ok(&["ledger", "check"]);
    // It goes on from there.
    assert_eq!(house.erase(&["--guest", "lk-g02"])["state"], "complete");
    house.ok(&["snapshot", "create"]);
}

#[test]
fn what_is_newer_than_the_snapshot_is_said_to_be_lost() {
    let house = House::with_store();
    house.write("a.jsonl", "{\"type\":\"guest\",\"id\":\"g1\"}\n{\"type\":\"conversation\",\"id\":\"c1\",\"guest\":\"g1\"}\n");
    house.ok(&["import", "a.jsonl"]);
    house.ok(&["snapshot", "init", "snapshots"]);
    house.ok(&["snapshot", "create"]);
    house.ok(&["import", sample().to_str().unwrap()]);
    // An erasure brings the repository's key rows up to date, and so it knows what it lacks.
    house.erase(&["--guest", "lk-g01"]);
    std::fs::remove_dir_all(house.path("wuhen-data")).unwrap();
    let restored = house.json(&["snapshot", "restore", "snapshots"]);
    assert_eq!(restored["restored"]["conversations"], 1);
    assert_eq!(restored["lost"]["conversations"], 23);
}

#[test]
fn a_restore_that_fails_leaves_nothing() {
    let house = with_snapshot();
    house.fails(
        &["snapshot", "restore", "snapshots"],
        2,
        "choose an empty or new folder",
    );
    assert_eq!(house.messages(), 311);
    std::fs::remove_dir_all(house.path("wuhen-data")).unwrap();
    house.fails(
        &["snapshot", "restore", "snapshots", "--snapshot", "s-0"],
        1,
        "no such snapshot",
    );
    assert!(!house.path("wuhen-data").exists());
    house.fails(&["snapshot", "restore", "nothing"], 5, "nothing");
    house.fails(
        &[
            "snapshot",
            "restore",
            "snapshots",
            "--store",
            "snapshots/in",
        ],
        2,
        "must lie apart",
    );
    // With the keys of another house it does not open, and is removed again.
    house.ok(&["init", "--tenant", "Other", "--store", "other"]);
    house.fails(
        &["snapshot", "restore", "snapshots", "--keys", "other.keys"],
        1,
        "",
    );
    assert!(!house.path("wuhen-data").exists());
    house.ok(&["snapshot", "restore", "snapshots"]);
    assert_eq!(house.messages(), 311);
}

#[test]
fn repositories_lie_apart_from_store_keys_and_each_other() {
    let house = with_snapshot();
    for folder in [
        "wuhen-data/snapshots",
        "wuhen-data.keys/snapshots",
        ".",
        "snapshots/second",
    ] {
        house.fails(&["snapshot", "init", folder], 2, "must lie apart");
    }
    house.fails(
        &["init", "--tenant", "T", "--store", "s", "--keys", "s/k"],
        1,
        "must lie apart",
    );
}

#[test]
fn repositories_are_listed_and_taken_off_the_list() {
    let house = with_snapshot();
    let list = house.json(&["snapshot", "list"]);
    let repository = &list["repositories"][0];
    let id = repository["id"].as_str().unwrap();
    assert_eq!(repository["snapshots"][0]["messages"], 311);
    assert_eq!(
        house.json(&["snapshot", "list", "snapshots"])["repositories"][0]["snapshots"],
        repository["snapshots"]
    );
    house.ok(&["snapshot", "create", "--repository", id]);
    house.fails(
        &["snapshot", "create", "--repository", "r-0"],
        5,
        "`wuhen snapshot list`",
    );
    house.ok(&["snapshot", "unregister", id]);
    house.fails(&["snapshot", "unregister", id], 5, "repository");
    house.fails(&["snapshot", "create"], 2, "wuhen snapshot init");
}

#[test]
fn an_erasure_that_cannot_reach_a_repository_is_partial_until_it_can() {
    let house = with_snapshot();
    std::fs::rename(house.path("snapshots"), house.path("unplugged")).unwrap();
    let run = house.run(&[
        "erase",
        "--guest",
        "lk-g01",
        "--reason",
        "r",
        "--yes",
        "--certificate",
        "c.json",
        "--json",
    ]);
    let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.code, &answer["state"]), (3, &"partial".into()));
    assert!(!answer["problems"].as_array().unwrap().is_empty());
    house.write("key", house.run(&["ledger", "key"]).out);
    assert_eq!(house.run(&["verify", "c.json", "--key", "key"]).code, 3);
    house.fails(&["show", "lk-001"], 5, "there is no conversation");
    house.fails(
        &["erase", "--guest", "lk-g02", "--reason", "r", "--yes"],
        8,
        "not effective yet",
    );
    std::fs::rename(house.path("unplugged"), house.path("snapshots")).unwrap();
    let run = house.run(&["stats"]);
    assert!(
        run.err.contains("note:") && run.err.contains("complete"),
        "{}",
        run.err
    );
    house.ok(&["certificate", "get", "C-000004", "--output", "whole.json"]);
    house.ok(&["verify", "whole.json", "--key", "key"]);
    assert_eq!(house.erase(&["--guest", "lk-g02"])["state"], "complete");
}
