//! What can go wrong with a key service, in words that say what to do. Paths and kids are named; no key bytes, no personal data.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::{CHECKPOINT_BYTES_MAX, Kid};

/// Why a custodian could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum CustodyError {
    /// `create` never replaces a root.
    #[error("root {0} exists already")]
    Exists(Kid),
    /// Every replica answered, and none holds it.
    #[error("no replica holds root {0}: it was destroyed, or these are not the keys of this store")]
    Absent(Kid),
    /// The root is there, and the wrapped key does not open under it.
    #[error(
        "the wrapped key does not open under root {0}: it is damaged, or was wrapped under another root"
    )]
    NotOpened(Kid),
    /// The caller's random source is broken.
    #[error("the random source left the new root empty")]
    NotRandom,
    /// Over [`CHECKPOINT_BYTES_MAX`].
    #[error("a checkpoint of {0} bytes is longer than {CHECKPOINT_BYTES_MAX} bytes")]
    CheckpointTooLong(usize),
    /// Some replicas failed; the rest did what was asked, unless this says otherwise.
    #[error("could not {doing} on {}", list(failures))]
    Replicas {
        /// What was asked, as "destroy root k-1".
        doing: String,
        /// Each replica that failed; never empty.
        failures: Vec<ReplicaFailure>,
    },
    /// No folder was given.
    #[error("no folder for keys was given: name one with --keys DIR")]
    NoFolder,
    /// Keys beside the data would be copied along with it, into every backup.
    #[error(
        "the keys folder {} and {} must lie apart, or every copy of one carries the other: choose another --keys DIR",
        folder.display(), other.display()
    )]
    Forbidden {
        /// The keys folder, links resolved.
        folder: PathBuf,
        /// The store, snapshot repository or other keys folder that it contains, or that contains it.
        other: PathBuf,
    },
    /// A replica's folder was never made, or its disk is not mounted.
    #[error("there is no folder {}: mount its disk, or let it be made anew and repaired", .0.display())]
    NoReplica(PathBuf),
    /// A link could lead to a place that was not checked.
    #[error("{} is not a plain file or folder: move it away, and what it points to", .0.display())]
    NotPlain(PathBuf),
    /// Others than the owner have access.
    #[error("other users have access to {}: run chmod {fix} {}", path.display(), path.display())]
    TooOpen {
        /// The file or folder.
        path: PathBuf,
        /// The right mode.
        fix: &'static str,
    },
    /// Length, format or checksum is wrong.
    #[error("{} is damaged: repair it from another replica", .0.display())]
    Damaged(PathBuf),
    /// Two replicas hold different, intact roots under one kid.
    #[error("replicas hold different roots {kid}, here {}: move the one that does not open the store away", path.display())]
    Conflict {
        /// The kid.
        kid: Kid,
        /// The later of the two files.
        path: PathBuf,
    },
    /// A root came back while it was being destroyed.
    #[error("{} came back: is something restoring it? destroy it again", .0.display())]
    CameBack(PathBuf),
    /// A half-made root could not be removed again.
    #[error("{} was left behind half made: remove it once its disk works again", path.display())]
    LeftBehind {
        /// The file.
        path: PathBuf,
        /// Why it was not finished.
        source: Box<CustodyError>,
    },
    /// The operating system refused.
    #[error("could not {doing} {}", path.display())]
    Io {
        /// What was tried, as "write".
        doing: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// The operating system's answer.
        source: io::Error,
    },
}

/// A text that is not a [`Kid`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a kid is 1 to 64 characters of a-z, 0-9 and -")]
pub struct InvalidKid;

/// One replica's failure.
#[derive(Debug)]
pub struct ReplicaFailure {
    /// Which replica; for `file` its folder.
    pub label: String,
    /// Why.
    pub error: CustodyError,
}

impl fmt::Display for ReplicaFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "replica {} ({})", self.label, in_full(&self.error))
    }
}

impl CustodyError {
    /// For `map_err`, where the operating system refused something.
    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io {
            doing,
            path,
            source,
        }
    }
}

/// The error and its causes in one line: with several replicas there is no single source that could be followed instead.
pub(crate) fn in_full(error: &CustodyError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text = format!("{text}: {next}");
        cause = next.source();
    }
    text
}

fn list(failures: &[ReplicaFailure]) -> String {
    let texts: Vec<String> = failures.iter().map(ToString::to_string).collect();
    texts.join(", ")
}
