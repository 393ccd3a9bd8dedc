//! `wuhen hold`: legal holds, placed by one, released by two.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use wuhen_ledger::body::HoldScopeKind;
use wuhen_model::people::Permission;
use wuhen_service::Service;
use wuhen_service::hold::{HoldScope, HoldState, HoldView, NewHold, Release};
use wuhen_service::snapshot::Done;
use wuhen_service::staff::Actor;

use crate::answer::{Answer, Text};
use crate::app::{App, instant, time_zone};
use crate::args::{Edge, Hold, PlaceHold};
use crate::problem::Problem;
use crate::table::Table;
use crate::wiring::{self, Entered};
use crate::words::{Lang, in_english, missing, plain, say};

pub(super) fn run(app: &App, command: &Hold) -> Result<Answer, Problem> {
    let needed = match command {
        Hold::Place(_) => [Permission::PlaceHold, Permission::PlaceHold],
        Hold::List => [Permission::PlaceHold, Permission::SeeAccessLog],
        Hold::Release { .. } | Hold::Approve { .. } => [Permission::ReleaseHold; 2],
    };
    let Entered {
        service, actor: by, ..
    } = wiring::enter(app, &needed)?;
    match command {
        Hold::Place(args) => place(app, &service, &by, args),
        Hold::List => list(app, &service, &by),
        Hold::Release { hold, reason } => released(
            app,
            &service,
            hold,
            service.release_hold(&by, hold, reason)?,
        ),
        Hold::Approve { hold } => {
            released(app, &service, hold, service.approve_release(&by, hold)?)
        }
    }
}

fn place(app: &App, service: &Service, by: &Actor, args: &PlaceHold) -> Result<Answer, Problem> {
    let scope = scope(args);
    let review = args
        .review
        .map(|when| instant(service, when, Edge::Start))
        .transpose()?;
    let new = NewHold {
        matter: &args.matter,
        issuer: &args.issuer,
        scope: &scope,
        review,
        reason: &args.reason,
    };
    let Done { done, problems } = service.place_hold(by, &new)?;
    let zone = time_zone(&service.tenant_settings().timezone)?;
    let lang = app.lang;
    let mut text = Text::of(say!(
        lang,
        "{0} is placed. It covers {1}; nobody erases that until two people release it. Review: {2}.",
        "已设置诉讼保留 {0}，范围：{1}；在两人解除之前，任何人不得删除。复核日期：{2}。",
        done.hold,
        covered(lang, done.conversations, done.messages),
        day(&zone, done.review)
    ));
    for problem in &problems {
        text.line(format!("- {}", missing(lang, problem)));
    }
    let json = json!({
        "hold": done.hold, "conversations": done.conversations, "messages": done.messages,
        "review": done.review.to_string(), "problems": in_english(&problems),
    });
    Ok(Answer::done(text, json))
}

fn scope(args: &PlaceHold) -> HoldScope {
    let PlaceHold {
        guest,
        conversation,
        label,
        query,
        ..
    } = args;
    match (guest, label, query) {
        (Some(guest), _, _) => HoldScope::Guest(guest.clone()),
        (_, Some(label), _) => HoldScope::Label(label.clone()),
        (_, _, Some(words)) => HoldScope::Query(words.clone()),
        _ => HoldScope::Conversations(conversation.clone()),
    }
}

fn list(app: &App, service: &Service, by: &Actor) -> Result<Answer, Problem> {
    let holds = service.legal_holds(by)?;
    let lang = app.lang;
    let zone = time_zone(&service.tenant_settings().timezone)?;
    let mut text = Text::default();
    if holds.is_empty() {
        text.line(lang.pick("No legal hold.", "没有诉讼保留。"));
    } else {
        text.table(&table(lang, &zone, &holds));
    }
    let json = holds.iter().map(hold_json).collect::<Vec<_>>();
    Ok(Answer::done(text, json!({ "holds": json })))
}

fn table(lang: Lang, zone: &TimeZone, holds: &[HoldView]) -> Table {
    let mut table = Table::new(match lang {
        Lang::En => [
            "hold", "state", "covers", "placed", "review", "matter", "issuer",
        ],
        Lang::Zh => [
            "编号",
            "状态",
            "范围",
            "设置日期",
            "复核日期",
            "事由",
            "要求方",
        ],
    });
    for hold in holds {
        let review = day(zone, hold.review);
        let words = hold.words.as_ref();
        table.row([
            hold.hold.clone(),
            state_words(lang, hold.state).to_owned(),
            format!(
                "{}: {}",
                scope_words(lang, hold.scope),
                covered(lang, hold.conversations, hold.messages)
            ),
            day(zone, hold.placed_at),
            if hold.review_due {
                format!("{review} {}", lang.pick("(due)", "（已到期）"))
            } else {
                review
            },
            words.map_or_else(String::new, |words| plain(&words.matter)),
            words.map_or_else(String::new, |words| plain(&words.issuer)),
        ]);
    }
    table
}

fn hold_json(hold: &HoldView) -> Value {
    json!({
        "hold": hold.hold, "state": hold.state.as_str(), "scope": hold.scope,
        "conversations": hold.conversations, "messages": hold.messages,
        "placed_at": hold.placed_at.to_string(), "review": hold.review.to_string(), "review_due": hold.review_due,
        "matter": hold.words.as_ref().map(|words| &words.matter),
        "issuer": hold.words.as_ref().map(|words| &words.issuer),
        "reason": hold.words.as_ref().map(|words| &words.reason),
        "cooling_off_until": hold.cooling_off_until.map(|until| until.to_string()),
    })
}

fn released(
    app: &App,
    service: &Service,
    hold: &str,
    Done { done, problems }: Done<Release>,
) -> Result<Answer, Problem> {
    let lang = app.lang;
    let (state, until, said) = match done {
        Release::Asked => (
            HoldState::ReleaseAsked,
            None,
            say!(
                lang,
                "The release of {hold} is asked for. It stands until another member of staff agrees: `wuhen hold approve {hold}`.",
                "已申请解除 {hold}。须由另一人同意后方可解除：wuhen hold approve {hold}。"
            ),
        ),
        Release::CoolingOff(until) => {
            let zone = time_zone(&service.tenant_settings().timezone)?;
            let from = minute(&zone, until);
            (
                HoldState::ReleaseAsked,
                Some(until),
                say!(
                    lang,
                    "The release of {hold} is asked for. Nobody else here may agree to it: it cools off for 24 hours. From {from} on, \
                     `wuhen hold release {hold}` carries it out.",
                    "已申请解除 {hold}。此处没有其他人可以同意，因此须冷静 24 小时；{from} 起可再次运行 wuhen hold release {hold} 予以解除。"
                ),
            )
        }
        Release::Done => (
            HoldState::Released,
            None,
            say!(
                lang,
                "{hold} is released. What it covered may be erased again.",
                "{hold} 已解除。其范围内的记录可以再次删除。"
            ),
        ),
    };
    let mut text = Text::of(said);
    for problem in &problems {
        text.line(format!("- {}", missing(lang, problem)));
    }
    let json = json!({
        "hold": hold, "state": state.as_str(), "cooling_off_until": until.map(|until| until.to_string()),
        "problems": in_english(&problems),
    });
    Ok(Answer::done(text, json))
}

fn covered(lang: Lang, conversations: u64, messages: u64) -> String {
    if messages > 0 {
        say!(lang, "{messages} messages", "{messages} 条消息")
    } else {
        say!(
            lang,
            "{conversations} conversations",
            "{conversations} 个会话"
        )
    }
}

fn scope_words(lang: Lang, scope: HoldScopeKind) -> &'static str {
    match scope {
        HoldScopeKind::Guest => lang.pick("a guest", "一位客人"),
        HoldScopeKind::Conversations => lang.pick("conversations", "会话"),
        HoldScopeKind::Label => lang.pick("a label", "标签"),
        HoldScopeKind::Query => lang.pick("words", "文字"),
    }
}

fn state_words(lang: Lang, state: HoldState) -> &'static str {
    match state {
        HoldState::Placed => lang.pick("placed", "生效"),
        HoldState::ReleaseAsked => lang.pick("release asked for", "已申请解除"),
        HoldState::Released => lang.pick("released", "已解除"),
    }
}

fn day(zone: &TimeZone, time: Timestamp) -> String {
    zone.to_datetime(time).date().to_string()
}

fn minute(zone: &TimeZone, time: Timestamp) -> String {
    zone.to_datetime(time)
        .strftime("%Y-%m-%d %H:%M")
        .to_string()
}
