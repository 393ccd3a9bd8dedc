//! `cargo xtask generate`: the command line's reference and completions, the table of roles, and the schema of rule packs, printed by `wuhen` from its own definitions.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::shell::{self, Workspace};

/// Every generated file, and the arguments with which `wuhen` prints it.
const FILES: [(&str, &[&str]); 6] = [
    ("docs/cli.md", &["reference"]),
    ("docs/roles.md", &["reference", "--roles"]),
    ("docs/rule-pack.schema.json", &["rules", "schema"]),
    ("completions/wuhen.bash", &["completions", "bash"]),
    ("completions/_wuhen", &["completions", "zsh"]),
    ("completions/wuhen.fish", &["completions", "fish"]),
];

/// Writes the generated files, or with `check` fails when one is not what would be written.
pub(crate) fn run(workspace: &Workspace, check: bool) -> Result<()> {
    shell::run(&mut workspace.cargo(["build", "--quiet", "--package", "wuhen-cli"]))?;
    let mut stale = Vec::new();
    for (path, arguments) in FILES {
        let mut cargo = workspace.cargo(["run", "--quiet", "--package", "wuhen-cli", "--"]);
        let text = shell::output(cargo.args(arguments))?;
        if text.is_empty() {
            bail!("wuhen {} printed nothing", arguments.join(" "));
        }
        let file = workspace.root.join(path);
        if is_fresh(&file, &text) {
            continue;
        }
        stale.push(path);
        if !check {
            write(&file, &text)?;
            println!("wrote {path}");
        }
    }
    if check && !stale.is_empty() {
        bail!(
            "stale: {}; run cargo xtask generate and commit the result",
            stale.join(", ")
        );
    }
    println!("{} generated files are fresh", FILES.len());
    Ok(())
}

fn is_fresh(file: &Path, text: &str) -> bool {
    std::fs::read_to_string(file).is_ok_and(|kept| kept == text)
}

fn write(file: &Path, text: &str) -> Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
    }
    std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_stale_when_missing_or_different() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new/cli.md");
        assert!(!is_fresh(&file, "a"));
        write(&file, "a").unwrap();
        assert!(is_fresh(&file, "a"));
        assert!(!is_fresh(&file, "b"));
    }
}
