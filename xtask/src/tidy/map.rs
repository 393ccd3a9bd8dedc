//! ARCHITECTURE.md is true: it names every crate, no crate that is gone, and only tests that exist.

use crate::tidy::Finding;
use crate::tidy::packages::Packages;
use crate::tidy::tree::{SourceFile, Tree};

const MAP: &str = "ARCHITECTURE.md";

pub(crate) fn check(tree: &Tree, packages: &Packages) -> Vec<Finding> {
    let Some(map) = tree.find(MAP) else {
        return vec![Finding::new(MAP, 1, "is missing")];
    };
    let mut findings = Vec::new();
    findings.extend(missing_crates(map, packages));
    findings.extend(gone_crates(map, packages));
    findings.extend(gone_tests(map, tree));
    findings
}

fn missing_crates(map: &SourceFile, Packages(packages): &Packages) -> Vec<Finding> {
    packages
        .iter()
        .filter_map(|package| package.folder.strip_prefix("crates/"))
        .filter(|name| !map.text.contains(&format!("{name}/")))
        .map(|name| Finding::new(MAP, 1, format!("does not mention crates/{name}/")))
        .collect()
}

fn gone_crates(map: &SourceFile, Packages(packages): &Packages) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in map.lines() {
        for (start, folder) in line.match_indices("crates/") {
            let name = leading(&line[start + folder.len()..], |c| {
                c.is_alphanumeric() || "-_".contains(c)
            });
            let folder = format!("crates/{name}");
            if !name.is_empty() && packages.iter().all(|package| package.folder != folder) {
                findings.push(Finding::new(
                    MAP,
                    number,
                    format!("{folder} does not exist"),
                ));
            }
        }
    }
    findings
}

/// A test is named as `test: store::conformance::erased_rows_stay_away`: crate, modules or files, function.
fn gone_tests(map: &SourceFile, tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in map.lines() {
        for (start, mark) in line.match_indices("test: ") {
            let rest = line[start + mark.len()..].trim_start_matches('`');
            let name = leading(rest, |c| c.is_alphanumeric() || "_-:".contains(c));
            if name.contains("::") && !test_exists(name, tree) {
                findings.push(Finding::new(MAP, number, format!("no test {name}")));
            }
        }
    }
    findings
}

fn test_exists(name: &str, tree: &Tree) -> bool {
    let mut modules: Vec<&str> = name.split("::").filter(|one| *one != "tests").collect();
    let function = modules.pop().unwrap_or_default();
    let head = format!("fn {function}(");
    tree.rust()
        .filter(|file| file.text.contains(&head))
        .any(|file| modules.iter().all(|module| is_below(file, module)))
}

/// Whether a file lies in a crate, folder or file of this name.
fn is_below(file: &SourceFile, module: &str) -> bool {
    let wanted = module.trim_start_matches("wuhen_").replace('-', "_");
    file.path
        .trim_end_matches(".rs")
        .split('/')
        .any(|part| part.replace('-', "_") == wanted)
}

fn leading(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    text.split(|c| !belongs(c)).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::tidy::packages::Package;
    use crate::tidy::tree::tree_of;

    fn findings(map: &str) -> Vec<String> {
        let tree = tree_of([
            (MAP, map),
            (
                "crates/store/src/rows/tests.rs",
                "#[test]\nfn rows_stay_away() {}\n",
            ),
        ]);
        let store = Package {
            name: "wuhen-store".to_owned(),
            folder: "crates/store".to_owned(),
            needs: BTreeSet::new(),
            closure: BTreeSet::new(),
        };
        let findings = check(&tree, &Packages(vec![store]));
        findings.into_iter().map(|one| one.words).collect()
    }

    #[test]
    fn a_missing_map_is_found() {
        assert_eq!(check(&tree_of([]), &Packages(vec![])).len(), 1);
    }

    #[test]
    fn crates_that_are_missing_or_gone_are_found() {
        assert_eq!(findings("  store/  rows"), [""; 0]);
        assert_eq!(findings("nothing"), ["does not mention crates/store/"]);
        assert_eq!(
            findings("store/ and `crates/attic/src`"),
            ["crates/attic does not exist"]
        );
    }

    #[test]
    fn a_test_that_does_not_exist_is_found() {
        let map = |test: &str| findings(&format!("store/ (`test: {test}`)"));
        assert_eq!(map("store::rows::tests::rows_stay_away"), [""; 0]);
        assert_eq!(map("wuhen_store::rows::rows_stay_away"), [""; 0]);
        assert_eq!(
            map("store::rows::rows_come_back"),
            ["no test store::rows::rows_come_back"]
        );
        assert_eq!(
            map("ledger::rows_stay_away"),
            ["no test ledger::rows_stay_away"]
        );
    }
}
