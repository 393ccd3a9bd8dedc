//! What can be wrong with a change of staff, or with who says that they act.

use thiserror::Error;
use wuhen_model::people::{STAFF_NAME_BYTES_MAX, StaffRole};

use super::{PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN, STAFF_MAX};

/// Why a change of staff, or acting as somebody, was refused. Names nobody.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum StaffProblem {
    /// Nobody can be called so.
    #[error(
        "a name of staff has 1 to {STAFF_NAME_BYTES_MAX} bytes: letters, digits, dots, hyphens and underscores, no blanks"
    )]
    BadName,
    /// Somebody is called so, or was.
    #[error("there is, or was, a member of staff of this name; choose another")]
    NameTaken,
    /// The list is full.
    #[error("a house has at most {STAFF_MAX} members of staff, those who left among them")]
    TooMany,
    /// Too short, or too long.
    #[error(
        "a password has {PASSWORD_CHARS_MIN} characters at least and {PASSWORD_BYTES_MAX} bytes at most"
    )]
    WeakPassword,
    /// A second factor without a first.
    #[error("a second factor needs a first: give a password too")]
    NoFirstFactor,
    /// It could not be computed.
    #[error("the password or its second factor could not be computed")]
    NotComputed,
    /// Who would answer for the data?
    #[error("this is the only privacy officer: give somebody else the role first")]
    LastOfficer,
    /// Somebody else than a privacy officer would make one, or take one's place.
    #[error("only a privacy officer adds, changes or disables a privacy officer")]
    OfficersOnly,
    /// Rights are given by somebody else.
    #[error("nobody changes their own role; somebody else who manages staff does")]
    OwnRole,
    /// Somebody else's password.
    #[error("a password is set by its owner, or by who manages staff")]
    NotYours,
    /// Their rights have ended.
    #[error("this member of staff has left: their rights have ended")]
    Left,
    /// One answer for all: which of them was wrong is nobody's business.
    #[error(
        "who acts was not shown: give the password with --password-file, and where there is a second factor its code with --code"
    )]
    NotShown,
    /// Right, and used before.
    #[error(
        "this code was used already: a code is good once; the next one comes within half a minute"
    )]
    CodeUsed,
    /// Too many wrong ones in a row.
    #[error(
        "too many wrong passwords or codes in a row: the next try is taken at {until}; who manages staff ends this by setting a new password"
    )]
    LockedOut {
        /// Until when, RFC 3339.
        until: String,
    },
    /// Nobody who acts without a name.
    #[error("the house has no privacy officer who may act; name yourself with --as")]
    NoOfficer,
    /// Eyes that see more than the role.
    #[error("the role {role} does not read as {asked}")]
    AboveOwnRole {
        /// Who acts.
        role: StaffRole,
        /// With whose eyes.
        asked: &'static str,
    },
}
