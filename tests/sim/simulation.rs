//! Lists of operations in memory against the oracle.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::operation::{Operation, spell};
use crate::shrink::shrink;
use crate::world::{Difference, World};
use crate::{full, generate};

/// Operations of one list; as many searches stand between them.
const OPERATIONS: usize = 40;

fn run(seed: u64, operations: &[Operation]) -> Result<(), Difference> {
    contained(|| World::in_memory(seed).run(operations))
}

/// A panic is a difference too.
pub(crate) fn contained(work: impl FnOnce() -> Result<(), Difference>) -> Result<(), Difference> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err("it panicked".to_owned()))
}

/// Runs a list; if it fails, says so with the seed and the shortest list that fails.
pub(crate) fn check(
    seed: u64,
    operations: &[Operation],
    run: impl Fn(u64, &[Operation]) -> Result<(), Difference>,
) {
    let Err(difference) = run(seed, operations) else {
        return;
    };
    let same = |other: &Difference| about(other) == about(&difference);
    let short = shrink(operations, &|operations| {
        run(seed, operations).is_err_and(|other| same(&other))
    });
    let at_last = run(seed, &short).expect_err("a shrunken list still fails");
    panic!(
        "seed {seed}: {difference}\n\n{at_last}\nwith {}",
        spell(&short)
    );
}

/// What a difference is about: what stands before its first answer, without numbers.
fn about(difference: &Difference) -> String {
    let about = difference.split(": expected").next().unwrap_or_default();
    about.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// Lists are dealt to a few tests, so that they run beside each other.
fn lists(part: u64) {
    let count = if full() { 100 } else { 15 };
    for seed in (part..).step_by(4).take(count) {
        check(seed, &generate::list(seed, OPERATIONS, false), run);
    }
}

#[test]
fn the_house_answers_as_the_oracle_1() {
    lists(0);
}

#[test]
fn the_house_answers_as_the_oracle_2() {
    lists(1);
}

#[test]
fn the_house_answers_as_the_oracle_3() {
    lists(2);
}

#[test]
fn the_house_answers_as_the_oracle_4() {
    lists(3);
}
