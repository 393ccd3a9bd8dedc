//! A run of every fuzz target, on the nightly toolchain where there is one: short and the same for everybody who tests one commit,
//! or long and new each time. A find of the long run becomes a test and an input of the short one.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::shell::{self, Workspace};
use crate::test::{Outcome, debian};

/// Inputs that the short run tries with each target, and the seconds it may take on a slow machine.
const SMOKE_INPUTS: u32 = 20_000;
const SMOKE_SECONDS_MAX: u32 = 20;
const SMOKE_SEED: u32 = 1;
const FULL_SECONDS: u32 = 120;
const MEMORY_MIB_MAX: u32 = 1024;

/// How long, and from which inputs.
#[derive(Clone, Copy)]
enum Run {
    /// From the committed inputs alone, with one seed.
    Smoke,
    /// From all that was ever found here.
    Full,
}

/// Tries some thousands of inputs with each target, the same for one commit.
pub(crate) fn smoke(workspace: &Workspace) -> Result<Outcome> {
    run(workspace, Run::Smoke)
}

/// Looks for new inputs with each target for minutes.
pub(crate) fn full(workspace: &Workspace) -> Result<Outcome> {
    run(workspace, Run::Full)
}

/// Builds and runs all targets, or says why not.
fn run(workspace: &Workspace, run: Run) -> Result<Outcome> {
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
        println!("--- fuzz {target}");
        run_target(workspace, &folder, target, run)?;
    }
    Ok(Outcome::Passed)
}

/// New inputs go to the target folder, so that a run never changes the checkout; committed ones are read beside them.
fn run_target(workspace: &Workspace, folder: &Path, target: &str, run: Run) -> Result<()> {
    let found = match run {
        Run::Smoke => folder.join("smoke").join(target),
        Run::Full => folder.join("found").join(target),
    };
    if matches!(run, Run::Smoke) && found.is_dir() {
        // What an earlier run found would lead this one elsewhere.
        std::fs::remove_dir_all(&found)?;
    }
    std::fs::create_dir_all(&found)?;
    let mut fuzz = nightly(workspace, folder);
    fuzz.args(["run", "--sanitizer", "none", target]).arg(found);
    let kept = workspace.root.join("fuzz/corpus").join(target);
    if kept.is_dir() {
        fuzz.arg(kept);
    }
    fuzz.arg("--");
    match run {
        Run::Smoke => fuzz
            .arg(format!("-seed={SMOKE_SEED}"))
            .arg(format!("-runs={SMOKE_INPUTS}"))
            .arg(format!("-max_total_time={SMOKE_SECONDS_MAX}")),
        Run::Full => fuzz.arg(format!("-max_total_time={FULL_SECONDS}")),
    };
    fuzz.arg(format!("-rss_limit_mb={MEMORY_MIB_MAX}"))
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
