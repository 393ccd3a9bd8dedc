//! A short run of every fuzz target, on the nightly toolchain where there is one.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::shell::{self, Workspace};
use crate::test::{Outcome, debian};

const SECONDS_PER_TARGET: u32 = 10;
const MEMORY_MIB_MAX: u32 = 1024;

/// Builds and runs all targets for some seconds each, or says why not.
pub(crate) fn smoke(workspace: &Workspace) -> Result<Outcome> {
    if !workspace.root.join("fuzz/Cargo.toml").is_file() {
        return Ok(Outcome::Skipped("there is no fuzz/Cargo.toml".to_owned()));
    }
    if !has_nightly() {
        let reason = "no nightly toolchain (rustup toolchain install nightly)";
        return Ok(Outcome::Skipped(reason.to_owned()));
    }
    if let Err(error) = debian::ensure(debian::TO_FUZZ).and_then(|()| ensure_cargo_fuzz(workspace))
    {
        return Ok(Outcome::Skipped(format!("{error:#}")));
    }
    let folder = shell::target_folder(&workspace.metadata()?)?.join("fuzz");
    shell::run(nightly(workspace, &folder).args(["build", "--sanitizer", "none"]))?;
    let targets = shell::output(nightly(workspace, &folder).arg("list"))?;
    for target in targets.split_whitespace() {
        println!("--- fuzz {target} for {SECONDS_PER_TARGET} s");
        run_target(workspace, &folder, target)?;
    }
    Ok(Outcome::Passed)
}

/// New inputs go to the target folder, so that a run never changes the checkout; committed ones are read beside them.
fn run_target(workspace: &Workspace, folder: &Path, target: &str) -> Result<()> {
    let found = folder.join("found").join(target);
    std::fs::create_dir_all(&found)?;
    let mut fuzz = nightly(workspace, folder);
    fuzz.args(["run", "--sanitizer", "none", target]).arg(found);
    let kept = workspace.root.join("fuzz/corpus").join(target);
    if kept.is_dir() {
        fuzz.arg(kept);
    }
    fuzz.arg("--")
        .arg(format!("-max_total_time={SECONDS_PER_TARGET}"))
        .arg(format!("-rss_limit_mb={MEMORY_MIB_MAX}"))
        .arg("-timeout=5");
    shell::run(&mut fuzz)
}

/// `cargo fuzz` on nightly. It has a target folder of its own: its compiler and flags differ from those of every other build.
/// No sanitizer: unsafe code is forbidden, so panics, hangs and memory are hunted, and libFuzzer sees those by itself.
fn nightly(workspace: &Workspace, folder: &Path) -> Command {
    let mut command = workspace.command("rustup");
    command.args(["run", "nightly", "cargo", "fuzz"]);
    command.env("CARGO_TARGET_DIR", folder);
    // Cargo names its own compiler and libraries to what it runs; nightly must not find those of the pinned toolchain.
    for inherited in ["CARGO", "RUSTC", "RUSTDOC", "LD_LIBRARY_PATH", "RUSTFLAGS"] {
        command.env_remove(inherited);
    }
    command
}

fn has_nightly() -> bool {
    shell::on_path("rustup")
        && shell::output(Command::new("rustup").args(["toolchain", "list"]))
            .is_ok_and(|list| list.lines().any(|line| line.starts_with("nightly-")))
}

fn ensure_cargo_fuzz(workspace: &Workspace) -> Result<()> {
    if shell::works(&mut workspace.cargo(["fuzz", "--version"])) {
        return Ok(());
    }
    println!("cargo-fuzz is missing; installing it");
    shell::run(&mut workspace.cargo(["install", "cargo-fuzz", "--locked"]))
}
