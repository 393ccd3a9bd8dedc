//! `wuhen scan` over a store: what it holds, and what to clean first.

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use wuhen_detect::Kind;
use wuhen_model::people::Permission;
use wuhen_service::scan::{Place, PlaceCounts, StoreScan, ToClean};

use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::Scan;
use crate::problem::Problem;
use crate::table::Table;
use crate::wiring;
use crate::words::{Lang, documents_words, kind_and_name, kind_words, plain, say};

pub(crate) fn run(app: &App, args: &Scan) -> Result<Answer, Problem> {
    args.input.refuse_options_of_text()?;
    let service = wiring::enter(app, &[Permission::Search])?.service;
    let report = service.scan_store(usize::from(args.list), args.input.kind_set())?;
    let mut json = report_json(&report);
    json["seconds"] = json!(app.seconds());
    Ok(Answer::done(words(app.lang, &report), json))
}

fn words(lang: Lang, report: &StoreScan) -> Text {
    let StoreScan {
        messages,
        conversations,
        messages_with,
        conversations_with,
        ..
    } = report;
    let mut text = Text::of(say!(
        lang,
        "Personal data in {messages_with} of {messages} messages, {conversations_with} of {conversations} conversations.",
        "{messages} 条消息中有 {messages_with} 条、{conversations} 个会话中有 {conversations_with} 个含有个人信息。"
    ));
    if report.places.values().any(|counts| counts.records_with > 0) {
        text.table(&places_table(lang, report));
        text.line(lang.pick("In texts of messages:", "消息文本中："));
    }
    if !report.kinds.is_empty() {
        let mut table = Table::new([
            lang.pick("  kind", "  种类"),
            lang.pick("spans", "处"),
            lang.pick("messages", "消息"),
            lang.pick("conversations", "会话"),
        ]);
        for (kind, counts) in &report.kinds {
            table.row([
                format!("  {}", kind_and_name(lang, *kind)),
                counts.findings.to_string(),
                counts.messages.to_string(),
                counts.conversations.to_string(),
            ]);
        }
        text.table(&table);
    }
    say_rules(&mut text, lang, report);
    if !report.first.is_empty() {
        text.line(lang.pick("What to clean first:", "应先清理："));
        text.table(&first_table(lang, &report.first));
    }
    text
}

/// Where it stands: one row a place.
fn places_table(lang: Lang, report: &StoreScan) -> Table {
    let mut table = Table::new([
        lang.pick("  where", "  位置"),
        lang.pick("looked at", "已检查"),
        lang.pick("with", "含有"),
        lang.pick("cut at the door", "入口处裁去"),
        lang.pick("kinds", "种类"),
    ]);
    for (place, counts) in &report.places {
        let kinds: Vec<String> = counts
            .kinds
            .iter()
            .map(|(kind, count)| format!("{kind} {count}"))
            .collect();
        table.row([
            format!("  {}", place_words(lang, *place)),
            counts.records.to_string(),
            counts.records_with.to_string(),
            counts.cut.to_string(),
            kinds.join(lang.comma()),
        ]);
    }
    table
}

fn place_words(lang: Lang, place: Place) -> &'static str {
    match place {
        Place::Messages => lang.pick("messages", "消息文本"),
        Place::Attachments => lang.pick("attachments", "附件"),
        Place::Profiles => lang.pick("profiles", "客人资料"),
        Place::Fields => lang.pick("fields", "其他字段"),
    }
}

fn say_rules(text: &mut Text, lang: Lang, report: &StoreScan) {
    let (unscanned, other) = (report.unscanned, report.other_rules);
    let cut: u64 = report.places.values().map(|counts| counts.cut).sum();
    if cut > 0 {
        text.line(say!(
            lang,
            "Card security codes cut at the door, all in all: {cut}.",
            "入口处共裁去银行卡安全码：{cut} 处。"
        ));
    }
    if report.identity_documents > 0 {
        let count = report.identity_documents;
        text.line(say!(
            lang,
            "Attachments marked as identity documents: {count}.",
            "标为身份证件的附件：{count} 个。"
        ));
    }
    if report.codes_in_documents > 0 {
        text.line(documents_words(lang, report.codes_in_documents));
    }
    if unscanned > 0 {
        text.line(say!(
            lang,
            "Messages that came before there were rules: {unscanned}. What they hold is masked when shown; nothing was cut from them.",
            "规则启用之前存入的消息：{unscanned} 条。显示时会脱敏，但当时未裁去任何内容。"
        ));
    }
    if other > 0 {
        text.line(say!(
            lang,
            "Messages scanned by other rules when they came: {other}.",
            "存入时按其他版本规则扫描的消息：{other} 条。"
        ));
    }
}

fn first_table(lang: Lang, first: &[ToClean]) -> Table {
    let mut table = Table::new([
        lang.pick("  conversation", "  会话"),
        lang.pick("source", "来源"),
        lang.pick("last message", "最后消息"),
        lang.pick("weight", "权重"),
        lang.pick("kinds", "种类"),
    ]);
    for one in first {
        let kinds: Vec<String> = one
            .kinds
            .iter()
            .map(|(kind, count)| format!("{} {count}", kind_words(lang, *kind)))
            .chain(documents_of(lang, one))
            .collect();
        table.row([
            format!("  {}", plain(&one.id)),
            plain(&one.source),
            last_at(one).unwrap_or_default(),
            one.weight.to_string(),
            kinds.join(lang.comma()),
        ]);
    }
    table
}

fn documents_of(lang: Lang, one: &ToClean) -> Option<String> {
    let count = one.identity_documents;
    let words = say!(lang, "identity documents {count}", "身份证件附件 {count}");
    (count > 0).then_some(words)
}

fn last_at(one: &ToClean) -> Option<String> {
    let time = Timestamp::from_second(one.last_at).ok()?;
    Some(time.to_string())
}

fn report_json(report: &StoreScan) -> Value {
    let kinds = report.kinds.iter().map(|(kind, counts)| {
        let counts = json!({
            "findings": counts.findings, "messages": counts.messages, "conversations": counts.conversations,
        });
        (kind.as_str().to_owned(), counts)
    });
    let first: Vec<Value> = report.first.iter().map(first_json).collect();
    json!({
        "conversations": report.conversations, "messages": report.messages,
        "conversations_with": report.conversations_with, "messages_with": report.messages_with,
        "kinds": kinds.collect::<Map<String, Value>>(), "places": places_json(report), "unscanned": report.unscanned,
        "other_rules": report.other_rules, "cut": report.cut,
        "codes_in_documents": report.codes_in_documents, "identity_documents": report.identity_documents, "first": first,
    })
}

fn places_json(report: &StoreScan) -> Value {
    let none = PlaceCounts::default();
    let place = |place: &Place| {
        let counts = report.places.get(place).unwrap_or(&none);
        let kinds = counts.kinds.iter();
        let kinds: Map<String, Value> = kinds
            .map(|(kind, count)| (kind.as_str().to_owned(), json!(count)))
            .collect();
        let counts = json!({
            "records": counts.records, "records_with": counts.records_with, "kinds": kinds, "cut": counts.cut,
        });
        (place.as_str().to_owned(), counts)
    };
    Value::Object(Place::ALL.iter().map(place).collect())
}

fn first_json(one: &ToClean) -> Value {
    let name = |(kind, count): (&Kind, &u64)| (kind.as_str().to_owned(), json!(count));
    json!({
        "id": one.id, "source": one.source, "findings": one.findings, "grave": one.grave,
        "kinds": one.kinds.iter().map(name).collect::<Map<String, Value>>(), "identity_documents": one.identity_documents, "last_at": last_at(one),
        "weight": one.weight,
    })
}
