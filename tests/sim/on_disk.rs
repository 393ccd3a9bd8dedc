//! Lists of operations on disk, with snapshots, lost stores, and restores of the last snapshot or of older ones, also after
//! weeks; at the end of each list every file is searched for plaintext.

use crate::operation::Operation;
use crate::simulation::{check, contained};
use crate::world::{Difference, World};
use crate::{full, generate};

const OPERATIONS: usize = 30;

pub(crate) fn run(seed: u64, operations: &[Operation]) -> Result<(), Difference> {
    contained(|| World::on_disk(seed).run(operations))
}

fn lists(part: u64) {
    let count = if full() { 100 } else { 6 };
    for seed in (part..).step_by(2).take(count) {
        check(seed, &generate::list(seed, OPERATIONS, true), run);
    }
}

#[test]
fn restored_stores_answer_as_the_oracle_1() {
    lists(0);
}

#[test]
fn restored_stores_answer_as_the_oracle_2() {
    lists(1);
}
