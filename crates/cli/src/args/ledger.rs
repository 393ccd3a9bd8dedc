//! `wuhen ledger`: the public record, and what it knows.

use std::path::PathBuf;

use clap::Subcommand;

use super::json;

#[derive(Subcommand)]
pub(crate) enum Ledger {
    /// Derive the whole ledger anew and compare
    #[command(after_long_help = json::LEDGER_CHECK)]
    Check,
    /// Print the signed checkpoint
    #[command(after_long_help = json::LEDGER_CHECKPOINT)]
    Checkpoint,
    /// Write the ledger as a folder that outside monitors read (C2SP tlog-tiles)
    #[command(after_long_help = json::LEDGER_EXPORT)]
    Export {
        /// The folder
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Print the public key that certificates are checked with
    #[command(after_long_help = json::LEDGER_KEY)]
    Key,
    /// Who lifted masks, of what, why and how often
    #[command(after_long_help = json::LEDGER_REVEALS)]
    Reveals {
        /// Only of this conversation
        #[arg(long, value_name = "ID")]
        conversation: Option<String>,
    },
}
