//! `wuhen hold`: legal holds.

use clap::{ArgGroup, Args, Subcommand};

use super::{When, json};

#[derive(Subcommand)]
pub(crate) enum Hold {
    /// Place a legal hold: nobody erases what it covers until two people release it
    ///
    /// A guest or a conversation is covered with what comes later. A label and words are frozen to what bears or contains them
    /// now. An erasure that is being carried out stops before it takes anything that the hold covers.
    #[command(after_long_help = json::HOLD_PLACE)]
    Place(PlaceHold),
    /// List legal holds
    #[command(after_long_help = json::HOLD_LIST)]
    List,
    /// Ask for the release of a hold, or carry out what another member of staff has asked for
    ///
    /// Who asked cannot agree. Where one person alone may hold, the same one runs it again 24 hours later.
    #[command(after_long_help = json::HOLD_RELEASE)]
    Release {
        /// Number of the hold, such as H-000001
        hold: String,
        /// Why; it is sealed
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Agree to a release that another member of staff has asked for
    #[command(after_long_help = json::HOLD_RELEASE)]
    Approve {
        /// Number of the hold, such as H-000001
        hold: String,
    },
}

#[derive(Args)]
#[command(group(ArgGroup::new("covered").required(true).args(["guest", "conversation", "label", "query"])))]
pub(crate) struct PlaceHold {
    /// The dispute, procedure or request that it is for; it is sealed
    #[arg(long, value_name = "TEXT")]
    pub(crate) matter: String,
    /// Who ordered it; it is sealed
    #[arg(long, value_name = "TEXT")]
    pub(crate) issuer: String,
    /// A guest, with everything
    #[arg(long, value_name = "ID")]
    pub(crate) guest: Option<String>,
    /// Whole conversations
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub(crate) conversation: Vec<String>,
    /// Every conversation that bears this confidentiality label now
    #[arg(long, value_name = "NAME")]
    pub(crate) label: Option<String>,
    /// Every message that contains these words now, with its attachments
    #[arg(long, value_name = "WORDS")]
    pub(crate) query: Option<String>,
    /// When somebody looks whether it is still needed [default: in 90 days]
    #[arg(long, value_name = "DATE")]
    pub(crate) review: Option<When>,
    /// Why; it is sealed
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
}
