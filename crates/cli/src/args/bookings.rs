//! `wuhen bookings`.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand, ValueEnum};
use wuhen_model::booking::BookingStatus;

use super::{Eyes, When, json};

#[derive(Subcommand)]
pub(crate) enum Bookings {
    /// Import a table of bookings (CSV)
    ///
    /// The first line names the columns, in English or Chinese, in any order: `id` (订单号) and `guest` (客人) are needed; `check_in`
    /// (入住), `check_out` (离店), `status` (状态), `cancel_until` (可取消至), `refund_open` (退款中), `refund_closed_at` (退款完成),
    /// `deposit_refunded` (押金退还), `dispute` (争议), `complaint` (投诉), `complaint_closed_at` (投诉结束) and `closed_at` (结束) are read
    /// where they are there. Other columns are passed over and stored nowhere. Days are 2026-01-05 or 2026/1/5, times
    /// 2026-01-05T18:00:00+08:00; an empty cell says nothing. What a table says goes before what conversations that came earlier say. The
    /// file is one transaction: where a row cannot be taken in, all such rows are named and nothing is imported.
    #[command(after_long_help = json::BOOKINGS_IMPORT)]
    Import(BookingsImport),
    /// List a guest's bookings, and what they guard now
    #[command(after_long_help = json::BOOKINGS_LIST)]
    List(BookingsList),
    /// Say something of one booking
    ///
    /// What is not said stays as it was.
    #[command(after_long_help = json::BOOKINGS_SET)]
    Set(BookingsSet),
}

#[derive(Args)]
pub(crate) struct BookingsImport {
    /// CSV (RFC 4180) in UTF-8, UTF-16 or GB18030, also as .gz or .zst; - is standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Name of the source that the guests' ids belong to [default: any]
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// Go on past rows that cannot be taken in; the program ends with 3 then
    #[arg(long)]
    pub(crate) keep_going: bool,
    /// Only say what would be done
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Args)]
pub(crate) struct BookingsList {
    /// The guest
    #[arg(long, value_name = "ID")]
    pub(crate) guest: String,
    #[command(flatten)]
    pub(crate) eyes: Eyes,
}

#[derive(Args)]
#[command(group(ArgGroup::new("said").required(true).multiple(true).args(
    ["check_in", "check_out", "status", "cancel_until", "refund", "deposit", "dispute", "complaint", "closed_at"]
)))]
pub(crate) struct BookingsSet {
    /// Id of the booking
    #[arg(value_name = "ID")]
    pub(crate) booking: String,
    /// The guest whose booking it is
    #[arg(long, value_name = "ID")]
    pub(crate) guest: String,
    /// Day of arrival
    #[arg(long, value_name = "DATE")]
    pub(crate) check_in: Option<When>,
    /// Day of departure
    #[arg(long, value_name = "DATE")]
    pub(crate) check_out: Option<When>,
    /// What became of it
    #[arg(long, value_enum)]
    pub(crate) status: Option<StatusName>,
    /// Until when it can be called off: a day to its end, or a time
    #[arg(long, value_name = "DATE")]
    pub(crate) cancel_until: Option<When>,
    /// Whether money is still to be given back
    #[arg(long, value_enum)]
    pub(crate) refund: Option<TurnName>,
    /// Whether the deposit was given back
    #[arg(long, value_enum)]
    pub(crate) deposit: Option<DepositName>,
    /// Whether a dispute is open
    #[arg(long, value_enum)]
    pub(crate) dispute: Option<TurnName>,
    /// Whether a complaint is open
    #[arg(long, value_enum)]
    pub(crate) complaint: Option<TurnName>,
    /// When refund or complaint was closed: a day to its end, or a time [default: now]
    #[arg(long, value_name = "DATE")]
    pub(crate) at: Option<When>,
    /// When the booking was closed: nothing is left to do for it
    #[arg(long, value_name = "DATE")]
    pub(crate) closed_at: Option<When>,
}

/// What became of a booking, by name.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum StatusName {
    /// Somebody will come
    Booked,
    /// Somebody came
    Stayed,
    /// It was called off
    Cancelled,
    /// It was called off, and money is to be given back
    Refunding,
    /// Nobody came
    NoShow,
}

impl From<StatusName> for BookingStatus {
    fn from(name: StatusName) -> Self {
        match name {
            StatusName::Booked => Self::Booked,
            StatusName::Stayed => Self::Stayed,
            StatusName::Cancelled => Self::Cancelled,
            StatusName::Refunding => Self::Refunding,
            StatusName::NoShow => Self::NoShow,
        }
    }
}

/// How something stands, by name.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TurnName {
    /// It is open
    Open,
    /// It is closed
    Closed,
}

/// Where a deposit is, by name.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DepositName {
    /// The house has it
    Held,
    /// The guest has it back
    Returned,
}
