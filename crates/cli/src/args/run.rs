//! `wuhen run`.

use clap::Args;

use super::When;

#[derive(Args)]
pub(crate) struct Run {
    /// Do what is due now and end
    #[arg(long)]
    pub(crate) once: bool,
    /// Do it as if it were then, for trials: the start of a day (2024-05-01), or a time (RFC 3339); not before the ledger's last entry
    #[arg(long, value_name = "TIME", requires = "once")]
    pub(crate) at: Option<When>,
}
