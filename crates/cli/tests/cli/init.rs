//! Making a store, and what stays when that fails.

use crate::house::{House, Run};

#[test]
fn a_new_store_says_where_it_is_and_which_key_to_publish() {
    let house = House::empty();
    let made = house.json(&[
        "init",
        "--tenant",
        "湖畔酒店",
        "--kind",
        "platform",
        "--timezone",
        "Europe/Berlin",
    ]);
    assert!(made["store"].as_str().unwrap().ends_with("/wuhen-data"));
    assert!(
        made["keys"][0]
            .as_str()
            .unwrap()
            .ends_with("/wuhen-data.keys")
    );
    assert_eq!(made["ledger_key"], house.json(&["ledger", "key"])["key"]);
    let tenant = &house.json(&["stats"])["tenant"];
    assert_eq!(tenant["name"], "湖畔酒店");
    assert_eq!(
        (&tenant["timezone"], &tenant["kind"]),
        (&"Europe/Berlin".into(), &"platform".into())
    );
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let house = House::with_store();
    house.fails(
        &["init", "--tenant", "Again"],
        2,
        "choose an empty or new folder",
    );
    std::fs::create_dir(house.path("used")).unwrap();
    house.write("used/note.txt", "mine");
    house.fails(
        &["init", "--tenant", "T", "--store", "used"],
        2,
        "choose an empty or new folder",
    );
    assert_eq!(house.read("used/note.txt"), b"mine");
    assert!(!house.path("used.keys").exists());
}

#[test]
fn nothing_stays_of_an_init_that_fails() {
    let house = House::empty();
    house.fails(
        &[
            "init",
            "--tenant",
            "T",
            "--store",
            "a/b/s",
            "--keys",
            "a/b/s/keys",
        ],
        1,
        "must lie apart",
    );
    assert!(!house.path("a").exists());
    // A keys folder that cannot be made, after one that could.
    house.write("file", "");
    house.fails(
        &[
            "init", "--tenant", "T", "--store", "s", "--keys", "k1", "--keys", "file/k2",
        ],
        1,
        "",
    );
    assert!(!house.path("s").exists() && !house.path("k1").exists());
    house.ok(&["init", "--tenant", "T", "--store", "s", "--keys", "k1"]);
}

#[test]
fn an_init_that_was_interrupted_is_made_again() {
    let house = House::with_store();
    // What the first steps leave: a lock; then a database without a tenant.
    std::fs::create_dir(house.path("early")).expect("a new folder");
    house.write("early/lock", "");
    house.ok(&["init", "--tenant", "T", "--store", "early"]);
    std::fs::create_dir(house.path("later")).expect("a new folder");
    house.write("later/wuhen.sqlite", "");
    house.fails(&["stats", "--store", "later"], 1, "run `wuhen init` again");
    house.ok(&["init", "--tenant", "T", "--store", "later"]);
    house.ok(&["stats", "--store", "later"]);
}

#[test]
fn wrong_settings_are_refused_before_anything_is_made() {
    let house = House::empty();
    house.fails(
        &["init", "--tenant", "T", "--timezone", "Mars/Phobos"],
        2,
        "IANA name",
    );
    house.fails(&["init", "--tenant", " "], 2, "name");
    house.fails(&["init"], 2, "--tenant");
    assert!(!house.path("wuhen-data").exists());
}

#[test]
fn without_a_store_every_command_says_how_to_make_one() {
    let house = House::empty();
    for command in [
        &["stats"][..],
        &["search", "hotel"],
        &["ledger", "check"],
        &["doctor"],
    ] {
        house.fails(command, 5, "wuhen init --store");
    }
}

#[test]
fn people_are_answered_in_their_language() {
    let house = House::lakeside();
    let answer = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = house.command(arguments);
        command.env_remove("LC_ALL").envs(variables.iter().copied());
        let run = Run::of(command);
        run.out + &run.err
    };
    for variables in [
        &[("LC_ALL", "zh_CN.UTF-8")][..],
        &[("LANG", "zh_CN.UTF-8")],
        &[("LC_MESSAGES", "zh_TW")],
    ] {
        assert!(
            answer(variables, &["stats"]).contains("会话"),
            "{variables:?}"
        );
        assert!(
            answer(variables, &["show", "nothing"]).contains("错误：没有会话 \"nothing\""),
            "{variables:?}"
        );
        assert!(
            answer(variables, &["--help"]).contains("永久删除记录"),
            "{variables:?}"
        );
    }
    for variables in [
        &[][..],
        &[("LANG", "C")],
        &[("LC_ALL", "en_GB.UTF-8"), ("LANG", "zh_CN.UTF-8")],
    ] {
        assert!(
            answer(variables, &["stats"]).contains("conversations"),
            "{variables:?}"
        );
    }
    assert!(answer(&[], &["stats", "--lang", "zh"]).contains("会话"));
    assert!(
        answer(&[("LANG", "zh_CN.UTF-8")], &["--lang", "en", "stats"]).contains("conversations")
    );
}

#[test]
fn errors_of_every_kind_are_json_for_machines() {
    let house = House::with_store();
    for (arguments, code) in [
        (&["show", "nothing", "--json"][..], 5),
        (&["search", "x", "--json"], 2),
        (&["erase", "--json"], 2),
        (&["no-such-command", "--json"], 2),
    ] {
        let run = house.run(arguments);
        let error: serde_json::Value = serde_json::from_str(&run.err).unwrap();
        assert_eq!(
            (run.code, error["exit_code"].as_i64()),
            (code, Some(i64::from(code))),
            "{arguments:?}"
        );
        assert!(!error["error"].as_str().unwrap().is_empty() && run.out.is_empty());
    }
}

#[test]
fn completions_and_the_reference_come_from_the_same_definitions() {
    let house = House::empty();
    for shell in ["bash", "zsh", "fish"] {
        assert!(house.ok(&["completions", shell]).contains("snapshot"));
    }
    let reference = house.ok(&["reference"]);
    assert!(reference.contains("## wuhen snapshot restore") && reference.contains("kept_away"));
    let mut elsewhere = house.command(&["reference"]);
    elsewhere
        .env("WUHEN_STORE", "/elsewhere")
        .env("COLUMNS", "30")
        .env("LC_ALL", "zh_CN.UTF-8");
    assert_eq!(
        Run::of(elsewhere).out,
        reference,
        "it is the same on every machine"
    );
}
