//! `cargo xtask bench`: runs every bench program of the workspace. The programs themselves measure, print and write JSON.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::shell::{self, Workspace};

/// How much data the bench programs work on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// Seconds: proves that the programs run; its figures mean nothing.
    Smoke,
    /// Up to a million messages.
    Usual,
    /// Up to ten million messages.
    Full,
}

impl Size {
    pub(crate) fn from_flags(smoke: bool, full: bool) -> Result<Self> {
        match (smoke, full) {
            (true, true) => bail!("--smoke and --full exclude each other"),
            (true, false) => Ok(Self::Smoke),
            (false, true) => Ok(Self::Full),
            (false, false) => Ok(Self::Usual),
        }
    }
}

/// Runs all bench programs and returns how many there were.
pub(crate) fn run(workspace: &Workspace, size: Size) -> Result<usize> {
    let programs = programs(&workspace.metadata()?);
    for Program { package, bench } in &programs {
        println!("--- {package}, {bench}");
        let mut cargo = workspace.cargo(["bench", "--package", package, "--bench", bench]);
        match size {
            // The dev profile is already built for the tests, and a smoke run's figures are thrown away.
            Size::Smoke => cargo.args(["--profile", "dev", "--", "--smoke"]),
            Size::Usual => &mut cargo,
            Size::Full => cargo.args(["--", "--full"]),
        };
        shell::run(&mut cargo)?;
    }
    for result in results(workspace)? {
        println!("wrote {}", result.display());
    }
    Ok(programs.len())
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Program {
    package: String,
    bench: String,
}

/// The bench targets of our own packages, in the order of their names.
fn programs(metadata: &Value) -> Vec<Program> {
    let items = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut programs = Vec::new();
    for package in items(&metadata["packages"]) {
        // Our own packages come from no registry.
        if !package["source"].is_null() {
            continue;
        }
        for target in items(&package["targets"]) {
            if target["kind"][0] == "bench" {
                programs.push(Program {
                    package: package["name"].as_str().unwrap_or_default().to_owned(),
                    bench: target["name"].as_str().unwrap_or_default().to_owned(),
                });
            }
        }
    }
    programs.sort();
    programs
}

fn results(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let folder = workspace.root.join("target/bench");
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries =
        std::fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_bench_targets_are_run() {
        let metadata = serde_json::json!({"packages": [
            {"name": "theirs", "source": "registry", "targets": [{"kind": ["bench"], "name": "speed"}]},
            {"name": "ours", "source": null, "targets": [
                {"kind": ["lib"], "name": "ours"},
                {"kind": ["bench"], "name": "open"},
                {"kind": ["bench"], "name": "erase"},
            ]},
        ]});
        let names: Vec<_> = programs(&metadata).into_iter().map(|p| p.bench).collect();
        assert_eq!(names, ["erase", "open"]);
    }

    #[test]
    fn two_sizes_at_once_are_refused() {
        assert!(Size::from_flags(true, true).is_err());
        assert!(Size::from_flags(false, true).unwrap() == Size::Full);
    }
}
