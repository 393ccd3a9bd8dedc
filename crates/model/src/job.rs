//! Jobs as data: which kinds there are, how long one driver has a job to itself, and when one that failed is tried again. A job has ids
//! and times and nothing to forget; the table of jobs is the store's, the work is `service`'s.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How often a job is tried before somebody is told. With [`back_off`] that is two days and a half.
pub const ATTEMPTS_MAX: u32 = 16;
/// The first wait after a failure.
const BACK_OFF_FIRST: SignedDuration = SignedDuration::from_secs(60);
/// The longest wait.
const BACK_OFF_MAX: SignedDuration = SignedDuration::from_hours(6);

named! {
    /// What a job does.
    pub enum JobKind {
        /// Erase what reached its ceiling (PIPL, article 47(1)).
        Retention = "retention", "到期删除", "erase what reached its ceiling";
        /// Calendar clean-up, such as on the 1st and 15th.
        CleanUp = "clean-up", "定期清理", "calendar clean-up";
        /// Begin an erasure whose grace or wait is over.
        RequestDue = "request-due", "执行到期申请", "begin an erasure that is due";
        /// Resume an erasure that is partial: copies, probes, the certificate.
        RequestSettle = "request-settle", "跟进副本", "settle the copies of an erasure";
        /// Warn that an answer is due (GDPR, article 12(3); GB/T 35273, 8.7).
        DeadlineWarning = "deadline-warning", "答复期限提醒", "warn of a deadline";
        /// Ask whether a hold is still needed.
        HoldReview = "hold-review", "复核诉讼保留", "review a hold";
        /// Look at a rule again.
        RuleReview = "rule-review", "复核保存规则", "review a rule";
        /// Put a rule pack into force after its delay.
        RulesStart = "rules-start", "保存规则生效", "put rules into force";
        /// Remind guests and staff: clean-up, devices, linked apps.
        Reminder = "reminder", "提醒", "remind";
        /// Forget a temporary account and all it has.
        TemporaryAccount = "temporary-account", "临时账号到期", "forget a temporary account";
        /// Erase an export or backup that expired.
        CopyExpiry = "copy-expiry", "导出副本到期", "erase an expired copy";
        /// Forget a certificate's pickup, 90 days after it was final.
        PickupExpiry = "pickup-expiry", "取件码到期", "forget a pickup";
        /// Erase the access log that reached its ceiling.
        AccessLog = "access-log", "清理访问日志", "erase an old access log";
        /// Write the day's root of the access log into the ledger.
        AuditRoot = "audit-root", "写入审计根", "write the audit root";
        /// Bring snapshot repositories up to date.
        Fence = "fence", "更新快照库", "bring repositories up to date";
    }
}

/// A job: ids and times.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Job {
    /// What it does.
    pub kind: JobKind,
    /// The id of what it is about: a request, a hold, a rule, an account; 0 where it is the tenant.
    pub subject: u64,
    /// When it is to be done.
    pub due: Timestamp,
    /// How often it failed in a row.
    pub failures: u32,
    /// Grows with every lease: who comes back after its lease ran out has an old one.
    pub lease: u64,
    /// Until when the last lease runs. None: nobody has it.
    pub leased_until: Option<Timestamp>,
}

/// A lease that is not the job's any more: another driver took it. Nothing may be written in its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the lease ran out and the job is another's")]
pub struct LeaseLost;

impl JobKind {
    /// How long one driver has a job to itself. What rotates keys or copies to repositories takes long for a large tenant; all of it
    /// can be done again, so a lease that ran out costs time only.
    #[must_use]
    pub const fn lease(self) -> SignedDuration {
        SignedDuration::from_mins(match self {
            Self::Retention
            | Self::CleanUp
            | Self::RequestDue
            | Self::RequestSettle
            | Self::TemporaryAccount
            | Self::AccessLog
            | Self::Fence => 60,
            Self::DeadlineWarning
            | Self::HoldReview
            | Self::RuleReview
            | Self::RulesStart
            | Self::Reminder
            | Self::CopyExpiry
            | Self::PickupExpiry
            | Self::AuditRoot => 5,
        })
    }
}

/// How long to wait after so many failures in a row: a minute, doubled each time, six hours at most. Without chance: one process owns a
/// store, so there is no herd to spread.
#[must_use]
pub fn back_off(failures: u32) -> SignedDuration {
    let doublings = failures.saturating_sub(1).min(20);
    let wait = BACK_OFF_FIRST.checked_mul(1 << doublings);
    wait.map_or(BACK_OFF_MAX, |wait| wait.min(BACK_OFF_MAX))
}

impl Job {
    /// A job that nobody has tried.
    #[must_use]
    pub const fn new(kind: JobKind, subject: u64, due: Timestamp) -> Self {
        Self {
            kind,
            subject,
            due,
            failures: 0,
            lease: 0,
            leased_until: None,
        }
    }

    /// Whether it can be taken: due, and nobody's.
    #[must_use]
    pub fn is_free(&self, now: Timestamp) -> bool {
        self.due <= now && self.leased_until.is_none_or(|until| until <= now)
    }

    /// Takes it, if it is free. None: another has it, or its time has not come.
    #[must_use]
    pub fn take(&mut self, now: Timestamp) -> Option<u64> {
        if !self.is_free(now) {
            return None;
        }
        // A lease that ran out unsaid is a driver that died: a job that kills its driver is not tried without end either.
        if self.leased_until.is_some() {
            self.failures = self.failures.saturating_add(1);
        }
        self.lease += 1;
        self.leased_until = Some(after(now, self.kind.lease()));
        Some(self.lease)
    }

    /// Puts it off after a failure.
    ///
    /// # Errors
    ///
    /// [`LeaseLost`]
    pub fn fail(&mut self, lease: u64, now: Timestamp) -> Result<(), LeaseLost> {
        self.give_back(lease)?;
        self.failures = self.failures.saturating_add(1);
        self.due = after(now, back_off(self.failures));
        Ok(())
    }

    /// Gives it its next time after it was done; one without is to be removed.
    ///
    /// # Errors
    ///
    /// [`LeaseLost`]
    pub fn done(&mut self, lease: u64, next: Option<Timestamp>) -> Result<(), LeaseLost> {
        self.give_back(lease)?;
        self.failures = 0;
        self.due = next.unwrap_or(Timestamp::MAX);
        Ok(())
    }

    /// Whether somebody is to be told: it failed too often. It is tried on all the same, every six hours.
    #[must_use]
    pub const fn is_alarming(&self) -> bool {
        self.failures >= ATTEMPTS_MAX
    }

    fn give_back(&mut self, lease: u64) -> Result<(), LeaseLost> {
        if self.lease != lease || self.leased_until.is_none() {
            return Err(LeaseLost);
        }
        self.leased_until = None;
        Ok(())
    }
}

fn after(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
