//! `wuhen house`.

use clap::Subcommand;

use super::json;

#[derive(Subcommand)]
pub(crate) enum House {
    /// The house's own phone numbers, which are nobody's personal data
    #[command(subcommand)]
    Numbers(Numbers),
}

#[derive(Subcommand)]
pub(crate) enum Numbers {
    /// Add own numbers
    #[command(after_long_help = json::HOUSE_NUMBERS)]
    Add {
        /// Phone numbers, with or without area code
        #[arg(required = true, value_name = "NUMBER")]
        numbers: Vec<String>,
    },
    /// Remove own numbers
    #[command(after_long_help = json::HOUSE_NUMBERS)]
    Remove {
        /// Phone numbers; the same digits are the same number
        #[arg(required = true, value_name = "NUMBER")]
        numbers: Vec<String>,
    },
    /// List own numbers
    #[command(after_long_help = json::HOUSE_NUMBERS)]
    List,
}
