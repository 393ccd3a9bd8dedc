//! The help in Chinese: every command and every argument, by name. A test fails where one is missing or extra.

mod arguments;

use clap::{Arg, Command};

use arguments::ARGUMENTS;

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
    ("wuhen house guard-days", "离店后多少天内订单保护其记录"),
    ("wuhen staff", "人员：谁可以操作、以何角色"),
    ("wuhen staff add", "添加人员"),
    ("wuhen staff list", "列出人员"),
    ("wuhen staff disable", "终止人员的权限（离职）"),
    ("wuhen staff role", "更改人员的角色"),
    (
        "wuhen staff password",
        "设置或更改密码（本人，或由管理人员者）；动态验证码默认保留",
    ),
    ("wuhen bookings", "订单：保护哪些记录、到何时为止"),
    ("wuhen bookings import", "导入订单表格（CSV）"),
    (
        "wuhen bookings list",
        "列出一位客人的订单及其目前的保护事项",
    ),
    ("wuhen bookings set", "登记一个订单的情况；未提及的保持不变"),
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
        "wuhen request",
        "删除申请：各条记录的核对结果、等待事项与审批",
    ),
    ("wuhen request list", "列出申请"),
    (
        "wuhen request show",
        "显示一项申请：核对结果、等待事项、核对项",
    ),
    ("wuhen request approve", "批准他人提出的申请"),
    ("wuhen request cancel", "在宽限期结束前撤销申请"),
    ("wuhen request refuse", "拒绝申请，并说明所依据的条款"),
    (
        "wuhen redact",
        "遮盖文本中的个人信息，或从已存储的记录中永久遮盖（无法撤销；记录保留）",
    ),
    ("wuhen hold", "诉讼保留：在两人解除之前任何人不得删除的记录"),
    ("wuhen hold place", "设置诉讼保留"),
    ("wuhen hold list", "列出诉讼保留"),
    (
        "wuhen hold release",
        "申请解除诉讼保留，或执行他人已申请的解除",
    ),
    ("wuhen hold approve", "同意他人申请的解除"),
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
