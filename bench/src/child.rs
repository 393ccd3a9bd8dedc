//! A part of a program run as a process of its own: to start cold, to measure its memory, or to count its forced writes.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use serde::de::DeserializeOwned;

/// One forced write: when it began, in microseconds since 1970, and how long it took.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Fsync {
    /// Microseconds since 1970.
    pub at: i64,
    /// Milliseconds.
    pub ms: f64,
}

/// Runs this program again as `--part WORDS...` and reads the JSON that it prints.
///
/// # Errors
/// It fails, or prints something else.
pub fn run<T: DeserializeOwned>(words: &[String]) -> Result<T> {
    let program = std::env::current_exe()?;
    answer(Command::new(program).arg("--part").args(words))
}

/// The same under strace, with every forced write of it; `None` where there is no strace.
///
/// Only those calls stop the process (`--seccomp-bpf`), so the rest runs at its usual speed.
///
/// # Errors
/// As [`run`].
pub fn run_traced<T: DeserializeOwned>(
    words: &[String],
    folder: &Path,
) -> Result<Option<(T, Vec<Fsync>)>> {
    let log = folder.join("strace.log");
    let probe = Command::new("strace")
        .args(["-f", "--seccomp-bpf", "-e", "trace=fsync", "-o"])
        .arg(&log)
        .arg("true")
        .output();
    if !probe.is_ok_and(|output| output.status.success()) {
        return Ok(None);
    }
    let mut command = Command::new("strace");
    command.args(["-f", "--seccomp-bpf", "-ttt", "-T"]);
    command
        .args(["-e", "trace=fsync,fdatasync,sync_file_range,syncfs", "-o"])
        .arg(&log);
    command
        .arg(std::env::current_exe()?)
        .arg("--part")
        .args(words);
    let answered = answer(&mut command)?;
    let lines = std::fs::read_to_string(&log)?;
    std::fs::remove_file(&log)?;
    Ok(Some((answered, lines.lines().filter_map(parse).collect())))
}

fn answer<T: DeserializeOwned>(command: &mut Command) -> Result<T> {
    let output = command.stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "a part of the bench failed");
    let text = String::from_utf8(output.stdout)?;
    serde_json::from_str(&text).with_context(|| format!("a part of the bench printed {text:?}"))
}

/// `1234 1700000000.123456 fdatasync(5) = 0 <0.001234>`
fn parse(line: &str) -> Option<Fsync> {
    let (_, rest) = line.split_once(' ')?;
    let (at, _) = rest.trim_start().split_once(' ')?;
    let (seconds, micros) = at.split_once('.')?;
    let at = seconds.parse::<i64>().ok()? * 1_000_000 + micros.parse::<i64>().ok()?;
    let took = line.rsplit_once('<')?.1.strip_suffix('>')?;
    Some(Fsync {
        at,
        ms: took.parse::<f64>().ok()? * 1e3,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_strace_is_one_forced_write() {
        let line = "4711  1700000000.123456 fdatasync(5)      = 0 <0.001500>";
        let expected = Fsync {
            at: 1_700_000_000_123_456,
            ms: 1.5,
        };
        assert_eq!(parse(line), Some(expected));
        assert_eq!(parse("4711 1700000000.123456 +++ exited with 0 +++"), None);
    }
}
