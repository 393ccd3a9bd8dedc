//! Counting of passed and failed tests from what the test runners print.

use std::fmt;
use std::process::Command;

use anyhow::Result;

use crate::shell;

/// How many steps and tests passed and failed so far.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

impl Counts {
    /// Runs a test runner and adds what it counted. A runner that fails without a failed test (it did not build, say) is one failure.
    pub(crate) fn add_run(
        &mut self,
        runner: &mut Command,
        full: bool,
        count: fn(&[String]) -> Self,
    ) -> Result<()> {
        if full {
            runner.env("WUHEN_FULL", "1");
        }
        let (lines, success) = shell::tee(runner)?;
        let counted = count(&lines);
        self.passed += counted.passed;
        self.failed += match counted.failed {
            0 if !success => 1,
            failed => failed,
        };
        Ok(())
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Reads nextest's line `Summary [ 1.2s] 5/6 tests run: 3 passed (1 slow), 1 failed, 1 timed out, 1 skipped`.
pub(crate) fn of_nextest(lines: &[String]) -> Counts {
    lines
        .iter()
        .filter(|line| line.trim_start().starts_with("Summary ["))
        .filter_map(|line| line.split_once(" run: "))
        .fold(Counts::default(), |sum, (_, parts)| sum.plus(parts, ','))
}

/// Reads the lines `test result: ok. 5 passed; 0 failed; 0 ignored; ...` of rustc's own harness.
pub(crate) fn of_libtest(lines: &[String]) -> Counts {
    lines
        .iter()
        .filter_map(|line| line.strip_prefix("test result: ")?.split_once(". "))
        .fold(Counts::default(), |sum, (_, parts)| sum.plus(parts, ';'))
}

impl Counts {
    /// Adds the parts of a summary: a number, then what happened to so many tests.
    fn plus(mut self, parts: &str, separator: char) -> Self {
        for part in parts.split(separator) {
            let mut words = part.split_whitespace();
            let Some(number) = words.next().and_then(|word| word.parse::<usize>().ok()) else {
                continue;
            };
            match words.next() {
                Some("passed") => self.passed += number,
                Some("failed" | "timed" | "exec") => self.failed += number,
                _ => {}
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn nextest_is_counted_with_its_slow_leaky_and_timed_out_tests() {
        let printed = lines(
            "        PASS [   0.1s] a b\n     Summary [   1.234s] 10/12 tests run: 7 passed (2 slow, 1 leaky), 2 failed, 1 timed out, 2 skipped",
        );
        let expected = Counts {
            passed: 7,
            failed: 3,
        };
        assert_eq!(of_nextest(&printed), expected);
    }

    #[test]
    fn every_result_line_of_the_plain_harness_is_added() {
        let printed = lines(
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
             test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        );
        let expected = Counts {
            passed: 5,
            failed: 1,
        };
        assert_eq!(of_libtest(&printed), expected);
    }

    #[test]
    fn a_runner_that_does_not_even_build_is_a_failure() {
        let mut counts = Counts::default();
        let mut broken = Command::new("sh");
        broken.args(["-c", "echo error: could not compile >&2; exit 101"]);
        counts.add_run(&mut broken, false, of_nextest).unwrap();
        assert_eq!(counts.to_string(), "0 passed, 1 failed");
    }
}
