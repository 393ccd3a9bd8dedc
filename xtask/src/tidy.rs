//! `cargo xtask tidy`: the house rules that a program can check, each in a module of its own.
//! A check takes the tracked files (and what cargo knows of the packages) and returns findings as `file:line: words`.

mod arrows;
mod dependencies;
mod documents;
mod gate;
mod map;
mod packages;
mod purity;
mod shape;
mod tree;
mod words;

use std::fmt;

use anyhow::{Result, bail};

use crate::shell::Workspace;
use crate::tidy::packages::Packages;
use crate::tidy::tree::Tree;

/// A place that breaks a rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    /// Path from the root of the checkout.
    file: String,
    /// Counted from 1.
    line: usize,
    words: String,
}

impl Finding {
    fn new(file: impl Into<String>, line: usize, words: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line,
            words: words.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.words)
    }
}

/// Runs all checks and prints every finding; fails when there is one.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let tree = Tree::read(workspace)?;
    let packages = Packages::from_metadata(&workspace.metadata()?)?;
    let mut findings = check(&tree, &packages);
    findings.sort();
    for finding in &findings {
        println!("{finding}");
    }
    if !findings.is_empty() {
        bail!("tidy found {} places", findings.len());
    }
    println!("tidy: {} files in order", tree.files.len());
    Ok(())
}

fn check(tree: &Tree, packages: &Packages) -> Vec<Finding> {
    [
        arrows::check(packages),
        purity::check(tree),
        shape::check(tree),
        words::check(tree),
        map::check(tree, packages),
        documents::check(tree),
        gate::check(tree),
        dependencies::check(tree),
    ]
    .into_iter()
    .flatten()
    .collect()
}
