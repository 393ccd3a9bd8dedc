//! Erasing one conversation, one guest, a hundred conversations, in stores of growing size, beside SQLite's DELETE with VACUUM.
//! Ours runs to its certificate. A second set of rounds under strace says what of it were forced writes.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};
use wuhen_bench::arguments::Arguments;
use wuhen_bench::child::{self, Fsync};
use wuhen_bench::data::Data;
use wuhen_bench::machine;
use wuhen_bench::ours::{self, StepTimes};
use wuhen_bench::peer::Plain;
use wuhen_bench::report::{Report, Row, say};
use wuhen_bench::time::{ROUNDS, epoch_micros, measure, median, ms, thread_cpu_ms};
use wuhen_ledger::body::{Role, State};
use wuhen_model::NoSteps;
use wuhen_service::Service;
use wuhen_service::erase::EraseRequest;
use wuhen_service::select::Scope;

/// The transaction and what swaps the roots around it.
const SWAP: [&str; 3] = [
    "rotation/create-root",
    "rotation/commit",
    "rotation/destroy-root",
];
const STORE: &str = "ours";

fn main() -> Result<()> {
    let arguments = Arguments::from_process()?;
    if let Some(words) = &arguments.part {
        return part(words);
    }
    let mut report = Report::new("erase");
    let folder = machine::results_folder()?;
    let fsync = machine::fsync_ms(&folder)?;
    report.row(Row::new("fsync after an append of 4 KiB", "ms", fsync, 50));
    for messages in arguments.sizes() {
        let data = Data::at(*messages)?;
        data.make()?;
        measure_size(&data, &mut report)?;
        data.remove(arguments.keep)?;
    }
    growth(arguments.sizes(), &mut report);
    report.write(&folder)
}

/// What is erased.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum What {
    Conversation,
    Guest,
    Batch,
}

const WHATS: [What; 3] = [What::Conversation, What::Guest, What::Batch];

impl What {
    fn scope(self, data: &Data, round: usize) -> Scope {
        match self {
            Self::Conversation => Scope::Conversations(vec![data.conversation(round)]),
            Self::Guest => Scope::Guest(data.loyal_guest(round)),
            Self::Batch => Scope::Conversations(data.batch(round)),
        }
    }

    fn conversations(self, data: &Data, round: usize) -> Vec<String> {
        match self {
            Self::Conversation => vec![data.conversation(round)],
            Self::Guest => data.loyal_conversations(round),
            Self::Batch => data.batch(round),
        }
    }

    fn name(self, data: &Data) -> String {
        let what = match self {
            Self::Conversation => "1 conversation".to_owned(),
            Self::Guest => "1 guest with 50".to_owned(),
            Self::Batch => format!("{} conversations", data.batch(0).len()),
        };
        format!("erase {what}, {} messages", data.messages)
    }
}

/// One erasure as it went: microseconds since 1970.
#[derive(Serialize, Deserialize)]
struct Erasure {
    what: What,
    start: i64,
    end: i64,
    cpu_ms: f64,
    steps: Vec<(String, i64, i64)>,
    rewraps: u64,
}

impl Erasure {
    fn whole_ms(&self) -> f64 {
        millis(self.end - self.start)
    }

    fn swap(&self) -> impl Iterator<Item = &(String, i64, i64)> {
        self.steps
            .iter()
            .filter(|(step, _, _)| SWAP.contains(&step.as_str()))
    }

    fn swap_ms(&self) -> f64 {
        self.swap().map(|(_, start, end)| millis(end - start)).sum()
    }

    fn swap_fsync_ms(&self, fsyncs: &[Fsync]) -> f64 {
        self.swap()
            .map(|(_, start, end)| fsync_ms(fsyncs, *start, *end))
            .sum()
    }
}

fn within(fsyncs: &[Fsync], start: i64, end: i64) -> impl Iterator<Item = &Fsync> {
    fsyncs
        .iter()
        .filter(move |fsync| fsync.at >= start && fsync.at <= end)
}

fn fsync_ms(fsyncs: &[Fsync], start: i64, end: i64) -> f64 {
    within(fsyncs, start, end).map(|fsync| fsync.ms).sum()
}

fn millis(micros: i64) -> f64 {
    ms(Duration::from_micros(u64::try_from(micros).unwrap_or(0)))
}

fn measure_size(data: &Data, report: &mut Report) -> Result<()> {
    let peer = peer_rounds(data)?;
    if !data.is_fresh_each_round() {
        let service = ours::create(&data.fresh_folder(STORE)?, Arc::new(NoSteps))?;
        ours::import(&service, &data.lines())?;
    }
    let words = |first: usize| [data.messages.to_string(), first.to_string()];
    let plain: Vec<Erasure> = child::run(&words(0))?;
    let traced = child::run_traced::<Vec<Erasure>>(&words(ROUNDS), &data.folder(""))?;
    if traced.is_none() {
        say("strace is not installed: forced writes are not counted");
    }
    for (what, peer) in WHATS.into_iter().zip(peer) {
        let is_this = |one: &&Erasure| one.what == what;
        let plain: Vec<&Erasure> = plain.iter().filter(is_this).collect();
        let name = what.name(data);
        let mut whole = whole_row(&name, &plain).beside(median(&peer));
        let mut swap = swap_row(&name, &plain);
        let mut rest = None;
        if let Some((traced, fsyncs)) = &traced {
            let traced: Vec<&Erasure> = traced.iter().filter(is_this).collect();
            whole = whole.fsyncs(Some(within(fsyncs, traced[0].start, traced[0].end).count()));
            swap = swap_row_besides_fsyncs(&name, &traced, fsyncs);
            let besides = |one: &Erasure| one.whole_ms() - fsync_ms(fsyncs, one.start, one.end);
            let name = format!("{name}: whole besides fsyncs");
            rest = Some(Row::new(name, "ms", median_of(&traced, besides), ROUNDS));
        }
        let (whole, swap) = with_goals(what, whole, swap);
        for row in [Some(whole), rest, Some(swap)].into_iter().flatten() {
            report.row(row);
        }
    }
    guest_beside_conversation(data, report);
    Ok(())
}

fn whole_row(name: &str, plain: &[&Erasure]) -> Row {
    let whole = median_of(plain, Erasure::whole_ms);
    let (cpu, rewraps) = (median_of(plain, |one| one.cpu_ms), plain[0].rewraps);
    Row::new(format!("{name}: whole"), "ms", whole, ROUNDS).note(format!(
        "{cpu:.1} ms on the processor, {rewraps} keys wrapped anew; peer: DELETE, VACUUM, checkpoint"
    ))
}

fn swap_row(name: &str, plain: &[&Erasure]) -> Row {
    let name = format!("{name}: transaction and root swap");
    Row::new(name, "ms", median_of(plain, Erasure::swap_ms), ROUNDS)
}

fn swap_row_besides_fsyncs(name: &str, traced: &[&Erasure], fsyncs: &[Fsync]) -> Row {
    let name = format!("{name}: transaction and root swap besides fsyncs");
    let besides = |one: &Erasure| one.swap_ms() - one.swap_fsync_ms(fsyncs);
    let count = traced[0]
        .swap()
        .map(|(_, start, end)| within(fsyncs, *start, *end).count());
    Row::new(name, "ms", median_of(traced, besides), ROUNDS).fsyncs(Some(count.sum()))
}

fn median_of(erasures: &[&Erasure], figure: impl Fn(&Erasure) -> f64) -> f64 {
    let figures: Vec<f64> = erasures.iter().map(|one| figure(one)).collect();
    median(&figures)
}

fn with_goals(what: What, whole: Row, swap: Row) -> (Row, Row) {
    match what {
        What::Conversation => (whole.goal(100.0), swap.goal(25.0)),
        What::Guest => (whole, swap),
        What::Batch => (whole.goal(160.0), swap),
    }
}

fn guest_beside_conversation(data: &Data, report: &mut Report) {
    let whole = |what: What| report.ours(&format!("{}: whole", what.name(data)));
    if let (Some(guest), Some(conversation)) = (whole(What::Guest), whole(What::Conversation)) {
        let name = format!(
            "guest with 50 against 1 conversation, {} messages",
            data.messages
        );
        report.row(Row::new(name, "x", guest / conversation, ROUNDS).goal(1.5));
    }
}

/// Erasing must not grow with the store.
fn growth(sizes: &[usize], report: &mut Report) {
    let [smallest, .., largest] = sizes else {
        return;
    };
    let mut rows = Vec::new();
    for part in ["whole", "transaction and root swap besides fsyncs"] {
        let of = |messages: usize| {
            let data = Data::at(messages).ok()?;
            report.ours(&format!("{}: {part}", What::Conversation.name(&data)))
        };
        if let (Some(small), Some(large)) = (of(*smallest), of(*largest)) {
            let name = format!("erase 1 conversation, {part}: {largest} against {smallest}");
            rows.push(Row::new(name, "x", large / small, ROUNDS).goal(2.0));
        }
    }
    for row in rows {
        report.row(row);
    }
}

/// Milliseconds of the peer, by what is erased.
fn peer_rounds(data: &Data) -> Result<[Vec<f64>; 3]> {
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    let mut plain = None;
    for round in 0..ROUNDS {
        if plain.is_none() || data.is_fresh_each_round() {
            let folder = data.fresh_folder("plain")?;
            let mut made = Plain::create(&folder.join("plain.sqlite"))?;
            made.import(&data.lines())?;
            made.index_conversations()?;
            plain = Some(made);
        }
        let plain = plain.as_mut().expect("it was made above");
        for (times, what) in times.iter_mut().zip(WHATS) {
            let conversations = what.conversations(data, round);
            let (time, done) = measure(|| plain.erase(&conversations));
            done?;
            times.push(ms(time));
        }
    }
    drop(plain);
    data.fresh_folder("plain")?;
    Ok(times)
}

/// A process of its own: some rounds, each erasing all three.
fn part(words: &[String]) -> Result<()> {
    let [messages, first] = words else {
        anyhow::bail!("a part needs the number of messages and of the first round");
    };
    let data = Data::at(messages.parse()?)?;
    let first: usize = first.parse()?;
    let steps = Arc::new(StepTimes::default());
    let mut erasures = Vec::new();
    let mut service = None;
    for round in first..first + ROUNDS {
        if data.is_fresh_each_round() {
            drop(service.take());
            let made = ours::create(&data.fresh_folder(STORE)?, steps.clone())?;
            ours::import(&made, &data.lines())?;
            service = Some(made);
        } else if service.is_none() {
            service = Some(ours::open(&data.folder(STORE), steps.clone())?);
        }
        let service = service.as_ref().expect("it was made or opened above");
        for what in WHATS {
            steps.take();
            erasures.push(erase(service, &steps, what, what.scope(&data, round))?);
        }
    }
    say(&serde_json::to_string(&erasures)?);
    Ok(())
}

fn erase(service: &Service, steps: &StepTimes, what: What, scope: Scope) -> Result<Erasure> {
    let request = EraseRequest {
        scope,
        reason: "the guest asked for it".to_owned(),
        by_role: Role::PrivacyOfficer,
    };
    let (start, cpu) = (epoch_micros(), thread_cpu_ms());
    let outcome = service.erase(&request)?;
    let (end, cpu_ms) = (epoch_micros(), thread_cpu_ms() - cpu);
    ensure!(
        outcome.state == State::Complete,
        "an erasure is not complete: {:?}",
        outcome.problems
    );
    let steps = steps
        .take()
        .into_iter()
        .map(|(step, start, end)| (step.to_owned(), start, end));
    Ok(Erasure {
        what,
        start,
        end,
        cpu_ms,
        steps: steps.collect(),
        rewraps: outcome.rewraps.unwrap_or(0),
    })
}
