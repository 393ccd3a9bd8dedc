//! `wuhen verify`: a certificate, checked offline and without a store.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use serde_json::{Value, json};
use wuhen_ledger::Vkey;
use wuhen_ledger::body::{CopyState, CustodianAnswer, Kept, Limit, Requested, ScopeKind, State};
use wuhen_ledger::certificate::{
    CERTIFICATE_BYTES_MAX, Certificate, CertificateError, Part, Step, Verified,
};

use super::redact::{spans_json, spans_words};
use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::Verify;
use crate::exit::Exit;
use crate::files::read_text;
use crate::problem::{Problem, in_full};
use crate::records::Records;
use crate::words::{Lang, plain, say};
use crate::{pins, table::Table};

/// A file with a public key may hold further lines, for people.
const KEY_FILE_BYTES_MAX: u64 = 1 << 20;

/// Whose key signed the certificate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// The one that was given or pinned.
    Trusted,
    /// None was given or pinned.
    Unknown,
    /// Another than the one that was given.
    Other,
}

impl Trust {
    fn as_str(self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::Unknown => "unknown",
            Self::Other => "other",
        }
    }
}

pub(super) fn run(app: &App, args: &Verify) -> Result<Answer, Problem> {
    let given = args.key.as_deref().map(read_key).transpose()?;
    let bytes = read_certificate(&args.certificate)?;
    let checked = Certificate::parse(&bytes).and_then(|certificate| {
        let key = certificate.log_key;
        let trust = match &given {
            Some(given) if *given == key => Trust::Trusted,
            Some(_) => Trust::Other,
            None if pins::is_pinned(&key) => Trust::Trusted,
            None => Trust::Unknown,
        };
        let trusted = (trust == Trust::Trusted).then_some(&key);
        Certificate::verify(&bytes, trusted).map(|verified| (verified, trust))
    });
    match checked {
        Ok((verified, trust)) => {
            if args.pin && trust == Trust::Trusted {
                pins::pin(&verified.log_key)?;
            }
            Ok(valid(app.lang, &verified, trust))
        }
        Err(error) => Ok(invalid(app.lang, &error)),
    }
}

fn read_certificate(path: &Path) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let limit = CERTIFICATE_BYTES_MAX as u64 + 1;
    // One byte over the limit is enough to be refused by the check.
    File::open(path)
        .and_then(|file| file.take(limit).read_to_end(&mut bytes))
        .map_err(|error| Problem::file(path, &error))?;
    Ok(bytes)
}

fn read_key(path: &Path) -> Result<Vkey, Problem> {
    let text = read_text(path, KEY_FILE_BYTES_MAX)?;
    text.lines().find_map(|line| Vkey::parse(line.trim()).ok()).ok_or_else(|| {
        let path = path.display();
        Problem::own(
            Exit::Usage,
            format!("{path} holds no public key of a ledger; the hotel's `wuhen ledger key` prints it"),
            format!("{path} 中没有账本公钥；酒店可用 wuhen ledger key 打印"),
        )
    })
}

fn exit_of(state: State, trust: Trust) -> Exit {
    match (trust, state) {
        (Trust::Unknown | Trust::Other, _) => Exit::UnknownKey,
        (Trust::Trusted, State::Partial) => Exit::Partial,
        (Trust::Trusted, State::Complete) => Exit::Done,
    }
}

fn invalid(lang: Lang, error: &CertificateError) -> Answer {
    let problem = in_full(error);
    let text = Text::of(say!(
        lang,
        "NOT VALID: {problem}. Do not rely on it; ask the hotel for the certificate again.",
        "无效：{problem}。请勿采信；请向酒店重新索取证明。"
    ));
    let json = json!({ "valid": false, "exit_code": Exit::Failed.code(), "error": problem });
    Answer {
        exit: Exit::Failed,
        text,
        json: Some(json),
    }
}

fn valid(lang: Lang, verified: &Verified, trust: Trust) -> Answer {
    let exit = exit_of(verified.completed.outcome.state(), trust);
    let mut text = Text::default();
    say_verdict(&mut text, lang, verified, trust);
    say_content(&mut text, lang, verified);
    text.line("");
    text.line(lang.pick("What was checked:", "证明了什么："));
    for step in &verified.steps {
        text.line(format!("  ✓ {}", step_words(lang, step)));
    }
    text.line("");
    text.line(lang.pick("What it does not prove:", "没有证明什么："));
    for limit in limits(lang, verified) {
        text.line(format!("  - {limit}"));
    }
    Answer {
        exit,
        text,
        json: Some(to_json(lang, verified, trust, exit)),
    }
}

fn say_verdict(text: &mut Text, lang: Lang, verified: &Verified, trust: Trust) {
    let state = done_words(lang, verified);
    let fingerprint = verified.log_key.fingerprint();
    match trust {
        Trust::Trusted => text.line(say!(lang, "VALID, and {state}.", "有效，{state}。")),
        Trust::Unknown => {
            text.line(say!(
                lang,
                "Valid in itself ({state}), but under a key that is not known here.",
                "证明自身有效（{state}），但其密钥在此未知。"
            ));
            text.line(say!(
                lang,
                "Compare this fingerprint with the one that the hotel publishes, then verify with --key: {fingerprint}",
                "请将此指纹与酒店公布的比对，再用 --key 验证：{fingerprint}"
            ));
        }
        Trust::Other => {
            text.line(say!(
                lang,
                "Valid in itself ({state}), but signed with ANOTHER key than the one given: it is not of that hotel's ledger.",
                "证明自身有效（{state}），但签名密钥与所给的不同：它不属于该酒店的账本。"
            ));
            text.line(say!(
                lang,
                "The fingerprint of its key: {fingerprint}",
                "其密钥的指纹：{fingerprint}"
            ));
        }
    }
}

/// What was done, and whether all of it: "the erasure is complete"; of a redaction what it was about, and what was cut out.
fn done_words(lang: Lang, verified: &Verified) -> String {
    let body = &verified.completed;
    let is_complete = body.outcome.state() == State::Complete;
    let Some(redaction) = &body.requested.redaction else {
        let words = if is_complete {
            lang.pick("the erasure is complete", "删除已完成")
        } else {
            lang.pick("the erasure is PARTIAL", "删除部分完成")
        };
        return words.to_owned();
    };
    let messages = body.records.erased.messages;
    let spans = spans_words(lang, &redaction.spans);
    let state = if is_complete {
        lang.pick("complete", "已完成")
    } else {
        lang.pick("PARTIAL", "部分完成")
    };
    say!(
        lang,
        "the redaction of messages ({messages}; cut out of them: {spans}) is {state}",
        "{messages} 条消息的遮盖（遮盖内容：{spans}）{state}"
    )
}

fn say_content(text: &mut Text, lang: Lang, verified: &Verified) {
    let body = &verified.completed;
    let erased = Records::from(&body.records.erased).words(lang);
    let erased_words = match &body.requested.redaction {
        None => erased,
        // The records are there; what is erased is what they said before.
        Some(redaction) => {
            let spans = spans_words(lang, &redaction.spans);
            say!(
                lang,
                "{erased}, as they were before; cut out of them: {spans}",
                "{erased}（遮盖前的版本）；遮盖内容：{spans}"
            )
        }
    };
    text.line("");
    text.line(lang.pick("What it states:", "说了什么："));
    let rows = [
        (lang.pick("case", "案件"), plain(&body.case)),
        (lang.pick("organisation", "机构"), plain(&body.organisation)),
        (
            lang.pick("asked for", "请求"),
            requested_words(lang, &body.requested),
        ),
        (lang.pick("reason", "原因"), plain(&body.requested.reason)),
        (
            lang.pick("asked at", "请求时间"),
            body.requested.at.as_str().to_owned(),
        ),
        (lang.pick("erased", "已删除"), erased_words),
        (
            lang.pick("left", "保留"),
            left_words(lang, &body.records.skipped),
        ),
        (
            lang.pick("settled at", "完成时间"),
            body.outcome.completed_at().as_str().to_owned(),
        ),
    ];
    let mut table = Table::bare();
    for (name, value) in rows {
        table.row([format!("  {name}"), value]);
    }
    for row in body.outcome.custodians() {
        let answer = custodian_words(lang, row.answer);
        let name = plain(&row.name);
        let since = row
            .effective_not_before
            .as_ref()
            .map(|time| format!(" {}", time.as_str()))
            .unwrap_or_default();
        // What it means in full is under `--json`; the first word is enough here.
        let assurance = row.assurance.split(':').next().unwrap_or_default();
        let assurance = match (lang, assurance) {
            (Lang::Zh, "low") => "低".to_owned(),
            (Lang::Zh, "medium") => "中".to_owned(),
            (Lang::Zh, "high") => "高".to_owned(),
            (_, level) => plain(level),
        };
        table.row([
            say!(lang, "  key service {name}", "  密钥服务 {name}"),
            say!(
                lang,
                "{answer}{since} (assurance: {assurance})",
                "{answer}{since}（保障等级：{assurance}）"
            ),
        ]);
    }
    for row in body.outcome.copies() {
        let (copy, state) = (plain(&row.copy), copy_words(lang, &row.state));
        table.row([say!(lang, "  copy {copy}", "  副本 {copy}"), state]);
    }
    text.table(&table);
}

fn to_json(lang: Lang, verified: &Verified, trust: Trust, exit: Exit) -> Value {
    let body = &verified.completed;
    let copies: Vec<Value> = body
        .outcome
        .copies()
        .iter()
        .map(|row| {
            json!({
                "copy": row.copy, "state": row.state, "detail": row.detail,
            })
        })
        .collect();
    let custodians: Vec<Value> = body
        .outcome
        .custodians()
        .iter()
        .map(|row| {
            json!({
                "name": row.name, "assurance": row.assurance, "answer": row.answer,
                "effective_not_before": row.effective_not_before,
            })
        })
        .collect();
    json!({
        "valid": true, "state": body.outcome.state(), "key": trust.as_str(), "exit_code": exit.code(),
        "fingerprint": verified.log_key.fingerprint(), "log_key": verified.log_key.to_string(),
        "case": body.case, "organisation": body.organisation, "scope": body.requested.scope,
        "reason": body.requested.reason, "requested_at": body.requested.at,
        "completed_at": body.outcome.completed_at(),
        "records": Records::from(&body.records.erased), "skipped": body.records.skipped, "redaction": redaction_json(&body.requested),
        "copies": copies, "custodians": custodians,
        "steps": verified.steps.iter().map(|step| step_words(lang, step)).collect::<Vec<_>>(),
        "limits": limits(lang, verified),
    })
}

/// What stayed, and why; a dash where nothing did.
fn left_words(lang: Lang, skipped: &[Kept]) -> String {
    let words: Vec<String> = (skipped.iter())
        .map(|kept| {
            let (counts, reason) = (Records::from(&kept.counts).words(lang), plain(&kept.reason));
            say!(lang, "{counts}: {reason}", "{counts}：{reason}")
        })
        .collect();
    if words.is_empty() {
        return "-".to_owned();
    }
    words.join("; ")
}

/// How a redaction was done, or null.
pub(super) fn redaction_json(requested: &Requested) -> Value {
    requested.redaction.as_ref().map_or(
        Value::Null,
        |redaction| json!({ "style": redaction.style, "spans": spans_json(&redaction.spans) }),
    )
}

/// What was asked for, in words.
pub(super) fn requested_words(lang: Lang, requested: &Requested) -> String {
    let scope = scope_words(lang, requested.scope);
    match requested.redaction {
        None => scope.to_owned(),
        Some(_) => say!(lang, "redaction: {scope}", "遮盖：{scope}"),
    }
}

fn scope_words(lang: Lang, scope: ScopeKind) -> &'static str {
    match scope {
        ScopeKind::Guest => lang.pick("a guest, with everything", "一位客人的全部记录"),
        ScopeKind::Conversations => lang.pick("conversations", "会话"),
        ScopeKind::Messages => lang.pick("single messages", "单条消息"),
        ScopeKind::Label => lang.pick(
            "all under a confidentiality label",
            "某保密标签下的全部会话",
        ),
        ScopeKind::Before => lang.pick("all from before a time", "某时间之前的全部记录"),
        ScopeKind::All => lang.pick("everything stored", "全部记录"),
    }
}

fn custodian_words(lang: Lang, answer: CustodianAnswer) -> &'static str {
    match answer {
        CustodianAnswer::Destroyed => lang.pick(
            "old root destroyed, in effect from",
            "旧根密钥已销毁，生效时间",
        ),
        CustodianAnswer::Failed => {
            lang.pick("the old root could not be destroyed", "旧根密钥未能销毁")
        }
        CustodianAnswer::Unreachable => lang.pick("did not answer", "无应答"),
        CustodianAnswer::Waiting => lang.pick(
            "keeps the old root until every fence stands",
            "在所有快照仓库更新之前保留旧根密钥",
        ),
    }
}

fn copy_words(lang: Lang, state: &CopyState) -> String {
    match state {
        CopyState::Erased => lang.pick("erased", "已删除").to_owned(),
        CopyState::Unreachable => lang.pick("out of reach", "已无法访问").to_owned(),
        CopyState::ExpiresOn(date) => {
            let date = date.as_str();
            say!(lang, "expires on {date}", "{date} 到期")
        }
        CopyState::Failed => lang.pick("NOT erased", "未能删除").to_owned(),
        CopyState::NotCovered => lang.pick("not covered", "不在范围内").to_owned(),
    }
}

fn step_words(lang: Lang, step: &Step) -> String {
    if lang == Lang::En {
        return step.to_string();
    }
    let part = |part: &Part| match part {
        Part::Completed => "完成",
        Part::Intent => "意向",
    };
    match step {
        Step::Form { bytes } => format!("该文件是一份 {bytes} 字节的证明，且为其唯一写法"),
        Step::TrustedKey => "其密钥是受信任的密钥".to_owned(),
        Step::Opens(which) => format!("{}条目与其正文相符", part(which)),
        Step::InLog {
            part: which,
            index,
            size,
        } => {
            format!(
                "{}条目是一份 {size} 条签名账本中的第 {index} 号",
                part(which)
            )
        }
        Step::Agree => "两个条目属于同一案件、租户和请求，且先后有序".to_owned(),
        Step::Settled => "状态由密钥服务、各副本和探测的结果得出".to_owned(),
    }
}

/// What it does not prove: what the certificate says, and, of a redaction, where nobody looked.
fn limits(lang: Lang, verified: &Verified) -> Vec<&'static str> {
    let body = &verified.completed;
    let redaction = body.requested.redaction.as_ref().map(|_| {
        lang.pick(
            "Cut out was what the detector found, or what was named: it can miss something. Pictures were not looked into.",
            "遮盖的是检测程序找到的或指定的内容：可能有遗漏。图片未经检查。",
        )
    });
    let limits = body.limits.iter();
    limits
        .map(|limit| limit_words(lang, *limit))
        .chain(redaction)
        .collect()
}

fn limit_words(lang: Lang, limit: Limit) -> &'static str {
    match lang {
        Lang::En => limit.sentence_en(),
        Lang::Zh => limit.sentence_zh(),
    }
}
