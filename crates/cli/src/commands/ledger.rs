//! `wuhen ledger`.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use wuhen_ledger::body::Role;
use wuhen_model::people::Permission;
use wuhen_service::reveal::RevealView;

use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::Ledger;
use crate::problem::Problem;
use crate::table::Table;
use crate::wiring;
use crate::words::{Lang, plain, say};

pub(super) fn run(app: &App, command: &Ledger) -> Result<Answer, Problem> {
    let needed: &[Permission] = match command {
        Ledger::Reveals { .. } => &[Permission::SeeAccessLog],
        _ => &[],
    };
    let service = wiring::enter(app, needed)?.service;
    let lang = app.lang;
    Ok(match command {
        Ledger::Check => {
            let report = service.check_ledger()?;
            let (size, opened, root) = (report.size, report.opened, &report.root);
            let mut text = Text::of(say!(
                lang,
                "The ledger holds: {size} entries, {opened} of them opened and found to fit.",
                "账本有效：共 {size} 条，其中 {opened} 条已打开并核对相符。"
            ));
            text.line(say!(lang, "Root of its tree: {root}", "树根：{root}"));
            let json = json!({
                "valid": true, "size": size, "opened": opened, "root": root,
                "checkpoint": report.checkpoint, "key": report.key,
            });
            Answer::done(text, json)
        }
        Ledger::Checkpoint => {
            let note = service.checkpoint()?;
            Answer::done(
                Text::of(note.trim_end_matches('\n')),
                json!({ "checkpoint": note }),
            )
        }
        Ledger::Export { folder } => {
            let size = service.export_ledger(folder)?;
            let shown = folder.display();
            let text = say!(
                lang,
                "{size} entries were written to {shown}.",
                "已将 {size} 条写入 {shown}。"
            );
            Answer::done(Text::of(text), json!({ "folder": folder, "size": size }))
        }
        Ledger::Reveals { conversation } => {
            reveals(lang, &service.reveals(conversation.as_deref())?)
        }
        Ledger::Key => {
            let (key, fingerprint) = (service.ledger_key(), service.ledger_key_fingerprint());
            // The key alone, so that it can be saved for --key.
            Answer::done(
                Text::of(&key),
                json!({ "key": key, "fingerprint": fingerprint }),
            )
        }
    })
}

fn reveals(lang: Lang, reveals: &[RevealView]) -> Answer {
    let mut by_role: BTreeMap<String, u64> = BTreeMap::new();
    let mut table = Table::new([
        lang.pick("  at", "  时间"),
        lang.pick("role", "角色"),
        lang.pick("conversation", "会话"),
        lang.pick("attachment", "附件"),
        lang.pick("messages", "消息"),
        lang.pick("places", "处"),
        lang.pick("why", "原因"),
    ]);
    for one in reveals {
        *by_role.entry(role_name(one.by_role)).or_default() += 1;
        let gone = lang.pick("(gone)", "（已不存在）");
        table.row([
            format!("  {}", one.at),
            role_name(one.by_role),
            one.conversation.as_deref().map_or(gone.to_owned(), plain),
            one.attachment
                .map(|number| number.to_string())
                .unwrap_or_default(),
            one.messages.to_string(),
            one.findings.to_string(),
            plain(&one.reason),
        ]);
    }
    let count = reveals.len();
    let mut text = Text::of(say!(
        lang,
        "Masks were lifted: {count} times.",
        "解除脱敏：{count} 次。"
    ));
    if count > 0 {
        let counted = by_role
            .iter()
            .map(|(role, count)| format!("{role} {count}"));
        let counted: Vec<String> = counted.collect();
        text.line(counted.join(lang.comma()));
        text.table(&table);
    }
    let list = reveals.iter().map(|one| {
        json!({
            "entry": one.entry, "at": one.at, "by_role": one.by_role, "reason": one.reason,
            "conversation": one.conversation, "attachment": one.attachment, "messages": one.messages,
            "findings": one.findings,
        })
    });
    let list: Vec<Value> = list.collect();
    Answer::done(
        text,
        json!({ "reveals": list, "count": count, "by_role": by_role }),
    )
}

/// The role's name, as JSON has it.
fn role_name(role: Role) -> String {
    let name = json!(role);
    name.as_str().unwrap_or_default().to_owned()
}
