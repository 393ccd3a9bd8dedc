//! Every column of the store and of a snapshot repository is in `data-map.toml`, and nothing else is.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its own fixtures has to stop"
)]

use std::collections::BTreeMap;

use rusqlite::Connection;

type Columns = BTreeMap<(String, String), String>;

const CLASSES: [&str; 4] = ["sealed", "lookup-tag", "operational", "ledger"];
const LAYOUTS: [&str; 5] = [
    include_str!("../src/sqlite/migrations/0001.sql"),
    include_str!("../src/sqlite/migrations/0002.sql"),
    include_str!("../src/sqlite/migrations/0003.sql"),
    include_str!("../src/sqlite/migrations/0004.sql"),
    include_str!("../src/sqlite/mirror.sql"),
];

#[test]
fn every_column_is_classified_and_no_other() {
    let classified = classified(include_str!("../data-map.toml"));
    let found = columns(&LAYOUTS);
    for column in found.keys() {
        assert!(
            classified.contains_key(column),
            "{column:?} is in no class: add it to data-map.toml"
        );
    }
    for (column, class) in &classified {
        assert!(
            found.contains_key(column),
            "{column:?} is classified but does not exist"
        );
        assert!(
            CLASSES.contains(&class.as_str()),
            "{column:?} is of class {class:?}, which does not exist"
        );
    }
}

#[test]
fn sealed_columns_are_bytes_and_clear_ones_hold_no_free_bytes() {
    let classified = classified(include_str!("../data-map.toml"));
    for (column, kind) in columns(&LAYOUTS) {
        let class = &classified[&column];
        if class == "sealed" || class == "lookup-tag" {
            assert_eq!(kind, "BLOB", "{column:?} is {class} and should be bytes");
        }
    }
}

#[test]
fn a_column_that_nobody_classified_is_noticed() {
    let with_one_more = [
        LAYOUTS[0],
        "CREATE TABLE notes (words TEXT NOT NULL) STRICT;",
    ];
    let classified = classified(include_str!("../data-map.toml"));
    let found = columns(&with_one_more);
    let missing: Vec<_> = found
        .keys()
        .filter(|column| !classified.contains_key(column))
        .collect();
    assert_eq!(missing, [&("notes".to_owned(), "words".to_owned())]);
}

fn columns(layouts: &[&str]) -> Columns {
    let connection = Connection::open_in_memory().unwrap();
    for layout in layouts {
        connection.execute_batch(layout).unwrap();
    }
    let sql =
        "SELECT t.name, c.name, c.type FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
               WHERE t.type = 'table'";
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)));
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

fn classified(text: &str) -> Columns {
    let tables: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(text).unwrap();
    let columns = tables.into_iter().flat_map(|(table, columns)| {
        columns
            .into_iter()
            .map(move |(column, class)| ((table.clone(), column), class))
    });
    columns.collect()
}
