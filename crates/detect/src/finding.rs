//! What a scan answers: spans, what they are, how sure, and on what grounds.

use std::ops::Range;

use crate::kind::Kind;

/// One span of personal data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Finding {
    /// Offset of its first byte, UTF-8.
    pub start: usize,
    /// Offset behind its last byte.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
    /// How sure, in percent: 1 to 100. What is reported has [`Finding::SCORE_MIN`] at least.
    pub score: u8,
    /// On what grounds.
    pub evidence: EvidenceSet,
}

impl Finding {
    /// Below it, a span is not reported.
    pub const SCORE_MIN: u8 = 50;

    /// Its bytes in the text.
    #[must_use]
    pub const fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// How sure, as a share of one.
    #[must_use]
    pub fn score(&self) -> f64 {
        f64::from(self.score) / 100.0
    }
}

macro_rules! evidence {
    ($($(#[$doc:meta])+ $variant:ident = $name:literal,)+) => {
        /// A ground for a finding.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[repr(u8)]
        pub enum Evidence {
            $($(#[$doc])+ $variant,)+
        }

        impl Evidence {
            /// All grounds, in the order of this list.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name in JSON.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

evidence! {
    /// It has the characters and the length of its kind.
    Shape = "shape",
    /// It begins as only its kind does: an allocated prefix, an area, a country.
    Prefix = "prefix",
    /// Its check digit holds.
    CheckDigit = "check-digit",
    /// A word of its kind stands in the same clause.
    Keyword = "keyword",
    /// The message before asked for it.
    Asked = "asked",
    /// A date inside it is one.
    Date = "date",
    /// Its length is one that its issuer gives.
    Issuer = "issuer",
    /// It begins with a family name.
    Surname = "surname",
    /// It ends in, or is, a given name.
    GivenName = "given-name",
    /// A title stands beside it: 先生, Ms.
    Title = "title",
    /// Words before or behind it speak of a person, or of where one lives.
    Context = "context",
    /// It names parts of an address, from the larger to the smaller or the other way round.
    Parts = "parts",
}

/// A set of grounds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct EvidenceSet(u16);

impl EvidenceSet {
    /// No ground.
    pub const NONE: Self = Self(0);

    /// This set and one ground more.
    #[must_use]
    pub const fn with(self, evidence: Evidence) -> Self {
        Self(self.0 | 1 << evidence as u16)
    }

    /// This set, and one ground more if it holds.
    #[must_use]
    pub const fn with_if(self, holds: bool, evidence: Evidence) -> Self {
        if holds { self.with(evidence) } else { self }
    }

    /// Whether a ground is in it.
    #[must_use]
    pub const fn contains(self, evidence: Evidence) -> bool {
        self.0 & (1 << evidence as u16) != 0
    }

    /// Its grounds, in the order of [`Evidence::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Evidence> {
        Evidence::ALL
            .iter()
            .copied()
            .filter(move |evidence| self.contains(*evidence))
    }
}

/// Where a finding is, in characters (Unicode scalar values).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Offsets {
    /// Characters before it.
    pub char_start: usize,
    /// Characters before its end.
    pub char_end: usize,
}

/// The findings' places in characters, in one walk over the text. Findings come in order and do not overlap, as a scan gives them.
pub fn char_offsets<'a>(
    text: &'a str,
    findings: &'a [Finding],
) -> impl Iterator<Item = Offsets> + 'a {
    let mut byte = 0;
    let mut chars = 0;
    findings.iter().map(move |finding| {
        chars += count(&text[byte..finding.start]);
        let char_start = chars;
        chars += count(&text[finding.range()]);
        byte = finding.end;
        Offsets {
            char_start,
            char_end: chars,
        }
    })
}

fn count(text: &str) -> usize {
    text.chars().count()
}
