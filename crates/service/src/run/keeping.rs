//! What keeps the house in order and erases nothing: packs whose time has come, reviews, reminders, repositories that fell silent.

use jiff::{SignedDuration, Timestamp, ToSpan as _};
use wuhen_keytree::context::NodeId;
use wuhen_model::job::JobKind;
use wuhen_model::schedule::Schedule;
use wuhen_store::RegisterKind;

use super::Work;
use crate::Service;
use crate::error::ServiceError;
use crate::rules::IN_FORCE;

/// A repository is fenced once a day at least (ERASURE.md, "Snapshots and restore").
const FENCE_HOURS: i64 = 24;
/// One that could not be reached is tried again after an hour.
const FENCE_AGAIN: SignedDuration = SignedDuration::from_hours(1);
/// Who did not look at a hold is asked again after a week.
const ASK_AGAIN_DAYS: i64 = 7;
/// The state in which a hold asks for nothing any more.
const HOLD_RELEASED: &str = "released";

/// When staff are reminded (PRODUCT.md, "Reminders").
pub(super) fn reminders() -> Schedule {
    "1st and 15th at 09:00".parse().expect("it is a schedule")
}

impl Service {
    pub(super) fn run_rules_start(&self, node: NodeId) -> Result<Work, ServiceError> {
        let Some(stored) = self.start_rules(node)? else {
            return Ok(Work::default());
        };
        let (name, version) = (&stored.name, &stored.version);
        let work = Work::default().says(
            format!("rule pack {name} {version} holds from now on"),
            format!("规则包 {name} {version} 现已生效"),
        );
        let rules = stored.rules()?;
        if rules.rules.is_empty() {
            return Ok(work);
        }
        // Before it is carried out for the first time somebody is told what it will do.
        let due = self.reading(|| self.preview_of_rules(&rules))?.now.messages;
        let next = self.retention_next()?;
        let (en, zh) = first_run_words(due, next);
        Ok(work.says(en, zh))
    }

    pub(crate) fn retention_next(&self) -> Result<Option<Timestamp>, ServiceError> {
        let jobs = self.store.jobs(self.tenant)?;
        let job = jobs
            .into_iter()
            .find(|row| row.job.kind == JobKind::Retention.as_str());
        Ok(job.and_then(|row| Timestamp::from_second(row.job.due_at).ok()))
    }

    pub(super) fn run_rule_review(&self, node: NodeId) -> Result<Work, ServiceError> {
        let entry = self.reading(|| self.pack_in(IN_FORCE))?;
        let Some(entry) = entry.filter(|entry| entry.row.node == node) else {
            return Ok(Work::default());
        };
        let rules = entry.body.rules()?;
        let mut work = Work::until(self.next_review(&rules, self.now())?);
        for review in self.reviews_due(&rules)? {
            let (category, since) = (review.category, review.since);
            work = work.says(
                format!("the rule for {category} is to be looked at again since {since}: `wuhen rules show`"),
                format!("类别 {category} 的规则自 {since} 起应予复核：wuhen rules show"),
            );
        }
        Ok(work)
    }

    pub(super) fn run_hold_review(&self, node: NodeId) -> Result<Work, ServiceError> {
        let holds = self.store.registered(self.tenant, RegisterKind::Hold)?;
        let open = |row: &&wuhen_store::RegisterRow| row.node == node && row.state != HOLD_RELEASED;
        let Some(row) = holds.iter().find(open) else {
            return Ok(Work::default());
        };
        let number = u64::from(row.ordinal) + 1;
        let again = self.now().checked_add((ASK_AGAIN_DAYS * 24).hours());
        Ok(Work::until(again.ok()).says(
            format!("legal hold number {number} is to be looked at: is it still needed?"),
            format!("第 {number} 号诉讼保留应予复核：是否仍有必要？"),
        ))
    }

    pub(super) fn run_reminder(&self) -> Result<Work, ServiceError> {
        let next = reminders().next_after(&self.zone()?, self.now());
        Ok(Work::until(next).says(
            "time to look through what is stored: `wuhen stats`, `wuhen scan`, `wuhen doctor`; and at devices and linked programs",
            "请检查存储内容：wuhen stats、wuhen scan、wuhen doctor；并检查设备与已关联的程序",
        ))
    }

    pub(super) fn run_fence(&self) -> Result<Work, ServiceError> {
        let due = self.next_fence()?;
        if due.is_none_or(|due| due > self.now()) {
            return Ok(Work::until(due));
        }
        let problems = self.settle_repositories()?;
        let next = if problems.is_empty() {
            self.next_fence()?
        } else {
            self.now().checked_add(FENCE_AGAIN).ok()
        };
        Ok(Work {
            problems,
            ..Work::until(next)
        })
    }

    /// When the first repository has not been fenced for a day. None: there is none.
    pub(super) fn next_fence(&self) -> Result<Option<Timestamp>, ServiceError> {
        let fenced = self.repositories()?.into_iter().map(|row| row.fenced_at);
        let first = fenced.min().and_then(|at| Timestamp::from_second(at).ok());
        Ok(first.and_then(|at| at.checked_add(FENCE_HOURS.hours()).ok()))
    }
}

/// What somebody has to know before a pack is carried out for the first time.
pub(crate) fn first_run_words(due: u64, next: Option<Timestamp>) -> (String, String) {
    let at = next.map_or_else(|| "-".to_owned(), |at| at.to_string());
    (
        format!(
            "it runs first at {at} and would erase {due} messages as things stand; whoever has to know of it is to be told by hand, mail \
             comes with the server; another pack can still be put in its place"
        ),
        format!(
            "首次执行时间为 {at}，按目前情况将删除 {due} 条消息；邮件通知将随服务器提供，请人工告知相关人员；此前仍可更换规则包"
        ),
    )
}
