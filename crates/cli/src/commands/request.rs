//! `wuhen request`, and what `wuhen erase` answers where an erasure has to be asked for.

use serde_json::{Value, json};
use wuhen_model::decision::Decision;
use wuhen_model::people::Permission;
use wuhen_model::request::StageName;
use wuhen_service::decide::ConversationDecided;
use wuhen_service::request::{KeptView, RequestView};
use wuhen_service::snapshot::Done;

use crate::answer::{Answer, Text};
use crate::app::{App, time_zone};
use crate::args::Request;
use crate::exit::Exit;
use crate::problem::Problem;
use crate::records::Records;
use crate::table::Table;
use crate::wiring::{self, Entered};
use crate::words::{self, Lang, plain, say};

pub(super) fn run(app: &App, command: &Request) -> Result<Answer, Problem> {
    match command {
        Request::List { open } => list(app, *open),
        Request::Show { id } => {
            let entered = wiring::enter(app, &[Permission::SeeRequests])?;
            let view = entered.service.request(id)?;
            one(app, &entered, &view, &[])
        }
        Request::Approve { id } => {
            let entered = wiring::enter(app, &[Permission::Approve])?;
            let done = entered.service.approve(&entered.actor, id)?;
            changed(app, &entered, &done)
        }
        Request::Cancel { id } => {
            let entered = wiring::enter(app, &[Permission::SeeRequests])?;
            let done = entered.service.cancel_request(&entered.actor, id)?;
            changed(app, &entered, &done)
        }
        Request::Refuse(args) => {
            let entered = wiring::enter(app, &[Permission::RefuseRequest])?;
            let why = (args.why, args.article.as_str());
            let done = entered
                .service
                .refuse_request(&entered.actor, &args.id, why)?;
            changed(app, &entered, &done)
        }
    }
}

fn list(app: &App, open: bool) -> Result<Answer, Problem> {
    let entered = wiring::enter(app, &[Permission::SeeRequests])?;
    let lang = app.lang;
    let mut views = entered.service.requests()?;
    views.retain(|view| !open || !view.stage.is_final());
    let mut table = Table::new(match lang {
        Lang::En => [
            "request",
            "stands",
            "waits for",
            "until",
            "messages",
            "asked by",
        ],
        Lang::Zh => ["申请", "状态", "等待", "至", "消息", "申请人"],
    });
    for view in &views {
        table.row([
            view.id.clone(),
            stage_words(lang, view.stage).to_owned(),
            waits_words(lang, view),
            until(&entered, view)?,
            view.messages.to_string(),
            words_of(lang, view.asked_by.words()).to_owned(),
        ]);
    }
    let mut text = Text::default();
    if views.is_empty() {
        text.line(lang.pick("No requests.", "没有申请。"));
    } else {
        text.table(&table);
    }
    let views: Vec<Value> = views.iter().map(view_json).collect();
    Ok(Answer::done(text, json!({ "requests": views })))
}

fn changed(app: &App, entered: &Entered, done: &Done<RequestView>) -> Result<Answer, Problem> {
    let missing: Vec<String> = done
        .problems
        .iter()
        .map(|problem| words::missing(app.lang, problem))
        .collect();
    one(app, entered, &done.done, &missing)
}

fn one(
    app: &App,
    entered: &Entered,
    view: &RequestView,
    missing: &[String],
) -> Result<Answer, Problem> {
    let mut text = Text::default();
    say_request(&mut text, app.lang, entered, view)?;
    for (checkpoint, done) in &view.checkpoints {
        let mark = if *done { "[x]" } else { "[ ]" };
        text.line(format!("{mark} {}", words_of(app.lang, checkpoint.words())));
    }
    for problem in missing {
        text.line(format!("- {problem}"));
    }
    let mut json = view_json(view);
    json["problems"] = json!(missing);
    Ok(Answer {
        exit: if missing.is_empty() {
            Exit::Done
        } else {
            Exit::Partial
        },
        text,
        json: Some(json),
    })
}

/// What `wuhen erase` answers where it had to ask.
pub(super) fn asked(
    app: &App,
    entered: &Entered,
    done: &Done<Vec<RequestView>>,
) -> Result<Answer, Problem> {
    let mut text = Text::of(app.lang.pick(
        "Asked for; nothing is erased yet.",
        "已提出申请；尚未删除任何内容。",
    ));
    for view in &done.done {
        say_request(&mut text, app.lang, entered, view)?;
    }
    let missing: Vec<String> = done
        .problems
        .iter()
        .map(|problem| words::missing(app.lang, problem))
        .collect();
    for problem in &missing {
        text.line(format!("- {problem}"));
    }
    let requests: Vec<Value> = done.done.iter().map(view_json).collect();
    Ok(Answer::done(
        text,
        json!({ "requests": requests, "problems": missing }),
    ))
}

fn say_request(
    text: &mut Text,
    lang: Lang,
    entered: &Entered,
    view: &RequestView,
) -> Result<(), Problem> {
    let (id, stage) = (&view.id, stage_words(lang, view.stage));
    let records = Records {
        guests: 0,
        conversations: view.conversations,
        messages: view.messages,
        attachments: view.attachments,
    };
    let records = records.words(lang);
    text.line(say!(
        lang,
        "Request {id}: {stage}. {records}.",
        "申请 {id}：{stage}。{records}。"
    ));
    if !view.waits.is_empty() {
        let waits = waits_words(lang, view);
        text.line(say!(lang, "  waits for: {waits}", "  等待：{waits}"));
    }
    let until = until(entered, view)?;
    if !until.is_empty() {
        text.line(match view.stage {
            StageName::Scheduled => say!(
                lang,
                "  can be taken back until {until}, then it is erased",
                "  {until} 前可以撤销，之后即删除"
            ),
            _ => say!(
                lang,
                "  is looked at again at {until}",
                "  将于 {until} 重新核对"
            ),
        });
    }
    let zone = time_zone(&entered.service.tenant_settings().timezone)?;
    for kept in &view.kept {
        let sentence = kept.decision.sentence(&zone);
        let count = kept.messages;
        let sentence = said(lang, &sentence);
        text.line(say!(
            lang,
            "  {count} messages: {sentence}",
            "  {count} 条消息：{sentence}"
        ));
    }
    if let Some(case) = &view.case {
        text.line(say!(
            lang,
            "  certificate: `wuhen certificate get {case}`",
            "  删除证明：wuhen certificate get {case}"
        ));
    }
    Ok(())
}

/// What would be decided, conversation by conversation.
pub(super) fn say_decisions(text: &mut Text, lang: Lang, all: &[ConversationDecided]) {
    for one in all {
        text.line(plain(&one.conversation));
        for decided in &one.records {
            let (count, sentence) = (decided.messages, &decided.sentence);
            let sentence = said(lang, sentence);
            text.line(say!(
                lang,
                "  {count} messages: {sentence}",
                "  {count} 条消息：{sentence}"
            ));
        }
    }
}

/// The same for machines.
pub(super) fn decisions_json(all: &[ConversationDecided]) -> Value {
    let conversations = all.iter().map(|one| {
        let records = one.records.iter().map(|decided| {
            let mut json = decision_json(&decided.decision);
            json["sentence"] = json!({ "en": decided.sentence.en, "zh": decided.sentence.zh });
            json["messages"] = json!(decided.messages);
            json["attachments"] = json!(decided.attachments);
            json
        });
        json!({
            "conversation": one.conversation, "source": one.source, "records": records.collect::<Vec<_>>(),
        })
    });
    conversations.collect()
}

fn decision_json(decision: &Decision) -> Value {
    serde_json::to_value(decision).expect("a decision is plain data")
}

fn view_json(view: &RequestView) -> Value {
    let kept = view.kept.iter().map(|kept| {
        let KeptView {
            decision,
            conversations,
            messages,
            attachments,
        } = kept;
        let mut json = decision_json(decision);
        json["conversations"] = json!(conversations);
        json["messages"] = json!(messages);
        json["attachments"] = json!(attachments);
        json
    });
    let checkpoints: serde_json::Map<String, Value> = view
        .checkpoints
        .iter()
        .map(|(checkpoint, done)| (checkpoint.as_str().to_owned(), json!(done)))
        .collect();
    json!({
        "request": view.id, "stage": view.stage.as_str(),
        "waits": view.waits.iter().map(|wait| wait.as_str()).collect::<Vec<_>>(),
        "next": view.next.map(|next| next.to_string()),
        "asked_by": view.asked_by.as_str(), "approver": view.approver, "asked_at": view.asked_at.to_string(),
        "records": { "conversations": view.conversations, "messages": view.messages, "attachments": view.attachments },
        "bytes": view.bytes, "kept": kept.collect::<Vec<_>>(), "follows": view.follows, "case": view.case,
        "checkpoints": checkpoints,
    })
}

fn until(entered: &Entered, view: &RequestView) -> Result<String, Problem> {
    let zone = time_zone(&entered.service.tenant_settings().timezone)?;
    Ok(view.next.map_or_else(String::new, |next| {
        next.to_zoned_datetime(zone)
            .strftime("%Y-%m-%d %H:%M")
            .to_string()
    }))
}

fn waits_words(lang: Lang, view: &RequestView) -> String {
    let words: Vec<&str> = view
        .waits
        .iter()
        .map(|wait| words_of(lang, wait.words()))
        .collect();
    words.join(lang.comma())
}

fn stage_words(lang: Lang, stage: StageName) -> &'static str {
    words_of(lang, stage.words())
}

fn said(lang: Lang, said: &wuhen_model::rules::Said) -> &str {
    match lang {
        Lang::En => &said.en,
        Lang::Zh => &said.zh,
    }
}

fn words_of(lang: Lang, words: wuhen_model::named::Words) -> &'static str {
    lang.pick(words.en, words.zh)
}
