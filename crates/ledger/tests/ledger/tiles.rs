//! The export for outside monitors, read back as a monitor would.

use crate::fixture::{self, Log, SIZE};
use std::collections::BTreeMap;
use wuhen_ledger::tiles::{TilesError, tiles};
use wuhen_ledger::tree::{self, HashReader, TreeError};
use wuhen_ledger::{Entry, Hash};

pub(crate) fn export(log: &Log, size: u64) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut entries = |index| Ok(log.entries[usize::try_from(index).expect("small")]);
    let mut sink = |path: &str, bytes: &[u8]| {
        let before = files.insert(path.to_owned(), bytes.to_vec());
        assert!(before.is_none(), "each file is written once");
        Ok(())
    };
    tiles(size, log, &mut entries, &mut sink).expect("memory does not fail");
    files
}

/// Answers every index: enough to see which files a tree of any size has.
struct AnyHash;

impl HashReader for AnyHash {
    fn hashes(&self, stored_indexes: &[u64]) -> Result<Vec<Hash>, TreeError> {
        Ok(vec![Hash([0; 32]); stored_indexes.len()])
    }
}

fn widths(size: u64) -> BTreeMap<String, usize> {
    let mut widths = BTreeMap::new();
    let mut sink = |path: &str, bytes: &[u8]| {
        let each = if path.starts_with("tile/entries/") {
            2 + 41
        } else {
            32
        };
        widths.insert(path.to_owned(), bytes.len() / each);
        Ok(())
    };
    tiles(
        size,
        &AnyHash,
        &mut |_| Ok(Entry::new(0, &[0; 32], b"")),
        &mut sink,
    )
    .expect("memory does not fail");
    widths
}

#[test]
fn a_monitor_finds_every_entry_and_recomputes_the_root() {
    let log = fixture::log_of((6, b"intent"), (7, b"completed"));
    let files = export(&log, SIZE);
    let names: Vec<_> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "tile/0/000",
            "tile/0/001.p/44",
            "tile/1/000.p/1",
            "tile/entries/000",
            "tile/entries/001.p/44"
        ]
    );

    let bundles = [
        files["tile/entries/000"].as_slice(),
        &files["tile/entries/001.p/44"],
    ]
    .concat();
    let leaves = [files["tile/0/000"].as_slice(), &files["tile/0/001.p/44"]].concat();
    assert_eq!(bundles.len(), 300 * 43);
    for (index, (bundle, leaf)) in bundles.chunks(43).zip(leaves.chunks(32)).enumerate() {
        assert_eq!(bundle[..2], [0, 41]);
        let entry = Entry::from_bytes(&bundle[2..]).unwrap();
        assert_eq!(entry, log.entries[index]);
        assert_eq!(entry.leaf_hash().0, leaf);
    }
    assert_eq!(files["tile/1/000.p/1"], tree::root(256, &log).unwrap().0);
}

#[test]
fn the_files_are_those_of_the_specification() {
    // C2SP tlog-tiles, "Partial Tiles".
    let seventy_thousand = widths(70_000);
    let count = |start: &str, width| {
        seventy_thousand
            .iter()
            .filter(|(path, w)| path.starts_with(start) && **w == width)
            .count()
    };
    assert_eq!((count("tile/0/", 256), count("tile/0/", 112)), (273, 1));
    assert_eq!(
        (
            count("tile/1/", 256),
            count("tile/1/", 17),
            count("tile/2/", 1)
        ),
        (1, 1, 1)
    );
    assert_eq!(
        (count("tile/entries/", 256), count("tile/entries/", 112)),
        (273, 1)
    );
    assert_eq!(seventy_thousand.len(), 274 + 274 + 2 + 1);
    assert_eq!(seventy_thousand["tile/0/273.p/112"], 112);

    let whole = widths(256);
    assert_eq!(
        whole.keys().collect::<Vec<_>>(),
        ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"]
    );
    assert!(widths(0).is_empty());
    assert!(widths(256 * 1000 + 1).contains_key("tile/entries/x001/000.p/1"));
}

#[test]
fn failures_say_which_file_or_entry() {
    let log = fixture::log_of((6, b"intent"), (7, b"completed"));
    let mut good = |index| Ok(log.entries[usize::try_from(index).unwrap()]);
    let full = tiles(SIZE, &log, &mut good, &mut |path, _| match path {
        "tile/0/000" => Err("the disk is full".into()),
        _ => Ok(()),
    });
    assert_eq!(
        full.unwrap_err().to_string(),
        "tile/0/000 could not be written"
    );
    let unreadable = tiles(
        SIZE,
        &log,
        &mut |_| Err("locked".into()),
        &mut |_, _| Ok(()),
    );
    assert!(matches!(
        unreadable,
        Err(TilesError::Entry { index: 0, .. })
    ));
    let missing = tiles(SIZE + 1, &log, &mut |_| Ok(log.entries[0]), &mut |_, _| {
        Ok(())
    });
    assert!(matches!(
        missing,
        Err(TilesError::Tree(TreeError::Reader(_)))
    ));
    let large = tiles(
        tree::TREE_SIZE_MAX + 1,
        &log,
        &mut |_| Ok(log.entries[0]),
        &mut |_, _| Ok(()),
    );
    assert!(matches!(
        large,
        Err(TilesError::Tree(TreeError::TooLarge(_)))
    ));
}
