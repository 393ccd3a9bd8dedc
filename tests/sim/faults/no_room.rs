//! No room: in the database, which may not grow beyond some pages, and under every file that the program writes, which may
//! not grow beyond some bytes (`RLIMIT_FSIZE`: a write is cut short there, the next one fails).

use wuhen_model::When;
use wuhen_store::sqlite::{DATABASE_FILE, Options};

use super::house::Act;
use super::table::{Row, TABLE};
use super::{Point, Prepared, child};
use crate::full;
use crate::place::{Place, surroundings};
use crate::words::CANARY;

const PAGE_BYTES: u64 = 4_096;
/// More pages than any operation here needs.
const PAGES_MORE_MAX: u32 = 128;
/// A root file holds 77 bytes and a checkpoint some 200; pages of the log come in 4,120; an attachment takes 93,640.
const FILE_BYTES: [u64; 5] = [0, 40, 6_000, 40_000, 80_000];

fn row(act: Act) -> &'static Row {
    let found = TABLE
        .iter()
        .find(|row| row.act == act && row.repositories <= 1 && row.every_point);
    found
        .or_else(|| {
            TABLE
                .iter()
                .find(|row| row.act == act && row.repositories == 1)
        })
        .expect("it is in the table")
}

/// An operation that found no room says so in words, and changed nothing; one that had taken effect is finished later.
fn check(prepared: &Prepared, place: &Place, outcome: &Result<(), String>, how: &str) {
    let act = prepared.row.act;
    if let Err(error) = outcome {
        assert!(
            !error.contains(CANARY),
            "{act:?} {how}: personal data in an error: {error}"
        );
        let helps = ["make room", "File too large"]
            .iter()
            .any(|words| error.contains(words));
        assert!(
            helps,
            "{act:?} {how}: the error does not say what to do: {error}"
        );
    }
    let done = outcome.is_ok() || prepared.house.took_effect(place);
    let expected = prepared.house.outcome(done);
    if let Err(difference) = prepared.house.check(place, expected) {
        panic!("{act:?} {how}, which answered {outcome:?}: {difference}");
    }
}

fn full_database(act: Act) {
    let prepared = Prepared::new(row(act));
    for more in 0..PAGES_MORE_MAX {
        let place = prepared.fresh();
        let bytes = std::fs::metadata(place.store().join(DATABASE_FILE))
            .expect("the database is there")
            .len();
        let pages = u32::try_from(bytes / PAGE_BYTES).expect("a small database") + more;
        let outcome = act.run_with(
            &place,
            surroundings(2),
            Options {
                pages_max: Some(pages),
            },
        );
        let outcome = outcome.map_err(|error| error.to_string());
        check(
            &prepared,
            &place,
            &outcome,
            &format!("with {more} pages left"),
        );
        if outcome.is_ok() {
            assert!(more > 0, "{act:?} needs no page: the test tells nothing");
            return;
        }
    }
    panic!("{act:?} needs over {PAGES_MORE_MAX} pages");
}

#[test]
fn a_full_database_loses_nothing_of_an_import() {
    full_database(Act::Import);
}

#[test]
fn a_full_database_loses_nothing_of_an_erasure() {
    full_database(Act::EraseMessages);
    full_database(Act::EraseGuest);
}

/// From before each step on, no file grows beyond a limit.
fn full_files(act: Act) {
    let prepared = Prepared::new(row(act));
    for number in 0..prepared.row.steps.len() {
        for (turn, file_bytes) in FILE_BYTES.into_iter().enumerate() {
            if !full()
                && turn != number % FILE_BYTES.len()
                && !(turn == 1 && prepared.row.steps.len() < 4)
            {
                continue;
            }
            let place = prepared.fresh();
            let point = Point {
                number,
                when: When::Before,
            };
            let outcome = child::squeeze(&place, act, point, file_bytes);
            let how = format!(
                "with files of {file_bytes} bytes from {} ({number}) on",
                prepared.row.steps[number]
            );
            check(&prepared, &place, &outcome, &how);
        }
    }
}

#[test]
fn full_files_lose_nothing_of_an_erasure() {
    full_files(Act::EraseMessages);
}

#[test]
fn full_files_lose_nothing_of_imports_labels_and_snapshots() {
    for act in [
        Act::Import,
        Act::Label,
        Act::Mark,
        Act::SnapshotInit,
        Act::SnapshotCreate,
        Act::SnapshotUnregister,
    ] {
        full_files(act);
    }
}

#[test]
fn full_files_lose_nothing_of_a_restore() {
    full_files(Act::Restore);
}
