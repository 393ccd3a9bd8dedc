//! What can go wrong in a use case, in words for the person who has to act.

use thiserror::Error;
use wuhen_custody::CustodyError;
use wuhen_formats::FormatError;
use wuhen_keytree::OpenError;
use wuhen_ledger::tree::TreeError;
use wuhen_model::Stopped;
use wuhen_model::search::QueryError;
use wuhen_store::StoreError;

/// Why a use case did not do what was asked. Never holds anything of a record.
#[derive(Debug, Error)]
pub enum ServiceError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key service.
    #[error(transparent)]
    Custody(#[from] CustodyError),
    /// An import's file.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// A line of an import that is a record, but cannot be imported.
    #[error("{file}:{line}: {problem}; nothing of this file was imported")]
    Import {
        /// The file as it was named.
        file: String,
        /// Counted from 1.
        line: u64,
        /// What is wrong with it.
        problem: crate::import::ImportProblem,
    },
    /// A table of bookings with rows that cannot be taken in.
    #[error(transparent)]
    Bookings(crate::bookings::BookingsRefused),
    /// A search's words.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// Something sealed does not open.
    #[error("{what} cannot be opened: the store's rows and keys do not belong together")]
    Sealed {
        /// What was to be opened.
        what: &'static str,
        /// Why not.
        #[source]
        source: OpenError,
    },
    /// The ledger's tree.
    #[error("the ledger's tree cannot be read")]
    Tree(#[from] TreeError),
    /// The ledger does not hold.
    #[error("the ledger does not hold: {0}")]
    Ledger(String),
    /// A record that was named does not exist, or no more.
    #[error("there is no {kind} {id:?} here; {hint}")]
    NotFound {
        /// guest, conversation, message, label, case, snapshot or repository.
        kind: &'static str,
        /// As it was named.
        id: String,
        /// What to do.
        hint: &'static str,
    },
    /// An id that several sources have, or, of a message, several conversations.
    #[error("there is more than one {kind} {id:?}; write in front of its id, with a slash, which is meant: {}", .within.join(", "))]
    Ambiguous {
        /// guest, conversation or message.
        kind: &'static str,
        /// As it was named.
        id: String,
        /// Sources, or conversations, that have it.
        within: Vec<String>,
    },
    /// A scope that holds no record.
    #[error("nothing matches; nothing was erased")]
    NothingMatches,
    /// An erasure took effect in the database, and the old root still exists.
    #[error(
        "an erasure (case {case}) is not finished yet: it is not effective yet; it waits for a snapshot repository or for the \
         key service; `wuhen doctor` says for which. Reconnect it, or unregister the repository, then try again"
    )]
    Pending {
        /// The case.
        case: String,
    },
    /// Something failed after an erasure's records were dropped. Nobody has to ask for it again.
    #[error(
        "an erasure (case {case}) is not finished yet: the records are dropped and stay dropped; what failed ({}) is tried \
         again at every start, and `wuhen certificate list` then says how far it is", in_passing(.error)
    )]
    Unfinished {
        /// The case.
        case: String,
        /// What failed.
        error: Box<ServiceError>,
    },
    /// The tenant's rows and root do not belong together.
    #[error("the tenant is quarantined: {0}")]
    Quarantined(String),
    /// A legal hold covers some of what was to be erased or redacted. What it is for is not said: not everybody may know.
    #[error("a legal hold covers some of it ({}); nothing was erased; `wuhen hold list` tells more", .holds.join(", "))]
    Held {
        /// Numbers of the holds.
        holds: Vec<String>,
    },
    /// A record that is there, and shown to nobody.
    #[error("this record is not shown: {0}")]
    Closed(crate::gate::Closed),
    /// A role that may not do this.
    #[error("the role {role} may not {}", .permission.words().en)]
    NotAllowed {
        /// Whose.
        role: wuhen_model::people::StaffRole,
        /// What.
        permission: wuhen_model::people::Permission,
    },
    /// A change of staff, or acting as somebody.
    #[error(transparent)]
    Staff(#[from] crate::staff::StaffProblem),
    /// More records than one batch may take without somebody saying their number.
    #[error(
        "it would erase {records} records at once, and a batch has at most {records_max}; look at it, then say --limit {records} \
         if they are to go"
    )]
    BatchTooLarge {
        /// How many there are.
        records: u64,
        /// How many there may be.
        records_max: u64,
    },
    /// An attachment that a role may not have.
    #[error(
        "attachment {number} is not shown to the role {}: {why}; a supervisor or the privacy officer may lift masks with --reveal and \
         --reason", .viewer.as_str()
    )]
    Withheld {
        /// Its number.
        number: u32,
        /// Who asked for it.
        viewer: wuhen_detect::Viewer,
        /// Why not.
        why: crate::withhold::Withheld,
    },
    /// What was asked for makes no sense as given.
    #[error("{0}")]
    Refused(String),
    /// A file could not be read or written.
    #[error("{path} could not be read or written")]
    Io {
        /// The file.
        path: String,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// A test stopped the program here.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl ServiceError {
    pub(crate) fn io(path: &std::path::Path, source: std::io::Error) -> Self {
        Self::Io {
            path: path.display().to_string(),
            source,
        }
    }
}

/// Names what did not open.
pub(crate) trait Opening<T> {
    fn opening(self, what: &'static str) -> Result<T, ServiceError>;
}

impl<T> Opening<T> for Result<T, OpenError> {
    fn opening(self, what: &'static str) -> Result<T, ServiceError> {
        self.map_err(|source| ServiceError::Sealed { what, source })
    }
}

/// A full disk's own words say that nothing was stored, which is not so where something else was done before.
fn in_passing(error: &ServiceError) -> String {
    match error {
        ServiceError::Store(StoreError::Full) => "the disk is full, make room".to_owned(),
        error => error.to_string(),
    }
}
