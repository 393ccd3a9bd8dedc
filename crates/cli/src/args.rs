//! The command line: one definition from which parser, help, completions and the reference come.

mod bookings;
mod chinese;
mod eyes;
mod hold;
mod house;
mod init;
pub(crate) mod json;
mod ledger;
mod mark;
mod redact;
mod request;
mod rules;
mod run;
mod staff;
mod text;
mod value;
mod when;
mod who;

use std::path::PathBuf;

use clap::{ArgGroup, Args, CommandFactory as _, Parser, Subcommand};
use clap_complete::Shell;

use crate::words::Lang;

pub(crate) use bookings::{
    Bookings, BookingsImport, BookingsList, BookingsSet, DepositName, TurnName,
};
pub(crate) use eyes::Eyes;
pub(crate) use hold::{Hold, PlaceHold};
pub(crate) use house::{CleanUp, House, Numbers};
pub(crate) use init::Init;
pub(crate) use ledger::Ledger;
pub(crate) use mark::Mark;
pub(crate) use redact::Redact;
pub(crate) use request::Request;
pub(crate) use rules::{Apply, Count, Rules};
pub(crate) use run::Run;
pub(crate) use staff::{RoleName, Staff};
pub(crate) use text::{Colour, Scan, TextFormat, TextInput};
pub(crate) use value::BadValue;
pub(crate) use when::{Edge, When};
pub(crate) use who::Who;

/// Customer-service chat records that can be provably forgotten
///
/// Import chat records, read and search them, erase them for good, and hand out a certificate that anybody can check
/// offline. Everything is sealed before it touches the disk.
#[derive(Parser)]
#[command(name = "wuhen", version, max_term_width = 110, after_long_help = json::general())]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The definition, with its help in this language. Names, and the JSON, are the same in both.
pub(crate) fn command(lang: Lang) -> clap::Command {
    match lang {
        Lang::En => Cli::command(),
        Lang::Zh => chinese::translate(Cli::command()),
    }
}

/// What every command takes.
#[derive(Args)]
#[command(next_help_heading = "General options")]
pub(crate) struct Global {
    /// Folder of the store
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        default_value = "./wuhen-data",
        env = "WUHEN_STORE",
        hide_env_values = true
    )]
    pub(crate) store: PathBuf,
    /// Folder of the keys, once for each replica [default: those given to `init`]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) keys: Vec<PathBuf>,
    /// Answer in JSON, for machines
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Language of the answers [default: by locale]
    #[arg(long, global = true, value_enum)]
    pub(crate) lang: Option<Lang>,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make a store and its keys
    #[command(after_long_help = json::INIT)]
    Init(Init),
    /// Import chat records
    ///
    /// Each file is one transaction: a file that fails leaves nothing behind, and those before it stay. Importing again
    /// adds only what is new. What was erased stays away.
    #[command(after_long_help = json::IMPORT)]
    Import(Import),
    /// What is stored, in numbers
    #[command(after_long_help = json::STATS)]
    Stats,
    /// List guests
    #[command(after_long_help = json::GUESTS)]
    Guests(Guests),
    /// List conversations
    #[command(after_long_help = json::CONVERSATIONS)]
    Conversations(Conversations),
    /// Show one conversation with its messages
    ///
    /// Personal data is masked as far as the role that reads is not to see it. --reveal lifts the masks for a supervisor or the
    /// privacy officer; the ledger records that it was done, by which role and why.
    #[command(after_long_help = json::SHOW)]
    Show(Show),
    /// Find messages by words
    ///
    /// Finds every message whose text contains the words, regardless of case and of full or half width. One or two
    /// Latin letters or digits match whole words only. What is shown is masked as `show` masks it.
    #[command(after_long_help = json::SEARCH)]
    Search(Search),
    /// Find personal data in a text, or in the store
    ///
    /// With FILE, or text on standard input: shows each line that has personal data, with its spans marked. Nothing is stored.
    /// With --store and no FILE: reads and scans every message of the store by the rules of today, the records of guests and
    /// conversations, and all further fields; texts and PDF files count as they were read when they came. Nothing is changed.
    /// Conversations that hold what opens an account, pays or proves an identity come first; among them the heaviest. Weight:
    /// 100 for each security code, secret, card or bank account, 50 for each identity document, 5 for each phone, mail, chat
    /// account, address or birthday, 1 for anything else, times one more than the full years since the conversation last spoke.
    #[command(after_long_help = json::SCAN)]
    Scan(Scan),
    /// What the house says about itself
    #[command(subcommand)]
    House(House),
    /// The people of the house: who may act, and as what
    #[command(subcommand)]
    Staff(Staff),
    /// Bookings: what they guard, and until when
    #[command(subcommand)]
    Bookings(Bookings),
    /// Rule packs: how long what must and may be kept, and why
    #[command(subcommand)]
    Rules(Rules),
    /// Do what is due: retention, clean-up, reviews, reminders, repositories
    ///
    /// Without --once it goes on until it is interrupted. Between two times the store is closed, so that other commands can be run.
    #[command(after_long_help = json::RUN)]
    Run(Run),
    /// Write out one attachment
    ///
    /// A text is masked as `show` masks messages. What cannot be masked is written whole or not at all: pictures and documents that
    /// are marked as identity documents only for roles that see those, PDF files only for roles that see all that was found in them.
    /// --reveal lifts this for a supervisor or the privacy officer, on record; what such a role never sees stays masked.
    #[command(after_long_help = json::ATTACHMENT)]
    Attachment(Attachment),
    /// Erase records for good
    ///
    /// There is no way back. Without --yes, what would go is shown and a word has to be typed.
    #[command(after_long_help = json::ERASE)]
    Erase(Erase),
    /// Requests for an erasure: what was decided, what they wait for, who agrees
    #[command(subcommand)]
    Request(Request),
    /// Cut personal data out of a text, or out of stored records for good
    ///
    /// With FILE, or text on standard input: writes the same text without its personal data. Nothing is stored. With --format
    /// jsonl every text and number of a line is looked at, at any depth, and the rest stays as it came, names of fields too.
    /// With --guest, --conversation, --message or --all, records of the store: they stay; what is cut out of them can be read
    /// nowhere any more, and a certificate says so. There is no way back. Without --yes, what would go is shown and a word has to
    /// be typed. Texts of messages are looked through, the further fields that they came with and who sent them; their attachments
    /// that are texts; the records of conversations and guests. Nothing can be cut out of PDF files, pictures are not looked into,
    /// ids and labels stay: the preview and the answer count what is left so.
    #[command(after_long_help = json::REDACT)]
    Redact(Redact),
    /// Legal holds: what nobody may erase until two people release it
    #[command(subcommand)]
    Hold(Hold),
    /// Put a confidentiality label on a conversation
    ///
    /// Destroying a label, with `erase --label`, erases every conversation that bears it.
    #[command(after_long_help = json::LABEL)]
    Label(Label),
    /// Say what an attachment shows, or that it does not
    ///
    /// Pictures sent where identity documents or payment cards were spoken of are marked by themselves; a mark by hand
    /// goes before. It is erased with the attachment.
    #[command(after_long_help = json::MARK)]
    Mark(Mark),
    /// Check an erasure certificate, offline
    ///
    /// No store is needed. The key is the one that the hotel publishes; `wuhen ledger key` prints it there. Without --key,
    /// pinned keys are tried: `$XDG_CONFIG_HOME/wuhen/pins`, or `~/.config/wuhen/pins`.
    #[command(after_long_help = json::VERIFY)]
    Verify(Verify),
    /// The public record of what happened
    #[command(subcommand)]
    Ledger(Ledger),
    /// Copies for the day the disk is lost, kept current so that nothing erased comes back
    #[command(subcommand)]
    Snapshot(Snapshot),
    /// Certificates of earlier erasures
    #[command(subcommand)]
    Certificate(Certificate),
    /// Search the raw bytes of every file for words that must not be there
    ///
    /// Reads every file of store, keys and snapshots, for each line of FILE as UTF-8, UTF-16, base64 and hexadecimal.
    #[command(after_long_help = json::PROBE)]
    Probe(Probe),
    /// What could be better on this machine
    #[command(after_long_help = json::DOCTOR)]
    Doctor(Doctor),
    /// Print completions for a shell
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// Print the reference of the command line in Markdown
    #[command(hide = true)]
    Reference,
}

#[derive(Args)]
pub(crate) struct Import {
    /// JSON Lines, also as .gz or .zst; - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Name of the source that the ids belong to [default: the file's name without its endings]
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// Let in again what was erased before
    #[arg(long)]
    pub(crate) allow_erased: bool,
}

#[derive(Args)]
pub(crate) struct Guests {
    /// Only guests whose record contains this text
    #[arg(long, value_name = "TEXT")]
    pub(crate) find: Option<String>,
    #[command(flatten)]
    pub(crate) eyes: Eyes,
}

#[derive(Args)]
pub(crate) struct Conversations {
    /// Only those of this guest
    #[arg(long, value_name = "ID")]
    pub(crate) guest: Option<String>,
    #[command(flatten)]
    pub(crate) eyes: Eyes,
}

#[derive(Args)]
pub(crate) struct Show {
    /// Id of the conversation; SOURCE/ID where several sources have it
    pub(crate) conversation: String,
    #[command(flatten)]
    pub(crate) eyes: Eyes,
    /// Lift the masks, on record; for a supervisor or the privacy officer
    #[arg(long, requires = "reason")]
    pub(crate) reveal: bool,
    /// Why the masks are lifted; it is sealed
    #[arg(long, value_name = "TEXT", requires = "reveal")]
    pub(crate) reason: Option<String>,
}

#[derive(Args)]
pub(crate) struct Search {
    /// What to look for
    pub(crate) text: String,
    /// Only in this guest's conversations
    #[arg(long, value_name = "ID")]
    pub(crate) guest: Option<String>,
    /// Only messages sent then or later: a day (2024-05-01) from its start, or a time (RFC 3339)
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<When>,
    /// Only messages sent until then: a day to its end, or before a time
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<When>,
    #[command(flatten)]
    pub(crate) eyes: Eyes,
}

#[derive(Args)]
pub(crate) struct Attachment {
    /// Id of the conversation
    pub(crate) conversation: String,
    /// Number of the attachment, as `show` lists it
    pub(crate) number: u32,
    /// Write to this new file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) eyes: Eyes,
    /// Lift the masks, on record; for a supervisor or the privacy officer
    #[arg(long, requires = "reason")]
    pub(crate) reveal: bool,
    /// Why the masks are lifted; it is sealed
    #[arg(long, value_name = "TEXT", requires = "reveal")]
    pub(crate) reason: Option<String>,
}

#[derive(Args)]
#[command(group(ArgGroup::new("scope").required(true).args(["guest", "conversation", "message", "label", "before"])))]
pub(crate) struct Erase {
    /// A guest, with everything
    #[arg(long, value_name = "ID")]
    pub(crate) guest: Option<String>,
    /// Whole conversations
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub(crate) conversation: Vec<String>,
    /// Single messages, with their attachments; CONVERSATION/ID where several conversations have one of this id
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub(crate) message: Vec<String>,
    /// Every conversation that bears this confidentiality label
    #[arg(long, value_name = "NAME")]
    pub(crate) label: Option<String>,
    /// Every message sent before this: the start of a day (2024-05-01), or a time (RFC 3339)
    #[arg(long, value_name = "DATE")]
    pub(crate) before: Option<When>,
    /// Why; it is sealed, and stands on the certificate
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// Only say what would happen
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Erase without asking
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) yes: bool,
    /// Write the certificate to this new file
    #[arg(long, value_name = "FILE", conflicts_with = "dry_run")]
    pub(crate) certificate: Option<PathBuf>,
    /// Ask for it, also where it could be done at once
    #[arg(long)]
    pub(crate) ask: bool,
    /// Days in which it can be taken back, 0 to 30; it is asked for then [default: 7 where rules are in force, else 0]
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(0..=30))]
    pub(crate) grace_days: Option<u16>,
}

#[derive(Args)]
pub(crate) struct Label {
    /// Id of the conversation
    pub(crate) conversation: String,
    /// The label
    pub(crate) name: String,
}

#[derive(Args)]
pub(crate) struct Verify {
    /// The certificate
    pub(crate) certificate: PathBuf,
    /// File with the public key that the hotel publishes: its first line that is one
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
    /// Remember the key of --key when the certificate holds, so that --key is not needed again
    #[arg(long, requires = "key")]
    pub(crate) pin: bool,
}

#[derive(Subcommand)]
pub(crate) enum Snapshot {
    /// Register a new or empty folder for snapshots
    #[command(after_long_help = json::SNAPSHOT_INIT)]
    Init {
        /// The folder; best on another disk
        folder: PathBuf,
    },
    /// Copy what is new
    #[command(after_long_help = json::SNAPSHOT_CREATE)]
    Create {
        /// Which one, where several folders are registered
        #[arg(long, value_name = "ID")]
        repository: Option<String>,
    },
    /// List snapshots, of one folder or of all that are registered
    #[command(after_long_help = json::SNAPSHOT_LIST)]
    List {
        /// The folder; no store is needed then
        folder: Option<PathBuf>,
    },
    /// Fill a new store (--store) from a folder of snapshots
    ///
    /// The keys are needed as they are now. What was erased does not come back, whatever the snapshot's age.
    #[command(after_long_help = json::SNAPSHOT_RESTORE)]
    Restore {
        /// The folder
        folder: PathBuf,
        /// Which snapshot [default: the last]
        #[arg(long, value_name = "ID")]
        snapshot: Option<String>,
    },
    /// Stop keeping a folder current, on record
    ///
    /// What it holds becomes useless with the next erasure.
    #[command(after_long_help = json::SNAPSHOT_UNREGISTER)]
    Unregister {
        /// The repository's id
        #[arg(value_name = "ID")]
        repository: String,
    },
}

#[derive(Subcommand)]
pub(crate) enum Certificate {
    /// List erasures
    #[command(after_long_help = json::CERTIFICATE_LIST)]
    List,
    /// Print or write one certificate
    #[command(after_long_help = json::CERTIFICATE_GET)]
    Get {
        /// Number of the case, such as C-000001
        case: String,
        /// Write to this new file instead of standard output
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

#[derive(Args)]
pub(crate) struct Probe {
    /// File with one text a line, of six bytes or more
    #[arg(long, value_name = "FILE")]
    pub(crate) needles: PathBuf,
}

#[derive(Args)]
pub(crate) struct Doctor {
    /// Copy roots to replicas that lack them, and register folders that --keys adds
    #[arg(long)]
    pub(crate) repair: bool,
}
