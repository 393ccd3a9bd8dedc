//! Private addresses in chat lines that were labelled by hand (`addresses.txt`): British, American, European and Asian ones in Latin
//! letters, Chinese ones of every script and shape, in forms, in lists and in answers; and addresses of houses, which are nobody's.

#![expect(
    clippy::print_stdout,
    reason = "which lines are missed is what a person wants to know"
)]

use std::ops::Range;

use wuhen_detect::{Detector, Finding, Kind, KindSet, Settings};

/// The text of a line, and where its addresses stand.
fn parse(line: &str) -> (String, Vec<Range<usize>>) {
    let line = line.replace("\\n", "\n");
    let mut text = String::new();
    let mut labels = Vec::new();
    let mut rest = &line[..];
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        let close = open + rest[open..].find('}').expect("a label is closed");
        let start = text.len();
        text.push_str(&rest[open + 1..close]);
        labels.push(start..text.len());
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    (text, labels)
}

fn agrees(finding: &Finding, label: &Range<usize>) -> bool {
    let both = (finding.end.min(label.end)).saturating_sub(finding.start.max(label.start));
    both * 2 >= label.len() && both * 2 >= finding.range().len()
}

/// How many were found to the byte, found, missed, and invented.
fn score() -> [usize; 4] {
    let detector = Detector::new(Settings {
        kinds: KindSet::ALL,
        ..Settings::all()
    });
    let mut findings = Vec::new();
    let mut score = [0; 4];
    let lines = include_str!("addresses.txt").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let (text, labels) = parse(line);
        detector.scan_in(&text, KindSet::NONE, &mut findings);
        let found: Vec<_> = (findings.iter())
            .filter(|finding| finding.kind == Kind::Address)
            .collect();
        for label in &labels {
            let finding = found.iter().find(|finding| agrees(finding, label));
            match finding {
                Some(finding) if finding.range() == *label => score[0] += 1,
                Some(_) => score[1] += 1,
                None => {
                    score[2] += 1;
                    println!("missed {} in {text}", &text[label.clone()]);
                }
            }
        }
        for finding in found {
            if !labels.iter().any(|label| agrees(finding, label)) {
                score[3] += 1;
                println!("invented {} in {text}", &text[finding.range()]);
            }
        }
    }
    println!("exact, found, missed, invented: {score:?}");
    score
}

#[test]
fn private_addresses_of_many_countries_are_found_and_those_of_houses_are_not() {
    let [exact, found, missed, invented] = score();
    let all = exact + found + missed;
    assert!(missed * 20 <= all, "{missed} of {all} missed");
    assert!(exact * 10 >= all * 9, "{exact} of {all} to the byte");
    assert!(invented * 20 <= all, "{invented} invented");
}
