//! The end of a hold: asked for by one, carried out by another; in a house of one person after a cooling-off.

use jiff::SignedDuration;
use wuhen_keytree::context::NodeId;
use wuhen_ledger::Body;
use wuhen_ledger::body::{Approval, HoldReleasedBody, Version};
use wuhen_model::people::{Permission, Verdict, may};
use wuhen_store::{Flag, RegisterRow, RegisterWrite, StateMove};

use super::{
    COOLING_OFF_HOURS, PLACED, RELEASE_ASKED, RELEASED, REVIEW_JOB, Release, StoredHold,
    StoredRelease, check_words, hold_name,
};
use crate::Service;
use crate::erase::REASON_BYTES_MAX;
use crate::error::ServiceError;
use crate::register::Entry;
use crate::snapshot::Done;
use crate::staff::Actor;

impl Service {
    /// Asks for a release, or, where another member of staff has asked for it, carries it out. Where one person alone may hold, the
    /// same one may carry it out [`COOLING_OFF_HOURS`] hours after asking.
    ///
    /// # Errors
    /// There is no such hold, it is released already, the actor may not, or is the one who asked.
    pub fn release_hold(
        &self,
        by: &Actor,
        hold: &str,
        reason: &str,
    ) -> Result<Done<Release>, ServiceError> {
        by.check(Permission::ReleaseHold)?;
        check_words("a reason", "--reason", reason, REASON_BYTES_MAX)?;
        self.change_register("hold/release", || {
            let entry = self.named_hold(hold)?;
            match entry.row.state.as_str() {
                PLACED => self.draft_asking(by, entry, reason),
                RELEASE_ASKED => self.draft_release(by, entry),
                _ => Err(already_released()),
            }
        })
    }

    /// Agrees to a release that another member of staff has asked for, and carries it out.
    ///
    /// # Errors
    /// As of [`Self::release_hold`]; or nobody has asked for it.
    pub fn approve_release(&self, by: &Actor, hold: &str) -> Result<Done<Release>, ServiceError> {
        by.check(Permission::ReleaseHold)?;
        self.change_register("hold/release", || {
            let entry = self.named_hold(hold)?;
            match entry.row.state.as_str() {
                RELEASE_ASKED => self.draft_release(by, entry),
                RELEASED => Err(already_released()),
                _ => Err(ServiceError::Refused(
                    "nobody has asked for the release of this hold; ask for it with `wuhen hold release`"
                        .to_owned(),
                )),
            }
        })
    }

    fn draft_asking(
        &self,
        by: &Actor,
        mut entry: Entry<StoredHold>,
        reason: &str,
    ) -> Result<(RegisterWrite, Release), ServiceError> {
        let now = self.now();
        let cools_until = self
            .is_alone(by)?
            .then(|| now + SignedDuration::from_hours(COOLING_OFF_HOURS));
        entry.body.release = Some(StoredRelease {
            asked_by: person(by)?.0,
            by_role: by.ledger_role(),
            reason: reason.to_owned(),
            asked_at: now,
            cools_until,
            carried_out_by: None,
        });
        let write = self.next_version(&entry, RELEASE_ASKED)?;
        Ok((
            write,
            cools_until.map_or(Release::Asked, Release::CoolingOff),
        ))
    }

    fn draft_release(
        &self,
        by: &Actor,
        mut entry: Entry<StoredHold>,
    ) -> Result<(RegisterWrite, Release), ServiceError> {
        let now = self.now();
        let person = person(by)?;
        let is_alone = self.is_alone(by)?;
        let release = (entry.body.release.as_mut())
            .ok_or_else(|| crate::open::damaged("a release that nobody asked for"))?;
        let approval = if release.asked_by != person.0 {
            Approval::SecondPerson(by.ledger_role())
        } else if !is_alone {
            return Err(ServiceError::Refused(
                "you asked for this release: another member of staff who may hold has to agree to it".to_owned(),
            ));
        } else {
            match release.cools_until {
                Some(until) if until <= now => Approval::CoolingOff,
                Some(until) => {
                    return Err(ServiceError::Refused(format!(
                        "you asked for this release, and nobody else here may agree to it: it can be carried out from {until} on"
                    )));
                }
                // Those who could have agreed have left since.
                None => {
                    let until = now + SignedDuration::from_hours(COOLING_OFF_HOURS);
                    release.cools_until = Some(until);
                    let write = self.next_version(&entry, RELEASE_ASKED)?;
                    return Ok((write, Release::CoolingOff(until)));
                }
            }
        };
        release.carried_out_by = Some(person.0);
        let body = Body::HoldReleased(HoldReleasedBody {
            version: Version::V1,
            tenant: self.tenant_text(),
            hold: hold_name(&entry.row),
            by_role: release.by_role,
            approval,
            reason: release.reason.clone(),
            at: self.body_time(),
        });
        let node = entry.row.node;
        let mut pen = self.pen(node)?;
        let items = vec![self.write_version(&mut pen, &entry.body)?];
        let write = RegisterWrite {
            items,
            moves: vec![move_to(&entry.row, RELEASED)],
            lifts: vec![(node, Flag::Hold)],
            ended_jobs: vec![(REVIEW_JOB.to_owned(), node)],
            entry: Some(self.write_entry(&mut pen, &body)?),
            ..RegisterWrite::default()
        };
        Ok((write, Release::Done))
    }

    fn next_version(
        &self,
        entry: &Entry<StoredHold>,
        state: &str,
    ) -> Result<RegisterWrite, ServiceError> {
        let mut pen = self.pen(entry.row.node)?;
        Ok(RegisterWrite {
            items: vec![self.write_version(&mut pen, &entry.body)?],
            moves: vec![move_to(&entry.row, state)],
            ..RegisterWrite::default()
        })
    }

    /// Whether nobody else who is here may hold.
    fn is_alone(&self, by: &Actor) -> Result<bool, ServiceError> {
        let others = self.who_acts()?.into_iter().filter(|(node, role)| {
            Some(*node) != by.node && may(*role, Permission::ReleaseHold) != Verdict::No
        });
        Ok(others.count() == 0)
    }
}

/// The member who acts. The program itself releases nothing.
fn person(by: &Actor) -> Result<NodeId, ServiceError> {
    by.node.ok_or_else(|| {
        ServiceError::Refused("a hold is released by people, never by a schedule".to_owned())
    })
}

fn move_to(row: &RegisterRow, state: &str) -> StateMove {
    StateMove {
        node: row.node,
        from: row.state.clone(),
        to: state.to_owned(),
    }
}

fn already_released() -> ServiceError {
    ServiceError::Refused("this hold is released already".to_owned())
}
