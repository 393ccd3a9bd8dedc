//! The calendar clean-up: on its days everything older than the house has said goes, but what a hold, a floor or a booking keeps.

use std::collections::BTreeSet;

use wuhen_keytree::context::NodeId;
use wuhen_ledger::body::Role;
use wuhen_model::decision::{Asker, Request};

use super::Work;
use super::retention::stopped;
use crate::Service;
use crate::decide::Split;
use crate::error::ServiceError;
use crate::rules::Batch;
use crate::schedules::StoredCleanUp;
use crate::select::{Scope, Selection};

impl Service {
    pub(super) fn run_clean_up(&self) -> Result<Work, ServiceError> {
        self.refuse_while_pending()?;
        let Some(clean_up) = self.reading(|| self.stored_schedules())?.clean_up else {
            return Ok(Work::default());
        };
        let next = clean_up.schedule.next_after(&self.zone()?, self.now());
        let work = Work::until(next);
        let split = match self.reading(|| self.split_old(&clean_up)) {
            Err(ServiceError::NothingMatches) => {
                return self.clean_up_passed(work, &clean_up.batch);
            }
            answer => answer?,
        };
        let records = split.erase.counts.messages;
        if !clean_up.batch.allows(records) {
            if let Some(batch) = clean_up.batch.stopping(records, self.now()) {
                self.write_clean_up_batch(&batch)?;
            }
            return Ok(stopped(work, records));
        }
        let work = if split.erase.is_empty() {
            work
        } else {
            let older = clean_up.older_than;
            let basis =
                format!("the house's clean-up by the calendar, of what is older than {older}");
            self.erase_split(work, split, (Role::Calendar, basis, "calendar clean-up"))?
        };
        self.clean_up_passed(work, &clean_up.batch)
    }

    fn clean_up_passed(&self, work: Work, batch: &Batch) -> Result<Work, ServiceError> {
        if let Some(batch) = batch.passed() {
            self.write_clean_up_batch(&batch)?;
        }
        Ok(work)
    }

    fn split_old(&self, clean_up: &StoredCleanUp) -> Result<Split, ServiceError> {
        let rules = self.rules_in_force()?;
        let bench = self.bench(rules.as_deref())?;
        let before = clean_up.before(&bench.zone, bench.now)?;
        let mut selection = self.select(&Scope::Before(before))?;
        self.leave_closed(&mut selection)?;
        self.split(&bench, &selection, Some(&Request::by(Asker::Calendar)))
    }

    /// Leaves out what is another request's already, and lets a guest go with the last conversation.
    fn leave_closed(&self, selection: &mut Selection) -> Result<(), ServiceError> {
        let (mut closed, mut guests) = (BTreeSet::new(), BTreeSet::new());
        for node in selection.freeze.iter().chain(&selection.drops) {
            if let Some(row) = self.store.conversation(self.tenant, NodeId(*node))? {
                if row.open {
                    guests.insert(row.guest.0);
                } else {
                    closed.insert(*node);
                }
            }
        }
        selection.drops.retain(|node| !closed.contains(node));
        selection.freeze.retain(|node| !closed.contains(node));
        selection.punctures.retain(|node, _| !closed.contains(node));
        selection.drops.extend(guests);
        Ok(())
    }

    pub(super) fn write_clean_up_batch(&self, batch: &Batch) -> Result<(), ServiceError> {
        self.change_register_here("run/clean-up", || {
            let write = self.schedules_write(|all| {
                if let Some(clean_up) = &mut all.clean_up {
                    clean_up.batch = batch.clone();
                }
            })?;
            Ok((write, ()))
        })
    }
}
