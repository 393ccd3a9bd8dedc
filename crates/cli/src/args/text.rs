//! Text to be scanned or redacted: where it comes from, how it is read, what is looked for.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use wuhen_detect::{Detector, Kind, KindSet, Settings};

use crate::exit::Exit;
use crate::problem::Problem;

#[derive(Args)]
pub(crate) struct Scan {
    #[command(flatten)]
    pub(crate) input: TextInput,
    /// Conversations that are listed, at most 10000
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(0..=10_000))]
    pub(crate) list: u16,
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
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub(crate) kinds: Vec<Kind>,
}

impl TextInput {
    /// What a line is.
    pub(crate) fn format(&self) -> TextFormat {
        self.named_format.unwrap_or(TextFormat::Text)
    }

    /// The store is not read line by line.
    pub(crate) fn refuse_format_for_store(&self) -> Result<(), Problem> {
        match self.named_format {
            None => Ok(()),
            Some(_) => Err(Problem::own(
                Exit::Usage,
                "--format says what the lines of a FILE are; it is not for the store",
                "--format 说明 FILE 中每行是什么；不用于存储",
            )),
        }
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
            own_numbers: Vec::new(),
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
