//! What a command answers: text for people, JSON for machines, and the exit code. Commands build it; `main` prints it.

use serde_json::Value;

use crate::exit::Exit;
use crate::table::Table;

/// An answer. One of its two forms is printed.
pub(crate) struct Answer {
    /// How the program ends.
    pub(crate) exit: Exit,
    /// For people.
    pub(crate) text: Text,
    /// For machines: one JSON document. `None` where the text itself is for machines, as with a certificate.
    pub(crate) json: Option<Value>,
}

impl Answer {
    /// All went well.
    pub(crate) fn done(text: Text, json: Value) -> Self {
        Self {
            exit: Exit::Done,
            text,
            json: Some(json),
        }
    }

    /// Text that is printed as it is, also under `--json`.
    pub(crate) fn verbatim(text: String) -> Self {
        Self {
            exit: Exit::Done,
            text: Text(text),
            json: None,
        }
    }

    /// Everything is on standard output already.
    pub(crate) fn nothing() -> Self {
        Self::verbatim(String::new())
    }

    /// The bytes for standard output.
    pub(crate) fn output(&self, json: bool) -> String {
        match &self.json {
            Some(value) if json => format!("{value}\n"),
            _ => self.text.0.clone(),
        }
    }
}

/// Lines for people.
#[derive(Default)]
pub(crate) struct Text(String);

impl Text {
    /// One line.
    pub(crate) fn of(line: impl AsRef<str>) -> Self {
        let mut text = Self::default();
        text.line(line);
        text
    }

    /// Adds a line.
    pub(crate) fn line(&mut self, line: impl AsRef<str>) {
        self.0.push_str(line.as_ref());
        self.0.push('\n');
    }

    /// Adds a table.
    pub(crate) fn table(&mut self, table: &Table) {
        for line in table.lines() {
            self.line(line);
        }
    }

    /// The lines.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}
