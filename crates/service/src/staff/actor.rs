//! What who acts may do, and how that is called elsewhere.

use wuhen_ledger::body::Role;
use wuhen_model::decision::{Asker, Person, Request, Staff};
use wuhen_model::people::{Permission, StaffRole, Verdict, may};

use super::{Actor, StaffProblem, StoredMember};
use crate::error::ServiceError;
use crate::register::Entry;

impl Actor {
    /// How the role is named in entries of the ledger.
    #[must_use]
    pub fn ledger_role(&self) -> Role {
        match self.role {
            StaffRole::Agent => Role::Agent,
            StaffRole::Supervisor => Role::Supervisor,
            StaffRole::PrivacyOfficer => Role::PrivacyOfficer,
            StaffRole::Auditor => Role::Auditor,
            StaffRole::TenantAdmin => Role::TenantAdmin,
        }
    }

    /// What is asked where this person asks for an erasure, as far as decisions look at it.
    #[must_use]
    pub(crate) fn asks(&self, records: u64) -> Request {
        let staff = Staff {
            person: Person(self.node.map_or(0, |node| node.0)),
            role: self.role,
        };
        Request {
            records,
            ..Request::by(Asker::Staff(staff))
        }
    }

    /// Refuses what the role may not do, neither alone nor with a second person.
    ///
    /// # Errors
    /// It may not.
    pub fn check(&self, permission: Permission) -> Result<Verdict, ServiceError> {
        match may(self.role, permission) {
            Verdict::No => Err(ServiceError::NotAllowed {
                role: self.role,
                permission,
            }),
            verdict => Ok(verdict),
        }
    }

    /// Who manages staff, and no records, must not become the one who answers for them.
    pub(super) fn may_touch(&self, role: StaffRole) -> Result<(), ServiceError> {
        if role == StaffRole::PrivacyOfficer && self.role != StaffRole::PrivacyOfficer {
            return Err(ServiceError::Staff(StaffProblem::OfficersOnly));
        }
        Ok(())
    }

    pub(super) fn is(&self, member: &Entry<StoredMember>) -> bool {
        self.node == Some(member.body.first_node(&member.row))
    }
}
