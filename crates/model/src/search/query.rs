//! A search query: what it matches, and which tokens every text that it matches must have.

use memchr::memmem;
use rustc_hash::FxHashSet;

use super::normalise::normalise;
use super::tokens::{Class, Edges, walk};
use crate::limits::QUERY_CHARS_MAX;

/// A query that was accepted. It matches texts that contain it after normalising both; one or two
/// Latin letters or digits match whole words only. It is content: no `Debug`.
#[derive(Clone)]
pub struct Query {
    needle: memmem::Finder<'static>,
    normalised: String,
    whole_word: bool,
}

/// A query that is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// Nothing, or one character: it would match nearly everything.
    #[error("a search needs at least two characters")]
    TooShort,
    /// More than [`QUERY_CHARS_MAX`] characters.
    #[error("the search has {chars} characters, over the limit of {QUERY_CHARS_MAX}")]
    TooLong {
        /// Its length after normalising.
        chars: usize,
    },
}

impl Query {
    /// Normalises `text` and leaves out white space at both ends.
    ///
    /// # Errors
    ///
    /// When fewer than two or more than [`QUERY_CHARS_MAX`] characters are left.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let normalised = normalise(text).trim().to_owned();
        let chars = normalised.chars().count();
        if chars < 2 {
            return Err(QueryError::TooShort);
        }
        if chars > QUERY_CHARS_MAX {
            return Err(QueryError::TooLong { chars });
        }
        let whole_word = chars <= 2 && normalised.chars().all(|c| Class::of(c) == Class::Word);
        let needle = memmem::Finder::new(&normalised).into_owned();
        Ok(Self {
            needle,
            normalised,
            whole_word,
        })
    }

    /// The query as it is compared.
    #[must_use]
    pub fn normalised(&self) -> &str {
        &self.normalised
    }

    /// Whether a text, given as [`super::normalise`] made it, contains this query.
    #[must_use]
    pub fn matches(&self, normalised_text: &str) -> bool {
        let haystack = normalised_text.as_bytes();
        if !self.whole_word {
            return self.needle.find(haystack).is_some();
        }
        // An occurrence that overlaps the one before has a word character on its left, so looking
        // at those that do not overlap is enough.
        self.needle.find_iter(haystack).any(|at| {
            let before = normalised_text[..at].chars().next_back();
            let after = normalised_text[at + self.normalised.len()..].chars().next();
            !before
                .into_iter()
                .chain(after)
                .any(|c| Class::of(c) == Class::Word)
        })
    }

    /// The hashes of tokens that every text which matches has, each once, in no order. None means
    /// that no sketch can rule a text out.
    #[must_use]
    pub fn required_tokens(&self) -> Vec<u64> {
        let edges = if self.whole_word {
            Edges::Closed
        } else {
            Edges::Open
        };
        let mut required = FxHashSet::default();
        walk(&self.normalised, edges, &mut |token| {
            required.insert(token);
        });
        required.into_iter().collect()
    }
}
