//! `wuhen mark`: what an attachment shows.

use clap::{Args, ValueEnum};

#[derive(Args)]
pub(crate) struct Mark {
    /// Id of the conversation
    pub(crate) conversation: String,
    /// Number of the attachment, as `show` lists it
    pub(crate) number: u32,
    /// What it shows
    #[arg(value_enum, value_name = "MARK")]
    pub(crate) shows: MarkName,
    /// Why; it is sealed
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// Take the mark away
    #[arg(long)]
    pub(crate) remove: bool,
    /// Who says so
    #[arg(long, value_enum, default_value = "agent")]
    pub(crate) by: ByName,
}

/// A mark, by name.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum MarkName {
    /// An identity document or a payment card
    IdentityDocument,
}

impl From<MarkName> for wuhen_service::attachment::Mark {
    fn from(name: MarkName) -> Self {
        match name {
            MarkName::IdentityDocument => Self::IdentityDocument,
        }
    }
}

/// Who marks, by name.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum ByName {
    /// The guest
    Guest,
    /// Somebody of the house
    Agent,
}

impl From<ByName> for wuhen_service::mark::MarkedBy {
    fn from(name: ByName) -> Self {
        match name {
            ByName::Guest => Self::Guest,
            ByName::Agent => Self::Agent,
        }
    }
}
