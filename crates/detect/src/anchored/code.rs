//! Card security codes, wherever and however people write them: PCI DSS 3.3.1 forbids to store one, so that one too many cut is
//! better than one too few.

use super::other::is_another;
use super::{before, finding, starts_redacted, value};
use crate::chars::{Char, Class, char_from};
use crate::check::luhn;
use crate::context::Context;
use crate::finding::Evidence::{self, Asked, Keyword, Shape};
use crate::finding::Finding;
use crate::keyword::{Hit, Topic};
use crate::kind::Kind;
use crate::number::Run;

/// Bytes in which a security code is looked for behind its word or its card.
pub(super) const CODE_REACH: usize = 90;
/// Digits from which on a number is a card and no code.
const CARD_DIGITS_MIN: usize = 12;
/// What an answer to a question for a security code may have, bytes of a line.
const CODE_ANSWER_BYTES_MAX: usize = 600;

/// Every group of three or four digits in an answer to a question for a security code.
pub(super) fn lone_codes(text: &str, begin: usize, findings: &mut Vec<Finding>) {
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
        let apart = (3..=4).contains(&run.length) && run.groups(0, run.length).1 == run.length;
        let mut from = if is_a_phone(&run) { run.length } else { 0 };
        while from < run.length {
            let to = if apart {
                run.length
            } else {
                run.group_end(from)
            };
            let (start, end) = (run.start(from), run.end(to));
            if (3..=4).contains(&(to - from)) && !is_another(text, start, end) {
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

/// Whether a run is a phone by its `+`, its zero or its groups, all of it.
fn is_a_phone(run: &Run) -> bool {
    let (sizes, count) = run.groups(0, run.length);
    run.plus.is_some()
        || run.values[0] == 0 && (9..=15).contains(&run.length)
        || count == 3 && matches!(sizes[..3], [3, 3 | 4, 4])
}

/// Whether the last digits of a card are spoken of, and not those of a phone or an order.
pub(super) fn of_a_card(context: &Context<'_>, hit: &Hit) -> bool {
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
    let text = context.text;
    // 后三位客人: they are no digits.
    let persons = [
        "客", "人", "老", "朋", "同", "小", "guest", " guest", " people", " person",
    ];
    !(persons.iter()).any(|person| text[hit.end..].starts_with(person))
        && !context.before(hit.start).any(another)
        && !context.after(hit.end).take(1).any(another)
        && (tells_the_end(&text[hit.start..hit.end]) || is_on_a_side(text, hit))
}

/// Whether a word says that the digits are the last ones; `three digits` alone may be any.
fn tells_the_end(word: &str) -> bool {
    word.starts_with(['后', '後', '末', '最', '尾', 'l', 'L'])
}

/// Whether the back or the front of a card is spoken of near a word, in its sentence.
pub(super) fn is_on_a_side(text: &str, hit: &Hit) -> bool {
    const SIDES: [&str; 13] = [
        "背", "反面", "后面", "後面", "正面", "签名", "簽名", "卡", "back", "reverse", "front",
        "rear", "card",
    ];
    const REACH: usize = 36;
    let from = text.floor_char_boundary(hit.start.saturating_sub(REACH));
    let to = text.floor_char_boundary((hit.end + REACH).min(text.len()));
    let stops = ['。', '\n', '！', ';', '；'];
    let before = text[from..hit.start].rsplit(stops).next().unwrap_or("");
    let behind = text[hit.end..to].split(stops).next().unwrap_or("");
    let has = |part: &str, side: &str| {
        (part.as_bytes().windows(side.len()))
            .any(|window| window.eq_ignore_ascii_case(side.as_bytes()))
    };
    SIDES
        .iter()
        .any(|side| has(before, side) || has(behind, side))
}

/// 房卡背面: the card of a door, of a member, has no code.
fn of_another_card(text: &str, hit: &Hit) -> bool {
    const CARDS: [&str; 8] = ["房", "门", "門", "车", "会员", "饭", "房间", "贵宾"];
    text[hit.start..].starts_with('卡')
        && CARDS.iter().any(|card| text[..hit.start].ends_with(card))
}

/// What stands at a place behind the word.
enum Place {
    Code(Finding),
    /// Another number or word: the search goes on at this place.
    On(usize),
    /// The number behind the word is no code, or the line ends.
    End,
    /// The code was cut before.
    Redacted,
}

/// Three or four digits in the clause of the word. PCI DSS 3.3.1: better one too many cut than one stored.
pub(super) fn security_code(context: &Context<'_>, hit: &Hit) -> Option<Finding> {
    let text = context.text;
    if of_another_card(text, hit) {
        return None;
    }
    let reach = text.len().min(hit.end + CODE_REACH);
    // What links join to the word is its code whatever stands around; farther away it may be a room or a sum.
    let linked = value::begin(text, hit.end).map_or(hit.end, |(at, _)| at);
    let mut at = hit.end;
    while at < reach {
        match place(text, at, at > linked)? {
            Place::Code(found) => return Some(found),
            Place::On(next) => at = next,
            Place::End => break,
            Place::Redacted => return None,
        }
    }
    before(context, hit, 3..=4).map(|(start, end)| by_word(start, end))
}

/// `far`: no link joins the place to the word.
fn place(text: &str, at: usize, far: bool) -> Option<Place> {
    let char = char_from(text, at)?;
    let rest = &text[at..];
    Some(match char.class {
        Class::LineEnd => Place::End,
        _ if rest.starts_with('*') => {
            let stars = rest.bytes().take_while(|byte| *byte == b'*').count();
            let digit = char_from(text, at + stars).is_some_and(Char::is_digit);
            // What stood here was cut before, or it is bold.
            if stars >= 3 && !digit {
                return Some(Place::Redacted);
            }
            Place::On(at + stars)
        }
        _ if rest.starts_with('[') && starts_redacted(rest) => Place::Redacted,
        _ if char.is_digit() => number_behind(text, at, far),
        Class::Letter => {
            if let Some(end) = spelled(text, at) {
                Place::Code(by_word(at, end))
            } else {
                let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
                Place::On(at + letters.max(char.bytes))
            }
        }
        _ => Place::On(at + char.bytes),
    })
}

fn by_word(start: usize, end: usize) -> Finding {
    finding(start, end, Kind::CardSecurityCode, 90, &[Shape, Keyword])
}

/// The number at a place behind the word.
fn number_behind(text: &str, at: usize, far: bool) -> Place {
    if let Some(end) = expiry_end(text, at) {
        return Place::On(end);
    }
    let run = Run::collect(text, at);
    if run.length >= CARD_DIGITS_MIN {
        return match before_card(&run) {
            Some(end) => Place::Code(by_word(at, end)),
            None => Place::On(behind_card(&run)),
        };
    }
    if run.length < 3 || ends_a_card(text, at) {
        // How many digits a code has, or the last of a card.
        return Place::On(run.after);
    }
    let end = first_group(&run).unwrap_or(run.after);
    if far && is_another(text, at, end) {
        return Place::On(run.after);
    }
    // The first number behind the word is its number, or there is none.
    code_of(text, at, &run).map_or(Place::End, Place::Code)
}

/// `CVV 123 4111111111111111`: where the code ends that stands before a card in one run with it.
fn before_card(run: &Run) -> Option<usize> {
    let code = run.group_end(0);
    let is_card = |from: usize| {
        (CARD_DIGITS_MIN..=19).contains(&(run.length - from)) && luhn(&run.values[from..run.length])
    };
    ((3..=4).contains(&code) && is_card(code) && !is_card(0)).then(|| run.end(code))
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

/// What stands before the expiry date of a card.
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
/// What stands before its code.
const DIGITS_CODE: [&str; 4] = [
    "4 digit code",
    "4-digit code",
    "3 digit code",
    "3-digit code",
];
const CODE: [&str; 18] = [
    "code",
    "cvv2",
    "cvv",
    "cvc",
    "cvn",
    "cid",
    "csc",
    "cv2",
    "security",
    "sec",
    "安全码",
    "码",
    "卡后面三位",
    "后面三位",
    "背面三位",
    "后三位",
    "末三位",
    "安全",
];

/// The code written behind a card, after its expiry date or a word for a code: `4111... exp 12/26 123`, `4111..., code 123`,
/// `4111...|12|26|123`.
pub(crate) fn code_behind_card(text: &str, card: &Finding) -> Option<Finding> {
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
        if let Some(length) = word(&DIGITS_CODE) {
            told = true;
            at += length;
            continue;
        }
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
