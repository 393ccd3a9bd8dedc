//! `wuhen rules show` without a pack: what holds here, what waits, since when, and what was before.

use serde_json::{Value, json};
use wuhen_model::people::Permission;
use wuhen_model::rules::TenantKind;
use wuhen_service::rules::{PackState, PackView};

use super::rules::{rules_json, say_rules};
use crate::answer::{Answer, Text};
use crate::app::App;
use crate::problem::Problem;
use crate::wiring;
use crate::words::{Lang, plain, say};

pub(super) fn run(app: &App, kind: Option<TenantKind>) -> Result<Answer, Problem> {
    let service = wiring::enter(app, &[Permission::SeeRules])?.service;
    let packs = service.packs()?;
    let retention_at = service.schedules()?.retention_next.map(|at| at.to_string());
    let kind = kind.or(Some(service.tenant_settings().kind));
    let in_state = |state: PackState| packs.iter().find(|pack| pack.state == state);
    let (in_force, waiting) = (in_state(PackState::InForce), in_state(PackState::Waiting));
    let lang = app.lang;
    let mut text = Text::default();
    match in_force {
        Some(pack) => {
            let (name, version, since) = (&pack.rules.name, &pack.rules.version, pack.effective_at);
            text.line(say!(
                lang,
                "{name} {version} holds since {since}.",
                "{name} {version} 自 {since} 起有效。"
            ));
            say_state(&mut text, lang, pack, retention_at.as_deref());
            say_rules(&mut text, lang, &pack.rules, kind);
        }
        None => text.line(lang.pick(
            "No rule pack is in force (none): each erasure is decided by somebody.",
            "未启用规则包（none）：每次删除均由人决定。",
        )),
    }
    if let Some(pack) = waiting {
        let (name, version) = (&pack.rules.name, &pack.rules.version);
        let (since, from) = (pack.applied_at, pack.effective_at);
        text.line(say!(
            lang,
            "{name} {version} waits since {since} and holds from {from} on; `wuhen rules withdraw` takes it back.",
            "{name} {version} 自 {since} 起等待，将于 {from} 生效；可用 wuhen rules withdraw 撤回。"
        ));
    }
    let is_past =
        |pack: &&PackView| matches!(pack.state, PackState::Replaced | PackState::Withdrawn);
    let past: Vec<&PackView> = packs.iter().filter(is_past).collect();
    for pack in &past {
        let (name, version, state) = (&pack.rules.name, &pack.rules.version, pack.state.as_str());
        let (applied, role) = (pack.applied_at, pack.by_role);
        text.line(say!(
            lang,
            "Before: {name} {version}, put in force on {applied} by the {role}, {state}.",
            "此前：{name} {version}，{applied} 由 {role} 应用，{state}。"
        ));
    }
    let json = json!({
        "in_force": in_force.map(|pack| full_json(pack, kind)),
        "waiting": waiting.map(|pack| full_json(pack, kind)),
        "history": past.into_iter().map(pack_json).collect::<Vec<_>>(),
        "retention_at": retention_at,
    });
    Ok(Answer::done(text, json))
}

fn say_state(text: &mut Text, lang: Lang, pack: &PackView, retention_at: Option<&str>) {
    if !pack.reason.is_empty() {
        text.line(plain(&pack.reason));
    }
    if let Some(stopped) = &pack.stopped {
        let (records, since) = (stopped.records, &stopped.since);
        text.line(say!(
            lang,
            "STOPPED since {since}: it would erase {records} records at once; `wuhen rules confirm` lets it go on.",
            "自 {since} 起停止：将一次删除 {records} 条记录；确认请运行 wuhen rules confirm。"
        ));
    }
    for review in &pack.reviews {
        let (category, since, owner) = (review.category, review.since, plain(&review.owner));
        text.line(say!(
            lang,
            "To be looked at again since {since}: {category} ({owner}).",
            "自 {since} 起应予复核：{category}（{owner}）。"
        ));
    }
    if let Some(at) = retention_at {
        text.line(say!(
            lang,
            "What reached its ceiling is erased next at {at}.",
            "下次到期删除：{at}。"
        ));
    }
}

fn full_json(pack: &PackView, kind: Option<TenantKind>) -> Value {
    let mut json = pack_json(pack);
    json["first_run_at"] = json!(pack.first_run_at.map(|at| at.to_string()));
    json["limit"] = json!(pack.records_max);
    json["stopped"] = json!(
        (pack.stopped.as_ref())
            .map(|stopped| json!({ "records": stopped.records, "since": stopped.since }))
    );
    let reviews = pack.reviews.iter().map(
        |review| json!({ "category": review.category, "since": review.since, "owner": review.owner }),
    );
    json["reviews"] = reviews.collect();
    json["rules"] = json!(rules_json(&pack.rules, kind));
    json
}

fn pack_json(pack: &PackView) -> Value {
    json!({
        "pack": pack.rules.name, "version": pack.rules.version, "state": pack.state.as_str(), "by_role": pack.by_role,
        "applied_at": pack.applied_at.to_string(), "effective_at": pack.effective_at.to_string(), "reason": pack.reason,
    })
}
