//! Text to be scanned or redacted: where it comes from, how it is read, what is looked for.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use wuhen_detect::{Detector, Kind, KindSet, Settings};

/// A text and what to look for in it.
#[derive(Args)]
pub(crate) struct TextInput {
    /// Text to read, `-` for standard input; compressed or not, UTF-8, UTF-16 or GB18030
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// What a line is: text, or a JSON object with `id` and `text`
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TextFormat,
    /// Only these kinds, such as `MOBILE,BANK_CARD` [default: all]
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub(crate) kinds: Vec<Kind>,
}

impl TextInput {
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
