//! `wuhen house`.

use clap::{Args, Subcommand};
use wuhen_model::booking::GuardDays;
use wuhen_model::calendar::Period;
use wuhen_model::schedule::Schedule;

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
    /// When what reached its ceiling is erased; without SCHEDULE, show it
    #[command(after_long_help = json::HOUSE_SCHEDULES)]
    Retention {
        /// Such as "daily at 03:00", in the house's time
        #[arg(value_name = "SCHEDULE", value_parser = value::schedule)]
        schedule: Option<Schedule>,
    },
    /// Erase what is old on days of the calendar; without SCHEDULE, show it
    ///
    /// What a hold, a floor or a booking keeps stays.
    #[command(after_long_help = json::HOUSE_SCHEDULES)]
    CleanUp(CleanUp),
}

#[derive(Args)]
pub(crate) struct CleanUp {
    /// Such as "1st and 15th at 03:00", in the house's time
    #[arg(value_name = "SCHEDULE", value_parser = value::schedule, requires = "older_than")]
    pub(crate) schedule: Option<Schedule>,
    /// Erase what was sent so long ago, such as 180d or 1y
    #[arg(long, value_name = "PERIOD", value_parser = value::period, requires = "schedule")]
    pub(crate) older_than: Option<Period>,
    /// Records that one clean-up takes without asking [default: 1000]
    #[arg(long, value_name = "N", requires = "schedule")]
    pub(crate) limit: Option<u64>,
    /// No clean-up any more
    #[arg(long, conflicts_with = "schedule")]
    pub(crate) off: bool,
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
