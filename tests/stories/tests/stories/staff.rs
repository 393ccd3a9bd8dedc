//! The people of a house: who left, who forgot, who tries again and again; and what the disk says of them, which is nothing.

use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;
use wuhen_model::people::{Permission, StaffRole};
use wuhen_model::{NoSteps, Steps, Stopped, When};
use wuhen_service::staff::{Actor, NewMember, Proof, SecondFactor, StaffProblem};
use wuhen_service::{Service, ServiceError};
use wuhen_stories::world::World;

const NAME: &str = "Wilhelmina.Featherstonehaugh";
const PASSWORD: &str = "correct horse battery";

fn officer(service: &Service) -> Actor {
    service.act_as_officer(None, None).unwrap()
}

fn add(service: &Service, name: &str, role: StaffRole, second_factor: bool) -> Option<String> {
    let new = NewMember {
        name,
        role,
        password: Some(PASSWORD),
        second_factor,
    };
    service.add_member(&officer(service), &new).unwrap().done
}

fn refused<T>(answer: Result<T, ServiceError>) -> StaffProblem {
    match answer {
        Err(ServiceError::Staff(problem)) => problem,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was not refused"),
    }
}

/// The code that an app shows so many seconds after the story's clock began.
fn code(world: &World, address: &str) -> String {
    use wuhen_model::Clock as _;
    let now = u64::try_from(world.clock.now().as_second()).unwrap();
    totp_rs::Totp::from_url(address)
        .unwrap()
        .generate(now)
        .to_string()
}

#[test]
fn staff_who_left_cannot_act() {
    let world = World::new();
    let service = world.init();
    add(&service, NAME, StaffRole::Supervisor, false);
    let actor = service.act_as(NAME, Some(PASSWORD), None).unwrap();
    assert_eq!(
        (actor.role, actor.proof),
        (StaffRole::Supervisor, Proof::Password)
    );
    let done = service.disable_member(&officer(&service), NAME).unwrap();
    assert!(done.done);
    drop(service);
    let (service, _) = world.open().unwrap();
    assert_eq!(
        refused(service.act_as(NAME, Some(PASSWORD), None)),
        StaffProblem::Left
    );
    let back = service.set_password(&officer(&service), NAME, PASSWORD, SecondFactor::Keep);
    assert_eq!(refused(back), StaffProblem::Left);
}

#[test]
fn no_file_cannot_say_who_works_here() {
    let world = World::new();
    let service = world.init();
    service.init_repository(&world.path("repository")).unwrap();
    let address = add(&service, NAME, StaffRole::Agent, true).unwrap();
    service
        .act_as(NAME, Some(PASSWORD), Some(&code(&world, &address)))
        .unwrap();
    refused(service.act_as(NAME, Some("incorrect horse battery"), None));
    service
        .change_role(&officer(&service), NAME, StaffRole::Supervisor)
        .unwrap();
    service
        .set_password(
            &officer(&service),
            NAME,
            "another long password",
            SecondFactor::End,
        )
        .unwrap();
    service.create_snapshot(None).unwrap();
    service.disable_member(&officer(&service), NAME).unwrap();
    service.check_ledger().unwrap();
    drop(service);
    let secret = address
        .split("secret=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    let words = [
        NAME,
        PASSWORD,
        "incorrect horse battery",
        "another long password",
        secret,
    ];
    world.assert_nothing_readable(&words.map(str::to_owned));
}

#[test]
fn a_restore_cannot_bring_back_who_left_nor_lose_who_stays() {
    let world = World::new();
    let service = world.init();
    service.init_repository(&world.path("repository")).unwrap();
    add(&service, NAME, StaffRole::Agent, false);
    add(&service, "mei", StaffRole::Auditor, false);
    service.create_snapshot(None).unwrap();
    service.disable_member(&officer(&service), NAME).unwrap();
    drop(service);
    let (service, _) = world
        .restore(&world.path("store-2"), &world.path("repository"), None)
        .unwrap();
    // The fence had told the repository: the snapshot is older.
    assert_eq!(
        refused(service.act_as(NAME, Some(PASSWORD), None)),
        StaffProblem::Left
    );
    assert_eq!(
        refused(service.act_as("mei", Some("incorrect horse battery"), None)),
        StaffProblem::NotShown
    );
    let auditor = service.act_as("mei", Some(PASSWORD), None).unwrap();
    assert!(
        auditor.check(Permission::SeeAccessLog).is_ok()
            && auditor.check(Permission::Import).is_err()
    );
    assert!(service.act_as_officer(None, None).is_ok());
}

#[test]
fn a_code_cannot_be_used_twice_not_even_after_a_restart() {
    let world = World::new();
    let service = world.init();
    let address = add(&service, "mei", StaffRole::Agent, true).unwrap();
    let first = code(&world, &address);
    let actor = service.act_as("mei", Some(PASSWORD), Some(&first)).unwrap();
    assert_eq!(actor.proof, Proof::SecondFactor);
    assert_eq!(
        refused(service.act_as("mei", Some(PASSWORD), Some(&first))),
        StaffProblem::CodeUsed
    );
    drop(service);
    let (service, _) = world.open().unwrap();
    assert_eq!(
        refused(service.act_as("mei", Some(PASSWORD), Some(&first))),
        StaffProblem::CodeUsed
    );
    world.clock.advance(Duration::from_secs(30));
    // Its half minute has passed, and it would still be taken for the clocks' sake.
    assert_eq!(
        refused(service.act_as("mei", Some(PASSWORD), Some(&first))),
        StaffProblem::CodeUsed
    );
    service
        .act_as("mei", Some(PASSWORD), Some(&code(&world, &address)))
        .unwrap();
    assert_eq!(
        refused(service.act_as("mei", Some(PASSWORD), None)),
        StaffProblem::NotShown
    );
}

#[test]
fn a_password_cannot_be_guessed_by_trying() {
    let world = World::new();
    let service = world.init();
    add(&service, "mei", StaffRole::Agent, false);
    for _ in 0..10 {
        assert_eq!(
            refused(service.act_as("mei", Some("incorrect horse battery"), None)),
            StaffProblem::NotShown
        );
    }
    drop(service);
    let (service, _) = world.open().unwrap();
    let locked = |problem| matches!(problem, StaffProblem::LockedOut { .. });
    assert!(locked(refused(service.act_as("mei", Some(PASSWORD), None))));
    world.clock.advance(Duration::from_secs(15 * 60 - 1));
    assert!(locked(refused(service.act_as("mei", Some(PASSWORD), None))));
    world.clock.advance(Duration::from_secs(1));
    service.act_as("mei", Some(PASSWORD), None).unwrap();
    // Who manages staff need not wait.
    for _ in 0..10 {
        refused(service.act_as("mei", Some("incorrect horse battery"), None));
    }
    service
        .set_password(
            &officer(&service),
            "mei",
            "another long password",
            SecondFactor::Keep,
        )
        .unwrap();
    service
        .act_as("mei", Some("another long password"), None)
        .unwrap();
}

#[test]
fn somebody_who_signs_in_for_years_cannot_be_locked_out_by_it() {
    let world = World::new();
    let service = world.init();
    let address = add(&service, "mei", StaffRole::Agent, true).unwrap();
    let mut nodes = Vec::new();
    // More than one entry holds.
    for _ in 0..260 {
        world.clock.advance(Duration::from_mins(1));
        let actor = service
            .act_as("mei", Some(PASSWORD), Some(&code(&world, &address)))
            .unwrap();
        nodes.push(format!("{actor:?}"));
    }
    nodes.dedup();
    assert_eq!(nodes.len(), 1, "the same member all the time");
    assert_eq!(service.members().unwrap().len(), 2);
    service.disable_member(&officer(&service), "mei").unwrap();
    service.check_ledger().unwrap();
}

struct StopBefore(&'static str);

impl Steps for StopBefore {
    fn reached(&self, step: &'static str, when: When) -> Result<(), Stopped> {
        if step == self.0 && when == When::Before {
            return Err(Stopped { step, when });
        }
        Ok(())
    }
}

#[test]
fn a_house_from_before_there_was_staff_cannot_be_without_an_officer() {
    let mut world = World::new();
    world.steps = Arc::new(StopBefore("staff/first"));
    assert!(matches!(world.try_init(), Err(ServiceError::Stopped(_))));
    world.steps = Arc::new(NoSteps);
    // As layout 3 had it.
    let layout = "PRAGMA user_version = 3; DROP TABLE register; DROP TABLE flag; DROP TABLE job;
        ALTER TABLE tenant DROP COLUMN next_staff;";
    let database = Connection::open(world.path("store/wuhen.sqlite")).unwrap();
    database.execute_batch(layout).unwrap();
    drop(database);
    let (service, notices) = world.open().unwrap();
    assert!(
        notices
            .iter()
            .any(|notice| notice.contains("privacy officer \"officer\"")),
        "{notices:?}"
    );
    let actor = officer(&service);
    assert_eq!(
        (actor.role, actor.proof),
        (StaffRole::PrivacyOfficer, Proof::Machine)
    );
    add(&service, "mei", StaffRole::Agent, false);
    drop(service);
    let (service, notices) = world.open().unwrap();
    assert!(notices.is_empty(), "it is said once: {notices:?}");
    assert_eq!(service.members().unwrap().len(), 2);
    service.check_ledger().unwrap();
}
