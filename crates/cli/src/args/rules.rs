//! `wuhen rules`: rule packs, and how their periods are counted.

use clap::{Args, Subcommand};
use jiff::civil::Date;
use wuhen_model::calendar::{Counting, Period};
use wuhen_model::rules::TenantKind;

use super::{BadValue, json, value};

#[derive(Subcommand)]
pub(crate) enum Rules {
    /// Read a rule pack and say all that is wrong with it, each with its line
    #[command(after_long_help = json::RULES_CHECK)]
    Check {
        /// The pack: a TOML file, or `cn`, `eu`, `cn+eu` or `none`
        #[arg(value_name = "PACK")]
        pack: String,
    },
    /// Show the rules of a pack; without one, the pack that holds here, the one that waits, and those before
    #[command(after_long_help = json::RULES_SHOW)]
    Show {
        /// The pack: a TOML file, or `cn`, `eu`, `cn+eu` or `none`
        #[arg(value_name = "PACK")]
        pack: Option<String>,
        /// Only rules for this kind of house: `platform` or `hotel-own-site`
        #[arg(long, value_name = "KIND", value_parser = kind)]
        kind: Option<TenantKind>,
    },
    /// Put a pack in force, after a delay in which it can be taken back
    ///
    /// What it would make due is shown before, and a word has to be typed without --yes. More records than one batch may take are
    /// refused with --yes unless --limit allows them; at the terminal their number has to be typed.
    #[command(after_long_help = json::RULES_APPLY)]
    Apply(Apply),
    /// Take back the pack that waits
    #[command(after_long_help = json::RULES_WITHDRAW)]
    Withdraw,
    /// Let a batch go on that stopped because it would have taken too much
    #[command(after_long_help = json::RULES_CONFIRM)]
    Confirm {
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Compare two packs, rule by rule
    #[command(after_long_help = json::RULES_DIFF)]
    Diff {
        /// The pack that was: a TOML file, or the name of one that comes with the program
        #[arg(value_name = "OLD")]
        old: String,
        /// The pack that is to be
        #[arg(value_name = "NEW")]
        new: String,
    },
    /// Print the JSON schema of rule packs, for editors
    #[command(after_long_help = json::RULES_SCHEMA)]
    Schema,
    /// Count a period as the law counts it
    #[command(after_long_help = json::RULES_COUNT)]
    Count(Count),
}

#[derive(Args)]
pub(crate) struct Apply {
    /// The pack: a TOML file, or `cn`, `eu`, `cn+eu` or `none`
    #[arg(value_name = "PACK")]
    pub(crate) pack: String,
    /// How long it waits, such as 48h or 7d; 0h is at once, for a store without records, or with --yes
    #[arg(long, value_name = "TIME", value_parser = value::hours, default_value = "24h")]
    pub(crate) after: u32,
    /// Records that one batch takes without asking [default: 1000]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,
    /// Only say what it would make due
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Do not ask
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) yes: bool,
    /// Why; it is sealed
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) reason: String,
}

#[derive(Args)]
pub(crate) struct Count {
    /// The period, such as `3y 30d`, `1mo`, `15wd` (working days)
    #[arg(value_name = "PERIOD", value_parser = period)]
    pub(crate) period: Period,
    /// The day of the event that begins it
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) from: Date,
    /// By which law: `civil-code`, `regulation-1182-71` or `plain`
    #[arg(long, value_name = "LAW", value_parser = counting, default_value = "civil-code")]
    pub(crate) counting: Counting,
    /// Whose public holidays count under `regulation-1182-71`: two letters, such as `DE`
    #[arg(long, value_name = "STATE")]
    pub(crate) member_state: Option<String>,
}

fn kind(name: &str) -> Result<TenantKind, BadValue> {
    name.parse().map_err(|_| {
        BadValue::new(
            "write platform or hotel-own-site",
            "请写 platform 或 hotel-own-site",
        )
    })
}

fn period(text: &str) -> Result<Period, BadValue> {
    match text.parse::<Period>() {
        Ok(period) if period.hours == 0 => Ok(period),
        Ok(_) => Err(BadValue::new(
            "hours run on the clock, from the event on: there is nothing to count",
            "小时按时钟自事件起计算，无需换算",
        )),
        Err(error) => Err(BadValue::new(
            error.to_string(),
            "期限写作数字加单位，从大到小，如 3y 30d；单位：y 年、mo 月、w 周、d 日、wd 工作日（工作日单独使用）",
        )),
    }
}

fn day(text: &str) -> Result<Date, BadValue> {
    let is_day = text.len() == "2025-11-24".len();
    is_day
        .then(|| text.parse().ok())
        .flatten()
        .ok_or_else(|| BadValue::new("write a day as 2025-11-24", "日期写作 2025-11-24"))
}

fn counting(name: &str) -> Result<Counting, BadValue> {
    Counting::named(name).ok_or_else(|| {
        BadValue::new(
            "write civil-code, regulation-1182-71 or plain",
            "请写 civil-code、regulation-1182-71 或 plain",
        )
    })
}
