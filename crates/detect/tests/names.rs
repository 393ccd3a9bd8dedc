//! Names and private addresses in chat lines that were labelled by hand (`names.txt`): a finding counts when it has the kind of a
//! label and covers half of what both cover together.

#![expect(
    clippy::print_stdout,
    reason = "which lines are missed is what a person wants to know"
)]

use std::ops::Range;

use wuhen_detect::{Detector, Finding, Kind, KindSet, Settings};

struct Line {
    text: String,
    asked: KindSet,
    labels: Vec<(Kind, Range<usize>)>,
}

/// `{N:..}` and `{A:..}` out of a line; `\n` is a line break.
fn parse(line: &str) -> Line {
    let (asked, line) = match line.split_at_checked(3) {
        Some(("?N ", rest)) => (KindSet::only(Kind::PersonName), rest),
        Some(("?A ", rest)) => (KindSet::only(Kind::Address), rest),
        _ => (KindSet::NONE, line),
    };
    let mut text = String::new();
    let mut labels = Vec::new();
    let mut rest = line;
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        let kind = if rest[open + 1..].starts_with('N') {
            Kind::PersonName
        } else {
            Kind::Address
        };
        let close = open + rest[open..].find('}').expect("a label is closed");
        let start = text.len();
        text.push_str(&rest[open + 3..close]);
        labels.push((kind, start..text.len()));
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    // As long as what it replaces, so that labels stay where they are.
    Line {
        text: text.replace("\\n", "\n\n"),
        asked,
        labels,
    }
}

fn lines() -> impl Iterator<Item = Line> {
    include_str!("names.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(parse)
}

fn agrees(finding: &Finding, (kind, label): &(Kind, Range<usize>)) -> bool {
    let both = finding
        .end
        .min(label.end)
        .saturating_sub(finding.start.max(label.start));
    let either = finding.end.max(label.end) - finding.start.min(label.start);
    finding.kind == *kind && both * 2 >= either
}

fn detector() -> Detector {
    Detector::new(Settings {
        kinds: KindSet::of(&[Kind::PersonName, Kind::Address]),
        ..Settings::all()
    })
}

#[derive(Default, Debug)]
struct Score {
    found: usize,
    wrong: usize,
    missed: usize,
}

impl Score {
    #[expect(clippy::cast_precision_loss, reason = "a share for a person to read")]
    fn f1(&self) -> f64 {
        let found = (self.found * 2) as f64;
        found / (found + (self.wrong + self.missed) as f64)
    }
}

fn score(kind: Kind) -> Score {
    let detector = detector();
    let mut findings = Vec::new();
    let mut score = Score::default();
    for line in lines() {
        detector.scan_in(&line.text, line.asked, &mut findings);
        let of_kind = || findings.iter().filter(|finding| finding.kind == kind);
        let labels: Vec<_> = line.labels.iter().filter(|label| label.0 == kind).collect();
        for label in &labels {
            if of_kind().any(|finding| agrees(finding, label)) {
                score.found += 1;
            } else {
                score.missed += 1;
                println!("missed {} in {}", &line.text[label.1.clone()], line.text);
            }
        }
        for finding in of_kind() {
            if !labels.iter().any(|label| agrees(finding, label)) {
                score.wrong += 1;
                println!(
                    "wrong {} ({}) in {}",
                    &line.text[finding.range()],
                    finding.score,
                    line.text
                );
            }
        }
    }
    println!("{kind}: {score:?}, F1 {:.3}", score.f1());
    score
}

#[test]
fn names_in_labelled_lines_are_found() {
    assert!(score(Kind::PersonName).f1() >= 0.95);
}

#[test]
fn private_addresses_in_labelled_lines_are_found_and_those_of_houses_are_not() {
    assert!(score(Kind::Address).f1() >= 0.9);
}
