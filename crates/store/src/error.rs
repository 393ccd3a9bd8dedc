//! Why a store could not do what was asked, in words for the person who has to act.

use thiserror::Error;
use wuhen_keytree::rotation::RotationError;

/// Why a store could not do it. Never holds anything of a record.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Another process has the store open.
    #[error("the store {folder} is in use by another process; wait for it to end, or stop it")]
    InUse {
        /// The store's folder.
        folder: String,
    },
    /// There is no store.
    #[error(
        "there is no store in {folder}; make one with `wuhen init --store {folder} --tenant NAME`"
    )]
    Missing {
        /// The folder looked at.
        folder: String,
    },
    /// There is one already.
    #[error("{folder} already holds a store, or other files; choose an empty or new folder")]
    NotEmpty {
        /// The folder looked at.
        folder: String,
    },
    /// Made by a later version of this program.
    #[error("the store has layout {found}, this program knows up to {known}; use a newer wuhen")]
    Newer {
        /// Layout found.
        found: i64,
        /// Layouts known.
        known: i64,
    },
    /// The file is a database of something else.
    #[error("{file} is not a wuhen store")]
    Foreign {
        /// The file looked at.
        file: String,
    },
    /// The disk is full, or a limit on file size was reached.
    #[error("the disk is full; nothing of this operation was stored: make room and run it again")]
    Full,
    /// Something changed in between, or an invariant of a transaction did not hold.
    #[error("the store changed meanwhile ({0}); run the command again")]
    Conflict(&'static str),
    /// Rows that should be there are not, or are of a wrong shape.
    #[error("the store is damaged: {0}; restore from a snapshot")]
    Damaged(String),
    /// A repository's folder is not what it should be.
    #[error("snapshot repository {folder}: {problem}")]
    Repository {
        /// The repository's folder.
        folder: String,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// The keys could not be renewed.
    #[error("the keys could not be renewed")]
    Rotation(#[from] RotationError),
    /// The database's own error.
    #[error("the database refused")]
    Database(#[source] rusqlite::Error),
    /// A test stopped the program here.
    #[error(transparent)]
    Stopped(#[from] wuhen_model::Stopped),
    /// The file system's error.
    #[error("{path} could not be read or written")]
    Io {
        /// The file or folder.
        path: String,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
}
