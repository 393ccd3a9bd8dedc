//! `wuhen house`.

use clap::Subcommand;
use wuhen_model::booking::GuardDays;

use super::{json, value};

#[derive(Subcommand)]
pub(crate) enum House {
    /// The house's own phone numbers, which are nobody's personal data
    #[command(subcommand)]
    Numbers(Numbers),
    /// For how many days after check-out bookings guard their records
    #[command(after_long_help = json::HOUSE_GUARD_DAYS)]
    GuardDays {
        /// 0 to 30; without it, the days that hold are shown
        #[arg(value_name = "N", value_parser = value::guard_days)]
        days: Option<GuardDays>,
    },
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
