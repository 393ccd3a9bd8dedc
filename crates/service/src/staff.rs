//! The people of the house: who acts, in which role, and how they showed that it is them.

mod actor;
mod password;
mod problem;
mod sign_in;

use serde::{Deserialize, Serialize};
use wuhen_keytree::context::NodeId;
use wuhen_ledger::Body;
use wuhen_ledger::body::{AccessChange, AccessChangedBody, Role, Version};
use wuhen_model::people::{Member, Permission, StaffName, StaffRole};
use wuhen_store::{RegisterKind, RegisterRow, RegisterWrite, StateMove};

use crate::Service;
use crate::error::ServiceError;
use crate::register::{CONTINUED, Entry};
use crate::snapshot::Done;

pub use password::{PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN, Proof};
use password::{StoredPassword, StoredSecond};
pub use problem::StaffProblem;
use sign_in::SignIns;
pub use sign_in::{Asked, FAILURES_MAX, LOCKED_SECONDS};

/// Members of staff that a house may have, those who left among them: each sign-in reads them all.
pub const STAFF_MAX: usize = 1_000;

/// What the first privacy officer is called unless a name is given.
pub const FIRST_OFFICER: &str = "officer";

const ACTIVE: &str = "active";
const DISABLED: &str = "disabled";
/// Versions of one entry. Each sign-in reads them all, and codes that were taken add one each.
const VERSIONS_MAX: u32 = 256;

/// A member of staff as it lies in the register.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct StoredMember {
    pub(crate) name: StaffName,
    pub(crate) role: StaffRole,
    pub(crate) since: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    password: Option<StoredPassword>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    second: Option<StoredSecond>,
    #[serde(default, skip_serializing_if = "SignIns::is_new")]
    sign_ins: SignIns,
    /// Where the member began, if this entry goes on from another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first: Option<First>,
}

/// A member's first entry: who they are to everything that names them.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct First {
    node: u64,
    ordinal: u32,
}

impl StoredMember {
    fn first(&self, row: &RegisterRow) -> First {
        self.first.unwrap_or(First {
            node: row.node.0,
            ordinal: row.ordinal,
        })
    }

    fn first_node(&self, row: &RegisterRow) -> NodeId {
        NodeId(self.first(row).node)
    }
}

/// What becomes of a second factor when a password is set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum SecondFactor {
    /// It stays. A new password alone must not be enough for whoever set it.
    #[default]
    Keep,
    /// There is a new one, and the old one ends: the first one, or the phone is lost.
    Renew,
    /// There is none any more.
    End,
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

impl Service {
    /// The first privacy officer of a house that was made before there was staff, or whose making was interrupted. Answers their name,
    /// if one was made. A store that was only restored changes nothing.
    pub(crate) fn officer_of_old(&self) -> Result<Option<String>, ServiceError> {
        let staff = self.store.registered(self.tenant, RegisterKind::Staff)?;
        if !staff.is_empty() || self.is_only_restored()? {
            return Ok(None);
        }
        self.first_officer(FIRST_OFFICER)?;
        Ok(Some(FIRST_OFFICER.to_owned()))
    }

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
        by.may_touch(new.role)?;
        self.change_register("staff/add", || self.draft_member(new, by.ledger_role()))
    }

    fn draft_member(
        &self,
        new: &NewMember<'_>,
        by_role: Role,
    ) -> Result<(RegisterWrite, Option<String>), ServiceError> {
        let refused = |problem| Err(ServiceError::Staff(problem));
        let Ok(name) = new.name.parse::<StaffName>() else {
            return refused(StaffProblem::BadName);
        };
        let staff = self.staff()?;
        if find(&staff, new.name).is_some() {
            return refused(StaffProblem::NameTaken);
        }
        if staff.len() >= STAFF_MAX {
            return refused(StaffProblem::TooMany);
        }
        let password = new
            .password
            .map(|password| self.new_password(password))
            .transpose()?;
        if new.second_factor && password.is_none() {
            return refused(StaffProblem::NoFirstFactor);
        }
        let second = new.second_factor.then(|| self.new_second_factor());
        let address = second
            .as_ref()
            .map(|second| second.address(&self.tenant_settings().name, new.name))
            .transpose()?;
        let member = StoredMember {
            name,
            role: new.role,
            since: self.now().to_string(),
            password,
            second,
            sign_ins: SignIns::default(),
            first: None,
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
            let member = named(&staff, name)?;
            by.may_touch(role)?;
            by.may_touch(member.body.role)?;
            if by.is(member) {
                return Err(ServiceError::Staff(StaffProblem::OwnRole));
            }
            if role != StaffRole::PrivacyOfficer {
                refuse_last_officer(&staff, member)?;
            }
            let body = StoredMember {
                role,
                ..member.body.clone()
            };
            let change = (AccessChange::StaffRoleChanged, by.ledger_role());
            Ok((self.write_member(member, &body, Some(change))?, ()))
        })
    }

    /// Sets a member's password: the first one, or another. Answers a new second factor's secret as [`Self::add_member`] does.
    ///
    /// # Errors
    /// There is no such member, the password is too weak, or the actor is neither the member nor manages staff.
    pub fn set_password(
        &self,
        by: &Actor,
        name: &str,
        password: &str,
        second: SecondFactor,
    ) -> Result<Done<Option<String>>, ServiceError> {
        self.change_register("staff/password", || {
            let staff = self.staff()?;
            let member = named(&staff, name)?;
            if !by.is(member) {
                by.check(Permission::ManageStaff)
                    .map_err(|_| ServiceError::Staff(StaffProblem::NotYours))?;
                by.may_touch(member.body.role)?;
            }
            if member.row.state != ACTIVE {
                return Err(ServiceError::Staff(StaffProblem::Left));
            }
            let mut body = StoredMember {
                password: Some(self.new_password(password)?),
                sign_ins: member.body.sign_ins.forgiven(),
                ..member.body.clone()
            };
            let mut address = None;
            match second {
                SecondFactor::Keep => {}
                SecondFactor::End => body.second = None,
                SecondFactor::Renew => {
                    let new = self.new_second_factor();
                    address = Some(new.address(&self.tenant_settings().name, body.name.as_str())?);
                    body.second = Some(new);
                }
            }
            let change = (AccessChange::StaffPasswordChanged, by.ledger_role());
            Ok((self.write_member(member, &body, Some(change))?, address))
        })
    }

    /// The next version of a member, with the ledger's word on it; in a new entry where the one they have is full.
    fn write_member(
        &self,
        member: &Entry<StoredMember>,
        body: &StoredMember,
        change: Option<(AccessChange, Role)>,
    ) -> Result<RegisterWrite, ServiceError> {
        let first = member.body.first(&member.row);
        let change = change.map(|(change, role)| self.staff_changed(change, first.ordinal, role));
        let mut pen = self.pen(member.row.node)?;
        if pen.written() < VERSIONS_MAX {
            let items = vec![self.write_version(&mut pen, body)?];
            let entry = change.map(|change| self.write_entry(&mut pen, &change));
            return Ok(RegisterWrite {
                items,
                entry: entry.transpose()?,
                ..RegisterWrite::default()
            });
        }
        let body = StoredMember {
            first: Some(first),
            ..body.clone()
        };
        let mut draft = self.draft_register(RegisterKind::Staff, &member.row.state, &body)?;
        let entry = change.map(|change| self.draft_register_entry(&mut draft, &change));
        Ok(RegisterWrite {
            opens: vec![draft.new],
            moves: vec![StateMove {
                node: member.row.node,
                from: member.row.state.clone(),
                to: CONTINUED.to_owned(),
            }],
            entry: entry.transpose()?,
            ..RegisterWrite::default()
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
            by.may_touch(member.body.role)?;
            refuse_last_officer(&staff, member)?;
            let body = self.staff_changed(
                AccessChange::StaffDisabled,
                member.body.first(&member.row).ordinal,
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
                name: body.name.as_str().to_owned(),
                role: body.role,
                active: row.state == ACTIVE,
                has_password: body.password.is_some(),
                has_second_factor: body.second.is_some(),
                since: body.since,
            })
            .collect())
    }

    /// Who may act, by their nodes, and in which role.
    pub(crate) fn who_acts(&self) -> Result<Vec<(NodeId, StaffRole)>, ServiceError> {
        let mut staff = self.staff()?;
        staff.retain(|member| member.row.state == ACTIVE);
        let members = staff
            .iter()
            .map(|member| (member.body.first_node(&member.row), member.body.role));
        Ok(members.collect())
    }

    pub(crate) fn staff(&self) -> Result<Vec<Entry<StoredMember>>, ServiceError> {
        let mut staff: Vec<Entry<StoredMember>> = self.entries(RegisterKind::Staff)?;
        staff.sort_by_key(|member| member.body.first_node(&member.row));
        Ok(staff)
    }

    /// Everybody who may act now.
    pub(crate) fn active_members(&self) -> Result<Vec<Member>, ServiceError> {
        let staff = self.staff()?;
        let active = staff.into_iter().filter(|entry| entry.row.state == ACTIVE);
        Ok(active
            .map(|entry| Member {
                name: entry.body.name,
                role: entry.body.role,
            })
            .collect())
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
    let wanted: StaffName = name.parse().ok()?;
    staff.iter().find(|member| member.body.name == wanted)
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
    Err(ServiceError::Staff(StaffProblem::LastOfficer))
}
