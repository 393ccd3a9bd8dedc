//! Work that is due, carried out: a job is taken by lease, done, and given back with its next time. Which kinds there are, how long a
//! lease is and when a failure is tried again is `model`'s; nothing here waits: who runs it lets the time pass.

mod batch;
mod clean_up;
mod keeping;
mod requests;
mod retention;

use jiff::{SignedDuration, Timestamp};
use wuhen_ledger::body::{Counts, State};
use wuhen_model::job::{JobKind, back_off};
use wuhen_model::rules::Said;
use wuhen_store::{JobRow, Lease, NewJob, RegisterWrite};

use crate::Service;
use crate::error::ServiceError;
use crate::notice::Missing;

pub(crate) use keeping::first_run_words;

pub use batch::StoppedWork;

/// How long a job of a kind that this program does not know, or that others do, is passed over.
const PASSED_OVER: SignedDuration = SignedDuration::from_mins(5);

/// What became of one job.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JobState {
    /// It was done.
    Done,
    /// It would have taken more than a batch may: it erased nothing and asks.
    Stopped,
    /// It failed, and is tried again.
    Failed,
    /// It is not this program's to do: it stays.
    Left,
    /// It took longer than its lease, and another driver has it.
    TakenOver,
}

impl JobState {
    /// The word in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Stopped => "stopped",
            Self::Failed => "failed",
            Self::Left => "left",
            Self::TakenOver => "taken-over",
        }
    }
}

/// One job that was due, and what came of it.
#[derive(Debug)]
pub struct JobReport {
    /// What it does, as the register has it.
    pub kind: String,
    /// When it was due.
    pub due_at: Timestamp,
    /// What became of it.
    pub state: JobState,
    /// When it is due again. None: it is over.
    pub next: Option<Timestamp>,
    /// An erasure that it carried out.
    pub erased: Option<Erased>,
    /// Records that it would have taken, where it stopped.
    pub stopped: Option<u64>,
    /// What somebody should know.
    pub said: Vec<Said>,
    /// Who could not be told, or what is missing.
    pub problems: Vec<Missing>,
    /// Why it failed.
    pub failure: Option<ServiceError>,
}

/// An erasure that a job carried out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Erased {
    /// The case's number.
    pub case: String,
    /// Complete, or partial.
    pub state: State,
    /// What it took.
    pub counts: Counts,
}

/// What came of the work of one job.
#[derive(Default)]
struct Work {
    next: Option<Timestamp>,
    erased: Option<Erased>,
    stopped: Option<u64>,
    said: Vec<Said>,
    problems: Vec<Missing>,
}

impl Work {
    /// Done, and due again at this time.
    fn until(next: Option<Timestamp>) -> Self {
        Self {
            next,
            ..Self::default()
        }
    }

    fn says(mut self, en: impl Into<String>, zh: impl Into<String>) -> Self {
        let (en, zh) = (en.into(), zh.into());
        self.said.push(Said { zh, en });
        self
    }
}

impl Service {
    /// Does all work that is due now, one job after the other, and tells of each. Ends between two of them where `is_over` says so.
    ///
    /// # Errors
    /// The store cannot be read or written. A job that fails is none: it is told, and tried again.
    pub fn run_due(
        &self,
        is_over: &dyn Fn() -> bool,
        tell: &mut dyn FnMut(JobReport),
    ) -> Result<(), ServiceError> {
        self.plan_house_jobs()?;
        while !is_over() {
            let Some(job) = self.take_due()? else { break };
            tell(self.carry_out_job(&job)?);
        }
        Ok(())
    }

    /// When work of a kind that this program does is due next.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn next_due(&self) -> Result<Option<Timestamp>, ServiceError> {
        let jobs = self.store.jobs(self.tenant)?;
        let ours = jobs.iter().filter(|row| {
            (row.job.kind.parse::<JobKind>()).is_ok_and(|kind| !is_left_to_others(kind))
        });
        let free = ours.map(|row| row.job.due_at.max(row.lease.until));
        Ok(free
            .min()
            .map(|at| Timestamp::from_second(at).unwrap_or(Timestamp::MAX)))
    }

    /// Refuses a time that lies before the ledger's last entry: what happened has happened.
    ///
    /// # Errors
    /// It does, or the ledger cannot be read.
    pub fn check_time(&self, at: Timestamp) -> Result<(), ServiceError> {
        let last = self.reading(|| self.last_entry_at())?;
        match last {
            Some(last) if at.as_second() < last.as_second() => Err(ServiceError::Refused(format!(
                "{at} lies before the ledger's last entry, of {last}: choose a later time"
            ))),
            _ => Ok(()),
        }
    }

    fn last_entry_at(&self) -> Result<Option<Timestamp>, ServiceError> {
        let size = self.store.ledger_size(self.tenant)?;
        let rows = self
            .store
            .ledger_rows(self.tenant, size.saturating_sub(1), 1)?;
        let Some(row) = rows.into_iter().next() else {
            return Ok(None);
        };
        let Some(opened) = self.open_entry(row)? else {
            return Ok(None);
        };
        let body: serde_json::Value = serde_json::from_slice(&opened.bytes).unwrap_or_default();
        // The end of an erasure says its time in its outcome.
        let at = body["at"]
            .as_str()
            .or(body["outcome"]["completed_at"].as_str());
        Ok(at.and_then(|at| at.parse().ok()))
    }

    fn take_due(&self) -> Result<Option<JobRow>, ServiceError> {
        let now = self.now();
        let jobs = self.store.jobs(self.tenant)?;
        let is_free =
            |row: &&JobRow| row.job.due_at <= now.as_second() && row.lease.until <= now.as_second();
        let Some(first) = jobs.iter().find(is_free) else {
            return Ok(None);
        };
        // Another driver may take it first: then this lease is for the next one, and as good.
        let kind = first.job.kind.parse::<JobKind>().ok();
        let length = kind
            .filter(|kind| !is_left_to_others(*kind))
            .map_or(PASSED_OVER, JobKind::lease);
        let until = now.checked_add(length).unwrap_or(Timestamp::MAX);
        let lease = Lease {
            // 0 is nobody, and the last bit is not kept.
            by: u64::from_be_bytes(self.random()) | 2,
            until: until.as_second(),
        };
        Ok(self.store.take_job(self.tenant, now.as_second(), lease)?)
    }

    fn carry_out_job(&self, job: &JobRow) -> Result<JobReport, ServiceError> {
        let mut report = JobReport {
            kind: job.job.kind.clone(),
            due_at: Timestamp::from_second(job.job.due_at).unwrap_or(Timestamp::MAX),
            state: JobState::Left,
            next: None,
            erased: None,
            stopped: None,
            said: Vec::new(),
            problems: Vec::new(),
            failure: None,
        };
        let kind = job.job.kind.parse::<JobKind>().ok();
        let Some(kind) = kind.filter(|kind| !is_left_to_others(*kind)) else {
            // Its lease keeps it from being taken again at once; whoever knows it finds it as it was.
            return Ok(report);
        };
        match self.work(kind, job) {
            Ok(work) => {
                report.state = match work.stopped {
                    Some(_) => JobState::Stopped,
                    None => JobState::Done,
                };
                report.next = work.next;
                report.erased = work.erased;
                report.stopped = work.stopped;
                report.said = work.said;
                report.problems = work.problems;
            }
            // A crash of a test: nothing is said after it.
            Err(stopped @ ServiceError::Stopped(_)) => return Err(stopped),
            Err(error) => {
                let wait = back_off(job.attempts + 1);
                report.state = JobState::Failed;
                report.next = Some(self.now().checked_add(wait).unwrap_or(Timestamp::MAX));
                report.failure = Some(error);
            }
        }
        let failed = report.state == JobState::Failed;
        let next = report.next.map(Timestamp::as_second);
        let is_ours = self.step("run/finish", || {
            Ok(self.store.finish_job(self.tenant, job, next, failed)?)
        })?;
        if !is_ours {
            report.state = JobState::TakenOver;
        }
        Ok(report)
    }

    /// One function for each kind of work.
    fn work(&self, kind: JobKind, job: &JobRow) -> Result<Work, ServiceError> {
        match kind {
            JobKind::Retention => self.run_retention(),
            JobKind::CleanUp => self.run_clean_up(),
            JobKind::RulesStart => self.run_rules_start(job.job.node),
            JobKind::RuleReview => self.run_rule_review(job.job.node),
            JobKind::HoldReview => self.run_hold_review(job.job.node),
            JobKind::Fence => self.run_fence(),
            JobKind::Reminder => self.run_reminder(),
            JobKind::RequestDue => self.run_request(job.job.node),
            JobKind::RequestSettle
            | JobKind::DeadlineWarning
            | JobKind::TemporaryAccount
            | JobKind::CopyExpiry
            | JobKind::PickupExpiry
            | JobKind::AccessLog
            | JobKind::AuditRoot => Ok(Work::default()),
        }
    }

    /// Work of the house that nobody planned yet: that of a house from before there was any, and what follows from settings.
    fn plan_house_jobs(&self) -> Result<(), ServiceError> {
        let missing = self.reading(|| self.missing_house_jobs())?;
        if missing.is_empty() {
            return Ok(());
        }
        self.change_register_here("run/plan", || {
            let jobs = self.missing_house_jobs()?;
            let write = RegisterWrite {
                jobs,
                ..RegisterWrite::default()
            };
            Ok((write, ()))
        })
    }

    fn missing_house_jobs(&self) -> Result<Vec<NewJob>, ServiceError> {
        let there = self.store.jobs(self.tenant)?;
        let is_missing = |kind: JobKind| !there.iter().any(|row| row.job.kind == kind.as_str());
        let stored = self.stored_schedules()?;
        let mut missing = Vec::new();
        if is_missing(JobKind::Retention) && self.rules_in_force()?.is_some() {
            missing.push(self.house_job(JobKind::Retention, &stored.retention)?);
        }
        if let Some(clean_up) = &stored.clean_up
            && is_missing(JobKind::CleanUp)
        {
            missing.push(self.house_job(JobKind::CleanUp, &clean_up.schedule)?);
        }
        if is_missing(JobKind::Reminder) {
            missing.push(self.house_job(JobKind::Reminder, &keeping::reminders())?);
        }
        missing.extend(self.missing_request_jobs(&there)?);
        if let Some(due) = self.next_fence()?
            && is_missing(JobKind::Fence)
        {
            missing.push(NewJob {
                kind: JobKind::Fence.as_str().to_owned(),
                node: self.settings().node,
                due_at: due.as_second(),
            });
        }
        Ok(missing)
    }
}

/// Kinds that this driver passes over: nobody has written their work yet.
const fn is_left_to_others(kind: JobKind) -> bool {
    matches!(
        kind,
        JobKind::RequestSettle
            | JobKind::DeadlineWarning
            | JobKind::TemporaryAccount
            | JobKind::CopyExpiry
            | JobKind::PickupExpiry
            | JobKind::AccessLog
            | JobKind::AuditRoot
    )
}

#[cfg(test)]
pub(crate) mod tests;
