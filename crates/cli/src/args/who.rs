//! Who acts, and how they show that it is them. No password stands on a command line or in the environment: a file does, or somebody types it.

use std::path::PathBuf;

use clap::Args;

/// Who acts.
#[derive(Args, Clone)]
#[command(next_help_heading = "General options")]
pub(crate) struct Who {
    /// Who acts: a member of staff, or a role for the privacy officer acting in it [default: the first privacy officer]
    #[arg(
        long = "as",
        global = true,
        value_name = "NAME",
        env = "WUHEN_AS",
        hide_env_values = true
    )]
    acting_as: Option<String>,
    /// File with the password of who acts; at a terminal it is asked for
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "WUHEN_PASSWORD_FILE",
        hide_env_values = true
    )]
    password_file: Option<PathBuf>,
    /// Code of the second factor of who acts
    #[arg(long, global = true, value_name = "CODE")]
    pub(crate) code: Option<String>,
}

impl Who {
    /// Who acts, if somebody was named.
    pub(crate) fn name(&self) -> Option<&str> {
        // A variable that is set to nothing names nobody.
        self.acting_as.as_deref().filter(|name| !name.is_empty())
    }

    /// Where their password stands.
    pub(crate) fn password_file(&self) -> Option<&PathBuf> {
        let file = self.password_file.as_ref();
        file.filter(|file| !file.as_os_str().is_empty())
    }
}
