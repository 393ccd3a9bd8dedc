//! What the program lets people do, and which role may do it: one table, printed as `docs/roles.md`. Everything not in the list is done
//! by the program itself, or by a guest with the guest's own records.

use std::fmt::Write as _;

use super::StaffRole;

named! {
    /// Something that a member of staff may do, or may not.
    pub enum Permission {
        /// Read records as the role's masks show them.
        ReadMasked = "read-masked", "查看脱敏记录", "read records with masks";
        /// Search texts.
        Search = "search", "搜索", "search";
        /// Lift masks, with a reason and on record.
        Reveal = "reveal", "查看原文", "lift masks";
        /// Read what is restricted or held, for a court or in a dispute: two people, a matter, a log entry (PIPL, article 47(2)).
        ReadRestricted = "read-restricted", "披露限制处理的记录", "disclose restricted records";
        /// Read a minor's records: approved and logged (Regulations on the protection of minors in cyberspace, article 36).
        ReadMinor = "read-minor", "查看未成年人记录", "read a minor's records";
        /// See requests and how far they have come.
        SeeRequests = "see-requests", "查看删除申请", "see requests";
        /// See who read, revealed and changed what.
        SeeAccessLog = "see-access-log", "查看访问日志", "see the access log";
        /// See figures, storage and reports.
        SeeReports = "see-reports", "查看报告", "see reports";
        /// See and check retention rules, and what a change would make due.
        SeeRules = "see-rules", "查看保存规则", "see rules";
        /// Hand out the ledger with its proofs; it has no personal data.
        ExportLedger = "export-ledger", "导出账本", "export the ledger";
        /// Put labels on conversations, and mark importance and attachments, with a reason.
        Label = "label", "贴标签和标注重要性", "label, and mark importance";
        /// Hide and unhide at a guest's word.
        Hide = "hide", "隐藏和取消隐藏", "hide and unhide";
        /// Order a device's cache purged at a guest's word.
        PurgeDevice = "purge-device", "清除设备缓存", "purge a device";
        /// Feed and correct bookings: refunds, deposits, disputes.
        ManageBookings = "manage-bookings", "管理订单", "manage bookings";
        /// Record that a guest withdrew consent (PIPL, article 15).
        RecordWithdrawal = "record-withdrawal", "登记撤回同意", "record a withdrawal of consent";
        /// Bring in records.
        Import = "import", "导入记录", "import records";
        /// Replace spans for ever.
        Redact = "redact", "遮盖", "redact";
        /// Write a new version of a record that is wrong; the old one is erased (PIPL, article 46).
        Correct = "correct", "更正记录", "correct a record";
        /// Ask for an erasure in the house's name.
        RequestErasure = "request-erasure", "申请永久删除", "ask for an erasure";
        /// Let an erasure begin without its grace period.
        EraseAtOnce = "erase-at-once", "立即永久删除", "erase without grace";
        /// Destroy a confidentiality label and all that bears it.
        DestroyLabel = "destroy-label", "销毁保密标签", "destroy a label";
        /// Be the second person for what another of the staff asked for.
        Approve = "approve", "审批", "approve";
        /// Be the second person for a batch of more than 1,000 records.
        ApproveLargeBatch = "approve-large-batch", "审批大批量删除", "approve a large batch";
        /// Call back a request of staff in its grace. A guest's request is called back by the guest, or refused with a reason.
        CancelRequest = "cancel-request", "撤销员工申请", "cancel a request of staff";
        /// Refuse a request, with reason and article (PIPL, article 50).
        RefuseRequest = "refuse-request", "拒绝申请", "refuse a request";
        /// Close a request that is partial, with its exceptions listed.
        CloseWithExceptions = "close-with-exceptions", "附例外结案", "close with exceptions";
        /// Waive a checkpoint, with a reason.
        WaiveCheckpoint = "waive-checkpoint", "豁免核对项", "waive a checkpoint";
        /// Check who a guest is that has no account, or no second factor any more.
        VerifyIdentity = "verify-identity", "核验身份", "verify an identity";
        /// Merge guests who are one, and undo it.
        MergeGuests = "merge-guests", "合并客人档案", "merge guests";
        /// Hand out a copy of records (PIPL, article 45; GDPR, article 15).
        ExportRecords = "export-records", "导出记录副本", "hand out a copy of records";
        /// Hand records to an authority abroad, with an approval number (PIPL, article 41).
        DiscloseAbroad = "disclose-abroad", "向境外机构提供", "disclose to an authority abroad";
        /// Block erasure for a matter.
        PlaceHold = "place-hold", "设置诉讼保留", "place a hold";
        /// End a hold.
        ReleaseHold = "release-hold", "解除诉讼保留", "release a hold";
        /// Put a rule pack into force.
        ApplyRules = "apply-rules", "应用保存规则", "apply rules";
        /// Register recipients and write down their word (GDPR, article 19).
        ManageRecipients = "manage-recipients", "管理接收方", "manage recipients";
        /// Add and disable staff, and change roles.
        ManageStaff = "manage-staff", "管理员工", "manage staff";
        /// Change the tenant's settings: time zone, grace, own numbers, schedules.
        ManageSettings = "manage-settings", "管理设置", "manage settings";
        /// Make snapshots and register repositories.
        Snapshot = "snapshot", "创建快照", "make snapshots";
        /// Bring a store back from a snapshot.
        Restore = "restore", "从快照恢复", "restore";
        /// Let a repository go that fell silent: old roots die without it.
        UnregisterRepository = "unregister-repository", "注销快照库", "unregister a repository";
        /// Finish what a crash left, probe, and examine the store.
        Maintain = "maintain", "维护和检查", "maintain and examine";
        /// Execute work that is due.
        RunSchedules = "run-schedules", "执行到期任务", "run due work";
        /// Close the tenant: what is due is erased, the rest restricted until its floor.
        CloseTenant = "close-tenant", "关闭租户", "close the tenant";
    }
}

named! {
    /// Whether a role may.
    pub enum Verdict {
        /// Alone.
        Yes = "yes", "可以", "yes";
        /// When a second person approved; never the same.
        WithSecondPerson = "with-second-person", "需另一人审批", "with a second person";
        /// Not at all.
        No = "no", "不可以", "no";
    }
}

/// Whether a role may do something. The one table: `docs/roles.md` is printed from it.
#[must_use]
pub const fn may(role: StaffRole, permission: Permission) -> Verdict {
    permission.row()[match role {
        StaffRole::Agent => 0,
        StaffRole::Supervisor => 1,
        StaffRole::PrivacyOfficer => 2,
        StaffRole::Auditor => 3,
        StaffRole::TenantAdmin => 4,
    }]
}

impl Permission {
    /// Agent, supervisor, privacy officer, auditor, tenant admin.
    #[expect(clippy::match_same_arms, reason = "a table has one row for each")]
    const fn row(self) -> [Verdict; 5] {
        use Verdict::{No as N, WithSecondPerson as T, Yes as Y};
        match self {
            Self::ReadMasked => [Y, Y, Y, Y, N],
            // A search tells what stands under masks, word by word: who manages settings has no need of it.
            Self::Search => [Y, Y, Y, Y, N],
            Self::Reveal => [N, Y, Y, N, N],
            Self::ReadRestricted => [N, N, T, N, N],
            Self::ReadMinor => [T, T, Y, N, N],
            Self::SeeRequests => [Y, Y, Y, Y, N],
            Self::SeeAccessLog => [N, N, Y, Y, N],
            Self::SeeReports => [N, Y, Y, Y, Y],
            Self::SeeRules => [Y, Y, Y, Y, Y],
            Self::ExportLedger => [N, Y, Y, Y, Y],
            Self::Label => [Y, Y, Y, N, N],
            Self::Hide => [Y, Y, Y, N, N],
            Self::PurgeDevice => [Y, Y, Y, N, N],
            Self::ManageBookings => [Y, Y, Y, N, N],
            Self::RecordWithdrawal => [Y, Y, Y, N, N],
            Self::Import => [N, Y, Y, N, Y],
            Self::Redact => [T, T, Y, N, N],
            Self::Correct => [T, T, Y, N, N],
            // A privacy officer under the pack `none` acts at once and alone: that is for `service` to know.
            Self::RequestErasure => [T, T, T, N, N],
            Self::EraseAtOnce => [N, N, Y, N, N],
            Self::DestroyLabel => [N, N, T, N, N],
            Self::Approve => [N, Y, Y, N, N],
            Self::ApproveLargeBatch => [N, N, Y, N, N],
            Self::CancelRequest => [N, Y, Y, N, N],
            Self::RefuseRequest => [N, N, Y, N, N],
            Self::CloseWithExceptions => [N, N, Y, N, N],
            Self::WaiveCheckpoint => [N, N, Y, N, N],
            Self::VerifyIdentity => [N, Y, Y, N, N],
            Self::MergeGuests => [N, T, T, N, N],
            Self::ExportRecords => [N, T, Y, N, N],
            Self::DiscloseAbroad => [N, N, T, N, N],
            Self::PlaceHold => [N, Y, Y, N, N],
            Self::ReleaseHold => [N, T, T, N, N],
            Self::ApplyRules => [N, N, Y, N, N],
            Self::ManageRecipients => [N, N, Y, N, N],
            // The first privacy officer, made with the store, adds everybody else.
            Self::ManageStaff => [N, N, Y, N, Y],
            Self::ManageSettings => [N, N, Y, N, Y],
            Self::Snapshot => [N, N, Y, N, Y],
            Self::Restore => [N, N, Y, N, Y],
            Self::UnregisterRepository => [N, N, Y, N, N],
            Self::Maintain => [N, Y, Y, N, Y],
            Self::RunSchedules => [N, N, Y, N, Y],
            Self::CloseTenant => [N, N, T, N, T],
        }
    }

    /// Whether it changes nothing, of records or of the house.
    #[must_use]
    pub const fn only_reads(self) -> bool {
        matches!(
            self,
            Self::ReadMasked
                | Self::Search
                | Self::SeeRequests
                | Self::SeeAccessLog
                | Self::SeeReports
                | Self::SeeRules
                | Self::ExportLedger
        )
    }
}

/// The table as a page in both languages: `docs/roles.md`.
#[must_use]
pub fn roles_document() -> String {
    let mut page = String::from(
        "# Roles / 角色\n\nPrinted from the table in `crates/model/src/people/permission.rs`. *2*: with a second person, who is never \
         the same; *no*: `-`.\n由程序中的权限表生成。*2* 表示需另一人审批，两人不得为同一人；`-` 表示不可以。\n\n| |",
    );
    let mut line = String::from("|---|");
    for role in StaffRole::ALL {
        let words = role.words();
        let _ = write!(page, " {} {} |", words.en, words.zh);
        line.push_str("---|");
    }
    let _ = writeln!(page, "\n{line}");
    for permission in Permission::ALL {
        let words = permission.words();
        let _ = write!(page, "| {} {} (`{permission}`) |", words.en, words.zh);
        for role in StaffRole::ALL {
            let cell = match may(*role, *permission) {
                Verdict::Yes => "yes",
                Verdict::WithSecondPerson => "*2*",
                Verdict::No => "-",
            };
            let _ = write!(page, " {cell} |");
        }
        page.push('\n');
    }
    page
}
