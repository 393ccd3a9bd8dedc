//! The program `wuhen`: configuration, wiring, commands.
fn main() {}
