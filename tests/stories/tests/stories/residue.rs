//! Rows that stay though they were deleted: one case for each table that holds a node's own rows, in the store and in a
//! repository. The certificate says `partial`; once nothing keeps the rows any more, the next start completes the case.

use std::fs;
use std::path::PathBuf;

use rusqlite::Connection;
use wuhen_ledger::body::{CopyState, CustodianAnswer, State};
use wuhen_service::Service;
use wuhen_service::erase::Outcome;
use wuhen_service::select::Scope;
use wuhen_store::CaseState;
use wuhen_stories::world::{
    World, conversation, erase, guest, import, message, message_with, roots, verify,
};

/// A table that holds a node's own rows, the column that names the node, and which node's rows stay.
type Row = (&'static str, &'static str, &'static str);

/// What a whole guest takes with it: a case for every such table.
const OF_A_GUEST: [Row; 9] = [
    ("guest", "node", GUEST),
    ("conversation", "node", CONVERSATION),
    ("node", "id", GUEST),
    ("node", "id", PAGE),
    ("node", "id", CONVERSATION),
    ("seed", "owner", CONVERSATION),
    ("item", "owner", CONVERSATION),
    ("sketch", "owner", CONVERSATION),
    ("blob", "owner", CONVERSATION),
];
/// What messages take with them.
const OF_MESSAGES: [Row; 3] = [
    ("item", "owner", CONVERSATION),
    ("sketch", "owner", CONVERSATION),
    ("blob", "owner", CONVERSATION),
];
const GUEST: &str = "SELECT node FROM guest WHERE ordinal = 0";
const PAGE: &str = "SELECT parent FROM node WHERE id = (SELECT node FROM conversation)";
const CONVERSATION: &str = "SELECT node FROM conversation";

/// A guest who has written, with a photograph, and another who has not.
fn hotel() -> (World, Service) {
    let world = World::new();
    let service = world.init();
    let lines = [
        guest("g1", "A guest who will be forgotten"),
        guest("g2", "A guest who stays in the house"),
        conversation("c1", "g1"),
        message("m1", "c1", "the first words of this conversation"),
        message_with("m2", "c1", "a photograph of the room", "room.jpg"),
        message("m3", "c1", "the last words of this conversation"),
    ];
    let file = world.write_lines("house", &lines);
    fs::write(file.with_file_name("room.jpg"), "an invented photograph").unwrap();
    import(&service, &file).unwrap();
    service.init_repository(&world.path("repository")).unwrap();
    service.create_snapshot(None).unwrap();
    (world, service)
}

/// A table of a database in which a node's rows stay, whoever deletes them.
struct Keeper {
    database: PathBuf,
    table: &'static str,
    column: &'static str,
    node: i64,
}

impl Keeper {
    fn new(database: PathBuf, (table, column, which): Row) -> Self {
        let connection = Connection::open(&database).unwrap();
        let node = connection.query_row(which, [], |row| row.get(0)).unwrap();
        let keeper = Self {
            database,
            table,
            column,
            node,
        };
        assert!(keeper.rows() > 0, "{table} has rows of it");
        let mut columns = connection
            .prepare(&format!(
                "SELECT 'old.' || name FROM pragma_table_info('{table}')"
            ))
            .unwrap();
        let columns: Vec<String> = columns
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let sql = format!(
            "CREATE TRIGGER keeper AFTER DELETE ON {table} WHEN old.{column} = {node}
             BEGIN INSERT INTO {table} VALUES ({}); END",
            columns.join(", ")
        );
        connection.execute_batch(&sql).unwrap();
        keeper
    }

    fn rows(&self) -> i64 {
        let sql = format!(
            "SELECT count(*) FROM {} WHERE {} = {}",
            self.table, self.column, self.node
        );
        let connection = Connection::open(&self.database).unwrap();
        connection.query_row(&sql, [], |row| row.get(0)).unwrap()
    }

    fn lets_go(&self) {
        let connection = Connection::open(&self.database).unwrap();
        connection.execute_batch("DROP TRIGGER keeper").unwrap();
    }

    /// Takes rows of the erased items, or all rows of the node, away by hand.
    fn removes(&self, items: &str) {
        let sql = format!(
            "DELETE FROM {} WHERE {} = {} {items}",
            self.table, self.column, self.node
        );
        let connection = Connection::open(&self.database).unwrap();
        assert!(connection.execute(&sql, []).unwrap() > 0);
    }
}

fn assert_partial(
    service: &Service,
    outcome: &Outcome,
    blamed: &[&str],
    case: &str,
) -> CustodianAnswer {
    assert_eq!(outcome.state, State::Partial, "{case}");
    let completed = verify(service, &outcome.certificate).completed;
    assert_eq!(completed.outcome.state(), State::Partial, "{case}");
    for copy in completed.outcome.copies() {
        let name = copy.copy.split(':').next().unwrap();
        if blamed.contains(&name) {
            assert_eq!(copy.state, CopyState::Failed, "{case}: {name}");
        }
    }
    completed.outcome.custodians()[0].answer
}

fn assert_mended(world: &World, case: &str) {
    let (service, notices) = world.open().unwrap();
    assert!(notices[0].contains("complete"), "{case}: {notices:?}");
    let cases = service.erasures().unwrap();
    assert_eq!(cases[0].state, CaseState::Complete, "{case}");
    let certificate = service.certificate(&cases[0].case).unwrap();
    let completed = verify(&service, &certificate).completed;
    assert_eq!(completed.outcome.state(), State::Complete, "{case}");
    assert_eq!(roots(&world.keys[0]), 1, "{case}");
}

/// Scope, the tables from which it takes rows, and how the erased rows are told from those that belong there.
type Case = (Scope, &'static [Row], &'static str);

fn scopes() -> [Case; 2] {
    let messages = Scope::Messages(vec!["m2".to_owned()]);
    [
        (Scope::Guest("g1".to_owned()), &OF_A_GUEST, ""),
        (
            messages,
            &OF_MESSAGES,
            "AND item IN (SELECT item FROM dropped)",
        ),
    ]
}

#[test]
fn a_row_that_stays_in_the_store_cannot_be_called_erased() {
    for (scope, tables, items) in scopes() {
        for &(table, column, which) in tables {
            let case = format!("{table} of {which}");
            let (world, service) = hotel();
            let database = world.path("store/wuhen.sqlite");
            let keeper = Keeper::new(database, (table, column, which));
            let outcome = erase(&service, scope.clone()).unwrap();
            assert!(keeper.rows() > 0, "{case}: the row stayed");
            assert_partial(&service, &outcome, &["database", "search"], &case);
            drop(service);
            // As long as it stays, a start changes nothing.
            let (service, notices) = world.open().unwrap();
            assert!(notices[0].contains("partial"), "{case}: {notices:?}");
            drop(service);
            keeper.lets_go();
            keeper.removes(items);
            assert_mended(&world, &case);
        }
    }
}

#[test]
fn a_row_that_stays_in_a_repository_cannot_be_called_erased() {
    for (scope, tables, _) in scopes() {
        for &(table, column, which) in tables {
            let case = format!("{table} of {which}");
            let (world, service) = hotel();
            let mirror = world.path("repository/repository.sqlite");
            let keeper = Keeper::new(mirror, (table, column, which));
            let outcome = erase(&service, scope.clone()).unwrap();
            assert!(keeper.rows() > 0, "{case}: the row stayed");
            let answer = assert_partial(&service, &outcome, &["fence", "snapshot"], &case);
            assert_eq!(
                answer,
                CustodianAnswer::Waiting,
                "{case}: the old root is kept"
            );
            assert_eq!(roots(&world.keys[0]), 2, "{case}");
            drop(service);
            let (service, notices) = world.open().unwrap();
            assert!(notices[0].contains("partial"), "{case}: {notices:?}");
            drop(service);
            // Nobody has to remove it by hand: the next fence does.
            keeper.lets_go();
            assert_mended(&world, &case);
        }
    }
}
