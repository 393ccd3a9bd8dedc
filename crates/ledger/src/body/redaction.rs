//! What a redaction says of itself: which kinds of personal data were cut out of texts, and how often. Numbers only: neither
//! what was cut nor where it stood.

use serde::{Deserialize, Deserializer, Serialize};

/// Longest name of a kind, bytes.
const KIND_BYTES_MAX: usize = 40;

/// That the versions of the messages before it were erased, and new ones stand in their place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redaction {
    /// What stands in place of a span.
    pub style: RedactionStyle,
    /// How many spans of each kind, by the kind's name.
    pub spans: Vec<SpanCount>,
}

/// What stands in place of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RedactionStyle {
    /// A part of it, the rest covered.
    Mask,
    /// The name of its kind.
    Label,
    /// Nothing.
    Remove,
}

/// Spans of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpanCount {
    /// Of which kind.
    pub kind: SpanKind,
    /// How many.
    pub count: u64,
}

/// The name of a kind of personal data: upper-case Latin letters and `_`, so that it cannot be what was cut.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct SpanKind(String);

impl SpanKind {
    /// A name, if it is one.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        let is_name = (1..=KIND_BYTES_MAX).contains(&name.len())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte == b'_');
        is_name.then(|| Self(name.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for SpanKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        // What stands there is not repeated: it may be about a person.
        Self::new(&name).ok_or_else(|| serde::de::Error::custom("not the name of a kind"))
    }
}
