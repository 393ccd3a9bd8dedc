//! The help in Chinese: every command and every argument, by name. A test fails where one is missing or extra.

use clap::{Arg, Command};

const ABOUTS: &[(&str, &str)] = &[
    ("wuhen", "可证明地遗忘的客服聊天记录"),
    ("wuhen init", "建立存储及其密钥"),
    ("wuhen import", "导入聊天记录"),
    ("wuhen stats", "存储统计"),
    ("wuhen guests", "列出客人"),
    ("wuhen conversations", "列出会话"),
    ("wuhen show", "显示一个会话及其消息"),
    ("wuhen search", "按文字搜索消息"),
    ("wuhen scan", "在文本或存储中查找个人信息"),
    ("wuhen house", "本店自身的信息"),
    (
        "wuhen house numbers",
        "本店自己的电话号码（不属于个人信息）",
    ),
    ("wuhen house numbers add", "添加本店号码"),
    ("wuhen house numbers remove", "移除本店号码"),
    ("wuhen house numbers list", "列出本店号码"),
    (
        "wuhen house retention",
        "何时删除达到保存期限上限的记录；不指定时仅显示",
    ),
    (
        "wuhen house clean-up",
        "在日历日期清理旧记录；不指定时仅显示",
    ),
    (
        "wuhen run",
        "执行到期任务：到期删除、定期清理、复核、提醒、快照仓库",
    ),
    ("wuhen rules", "规则包：哪些记录须保存、可保存多久及其依据"),
    ("wuhen rules check", "检查规则包，逐处指出问题及其所在行"),
    (
        "wuhen rules show",
        "显示规则包中的规则；不指定时显示本店现行、等待生效及以往的规则包",
    ),
    (
        "wuhen rules apply",
        "启用规则包；在生效前的等待期内可以撤回",
    ),
    ("wuhen rules withdraw", "撤回等待生效的规则包"),
    ("wuhen rules confirm", "允许因数量超限而停止的批次继续"),
    ("wuhen rules diff", "逐条比较两个规则包"),
    (
        "wuhen rules schema",
        "输出规则包的 JSON Schema，供编辑器使用",
    ),
    ("wuhen rules count", "按法律规定计算期限"),
    ("wuhen attachment", "取出一个附件"),
    ("wuhen erase", "永久删除记录（无法撤销）"),
    (
        "wuhen redact",
        "遮盖文本中的个人信息，或从已存储的记录中永久遮盖（无法撤销；记录保留）",
    ),
    ("wuhen label", "为会话加上保密标签"),
    ("wuhen mark", "标明一个附件所示内容，或取消标明"),
    ("wuhen verify", "离线验证删除证明（不需要存储）"),
    ("wuhen ledger", "公开账本"),
    ("wuhen ledger check", "重新推导整个账本并核对"),
    ("wuhen ledger checkpoint", "打印已签名的检查点"),
    (
        "wuhen ledger export",
        "导出为外部监督者可读的文件夹（C2SP tlog-tiles）",
    ),
    ("wuhen ledger key", "打印验证删除证明所用的公钥"),
    ("wuhen ledger reveals", "谁解除过脱敏、针对什么、原因和次数"),
    (
        "wuhen snapshot",
        "为磁盘损坏准备的副本；已删除的内容不会从中恢复",
    ),
    ("wuhen snapshot init", "登记一个新的或空的快照文件夹"),
    ("wuhen snapshot create", "复制新内容"),
    (
        "wuhen snapshot list",
        "列出一个文件夹或所有已登记文件夹中的快照",
    ),
    (
        "wuhen snapshot restore",
        "从快照文件夹恢复到新的存储（--store）",
    ),
    (
        "wuhen snapshot unregister",
        "不再更新某个快照仓库（记录在账）",
    ),
    ("wuhen certificate", "以往的删除证明"),
    ("wuhen certificate list", "列出以往的删除"),
    ("wuhen certificate get", "打印或写出一份删除证明"),
    ("wuhen probe", "在所有文件的原始字节中查找不应存在的文本"),
    ("wuhen doctor", "检查本机有哪些可以改进之处"),
    ("wuhen completions", "打印 shell 补全脚本"),
];

const ARGUMENTS: &[(&str, &str)] = &[
    ("wuhen --store", "存储文件夹"),
    (
        "wuhen --keys",
        "密钥文件夹，每个副本指定一次 [默认：init 时所给]",
    ),
    ("wuhen --json", "以 JSON 回答，供程序使用"),
    ("wuhen --lang", "回答所用语言 [默认：按系统区域]"),
    ("wuhen init --tenant", "酒店、集团或旅行社的名称"),
    ("wuhen init --pack", "规则包"),
    ("wuhen init --timezone", "日期所用时区"),
    ("wuhen init --kind", "机构类型"),
    (
        "wuhen import files",
        "JSON Lines 文件，可为 .gz 或 .zst；- 为标准输入",
    ),
    (
        "wuhen import --source",
        "编号所属来源的名称 [默认：文件名去掉后缀]",
    ),
    (
        "wuhen import --allow-erased",
        "允许重新导入先前已删除的记录",
    ),
    ("wuhen guests --find", "只列出记录中含有此文本的客人"),
    ("wuhen conversations --guest", "只列出此客人的会话"),
    (
        "wuhen show conversation",
        "会话编号；多个来源都有时写成 来源/编号",
    ),
    (
        "wuhen guests --as",
        "查看者的角色：agent 客服、supervisor 主管、privacy-officer 个人信息保护负责人、auditor 审计员；决定哪些内容脱敏显示",
    ),
    (
        "wuhen conversations --as",
        "查看者的角色：agent 客服、supervisor 主管、privacy-officer 个人信息保护负责人、auditor 审计员；决定哪些内容脱敏显示",
    ),
    (
        "wuhen show --as",
        "查看者的角色：agent 客服、supervisor 主管、privacy-officer 个人信息保护负责人、auditor 审计员；决定哪些内容脱敏显示",
    ),
    (
        "wuhen show --reveal",
        "取消脱敏并记录在账；仅限 --as supervisor 或 --as privacy-officer",
    ),
    ("wuhen show --reason", "取消脱敏的原因；加密保存"),
    ("wuhen search text", "要查找的文字"),
    (
        "wuhen search --as",
        "查看者的角色：agent 客服、supervisor 主管、privacy-officer 个人信息保护负责人、auditor 审计员；决定哪些内容脱敏显示",
    ),
    (
        "wuhen scan file",
        "要读取的文本，`-` 表示标准输入；可以是压缩文件，UTF-8、UTF-16 或 GB18030",
    ),
    (
        "wuhen scan --format",
        "每行是什么：文本，或含 `id` 和 `text` 的 JSON 对象 [默认：text]",
    ),
    (
        "wuhen scan --kinds",
        "只查找这些种类，可写英文或中文名，如 MOBILE,银行卡号 [默认：全部]",
    ),
    ("wuhen scan --list", "最多列出多少个会话（上限 10000）"),
    (
        "wuhen scan --own-number",
        "本店自己的电话号码（不属于个人信息），每个号码指定一次；存储使用其自己的（house numbers）",
    ),
    (
        "wuhen scan --keep-going",
        "跳过文本中无法读取的行并逐一说明，结束时退出码为 3 [默认：在第一处停止]",
    ),
    (
        "wuhen scan --color",
        "何时以颜色标出：auto 仅在终端（设有 NO_COLOR 或 TERM=dumb 时除外）、always 总是、never 从不",
    ),
    (
        "wuhen house numbers add numbers",
        "电话号码，可带或不带区号",
    ),
    (
        "wuhen house numbers remove numbers",
        "电话号码；数字相同即为同一号码",
    ),
    (
        "wuhen house retention schedule",
        "如“每天 03:00”，按本店时间",
    ),
    (
        "wuhen house clean-up schedule",
        "如“每月1日和15日 03:00”，按本店时间",
    ),
    (
        "wuhen house clean-up --older-than",
        "删除多久以前发送的记录，如 180d 或 1y",
    ),
    (
        "wuhen house clean-up --limit",
        "每次最多清理多少条记录而无需再问 [默认：1000]",
    ),
    ("wuhen house clean-up --off", "不再清理"),
    ("wuhen run --once", "执行现已到期的任务后结束"),
    (
        "wuhen run --at",
        "按此时间执行，供试用：日期（2024-05-01 开始）或时间（RFC 3339）；不得早于账本最后一条",
    ),
    (
        "wuhen rules check pack",
        "规则包：TOML 文件，或随程序提供的 cn、eu、cn+eu、none",
    ),
    (
        "wuhen rules show pack",
        "规则包：TOML 文件，或随程序提供的 cn、eu、cn+eu、none",
    ),
    (
        "wuhen rules show --kind",
        "只显示适用于此类商家的规则：platform 平台、hotel-own-site 酒店自营",
    ),
    (
        "wuhen rules apply pack",
        "规则包：TOML 文件，或随程序提供的 cn、eu、cn+eu、none",
    ),
    (
        "wuhen rules apply --after",
        "等待多久生效，如 48h 或 7d；0h 为立即生效，仅限没有记录的存储或同时指定 --yes",
    ),
    (
        "wuhen rules apply --limit",
        "每批最多删除多少条记录而无需再问 [默认：1000]",
    ),
    ("wuhen rules apply --dry-run", "只说明哪些记录将到期"),
    ("wuhen rules apply --yes", "不询问"),
    ("wuhen rules apply --reason", "原因；加密保存"),
    ("wuhen rules confirm --yes", "不询问"),
    (
        "wuhen rules diff old",
        "原规则包：TOML 文件，或随程序提供的规则包名",
    ),
    ("wuhen rules diff new", "新规则包"),
    (
        "wuhen rules count period",
        "期限，如 3y 30d、1mo、15wd（工作日）",
    ),
    ("wuhen rules count --from", "期限起算事件发生之日"),
    (
        "wuhen rules count --counting",
        "依据：civil-code《民法典》、regulation-1182-71 欧盟条例、plain 自然日",
    ),
    (
        "wuhen rules count --member-state",
        "按欧盟条例计算时采用哪个成员国的公共假日：两个字母，如 DE",
    ),
    ("wuhen search --guest", "只在此客人的会话中查找"),
    (
        "wuhen search --from",
        "只查找此时及之后发送的消息：日期（2024-05-01，自当日开始）或时间（RFC 3339）",
    ),
    (
        "wuhen search --to",
        "只查找截至此时的消息：日期（含当日）或时间（之前）",
    ),
    ("wuhen attachment conversation", "会话编号"),
    ("wuhen attachment number", "附件序号，见 show"),
    ("wuhen attachment --output", "写入此新文件，而非标准输出"),
    (
        "wuhen attachment --as",
        "读取者的角色：决定哪些内容脱敏或不予显示",
    ),
    (
        "wuhen attachment --reveal",
        "解除脱敏（记录在账）；用于 --as supervisor 或 --as privacy-officer",
    ),
    ("wuhen attachment --reason", "解除脱敏的原因；加密保存"),
    ("wuhen erase --guest", "一位客人的全部记录"),
    ("wuhen erase --conversation", "整个会话"),
    (
        "wuhen erase --message",
        "单条消息及其附件；多个会话有同一编号时写成 会话/编号",
    ),
    ("wuhen erase --label", "带有此保密标签的所有会话"),
    (
        "wuhen erase --before",
        "此时之前发送的所有消息：日期（2024-05-01 开始）或时间（RFC 3339）",
    ),
    ("wuhen erase --reason", "原因；加密保存，并写在删除证明上"),
    ("wuhen erase --dry-run", "只说明会发生什么"),
    ("wuhen erase --yes", "不询问，直接删除"),
    ("wuhen erase --certificate", "将删除证明写入此新文件"),
    (
        "wuhen redact file",
        "要读取的文本，`-` 表示标准输入；可以是压缩文件，UTF-8、UTF-16 或 GB18030",
    ),
    (
        "wuhen redact --format",
        "每行是什么：文本，或含 `id` 和 `text` 的 JSON 对象 [默认：text]",
    ),
    ("wuhen redact --guest", "一位客人的资料及其所有会话"),
    (
        "wuhen redact --conversation",
        "这些会话的全部：会话记录、消息、附件",
    ),
    (
        "wuhen redact --message",
        "单条消息及其附件；多个会话有同一编号时写成 会话/编号",
    ),
    ("wuhen redact --all", "存储中的全部记录"),
    (
        "wuhen redact --documents",
        "如何处理其中发现相关内容的 PDF 文件（无法从中裁去内容）[默认：stay]",
    ),
    (
        "wuhen redact --kinds",
        "只处理这些种类，可写英文或中文名，如 MOBILE,银行卡号 [默认：全部]",
    ),
    (
        "wuhen redact --span",
        "该条消息当前文本中的这些字节（UTF-8），不论内容",
    ),
    ("wuhen redact --style", "遮盖之处留下什么"),
    (
        "wuhen redact --own-number",
        "本店自己的电话号码（不属于个人信息），每个号码指定一次；存储使用其自己的（house numbers）",
    ),
    (
        "wuhen redact --keep-going",
        "跳过文本中无法读取的行并逐一说明，结束时退出码为 3 [默认：在第一处停止]",
    ),
    (
        "wuhen redact --reason",
        "遮盖存储中记录的原因；加密保存，并写在证明上",
    ),
    ("wuhen redact --dry-run", "只说明会发生什么"),
    ("wuhen redact --yes", "不询问，直接遮盖"),
    ("wuhen redact --certificate", "将证明写入此新文件"),
    ("wuhen label conversation", "会话编号"),
    ("wuhen label name", "标签"),
    ("wuhen mark conversation", "会话编号"),
    ("wuhen mark number", "附件序号，见 show"),
    (
        "wuhen mark shows",
        "所示内容：identity-document 为身份证件或支付卡",
    ),
    ("wuhen mark --reason", "原因；加密保存"),
    ("wuhen mark --remove", "取消该标记"),
    (
        "wuhen mark --by",
        "由谁标明：guest 为客人，agent 为酒店人员",
    ),
    ("wuhen verify certificate", "删除证明"),
    (
        "wuhen verify --key",
        "含有酒店所公布公钥的文件：取其中第一行公钥",
    ),
    (
        "wuhen verify --pin",
        "证明有效时记住 --key 的公钥，以后无需再指定",
    ),
    ("wuhen ledger reveals --conversation", "只列出这个会话的"),
    ("wuhen ledger export folder", "文件夹"),
    ("wuhen snapshot init folder", "文件夹；最好在另一块磁盘上"),
    (
        "wuhen snapshot create --repository",
        "登记了多个时，指定其中一个",
    ),
    ("wuhen snapshot list folder", "文件夹；此时不需要存储"),
    ("wuhen snapshot restore folder", "文件夹"),
    (
        "wuhen snapshot restore --snapshot",
        "哪个快照 [默认：最后一个]",
    ),
    ("wuhen snapshot unregister repository", "仓库编号"),
    ("wuhen certificate get case", "案件编号，如 C-000001"),
    (
        "wuhen certificate get --output",
        "写入此新文件，而非标准输出",
    ),
    ("wuhen probe --needles", "文件，每行一条文本，至少六个字节"),
    (
        "wuhen doctor --repair",
        "将根密钥复制到缺少它的副本，并登记 --keys 新增的文件夹",
    ),
    ("wuhen completions shell", "哪种 shell"),
];

/// The definition with Chinese texts.
pub(super) fn translate(command: Command) -> Command {
    let path = command.get_name().to_owned();
    translate_at(command, &path).subcommand_help_heading("命令")
}

fn translate_at(command: Command, path: &str) -> Command {
    let names: Vec<String> = command
        .get_subcommands()
        .map(|below| below.get_name().to_owned())
        .collect();
    let mut command = command.mut_args(|arg| translate_argument(arg, path));
    if let Some(about) = find(ABOUTS, path) {
        command = command.about(about).long_about(about);
    }
    for name in names {
        let path = format!("{path} {name}");
        command = command.mut_subcommand(name, |below| translate_at(below, &path));
    }
    command
}

fn translate_argument(arg: Arg, path: &str) -> Arg {
    match find(ARGUMENTS, &key(&arg, path)) {
        Some(help) => arg.help(help),
        None => arg,
    }
}

fn key(arg: &Arg, path: &str) -> String {
    match arg.get_long() {
        Some(long) => format!("{path} --{long}"),
        None => format!("{path} {}", arg.get_id()),
    }
}

fn find(table: &'static [(&str, &str)], key: &str) -> Option<&'static str> {
    table
        .iter()
        .find(|(name, _)| *name == key)
        .map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory as _;

    use super::*;
    use crate::args::Cli;

    fn collect(
        command: &Command,
        path: &str,
        commands: &mut BTreeSet<String>,
        arguments: &mut BTreeSet<String>,
    ) {
        if command.is_hide_set() {
            return;
        }
        commands.insert(path.to_owned());
        arguments.extend(command.get_arguments().map(|arg| key(arg, path)));
        for below in command.get_subcommands() {
            collect(
                below,
                &format!("{path} {}", below.get_name()),
                commands,
                arguments,
            );
        }
    }

    #[test]
    fn every_command_and_argument_has_chinese_help() {
        let (mut commands, mut arguments) = (BTreeSet::new(), BTreeSet::new());
        collect(&Cli::command(), "wuhen", &mut commands, &mut arguments);
        let names = |table: &[(&str, &str)]| {
            table
                .iter()
                .map(|(name, _)| (*name).to_owned())
                .collect::<BTreeSet<_>>()
        };
        assert_eq!(names(ABOUTS), commands);
        assert_eq!(names(ARGUMENTS), arguments);
    }
}
