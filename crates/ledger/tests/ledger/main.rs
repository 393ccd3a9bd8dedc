//! The ledger as its users meet it: a log that is written, certificates that are handed out, and strangers who change them.

mod bodies;
mod certificates;
mod checkpoints;
mod fixture;
mod parsers;
mod tiles;
mod vectors;
