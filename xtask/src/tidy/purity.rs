//! What a crate's own product code may mention: pure crates no system, only `store` SQL, only `api` HTTP, only `cli` a backend.

use crate::tidy::Finding;
use crate::tidy::tree::{SourceFile, Tree, has_word};

const PURE: [&str; 4] = [
    "crates/model/",
    "crates/detect/",
    "crates/keytree/",
    "crates/ledger/",
];
const SYSTEM: [&str; 3] = ["fs", "net", "process"];
const SQL: [&str; 7] = [
    "SELECT ",
    "INSERT INTO ",
    "DELETE FROM ",
    "CREATE TABLE ",
    "DROP TABLE ",
    "PRAGMA ",
    "BEGIN IMMEDIATE",
];
const HTTP: [&str; 3] = ["axum", "hyper", "tower_http"];

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        // A build script is no part of its crate: it runs before there is one, and writes a file.
        .filter(|file| file.path.starts_with("crates/") && !file.has_end("/build.rs"))
        .flat_map(check_file)
        .collect()
}

fn check_file(file: &SourceFile) -> Vec<Finding> {
    let in_any = |folders: &[&str]| folders.iter().any(|one| file.path.starts_with(one));
    let mut findings = Vec::new();
    for (number, line) in file.product_code() {
        let mut found = |words: String| findings.push(Finding::new(&file.path, number, words));
        if in_any(&PURE) {
            for module in SYSTEM.iter().filter(|module| names_std(line, module)) {
                found(format!("a pure crate must not use std::{module}"));
            }
        }
        if !in_any(&["crates/store/"]) {
            if has_word(line, "rusqlite") {
                found("only crates/store knows rusqlite".to_owned());
            }
            for statement in SQL.iter().filter(|statement| line.contains(**statement)) {
                found(format!("only crates/store knows SQL, here {statement:?}"));
            }
        }
        if !in_any(&["crates/store/", "crates/cli/"]) && names_backend(line) {
            found("only crates/cli names a backend".to_owned());
        }
        if !in_any(&["crates/api/"]) {
            for library in HTTP.iter().filter(|library| has_word(line, library)) {
                found(format!("only crates/api serves HTTP, here {library}"));
            }
        }
    }
    findings
}

/// Whether a line names `std::module`, by its path or in a list after `std::{`.
fn names_std(line: &str, module: &str) -> bool {
    has_word(line, &format!("std::{module}"))
        || line
            .split_once("std::{")
            .is_some_and(|(_, list)| has_word(list, module))
}

fn names_backend(line: &str) -> bool {
    has_word(line, "wuhen_store::sqlite") || has_word(line, "SqliteStore")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tree::tree_of;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        let findings = check(&tree_of([(path, text)]));
        findings.iter().map(|one| one.line).collect()
    }

    #[test]
    fn a_pure_crate_that_touches_the_system_is_found() {
        let text =
            "//! fine: std::fs\nuse std::fs;\nuse std::{fmt, net};\nlet offset = std::fmt::x;\n";
        assert_eq!(lines("crates/ledger/src/lib.rs", text), [2, 3]);
        assert_eq!(lines("crates/custody/src/lib.rs", text), [0; 0]);
    }

    #[test]
    fn sql_outside_of_the_store_is_found_but_not_in_its_tests() {
        let text = "let a = \"SELECT 1\";\nuse rusqlite::Row;\n#[cfg(test)]\nmod tests {\n    \"DELETE FROM a\";\n}\n";
        assert_eq!(lines("crates/service/src/a.rs", text), [1, 2]);
        assert_eq!(lines("crates/store/src/a.rs", text), [0; 0]);
        assert_eq!(lines("crates/service/tests/a.rs", text), [0; 0]);
    }

    #[test]
    fn a_backend_or_http_in_the_wrong_crate_is_found() {
        assert_eq!(
            lines("crates/service/src/a.rs", "use wuhen_store::sqlite::Open;"),
            [1]
        );
        assert_eq!(
            lines("crates/cli/src/a.rs", "use wuhen_store::sqlite::Open;"),
            [0; 0]
        );
        assert_eq!(
            lines("crates/cli/src/a.rs", "use axum::Router;\nuse b;"),
            [1]
        );
    }
}
