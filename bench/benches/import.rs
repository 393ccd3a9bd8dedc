//! Import of JSON Lines: sealed, sketched, durable, beside the same file read by the same reader into plain SQLite rows.

use std::sync::Arc;

use anyhow::{Result, ensure};
use wuhen_bench::arguments::{Arguments, Scale};
use wuhen_bench::data::Data;
use wuhen_bench::machine;
use wuhen_bench::ours;
use wuhen_bench::peer::Plain;
use wuhen_bench::report::{Report, Row};
use wuhen_bench::time::{ROUNDS, measure, median};
use wuhen_model::NoSteps;

/// What PERFORMANCE.md asks for, of the peer's rate in the same run.
const OF_PLAIN_MIN: f64 = 0.4;

fn main() -> Result<()> {
    let arguments = Arguments::from_process()?;
    let mut report = Report::new("import");
    let sizes: &[usize] = match arguments.scale {
        Scale::Smoke => &[2_000],
        Scale::Usual | Scale::Full => &[100_000, 1_000_000],
    };
    for messages in sizes {
        let data = Data::at(*messages)?;
        data.make()?;
        measure_size(&data, &mut report)?;
        data.remove(arguments.keep)?;
    }
    report.write(&machine::results_folder()?)
}

fn measure_size(data: &Data, report: &mut Report) -> Result<()> {
    let (mut ours, mut peer) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        peer.push(data.per_second(|| import_plain(data))?);
        ours.push(data.per_second(|| import_ours(data))?);
    }
    let name = format!("import, {} messages", data.messages);
    let rates: Vec<f64> = ours
        .iter()
        .zip(&peer)
        .map(|(ours, peer)| ours / peer)
        .collect();
    let row = Row::new(name, "messages/s", median(&ours), ROUNDS)
        .beside(median(&peer))
        .note(format!(
            "ratio of each round, median: {:.3}",
            median(&rates)
        ));
    report.row(row.goal_ratio(OF_PLAIN_MIN));
    Ok(())
}

trait PerSecond {
    fn per_second(&self, work: impl FnOnce() -> Result<usize>) -> Result<f64>;
}

impl PerSecond for Data {
    #[expect(clippy::cast_precision_loss, reason = "figures for a person to read")]
    fn per_second(&self, work: impl FnOnce() -> Result<usize>) -> Result<f64> {
        let (time, imported) = measure(work);
        ensure!(imported? == self.messages, "not every message was imported");
        Ok(self.messages as f64 / time.as_secs_f64())
    }
}

fn import_plain(data: &Data) -> Result<usize> {
    let folder = data.fresh_folder("plain")?;
    Plain::create(&folder.join("plain.sqlite"))?.import(&data.lines())
}

fn import_ours(data: &Data) -> Result<usize> {
    let service = ours::create(&data.fresh_folder("ours")?, Arc::new(NoSteps))?;
    let report = ours::import(&service, &data.lines())?;
    Ok(usize::try_from(report.added.messages)?)
}
