//! `wuhen erase`: preview, the question, the erasure, and what came of it.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use serde_json::json;
use wuhen_ledger::body::State;
use wuhen_model::people::Permission;
use wuhen_service::Service;
use wuhen_service::erase::{EraseRequest, Outcome};
use wuhen_service::request::Ask;
use wuhen_service::select::{Consequence, Preview, Scope};

use super::request;
use crate::answer::{Answer, Text};
use crate::app::{App, instant};
use crate::args::{Edge, Erase};
use crate::exit::Exit;
use crate::files::NewFile;
use crate::problem::Problem;
use crate::records::Records;
use crate::wiring::{self, Entered};
use crate::words::{self, Lang, say};

/// A question, and what has to be typed to go on.
pub(super) struct Question {
    /// Either of them.
    pub(super) words: [&'static str; 2],
    pub(super) en: &'static str,
    pub(super) zh: &'static str,
    /// What is said where something else was typed, in English and Chinese.
    pub(super) refused: (&'static str, &'static str),
}

const QUESTION: Question = Question {
    words: ["erase", "删除"],
    en: "There is no way back. Type \"erase\" to go on: ",
    zh: "此操作无法撤销。请输入“删除”以继续：",
    refused: ("nothing was erased", "未删除任何内容"),
};

pub(super) fn run(app: &App, args: &Erase) -> Result<Answer, Problem> {
    let asks = !args.yes && !args.dry_run;
    if asks && !io::stdin().is_terminal() {
        return Err(nobody_to_ask());
    }
    let entered = wiring::enter(app, &[Permission::RequestErasure])?;
    let scope = scope(&entered.service, args)?;
    if args.ask || args.grace_days.is_some() || entered.service.has_to_ask(&entered.actor)? {
        return ask(app, args, &entered, scope);
    }
    let service = entered.service;
    if args.dry_run {
        return service
            .preview(&scope)
            .map(|preview| dry_run(app.lang, &preview))
            .map_err(Problem::from);
    }
    // Whether the certificate can be written is known before anything is erased.
    let certificate = args
        .certificate
        .as_deref()
        .map(NewFile::begin)
        .transpose()?;
    if asks {
        let preview = preview_text(app.lang, &service.preview(&scope)?);
        confirm(app.lang, &preview, &QUESTION)?;
    }
    let request = EraseRequest {
        scope,
        reason: args.reason.clone(),
        by_role: entered.actor.ledger_role(),
    };
    let outcome = service.erase(&request)?;
    let unwritten = certificate.and_then(|file| file.write(&outcome.certificate).err());
    Ok(answer(app, args, &outcome, unwritten.as_ref()))
}

/// Where an erasure has to be asked for: what is decided of each record is shown, then it is asked.
fn ask(app: &App, args: &Erase, entered: &Entered, scope: Scope) -> Result<Answer, Problem> {
    if args.certificate.is_some() {
        return Err(Problem::own(
            Exit::Usage,
            "this erasure has to be asked for first; its certificate comes when it was carried out: leave --certificate out",
            "此删除须先提出申请，执行后才有删除证明：请去掉 --certificate",
        ));
    }
    let (service, lang) = (&entered.service, app.lang);
    let asks = !args.yes && !args.dry_run;
    if asks || args.dry_run {
        let decisions = service.decisions(&entered.actor, &scope)?;
        let preview = service.preview(&scope)?;
        let mut text = preview_text(lang, &preview);
        request::say_decisions(&mut text, lang, &decisions);
        if args.dry_run {
            text.line(lang.pick(
                "This was a dry run: nothing was asked for.",
                "这只是预演：未提出任何申请。",
            ));
            let json = json!({
                "dry_run": true, "records": Records::from(&preview), "bytes": preview.bytes,
                "repositories": preview.repositories, "consequences": preview.consequences,
                "decisions": request::decisions_json(&decisions),
            });
            return Ok(Answer::done(text, json));
        }
        confirm(lang, &text, &QUESTION)?;
    }
    let ask = Ask {
        scope,
        reason: args.reason.clone(),
        grace_days: args.grace_days,
    };
    let done = service.ask(&entered.actor, &ask)?;
    request::asked(app, entered, &done)
}

/// Without a terminal no question can be asked.
pub(super) fn nobody_to_ask() -> Problem {
    Problem::own(
        Exit::Usage,
        "nobody is there to be asked: look at it with --dry-run, then repeat with --yes",
        "无法询问确认：请先用 --dry-run 查看，再加 --yes 重新运行",
    )
}

fn scope(service: &Service, args: &Erase) -> Result<Scope, Problem> {
    Ok(match args {
        Erase {
            guest: Some(guest), ..
        } => Scope::Guest(guest.clone()),
        Erase {
            label: Some(label), ..
        } => Scope::Label(label.clone()),
        Erase {
            before: Some(before),
            ..
        } => Scope::Before(instant(service, *before, Edge::Start)?),
        Erase { conversation, .. } if !conversation.is_empty() => {
            Scope::Conversations(conversation.clone())
        }
        Erase { message, .. } => Scope::Messages(message.clone()),
    })
}

fn dry_run(lang: Lang, preview: &Preview) -> Answer {
    let mut text = preview_text(lang, preview);
    text.line(lang.pick(
        "This was a dry run: nothing was erased.",
        "这只是预演：未删除任何内容。",
    ));
    let json = json!({
        "dry_run": true,
        "records": Records::from(preview),
        "bytes": preview.bytes, "repositories": preview.repositories, "consequences": preview.consequences,
    });
    Answer::done(text, json)
}

fn preview_text(lang: Lang, preview: &Preview) -> Text {
    let (records, repositories) = (Records::from(preview).words(lang), preview.repositories);
    let size = words::bytes(preview.bytes);
    let mut text = Text::of(say!(
        lang,
        "To be erased for good: {records} ({size}).",
        "将被永久删除：{records}（{size}）。"
    ));
    say_reach(&mut text, lang, repositories, &preview.consequences);
    text
}

/// What else a case reaches, and what will be lost with it.
pub(super) fn say_reach(
    text: &mut Text,
    lang: Lang,
    repositories: u64,
    consequences: &[Consequence],
) {
    if repositories > 0 {
        text.line(say!(
            lang,
            "Snapshot folders that it reaches as well: {repositories}",
            "同时作用于 {repositories} 个快照文件夹。"
        ));
    }
    for consequence in consequences {
        text.line(format!("- {}", consequence_words(lang, *consequence)));
    }
}

/// What follows, in words.
pub(super) fn consequence_words(lang: Lang, consequence: Consequence) -> &'static str {
    match consequence {
        Consequence::RefundOpen => lang.pick(
            "A refund is still open: after erasure it must be applied for again.",
            "有退款尚未完成：删除后需重新申请。",
        ),
        Consequence::DepositNotReturned => lang.pick(
            "A deposit was not returned yet: an agent must enter it again.",
            "有押金尚未退还：需由客服重新录入。",
        ),
        Consequence::BookingAhead => lang.pick(
            "A booking has not been used yet: changes to it must be proved again.",
            "有订单尚未入住：其变更需重新举证。",
        ),
        Consequence::AttachmentsGo => lang.pick("Files go with it.", "附件将一并删除。"),
        Consequence::NoSnapshot => lang.pick(
            "There is no snapshot repository: should this go wrong half way, there is no other copy.",
            "没有快照仓库：若中途出错，没有其他副本。",
        ),
    }
}

/// Shows what would happen and asks.
pub(super) fn confirm(lang: Lang, preview: &Text, question: &Question) -> Result<(), Problem> {
    let mut err = io::stderr().lock();
    let ask = |err: &mut io::StderrLock<'_>| -> io::Result<String> {
        write!(err, "{}", preview.as_str())?;
        write!(err, "{}", lang.pick(question.en, question.zh))?;
        err.flush()?;
        let mut typed = String::new();
        io::stdin().read_line(&mut typed)?;
        Ok(typed)
    };
    let typed = ask(&mut err).map_err(Problem::Output)?;
    if question.words.contains(&typed.trim()) {
        return Ok(());
    }
    let (en, zh) = question.refused;
    Err(Problem::own(Exit::Failed, en, zh))
}

/// The erasure has happened: a certificate that could not be written is said, and changes nothing about it.
fn answer(app: &App, args: &Erase, outcome: &Outcome, unwritten: Option<&Problem>) -> Answer {
    let written = args.certificate.as_deref().filter(|_| unwritten.is_none());
    let json = json!({
        "case": outcome.case, "state": outcome.state, "records": Records::from(&outcome.counts),
        "epoch": outcome.epoch, "rewraps": outcome.rewraps, "problems": words::in_english(&outcome.problems),
        "certificate": written, "seconds": app.seconds(),
    });
    Answer {
        exit: exit_of(app, outcome.state, unwritten),
        text: outcome_text(app.lang, outcome, written),
        json: Some(json),
    }
}

/// How the program ends; says what kept the certificate from being written.
pub(super) fn exit_of(app: &App, state: State, unwritten: Option<&Problem>) -> Exit {
    if let Some(problem) = unwritten {
        app.note(&problem.message(app.lang));
    }
    match (state, unwritten) {
        (State::Partial, _) => Exit::Partial,
        (State::Complete, Some(problem)) => problem.exit(),
        (State::Complete, None) => Exit::Done,
    }
}

fn outcome_text(lang: Lang, outcome: &Outcome, written: Option<&Path>) -> Text {
    let (case, records) = (&outcome.case, Records::from(&outcome.counts).words(lang));
    let mut text = match outcome.state {
        State::Complete => Text::of(say!(
            lang,
            "Erased for good: {records}. Case {case} is complete.",
            "已永久删除：{records}。案件 {case} 已完成。"
        )),
        State::Partial => Text::of(say!(
            lang,
            "Case {case} is partial: {records} are out of reach here, but something is missing:",
            "案件 {case} 部分完成：{records}在本机已不可读取，但仍有未完成之处："
        )),
    };
    say_end(&mut text, lang, outcome, written);
    text
}

/// What is missing, which keys were renewed, and where the certificate is.
pub(super) fn say_end(text: &mut Text, lang: Lang, outcome: &Outcome, written: Option<&Path>) {
    let case = &outcome.case;
    for problem in &outcome.problems {
        text.line(format!("- {}", words::missing(lang, problem)));
    }
    if outcome.state == State::Partial {
        text.line(lang.pick(
            "Every start of wuhen tries again; `wuhen doctor` says what to do.",
            "wuhen 每次启动都会重试；wuhen doctor 会说明如何处理。",
        ));
    }
    if let Some(rewraps) = outcome.rewraps {
        let epoch = outcome.epoch;
        text.line(say!(
            lang,
            "{rewraps} keys were renewed; the epoch is {epoch}.",
            "已更换 {rewraps} 个密钥；当前纪元为 {epoch}。"
        ));
    }
    text.line(match written.map(Path::display) {
        Some(path) => say!(
            lang,
            "The certificate is in {path}.",
            "删除证明已写入 {path}。"
        ),
        None => say!(
            lang,
            "`wuhen certificate get {case}` prints its certificate.",
            "运行 wuhen certificate get {case} 可取得删除证明。"
        ),
    });
}
