//! Batches that stopped because they would have taken too much, and the privacy officer's word to go on.

use wuhen_ledger::body::RulesChange;
use wuhen_model::job::JobKind;
use wuhen_model::people::Permission;
use wuhen_store::{NewJob, RegisterWrite};

use crate::Service;
use crate::error::ServiceError;
use crate::rules::{Batch, IN_FORCE, StoppedBatch};
use crate::snapshot::Done;
use crate::staff::Actor;

/// Work that stopped and asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoppedWork {
    /// Retention, or clean-up.
    pub kind: JobKind,
    /// What it would have taken, and since when it waits.
    pub batch: StoppedBatch,
}

impl Service {
    /// Work that stopped because it would have taken too much.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn stopped_work(&self) -> Result<Vec<StoppedWork>, ServiceError> {
        let (pack, schedules) =
            self.reading(|| Ok((self.pack_in(IN_FORCE)?, self.stored_schedules()?)))?;
        let retention = pack.and_then(|entry| entry.body.batch.stopped);
        let clean_up = schedules.clean_up.and_then(|one| one.batch.stopped);
        let all = [
            (JobKind::Retention, retention),
            (JobKind::CleanUp, clean_up),
        ];
        Ok(all
            .into_iter()
            .filter_map(|(kind, batch)| {
                Some(StoppedWork {
                    kind,
                    batch: batch?,
                })
            })
            .collect())
    }

    /// Lets a batch go on that stopped, with as many records as were told and no more, once. It is due at once.
    ///
    /// # Errors
    /// The actor may not, nothing of the kind waits, it is about another number of records by now, or the store cannot be written.
    pub fn confirm_batch(
        &self,
        by: &Actor,
        kind: JobKind,
        records: u64,
    ) -> Result<Done<()>, ServiceError> {
        by.check(Permission::ApproveLargeBatch)?;
        let changed = |now: u64| {
            Err(ServiceError::Refused(format!(
                "it is about {now} records by now, not {records}: look at it again"
            )))
        };
        let nothing = || ServiceError::Refused("no batch waits for a word".to_owned());
        self.change_register("rules/confirm", || {
            let pack = self.pack_in(IN_FORCE)?;
            let said = self.rules_changed(
                RulesChange::Confirmed,
                pack.as_ref().map(|entry| &entry.body),
                records,
                by.ledger_role(),
            )?;
            let confirm = |batch: &mut Batch| {
                let (told, confirmed) = batch.confirming().ok_or_else(nothing)?;
                if told != records {
                    return changed(told);
                }
                *batch = confirmed;
                Ok(())
            };
            let (mut pen, item) = if kind == JobKind::Retention {
                let mut entry = pack.ok_or_else(nothing)?;
                confirm(&mut entry.body.batch)?;
                let mut pen = self.pen(entry.row.node)?;
                let item = self.write_version(&mut pen, &entry.body)?;
                (pen, item)
            } else {
                let mut entry = self.schedules_entry()?.ok_or_else(nothing)?;
                confirm(&mut entry.body.clean_up.as_mut().ok_or_else(nothing)?.batch)?;
                let mut pen = self.pen(entry.row.node)?;
                let item = self.write_version(&mut pen, &entry.body)?;
                (pen, item)
            };
            let write = RegisterWrite {
                items: vec![item],
                entry: Some(self.write_entry(&mut pen, &said)?),
                jobs: vec![NewJob {
                    kind: kind.as_str().to_owned(),
                    node: self.settings().node,
                    due_at: self.now().as_second(),
                }],
                ..RegisterWrite::default()
            };
            Ok((write, ()))
        })
    }
}
