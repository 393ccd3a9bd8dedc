//! The outside world of the tasks: the workspace on disk, child processes, the clock.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

/// The checkout that the tasks work on.
pub(crate) struct Workspace {
    /// The folder of the root `Cargo.toml`.
    pub(crate) root: PathBuf,
}

impl Workspace {
    /// Finds the checkout by the folder of this crate, which cargo names to whatever it runs.
    pub(crate) fn find() -> Result<Self> {
        let crate_folder = std::env::var_os("CARGO_MANIFEST_DIR")
            .context("run the tasks through cargo: cargo xtask TASK")?;
        let root = Path::new(&crate_folder)
            .parent()
            .context("the folder of the tasks has no parent")?;
        Ok(Self {
            root: root.to_owned(),
        })
    }

    /// A command that runs at the root.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// The cargo that runs this task, so that every step uses the pinned toolchain.
    pub(crate) fn cargo<const N: usize>(&self, arguments: [&str; N]) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = self.command(cargo);
        command.args(arguments);
        command
    }

    /// What `cargo metadata` says of the workspace and all that it depends on.
    pub(crate) fn metadata(&self) -> Result<Value> {
        let text = output(&mut self.cargo(["metadata", "--format-version", "1", "--quiet"]))?;
        serde_json::from_str(&text).context("cargo metadata answered with something else than JSON")
    }
}

/// The folder that cargo builds into, wherever `CARGO_TARGET_DIR` or a configuration puts it.
pub(crate) fn target_folder(metadata: &Value) -> Result<PathBuf> {
    metadata["target_directory"]
        .as_str()
        .map(PathBuf::from)
        .context("cargo metadata names no target directory")
}

/// Runs a command with its output shown; an error names the command.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start {}", line(command)))?;
    succeeded(command, status)
}

/// Runs a command and returns what it wrote to its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {}", line(command)))?;
    succeeded(command, output.status)?;
    String::from_utf8(output.stdout)
        .with_context(|| format!("{} wrote something else than UTF-8", line(command)))
}

/// Runs a command, shows both of its outputs while it runs, and returns the lines of both, with whether it succeeded.
pub(crate) fn tee(command: &mut Command) -> Result<(Vec<String>, bool)> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", line(command)))?;
    let stdout = child.stdout.take().expect("standard output is piped");
    let stderr = child.stderr.take().expect("standard error is piped");
    // Both pipes are drained at once, since a full one would stop the child.
    let reader = std::thread::spawn(move || show(stdout, |line| println!("{line}")));
    let mut lines = show(stderr, |line| eprintln!("{line}"));
    lines.extend(reader.join().expect("the reader of a pipe does not panic"));
    Ok((lines, child.wait()?.success()))
}

/// Whether a program can be found on the search path.
pub(crate) fn on_path(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
    })
}

/// Whether a command starts and succeeds; its output is not shown.
pub(crate) fn works(command: &mut Command) -> bool {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Measures how long a step takes.
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(
        clippy::disallowed_methods,
        reason = "a task measures the real time of its steps"
    )]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Today's date in UTC, as `2026-01-31`.
#[expect(
    clippy::disallowed_methods,
    reason = "a task writes the real date into its report"
)]
pub(crate) fn today() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%d").to_string()
}

fn show(pipe: impl std::io::Read, print: impl Fn(&str)) -> Vec<String> {
    let mut pipe = BufReader::new(pipe);
    let mut lines = Vec::new();
    let mut bytes = Vec::new();
    // Lines are taken as bytes: a test may print what is not UTF-8, and that must not end the run.
    while pipe.read_until(b'\n', &mut bytes).is_ok_and(|n| n > 0) {
        let line = String::from_utf8_lossy(&bytes).trim_end().to_owned();
        print(&line);
        lines.push(line);
        bytes.clear();
    }
    lines
}

fn succeeded(command: &Command, status: ExitStatus) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    bail!("{} ended with {status}", line(command))
}

fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(command.get_program());
    std::iter::once(name)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_outputs_of_a_child_are_kept_and_its_failure_is_told() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo out; echo err >&2; exit 3"]);
        let (lines, success) = tee(&mut command).unwrap();
        assert_eq!(lines, ["err", "out"]);
        assert!(!success);
    }

    #[test]
    fn a_failed_command_is_named() {
        let error = run(Command::new("sh").args(["-c", "exit 3"])).unwrap_err();
        assert!(
            error.to_string().starts_with("sh -c exit 3 ended"),
            "{error}"
        );
    }
}
