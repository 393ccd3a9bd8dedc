//! The arguments of a bench program: how much data, and the part that a child process plays.

use anyhow::{Result, bail};

/// How much data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scale {
    /// Seconds: proves that the programs run.
    Smoke,
    /// Up to a million messages.
    Usual,
    /// Up to ten million messages, attachments of 1 GiB.
    Full,
}

/// What a program was started with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arguments {
    /// How much data.
    pub scale: Scale,
    /// Whether the data stays in `target/bench`.
    pub keep: bool,
    /// The part that a child process plays, with its own arguments.
    pub part: Option<Vec<String>>,
}

impl Arguments {
    /// Reads the process's arguments.
    ///
    /// # Errors
    /// One is not known.
    pub fn from_process() -> Result<Self> {
        Self::parse(std::env::args().skip(1))
    }

    fn parse(mut given: impl Iterator<Item = String>) -> Result<Self> {
        let mut arguments = Self {
            scale: Scale::Usual,
            keep: false,
            part: None,
        };
        while let Some(argument) = given.next() {
            match argument.as_str() {
                "--smoke" => arguments.scale = Scale::Smoke,
                "--full" => arguments.scale = Scale::Full,
                "--keep" => arguments.keep = true,
                // Cargo says so to every bench program.
                "--bench" => {}
                "--part" => {
                    arguments.part = Some(given.by_ref().collect());
                }
                other => bail!("unknown argument {other:?}; known: --smoke, --full, --keep"),
            }
        }
        Ok(arguments)
    }

    /// Messages in the stores to measure on.
    #[must_use]
    pub fn sizes(&self) -> &'static [usize] {
        match self.scale {
            Scale::Smoke => &[2_000],
            Scale::Usual => &[10_000, 100_000, 1_000_000],
            Scale::Full => &[10_000, 100_000, 1_000_000, 10_000_000],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Arguments> {
        Arguments::parse(words.iter().map(|word| (*word).to_owned()))
    }

    #[test]
    fn what_cargo_adds_is_taken_and_a_slip_is_refused() {
        let arguments = parse(&["--smoke", "--bench"]).unwrap();
        assert_eq!(arguments.scale, Scale::Smoke);
        assert!(parse(&["--smok"]).is_err());
    }

    #[test]
    fn a_part_takes_the_rest() {
        let arguments = parse(&["--part", "erase", "--full"]).unwrap();
        assert_eq!(arguments.part.unwrap(), ["erase", "--full"]);
        assert_eq!(arguments.scale, Scale::Usual);
    }
}
