//! Speed of the tree in memory: appends, and proofs made and checked. `cargo bench -p wuhen-ledger` prints one line each.
//! Goals: 1,000,000 appends/s; 200,000 inclusion proofs made and checked/s in a ledger of a million entries.

use std::hint::black_box;
use std::time::Duration;
use wuhen_ledger::tree::{self, HashReader, TreeError};
use wuhen_ledger::{Entry, Hash};

const ENTRIES: u64 = 1_000_000;
const PROOFS: u64 = 400_000;

fn main() {
    let entry = Entry::new(7, &[7; 32], b"body");
    let mut rows = Rows(Vec::new());
    let time = measure(|| {
        for index in 0..ENTRIES {
            let stored =
                tree::appended_hashes(index, entry.leaf_hash(), &rows).expect("rows are complete");
            rows.0.extend(stored.into_iter().map(|(_, hash)| hash));
        }
    });
    print("append (leaf and node hashes)", ENTRIES, time);

    let root = tree::root(ENTRIES, &rows).expect("rows are complete");
    let leaf = entry.leaf_hash();
    let time = measure(|| {
        for number in 0..PROOFS {
            let index = spread(number);
            let proof = tree::inclusion_proof(index, ENTRIES, &rows).expect("rows are complete");
            assert!(tree::check_inclusion(
                black_box(index),
                ENTRIES,
                leaf,
                root,
                &proof
            ));
        }
    });
    print("inclusion: prove and check", PROOFS, time);

    let roots: Vec<_> = (0..64)
        .map(|n| spread(n) + 1)
        .map(|n| (n, tree::root(n, &rows).expect("complete")))
        .collect();
    let time = measure(|| {
        for number in 0..PROOFS {
            let (old, old_root) = roots[usize::try_from(number % 64).expect("small")];
            let proof = tree::consistency_proof(old, ENTRIES, &rows).expect("rows are complete");
            assert!(tree::check_consistency(
                black_box(old),
                ENTRIES,
                old_root,
                root,
                &proof
            ));
        }
    });
    print("consistency: prove and check", PROOFS, time);
}

struct Rows(Vec<Hash>);

impl HashReader for Rows {
    fn hashes(&self, stored_indexes: &[u64]) -> Result<Vec<Hash>, TreeError> {
        let mut hashes = Vec::with_capacity(stored_indexes.len());
        for index in stored_indexes {
            let row = usize::try_from(*index)
                .ok()
                .and_then(|index| self.0.get(index));
            hashes.push(*row.ok_or_else(|| TreeError::Reader("no such row".into()))?);
        }
        Ok(hashes)
    }
}

/// Visits the entries in an order without locality.
fn spread(number: u64) -> u64 {
    number.wrapping_mul(0x9E37_79B9_7F4A_7C15) % ENTRIES
}

#[expect(clippy::disallowed_methods, reason = "a bench reads the clock")]
fn measure(work: impl FnOnce()) -> Duration {
    let start = std::time::Instant::now();
    work();
    start.elapsed()
}

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn print(what: &str, count: u64, time: Duration) {
    let rate = u128::from(count) * 1_000_000_000 / time.as_nanos().max(1);
    println!("{what}: {rate}/s ({count} in {time:.2?})");
}
