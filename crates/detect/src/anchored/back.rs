//! Values that stand before their word (`HT2049 is my booking number`, `482913（验证码）`, `321，背面三位`), and those that follow a
//! first one in a list (`订单号 A、B`).

use super::value::{Value, is_measured, word_at};
use crate::chars::{Class, char_before, char_from};
use crate::context::Context;
use crate::finding::Finding;
use crate::keyword::{Hit, Topic};

/// What joins a value to the word behind it.
const JOINTS: [&str; 44] = [
    " ",
    "\u{3000}",
    "（",
    "(",
    "【",
    "[",
    "-",
    "–",
    "—",
    "“",
    "\"",
    "是",
    "为",
    "為",
    "就是",
    "这",
    "这个",
    "那个",
    "我的",
    "您的",
    "你的",
    "我",
    "您",
    "的",
    "卡",
    "卡片",
    "信用卡",
    "is",
    "was",
    "are",
    "my",
    "your",
    "the",
    "our",
    "as",
    "on",
    "that's",
    "that is",
    "it's",
    "this is",
    "for",
    "card",
    "'s",
    "*",
];
/// Joints, at most.
const JOINTS_MAX: usize = 8;
/// Bytes between a value and a word of another kind that has it.
const OWNER_BYTES_MAX: usize = 9;

/// Where the value ends that stands before a word. A comma joins them only where the word ends its clause.
pub(super) fn end_before(text: &str, hit: &Hit) -> Option<usize> {
    let mut head = &text[..hit.start];
    let mut comma = false;
    for _ in 0..JOINTS_MAX {
        let joint = JOINTS
            .iter()
            .filter(|joint| ends_with(head, joint))
            .max_by_key(|joint| joint.len());
        if let Some(joint) = joint {
            head = &head[..head.len() - joint.len()];
        } else if !comma && head.ends_with([',', '，']) {
            head = head.trim_end_matches([',', '，']);
            comma = true;
        } else {
            break;
        }
    }
    (!comma || closes(text, hit.end)).then_some(head.len())
}

/// Whether a text ends with a joint; one of Latin letters is a whole word.
fn ends_with(head: &str, joint: &str) -> bool {
    let Some(at) = head.len().checked_sub(joint.len()) else {
        return false;
    };
    let latin = joint.as_bytes()[0].is_ascii_alphabetic();
    head.as_bytes()[at..].eq_ignore_ascii_case(joint.as_bytes())
        && !(latin && head[..at].ends_with(|char: char| char.is_ascii_alphabetic()))
}

/// Whether nothing but 号, 码 and marks stands between a word and the end of its clause.
fn closes(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start_matches([
        '号', '號', '码', '碼', '数', ' ', '）', ')', '哈', '啊', '哦', '~',
    ]);
    char_from(rest, 0).is_none_or(|char| {
        matches!(char.class, Class::Stop | Class::LineEnd) || rest.starts_with('.')
    })
}

/// The word of letters and digits that stands before a keyword, unless another keyword has it.
pub(super) fn word_before<'a>(context: &Context<'a>, hit: &Hit) -> Option<Value<'a>> {
    let text = context.text;
    let end = end_before(text, hit)?;
    let mut start = end;
    while let Some((at, char)) = char_before(text, start)
        && (char.is_word()
            || char.bytes == 1 && char.value == b'-' && char.class == Class::Separator)
        && end - start <= 64
    {
        start = at;
    }
    let word = (start < end).then(|| word_at(text, start)).flatten()?;
    (word.end == end && !is_owned(context, start, hit)).then_some(word)
}

/// Whether a word of another kind stands right before a value: 房号1208.
pub(super) fn is_owned(context: &Context<'_>, start: usize, hit: &Hit) -> bool {
    context.before(start).next().is_some_and(|owner| {
        start - owner.end <= OWNER_BYTES_MAX
            && owner.topic != hit.topic
            && owner.topic != Topic::Request
    })
}

/// Adds what follows a value in a list: words as long as it, of digits alone where it is.
pub(super) fn list_behind(text: &str, first: Finding, findings: &mut Vec<Finding>) {
    const LIST_MAX: usize = 8;
    let Some(word) = word_at(text, first.start).filter(|word| word.end == first.end) else {
        return;
    };
    let mut last = first;
    for _ in 0..LIST_MAX {
        let Some(next) = joined(text, last.end).and_then(|at| word_at(text, at)) else {
            return;
        };
        let alike = next.length == word.length
            && next.has_letter == word.has_letter
            && next.has_digit == word.has_digit
            && !is_measured(text, next.end);
        if !alike {
            return;
        }
        last = Finding {
            start: next.start,
            end: next.end,
            ..first
        };
        findings.push(last);
    }
}

/// Behind what joins two members of a list.
fn joined(text: &str, end: usize) -> Option<usize> {
    const MARKS: [&str; 12] = [
        ",", "，", "、", "/", "和", "及", "与", "跟", "and ", "& ", ";", "；",
    ];
    let rest = text[end..].trim_start_matches(' ');
    let mark = MARKS.iter().find(|mark| rest.starts_with(**mark))?;
    let rest = rest[mark.len()..].trim_start_matches(' ');
    Some(text.len() - rest.len())
}
