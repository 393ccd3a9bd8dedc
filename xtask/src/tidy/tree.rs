//! The files of the checkout as the checks see them: text files that git tracks or would track.

use anyhow::Result;

use crate::shell::{self, Workspace};

/// All text files, in the order of their paths.
pub(crate) struct Tree {
    pub(crate) files: Vec<SourceFile>,
}

/// One text file.
pub(crate) struct SourceFile {
    /// Path from the root, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Tree {
    /// Asks git for the files: new ones count before they are committed, ignored ones never.
    pub(crate) fn read(workspace: &Workspace) -> Result<Self> {
        let list = ["ls-files", "--cached", "--others", "--exclude-standard"];
        let paths = shell::output(workspace.command("git").args(list).arg("-z"))?;
        let mut files: Vec<SourceFile> = paths
            .split_terminator('\0')
            // What is deleted but still tracked, and what is no text, has no style.
            .filter_map(|path| {
                let text = std::fs::read_to_string(workspace.root.join(path)).ok()?;
                Some(SourceFile::new(path, text))
            })
            .collect();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(Self { files })
    }

    /// All Rust files.
    pub(crate) fn rust(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter().filter(|file| file.has_end(".rs"))
    }

    /// The file with exactly this path.
    pub(crate) fn find(&self, path: &str) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.path == path)
    }
}

impl SourceFile {
    pub(crate) fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
        }
    }

    pub(crate) fn has_end(&self, end: &str) -> bool {
        self.path.ends_with(end)
    }

    /// Whether the whole file exists for tests, benches or fuzzing.
    pub(crate) fn is_for_tests(&self) -> bool {
        const FOLDERS: [&str; 3] = ["tests", "benches", "fuzz"];
        let mut folders: Vec<&str> = self.path.split('/').collect();
        let name = folders.pop().unwrap_or_default();
        name == "tests.rs"
            || self.path.starts_with("bench/")
            || folders.iter().any(|folder| FOLDERS.contains(folder))
    }

    /// All lines with their numbers from 1.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }

    /// The lines before the tests, which the house rules put last in a file.
    pub(crate) fn product_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let end = if self.is_for_tests() {
            0
        } else {
            self.product_length()
        };
        self.lines().take(end)
    }

    /// The product's lines without those that are only comment.
    pub(crate) fn product_code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.product_lines()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The number of lines before an inline test module; `mod tests;` alone does not end the product.
    pub(crate) fn product_length(&self) -> usize {
        let lines: Vec<&str> = self.text.lines().collect();
        lines
            .windows(2)
            .position(|pair| {
                pair[0].trim() == "#[cfg(test)]"
                    && pair[1].trim_start().starts_with("mod ")
                    && pair[1].trim_end().ends_with('{')
            })
            .unwrap_or(lines.len())
    }
}

/// Whether `word` occurs in `text` with no letter, digit or `_` before or after it.
pub(crate) fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        let after = text[start + word.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

#[cfg(test)]
pub(crate) fn tree_of<const N: usize>(files: [(&str, &str); N]) -> Tree {
    let files = files.map(|(path, text)| SourceFile::new(path, text));
    Tree {
        files: files.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inline_test_module_ends_the_product() {
        let file = SourceFile::new(
            "crates/a/src/lib.rs",
            "use a;\n#[cfg(test)]\nmod tests;\nfn f() {}\n#[cfg(test)]\nmod more {\n}\n",
        );
        assert_eq!(file.product_length(), 4);
    }

    #[test]
    fn test_files_are_known_by_their_place() {
        let is_for_tests = |path: &str| SourceFile::new(path, "").is_for_tests();
        assert!(is_for_tests("crates/a/src/row/tests.rs"));
        assert!(is_for_tests("crates/a/tests/end.rs"));
        assert!(is_for_tests("tests/sim/main.rs"));
        assert!(is_for_tests("bench/src/lib.rs"));
        assert!(!is_for_tests("xtask/src/test.rs"));
    }

    #[test]
    fn a_word_is_not_a_part_of_another() {
        assert!(has_word("use std::fs;", "fs"));
        assert!(!has_word("offset, fsync", "fs"));
    }
}
