//! Which of our crates may depend on which, and what the pure ones must never reach: "Arrows" in ARCHITECTURE.md.

use crate::tidy::Finding;
use crate::tidy::packages::{Package, Packages};

/// Each crate under `crates/` and those of ours that it may depend on. What lies elsewhere (tests, benches, tasks) is free.
const ARROWS: &[(&str, &[&str])] = &[
    ("wuhen-model", &[]),
    ("wuhen-detect", &[]),
    ("wuhen-keytree", &[]),
    ("wuhen-ledger", &[]),
    ("wuhen-custody", &["wuhen-keytree"]),
    (
        "wuhen-store",
        &["wuhen-model", "wuhen-keytree", "wuhen-ledger"],
    ),
    ("wuhen-formats", &["wuhen-model", "wuhen-ledger"]),
    ("wuhen-connect", &["wuhen-model"]),
    (
        "wuhen-service",
        &[
            "wuhen-model",
            "wuhen-detect",
            "wuhen-keytree",
            "wuhen-ledger",
            "wuhen-custody",
            "wuhen-store",
            "wuhen-formats",
            "wuhen-connect",
        ],
    ),
    ("wuhen-api", &["wuhen-service", "wuhen-model"]),
    (
        "wuhen-cli",
        &[
            "wuhen-api",
            "wuhen-service",
            "wuhen-store",
            "wuhen-custody",
            "wuhen-connect",
            "wuhen-formats",
            "wuhen-detect",
            "wuhen-model",
            "wuhen-keytree",
            "wuhen-ledger",
        ],
    ),
];

/// Crates that know no runtime, database or network, whatever their dependencies bring along.
const PURE: [&str; 4] = [
    "wuhen-model",
    "wuhen-detect",
    "wuhen-keytree",
    "wuhen-ledger",
];
const IMPURE: [&str; 7] = [
    "tokio",
    "rusqlite",
    "tokio-postgres",
    "axum",
    "hyper",
    "reqwest",
    "async-std",
];

pub(crate) fn check(Packages(packages): &Packages) -> Vec<Finding> {
    let in_crates = |package: &&Package| package.folder.starts_with("crates/");
    packages
        .iter()
        .filter(in_crates)
        .flat_map(check_package)
        .collect()
}

fn check_package(package: &Package) -> Vec<Finding> {
    let finding = |words: String| Finding::new(format!("{}/Cargo.toml", package.folder), 1, words);
    let name = &package.name;
    let Some((_, allowed)) = ARROWS.iter().find(|(one, _)| one == name) else {
        return vec![finding(format!(
            "{name} is not in the table of arrows (xtask/src/tidy/arrows.rs)"
        ))];
    };
    let mut findings = Vec::new();
    for need in package.needs.iter().filter(|one| one.starts_with("wuhen-")) {
        if !allowed.contains(&need.as_str()) {
            findings.push(finding(format!("{name} must not depend on {need}")));
        }
    }
    if PURE.contains(&name.as_str()) {
        for reached in IMPURE.iter().filter(|one| package.closure.contains(**one)) {
            findings.push(finding(format!("{name} is pure but reaches {reached}")));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(name: &str, needs: &[&str], closure: &[&str]) -> Vec<String> {
        let owned = |names: &[&str]| names.iter().map(|&one| one.to_owned()).collect();
        let package = Package {
            name: name.to_owned(),
            folder: "crates/x".to_owned(),
            needs: owned(needs),
            closure: owned(closure),
        };
        check(&Packages(vec![package]))
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn an_arrow_against_the_plan_is_found() {
        assert_eq!(
            findings("wuhen-store", &["wuhen-model", "wuhen-service"], &[]),
            ["crates/x/Cargo.toml:1: wuhen-store must not depend on wuhen-service"]
        );
        assert!(findings("wuhen-store", &["wuhen-model", "rusqlite"], &[]).is_empty());
    }

    #[test]
    fn a_runtime_anywhere_below_a_pure_crate_is_found() {
        assert_eq!(
            findings("wuhen-ledger", &[], &["bytes", "tokio"]),
            ["crates/x/Cargo.toml:1: wuhen-ledger is pure but reaches tokio"]
        );
        assert!(findings("wuhen-api", &[], &["tokio"]).is_empty());
    }

    #[test]
    fn a_crate_outside_of_the_plan_is_found() {
        assert_eq!(findings("wuhen-extra", &[], &[]).len(), 1);
    }
}
