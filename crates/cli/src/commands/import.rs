//! `wuhen import`: one file after another, each as a whole.

use std::collections::BTreeMap;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Value, json};
use wuhen_formats::Source;
use wuhen_formats::image::Taken;
use wuhen_model::people::Permission;
use wuhen_service::attachment::{AttachmentCounts, ScanState};
use wuhen_service::import::{ImportOptions, ImportReport, Progress, RecordCounts};

use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::Import;
use crate::problem::Problem;
use crate::records::Records;
use crate::wiring;
use crate::words::{Lang, attachment_counts, say};

/// Redraws of the progress bar in a second.
const REDRAWS_HZ: u8 = 10;

pub(super) fn run(app: &App, args: &Import) -> Result<Answer, Problem> {
    let service = wiring::enter(app, &[Permission::Import])?.service;
    let options = ImportOptions {
        source: args.source.clone(),
        allow_erased: args.allow_erased,
    };
    let mut text = Text::default();
    let mut reports: Vec<(String, ImportReport)> = Vec::new();
    for file in &args.files {
        let bar = Bar::new();
        let imported = Source::open(file)
            .map_err(Problem::from)
            .and_then(|source| {
                Ok(service.import(source, &options, &mut |progress| bar.show(progress))?)
            });
        bar.clear();
        let report = imported.map_err(|problem| stopped(problem, reports.len()))?;
        let name = file.display().to_string();
        say_report(&mut text, app.lang, &name, &report);
        reports.push((name, report));
    }
    let sum = |of: fn(&ImportReport) -> &RecordCounts| {
        let counts = reports.iter().map(|(_, report)| Records::from(of(report)));
        counts.fold(Records::default(), Records::plus)
    };
    let mut json = json!(sum(|report| &report.added));
    json["known"] = json!(sum(|report| &report.known));
    json["kept_away"] = json!(sum(|report| &report.kept_away));
    json["cut"] = json!(reports.iter().map(|(_, report)| report.cut).sum::<u64>());
    json["attachments_checked"] = checked_json(&reports);
    json["files"] = reports.iter().map(file_json).collect();
    json["seconds"] = json!(app.seconds());
    Ok(Answer::done(text, json))
}

/// What a failing file leaves in place.
fn stopped(problem: Problem, files_before: usize) -> Problem {
    if files_before == 0 {
        return problem;
    }
    Problem::After {
        done_en: format!("{files_before} files before it were imported and stay"),
        done_zh: format!("在它之前的 {files_before} 个文件已导入并保留"),
        problem: Box::new(problem),
    }
}

fn say_report(text: &mut Text, lang: Lang, file: &str, report: &ImportReport) {
    let (source, added) = (&report.source, Records::from(&report.added).words(lang));
    let seconds = report.took.as_secs_f64();
    text.line(say!(
        lang,
        "{file}: imported {added} as source {source:?} in {seconds:.1} s.",
        "{file}：已导入{added}，来源 {source:?}，用时 {seconds:.1} 秒。"
    ));
    if report.known != RecordCounts::default() {
        let known = Records::from(&report.known).words(lang);
        text.line(say!(
            lang,
            "  Already there: {known}.",
            "  已存在：{known}。"
        ));
    }
    if report.kept_away != RecordCounts::default() {
        let away = Records::from(&report.kept_away).words(lang);
        text.line(say!(
            lang,
            "  Erased before, so they stay away: {away}. --allow-erased lets them in.",
            "  先前已删除，因此不再导入：{away}。使用 --allow-erased 可重新导入。"
        ));
    }
    for line in attachment_counts(lang, &report.attachments) {
        text.line(format!("  {line}"));
    }
    if report.cut > 0 {
        let cut = report.cut;
        text.line(say!(
            lang,
            "  Card security codes cut, and stored nowhere: {cut}.",
            "  已裁去银行卡安全码 {cut} 处，未作任何保存。"
        ));
    }
    say_elsewhere(text, lang, report);
}

fn say_elsewhere(text: &mut Text, lang: Lang, report: &ImportReport) {
    for (source, records) in &report.erased_elsewhere {
        text.line(say!(
            lang,
            "  {records} of these guests and conversations have ids that were erased from source {source:?}. If they are the same, erase them again and import with --source {source}: then they stay away.",
            "  其中 {records} 位客人或会话的编号与来源 {source:?} 中已删除的记录相同。若确为同一记录，请再次删除，并使用 --source {source} 导入：此后不会再被导入。"
        ));
    }
}

fn file_json((file, report): &(String, ImportReport)) -> Value {
    let mut json = json!(Records::from(&report.added));
    json["file"] = json!(file);
    json["source"] = json!(report.source);
    json["cut"] = json!(report.cut);
    json["codes_in_documents"] = json!(report.attachments.codes_in_documents);
    json["seconds"] = json!(report.took.as_secs_f64());
    json["erased_elsewhere"] = json!(report.erased_elsewhere);
    json
}

/// What was done to attachments, over all files.
fn checked_json(reports: &[(String, ImportReport)]) -> Value {
    let mut stripped: BTreeMap<&str, u64> = Taken::ALL.map(|taken| (taken.as_str(), 0)).into();
    let mut scanned: BTreeMap<&str, u64> = ScanState::ALL.map(|state| (state.as_str(), 0)).into();
    for (_, report) in reports {
        for (taken, count) in &report.attachments.stripped {
            *stripped.entry(taken).or_default() += count;
        }
        for (state, count) in &report.attachments.scanned {
            *scanned.entry(state.as_str()).or_default() += count;
        }
    }
    let sum = |of: fn(&AttachmentCounts) -> u64| {
        reports
            .iter()
            .map(|(_, report)| of(&report.attachments))
            .sum::<u64>()
    };
    json!({
        "stripped": stripped, "scanned": scanned,
        "not_understood": sum(|counts| counts.not_understood),
        "not_looked_into": sum(|counts| counts.not_looked_into),
        "identity_documents": sum(|counts| counts.identity_documents),
        "with_findings": sum(|counts| counts.with_findings),
        "codes_cut": sum(|counts| counts.codes_cut),
        "codes_in_documents": sum(|counts| counts.codes_in_documents),
    })
}

/// A progress bar on standard error; nothing is drawn where that is no terminal.
struct Bar(ProgressBar);

impl Bar {
    fn new() -> Self {
        Self(ProgressBar::with_draw_target(
            None,
            ProgressDrawTarget::stderr_with_hz(REDRAWS_HZ),
        ))
    }

    fn show(&self, progress: Progress) {
        let template = match progress.bytes_total {
            Some(_) => "{wide_bar} {bytes}/{total_bytes} {eta}",
            None => "{spinner} {bytes} {elapsed}",
        };
        if let Some(total) = progress.bytes_total
            && self.0.length() != Some(total)
        {
            self.0.set_length(total);
        }
        self.0
            .set_style(ProgressStyle::with_template(template).expect("the template is fixed"));
        self.0.set_position(progress.bytes_read);
    }

    fn clear(&self) {
        self.0.finish_and_clear();
    }
}
