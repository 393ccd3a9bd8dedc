//! The lists labelled by hand in `bench/labelled`: lines of ours, and labels of messages that are not ours.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use crate::dialogues;
use crate::line::{self, Label, Line};
use crate::markup;

/// Where the lists lie.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bench/labelled")
}

/// The lines of `chat.jsonl`.
///
/// # Errors
/// It cannot be read.
pub fn chat() -> Result<Vec<Line>> {
    let text = read(&folder().join("chat.jsonl"))?;
    line::read(text.as_bytes())
}

/// What `chat.jsonl` should be, by `chat.txt`.
///
/// # Errors
/// A label in it is none.
pub fn chat_from_markup() -> Result<String> {
    Ok(line::to_jsonl(&markup::read(&read(
        &folder().join("chat.txt"),
    )?)?))
}

/// Labels of a message that is not ours.
#[derive(Deserialize)]
struct Shared {
    /// Below `../shared/data`.
    file: String,
    /// Its id, or `line:N` for the Nth line of a text.
    message: String,
    findings: Vec<Label>,
}

/// The messages of `shared.jsonl` with their words, which are read from `data` (see [`dialogues::folder`]).
///
/// # Errors
/// A message is not there, or has other words than when it was labelled.
///
/// # Panics
/// Never: a file is read before its messages are looked up.
pub fn shared(data: &Path) -> Result<Vec<Line>> {
    let text = read(&folder().join("shared.jsonl"))?;
    let mut files: Vec<(String, Vec<(String, String)>)> = Vec::new();
    let mut lines = Vec::new();
    for row in text.lines() {
        let Shared {
            file,
            message,
            findings,
        } = serde_json::from_str(row)?;
        if files.iter().all(|(name, _)| *name != file) {
            let messages = dialogues::messages(&data.join(&file))?;
            files.push((file.clone(), messages));
        }
        let (_, messages) = files
            .iter()
            .find(|(name, _)| *name == file)
            .expect("it was just read");
        let (_, text) = messages
            .iter()
            .find(|(id, _)| *id == message)
            .with_context(|| format!("{file} has no message {message}"))?;
        let line = Line {
            id: format!("{file}#{message}"),
            text: text.clone(),
            findings,
            decoy: None,
        };
        line.check()?;
        lines.push(line);
    }
    ensure!(!lines.is_empty(), "shared.jsonl is empty");
    Ok(lines)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use wuhen_detect::Kind;

    use super::*;

    #[test]
    fn the_list_for_programs_is_the_list_for_people() {
        let kept = read(&folder().join("chat.jsonl")).unwrap();
        assert_eq!(
            kept,
            chat_from_markup().unwrap(),
            "run cargo xtask corpus labels"
        );
    }

    #[test]
    fn the_list_is_as_large_and_as_mixed_as_it_is_said_to_be() {
        let lines = chat().unwrap();
        let count = |holds: &dyn Fn(&Line) -> bool| lines.iter().filter(|line| holds(line)).count();
        let has = |kind| move |line: &Line| line.findings.iter().any(|label| label.kind == kind);
        assert!(count(&|line| line.id.starts_with("zh-")) >= 250);
        assert!(count(&|line| line.id.starts_with("en-")) >= 150);
        assert!(count(&Line::is_clean) >= 120);
        assert!(count(&has(Kind::PersonName)) >= 200);
        assert!(count(&has(Kind::Address)) >= 100);
        for kind in Kind::ALL {
            assert!(count(&has(*kind)) >= 2, "{kind}");
        }
    }

    #[test]
    fn labels_of_words_that_are_not_ours_still_fit_them() {
        let Some(data) = dialogues::folder() else {
            dialogues::say_skipped("labels of shared messages");
            return;
        };
        let lines = shared(&data).unwrap();
        assert!(lines.len() >= 150);
        for line in lines {
            for label in &line.findings {
                let words = &line.text[label.start..label.end];
                assert_eq!(words.trim(), words, "{}", line.id);
                if label.kind == Kind::Landline {
                    assert!(
                        words.bytes().all(|c| c.is_ascii_digit() || c == b'-'),
                        "{}",
                        line.id
                    );
                }
            }
        }
    }
}
