//! From the command line to one answer: a file per family of commands.

mod attachment;
mod bookings;
mod certificate;
mod doctor;
mod erase;
mod hold;
mod house;
mod import;
mod init;
mod label;
mod ledger;
mod mark;
mod probe;
mod read;
mod redact;
mod redact_json;
mod redact_left;
mod redact_text;
mod request;
mod rules;
mod rules_apply;
mod rules_shown;
mod run;
mod scan;
mod scan_store;
mod search;
mod show;
mod snapshot;
mod staff;
mod text_lines;
mod verify;

use std::io;

use crate::answer::Answer;
use crate::app::App;
use crate::args::{self, Command};
use crate::problem::Problem;
use crate::reference;
use crate::words::Lang;

/// Runs one command.
pub(crate) fn run(app: &App, command: &Command) -> Result<Answer, Problem> {
    match command {
        Command::Init(args) => init::run(app, args),
        Command::Import(args) => import::run(app, args),
        Command::Stats => read::stats(app),
        Command::Guests(args) => read::guests(app, args),
        Command::Conversations(args) => read::conversations(app, args),
        Command::Show(args) => show::run(app, args),
        Command::Search(args) => search::run(app, args),
        Command::Scan(args) => scan::run(app, args),
        Command::House(command) => house::run(app, command),
        Command::Staff(command) => staff::run(app, command),
        Command::Bookings(command) => bookings::run(app, command),
        Command::Rules(command) => rules::run(app, command),
        Command::Run(args) => run::run(app, args),
        Command::Attachment(args) => attachment::run(app, args),
        Command::Erase(args) => erase::run(app, args),
        Command::Request(command) => request::run(app, command),
        Command::Redact(args) => redact::run(app, args),
        Command::Hold(command) => hold::run(app, command),
        Command::Label(args) => label::run(app, args),
        Command::Mark(args) => mark::run(app, args),
        Command::Verify(args) => verify::run(app, args),
        Command::Ledger(command) => ledger::run(app, command),
        Command::Snapshot(command) => snapshot::run(app, command),
        Command::Certificate(command) => certificate::run(app, command),
        Command::Probe(args) => probe::run(app, args),
        Command::Doctor(args) => doctor::run(app, args),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut args::command(Lang::En), "wuhen", &mut script);
            Ok(Answer::verbatim(String::from_utf8(script).map_err(
                |error| Problem::Output(io::Error::other(error)),
            )?))
        }
        Command::Reference => Ok(Answer::verbatim(reference::markdown(&args::command(
            Lang::En,
        )))),
    }
}
