//! `wuhen staff`: the people of the house.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use wuhen_model::people::StaffRole;

use super::json;

#[derive(Subcommand)]
pub(crate) enum Staff {
    /// Add a member
    ///
    /// Without a password they act at the command line of this machine only, where who has the keys is believed.
    #[command(after_long_help = json::STAFF_ADD)]
    Add {
        /// What they are called; letters, digits, dots, hyphens, underscores
        name: String,
        /// What they may do: see docs/roles.md
        #[arg(long, value_enum, value_name = "ROLE")]
        role: RoleName,
        /// File with their password, of 12 characters or more
        #[arg(long, value_name = "FILE")]
        new_password_file: Option<PathBuf>,
        /// Give them a second factor; its secret is shown once, for an authenticator app
        #[arg(long, requires = "new_password_file")]
        second_factor: bool,
    },
    /// List the staff
    #[command(after_long_help = json::STAFF_LIST)]
    List,
    /// End a member's rights: they left
    ///
    /// What waits for their approval waits for anybody else's. Their name is not given again.
    #[command(after_long_help = json::STAFF_DISABLE)]
    Disable {
        /// Who left
        name: String,
    },
    /// Give a member another role
    #[command(after_long_help = json::STAFF_ROLE)]
    Role {
        /// Whose
        name: String,
        /// Which role
        #[arg(value_enum, value_name = "ROLE")]
        role: RoleName,
    },
    /// Set or change a password
    ///
    /// One's own, or, for who manages staff, anybody's. It ends a lock-out. The second factor stays unless something else is asked for: who
    /// sets a password must not get by with it alone. For a lost phone there is --renew-second-factor.
    #[command(after_long_help = json::STAFF_PASSWORD)]
    Password {
        /// Whose
        name: String,
        /// File with the new password, of 12 characters or more; at a terminal it is asked for
        #[arg(long, value_name = "FILE")]
        new_password_file: Option<PathBuf>,
        /// Make a new second factor; its secret is shown once, and the old one ends
        #[arg(long)]
        renew_second_factor: bool,
        /// End the second factor
        #[arg(long, conflicts_with = "renew_second_factor")]
        end_second_factor: bool,
    },
}

/// A role of staff, by name.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum RoleName {
    /// Talks with guests
    Agent,
    /// Stands over agents
    Supervisor,
    /// Answers for the house's personal data
    PrivacyOfficer,
    /// Reads what was done, and changes nothing
    Auditor,
    /// Runs the house's account: staff and settings, no records
    TenantAdmin,
}

impl From<RoleName> for StaffRole {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Agent => Self::Agent,
            RoleName::Supervisor => Self::Supervisor,
            RoleName::PrivacyOfficer => Self::PrivacyOfficer,
            RoleName::Auditor => Self::Auditor,
            RoleName::TenantAdmin => Self::TenantAdmin,
        }
    }
}
