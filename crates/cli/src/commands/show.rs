//! `wuhen show`: one conversation as a role sees it, or, on record, without masks.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use wuhen_detect::{Backup, Finding, Sight, Viewer, char_offsets};
use wuhen_model::people::Permission;
use wuhen_service::Service;
use wuhen_service::attachment::{AttachmentView, Mark};
use wuhen_service::notice::Missing;
use wuhen_service::read::{ConversationView, MessageView};

use super::read::{
    booking_words, category_words, conversation_json, field, opened_at, role_words, sender_json,
};
use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::Show;
use crate::problem::Problem;
use crate::table::Table;
use crate::wiring;
use crate::words::{self, Lang, in_english, missing, plain, say};

/// What is shown, to whom.
struct Shown {
    conversation: ConversationView,
    messages: Vec<MessageView>,
    sight: Sight,
    problems: Vec<Missing>,
}

pub(super) fn run(app: &App, args: &Show) -> Result<Answer, Problem> {
    let needed = if args.reveal {
        Permission::Reveal
    } else {
        Permission::ReadMasked
    };
    let entered = wiring::enter(app, &[needed])?;
    let (service, viewer) = (&entered.service, entered.viewer(&args.eyes)?);
    let mut shown = read(service, args, viewer)?;
    service.mask_conversation(&mut shown.conversation, shown.sight);
    for message in &mut shown.messages {
        service.mask_message(message, shown.sight);
    }
    let mut json = json!({
        "conversation": conversation_json(&shown.conversation),
        "messages": shown.messages.iter().map(message_json).collect::<Vec<_>>(),
        "as": shown.sight.viewer().as_str(), "revealed": shown.sight.is_revealed(),
    });
    if shown.sight.is_revealed() {
        json["problems"] = json!(in_english(&shown.problems));
    }
    let lang = app.lang;
    let mut text = Text::default();
    say_conversation(&mut text, lang, &shown.conversation);
    for message in &shown.messages {
        say_message(&mut text, lang, message);
    }
    for problem in &shown.problems {
        text.line(format!("- {}", missing(lang, problem)));
    }
    Ok(Answer::done(text, json))
}

fn read(service: &Service, args: &Show, viewer: Viewer) -> Result<Shown, Problem> {
    if let (true, Some(reason)) = (args.reveal, &args.reason) {
        let revealed = service.reveal(&args.conversation, viewer, reason)?;
        return Ok(Shown {
            conversation: revealed.conversation,
            messages: revealed.messages,
            sight: revealed.sight,
            problems: revealed.problems,
        });
    }
    let (conversation, messages) = service.show(&args.conversation)?;
    Ok(Shown {
        conversation,
        messages,
        sight: Sight::of(viewer),
        problems: Vec::new(),
    })
}

fn say_conversation(text: &mut Text, lang: Lang, view: &ConversationView) {
    let (id, source) = (plain(&view.id), plain(&view.source));
    text.line(say!(
        lang,
        "Conversation {id} (source {source})",
        "会话 {id}（来源 {source}）"
    ));
    let details = [
        (lang.pick("guest", "客人"), field(&view.record, "guest")),
        (lang.pick("channel", "渠道"), field(&view.record, "channel")),
        (lang.pick("opened", "开始于"), opened_at(view)),
        (
            lang.pick("booking", "订单"),
            booking_words(lang, &view.record).unwrap_or_default(),
        ),
        (
            lang.pick("labels", "标签"),
            plain(&view.labels.join(lang.comma())),
        ),
        (
            lang.pick("category", "类别"),
            category_words(lang, view.category).to_owned(),
        ),
        (
            lang.pick("backup", "备份建议"),
            backup_words(lang, view.category.backup()).to_owned(),
        ),
    ];
    let mut table = Table::bare();
    for (name, value) in details.into_iter().filter(|(_, value)| !value.is_empty()) {
        table.row([format!("  {name}"), value]);
    }
    text.table(&table);
}

/// When a copy is worth having; nothing where no time is better than another.
fn backup_words(lang: Lang, backup: Backup) -> &'static str {
    match backup {
        Backup::Any => "",
        Backup::Monthly => lang.pick("once a month", "每月一次"),
        Backup::AfterBooking => lang.pick("after each booking", "每次预订后"),
        Backup::WithinDay => lang.pick("within 24 hours", "24 小时内"),
        Backup::OnlyWhenAsked => lang.pick(
            "none: identity documents are copied only when asked for by name",
            "不备份：除非明确要求，身份证件不进入备份",
        ),
    }
}

fn say_message(text: &mut Text, lang: Lang, message: &MessageView) {
    let sender = message
        .sender
        .as_deref()
        .map(|id| format!(" {}", plain(id)))
        .unwrap_or_default();
    let (id, at, role) = (
        plain(&message.id),
        &message.sent_at,
        role_words(lang, message),
    );
    text.line("");
    let redacted = match message.redacted_at {
        Some(_) => lang.pick("  (redacted)", "  （已遮盖）"),
        None => "",
    };
    text.line(format!("{at}  {role}{sender}  [{id}]{redacted}"));
    for line in plain(&message.text).lines() {
        text.line(format!("  {line}"));
    }
    for attachment in &message.attachments {
        let AttachmentView { item, bytes, .. } = attachment;
        let name = plain(attachment.name.as_deref().unwrap_or(&attachment.path));
        let media = attachment
            .media_type
            .as_deref()
            .map(|media| format!("{}, ", plain(media)))
            .unwrap_or_default();
        let size = words::bytes(*bytes);
        text.line(say!(
            lang,
            "  attachment {item}: {name} ({media}{size})",
            "  附件 {item}：{name}（{media}{size}）"
        ));
        for remark in words::attachment_remarks(lang, attachment) {
            text.line(format!("    {}", plain(&remark)));
        }
    }
}

fn message_json(message: &MessageView) -> Value {
    let attachments: Vec<Value> = message.attachments.iter().map(attachment_json).collect();
    json!({
        "id": message.id, "sender": sender_json(message), "sent_at": message.sent_at, "text": message.text,
        "findings": findings_json(&message.text, &message.findings), "category": message.category.as_str(),
        "importance": message.importance.as_str(), "attachments": attachments, "other": message.other,
        "redacted": message.redacted_at.is_some(), "redacted_at": message.redacted_at,
    })
}

fn attachment_json(file: &AttachmentView) -> Value {
    let findings: BTreeMap<&str, u64> = file
        .scan
        .iter()
        .flat_map(|scan| &scan.findings)
        .map(|(kind, count)| (kind.as_str(), *count))
        .collect();
    json!({
        "number": file.item, "name": file.name, "media_type": file.media_type, "bytes": file.bytes,
        "mark": file.mark.map(Mark::as_str), "stripped": file.stripped, "not_understood": file.not_understood,
        "not_looked_into": file.not_looked_into, "codes_left": file.codes_left, "redacted_at": file.redacted_at,
        "scan": file.scan.as_ref().map(|scan| scan.state.as_str()), "findings": findings,
    })
}

/// Findings in the text beside them.
pub(super) fn findings_json(text: &str, findings: &[Finding]) -> Vec<Value> {
    let places = findings.iter().zip(char_offsets(text, findings));
    let one = |(found, chars): (&Finding, wuhen_detect::Offsets)| {
        let evidence: Vec<&str> = found
            .evidence
            .iter()
            .map(wuhen_detect::Evidence::as_str)
            .collect();
        json!({
            "start": found.start, "end": found.end, "char_start": chars.char_start, "char_end": chars.char_end,
            "kind": found.kind.as_str(), "score": found.score(), "evidence": evidence,
        })
    };
    places.map(one).collect()
}
