//! The people of a house: their roles, and what each role may do. One table; whoever asks, asks it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A role of staff.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StaffRole {
    /// Talks with guests.
    Agent,
    /// Stands over agents.
    Supervisor,
    /// Answers for the house's personal data (PIPL 52, GDPR 37).
    PrivacyOfficer,
    /// Reads what was done, and changes nothing.
    Auditor,
    /// Runs the house's account: staff and settings, no records.
    TenantAdmin,
}

/// A role that is not in the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("no such role; there are agent, supervisor, privacy-officer, auditor, tenant-admin")]
pub struct UnknownRole;

impl StaffRole {
    /// All, in the order of the documents.
    pub const ALL: [Self; 5] = [
        Self::Agent,
        Self::Supervisor,
        Self::PrivacyOfficer,
        Self::Auditor,
        Self::TenantAdmin,
    ];

    /// The name on the command line and in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
            Self::PrivacyOfficer => "privacy-officer",
            Self::Auditor => "auditor",
            Self::TenantAdmin => "tenant-admin",
        }
    }

    /// For people, in English and Chinese.
    #[must_use]
    pub const fn said(self) -> (&'static str, &'static str) {
        match self {
            Self::Agent => ("agent", "客服"),
            Self::Supervisor => ("supervisor", "主管"),
            Self::PrivacyOfficer => ("privacy officer", "个人信息保护负责人"),
            Self::Auditor => ("auditor", "审计员"),
            Self::TenantAdmin => ("tenant admin", "租户管理员"),
        }
    }
}

impl fmt::Display for StaffRole {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl FromStr for StaffRole {
    type Err = UnknownRole;

    fn from_str(name: &str) -> Result<Self, UnknownRole> {
        let mut all = Self::ALL.into_iter();
        all.find(|role| role.as_str() == name).ok_or(UnknownRole)
    }
}

/// Something that a person does with the program.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Permission {
    /// Read and search records, masked as far as the role is not to see them.
    Read,
    /// Lift masks, with a reason.
    Reveal,
    /// Read what is restricted or held, to disclose it to a court or in a dispute.
    Disclose,
    /// Read records of somebody under age.
    ReadMinors,
    /// Put records in: import, bookings.
    Write,
    /// Put labels and marks on records.
    Label,
    /// Hide records for a guest, and show them again.
    Hide,
    /// Ask for an erasure or a redaction.
    RequestErasure,
    /// Erase without waiting, under a pack that has no rules.
    EraseAtOnce,
    /// Let somebody else's request go on.
    Approve,
    /// Refuse a request, with its article; close one with exceptions.
    Refuse,
    /// Place a legal hold, or agree to its release.
    Hold,
    /// Put rules in force.
    ApplyRules,
    /// Add, disable and change members of staff.
    ManageStaff,
    /// Change the house's settings: its numbers, its schedules, its recipients.
    ManageHouse,
    /// Snapshots, repositories, restores, keys.
    ManageCopies,
    /// Read the access log and the list of what was done.
    Audit,
    /// Run what is due.
    RunSchedules,
}

impl Permission {
    /// All, in the order of the documents.
    pub const ALL: [Self; 18] = [
        Self::Read,
        Self::Reveal,
        Self::Disclose,
        Self::ReadMinors,
        Self::Write,
        Self::Label,
        Self::Hide,
        Self::RequestErasure,
        Self::EraseAtOnce,
        Self::Approve,
        Self::Refuse,
        Self::Hold,
        Self::ApplyRules,
        Self::ManageStaff,
        Self::ManageHouse,
        Self::ManageCopies,
        Self::Audit,
        Self::RunSchedules,
    ];

    /// For people, in English and Chinese.
    #[must_use]
    pub const fn said(self) -> (&'static str, &'static str) {
        match self {
            Self::Read => ("read records", "查看记录"),
            Self::Reveal => ("lift masks", "查看脱敏前的内容"),
            Self::Disclose => (
                "disclose restricted or held records",
                "披露限制处理或诉讼保留的记录",
            ),
            Self::ReadMinors => ("read records of minors", "查看未成年人的记录"),
            Self::Write => ("put records in", "录入记录"),
            Self::Label => ("label and mark records", "添加标签和标记"),
            Self::Hide => ("hide records", "隐藏记录"),
            Self::RequestErasure => ("ask for an erasure", "申请删除"),
            Self::EraseAtOnce => ("erase at once", "立即删除"),
            Self::Approve => ("approve requests", "批准申请"),
            Self::Refuse => ("refuse requests", "拒绝申请"),
            Self::Hold => ("place and release legal holds", "设置和解除诉讼保留"),
            Self::ApplyRules => ("put rules in force", "使规则生效"),
            Self::ManageStaff => ("manage staff", "管理人员"),
            Self::ManageHouse => ("change the house's settings", "更改设置"),
            Self::ManageCopies => ("manage snapshots and keys", "管理快照和密钥"),
            Self::Audit => ("read the access log", "查看访问日志"),
            Self::RunSchedules => ("run what is due", "执行到期任务"),
        }
    }
}

/// Whether a role may.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Alone.
    Yes,
    /// Once a second person has agreed.
    WithSecondPerson,
    /// Not at all.
    No,
}

/// Whether a role may do something.
#[must_use]
pub const fn may(role: StaffRole, permission: Permission) -> Verdict {
    use Permission as P;
    use Verdict::{No, WithSecondPerson as Second, Yes};
    // Agent, supervisor, privacy officer, auditor, tenant admin.
    let verdicts = match permission {
        P::Read => [Yes, Yes, Yes, Yes, No],
        P::Disclose => [No, Second, Second, No, No],
        P::ReadMinors | P::RequestErasure => [Second, Second, Second, No, No],
        P::Write | P::Label | P::Hide => [Yes, Yes, Yes, No, No],
        P::Reveal | P::Approve | P::Hold => [No, Yes, Yes, No, No],
        P::EraseAtOnce | P::Refuse | P::ApplyRules => [No, No, Yes, No, No],
        P::ManageStaff | P::ManageHouse | P::ManageCopies | P::RunSchedules => {
            [No, No, Yes, No, Yes]
        }
        P::Audit => [No, No, Yes, Yes, No],
    };
    verdicts[role as usize]
}

/// Longest name of a member of staff, bytes.
pub const STAFF_NAME_BYTES_MAX: usize = 64;

/// Whether a member of staff can be called so: letters and digits of any script, dots, hyphens, underscores.
#[must_use]
pub fn is_staff_name(name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    (1..=STAFF_NAME_BYTES_MAX).contains(&name.len()) && name.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_auditor_changes_nothing_and_an_admin_reads_no_record() {
        use Permission as P;
        let changes = P::ALL
            .into_iter()
            .filter(|one| !matches!(one, P::Read | P::Audit));
        for permission in changes {
            assert_eq!(
                may(StaffRole::Auditor, permission),
                Verdict::No,
                "{permission:?}"
            );
        }
        for permission in [P::Read, P::Reveal, P::Disclose, P::ReadMinors, P::Audit] {
            assert_eq!(
                may(StaffRole::TenantAdmin, permission),
                Verdict::No,
                "{permission:?}"
            );
        }
    }

    #[test]
    fn only_the_privacy_officer_erases_at_once_and_every_request_of_staff_needs_a_second_person() {
        for role in StaffRole::ALL {
            let at_once = may(role, Permission::EraseAtOnce) == Verdict::Yes;
            assert_eq!(at_once, role == StaffRole::PrivacyOfficer);
            assert_ne!(may(role, Permission::RequestErasure), Verdict::Yes);
            assert_ne!(may(role, Permission::Disclose), Verdict::Yes);
        }
    }

    #[test]
    fn a_name_has_a_limit_and_no_blanks() {
        assert!(is_staff_name("li.mei") && is_staff_name("李梅"));
        assert!(is_staff_name(&"a".repeat(STAFF_NAME_BYTES_MAX)));
        assert!(!is_staff_name(&"a".repeat(STAFF_NAME_BYTES_MAX + 1)));
        for name in ["", "li mei", "a/b", "a\nb", "\u{202e}abc"] {
            assert!(!is_staff_name(name), "{name:?}");
        }
    }

    #[test]
    fn every_role_is_read_as_it_is_written() {
        for role in StaffRole::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        assert_eq!("Agent".parse::<StaffRole>(), Err(UnknownRole));
    }
}
