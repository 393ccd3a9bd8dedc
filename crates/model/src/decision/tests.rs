//! Every pair of reasons, and what no facts whatever may lead to.

use super::*;

#[test]
fn where_nothing_asks_nothing_happens() {
    let decision = decide(&Facts::default(), Timestamp::UNIX_EPOCH);
    assert_eq!(decision.outcome, Outcome::Skipped);
}
