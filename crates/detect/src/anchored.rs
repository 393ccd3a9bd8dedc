//! What only a word can tell: codes, bookings, accounts, birthdays, secrets. The search begins at the word and goes no further
//! than its clause.

mod birth;
mod code;
mod secret;
mod value;

use crate::chars::{Char, Class, char_before, char_from};
use crate::context::Context;
use crate::finding::Evidence::{Asked, Keyword, Shape};
use crate::finding::{Evidence, EvidenceSet, Finding};
use crate::keyword::{Hit, Topic};
use crate::kind::Kind;
use crate::number::Run;
pub(crate) use code::code_behind_card;
use code::{CODE_REACH, lone_codes, of_a_card, security_code};
pub(crate) use secret::in_url as url_secret;
pub(crate) use value::is_open;
use value::{Value, word_at};

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
            Topic::WeChat => wechat(context.text, hit.end),
            Topic::Qq => qq(context.text, hit.end),
            Topic::Booking => booking(context.text, hit),
            Topic::OneTimeCode => one_time_code(context.text, hit)
                .filter(|found| found.end - found.start > 4 || !is_behind_card(findings, hit)),
            Topic::SecurityCode => security_code(context, hit),
            Topic::LastThree if of_a_card(context, hit) => security_code(context, hit),
            Topic::Birth => birth::near(context.text, hit),
            Topic::Secret => secret::behind_word(context, hit),
            Topic::Token => secret::token(context.text, hit.start, &mut key_end),
            _ => None,
        };
        if let Some(found) = &found
            && found.kind == Kind::Secret
        {
            secret_end = found.end;
        }
        findings.extend(found);
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
            (Kind::WechatId, _, Some(at)) => word_at(text, at)
                .filter(Value::is_account)
                .map(|word| (word.start, word.end)),
            (Kind::BookingNumber, _, Some(at)) => word_at(text, at)
                .filter(Value::is_reference)
                .map(|word| (word.start, word.end)),
            _ => None,
        };
        findings.extend(found.map(|(start, end)| finding(start, end, kind, 85, &[Shape, Asked])));
    }
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
fn digits(text: &str, at: usize, length: std::ops::RangeInclusive<usize>) -> Option<usize> {
    let run = Run::collect(text, at);
    let glued = run.letter_before || run.letter_after;
    (length.contains(&run.length) && !glued).then_some(run.after)
}

fn wechat(text: &str, end: usize) -> Option<Finding> {
    // `wechat-mini-program` is one word, the name of a channel.
    if text[end..].starts_with(['-', '_']) {
        return None;
    }
    let (at, link) = value::begin(text, end)?;
    let word = word_at(text, at)?;
    if !word.is_account() || char_from(text, word.end).is_some_and(|char| char.class == Class::At) {
        return None;
    }
    let sure = word.has_digit || word.has_mark || link.is_strong() || link.is_chinese();
    (sure && !word.is_common())
        .then(|| finding(word.start, word.end, Kind::WechatId, 95, &[Shape, Keyword]))
}

fn qq(text: &str, end: usize) -> Option<Finding> {
    let (at, _) = value::begin(text, end)?;
    let run = char_from(text, at)
        .filter(|char| char.is_digit() && char.value > 0)
        .map(|_| Run::collect(text, at))?;
    let mail = char_from(text, run.after).is_some_and(|char| char.class == Class::At);
    ((5..=11).contains(&run.length) && !run.letter_after && !mail)
        .then(|| finding(at, run.after, Kind::QqId, 97, &[Shape, Keyword]))
}

fn booking(text: &str, hit: &Hit) -> Option<Finding> {
    let (at, link) = value::begin(text, hit.end)?;
    let word = word_at(text, at)?;
    let name = &text[hit.start..hit.end];
    let strong = link.is_strong()
        || [
            "号",
            "號",
            "码",
            "number",
            "no",
            "id",
            "code",
            "ref",
            "reference",
            "pnr",
            "locator",
            "#",
            ":",
            "：",
            "is",
        ]
        .iter()
        .any(|end| {
            name.len() >= end.len()
                && name.is_char_boundary(name.len() - end.len())
                && name[name.len() - end.len()..].eq_ignore_ascii_case(end)
        });
    let end = if strong {
        value::grouped_end(text, &word)
    } else {
        word.end
    };
    let shaped = word.is_reference() || end > word.end && end - word.start >= 6;
    if !shaped || !(word.has_digit || end > word.end || strong && word.is_upper && word.length >= 6)
    {
        return None;
    }
    if !strong && value::is_day(&word) {
        return None;
    }
    let long = word.length >= 8 || word.has_letter && word.length >= 6;
    if !strong && !long || value::is_measured(text, end) {
        return None;
    }
    let score = if strong { 96 } else { 75 };
    Some(finding(
        word.start,
        end,
        Kind::BookingNumber,
        score,
        &[Shape, Keyword],
    ))
}

/// Whether a card stands directly before a word: `4111..., code 123` has been read with its card.
fn is_behind_card(findings: &[Finding], hit: &Hit) -> bool {
    findings.iter().rev().take(8).any(|finding| {
        finding.kind == Kind::BankCard
            && finding.end <= hit.start
            && hit.start - finding.end <= CODE_REACH
    })
}

fn one_time_code(text: &str, hit: &Hit) -> Option<Finding> {
    let behind = value::begin(text, hit.end).and_then(|(at, _)| {
        let word =
            word_at(text, at).filter(|word| word.has_digit && (4..=8).contains(&word.length));
        digits(text, at, 4..=8)
            .or(word.map(|word| word.end))
            .map(|end| (at, end))
    });
    let found = behind.or_else(|| before(text, hit.start, 4..=8))?;
    let measured = value::is_measured(text, found.1);
    (!measured).then(|| {
        finding(
            found.0,
            found.1,
            Kind::VerificationCode,
            95,
            &[Shape, Keyword],
        )
    })
}

/// Digits before a word: `123456 is your code`, `123456（动态码）`.
fn before(
    text: &str,
    start: usize,
    length: std::ops::RangeInclusive<usize>,
) -> Option<(usize, usize)> {
    let head = text[..start]
        .trim_end_matches(|char: char| " \u{3000}（(".contains(char))
        .trim_end_matches("your ")
        .trim_end_matches("your")
        .trim_end_matches("the ")
        .trim_end_matches("the")
        .trim_end_matches("my")
        .trim_end_matches(' ')
        .trim_end_matches("is")
        .trim_end_matches("是您的")
        .trim_end_matches("为您的")
        .trim_end_matches('是')
        .trim_end_matches(' ');
    let mut at = head.len();
    let mut begin = None;
    while let Some((before, char)) = char_before(text, at)
        && char.is_digit()
    {
        begin = Some(before);
        at = before;
    }
    let begin = begin?;
    let end = digits(text, begin, length)?;
    (end == head.len()).then_some((begin, end))
}
