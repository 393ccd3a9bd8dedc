//! Text to be scanned or redacted: where it comes from, how it is read, what is looked for.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _};
use clap::{Args, ValueEnum};
use wuhen_detect::{Detector, Kind, KindSet, Settings, Style};

/// A kind of personal data by name.
pub(crate) type KindName = Kind;

/// A text and what to look for in it.
#[derive(Args)]
pub(crate) struct TextInput {
    /// Text to read, `-` for standard input; compressed or not, UTF-8, UTF-16 or GB18030
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// What a line is: text, or a JSON object with `id` and `text`
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TextFormat,
    /// Only these kinds, with commas between [default: all]
    #[arg(long, value_name = "KIND", value_delimiter = ',', ignore_case = true, value_parser = kinds())]
    pub(crate) kinds: Vec<KindName>,
}

fn kinds() -> impl clap::builder::TypedValueParser<Value = Kind> {
    let names = Kind::ALL
        .iter()
        .map(|kind| PossibleValue::new(kind.as_str()));
    PossibleValuesParser::new(names).map(|name| {
        name.parse()
            .expect("only names of kinds are possible values")
    })
}

impl TextInput {
    /// What finds it.
    pub(crate) fn detector(&self) -> Detector {
        let kinds = if self.kinds.is_empty() {
            KindSet::ALL
        } else {
            self.kinds.iter().copied().collect()
        };
        Detector::new(Settings {
            kinds,
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

/// What stands in place of personal data.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum StyleName {
    /// What a person needs to recognise it: 138****1234
    Mask,
    /// The name of its kind: [MOBILE]
    Label,
    /// Nothing
    Remove,
}

impl From<StyleName> for Style {
    fn from(name: StyleName) -> Self {
        match name {
            StyleName::Mask => Self::Mask,
            StyleName::Label => Self::Label,
            StyleName::Remove => Self::Remove,
        }
    }
}
