//! The process that dies, or has no room: this test binary once more, running one operation on a folder.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustix::process::{Resource, Rlimit, setrlimit};
use wuhen_model::{Steps, Stopped, When};

use super::Point;
use super::house::Act;
use crate::place::Place;

const FOLDER: &str = "WUHEN_SIM_FOLDER";
const ACT: &str = "WUHEN_SIM_ACT";
const NUMBER: &str = "WUHEN_SIM_STEP";
const WHEN: &str = "WUHEN_SIM_WHEN";
const FILE_BYTES: &str = "WUHEN_SIM_FILE_BYTES";
/// What the child says of an operation that succeeded; of one that failed, this and the error.
const SUCCEEDED: &str = "the operation succeeded";
const FAILED: &str = "the operation failed: ";

/// Counts steps, and does something at a point.
struct Gate<F> {
    reached: AtomicUsize,
    point: Point,
    at_point: F,
}

impl<F: Fn() + Send + Sync> Steps for Gate<F> {
    fn reached(&self, _step: &'static str, when: When) -> Result<(), Stopped> {
        let number = match when {
            When::Before => self.reached.fetch_add(1, Ordering::SeqCst),
            When::After => self.reached.load(Ordering::SeqCst) - 1,
        };
        if (Point { number, when }) == self.point {
            (self.at_point)();
        }
        Ok(())
    }
}

/// Runs an operation in a child that dies at the point, as in a power cut: nothing is closed, no destructor runs.
pub(super) fn die(place: &Place, act: Act, point: Point) {
    let output = told(
        command("faults::child::dies_where_it_is_told_to"),
        place,
        act,
        point,
    )
    .output()
    .expect("this binary can be started again");
    assert_eq!(
        output.status.code(),
        None,
        "{act:?} at {point:?} ended by itself:\n{}",
        said(&output)
    );
}

/// Runs an operation in a child whose files may not grow beyond so many bytes from the point on. The error, if it failed.
pub(super) fn squeeze(
    place: &Place,
    act: Act,
    point: Point,
    file_bytes: u64,
) -> Result<(), String> {
    // A write beyond the limit raises SIGXFSZ, which ends a process that does not ignore it; what a shell ignores stays
    // ignored in what it becomes.
    let inner = command("faults::child::has_no_room_from_where_it_is_told");
    let mut outer = Command::new("sh");
    outer
        .args(["-c", r#"trap "" XFSZ; exec "$0" "$@""#])
        .arg(inner.get_program())
        .args(inner.get_args());
    let output = told(outer, place, act, point)
        .env(FILE_BYTES, file_bytes.to_string())
        .output()
        .expect("a shell can be started");
    let said = said(&output);
    match said.split_once(FAILED) {
        Some((_, error)) => Err(error.lines().next().unwrap_or_default().to_owned()),
        None if said.contains(SUCCEEDED) => Ok(()),
        None => panic!(
            "{act:?} with files of {file_bytes} bytes from {point:?} did not answer:\n{said}"
        ),
    }
}

fn told(mut command: Command, place: &Place, act: Act, point: Point) -> Command {
    command
        .env(FOLDER, &place.0)
        .env(ACT, format!("{act:?}"))
        .env(NUMBER, point.number.to_string())
        .env(WHEN, format!("{:?}", point.when));
    command
}

/// This binary, running one test.
pub(crate) fn command(test: &str) -> Command {
    let mut command = Command::new(env::current_exe().expect("a running program has a path"));
    command.args(["--exact", test, "--nocapture"]);
    command
}

pub(crate) fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr]
        .map(|bytes| String::from_utf8_lossy(bytes))
        .concat()
}

/// What this process was started for, if it is a child.
fn orders() -> Option<(Place, Act, Point)> {
    let folder = PathBuf::from(env::var_os(FOLDER)?);
    let told = |name| env::var(name).expect("whoever starts a child tells it all");
    let act = told(ACT);
    let act = Act::ALL
        .into_iter()
        .find(|known| format!("{known:?}") == act)
        .expect("the operation is known");
    let when = if told(WHEN) == "Before" {
        When::Before
    } else {
        When::After
    };
    let number = told(NUMBER).parse().expect("a number");
    Some((Place(folder), act, Point { number, when }))
}

/// Not a test by itself: what a child is started for.
#[test]
fn dies_where_it_is_told_to() {
    let Some((place, act, point)) = orders() else {
        return;
    };
    let gate = Gate {
        reached: AtomicUsize::new(0),
        point,
        at_point: || std::process::abort(),
    };
    act.run(&place, Arc::new(gate))
        .expect("nothing fails before the child dies");
}

/// Not a test by itself: what a child is started for.
#[test]
fn has_no_room_from_where_it_is_told() {
    let Some((place, act, point)) = orders() else {
        return;
    };
    let bytes = env::var(FILE_BYTES)
        .ok()
        .and_then(|text| text.parse().ok())
        .expect("a number of bytes");
    let limit = move || {
        let limit = Rlimit {
            current: Some(bytes),
            maximum: None,
        };
        setrlimit(Resource::Fsize, limit).expect("a process may limit itself");
    };
    let gate = Gate {
        reached: AtomicUsize::new(0),
        point,
        at_point: limit,
    };
    match act.run(&place, Arc::new(gate)) {
        Ok(()) => println!("{SUCCEEDED}"),
        Err(error) => println!("{FAILED}{}", in_full(&error)),
    }
}

/// An error with all that it was caused by, as the program would log it.
fn in_full(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}
