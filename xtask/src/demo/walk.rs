//! One walk through `wuhen`: runs commands in a folder, prints them with their answers, and checks how they end.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

/// The store's folder when none is given.
pub(crate) const STORE: &str = "wuhen-data";
pub(crate) const SNAPSHOTS: &str = "snapshots";
pub(crate) const CERTIFICATE: &str = "certificate.json";
pub(crate) const FORGED: &str = "forged.json";
pub(crate) const LEDGER_KEY: &str = "hotel.key";
pub(crate) const CHAT: &str = "chat.txt";
pub(crate) const NEEDLES: &str = "needles.txt";

/// Longer answers are cut when shown: the demo is to be read.
const LINES_SHOWN_MAX: usize = 24;

pub(crate) struct Walk {
    wuhen: PathBuf,
    /// Where the commands run.
    pub(crate) folder: PathBuf,
    /// How many commands ran.
    pub(crate) done: usize,
}

/// What a command answered on both outputs.
pub(crate) struct Answer {
    pub(crate) text: String,
    command: String,
}

/// The counts that `stats --json` promises.
pub(crate) struct Stats {
    pub(crate) guests: u64,
    pub(crate) conversations: u64,
    pub(crate) messages: u64,
    pub(crate) attachments: u64,
}

impl Walk {
    pub(crate) fn new(wuhen: PathBuf, folder: &Path) -> Self {
        Self {
            wuhen,
            folder: folder.to_owned(),
            done: 0,
        }
    }

    /// Says what the next commands show.
    #[expect(clippy::unused_self, reason = "the walk reads as one story")]
    pub(crate) fn tell(&self, sentence: &str) {
        println!("\n{sentence}");
    }

    /// Runs a command that must succeed.
    pub(crate) fn run(&mut self, arguments: &[&str]) -> Result<Answer> {
        let (answer, success) = self.execute(arguments)?;
        ensure!(success, "{} failed", answer.command);
        Ok(answer)
    }

    /// Runs a command that must fail.
    pub(crate) fn run_to_fail(&mut self, arguments: &[&str]) -> Result<Answer> {
        let (answer, success) = self.execute(arguments)?;
        ensure!(!success, "{} should have failed", answer.command);
        Ok(answer)
    }

    /// Runs a command whose answer matters and not its exit code, such as a search that finds nothing.
    pub(crate) fn run_to_any_end(&mut self, arguments: &[&str]) -> Result<Answer> {
        Ok(self.execute(arguments)?.0)
    }

    /// Asks for the counts without showing it.
    pub(crate) fn stats(&self) -> Result<Stats> {
        let output = self.command(&["stats", "--json"]).output()?;
        let stats: Value = serde_json::from_slice(&output.stdout)
            .context("wuhen stats --json printed something else than JSON")?;
        let count = |field: &str| {
            stats[field]
                .as_u64()
                .with_context(|| format!("stats --json lacks {field}"))
        };
        Ok(Stats {
            guests: count("guests")?,
            conversations: count("conversations")?,
            messages: count("messages")?,
            attachments: count("attachments")?,
        })
    }

    fn execute(&mut self, arguments: &[&str]) -> Result<(Answer, bool)> {
        let command = shown(arguments);
        println!("   $ {command}");
        let output = self
            .command(arguments)
            .output()
            .with_context(|| format!("cannot start {}", self.wuhen.display()))?;
        let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.push_str(&String::from_utf8_lossy(&output.stderr));
        print_cut(&text);
        self.done += 1;
        Ok((Answer { text, command }, output.status.success()))
    }

    /// The language is fixed, so that the demo reads the same everywhere.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.wuhen);
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env("LC_ALL", "en_US.UTF-8");
        command
    }
}

impl Answer {
    pub(crate) fn must_contain(&self, text: &str) -> Result<()> {
        if self.text.contains(text) {
            return Ok(());
        }
        bail!("the answer of {} lacks {text:?}", self.command)
    }

    pub(crate) fn must_lack(&self, text: &str) -> Result<()> {
        if !self.text.contains(text) {
            return Ok(());
        }
        bail!("the answer of {} still has {text:?}", self.command)
    }
}

/// The command as a person would type it.
fn shown(arguments: &[&str]) -> String {
    let quote = |word: &&str| {
        if word.contains(' ') {
            format!("{word:?}")
        } else {
            (*word).to_owned()
        }
    };
    let words: Vec<String> = arguments.iter().map(quote).collect();
    format!("wuhen {}", words.join(" "))
}

fn print_cut(text: &str) {
    let lines: Vec<&str> = text.lines().collect();
    for line in lines.iter().take(LINES_SHOWN_MAX) {
        println!("   | {line}");
    }
    if lines.len() > LINES_SHOWN_MAX {
        println!("   | ... {} more lines", lines.len() - LINES_SHOWN_MAX);
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn walk_with(script: &str) -> (tempfile::TempDir, Walk) {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("wuhen");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let walk = Walk::new(program, folder.path());
        (folder, walk)
    }

    #[test]
    fn an_unexpected_end_of_a_command_stops_the_walk() {
        let (_folder, mut walk) = walk_with("echo \"$1\"; test \"$1\" = good");
        assert!(walk.run(&["good"]).is_ok());
        assert!(walk.run(&["bad"]).is_err());
        assert!(walk.run_to_fail(&["good"]).is_err());
        assert!(walk.run_to_any_end(&["bad"]).is_ok());
        assert_eq!(walk.done, 4);
    }

    #[test]
    fn an_unexpected_answer_stops_the_walk() {
        let (_folder, mut walk) = walk_with("echo 'a heron'");
        let answer = walk.run(&["search", "heron"]).unwrap();
        assert!(answer.must_contain("heron").is_ok());
        assert!(answer.must_contain("egret").is_err());
        assert!(answer.must_lack("heron").is_err());
    }

    #[test]
    fn words_with_spaces_are_shown_quoted() {
        assert_eq!(
            shown(&["init", "--tenant", "Lakeside Hotel"]),
            "wuhen init --tenant \"Lakeside Hotel\""
        );
    }
}
