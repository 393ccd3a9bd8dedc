//! Tables of bookings: CSV (RFC 4180), UTF-8, UTF-16 or GB18030, compressed or not, with a heading in English or Chinese. What is
//! wrong with a cell is told by its line and its column, never by what stands there.

mod cell;
mod column;

use csv::{ReaderBuilder, StringRecord};
use wuhen_model::booking::Statement;
use wuhen_model::limits::{BOOKINGS_COLUMNS_MAX, BOOKINGS_FILE_BYTES_MAX, BOOKINGS_ROWS_MAX};

use crate::error::{FormatError, Problem};
use crate::jsonl::charset::Charset;
use crate::source::Source;

pub use cell::CellProblem;
pub use column::Column;

/// Bytes taken from the source at a time.
const CHUNK_BYTES: usize = 256 << 10;

/// A table that was read to its end.
pub struct Sheet {
    /// The rows that can be understood.
    pub rows: Vec<BookingRow>,
    /// What is wrong with the others.
    pub bad: Vec<BadCell>,
    /// Rows there are, without the heading and blank lines.
    pub rows_total: u64,
    /// Columns that are not known here. They were passed over.
    pub columns_ignored: u64,
}

/// What one row says.
pub struct BookingRow {
    /// Its first line, counted from 1.
    pub line: u64,
    /// The guest's id, as it stands there.
    pub guest: String,
    /// The booking's id.
    pub id: String,
    /// Everything else.
    pub statement: Statement,
    /// When its refund was closed stands there, which says more than whether it is open.
    refund_is_said: bool,
    /// The same of a complaint.
    complaint_is_said: bool,
}

/// A cell that cannot be understood.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BadCell {
    /// The row's first line, counted from 1.
    pub line: u64,
    /// The column. None: the row as a whole.
    pub column: Option<Column>,
    /// What is wrong.
    pub problem: CellProblem,
}

/// What is wrong with a table as a whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SheetProblem {
    /// More bytes than [`BOOKINGS_FILE_BYTES_MAX`].
    #[error("the table has more than {} MiB", BOOKINGS_FILE_BYTES_MAX >> 20)]
    TooLarge,
    /// More rows than [`BOOKINGS_ROWS_MAX`].
    #[error("the table has more than {BOOKINGS_ROWS_MAX} rows")]
    TooManyRows,
    /// More columns than [`BOOKINGS_COLUMNS_MAX`].
    #[error("the table has more than {BOOKINGS_COLUMNS_MAX} columns")]
    TooManyColumns,
    /// There is not even a heading.
    #[error("the table is empty")]
    Empty,
    /// A column that every table needs.
    #[error("the heading has no column `{}`", .0.name())]
    Missing(Column),
    /// Two columns of one name, or of two names for the same.
    #[error("the heading has the column `{}` twice", .0.name())]
    Twice(Column),
}

impl SheetProblem {
    /// What a person can do about it.
    pub(crate) fn hint(self) -> &'static str {
        match self {
            Self::TooLarge | Self::TooManyRows => "split it over several files",
            Self::TooManyColumns => "leave out columns that say nothing of the booking itself",
            Self::Empty | Self::Missing(_) => {
                "its first line names the columns, separated by commas; `id` and `guest` are needed"
            }
            Self::Twice(_) => "leave one of them",
        }
    }
}

/// Reads a table.
///
/// # Errors
///
/// The file cannot be read, is in no encoding that is known, has no heading that makes sense, or is over a limit.
pub fn read(mut source: Source) -> Result<Sheet, FormatError> {
    let file = source.name.clone();
    let outcome = decoded(&mut source)
        .and_then(|text| sheet(&text).map_err(|problem| (1, Problem::Sheet(problem))));
    outcome.map_err(|(line, problem)| FormatError {
        file,
        line,
        problem,
    })
}

/// The whole text, and where it is none, on which line.
fn decoded(source: &mut Source) -> Result<String, (u64, Problem)> {
    let bytes = all_bytes(source)?;
    let mut charset = Charset::default();
    charset.decide(&bytes, true);
    let mut text = String::with_capacity(bytes.len());
    for (number, line) in (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        let line = charset.decode(line).map_err(|problem| (number, problem))?;
        text.push_str(line);
    }
    Ok(text)
}

fn all_bytes(source: &mut Source) -> Result<Vec<u8>, (u64, Problem)> {
    let mut bytes = Vec::new();
    loop {
        let held = bytes.len();
        bytes.resize(held + CHUNK_BYTES, 0);
        let read = match source.read(&mut bytes[held..]) {
            Ok(read) => read,
            Err(error) => return Err((0, source.problem(error))),
        };
        bytes.truncate(held + read);
        if bytes.len() > BOOKINGS_FILE_BYTES_MAX {
            return Err((0, Problem::Sheet(SheetProblem::TooLarge)));
        }
        if read == 0 {
            return Ok(bytes);
        }
    }
}

fn sheet(text: &str) -> Result<Sheet, SheetProblem> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut lines = Lines::new(text);
    let mut next = |record: &mut StringRecord| {
        // The text is in memory and is UTF-8, and rows may differ in length: nothing is left to fail.
        let is_there = reader.read_record(record).unwrap_or(false);
        let start = record.position().map_or(0, csv::Position::byte);
        is_there.then(|| lines.of_record_at(start))
    };
    if next(&mut record).is_none() {
        return Err(SheetProblem::Empty);
    }
    let (columns, columns_ignored) = heading(&record)?;
    let mut sheet = Sheet {
        rows: Vec::new(),
        bad: Vec::new(),
        rows_total: 0,
        columns_ignored,
    };
    while let Some(line) = next(&mut record) {
        // A line of white space is as good as a blank one.
        if record.len() == 1 && record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        sheet.rows_total += 1;
        if sheet.rows_total > BOOKINGS_ROWS_MAX as u64 {
            return Err(SheetProblem::TooManyRows);
        }
        sheet.take(line, &record, &columns);
    }
    Ok(sheet)
}

/// What each column is, and how many are not known.
fn heading(record: &StringRecord) -> Result<(Vec<Option<Column>>, u64), SheetProblem> {
    if record.len() > BOOKINGS_COLUMNS_MAX {
        return Err(SheetProblem::TooManyColumns);
    }
    let columns: Vec<Option<Column>> = record.iter().map(Column::named).collect();
    for column in Column::ALL {
        match columns.iter().filter(|one| **one == Some(column)).count() {
            0 if column.is_needed() => return Err(SheetProblem::Missing(column)),
            0 | 1 => {}
            _ => return Err(SheetProblem::Twice(column)),
        }
    }
    let ignored = columns.iter().filter(|column| column.is_none()).count();
    Ok((columns, ignored as u64))
}

impl Sheet {
    fn take(&mut self, line: u64, record: &StringRecord, columns: &[Option<Column>]) {
        if record.len() != columns.len() {
            let (cells, columns) = (record.len(), columns.len());
            self.bad.push(BadCell {
                line,
                column: None,
                problem: CellProblem::RowLength { cells, columns },
            });
            return;
        }
        let mut row = BookingRow {
            line,
            guest: String::new(),
            id: String::new(),
            statement: Statement::default(),
            refund_is_said: false,
            complaint_is_said: false,
        };
        let bad_before = self.bad.len();
        for (column, cell) in columns.iter().zip(record) {
            let Some(column) = *column else { continue };
            if let Err(problem) = cell::take(&mut row, column, cell.trim()) {
                self.bad.push(BadCell {
                    line,
                    column: Some(column),
                    problem,
                });
            }
        }
        if self.bad.len() == bad_before {
            self.rows.push(row);
        }
    }
}

/// Counts lines up to a place, going forward only.
struct Lines<'t> {
    bytes: &'t [u8],
    at: usize,
    line: u64,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: 0,
            line: 1,
        }
    }

    /// The line of a record that begins at a byte, behind blank lines.
    fn of_record_at(&mut self, start: u64) -> u64 {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        while let Some(byte) = self.bytes.get(self.at) {
            if self.at >= start && !matches!(byte, b'\n' | b'\r') {
                break;
            }
            let is_end =
                *byte == b'\n' || *byte == b'\r' && self.bytes.get(self.at + 1) != Some(&b'\n');
            self.line += u64::from(is_end);
            self.at += 1;
        }
        self.line
    }
}

#[cfg(test)]
mod tests;
