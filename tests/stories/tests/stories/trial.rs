//! A restore that is only tried, while the hotel goes on with its own store and an erasure of it waits for a repository or
//! for a replica of the keys. The trial carries nothing on: what is not its own stays as it is until it has taken over.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use wuhen_ledger::body::{CustodianAnswer, State};
use wuhen_service::Service;
use wuhen_service::select::Scope;
use wuhen_store::CaseState;
use wuhen_stories::attacker::Evidence;
use wuhen_stories::moments::replica_that_goes_away;
use wuhen_stories::truth::{Record, Truth, readable};
use wuhen_stories::world::{
    World, assert_words, content, erase, erase_whole, import, lakeside, roots, verify,
};

/// The sample hotel with one or two repositories, each with a snapshot.
fn furnish(world: &World, repositories: &[&str]) -> (Service, Truth) {
    let service = world.init();
    import(&service, &lakeside()).unwrap();
    let mut truth = Truth::default();
    truth.read(&lakeside());
    for name in repositories {
        let row = service.init_repository(&world.path(name)).unwrap().done;
        service.create_snapshot(Some(&row.id)).unwrap();
    }
    (service, truth)
}

fn guest_one() -> Scope {
    Scope::Guest("lakeside/lk-g01".to_owned())
}

fn without_guest_one(truth: &Truth) -> BTreeSet<Record> {
    truth.matching(|known| known.guest != "lk-g01")
}

/// The next start of the original settles its one case, and its certificate is the complete one.
fn assert_completes(world: &World, survivors: &BTreeSet<Record>) -> Service {
    let (original, notices) = world.open().unwrap();
    assert!(
        notices.iter().any(|notice| notice.contains("complete")),
        "{notices:?}"
    );
    let cases = original.erasures().unwrap();
    let states: Vec<CaseState> = cases.iter().map(|case| case.state).collect();
    assert_eq!(states, [CaseState::Complete]);
    let certificate = original.certificate(&cases[0].case).unwrap();
    let completed = verify(&original, &certificate).completed;
    assert_eq!(completed.outcome.state(), State::Complete);
    original.check_ledger().unwrap();
    assert!(readable(&original) == *survivors);
    for keys in &world.keys {
        assert_eq!(roots(keys), 1, "the old root is gone");
    }
    original
}

/// A trial of the store that `repository` gives, and what it says when it is opened once more.
fn try_restore(world: &World, repository: &Path) -> (Service, Vec<String>) {
    let place = world.path("store-trial");
    let (trial, _) = world.restore(&place, repository, None).unwrap();
    drop(trial);
    world.open_at(&place).unwrap()
}

#[test]
fn a_trial_cannot_carry_on_an_erasure_that_waits_for_a_repository() {
    let world = World::new();
    let (original, truth) = furnish(&world, &["repository-a", "repository-b"]);
    let survivors = without_guest_one(&truth);
    let (place, away) = (world.path("repository-b"), world.path("away"));
    let image = world.image("repository-b", "1-before");
    fs::rename(&place, &away).unwrap();
    let outcome = erase(&original, guest_one()).unwrap();
    assert_eq!(outcome.state, State::Partial);
    fs::rename(&away, &place).unwrap();

    // B is back, and the original has not been started since: everything is ready for somebody else to carry it on.
    let others = [place, world.path("repository-a"), world.keys[0].clone()];
    let before = content(&others);
    let (trial, notices) = try_restore(&world, &world.path("repository-a"));
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert!(notices[0].contains(&outcome.case) && notices[0].contains("taken over"));
    assert!(readable(&trial) == survivors, "a trial can be read");
    let refused = erase(&trial, Scope::Guest("lk-g03".to_owned())).err();
    assert_words(&refused.expect("the case waits"), &["not effective yet"]);
    drop(trial);
    assert!(
        content(&others) == before,
        "nothing but its own was written"
    );
    assert_eq!(roots(&world.keys[0]), 2);

    drop(original);
    let original = assert_completes(&world, &survivors);
    erase_whole(&original, Scope::Guest("lk-g03".to_owned()));
    drop(original);
    // The trial has had its time: the root that it is under is gone.
    let refused = world.open_at(&world.path("store-trial")).err();
    assert_words(&refused.expect("an old copy"), &["root"]);
    let mut evidence = Evidence::default();
    for image in [image, world.path("repository-b"), world.path("store-trial")] {
        evidence.add_image(&image);
    }
    let living = truth.matching(|known| !["lk-g01", "lk-g03"].contains(&known.guest.as_str()));
    assert!(evidence.attack(&world.keys).records() == living);
}

#[test]
fn a_trial_cannot_write_to_another_repository_before_it_has_taken_over() {
    let world = World::new();
    let names = ["repository-a", "repository-b", "repository-c"];
    let (original, truth) = furnish(&world, &names);
    let rows = original.repositories().unwrap();
    let id = |end: &str| {
        rows.iter()
            .find(|row| row.folder.ends_with(end))
            .unwrap()
            .id
            .clone()
    };
    let (place, away) = (world.path("repository-b"), world.path("away"));
    let (trial, _) = world
        .restore(
            &world.path("store-trial"),
            &world.path("repository-a"),
            None,
        )
        .unwrap();

    // The original goes on without B for a while: B is behind both stores, and could be anybody's.
    fs::rename(&place, &away).unwrap();
    assert!(original.label("lk-005", "written by the original").unwrap());
    let made = original.create_snapshot(Some(&id("-a"))).unwrap();
    assert_eq!(made.problems.len(), 1, "B is away");
    fs::rename(&away, &place).unwrap();

    let others = [place, world.path("repository-a"), world.keys[0].clone()];
    let before = content(&others);
    let refusals = [
        trial.create_snapshot(Some(&id("-b"))).err(),
        trial.create_snapshot(Some(&id("-a"))).err(),
        trial.init_repository(&world.path("repository-d")).err(),
        erase(&trial, guest_one()).err(),
    ];
    for refused in refusals {
        let refused = refused.expect("the original has written to A since");
        assert_words(&refused, &["another store has written to it"]);
    }
    assert_eq!(
        readable(&trial).len(),
        truth.records().len(),
        "nothing was erased in it"
    );
    // Which repositories it keeps current is the trial's own matter; to tell those that are left is not.
    let gone = trial.unregister_repository(&id("-c")).unwrap();
    assert!(
        gone.problems[0]
            .to_string()
            .contains("another store has written to it")
    );
    assert_eq!(gone.problems.len(), 2);
    assert!(
        content(&others) == before,
        "nothing but its own was written"
    );
    assert!(!world.path("repository-d").exists());

    original.create_snapshot(Some(&id("-b"))).unwrap();
    erase_whole(&original, guest_one());
}

#[test]
fn a_trial_that_takes_over_carries_the_erasure_on() {
    let world = World::new();
    let (original, truth) = furnish(&world, &["repository-a", "repository-b"]);
    let survivors = without_guest_one(&truth);
    let (place, away) = (world.path("repository-b"), world.path("away"));
    fs::rename(&place, &away).unwrap();
    assert_eq!(erase(&original, guest_one()).unwrap().state, State::Partial);
    // This time it is no trial: the original is lost for good.
    drop(original);
    fs::remove_dir_all(world.store()).unwrap();
    fs::rename(&away, &place).unwrap();
    let (restored, _) = world
        .restore(&world.store(), &world.path("repository-a"), None)
        .unwrap();
    let first = &restored.repositories().unwrap()[0];
    restored.create_snapshot(Some(&first.id)).unwrap();
    drop(restored);
    let restored = assert_completes(&world, &survivors);
    drop(restored);
    let mut evidence = Evidence::default();
    evidence.add_image(&world.path("repository-b"));
    assert!(evidence.attack(&world.keys).records() == survivors);
}

#[test]
fn a_trial_cannot_destroy_a_root_that_is_left_on_a_replica() {
    let mut world = World::new();
    let (replica, away) = replica_that_goes_away(&mut world);
    let (original, truth) = furnish(&world, &["repository"]);
    let survivors = without_guest_one(&truth);
    let outcome = erase(&original, guest_one()).unwrap();
    let completed = verify(&original, &outcome.certificate).completed;
    assert_eq!(completed.outcome.state(), State::Partial);
    let custodian = &completed.outcome.custodians()[0];
    assert_eq!(custodian.answer, CustodianAnswer::Failed);
    fs::rename(&away, &replica).unwrap();

    let others = [replica, world.keys[0].clone(), world.path("repository")];
    let before = content(&others);
    let (trial, notices) = try_restore(&world, &world.path("repository"));
    assert!(notices[0].contains(&outcome.case), "{notices:?}");
    assert!(readable(&trial) == survivors);
    drop(trial);
    assert!(
        content(&others) == before,
        "the root on the replica is the original's"
    );
    drop(original);
    assert_completes(&world, &survivors);
}

#[test]
fn a_trial_cannot_destroy_the_old_root_of_a_finished_case_on_a_forgotten_replica() {
    let mut world = World::new();
    world.keys.push(world.path("keys-b"));
    let (original, truth) = furnish(&world, &["repository"]);
    let survivors = without_guest_one(&truth);
    drop(original);
    // Nobody named the second replica for a while.
    let forgotten = world.keys.pop().unwrap();
    let (original, _) = world.open().unwrap();
    erase_whole(&original, guest_one());
    world.keys.push(forgotten.clone());
    let others = [
        forgotten.clone(),
        world.keys[0].clone(),
        world.path("repository"),
    ];
    let before = content(&others);
    let (trial, notices) = try_restore(&world, &world.path("repository"));
    assert_eq!(notices, [""; 0]);
    assert!(readable(&trial) == survivors);
    drop(trial);
    assert!(
        content(&others) == before,
        "the root on the replica is the original's"
    );
    drop(original);
    let (original, notices) = world.open().unwrap();
    assert!(notices[0].contains("is destroyed now"), "{notices:?}");
    assert_eq!(roots(&forgotten), 0);
    assert!(readable(&original) == survivors);
}
