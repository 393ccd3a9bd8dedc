//! Tasks of the project, run as `cargo xtask TASK`. This file only picks the task; each has a module of its own.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a task's output is what it is run for"
)]

mod bench;
mod corpus;
mod demo;
mod generate;
mod shell;
mod test;
mod tidy;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::shell::Workspace;

const USAGE: &str = "\
cargo xtask TASK

  demo [--keep] [--release]   build wuhen and walk through its main job with the sample hotel
  test [--full]               the set that CI runs; --full adds large data and every crash point
  bench [--smoke | --full]    measure beside the peers; results in target/bench/*.json
  tidy                        the house rules that a program can check
  generate [--check]          write the generated files, or say which are stale
  corpus generate --seed N --lines N [--out FILE]
                              lines with made-up personal data and their labels
  corpus score FILE|--labelled [--json] [--misses]
                              how well the detector reads labelled lines; --labelled: those labelled by hand
  corpus labels [--check]     make bench/labelled/chat.jsonl from chat.txt
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<ExitCode> {
    let Some((task, flags)) = arguments.split_first() else {
        bail!("no task given\n\n{USAGE}");
    };
    let workspace = Workspace::find()?;
    match task.as_str() {
        "demo" => {
            let [keep, release] = parse_flags(flags, ["--keep", "--release"])?;
            demo::run(&workspace, demo::Options { keep, release })?;
        }
        "test" => {
            let [full] = parse_flags(flags, ["--full"])?;
            return test::run(&workspace, full);
        }
        "bench" => {
            let [smoke, full] = parse_flags(flags, ["--smoke", "--full"])?;
            bench::run(&workspace, bench::Size::from_flags(smoke, full)?)?;
        }
        "tidy" => {
            let [] = parse_flags(flags, [])?;
            tidy::run(&workspace)?;
        }
        "generate" => {
            let [check] = parse_flags(flags, ["--check"])?;
            generate::run(&workspace, check)?;
        }
        "corpus" => corpus::run(&workspace, corpus::Job::parse(flags)?)?,
        "help" | "--help" | "-h" => print!("{USAGE}"),
        other => bail!("there is no task {other:?}\n\n{USAGE}"),
    }
    Ok(ExitCode::SUCCESS)
}

/// Says for each known flag whether it was given. An unknown one is an error: a typing slip must not run the wrong thing.
fn parse_flags<const N: usize>(given: &[String], known: [&str; N]) -> Result<[bool; N]> {
    for flag in given {
        if !known.contains(&flag.as_str()) {
            bail!("unknown argument {flag:?}\n\n{USAGE}");
        }
    }
    Ok(known.map(|flag| given.iter().any(|one| one == flag)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_is_seen_and_an_unknown_one_refused() {
        let given = ["--check".to_owned()];
        assert_eq!(
            parse_flags(&given, ["--check", "--full"]).unwrap(),
            [true, false]
        );
        let refusal = parse_flags(&given, ["--full"]).unwrap_err().to_string();
        assert!(refusal.contains("--check"), "{refusal}");
    }
}
