//! `wuhen stats`, `guests`, `conversations`: what is there.

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use wuhen_detect::{Category, Sight};
use wuhen_model::people::Permission;
use wuhen_service::read::{ConversationView, GuestView, MessageView};

use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::{Conversations, Guests};
use crate::problem::Problem;
use crate::records::Records;
use crate::table::Table;
use crate::wiring;
use crate::words::{self, Lang, plain};

pub(super) fn stats(app: &App) -> Result<Answer, Problem> {
    let service = wiring::enter(app, &[])?.service;
    let (totals, epoch) = service.stats()?;
    let tenant = service.tenant_settings();
    let oldest = totals
        .oldest_at
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .map(|time| time.to_string());
    let mut json = json!(Records::from(&totals));
    json["epoch"] = json!(epoch);
    json["bytes"] = json!({
        "database": totals.database_bytes, "log": totals.log_bytes, "blobs": totals.blob_bytes,
    });
    json["oldest"] = json!(oldest);
    json["tenant"] = json!(tenant);
    json["tenant"]["pack"] = json!(service.pack_name()?);
    let mut text = Text::of(plain(&tenant.name));
    let (lang, none) = (app.lang, app.lang.pick("none", "无"));
    let rows = [
        (lang.pick("guests", "客人"), totals.guests.to_string()),
        (
            lang.pick("conversations", "会话"),
            totals.conversations.to_string(),
        ),
        (lang.pick("messages", "消息"), totals.messages.to_string()),
        (
            lang.pick("attachments", "附件"),
            totals.attachments.to_string(),
        ),
        (
            lang.pick("database", "数据库"),
            words::bytes(totals.database_bytes),
        ),
        (
            lang.pick("write-ahead log", "预写日志"),
            words::bytes(totals.log_bytes),
        ),
        (
            lang.pick("attachment files", "附件文件"),
            words::bytes(totals.blob_bytes),
        ),
        (lang.pick("epoch", "密钥纪元"), epoch.to_string()),
        (
            lang.pick("oldest record", "最早的记录"),
            oldest.unwrap_or_else(|| none.to_owned()),
        ),
    ];
    let mut table = Table::bare();
    for (name, value) in rows {
        table.row([format!("  {name}"), value]);
    }
    text.table(&table);
    Ok(Answer::done(text, json))
}

pub(super) fn guests(app: &App, args: &Guests) -> Result<Answer, Problem> {
    let entered = wiring::enter(app, &[Permission::ReadMasked])?;
    let (service, sight) = (&entered.service, Sight::of(entered.viewer(&args.eyes)?));
    let mut guests = service.guests(args.find.as_deref())?;
    for guest in &mut guests {
        service.mask_guest(guest, sight);
    }
    let json = json!({
        "guests": guests.iter().map(guest_json).collect::<Vec<_>>(), "as": sight.viewer().as_str(),
    });
    let lang = app.lang;
    if guests.is_empty() {
        return Ok(Answer::done(
            Text::of(lang.pick("No guest.", "没有客人。")),
            json,
        ));
    }
    let mut table = Table::new([
        lang.pick("id", "编号"),
        lang.pick("source", "来源"),
        lang.pick("name", "姓名"),
        lang.pick("phone", "电话"),
        lang.pick("mail", "邮箱"),
        lang.pick("conversations", "会话"),
        lang.pick("messages", "消息"),
    ]);
    for guest in &guests {
        table.row([
            plain(&guest.id),
            plain(&guest.source),
            field(&guest.record, "name"),
            field(&guest.record, "phone"),
            field(&guest.record, "email"),
            guest.conversations.to_string(),
            guest.messages.to_string(),
        ]);
    }
    let mut text = Text::default();
    text.table(&table);
    Ok(Answer::done(text, json))
}

pub(super) fn conversations(app: &App, args: &Conversations) -> Result<Answer, Problem> {
    let entered = wiring::enter(app, &[Permission::ReadMasked])?;
    let (service, sight) = (&entered.service, Sight::of(entered.viewer(&args.eyes)?));
    let mut conversations = service.conversations(args.guest.as_deref())?;
    for conversation in &mut conversations {
        service.mask_conversation(conversation, sight);
    }
    let json = json!({
        "conversations": conversations.iter().map(conversation_json).collect::<Vec<_>>(), "as": sight.viewer().as_str(),
    });
    let lang = app.lang;
    if conversations.is_empty() {
        return Ok(Answer::done(
            Text::of(lang.pick("No conversation.", "没有会话。")),
            json,
        ));
    }
    let mut table = Table::new([
        lang.pick("id", "编号"),
        lang.pick("source", "来源"),
        lang.pick("guest", "客人"),
        lang.pick("opened", "开始于"),
        lang.pick("channel", "渠道"),
        lang.pick("messages", "消息"),
        lang.pick("attachments", "附件"),
        lang.pick("booking", "订单"),
        lang.pick("labels", "标签"),
        lang.pick("category", "类别"),
    ]);
    for view in &conversations {
        table.row([
            plain(&view.id),
            plain(&view.source),
            field(&view.record, "guest"),
            opened_at(view),
            field(&view.record, "channel"),
            view.row.messages.to_string(),
            view.row.attachments.to_string(),
            booking_words(lang, &view.record).unwrap_or_default(),
            plain(&view.labels.join(lang.comma())),
            category_words(lang, view.category).to_owned(),
        ]);
    }
    let mut text = Text::default();
    text.table(&table);
    Ok(Answer::done(text, json))
}

/// The role of whoever wrote a message, in words.
pub(super) fn role_words(lang: Lang, message: &MessageView) -> &'static str {
    use wuhen_model::record::SenderRole::{Agent, Bot, Guest, System};
    match message.role {
        Guest => lang.pick("guest", "客人"),
        Agent => lang.pick("agent", "客服"),
        System => lang.pick("system", "系统"),
        Bot => lang.pick("bot", "机器人"),
    }
}

/// Who wrote a message.
pub(super) fn sender_json(message: &MessageView) -> Value {
    json!({ "role": message.role, "id": message.sender })
}

/// What a record is about, in words.
pub(super) fn category_words(lang: Lang, category: Category) -> &'static str {
    match category {
        Category::Other => lang.pick("other", "其他"),
        Category::ItineraryChange => lang.pick("itinerary change", "行程变更"),
        Category::BookingConfirmation => lang.pick("booking confirmation", "预订确认"),
        Category::Payment => lang.pick("payment", "付款"),
        Category::Complaint => lang.pick("complaint", "投诉"),
        Category::Deposit => lang.pick("deposit", "押金"),
        Category::Refund => lang.pick("refund", "退款"),
        Category::IdentityDocument => lang.pick("identity document", "身份证件"),
    }
}

fn guest_json(guest: &GuestView) -> Value {
    let mut other = guest.record.clone();
    other.remove("id");
    let mut known = |name: &str| other.remove(name).unwrap_or(Value::Null);
    let (name, phone, email, locale) = (
        known("name"),
        known("phone"),
        known("email"),
        known("locale"),
    );
    json!({
        "id": guest.id, "source": guest.source, "name": name, "phone": phone, "email": email, "locale": locale,
        "other": other, "conversations": guest.conversations, "messages": guest.messages,
    })
}

pub(super) fn conversation_json(view: &ConversationView) -> Value {
    json!({
        "id": view.id, "source": view.source, "guest": view.record.get("guest"), "channel": view.record.get("channel"),
        "opened_at": opened_at(view), "messages": view.row.messages, "attachments": view.row.attachments,
        "labels": view.labels, "booking": view.record.get("booking"), "category": view.category.as_str(),
        "importance": view.importance.as_str(), "backup": view.category.backup().as_str(),
    })
}

/// As the source wrote it; else when its first message was sent.
pub(super) fn opened_at(view: &ConversationView) -> String {
    let written = view
        .record
        .get("opened_at")
        .and_then(Value::as_str)
        .map(str::to_owned);
    written.unwrap_or_else(|| {
        Timestamp::from_second(view.row.opened_at)
            .map(|time| time.to_string())
            .unwrap_or_default()
    })
}

pub(super) fn booking_words(lang: Lang, record: &Map<String, Value>) -> Option<String> {
    let booking = record.get("booking")?.as_object()?;
    let status = match booking.get("status").and_then(Value::as_str) {
        Some("booked") => lang.pick("booked", "已预订"),
        Some("stayed") => lang.pick("stayed", "已入住"),
        Some("cancelled") => lang.pick("cancelled", "已取消"),
        Some("refunding") => lang.pick("refunding", "退款中"),
        Some("no-show") => lang.pick("no show", "未到店"),
        _ => "",
    };
    let days = match (field(booking, "check_in"), field(booking, "check_out")) {
        (from, to) if from.is_empty() && to.is_empty() => String::new(),
        (from, to) => format!("{from}..{to}"),
    };
    let deposit = match booking.get("deposit_refunded").and_then(Value::as_bool) {
        Some(false) => lang.pick("deposit not returned", "押金未退"),
        _ => "",
    };
    let parts = [
        field(booking, "id"),
        status.to_owned(),
        days,
        deposit.to_owned(),
    ];
    Some(
        parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
    )
}

pub(super) fn field(record: &Map<String, Value>, name: &str) -> String {
    plain(record.get(name).and_then(Value::as_str).unwrap_or_default())
}
