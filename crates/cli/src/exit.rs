//! How the program ends: every exit code, in one place.

/// An exit code. `wuhen help` and the reference list them from here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Exit {
    /// What was asked for is done. `verify`: valid, complete, and under a trusted key.
    Done = 0,
    /// It failed, or does not hold. `verify`: not valid. `probe`: found something. `doctor`: there is a problem.
    Failed = 1,
    /// The command makes no sense as given.
    Usage = 2,
    /// `verify`: valid but partial. `erase`, `redact`: some copy is not gone yet, or it is not effective yet. `--keep-going`: lines
    /// were left out.
    Partial = 3,
    /// `verify`: valid, under a key that is not trusted here.
    UnknownKey = 4,
    /// What was named does not exist, or nothing matches.
    NotFound = 5,
    /// Another process has the store open.
    InUse = 6,
    /// The disk is full; nothing of the operation was stored.
    Full = 7,
    /// An earlier erasure has to be settled first.
    Pending = 8,
    /// Who acts may not do this, or did not show who they are.
    NotAllowed = 9,
}

impl Exit {
    /// All of them.
    pub(crate) const ALL: [Self; 10] = [
        Self::Done,
        Self::Failed,
        Self::Usage,
        Self::Partial,
        Self::UnknownKey,
        Self::NotFound,
        Self::InUse,
        Self::Full,
        Self::Pending,
        Self::NotAllowed,
    ];

    /// The number that the shell sees.
    pub(crate) fn code(self) -> u8 {
        self as u8
    }

    /// What it means, for the help.
    pub(crate) fn meaning(self) -> &'static str {
        match self {
            Self::Done => "done; `verify`: valid, complete, and under a trusted key",
            Self::Failed => {
                "failed; `verify`: not valid; `probe`: something was found; `doctor`: there is a problem"
            }
            Self::Usage => "the command makes no sense as given",
            Self::Partial => {
                "`verify`: valid but partial; `erase`, `redact`: some copy is not gone yet, or it is not effective yet; `--keep-going`: lines were left out"
            }
            Self::UnknownKey => "`verify`: valid, but under a key that is not trusted here",
            Self::NotFound => "what was named does not exist, or nothing matches",
            Self::InUse => "another process has the store open",
            Self::Full => "the disk is full; nothing of the operation was stored",
            Self::Pending => "an earlier erasure has to be settled first",
            Self::NotAllowed => "who acts may not do this, or did not show who they are",
        }
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
