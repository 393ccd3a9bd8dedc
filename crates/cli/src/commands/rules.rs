//! `wuhen rules`: packs are checked, shown and compared, periods are counted. Nothing is stored here: putting a pack in force is
//! `rules_apply.rs`, what holds in the store `rules_shown.rs`.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use wuhen_model::calendar::{Counting, Holidays};
use wuhen_model::rules::{BadPack, Category, Pack, Rule, Said, TenantKind};
use wuhen_service::rules::RulesSource;

use super::{rules_apply, rules_shown};
use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::{Count, Rules};
use crate::exit::Exit;
use crate::files::read_text;
use crate::problem::Problem;
use crate::table::Table;
use crate::words::{Lang, plain, say};

/// More than a pack may have, so that the checker says it.
const PACK_BYTES_MAX: u64 = 2 * 1024 * 1024;

pub(super) fn run(app: &App, command: &Rules) -> Result<Answer, Problem> {
    match command {
        Rules::Check { pack } => check(app, pack),
        Rules::Show {
            pack: Some(pack),
            kind,
        } => show(app, pack, *kind),
        Rules::Show { pack: None, kind } => rules_shown::run(app, *kind),
        Rules::Apply(args) => rules_apply::apply(app, args),
        Rules::Withdraw => rules_apply::withdraw(app),
        Rules::Confirm { yes } => rules_apply::confirm_batches(app, *yes),
        Rules::Diff { old, new } => diff(app, old, new),
        Rules::Schema => Ok(Answer::verbatim(format!("{}\n", Pack::schema()))),
        Rules::Count(args) => count(app, args),
    }
}

/// What a pack is called on the command line: a shipped one, or a file.
enum Source {
    Shipped(Pack),
    File(String),
}

/// A pack that is to be put in force.
pub(super) fn to_apply(name: &str) -> Result<RulesSource, Problem> {
    if let Some(source) = RulesSource::shipped(name) {
        return Ok(source);
    }
    let text = read_text(Path::new(name), PACK_BYTES_MAX)?;
    RulesSource::file(text).map_err(|bad| no_pack(name, &bad))
}

fn no_pack(name: &str, bad: &BadPack) -> Problem {
    let name = plain(name);
    Problem::own(
        Exit::Failed,
        format!("{name} is no rule pack:\n{bad}"),
        format!("{name} 不是有效的规则包：\n{bad}"),
    )
}

fn source(name: &str) -> Result<Source, Problem> {
    match Pack::shipped(name) {
        Some(pack) => Ok(Source::Shipped(pack)),
        None => read_text(Path::new(name), PACK_BYTES_MAX).map(Source::File),
    }
}

fn pack(name: &str) -> Result<Pack, Problem> {
    match source(name)? {
        Source::Shipped(pack) => Ok(pack),
        Source::File(text) => Pack::parse(&text).map_err(|bad| no_pack(name, &bad)),
    }
}

fn check(app: &App, name: &str) -> Result<Answer, Problem> {
    let lang = app.lang;
    let parsed = match source(name)? {
        Source::Shipped(pack) => Ok(pack),
        Source::File(text) => Pack::parse(&text),
    };
    let bad = match parsed {
        Ok(pack) => {
            let (name, version, rules) = (&pack.name, &pack.version, pack.rules.len());
            let said = say!(
                lang,
                "{name} {version} is in order: {rules} rules.",
                "{name} {version} 有效：{rules} 条规则。"
            );
            return Ok(Answer::done(
                Text::of(said),
                json!({ "name": name, "version": version, "rules": rules, "problems": [] }),
            ));
        }
        Err(bad) => bad,
    };
    let mut text = Text::default();
    for problem in &bad.problems {
        let (line, place, what) = (problem.line, plain(&problem.place), plain(&problem.what));
        text.line(say!(
            lang,
            "line {line}, {place}: {what}",
            "第 {line} 行，{place}：{what}"
        ));
    }
    let count = bad.problems.len();
    text.line(say!(
        lang,
        "Refused: {count} problems.",
        "不予接受：{count} 处问题。"
    ));
    let problems: Vec<Value> = (bad.problems.iter())
        .map(
            |problem| json!({ "line": problem.line, "place": problem.place, "what": problem.what }),
        )
        .collect();
    Ok(Answer {
        exit: Exit::Failed,
        text,
        json: Some(json!({ "problems": problems })),
    })
}

fn show(app: &App, name: &str, kind: Option<TenantKind>) -> Result<Answer, Problem> {
    let pack = pack(name)?;
    let mut text = Text::of(format!("{} {}", pack.name, pack.version));
    say_rules(&mut text, app.lang, &pack, kind);
    let rules = rules_json(&pack, kind);
    let answer = json!({ "name": pack.name, "version": pack.version, "rules": rules });
    Ok(Answer::done(text, answer))
}

fn of_kind(pack: &Pack, kind: Option<TenantKind>) -> impl Iterator<Item = &Rule> {
    pack.rules.iter().filter(move |rule| {
        kind.is_none_or(|kind| rule.tenants.is_empty() || rule.tenants.contains(&kind))
    })
}

/// The rules of a pack for a kind of house.
pub(super) fn rules_json(pack: &Pack, kind: Option<TenantKind>) -> Vec<Value> {
    of_kind(pack, kind)
        .map(|rule| to_json(pack, rule))
        .collect()
}

/// The same as a table.
pub(super) fn say_rules(text: &mut Text, lang: Lang, pack: &Pack, kind: Option<TenantKind>) {
    let mut rules = of_kind(pack, kind).peekable();
    if rules.peek().is_none() {
        text.line(lang.pick("No rule.", "没有规则。"));
        return;
    }
    let mut table = Table::new(match lang {
        Lang::En => [
            "category", "house", "from", "at least", "at most", "then", "article",
        ],
        Lang::Zh => ["类别", "适用", "起算", "至少", "至多", "到期", "依据"],
    });
    for rule in rules {
        table.row([
            rule.category.to_string(),
            houses(rule),
            rule.start.to_string(),
            rule.floor.map_or("-".to_owned(), |floor| floor.to_string()),
            rule.ceiling.to_string(),
            rule.on_expiry.to_string(),
            plain(said(lang, &rule.article)),
        ]);
    }
    text.table(&table);
}

fn diff(app: &App, old: &str, new: &str) -> Result<Answer, Problem> {
    let lang = app.lang;
    let (old, new) = (pack(old)?, pack(new)?);
    let (before, after) = (by_place(&old), by_place(&new));
    let mut text = Text::default();
    let mut changes = Vec::new();
    let places: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    for place in places {
        let (was, is) = (before.get(place), after.get(place));
        if was == is {
            continue;
        }
        let (category, kind, law) = place;
        let words = |rule: Option<&Value>| rule.map_or("-".to_owned(), in_words);
        text.line(format!(
            "{category} ({kind}, {law}): {} -> {}",
            words(was),
            words(is)
        ));
        changes.push(
            json!({ "category": category, "kind": kind, "counting": law, "old": was, "new": is }),
        );
    }
    if changes.is_empty() {
        text.line(lang.pick("The rules are the same.", "规则相同。"));
    }
    Ok(Answer::done(text, json!({ "changes": changes })))
}

/// Rules by what they are about, one for each category, kind of house and law.
fn by_place(pack: &Pack) -> BTreeMap<(Category, TenantKind, &'static str), Value> {
    let mut places = BTreeMap::new();
    for rule in &pack.rules {
        for kind in TenantKind::ALL {
            if rule.tenants.is_empty() || rule.tenants.contains(kind) {
                let law = pack.calendars[rule.calendar].0.as_str();
                let mut value = to_json(pack, rule);
                value["tenants"] = json!([kind]);
                places.insert((rule.category, *kind, law), value);
            }
        }
    }
    places
}

fn in_words(rule: &Value) -> String {
    let field = |name: &str| rule[name].as_str().unwrap_or("-").to_owned();
    format!(
        "{} {}..{} {}",
        field("start"),
        field("floor"),
        field("ceiling"),
        field("on_expiry")
    )
}

fn count(app: &App, args: &Count) -> Result<Answer, Problem> {
    let lang = app.lang;
    let no_state = |error: &dyn std::fmt::Display| {
        Problem::own(
            Exit::Usage,
            error.to_string(),
            "不是欧盟成员国；请写两个字母，如 DE（希腊为 GR）",
        )
    };
    let holidays = match (args.counting, &args.member_state) {
        (Counting::Regulation1182, Some(state)) => {
            Holidays::member_state(state).map_err(|error| no_state(&error))?
        }
        (_, Some(_)) => {
            return Err(Problem::own(
                Exit::Usage,
                "--member-state goes with --counting regulation-1182-71",
                "--member-state 只与 --counting regulation-1182-71 一起使用",
            ));
        }
        (Counting::CivilCode, None) => Holidays::china(),
        (_, None) => Holidays::weekends_only(),
    };
    let counted = args.counting.last_day(&holidays, args.from, args.period);
    let (period, from, last) = (args.period, args.from, counted.last_day);
    let mut text = Text::of(say!(
        lang,
        "{period} from {from}: the last day is {last}.",
        "自 {from} 起 {period}：最后一日为 {last}。"
    ));
    if let Some(year) = counted.unknown_year {
        let (first, known) = holidays.range().unwrap_or_default();
        text.line(say!(
            lang,
            "Holidays of {year} are not known ({first} to {known} are): only weekends were counted as rest.",
            "{year} 年的节假日安排未知（已知 {first} 至 {known} 年）：仅按周末计算休息日。"
        ));
    }
    Ok(Answer::done(
        text,
        json!({
            "period": period,
            "from": from,
            "counting": args.counting.as_str(),
            "last_day": last,
            "unknown_year": counted.unknown_year,
        }),
    ))
}

fn houses(rule: &Rule) -> String {
    if rule.tenants.is_empty() {
        return "*".to_owned();
    }
    let names: Vec<&str> = rule.tenants.iter().map(|kind| kind.as_str()).collect();
    names.join(", ")
}

fn said(lang: Lang, said: &Said) -> &str {
    match lang {
        Lang::En => &said.en,
        Lang::Zh => &said.zh,
    }
}

fn to_json(pack: &Pack, rule: &Rule) -> Value {
    json!({
        "category": rule.category,
        "tenants": rule.tenants,
        "purpose": rule.purpose,
        "basis": rule.basis,
        "article": rule.article,
        "start": rule.start,
        "floor": rule.floor,
        "ceiling": rule.ceiling,
        "on_expiry": rule.on_expiry,
        "review": rule.review,
        "owner": rule.owner,
        "counting": pack.calendars[rule.calendar].0.as_str(),
    })
}
