//! `wuhen request`.

use clap::{Args, Subcommand};

use super::{BadValue, json};

#[derive(Subcommand)]
pub(crate) enum Request {
    /// List requests
    #[command(after_long_help = json::REQUEST_LIST)]
    List {
        /// Only those that somebody or something still has to move on
        #[arg(long)]
        open: bool,
    },
    /// Show one request: what was decided, what it waits for, its checkpoints
    #[command(after_long_help = json::REQUEST)]
    Show {
        /// Number of the request, such as R-000012
        #[arg(value_name = "REQUEST")]
        id: String,
    },
    /// Agree to what somebody else asked for
    ///
    /// Who asked cannot agree. More than 1,000 messages need the privacy officer. Requests that follow this one are agreed to with it.
    #[command(after_long_help = json::REQUEST)]
    Approve {
        /// Number of the request, such as R-000012
        #[arg(value_name = "REQUEST")]
        id: String,
    },
    /// Take a request back while its grace is not over
    #[command(after_long_help = json::REQUEST)]
    Cancel {
        /// Number of the request, such as R-000012
        #[arg(value_name = "REQUEST")]
        id: String,
    },
    /// Refuse a request, with the article that says so
    #[command(after_long_help = json::REQUEST)]
    Refuse(Refuse),
}

#[derive(Args)]
pub(crate) struct Refuse {
    /// Number of the request, such as R-000012
    #[arg(value_name = "REQUEST")]
    pub(crate) id: String,
    /// Why: identity-not-proved, not-entitled, must-be-kept, held, nothing-found, excessive or not-approved
    #[arg(long, value_name = "WHY", value_parser = reason)]
    pub(crate) why: wuhen_model::request::RefusalReason,
    /// By which article; it is told to who asked
    #[arg(long, value_name = "TEXT")]
    pub(crate) article: String,
}

fn reason(word: &str) -> Result<wuhen_model::request::RefusalReason, BadValue> {
    word.parse().map_err(|_| {
        BadValue::new(
            "it is one of identity-not-proved, not-entitled, must-be-kept, held, nothing-found, excessive, not-approved",
            "应为 identity-not-proved、not-entitled、must-be-kept、held、nothing-found、excessive、not-approved 之一",
        )
    })
}
