//! The documents: a README in both languages with the two commands that a newcomer needs, and links that lead somewhere.

use std::path::{Component, Path};

use crate::tidy::Finding;
use crate::tidy::tree::{SourceFile, Tree};

const READMES: [&str; 2] = ["README.md", "README.zh.md"];
const COMMANDS: [&str; 2] = ["cargo xtask demo", "cargo xtask test"];

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for readme in READMES {
        let Some(file) = tree.find(readme) else {
            findings.push(Finding::new(readme, 1, "is missing"));
            continue;
        };
        for command in COMMANDS {
            if !file.text.contains(command) {
                findings.push(Finding::new(readme, 1, format!("does not name {command}")));
            }
        }
    }
    let documents = tree.files.iter().filter(|file| file.has_end(".md"));
    findings.extend(documents.flat_map(|file| broken_links(file, tree)));
    findings
}

fn broken_links(file: &SourceFile, tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in file.lines() {
        for link in links(line) {
            if !leads_somewhere(file, link, tree) {
                let words = format!("the link to {link} leads nowhere");
                findings.push(Finding::new(&file.path, number, words));
            }
        }
    }
    findings
}

/// The targets of `[words](target)` in a line.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once(')')?.0))
}

fn leads_somewhere(file: &SourceFile, link: &str, tree: &Tree) -> bool {
    let path = link.split('#').next().unwrap_or_default();
    // Addresses of the web are not asked: a check must not depend on the network.
    if path.is_empty() || path.contains(':') {
        return true;
    }
    let from = Path::new(&file.path).parent().unwrap_or(Path::new(""));
    let target = flatten(&from.join(path));
    let folder = format!("{target}/");
    tree.files
        .iter()
        .any(|one| one.path == target || one.path.starts_with(&folder))
}

/// Resolves `..` in a path from the root.
fn flatten(path: &Path) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                parts.pop();
            }
            Component::Normal(part) => parts.extend(part.to_str()),
            _ => {}
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tree::tree_of;

    const BOTH: &str = "run `cargo xtask demo` and `cargo xtask test`";

    #[test]
    fn a_missing_readme_or_command_is_found() {
        assert_eq!(
            check(&tree_of([("README.md", BOTH), ("README.zh.md", BOTH)])),
            []
        );
        assert_eq!(check(&tree_of([("README.md", BOTH)])).len(), 1);
        let forgetful = tree_of([("README.md", BOTH), ("README.zh.md", "cargo xtask demo")]);
        assert_eq!(
            check(&forgetful),
            [Finding::new(
                "README.zh.md",
                1,
                "does not name cargo xtask test"
            )]
        );
    }

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let tree = tree_of([("docs/adr/one.md", ""), ("a.rs", "")]);
        let is_fine = |link: &str| {
            let file = SourceFile::new("docs/guide.md", format!("see [this]({link})."));
            broken_links(&file, &tree).is_empty()
        };
        assert!(is_fine("adr/one.md#why"));
        assert!(is_fine("adr"));
        assert!(is_fine("../a.rs"));
        assert!(is_fine("https://example.org/x"));
        assert!(!is_fine("adr/two.md"));
        assert!(!is_fine("../b.rs"));
    }
}
