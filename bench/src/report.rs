//! What a program found: a line for a person, a JSON file for machines.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::machine;

/// One row of PERFORMANCE.md, measured.
#[derive(Serialize)]
pub struct Row {
    /// What was done.
    pub name: String,
    /// The peer's figure, where there is a peer.
    pub peer: Option<f64>,
    /// Our figure.
    pub ours: f64,
    /// How many times as good as the peer we are: above 1 ours is better.
    pub ratio: Option<f64>,
    /// Of both figures: `ms`, `MB`, `messages/s`, `x`.
    pub unit: &'static str,
    /// What is wanted, in words.
    pub goal: Option<String>,
    /// Whether that is so.
    pub met: Option<bool>,
    /// Measurements whose median this is.
    pub runs: usize,
    /// Forced writes within it, where they could be counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fsyncs: Option<usize>,
    /// What else to know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Row {
    /// A figure of ours.
    pub fn new(name: impl Into<String>, unit: &'static str, ours: f64, runs: usize) -> Self {
        Self {
            name: name.into(),
            peer: None,
            ours,
            ratio: None,
            unit,
            goal: None,
            met: None,
            runs,
            fsyncs: None,
            note: None,
        }
    }

    /// Beside it the peer's, of the same run.
    #[must_use]
    pub fn beside(mut self, peer: f64) -> Self {
        self.peer = Some(peer);
        self.ratio = Some(if self.more_is_better() {
            self.ours / peer
        } else {
            peer / self.ours
        });
        self
    }

    /// A goal for our own figure.
    #[must_use]
    pub fn goal(mut self, limit: f64) -> Self {
        let (word, met) = if self.more_is_better() {
            ("at least", self.ours >= limit)
        } else {
            ("at most", self.ours <= limit)
        };
        self.goal = Some(format!("{word} {limit} {}", self.unit));
        self.met = Some(met);
        self
    }

    /// A goal for the ratio.
    #[must_use]
    pub fn goal_ratio(mut self, limit: f64) -> Self {
        self.goal = Some(format!("at least {limit} of the peer"));
        self.met = self.ratio.map(|ratio| ratio >= limit);
        self
    }

    /// Forced writes within it.
    #[must_use]
    pub fn fsyncs(mut self, count: Option<usize>) -> Self {
        self.fsyncs = count;
        self
    }

    /// What else to know.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    fn more_is_better(&self) -> bool {
        self.unit.ends_with("/s")
    }
}

/// The rows of one program.
pub struct Report {
    name: &'static str,
    rows: Vec<Row>,
}

impl Report {
    /// A program begins.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        say(&format!(
            "{:<64} {:>11} {:>11} {:>8}  goal",
            format!("{name} ({})", machine::describe()),
            "peer",
            "ours",
            "ratio"
        ));
        Self {
            name,
            rows: Vec::new(),
        }
    }

    /// Takes a row and prints it.
    pub fn row(&mut self, row: Row) {
        let peer = row.peer.map_or_else(|| "-".to_owned(), figure);
        let ratio = row
            .ratio
            .map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}x"));
        let goal = match (&row.goal, row.met) {
            (Some(goal), Some(true)) => format!("{goal}: met"),
            (Some(goal), _) => format!("{goal}: MISSED"),
            (None, _) => String::new(),
        };
        let fsyncs = row
            .fsyncs
            .map_or_else(String::new, |count| format!(" [{count} fsyncs]"));
        let name = format!("{}, {}", row.name, row.unit);
        let ours = figure(row.ours);
        say(&format!(
            "{name:<64} {peer:>11} {ours:>11} {ratio:>8}  {goal}{fsyncs}"
        ));
        if let Some(note) = &row.note {
            say(&format!("    {note}"));
        }
        self.rows.push(row);
    }

    /// Our figure of an earlier row.
    #[must_use]
    pub fn ours(&self, name: &str) -> Option<f64> {
        self.rows
            .iter()
            .find(|row| row.name == name)
            .map(|row| row.ours)
    }

    /// Writes `target/bench/NAME.json`: the machine and the rows.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(self, folder: &Path) -> Result<()> {
        let path = folder.join(format!("{}.json", self.name));
        let machine = machine::describe();
        let mut rows = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let mut value = serde_json::to_value(row)?;
            value["machine"] = machine.clone().into();
            rows.push(value);
        }
        let text = serde_json::to_string_pretty(&rows)?;
        std::fs::write(&path, text + "\n")
            .with_context(|| format!("cannot write {}", path.display()))
    }
}

/// Says something to the person who waits.
#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
pub fn say(line: &str) {
    println!("{line}");
}

fn figure(value: f64) -> String {
    if value >= 100.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.2}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn above_one_ours_is_better_whatever_the_unit() {
        let time = Row::new("erase", "ms", 10.0, 5).beside(40.0).goal(25.0);
        assert_eq!((time.ratio, time.met), (Some(4.0), Some(true)));
        let rate = Row::new("import", "messages/s", 10.0, 5)
            .beside(40.0)
            .goal_ratio(0.4);
        assert_eq!((rate.ratio, rate.met), (Some(0.25), Some(false)));
    }
}
