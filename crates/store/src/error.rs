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
    /// A legal hold covers some of it.
    #[error("a legal hold covers some of it; nothing was erased")]
    Held,
    /// Rows that should be there are not, or are of a wrong shape.
    #[error("the store is damaged: {0}; restore from a snapshot")]
    Damaged(String),
    /// A repository's folder is not what it should be.
    #[error("snapshot repository {folder}: {problem}")]
    Repository {
        /// The repository's folder.
        folder: String,
        /// What is wrong, and what to do.
        problem: RepositoryProblem,
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
    /// The system gives no more threads.
    #[error("an import needs a thread of its own, and the system gives none")]
    Thread(#[source] std::io::Error),
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

/// What is wrong with a repository's folder, and what to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum RepositoryProblem {
    /// The folder is not there, or holds no repository.
    #[error("it is not there or holds no repository; reconnect it, or unregister it")]
    Away,
    /// The file is of something else.
    #[error("the file there is not a snapshot repository")]
    Foreign,
    /// A new repository's folder holds something.
    #[error("the folder is not empty; choose a new or empty one")]
    NotEmpty,
    /// Its own file names another tenant or repository.
    #[error("it is the repository of another tenant, or another one of this tenant")]
    OfAnother,
    /// Its ledger and this store's have parted.
    #[error(
        "its ledger is not the beginning of this store's: another store has written to it, \
         or this one is an old copy; use the other one, or restore from the repository"
    )]
    Forked,
    /// It has a later state than this store.
    #[error("it is ahead of this store: this store is an old copy; restore from the repository")]
    Ahead,
    /// A restored store comes too late.
    #[error(
        "another store has written to it since this one was restored; use that store, or unregister it here"
    )]
    TakenOver,
    /// A copy is not what was written.
    #[error("the copy that was read back differs from what was written")]
    ReadBackDiffers,
    /// A restore found no file to a row.
    #[error("an attachment's file is missing there")]
    AttachmentMissing,
    /// It holds no keys yet.
    #[error("it was never fenced")]
    NeverFenced,
    /// There is nothing to restore yet.
    #[error("it has no snapshot yet")]
    NoSnapshot,
    /// The snapshot that was named is not there.
    #[error("it has no such snapshot; `wuhen snapshot list` names them")]
    NoSuchSnapshot,
    /// Its keys are older than its ledger.
    #[error("its key rows are behind its ledger; it cannot be restored")]
    BehindItsLedger,
}
