//! Names under which staff sign in: letters and digits of any script, one name a person whatever its case.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::search::normalise;

/// 21 Chinese characters, or 64 Latin letters; as long as the local part of a mail address (RFC 5321, 4.5.3.1.1).
pub const STAFF_NAME_BYTES_MAX: usize = 64;

/// A name of somebody who works in the house, in NFC. Two that differ in case or width only are equal: `Li.An` is `li.an`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StaffName {
    shown: String,
    folded: String,
}

/// A text that is no name of staff. It is not repeated here: it may be somebody's.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BadStaffName {
    /// Nothing, or more than [`STAFF_NAME_BYTES_MAX`].
    #[error("a name of staff has 1 to 64 bytes of UTF-8")]
    Length,
    /// Something else than letters, digits, dots, hyphens and underscores.
    #[error(
        "a name of staff has letters and digits of any script, and . - _ between them, without spaces"
    )]
    Character,
}

impl StaffName {
    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// The form by which names are compared and kept apart: NFKC, case-folded.
    #[must_use]
    pub fn folded(&self) -> &str {
        &self.folded
    }
}

impl FromStr for StaffName {
    type Err = BadStaffName;

    fn from_str(text: &str) -> Result<Self, BadStaffName> {
        let length = 1..=STAFF_NAME_BYTES_MAX;
        if !length.contains(&text.len()) {
            return Err(BadStaffName::Length);
        }
        let shown: String = text.nfc().collect();
        let folded = normalise(&shown);
        // Either form may be longer than what was written; both are kept.
        if !length.contains(&shown.len()) || !length.contains(&folded.len()) {
            return Err(BadStaffName::Length);
        }
        let is_letter = |c: char| c.is_alphanumeric();
        let is_inside =
            |c: char| is_letter(c) || matches!(c, '.' | '-' | '_') || is_combining_mark(c);
        for form in [&shown, &folded] {
            // A name that began with a hyphen would be read as an option on a command line.
            if !form.starts_with(is_letter) || !form.chars().all(is_inside) {
                return Err(BadStaffName::Character);
            }
        }
        Ok(Self { shown, folded })
    }
}

impl fmt::Display for StaffName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.shown)
    }
}

impl PartialEq for StaffName {
    fn eq(&self, other: &Self) -> bool {
        self.folded == other.folded
    }
}

impl Eq for StaffName {}

impl Hash for StaffName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folded.hash(state);
    }
}

impl PartialOrd for StaffName {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for StaffName {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.folded.cmp(&other.folded)
    }
}

impl TryFrom<String> for StaffName {
    type Error = BadStaffName;

    fn try_from(text: String) -> Result<Self, BadStaffName> {
        text.parse()
    }
}

impl From<StaffName> for String {
    fn from(name: StaffName) -> Self {
        name.shown
    }
}
