//! A process that imports, labels, erases and takes snapshots is killed (SIGKILL) at random moments, again and again on the
//! same house. It says on a pipe what it is about to do and what it has done; the oracle follows.

use std::env;
use std::io::{BufRead, BufReader, Cursor};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use wuhen_formats::Source;
use wuhen_model::NoSteps;
use wuhen_service::import::ImportOptions;
use wuhen_service::{Service, ServiceError};
use wuhen_store::sqlite::Options;

use crate::checks::{blobs, check_cases, check_ledger, roots};
use crate::compare::{Depth, compare};
use crate::dice::Dice;
use crate::faults::child::command;
use crate::faults::house::erase;
use crate::operation::{Operation, spell, to_json_lines};
use crate::oracle::Oracle;
use crate::place::{self, Place, surroundings};
use crate::world::{Difference, redact};
use crate::{full, generate};

const FOLDER: &str = "WUHEN_SIM_KILLED_FOLDER";
const SEED: &str = "WUHEN_SIM_KILLED_SEED";
/// Operations that one child may get through before it is killed.
const OPERATIONS: usize = 16;
/// What a child says before an operation, and after it.
const BEGUN: &str = "begun ";
const DONE: &str = "done ";
/// Busy turns after the last word that is waited for: up to some milliseconds, as long as an operation takes.
const TURNS_MAX: usize = 1_000_000;

fn operations(seed: u64) -> Vec<Operation> {
    let mut operations = generate::list(seed, 3 * OPERATIONS, true);
    operations.retain(|operation| {
        matches!(
            operation,
            Operation::Import { .. }
                | Operation::Label { .. }
                | Operation::Erase(_)
                | Operation::Redact(_)
                | Operation::Snapshot
        )
    });
    operations.truncate(OPERATIONS);
    operations
}

fn perform(folder: &Path, service: &Service, operation: &Operation) -> Result<(), ServiceError> {
    match operation {
        Operation::Import {
            source,
            lines,
            allow_erased,
        } => {
            let mut file = Source::from_reader("killed.jsonl", Cursor::new(to_json_lines(lines)))?;
            file.folder = Some(folder.to_owned());
            let options = ImportOptions {
                source: Some(source.clone()),
                allow_erased: *allow_erased,
            };
            service.import(file, &options, &mut |_| {}).map(drop)
        }
        Operation::Label {
            conversation,
            label,
        } => service.label(conversation, label).map(drop),
        Operation::Erase(target) => erase(service, target).map(drop),
        Operation::Redact(cut) => redact(service, cut).map(drop),
        Operation::Snapshot => service.create_snapshot(None).map(drop),
        other => unreachable!("{other} was left out"),
    }
}

/// The same in the oracle. What it refuses, the house refuses.
fn follow(oracle: &mut Oracle, operation: &Operation) {
    match operation {
        Operation::Import {
            source,
            lines,
            allow_erased,
        } => {
            oracle.import(source, lines, *allow_erased).ok();
        }
        Operation::Label {
            conversation,
            label,
        } => {
            oracle.label(conversation, label).ok();
        }
        Operation::Erase(target) => {
            if let Ok(selected) = oracle.select(target) {
                oracle.erase(&selected);
            }
        }
        Operation::Redact(cut) => {
            oracle.redact(cut).ok();
        }
        _ => {}
    }
}

/// Not a test by itself: what a child is started for.
#[test]
fn lives_until_it_is_killed() {
    let Some(folder) = env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let seed = env::var(SEED)
        .ok()
        .and_then(|seed| seed.parse().ok())
        .expect("whoever starts a child gives it a seed");
    let (service, _) = Place(folder.join("house"))
        .open(surroundings(seed))
        .expect("the house opens");
    for (number, operation) in operations(seed).iter().enumerate() {
        println!("{BEGUN}{number}");
        let outcome = perform(&folder, &service, operation);
        assert!(
            !matches!(
                outcome,
                Err(ServiceError::Store(_) | ServiceError::Sealed { .. })
            ),
            "{outcome:?}"
        );
        println!("{DONE}{number}");
    }
}

/// Starts a child, kills it, and tells what it did for certain, and what it may have done.
fn kill_one(folder: &Path, seed: u64, dice: &Dice) -> (usize, Option<usize>) {
    let mut child = command("random_kills::lives_until_it_is_killed")
        .env(FOLDER, folder)
        .env(SEED, seed.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("this binary can be started again");
    let patience = dice.between(1, OPERATIONS);
    let turns = dice.below(TURNS_MAX);
    let mut said = BufReader::new(child.stdout.take().expect("it is a pipe"))
        .lines()
        .map_while(Result::ok);
    let (mut done, mut begun) = (0, None);
    let mut hear = |line: &str| {
        // The harness says things too, also on the same line.
        if let Some((_, number)) = line.split_once(BEGUN) {
            begun = number.parse::<usize>().ok();
            return true;
        }
        if line.starts_with(DONE) {
            (done, begun) = (done + 1, None);
            return true;
        }
        false
    };
    let mut heard = 0;
    while heard < patience {
        let Some(line) = said.next() else { break };
        heard += usize::from(hear(&line));
    }
    (0..turns).for_each(|_| std::hint::spin_loop());
    child.kill().expect("a child can be killed");
    // What it said before it died is in the pipe.
    for line in said {
        hear(&line);
    }
    child.wait().expect("a child that was killed ends");
    (done, begun)
}

/// After a death the house holds either what was done for certain, or that and the operation that was under way.
fn check(
    place: &Place,
    certain: Oracle,
    possible: Oracle,
    seed: u64,
) -> Result<Oracle, Difference> {
    let (service, _) = place
        .open(surroundings(seed))
        .map_err(|error| format!("open: {error}"))?;
    let oracle = match compare(&service, &certain, Depth::All) {
        Ok(()) => certain,
        Err(without) => compare(&service, &possible, Depth::All)
            .map(|()| possible)
            .map_err(|with| {
                format!("neither without what was under way ({without}) nor with it ({with})")
            })?,
    };
    check_cases(&service)?;
    check_ledger(&service)?;
    roots(place)?;
    blobs("store", &place.store(), &oracle)?;
    Ok(oracle)
}

fn check_restore(place: &Place, oracle: &Oracle, seed: u64) -> Result<(), Difference> {
    let (service, _) = place
        .open(surroundings(seed + 1))
        .map_err(|error| format!("open: {error}"))?;
    service
        .create_snapshot(None)
        .map_err(|error| format!("snapshot: {error}"))?;
    drop(service);
    blobs("repository", &place.repository(0), oracle)?;
    let beside = Place(place.0.with_file_name("beside"));
    let now = place::start().as_second();
    wuhen_store::sqlite::restore(
        &beside.store(),
        &place.repository(0),
        None,
        Options::default(),
        now,
        &NoSteps,
    )
    .map_err(|error| format!("restore: {error}"))?;
    place::copy_folder(&place.keys(), &beside.keys());
    let (service, _) = beside
        .open(surroundings(seed + 2))
        .map_err(|error| format!("open what was restored: {error}"))?;
    compare(&service, oracle, Depth::All)?;
    drop(service);
    place::plaintext(&beside.written())?;
    std::fs::remove_dir_all(&beside.0).map_err(|error| error.to_string())
}

fn kill_often(seed: u64, kills: u64) {
    let folder = place::scratch();
    place::write_attachments(folder.path());
    let place = Place(folder.path().join("house"));
    let service = place
        .init(surroundings(seed))
        .expect("a tenant can be made");
    service
        .init_repository(&place.repository(0))
        .expect("a repository can be made");
    drop(service);
    let dice = Dice::new(seed);
    let mut oracle = Oracle::new();
    for life in 1..=kills {
        // No two lives share their randomness: a root's id is never given twice.
        let seed = seed * 1_000 + life;
        let list = operations(seed);
        let (done, begun) = kill_one(folder.path(), seed, &dice);
        list[..done]
            .iter()
            .for_each(|operation| follow(&mut oracle, operation));
        let mut possible = oracle.clone();
        if let Some(number) = begun {
            follow(&mut possible, &list[number]);
        }
        let found = check(&place, oracle, possible, 1_000_000 + 10 * seed).and_then(|found| {
            if life % 4 == 0 {
                check_restore(&place, &found, 1_000_000 + 10 * seed)?;
            }
            place::plaintext(&place.written())?;
            Ok(found)
        });
        oracle = found.unwrap_or_else(|difference| {
            let during = begun.map(|number| &list[number]);
            panic!(
                "life {life} of seed {seed}, killed after {done}, during {}: {difference}",
                spell(during.map(std::slice::from_ref).unwrap_or_default())
            )
        });
    }
}

#[test]
fn a_house_that_is_killed_at_random_holds() {
    let (houses, kills) = if full() { (10, 20) } else { (1, 12) };
    for seed in 1..=houses {
        kill_often(seed, kills);
    }
}
