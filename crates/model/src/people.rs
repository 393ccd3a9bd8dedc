//! Who works in a house and what each role may do: roles, the one table of permissions, names of staff, and the second person that
//! a staff request needs. Who is signed in, and with what, is for `service`.

mod name;
mod permission;
mod second;

pub use self::name::{BadStaffName, STAFF_NAME_BYTES_MAX, StaffName};
pub use self::permission::{Permission, Verdict, may, roles_document};
pub use self::second::{
    Approval, BATCH_RECORDS_MAX, COOLING_OFF_HOURS, Member, NotApproved, Second, cooling_off_until,
    second_person,
};

named! {
    /// A role of staff, in rising power over records; the auditor and the tenant's administrator stand beside that order. Operation rights
    /// are set by role (PIPL, article 51, item 4), and the privacy officer is the person in charge of article 52.
    pub enum StaffRole {
        /// Talks with guests.
        Agent = "agent", "客服", "agent";
        /// Stands over agents; approves what they ask for.
        Supervisor = "supervisor", "主管", "supervisor";
        /// Answers for the house's personal data (PIPL, article 52; GDPR, articles 37 to 39).
        PrivacyOfficer = "privacy-officer", "个人信息保护负责人", "privacy officer";
        /// Reads what was done (PIPL, article 54), and changes nothing.
        Auditor = "auditor", "审计员", "auditor";
        /// Manages staff and settings; sees nothing unmasked.
        TenantAdmin = "tenant-admin", "租户管理员", "tenant admin";
    }
}

#[cfg(test)]
mod tests;
