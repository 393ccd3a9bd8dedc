//! Rows out of raw bytes: of deleted rows that were not overwritten, of stale frames in logs, of pages on the free list.
//! SQLite lays a row down as serial types and then values (sqlite.org/fileformat2.html, 2.1); a freed cell keeps all but
//! its first four bytes, so the types of the first two columns are guessed.

use super::{Evidence, Item, Node, Seed};

/// A wrap's length.
const WRAP_BYTES: usize = 62;
/// Types and values of the longest row before its sealed bytes: 9 types, 5 integers of up to 8 bytes and a tag of 16.
const REACH_BYTES: usize = 73;
/// Serial types that a first id may have: 1, 2, 3 or 4 bytes, or the constants 0 and 1.
const FIRST_TYPES: [u8; 6] = [1, 2, 3, 4, 8, 9];

/// Columns of a table after the tenant's number, up to the sealed bytes. In all, the first is the owner.
#[derive(Clone, Copy)]
struct Layout {
    integers: usize,
    /// A tag of 16 bytes, or null, before the sealed bytes.
    has_tag: bool,
    /// A number, or null, behind the sealed bytes: items have it since the third migration.
    has_more: bool,
    add: fn(&mut Evidence, &[u64], Vec<u8>),
}

const LAYOUTS: [Layout; 5] = [
    Layout {
        integers: 5,
        has_tag: false,
        has_more: false,
        add: |evidence, values, wrap| {
            let [parent, _slot, id, kind, version] = *values else {
                return;
            };
            if let Some(kind) = u8::try_from(kind).ok().filter(|_| wrap.len() == WRAP_BYTES) {
                evidence.nodes.insert(Node {
                    parent,
                    id,
                    kind,
                    version,
                    wrap,
                });
            }
        },
    },
    Layout {
        integers: 2,
        has_tag: false,
        has_more: false,
        add: |evidence, values, sealed| {
            let [owner, number] = *values else { return };
            let Ok(number) = u32::try_from(number) else {
                return;
            };
            add_item(evidence, (owner, number, 5), sealed.clone());
            evidence.seeds.insert(Seed {
                owner,
                segment: number,
                sealed,
            });
        },
    },
    ITEM,
    Layout {
        has_more: true,
        ..ITEM
    },
    Layout {
        has_tag: false,
        ..ITEM
    },
];

const ITEM: Layout = Layout {
    integers: 3,
    has_tag: true,
    has_more: false,
    add: add_kinded,
};

fn add_kinded(evidence: &mut Evidence, values: &[u64], sealed: Vec<u8>) {
    if let [owner, item, kind] = *values
        && let (Ok(item), Ok(kind)) = (u32::try_from(item), u8::try_from(kind))
    {
        add_item(evidence, (owner, item, kind), sealed);
    }
}

fn add_item(evidence: &mut Evidence, (owner, number, kind): super::Place, sealed: Vec<u8>) {
    evidence.items.insert(Item {
        owner,
        number,
        kind,
        sealed,
    });
}

/// Takes in whatever looks like a row, and whatever could be a wrap of a top. What does not open harms nobody.
pub(super) fn carve(evidence: &mut Evidence, bytes: &[u8]) {
    for sealed_at in positions(bytes, &[1, 1]) {
        if let Some(raw) = bytes.get(sealed_at..sealed_at + WRAP_BYTES) {
            evidence.raw_wraps.insert(raw.to_vec());
        }
        for types_at in sealed_at.saturating_sub(REACH_BYTES)..sealed_at {
            for layout in &LAYOUTS {
                for first in FIRST_TYPES {
                    if let Some((values, sealed)) =
                        row(&bytes[types_at..], sealed_at - types_at, layout, first)
                    {
                        (layout.add)(evidence, &values, sealed.to_vec());
                    }
                }
            }
        }
    }
}

/// A row whose third column's type stands at the beginning of `bytes` and whose sealed value at `sealed_at`.
fn row<'b>(
    bytes: &'b [u8],
    sealed_at: usize,
    layout: &Layout,
    first: u8,
) -> Option<(Vec<u64>, &'b [u8])> {
    let (types, rest) = bytes.split_at_checked(layout.integers - 1)?;
    let (tag_type, rest) = if layout.has_tag {
        rest.split_first()?
    } else {
        (&0, rest)
    };
    let tag_bytes = match tag_type {
        0 => 0,
        44 => 16,
        _ => return None,
    };
    let mut values_bytes = integer_bytes(first)?;
    for serial in types {
        values_bytes += integer_bytes(*serial)?;
    }
    let (sealed_type, type_bytes) = varint(rest)?;
    let behind = layout.has_more.then(|| rest.get(type_bytes)).flatten();
    if layout.has_more
        && behind.is_none_or(|serial| *serial != 0 && integer_bytes(*serial).is_none())
    {
        return None;
    }
    let more_types = usize::from(layout.has_tag) + usize::from(layout.has_more);
    let mut at = types.len() + more_types + type_bytes;
    if at + values_bytes + tag_bytes != sealed_at || sealed_type < 12 || sealed_type % 2 == 1 {
        return None;
    }
    let mut values = Vec::with_capacity(layout.integers);
    for serial in std::iter::once(&first).chain(types) {
        let value = bytes.get(at..at + integer_bytes(*serial)?)?;
        at += value.len();
        values.push(match serial {
            9 => 1,
            _ => value
                .iter()
                .fold(0, |number, byte| number << 8 | u64::from(*byte)),
        });
    }
    let length = usize::try_from((sealed_type - 12) / 2).ok()?;
    Some((
        values,
        bytes.get(sealed_at..sealed_at.checked_add(length)?)?,
    ))
}

fn integer_bytes(serial: u8) -> Option<usize> {
    match serial {
        1..=4 => Some(usize::from(serial)),
        5 => Some(6),
        6 => Some(8),
        8 | 9 => Some(0),
        _ => None,
    }
}

/// A variable-length integer of SQLite of up to three bytes, and its length.
fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut value = 0;
    for (place, byte) in bytes.iter().take(3).enumerate() {
        value = value << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value, place + 1));
        }
    }
    None
}

/// Where a needle stands, overlapping ones included.
pub(super) fn positions(bytes: &[u8], needle: &[u8]) -> Vec<usize> {
    let starts = bytes.windows(needle.len()).enumerate();
    starts
        .filter(|(_, window)| *window == needle)
        .map(|(start, _)| start)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_found_whole_and_with_its_first_four_bytes_gone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.sqlite");
        let connection = rusqlite::Connection::open(&file).unwrap();
        let schema = "CREATE TABLE node (tenant INTEGER NOT NULL, parent INTEGER NOT NULL, slot INTEGER NOT NULL,
            id INTEGER NOT NULL, kind INTEGER NOT NULL, key_version INTEGER NOT NULL, wrap BLOB NOT NULL,
            PRIMARY KEY (tenant, parent, slot)) STRICT, WITHOUT ROWID;
            CREATE TABLE item (tenant INTEGER NOT NULL, owner INTEGER NOT NULL, item INTEGER NOT NULL,
            kind INTEGER NOT NULL, source_tag BLOB, sealed BLOB NOT NULL, PRIMARY KEY (tenant, owner, item))
            STRICT, WITHOUT ROWID;
            CREATE TABLE newer (tenant INTEGER NOT NULL, owner INTEGER NOT NULL, item INTEGER NOT NULL,
            kind INTEGER NOT NULL, source_tag BLOB, sealed BLOB NOT NULL, replaces INTEGER,
            PRIMARY KEY (tenant, owner, item)) STRICT, WITHOUT ROWID";
        connection.execute_batch(schema).unwrap();
        let wrap = |fill: u8| [&[1, 1][..], &[fill; 60]].concat();
        for (slot, parent) in [(0, 300), (1, 70_000)] {
            let sql = "INSERT INTO node VALUES (1, ?, ?, 70001, 10, 3, ?)";
            connection
                .execute(sql, rusqlite::params![parent, slot, wrap(slot)])
                .unwrap();
            let sql = "INSERT INTO item VALUES (1, ?, ?, 2, ?, ?)";
            connection
                .execute(
                    sql,
                    rusqlite::params![parent, slot, [7_u8; 16], wrap(9).repeat(3)],
                )
                .unwrap();
        }
        for (item, replaces) in [(4, Some(300)), (5, None)] {
            let sql = "INSERT INTO newer VALUES (1, 300, ?, 2, ?, ?, ?)";
            let sealed = wrap(8).repeat(3);
            connection
                .execute(sql, rusqlite::params![item, [7_u8; 16], sealed, replaces])
                .unwrap();
        }
        // Deleted with SQLite's defaults: not overwritten, but for the beginning of the freed cell.
        connection
            .execute("DELETE FROM node WHERE slot = 0", [])
            .unwrap();
        connection
            .execute("DELETE FROM item WHERE item = 1", [])
            .unwrap();
        drop(connection);
        let mut evidence = Evidence::default();
        carve(&mut evidence, &std::fs::read(&file).unwrap());
        for number in [4, 5] {
            let item = Item {
                owner: 300,
                number,
                kind: 2,
                sealed: wrap(8).repeat(3),
            };
            assert!(evidence.items.contains(&item), "item {number}");
        }
        for (slot, parent) in [(0, 300), (1, 70_000)] {
            let node = Node {
                parent,
                id: 70_001,
                kind: 10,
                version: 3,
                wrap: wrap(slot),
            };
            assert!(evidence.nodes.contains(&node), "slot {slot}");
            let item = Item {
                owner: parent,
                number: slot.into(),
                kind: 2,
                sealed: wrap(9).repeat(3),
            };
            assert!(evidence.items.contains(&item), "item {slot}");
        }
    }
}
