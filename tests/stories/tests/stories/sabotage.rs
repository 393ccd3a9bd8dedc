//! Each copy's deletion is sabotaged once. The certificate must then say `partial` and which copy is to blame; once the
//! damage is mended, the next start completes the erasure by itself, and the certificate of the case is the complete one.
//! Complaints 7, 10 and 12: a receipt that says `done` too early, and nobody who can try again.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use wuhen_ledger::body::{CompletedBody, CopyState, CustodianAnswer, State};
use wuhen_model::When;
use wuhen_service::Service;
use wuhen_service::erase::Outcome;
use wuhen_service::search::SearchScope;
use wuhen_service::select::Scope;
use wuhen_store::CaseState;
use wuhen_store::sqlite::{Options, SqliteStore};
use wuhen_stories::attacker::Evidence;
use wuhen_stories::moments::{Moments, replica_that_goes_away};
use wuhen_stories::sabotage::{SabotagedStore, Switches};
use wuhen_stories::world::{World, erase, erase_whole, import, in_words, lakeside, roots, verify};

/// The message of the sample hotel that has the invoice, with words of it.
const INVOICE: &str = "lk-006-06";
const INVOICE_WORDS: &str = "重开好了";

fn hotel() -> (World, Service) {
    let world = World::new();
    let service = world.init();
    furnish(&world, &service);
    (world, service)
}

fn furnish(world: &World, service: &Service) {
    import(service, &lakeside()).unwrap();
    service.init_repository(&world.path("repository")).unwrap();
    service.create_snapshot(None).unwrap();
}

fn invoice() -> Scope {
    Scope::Messages(vec![INVOICE.to_owned()])
}

/// A partial outcome whose certificate holds and blames exactly these copies.
fn assert_partial(service: &Service, outcome: &Outcome, failed: &[&str]) -> CompletedBody {
    assert_eq!(outcome.state, State::Partial);
    assert!(
        !outcome.problems.is_empty(),
        "a person is told what is missing"
    );
    let completed = verify(service, &outcome.certificate).completed;
    assert_eq!(completed.outcome.state(), State::Partial);
    let blamed: Vec<&str> = (completed.outcome.copies().iter())
        .filter(|row| row.state == CopyState::Failed)
        .map(|row| row.copy.split(':').next().unwrap())
        .collect();
    assert_eq!(blamed, failed);
    assert!(
        service
            .search(INVOICE_WORDS, &SearchScope::default())
            .unwrap()
            .is_empty(),
        "what is being erased is not shown, whatever failed"
    );
    assert_eq!(service.erasures().unwrap().len(), 1);
    completed
}

/// The next start settles the one case there is.
fn assert_mended(world: &World) -> Service {
    let (service, notices) = world.open().unwrap();
    assert!(
        notices.iter().any(|notice| notice.contains("complete")),
        "{notices:?}"
    );
    let cases = service.erasures().unwrap();
    assert!(cases.iter().all(|case| case.state == CaseState::Complete));
    let certificate = service.certificate(&cases[0].case).unwrap();
    let completed = verify(&service, &certificate).completed;
    assert_eq!(completed.outcome.state(), State::Complete);
    assert!(
        completed
            .outcome
            .copies()
            .iter()
            .all(|row| row.state == CopyState::Erased)
    );
    assert_eq!(completed.requested.counts, completed.records.erased);
    assert_eq!(roots(&world.keys[0]), 1, "the old root is gone");
    service.check_ledger().unwrap();
    // Nothing is left to be taken up.
    drop(service);
    let (service, notices) = world.open().unwrap();
    assert_eq!(notices, [""; 0]);
    service
}

fn files_below(folder: &Path, wanted: &dyn Fn(&Path) -> bool) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path, wanted));
        } else if wanted(&path) {
            files.push(path);
        }
    }
    files
}

/// All copies that every erasure has, for which the old root's end is awaited.
const ALL: [&str; 7] = [
    "database", "wal", "blobs", "search", "caches", "fence", "snapshot",
];

#[test]
fn a_repository_that_was_moved_away_cannot_be_called_erased() {
    let (world, service) = hotel();
    let (place, away) = (world.path("repository"), world.path("away"));
    fs::rename(&place, &away).unwrap();
    let outcome = erase(&service, invoice()).unwrap();
    let completed = assert_partial(&service, &outcome, &ALL);
    assert_eq!(
        completed.outcome.custodians()[0].answer,
        CustodianAnswer::Waiting
    );
    assert_eq!(completed.erased, None);
    assert_eq!(
        roots(&world.keys[0]),
        2,
        "the old root is kept until the fence stands"
    );
    assert!(
        !place.exists(),
        "an unmounted repository is not filled with new folders"
    );
    let refused = erase(&service, Scope::Guest("lk-g01".to_owned()))
        .err()
        .unwrap();
    assert!(
        in_words(&refused).contains("not effective yet"),
        "{refused}"
    );
    drop(service);

    // A start with the repository still away changes nothing, and says so.
    let (service, notices) = world.open().unwrap();
    assert!(
        notices.iter().any(|notice| notice.contains("partial")),
        "{notices:?}"
    );
    assert_eq!(roots(&world.keys[0]), 2);
    drop(service);

    // `Partial` was the truth: with the keys as they are, the copy that nobody reached still opens.
    let read_from_the_copy = || {
        let mut evidence = Evidence::default();
        evidence.add_image(&world.path("images/1-partial/away"));
        let read = evidence.attack(&world.keys).records();
        read.iter()
            .any(|record| record.text.contains(INVOICE_WORDS))
    };
    world.image("away", "1-partial");
    assert!(read_from_the_copy());

    fs::rename(&away, &place).unwrap();
    let service = assert_mended(&world);
    assert!(!read_from_the_copy());
    // The certificate that said `partial` was true, and stays valid as what it is.
    let first = verify(&service, &outcome.certificate);
    assert_eq!(first.completed.outcome.state(), State::Partial);
    erase_whole(&service, Scope::Guest("lk-g01".to_owned()));
}

#[test]
fn a_file_in_the_place_of_a_repository_cannot_pass_for_it() {
    let (world, service) = hotel();
    let (place, away) = (world.path("repository"), world.path("away"));
    fs::rename(&place, &away).unwrap();
    fs::write(&place, "not a folder").unwrap();
    let outcome = erase(&service, invoice()).unwrap();
    assert_partial(&service, &outcome, &ALL);
    drop(service);
    fs::remove_file(&place).unwrap();
    fs::rename(&away, &place).unwrap();
    assert_mended(&world);
}

#[test]
fn one_repository_of_two_cannot_stand_for_both() {
    let (world, service) = hotel();
    service
        .init_repository(&world.path("repository-b"))
        .unwrap();
    let id = service.repositories().unwrap();
    let second = id.iter().find(|row| row.folder.ends_with("-b")).unwrap();
    service.create_snapshot(Some(&second.id)).unwrap();
    let (place, away) = (world.path("repository-b"), world.path("away"));
    fs::rename(&place, &away).unwrap();
    let outcome = erase(&service, invoice()).unwrap();
    assert_eq!(outcome.state, State::Partial);
    let completed = verify(&service, &outcome.certificate).completed;
    assert_eq!(
        completed.outcome.copies().len(),
        9,
        "each repository has its own rows"
    );
    assert_eq!(roots(&world.keys[0]), 2);
    drop(service);
    fs::rename(&away, &place).unwrap();
    drop(assert_mended(&world));
    for repository in ["repository", "repository-b"] {
        let mut evidence = Evidence::default();
        evidence.add_image(&world.path(repository));
        let read = evidence.attack(&world.keys).records();
        assert!(read.len() > 300, "both repositories follow the new root");
        assert!(
            read.iter()
                .all(|record| !record.text.contains(INVOICE_WORDS))
        );
    }
}

#[test]
fn an_unregistered_repository_holds_up_no_erasure_and_gives_nothing_back() {
    let (world, service) = hotel();
    let (place, away) = (world.path("repository"), world.path("away"));
    fs::rename(&place, &away).unwrap();
    let outcome = erase(&service, invoice()).unwrap();
    assert_partial(&service, &outcome, &ALL);
    let id = service.repositories().unwrap()[0].id.clone();
    service.unregister_repository(&id).unwrap();
    drop(service);
    let service = assert_mended(&world);
    let completed = verify(&service, &service.certificate(&outcome.case).unwrap()).completed;
    assert!(
        completed
            .outcome
            .copies()
            .iter()
            .all(|row| !row.copy.starts_with("fence")),
        "no copy is listed that nobody keeps"
    );

    // It comes back with everything in it: neither a restore nor an attacker gets anything from it.
    let restored = world.restore(&world.path("restored"), &away, None);
    let refused = in_words(&restored.err().expect("its keys are of a root that is gone"));
    assert!(refused.contains("root"), "{refused}");
    let mut evidence = Evidence::default();
    evidence.add_image(&away);
    assert!(evidence.attack(&world.keys).opened.is_empty());
}

#[test]
fn an_attachment_that_stays_in_the_store_cannot_be_called_erased() {
    let (world, service) = hotel();
    let mended = block_blob(&service, &world.path("store/blobs"));
    let outcome = erase(&service, invoice()).unwrap();
    let completed = assert_partial(&service, &outcome, &["blobs"]);
    assert_eq!(
        completed.outcome.custodians()[0].answer,
        CustodianAnswer::Destroyed
    );
    drop(service);
    mended();
    assert_mended(&world);
}

#[test]
fn an_attachment_that_stays_in_a_repository_cannot_be_called_erased() {
    let (world, service) = hotel();
    let mended = block_blob(&service, &world.path("repository/blobs"));
    let outcome = erase(&service, invoice()).unwrap();
    assert_partial(&service, &outcome, &ALL);
    drop(service);
    mended();
    assert_mended(&world);
}

/// Puts a folder that cannot be removed in the place of the invoice's file. Answers how to mend it.
fn block_blob(service: &Service, blobs: &Path) -> impl Fn() + use<> {
    let before = files_below(blobs, &|_| true);
    assert_eq!(before.len(), 4, "the sample hotel has four attachments");
    // Which of them is the invoice is a secret of the store: all of them are blocked.
    drop(service.show("lk-006").unwrap());
    for blob in &before {
        fs::rename(blob, blob.with_extension("kept")).unwrap();
        fs::create_dir(blob).unwrap();
        fs::write(blob.join("in-the-way"), "").unwrap();
    }
    move || {
        for blob in &before {
            fs::remove_dir_all(blob).unwrap();
            fs::rename(blob.with_extension("kept"), blob).unwrap();
        }
    }
}

#[test]
fn a_log_that_a_stranger_holds_open_cannot_be_called_empty() {
    let (world, service) = hotel();
    let stranger = rusqlite::Connection::open(world.path("store/wuhen.sqlite")).unwrap();
    stranger.execute_batch("BEGIN").unwrap();
    let rows = |connection: &rusqlite::Connection| -> i64 {
        connection
            .query_row("SELECT count(*) FROM item", [], |row| row.get(0))
            .unwrap()
    };
    let before = rows(&stranger);
    let outcome = erase(&service, invoice()).unwrap();
    assert_partial(&service, &outcome, &["wal"]);
    assert_eq!(
        rows(&stranger),
        before,
        "the stranger still sees the old rows"
    );
    drop(service);
    drop(stranger);
    assert_mended(&world);
}

#[test]
fn a_root_that_stays_on_one_replica_cannot_be_called_destroyed() {
    let mut world = World::new();
    let (replica, away) = replica_that_goes_away(&mut world);
    let service = world.init();
    furnish(&world, &service);
    let outcome = erase(&service, invoice()).unwrap();
    let completed = assert_partial(&service, &outcome, &ALL);
    assert_eq!(
        completed.outcome.custodians()[0].answer,
        CustodianAnswer::Failed
    );
    assert_eq!(completed.erased, None);
    assert_eq!(roots(&away), 2, "the replica has both roots");
    drop(service);
    fs::rename(&away, &replica).unwrap();
    assert_mended(&world);
    assert_eq!(roots(&replica), 1);
}

#[test]
fn a_missing_replica_cannot_lead_to_half_an_erasure() {
    let mut world = World::new();
    world.keys.push(world.path("keys-b"));
    let (replica, away) = (world.path("keys-b"), world.path("away"));
    let service = world.init();
    furnish(&world, &service);
    fs::rename(&replica, &away).unwrap();
    let refused = in_words(
        &erase(&service, invoice())
            .err()
            .expect("a root must be on every replica"),
    );
    assert!(refused.contains("keys-b"), "{refused}");
    assert_eq!(
        service
            .search(INVOICE_WORDS, &SearchScope::default())
            .unwrap()
            .len(),
        1
    );
    assert!(
        !replica.exists(),
        "no new folder in the place of an unmounted one"
    );
    drop(service);
    fs::rename(&away, &replica).unwrap();
    let (service, _) = world.open().unwrap();
    assert_eq!((roots(&world.keys[0]), roots(&replica)), (1, 1));
    erase_whole(&service, invoice());
}

/// Which switch, which copies are to blame, and what the key service answers.
type Case = (
    fn(&Switches) -> &AtomicBool,
    &'static [&'static str],
    CustodianAnswer,
);

const CASES: [Case; 4] = [
    (|switches| &switches.fence, &ALL, CustodianAnswer::Waiting),
    (
        |switches| &switches.log,
        &["wal"],
        CustodianAnswer::Destroyed,
    ),
    (
        |switches| &switches.residue,
        &["database", "search"],
        CustodianAnswer::Destroyed,
    ),
    (
        |switches| &switches.blobs,
        &["blobs"],
        CustodianAnswer::Destroyed,
    ),
];

fn sabotaged(world: &World, switches: &Arc<Switches>) -> Service {
    let store = SqliteStore::open(&world.store(), Options::default()).unwrap();
    let store = SabotagedStore::new(store, Arc::clone(switches));
    world.open_with(Arc::new(store)).unwrap().0
}

#[test]
fn no_single_failure_passes_for_a_complete_erasure() {
    for (number, (switch, failed, answer)) in CASES.into_iter().enumerate() {
        let (world, service) = hotel();
        drop(service);
        let switches = Arc::new(Switches::default());
        let service = sabotaged(&world, &switches);
        switch(&switches).store(true, Ordering::Relaxed);
        let outcome = erase(&service, invoice()).unwrap();
        let completed = assert_partial(&service, &outcome, failed);
        assert_eq!(
            completed.outcome.custodians()[0].answer,
            answer,
            "case {number}"
        );
        drop(service);
        // A start that meets the same failure leaves the case as it is, and adds nothing to the ledger.
        let service = sabotaged(&world, &switches);
        let size = service.check_ledger().unwrap().size;
        drop(service);
        let service = sabotaged(&world, &switches);
        assert_eq!(service.check_ledger().unwrap().size, size);
        drop(service);
        assert_mended(&world);
    }
}

#[test]
fn a_full_disk_at_the_rotation_loses_and_erases_nothing() {
    let (world, service) = hotel();
    drop(service);
    let switches = Arc::new(Switches::default());
    let service = sabotaged(&world, &switches);
    switches.rotate.store(true, Ordering::Relaxed);
    let refused = in_words(&erase(&service, invoice()).err().unwrap());
    assert!(refused.contains("disk is full"), "{refused}");
    assert_eq!(
        service
            .search(INVOICE_WORDS, &SearchScope::default())
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        roots(&world.keys[0]),
        1,
        "the root that was made for it is gone again"
    );
    assert_eq!(service.erasures().unwrap()[0].state, CaseState::Abandoned);
    service.check_ledger().unwrap();
    switches.rotate.store(false, Ordering::Relaxed);
    erase_whole(&service, invoice());
    assert!(
        service
            .search(INVOICE_WORDS, &SearchScope::default())
            .unwrap()
            .is_empty()
    );
}

#[test]
fn an_attachment_whose_removal_was_interrupted_does_not_stay() {
    for step in ["rotation/erased-entry", "erase/blobs"] {
        let mut world = World::new();
        let moments = Arc::new(Moments::default());
        moments.stop(step, When::After);
        world.steps = moments;
        let service = world.init();
        furnish(&world, &service);
        assert!(erase(&service, invoice()).is_err());
        drop(service);
        assert_mended(&world);
        for blobs in ["store/blobs", "repository/blobs"] {
            assert_eq!(
                files_below(&world.path(blobs), &|_| true).len(),
                3,
                "{step}"
            );
        }
    }
}
