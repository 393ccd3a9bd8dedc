//! Words that no committed file holds: unfinished work, silenced lints, paths of the machine it was written on.

use crate::tidy::Finding;
use crate::tidy::tree::{SourceFile, Tree, has_word};

/// Written in two halves, so that this file passes its own check.
const UNFINISHED: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];
const RUST: [(&str, &str); 6] = [
    (concat!("todo", "!("), "finish it"),
    (concat!("unimplemented", "!("), "finish it"),
    (concat!("dbg", "!("), "remove it"),
    (concat!("#[", "ignore"), "a test runs or does not exist"),
    (
        concat!("#[", "allow("),
        "use #[expect(lint, reason = \"...\")]",
    ),
    (
        concat!("#![", "allow("),
        "use #![expect(lint, reason = \"...\")]",
    ),
];
const MACHINE_PATHS: [&str; 2] = [concat!("/wo", "rk/"), concat!("/ro", "ot/")];

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    tree.files.iter().flat_map(check_file).collect()
}

fn check_file(file: &SourceFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in file.lines() {
        let mut found = |words: String| findings.push(Finding::new(&file.path, number, words));
        for word in UNFINISHED.iter().filter(|word| has_word(line, word)) {
            found(format!("{word}: finish it, or file an issue"));
        }
        for path in MACHINE_PATHS.iter().filter(|path| starts_path(line, path)) {
            found(format!("{path} is a path of one machine"));
        }
        if file.has_end(".rs") {
            for (word, advice) in RUST.iter().filter(|(word, _)| line.contains(word)) {
                found(format!("{word}: {advice}"));
            }
        }
    }
    findings
}

/// Whether an absolute path that starts so is in the line; the same folder name inside of another path is none.
fn starts_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || "._-~/})".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tree::tree_of;

    fn count(path: &str, text: &str) -> usize {
        check(&tree_of([(path, text)])).len()
    }

    #[test]
    fn unfinished_work_is_found_in_every_kind_of_file() {
        let text = format!("# {}: later\n", UNFINISHED[0]);
        assert_eq!(count("a.toml", &text), 1);
        assert_eq!(count("docs/a.md", &text), 1);
        assert_eq!(count("a.toml", &text.replace(": ", "S ")), 0);
    }

    #[test]
    fn each_forbidden_piece_of_rust_is_found() {
        for (word, _) in RUST {
            assert_eq!(count("a.rs", &format!("    {word}x)]\n")), 1, "{word}");
            assert_eq!(count("a.md", word), 0, "documents may speak of it");
        }
    }

    #[test]
    fn a_path_of_one_machine_is_found() {
        let [path, _] = MACHINE_PATHS;
        assert_eq!(count("a.sh", &format!("cd {path}main\n")), 1);
        assert_eq!(count("a.sh", &format!("cd ..{path}main\n")), 0);
    }
}
