//! What only a word can tell: codes, bookings, accounts, birthdays, secrets. The search begins at the word and goes no further
//! than its clause.

mod back;
mod birth;
mod booking;
mod code;
mod link;
mod other;
mod secret;
mod value;

use std::ops::RangeInclusive;

use crate::chars::{Char, Class, char_before, char_from};
use crate::check::institution_code;
use crate::context::Context;
use crate::finding::Evidence::{Asked, Keyword, Shape};
use crate::finding::{Evidence, EvidenceSet, Finding};
use crate::keyword::{Hit, Topic};
use crate::kind::Kind;
use crate::number::Run;
use crate::token::name_line;
pub(crate) use code::code_behind_card;
use code::{CODE_REACH, is_on_a_side, lone_codes, of_a_card, security_code};
pub(crate) use secret::in_url as url_secret;
use value::{Value, word_at};
pub(crate) use value::{is_measured, is_open};

/// What a message may have besides an answer of one number, bytes.
const ANSWER_BYTES_MAX: usize = 60;

/// Adds what stands at the words of a line.
pub(crate) fn anchored(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut secret_end = 0;
    let mut key_end = 0;
    for hit in context.hits {
        if hit.start < secret_end && matches!(hit.topic, Topic::Secret | Topic::Token) {
            continue;
        }
        let found = match hit.topic {
            Topic::WeChat => wechat(context, hit),
            Topic::Qq => qq(context, hit),
            Topic::Booking => booking::booking(context, hit),
            Topic::OneTimeCode if secret::is_parameter(context.text, hit) => {
                secret::parameter(context.text, hit)
            }
            Topic::OneTimeCode if is_of_a_card(context, hit) => security_code(context, hit),
            Topic::OneTimeCode => one_time_code(context, hit)
                .filter(|found| found.end - found.start > 4 || !is_behind_card(findings, hit)),
            Topic::SecurityCode => security_code(context, hit),
            Topic::LastThree if of_a_card(context, hit) => security_code(context, hit),
            Topic::Organisation => institution(context.text, hit),
            Topic::Birth => birth::near(context.text, hit),
            Topic::Secret => secret::behind_word(context, hit),
            Topic::Zone => name_line(context.text, hit.start),
            Topic::Token => secret::token(context.text, hit.start, &mut key_end),
            _ => None,
        };
        if let Some(found) = &found
            && found.kind == Kind::Secret
        {
            secret_end = found.end;
        }
        findings.extend(found);
        if let Some(found) = found
            && matches!(found.kind, Kind::BookingNumber | Kind::CardSecurityCode)
        {
            back::list_behind(context.text, found, findings);
        }
    }
}

/// Adds what the message or the line before asked for and a word of this one need not say again. The line begins at `begin`.
pub(crate) fn answers(context: &Context<'_>, begin: usize, findings: &mut Vec<Finding>) {
    let text = context.text;
    if context.asked.contains(Kind::CardSecurityCode) {
        lone_codes(text, begin, findings);
    }
    if context.asked.is_empty() || text.len() - begin > ANSWER_BYTES_MAX {
        return;
    }
    let first = |is: fn(Char) -> bool| {
        text[begin..]
            .char_indices()
            .map(|(at, _)| begin + at)
            .find(|at| char_from(text, *at).is_some_and(is))
    };
    let digit = first(Char::is_digit);
    let whole_word = first(Char::is_word);
    for kind in context.asked.iter() {
        let found = match (kind, digit, whole_word) {
            (Kind::VerificationCode, Some(at), _) => digits(text, at, 4..=8).map(|end| (at, end)),
            (Kind::QqId, Some(at), _) => digits(text, at, 5..=11).map(|end| (at, end)),
            (Kind::DateOfBirth, Some(at), _) => birth::date_end(text, at).map(|end| (at, end)),
            (Kind::WechatId, _, Some(at)) => account_in(text, at),
            (Kind::BookingNumber, _, Some(at)) => reference_in(text, at),
            _ => None,
        };
        findings.extend(found.map(|(start, end)| finding(start, end, kind, 85, &[Shape, Asked])));
    }
}

/// The words of an answer from `at` on.
fn words(text: &str, at: usize) -> impl Iterator<Item = Value<'_>> {
    let mut at = at;
    std::iter::from_fn(move || {
        while let Some(char) = char_from(text, at) {
            if char.is_word() {
                let word = word_at(text, at)?;
                at = word.end;
                return Some(word);
            }
            at += char.bytes;
        }
        None
    })
}

/// The account in an answer: a word with digits or marks, else the only word that may be one.
fn account_in(text: &str, at: usize) -> Option<(usize, usize)> {
    let accounts = || words(text, at).filter(|word| word.is_account() && !word.is_common());
    let sure = accounts().find(|word| word.has_digit || word.has_mark);
    let only = || accounts().next().filter(|_| accounts().count() == 1);
    sure.or_else(only).map(|word| (word.start, word.end))
}

/// The reference in an answer: the first word with a digit, else one of capitals alone.
fn reference_in(text: &str, at: usize) -> Option<(usize, usize)> {
    let references = || words(text, at).filter(Value::is_reference);
    (references().find(|word| word.has_digit))
        .or_else(|| references().find(|word| word.length >= 6))
        .map(|word| (word.start, word.end))
}

/// Whether a text begins with stars or a kind's name in brackets.
pub(crate) fn starts_redacted(rest: &str) -> bool {
    rest.starts_with("***")
        || rest.strip_prefix('[').is_some_and(|label| {
            let near = &label[..label.floor_char_boundary(Kind::NAME_MAX + 1)];
            let end = near.find(']').unwrap_or(0);
            near[..end].parse::<Kind>().is_ok()
        })
}

fn finding(start: usize, end: usize, kind: Kind, score: u8, evidence: &[Evidence]) -> Finding {
    Finding {
        start,
        end,
        kind,
        score,
        evidence: evidence
            .iter()
            .fold(EvidenceSet::NONE, |set, one| set.with(*one)),
    }
}

/// Where the run at `at` ends, if it has so many digits and no letter beside it.
fn digits(text: &str, at: usize, length: RangeInclusive<usize>) -> Option<usize> {
    let run = Run::collect(text, at);
    let glued = run.letter_before || run.letter_after;
    (length.contains(&run.length) && !glued).then_some(run.after)
}

/// The code of an institution behind its word, GB 11714: 10000007-5.
fn institution(text: &str, hit: &Hit) -> Option<Finding> {
    let (at, _) = value::begin(text, hit.end)?;
    let word = word_at(text, at).filter(|word| word.length == 9)?;
    let chars: Vec<u8> = text[word.start..word.end]
        .bytes()
        .filter(u8::is_ascii_alphanumeric)
        .map(|byte| byte.to_ascii_uppercase())
        .collect();
    let chars = <[u8; 9]>::try_from(chars).ok()?;
    let whole = institution_code(&chars);
    whole.then(|| finding(word.start, word.end, Kind::OrgCode, 97, &[Shape, Keyword]))
}

/// Behind the word in words of payment and programs it names no account.
const SERVICES: [&str; 9] = [
    "支付",
    "付款",
    "转账",
    "收款",
    "群",
    "小程序",
    "公众号",
    "pay",
    " pay",
];

fn wechat(context: &Context<'_>, hit: &Hit) -> Option<Finding> {
    let text = context.text;
    let rest = &text[hit.end..];
    // `wechat-mini-program` is one word, the name of a channel.
    if rest.starts_with(['-', '_']) || SERVICES.iter().any(|service| rest.starts_with(service)) {
        return None;
    }
    let word = wechat_behind(text, hit).or_else(|| {
        let word = back::word_before(context, hit)?;
        (word.is_account() && (word.has_digit || word.has_mark)).then_some(word)
    })?;
    Some(finding(
        word.start,
        word.end,
        Kind::WechatId,
        95,
        &[Shape, Keyword],
    ))
}

fn wechat_behind<'a>(text: &'a str, hit: &Hit) -> Option<Value<'a>> {
    let (at, link) = value::begin(text, hit.end)?;
    let word = word_at(text, at).filter(|word| word.is_account() && !word.is_common())?;
    let mail = char_from(text, word.end).is_some_and(|char| char.class == Class::At);
    if mail {
        return None;
    }
    let name = &text[hit.start..hit.end];
    // Letters alone are an account behind a colon or among Han characters; behind `is` where nothing more is said.
    let prose = text[word.end..].starts_with(' ')
        && text[word.end + 1..].starts_with(|char: char| char.is_ascii_alphabetic());
    let said = || {
        let is = text[hit.end..at].trim().eq_ignore_ascii_case("is");
        let owner = text[..hit.start].trim_end();
        let mine = owner.ends_with("my")
            || owner.ends_with("My")
            || name.ends_with("id")
            || name.ends_with("ID");
        is && mine && !prose
    };
    let sure = word.has_digit
        || word.has_mark
        || link.is_strong()
        || link.is_chinese()
        || name.ends_with([':', '：'])
        || !name.is_ascii() && !prose
        || said();
    sure.then_some(word)
}

fn qq(context: &Context<'_>, hit: &Hit) -> Option<Finding> {
    qq_behind(context.text, hit).or_else(|| {
        let word = back::word_before(context, hit)?;
        let shaped = !word.has_letter && !word.has_mark && (5..=11).contains(&word.length);
        shaped.then(|| finding(word.start, word.end, Kind::QqId, 90, &[Shape, Keyword]))
    })
}

fn qq_behind(text: &str, hit: &Hit) -> Option<Finding> {
    let (at, _) = value::begin(text, hit.end)?;
    let run = char_from(text, at)
        .filter(|char| char.is_digit() && char.value > 0)
        .map(|_| Run::collect(text, at))?;
    let mail = char_from(text, run.after).is_some_and(|char| char.class == Class::At);
    ((5..=11).contains(&run.length) && !run.letter_after && !mail)
        .then(|| finding(at, run.after, Kind::QqId, 97, &[Shape, Keyword]))
}

/// Whether a card stands directly before a word: `4111..., code 123` has been read with its card.
fn is_behind_card(findings: &[Finding], hit: &Hit) -> bool {
    findings.iter().rev().take(8).any(|finding| {
        finding.kind == Kind::BankCard
            && finding.end <= hit.start
            && hit.start - finding.end <= CODE_REACH
    })
}

fn one_time_code(context: &Context<'_>, hit: &Hit) -> Option<Finding> {
    let text = context.text;
    // 护照号|码为, 邮编|码: of another number.
    let half = text[hit.start..hit.end].starts_with(['码', '碼'])
        && text[..hit.start].ends_with(['号', '號', '编', '編', '维', '惠', '扣', '条']);
    if half {
        return None;
    }
    let behind = value::begin(text, hit.end).and_then(|(at, _)| {
        let word =
            word_at(text, at).filter(|word| word.has_digit && (4..=8).contains(&word.length));
        digits(text, at, 4..=8)
            .or(word.map(|word| word.end))
            .map(|end| (at, end))
    });
    let found = behind
        .or_else(|| before(context, hit, 4..=8))
        .or_else(|| farther(context, hit))?;
    let measured = is_measured(text, found.1);
    (!measured && !is_offer(&text[found.0..found.1])).then(|| {
        finding(
            found.0,
            found.1,
            Kind::VerificationCode,
            95,
            &[Shape, Keyword],
        )
    })
}

/// `SUMMER26`: a word with a year is for everybody.
fn is_offer(code: &str) -> bool {
    let digits = code.trim_start_matches(|char: char| char.is_ascii_alphabetic());
    code.len() - digits.len() >= 5 && digits.len() == 2
}

/// Whether four digits are those on the front of a card: 正面四位数.
fn is_of_a_card(context: &Context<'_>, hit: &Hit) -> bool {
    let word = &context.text[hit.start..hit.end];
    word.starts_with(['四', '4', 'f', 'F']) && is_on_a_side(context.text, hit)
}

/// Six digits farther behind, in the same clause and before any other word: `the code in the message: 482913`.
fn farther(context: &Context<'_>, hit: &Hit) -> Option<(usize, usize)> {
    const REACH: usize = 48;
    const DIGITS: usize = 6;
    let text = context.text;
    let mut at = hit.end;
    while at < text.len() && at - hit.end <= REACH {
        let char = char_from(text, at)?;
        match char.class {
            Class::Stop | Class::LineEnd => return None,
            _ if char.is_digit() => {
                let end = digits(text, at, DIGITS..=DIGITS)?;
                let owner = context.before(at).next()?;
                let own = matches!(
                    owner.topic,
                    Topic::OneTimeCode | Topic::Phone | Topic::OwnPhone
                );
                return own.then_some((at, end));
            }
            _ => at += char.bytes,
        }
    }
    None
}

/// Digits before a word: `123456 is your code`, `123456（动态码）`.
fn before(
    context: &Context<'_>,
    hit: &Hit,
    length: RangeInclusive<usize>,
) -> Option<(usize, usize)> {
    let text = context.text;
    let to = back::end_before(text, hit)?;
    let mut at = to;
    let mut begin = None;
    while let Some((before, char)) = char_before(text, at)
        && char.is_digit()
    {
        begin = Some(before);
        at = before;
    }
    let begin = begin?;
    let end = digits(text, begin, length)?;
    (end == to && !back::is_owned(context, begin, hit)).then_some((begin, end))
}
