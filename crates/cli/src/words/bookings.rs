//! Bookings in words: their states, and what is wrong with a row of a table.

use wuhen_formats::bookings::{CellProblem, SheetProblem};
use wuhen_model::booking::BookingStatus;
use wuhen_service::bookings::{BookingLine, BookingProblem, STATEMENTS_OF_GUEST_MAX};

use super::Lang;

/// What became of a booking.
pub(crate) fn status_words(lang: Lang, status: BookingStatus) -> &'static str {
    match status {
        BookingStatus::Booked => lang.pick("booked", "已预订"),
        BookingStatus::Stayed => lang.pick("stayed", "已入住"),
        BookingStatus::Cancelled => lang.pick("cancelled", "已取消"),
        BookingStatus::Refunding => lang.pick("refunding", "退款中"),
        BookingStatus::NoShow => lang.pick("no show", "未到店"),
    }
}

/// What is wrong with a row, with its line and its column.
pub(crate) fn booking_line(lang: Lang, bad: &BookingLine) -> String {
    let line = bad.line;
    match (lang, bad.column) {
        (Lang::En, None) => format!("line {line}: {}", bad.problem),
        (Lang::En, Some(column)) => {
            format!("line {line}, column `{}`: {}", column.name(), bad.problem)
        }
        (Lang::Zh, None) => format!("第 {line} 行：{}", problem_zh(bad.problem)),
        (Lang::Zh, Some(column)) => {
            let (zh, name) = (column.name_zh(), column.name());
            format!(
                "第 {line} 行“{zh}”（{name}）列：{}",
                problem_zh(bad.problem)
            )
        }
    }
}

fn problem_zh(problem: BookingProblem) -> String {
    match problem {
        BookingProblem::Cell(problem) => cell_zh(problem),
        BookingProblem::UnknownGuest => "没有这位客人".to_owned(),
        BookingProblem::AmbiguousGuest => {
            "多个来源都有此编号的客人；请用 --source 指明，或写成 来源/编号".to_owned()
        }
        BookingProblem::LeavesBeforeArrival => "离店日期早于入住日期".to_owned(),
        BookingProblem::HistoryFull => {
            format!("该客人的订单已更新 {STATEMENTS_OF_GUEST_MAX} 次，达到上限")
        }
    }
}

fn cell_zh(problem: CellProblem) -> String {
    match problem {
        CellProblem::RowLength { cells, columns } => {
            format!("该行有 {cells} 个单元格，而表头有 {columns} 个")
        }
        CellProblem::Empty => "为空".to_owned(),
        CellProblem::ControlCharacter => "含有控制字符".to_owned(),
        CellProblem::TooLong { bytes, bytes_max } => {
            format!("有 {bytes} 字节，超过上限 {bytes_max}")
        }
        CellProblem::NotADay => "不是日期；请写作 2026-01-05 或 2026/1/5".to_owned(),
        CellProblem::NotAMoment => {
            "不是日期或时间；请写作 2026-01-05、2026/1/5 或 2026-01-05T18:00:00+08:00".to_owned()
        }
        CellProblem::NotYesOrNo => "应为“是”或“否”".to_owned(),
        CellProblem::NotYesNoOrWhen => "应为“是”“否”、日期或时间".to_owned(),
        CellProblem::NotAStatus => "应为已预订、已入住、已取消、退款中或未到店".to_owned(),
    }
}

/// What is wrong with a table as a whole.
pub(super) fn sheet_zh(problem: SheetProblem) -> String {
    match problem {
        SheetProblem::TooLarge | SheetProblem::TooManyRows => {
            "表格过大：行数或字节数超过上限；请分成几个文件".to_owned()
        }
        SheetProblem::TooManyColumns => "列数过多；请去掉与订单无关的列".to_owned(),
        SheetProblem::Empty => "表格是空的；第一行应为列名，须有“订单号”和“客人”".to_owned(),
        SheetProblem::Missing(column) => {
            format!("表头缺少“{}”（{}）列", column.name_zh(), column.name())
        }
        SheetProblem::Twice(column) => {
            format!(
                "表头中“{}”（{}）列出现两次",
                column.name_zh(),
                column.name()
            )
        }
    }
}
