//! The transitions. Every path to `erasing` goes through the check, the yes of who asked, everything that had to be waited for, the
//! grace, and the checkpoints that stand before an erasure.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{
    By, Checked, Checkpoint, Event, RefusedTransition, Stage, StageName, State, Terms, Wait, Why,
};
use crate::people::{Permission, StaffRole, Verdict, may};

/// The state after an event.
///
/// # Errors
///
/// [`RefusedTransition`]: the event has no place here; the request stays as it is.
pub fn apply(state: &State, event: Event, now: Timestamp) -> Result<State, RefusedTransition> {
    let (from, name) = (state.stage.name(), event.name());
    let refused = |why| RefusedTransition {
        stage: from,
        event: name,
        why,
    };
    if from.is_final() {
        return Err(refused(Why::Final));
    }
    let mut next = state.clone();
    next.take(event, now).map_err(refused)?;
    Ok(next)
}

impl State {
    fn take(&mut self, event: Event, now: Timestamp) -> Result<(), Why> {
        match event {
            Event::Checked { waits } => self.check(waits),
            Event::Confirmed => match &self.stage {
                Stage::Checked { waits } => {
                    let waits = waits.clone();
                    self.wait_or_schedule(waits, now);
                    Ok(())
                }
                _ => Err(Why::NotHere),
            },
            Event::Blocked(wait) => self.block(wait),
            Event::Settled(Wait::Approval) => Err(Why::ApprovalIsNoSettlement),
            Event::Settled(wait) => self.settle(wait, now),
            Event::Approved(approval) => {
                self.settle(Wait::Approval, now)?;
                self.approved = Some(approval.by());
                Ok(())
            }
            Event::Ticked {
                checkpoint,
                by,
                evidence,
            } => {
                let done = Checked::Ticked {
                    checked_at: now,
                    by,
                    evidence,
                };
                self.put(checkpoint, done)
            }
            Event::Waived {
                checkpoint,
                by,
                reason,
            } => {
                allow(may_waive(by, checkpoint))?;
                let done = Checked::Waived {
                    waived_at: now,
                    by,
                    reason,
                };
                self.put(checkpoint, done)
            }
            Event::AtOnce(role) => self.cut_short(role, now),
            Event::Begun => self.begin(now),
            Event::Erased => self.go_on(StageName::Erasing, None),
            Event::CopiesCounted { unsettled } => self.go_on(StageName::Partial, Some(unsettled)),
            Event::Completed => self.complete(),
            Event::ClosedWithExceptions(role) => self.close_with_exceptions(role),
            Event::Cancelled(by) => self.cancel(by, now),
            Event::Refused {
                reason,
                article,
                by,
            } => {
                self.not_begun()?;
                allow(may_refuse(by))?;
                self.stage = Stage::Refused {
                    reason,
                    article,
                    by,
                };
                Ok(())
            }
        }
    }

    fn check(&mut self, mut waits: BTreeSet<Wait>) -> Result<(), Why> {
        if !matches!(self.stage, Stage::Draft | Stage::Checked { .. }) {
            return Err(Why::NotHere);
        }
        // What nobody may forget to ask for is not left to the caller.
        if self.terms.asked_by().needs_identity() {
            waits.insert(Wait::Identity);
        }
        if self.terms.asked_by().needs_approval() {
            waits.insert(Wait::Approval);
        }
        // Another scope has other records: what was looked at before says nothing about them.
        self.checkpoints.clear();
        self.stage = Stage::Checked { waits };
        Ok(())
    }

    fn wait_or_schedule(&mut self, waits: BTreeSet<Wait>, now: Timestamp) {
        if !waits.is_empty() {
            self.stage = Stage::Waiting { waits };
            return;
        }
        let until = *self.grace_until.get_or_insert(grace_end(self.terms, now));
        self.stage = Stage::Scheduled { until };
    }

    fn block(&mut self, wait: Wait) -> Result<(), Why> {
        match &mut self.stage {
            Stage::Checked { waits } | Stage::Waiting { waits } => {
                waits.insert(wait);
                Ok(())
            }
            // The grace runs on meanwhile: who waits for a hold's release has had it.
            Stage::Scheduled { .. } => {
                self.stage = Stage::Waiting {
                    waits: BTreeSet::from([wait]),
                };
                Ok(())
            }
            _ => Err(Why::NotHere),
        }
    }

    fn settle(&mut self, wait: Wait, now: Timestamp) -> Result<(), Why> {
        let Stage::Waiting { waits } = &self.stage else {
            return Err(Why::NotHere);
        };
        let mut waits = waits.clone();
        if !waits.remove(&wait) {
            return Err(Why::NotWaitedFor(wait));
        }
        self.wait_or_schedule(waits, now);
        Ok(())
    }

    fn put(&mut self, checkpoint: Checkpoint, done: Checked) -> Result<(), Why> {
        match self.stage.name() {
            StageName::Draft | StageName::Erasing => return Err(Why::NotHere),
            StageName::Partial if checkpoint.is_before() => return Err(Why::NotNow(checkpoint)),
            StageName::Checked | StageName::Waiting | StageName::Scheduled
                if !checkpoint.is_before() =>
            {
                return Err(Why::NotNow(checkpoint));
            }
            _ => {}
        }
        self.checkpoints.set(checkpoint, done);
        Ok(())
    }

    fn cut_short(&mut self, role: StaffRole, now: Timestamp) -> Result<(), Why> {
        let Stage::Scheduled { until } = &mut self.stage else {
            return Err(Why::NotHere);
        };
        allow(role_may(role, Permission::EraseAtOnce))?;
        *until = now.min(*until);
        self.grace_until = Some(*until);
        Ok(())
    }

    fn begin(&mut self, now: Timestamp) -> Result<(), Why> {
        let Stage::Scheduled { until } = self.stage else {
            return Err(Why::NotHere);
        };
        if now < until {
            return Err(Why::GraceRuns);
        }
        if let Some(open) = self.checkpoints.open_before() {
            return Err(Why::Open(open));
        }
        self.stage = Stage::Erasing;
        Ok(())
    }

    fn complete(&mut self) -> Result<(), Why> {
        let Stage::Partial { unsettled } = self.stage else {
            return Err(Why::NotHere);
        };
        match unsettled {
            None => return Err(Why::NotCounted),
            Some(0) => {}
            Some(copies) => return Err(Why::Unsettled(copies)),
        }
        if let Some(open) = self.checkpoints.open().next() {
            return Err(Why::Open(open));
        }
        self.stage = Stage::Complete;
        Ok(())
    }

    fn close_with_exceptions(&mut self, role: StaffRole) -> Result<(), Why> {
        let Stage::Partial { unsettled } = self.stage else {
            return Err(Why::NotHere);
        };
        allow(role_may(role, Permission::CloseWithExceptions))?;
        let exceptions = unsettled.ok_or(Why::NotCounted)?;
        let open: BTreeSet<Checkpoint> = self.checkpoints.open().collect();
        if exceptions == 0 && open.is_empty() {
            return Err(Why::NothingLeft);
        }
        self.stage = Stage::WithExceptions { exceptions, open };
        Ok(())
    }

    fn cancel(&mut self, by: By, now: Timestamp) -> Result<(), Why> {
        self.not_begun()?;
        // What was promised until then cannot be called back a moment later, and what is begun cannot be told from it by who asks.
        if matches!(self.stage, Stage::Scheduled { until } if now >= until) {
            return Err(Why::GraceIsOver);
        }
        allow(self.may_cancel(by))?;
        self.stage = Stage::Cancelled { by };
        Ok(())
    }

    /// A guest's request is called back by the guest; staff refuse it, with a reason (PIPL, article 50). A draft is nobody's word yet.
    fn may_cancel(&self, by: By) -> bool {
        use super::AskedBy;
        let is_draft = matches!(self.stage, Stage::Draft | Stage::Checked { .. });
        match (self.terms.asked_by(), by) {
            // Who asked may always think better of it; whether it is the same person is for `service`.
            (AskedBy::Guest, By::Guest) | (AskedBy::Agent, By::Staff(StaffRole::Agent)) => true,
            (AskedBy::Guest, _) | (_, By::System) => is_draft,
            (_, By::Staff(role)) => role_may(role, Permission::CancelRequest),
            (_, By::Guest) => false,
        }
    }

    fn not_begun(&self) -> Result<(), Why> {
        match self.stage {
            Stage::Draft
            | Stage::Checked { .. }
            | Stage::Waiting { .. }
            | Stage::Scheduled { .. } => Ok(()),
            _ => Err(Why::NotHere),
        }
    }

    /// From a stage to `partial`, with what is known of its copies.
    fn go_on(&mut self, from: StageName, unsettled: Option<u64>) -> Result<(), Why> {
        if self.stage.name() != from {
            return Err(Why::NotHere);
        }
        self.stage = Stage::Partial { unsettled };
        Ok(())
    }
}

/// A grace counts in days of 24 hours from the last word: it is a promise of time, not a period of law.
fn grace_end(terms: Terms, now: Timestamp) -> Timestamp {
    let grace = SignedDuration::from_hours(24 * i64::from(terms.grace_days()));
    now.checked_add(grace).unwrap_or(Timestamp::MAX)
}

fn may_refuse(by: By) -> bool {
    match by {
        By::System => true,
        By::Guest => false,
        By::Staff(role) => role_may(role, Permission::RefuseRequest),
    }
}

fn may_waive(by: By, checkpoint: Checkpoint) -> bool {
    match by {
        By::Guest => checkpoint == Checkpoint::BackupMade,
        By::System => false,
        By::Staff(role) => role_may(role, Permission::WaiveCheckpoint),
    }
}

fn role_may(role: StaffRole, permission: Permission) -> bool {
    may(role, permission) == Verdict::Yes
}

fn allow(is_allowed: bool) -> Result<(), Why> {
    if is_allowed {
        Ok(())
    } else {
        Err(Why::NotAllowed)
    }
}
