//! `wuhen redact`: which messages, what is cut out of them, and what stands there then.

use std::ops::Range;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{ArgGroup, Args, ValueEnum};
use wuhen_detect::Style;
use wuhen_service::redact::Documents;

use super::text::TextInput;
use super::value::BadValue;

#[derive(Args)]
#[command(group(ArgGroup::new("scope").args(["guest", "conversation", "message", "all"])))]
pub(crate) struct Redact {
    #[command(flatten)]
    pub(crate) input: TextInput,
    /// A guest's profile and all of the guest's conversations
    #[arg(long, value_name = "ID")]
    pub(crate) guest: Option<String>,
    /// All of these conversations: their own records, messages, attachments
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub(crate) conversation: Vec<String>,
    /// Single messages with their attachments; CONVERSATION/ID where several conversations have one of this id
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub(crate) message: Vec<String>,
    /// Everything in the store
    #[arg(long)]
    pub(crate) all: bool,
    /// Exactly these bytes of the one message's text as it is now (UTF-8), whatever they are
    #[arg(
        long,
        value_name = "START..END",
        requires = "message",
        conflicts_with_all = ["kinds", "guest", "conversation", "all"]
    )]
    pub(crate) span: Vec<Span>,
    /// What stands in the place of what is cut out
    #[arg(long, value_enum, default_value = "mask")]
    pub(crate) style: StyleName,
    /// What becomes of PDF files in which it is found: nothing can be cut out of them [default: stay]
    #[arg(long, value_enum, value_name = "WHAT", conflicts_with = "span")]
    pub(crate) documents: Option<DocumentsName>,
    /// Why records of the store are redacted; it is sealed, and stands on the certificate
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    /// Only say what would happen
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Redact without asking
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) yes: bool,
    /// Write the certificate to this new file
    #[arg(long, value_name = "PATH", conflicts_with = "dry_run")]
    pub(crate) certificate: Option<PathBuf>,
}

impl Redact {
    /// Whether there is an option that a text has no use for.
    pub(crate) fn has_options_of_store(&self) -> bool {
        self.reason.is_some()
            || self.dry_run
            || self.yes
            || self.certificate.is_some()
            || self.documents.is_some()
    }

    /// Whether records of the store are meant, and not a text.
    pub(crate) fn is_of_store(&self) -> bool {
        self.all
            || self.guest.is_some()
            || !self.conversation.is_empty()
            || !self.message.is_empty()
    }
}

/// What becomes of PDF files, by name.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum DocumentsName {
    /// They stay whole; the preview and the certificate say so
    Stay,
    /// They are erased as a whole; their messages stay
    Erase,
}

impl From<DocumentsName> for Documents {
    fn from(name: DocumentsName) -> Self {
        match name {
            DocumentsName::Stay => Self::Stay,
            DocumentsName::Erase => Self::Erase,
        }
    }
}

/// A style, by name.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum StyleName {
    /// What a person needs to recognise it, the rest as *
    Mask,
    /// The name of its kind in brackets
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

/// Bytes of a text: from the first one to behind the last.
#[derive(Clone)]
pub(crate) struct Span(pub(crate) Range<usize>);

impl FromStr for Span {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let ends = text.split_once("..").and_then(|(start, end)| {
            let number = |digits: &str| digits.parse::<usize>().ok();
            Some(number(start)?..number(end)?)
        });
        ends.map(Self).ok_or_else(|| {
            BadValue::new(
                "give the first byte and the byte behind the last, such as 12..23",
                "请写出第一个字节和末字节之后的位置，如 12..23",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_two_numbers() {
        assert_eq!(
            "12..23".parse::<Span>().ok().map(|span| span.0),
            Some(12..23)
        );
        for text in ["12", "12..", "..3", "a..b", "1...3", "-1..3"] {
            assert!(text.parse::<Span>().is_err(), "{text}");
        }
    }
}
