//! The second person: who asked can never be who approves, and what happens where nobody else is there.

use jiff::{Timestamp, ToSpan as _};

use super::{Permission, StaffName, StaffRole, Verdict, may};

/// A batch of more records needs the privacy officer (PRODUCT.md, "Life of an erasure request", 5).
pub const BATCH_RECORDS_MAX: u64 = 1_000;

/// How long a house of one person waits instead of a second person; announced by mail, said on the certificate.
pub const COOLING_OFF_HOURS: i64 = 24;

/// One of the staff who is active.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// Who.
    pub name: StaffName,
    /// As what.
    pub role: StaffRole,
}

/// What takes the place of one person's word. It can only be made by the two ways below, so that nothing is approved by its asker.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Approval {
    by: Second,
    at: Timestamp,
}

named! {
    /// How a request got, or gets, its second person.
    pub enum Second {
        /// Somebody else approved, or is to.
        Person = "second-person", "由另一人审批", "approved by a second person";
        /// A house of one person waits.
        CoolingOff = "cooling-off", "单人机构：24 小时冷静期代替第二人审批", "a house of one person: a cooling-off of 24 hours took the place of a second person";
    }
}

/// Why something is not approved.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotApproved {
    /// Who asked would approve.
    #[error("who asked cannot approve; somebody else has to")]
    SamePerson,
    /// A role that may not.
    #[error("this role may not approve")]
    Role,
    /// A large batch, and no privacy officer.
    #[error("a batch of more than 1000 records is approved by the privacy officer")]
    LargeBatch,
    /// There is somebody who may approve.
    #[error("somebody else may approve, so a cooling-off takes nobody's place")]
    SomebodyIsThere,
    /// Nobody in the house may approve, and who asked may not either.
    #[error("nobody in the house may approve; a privacy officer has to be added first")]
    Nobody,
    /// The cooling-off is not over.
    #[error("the cooling-off of 24 hours is not over")]
    NotOver,
}

impl Approval {
    /// Two people: who executes, and who approves.
    ///
    /// # Errors
    ///
    /// [`NotApproved`]: the same person under any spelling of the name, or a role that may not approve so many records.
    pub fn four_eyes(
        executor: &Member,
        approver: &Member,
        records: u64,
        now: Timestamp,
    ) -> Result<Self, NotApproved> {
        if executor.name == approver.name {
            return Err(NotApproved::SamePerson);
        }
        if may(approver.role, Permission::Approve) != Verdict::Yes {
            return Err(NotApproved::Role);
        }
        if !may_with(executor, approver, records) {
            return Err(NotApproved::LargeBatch);
        }
        let by = Second::Person;
        Ok(Self { by, at: now })
    }

    /// A house of one person: 24 hours after it asked, if it is still alone.
    ///
    /// # Errors
    ///
    /// [`NotApproved`]: somebody may approve, or nobody at all, or the time is not over.
    pub fn cooling_off(
        executor: &Member,
        active: &[Member],
        records: u64,
        asked_at: Timestamp,
        now: Timestamp,
    ) -> Result<Self, NotApproved> {
        match second_person(executor, active, records)? {
            Second::Person => Err(NotApproved::SomebodyIsThere),
            Second::CoolingOff if now < cooling_off_until(asked_at) => Err(NotApproved::NotOver),
            by @ Second::CoolingOff => Ok(Self { by, at: now }),
        }
    }

    /// By which of the two ways.
    #[must_use]
    pub const fn by(self) -> Second {
        self.by
    }

    /// When.
    #[must_use]
    pub const fn at(self) -> Timestamp {
        self.at
    }
}

/// The first instant after a cooling-off.
#[must_use]
pub fn cooling_off_until(asked_at: Timestamp) -> Timestamp {
    let until = asked_at.checked_add(COOLING_OFF_HOURS.hours());
    until.unwrap_or(Timestamp::MAX)
}

/// Whether a request waits for somebody else or for time. `active` is everybody who may sign in now, with or without the executor.
///
/// # Errors
///
/// [`NotApproved::Nobody`]: the executor may not approve, and nobody else may.
pub fn second_person(
    executor: &Member,
    active: &[Member],
    records: u64,
) -> Result<Second, NotApproved> {
    let other = |member: &&Member| member.name != executor.name;
    let may_approve = |member: &Member| may(member.role, Permission::Approve) == Verdict::Yes;
    let mut others = active.iter().filter(other);
    if others.any(|member| may_approve(member) && may_with(executor, member, records)) {
        return Ok(Second::Person);
    }
    // Only who could approve for another may wait instead: an agent who is alone asks nobody, and gets nothing.
    if may_approve(executor) && may_with(executor, executor, records) {
        return Ok(Second::CoolingOff);
    }
    Err(NotApproved::Nobody)
}

/// Whether one of two may answer for so many records.
fn may_with(executor: &Member, approver: &Member, records: u64) -> bool {
    let answers = |member: &Member| may(member.role, Permission::ApproveLargeBatch) == Verdict::Yes;
    records <= BATCH_RECORDS_MAX || answers(executor) || answers(approver)
}
