//! `cargo xtask test`: every check that a change must pass, in the order in which they are cheap to fail.
//! The last lines are the test runner's own summary, then `N passed, N failed` over all steps and tests.

mod counts;
mod debian;
mod fuzz;

use std::fmt::Write as _;
use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::shell::{self, Stopwatch, Workspace};
use crate::test::counts::Counts;
use crate::{bench, demo, generate, tidy};

/// What a step came to, where it did not fail.
enum Outcome {
    Passed,
    /// It could not run here, for this reason.
    Skipped(String),
}

/// One check that counts as one.
struct Step {
    name: &'static str,
    /// What to do when it fails.
    advice: &'static str,
    run: fn(&Workspace) -> Result<Outcome>,
}

const STEPS: [Step; 10] = [
    Step {
        name: "Debian packages",
        advice: "install the named packages",
        run: |_| debian::ensure(debian::TO_BUILD).map(|()| Outcome::Passed),
    },
    Step {
        name: "format",
        advice: "cargo fmt --all",
        run: |here| cargo(here, ["fmt", "--all", "--check"]),
    },
    Step {
        name: "tidy",
        advice: "the house rules are in xtask/src/tidy; each line above names a place",
        run: |here| tidy::run(here).map(|()| Outcome::Passed),
    },
    Step {
        name: "lints",
        advice: "cargo clippy --workspace --all-targets",
        run: lints,
    },
    Step {
        name: "documentation",
        advice: "cargo doc --no-deps --workspace",
        run: documentation,
    },
    Step {
        name: "licences and advisories",
        advice: "cargo deny check; the rules are in deny.toml",
        run: licences,
    },
    Step {
        name: "generated files",
        advice: "cargo xtask generate, then commit",
        run: |here| generate::run(here, true).map(|()| Outcome::Passed),
    },
    Step {
        name: "demo",
        advice: "cargo xtask demo --keep, then look at the folder it names",
        run: |here| demo::run(here, demo::Options::default()).map(|()| Outcome::Passed),
    },
    Step {
        name: "bench smoke",
        advice: "cargo xtask bench --smoke",
        run: bench_smoke,
    },
    Step {
        name: "fuzz smoke",
        advice: "the input that failed is in fuzz/artifacts; make it a test",
        run: fuzz::smoke,
    },
];

/// Behind the others where the run is the full one.
const FUZZ_FULL: Step = Step {
    name: "fuzz full",
    advice: "the input that failed is in fuzz/artifacts; make it a test and an input of fuzz/corpus",
    run: fuzz::full,
};

/// Runs everything; with `full` the tests use large data and all crash points, and the result is written down.
pub(crate) fn run(workspace: &Workspace, full: bool) -> Result<ExitCode> {
    let stopwatch = Stopwatch::start();
    let mut counts = Counts::default();
    let mut skipped = Vec::new();
    let outcome = run_all(workspace, full, &mut counts, &mut skipped);
    if full {
        write_report(workspace, counts, &skipped, stopwatch.elapsed())?;
    }
    for line in &skipped {
        println!("SKIPPED {line}");
    }
    if let Err(error) = &outcome {
        println!("FAILED {error:#}");
    }
    // The counts are the very last line, whatever happened: programs that watch the run read it.
    println!("{counts}");
    Ok(match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    })
}

fn run_all(
    workspace: &Workspace,
    full: bool,
    counts: &mut Counts,
    skipped: &mut Vec<String>,
) -> Result<()> {
    for step in STEPS.iter().chain(full.then_some(&FUZZ_FULL)) {
        println!("=== {}", step.name);
        let stopwatch = Stopwatch::start();
        let outcome = (step.run)(workspace);
        let seconds = stopwatch.elapsed().as_secs_f64();
        match outcome {
            Ok(Outcome::Passed) => {
                counts.passed += 1;
                println!("=== {}: passed in {seconds:.1} s", step.name);
            }
            Ok(Outcome::Skipped(reason)) => {
                println!("=== {}: SKIPPED: {reason}", step.name);
                skipped.push(format!("{}: {reason}", step.name));
            }
            Err(error) => {
                counts.failed += 1;
                println!("=== {}: FAILED after {seconds:.1} s", step.name);
                return Err(error.context(format!("{} (to do: {})", step.name, step.advice)));
            }
        }
    }
    tests(workspace, full, counts)
}

/// Tries the same random cases for everybody who tests one commit: what fails is of this change. The full run draws new ones.
const PROPERTIES_SEED: (&str, &str) = ("PROPTEST_RNG_SEED", "1");

/// Documentation examples first, so that the runner's summary closes the output.
fn tests(workspace: &Workspace, full: bool, counts: &mut Counts) -> Result<()> {
    let runner = runner(workspace);
    println!("=== tests");
    let stopwatch = Stopwatch::start();
    let doctests = ["test", "--workspace", "--doc", "--quiet"];
    counts.add_run(&mut workspace.cargo(doctests), full, counts::of_libtest)?;
    match runner {
        Runner::Nextest => {
            let profile = if full { "full" } else { "default" };
            let arguments = ["nextest", "run", "--workspace", "--profile", profile];
            let command = &mut workspace.cargo(arguments);
            counts.add_run(seeded(command, full), full, counts::of_nextest)?;
        }
        Runner::Libtest => {
            let arguments = [
                "test",
                "--workspace",
                "--lib",
                "--bins",
                "--tests",
                "--no-fail-fast",
            ];
            let command = &mut workspace.cargo(arguments);
            counts.add_run(seeded(command, full), full, counts::of_libtest)?;
        }
    }
    println!("=== tests: {:.1} s", stopwatch.elapsed().as_secs_f64());
    if counts.failed > 0 {
        bail!("tests failed: {}", counts.failed);
    }
    Ok(())
}

fn seeded(command: &mut Command, full: bool) -> &mut Command {
    let (name, seed) = PROPERTIES_SEED;
    if full {
        return command;
    }
    command.env(name, seed)
}

enum Runner {
    Nextest,
    Libtest,
}

/// Picks nextest, installs it where it is missing, and says so when that is not possible.
fn runner(workspace: &Workspace) -> Runner {
    if shell::works(&mut workspace.cargo(["nextest", "--version"])) {
        return Runner::Nextest;
    }
    println!("cargo-nextest is missing; installing it");
    match shell::run(&mut workspace.cargo(["install", "cargo-nextest", "--locked"])) {
        Ok(()) => Runner::Nextest,
        Err(error) => {
            println!("cargo-nextest could not be installed ({error:#}): using cargo test instead");
            Runner::Libtest
        }
    }
}

fn cargo<const N: usize>(workspace: &Workspace, arguments: [&str; N]) -> Result<Outcome> {
    shell::run(&mut workspace.cargo(arguments)).map(|()| Outcome::Passed)
}

fn lints(workspace: &Workspace) -> Result<Outcome> {
    let clippy = ["clippy", "--workspace", "--all-targets", "--quiet"];
    let mut command = workspace.cargo(clippy);
    shell::run(command.args(["--", "-D", "warnings"])).map(|()| Outcome::Passed)
}

fn documentation(workspace: &Workspace) -> Result<Outcome> {
    let mut command = workspace.cargo(["doc", "--no-deps", "--workspace", "--quiet"]);
    shell::run(command.env("RUSTDOCFLAGS", "-D warnings")).map(|()| Outcome::Passed)
}

fn licences(workspace: &Workspace) -> Result<Outcome> {
    if !shell::works(&mut workspace.cargo(["deny", "--version"])) {
        // Building it takes minutes, more than all it would check here.
        let reason = "cargo-deny is not installed (cargo install cargo-deny --locked)";
        return Ok(Outcome::Skipped(reason.to_owned()));
    }
    cargo(workspace, ["deny", "check", "bans", "licenses", "sources"])?;
    let (lines, success) = shell::tee(&mut workspace.cargo(["deny", "check", "advisories"]))?;
    if success {
        return Ok(Outcome::Passed);
    }
    if lines
        .iter()
        .any(|line| line.contains("failed to fetch advisory database"))
    {
        let reason = "licences are in order, but the advisories cannot be fetched from here";
        return Ok(Outcome::Skipped(reason.to_owned()));
    }
    bail!("cargo deny found advisories")
}

fn bench_smoke(workspace: &Workspace) -> Result<Outcome> {
    Ok(match bench::run(workspace, bench::Size::Smoke)? {
        0 => Outcome::Skipped("no package has a bench program".to_owned()),
        _ => Outcome::Passed,
    })
}

/// Writes `docs/last-full-test.md`, which is committed: readers see when the long run last passed, and where.
fn write_report(
    workspace: &Workspace,
    counts: Counts,
    skipped: &[String],
    elapsed: Duration,
) -> Result<()> {
    let commit = shell::output(
        workspace
            .command("git")
            .args(["rev-parse", "--short", "HEAD"]),
    )?;
    let changes = shell::output(workspace.command("git").args(["status", "--porcelain"]))?;
    let clean = if changes.is_empty() {
        ""
    } else {
        ", with uncommitted changes"
    };
    let mut text = format!(
        "# Last full test\n\nWritten by `cargo xtask test --full`.\n\n\
         | date | commit | result | seconds |\n|---|---|---|---|\n| {} | {}{clean} | {counts} | {} |\n",
        shell::today(),
        commit.trim(),
        elapsed.as_secs(),
    );
    for line in skipped {
        writeln!(text, "\nSkipped: {line}").expect("a string takes all");
    }
    let folder = workspace.root.join("docs");
    std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(folder.join("last-full-test.md"), text))
        .context("cannot write docs/last-full-test.md")
}
