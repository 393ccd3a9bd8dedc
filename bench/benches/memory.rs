//! Resident memory: of a large store that is open and was searched, and of a large attachment on its way in and out.

use std::fs::{self, File};
use std::io;
use std::sync::Arc;

use anyhow::{Result, ensure};
use serde_json::json;
use wuhen_bench::arguments::{Arguments, Scale};
use wuhen_bench::child;
use wuhen_bench::data::{Data, NEEDLES};
use wuhen_bench::machine;
use wuhen_bench::ours;
use wuhen_bench::report::{Report, Row, say};
use wuhen_bench::time::{ROUNDS, median};
use wuhen_model::NoSteps;
use wuhen_service::search::SearchScope;

const STORE: &str = "ours";
const IDLE_MB_MAX: f64 = 200.0;
/// "A few MiB", whatever the attachment's size.
const ATTACHMENT_MB_MAX: f64 = 8.0;
const SMALL_BYTES: u64 = 1 << 20;

fn main() -> Result<()> {
    let arguments = Arguments::from_process()?;
    if let Some(words) = &arguments.part {
        return part(words);
    }
    let (messages, attachment_bytes) = match arguments.scale {
        Scale::Smoke => (2_000, 4 << 20),
        Scale::Usual => (1_000_000, 64 << 20),
        Scale::Full => (1_000_000, 1 << 30),
    };
    let mut report = Report::new("memory");
    let data = Data::at(messages)?;
    data.make()?;
    idle(&data, &mut report)?;
    attachment(&data, attachment_bytes, &mut report)?;
    data.remove(arguments.keep)?;
    report.write(&machine::results_folder()?)
}

fn idle(data: &Data, report: &mut Report) -> Result<()> {
    let service = ours::create(&data.fresh_folder(STORE)?, Arc::new(NoSteps))?;
    ours::import(&service, &data.lines())?;
    drop(service);
    let (mut opened, mut searched, mut peaks) = (Vec::new(), Vec::new(), Vec::new());
    let mut kept = Vec::new();
    for _ in 0..ROUNDS {
        let words = ["idle".to_owned(), data.messages.to_string()];
        let [after_open, after_search, peak, sketches] = child::run(&words)?;
        opened.push(after_open);
        searched.push(after_search);
        peaks.push(peak);
        kept.push(sketches);
    }
    let name = |what: &str| format!("resident {what}, {} messages", data.messages);
    report.row(Row::new(
        name("after opening"),
        "MB",
        median(&opened),
        ROUNDS,
    ));
    let row = Row::new(name("after a search"), "MB", median(&searched), ROUNDS);
    report.row(row.goal(IDLE_MB_MAX));
    report.row(Row::new(
        name("of it opened sketches"),
        "MB",
        median(&kept),
        ROUNDS,
    ));
    report.row(Row::new(name("at most"), "MB", median(&peaks), ROUNDS));
    Ok(())
}

fn attachment(data: &Data, bytes: u64, report: &mut Report) -> Result<()> {
    let (mut imports, mut exports) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let words = [
            "attachment".to_owned(),
            data.messages.to_string(),
            bytes.to_string(),
        ];
        let [import, export] = child::run(&words)?;
        imports.push(import);
        exports.push(export);
    }
    for (what, grown) in [("import", imports), ("export", exports)] {
        let name = format!(
            "peak growth, {what} of an attachment of {} MiB",
            bytes >> 20
        );
        report.row(Row::new(name, "MB", median(&grown), ROUNDS).goal(ATTACHMENT_MB_MAX));
    }
    Ok(())
}

/// A process of its own: `idle MESSAGES` or `attachment MESSAGES BYTES`.
fn part(words: &[String]) -> Result<()> {
    let answer = match words {
        [part, messages] if part == "idle" => idle_part(&Data::at(messages.parse()?)?)?.to_vec(),
        [part, messages, bytes] if part == "attachment" => {
            attachment_part(&Data::at(messages.parse()?)?, bytes.parse()?)?.to_vec()
        }
        _ => anyhow::bail!("there is no such part"),
    };
    say(&serde_json::to_string(&answer)?);
    Ok(())
}

fn idle_part(data: &Data) -> Result<[f64; 4]> {
    let service = ours::open(&data.folder(STORE), Arc::new(NoSteps))?;
    let (after_open, _) = machine::memory_mb()?;
    let hits = service.search(NEEDLES[0], &SearchScope::default())?;
    ensure!(!hits.is_empty(), "a word was not found");
    drop(hits);
    let (after_search, peak) = machine::memory_mb()?;
    let kept = f64::from(u32::try_from(service.kept_sketch_bytes())?) / 1e6;
    Ok([after_open, after_search, peak, kept])
}

/// How much the peak grows while a large attachment goes in, and out; a small one went first.
fn attachment_part(data: &Data, bytes: u64) -> Result<[f64; 2]> {
    let folder = data.fresh_folder("attachment")?;
    let lines = |name: &str, bytes: u64| -> Result<_> {
        File::create(folder.join(format!("{name}.bin")))?.set_len(bytes)?;
        let attachment =
            json!({"name": "film", "media_type": "video/mp4", "path": format!("{name}.bin")});
        let records = [
            json!({"type": "guest", "id": name, "name": "林晓雯"}),
            json!({"type": "conversation", "id": name, "guest": name}),
            json!({"type": "message", "id": name, "conversation": name, "sender": {"role": "guest", "id": name},
                "sent_at": "2023-04-02T10:13:22+08:00", "text": "视频", "attachments": [attachment]}),
        ];
        let file = folder.join(format!("{name}.jsonl"));
        let text: Vec<String> = records.iter().map(ToString::to_string).collect();
        fs::write(&file, text.join("\n"))?;
        Ok(file)
    };
    let service = ours::create(&folder.join(STORE), Arc::new(NoSteps))?;
    ours::import(&service, &lines("small", SMALL_BYTES)?)?;
    let import =
        machine::peak_growth_mb(|| ours::import(&service, &lines("large", bytes)?).map(drop))?;
    let (_, messages) = service.show("large")?;
    let number = messages[0].attachments[0].item;
    let mut written = 0;
    let export = machine::peak_growth_mb(|| {
        written = service.attachment("large", number, &mut io::sink())?;
        Ok(())
    })?;
    ensure!(
        written == bytes,
        "the attachment came out at another length"
    );
    drop(service);
    data.fresh_folder("attachment")?;
    Ok([import, export])
}
