//! Seeded simulation against a plain oracle, and the fault table: what the whole house answers, in memory and on disk, also
//! when it is killed, when the disk is full, and when an old snapshot is all that is left.
//! `WUHEN_FULL=1` runs every combination; without it, a part that covers each step and side once.

mod checks;
mod compare;
mod custodian;
mod dice;
mod faults;
mod generate;
mod matching;
mod on_disk;
mod operation;
mod oracle;
mod place;
mod random_kills;
mod reproductions;
mod shrink;
mod simulation;
mod words;
mod world;

/// Everything, or the part that fits into every build.
fn full() -> bool {
    std::env::var_os("WUHEN_FULL").is_some_and(|value| value == "1")
}
