//! Peers beside ours: what the bench programs share. Each program measures both in one run, prints peer, ours and ratio, and
//! writes its rows to `target/bench/NAME.json`. Data is generated from the built-in samples and is the same in every run.

pub mod arguments;
pub mod child;
pub mod data;
pub mod machine;
pub mod ours;
pub mod peer;
pub mod report;
pub mod time;
