//! The keys' folders: where they may lie, which have to be there, how a replica comes and goes.

use crate::house::{House, copy_folder};

fn with_two_replicas() -> House {
    let house = House::empty();
    house.ok(&["init", "--tenant", "T", "--keys", "k1", "--keys", "k2"]);
    house
}

#[test]
fn a_replica_that_is_not_given_is_refused() {
    let house = with_two_replicas();
    house.ok(&["stats"]);
    house.ok(&["stats", "--keys", "k2", "--keys", "k1"]);
    house.fails(
        &["stats", "--keys", "k1"],
        2,
        "an erased root would survive there",
    );
    house.fails(
        &["stats", "--keys", "k1", "--keys", "k2", "--keys", "k3"],
        2,
        "is not registered",
    );
    std::fs::remove_file(house.path("wuhen-data/wuhen.toml")).unwrap();
    let run = house.run(&["stats", "--keys", "k1", "--keys", "k2"]);
    assert_eq!(run.code, 0);
    assert!(run.err.contains("wuhen.toml is missing"), "{}", run.err);
}

#[test]
fn a_replica_is_added_and_a_lost_one_is_filled_again() {
    let house = with_two_replicas();
    std::fs::remove_dir_all(house.path("k2")).unwrap();
    house.ok(&["stats"]);
    let run = house.run(&["doctor", "--json"]);
    let doctor: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.code, &doctor["healthy"]), (1, &false.into()));
    let repaired = house.json(&["doctor", "--repair", "--keys", "k3"]);
    assert_eq!(repaired["healthy"], true);
    assert_eq!(repaired["repaired"].as_array().unwrap().len(), 2);
    // Any one of them opens the store now.
    std::fs::remove_dir_all(house.path("k1")).unwrap();
    std::fs::remove_dir_all(house.path("k2")).unwrap();
    house.ok(&["stats"]);
}

#[test]
fn a_store_that_is_copied_with_its_keys_leaves_the_original_alone() {
    let house = House::lakeside();
    copy_folder(&house.path("wuhen-data"), &house.path("old"));
    copy_folder(&house.path("wuhen-data.keys"), &house.path("old.keys"));
    house.erase(&["--guest", "lk-g01"]);
    // The old copy with the old keys reads what was erased since: that is the limit of the claim.
    assert_eq!(house.json(&["stats", "--store", "old"])["messages"], 311);
    // The old copy with the current keys does not open.
    std::fs::remove_dir_all(house.path("old.keys")).unwrap();
    copy_folder(&house.path("wuhen-data.keys"), &house.path("old.keys"));
    let run = house.run(&["stats", "--store", "old"]);
    assert_eq!(run.code, 1, "{}", run.out);
}

#[test]
fn keys_that_others_can_read_are_refused_with_the_remedy() {
    use std::os::unix::fs::PermissionsExt as _;
    let house = House::with_store();
    let tenant = std::fs::read_dir(house.path("wuhen-data.keys"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    std::fs::set_permissions(&tenant, std::fs::Permissions::from_mode(0o755)).unwrap();
    house.fails(&["stats"], 1, "chmod");
}
