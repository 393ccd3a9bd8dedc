//! `wuhen init`.

use serde_json::json;
use wuhen_model::people::StaffName;
use wuhen_service::staff::StaffProblem;
use wuhen_service::{ServiceError, TenantSettings};

use crate::answer::{Answer, Text};
use crate::app::{App, time_zone};
use crate::args::Init;
use crate::exit::Exit;
use crate::problem::Problem;
use crate::wiring;
use crate::words::{plain, say};

/// Longest name of a tenant, bytes; it stands on every certificate.
const TENANT_BYTES_MAX: usize = 255;

pub(super) fn run(app: &App, args: &Init) -> Result<Answer, Problem> {
    time_zone(&args.timezone)?;
    check_name(&args.tenant)?;
    if args.officer.parse::<StaffName>().is_err() {
        return Err(ServiceError::Staff(StaffProblem::BadName).into());
    }
    let settings = TenantSettings {
        name: args.tenant.clone(),
        timezone: args.timezone.clone(),
        kind: args.kind.into(),
        pack: args.pack.into(),
    };
    let (kind, pack) = (settings.kind, settings.pack);
    let opened = wiring::create(app, settings, &args.officer)?;
    let (key, fingerprint) = (
        opened.service.ledger_key(),
        opened.service.ledger_key_fingerprint(),
    );
    let (store, name, timezone) = (app.store.display(), plain(&args.tenant), &args.timezone);
    let lang = app.lang;
    let mut text = Text::of(say!(
        lang,
        "A store for {name} was made in {store}.",
        "已在 {store} 中为 {name} 建立存储。"
    ));
    for folder in &opened.keys {
        let folder = folder.display();
        text.line(say!(
            lang,
            "Its keys are in {folder}.",
            "密钥位于 {folder}。"
        ));
    }
    text.line(say!(
        lang,
        "Keep the keys apart from every backup of the store: whoever has an old copy of both can read what was erased since.",
        "请勿将密钥与存储一起备份：同时持有两者旧副本的人，可以读出之后删除的内容。"
    ));
    let officer = &args.officer;
    text.line(say!(
        lang,
        "Its first privacy officer is {officer}, who acts here without a password; `wuhen staff` sets one, and adds others.",
        "首位个人信息保护负责人为 {officer}，在本机操作无需密码；wuhen staff 可设置密码并添加其他人员。"
    ));
    text.line(say!(
        lang,
        "Days begin and end in the time zone {timezone}.",
        "日期按时区 {timezone} 计算。"
    ));
    text.line(say!(
        lang,
        "Publish this key; certificates are checked with it:",
        "请公布此公钥；删除证明凭它验证："
    ));
    text.line(format!("  {key}"));
    text.line(say!(
        lang,
        "Its fingerprint, for people to compare: {fingerprint}",
        "其指纹（供人工核对）：{fingerprint}"
    ));
    text.line(say!(
        lang,
        "Next: `wuhen import FILE`, and `wuhen snapshot init FOLDER` on another disk.",
        "下一步：wuhen import 文件，并在另一块磁盘上运行 wuhen snapshot init 文件夹。"
    ));
    let json = json!({
        "store": app.store, "keys": opened.keys, "tenant": args.tenant, "timezone": args.timezone,
        "kind": kind, "pack": pack, "ledger_key": key, "fingerprint": fingerprint, "officer": args.officer,
    });
    Ok(Answer::done(text, json))
}

fn check_name(name: &str) -> Result<(), Problem> {
    if name.trim().is_empty() || name.len() > TENANT_BYTES_MAX || name.chars().any(char::is_control)
    {
        return Err(Problem::own(
            Exit::Usage,
            format!("a tenant's name has 1 to {TENANT_BYTES_MAX} bytes and no control character"),
            format!("租户名称应为 1 至 {TENANT_BYTES_MAX} 字节，且不含控制字符"),
        ));
    }
    Ok(())
}
