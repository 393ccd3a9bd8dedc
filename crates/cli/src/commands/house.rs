//! `wuhen house`: what the house says about itself, and at which times it works by itself.

use serde_json::{Value, json};
use wuhen_model::booking::GuardDays;
use wuhen_model::people::Permission;
use wuhen_service::schedules::SchedulesView;

use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::{CleanUp, House, Numbers};
use crate::problem::Problem;
use crate::wiring::{self, Entered};
use crate::words::{self, Lang, plain, say};

pub(super) fn run(app: &App, command: &House) -> Result<Answer, Problem> {
    let needed: &[Permission] = match command {
        House::Numbers(command) => return numbers(app, command),
        House::GuardDays { days } => return guard_days(app, *days),
        House::Retention { schedule: None }
        | House::CleanUp(CleanUp {
            schedule: None,
            off: false,
            ..
        }) => &[],
        House::Retention { .. } | House::CleanUp(_) => &[Permission::ManageSettings],
    };
    let Entered { service, actor, .. } = wiring::enter(app, needed)?;
    let problems = match command {
        House::Retention {
            schedule: Some(schedule),
        } => service.schedule_retention(&actor, schedule)?.problems,
        House::CleanUp(CleanUp {
            schedule: Some(schedule),
            older_than: Some(older_than),
            limit,
            ..
        }) => {
            let clean_up = Some((schedule, *older_than));
            service
                .schedule_clean_up(&actor, clean_up, *limit)?
                .problems
        }
        House::CleanUp(CleanUp { off: true, .. }) => {
            service.schedule_clean_up(&actor, None, None)?.problems
        }
        _ => Vec::new(),
    };
    let view = service.schedules()?;
    let mut text = schedules_text(app.lang, &view);
    for problem in &problems {
        text.line(format!("- {}", words::missing(app.lang, problem)));
    }
    let mut json = schedules_json(&view);
    json["problems"] = json!(words::in_english(&problems));
    Ok(Answer::done(text, json))
}

fn schedules_text(lang: Lang, view: &SchedulesView) -> Text {
    let next = |at: Option<jiff::Timestamp>| {
        at.map_or_else(
            || lang.pick("not planned", "未安排").to_owned(),
            |at| at.to_string(),
        )
    };
    let (schedule, at) = (&view.retention, next(view.retention_next));
    let mut text = Text::of(say!(
        lang,
        "Retention: {schedule}; next: {at}.",
        "到期删除：{schedule}；下次：{at}。"
    ));
    match &view.clean_up {
        Some(clean_up) => {
            let (schedule, older, at) =
                (&clean_up.schedule, clean_up.older_than, next(clean_up.next));
            text.line(say!(
                lang,
                "Clean-up of what is older than {older}: {schedule}; next: {at}.",
                "清理早于 {older} 的记录：{schedule}；下次：{at}。"
            ));
            if let Some(stopped) = &clean_up.stopped {
                let records = stopped.records;
                text.line(say!(
                    lang,
                    "STOPPED: it would erase {records} records at once; `wuhen rules confirm` lets it go on.",
                    "已停止：将一次删除 {records} 条记录；确认请运行 wuhen rules confirm。"
                ));
            }
        }
        None => text.line(lang.pick("No clean-up by the calendar.", "没有定期清理。")),
    }
    text
}

fn schedules_json(view: &SchedulesView) -> Value {
    let time = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string());
    let clean_up = view.clean_up.as_ref().map(|one| {
        let stopped = one.stopped.as_ref();
        json!({
            "schedule": one.schedule, "older_than": one.older_than, "next_at": time(one.next), "limit": one.records_max,
            "stopped": stopped.map(|stopped| json!({ "records": stopped.records, "since": stopped.since })),
        })
    });
    json!({
        "retention": { "schedule": view.retention, "next_at": time(view.retention_next) },
        "clean_up": clean_up,
    })
}

fn guard_days(app: &App, days: Option<GuardDays>) -> Result<Answer, Problem> {
    let needed: &[Permission] = match days {
        Some(_) => &[Permission::ManageSettings],
        None => &[],
    };
    let Entered { service, actor, .. } = wiring::enter(app, needed)?;
    let changed = match days {
        Some(days) => service.set_guard_days(&actor, days)?,
        None => false,
    };
    let days = service.guard_days().days();
    let text = say!(
        app.lang,
        "Bookings guard their records until {days} days after check-out.",
        "订单记录保护至离店后 {days} 天。"
    );
    Ok(Answer::done(
        Text::of(text),
        json!({ "guard_days": days, "changed": changed }),
    ))
}

fn numbers(app: &App, command: &Numbers) -> Result<Answer, Problem> {
    let needed: &[Permission] = match command {
        Numbers::List => &[],
        Numbers::Add { .. } | Numbers::Remove { .. } => &[Permission::ManageSettings],
    };
    let service = wiring::enter(app, needed)?.service;
    let lang = app.lang;
    let (changed, said) = match command {
        Numbers::Add { numbers } => {
            let added = service.add_own_numbers(numbers)?;
            (added, say!(lang, "Added: {added}.", "已添加 {added} 个。"))
        }
        Numbers::Remove { numbers } => {
            let removed = service.remove_own_numbers(numbers)?;
            (
                removed,
                say!(lang, "Removed: {removed}.", "已移除 {removed} 个。"),
            )
        }
        Numbers::List => (0, String::new()),
    };
    let numbers = service.own_numbers();
    let mut text = if said.is_empty() {
        Text::default()
    } else {
        Text::of(said)
    };
    for number in &numbers {
        text.line(plain(number));
    }
    if numbers.is_empty() {
        text.line(lang.pick("No own number.", "没有本店号码。"));
    }
    Ok(Answer::done(
        text,
        json!({ "numbers": numbers, "changed": changed }),
    ))
}
