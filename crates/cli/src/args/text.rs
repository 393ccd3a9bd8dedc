//! Text to be scanned or redacted: where it comes from, how it is read, what is looked for.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use wuhen_detect::{Detector, Kind, KindSet, Settings};

use super::value;
use crate::exit::Exit;
use crate::problem::Problem;

#[derive(Args)]
pub(crate) struct Scan {
    #[command(flatten)]
    pub(crate) input: TextInput,
    /// Conversations that are listed, at most 10000
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(0..=10_000))]
    pub(crate) list: u16,
    /// When spans of a text are shown in colour: auto does so on a terminal, unless `NO_COLOR` is set or `TERM` is dumb
    #[arg(
        long = "color",
        value_enum,
        value_name = "WHEN",
        default_value = "auto"
    )]
    pub(crate) colour: Colour,
}

/// When there is colour.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal
    Auto,
    /// Also into a file or a pipe
    Always,
    /// Spans stand in brackets
    Never,
}

/// A text and what to look for in it.
#[derive(Args)]
pub(crate) struct TextInput {
    /// Text to read, `-` for standard input; compressed or not, UTF-8, UTF-16 or GB18030
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// What a line is: text, or a JSON object with `id` and `text` [default: text]
    #[arg(long = "format", value_enum, value_name = "FORMAT")]
    pub(crate) named_format: Option<TextFormat>,
    /// Only these kinds, such as `MOBILE,BANK_CARD` [default: all]
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = value::kind)]
    pub(crate) kinds: Vec<Kind>,
    /// A phone number of the house, which is nobody's personal data; once for each. The store knows its own (`house numbers`)
    #[arg(long = "own-number", value_name = "NUMBER", value_parser = value::own_number)]
    pub(crate) own_numbers: Vec<String>,
    /// Pass over lines of the text that cannot be read, say which, and end with 3 [default: stop at the first]
    #[arg(long)]
    pub(crate) keep_going: bool,
}

impl TextInput {
    /// What a line is.
    pub(crate) fn format(&self) -> TextFormat {
        self.named_format.unwrap_or(TextFormat::Text)
    }

    /// The store is not read line by line, and knows the numbers of its house.
    pub(crate) fn refuse_options_of_text(&self) -> Result<(), Problem> {
        let refused = |en: &str, zh: &str| Err(Problem::own(Exit::Usage, en, zh));
        if self.named_format.is_some() {
            return refused(
                "--format says what the lines of a FILE are; it is not for the store",
                "--format 说明 FILE 中每行是什么；不用于存储",
            );
        }
        if self.keep_going {
            return refused(
                "--keep-going is about lines of a FILE; it is not for the store",
                "--keep-going 针对 FILE 中的行；不用于存储",
            );
        }
        if !self.own_numbers.is_empty() {
            return refused(
                "--own-number is for a FILE; the store knows the numbers that `wuhen house numbers add` was given",
                "--own-number 用于 FILE；存储使用 wuhen house numbers add 所登记的号码",
            );
        }
        Ok(())
    }

    /// The kinds that are looked for.
    pub(crate) fn kind_set(&self) -> KindSet {
        if self.kinds.is_empty() {
            KindSet::ALL
        } else {
            self.kinds.iter().copied().collect()
        }
    }

    /// What finds them.
    pub(crate) fn detector(&self) -> Detector {
        Detector::new(Settings {
            kinds: self.kind_set(),
            own_numbers: self.own_numbers.clone(),
        })
    }
}

/// What a line is.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextFormat {
    /// Text
    Text,
    /// A JSON object with `id` and `text`
    Jsonl,
}
