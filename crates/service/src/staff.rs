//! The people of the house: who acts, in which role, and how they showed that it is them.

mod password;

use serde::{Deserialize, Serialize};
use wuhen_keytree::context::NodeId;
use wuhen_ledger::Body;
use wuhen_ledger::body::{AccessChange, AccessChangedBody, Role, Version};
use wuhen_model::people::{
    Permission, STAFF_NAME_BYTES_MAX, StaffRole, Verdict, is_staff_name, may,
};
use wuhen_store::{RegisterKind, RegisterWrite, StateMove};

use crate::Service;
use crate::error::ServiceError;
use crate::register::Entry;
use crate::snapshot::Done;

pub use password::{PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN, Proof};
use password::{StoredPassword, StoredSecond};

/// Members of staff that a house may have, those who left among them: each sign-in reads them all.
pub const STAFF_MAX: usize = 1_000;

/// What the first privacy officer is called unless a name is given.
pub const FIRST_OFFICER: &str = "officer";

const ACTIVE: &str = "active";
const DISABLED: &str = "disabled";

/// A member of staff as it lies in the register.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct StoredMember {
    pub(crate) name: String,
    pub(crate) role: StaffRole,
    pub(crate) since: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    password: Option<StoredPassword>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    second: Option<StoredSecond>,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The member's node. None: the program itself, by a rule or a schedule.
    pub(crate) node: Option<NodeId>,
    /// What they are called. Personal data: for screens, never for logs.
    pub name: String,
    /// In which role.
    pub role: StaffRole,
    /// How they showed who they are.
    pub proof: Proof,
}

/// A member of staff in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberView {
    /// What they are called.
    pub name: String,
    /// Their role.
    pub role: StaffRole,
    /// Whether they may act.
    pub active: bool,
    /// Whether they have a password.
    pub has_password: bool,
    /// Whether they have a second factor.
    pub has_second_factor: bool,
    /// Since when, RFC 3339.
    pub since: String,
}

/// A new member.
pub struct NewMember<'a> {
    /// What they are called.
    pub name: &'a str,
    /// Their role.
    pub role: StaffRole,
    /// Their password. Without one they act at the command line of this machine only.
    pub password: Option<&'a str>,
    /// Whether they get a second factor; it needs a password.
    pub second_factor: bool,
}

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
}

impl Service {
    /// The first privacy officer of a house that is being made, or that was made before there were any.
    pub(crate) fn first_officer(&self, name: &str) -> Result<(), ServiceError> {
        let new = NewMember {
            name,
            role: StaffRole::PrivacyOfficer,
            password: None,
            second_factor: false,
        };
        self.change_register_here("staff/first", || {
            let (write, _) = self.draft_member(&new, Role::Operator)?;
            Ok((write, ()))
        })
    }

    /// Adds a member of staff. Answers the second factor's secret, which is shown once, as an `otpauth:` address.
    ///
    /// # Errors
    /// The name is taken or none, the password is too weak, or the actor may not.
    pub fn add_member(
        &self,
        by: &Actor,
        new: &NewMember<'_>,
    ) -> Result<Done<Option<String>>, ServiceError> {
        by.check(Permission::ManageStaff)?;
        self.change_register("staff/add", || self.draft_member(new, by.ledger_role()))
    }

    fn draft_member(
        &self,
        new: &NewMember<'_>,
        by_role: Role,
    ) -> Result<(RegisterWrite, Option<String>), ServiceError> {
        let refused = |words: String| Err(ServiceError::Refused(words));
        if !is_staff_name(new.name) {
            return refused(format!(
                "a name of staff has 1 to {STAFF_NAME_BYTES_MAX} bytes: letters, digits, dots, hyphens and underscores, no blanks"
            ));
        }
        let staff = self.staff()?;
        if find(&staff, new.name).is_some() {
            return refused("there is a member of staff of this name; choose another".to_owned());
        }
        if staff.len() >= STAFF_MAX {
            return refused(format!("a house has at most {STAFF_MAX} members of staff"));
        }
        let password = new
            .password
            .map(|password| self.new_password(password))
            .transpose()?;
        if new.second_factor && password.is_none() {
            return refused("a second factor needs a first: give a password too".to_owned());
        }
        let second = new.second_factor.then(|| self.new_second_factor());
        let address = second
            .as_ref()
            .map(|second| second.address(&self.tenant_settings().name, new.name))
            .transpose()?;
        let member = StoredMember {
            name: new.name.to_owned(),
            role: new.role,
            since: self.now().to_string(),
            password,
            second,
        };
        let mut draft = self.draft_register(RegisterKind::Staff, ACTIVE, &member)?;
        let body = self.staff_changed(AccessChange::StaffAdded, draft.new.row.ordinal, by_role);
        let entry = self.draft_register_entry(&mut draft, &body)?;
        let write = RegisterWrite {
            opens: vec![draft.new],
            entry: Some(entry),
            ..RegisterWrite::default()
        };
        Ok((write, address))
    }

    /// Gives a member another role.
    ///
    /// # Errors
    /// There is no such member, it would leave the house without a privacy officer, or the actor may not.
    pub fn change_role(
        &self,
        by: &Actor,
        name: &str,
        role: StaffRole,
    ) -> Result<Done<()>, ServiceError> {
        by.check(Permission::ManageStaff)?;
        self.change_register("staff/role", || {
            let staff = self.staff()?;
            let mut member = named(&staff, name)?.clone();
            if role != StaffRole::PrivacyOfficer {
                refuse_last_officer(&staff, &member)?;
            }
            member.body.role = role;
            let change = self.staff_changed(
                AccessChange::StaffRoleChanged,
                member.row.ordinal,
                by.ledger_role(),
            );
            let mut pen = self.pen(member.row.node)?;
            let items = vec![self.write_version(&mut pen, &member.body)?];
            let entry = Some(self.write_entry(&mut pen, &change)?);
            Ok((
                RegisterWrite {
                    items,
                    entry,
                    ..RegisterWrite::default()
                },
                (),
            ))
        })
    }

    /// Ends a member's rights: they left. What waits for their approval waits for anybody else's.
    ///
    /// # Errors
    /// There is no such member, it is the last privacy officer, or the actor may not.
    pub fn disable_member(&self, by: &Actor, name: &str) -> Result<Done<bool>, ServiceError> {
        by.check(Permission::ManageStaff)?;
        self.change_register("staff/disable", || {
            let staff = self.staff()?;
            let member = named(&staff, name)?;
            if member.row.state != ACTIVE {
                return Ok((RegisterWrite::default(), false));
            }
            refuse_last_officer(&staff, member)?;
            let body = self.staff_changed(
                AccessChange::StaffDisabled,
                member.row.ordinal,
                by.ledger_role(),
            );
            let mut pen = self.pen(member.row.node)?;
            let entry = Some(self.write_entry(&mut pen, &body)?);
            let moves = vec![StateMove {
                node: member.row.node,
                from: ACTIVE.to_owned(),
                to: DISABLED.to_owned(),
            }];
            Ok((
                RegisterWrite {
                    moves,
                    entry,
                    ..RegisterWrite::default()
                },
                true,
            ))
        })
    }

    /// The staff, in the order in which they came.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn members(&self) -> Result<Vec<MemberView>, ServiceError> {
        let staff = self.reading(|| self.staff())?;
        Ok(staff
            .into_iter()
            .map(|Entry { row, body }| MemberView {
                name: body.name,
                role: body.role,
                active: row.state == ACTIVE,
                has_password: body.password.is_some(),
                has_second_factor: body.second.is_some(),
                since: body.since,
            })
            .collect())
    }

    /// The member who acts, by name; who has a password must give it, and the code of a second factor.
    ///
    /// # Errors
    /// There is no such member, they left, or they did not show that it is them.
    pub fn act_as(
        &self,
        name: &str,
        password: Option<&str>,
        code: Option<&str>,
    ) -> Result<Actor, ServiceError> {
        let staff = self.reading(|| self.staff())?;
        let member = named(&staff, name)?;
        self.proven(member, password, code)
    }

    /// Whoever acts without saying who: the privacy officer who has been there longest and who has no password to show.
    ///
    /// # Errors
    /// Every privacy officer has a password: somebody has to say who they are.
    pub fn act_as_officer(
        &self,
        password: Option<&str>,
        code: Option<&str>,
    ) -> Result<Actor, ServiceError> {
        let staff = self.reading(|| self.staff())?;
        let officers = || {
            staff.iter().filter(|member| {
                member.row.state == ACTIVE && member.body.role == StaffRole::PrivacyOfficer
            })
        };
        let open = officers().find(|member| member.body.password.is_none());
        let member = open.or_else(|| officers().next()).ok_or_else(|| {
            ServiceError::Refused(
                "the house has no privacy officer who may act; name yourself with --as".to_owned(),
            )
        })?;
        self.proven(member, password, code)
    }

    fn proven(
        &self,
        member: &Entry<StoredMember>,
        password: Option<&str>,
        code: Option<&str>,
    ) -> Result<Actor, ServiceError> {
        if member.row.state != ACTIVE {
            return Err(ServiceError::Refused(
                "this member of staff has left: their rights have ended".to_owned(),
            ));
        }
        let StoredMember {
            name,
            role,
            password: stored,
            second,
            ..
        } = &member.body;
        let proof = self.prove(stored.as_ref(), second.as_ref(), password, code)?;
        Ok(Actor {
            node: Some(member.row.node),
            name: name.clone(),
            role: *role,
            proof,
        })
    }

    /// Who may act, and in which role.
    pub(crate) fn active_members(&self) -> Result<Vec<(NodeId, StaffRole)>, ServiceError> {
        let mut staff = self.staff()?;
        staff.retain(|member| member.row.state == ACTIVE);
        let members = staff
            .iter()
            .map(|member| (member.row.node, member.body.role));
        Ok(members.collect())
    }

    pub(crate) fn staff(&self) -> Result<Vec<Entry<StoredMember>>, ServiceError> {
        self.entries(RegisterKind::Staff)
    }

    fn staff_changed(&self, change: AccessChange, ordinal: u32, by_role: Role) -> Body {
        Body::AccessChanged(AccessChangedBody {
            version: Version::V1,
            tenant: self.tenant_text(),
            change,
            subject: format!("S-{:04}", u64::from(ordinal) + 1),
            by_role,
            reason: "staff".to_owned(),
            at: self.body_time(),
        })
    }
}

fn find<'a>(staff: &'a [Entry<StoredMember>], name: &str) -> Option<&'a Entry<StoredMember>> {
    let wanted = wuhen_model::search::normalise(name);
    let is =
        |member: &&Entry<StoredMember>| wuhen_model::search::normalise(&member.body.name) == wanted;
    staff.iter().find(is)
}

fn named<'a>(
    staff: &'a [Entry<StoredMember>],
    name: &str,
) -> Result<&'a Entry<StoredMember>, ServiceError> {
    find(staff, name).ok_or_else(|| ServiceError::NotFound {
        kind: "member of staff",
        id: name.to_owned(),
        hint: "`wuhen staff list` names them",
    })
}

fn refuse_last_officer(
    staff: &[Entry<StoredMember>],
    member: &Entry<StoredMember>,
) -> Result<(), ServiceError> {
    let is_officer = |one: &&Entry<StoredMember>| {
        one.row.state == ACTIVE && one.body.role == StaffRole::PrivacyOfficer
    };
    let others = staff
        .iter()
        .filter(is_officer)
        .any(|other| other.row.node != member.row.node);
    if others || !is_officer(&member) {
        return Ok(());
    }
    Err(ServiceError::Refused(
        "this is the only privacy officer: give somebody else the role first".to_owned(),
    ))
}
