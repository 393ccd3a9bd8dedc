//! What a start found, and what is missing for an answer to be complete, in the words of the person who reads it.

use wuhen_service::notice::{FenceProblem, Missing, Notice};

use super::Lang;
use super::errors::service_error;

/// A start's notice in one line.
pub(crate) fn notice(lang: Lang, notice: &Notice) -> String {
    match lang {
        Lang::En => notice.to_string(),
        Lang::Zh => notice_zh(notice),
    }
}

/// What is missing, in one line.
pub(crate) fn missing(lang: Lang, missing: &Missing) -> String {
    match lang {
        Lang::En => missing.to_string(),
        Lang::Zh => missing_zh(missing),
    }
}

/// What is missing, for machines.
pub(crate) fn in_english(missing: &[Missing]) -> Vec<String> {
    missing.iter().map(ToString::to_string).collect()
}

fn notice_zh(notice: &Notice) -> String {
    let error_zh = |error| service_error(Lang::Zh, error);
    match notice {
        Notice::OnlyRestored { cases } => format!(
            "该存储由快照恢复而来，其中有尚未完成的删除（{}）；待其接管快照仓库后会继续：请运行 wuhen snapshot create",
            cases.join("、")
        ),
        Notice::Complete { case } => {
            format!("案件 {case}：删除现已完成；运行 wuhen certificate get {case} 可取得证书")
        }
        Notice::Partial { case, missing } => {
            let missing: Vec<String> = missing.iter().map(missing_zh).collect();
            format!("案件 {case}：删除部分完成：{}", missing.join("；"))
        }
        Notice::NotSettled { case, error } => {
            format!("案件 {case}：删除尚未完成：{}", error_zh(error))
        }
        Notice::GivenUp { case } => {
            format!("案件 {case}：一次删除在生效前中断；没有删除任何内容；请重新提出")
        }
        Notice::LaterState { repository } => format!(
            "快照仓库 {repository} 中的状态比本数据库更新，本机磁盘丢失了后来的内容；请从该仓库恢复"
        ),
        Notice::RootLeftOver { kid } => format!("先前遗留的根密钥 {kid} 现已销毁"),
        Notice::Swept { attachments } => {
            format!("已清除一次中断的导入留下的 {attachments} 个附件")
        }
        Notice::NotSwept(error) => format!(
            "清除中断的导入留下的附件失败，下次启动时重试：{}",
            error_zh(error)
        ),
        Notice::NotGivenUp(error) => format!(
            "放弃一次中断的删除失败，下次启动时重试：{}",
            error_zh(error)
        ),
        Notice::FirstOfficer { name } => format!(
            "该存储建立时尚无人员：现已设有个人信息保护负责人 {name}，未设密码；可用 wuhen staff 添加其他人员"
        ),
        Notice::NoOfficer(error) => format!(
            "设立首位个人信息保护负责人失败，下次启动时重试：{}",
            error_zh(error)
        ),
    }
}

fn missing_zh(missing: &Missing) -> String {
    match missing {
        Missing::RootKept { custodian } => format!(
            "密钥服务 {custodian}：尚未生效：在所有快照仓库更新完毕且新密钥可用之前，旧的根密钥予以保留"
        ),
        Missing::RootNotDestroyed { custodian } => {
            format!("密钥服务 {custodian}：尚未生效：旧的根密钥未能在所有副本中销毁")
        }
        Missing::Copy { copy, detail } => format!("副本 {copy}：{detail}"),
        Missing::Probe { name, detail } => format!("检查 {name}：{detail}"),
        Missing::Repository { id, problem } => {
            let problem = match problem {
                FenceProblem::NotTakenOver => {
                    "在接管恢复所用的快照仓库之前，不会写入其他仓库".to_owned()
                }
                FenceProblem::Error(error) => service_error(Lang::Zh, error),
            };
            format!("快照仓库 {id} 未更新：{problem}")
        }
        Missing::Checkpoint(error) => {
            format!("账本检查点未保存：{}", service_error(Lang::Zh, error))
        }
    }
}

#[cfg(test)]
mod tests {
    use wuhen_service::ServiceError;

    use super::*;

    #[test]
    fn both_languages_name_the_case_and_the_repository() {
        let partial = Notice::Partial {
            case: "C-000007".to_owned(),
            missing: vec![Missing::Repository {
                id: "r-1".to_owned(),
                problem: FenceProblem::Error(ServiceError::NothingMatches),
            }],
        };
        for lang in [Lang::En, Lang::Zh] {
            let words = notice(lang, &partial);
            assert!(
                words.contains("C-000007") && words.contains("r-1"),
                "{words}"
            );
        }
        assert!(notice(Lang::Zh, &partial).contains("部分完成"));
    }
}
