//! `wuhen doctor`: what could be better, and repair of the keys' replicas.

use serde_json::json;
use wuhen_custody::file::Repaired;
use wuhen_service::doctor::{Finding, Severity, Surveyed};

use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::Doctor;
use crate::exit::Exit;
use crate::problem::Problem;
use crate::table::Table;
use crate::wiring;
use crate::words::{Lang, say};

pub(super) fn run(app: &App, args: &Doctor) -> Result<Answer, Problem> {
    let (service, repaired) = if args.repair {
        wiring::repair(app)?
    } else {
        (wiring::enter(app, &[])?.service, Vec::new())
    };
    let free_bytes = rustix::fs::statvfs(&app.store)
        .ok()
        .map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize));
    let findings = service.doctor(&Surveyed {
        hardening: app.hardening,
        free_bytes,
    })?;
    Ok(answer(app.lang, &findings, &repaired))
}

fn answer(lang: Lang, findings: &[Finding], repaired: &[Repaired]) -> Answer {
    let mut text = Text::default();
    for Repaired { label, kid } in repaired {
        text.line(say!(
            lang,
            "Root {kid} was copied to {label}.",
            "已将根密钥 {kid} 复制到 {label}。"
        ));
    }
    let mut table = Table::bare();
    for finding in findings {
        table.row([
            severity_words(lang, finding.severity).to_owned(),
            about_words(lang, finding.about).to_owned(),
            says(lang, finding).to_owned(),
        ]);
    }
    text.table(&table);
    let healthy = findings
        .iter()
        .all(|finding| finding.severity != Severity::Problem);
    let json = json!({
        "healthy": healthy,
        "findings": findings.iter().map(|finding| json!({
            "about": finding.about, "severity": finding.severity, "says": says(lang, finding),
        })).collect::<Vec<_>>(),
        "repaired": repaired.iter().map(|Repaired { label, kid }| json!({
            "keys": label, "root": kid.as_str(),
        })).collect::<Vec<_>>(),
    });
    let exit = if healthy { Exit::Done } else { Exit::Failed };
    Answer {
        exit,
        text,
        json: Some(json),
    }
}

fn says(lang: Lang, finding: &Finding) -> &str {
    match lang {
        Lang::En => &finding.says,
        Lang::Zh => &finding.says_zh,
    }
}

fn severity_words(lang: Lang, severity: Severity) -> &'static str {
    match severity {
        Severity::Fine => lang.pick("fine", "正常"),
        Severity::Warning => lang.pick("warning", "注意"),
        Severity::Problem => lang.pick("PROBLEM", "问题"),
    }
}

fn about_words(lang: Lang, about: &'static str) -> &'static str {
    match (lang, about) {
        (Lang::Zh, "custodian") => "密钥服务",
        (Lang::Zh, "replicas") => "密钥副本",
        (Lang::Zh, "snapshots") => "快照",
        (Lang::Zh, "erasures") => "删除",
        (Lang::Zh, "ledger") => "账本",
        (Lang::Zh, "database") => "数据库",
        (Lang::Zh, "core-dumps") => "核心转储",
        (Lang::Zh, "swap") => "交换分区",
        (Lang::Zh, "space") => "磁盘空间",
        (Lang::Zh, "clock") => "时钟",
        (Lang::Zh, "rules") => "保存规则",
        (Lang::Zh, "jobs") => "到期任务",
        _ => about,
    }
}
