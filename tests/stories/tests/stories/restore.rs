//! The day the disk is lost, and the days after. A snapshot of long ago, kept current by the fence, gives back all that was
//! not erased and nothing that was (complaint 13: restores elsewhere bring erased people back).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use wuhen_model::When;
use wuhen_service::Service;
use wuhen_service::search::SearchScope;
use wuhen_service::select::Scope;
use wuhen_store::StoreError;
use wuhen_store::sqlite::{Options, restore};
use wuhen_stories::attacker::Evidence;
use wuhen_stories::moments::Moments;
use wuhen_stories::truth::{Record, Truth, readable};
use wuhen_stories::world::{
    World, assert_words, content, conversation, erase, erase_whole, guest, import, lakeside,
    message, put_back, shared_data, verify,
};

const MONTH: Duration = Duration::from_hours(30 * 24);

/// The sample hotel with a repository that holds one snapshot.
fn hotel() -> (World, Service, Truth) {
    hotel_with(&[lakeside()])
}

fn hotel_with(files: &[PathBuf]) -> (World, Service, Truth) {
    let world = World::new();
    let service = world.init();
    let mut truth = Truth::default();
    for file in files {
        import(&service, file).unwrap();
        truth.read(file);
    }
    service.init_repository(&world.path("repository")).unwrap();
    service.create_snapshot(None).unwrap();
    (world, service, truth)
}

/// Erases one of each kind; what is gone, and the certificates.
fn erase_one_of_each(service: &Service, truth: &Truth) -> (BTreeSet<Record>, Vec<Vec<u8>>) {
    let scopes = [
        Scope::Guest("lk-g01".to_owned()),
        Scope::Label("机密-2023".to_owned()),
        Scope::Conversations(vec!["lk-005".to_owned()]),
        Scope::Messages(vec!["lk-006-06".to_owned(), "lk-011-01".to_owned()]),
    ];
    let certificates = scopes
        .into_iter()
        .map(|scope| erase_whole(service, scope).certificate)
        .collect();
    let mut gone = truth.matching(|known| {
        (known.source == "lakeside" && known.guest == "lk-g01")
            || known.conversation == "lk-005"
            || ["lk-006-06", "lk-011-01"].contains(&known.message.as_str())
    });
    gone.extend(truth.labelled("机密-2023"));
    (gone, certificates)
}

#[test]
fn a_restore_cannot_bring_back_what_was_erased_nor_lose_what_was_not() {
    let dialogues = shared_data("zh-hotel-dev.jsonl");
    let files: Vec<PathBuf> = [Some(lakeside()), dialogues]
        .into_iter()
        .flatten()
        .collect();
    let (world, service, truth) = hotel_with(&files);
    let images = [
        world.image("store", "1-before"),
        world.image("repository", "1-before"),
    ];
    let old_keys = world.image("keys", "1-before");
    world.clock.advance(MONTH);
    let newer = [
        guest("late", "A guest who came after the snapshot"),
        conversation("late-1", "late"),
        message("late-1-1", "late-1", "written after the snapshot and lost"),
    ];
    world.import_lines(&service, "late", &newer);
    let (erased, certificates) = erase_one_of_each(&service, &truth);
    let key = service.ledger_key();
    drop(service);
    fs::remove_dir_all(world.store()).unwrap();

    let (service, restored) = world
        .restore(&world.store(), &world.path("repository"), None)
        .unwrap();
    let survivors: BTreeSet<Record> = truth.records().difference(&erased).cloned().collect();
    assert!(
        readable(&service) == survivors,
        "every message of the snapshot that was not erased"
    );
    assert_eq!(
        restored.erased_messages,
        messages_of(&erased).count() as u64
    );
    assert_eq!(restored.lost_conversations, 1, "what is lost is said");
    assert_stays_away(&service, &erased);
    assert_eq!(service.ledger_key(), key);
    service.check_ledger().unwrap();
    for certificate in &certificates {
        verify(&service, certificate);
    }
    for case in service.erasures().unwrap() {
        verify(&service, &service.certificate(&case.case).unwrap());
    }

    // Life goes on: the next erasure reaches the repository that the store came from.
    erase_whole(&service, Scope::Guest("lakeside/lk-g03".to_owned()));
    service.create_snapshot(None).unwrap();
    world.assert_nothing_readable(&truth.canaries(100));
    drop(service);
    let erased_since =
        truth.matching(|known| known.source == "lakeside" && known.guest == "lk-g03");
    let mut evidence = Evidence::default();
    for image in images
        .iter()
        .chain(&[world.store(), world.path("repository")])
    {
        evidence.add_image(image);
    }
    let today = evidence.attack(&world.keys).records();
    assert!(today == survivors.difference(&erased_since).cloned().collect());
    let control = evidence.attack(&[old_keys]).records();
    assert!(control.is_superset(&truth.records()));
}

fn messages_of(records: &BTreeSet<Record>) -> impl Iterator<Item = &Record> {
    records.iter().filter(|record| record.kind == "message")
}

/// Erased messages are neither found nor let in again by an import.
fn assert_stays_away(service: &Service, erased: &BTreeSet<Record>) {
    for record in messages_of(erased).step_by(5) {
        let words: String = record.text.chars().take(40).collect();
        // A word of one character is no query.
        let Ok(hits) = service.search(&words, &SearchScope::default()) else {
            continue;
        };
        let found = hits.iter().any(|hit| hit.message.id == record.id);
        assert!(!found, "an erased message is found");
    }
    let again = import(service, &lakeside()).unwrap();
    let added = again.added;
    assert_eq!((added.guests, added.messages, added.attachments), (0, 0, 0));
    assert_eq!(again.kept_away.messages, messages_of(erased).count() as u64);
}

#[test]
fn a_restored_conversation_cannot_use_a_punctured_key_again() {
    let (world, service, truth) = hotel();
    let image = world.image("repository", "1-before");
    erase_whole(&service, Scope::Messages(vec!["lk-006-06".to_owned()]));
    drop(service);
    fs::remove_dir_all(world.store()).unwrap();
    let (service, _) = world
        .restore(&world.store(), &world.path("repository"), None)
        .unwrap();
    let words = "written after the restore";
    let lines = [message("lk-006-99", "lk-006", words)];
    let file = world.write_lines("lakeside", &lines);
    assert_eq!(import(&service, &file).unwrap().added.messages, 1);
    assert_eq!(
        service
            .search(words, &SearchScope::default())
            .unwrap()
            .len(),
        1
    );
    let (_, messages) = service.show("lk-006").unwrap();
    let new = messages
        .iter()
        .find(|message| message.id == "lk-006-99")
        .unwrap();
    assert_eq!(new.item % 4_096, 0, "what is added begins a new segment");
    assert!(new.item > 0);
    erase_whole(&service, Scope::Messages(vec!["lk-006-99".to_owned()]));
    drop(service);
    let mut evidence = Evidence::default();
    evidence.add_image(&image);
    evidence.add_image(&world.store());
    let read = evidence.attack(&world.keys).records();
    let gone = truth.matching(|known| known.message == "lk-006-06");
    assert!(read.is_disjoint(&gone));
    assert!(read.iter().all(|record| record.text != words));
    assert_eq!(read.len(), truth.records().difference(&gone).count());
}

#[test]
fn trying_a_restore_cannot_harm_the_living_store() {
    let (world, original, truth) = hotel();
    let folders = [world.path("repository"), world.keys[0].clone()];
    let before = content(&folders);
    let copy = world.path("store-b");
    let (restored, _) = world
        .restore(&copy, &world.path("repository"), None)
        .unwrap();
    assert!(readable(&restored) == truth.records());
    let nothing = Scope::Guest("lakeside/lk-g99".to_owned());
    assert!(
        erase(&restored, nothing).is_err(),
        "what is refused writes nowhere"
    );
    drop(restored);
    assert!(
        content(&folders) == before,
        "a restore writes neither to the repository nor to the keys"
    );

    // The original goes on as if nothing had been.
    assert!(readable(&original) == truth.records());
    erase_whole(&original, Scope::Guest("lakeside/lk-g01".to_owned()));
    original.create_snapshot(None).unwrap();
    drop(original);
    let (original, notices) = world.open().unwrap();
    assert_eq!(notices, [""; 0]);
    original.check_ledger().unwrap();
    // The trial is of a root that is gone: it cannot be taken for the store any more.
    let refused = world
        .open_at(&copy)
        .err()
        .expect("the root of the trial is destroyed");
    assert_words(&refused, &["root"]);
}

#[test]
fn a_store_that_was_replaced_by_its_restore_cannot_write() {
    for changes_of_the_original in [0, 20] {
        let (world, original, truth) = hotel();
        let copy = world.path("store-b");
        let (restored, _) = world
            .restore(&copy, &world.path("repository"), None)
            .unwrap();
        // Changes that no repository has seen yet: whoever counts them must not take the original for the newer one.
        for number in 0..changes_of_the_original {
            assert!(
                original
                    .label("lk-005", &format!("label {number}"))
                    .unwrap()
            );
        }
        restored.create_snapshot(None).unwrap();
        let refused = original.create_snapshot(None).err().expect("two writers");
        assert_words(&refused, &["another store has written to it", "old copy"]);
        drop(original);
        assert_words(&world.open().err().expect("an old store"), &["restore"]);
        assert!(readable(&restored) == truth.records());
        drop(restored);
        let (restored, _) = world.open_at(&copy).unwrap();
        erase_whole(&restored, Scope::Guest("lakeside/lk-g01".to_owned()));
    }
}

#[test]
fn a_restore_whose_original_lives_on_cannot_write() {
    let (world, original, truth) = hotel();
    let (restored, _) = world
        .restore(&world.path("store-b"), &world.path("repository"), None)
        .unwrap();
    assert!(original.label("lk-005", "written by the original").unwrap());
    original.create_snapshot(None).unwrap();
    let refused = restored.create_snapshot(None).err().expect("two writers");
    assert_words(&refused, &["another store has written to it"]);
    let outcome = erase(&original, Scope::Guest("lakeside/lk-g01".to_owned())).unwrap();
    assert!(outcome.problems.is_empty(), "{:?}", outcome.problems);
    assert!(readable(&original).len() < truth.records().len());
}

#[test]
fn an_old_database_put_back_cannot_pass_for_the_current_one() {
    // Before an erasure: its root is gone.
    let (world, service, truth) = hotel();
    drop(service);
    let old = world.image("store", "1-before-erasure");
    let (service, _) = world.open().unwrap();
    erase_whole(&service, Scope::Guest("lakeside/lk-g01".to_owned()));
    drop(service);
    let current = world.image("store", "2-current");
    put_back(&old, &world.store());
    assert_words(&world.open().err().expect("an old copy"), &["root"]);

    // After it: the root is the right one, and the ledger too short.
    put_back(&current, &world.store());
    let (service, _) = world.open().unwrap();
    service.create_snapshot(None).unwrap();
    drop(service);
    let newest = world.image("store", "3-newest");
    put_back(&current, &world.store());
    let words = ["old copy", "restore from a snapshot repository"];
    assert_words(&world.open().err().expect("an old copy"), &words);

    put_back(&newest, &world.store());
    let (service, _) = world.open().unwrap();
    let erased = truth.matching(|known| known.source == "lakeside" && known.guest == "lk-g01");
    assert!(readable(&service) == truth.records().difference(&erased).cloned().collect());
}

#[test]
fn an_old_repository_put_back_cannot_pass_for_the_current_one() {
    let (world, service, truth) = hotel();
    let old = world.image("repository", "1-before-erasure");
    erase_whole(&service, Scope::Guest("lakeside/lk-g01".to_owned()));
    put_back(&old, &world.path("repository"));
    // A restore from it gets nothing: its keys are of a root that is gone.
    let refused = world.restore(&world.path("store-b"), &world.path("repository"), None);
    assert_words(&refused.err().expect("an old repository"), &["root"]);
    // The living store brings it up to date with its next fence, and then a restore has all but what was erased.
    service.create_snapshot(None).unwrap();
    drop(service);
    fs::remove_dir_all(world.store()).unwrap();
    let (restored, _) = world
        .restore(&world.store(), &world.path("repository"), None)
        .unwrap();
    let erased = truth.matching(|known| known.source == "lakeside" && known.guest == "lk-g01");
    assert!(readable(&restored) == truth.records().difference(&erased).cloned().collect());
}

#[test]
fn a_restore_cannot_clear_away_what_somebody_keeps_under_its_name() {
    let (world, service, truth) = hotel();
    drop(service);
    let (place, growing) = (world.path("copy"), world.path("copy.restoring"));
    let lay = |name: &str| {
        fs::create_dir_all(&growing).unwrap();
        fs::write(growing.join(name), "somebody's own").unwrap();
    };
    // Without a lock, and with one beside it that is no restore's.
    for name in ["letters.txt", "lock"] {
        lay(name);
        let before = content(std::slice::from_ref(&growing));
        let refused = start_restore(&world, &place, None).err();
        assert!(matches!(refused, Some(StoreError::NotEmpty { .. })));
        assert!(refused.unwrap().to_string().contains("copy.restoring"));
        assert!(
            content(std::slice::from_ref(&growing)) == before,
            "{name}: untouched"
        );
        assert!(!place.exists());
    }
    fs::remove_dir_all(&growing).unwrap();

    // What a restore leaves that the machine died under is its own, and goes.
    for step in ["restore/fill", "restore/blobs"] {
        let refused = start_restore(&world, &place, Some(step)).err();
        assert!(matches!(refused, Some(StoreError::Stopped(_))));
        assert!(growing.is_dir() && !place.exists(), "{step}");
    }
    let (restored, _) = world
        .restore(&place, &world.path("repository"), None)
        .unwrap();
    assert!(!growing.exists());
    assert!(readable(&restored) == truth.records());
}

fn start_restore(
    world: &World,
    place: &Path,
    dies: Option<&'static str>,
) -> Result<(), StoreError> {
    let moments = Moments::default();
    if let Some(step) = dies {
        moments.stop(step, When::After);
    }
    let repository = world.path("repository");
    restore(place, &repository, None, Options::default(), 0, &moments).map(drop)
}

#[test]
fn a_repository_that_is_away_holds_up_nothing_that_another_one_does() {
    let world = World::new();
    let service = world.init();
    import(&service, &lakeside()).unwrap();
    for name in ["repository-a", "repository-b"] {
        let made = service.init_repository(&world.path(name)).unwrap();
        service.create_snapshot(Some(&made.done.id)).unwrap();
    }
    let (place, away) = (world.path("repository-b"), world.path("away"));
    fs::rename(&place, &away).unwrap();
    // Their ids are random: which of them comes first is not the order in which they were made.
    let mut repositories = service.repositories().unwrap();
    repositories.sort_by_key(|one| one.folder.clone());
    let [a, b] = repositories.try_into().ok().unwrap();
    let problem = format!("fence:{}", b.id);

    let made = service.create_snapshot(Some(&a.id)).unwrap();
    assert!(
        made.problems
            .iter()
            .all(|missing| missing.to_string().starts_with(&problem))
    );
    assert_eq!(made.problems.len(), 1, "who is away is named");
    let made = service
        .init_repository(&world.path("repository-c"))
        .unwrap();
    assert_eq!(made.problems.len(), 1);
    assert!(service.create_snapshot(Some(&b.id)).is_err());
    let gone = service.unregister_repository(&made.done.id).unwrap();
    assert_eq!(gone.problems.len(), 1);
    service.check_ledger().unwrap();

    fs::rename(&away, &place).unwrap();
    let made = service.create_snapshot(Some(&a.id)).unwrap();
    assert!(made.problems.is_empty(), "it is brought up to date");
    drop(service);
    drop(
        world
            .restore(&world.path("restored"), &place, None)
            .unwrap(),
    );
}

#[test]
fn an_old_copy_of_a_repository_that_is_put_back_cannot_keep_what_was_erased() {
    let (world, service, truth) = hotel();
    let place = world.path("repository");
    let old = world.image("repository", "before");
    erase_whole(&service, Scope::Guest("lakeside/lk-g01".to_owned()));
    service.create_snapshot(None).unwrap();

    // Somebody's own backup of the repository's disk: with the keys of today nothing of it opens, until the next change is copied.
    put_back(&old, &place);
    service.create_snapshot(None).unwrap();
    let survivors = truth.matching(|known| known.guest != "lk-g01");
    let mut evidence = Evidence::default();
    evidence.add_image(&place);
    assert!(evidence.attack(&world.keys).records() == survivors);
    let nodes = |database: &Path| {
        let database = Connection::open(database).unwrap();
        let mut rows = database.prepare("SELECT id FROM node ORDER BY id").unwrap();
        let ids = rows.query_map([], |row| row.get(0)).unwrap();
        ids.collect::<Result<Vec<i64>, _>>().unwrap()
    };
    assert_eq!(
        nodes(&place.join("repository.sqlite")),
        nodes(&world.store().join("wuhen.sqlite")),
        "not even the sealed rows of what was erased are left"
    );
    drop(service);
    let (restored, _) = world
        .restore(&world.path("restored"), &place, None)
        .unwrap();
    assert!(readable(&restored) == survivors);
}

#[test]
fn a_store_and_a_repository_of_an_earlier_layout_are_brought_up_to_date() {
    let (world, service, truth) = hotel();
    drop(service);
    let files = ["store/wuhen.sqlite", "repository/repository.sqlite"].map(|file| world.path(file));
    for file in &files {
        let database = Connection::open(file).unwrap();
        let layout = "DROP INDEX item_by_source_tag; PRAGMA user_version = 1;
            DROP TABLE register; DROP TABLE flag; DROP TABLE job; ALTER TABLE tenant DROP COLUMN next_staff;
            DROP INDEX item_new_version; ALTER TABLE item DROP COLUMN replaces;
            CREATE UNIQUE INDEX item_by_source_tag ON item (tenant, source_tag) WHERE source_tag IS NOT NULL;";
        database.execute_batch(layout).unwrap();
    }
    let (service, _) = world.open().unwrap();
    assert!(readable(&service) == truth.records());
    erase_whole(&service, Scope::Guest("lakeside/lk-g01".to_owned()));
    service.create_snapshot(None).unwrap();
    for file in &files {
        let database = Connection::open(file).unwrap();
        let index = "SELECT sql FROM sqlite_schema WHERE name = 'item_by_source_tag'";
        let sql: String = database.query_row(index, [], |row| row.get(0)).unwrap();
        assert!(sql.contains("(tenant, owner, source_tag)"), "{sql}");
        let version = "PRAGMA user_version";
        let version: i64 = database.query_row(version, [], |row| row.get(0)).unwrap();
        assert_eq!(version, 4);
    }
}
