//! Every argument of every command, in Chinese.

pub(super) const ARGUMENTS: &[(&str, &str)] = &[
    ("wuhen --store", "存储文件夹"),
    (
        "wuhen --keys",
        "密钥文件夹，每个副本指定一次 [默认：init 时所给]",
    ),
    ("wuhen --json", "以 JSON 回答，供程序使用"),
    ("wuhen --lang", "回答所用语言 [默认：按系统区域]"),
    (
        "wuhen --as",
        "操作者：人员姓名；或角色名，表示个人信息保护负责人以该角色操作 [默认：首位个人信息保护负责人]",
    ),
    (
        "wuhen --password-file",
        "存有操作者密码的文件；在终端上可直接输入",
    ),
    ("wuhen --code", "操作者的动态验证码"),
    ("wuhen init --officer", "首位个人信息保护负责人的姓名"),
    (
        "wuhen staff add name",
        "姓名：字母、汉字、数字、点、连字符或下划线",
    ),
    (
        "wuhen staff add --role",
        "角色：agent 客服、supervisor 主管、privacy-officer 个人信息保护负责人、auditor 审计员、tenant-admin 租户管理员；权限见 docs/roles.md",
    ),
    (
        "wuhen staff add --new-password-file",
        "存有其密码的文件，至少 12 个字符",
    ),
    (
        "wuhen staff add --second-factor",
        "启用动态验证码；密钥只显示一次，供验证器应用使用",
    ),
    ("wuhen staff disable name", "离职者姓名"),
    ("wuhen staff role name", "姓名"),
    ("wuhen staff role role", "新角色"),
    ("wuhen staff password name", "姓名"),
    (
        "wuhen staff password --new-password-file",
        "存有新密码的文件，至少 12 个字符；在终端上可直接输入",
    ),
    (
        "wuhen staff password --renew-second-factor",
        "重新生成动态验证码密钥，只显示一次；原密钥作废",
    ),
    ("wuhen staff password --end-second-factor", "停用动态验证码"),
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
        "wuhen guests --role",
        "以谁的身份查看（决定哪些内容脱敏显示）：agent 客服、supervisor 主管、privacy-officer 个人信息保护负责人、auditor 审计员；不得高于本人角色 [默认：--as 的角色，否则 agent]",
    ),
    (
        "wuhen conversations --role",
        "以谁的身份查看（决定哪些内容脱敏显示）：agent 客服、supervisor 主管、privacy-officer 个人信息保护负责人、auditor 审计员；不得高于本人角色 [默认：--as 的角色，否则 agent]",
    ),
    (
        "wuhen show --role",
        "以谁的身份查看（决定哪些内容脱敏显示）：agent 客服、supervisor 主管、privacy-officer 个人信息保护负责人、auditor 审计员；不得高于本人角色 [默认：--as 的角色，否则 agent]",
    ),
    (
        "wuhen show --reveal",
        "取消脱敏并记录在账；仅限主管或个人信息保护负责人",
    ),
    ("wuhen show --reason", "取消脱敏的原因；加密保存"),
    ("wuhen search text", "要查找的文字"),
    (
        "wuhen search --role",
        "以谁的身份查看（决定哪些内容脱敏显示）：agent 客服、supervisor 主管、privacy-officer 个人信息保护负责人、auditor 审计员；不得高于本人角色 [默认：--as 的角色，否则 agent]",
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
        "wuhen attachment --role",
        "以谁的身份查看（决定哪些内容脱敏显示）：agent 客服、supervisor 主管、privacy-officer 个人信息保护负责人、auditor 审计员；不得高于本人角色 [默认：--as 的角色，否则 agent]",
    ),
    (
        "wuhen attachment --reveal",
        "解除脱敏（记录在账）；仅限主管或个人信息保护负责人",
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
    ("wuhen erase --ask", "提出申请（即使可以立即执行）"),
    (
        "wuhen erase --grace-days",
        "可撤销的天数，0 至 30；指定后须提出申请 [默认：有规则生效时为 7，否则为 0]",
    ),
    ("wuhen request list --open", "只列出仍需处理的申请"),
    ("wuhen request show id", "申请编号，如 R-000012"),
    ("wuhen request approve id", "申请编号，如 R-000012"),
    ("wuhen request cancel id", "申请编号，如 R-000012"),
    ("wuhen request refuse id", "申请编号，如 R-000012"),
    (
        "wuhen request refuse --why",
        "原因：identity-not-proved（无法核实身份）、not-entitled（无权申请）、must-be-kept（依法保存）、held（诉讼保留）、nothing-found（未找到记录）、excessive（明显过度）或 not-approved（审批未通过）",
    ),
    (
        "wuhen request refuse --article",
        "所依据的条款；会告知申请人",
    ),
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
    (
        "wuhen hold place --matter",
        "事由：争议、程序或请求；加密保存",
    ),
    ("wuhen hold place --issuer", "要求方；加密保存"),
    ("wuhen hold place --guest", "一位客人的全部记录"),
    ("wuhen hold place --conversation", "整个会话"),
    ("wuhen hold place --label", "现在带有此保密标签的所有会话"),
    (
        "wuhen hold place --query",
        "现在含有这些文字的所有消息及其附件",
    ),
    (
        "wuhen hold place --review",
        "复核是否仍需保留的日期 [默认：90 天后]",
    ),
    ("wuhen hold place --reason", "原因；加密保存"),
    ("wuhen hold release hold", "诉讼保留的编号，如 H-000001"),
    ("wuhen hold release --reason", "原因；加密保存"),
    ("wuhen hold approve hold", "诉讼保留的编号，如 H-000001"),
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
        "wuhen house guard-days days",
        "0 到 30；不给出时显示现行天数",
    ),
    (
        "wuhen bookings import file",
        "CSV（RFC 4180），UTF-8、UTF-16 或 GB18030，可为 .gz 或 .zst；- 为标准输入",
    ),
    (
        "wuhen bookings import --source",
        "客人编号所属来源的名称 [默认：任一来源]",
    ),
    (
        "wuhen bookings import --keep-going",
        "跳过无法导入的行；此时程序以 3 结束",
    ),
    ("wuhen bookings import --dry-run", "只说明将会导入什么"),
    ("wuhen bookings list --guest", "客人编号"),
    (
        "wuhen bookings list --role",
        "查看者的角色：agent 客服、supervisor 主管、privacy-officer 个人信息保护负责人、auditor 审计员；决定哪些内容脱敏显示",
    ),
    ("wuhen bookings set booking", "订单号"),
    ("wuhen bookings set --guest", "订单所属客人的编号"),
    ("wuhen bookings set --check-in", "入住日期"),
    ("wuhen bookings set --check-out", "离店日期"),
    (
        "wuhen bookings set --status",
        "状态：booked 已预订、stayed 已入住、cancelled 已取消、refunding 退款中、no-show 未到店",
    ),
    (
        "wuhen bookings set --cancel-until",
        "可取消至：某日（当日结束）或某时",
    ),
    (
        "wuhen bookings set --refund",
        "退款：open 未完成、closed 已完成",
    ),
    (
        "wuhen bookings set --deposit",
        "押金：held 未退、returned 已退",
    ),
    (
        "wuhen bookings set --dispute",
        "争议：open 未结、closed 已结",
    ),
    (
        "wuhen bookings set --complaint",
        "投诉：open 未结、closed 已结",
    ),
    (
        "wuhen bookings set --at",
        "退款或投诉何时结束：某日（当日结束）或某时 [默认：现在]",
    ),
    (
        "wuhen bookings set --closed-at",
        "订单何时结束：不再有待办事项",
    ),
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
];
