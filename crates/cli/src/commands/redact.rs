//! `wuhen redact`: preview, the question, the redaction, and what came of it.

use std::io::{self, IsTerminal as _};
use std::path::Path;

use serde_json::{Map, Value, json};
use wuhen_ledger::body::{Counts, SpanCount, State};
use wuhen_model::people::Permission;
use wuhen_service::ServiceError;
use wuhen_service::redact::{
    Documents, RedactOutcome, RedactRequest, RedactScope, RedactionPreview,
};

use super::erase::{self, Question, say_reach};
use super::redact_left::{left_json, say_left};
use super::redact_text;
use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::Redact;
use crate::exit::Exit;
use crate::files::NewFile;
use crate::problem::Problem;
use crate::wiring;
use crate::words::{self, Lang, say};

/// What has to be typed, in either language.
const QUESTION: Question = Question {
    words: ["redact", "遮盖"],
    en: "There is no way back. Type \"redact\" to go on: ",
    zh: "此操作无法撤销。请输入“遮盖”以继续：",
    refused: ("nothing was redacted", "未遮盖任何内容"),
};

pub(super) fn run(app: &App, args: &Redact) -> Result<Answer, Problem> {
    if !args.is_of_store() {
        return redact_text::run(app, args);
    }
    if args.input.file.is_some() {
        return Err(Problem::own(
            Exit::Usage,
            "give a FILE, or messages of the store, not both",
            "请指定 FILE 或存储中的消息，二者不能同时指定",
        ));
    }
    args.input.refuse_options_of_text()?;
    let Some(reason) = &args.reason else {
        return Err(Problem::own(
            Exit::Usage,
            "say why with --reason; it stands on the certificate",
            "请用 --reason 说明原因；原因会写入证明",
        ));
    };
    let asks = !args.yes && !args.dry_run;
    if asks && !io::stdin().is_terminal() {
        return Err(erase::nobody_to_ask());
    }
    // Until somebody else can agree to it, who needs that may only look.
    let needed = if args.dry_run {
        Permission::RequestErasure
    } else {
        Permission::EraseAtOnce
    };
    let entered = wiring::enter(app, &[needed])?;
    let service = entered.service;
    let request = RedactRequest {
        scope: scope(args)?,
        kinds: args.input.kind_set(),
        style: args.style.into(),
        documents: args.documents.map(Documents::from).unwrap_or_default(),
        reason: reason.clone(),
        by_role: entered.actor.ledger_role(),
    };
    if args.dry_run {
        let preview = service.preview_redaction(&request).map_err(nothing_found)?;
        return Ok(dry_run(app.lang, &preview));
    }
    // Whether the certificate can be written is known before anything is redacted.
    let certificate = args
        .certificate
        .as_deref()
        .map(NewFile::begin)
        .transpose()?;
    if asks {
        let preview = service.preview_redaction(&request).map_err(nothing_found)?;
        erase::confirm(app.lang, &preview_text(app.lang, &preview), &QUESTION)?;
    }
    let redacted = service.redact(&request).map_err(nothing_found)?;
    let unwritten = certificate.and_then(|file| file.write(&redacted.outcome.certificate).err());
    Ok(answer(app, args, &redacted, unwritten.as_ref()))
}

fn scope(args: &Redact) -> Result<RedactScope, Problem> {
    Ok(match args {
        Redact {
            guest: Some(guest), ..
        } => RedactScope::Guest(guest.clone()),
        Redact { all: true, .. } => RedactScope::All,
        Redact { conversation, .. } if !conversation.is_empty() => {
            RedactScope::Conversations(conversation.clone())
        }
        Redact { message, span, .. } if span.is_empty() => RedactScope::Messages(message.clone()),
        Redact { message, span, .. } => {
            let [message] = &message[..] else {
                return Err(Problem::own(
                    Exit::Usage,
                    "--span is about the text of one message: give one --message",
                    "--span 针对一条消息的文本：请只指定一个 --message",
                ));
            };
            let spans = span.iter().map(|span| span.0.clone()).collect();
            RedactScope::Spans(message.clone(), spans)
        }
    })
}

fn nothing_found(error: ServiceError) -> Problem {
    match error {
        ServiceError::NothingMatches => Problem::own(
            Exit::NotFound,
            "nothing to redact was found; nothing was changed",
            "没有找到需要遮盖的内容；未作任何更改",
        ),
        error => error.into(),
    }
}

fn dry_run(lang: Lang, preview: &RedactionPreview) -> Answer {
    let mut text = preview_text(lang, preview);
    text.line(lang.pick(
        "This was a dry run: nothing was redacted.",
        "这只是预演：未遮盖任何内容。",
    ));
    let json = json!({
        "dry_run": true, "conversations": preview.conversations, "messages": preview.messages,
        "attachments": preview.attachments, "documents_erased": preview.documents_gone, "profiles": preview.profiles,
        "records": preview.records, "left": left_json(&preview.left), "unchanged": preview.unchanged, "spans": spans_json(&preview.spans), "bytes": preview.bytes,
        "repositories": preview.repositories, "consequences": preview.consequences,
    });
    Answer::done(text, json)
}

fn preview_text(lang: Lang, preview: &RedactionPreview) -> Text {
    let RedactionPreview {
        conversations,
        messages,
        repositories,
        attachments,
        profiles,
        records,
        documents_gone,
        ..
    } = preview;
    let spans = spans_words(lang, &preview.spans);
    let mut text = Text::of(say!(
        lang,
        "To be cut out for good: {spans}; in messages: {messages}, of conversations: {conversations}.",
        "将被永久遮盖：{spans}；涉及 {messages} 条消息、{conversations} 个会话。"
    ));
    if attachments + profiles + records > 0 {
        text.line(say!(
            lang,
            "Beside the messages, in attachments: {attachments}, profiles of guests: {profiles}, conversations' own records: {records}.",
            "消息之外涉及：附件 {attachments} 个、客人资料 {profiles} 份、会话记录 {records} 份。"
        ));
    }
    text.line(lang.pick(
        "The records stay; what is cut out of them can be read nowhere any more.",
        "记录本身保留；从中遮盖的内容此后在任何地方都无法读取。",
    ));
    if *documents_gone > 0 {
        text.line(say!(
            lang,
            "PDF files that are erased as a whole, because nothing can be cut out of them: {documents_gone}.",
            "因无法从中裁去内容而整个删除的 PDF 文件：{documents_gone} 个。"
        ));
    }
    say_left(&mut text, lang, &preview.left);
    say_unchanged(&mut text, lang, preview.unchanged);
    say_reach(&mut text, lang, *repositories, &preview.consequences);
    text
}

fn say_unchanged(text: &mut Text, lang: Lang, unchanged: u64) {
    if unchanged > 0 {
        text.line(say!(
            lang,
            "Messages in which there is nothing to redact: {unchanged}",
            "另有 {unchanged} 条消息无需遮盖。"
        ));
    }
}

/// The redaction has happened: a certificate that could not be written is said, and changes nothing about it.
fn answer(
    app: &App,
    args: &Redact,
    redacted: &RedactOutcome,
    unwritten: Option<&Problem>,
) -> Answer {
    let outcome = &redacted.outcome;
    let written = args.certificate.as_deref().filter(|_| unwritten.is_none());
    let json = json!({
        "case": outcome.case, "state": outcome.state, "conversations": redacted.conversations,
        "messages": outcome.counts.messages, "attachments": outcome.counts.attachments,
        "documents_erased": redacted.documents_gone, "profiles": outcome.counts.guests,
        "records": outcome.counts.conversations, "left": left_json(&redacted.left), "unchanged": redacted.unchanged, "spans": spans_json(&redacted.spans),
        "epoch": outcome.epoch, "rewraps": outcome.rewraps, "problems": words::in_english(&outcome.problems),
        "certificate": written, "seconds": app.seconds(),
    });
    Answer {
        exit: erase::exit_of(app, outcome.state, unwritten),
        text: outcome_text(app.lang, redacted, written),
        json: Some(json),
    }
}

fn outcome_text(lang: Lang, redacted: &RedactOutcome, written: Option<&Path>) -> Text {
    let outcome = &redacted.outcome;
    let (case, messages) = (&outcome.case, outcome.counts.messages);
    let spans = spans_words(lang, &redacted.spans);
    let mut text = match outcome.state {
        State::Complete => Text::of(say!(
            lang,
            "Cut out for good: {spans}; in messages: {messages}. Case {case} is complete.",
            "已永久遮盖：{spans}；涉及 {messages} 条消息。案件 {case} 已完成。"
        )),
        State::Partial => Text::of(say!(
            lang,
            "Case {case} is partial: {spans} are out of reach here, but something is missing:",
            "案件 {case} 部分完成：{spans}在本机已不可读取，但仍有未完成之处："
        )),
    };
    let Counts {
        attachments,
        guests,
        conversations,
        ..
    } = outcome.counts;
    if attachments + guests + conversations > 0 {
        text.line(say!(
            lang,
            "Beside the messages, in attachments: {attachments}, profiles of guests: {guests}, conversations' own records: {conversations}.",
            "消息之外涉及：附件 {attachments} 个、客人资料 {guests} 份、会话记录 {conversations} 份。"
        ));
    }
    erase::say_end(&mut text, lang, outcome, written);
    say_left(&mut text, lang, &redacted.left);
    say_unchanged(&mut text, lang, redacted.unchanged);
    text
}

/// Kinds with how often each: "MOBILE 2".
pub(super) fn spans_words(lang: Lang, spans: &[SpanCount]) -> String {
    let word = |span: &SpanCount| {
        let kind = words::kind_name_words(lang, span.kind.as_str());
        format!("{kind} {}", span.count)
    };
    let words: Vec<String> = spans.iter().map(word).collect();
    words.join(lang.comma())
}

/// How many of each kind.
pub(super) fn spans_json(spans: &[SpanCount]) -> Value {
    let count = |span: &SpanCount| (span.kind.as_str().to_owned(), json!(span.count));
    Value::Object(spans.iter().map(count).collect::<Map<_, _>>())
}
