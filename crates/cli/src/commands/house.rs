//! `wuhen house`: what the house says about itself.

use serde_json::json;
use wuhen_model::booking::GuardDays;
use wuhen_model::people::Permission;

use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::{House, Numbers};
use crate::problem::Problem;
use crate::wiring::{self, Entered};
use crate::words::{plain, say};

pub(super) fn run(app: &App, command: &House) -> Result<Answer, Problem> {
    match command {
        House::Numbers(command) => numbers(app, command),
        House::GuardDays { days } => guard_days(app, *days),
    }
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
