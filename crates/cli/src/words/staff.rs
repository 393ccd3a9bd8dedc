//! What was refused of staff, in Chinese. In English the service says it itself.

use wuhen_detect::Viewer;
use wuhen_model::people::{STAFF_NAME_BYTES_MAX, StaffRole};
use wuhen_service::staff::{PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN, STAFF_MAX, StaffProblem};

pub(super) fn staff_zh(problem: &StaffProblem) -> String {
    use StaffProblem as P;
    let words = match problem {
        P::BadName => {
            return format!(
                "人员姓名应为 1 至 {STAFF_NAME_BYTES_MAX} 字节：字母、汉字、数字、点、连字符或下划线，不含空格"
            );
        }
        P::TooMany => return format!("人员（含已离职者）最多 {STAFF_MAX} 名"),
        P::WeakPassword => {
            return format!("密码至少 {PASSWORD_CHARS_MIN} 个字符，至多 {PASSWORD_BYTES_MAX} 字节");
        }
        P::LockedOut { until } => {
            return format!(
                "密码或验证码连续错误次数过多：{until} 之后可再试；管理人员者可为其设置新密码以解除"
            );
        }
        P::AboveOwnRole { role, asked } => {
            let asked = asked.parse::<Viewer>().map_or(*asked, viewer_zh);
            return format!("角色“{}”不能以“{asked}”的身份查看", role.words().zh);
        }
        P::NameTaken => "现在或以前已有同名人员；请另选姓名",
        P::NoFirstFactor => "启用动态验证码须先有密码：请同时指定密码",
        P::NotComputed => "无法计算密码或动态验证码",
        P::LastOfficer => "这是唯一的个人信息保护负责人：请先将该角色授予他人",
        P::OfficersOnly => "只有个人信息保护负责人可以添加、更改或停用个人信息保护负责人",
        P::OwnRole => "不能更改自己的角色；请由其他管理人员者更改",
        P::NotYours => "密码只能由本人或管理人员者设置",
        P::Left => "此人已离职：其权限已终止",
        P::NotShown => {
            "未证明操作者身份：请用 --password-file 指定密码；启用了动态验证码的，还须用 --code 指定验证码"
        }
        P::CodeUsed => "该验证码已使用过：每个验证码只能用一次；下一个将在半分钟内出现",
        P::NoOfficer => "没有可以操作的个人信息保护负责人；请用 --as 指定操作者",
    };
    words.to_owned()
}

fn viewer_zh(viewer: Viewer) -> &'static str {
    match viewer {
        Viewer::Agent => StaffRole::Agent.words().zh,
        Viewer::Supervisor => StaffRole::Supervisor.words().zh,
        Viewer::PrivacyOfficer => StaffRole::PrivacyOfficer.words().zh,
        Viewer::Auditor => StaffRole::Auditor.words().zh,
    }
}
