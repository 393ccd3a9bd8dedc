//! A folder to run `wuhen` in, and what a run answered.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The sample hotel of the workspace: 12 guests, 25 conversations, 311 messages, 4 attachments.
pub(crate) fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/lakeside/lakeside.jsonl")
}

/// A folder with nothing but what a test puts there; stores are made in it.
pub(crate) struct House {
    folder: TempDir,
}

/// How a run ended.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl House {
    /// Without a store.
    pub(crate) fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder for the test"),
        }
    }

    /// With a store, and nothing in it.
    pub(crate) fn with_store() -> Self {
        let house = Self::empty();
        house.ok(&["init", "--tenant", "Lakeside Hotel"]);
        house
    }

    /// With the sample hotel imported.
    pub(crate) fn lakeside() -> Self {
        let house = Self::with_store();
        house.ok(&["import", sample().to_str().expect("the path is UTF-8")]);
        house
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).expect("the file can be written");
        path
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).expect("the file is there")
    }

    /// The program in this folder, in English, with nothing of the tester's own surroundings.
    pub(crate) fn command<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wuhen"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("LC_ALL", "en_US.UTF-8")
            .env("XDG_CONFIG_HOME", self.path("config"))
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments))
    }

    /// A run with a text on standard input.
    pub(crate) fn with_input(&self, arguments: &[&str], input: &[u8]) -> Run {
        let (code, out, err) = self.with_bytes(arguments, input);
        let out = String::from_utf8(out).expect("answers are UTF-8");
        Run { code, out, err }
    }

    /// As [`Self::with_input`], where the answer is not UTF-8.
    pub(crate) fn with_bytes(&self, arguments: &[&str], input: &[u8]) -> (i32, Vec<u8>, String) {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdin = child.stdin.take().expect("it is a pipe");
        // One that refuses what it is given does not read it to its end.
        let _ = stdin.write_all(input);
        drop(stdin);
        let output = child.wait_with_output().expect("it ends");
        let err = String::from_utf8(output.stderr).expect("errors are UTF-8");
        (output.status.code().unwrap_or(-1), output.stdout, err)
    }

    /// A run that must end with 0.
    pub(crate) fn ok(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, 0, "{arguments:?}: {}{}", run.out, run.err);
        run.out
    }

    /// A run that must end with this code and say this.
    pub(crate) fn fails(&self, arguments: &[&str], code: i32, says: &str) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, code, "{arguments:?}: {}{}", run.out, run.err);
        assert!(
            run.err.contains(says),
            "{arguments:?} lacks {says:?}: {}",
            run.err
        );
        run.err
    }

    /// The one JSON document that a run with `--json` answers.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let out = self.ok(&[arguments, &["--json"]].concat());
        assert_eq!(out.lines().count(), 1, "one document in one line");
        serde_json::from_str(&out).expect("the answer is JSON")
    }

    /// How many messages there are.
    pub(crate) fn messages(&self) -> u64 {
        self.json(&["stats"])["messages"]
            .as_u64()
            .expect("a number")
    }

    /// Erases without asking.
    pub(crate) fn erase(&self, scope: &[&str]) -> Value {
        self.json(&[&["erase"], scope, &["--reason", "the guest asked", "--yes"]].concat())
    }
}

impl Run {
    pub(crate) fn of(mut command: Command) -> Self {
        let output = command.output().expect("the program starts");
        Self {
            code: output.status.code().expect("no signal ends the program"),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// A folder with all below it, as `cp -r` does.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    let copied = Command::new("cp").arg("-rpT").args([from, to]).status();
    assert!(
        copied.is_ok_and(|status| status.success()),
        "the folder can be copied"
    );
}
