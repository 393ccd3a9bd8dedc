//! `wuhen certificate`: those of earlier erasures.

use std::path::Path;

use serde_json::json;
use wuhen_model::people::Permission;
use wuhen_service::certificate::CaseView;
use wuhen_store::CaseState;

use super::verify::{redaction_json, requested_words};
use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::Certificate;
use crate::files::NewFile;
use crate::problem::Problem;
use crate::records::Records;
use crate::table::Table;
use crate::wiring;
use crate::words::{Lang, plain, say};

/// Who reads what was erased and why.
const READERS: [Permission; 2] = [Permission::SeeRequests, Permission::SeeAccessLog];

pub(super) fn run(app: &App, command: &Certificate) -> Result<Answer, Problem> {
    match command {
        Certificate::List => list(app),
        Certificate::Get { case, output } => get(app, case, output.as_deref()),
    }
}

fn list(app: &App) -> Result<Answer, Problem> {
    let cases = wiring::enter(app, &READERS)?.service.erasures()?;
    let lang = app.lang;
    let json = json!({ "certificates": cases.iter().map(|view| {
        json!({
            "case": view.case, "state": view.state.as_str(), "scope": view.requested.scope,
            "reason": view.requested.reason, "requested_at": view.requested.at,
            "records": Records::from(&view.requested.counts), "redaction": redaction_json(&view.requested),
        })
    }).collect::<Vec<_>>() });
    if cases.is_empty() {
        return Ok(Answer::done(
            Text::of(lang.pick("Nothing was erased yet.", "尚未删除过任何内容。")),
            json,
        ));
    }
    let mut table = Table::new([
        lang.pick("case", "案件"),
        lang.pick("state", "状态"),
        lang.pick("asked at", "请求时间"),
        lang.pick("asked for", "请求"),
        lang.pick("records", "记录"),
        lang.pick("reason", "原因"),
    ]);
    for view in &cases {
        table.row(row(lang, view));
    }
    let mut text = Text::default();
    text.table(&table);
    Ok(Answer::done(text, json))
}

fn row(lang: Lang, view: &CaseView) -> [String; 6] {
    [
        view.case.clone(),
        state_words(lang, view.state).to_owned(),
        view.requested.at.as_str().to_owned(),
        requested_words(lang, &view.requested),
        Records::from(&view.requested.counts).words(lang),
        plain(&view.requested.reason),
    ]
}

fn state_words(lang: Lang, state: CaseState) -> &'static str {
    match state {
        CaseState::Erasing => lang.pick("under way", "进行中"),
        CaseState::Rotated => lang.pick("not effective yet", "尚未生效"),
        CaseState::Erased => lang.pick("effective, not settled", "已生效，未完成"),
        CaseState::Partial => lang.pick("partial", "部分完成"),
        CaseState::Complete => lang.pick("complete", "已完成"),
        CaseState::Abandoned => lang.pick("given up, nothing erased", "已放弃，未删除"),
        CaseState::Recorded => lang.pick("recorded", "已记录"),
    }
}

fn get(app: &App, case: &str, output: Option<&Path>) -> Result<Answer, Problem> {
    let service = wiring::enter(app, &READERS)?.service;
    let Some(path) = output else {
        let bytes = service.certificate(case)?;
        return Ok(Answer::verbatim(
            String::from_utf8_lossy(&bytes).into_owned(),
        ));
    };
    let file = NewFile::begin(path)?;
    let bytes = service.certificate(case)?;
    file.write(&bytes)?;
    let shown = path.display();
    let text = Text::of(say!(
        app.lang,
        "The certificate is in {shown}.",
        "删除证明已写入 {shown}。"
    ));
    Ok(Answer::done(
        text,
        json!({ "case": case, "output": path, "bytes": bytes.len() }),
    ))
}
