//! Few dependencies, each with a reason: every group in the root manifest says why, and every entry is used.

use std::path::Path;

use crate::tidy::Finding;
use crate::tidy::tree::{SourceFile, Tree, has_word};

const ROOT: &str = "Cargo.toml";

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let Some(root) = tree.find(ROOT) else {
        return vec![Finding::new(ROOT, 1, "is missing")];
    };
    let mut findings = Vec::new();
    let manifests: Vec<&SourceFile> = tree
        .files
        .iter()
        .filter(|file| file.has_end("/Cargo.toml"))
        .collect();
    for entry in entries(root, &["workspace.dependencies"]) {
        let name = entry.name;
        if !entry.has_reason {
            let words = format!("{name} is in a group without a comment that says why");
            findings.push(Finding::new(ROOT, entry.line, words));
        }
        if !manifests.iter().any(|manifest| takes(manifest, name)) {
            let words = format!("{name} is used by no package");
            findings.push(Finding::new(ROOT, entry.line, words));
        }
    }
    for manifest in manifests {
        findings.extend(unused(manifest, tree));
    }
    findings
}

/// A dependency in a manifest.
struct Entry<'a> {
    name: &'a str,
    line: usize,
    /// Whether a comment stands in its group, above it.
    has_reason: bool,
}

/// The entries of the named tables. A group ends at an empty line.
fn entries<'a>(manifest: &'a SourceFile, tables: &[&str]) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    let mut inside = false;
    let mut has_reason = false;
    for (number, line) in manifest.lines() {
        if let Some(table) = line.strip_prefix('[') {
            inside = tables
                .iter()
                .any(|one| table.trim_end() == format!("{one}]"));
            has_reason = false;
        } else if line.trim().is_empty() {
            has_reason = false;
        } else if line.starts_with('#') {
            has_reason = true;
        } else if inside && let Some((key, _)) = line.split_once('=') {
            entries.push(Entry {
                name: key.trim().trim_end_matches(".workspace"),
                line: number,
                has_reason,
            });
        }
    }
    entries
}

const TABLES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

fn takes(manifest: &SourceFile, name: &str) -> bool {
    entries(manifest, &TABLES)
        .iter()
        .any(|entry| entry.name == name)
}

/// Dependencies that no Rust file of the package mentions.
fn unused(manifest: &SourceFile, tree: &Tree) -> Vec<Finding> {
    let folder = Path::new(&manifest.path)
        .parent()
        .expect("a manifest has a folder");
    let sources: Vec<&SourceFile> = tree
        .rust()
        .filter(|file| Path::new(&file.path).starts_with(folder))
        .collect();
    entries(manifest, &TABLES)
        .iter()
        .filter(|entry| {
            let name = entry.name.replace('-', "_");
            !sources.iter().any(|file| has_word(&file.text, &name))
        })
        .map(|entry| {
            let words = format!("{} is used by no file of the package", entry.name);
            Finding::new(&manifest.path, entry.line, words)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tree::tree_of;

    const MANIFEST: &str = "[dependencies]\nserde.workspace = true\n";

    fn findings(root: &str, source: &str) -> Vec<String> {
        let tree = tree_of([
            ("Cargo.toml", root),
            ("crates/a/Cargo.toml", MANIFEST),
            ("crates/a/src/lib.rs", source),
        ]);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_dependency_needs_a_reason_in_its_group() {
        let with_reason = "[workspace.dependencies]\n# Data.\nserde = \"1\"\n";
        assert_eq!(findings(with_reason, "use serde::A;"), [""; 0]);
        let other_group = "[workspace.dependencies]\n# Data.\n\nserde = \"1\"\n";
        assert_eq!(
            findings(other_group, "use serde::A;"),
            ["Cargo.toml:4: serde is in a group without a comment that says why"]
        );
    }

    #[test]
    fn a_dependency_that_nobody_takes_or_mentions_is_found() {
        let root = "[workspace.dependencies]\n# Data.\nserde = \"1\"\ntoml = \"1\"\n";
        assert_eq!(
            findings(root, "use serde::A;"),
            ["Cargo.toml:4: toml is used by no package"]
        );
        let root = "[workspace.dependencies]\n# Data.\nserde = \"1\"\n";
        assert_eq!(
            findings(root, "use serde_json::A;"),
            ["crates/a/Cargo.toml:2: serde is used by no file of the package"]
        );
    }
}
