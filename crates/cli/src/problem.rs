//! Why a command did not do what was asked: the errors of the crates below, and those of the command line itself.

use std::error::Error;
use std::io;
use std::path::Path;

use wuhen_custody::CustodyError;
use wuhen_formats::{FormatError, error::Problem as FormatProblem};
use wuhen_service::ServiceError;
use wuhen_service::staff::StaffProblem;
use wuhen_store::StoreError;

use crate::exit::Exit;
use crate::words::{self, Lang, say};

/// Why a command failed.
pub(crate) enum Problem {
    /// A use case refused or failed.
    Service(ServiceError),
    /// The store could not be opened.
    Store(StoreError),
    /// The keys could not be opened.
    Custody(CustodyError),
    /// What the command line itself has to say, in both languages.
    Own { exit: Exit, en: String, zh: String },
    /// Standard output is gone, or takes no more.
    Output(io::Error),
    /// Something failed after a part was done, which stays.
    After {
        done_en: String,
        done_zh: String,
        problem: Box<Self>,
    },
}

impl Problem {
    /// A problem of the command line itself.
    pub(crate) fn own(exit: Exit, en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self::Own {
            exit,
            en: en.into(),
            zh: zh.into(),
        }
    }

    /// A file or folder that the system refuses.
    pub(crate) fn file(path: &Path, error: &io::Error) -> Self {
        let path = path.display();
        let exit = if error.kind() == io::ErrorKind::NotFound {
            Exit::NotFound
        } else {
            Exit::Failed
        };
        Self::own(exit, format!("{path}: {error}"), format!("{path}：{error}"))
    }

    /// How the program ends with it.
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Service(error) => service_exit(error),
            Self::Store(error) => store_exit(error),
            Self::Custody(_) | Self::Output(_) => Exit::Failed,
            Self::Own { exit, .. } => *exit,
            Self::After { problem, .. } => problem.exit(),
        }
    }

    /// In one line, with what to do.
    pub(crate) fn message(&self, lang: Lang) -> String {
        match self {
            Self::Service(error) => words::service_error(lang, error),
            Self::Store(error) => words::store_error(lang, error),
            Self::Custody(error) => words::custody_error(lang, error),
            Self::Own { en, zh, .. } => match lang {
                Lang::En => en.clone(),
                Lang::Zh => zh.clone(),
            },
            Self::Output(error) => say!(
                lang,
                "the output cannot be written: {error}",
                "无法写出结果：{error}"
            ),
            Self::After {
                done_en,
                done_zh,
                problem,
            } => match lang {
                Lang::En => format!("{}; {done_en}", problem.message(lang)),
                Lang::Zh => format!("{}；{done_zh}", problem.message(lang)),
            },
        }
    }
}

fn service_exit(error: &ServiceError) -> Exit {
    match error {
        ServiceError::Store(error) => store_exit(error),
        ServiceError::Format(error) => format_exit(&error.problem),
        ServiceError::NotFound { .. } | ServiceError::NothingMatches => Exit::NotFound,
        ServiceError::Query(_) | ServiceError::Ambiguous { .. } | ServiceError::Refused(_) => {
            Exit::Usage
        }
        ServiceError::NotAllowed { .. } => Exit::NotAllowed,
        ServiceError::Staff(problem) => staff_exit(problem),
        ServiceError::Pending { .. } | ServiceError::Unfinished { .. } => Exit::Pending,
        _ => Exit::Failed,
    }
}

fn staff_exit(problem: &StaffProblem) -> Exit {
    use StaffProblem as P;
    match problem {
        P::OfficersOnly
        | P::OwnRole
        | P::NotYours
        | P::Left
        | P::NotShown
        | P::CodeUsed
        | P::LockedOut { .. }
        | P::NoOfficer
        | P::AboveOwnRole { .. } => Exit::NotAllowed,
        P::BadName
        | P::NameTaken
        | P::TooMany
        | P::WeakPassword
        | P::NoFirstFactor
        | P::LastOfficer => Exit::Usage,
        P::NotComputed => Exit::Failed,
    }
}

/// How the program ends where a file cannot be read.
pub(crate) fn format_exit(problem: &FormatProblem) -> Exit {
    match problem {
        FormatProblem::Io(error) if error.kind() == io::ErrorKind::NotFound => Exit::NotFound,
        _ => Exit::Failed,
    }
}

fn store_exit(error: &StoreError) -> Exit {
    match error {
        StoreError::InUse { .. } => Exit::InUse,
        StoreError::Missing { .. } => Exit::NotFound,
        StoreError::NotEmpty { .. } => Exit::Usage,
        StoreError::Full => Exit::Full,
        _ => Exit::Failed,
    }
}

/// An error and its causes in one line.
pub(crate) fn in_full(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text = format!("{text}: {next}");
        cause = next.source();
    }
    text
}

impl From<ServiceError> for Problem {
    fn from(error: ServiceError) -> Self {
        Self::Service(error)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<CustodyError> for Problem {
    fn from(error: CustodyError) -> Self {
        Self::Custody(error)
    }
}

impl From<FormatError> for Problem {
    fn from(error: FormatError) -> Self {
        Self::Service(error.into())
    }
}
