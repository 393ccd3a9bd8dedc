//! A look-up does as much work beside a thousand rows that it was not asked for as beside ten.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::Connection;
use wuhen_keytree::context::NodeId;

use super::{conversations_of, labelled};
use crate::TenantNumber;
use crate::sqlite::{configure, erase, ledger, migrate};

/// A look-up with its name.
type Named<'a> = (&'a str, &'a dyn Fn(&Connection));

const TENANT: TenantNumber = TenantNumber(1);
const ASKED_FOR: NodeId = NodeId(1_000_000);

/// A database with keys, conversations, messages and ledger entries of others.
fn database(others: u32) -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    configure(&connection, 1_024).unwrap();
    migrate(&mut connection, Path::new(":memory:")).unwrap();
    let numbers = format!(
        "WITH RECURSIVE n (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM n WHERE n < {others})"
    );
    connection
        .execute_batch(&format!(
            "{numbers} INSERT INTO conversation SELECT 1, n, n, 0, 1, 0, 1, 1, 0, 0, 0, CAST(1e15 + n AS BLOB) FROM n;
             {numbers} INSERT INTO node SELECT 1, n, 0, n + 2000000, 1, 0, x'00' FROM n;
             {numbers} INSERT INTO item SELECT 1, n, 1, 1, CAST(1e15 + n AS BLOB), x'00', NULL FROM n;
             {numbers} INSERT INTO ledger_entry SELECT 1, n, x'00', n, 0 FROM n;"
        ))
        .unwrap();
    connection
}

fn steps(connection: &mut Connection, look_up: &dyn Fn(&Connection)) -> u64 {
    let steps = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&steps);
    let count = move || {
        counted.fetch_add(1, Ordering::Relaxed);
        false
    };
    connection.progress_handler(1, Some(count)).unwrap();
    look_up(connection);
    steps.load(Ordering::Relaxed)
}

#[test]
fn a_look_up_does_not_walk_over_the_rows_of_others() {
    let (mut few, mut many) = (database(10), database(1_000));
    let look_ups: [Named<'_>; 4] = [
        ("a guest's conversations", &|connection| {
            let rows = conversations_of(connection, TENANT, ASKED_FOR).unwrap();
            assert!(rows.is_empty());
        }),
        ("what hangs below a node", &|connection| {
            let below = erase::subtree(connection, TENANT, ASKED_FOR).unwrap();
            assert_eq!(below, [ASKED_FOR]);
        }),
        ("a case's entries", &|connection| {
            let rows = ledger::rows_of(connection, TENANT, ASKED_FOR).unwrap();
            assert!(rows.is_empty());
        }),
        ("conversations with a label", &|connection| {
            assert_eq!(labelled(connection, TENANT).unwrap(), []);
        }),
    ];
    for (what, look_up) in look_ups {
        assert_eq!(
            steps(&mut few, look_up),
            steps(&mut many, look_up),
            "{what}"
        );
    }
}
