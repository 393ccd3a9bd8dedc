//! What `doctor` says of rules and of work that is due.

use jiff::{SignedDuration, Timestamp};
use wuhen_model::job::{ATTEMPTS_MAX, JobKind};

use super::{Finding, Severity, finding};
use crate::Service;
use crate::error::ServiceError;
use crate::rules::{PackState, PackView};
use crate::run::first_run_words;

/// Work that has been due for so long means that nobody runs it.
const OVERDUE: SignedDuration = SignedDuration::from_hours(1);

impl Service {
    /// Nothing in a house without rules.
    pub(super) fn rules_findings(&self) -> Result<Vec<Finding>, ServiceError> {
        let mut findings = Vec::new();
        for stopped in self.stopped_work()? {
            let (kind, records, since) = (stopped.kind, stopped.batch.records, stopped.batch.since);
            findings.push(finding(
                "rules",
                Severity::Problem,
                format!(
                    "{kind} stopped: it would erase {records} records at once, since {since}; look at it, then `wuhen rules confirm`"
                ),
                format!("{kind} 已停止：将一次删除 {records} 条记录（自 {since}）；请核对后运行 wuhen rules confirm"),
            ));
        }
        for pack in self.packs()? {
            let (name, version) = (&pack.rules.name, &pack.rules.version);
            match pack.state {
                PackState::Waiting => {
                    let from = pack.effective_at;
                    findings.push(finding(
                        "rules",
                        Severity::Warning,
                        format!("{name} {version} waits and holds from {from} on; `wuhen rules withdraw` takes it back"),
                        format!("{name} {version} 等待生效，时间 {from}；可用 wuhen rules withdraw 撤回"),
                    ));
                }
                PackState::InForce => findings.extend(self.in_force_findings(&pack)?),
                PackState::Replaced | PackState::Withdrawn => {}
            }
        }
        Ok(findings)
    }

    fn in_force_findings(&self, pack: &PackView) -> Result<Vec<Finding>, ServiceError> {
        let (name, version, since) = (&pack.rules.name, &pack.rules.version, pack.effective_at);
        if pack.rules.rules.is_empty() {
            return Ok(Vec::new());
        }
        let mut findings = vec![finding(
            "rules",
            Severity::Fine,
            format!("{name} {version} holds since {since}"),
            format!("{name} {version} 自 {since} 起有效"),
        )];
        if pack.first_run_at.is_none() {
            let due = self
                .reading(|| self.preview_of_rules(&pack.rules))?
                .now
                .messages;
            let (en, zh) = first_run_words(due, self.retention_next()?);
            findings.push(finding("rules", Severity::Warning, en, zh));
        }
        if let Some(first) = pack.reviews.first() {
            let (count, since) = (pack.reviews.len(), first.since);
            findings.push(finding(
                "rules",
                Severity::Warning,
                format!(
                    "{count} rules are to be looked at again since {since}: `wuhen rules show`"
                ),
                format!("{count} 条规则自 {since} 起应予复核：wuhen rules show"),
            ));
        }
        Ok(findings)
    }

    /// Work that failed, or that nobody does.
    pub(super) fn job_findings(&self) -> Result<Vec<Finding>, ServiceError> {
        let now = self.now();
        let late = now.checked_sub(OVERDUE).unwrap_or(now).as_second();
        let jobs = self.store.jobs(self.tenant)?;
        let mut findings = Vec::new();
        for row in jobs.iter().filter(|row| row.attempts > 0) {
            let (kind, attempts) = (kind_words(&row.job.kind), row.attempts);
            let next = Timestamp::from_second(row.job.due_at).unwrap_or(Timestamp::MAX);
            let severity = if attempts >= ATTEMPTS_MAX {
                Severity::Problem
            } else {
                Severity::Warning
            };
            findings.push(finding(
                "jobs",
                severity,
                format!(
                    "{} failed {attempts} times; it is tried again at {next}",
                    kind.0
                ),
                format!("{}失败 {attempts} 次；将于 {next} 重试", kind.1),
            ));
        }
        let overdue = jobs.iter().filter(|row| row.job.due_at < late).count();
        if overdue > 0 {
            findings.push(finding(
                "jobs",
                Severity::Warning,
                format!("{overdue} jobs are overdue: have `wuhen run` running, or run `wuhen run --once`"),
                format!("{overdue} 项任务逾期：请保持 wuhen run 运行，或运行 wuhen run --once"),
            ));
        }
        Ok(findings)
    }
}

/// A kind in both languages; one that is not known as it is.
fn kind_words(kind: &str) -> (String, String) {
    match kind.parse::<JobKind>() {
        Ok(known) => (known.words().en.to_owned(), known.words().zh.to_owned()),
        Err(_) => (kind.to_owned(), kind.to_owned()),
    }
}
