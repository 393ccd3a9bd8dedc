//! Errors of the crates below, in the words of the person who reads them. English is what the errors say themselves; the
//! ones that people meet are said in Chinese here, the rest is framed.

use wuhen_custody::CustodyError;
use wuhen_formats::{FormatError, Problem as FormatProblem};
use wuhen_model::record::RecordError;
use wuhen_model::search::QueryError;
use wuhen_service::import::ImportProblem;
use wuhen_service::withhold::Withheld;
use wuhen_service::{Closed, ServiceError};
use wuhen_store::{RepositoryProblem, StoreError};

use super::Lang;
use super::bookings::sheet_zh;
use super::staff::staff_zh;
use crate::problem::in_full;

/// A use case's error in one line.
pub(crate) fn service_error(lang: Lang, error: &ServiceError) -> String {
    match lang {
        Lang::En => in_full(error),
        Lang::Zh => service_zh(error).unwrap_or_else(|| in_full(error)),
    }
}

/// A store's error in one line.
pub(crate) fn store_error(lang: Lang, error: &StoreError) -> String {
    match lang {
        Lang::En => in_full(error),
        Lang::Zh => store_zh(error).unwrap_or_else(|| in_full(error)),
    }
}

/// A key service's error in one line.
pub(crate) fn custody_error(lang: Lang, error: &CustodyError) -> String {
    match lang {
        Lang::En => in_full(error),
        Lang::Zh => custody_zh(error).unwrap_or_else(|| in_full(error)),
    }
}

fn service_zh(error: &ServiceError) -> Option<String> {
    Some(match error {
        ServiceError::Store(error) => return store_zh(error),
        ServiceError::Custody(error) => return custody_zh(error),
        ServiceError::Format(error) => return Some(format_zh(error)),
        ServiceError::Import {
            file,
            line,
            problem,
        } => {
            format!(
                "{file}:{line}：{}；该文件的内容均未导入",
                import_zh(problem)
            )
        }
        ServiceError::Bookings(refused) => format!(
            "{}：有 {} 处无法导入；该文件的内容均未导入",
            refused.file,
            refused.bad.len()
        ),
        ServiceError::Query(QueryError::TooShort) => "搜索至少需要两个字符".to_owned(),
        ServiceError::Query(QueryError::TooLong { chars }) => {
            format!("搜索词有 {chars} 个字符，过长")
        }
        ServiceError::Sealed { what, .. } => {
            format!("无法打开 {what}：存储中的行与密钥不属于同一套")
        }
        ServiceError::Ledger(problem) => format!("账本无效：{problem}"),
        ServiceError::NotFound { kind, id, .. } => {
            let (kind, hint) = not_found_zh(kind);
            format!("没有{kind} {id:?}；{hint}")
        }
        ServiceError::Ambiguous { kind, id, within } => {
            format!(
                "{} {id:?} 不止一个；请在编号前写明是哪一个，用斜线隔开：{}",
                record_zh(kind),
                within.join("、")
            )
        }
        ServiceError::NothingMatches => "没有符合条件的记录；未删除任何内容".to_owned(),
        ServiceError::Pending { case } => format!(
            "先前的删除（案件 {case}）尚未生效：正在等待快照仓库或密钥服务，wuhen doctor 会说明；\
             请恢复连接，或注销该仓库，然后重试"
        ),
        ServiceError::Unfinished { case, error } => {
            let reason = match &**error {
                ServiceError::Store(StoreError::Full) => "磁盘已满，请腾出空间".to_owned(),
                error => service_error(Lang::Zh, error),
            };
            format!(
                "删除（案件 {case}）尚未完成：记录已经移除，不会再出现；失败之处（{reason}）每次启动时都会重试，\
                 wuhen certificate list 会说明进展"
            )
        }
        ServiceError::Quarantined(problem) => format!("该租户已被隔离：{problem}"),
        ServiceError::Io { path, source } => format!("{path} 无法读写：{source}"),
        _ => return refusal_zh(error),
    })
}

/// What somebody may not, or what is kept from them.
fn refusal_zh(error: &ServiceError) -> Option<String> {
    Some(match error {
        ServiceError::BatchTooLarge {
            records,
            records_max,
        } => format!(
            "将一次删除 {records} 条记录，而每批最多 {records_max} 条；请核对，如确需删除请指定 --limit {records}"
        ),
        ServiceError::Withheld {
            number,
            viewer,
            why,
        } => format!(
            "附件 {number} 不向角色 {} 显示：{}；主管或个人信息保护负责人可用 --reveal 和 --reason 解除",
            viewer.as_str(),
            withheld_zh(*why)
        ),
        ServiceError::NotAllowed { role, permission } => {
            format!("角色“{}”不能{}", role.words().zh, permission.words().zh)
        }
        ServiceError::Staff(problem) => staff_zh(problem),
        ServiceError::Held { holds } => format!(
            "其中部分记录处于诉讼保留之下（{}）；未删除任何内容；wuhen hold list 可查看",
            holds.join("、")
        ),
        ServiceError::Closed(why) => format!("不显示该记录：{}", closed_zh(*why)),
        _ => return None,
    })
}

fn closed_zh(why: Closed) -> &'static str {
    match why {
        Closed::Restricted => {
            "已限制处理：依法保存，任何人不得查看或搜索；仅可因法院要求或争议予以披露"
        }
        Closed::Frozen => "已申请删除，任何人不再查看",
        Closed::Minor => "属于未成年人，查看须经批准",
    }
}

fn withheld_zh(why: Withheld) -> &'static str {
    match why {
        Withheld::IdentityDocument => "已标为身份证件",
        Withheld::Findings => "其中发现个人信息，而 PDF 文件无法脱敏",
        Withheld::NotRead => "未能读完，其中内容未知",
        Withheld::NothingClear => "该角色不能读取无法脱敏的内容",
    }
}

fn store_zh(error: &StoreError) -> Option<String> {
    Some(match error {
        StoreError::InUse { folder } => {
            format!("存储 {folder} 正被另一个进程使用；请等它结束，或将其停止")
        }
        StoreError::Missing { folder } => {
            format!("{folder} 中没有存储；请运行 wuhen init --store {folder} --tenant 名称")
        }
        StoreError::NotEmpty { folder } => {
            format!("{folder} 中已有存储或其他文件；请选择空的或新的文件夹")
        }
        StoreError::Newer { found, known } => {
            format!("存储的版本为 {found}，本程序只支持到 {known}；请使用更新的 wuhen")
        }
        StoreError::Foreign { file } => format!("{file} 不是 wuhen 存储"),
        StoreError::Full => "磁盘已满；本次操作未保存任何内容：请腾出空间后重试".to_owned(),
        StoreError::Conflict(_) => "存储在此期间发生了变化；请重新运行该命令".to_owned(),
        StoreError::Held => "其中部分记录处于诉讼保留之下；未删除任何内容".to_owned(),
        StoreError::Damaged(what) => format!("存储已损坏（{what}）；请从快照恢复"),
        StoreError::Repository { folder, problem } => {
            format!("快照仓库 {folder}：{}", repository_zh(*problem))
        }
        StoreError::Thread(source) => format!("导入需要一个线程，而系统未能提供：{source}"),
        StoreError::Io { path, source } => format!("{path} 无法读写：{source}"),
        _ => return None,
    })
}

fn repository_zh(problem: RepositoryProblem) -> &'static str {
    match problem {
        RepositoryProblem::Away => "文件夹不存在或其中没有仓库；请重新连接，或将其注销",
        RepositoryProblem::Foreign => "其中的文件不是快照仓库",
        RepositoryProblem::NotEmpty => "文件夹不是空的；请选择新的或空的文件夹",
        RepositoryProblem::OfAnother => "这是别的租户的仓库，或本租户的另一个仓库",
        RepositoryProblem::Forked => {
            "其账本与本存储的账本已分叉：有别的存储写入过它，或本存储是旧的副本；请使用另一个存储，或从该仓库恢复"
        }
        RepositoryProblem::Ahead => "它比本存储更新：本存储是旧的副本；请从该仓库恢复",
        RepositoryProblem::TakenOver => {
            "本存储恢复之后，已有别的存储写入过它；请使用那个存储，或在此注销该仓库"
        }
        RepositoryProblem::ReadBackDiffers => "重新读出的副本与写入的内容不符",
        RepositoryProblem::AttachmentMissing => "其中缺少一个附件文件",
        RepositoryProblem::NeverFenced => "它从未同步过",
        RepositoryProblem::NoSnapshot => "其中还没有快照",
        RepositoryProblem::NoSuchSnapshot => "其中没有该快照；wuhen snapshot list 可列出",
        RepositoryProblem::BehindItsLedger => "其中的密钥行落后于其账本，无法恢复",
    }
}

fn custody_zh(error: &CustodyError) -> Option<String> {
    Some(match error {
        CustodyError::Absent(kid) => {
            format!("任何密钥副本中都没有根密钥 {kid}：它已被销毁，或这不是该存储的密钥")
        }
        CustodyError::NotOpened(kid) => {
            format!("根密钥 {kid} 打不开该存储：已损坏，或属于别的存储")
        }
        CustodyError::Forbidden { folder, other } => format!(
            "密钥文件夹 {} 与 {} 必须分开存放，否则复制一个就会带走另一个；请用 --keys 另选文件夹",
            folder.display(),
            other.display()
        ),
        CustodyError::NoReplica(folder) => {
            format!(
                "没有文件夹 {}：请挂载其磁盘，或重新建立后运行 wuhen doctor --repair",
                folder.display()
            )
        }
        CustodyError::TooOpen { path, fix } => {
            format!(
                "其他用户可以访问 {0}：请运行 chmod {fix} {0}",
                path.display()
            )
        }
        CustodyError::Damaged(path) => format!(
            "{} 已损坏：请从其他副本修复（wuhen doctor --repair）",
            path.display()
        ),
        CustodyError::Replicas { failures, .. } => {
            let failures: Vec<String> = failures
                .iter()
                .map(|failure| {
                    let reason =
                        custody_zh(&failure.error).unwrap_or_else(|| in_full(&failure.error));
                    format!("{}（{reason}）", failure.label)
                })
                .collect();
            format!("部分密钥副本未能完成操作：{}", failures.join("、"))
        }
        CustodyError::Io { path, source, .. } => format!("{} 无法读写：{source}", path.display()),
        _ => return None,
    })
}

fn format_zh(error: &FormatError) -> String {
    let problem = format_problem_zh(&error.problem);
    if error.line == 0 {
        return format!("{}：{problem}", error.file);
    }
    format!(
        "{}:{}：{problem}；该文件的内容均未导入",
        error.file, error.line
    )
}

/// What is wrong with a file or a line, without its place, and what to do.
pub(crate) fn format_problem(lang: Lang, problem: &FormatProblem) -> String {
    match lang {
        Lang::En => format!("{}; {}", in_full(problem), problem.hint()),
        Lang::Zh => format_problem_zh(problem),
    }
}

fn format_problem_zh(problem: &FormatProblem) -> String {
    match problem {
        FormatProblem::Io(source) => format!("无法读取该文件：{source}；请检查路径和权限"),
        FormatProblem::CompressedDataCut => "压缩数据不完整；请重新下载或压缩".to_owned(),
        FormatProblem::CompressedDataDamaged(_) => "压缩数据已损坏；请重新下载或压缩".to_owned(),
        FormatProblem::LineTooLong => "该行过长；每条记录应独占一行，文件请作为附件".to_owned(),
        FormatProblem::Encoding { encoding, byte } => {
            format!("该行第 {byte} 字节不是有效的 {encoding}；请另存为 UTF-8 后重试")
        }
        FormatProblem::Zero { byte } => format!(
            "该行第 {byte} 字节为零：可能是没有字节顺序标记的 UTF-16；请另存为 UTF-8 后重试"
        ),
        FormatProblem::Utf16 => "该行不是有效的 UTF-16；请另存为 UTF-8 后重试".to_owned(),
        FormatProblem::Record(error) => record_error_zh(error),
        FormatProblem::Sheet(problem) => sheet_zh(*problem),
    }
}

fn record_error_zh(error: &RecordError) -> String {
    match error {
        RecordError::NotJson { byte } => {
            format!("第 {byte} 字节处不是有效的 JSON；每行应为一个完整的 JSON 对象")
        }
        RecordError::CutShort => "JSON 在对象中间中断；每行应为一个完整的 JSON 对象".to_owned(),
        RecordError::NotAnObject => "不是 JSON 对象；每行应为一个完整的 JSON 对象".to_owned(),
        RecordError::UnknownType => "字段 `type` 不是 guest、conversation 或 message".to_owned(),
        RecordError::Missing { field } => format!("缺少字段 `{field}`"),
        RecordError::Twice { field } => format!("字段 `{field}` 在同一对象中出现两次"),
        RecordError::Wrong { field, expected } => format!("字段 `{field}` 不是 {expected}"),
        RecordError::Empty { field } => format!("字段 `{field}` 为空"),
        RecordError::ControlCharacter { field } => format!("字段 `{field}` 含有控制字符"),
        RecordError::TooLong {
            field,
            bytes,
            bytes_max,
        } => {
            format!("字段 `{field}` 有 {bytes} 字节，超过上限 {bytes_max}")
        }
        RecordError::TooMany {
            field,
            entries,
            entries_max,
        } => {
            format!("字段 `{field}` 有 {entries} 项，超过上限 {entries_max}")
        }
    }
}

fn import_zh(problem: &ImportProblem) -> String {
    match problem {
        ImportProblem::UnknownReference { field, kind } => {
            let kind = record_zh(kind);
            format!("字段 `{field}` 所指的{kind}不存在；{kind}必须先于引用它的记录出现")
        }
        ImportProblem::Duplicate(kind) => format!(
            "该{}编号在此来源中出现两次；编号在来源内必须唯一",
            record_zh(kind)
        ),
        ImportProblem::ConversationsOfGuest(count) => {
            format!("该客人已有 {count} 个会话，达到上限")
        }
        ImportProblem::Attachment(error) => format!("附件：{}", in_full(error)),
        ImportProblem::AttachmentIo(error) => format!("无法读取附件：{error}"),
        ImportProblem::Closed => "该会话正在被删除；请稍后再导入".to_owned(),
    }
}

fn record_zh(kind: &str) -> &str {
    match kind {
        "guest" => "客人",
        "conversation" => "会话",
        "message" => "消息",
        other => other,
    }
}

fn not_found_zh(kind: &str) -> (&str, &'static str) {
    match kind {
        "guest" => ("客人", "wuhen guests 可列出"),
        "conversation" => ("会话", "wuhen conversations 可列出"),
        "message" => ("消息", "wuhen show 会话 可列出"),
        "attachment" => ("附件", "wuhen show 会话 会列出附件及其序号"),
        "hold" => ("诉讼保留", "wuhen hold list 可列出"),
        "match" => ("相符的消息", "未设置诉讼保留；wuhen search 的查找方式相同"),
        "label" => ("标签", "wuhen conversations 会显示会话的标签"),
        "member of staff" => ("人员", "wuhen staff list 可列出"),
        "repository" => ("快照仓库", "wuhen snapshot list 可列出"),
        "case" | "certificate" => ("案件或证明", "wuhen certificate list 可列出"),
        other => (other, "请检查写法"),
    }
}
