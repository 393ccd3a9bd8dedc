//! The fault table: every durable step of every operation, killed before it and after it. A child process dies at the point
//! without a chance to clean up; then the house is opened again and held against the oracle.

pub(crate) mod child;
pub(crate) mod house;
mod no_room;
mod records;
mod table;

use std::collections::BTreeSet;

use tempfile::TempDir;
use wuhen_model::When;

use crate::full;
use crate::place::{self, Place, copy_folder};
use house::{Act, House};
use table::{Row, TABLE};

/// A row of the table made ready: its house on disk, as it is before the operation, and what both outcomes look like.
struct Prepared {
    folder: TempDir,
    row: &'static Row,
    house: House,
}

impl Prepared {
    fn new(row: &'static Row) -> Self {
        let folder = place::scratch();
        let place = Place(folder.path().join("house"));
        let house = House::prepare(&place, row);
        copy_folder(&place.0, &folder.path().join("image"));
        Self { folder, row, house }
    }

    /// The house as it was before the operation, in the same place: repositories are known by their absolute path.
    fn fresh(&self) -> Place {
        let place = Place(self.folder.path().join("house"));
        copy_folder(&self.folder.path().join("image"), &place.0);
        place
    }

    /// Kills the operation at a point, opens the house again, and looks at everything.
    fn kill(&self, point: Point) {
        let place = self.fresh();
        child::die(&place, self.row.act, point);
        let expected = self.house.after_crash(self.row, point);
        if let Err(difference) = self.house.check(&place, expected) {
            let Row {
                act,
                repositories,
                steps,
                ..
            } = self.row;
            panic!(
                "{act:?} with {repositories} repositories, killed {:?} step {} ({}): {difference}",
                point.when, point.number, steps[point.number]
            );
        }
    }
}

/// Where a child dies: the step's place in its row, and the side of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Point {
    number: usize,
    when: When,
}

fn points(row: &Row) -> impl Iterator<Item = Point> + use<> {
    (0..row.steps.len())
        .flat_map(|number| [When::Before, When::After].map(|when| Point { number, when }))
}

/// Kills one operation at the points chosen, with as many repositories as the row says.
fn kill_all(chosen: impl Fn(&Row) -> bool) {
    for (place, row) in TABLE.iter().enumerate().filter(|(_, row)| chosen(row)) {
        let prepared = Prepared::new(row);
        // Each scope shares its steps with the others: by default one of them goes through all, the rest through some.
        let stride = if full() || row.every_point { 1 } else { 7 };
        for point in points(row).skip(place % stride).step_by(stride) {
            prepared.kill(point);
        }
    }
}

#[test]
fn killed_while_erasing_messages() {
    kill_all(|row| row.act == Act::EraseMessages);
}

#[test]
fn killed_while_erasing_other_scopes() {
    kill_all(|row| {
        matches!(
            row.act,
            Act::EraseGuest | Act::EraseConversation | Act::EraseLabel | Act::EraseBefore
        )
    });
}

#[test]
fn killed_while_redacting() {
    kill_all(|row| matches!(row.act, Act::Redact | Act::RedactGuest));
}

#[test]
fn killed_while_recovering() {
    kill_all(|row| matches!(row.act, Act::RecoverBeforeCommit | Act::RecoverAfterCommit));
}

#[test]
fn killed_while_importing_and_labelling() {
    kill_all(|row| matches!(row.act, Act::Init | Act::Import | Act::Label | Act::Mark));
}

#[test]
fn killed_while_snapshots_are_made() {
    kill_all(|row| {
        matches!(
            row.act,
            Act::SnapshotInit | Act::SnapshotCreate | Act::SnapshotUnregister
        )
    });
}

#[test]
fn killed_while_numbers_are_set_and_masks_are_lifted() {
    kill_all(|row| {
        matches!(
            row.act,
            Act::OwnNumbers | Act::Reveal | Act::RevealAttachment
        )
    });
}

#[test]
fn killed_while_staff_come_and_go() {
    kill_all(|row| matches!(row.act, Act::StaffAdd | Act::StaffDisable));
}

#[test]
fn killed_while_restoring() {
    kill_all(|row| row.act == Act::Restore);
}

/// Nobody adds a durable step, or takes one away, without this table.
#[test]
fn every_step_is_in_the_table_and_is_reached() {
    for row in TABLE {
        let prepared = Prepared::new(row);
        let reached = prepared.house.record(&prepared.fresh(), row.act);
        let Row {
            act,
            repositories,
            steps,
            ..
        } = row;
        assert_eq!(
            &reached[..],
            *steps,
            "{act:?} with {repositories} repositories"
        );
    }
}

#[test]
fn every_operation_is_in_the_table_with_none_one_and_two_repositories() {
    let rows: BTreeSet<(Act, usize)> = TABLE
        .iter()
        .map(|row| (row.act, row.repositories))
        .collect();
    assert_eq!(rows.len(), TABLE.len(), "no row stands twice");
    for act in Act::ALL {
        let expected: &[usize] = match act {
            Act::Init => &[0],
            Act::SnapshotCreate | Act::SnapshotUnregister | Act::Restore => &[1, 2],
            _ => &[0, 1, 2],
        };
        let found: Vec<usize> = rows
            .iter()
            .filter(|row| row.0 == act)
            .map(|row| row.1)
            .collect();
        assert_eq!(found, expected, "{act:?}");
    }
}
