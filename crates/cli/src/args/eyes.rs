//! Whose eyes an answer is for.

use clap::{Args, ValueEnum};
use wuhen_detect::{Sight, Viewer};

/// A role that reads, by name.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum ViewerName {
    /// Talks with guests
    Agent,
    /// Stands over agents
    Supervisor,
    /// Answers for the house's personal data
    PrivacyOfficer,
    /// Reads what was done, not whom it was about
    Auditor,
}

impl From<ViewerName> for Viewer {
    fn from(name: ViewerName) -> Self {
        match name {
            ViewerName::Agent => Self::Agent,
            ViewerName::Supervisor => Self::Supervisor,
            ViewerName::PrivacyOfficer => Self::PrivacyOfficer,
            ViewerName::Auditor => Self::Auditor,
        }
    }
}

/// Whose eyes an answer is for.
#[derive(Args)]
pub(crate) struct Eyes {
    /// The role that reads: it decides what is masked
    #[arg(long = "as", value_enum, value_name = "ROLE", default_value = "agent")]
    pub(crate) role: ViewerName,
}

impl Eyes {
    /// What the role sees of itself.
    pub(crate) fn sight(&self) -> Sight {
        Sight::of(self.role.into())
    }
}
