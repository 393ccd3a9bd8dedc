//! A line of text with its labels, as JSON Lines.

use std::io::BufRead;

use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};
use wuhen_detect::Kind;

/// A span and what it is, said by whoever made the line or by a detector.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// Offset of its first byte, UTF-8.
    pub start: usize,
    /// Offset behind its last byte.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
}

/// One text with everything personal in it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Line {
    /// Unique in its file.
    pub id: String,
    /// The message.
    pub text: String,
    /// In order, none overlapping.
    pub findings: Vec<Label>,
    /// Of a generated line without personal data: what it looks like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decoy: Option<String>,
}

/// A labelled span of a line.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Label {
    /// Offset of its first byte, UTF-8.
    pub start: usize,
    /// Offset behind its last byte.
    pub end: usize,
    /// What it is.
    #[serde(with = "kind_name")]
    pub kind: Kind,
    /// Of a generated line: how it is written (`hyphens`), what stands beside it (`han-left`), how many stand together (`alone`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub traits: Vec<String>,
}

impl Label {
    /// Its place and kind.
    #[must_use]
    pub const fn span(&self) -> Span {
        Span {
            start: self.start,
            end: self.end,
            kind: self.kind,
        }
    }
}

impl Line {
    /// Whether nothing in it is personal.
    #[must_use]
    pub const fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    /// Says whether the labels can be: in order, apart, on character boundaries.
    ///
    /// # Errors
    /// One cannot be; it names the line.
    pub fn check(&self) -> Result<()> {
        let mut behind = 0;
        for label in &self.findings {
            ensure!(
                behind <= label.start && self.text.get(label.start..label.end).is_some(),
                "{}: no span {}..{}",
                self.id,
                label.start,
                label.end
            );
            ensure!(label.start < label.end, "{}: an empty span", self.id);
            behind = label.end;
        }
        Ok(())
    }
}

/// Reads JSON Lines and checks every one.
///
/// # Errors
/// A line is none; it says which.
pub fn read(from: impl BufRead) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    for (number, text) in from.lines().enumerate() {
        let line: Line =
            serde_json::from_str(&text?).with_context(|| format!("line {}", number + 1))?;
        line.check()?;
        lines.push(line);
    }
    Ok(lines)
}

/// As JSON Lines.
///
/// # Panics
/// Never: a line has nothing that JSON has not.
#[must_use]
pub fn to_jsonl(lines: &[Line]) -> String {
    let mut out = String::new();
    for line in lines {
        out += &serde_json::to_string(line).expect("a line is plain JSON");
        out.push('\n');
    }
    out
}

/// Kinds by their names.
pub(crate) mod kind_name {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};
    use wuhen_detect::Kind;

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes fields by reference"
    )]
    pub(crate) fn serialize<S: Serializer>(kind: &Kind, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(kind.as_str())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Kind, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_back_and_a_span_beside_a_character_is_refused() {
        let json =
            r#"{"id":"a","text":"张 x","findings":[{"start":0,"end":3,"kind":"PERSON_NAME"}]}"#;
        let lines = read(json.as_bytes()).unwrap();
        assert_eq!(lines[0].findings[0].kind, Kind::PersonName);
        assert_eq!(to_jsonl(&lines), format!("{json}\n"));
        assert!(read(json.replace(":3", ":2").as_bytes()).is_err());
        assert!(read(json.replace("NAME", "NOUN").as_bytes()).is_err());
    }
}
