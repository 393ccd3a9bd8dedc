//! Finding personal data in chat: MB/s of one thread and accuracy, beside a `RegexSet`, redact-core and argus-redact-core in one run.
//! Text: real dialogues where they lie beside the project, and the generated corpus; accuracy on what is labelled.

mod contender;
mod peers;
mod shapes;

use std::fmt::Write as _;
use std::fs;

use anyhow::Result;
use serde_json::{Value, json};
use wuhen_bench::arguments::{Arguments, Scale};
use wuhen_bench::machine;
use wuhen_bench::report::{Report, Row, say};
use wuhen_bench::time::{ROUNDS, median, thread_cpu_ms};
use wuhen_corpus::line::Line;
use wuhen_corpus::score::Score;
use wuhen_corpus::{dialogues, generate, labelled, report};
use wuhen_detect::Kind;

use crate::contender::Contender;

/// Bytes that a contender reads at least in a round, again and again the same text.
const FAST_BYTES: usize = 16_000_000;
/// Bytes of the text, spread over all of it, that a slow peer reads once in a round.
const SLOW_BYTES: usize = 200_000;
/// The same in a run that only proves that everything runs.
const SMOKE_BYTES: usize = 10_000;
const SEED: u64 = 20_251;
const WITHOUT_NAMES_MB_MIN: f64 = 120.0;
const WITH_NAMES_MB_MIN: f64 = 40.0;
const TIMES_ARGUS_MIN: f64 = 100.0;

fn main() -> Result<()> {
    let arguments = Arguments::from_process()?;
    let is_smoke = arguments.scale == Scale::Smoke;
    let generated = generate::generate(SEED, if is_smoke { 300 } else { 20_000 });
    let contenders = contender::all();
    let mut report = Report::new("detect");
    for (name, text) in texts(&generated)? {
        measure(&name, &text, &contenders, is_smoke, &mut report);
    }
    report.write(&machine::results_folder()?)?;
    accuracy(&contenders, &generated, is_smoke)
}

/// The texts to measure on, with their names.
fn texts(generated: &[Line]) -> Result<Vec<(String, Vec<String>)>> {
    let mut texts = Vec::new();
    if let Some(folder) = dialogues::folder() {
        let [zh, en] = dialogues::texts(&folder)?;
        let both = zh.iter().chain(&en).cloned().collect();
        texts.push(("dialogues zh".to_owned(), zh));
        texts.push(("dialogues en".to_owned(), en));
        texts.push(("dialogues zh+en".to_owned(), both));
    } else {
        dialogues::say_skipped("speed on real dialogues");
    }
    let lines = generated.iter().map(|line| line.text.clone()).collect();
    texts.push(("generated".to_owned(), lines));
    Ok(texts)
}

/// All contenders on one text, by turns, so that what else the machine does meets all of them.
fn measure(
    text_name: &str,
    text: &[String],
    contenders: &[Contender],
    is_smoke: bool,
    report: &mut Report,
) {
    let mut speeds = vec![Vec::new(); contenders.len()];
    for _ in 0..ROUNDS {
        for (contender, speeds) in contenders.iter().zip(&mut speeds) {
            let speed = if contender.is_slow {
                let bytes = if is_smoke { SMOKE_BYTES } else { SLOW_BYTES };
                speed_of(contender, &spread(text, bytes), 0)
            } else {
                speed_of(contender, text, if is_smoke { 0 } else { FAST_BYTES })
            };
            speeds.push(speed);
        }
    }
    let figure = |name: &str| {
        let place = contenders.iter().position(|one| one.name == name);
        median(&speeds[place.expect("all are measured")])
    };
    let is_real = text_name.starts_with("dialogues");
    let row = |what: &str, ours: f64, peer: &str| {
        let name = format!("{what} / {peer}, {text_name}");
        Row::new(name, "MB/s", ours, ROUNDS).beside(figure(peer))
    };
    let [some, all] = [contender::OURS_WITHOUT_NAMES, contender::OURS].map(figure);
    let goal = |row: Row, limit: f64| if is_real { row.goal(limit) } else { row };
    report.row(goal(
        row("all but names and addresses", some, contender::REGEX_SET),
        WITHOUT_NAMES_MB_MIN,
    ));
    report.row(goal(
        row("everything", all, contender::REGEX_SET),
        WITH_NAMES_MB_MIN,
    ));
    report.row(row("everything", all, contender::REDACT));
    let argus = row("everything", all, contender::ARGUS).goal_ratio(TIMES_ARGUS_MIN);
    report
        .row(argus.note("time of the thread on a processor; the RegexSet tells which, not where"));
}

/// MB a second, each message on its own, the text over and over until so many bytes are read.
fn speed_of(contender: &Contender, text: &[String], bytes_min: usize) -> f64 {
    let size: usize = text.iter().map(String::len).sum();
    let passes = bytes_min.div_ceil(size).max(1);
    let before = thread_cpu_ms();
    let mut found = 0;
    for _ in 0..passes {
        for message in text {
            found += (contender.count)(message);
        }
    }
    let took = thread_cpu_ms() - before;
    std::hint::black_box(found);
    // A program that does nothing takes no time; what it would be is of no interest.
    megabytes(size * passes) / (took / 1e3).max(1e-6)
}

fn megabytes(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes).expect("a round reads less than 4 GB")) / 1e6
}

/// Every Nth message, so that they make about so many bytes.
fn spread(text: &[String], bytes: usize) -> Vec<String> {
    let size: usize = text.iter().map(String::len).sum();
    let step = size.div_ceil(bytes).max(1);
    text.iter().step_by(step).cloned().collect()
}

/// Prints what each contender found on each list, and writes it to `target/bench/detect-accuracy.json`.
fn accuracy(contenders: &[Contender], generated: &[Line], is_smoke: bool) -> Result<()> {
    let mut lists = vec![("chat lines by hand", labelled::chat()?)];
    if let Some(folder) = dialogues::folder() {
        lists.push(("shared messages by hand", labelled::shared(&folder)?));
        lists.push((
            "landlines of the dialogues",
            dialogues::with_phones(&folder)?,
        ));
        let mut clean = dialogues::clean_lines(&folder)?;
        let step = if is_smoke { 200 } else { 8 };
        clean = clean.into_iter().step_by(step).collect();
        lists.push(("clean lines of the dialogues, a part", clean));
    } else {
        dialogues::say_skipped("accuracy on messages that are not ours");
    }
    let part = generated.iter().step_by(5).cloned().collect();
    lists.push(("generated, a fifth", part));
    let mut all = Vec::new();
    for (name, lines) in &lists {
        let scores: Vec<(&Contender, Score)> = contenders
            .iter()
            .filter(|one| one.name != contender::OURS_WITHOUT_NAMES)
            .map(|one| (one, Score::of(lines, one.judged, |line| (one.find)(line))))
            .collect();
        print_scores(name, &scores);
        for (contender, score) in &scores {
            all.push(json!({"lines": name, "of": contender.name, "score": report::to_json(score)}));
        }
    }
    let path = machine::results_folder()?.join("detect-accuracy.json");
    Ok(fs::write(path, format!("{:#}\n", Value::from(all)))?)
}

/// A table of recall/precision/F1: kinds down, contenders across; `-` where a contender does not know the kind.
fn print_scores(name: &str, scores: &[(&Contender, Score)]) {
    say("\nrecall/precision/F1");
    let names = scores
        .iter()
        .map(|(contender, _)| contender.name.to_owned());
    say(&row(&format!("{name}:"), names));
    for kind in Kind::ALL {
        let cells = scores.iter().map(|(_, score)| report::brief(score, *kind));
        if cells.clone().any(|cell| cell.is_some()) {
            let cells = cells.map(|cell| cell.unwrap_or_else(|| "-".to_owned()));
            say(&row(kind.as_str(), cells));
        }
    }
    let shares = scores.iter().map(|(_, score)| {
        let share = score.flagged_share().unwrap_or(0.0);
        format!("{:.2} %", share * 100.0)
    });
    say(&row("clean lines flagged", shares));
}

fn row(name: &str, cells: impl Iterator<Item = String>) -> String {
    let mut text = format!("{name:<36}");
    for cell in cells {
        write!(text, "{cell:>20}").expect("a string takes everything");
    }
    text
}
