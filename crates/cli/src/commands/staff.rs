//! `wuhen staff`: who may act in the house, and as what.

use std::path::Path;

use serde_json::{Value, json};
use wuhen_model::people::{Permission, StaffRole};
use wuhen_service::notice::Missing;
use wuhen_service::snapshot::Done;
use wuhen_service::staff::{MemberView, NewMember, SecondFactor};
use zeroize::Zeroizing;

use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::{RoleName, Staff};
use crate::exit::Exit;
use crate::problem::Problem;
use crate::secret;
use crate::table::Table;
use crate::wiring;
use crate::words::{self, Lang, plain, say};

pub(super) fn run(app: &App, command: &Staff) -> Result<Answer, Problem> {
    match command {
        Staff::Add {
            name,
            role,
            new_password_file,
            second_factor,
        } => add(
            app,
            name,
            *role,
            (new_password_file.as_deref(), *second_factor),
        ),
        Staff::List => list(app),
        Staff::Disable { name } => disable(app, name),
        Staff::Role { name, role } => change_role(app, name, *role),
        Staff::Password {
            name,
            new_password_file,
            renew_second_factor,
            end_second_factor,
        } => {
            let second = match (renew_second_factor, end_second_factor) {
                (true, _) => SecondFactor::Renew,
                (_, true) => SecondFactor::End,
                _ => SecondFactor::Keep,
            };
            set_password(app, name, new_password_file.as_deref(), second)
        }
    }
}

fn add(
    app: &App,
    name: &str,
    role: RoleName,
    (password, second_factor): (Option<&Path>, bool),
) -> Result<Answer, Problem> {
    let entered = wiring::enter(app, &[Permission::ManageStaff])?;
    let password = password.map(secret::of_file).transpose()?;
    let new = NewMember {
        name,
        role: role.into(),
        password: password.as_ref().map(|password| password.as_str()),
        second_factor,
    };
    let Done {
        done: address,
        problems,
    } = entered.service.add_member(&entered.actor, &new)?;
    let lang = app.lang;
    let (name, said) = (plain(name), role_words(lang, new.role));
    let mut text = Text::of(say!(
        lang,
        "{name} was added as {said}.",
        "已添加{said} {name}。"
    ));
    if new.password.is_none() {
        text.line(lang.pick(
            "Without a password they act on this machine only, where who has the keys is believed.",
            "未设密码：只能在本机操作，持有密钥者即被信任。",
        ));
    }
    say_address(&mut text, lang, address.as_deref());
    say_problems(&mut text, lang, &problems);
    Ok(Answer::done(
        text,
        json!({
            "name": new.name, "role": new.role, "has_password": new.password.is_some(), "second_factor": address,
            "problems": words::in_english(&problems),
        }),
    ))
}

fn list(app: &App) -> Result<Answer, Problem> {
    let members = wiring::enter(app, &[])?.service.members()?;
    let lang = app.lang;
    let mut table = Table::new([
        lang.pick("name", "姓名"),
        lang.pick("role", "角色"),
        lang.pick("state", "状态"),
        lang.pick("shows who they are by", "验证方式"),
        lang.pick("since", "自"),
    ]);
    for member in &members {
        table.row([
            plain(&member.name),
            role_words(lang, member.role).to_owned(),
            lang.pick(
                if member.active { "active" } else { "left" },
                if member.active { "在职" } else { "已离职" },
            )
            .to_owned(),
            proof_words(lang, member).to_owned(),
            member.since.clone(),
        ]);
    }
    let mut text = Text::default();
    text.table(&table);
    let staff: Vec<Value> = members.iter().map(member_json).collect();
    Ok(Answer::done(text, json!({ "staff": staff })))
}

fn member_json(member: &MemberView) -> Value {
    json!({
        "name": member.name, "role": member.role, "active": member.active, "has_password": member.has_password,
        "has_second_factor": member.has_second_factor, "since": member.since,
    })
}

fn disable(app: &App, name: &str) -> Result<Answer, Problem> {
    let entered = wiring::enter(app, &[Permission::ManageStaff])?;
    let Done {
        done: changed,
        problems,
    } = entered.service.disable_member(&entered.actor, name)?;
    let (lang, shown) = (app.lang, plain(name));
    let mut text = Text::of(if changed {
        say!(
            lang,
            "The rights of {shown} have ended.",
            "{shown} 的权限已终止。"
        )
    } else {
        say!(
            lang,
            "The rights of {shown} had ended before.",
            "{shown} 的权限此前已终止。"
        )
    });
    say_problems(&mut text, lang, &problems);
    Ok(Answer::done(
        text,
        json!({ "name": name, "active": false, "changed": changed, "problems": words::in_english(&problems) }),
    ))
}

fn change_role(app: &App, name: &str, role: RoleName) -> Result<Answer, Problem> {
    let entered = wiring::enter(app, &[Permission::ManageStaff])?;
    let role = StaffRole::from(role);
    let Done { problems, .. } = entered.service.change_role(&entered.actor, name, role)?;
    let (lang, shown, said) = (app.lang, plain(name), role_words(app.lang, role));
    let mut text = Text::of(say!(lang, "{shown} is {said} now.", "{shown} 现为{said}。"));
    say_problems(&mut text, lang, &problems);
    Ok(Answer::done(
        text,
        json!({ "name": name, "role": role, "problems": words::in_english(&problems) }),
    ))
}

fn set_password(
    app: &App,
    name: &str,
    file: Option<&Path>,
    second: SecondFactor,
) -> Result<Answer, Problem> {
    // Who may do it depends on whose it is: the service says.
    let entered = wiring::enter(app, &[])?;
    let password = match file {
        Some(file) => secret::of_file(file)?,
        None => ask_twice(app)?,
    };
    let Done {
        done: address,
        problems,
    } = entered
        .service
        .set_password(&entered.actor, name, &password, second)?;
    let (lang, shown) = (app.lang, plain(name));
    let mut text = Text::of(say!(
        lang,
        "The password of {shown} is set.",
        "已设置 {shown} 的密码。"
    ));
    if second == SecondFactor::End {
        text.line(lang.pick("There is no second factor any more.", "已停用动态验证码。"));
    }
    say_address(&mut text, lang, address.as_deref());
    say_problems(&mut text, lang, &problems);
    Ok(Answer::done(
        text,
        json!({ "name": name, "second_factor": address, "problems": words::in_english(&problems) }),
    ))
}

/// What nobody sees is easily mistyped.
fn ask_twice(app: &App) -> Result<Zeroizing<String>, Problem> {
    if !secret::somebody_is_there() {
        return Err(Problem::own(
            Exit::Usage,
            "give the new password with --new-password-file; nobody is there to be asked",
            "请用 --new-password-file 指定新密码；无法询问",
        ));
    }
    let first = secret::ask(app.lang, ("New password: ", "新密码："))?;
    let again = secret::ask(app.lang, ("Once more: ", "再次输入："))?;
    if *first == *again {
        return Ok(first);
    }
    Err(Problem::own(
        Exit::Usage,
        "the two are not the same; nothing was changed",
        "两次输入不一致；未作任何更改",
    ))
}

fn say_address(text: &mut Text, lang: Lang, address: Option<&str>) {
    let Some(address) = address else {
        return;
    };
    text.line(lang.pick(
        "Their second factor, for an authenticator app; it is not shown again:",
        "动态验证码密钥（添加到验证器应用）；此后不再显示：",
    ));
    text.line(format!("  {address}"));
}

fn say_problems(text: &mut Text, lang: Lang, problems: &[Missing]) {
    for problem in problems {
        text.line(format!("- {}", words::missing(lang, problem)));
    }
}

fn role_words(lang: Lang, role: StaffRole) -> &'static str {
    let wuhen_model::named::Words { zh, en } = role.words();
    lang.pick(en, zh)
}

fn proof_words(lang: Lang, member: &MemberView) -> &'static str {
    match (member.has_password, member.has_second_factor) {
        (false, _) => lang.pick("this machine's keys", "本机密钥"),
        (true, false) => lang.pick("password", "密码"),
        (true, true) => lang.pick("password and code", "密码和动态验证码"),
    }
}
