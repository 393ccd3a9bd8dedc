//! One cell of a table of bookings: days, times, yes and no, states, as people write them in English and Chinese.

use jiff::civil::Date;
use wuhen_model::booking::{BookingStatus, Moment, Turn};
use wuhen_model::limits::{ID_BYTES_MAX, TIME_BYTES_MAX};
use wuhen_model::record::SentAt;

use super::{BookingRow, Column};

/// A guest may be named with its source before it, and a slash.
const GUEST_BYTES_MAX: usize = 255 + 1 + ID_BYTES_MAX;

/// What is wrong with a cell, or with a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CellProblem {
    /// Other than the heading.
    #[error("the row has {cells} cells where the heading has {columns}")]
    RowLength {
        /// Those of the row.
        cells: usize,
        /// Those of the heading.
        columns: usize,
    },
    /// Every row needs it.
    #[error("it is empty")]
    Empty,
    /// No id has one.
    #[error("it has a control character")]
    ControlCharacter,
    /// Over its limit.
    #[error("it has {bytes} bytes; the limit is {bytes_max}")]
    TooLong {
        /// So many.
        bytes: usize,
        /// The most.
        bytes_max: usize,
    },
    /// Not a day.
    #[error("it is no date; write 2026-01-05 or 2026/1/5")]
    NotADay,
    /// Neither a day nor a time.
    #[error("it is no date or time; write 2026-01-05, 2026/1/5 or 2026-01-05T18:00:00+08:00")]
    NotAMoment,
    /// Neither yes nor no.
    #[error("it is neither yes nor no")]
    NotYesOrNo,
    /// Neither yes nor no, nor when.
    #[error("it is neither yes nor no, nor a date or time")]
    NotYesNoOrWhen,
    /// No state.
    #[error("it is none of booked, stayed, cancelled, refunding, no-show")]
    NotAStatus,
}

/// Takes a cell into its row. An empty one says nothing, but where something is needed.
pub(super) fn take(row: &mut BookingRow, column: Column, cell: &str) -> Result<(), CellProblem> {
    match column {
        Column::Id => row.id = id(cell, ID_BYTES_MAX)?,
        Column::Guest => row.guest = id(cell, GUEST_BYTES_MAX)?,
        _ if cell.is_empty() => {}
        Column::CheckIn => row.statement.check_in(day(cell)?),
        Column::CheckOut => row.statement.check_out(day(cell)?),
        Column::Status => row.statement.status(status(cell)?),
        Column::CancelUntil => row.statement.cancel_until(moment(cell)?),
        // Whichever column stands first: when it was closed says more than whether.
        Column::RefundOpen => {
            let turn = open(yes_or_no(cell)?);
            if !row.refund_is_said {
                row.statement.refund(turn);
            }
        }
        Column::RefundClosedAt => {
            row.statement.refund(closed(cell)?);
            row.refund_is_said = true;
        }
        Column::DepositRefunded => row.statement.deposit_returned(yes_or_no(cell)?),
        Column::Dispute => row.statement.dispute(yes_or_no(cell)?),
        Column::Complaint => {
            let turn = open(yes_or_no(cell)?);
            if !row.complaint_is_said {
                row.statement.complaint(turn);
            }
        }
        Column::ComplaintClosedAt => {
            row.statement.complaint(closed(cell)?);
            row.complaint_is_said = true;
        }
        Column::ClosedAt => row.statement.closed_at(moment(cell)?),
    }
    Ok(())
}

fn id(cell: &str, bytes_max: usize) -> Result<String, CellProblem> {
    let bytes = cell.len();
    if cell.is_empty() {
        return Err(CellProblem::Empty);
    }
    if bytes > bytes_max {
        return Err(CellProblem::TooLong { bytes, bytes_max });
    }
    if cell.chars().any(char::is_control) {
        return Err(CellProblem::ControlCharacter);
    }
    Ok(cell.to_owned())
}

fn open(is_open: bool) -> Turn {
    if is_open {
        Turn::Open
    } else {
        Turn::Closed(None)
    }
}

/// When it was closed, or whether.
fn closed(cell: &str) -> Result<Turn, CellProblem> {
    match (yes_or_no(cell), moment(cell)) {
        (Ok(is_closed), _) => Ok(open(!is_closed)),
        (_, Ok(at)) => Ok(Turn::Closed(Some(at))),
        _ => Err(CellProblem::NotYesNoOrWhen),
    }
}

fn yes_or_no(cell: &str) -> Result<bool, CellProblem> {
    match cell.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "是" | "有" | "已" | "已退" | "已退还" | "已完成" => {
            Ok(true)
        }
        "no" | "n" | "false" | "0" | "否" | "无" | "未" | "未退" | "未退还" | "未完成" => {
            Ok(false)
        }
        _ => Err(CellProblem::NotYesOrNo),
    }
}

fn status(cell: &str) -> Result<BookingStatus, CellProblem> {
    match cell.to_lowercase().replace(['_', ' '], "-").as_str() {
        "booked" | "confirmed" | "已预订" | "预订" | "已确认" | "待入住" => {
            Ok(BookingStatus::Booked)
        }
        "stayed" | "checked-out" | "checked-in" | "已入住" | "在住" | "已离店" | "已退房" => {
            Ok(BookingStatus::Stayed)
        }
        "cancelled" | "canceled" | "已取消" | "取消" => Ok(BookingStatus::Cancelled),
        "refunding" | "退款中" => Ok(BookingStatus::Refunding),
        "no-show" | "noshow" | "未到店" | "未入住" => Ok(BookingStatus::NoShow),
        _ => Err(CellProblem::NotAStatus),
    }
}

/// A day. Of a time, the day that it has where it was written.
fn day(cell: &str) -> Result<Date, CellProblem> {
    if let Some(day) = plain_day(cell) {
        return Ok(day);
    }
    let is_time = cell.parse::<SentAt>().is_ok();
    let written = cell.get(..10).filter(|_| is_time);
    (written.and_then(plain_day)).ok_or(CellProblem::NotADay)
}

fn moment(cell: &str) -> Result<Moment, CellProblem> {
    if let Some(day) = plain_day(cell) {
        return Ok(Moment::Day(day));
    }
    let time: Result<SentAt, _> = cell.parse();
    time.map(|time| Moment::At(time.at))
        .map_err(|_| CellProblem::NotAMoment)
}

/// `2026-01-05`, `2026/1/5` or `2026年1月5日`.
fn plain_day(cell: &str) -> Option<Date> {
    if cell.len() > TIME_BYTES_MAX {
        return None;
    }
    let ends = cell.strip_suffix('日').unwrap_or(cell);
    let mut parts = ends.split(['-', '/', '年', '月']);
    let mut next = |digits: std::ops::RangeInclusive<usize>| {
        let part = parts.next()?;
        let is_number = digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        part.parse::<i16>().ok().filter(|_| is_number)
    };
    let (year, month, day) = (next(4..=4)?, next(1..=2)?, next(1..=2)?);
    let whole = parts.next().is_none();
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(year, month, day).ok().filter(|_| whole)
}
