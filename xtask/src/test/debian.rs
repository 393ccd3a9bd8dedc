//! The Debian packages that building and testing need: installed when we may, otherwise named.

use std::process::Command;

use anyhow::{Result, bail};

use crate::shell;

/// A program that must be on the search path, and the package it comes in.
pub(crate) struct Need {
    program: &'static str,
    package: &'static str,
}

/// The C compiler builds aws-lc and SQLite (both need nothing else); tidy asks git which files are ours.
pub(crate) const TO_BUILD: &[Need] = &[
    Need {
        program: "cc",
        package: "gcc",
    },
    Need {
        program: "git",
        package: "git",
    },
];

/// libFuzzer is C++.
pub(crate) const TO_FUZZ: &[Need] = &[Need {
    program: "c++",
    package: "g++",
}];

/// Makes sure that the programs are there. Only root on a machine with apt-get may install; others are told what to ask for.
pub(crate) fn ensure(needs: &[Need]) -> Result<()> {
    let missing: Vec<&str> = needs
        .iter()
        .filter(|need| !shell::on_path(need.program))
        .map(|need| need.package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !may_install() {
        bail!(
            "missing; please run: sudo apt-get install {}",
            missing.join(" ")
        );
    }
    println!("installing {}", missing.join(" "));
    // A fresh image has no package lists at all.
    shell::run(Command::new("apt-get").args(["-qq", "update"]))?;
    let install = ["-qq", "install", "--yes", "--no-install-recommends"];
    shell::run(
        Command::new("apt-get")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(install)
            .args(missing),
    )
}

fn may_install() -> bool {
    let user = shell::output(Command::new("id").arg("-u"));
    user.is_ok_and(|id| id.trim() == "0") && shell::on_path("apt-get")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_installed_when_all_is_there() {
        let shell = Need {
            program: "sh",
            package: "there-is-no-such-package",
        };
        ensure(&[shell]).unwrap();
    }
}
