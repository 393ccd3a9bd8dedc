//! What simulations and readers found, kept as the shortest list that showed it.

use std::sync::Arc;

use wuhen_model::{Steps, Stopped, When};
use wuhen_service::{ServiceError, Surroundings};
use wuhen_store::Store;
use wuhen_store::sqlite::SqliteStore;

use crate::custodian::MemoryCustodian;
use crate::faults::house::{erase, import as import_file};
use crate::operation::{
    Line, Operation, Target, conversation, conversations, guest, import, label, message, messages,
    redact, search,
};
use crate::place::{self, Place, surroundings, surroundings_with};
use crate::world::World;

/// 2026-01-05T00:00:00Z, and a day.
const MONDAY: i64 = 1_767_571_200;
const DAY: i64 = 86_400;

fn holds(operations: &[Operation]) {
    World::in_memory(1)
        .run(operations)
        .expect("the house answers as the oracle");
}

fn holds_on_disk(operations: &[Operation]) {
    World::on_disk(1)
        .run(operations)
        .expect("the house answers as the oracle");
}

fn one_guest<const N: usize>(lines: [Line; N]) -> Operation {
    let lines = [
        vec![
            guest("c4n4ry-g"),
            conversation("c4n4ry-c", "c4n4ry-g", Some(MONDAY + 5 * DAY), None, &[]),
        ],
        lines.into(),
    ];
    Operation::Import {
        source: "email".into(),
        lines: lines.concat(),
        allow_erased: false,
    }
}

/// A conversation's row kept the time it was opened at, although a later import brought what was sent before: a search up to
/// a day left the message out, and so did an erasure of all that is older.
#[test]
fn a_message_that_comes_late_may_have_been_sent_early() {
    let late = import(
        "email",
        false,
        [message("c4n4ry-m", "c4n4ry-c", MONDAY, "早餐 c4n4ry", 0)],
    );
    holds(&[
        one_guest([]),
        late.clone(),
        search("早餐", None, None, Some(MONDAY + DAY)),
    ]);
    holds(&[
        one_guest([]),
        late.clone(),
        Operation::Preview(Target::Before(MONDAY + DAY)),
    ]);
    holds(&[
        one_guest([]),
        late,
        Operation::Erase(Target::Before(MONDAY + DAY)),
    ]);
}

/// What is left of a conversation is older than the day, but its row remembers a later message that was erased: its messages
/// were erased and an empty shell stayed.
#[test]
fn a_conversation_whose_late_messages_are_gone_is_old() {
    holds(&[
        one_guest([
            message("c4n4ry-m1", "c4n4ry-c", MONDAY + 5 * DAY, "early c4n4ry", 0),
            message("c4n4ry-m2", "c4n4ry-c", MONDAY + 9 * DAY, "late c4n4ry", 0),
        ]),
        Operation::Erase(messages(&["c4n4ry-m2"])),
        Operation::Preview(Target::Before(MONDAY + 7 * DAY)),
        Operation::Erase(Target::Before(MONDAY + 7 * DAY)),
    ]);
}

/// Hits of one conversation came in the order in which they were imported.
#[test]
fn hits_come_in_the_order_of_time() {
    holds(&[
        one_guest([
            message(
                "c4n4ry-m1",
                "c4n4ry-c",
                MONDAY + 9 * DAY,
                "second c4n4ry",
                0,
            ),
            message("c4n4ry-m2", "c4n4ry-c", MONDAY + 6 * DAY, "first c4n4ry", 0),
        ]),
        search("c4n4ry", None, None, None),
    ]);
}

/// The same id in two conversations that were there before was taken for a record of an earlier import.
#[test]
fn an_id_that_stands_twice_in_a_file_is_refused_across_conversations() {
    holds(&[
        one_guest([]),
        import(
            "email",
            false,
            [conversation(
                "c4n4ry-d",
                "c4n4ry-g",
                Some(MONDAY),
                None,
                &[],
            )],
        ),
        import(
            "email",
            false,
            [
                message("c4n4ry-m", "c4n4ry-c", MONDAY, "one c4n4ry", 0),
                message("c4n4ry-m", "c4n4ry-d", MONDAY, "two c4n4ry", 0),
            ],
        ),
    ]);
}

/// More conversations than an import keeps open stood between a conversation that stays away with its guest, and its messages:
/// the file was refused for a conversation that is not known.
#[test]
fn a_conversation_stays_away_however_long_the_file_is() {
    let mut lines = vec![
        guest("c4n4ry-h"),
        guest("c4n4ry-g"),
        conversation("c4n4ry-new", "c4n4ry-g", None, None, &[]),
    ];
    lines.extend((0..2_100).map(|number| {
        conversation(
            &format!("c4n4ry-c{number}"),
            "c4n4ry-h",
            Some(MONDAY),
            None,
            &[],
        )
    }));
    lines.push(message(
        "c4n4ry-m",
        "c4n4ry-new",
        MONDAY,
        "still away c4n4ry",
        0,
    ));
    lines.push(message("c4n4ry-n", "c4n4ry-c0", MONDAY, "here c4n4ry", 0));
    holds(&[
        one_guest([]),
        Operation::Erase(Target::Guest("c4n4ry-g".into())),
        Operation::Import {
            source: "email".into(),
            lines,
            allow_erased: false,
        },
        // Many batches of conversations wait between reading and opening; in memory there is one connection for both.
        search("here", None, None, None),
    ]);
}

/// A conversation goes on in a second segment of 4,096 items: some of both are erased, and more is added.
#[test]
fn a_long_conversation_is_erased_across_segments() {
    let line = |number: usize| {
        message(
            &format!("c4n4ry-m{number}"),
            "c4n4ry-c",
            MONDAY + 5 * DAY,
            &format!("c4n4ry{number:05}"),
            0,
        )
    };
    let long = Operation::Import {
        source: "email".into(),
        lines: (0..4_200).map(line).collect(),
        allow_erased: false,
    };
    holds(&[
        one_guest([]),
        long,
        search("c4n4ry04199", None, None, None),
        Operation::Erase(messages(&[
            "c4n4ry-m0",
            "c4n4ry-m4000",
            "c4n4ry-m4150",
            "c4n4ry-m4199",
        ])),
        search("c4n4ry04198", None, None, None),
        search("c4n4ry04199", None, None, None),
        import("email", false, [line(5_000), line(4_199)]),
        import("email", true, [line(4_199)]),
        label("c4n4ry-c", "c4n4ry-label"),
        Operation::Reopen,
        search("c4n4ry0", None, None, None),
    ]);
}

/// A store that was restored told a repository that it registered later of hardly any key: the copy could not be restored.
#[test]
fn a_restored_store_fills_a_new_repository() {
    let folder = place::scratch();
    let place = Place(folder.path().join("house"));
    let service = place.init(surroundings(1)).expect("a tenant can be made");
    let lines = [
        guest("c4n4ry-g"),
        conversation("c4n4ry-c", "c4n4ry-g", Some(MONDAY), None, &[]),
        message("c4n4ry-m", "c4n4ry-c", MONDAY, "c4n4ry", 1),
    ];
    import_file(&place, &service, &lines).expect("the file is sound");
    service
        .init_repository(&place.repository(0))
        .expect("a repository can be made");
    service
        .create_snapshot(None)
        .expect("a snapshot can be made");
    drop(service);
    for (from, to, seed) in [(0, 1, 2), (1, 2, 3)] {
        std::fs::remove_dir_all(place.store()).expect("a store can be lost");
        let now = place::start().as_second();
        let options = wuhen_store::sqlite::Options::default();
        wuhen_store::sqlite::restore(
            &place.store(),
            &place.repository(from),
            None,
            options,
            now,
            &wuhen_model::NoSteps,
        )
        .expect("the repository can be restored");
        let (service, _) = place
            .open(surroundings(seed))
            .expect("what was restored opens");
        let made = service
            .init_repository(&place.repository(to))
            .expect("a repository can be made");
        service
            .create_snapshot(Some(&made.done.id))
            .expect("a snapshot can be made");
        let (_, messages) = service.show("c4n4ry-c").expect("it came back");
        assert_eq!(messages[0].text, "c4n4ry");
    }
}

/// The lost store may have given numbers after its last fence: a restored one gives none of them again, neither to items,
/// whose keys they are, nor to guests and conversations.
#[test]
fn a_restored_store_gives_no_number_again() {
    let folder = place::scratch();
    let place = Place(folder.path().join("house"));
    let service = place.init(surroundings(1)).expect("a tenant can be made");
    let first = [
        guest("c4n4ry-g"),
        conversation("c4n4ry-c", "c4n4ry-g", Some(MONDAY), None, &[]),
        message("c4n4ry-m", "c4n4ry-c", MONDAY, "c4n4ry", 0),
    ];
    import_file(&place, &service, &first).expect("the file is sound");
    service
        .init_repository(&place.repository(0))
        .expect("a repository can be made");
    service
        .create_snapshot(None)
        .expect("a snapshot can be made");
    // Not fenced: the repository does not learn of what comes now.
    let later = [
        guest("c4n4ry-h"),
        message("c4n4ry-n", "c4n4ry-c", MONDAY + 1, "c4n4ry", 0),
    ];
    let numbers = |service: &wuhen_service::Service| {
        import_file(&place, service, &later).expect("the file is sound");
        let item = service
            .show("c4n4ry-c")
            .expect("it is there")
            .1
            .last()
            .expect("it was imported")
            .item;
        let guests = service
            .guests(Some("c4n4ry-h"))
            .expect("the store can be read");
        (item, guests.first().expect("it was imported").node)
    };
    let (item, node) = numbers(&service);
    drop(service);
    std::fs::remove_dir_all(place.store()).expect("a store can be lost");
    let now = place::start().as_second();
    let options = wuhen_store::sqlite::Options::default();
    wuhen_store::sqlite::restore(
        &place.store(),
        &place.repository(0),
        None,
        options,
        now,
        &wuhen_model::NoSteps,
    )
    .expect("the repository can be restored");
    let (service, _) = place
        .open(surroundings(2))
        .expect("what was restored opens");
    let (item_again, node_again) = numbers(&service);
    assert!(
        item_again / 4_096 > item / 4_096,
        "item {item_again} begins no new segment after {item}"
    );
    assert!(
        node_again.0 >= node.0 + (1 << 20),
        "node {} is too near to {}",
        node_again.0,
        node.0
    );
}

/// An import that could not be committed left its blobs to the next start, but a later one took the note of it away.
#[test]
fn blobs_of_a_failed_import_are_swept_whatever_came_after() {
    let folder = place::scratch();
    let place = Place(folder.path().join("house"));
    drop(place.init(surroundings(1)).expect("a tenant can be made"));
    let (service, _) = place
        .open(surroundings_with(
            2,
            Arc::new(StopOnce::at("import/commit", When::Before)),
        ))
        .expect("it opens");
    let file = |id: &str| {
        [
            guest(&format!("c4n4ry-g{id}")),
            conversation(
                &format!("c4n4ry-c{id}"),
                &format!("c4n4ry-g{id}"),
                Some(MONDAY),
                None,
                &[],
            ),
            message(
                &format!("c4n4ry-m{id}"),
                &format!("c4n4ry-c{id}"),
                MONDAY,
                "c4n4ry",
                2,
            ),
        ]
    };
    import_file(&place, &service, &file("1")).expect_err("it was stopped before it was committed");
    import_file(&place, &service, &file("2")).expect("the next one is not");
    let blobs = || place::files_below(&place.store().join("blobs")).len();
    assert_eq!(
        blobs(),
        5,
        "two attachments of each, and a note that some belong to nothing"
    );
    drop(service);
    place.open(surroundings(3)).expect("it opens");
    assert_eq!(blobs(), 2, "those that belong to a message");
}

/// The key service went away when the rotation had just been committed: giving the erasure up would have destroyed the root
/// in force, and everything with it.
#[test]
fn a_key_service_that_fails_after_the_commit_costs_nothing() {
    let store: Arc<dyn Store> = Arc::new(SqliteStore::in_memory().expect("memory suffices"));
    let custodian = MemoryCustodian::default();
    let flaky = FailingFrom {
        step: "rotation/commit",
        custodian: custodian.clone(),
    };
    let told: Surroundings = surroundings_with(1, Arc::new(flaky));
    let service = wuhen_service::init(
        Arc::clone(&store),
        Arc::new(custodian.clone()),
        told,
        &place::settings(),
    );
    let service = service.expect("a tenant can be made");
    let place = Place(place::scratch().keep().join("house"));
    let lines = [
        guest("c4n4ry-g"),
        conversation("c4n4ry-c", "c4n4ry-g", Some(MONDAY), None, &[]),
        conversation("c4n4ry-d", "c4n4ry-g", Some(MONDAY), None, &[]),
    ];
    import_file(&place, &service, &lines).expect("the file is sound");
    let failed = erase(&service, &conversations(&["c4n4ry-c"]))
        .err()
        .expect("the key service is away");
    assert!(
        matches!(failed, ServiceError::Unfinished { .. }),
        "{failed}"
    );
    drop(service);
    custodian.set_unreachable(false);
    let (service, _) =
        wuhen_service::open(store, Arc::new(custodian), surroundings(2)).expect("it opens");
    service
        .show("c4n4ry-c")
        .err()
        .expect("the erasure took effect");
    service.show("c4n4ry-d").expect("the rest is there");
    assert!(service.check_ledger().is_ok());
    std::fs::remove_dir_all(place.0.parent().expect("it lies in a folder"))
        .expect("it can be removed");
}

/// The clock stands still while months pass: a snapshot of long ago, with erasures and imports since.
#[test]
fn an_old_snapshot_gives_all_but_what_was_erased() {
    holds_on_disk(&[
        one_guest([
            message("c4n4ry-m1", "c4n4ry-c", MONDAY + 5 * DAY, "one c4n4ry", 1),
            message("c4n4ry-m2", "c4n4ry-c", MONDAY + 5 * DAY, "two c4n4ry", 0),
        ]),
        Operation::Snapshot,
        Operation::Wait(24 * 31),
        Operation::Erase(messages(&["c4n4ry-m1"])),
        import(
            "email",
            false,
            [message(
                "c4n4ry-m3",
                "c4n4ry-c",
                MONDAY + 6 * DAY,
                "three c4n4ry",
                1,
            )],
        ),
        Operation::Snapshot,
        Operation::Restore(1),
        search("c4n4ry", None, None, None),
        import(
            "email",
            false,
            [message(
                "c4n4ry-m3",
                "c4n4ry-c",
                MONDAY + 6 * DAY,
                "three again c4n4ry",
                1,
            )],
        ),
        Operation::Erase(messages(&["c4n4ry-m3"])),
        Operation::Snapshot,
        Operation::Restore(0),
        Operation::Restore(1),
        Operation::CheckLedger,
    ]);
}

/// Two restores of one snapshot within one second, at one place, with a snapshot between them: the second store took itself
/// for the first, which had taken the repository over already, and could not be fenced any more.
#[test]
fn a_second_restore_of_a_snapshot_is_another_one() {
    let other = import("email", false, [guest("c4n4ry-h")]);
    holds_on_disk(&[
        Operation::Snapshot,
        Operation::Restore(0),
        other.clone(),
        Operation::Snapshot,
        Operation::Restore(1),
        one_guest([message("c4n4ry-m", "c4n4ry-c", MONDAY, "c4n4ry", 0)]),
        other,
        Operation::Snapshot,
        Operation::Erase(Target::Guest("c4n4ry-g".into())),
        Operation::Restore(0),
    ]);
}

/// Stops the program at one step the first time it comes there.
struct StopOnce {
    step: &'static str,
    when: When,
    stopped: std::sync::atomic::AtomicBool,
}

impl StopOnce {
    fn at(step: &'static str, when: When) -> Self {
        Self {
            step,
            when,
            stopped: std::sync::atomic::AtomicBool::new(false),
        }
    }
}

impl Steps for StopOnce {
    fn reached(&self, step: &'static str, when: When) -> Result<(), Stopped> {
        let here = step == self.step && when == self.when;
        if here && !self.stopped.swap(true, std::sync::atomic::Ordering::SeqCst) {
            return Err(Stopped { step, when });
        }
        Ok(())
    }
}

/// The key service cannot be reached any more when this step has taken effect.
struct FailingFrom {
    step: &'static str,
    custodian: MemoryCustodian,
}

impl Steps for FailingFrom {
    fn reached(&self, step: &'static str, when: When) -> Result<(), Stopped> {
        if step == self.step && when == When::After {
            self.custodian.set_unreachable(true);
        }
        Ok(())
    }
}

#[test]
fn a_message_that_is_redacted_again_and_again_comes_back_in_its_newest_version() {
    let lines = [
        message(
            "c4n4ry-m1",
            "c4n4ry-c",
            MONDAY + 5 * DAY,
            "c4n4ry00001 房间",
            2,
        ),
        message(
            "c4n4ry-m2",
            "c4n4ry-c",
            MONDAY + 5 * DAY,
            "c4n4ry00002 wifi",
            0,
        ),
    ];
    let (home, label) = ("email/c4n4ry-c", "label");
    let word = || search("REDACTED", None, None, None);
    holds_on_disk(&[
        one_guest(lines.clone()),
        Operation::Snapshot,
        redact(home, "c4n4ry-m1", (2, 20), label),
        word(),
        redact(home, "c4n4ry-m1", (0, 4), "remove"),
        Operation::Snapshot,
        redact(home, "c4n4ry-m2", (12, 1), "mask"),
        Operation::Restore(1),
        word(),
        one_guest(lines),
        redact(home, "c4n4ry-m2", (11, 30), label),
        Operation::Snapshot,
        Operation::Restore(0),
        word(),
        Operation::Erase(messages(&["c4n4ry-m1"])),
        Operation::Restore(0),
        word(),
    ]);
}

/// 4,094 items in a segment of 4,096: a new version and its sketch fill it, the next ones begin another.
#[test]
fn new_versions_go_on_in_a_new_segment() {
    let line = |number: usize| {
        message(
            &format!("c4n4ry-m{number}"),
            "c4n4ry-c",
            MONDAY + 5 * DAY,
            &format!("c4n4ry{number:05}"),
            0,
        )
    };
    let long = Operation::Import {
        source: "email".into(),
        lines: (0..4_030).map(line).collect(),
        allow_erased: false,
    };
    let cut = |number: usize| {
        redact(
            "email/c4n4ry-c",
            &format!("c4n4ry-m{number}"),
            (2, 7),
            "label",
        )
    };
    holds(&[
        one_guest([]),
        long,
        cut(4_029),
        cut(0),
        cut(1),
        cut(4_029),
        search("REDACTED", None, None, None),
        search("c4n4ry0402", None, None, None),
        import("email", false, [line(5_000), line(4_029)]),
        cut(5_000),
        Operation::Erase(messages(&["c4n4ry-m0", "c4n4ry-m4029"])),
        search("REDACTED", None, None, None),
    ]);
}
