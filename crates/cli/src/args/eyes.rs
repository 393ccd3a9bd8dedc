//! Whose eyes an answer is for.

use clap::{Args, ValueEnum};
use wuhen_detect::Viewer;

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
    /// With whose eyes to read, which decides what is masked: a role that sees no more than one's own [default: that of --as; else agent]
    #[arg(id = "eyes", long = "role", value_enum, value_name = "ROLE")]
    role: Option<ViewerName>,
}

impl Eyes {
    /// The role, if one was named.
    pub(crate) fn role(&self) -> Option<Viewer> {
        self.role.map(Viewer::from)
    }
}
