//! The one gate to records: only the files listed here open them for the program's own purposes. Whoever shows records to people asks
//! the gate what is said of them; a new file that goes around it is found here.

use crate::tidy::Finding;
use crate::tidy::tree::{Tree, has_word};

const AROUND: &str = "for_program";
/// Where the gate itself stands.
const GATE: &str = "crates/service/src/gate.rs";
/// Files that open records and show them to nobody. An entry needs a reason that the file's opening tells.
const FOR_THE_PROGRAM: [&str; 13] = [
    "crates/service/src/bookings.rs",
    "crates/service/src/decide.rs",
    "crates/service/src/erase.rs",
    "crates/service/src/find.rs",
    "crates/service/src/hold/reach.rs",
    "crates/service/src/redact.rs",
    "crates/service/src/redact/beside.rs",
    "crates/service/src/replace.rs",
    "crates/service/src/rotation.rs",
    "crates/service/src/rules/preview.rs",
    "crates/service/src/search/sketches.rs",
    "crates/service/src/select.rs",
    "crates/service/src/snapshot.rs",
];

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = stale(tree);
    for file in tree.rust().filter(|file| file.path.starts_with("crates/")) {
        if file.path == GATE || FOR_THE_PROGRAM.contains(&file.path.as_str()) {
            continue;
        }
        let around = file
            .product_code()
            .filter(|(_, line)| has_word(line, AROUND));
        findings.extend(around.map(|(number, _)| {
            Finding::new(
                &file.path,
                number,
                "records are read through the gate; only files in the list of xtask/src/tidy/gate.rs go around it",
            )
        }));
    }
    findings
}

/// A file of the list that does not need it any more would let the next change go around unseen.
fn stale(tree: &Tree) -> Vec<Finding> {
    let listed = FOR_THE_PROGRAM.iter().filter_map(|path| tree.find(path));
    let unused = listed.filter(|file| {
        let mut lines = file.product_code();
        !lines.any(|(_, line)| has_word(line, AROUND))
    });
    let found =
        |path: &str| Finding::new(path, 1, "does not go around the gate; take it off the list");
    unused.map(|file| found(&file.path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tree::tree_of;

    const LINE: &str = "let admitted = Admitted::for_program(Purpose::Redaction);\n";

    fn count(path: &str, text: &str) -> usize {
        check(&tree_of([(path, text)])).len()
    }

    #[test]
    fn a_read_path_that_goes_around_the_gate_is_found() {
        assert_eq!(count("crates/service/src/export.rs", LINE), 1);
        assert_eq!(count("crates/cli/src/commands/show.rs", LINE), 1);
        assert_eq!(count("crates/service/src/redact.rs", LINE), 0);
        assert_eq!(count(GATE, LINE), 0);
    }

    #[test]
    fn a_file_that_needs_the_list_no_more_is_found() {
        assert_eq!(count("crates/service/src/redact.rs", "let a = 1;\n"), 1);
    }
}
