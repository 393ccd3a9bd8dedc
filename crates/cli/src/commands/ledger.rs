//! `wuhen ledger`.

use serde_json::json;

use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::Ledger;
use crate::problem::Problem;
use crate::wiring;
use crate::words::say;

pub(super) fn run(app: &App, command: &Ledger) -> Result<Answer, Problem> {
    let service = wiring::open(app)?.service;
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
