//! The program `wuhen`: reads the command line, runs one command, prints its answer.

mod answer;
mod app;
mod args;
mod commands;
mod config;
mod exit;
mod files;
mod pins;
mod place;
mod problem;
mod records;
mod reference;
mod secret;
mod system;
mod table;
mod wiring;
mod words;

use std::io::{self, ErrorKind, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::parser::ValueSource;
use clap::{FromArgMatches as _, ValueEnum as _};
use serde_json::json;
use wuhen_custody::process::{Hardening, harden};

use answer::Answer;
use app::App;
use args::Cli;
use exit::Exit;
use problem::Problem;
use words::{Lang, say};

fn main() -> ExitCode {
    // Before anything else: a crash must not write keys to disk, nor a record to a terminal or a log.
    let hardening = harden();
    std::panic::set_hook(Box::new(|panic| {
        // A file that a reader cannot take is told as damaged; the fault ends with the reader's thread.
        if std::thread::current().name() == Some(wuhen_formats::pdf::THREAD_NAME) {
            return;
        }
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        let _ = writeln!(
            io::stderr(),
            "error: a fault in the program at {place}; please report it"
        );
    }));
    catch_unwind(AssertUnwindSafe(|| run(hardening)))
        .unwrap_or(Exit::Failed)
        .into()
}

fn run(hardening: Hardening) -> Exit {
    let parsed = args::command(language_of_help())
        .try_get_matches()
        .and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, names_store(&matches))));
    let (cli, store_given) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return usage(&error),
    };
    let lang = cli.global.lang.unwrap_or_else(Lang::of_locale);
    let json = cli.global.json;
    let answer = App::new(&cli.global, store_given, lang, hardening)
        .and_then(|app| commands::run(&app, &cli.command));
    let shown = answer.and_then(|answer| show(&answer, json).map(|()| answer.exit));
    shown.unwrap_or_else(|problem| complain(&problem, lang, json))
}

/// Whether somebody named the store, on the command line or in the environment: its default names one for every command.
fn names_store(matches: &clap::ArgMatches) -> bool {
    let named = [ValueSource::CommandLine, ValueSource::EnvVariable];
    (matches.value_source("store")).is_some_and(|source| named.contains(&source))
        || matches
            .subcommand()
            .is_some_and(|(_, matches)| names_store(matches))
}

/// The language is needed before the command line is understood: help may be all that is asked for.
fn language_of_help() -> Lang {
    let arguments: Vec<String> = std::env::args_os()
        .filter_map(|argument| argument.into_string().ok())
        .collect();
    let named = arguments.iter().enumerate().find_map(|(at, argument)| {
        match argument.strip_prefix("--lang") {
            Some("") => arguments.get(at + 1).map(String::as_str),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        }
    });
    named
        .and_then(|name| Lang::from_str(name, true).ok())
        .unwrap_or_else(Lang::of_locale)
}

fn show(answer: &Answer, json: bool) -> Result<(), Problem> {
    let mut out = io::stdout().lock();
    match out
        .write_all(answer.output(json).as_bytes())
        .and_then(|()| out.flush())
    {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(Problem::Output),
    }
}

fn complain(problem: &Problem, lang: Lang, json: bool) -> Exit {
    if let Problem::Output(error) = problem
        && error.kind() == ErrorKind::BrokenPipe
    {
        return Exit::Done;
    }
    let (exit, message) = (problem.exit(), problem.message(lang));
    let line = if json {
        json!({ "error": message, "exit_code": exit.code() }).to_string()
    } else {
        say!(lang, "error: {message}", "错误：{message}")
    };
    let _ = writeln!(io::stderr(), "{line}");
    exit
}

/// Help and version are answers; everything else that clap says is a wrong use.
fn usage(error: &clap::Error) -> Exit {
    if !error.use_stderr() {
        let _ = error.print();
        return Exit::Done;
    }
    let lang = language_of_help();
    let chinese = match lang {
        Lang::En => None,
        Lang::Zh => words::usage_zh(error),
    };
    if std::env::args().any(|argument| argument == "--json") {
        let message = chinese.unwrap_or_else(|| error.to_string());
        let message = message.trim_start_matches("error: ").trim();
        let line = json!({ "error": message, "exit_code": Exit::Usage.code() });
        let _ = writeln!(io::stderr(), "{line}");
    } else if let Some(message) = chinese {
        let _ = writeln!(io::stderr(), "错误：{message}");
    } else {
        let _ = error.print();
    }
    Exit::Usage
}
