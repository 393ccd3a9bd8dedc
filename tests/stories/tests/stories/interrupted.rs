//! An erasure that a crash interrupts where two copies meet: a repository that was written but not read back, a disk that
//! lost what a repository has, a root that was made for nothing. No start destroys a root that anybody still needs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;
use wuhen_ledger::body::State;
use wuhen_model::When;
use wuhen_service::Service;
use wuhen_service::select::Scope;
use wuhen_store::CaseState;
use wuhen_stories::attacker::Evidence;
use wuhen_stories::moments::Moments;
use wuhen_stories::truth::{Record, Truth, readable};
use wuhen_stories::world::{
    World, assert_words, copy_tree, erase, erase_whole, import, lakeside, put_back, roots, verify,
};

/// The sample hotel with a snapshot, and copies of it as it was before anything was erased.
struct Hotel {
    world: World,
    moments: Arc<Moments>,
    truth: Truth,
    images: Vec<PathBuf>,
}

impl Hotel {
    fn new() -> (Self, Service) {
        let mut world = World::new();
        let moments = Arc::new(Moments::default());
        world.steps = Arc::clone(&moments) as _;
        let service = world.init();
        import(&service, &lakeside()).unwrap();
        let mut truth = Truth::default();
        truth.read(&lakeside());
        service.init_repository(&world.path("repository")).unwrap();
        service.create_snapshot(None).unwrap();
        let images = ["store", "repository"]
            .map(|of| world.image(of, "1-before"))
            .to_vec();
        let hotel = Self {
            world,
            moments,
            truth,
            images,
        };
        (hotel, service)
    }

    /// Keeps the store as the disk has it the next time that a step begins.
    fn keep_store_before(&self, step: &'static str) -> PathBuf {
        let (from, to) = (self.world.store(), self.world.path("images/2-kept/store"));
        let kept = to.clone();
        self.moments
            .act(step, When::Before, move || copy_tree(&from, &to));
        kept
    }

    /// Asks for the erasure of the first guest, under which the machine dies.
    fn erase_until(&self, service: &Service, step: &'static str) {
        self.moments.stop(step, When::After);
        assert!(erase(service, guest_one()).is_err());
    }

    fn repository(&self) -> PathBuf {
        self.world.path("repository")
    }

    fn roots(&self) -> usize {
        roots(&self.world.keys[0])
    }

    fn survivors(&self) -> BTreeSet<Record> {
        self.truth.matching(|known| known.guest != "lk-g01")
    }

    /// With the keys of today and every copy ever made, what opens is what was not erased.
    fn assert_attack_gets_survivors(&self) {
        let mut evidence = Evidence::default();
        let today = [self.world.store(), self.repository()];
        for image in self.images.iter().chain(&today) {
            evidence.add_image(image);
        }
        let read = evidence.attack(&self.world.keys).records();
        assert!(read == self.survivors());
    }

    /// The disk is lost as well: the repository gives back all that was not erased, and the next erasure is complete.
    fn assert_restorable(&self) {
        let store = self.world.store();
        fs::remove_dir_all(&store).unwrap();
        let (restored, _) = self
            .world
            .restore(&store, &self.repository(), None)
            .unwrap();
        assert!(readable(&restored) == self.survivors());
        restored.create_snapshot(None).unwrap();
        drop(restored);
        let (restored, _) = self.world.open().unwrap();
        assert!(readable(&restored) == self.survivors());
        let cases = restored.erasures().unwrap();
        assert_eq!(cases[0].state, CaseState::Complete);
        let certificate = restored.certificate(&cases[0].case).unwrap();
        let completed = verify(&restored, &certificate).completed;
        assert_eq!(completed.outcome.state(), State::Complete);
        assert_eq!(self.roots(), 1);
        restored.check_ledger().unwrap();
        drop(restored);
        self.assert_attack_gets_survivors();
    }
}

fn guest_one() -> Scope {
    Scope::Guest("lakeside/lk-g01".to_owned())
}

fn number(database: &Path, sql: &str) -> i64 {
    let connection = Connection::open(database).unwrap();
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_copy_that_nobody_read_back_cannot_cost_the_old_root() {
    for torn in [false, true] {
        let (hotel, service) = Hotel::new();
        let kept = hotel.keep_store_before("rotation/fence");
        hotel.erase_until(&service, "rotation/fence");
        drop(service);
        // The repository has the copy, and the store no note of it: the process died between the two.
        put_back(&kept, &hotel.world.store());
        let mirror = hotel.repository().join("repository.sqlite");
        let written = number(&mirror, "SELECT revision FROM mirror");
        let database = hotel.world.store().join("wuhen.sqlite");
        let read = number(&database, "SELECT fenced_revision FROM repository");
        assert!(read < written);
        assert_eq!(hotel.roots(), 2);
        if torn {
            // Not all of it reached the disk: a living guest's key, wrapped anew in this erasure.
            let sql = "UPDATE node SET wrap = zeroblob(length(wrap)) WHERE id = (SELECT max(node) FROM guest)";
            let torn = Connection::open(&mirror).unwrap().execute(sql, []);
            assert_eq!(torn, Ok(1));
        }

        let (service, notices) = hotel.world.open().unwrap();
        assert!(notices[0].contains("complete"), "{notices:?}");
        assert!(readable(&service) == hotel.survivors());
        drop(service);
        assert_eq!(hotel.roots(), 1);
        hotel.assert_attack_gets_survivors();
        hotel.assert_restorable();
    }
}

#[test]
fn a_copy_that_cannot_be_read_back_keeps_the_old_root() {
    let (hotel, service) = Hotel::new();
    let kept = hotel.keep_store_before("rotation/fence");
    hotel.erase_until(&service, "rotation/fence");
    drop(service);
    put_back(&kept, &hotel.world.store());
    // The disk gives back other bytes than it was given, however often.
    let mirror = Connection::open(hotel.repository().join("repository.sqlite")).unwrap();
    let torn =
        "UPDATE node SET wrap = zeroblob(length(wrap)) WHERE id = (SELECT max(node) FROM guest)";
    let sql = format!("{torn}; CREATE TRIGGER torn AFTER INSERT ON node BEGIN {torn}; END");
    mirror.execute_batch(&sql).unwrap();

    let (service, notices) = hotel.world.open().unwrap();
    assert!(notices[0].contains("partial"), "{notices:?}");
    assert!(notices[0].contains("read back differs"), "{notices:?}");
    assert_eq!(
        hotel.roots(),
        2,
        "the old root may be all that opens the repository"
    );
    drop(service);

    mirror.execute_batch("DROP TRIGGER torn").unwrap();
    let (service, notices) = hotel.world.open().unwrap();
    assert!(notices[0].contains("complete"), "{notices:?}");
    drop(service);
    hotel.assert_restorable();
}

/// A store whose disk has lost the commit that put the new root in force, after the repository had got it.
fn lost_commit() -> Hotel {
    let (hotel, service) = Hotel::new();
    let kept = hotel.keep_store_before("rotation/commit");
    hotel.erase_until(&service, "rotation/fence");
    drop(service);
    put_back(&kept, &hotel.world.store());
    let mirror = Connection::open(hotel.repository().join("repository.sqlite")).unwrap();
    let same: bool = mirror
        .query_row("SELECT root_kid = next_kid FROM tenant", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert!(same, "the repository is under the new root");
    hotel
}

#[test]
fn a_disk_that_lost_a_commit_cannot_cost_the_root_of_the_repository() {
    let hotel = lost_commit();
    for _ in 0..2 {
        let refused = hotel
            .world
            .open()
            .err()
            .expect("a later state is elsewhere");
        assert_words(&refused, &["quarantined", "later state", "restore from it"]);
        assert_eq!(hotel.roots(), 2, "the repository is under the newer one");
    }
    hotel.assert_restorable();
}

#[test]
fn a_repository_that_is_away_cannot_lose_its_root_to_a_disk_that_lost_a_commit() {
    let hotel = lost_commit();
    let (place, away) = (hotel.repository(), hotel.world.path("away"));
    fs::rename(&place, &away).unwrap();
    // Nobody can be asked: the erasure is given up, and the root kept.
    let (service, notices) = hotel.world.open().unwrap();
    assert!(notices[0].contains("nothing was erased"), "{notices:?}");
    assert!(readable(&service) == hotel.truth.records());
    drop(service);
    assert_eq!(hotel.roots(), 2);

    fs::rename(&away, &place).unwrap();
    let (service, notices) = hotel.world.open().unwrap();
    assert!(notices[0].contains("later state"), "{notices:?}");
    assert_eq!(hotel.roots(), 2, "the repository is under the newer one");
    let refused = service.create_snapshot(None).err().expect("two histories");
    assert_words(&refused, &["restore from the repository"]);
    drop(service);
    hotel.assert_restorable();
}

#[test]
fn a_root_that_was_made_for_nothing_cannot_stay_nor_go_too_early() {
    for step in ["rotation/create-root", "recover/abandon"] {
        let (hotel, service) = Hotel::new();
        if step == "recover/abandon" {
            hotel.erase_until(&service, "rotation/create-root");
            hotel.moments.stop(step, When::After);
            drop(service);
            assert!(hotel.world.open().is_err());
        } else {
            hotel.erase_until(&service, step);
            drop(service);
        }
        assert_eq!(hotel.roots(), 2);
        let (place, away) = (hotel.repository(), hotel.world.path("away"));
        fs::rename(&place, &away).unwrap();
        for _ in 0..2 {
            let (service, _) = hotel.world.open().unwrap();
            let cases = service.erasures().unwrap();
            assert_eq!(cases[0].state, CaseState::Abandoned);
            assert!(readable(&service) == hotel.truth.records());
            drop(service);
            assert_eq!(hotel.roots(), 2, "what is away may be under it");
        }

        fs::rename(&away, &place).unwrap();
        let (service, notices) = hotel.world.open().unwrap();
        assert!(notices[0].contains("is destroyed now"), "{notices:?}");
        assert_eq!(hotel.roots(), 1);
        assert!(readable(&service) == hotel.truth.records());
        erase_whole(&service, guest_one());
        drop(service);
        hotel.assert_attack_gets_survivors();
    }
}
