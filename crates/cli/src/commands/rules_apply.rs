//! `wuhen rules apply`, `withdraw`, `confirm`: a pack put in force after its preview, taken back, and batches let go on.

use std::io::{self, IsTerminal as _, Write as _};

use serde_json::{Value, json};
use wuhen_model::people::Permission;
use wuhen_service::rules::{ApplyRules, BATCH_RECORDS_DEFAULT, Due, Kept, RulesPreview};
use wuhen_service::snapshot::Done;

use super::erase::nobody_to_ask;
use super::rules::to_apply;
use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::Apply;
use crate::exit::Exit;
use crate::problem::Problem;
use crate::table::Table;
use crate::wiring::{self, Entered};
use crate::words::{self, Lang, say};

pub(super) fn apply(app: &App, args: &Apply) -> Result<Answer, Problem> {
    let asks = !args.yes && !args.dry_run;
    if asks && !io::stdin().is_terminal() {
        return Err(nobody_to_ask());
    }
    let source = to_apply(&args.pack)?;
    let (name, version) = (&source.pack().name, &source.pack().version);
    let entered = wiring::enter(app, &[Permission::ApplyRules])?;
    let (service, by) = (entered.service, entered.actor);
    let records_max = args.limit.unwrap_or(BATCH_RECORDS_DEFAULT);
    let mut confirmed = None;
    if args.dry_run || asks {
        let preview = service.preview_rules(&by, &source)?;
        let mut text = preview_text(app.lang, &preview);
        if args.dry_run {
            text.line(app.lang.pick(
                "This was a dry run: nothing was put in force.",
                "这只是预演：未作任何更改。",
            ));
            let mut json = preview_json(&preview);
            json["pack"] = json!(name);
            json["version"] = json!(version);
            json["state"] = json!("dry-run");
            json["effective_at"] = Value::Null;
            json["limit"] = json!(records_max);
            json["problems"] = json!([]);
            return Ok(Answer::done(text, json));
        }
        confirmed = ask(app.lang, &text, preview.now.messages, records_max)?;
    }
    let Done { done, problems } = service.apply_rules(
        &by,
        &ApplyRules {
            source: &source,
            after_hours: args.after,
            at_once: args.yes || asks,
            records_max,
            confirmed,
            reason: &args.reason,
        },
    )?;
    let mut text = if args.yes {
        preview_text(app.lang, &done.preview)
    } else {
        Text::default()
    };
    let at = done.effective_at;
    text.line(if done.in_force {
        say!(
            app.lang,
            "{name} {version} holds from now on.",
            "{name} {version} 现已生效。"
        )
    } else {
        say!(
            app.lang,
            "{name} {version} holds from {at} on; until then `wuhen rules withdraw` takes it back. `wuhen run` has to be running.",
            "{name} {version} 将于 {at} 生效；此前可用 wuhen rules withdraw 撤回。需运行 wuhen run。"
        )
    });
    for problem in &problems {
        text.line(format!("- {}", words::missing(app.lang, problem)));
    }
    let mut json = preview_json(&done.preview);
    json["pack"] = json!(name);
    json["version"] = json!(version);
    json["state"] = json!(if done.in_force { "in-force" } else { "waiting" });
    json["effective_at"] = json!(at.to_string());
    json["limit"] = json!(records_max);
    json["problems"] = json!(words::in_english(&problems));
    Ok(Answer::done(text, json))
}

/// Asks for a word, or, over the limit, for the number of records.
fn ask(lang: Lang, shown: &Text, due: u64, records_max: u64) -> Result<Option<u64>, Problem> {
    let is_large = due > records_max;
    let question = if is_large {
        say!(
            lang,
            "That is more than one batch takes ({records_max}). Type the number of messages, {due}, to go on: ",
            "超过每批上限（{records_max} 条）。请输入消息条数 {due} 以继续："
        )
    } else {
        lang.pick("Type \"apply\" to go on: ", "请输入“应用”以继续：")
            .to_owned()
    };
    let typed = typed(shown, &question)?;
    let number = due.to_string();
    let wanted: &[&str] = if is_large {
        &[&number]
    } else {
        &["apply", "应用"]
    };
    if wanted.contains(&typed.as_str()) {
        return Ok(is_large.then_some(due));
    }
    Err(nothing_changed())
}

fn nothing_changed() -> Problem {
    Problem::own(Exit::Failed, "nothing was changed", "未作任何更改")
}

fn typed(shown: &Text, question: &str) -> Result<String, Problem> {
    let mut err = io::stderr().lock();
    let mut ask = || -> io::Result<String> {
        write!(err, "{}{question}", shown.as_str())?;
        err.flush()?;
        let mut typed = String::new();
        io::stdin().read_line(&mut typed)?;
        Ok(typed.trim().to_owned())
    };
    ask().map_err(Problem::Output)
}

pub(super) fn withdraw(app: &App) -> Result<Answer, Problem> {
    let Entered { service, actor, .. } = wiring::enter(app, &[Permission::ApplyRules])?;
    let Done { done, problems } = service.withdraw_rules(&actor)?;
    let mut text = Text::of(say!(app.lang, "{done} was taken back.", "已撤回 {done}。"));
    for problem in &problems {
        text.line(format!("- {}", words::missing(app.lang, problem)));
    }
    let json = json!({ "pack": done, "problems": words::in_english(&problems) });
    Ok(Answer::done(text, json))
}

pub(super) fn confirm_batches(app: &App, yes: bool) -> Result<Answer, Problem> {
    if !yes && !io::stdin().is_terminal() {
        return Err(nobody_to_ask());
    }
    let Entered {
        service, actor: by, ..
    } = wiring::enter(app, &[Permission::ApplyRules])?;
    let stopped = service.stopped_work()?;
    if stopped.is_empty() {
        return Err(Problem::own(
            Exit::NotFound,
            "no batch waits for a word",
            "没有等待确认的批次",
        ));
    }
    let (mut text, mut all, mut confirmed) = (Text::default(), Vec::new(), Vec::new());
    for one in stopped {
        let (kind, records, since) = (one.kind, one.batch.records, &one.batch.since);
        if !yes {
            let shown = Text::of(say!(
                app.lang,
                "{kind} would erase {records} records at once; it stopped on {since}.",
                "{kind} 将一次删除 {records} 条记录；已于 {since} 停止。"
            ));
            let question = say!(
                app.lang,
                "There is no way back. Type the number, {records}, to go on: ",
                "此操作无法撤销。请输入 {records} 以继续："
            );
            if typed(&shown, &question)? != records.to_string() {
                return Err(nothing_changed());
            }
        }
        all.extend(service.confirm_batch(&by, kind, records)?.problems);
        text.line(say!(
            app.lang,
            "{kind} may take {records} records, once; `wuhen run` does it.",
            "{kind} 可删除 {records} 条记录（仅此一次）；由 wuhen run 执行。"
        ));
        confirmed.push(json!({ "kind": kind.as_str(), "records": records }));
    }
    for problem in &all {
        text.line(format!("- {}", words::missing(app.lang, problem)));
    }
    let json = json!({ "confirmed": confirmed, "problems": words::in_english(&all) });
    Ok(Answer::done(text, json))
}

fn preview_text(lang: Lang, preview: &RulesPreview) -> Text {
    let words = |due: &Due| {
        let (messages, attachments) = (due.messages, due.attachments);
        let (size, oldest) = (words::bytes(due.bytes), oldest(due));
        say!(
            lang,
            "{messages} messages, {attachments} attachments ({size}), the oldest of {oldest}",
            "{messages} 条消息、{attachments} 个附件（{size}），最早 {oldest}"
        )
    };
    let (now, soon) = (words(&preview.now), words(&preview.soon));
    let mut text = Text::of(say!(lang, "Due now: {now}.", "现已到期：{now}。"));
    text.line(say!(
        lang,
        "Within 30 days, besides: {soon}.",
        "30 日内另有：{soon}。"
    ));
    let Kept {
        holds,
        floors,
        guards,
    } = preview.kept;
    text.line(say!(
        lang,
        "Due now and kept all the same: {holds} by legal holds, {floors} by floors, {guards} by bookings.",
        "到期但仍保留：诉讼保留 {holds} 条，保存期限下限 {floors} 条，订单 {guards} 条。"
    ));
    if preview.categories.is_empty() {
        return text;
    }
    let mut table = Table::new(match lang {
        Lang::En => ["category", "now", "in 30 days", "kept", "oldest"],
        Lang::Zh => ["类别", "现在", "30 日内", "保留", "最早"],
    });
    for found in &preview.categories {
        let kept = found.kept.holds + found.kept.floors + found.kept.guards;
        table.row([
            found.category.to_string(),
            found.now.messages.to_string(),
            found.soon.messages.to_string(),
            kept.to_string(),
            oldest(&found.now),
        ]);
    }
    text.table(&table);
    text
}

fn oldest(due: &Due) -> String {
    due.oldest
        .map_or_else(|| "-".to_owned(), |at| at.to_string())
}

fn preview_json(preview: &RulesPreview) -> Value {
    let due = |due: &Due| {
        json!({
            "messages": due.messages, "attachments": due.attachments, "bytes": due.bytes,
            "oldest": due.oldest.map(|at| at.to_string()),
        })
    };
    let kept =
        |kept: &Kept| json!({ "holds": kept.holds, "floors": kept.floors, "guards": kept.guards });
    let categories: Vec<Value> = (preview.categories.iter())
        .map(|found| {
            json!({
                "category": found.category, "due_now": due(&found.now), "due_in_30_days": due(&found.soon),
                "kept": kept(&found.kept),
            })
        })
        .collect();
    json!({
        "due_now": due(&preview.now), "due_in_30_days": due(&preview.soon), "kept": kept(&preview.kept),
        "categories": categories,
    })
}
