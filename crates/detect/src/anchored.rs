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
pub(crate) use value::is_open;
use value::{Value, word_at};

/// Bytes in which a security code is looked for behind its word or its card.
const CODE_REACH: usize = 90;
/// Digits from which on a number is a card and no code.
const CARD_DIGITS_MIN: usize = 12;
/// What an answer to a question for a security code may have, bytes of a line.
const CODE_ANSWER_BYTES_MAX: usize = 600;

/// What a message may have besides an answer of one number, bytes.
const ANSWER_BYTES_MAX: usize = 60;

/// Adds what stands at the words of a line.
pub(crate) fn anchored(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut secret_end = 0;
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
            Topic::Token => secret::token(context.text, hit.start),
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
            let end = label.find(']').unwrap_or(0);
            label[..end].parse::<Kind>().is_ok()
        })
}

/// Every group of three or four digits in an answer to a question for a security code.
fn lone_codes(text: &str, begin: usize, findings: &mut Vec<Finding>) {
    let end = text.len().min(begin + CODE_ANSWER_BYTES_MAX);
    let mut at = begin;
    while at < end {
        let Some(char) = char_from(text, at) else {
            return;
        };
        if !char.is_digit() {
            at += char.bytes;
            continue;
        }
        let run = Run::collect(text, at);
        let mut from = 0;
        while from < run.length {
            let to = run.group_end(from);
            if (3..=4).contains(&(to - from)) {
                let (start, end) = (run.start(from), run.end(to));
                findings.push(finding(
                    start,
                    end,
                    Kind::CardSecurityCode,
                    85,
                    &[Shape, Asked],
                ));
            }
            from = to;
        }
        at = run.after;
    }
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

/// Whether the last digits of a card are spoken of, and not those of a phone or an order.
fn of_a_card(context: &Context<'_>, hit: &Hit) -> bool {
    let another = |word: &Hit| {
        matches!(
            word.topic,
            Topic::Phone
                | Topic::OwnPhone
                | Topic::ResidentId
                | Topic::Booking
                | Topic::OtherNumber
                | Topic::OneTimeCode
        )
    };
    !context.before(hit.start).any(another) && !context.after(hit.end).take(1).any(another)
}

/// Three or four digits in the clause of the word. PCI DSS 3.3.1: better one too many cut than one stored.
fn security_code(context: &Context<'_>, hit: &Hit) -> Option<Finding> {
    let text = context.text;
    let reach = text.len().min(hit.end + CODE_REACH);
    let mut at = hit.end;
    while at < reach {
        let char = char_from(text, at)?;
        let rest = &text[at..];
        match char.class {
            Class::LineEnd => break,
            _ if rest.starts_with('*') => {
                let stars = rest.bytes().take_while(|byte| *byte == b'*').count();
                let digit = char_from(text, at + stars).is_some_and(Char::is_digit);
                // What stood here was cut before, or it is bold.
                if stars >= 3 && !digit {
                    return None;
                }
                at += stars;
            }
            _ if rest.starts_with('[') && starts_redacted(rest) => return None,
            _ if char.is_digit() => {
                if let Some(end) = expiry_end(text, at) {
                    at = end;
                    continue;
                }
                let run = Run::collect(text, at);
                if run.length >= CARD_DIGITS_MIN {
                    at = behind_card(&run);
                    continue;
                }
                if run.length < 3 || ends_a_card(text, at) {
                    // How many digits a code has, or the last of a card.
                    at = run.after;
                    continue;
                }
                // The first number behind the word is its number, or there is none.
                if let Some(found) = code_of(text, at, &run) {
                    return Some(found);
                }
                break;
            }
            Class::Letter => {
                if let Some(end) = spelled(text, at) {
                    let found = finding(at, end, Kind::CardSecurityCode, 90, &[Shape, Keyword]);
                    return Some(found);
                }
                let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
                at += letters.max(char.bytes);
            }
            _ => at += char.bytes,
        }
    }
    before(text, hit.start, 3..=4)
        .map(|(start, end)| finding(start, end, Kind::CardSecurityCode, 90, &[Shape, Keyword]))
}

/// Where the card at the beginning of a long run ends: its groups of four, and what makes twelve digits.
fn behind_card(run: &Run) -> usize {
    let mut to = run.group_end(0);
    while to < run.length {
        let next = run.group_end(to);
        if to >= CARD_DIGITS_MIN && next - to != 4 {
            break;
        }
        to = next;
    }
    run.end(to)
}

/// `ending in 4412`, 尾号4412: part of the card's number.
fn ends_a_card(text: &str, at: usize) -> bool {
    let head = text[..at].trim_end_matches([' ', ':', '：', '是']);
    [
        "ending in",
        "ending",
        "ends in",
        "尾号",
        "尾號",
        "末四位",
        "后四位",
        "last four",
        "last 4",
    ]
    .iter()
    .any(|word| {
        head.len() >= word.len()
            && head.is_char_boundary(head.len() - word.len())
            && head[head.len() - word.len()..].eq_ignore_ascii_case(word)
    })
}

/// What the number behind a word for a security code is: three or four digits, or, longer, a code that was sent to a phone.
fn code_of(text: &str, at: usize, run: &Run) -> Option<Finding> {
    match run.length {
        3..=4 => Some(finding(
            at,
            run.after,
            Kind::CardSecurityCode,
            97,
            &[Shape, Keyword],
        )),
        6..=8
            if !run.letter_after
                && run.groups(0, run.length).1 == 1
                && !value::is_measured(text, run.after) =>
        {
            Some(finding(
                at,
                run.after,
                Kind::VerificationCode,
                80,
                &[Shape, Keyword],
            ))
        }
        _ => first_group(run)
            .map(|end| finding(at, end, Kind::CardSecurityCode, 90, &[Shape, Keyword])),
    }
}

/// Three or four English numerals: `nine seven three`. Answers where they end.
fn spelled(text: &str, begin: usize) -> Option<usize> {
    const NUMERALS: [&str; 11] = [
        "zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    let mut at = begin;
    let mut end = begin;
    let mut count = 0;
    loop {
        let length = text[at..]
            .bytes()
            .take_while(u8::is_ascii_alphabetic)
            .count();
        let word = &text[at..at + length];
        if !NUMERALS
            .iter()
            .any(|numeral| numeral.eq_ignore_ascii_case(word))
        {
            break;
        }
        count += 1;
        end = at + length;
        at = end
            + text[end..]
                .bytes()
                .take_while(|byte| b" ,-".contains(byte))
                .count();
    }
    (3..=4).contains(&count).then_some(end)
}

/// `CVV 123 13812345678`: the first group alone is the code.
fn first_group(run: &Run) -> Option<usize> {
    let group = run.group_end(0);
    (matches!(group, 3 | 4) && group < run.length).then(|| run.end(group))
}

/// The code written behind a card, after its expiry date or a word for a code: `4111... exp 12/26 123`, `4111..., code 123`,
/// `4111...|12|26|123`.
pub(crate) fn code_behind_card(text: &str, card: &Finding) -> Option<Finding> {
    const EXPIRY: [&str; 14] = [
        "expiration",
        "expires",
        "expiry",
        "exp.",
        "exp",
        "valid thru",
        "valid",
        "thru",
        "date",
        "有效期至",
        "有效期",
        "到期日",
        "到期",
        "至",
    ];
    const CODE: [&str; 5] = ["code", "cvv", "cvc", "安全码", "码"];
    const FILLERS: [&str; 2] = ["and", "the"];
    let mut at = card.end;
    let mut told = false;
    while at < text.len().min(card.end + CODE_REACH) {
        let char = char_from(text, at)?;
        let word = |words: &[&str]| {
            let found = words.iter().find(|word| {
                let start = text.as_bytes().get(at..at + word.len());
                start.is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
            });
            found.map(|word| word.len())
        };
        if char.is_digit() {
            if !told && let Some(end) = expiry_end(text, at) {
                told = true;
                at = end;
                continue;
            }
            let (_, count, end) = number_at(text, at);
            let fits = told && (3..=4).contains(&count);
            return fits.then(|| {
                finding(
                    at,
                    end,
                    Kind::CardSecurityCode,
                    88,
                    &[Shape, Evidence::Context],
                )
            });
        }
        if let Some(length) = word(&CODE) {
            told = true;
            at += length;
        } else if let Some(length) = word(&EXPIRY).or_else(|| word(&FILLERS)) {
            at += length;
        } else if matches!(char.class, Class::LineEnd | Class::Letter) || is_han(text, at) {
            return None;
        } else {
            at += char.bytes;
        }
    }
    None
}

fn is_han(text: &str, at: usize) -> bool {
    text[at..].starts_with(|char: char| ('\u{3400}'..='\u{9FFF}').contains(&char))
}

/// The digits of any width in a row: their value, how many, and where they end.
fn number_at(text: &str, begin: usize) -> (u32, usize, usize) {
    let mut at = begin;
    let mut value = 0_u32;
    let mut count = 0;
    while let Some(char) = char_from(text, at)
        && char.class == Class::Digit
        && count < 9
    {
        value = value * 10 + u32::from(char.value);
        count += 1;
        at += char.bytes;
    }
    (value, count, at)
}

/// `12/26`, `12-2026`, `12 | 26`, `2026/12`, `1226` before another number: where it ends.
fn expiry_end(text: &str, at: usize) -> Option<usize> {
    let marks = |mut at: usize| {
        let mut seen = false;
        while let Some(char) = char_from(text, at) {
            let slash = text[at..].starts_with(['/', '|', '／', '｜']);
            let dash = char.class == Class::Separator && char.value != b' ';
            if !slash && char.class != Class::Separator {
                break;
            }
            seen |= slash || dash;
            at += char.bytes;
        }
        (seen, at)
    };
    let is_month = |number: u32| (1..=12).contains(&number);
    let (first, digits, end) = number_at(text, at);
    let (marked, next) = marks(end);
    let (second, second_digits, second_end) = number_at(text, next);
    let month_first = digits <= 2 && is_month(first) && matches!(second_digits, 2 | 4);
    let year_first =
        digits == 4 && (2000..2100).contains(&first) && second_digits <= 2 && is_month(second);
    if marked && (month_first || year_first) {
        return Some(second_end);
    }
    // In one piece it is a date only where the code still follows.
    let together =
        digits == 4 && is_month(first / 100) && (3..=4).contains(&second_digits) && next > end;
    together.then_some(end)
}
