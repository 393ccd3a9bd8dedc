//! How fast one core finds names and private addresses: `cargo bench -p wuhen-detect -- [FILE.jsonl]...`, in texts of files in the
//! interchange format, or in lines of the tests. Lines go in pieces; each piece counts with the best of its rounds, so that what
//! else the machine does disturbs little.

#![expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
#![expect(clippy::print_stdout, reason = "a benchmark tells a person")]

use std::hint::black_box;
use std::time::Instant;

use wuhen_detect::{Detector, Kind, KindSet, Settings};

const ROUNDS: usize = 40;
const PIECE_LINES: usize = 500;

fn main() {
    let files: Vec<_> = std::env::args()
        .skip(1)
        .filter(|arg| !arg.starts_with("--"))
        .collect();
    if files.is_empty() {
        let lines: Vec<_> = include_str!("../tests/names.txt")
            .lines()
            .map(str::to_owned)
            .collect();
        report("lines of the tests", &lines);
    }
    for file in files {
        report(&file, &texts(&file));
    }
}

fn texts(file: &str) -> Vec<String> {
    let lines = std::fs::read_to_string(file).expect("the file is there and UTF-8");
    let text = |line: &str| {
        let record: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        record["text"].as_str().map(str::to_owned)
    };
    lines.lines().filter_map(text).collect()
}

#[expect(clippy::cast_precision_loss, reason = "figures for a person to read")]
fn report(name: &str, lines: &[String]) {
    let bytes: usize = lines.iter().map(String::len).sum();
    for (what, kinds) in [
        ("names", KindSet::only(Kind::PersonName)),
        ("addresses", KindSet::only(Kind::Address)),
        ("both", KindSet::of(&[Kind::PersonName, Kind::Address])),
    ] {
        let detector = Detector::new(Settings {
            kinds,
            ..Settings::all()
        });
        let mut flagged = 0;
        let seconds: f64 = lines
            .chunks(PIECE_LINES)
            .map(|piece| {
                let (seconds, with_findings) = best(&detector, piece);
                flagged += with_findings;
                seconds
            })
            .sum();
        println!(
            "{name}: {what:10} {:6.0} MB/s, {flagged} of {} lines flagged",
            bytes as f64 / seconds / 1e6,
            lines.len()
        );
    }
}

fn best(detector: &Detector, piece: &[String]) -> (f64, usize) {
    let mut findings = Vec::new();
    let mut flagged = 0;
    let mut seconds = f64::INFINITY;
    for _ in 0..ROUNDS {
        flagged = 0;
        let start = Instant::now();
        for line in piece {
            detector.scan(black_box(line), &mut findings);
            flagged += usize::from(!findings.is_empty());
        }
        seconds = seconds.min(start.elapsed().as_secs_f64());
    }
    (seconds, flagged)
}
