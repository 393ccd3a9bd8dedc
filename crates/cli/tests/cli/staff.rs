//! The people of a house: who may do what, how they show who they are, and what they are told where they may not.

use base64::Engine as _;
use serde_json::{Value, json};

use crate::house::{House, Run};
use crate::terminal::typed_unseen;

const PASSWORD: &str = "correct horse battery";

/// The sample hotel with an agent, a supervisor, an auditor and a tenant admin; nobody has a password.
fn staffed() -> House {
    let house = House::lakeside();
    for (name, role) in [
        ("mei", "agent"),
        ("李梅", "supervisor"),
        ("audit", "auditor"),
        ("boss", "tenant-admin"),
    ] {
        house.ok(&["staff", "add", name, "--role", role]);
    }
    house.write("password", format!("{PASSWORD}\n"));
    house.write("wrong", "incorrect horse battery\n");
    house
}

#[test]
fn the_first_privacy_officer_is_there_and_called_as_asked() {
    let house = House::empty();
    let init = ["init", "--tenant", "Lakeside", "--officer", "li.mei"];
    house.fails(
        &["init", "--tenant", "Lakeside", "--officer", "li mei"],
        2,
        "no blanks",
    );
    assert!(!house.path("wuhen-data").exists(), "nothing was made");
    assert_eq!(house.json(&init)["officer"], "li.mei");
    let staff = house.json(&["staff", "list"]);
    let officer = &staff["staff"][0];
    assert_eq!(
        (
            &officer["name"],
            &officer["role"],
            &officer["active"],
            &officer["has_password"]
        ),
        (
            &json!("li.mei"),
            &json!("privacy-officer"),
            &json!(true),
            &json!(false)
        )
    );
    assert_eq!(staff["staff"].as_array().unwrap().len(), 1);
    let zh = house.ok(&["staff", "list", "--lang", "zh"]);
    assert!(
        zh.contains("个人信息保护负责人") && zh.contains("本机密钥"),
        "{zh}"
    );
}

/// Who, what they try, and what the refusal says in English and Chinese.
const NOT_THEIRS: &[(&str, &str, &str, &str)] = &[
    ("boss", "show lk-001", "read records", "查看脱敏记录"),
    ("boss", "search hotel", "may not search", "搜索"),
    ("boss", "guests", "read records", "查看脱敏记录"),
    ("boss", "conversations", "read records", "查看脱敏记录"),
    ("boss", "scan --store wuhen-data", "may not search", "搜索"),
    (
        "boss",
        "attachment lk-014 1",
        "read records",
        "查看脱敏记录",
    ),
    ("boss", "certificate list", "see requests", "查看删除申请"),
    (
        "mei",
        "show lk-001 --reveal --reason why",
        "lift masks",
        "查看原文",
    ),
    ("audit", "import chat.jsonl", "import records", "导入记录"),
    ("audit", "label lk-001 x", "label, and mark", "贴标签"),
    (
        "audit",
        "mark lk-014 1 identity-document --reason why",
        "label, and mark",
        "贴标签",
    ),
    (
        "audit",
        "erase --guest lk-g01 --reason why --dry-run",
        "ask for an erasure",
        "申请永久删除",
    ),
    (
        "mei",
        "redact --all --reason why --yes",
        "erase without grace",
        "立即永久删除",
    ),
    ("李梅", "snapshot init copies", "make snapshots", "创建快照"),
    ("mei", "snapshot list", "make snapshots", "创建快照"),
    (
        "mei",
        "doctor --repair",
        "maintain and examine",
        "维护和检查",
    ),
    (
        "mei",
        "house numbers add 010-55500100",
        "manage settings",
        "管理设置",
    ),
    (
        "mei",
        "ledger reveals",
        "see the access log",
        "查看访问日志",
    ),
    (
        "李梅",
        "staff add x --role agent",
        "manage staff",
        "管理员工",
    ),
    ("mei", "staff disable audit", "manage staff", "管理员工"),
    (
        "audit",
        "staff role mei supervisor",
        "manage staff",
        "管理员工",
    ),
];

fn words(command: &str) -> Vec<&str> {
    command.split(' ').collect()
}

#[test]
fn each_role_is_refused_what_it_may_not_do_in_both_languages() {
    let house = staffed();
    for (who, command, en, zh) in NOT_THEIRS {
        let command = [&words(command)[..], &["--as", who]].concat();
        house.fails(&command, 9, en);
        house.fails(&[&command[..], &["--lang", "zh"]].concat(), 9, zh);
    }
    assert!(!house.path("copies").exists());
    assert_eq!(house.messages(), 311, "nothing went");
    // Each may do what is theirs.
    for (who, command) in [
        ("mei", "show lk-001"),
        ("mei", "erase --guest lk-g01 --reason why --dry-run"),
        ("audit", "ledger reveals"),
        ("audit", "certificate list"),
        ("boss", "house numbers add 010-55500100"),
        ("boss", "snapshot init copies"),
        ("boss", "staff add x --role agent"),
        ("mei", "staff list"),
        ("mei", "stats"),
        ("audit", "ledger check"),
    ] {
        house.ok(&[&words(command)[..], &["--as", who]].concat());
    }
}

#[test]
fn everybody_reads_with_their_own_eyes_or_with_those_of_who_sees_less() {
    let house = staffed();
    let eyes = |more: &[&str]| house.json(&[&["show", "lk-001"], more].concat())["as"].clone();
    assert_eq!(eyes(&[]), "agent", "nobody named themselves");
    assert_eq!(eyes(&["--as", "mei"]), "agent");
    assert_eq!(eyes(&["--as", "李梅"]), "supervisor");
    assert_eq!(eyes(&["--as", "李梅", "--role", "agent"]), "agent");
    assert_eq!(eyes(&["--as", "audit"]), "auditor");
    assert_eq!(eyes(&["--as", "officer"]), "privacy-officer");
    assert_eq!(eyes(&["--role", "supervisor"]), "supervisor");
    // A role that nobody is called by is the privacy officer in that role.
    assert_eq!(eyes(&["--as", "supervisor"]), "supervisor");
    house.fails(&["import", "x", "--as", "auditor"], 9, "import records");
    let above = ["show", "lk-001", "--as", "mei", "--role", "supervisor"];
    house.fails(&above, 9, "does not read as supervisor");
    house.fails(
        &[&above[..], &["--lang", "zh"]].concat(),
        9,
        "不能以“主管”的身份查看",
    );
    house.fails(
        &["show", "lk-001", "--as", "audit", "--role", "agent"],
        9,
        "auditor",
    );
    house.fails(&["show", "lk-001", "--as", "nobody"], 5, "wuhen staff list");
    let mut by_variable = house.command(&["show", "lk-001", "--json"]);
    by_variable.env("WUHEN_AS", "audit");
    assert!(Run::of(by_variable).out.contains("\"as\":\"auditor\""));
}

#[test]
fn what_the_ledger_says_was_done_by_the_role_of_who_did_it() {
    let house = staffed();
    house.ok(&[
        "show",
        "lk-001",
        "--as",
        "李梅",
        "--reveal",
        "--reason",
        "a complaint",
    ]);
    let reveals = house.json(&["ledger", "reveals", "--as", "audit"]);
    assert_eq!(reveals["by_role"], json!({"supervisor": 1}));
    let case = house.erase(&["--guest", "lk-g01"])["case"].clone();
    let certificate = house.ok(&["certificate", "get", case.as_str().unwrap()]);
    let certificate: Value = serde_json::from_str(&certificate).unwrap();
    let body = certificate["completed"]["body"].as_str().unwrap();
    let body = base64::prelude::BASE64_STANDARD.decode(body).unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["requested"]["by_role"], "privacy-officer");
}

#[test]
fn who_has_a_password_must_give_it_and_who_left_may_nothing() {
    let house = staffed();
    let add = [
        "staff",
        "add",
        "ann",
        "--role",
        "agent",
        "--new-password-file",
        "password",
    ];
    let added = house.json(&add);
    assert_eq!(
        added,
        json!({"name": "ann", "role": "agent", "has_password": true, "second_factor": null, "problems": []})
    );
    let show = ["show", "lk-001", "--as", "ann"];
    house.fails(&show, 9, "give the password with --password-file");
    house.fails(
        &[&show[..], &["--lang", "zh"]].concat(),
        9,
        "未证明操作者身份",
    );
    house.fails(
        &[&show[..], &["--password-file", "wrong"]].concat(),
        9,
        "was not shown",
    );
    house.fails(
        &[&show[..], &["--password-file", "missing"]].concat(),
        5,
        "missing",
    );
    house.ok(&[&show[..], &["--password-file", "password"]].concat());
    let mut by_variable = house.command(&show);
    by_variable.env("WUHEN_PASSWORD_FILE", "password");
    assert_eq!(Run::of(by_variable).code, 0);
    // Who needs none is not asked for one, whatever the variable names.
    let mut needless = house.command(&["show", "lk-001"]);
    needless.env("WUHEN_PASSWORD_FILE", "missing");
    assert_eq!(Run::of(needless).code, 0);

    let left = house.json(&["staff", "disable", "ann"]);
    assert_eq!(
        (&left["active"], &left["changed"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(house.json(&["staff", "disable", "ann"])["changed"], false);
    let right = [&show[..], &["--password-file", "password"]].concat();
    house.fails(&right, 9, "have ended");
    house.fails(&[&right[..], &["--lang", "zh"]].concat(), 9, "已离职");
    house.fails(&add, 2, "or was");
    let listed = house.ok(&["staff", "list", "--lang", "zh"]);
    assert!(listed.contains("已离职"), "{listed}");
}

/// What is tried, how it ends, and what is said in English and Chinese.
const REFUSED: &[(&str, i32, &str, &str)] = &[
    (
        "staff disable officer",
        2,
        "only privacy officer",
        "唯一的个人信息保护负责人",
    ),
    (
        "staff role officer agent",
        9,
        "their own role",
        "自己的角色",
    ),
    (
        "staff role boss privacy-officer --as boss",
        9,
        "only a privacy officer",
        "只有个人信息",
    ),
    (
        "staff add x --role privacy-officer --as boss",
        9,
        "only a privacy officer",
        "只有个人信息",
    ),
    (
        "staff disable officer --as boss",
        9,
        "only a privacy officer",
        "只有个人信息",
    ),
    (
        "staff password officer --new-password-file password --as boss",
        9,
        "only a privacy officer",
        "只有个人信息",
    ),
    (
        "staff password audit --new-password-file password --as mei",
        9,
        "by its owner",
        "本人",
    ),
    ("staff add MEI --role agent", 2, "or was", "同名"),
    ("staff add a/b --role agent", 2, "no blanks", "不含空格"),
    (
        "staff add x --role owner",
        2,
        "tenant-admin",
        "tenant-admin",
    ),
    ("staff role nobody agent", 5, "wuhen staff list", "人员"),
];

#[test]
fn the_last_privacy_officer_stays_and_nobody_raises_themselves() {
    let house = staffed();
    for (command, exit, en, zh) in REFUSED {
        house.fails(&words(command), *exit, en);
        house.fails(
            &[&words(command)[..], &["--lang", "zh"]].concat(),
            *exit,
            zh,
        );
    }
    house.write("short", "elevenchars");
    let short = ["staff", "password", "mei", "--new-password-file", "short"];
    house.fails(&short, 2, "12 characters");
    house.fails(&["staff", "password", "mei"], 2, "--new-password-file");
    // With a second one, the first may go.
    assert_eq!(
        house.json(&["staff", "role", "李梅", "privacy-officer"])["role"],
        "privacy-officer"
    );
    house.ok(&["staff", "disable", "officer", "--as", "李梅"]);
    assert_eq!(
        house.json(&["show", "lk-001", "--as", "李梅"])["as"],
        "privacy-officer"
    );
    house.ok(&["stats"]);
}

#[test]
fn a_second_factor_is_shown_once_and_its_code_is_good_once() {
    let house = staffed();
    let add = ["staff", "add", "ann", "--role", "agent", "--second-factor"];
    house.fails(&add, 2, "--new-password-file");
    let added = house.json(&[&add[..], &["--new-password-file", "password"]].concat());
    let address = added["second_factor"].as_str().unwrap();
    assert!(address.starts_with("otpauth://totp/"), "{address}");
    assert!(!house.ok(&["staff", "list"]).contains("otpauth"));
    let show = [
        "show",
        "lk-001",
        "--as",
        "ann",
        "--password-file",
        "password",
    ];
    house.fails(&show, 9, "--code");
    house.fails(
        &[&show[..], &["--code", "abc"]].concat(),
        9,
        "was not shown",
    );
    let code = code_now(address);
    house.ok(&[&show[..], &["--code", &code]].concat());
    house.fails(&[&show[..], &["--code", &code]].concat(), 9, "used already");
    house.fails(
        &[&show[..], &["--code", &code, "--lang", "zh"]].concat(),
        9,
        "已使用过",
    );
    // A new password leaves the second factor; the phone that was lost is said to be.
    house.write("new", "another long password");
    let new = ["staff", "password", "ann", "--new-password-file", "new"];
    assert_eq!(house.json(&new)["second_factor"], json!(null));
    house.fails(
        &["show", "lk-001", "--as", "ann", "--password-file", "new"],
        9,
        "--code",
    );
    let renewed = house.json(&[&new[..], &["--renew-second-factor"]].concat());
    assert_ne!(renewed["second_factor"], added["second_factor"]);
    house.ok(&[&new[..], &["--end-second-factor"]].concat());
    house.ok(&["show", "lk-001", "--as", "ann", "--password-file", "new"]);
}

/// The code that an authenticator app shows now.
fn code_now(address: &str) -> String {
    let totp = totp_rs::Totp::from_url(address).expect("an app can read it");
    totp.generate_current().to_string()
}

#[test]
fn ten_wrong_passwords_close_the_door_until_a_new_one_is_set() {
    let house = staffed();
    house.ok(&[
        "staff",
        "password",
        "mei",
        "--new-password-file",
        "password",
    ]);
    let show =
        |password: &'static str| ["show", "lk-001", "--as", "mei", "--password-file", password];
    for _ in 0..10 {
        house.fails(&show("wrong"), 9, "was not shown");
    }
    house.fails(&show("password"), 9, "too many wrong passwords");
    house.fails(
        &[&show("password")[..], &["--lang", "zh"]].concat(),
        9,
        "连续错误次数过多",
    );
    house.ok(&["show", "lk-001"]);
    house.ok(&[
        "staff",
        "password",
        "mei",
        "--new-password-file",
        "password",
    ]);
    house.ok(&show("password"));
}

#[test]
fn neither_names_nor_passwords_of_staff_stand_in_any_file() {
    let house = staffed();
    let name = "Wilhelmina.Featherstonehaugh";
    house.ok(&["snapshot", "init", "copies"]);
    house.ok(&[
        "staff",
        "add",
        name,
        "--role",
        "agent",
        "--new-password-file",
        "password",
    ]);
    house.ok(&["snapshot", "create"]);
    house.ok(&["staff", "role", name, "supervisor"]);
    let show = [
        "show",
        "lk-001",
        "--as",
        name,
        "--password-file",
        "password",
    ];
    house.ok(&[&show[..], &["--reveal", "--reason", "asked"]].concat());
    house.ok(&["staff", "disable", name]);
    house.ok(&["ledger", "check"]);
    house.write("needles", format!("{name}\n{PASSWORD}\n"));
    assert_eq!(
        house.json(&["probe", "--needles", "needles"])["clean"],
        true
    );
}

#[test]
fn a_restore_is_refused_to_who_may_not_and_leaves_nothing() {
    let house = staffed();
    house.ok(&["snapshot", "init", "copies"]);
    house.ok(&["snapshot", "create"]);
    let restore = [
        "snapshot",
        "restore",
        "copies",
        "--store",
        "again",
        "--keys",
        "wuhen-data.keys",
    ];
    house.fails(
        &[&restore[..], &["--as", "mei"]].concat(),
        9,
        "may not restore",
    );
    assert!(!house.path("again").exists());
    house.ok(&[&restore[..], &["--as", "boss"]].concat());
    let staff = house.json(&[
        "staff",
        "list",
        "--store",
        "again",
        "--keys",
        "wuhen-data.keys",
    ]);
    assert_eq!(staff["staff"].as_array().unwrap().len(), 5);
}

#[test]
fn a_password_is_asked_for_at_a_terminal_and_not_shown() {
    let house = staffed();
    house.ok(&[
        "staff",
        "password",
        "mei",
        "--new-password-file",
        "password",
    ]);
    let command = house.command(&["show", "lk-001", "--as", "mei"]);
    let (seen, output) = typed_unseen(command, &format!("{PASSWORD}\n"));
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("Password: "));
    assert!(!seen.contains(PASSWORD), "{seen}");
}
