//! The wordings of `words.txt`, each line on its own: what only a word can tell is found beside it, and nothing where the word
//! speaks of something else.

use wuhen_detect::{Detector, Kind, KindSet, Settings};

/// A line of the file: what was asked before it, its text without frames, and the framed spans.
struct Wording {
    kind: Kind,
    question: String,
    text: String,
    spans: Vec<(usize, usize)>,
}

fn wordings() -> Vec<Wording> {
    let mut kind = None;
    let mut wordings = Vec::new();
    for line in include_str!("words.txt").lines() {
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'))
        {
            kind = Some(name.parse().expect("a heading is a kind"));
        } else if !line.is_empty() && !line.starts_with('#') {
            let (question, framed) = line.split_once(" => ").unwrap_or(("", line));
            wordings.push(read(
                kind.expect("a heading stands above"),
                question,
                framed,
            ));
        }
    }
    wordings
}

fn read(kind: Kind, question: &str, framed: &str) -> Wording {
    let mut wording = Wording {
        kind,
        question: question.replace("\\n", "\n"),
        text: String::new(),
        spans: Vec::new(),
    };
    let mut start = 0;
    for char in framed.replace("\\n", "\n").chars() {
        match char {
            '⟦' => start = wording.text.len(),
            '⟧' => wording.spans.push((start, wording.text.len())),
            other => wording.text.push(other),
        }
    }
    wording
}

#[test]
fn what_a_word_tells_is_found_however_it_is_said_and_nothing_else_is() {
    let detector = Detector::new(Settings::all());
    let mut findings = Vec::new();
    let mut wrong = Vec::new();
    let wordings = wordings();
    for wording in &wordings {
        let asked = detector.scan_in(&wording.question, KindSet::NONE, &mut findings);
        detector.scan_in(&wording.text, asked, &mut findings);
        let found: Vec<(usize, usize)> = (findings.iter())
            .filter(|finding| finding.kind == wording.kind)
            .map(|finding| (finding.start, finding.end))
            .collect();
        if found != wording.spans {
            let shown: Vec<_> = (findings.iter())
                .map(|finding| (finding.kind, &wording.text[finding.range()]))
                .collect();
            wrong.push(format!(
                "{}: {:?} {:?}: {shown:?}",
                wording.kind, wording.question, wording.text
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} are read wrong:\n{}",
        wrong.len(),
        wordings.len(),
        wrong.join("\n")
    );
}
