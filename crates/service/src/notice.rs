//! What a person should hear of beside an answer: what a start found and did, and what is missing for something to be
//! complete. `Display` says it in English; a program in another language matches.

use std::fmt::{self, Display, Formatter};

use crate::error::ServiceError;

/// What a start found, and did about it.
#[derive(Debug)]
pub enum Notice {
    /// A restored store does not carry on what is not settled before it has taken over its repository.
    OnlyRestored {
        /// Cases that are not settled.
        cases: Vec<String>,
    },
    /// An interrupted erasure is complete now.
    Complete {
        /// Its number.
        case: String,
    },
    /// An interrupted erasure is still partial.
    Partial {
        /// Its number.
        case: String,
        /// What is missing.
        missing: Vec<Missing>,
    },
    /// An interrupted erasure could not be carried on.
    NotSettled {
        /// Its number.
        case: String,
        /// Why.
        error: ServiceError,
    },
    /// An erasure was interrupted before it took effect: nothing was erased.
    GivenUp {
        /// Its number.
        case: String,
    },
    /// A snapshot repository holds a later state than the database.
    LaterState {
        /// The repository's id.
        repository: String,
    },
    /// A root that nothing is wrapped by was destroyed.
    RootLeftOver {
        /// Its id.
        kid: String,
    },
    /// Attachments of an interrupted import were removed.
    Swept {
        /// How many.
        attachments: u64,
    },
    /// Attachments of an interrupted import could not be removed.
    NotSwept(ServiceError),
    /// An interrupted erasure could not be given up.
    NotGivenUp(ServiceError),
    /// The store is older than its staff: it has a first privacy officer now.
    FirstOfficer {
        /// What they are called.
        name: String,
    },
    /// The first privacy officer of such a store could not be made.
    NoOfficer(ServiceError),
}

/// What is missing for something to be complete.
#[derive(Debug)]
pub enum Missing {
    /// The old root is kept: a fence is missing, or the keys did not open again.
    RootKept {
        /// The key service.
        custodian: String,
    },
    /// The old root could not be destroyed on every replica.
    RootNotDestroyed {
        /// The key service.
        custodian: String,
    },
    /// A copy that is not settled, in the certificate's words.
    Copy {
        /// Which.
        copy: String,
        /// What was found.
        detail: String,
    },
    /// A probe that did not pass, in the certificate's words.
    Probe {
        /// Which.
        name: String,
        /// What was found.
        detail: String,
    },
    /// A snapshot repository that is not current.
    Repository {
        /// Its id.
        id: String,
        /// Why.
        problem: FenceProblem,
    },
    /// The checkpoint beside the root is not the latest.
    Checkpoint(ServiceError),
}

/// What step 6 of a rotation can find wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reopening {
    /// A node that was dropped is still there.
    NodeLeft,
    /// An item that was punctured still has a key.
    ItemHasKey,
    /// A record beside what was erased does not open.
    NeighbourSealed,
    /// A redacted message is not there, or its new version does not open.
    VersionMissing,
}

/// Why a repository is not current.
#[derive(Debug)]
pub enum FenceProblem {
    /// It is not the one that this store was restored from, and that one has not been taken over.
    NotTakenOver,
    /// It is away, full, or of something else.
    Error(ServiceError),
}

impl Display for Notice {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::OnlyRestored { cases } => write!(
                f,
                "this store was restored, and erasures are not settled in it ({}); they are taken up once it has taken over \
                 its snapshot repository: run `wuhen snapshot create`",
                cases.join(", ")
            ),
            Self::Complete { case } => write!(
                f,
                "case {case}: the erasure is complete; `wuhen certificate get {case}` gives its certificate"
            ),
            Self::Partial { case, missing } => {
                write!(f, "case {case}: the erasure is partial: ")?;
                for (at, each) in missing.iter().enumerate() {
                    let separator = if at == 0 { "" } else { "; " };
                    write!(f, "{separator}{each}")?;
                }
                Ok(())
            }
            Self::NotSettled { case, error } => {
                write!(f, "case {case}: the erasure is not settled: {error}")
            }
            Self::GivenUp { case } => write!(
                f,
                "case {case}: an erasure was interrupted before it took effect; nothing was erased; ask for it again"
            ),
            Self::LaterState { repository } => write!(f, "{}", later_state(repository)),
            Self::RootLeftOver { kid } => {
                write!(
                    f,
                    "root {kid} was left over from an earlier run and is destroyed now"
                )
            }
            Self::Swept { attachments } => write!(
                f,
                "{attachments} attachments of an import that was interrupted were removed"
            ),
            Self::NotSwept(error) => write!(
                f,
                "sweeping attachments failed and is tried again at the next start: {error}"
            ),
            Self::NotGivenUp(error) => write!(
                f,
                "giving up an interrupted erasure failed and is tried again at the next start: {error}"
            ),
            Self::FirstOfficer { name } => write!(
                f,
                "this store knew no staff yet: it has a privacy officer {name:?} now, without a password; `wuhen staff` adds others"
            ),
            Self::NoOfficer(error) => write!(
                f,
                "making the first privacy officer failed and is tried again at the next start: {error}"
            ),
        }
    }
}

/// A repository that is ahead of the database.
pub(crate) fn later_state(repository: &str) -> String {
    format!(
        "snapshot repository {repository} holds a later state than this database, whose disk has lost it; restore from it"
    )
}

impl Missing {
    /// Whether this says of the same repository why it was not reached.
    pub(crate) fn explains(&self, other: &Self) -> bool {
        let (Self::Repository { id, .. }, Self::Copy { copy, .. }) = (self, other) else {
            return false;
        };
        copy.split_once(':').is_some_and(|(_, of)| of == id)
    }
}

impl Display for Missing {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::RootKept { custodian } => write!(
                f,
                "key service {custodian}: nothing is effective yet: the old root is kept until every fence stands and the keys open again"
            ),
            Self::RootNotDestroyed { custodian } => write!(
                f,
                "key service {custodian}: nothing is effective yet: the old root could not be destroyed on every replica"
            ),
            Self::Copy { copy, detail } => write!(f, "{copy}: {detail}"),
            Self::Probe { name, detail } => write!(f, "probe {name}: {detail}"),
            Self::Repository { id, problem } => write!(f, "fence:{id}: {problem}"),
            Self::Checkpoint(error) => write!(f, "checkpoint: {error}"),
        }
    }
}

impl Display for Reopening {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NodeLeft => "a key that was dropped is still there",
            Self::ItemHasKey => "an item that was erased still has a key",
            Self::NeighbourSealed => "a record that was not to be erased does not open",
            Self::VersionMissing => "a redacted message's new version is missing or does not open",
        })
    }
}

impl Display for FenceProblem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotTakenOver => f.write_str(
                "not written to before this store has taken over the repository that it was restored from",
            ),
            Self::Error(error) => write!(f, "{error}"),
        }
    }
}
