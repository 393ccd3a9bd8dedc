//! Opening a store, and finding a word that stands in three conversations, beside reading every plain row (LIKE).
//! SQLite's full-text index answers in some ms, but keeps the words of deleted rows, and its trigrams miss Chinese words of two.

use std::sync::Arc;

use anyhow::{Result, ensure};
use wuhen_bench::arguments::Arguments;
use wuhen_bench::child;
use wuhen_bench::data::{Data, NEEDLE_CONVERSATIONS, NEEDLES};
use wuhen_bench::machine;
use wuhen_bench::ours;
use wuhen_bench::peer::Plain;
use wuhen_bench::report::{Report, Row, say};
use wuhen_bench::time::{ROUNDS, measure, median, ms, quantile};
use wuhen_model::NoSteps;
use wuhen_service::Service;
use wuhen_service::search::SearchScope;

/// Searches in one process, so that the 99th of a hundred means something.
const SEARCHES: usize = 100;
const ONE_SHOT_MS_MAX: f64 = 500.0;
const P99_MS_MAX: f64 = 150.0;
const OPEN_MS_MAX: f64 = 1_000.0;
const STORE: &str = "ours";

fn main() -> Result<()> {
    let arguments = Arguments::from_process()?;
    if let Some(words) = &arguments.part {
        return part(words);
    }
    let mut report = Report::new("search");
    for messages in arguments.sizes() {
        let data = Data::at(*messages)?;
        data.make()?;
        measure_size(&data, &mut report)?;
        data.remove(arguments.keep)?;
    }
    report.write(&machine::results_folder()?)
}

fn measure_size(data: &Data, report: &mut Report) -> Result<()> {
    let service = ours::create(&data.fresh_folder(STORE)?, Arc::new(NoSteps))?;
    ours::import(&service, &data.lines())?;
    drop(service);
    let words = |part: &str| [part.to_owned(), data.messages.to_string()];

    let mut opens = Vec::new();
    let mut shots = Vec::new();
    for _ in 0..ROUNDS {
        opens.push(child::run::<f64>(&words("open"))?);
        let (time, done) = measure(|| child::run::<f64>(&words("one-shot")));
        done?;
        shots.push(ms(time));
    }
    let scans = scan_plain(data)?;
    let name = |what: &str| format!("{what}, {} messages", data.messages);
    report.row(Row::new(name("open"), "ms", median(&opens), ROUNDS).goal(OPEN_MS_MAX));
    let one_shot = Row::new(name("search, one process"), "ms", median(&shots), ROUNDS);
    report.row(
        one_shot
            .beside(median(&scans))
            .goal(ONE_SHOT_MS_MAX)
            .note("start, open, search; peer: LIKE over plain rows in an open database"),
    );
    let times: Vec<f64> = child::run(&words("repeated"))?;
    report
        .row(Row::new(name("search, p50"), "ms", median(&times), SEARCHES).beside(median(&scans)));
    let p99 = quantile(&times, 99);
    report.row(Row::new(name("search, p99"), "ms", p99, SEARCHES).goal(P99_MS_MAX));
    Ok(())
}

fn scan_plain(data: &Data) -> Result<Vec<f64>> {
    let folder = data.fresh_folder("plain")?;
    let mut plain = Plain::create(&folder.join("plain.sqlite"))?;
    plain.import(&data.lines())?;
    let mut scans = Vec::new();
    for needle in NEEDLES.iter().take(ROUNDS) {
        let (time, found) = measure(|| plain.scan(needle));
        ensure!(
            (1..=NEEDLE_CONVERSATIONS).contains(&found?),
            "the peer did not find {needle}"
        );
        scans.push(ms(time));
    }
    Ok(scans)
}

/// A process of its own: `open`, `one-shot` or `repeated`, with the number of messages.
fn part(words: &[String]) -> Result<()> {
    let [part, messages] = words else {
        anyhow::bail!("a part needs its name and the number of messages");
    };
    let data = Data::at(messages.parse()?)?;
    let (time, service) = measure(|| ours::open(&data.folder(STORE), Arc::new(NoSteps)));
    let service = service?;
    if part == "repeated" {
        let mut times = Vec::with_capacity(SEARCHES);
        search(&service, NEEDLES[0])?;
        for needle in NEEDLES.iter().cycle().take(SEARCHES) {
            let (time, found) = measure(|| search(&service, needle));
            found?;
            times.push(ms(time));
        }
        say(&serde_json::to_string(&times)?);
        return Ok(());
    }
    if part == "one-shot" {
        // As the command does.
        service.keep_sketches_within(0);
        search(&service, NEEDLES[0])?;
    }
    say(&ms(time).to_string());
    Ok(())
}

fn search(service: &Service, needle: &str) -> Result<()> {
    let hits = service.search(needle, &SearchScope::default())?;
    // The smoke run's store is too small to hold every word three times.
    ensure!(
        (1..=NEEDLE_CONVERSATIONS).contains(&hits.len()),
        "{needle} was found {} times",
        hits.len()
    );
    Ok(())
}
