//! A table of bookings, taken in as a whole or not at all.

use std::collections::{BTreeMap, HashMap, HashSet};

use thiserror::Error;
use wuhen_formats::Source;
use wuhen_formats::bookings::{BookingRow, CellProblem, Column, Sheet, read};
use wuhen_keytree::context::NodeId;
use wuhen_model::people::Permission;
use wuhen_store::{RegisterWrite, SourceTag, Suppression};

use super::kept::{Desk, Origin, STATEMENTS_OF_GUEST_MAX};
use super::{Effect, without_codes};
use crate::Service;
use crate::door::Door;
use crate::error::ServiceError;
use crate::settings::RecordKind;
use crate::snapshot::Done;
use crate::staff::Actor;

/// How a table is taken in.
#[derive(Clone, Default)]
pub struct BookingImport {
    /// The source that the guests' ids belong to. None: any, where an id is that of one guest only.
    pub source: Option<String>,
    /// Past rows that cannot be taken in.
    pub keep_going: bool,
    /// Only says what would be done.
    pub dry_run: bool,
}

/// What became of a table.
#[derive(Clone, Default, Debug)]
pub struct BookingReport {
    /// Rows there are.
    pub rows: u64,
    /// Bookings of which nothing was kept before.
    pub added: u64,
    /// Rows that changed something about a booking.
    pub changed: u64,
    /// Rows that said nothing new.
    pub unchanged: u64,
    /// Rows of guests that were erased: they stay away.
    pub kept_away: u64,
    /// Card security codes that were cut out of what came.
    pub cut: u64,
    /// Columns that are not known, and were passed over.
    pub columns_ignored: u64,
    /// Rows that were not taken in, by line.
    pub bad: Vec<BookingLine>,
}

/// A row that cannot be taken in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BookingLine {
    /// The line that it begins on, counted from 1.
    pub line: u64,
    /// The column. None: the row as a whole.
    pub column: Option<Column>,
    /// What is wrong.
    pub problem: BookingProblem,
}

/// What is wrong with a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum BookingProblem {
    /// A cell cannot be understood.
    #[error(transparent)]
    Cell(#[from] CellProblem),
    /// Nobody has this id.
    #[error("it names a guest that is not known here")]
    UnknownGuest,
    /// Guests of several sources have it.
    #[error("guests of several sources have this id; say which with --source, or write SOURCE/ID")]
    AmbiguousGuest,
    /// With what was known before, or in itself.
    #[error("the booking would end before it begins")]
    LeavesBeforeArrival,
    /// A limit.
    #[error(
        "the guest's bookings were written on {STATEMENTS_OF_GUEST_MAX} times, the most there is room for"
    )]
    HistoryFull,
}

/// A table of which nothing was taken in.
#[derive(Debug, Error)]
#[error("{file}: {} rows cannot be taken in; nothing of this file was imported", .bad.len())]
pub struct BookingsRefused {
    /// The file as it was named.
    pub file: String,
    /// What is wrong, by line.
    pub bad: Vec<BookingLine>,
}

/// Whom a row means.
#[derive(Clone, Copy)]
enum Meant {
    Guest(NodeId),
    Erased,
    Unknown,
    Several,
}

impl Service {
    /// Takes in a table of bookings: all rows in one transaction.
    ///
    /// # Errors
    /// The file cannot be read, a row cannot be taken in (all of them are named), or the actor may not. Nothing is done then.
    pub fn import_bookings(
        &self,
        by: &Actor,
        source: Source,
        options: &BookingImport,
    ) -> Result<Done<BookingReport>, ServiceError> {
        by.check(Permission::ManageBookings)?;
        let file = source.name.clone();
        let mut sheet = read(source)?;
        let mut door = Door::new(self.detector());
        for row in &mut sheet.rows {
            row.id = without_codes(&mut door, &row.id);
        }
        let cut = door.cut;
        let mut draft = || {
            let (write, mut report) = self.draft_bookings(by, &sheet, options)?;
            report.cut = cut;
            if report.bad.is_empty() || options.keep_going {
                return Ok((write, report));
            }
            let bad = report.bad;
            let file = file.clone();
            Err(ServiceError::Bookings(BookingsRefused { file, bad }))
        };
        if options.dry_run {
            let (_, done) = self.reading(draft)?;
            let problems = Vec::new();
            return Ok(Done { done, problems });
        }
        self.change_register("bookings/import", &mut draft)
    }

    fn draft_bookings(
        &self,
        by: &Actor,
        sheet: &Sheet,
        options: &BookingImport,
    ) -> Result<(RegisterWrite, BookingReport), ServiceError> {
        let mut report = BookingReport {
            rows: sheet.rows_total,
            columns_ignored: sheet.columns_ignored,
            ..BookingReport::default()
        };
        let bad_cells = sheet.bad.iter().map(|bad| BookingLine {
            line: bad.line,
            column: bad.column,
            problem: bad.problem.into(),
        });
        report.bad.extend(bad_cells);
        let meant = self.guests_meant(&sheet.rows, options.source.as_deref())?;
        // One guest after the other: each one's keys are held no longer than they are needed.
        let mut by_guest: BTreeMap<NodeId, Vec<&BookingRow>> = BTreeMap::new();
        for row in &sheet.rows {
            match meant[&row.guest] {
                Meant::Guest(node) => by_guest.entry(node).or_default().push(row),
                Meant::Erased => report.kept_away += 1,
                Meant::Unknown => report.not_taken(row, BookingProblem::UnknownGuest),
                Meant::Several => report.not_taken(row, BookingProblem::AmbiguousGuest),
            }
        }
        let mut desk = Desk::open(self, by, Origin::Import)?;
        for (node, rows) in by_guest {
            desk.of_guest(node, |kept| {
                for row in rows {
                    match kept.take(&row.id, &row.statement)? {
                        Ok(Effect::New) => report.added += 1,
                        Ok(Effect::Changed) => report.changed += 1,
                        Ok(Effect::Unchanged) => report.unchanged += 1,
                        Err(problem) => report.not_taken(row, problem),
                    }
                }
                Ok(())
            })?;
        }
        report.bad.sort_by_key(|bad| bad.line);
        Ok((desk.write, report))
    }

    /// Whom each id means.
    fn guests_meant(
        &self,
        rows: &[BookingRow],
        source: Option<&str>,
    ) -> Result<HashMap<String, Meant>, ServiceError> {
        if let Some(name) = source
            && !self.settings().has_source(name)
        {
            return Err(ServiceError::Refused(format!(
                "there is no source {name:?} here; `wuhen guests` shows which there are"
            )));
        }
        let mut meant = HashMap::new();
        let mut unknown: Vec<(&str, Vec<SourceTag>)> = Vec::new();
        for id in rows.iter().map(|row| row.guest.as_str()) {
            if meant.contains_key(id) {
                continue;
            }
            let tags: Vec<SourceTag> = if let Some(name) = source {
                vec![self.settings().source_tag(name, RecordKind::Guest, id)]
            } else {
                let tags = self.tags(RecordKind::Guest, id).into_iter();
                tags.map(|(_, tag)| tag).collect()
            };
            let mut found = HashSet::new();
            for tag in &tags {
                let guest = self.store.guest_by_tag(self.tenant, tag)?;
                found.extend(guest.map(|row| row.node));
            }
            let mut found = found.into_iter();
            let who = match (found.next(), found.next()) {
                (Some(node), None) => Meant::Guest(node),
                (Some(_), Some(_)) => Meant::Several,
                (None, _) => {
                    unknown.push((id, tags));
                    Meant::Unknown
                }
            };
            meant.insert(id.to_owned(), who);
        }
        self.tell_erased(&unknown, &mut meant)?;
        Ok(meant)
    }

    /// Of the ids that nobody has, those whose guests were erased.
    fn tell_erased(
        &self,
        unknown: &[(&str, Vec<SourceTag>)],
        meant: &mut HashMap<String, Meant>,
    ) -> Result<(), ServiceError> {
        if unknown.is_empty() {
            return Ok(());
        }
        // Only an import knows what stays away. This one writes nothing.
        let mut look = self.store.begin_import(self.tenant)?;
        for (id, tags) in unknown {
            for tag in tags {
                if look.is_suppressed(Suppression::Record(*tag))? {
                    meant.insert((*id).to_owned(), Meant::Erased);
                }
            }
        }
        Ok(())
    }
}

impl BookingReport {
    fn not_taken(&mut self, row: &BookingRow, problem: BookingProblem) {
        let column = match problem {
            BookingProblem::UnknownGuest | BookingProblem::AmbiguousGuest => Some(Column::Guest),
            _ => None,
        };
        self.bad.push(BookingLine {
            line: row.line,
            column,
            problem,
        });
    }
}
