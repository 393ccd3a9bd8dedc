//! The suite of all stores, on SQLite in a folder and in memory; and what only a folder can do wrong.

use std::fs;

use wuhen_keytree::context::{NodeId, TenantId};
use wuhen_store::conformance::store_conformance;
use wuhen_store::sqlite::{DATABASE_FILE, Options, SqliteStore};
use wuhen_store::{NewTenant, Store as _, StoreError};

#[test]
fn sqlite_in_memory_passes() {
    store_conformance(&mut || Box::new(SqliteStore::in_memory().unwrap()));
}

#[test]
fn sqlite_in_a_folder_passes() {
    let folder = tempfile::tempdir().unwrap();
    let mut number = 0;
    store_conformance(&mut || {
        number += 1;
        Box::new(
            SqliteStore::create(&folder.path().join(number.to_string()), Options::default())
                .unwrap(),
        )
    });
}

#[test]
fn a_second_process_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let held = SqliteStore::create(&path, Options::default()).unwrap();
    let refused = SqliteStore::open(&path, Options::default()).err().unwrap();
    assert!(matches!(refused, StoreError::InUse { .. }));
    assert!(refused.to_string().contains("in use by another process"));
    drop(held);
    SqliteStore::open(&path, Options::default()).unwrap();
}

#[test]
fn a_store_of_a_later_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    drop(SqliteStore::create(&path, Options::default()).unwrap());
    let raw = rusqlite::Connection::open(path.join(DATABASE_FILE)).unwrap();
    raw.pragma_update(None, "user_version", 99).unwrap();
    drop(raw);
    let refused = SqliteStore::open(&path, Options::default()).err().unwrap();
    assert!(
        matches!(refused, StoreError::Newer { found: 99, .. }),
        "{refused}"
    );
}

#[test]
fn what_is_no_store_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let missing = SqliteStore::open(&folder.path().join("none"), Options::default())
        .err()
        .unwrap();
    assert!(matches!(missing, StoreError::Missing { .. }));
    let path = folder.path().join("other");
    fs::create_dir(&path).unwrap();
    fs::write(
        path.join(DATABASE_FILE),
        b"minutes of a meeting, not a database at all, in a file of that name",
    )
    .unwrap();
    let foreign = SqliteStore::open(&path, Options::default()).err().unwrap();
    assert!(matches!(foreign, StoreError::Foreign { .. }), "{foreign}");
    let taken = SqliteStore::create(&path, Options::default())
        .err()
        .unwrap();
    assert!(matches!(taken, StoreError::NotEmpty { .. }));
    assert!(
        fs::read(path.join(DATABASE_FILE))
            .unwrap()
            .starts_with(b"minutes")
    );
}

#[test]
fn a_reader_that_waits_keeps_nothing_in_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::create(folder.path(), Options::default()).unwrap();
    for number in 1..4 {
        // The reader of the round before has seen the log, and is used again after it was emptied.
        assert_eq!(store.tenants().unwrap().len(), usize::from(number) - 1);
        store.create_tenant(&new_tenant(number)).unwrap();
        assert_eq!(store.tenants().unwrap().len(), usize::from(number));
        assert_eq!(store.truncate_log().unwrap(), 0);
    }
}

fn new_tenant(number: u8) -> NewTenant {
    NewTenant {
        id: TenantId([number; 16]),
        root_kid: format!("k-{number}"),
        top: NodeId(1),
        top_wrap: Vec::new(),
        nodes: Vec::new(),
        seeds: Vec::new(),
        settings: Vec::new(),
        next_node: 2,
    }
}
