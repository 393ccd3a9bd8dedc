//! Acting as somebody: who is meant, whether they showed that it is them, and what is kept of it. A code is taken once; too many wrong
//! passwords in a row close the door for a while. What is kept is sealed with the member.

use serde::{Deserialize, Serialize};
use wuhen_detect::Viewer;
use wuhen_model::people::StaffRole;
use wuhen_store::RegisterWrite;

use super::password::{Given, Shown};
use super::{ACTIVE, Actor, FIRST_OFFICER, Proof, StaffProblem, StoredMember, find, named};
use crate::Service;
use crate::error::ServiceError;
use crate::register::Entry;

/// Wrong passwords or codes in a row after which the door is closed.
pub const FAILURES_MAX: u32 = 10;
/// They count as a row within this time, and the door stays closed for it: 15 minutes.
pub const LOCKED_SECONDS: i64 = 15 * 60;

/// What is kept of earlier tries. The default is that of a new member.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(super) struct SignIns {
    /// The last half minute of which a code was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_step: Option<u64>,
    /// Wrong ones since the last right one.
    #[serde(default)]
    failures: u32,
    /// When the first of them was, seconds since 1970 UTC.
    #[serde(default)]
    first_failure_at: i64,
    /// When the last of them was.
    #[serde(default)]
    last_failure_at: i64,
}

impl SignIns {
    pub(super) fn is_new(&self) -> bool {
        *self == Self::default()
    }

    /// A new password ends what wrong ones did; codes that were taken stay taken.
    pub(super) fn forgiven(self) -> Self {
        Self {
            last_step: self.last_step,
            ..Self::default()
        }
    }

    /// Until when no try is taken. A clock that was set back does not close the door for longer.
    fn locked_until(&self, now: i64) -> Option<i64> {
        let until = self.last_failure_at.saturating_add(LOCKED_SECONDS);
        let closed = self.failures >= FAILURES_MAX && self.last_failure_at <= now && now < until;
        closed.then_some(until)
    }

    /// What is kept after a try, and what it was worth.
    fn after(self, shown: Shown, now: i64) -> (Self, Result<Proof, StaffProblem>) {
        if let Some(until) = self.locked_until(now) {
            let until = jiff::Timestamp::from_second(until)
                .map(|time| time.to_string())
                .unwrap_or_default();
            return (self, Err(StaffProblem::LockedOut { until }));
        }
        match shown {
            Shown::Nothing => (self, Err(StaffProblem::NotShown)),
            Shown::Wrong => (self.failed(now), Err(StaffProblem::NotShown)),
            Shown::Machine => (self.forgiven(), Ok(Proof::Machine)),
            Shown::Password => (self.forgiven(), Ok(Proof::Password)),
            // A step that lies ahead of the clock was taken before the clock was set back.
            Shown::Code { step, latest }
                if self
                    .last_step
                    .is_some_and(|last| step <= last && last <= latest) =>
            {
                (self, Err(StaffProblem::CodeUsed))
            }
            Shown::Code { step, .. } => {
                let kept = Self {
                    last_step: Some(step),
                    ..Self::default()
                };
                (kept, Ok(Proof::SecondFactor))
            }
        }
    }

    fn failed(self, now: i64) -> Self {
        let since = now - self.first_failure_at;
        let goes_on = self.failures > 0
            && self.failures < FAILURES_MAX
            && (0..LOCKED_SECONDS).contains(&since);
        let (failures, first_failure_at) = if goes_on {
            (self.failures + 1, self.first_failure_at)
        } else {
            (1, now)
        };
        Self {
            failures,
            first_failure_at,
            last_failure_at: now,
            ..self
        }
    }
}

/// What somebody has to show.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Asked {
    /// A password.
    pub password: bool,
    /// And a code.
    pub code: bool,
}

impl Actor {
    /// With whose eyes they read: their own, or those of a role that sees no more.
    ///
    /// # Errors
    /// The role sees more than theirs, or theirs reads no records.
    pub fn viewer(&self, asked: Option<Viewer>) -> Result<Viewer, ServiceError> {
        let own = match self.role {
            StaffRole::Agent => Viewer::Agent,
            StaffRole::Supervisor => Viewer::Supervisor,
            StaffRole::PrivacyOfficer => Viewer::PrivacyOfficer,
            // Who reads no record sees nothing clear.
            StaffRole::Auditor | StaffRole::TenantAdmin => Viewer::Auditor,
        };
        let asked = asked.unwrap_or(own);
        if power(asked) <= power(own) {
            return Ok(asked);
        }
        Err(ServiceError::Staff(StaffProblem::AboveOwnRole {
            role: self.role,
            asked: asked.as_str(),
        }))
    }
}

/// How much a role sees.
const fn power(viewer: Viewer) -> u8 {
    match viewer {
        Viewer::Auditor => 0,
        Viewer::Agent => 1,
        Viewer::Supervisor => 2,
        Viewer::PrivacyOfficer => 3,
    }
}

impl Service {
    /// The member who acts, by name; who has a password must give it, and the code of a second factor. Where nobody is called so, the
    /// name of a role is the privacy officer acting in that role: none may more.
    ///
    /// # Errors
    /// There is no such member, they left, or they did not show that it is them.
    pub fn act_as(
        &self,
        name: &str,
        password: Option<&str>,
        code: Option<&str>,
    ) -> Result<Actor, ServiceError> {
        self.act(Some(name), Given { password, code })
    }

    /// Whoever acts without saying who: the privacy officer who has been there longest and who has no password to show.
    ///
    /// # Errors
    /// Every privacy officer has a password, and none was given.
    pub fn act_as_officer(
        &self,
        password: Option<&str>,
        code: Option<&str>,
    ) -> Result<Actor, ServiceError> {
        self.act(None, Given { password, code })
    }

    /// What has to be shown to act as somebody, or without a name.
    ///
    /// # Errors
    /// There is no such member, or they left.
    pub fn asked_of(&self, name: Option<&str>) -> Result<Asked, ServiceError> {
        let staff = self.reading(|| self.staff())?;
        Ok(
            meant(&staff, name)?.map_or_else(Asked::default, |(member, _)| Asked {
                password: member.body.password.is_some(),
                code: member.body.second.is_some(),
            }),
        )
    }

    fn act(&self, name: Option<&str>, given: Given<'_>) -> Result<Actor, ServiceError> {
        let staff = self.reading(|| self.staff())?;
        let Some((member, role)) = meant(&staff, name)? else {
            return Ok(Actor {
                node: None,
                name: FIRST_OFFICER.to_owned(),
                role: StaffRole::PrivacyOfficer,
                proof: Proof::Machine,
            });
        };
        let now = self.now().as_second();
        // Who is locked out costs no hash.
        let shown = match member.body.sign_ins.locked_until(now) {
            Some(_) => Shown::Nothing,
            None => self.prove(&member.body, given)?,
        };
        let (kept, proof) = member.body.sign_ins.after(shown, now);
        let proof = if kept == member.body.sign_ins || self.is_only_restored()? {
            proof
        } else {
            self.keep_sign_in(member, shown, now)?
        };
        Ok(Actor {
            node: Some(member.body.first_node(&member.row)),
            name: member.body.name.as_str().to_owned(),
            role,
            proof: proof.map_err(ServiceError::Staff)?,
        })
    }

    /// Keeps what a try leaves. It is judged again by what is kept by then: of two that come with one code, one is too late.
    fn keep_sign_in(
        &self,
        member: &Entry<StoredMember>,
        shown: Shown,
        now: i64,
    ) -> Result<Result<Proof, StaffProblem>, ServiceError> {
        self.change_register_here("staff/sign-in", || {
            let staff = self.staff()?;
            let member = named(&staff, member.body.name.as_str())?;
            let (kept, proof) = member.body.sign_ins.after(shown, now);
            if kept == member.body.sign_ins {
                return Ok((RegisterWrite::default(), proof));
            }
            let body = StoredMember {
                sign_ins: kept,
                ..member.body.clone()
            };
            Ok((self.write_member(member, &body, None)?, proof))
        })
    }
}

/// The member who is meant, and in which role they act. None: there is no staff, in a store that was just restored from a time before
/// there was any; who has its keys is believed.
fn meant<'a>(
    staff: &'a [Entry<StoredMember>],
    name: Option<&str>,
) -> Result<Option<(&'a Entry<StoredMember>, StaffRole)>, ServiceError> {
    let Some(name) = name else {
        let officer = officer(staff)?;
        return Ok(officer.map(|officer| (officer, officer.body.role)));
    };
    let member = match (find(staff, name), name.parse::<StaffRole>()) {
        (None, Ok(role)) => {
            let officer = officer(staff)?;
            return Ok(officer.map(|officer| (officer, role)));
        }
        _ => named(staff, name)?,
    };
    if member.row.state != ACTIVE {
        return Err(ServiceError::Staff(StaffProblem::Left));
    }
    Ok(Some((member, member.body.role)))
}

fn officer(staff: &[Entry<StoredMember>]) -> Result<Option<&Entry<StoredMember>>, ServiceError> {
    if staff.is_empty() {
        return Ok(None);
    }
    let officers = || {
        staff.iter().filter(|member| {
            member.row.state == ACTIVE && member.body.role == StaffRole::PrivacyOfficer
        })
    };
    let open = officers().find(|member| member.body.password.is_none());
    let officer = open.or_else(|| officers().next());
    officer.map_or_else(
        || Err(ServiceError::Staff(StaffProblem::NoOfficer)),
        |officer| Ok(Some(officer)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: i64 = 1_800_000_000;

    fn wrong(times: u32, mut kept: SignIns, at: i64) -> SignIns {
        for _ in 0..times {
            kept = kept.after(Shown::Wrong, at).0;
        }
        kept
    }

    #[test]
    fn ten_wrong_ones_in_a_row_close_the_door_for_a_quarter_of_an_hour_and_nine_do_not() {
        let nine = wrong(FAILURES_MAX - 1, SignIns::default(), START);
        assert_eq!(nine.after(Shown::Password, START).1, Ok(Proof::Password));
        assert!(nine.after(Shown::Password, START).0.is_new());
        let ten = wrong(1, nine, START);
        let right = |at| ten.after(Shown::Password, at).1;
        assert!(matches!(right(START), Err(StaffProblem::LockedOut { .. })));
        let end = START + LOCKED_SECONDS;
        assert!(matches!(
            right(end - 1),
            Err(StaffProblem::LockedOut { .. })
        ));
        assert_eq!(right(end), Ok(Proof::Password));
        // A clock that was set back does not close it for longer, and the next row is counted from one.
        assert_eq!(right(START - 1), Ok(Proof::Password));
        assert_eq!(wrong(1, ten, end).failures, 1);
    }

    #[test]
    fn wrong_ones_that_lie_far_apart_are_no_row() {
        let kept = wrong(FAILURES_MAX - 1, SignIns::default(), START);
        let later = wrong(1, kept, START + LOCKED_SECONDS);
        assert_eq!(later.failures, 1);
        assert_eq!(wrong(1, kept, START + LOCKED_SECONDS - 1).failures, 10);
    }

    #[test]
    fn a_code_is_taken_once_and_no_earlier_one_after_it() {
        let code = |step| Shown::Code { step, latest: 101 };
        let (kept, proof) = SignIns::default().after(code(100), START);
        assert_eq!(proof, Ok(Proof::SecondFactor));
        for step in [100, 99] {
            let (after, proof) = kept.after(code(step), START);
            assert_eq!((after, proof), (kept, Err(StaffProblem::CodeUsed)));
        }
        assert!(kept.after(code(101), START).1.is_ok());
        assert_eq!(wrong(3, kept, START).forgiven(), kept);
        // The clock was a day ahead when the last one was taken.
        let ahead = SignIns::default().after(code(2_980), START).0;
        assert!(ahead.after(code(100), START).1.is_ok());
    }
}
