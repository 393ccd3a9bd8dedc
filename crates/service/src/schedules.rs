//! At which times the house works by itself: retention each night, clean-up on days of the calendar. Sealed in the register, with
//! its history. What is done then is `run`'s.

use jiff::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use wuhen_keytree::context::NodeId;
use wuhen_model::calendar::Period;
use wuhen_model::job::JobKind;
use wuhen_model::people::Permission;
use wuhen_model::schedule::Schedule;
use wuhen_store::{NewJob, RegisterKind, RegisterWrite};

use crate::Service;
use crate::error::ServiceError;
use crate::open::damaged;
use crate::register::Entry;
use crate::rules::{Batch, StoppedBatch};
use crate::snapshot::Done;
use crate::staff::Actor;

/// The state of the one entry that has the schedules.
const SCHEDULES: &str = "schedules";
/// When retention runs in a house that said nothing.
const RETENTION_DEFAULT: &str = "daily at 03:00";

/// The house's schedules as they lie in the register.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct StoredSchedules {
    pub(crate) retention: Schedule,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) clean_up: Option<StoredCleanUp>,
}

/// The calendar clean-up as it lies there.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct StoredCleanUp {
    pub(crate) schedule: Schedule,
    pub(crate) older_than: Period,
    pub(crate) batch: Batch,
}

/// The house's schedules, as shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SchedulesView {
    /// When retention runs, five fields of cron in the house's time.
    pub retention: String,
    /// When it runs next. None: no rule pack is in force.
    pub retention_next: Option<Timestamp>,
    /// The calendar clean-up. None: there is none.
    pub clean_up: Option<CleanUpView>,
}

/// The calendar clean-up, as shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CleanUpView {
    /// When it runs, five fields of cron in the house's time.
    pub schedule: String,
    /// When it runs next.
    pub next: Option<Timestamp>,
    /// Records sent so long ago are erased.
    pub older_than: Period,
    /// Records that it takes at once.
    pub records_max: u64,
    /// A batch that stopped and asks.
    pub stopped: Option<StoppedBatch>,
}

impl Default for StoredSchedules {
    fn default() -> Self {
        Self {
            retention: RETENTION_DEFAULT.parse().expect("it is a schedule"),
            clean_up: None,
        }
    }
}

impl StoredCleanUp {
    /// The first instant whose records stay.
    pub(crate) fn before(
        &self,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Result<Timestamp, ServiceError> {
        let day = zone.to_datetime(now).date();
        let begins = |day: Date| day.to_zoned_datetime(zone.clone()).ok();
        before(day, self.older_than)
            .and_then(begins)
            .map(|zoned| zoned.timestamp())
            .ok_or_else(|| damaged("the clean-up reaches past the calendar's beginning"))
    }
}

/// The day from which on records stay, of those that are so old on a day.
fn before(day: Date, period: Period) -> Option<Date> {
    let months = i64::from(period.years) * 12 + i64::from(period.months);
    let days = i64::from(period.weeks) * 7 + i64::from(period.days);
    let day = day.checked_sub(months.months()).ok()?;
    day.checked_sub(days.days()).ok()
}

impl Service {
    /// The time zone of the house's days.
    pub(crate) fn zone(&self) -> Result<TimeZone, ServiceError> {
        TimeZone::get(&self.tenant_settings().timezone).map_err(|_| {
            ServiceError::Refused("the house's time zone is not known to this machine".to_owned())
        })
    }

    pub(crate) fn schedules_entry(&self) -> Result<Option<Entry<StoredSchedules>>, ServiceError> {
        let rows = self.store.registered(self.tenant, RegisterKind::Setting)?;
        let row = rows.into_iter().rfind(|row| row.state == SCHEDULES);
        row.map(|row| self.entry(row)).transpose()
    }

    pub(crate) fn stored_schedules(&self) -> Result<StoredSchedules, ServiceError> {
        let entry = self.schedules_entry()?;
        Ok(entry.map(|entry| entry.body).unwrap_or_default())
    }

    /// The house's schedules.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn schedules(&self) -> Result<SchedulesView, ServiceError> {
        let stored = self.reading(|| self.stored_schedules())?;
        let jobs = self.store.jobs(self.tenant)?;
        let next = |kind: JobKind| {
            let job = jobs.iter().find(|row| row.job.kind == kind.as_str());
            job.and_then(|row| Timestamp::from_second(row.job.due_at).ok())
        };
        Ok(SchedulesView {
            retention: stored.retention.to_string(),
            retention_next: next(JobKind::Retention),
            clean_up: stored.clean_up.map(|clean_up| CleanUpView {
                schedule: clean_up.schedule.to_string(),
                next: next(JobKind::CleanUp),
                older_than: clean_up.older_than,
                records_max: clean_up.batch.records_max,
                stopped: clean_up.batch.stopped,
            }),
        })
    }

    /// Sets when retention runs.
    ///
    /// # Errors
    /// The actor may not, or the store cannot be written.
    pub fn schedule_retention(
        &self,
        by: &Actor,
        schedule: &Schedule,
    ) -> Result<Done<()>, ServiceError> {
        by.check(Permission::ManageSettings)?;
        self.change_register("schedules/retention", || {
            let mut write = self.schedules_write(|stored| stored.retention = schedule.clone())?;
            // Without rules there is nothing to run.
            if self.rules_in_force()?.is_some() {
                write
                    .jobs
                    .push(self.house_job(JobKind::Retention, schedule)?);
            }
            Ok((write, ()))
        })
    }

    /// Sets the calendar clean-up, or ends it.
    ///
    /// # Errors
    /// The actor may not, the period is none that can be counted back, or the store cannot be written.
    pub fn schedule_clean_up(
        &self,
        by: &Actor,
        clean_up: Option<(&Schedule, Period)>,
        records_max: Option<u64>,
    ) -> Result<Done<()>, ServiceError> {
        by.check(Permission::ManageSettings)?;
        let is_calendar = |period: Period| period.working_days == 0 && period.hours == 0;
        if let Some((_, period)) = clean_up
            && (period.is_nothing() || !is_calendar(period))
        {
            return Err(ServiceError::Refused(
                "say how old in years, months, weeks or days: --older-than 180d".to_owned(),
            ));
        }
        self.change_register("schedules/clean-up", || {
            let stored = clean_up.map(|(schedule, older_than)| StoredCleanUp {
                schedule: schedule.clone(),
                older_than,
                batch: records_max.map_or_else(Batch::default, Batch::of),
            });
            let mut write = self.schedules_write(|all| all.clean_up = stored)?;
            match clean_up {
                Some((schedule, _)) => {
                    write.jobs.push(self.house_job(JobKind::CleanUp, schedule)?);
                }
                None => write
                    .ended_jobs
                    .push(self.ended_house_job(JobKind::CleanUp)),
            }
            Ok((write, ()))
        })
    }

    /// The schedules' next version, or their first.
    pub(crate) fn schedules_write(
        &self,
        change: impl FnOnce(&mut StoredSchedules),
    ) -> Result<RegisterWrite, ServiceError> {
        let mut write = RegisterWrite::default();
        if let Some(mut entry) = self.schedules_entry()? {
            change(&mut entry.body);
            let mut pen = self.pen(entry.row.node)?;
            write.items.push(self.write_version(&mut pen, &entry.body)?);
        } else {
            let mut stored = StoredSchedules::default();
            change(&mut stored);
            let draft = self.draft_register(RegisterKind::Setting, SCHEDULES, &stored)?;
            write.opens.push(draft.new);
        }
        Ok(write)
    }

    /// Work of the house as a whole, at the next time of its schedule.
    pub(crate) fn house_job(
        &self,
        kind: JobKind,
        schedule: &Schedule,
    ) -> Result<NewJob, ServiceError> {
        let next = schedule.next_after(&self.zone()?, self.now());
        Ok(NewJob {
            kind: kind.as_str().to_owned(),
            node: self.settings().node,
            due_at: next.unwrap_or(Timestamp::MAX).as_second(),
        })
    }

    pub(crate) fn ended_house_job(&self, kind: JobKind) -> (String, NodeId) {
        (kind.as_str().to_owned(), self.settings().node)
    }
}
