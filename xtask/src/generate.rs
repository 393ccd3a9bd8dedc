//! `cargo xtask generate`: the command line's reference and completions, and the schema of rule packs, printed by `wuhen` from its own definitions;
//! the table of roles, printed by an example of `model`.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::shell::{self, Workspace};

/// Every generated file, and the arguments with which `wuhen` prints it.
const FILES: [(&str, &[&str]); 5] = [
    ("docs/cli.md", &["reference"]),
    ("docs/rule-pack.schema.json", &["rules", "schema"]),
    ("completions/wuhen.bash", &["completions", "bash"]),
    ("completions/_wuhen", &["completions", "zsh"]),
    ("completions/wuhen.fish", &["completions", "fish"]),
];

/// Every generated file that an example of `model` prints, and the example.
const EXAMPLES: [(&str, &str); 1] = [("docs/roles.md", "roles")];

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
        renew(workspace, check, path, &text, &mut stale)?;
    }
    for (path, example) in EXAMPLES {
        let package = ["run", "--quiet", "--package", "wuhen-model", "--example"];
        let text = shell::output(workspace.cargo(package).arg(example))?;
        renew(workspace, check, path, &text, &mut stale)?;
    }
    if check && !stale.is_empty() {
        bail!(
            "stale: {}; run cargo xtask generate and commit the result",
            stale.join(", ")
        );
    }
    println!("{} generated files are fresh", FILES.len() + EXAMPLES.len());
    Ok(())
}

/// Notes a file that is not fresh, and writes it unless it is only to be checked.
fn renew<'p>(
    workspace: &Workspace,
    check: bool,
    path: &'p str,
    text: &str,
    stale: &mut Vec<&'p str>,
) -> Result<()> {
    let file = workspace.root.join(path);
    if is_fresh(&file, text) {
        return Ok(());
    }
    stale.push(path);
    if !check {
        write(&file, text)?;
        println!("wrote {path}");
    }
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
