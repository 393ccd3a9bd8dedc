//! The state of the house, in findings that say what to do.

mod rules;

use std::path::Path;

use serde::Serialize;
use wuhen_custody::process::{CoreDumps, Hardening, Swap};
use wuhen_custody::{AssuranceLevel, ReplicaHealth};

use crate::Service;
use crate::error::ServiceError;

/// A repository that has not been reached for so long raises an alarm, hours.
const REPOSITORY_SILENT_HOURS_MAX: i64 = 24;
/// Less free space than this is a warning, bytes: a rotation, a snapshot and the log need room.
const FREE_BYTES_MIN: u64 = 1 << 30;
/// A clock before this program was written is wrong: 2026-01-01T00:00:00Z, seconds since 1970.
const CLOCK_SECONDS_MIN: i64 = 1_767_225_600;

/// How much a finding matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// As it should be.
    Fine,
    /// Works, and somebody should know.
    Warning,
    /// Does not work, or records are at risk.
    Problem,
}

/// One thing that was looked at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Finding {
    /// What was looked at: custodian, replicas, snapshots, erasures, rules, jobs, ledger, database, core-dumps, swap, space, clock.
    pub about: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// In words, with what to do.
    pub says: String,
    /// The same in Chinese.
    pub says_zh: String,
}

/// What the surroundings say that the service cannot see by itself.
pub struct Surveyed {
    /// What the process could do for itself.
    pub hardening: Hardening,
    /// Free bytes where the store lies.
    pub free_bytes: Option<u64>,
}

impl Service {
    /// Looks at everything an operator has to keep an eye on.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn doctor(&self, surveyed: &Surveyed) -> Result<Vec<Finding>, ServiceError> {
        let mut findings = vec![self.custodian_finding()];
        findings.extend(self.replica_findings());
        findings.extend(self.repository_findings()?);
        findings.push(self.erasure_finding()?);
        findings.extend(self.rules_findings()?);
        findings.extend(self.job_findings()?);
        findings.push(self.ledger_finding());
        findings.push(self.database_finding()?);
        findings.extend(process_findings(surveyed));
        findings.push(self.clock_finding());
        Ok(findings)
    }

    fn custodian_finding(&self) -> Finding {
        let assurance = self.custodian.assurance();
        let severity = if assurance.level == AssuranceLevel::Low {
            Severity::Warning
        } else {
            Severity::Fine
        };
        let (level, level_zh) = match assurance.level {
            AssuranceLevel::Low => ("low", "低"),
            AssuranceLevel::Medium => ("medium", "中"),
            AssuranceLevel::High => ("high", "高"),
        };
        let name = self.custodian.name();
        finding(
            "custodian",
            severity,
            format!("{name}: assurance {level}. {}", assurance.en),
            format!("{name}：保障等级{level_zh}。{}", assurance.zh),
        )
    }

    fn replica_findings(&self) -> Vec<Finding> {
        let replicas = self.custodian.replicas();
        let mut findings: Vec<Finding> = replicas
            .iter()
            .map(|replica| match &replica.health {
                ReplicaHealth::Healthy => finding(
                    "replicas",
                    Severity::Fine,
                    format!("{} is healthy", replica.label),
                    format!("{} 正常", replica.label),
                ),
                ReplicaHealth::Impaired { missing, damaged, strange } => finding(
                    "replicas",
                    Severity::Problem,
                    format!(
                        "{}: {} roots missing, {} damaged, {} files that do not belong there; run `wuhen doctor --repair`",
                        replica.label,
                        missing.len(),
                        damaged.len(),
                        strange.len()
                    ),
                    format!(
                        "{}：缺少 {} 个根密钥，损坏 {} 个，多出 {} 个文件；请运行 wuhen doctor --repair",
                        replica.label,
                        missing.len(),
                        damaged.len(),
                        strange.len()
                    ),
                ),
                ReplicaHealth::Unreachable(reason) => finding(
                    "replicas",
                    Severity::Problem,
                    format!("{} cannot be reached: {reason}; reconnect it before the next erasure", replica.label),
                    format!("{} 无法访问：{reason}；请在下次删除前恢复", replica.label),
                ),
            })
            .collect();
        if replicas.len() == 1 {
            findings.push(finding(
                "replicas",
                Severity::Warning,
                "there is one copy of the root: losing this folder loses all records; add a folder with --keys".to_owned(),
                "根密钥只有一份：丢失该文件夹将丢失全部记录；请用 --keys 增加一个文件夹".to_owned(),
            ));
        }
        findings
    }

    fn repository_findings(&self) -> Result<Vec<Finding>, ServiceError> {
        let repositories = self.repositories()?;
        if repositories.is_empty() {
            return Ok(vec![finding(
                "snapshots",
                Severity::Warning,
                "there is no snapshot repository: losing this disk loses everything; `wuhen snapshot init FOLDER`".to_owned(),
                "没有快照仓库：磁盘损坏将丢失全部记录；请运行 wuhen snapshot init FOLDER".to_owned(),
            )]);
        }
        let now = self.now().as_second();
        Ok(repositories
            .into_iter()
            .map(|row| {
                let hours = (now - row.fenced_at) / 3_600;
                let there = Path::new(&row.folder).is_dir();
                if !there || hours >= REPOSITORY_SILENT_HOURS_MAX {
                    let en = format!(
                        "{} in {}: last kept current {hours} h ago{}; reconnect it, run `wuhen snapshot create`, or unregister it",
                        row.id,
                        row.folder,
                        if there { "" } else { ", and not there now" }
                    );
                    let zh = format!("{}（{}）：{hours} 小时前更新{}", row.id, row.folder, if there { "" } else { "，现在无法访问" });
                    return finding("snapshots", Severity::Problem, en, zh);
                }
                let en = format!("{} in {}: kept current {hours} h ago", row.id, row.folder);
                finding("snapshots", Severity::Fine, en, format!("{}（{}）：{hours} 小时前更新", row.id, row.folder))
            })
            .collect())
    }

    fn erasure_finding(&self) -> Result<Finding, ServiceError> {
        let unsettled = self.unsettled()?;
        if unsettled.is_empty() {
            let (en, zh) = ("no erasure is waiting for anything", "没有未完成的删除");
            return Ok(finding(
                "erasures",
                Severity::Fine,
                en.to_owned(),
                zh.to_owned(),
            ));
        }
        let names = unsettled.join(", ");
        Ok(finding(
            "erasures",
            Severity::Problem,
            format!("not settled yet: {names}; every start tries again"),
            format!("尚未完成：{names}；每次启动都会重试"),
        ))
    }

    fn ledger_finding(&self) -> Finding {
        match self.check_ledger() {
            Ok(report) => finding(
                "ledger",
                Severity::Fine,
                format!(
                    "{} entries hold; {} of them opened",
                    report.size, report.opened
                ),
                format!(
                    "{} 条记录有效，其中 {} 条可打开",
                    report.size, report.opened
                ),
            ),
            Err(error) => finding(
                "ledger",
                Severity::Problem,
                error.to_string(),
                format!("账本无效：{error}"),
            ),
        }
    }

    fn database_finding(&self) -> Result<Finding, ServiceError> {
        let complaints = self.store.integrity()?;
        if complaints.is_empty() {
            return Ok(finding(
                "database",
                Severity::Fine,
                "its structure is sound".to_owned(),
                "结构完好".to_owned(),
            ));
        }
        let first = &complaints[0];
        Ok(finding(
            "database",
            Severity::Problem,
            format!(
                "{} complaints, the first: {first}; restore from a snapshot",
                complaints.len()
            ),
            format!("{} 处问题，第一处：{first}；请从快照恢复", complaints.len()),
        ))
    }

    fn clock_finding(&self) -> Finding {
        let now = self.now();
        if now.as_second() < CLOCK_SECONDS_MIN {
            return finding(
                "clock",
                Severity::Problem,
                format!(
                    "the machine says it is {now}; set its clock: certificates would carry wrong dates"
                ),
                format!("系统时间为 {now}；请校准：证明上的日期会出错"),
            );
        }
        finding("clock", Severity::Fine, format!("{now}"), format!("{now}"))
    }
}

fn process_findings(surveyed: &Surveyed) -> Vec<Finding> {
    let dumps = match surveyed.hardening.core_dumps {
        CoreDumps::Off => finding(
            "core-dumps",
            Severity::Fine,
            "off".to_owned(),
            "已关闭".to_owned(),
        ),
        CoreDumps::Failed => finding(
            "core-dumps",
            Severity::Warning,
            "could not be turned off: a crash may write keys to disk".to_owned(),
            "无法关闭：崩溃时密钥可能写入磁盘".to_owned(),
        ),
    };
    let swap = match surveyed.hardening.swap {
        Swap::Off | Swap::Forbidden => finding("swap", Severity::Fine, "off".to_owned(), "已关闭".to_owned()),
        Swap::On => finding(
            "swap",
            Severity::Warning,
            "on: keys in memory may reach the disk; turn it off, or encrypt it with a key of the boot".to_owned(),
            "已开启：内存中的密钥可能写入磁盘；请关闭，或以启动时的密钥加密".to_owned(),
        ),
        Swap::Unknown => finding("swap", Severity::Warning, "cannot be told".to_owned(), "无法得知".to_owned()),
    };
    let space = match surveyed.free_bytes {
        Some(bytes) if bytes >= FREE_BYTES_MIN => finding(
            "space",
            Severity::Fine,
            format!("{} MiB free", bytes >> 20),
            format!("剩余 {} MiB", bytes >> 20),
        ),
        Some(bytes) => finding(
            "space",
            Severity::Warning,
            format!("{} MiB free; make room: an erasure needs some", bytes >> 20),
            format!("剩余 {} MiB；请腾出空间：删除也需要空间", bytes >> 20),
        ),
        None => finding(
            "space",
            Severity::Warning,
            "cannot be told".to_owned(),
            "无法得知".to_owned(),
        ),
    };
    vec![dumps, swap, space]
}

fn finding(about: &'static str, severity: Severity, says: String, says_zh: String) -> Finding {
    Finding {
        about,
        severity,
        says,
        says_zh,
    }
}
