//! What only a word can tell: codes, bookings, accounts, birthdays, secrets. The search begins at the word and goes no further
//! than its clause.

mod birth;
mod secret;
mod value;

use crate::chars::{Char, Class, char_before, char_from};
use crate::context::Context;
use crate::finding::Evidence::{Asked, Keyword, Shape};
use crate::finding::{Evidence, EvidenceSet, Finding};
use crate::keyword::{Hit, Topic};
use crate::kind::Kind;
use crate::number::Run;
pub(crate) use secret::in_url as url_secret;
use value::{Value, word_at};

/// What a message may have besides an answer of one number, bytes.
const ANSWER_BYTES_MAX: usize = 60;

/// Adds what stands at the words of a line.
pub(crate) fn anchored(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut key_end = 0;
    for hit in context.hits {
        let found = match hit.topic {
            Topic::WeChat => wechat(context.text, hit.end),
            Topic::Qq => qq(context.text, hit.end),
            Topic::Booking => booking(context.text, hit),
            Topic::OneTimeCode => one_time_code(context.text, hit),
            Topic::SecurityCode => security_code(context.text, hit),
            Topic::Birth => birth::near(context.text, hit),
            Topic::Secret => secret::behind_word(context, hit),
            Topic::Token => secret::token(context.text, hit.start, &mut key_end),
            _ => None,
        };
        findings.extend(found);
    }
}

/// Adds what the message before asked for and a word of this one need not say again. `line` is the whole message.
pub(crate) fn answers(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let text = context.text;
    if context.asked.is_empty() || text.len() > ANSWER_BYTES_MAX {
        return;
    }
    let digit = text
        .char_indices()
        .map(|(at, _)| at)
        .find(|at| char_from(text, *at).is_some_and(Char::is_digit));
    let whole_word = text
        .char_indices()
        .map(|(at, _)| at)
        .find(|at| char_from(text, *at).is_some_and(Char::is_word));
    for kind in context.asked.iter() {
        let found = match (kind, digit, whole_word) {
            (Kind::CardSecurityCode, Some(at), _) => digits(text, at, 3..=4).map(|end| (at, end)),
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
    rest.starts_with('*')
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

/// Three or four digits in the clause of the word. PCI DSS 3.3.1: better one too many cut than one stored.
fn security_code(text: &str, hit: &Hit) -> Option<Finding> {
    let reach = text.len().min(hit.end + 40);
    let mut at = hit.end;
    while at < reach {
        let char = char_from(text, at)?;
        match char.class {
            Class::LineEnd => break,
            // What stood here was cut before.
            _ if starts_redacted(&text[at..]) => return None,
            // The first number behind the word is its number, or there is none.
            _ if char.is_digit() => {
                let run = Run::collect(text, at);
                if value::is_measured(text, run.after) && run.length < 3 {
                    at = run.after;
                    continue;
                }
                let fits = (3..=4).contains(&run.length)
                    && !run.letter_after
                    && !value::is_measured(text, run.after);
                if fits {
                    return Some(finding(
                        at,
                        run.after,
                        Kind::CardSecurityCode,
                        97,
                        &[Shape, Keyword],
                    ));
                }
                if let Some(end) = first_group(&run) {
                    return Some(finding(
                        at,
                        end,
                        Kind::CardSecurityCode,
                        90,
                        &[Shape, Keyword],
                    ));
                }
                break;
            }
            _ => at += char.bytes,
        }
    }
    before(text, hit.start, 3..=4)
        .map(|(start, end)| finding(start, end, Kind::CardSecurityCode, 90, &[Shape, Keyword]))
}

/// `CVV 123 13812345678`: the first group alone is the code.
fn first_group(run: &Run) -> Option<usize> {
    let group = run.group_end(0);
    (matches!(group, 3 | 4) && group < run.length).then(|| run.end(group))
}

/// The code written behind a card and its expiry date, without a word: `4111... 12/26 123`.
pub(crate) fn code_behind_card(text: &str, card: &Finding) -> Option<Finding> {
    let skip = |mut at: usize| {
        while let Some(char) = char_from(text, at)
            && (char.class == Class::Separator
                || char.class == Class::Paren
                || matches!(text.as_bytes()[at], b',' | b'/' | b'|' | b';'))
        {
            at += char.bytes;
        }
        at
    };
    let number = |at: usize, most: usize| {
        let count = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        (1..=most).contains(&count).then_some(count)
    };
    let first = skip(card.end);
    if let Some(code) = ["code", "cvv", "cvc"].iter().find_map(|word| {
        text.get(first..first + word.len())
            .filter(|start| start.eq_ignore_ascii_case(word))
            .map(|_| skip(first + word.len()))
    }) {
        let count = number(code, 4).filter(|count| *count >= 3)?;
        return Some(finding(
            code,
            code + count,
            Kind::CardSecurityCode,
            97,
            &[Shape, Evidence::Context],
        ));
    }
    let month = first;
    let month_end = month + number(month, 2)?;
    let slash = skip(month_end);
    if !text[month_end..slash].contains('/')
        || !(1..=12).contains(&text[month..month_end].parse::<u8>().unwrap_or(0))
    {
        return None;
    }
    let year_end = slash + number(slash, 4)?;
    let code = skip(year_end);
    let count = number(code, 4).filter(|count| *count >= 3 && code > year_end)?;
    Some(finding(
        code,
        code + count,
        Kind::CardSecurityCode,
        85,
        &[Shape, Evidence::Context],
    ))
}
