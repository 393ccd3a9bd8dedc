//! Who may what, and that nobody approves for themselves.

use jiff::Timestamp;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn member(name: &str, role: StaffRole) -> Member {
    Member {
        name: name.parse().unwrap(),
        role,
    }
}

#[test]
fn an_auditor_changes_nothing_and_has_no_use_for_a_second_person() {
    for permission in Permission::ALL {
        match may(StaffRole::Auditor, *permission) {
            Verdict::No => {}
            Verdict::Yes => assert!(permission.only_reads(), "{permission}"),
            Verdict::WithSecondPerson => panic!("{permission}"),
        }
    }
    assert_eq!(
        may(StaffRole::Auditor, Permission::SeeAccessLog),
        Verdict::Yes
    );
}

#[test]
fn nobody_but_the_privacy_officer_erases_at_once_or_alone() {
    let may_erase_alone = [
        Permission::EraseAtOnce,
        Permission::RequestErasure,
        Permission::DestroyLabel,
        Permission::Redact,
        Permission::Correct,
        Permission::CloseTenant,
    ];
    for permission in may_erase_alone {
        for role in StaffRole::ALL {
            let is_officer = *role == StaffRole::PrivacyOfficer;
            assert!(
                is_officer || may(*role, permission) != Verdict::Yes,
                "{role} {permission}"
            );
        }
    }
    assert_eq!(may(StaffRole::Agent, Permission::EraseAtOnce), Verdict::No);
}

#[test]
fn who_manages_staff_reads_nothing_unmasked_and_approves_nothing() {
    for permission in [
        Permission::Reveal,
        Permission::ReadRestricted,
        Permission::ReadMinor,
        Permission::Search,
        Permission::ExportRecords,
        Permission::DiscloseAbroad,
        Permission::Approve,
        Permission::ApproveLargeBatch,
    ] {
        assert_eq!(may(StaffRole::TenantAdmin, permission), Verdict::No);
    }
    for permission in [Permission::ManageStaff, Permission::ManageSettings] {
        assert_eq!(may(StaffRole::TenantAdmin, permission), Verdict::Yes);
    }
}

#[test]
fn everything_that_needs_a_second_person_has_somebody_to_ask_for_it() {
    for permission in Permission::ALL {
        let someone = |role: &&StaffRole| may(**role, *permission) != Verdict::No;
        assert!(
            StaffRole::ALL.iter().any(|role| someone(&role)),
            "{permission}"
        );
    }
    // Restricted records are disclosed, and holds released, by two people only.
    for role in StaffRole::ALL {
        for permission in [Permission::ReadRestricted, Permission::ReleaseHold] {
            assert_ne!(may(*role, permission), Verdict::Yes, "{role}");
        }
    }
}

#[test]
fn names_of_roles_are_read_back_and_others_are_refused() {
    for role in StaffRole::ALL {
        assert_eq!(role.as_str().parse(), Ok(*role));
        let json = serde_json::to_string(role).unwrap();
        assert_eq!(json, format!("\"{role}\""));
        assert_eq!(serde_json::from_str::<StaffRole>(&json).unwrap(), *role);
    }
    assert!("guest".parse::<StaffRole>().is_err());
    let error = serde_json::from_str::<StaffRole>("\"secret\"").unwrap_err();
    assert!(!error.to_string().contains("secret"));
}

#[test]
fn the_printed_table_is_the_one_in_force() {
    let printed = include_str!("../../../../docs/roles.md");
    assert!(printed == roles_document(), "run cargo xtask generate");
}

#[test]
fn a_name_of_staff_is_one_name_whatever_its_case_or_width() {
    let name = |text: &str| text.parse::<StaffName>();
    for good in ["li.an", "李安", "Zoë", "ZOË", "o-neil_2", "अनीता", "आदित्य"]
    {
        assert_eq!(name(good).unwrap().to_string(), good);
    }
    assert_eq!(name("Li.An"), name("li.an"));
    assert_eq!(name("ＬＩ.an"), name("li.an"));
    assert_eq!(name("Zoe\u{308}"), name("ZOË"));
    assert_ne!(name("li.an"), name("lian"));
    for bad in [
        " li",
        "li ",
        "li an",
        "li\u{3000}an",
        "-li",
        ".li",
        "li\n",
        "li/an",
        "li@an",
        "li\u{200b}an",
        "\u{308}li",
        "li\u{202e}",
    ] {
        assert_eq!(name(bad), Err(BadStaffName::Character), "{bad:?}");
    }
    assert_eq!(name(""), Err(BadStaffName::Length));
    assert!(name(&"a".repeat(STAFF_NAME_BYTES_MAX)).is_ok());
    assert_eq!(
        name(&"a".repeat(STAFF_NAME_BYTES_MAX + 1)),
        Err(BadStaffName::Length)
    );
    // 21 characters of three bytes and one of one are 64.
    assert!(name(&format!("{}a", "李".repeat(21))).is_ok());
    assert_eq!(name(&"李".repeat(22)), Err(BadStaffName::Length));
    // A ligature that folds to eighteen letters is as long as these are.
    assert_eq!(name(&"ﷺ".repeat(21)), Err(BadStaffName::Length));
}

#[test]
fn who_asked_cannot_approve_under_another_spelling() {
    let officer = member("Li.An", StaffRole::PrivacyOfficer);
    let same = member("li.an", StaffRole::PrivacyOfficer);
    let other = member("wang", StaffRole::Supervisor);
    let agent = member("zhao", StaffRole::Agent);
    let auditor = member("qian", StaffRole::Auditor);
    let now = at("2026-11-24T10:00:00Z");
    let eyes = |executor, approver, records| {
        Approval::four_eyes(executor, approver, records, now).map(Approval::by)
    };
    assert_eq!(eyes(&officer, &same, 1), Err(NotApproved::SamePerson));
    assert_eq!(eyes(&officer, &other, 1), Ok(Second::Person));
    assert_eq!(eyes(&other, &agent, 1), Err(NotApproved::Role));
    assert_eq!(eyes(&other, &auditor, 1), Err(NotApproved::Role));
}

#[test]
fn a_batch_over_a_thousand_records_has_a_privacy_officer_in_it() {
    let officer = member("officer", StaffRole::PrivacyOfficer);
    let agent = member("agent", StaffRole::Agent);
    let supervisor = member("supervisor", StaffRole::Supervisor);
    let now = at("2026-11-24T10:00:00Z");
    let eyes = |executor, approver, records| {
        Approval::four_eyes(executor, approver, records, now).map(Approval::by)
    };
    let max = BATCH_RECORDS_MAX;
    assert_eq!(eyes(&agent, &supervisor, max), Ok(Second::Person));
    assert_eq!(
        eyes(&agent, &supervisor, max + 1),
        Err(NotApproved::LargeBatch)
    );
    assert_eq!(eyes(&agent, &officer, max + 1), Ok(Second::Person));
    assert_eq!(eyes(&officer, &supervisor, max + 1), Ok(Second::Person));
}

#[test]
fn a_house_of_one_waits_a_day_and_a_house_of_two_never_does() {
    let officer = member("officer", StaffRole::PrivacyOfficer);
    let agent = member("agent", StaffRole::Agent);
    let supervisor = member("supervisor", StaffRole::Supervisor);
    let (asked, early, late) = (
        at("2026-11-24T10:00:00Z"),
        at("2026-11-25T09:59:59Z"),
        at("2026-11-25T10:00:00Z"),
    );
    let cooled = |executor: &Member, active: &[Member], now| {
        Approval::cooling_off(executor, active, 1, asked, now).map(Approval::by)
    };
    let alone = [officer.clone(), agent.clone()];
    assert_eq!(cooled(&officer, &alone, early), Err(NotApproved::NotOver));
    assert_eq!(cooled(&officer, &alone, late), Ok(Second::CoolingOff));
    // The officer is there to approve what the agent asks.
    assert_eq!(
        cooled(&agent, &alone, late),
        Err(NotApproved::SomebodyIsThere)
    );
    let two = [officer.clone(), supervisor.clone()];
    assert_eq!(
        cooled(&officer, &two, late),
        Err(NotApproved::SomebodyIsThere)
    );
    // An agent who is alone gets nothing by waiting.
    assert_eq!(
        cooled(&agent, std::slice::from_ref(&agent), late),
        Err(NotApproved::Nobody)
    );
    assert_eq!(
        second_person(
            &supervisor,
            std::slice::from_ref(&supervisor),
            BATCH_RECORDS_MAX + 1
        ),
        Err(NotApproved::Nobody)
    );
}
