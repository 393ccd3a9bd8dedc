//! `wuhen snapshot`: repositories, snapshots, and the way back from them.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::{Value, json};
use wuhen_ledger::body::ProbeResult;
use wuhen_model::people::Permission;
use wuhen_service::notice::Missing;
use wuhen_service::snapshot::{Done, RestoreCounts};
use wuhen_store::SnapshotRow;
use wuhen_store::sqlite::{Restored, snapshots};

use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::Snapshot;
use crate::problem::Problem;
use crate::records::Records;
use crate::table::Table;
use crate::words::{Lang, say};
use crate::{place, wiring, words};

pub(super) fn run(app: &App, command: &Snapshot) -> Result<Answer, Problem> {
    match command {
        Snapshot::Init { folder } => init(app, folder),
        Snapshot::Create { repository } => create(app, repository.as_deref()),
        Snapshot::List {
            folder: Some(folder),
        } => list_folder(app, folder),
        Snapshot::List { folder: None } => list_registered(app),
        Snapshot::Restore { folder, snapshot } => restore(app, folder, snapshot.as_deref()),
        Snapshot::Unregister { repository } => unregister(app, repository),
    }
}

fn init(app: &App, folder: &Path) -> Result<Answer, Problem> {
    let opened = wiring::enter(app, &[Permission::Snapshot])?;
    let folder = place::resolve(folder)?;
    wiring::check_apart(app, &opened.service, &opened.keys, &folder)?;
    let Done {
        done: row,
        problems,
    } = opened
        .service
        .init_repository_by(opened.actor.ledger_role(), &folder)?;
    let (id, shown) = (&row.id, &row.folder);
    let mut text = Text::of(say!(
        app.lang,
        "Snapshot repository {id} was made in {shown}. From now on it is kept current with every erasure.",
        "已在 {shown} 建立快照仓库 {id}。此后每次删除都会同步到该仓库。"
    ));
    text.line(app.lang.pick(
        "It holds no records yet: run `wuhen snapshot create`.",
        "其中尚无记录：请运行 wuhen snapshot create。",
    ));
    say_problems(&mut text, app.lang, &problems);
    Ok(Answer::done(
        text,
        json!({ "repository": row.id, "folder": row.folder, "problems": words::in_english(&problems) }),
    ))
}

fn create(app: &App, repository: Option<&str>) -> Result<Answer, Problem> {
    let Done {
        done: row,
        problems,
    } = wiring::enter(app, &[Permission::Snapshot])?
        .service
        .create_snapshot(repository)?;
    let (id, counted) = (&row.id, Records::from(&row).words(app.lang));
    let mut text = Text::of(say!(
        app.lang,
        "Snapshot {id} was made: {counted}.",
        "已建立快照 {id}：{counted}。"
    ));
    let mut json = snapshot_json(&row);
    json["seconds"] = json!(app.seconds());
    say_problems(&mut text, app.lang, &problems);
    json["problems"] = json!(words::in_english(&problems));
    Ok(Answer::done(text, json))
}

fn list_folder(app: &App, folder: &Path) -> Result<Answer, Problem> {
    let folder = place::resolve(folder)?;
    let rows = snapshots(&folder)?;
    let mut text = Text::default();
    say_snapshots(&mut text, app.lang, &rows);
    let repository = json!({
        "id": null, "folder": folder, "current_as_of": null, "error": null,
        "snapshots": rows.iter().map(snapshot_json).collect::<Vec<_>>(),
    });
    Ok(Answer::done(text, json!({ "repositories": [repository] })))
}

fn list_registered(app: &App) -> Result<Answer, Problem> {
    let lang = app.lang;
    let repositories = wiring::enter(app, &[Permission::Snapshot])?
        .service
        .repositories()?;
    let mut text = Text::default();
    let mut list = Vec::new();
    if repositories.is_empty() {
        text.line(lang.pick(
            "There is no snapshot repository: losing this disk loses everything. `wuhen snapshot init FOLDER` makes one.",
            "没有快照仓库：磁盘损坏将丢失全部记录。请运行 wuhen snapshot init 文件夹。",
        ));
    }
    for repository in repositories {
        let (id, folder, current) = (
            &repository.id,
            &repository.folder,
            time(repository.fenced_at),
        );
        text.line(say!(
            lang,
            "{id} in {folder}, current as of {current}",
            "{id} 位于 {folder}，更新至 {current}"
        ));
        let read = snapshots(Path::new(folder));
        let error = read
            .as_ref()
            .err()
            .map(|error| words::store_error(lang, error));
        if let Some(error) = &error {
            text.line(format!("  {error}"));
        }
        let rows = read.unwrap_or_default();
        say_snapshots(&mut text, lang, &rows);
        list.push(json!({
            "id": id, "folder": folder, "current_as_of": current, "error": error,
            "snapshots": rows.iter().map(snapshot_json).collect::<Vec<_>>(),
        }));
    }
    Ok(Answer::done(text, json!({ "repositories": list })))
}

fn unregister(app: &App, id: &str) -> Result<Answer, Problem> {
    let entered = wiring::enter(app, &[Permission::Snapshot])?;
    let by = entered.actor.ledger_role();
    let Done { problems, .. } = entered.service.unregister_repository_by(by, id)?;
    let mut text = Text::of(say!(
        app.lang,
        "{id} is not kept current any more. After the next erasure nothing can be restored from it: delete its folder.",
        "{id} 不再更新。下次删除之后将无法再从中恢复：请删除其文件夹。"
    ));
    say_problems(&mut text, app.lang, &problems);
    Ok(Answer::done(
        text,
        json!({ "repository": id, "registered": false, "problems": words::in_english(&problems) }),
    ))
}

/// What was done is done; who is away hears of it later.
fn say_problems(text: &mut Text, lang: Lang, problems: &[Missing]) {
    if problems.is_empty() {
        return;
    }
    text.line(lang.pick(
        "Not everything could be told of it; every change tries again, and `wuhen doctor` says what to do:",
        "尚未全部同步；之后每次变更都会重试，wuhen doctor 会说明如何处理：",
    ));
    for problem in problems {
        text.line(format!("- {}", words::missing(lang, problem)));
    }
}

fn restore(app: &App, folder: &Path, snapshot: Option<&str>) -> Result<Answer, Problem> {
    let made = wiring::create_from_snapshot(app, folder, snapshot)?;
    // Whoever may not is refused by the staff of the snapshot; then nothing of it stays.
    wiring::admit(app, &made.opened.service, &[Permission::Restore])?;
    let counts = restore_counts(&made.restored);
    let probes = made.opened.service.record_restore(&counts)?;
    let (back, keys) = (Records::from(&made.restored), made.opened.keys.clone());
    let gone = Records::from(&made.restored.snapshot).less(back);
    made.keep();
    let json = json!({
        "store": app.store, "keys": keys, "repository": counts.repository, "snapshot": counts.snapshot,
        "created_at": time(counts.created_at), "restored": back, "gone": gone,
        "lost": { "conversations": counts.lost_conversations, "items": counts.lost_items },
        "probes": probes.iter().map(|probe| json!({
            "name": probe.name, "passed": probe.result == ProbeResult::Pass, "detail": probe.detail,
        })).collect::<Vec<_>>(),
        "seconds": app.seconds(),
    });
    Ok(Answer::done(
        restore_text(app, &counts, back, gone, &keys),
        json,
    ))
}

fn restore_text(
    app: &App,
    counts: &RestoreCounts,
    back: Records,
    gone: Records,
    keys: &[PathBuf],
) -> Text {
    let lang = app.lang;
    let (store, id, at) = (
        app.store.display(),
        &counts.snapshot,
        time(counts.created_at),
    );
    let back = back.words(lang);
    let mut text = Text::of(say!(
        lang,
        "Restored into {store} from snapshot {id} of {at}: {back}.",
        "已从 {at} 的快照 {id} 恢复到 {store}：{back}。"
    ));
    text.line(if gone == Records::default() {
        lang.pick(
            "Nothing of that snapshot was erased since.",
            "该快照中的记录此后均未被删除。",
        )
        .to_owned()
    } else {
        let gone = gone.words(lang);
        say!(
            lang,
            "Erased since that snapshot, and therefore gone for good: {gone}.",
            "自该快照之后已删除、因此不再恢复：{gone}。"
        )
    });
    let (conversations, items) = (counts.lost_conversations, counts.lost_items);
    if conversations + items > 0 {
        text.line(say!(
            lang,
            "Newer than the snapshot, and lost: {conversations} conversations, and {items} items in others.",
            "晚于该快照而丢失：{conversations} 个会话，以及其他会话中的 {items} 项。"
        ));
    }
    for folder in keys {
        let folder = folder.display();
        text.line(say!(
            lang,
            "Its keys are in {folder}. If there are further replicas, add them: wuhen doctor --repair --keys DIR",
            "密钥位于 {folder}。若还有其他副本，请添加：wuhen doctor --repair --keys 文件夹"
        ));
    }
    text
}

fn restore_counts(restored: &Restored) -> RestoreCounts {
    let snapshot = &restored.snapshot;
    RestoreCounts {
        repository: restored.repository.clone(),
        snapshot: snapshot.id.clone(),
        created_at: snapshot.created_at,
        restored: Records::from(restored).into(),
        held: Records::from(snapshot).into(),
        lost_conversations: restored.lost_conversations,
        lost_items: restored.lost_items,
    }
}

fn say_snapshots(text: &mut Text, lang: Lang, rows: &[SnapshotRow]) {
    if rows.is_empty() {
        text.line(lang.pick("  no snapshot yet", "  尚无快照"));
    }
    let mut table = Table::bare();
    for row in rows {
        table.row([
            format!("  {}", row.id),
            time(row.created_at),
            Records::from(row).words(lang),
        ]);
    }
    text.table(&table);
}

fn snapshot_json(row: &SnapshotRow) -> Value {
    let mut json = json!(Records::from(row));
    json["snapshot"] = json!(row.id);
    json["number"] = json!(row.number);
    json["created_at"] = json!(time(row.created_at));
    json["epoch"] = json!(row.epoch);
    json
}

fn time(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .map(|time| time.to_string())
        .unwrap_or_default()
}
