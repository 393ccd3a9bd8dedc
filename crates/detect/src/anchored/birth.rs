//! Birthdays: a date in one of the ways that people write it, beside a word for birth.

use crate::anchored::{back, finding, value};
use crate::chars::{Class, char_at, char_before, char_from};
use crate::check;
use crate::finding::Evidence::{Date, Keyword, Shape};
use crate::finding::Finding;
use crate::keyword::Hit;
use crate::kind::Kind;

/// Bytes between the word and the date.
const REACH: usize = 32;
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// What is had on a birthday.
const PARTIES: [&str; 15] = [
    "房",
    "会",
    "會",
    "派对",
    "蛋糕",
    "布置",
    "宴",
    "餐",
    "聚",
    "惊喜",
    "party",
    "dinner",
    "cake",
    "lunch",
    "celebration",
];

/// The date behind a word, or before it.
pub(crate) fn near(text: &str, hit: &Hit) -> Option<Finding> {
    let from = word_start(text, hit);
    let (start, end) = behind(text, hit.end)
        .or_else(|| before(text, from))
        .or_else(|| said_before(text, hit))?;
    // 6月2日生日房: the day of a party.
    // 日生|日房.
    let rest = text[hit.end..].trim_start_matches([' ', '日']);
    let party = PARTIES.iter().any(|party| rest.starts_with(party));
    if party && !has_year(&text[start..end]) {
        return None;
    }
    Some(finding(
        start,
        end,
        Kind::DateOfBirth,
        96,
        &[Shape, Date, Keyword],
    ))
}

/// `3月7日生`: the first character of the word is the last of the date.
fn word_start(text: &str, hit: &Hit) -> usize {
    let shared = ["日", "号", "號", "月"]
        .iter()
        .find(|word| text[hit.start..].starts_with(**word));
    hit.start + shared.map_or(0, |word| word.len())
}

fn behind(text: &str, from: usize) -> Option<(usize, usize)> {
    let begin = value::begin(text, from).map_or(from, |(at, _)| at);
    let mut at = begin;
    while at < text.len() && at - begin <= REACH {
        let char = char_at(text, at);
        match char.class {
            Class::LineEnd => return None,
            Class::Stop if at > begin && !text[at..].starts_with([',', '，']) => return None,
            _ => {}
        }
        let starts_word = !char_before(text, at).is_some_and(|(_, before)| before.is_word());
        // Without a year it is the day of a party but where the word has it: 生日3月17日.
        if starts_word
            && let Some(end) = date_end(text, at)
            && (at == begin || has_year(&text[at..end]))
        {
            return Some((at, end));
        }
        at += char.bytes;
    }
    None
}

/// Whether a date has more than a month and a day.
fn has_year(date: &str) -> bool {
    let mut digits = [0; 4];
    let mut count = 0;
    let mut at = 0;
    let mut was = false;
    while let Some(char) = char_from(date, at) {
        if char.is_digit() && !was {
            count += 1;
        }
        was = char.is_digit();
        if was && count <= digits.len() {
            digits[count - 1] += 1;
        }
        at += char.bytes;
    }
    let month = date.bytes().any(|byte| byte.is_ascii_alphabetic());
    digits.iter().any(|digits| *digits >= 4)
        || count >= 3
        || date.contains('年') && count > 1
        || month && count > 1
}

/// `17 March 1990 is my birthday`, `3月17日是我生日`, `17/03/1990 (DOB)`.
fn said_before(text: &str, hit: &Hit) -> Option<(usize, usize)> {
    let to = back::end_before(text, hit)?;
    (to < hit.start).then(|| before(text, to)).flatten()
}

/// `1990年3月7日出生`.
fn before(text: &str, to: usize) -> Option<(usize, usize)> {
    let from = (to.saturating_sub(REACH)..to).find(|at| text.is_char_boundary(*at))?;
    (from..to)
        .filter(|at| text.is_char_boundary(*at))
        .find_map(|at| {
            let fresh =
                !char_before(text, at).is_some_and(|(_, char)| char.is_word() || char.is_digit());
            let end = date_end(text, at).filter(|end| fresh && *end <= to)?;
            let between = text[end..to].trim_matches(|char: char| " 的是,，".contains(char));
            between.is_empty().then_some((at, end))
        })
}

/// Where the date that begins at `at` ends.
pub(crate) fn date_end(text: &str, at: usize) -> Option<usize> {
    let char = char_from(text, at)?;
    if let Some(rest) = text[at..]
        .strip_prefix("民国")
        .or(text[at..].strip_prefix("民國"))
    {
        return republican(text, text.len() - rest.len());
    }
    if char.is_digit() {
        numeric(text, at)
    } else if char.class == Class::Letter {
        month_first(text, at)
    } else {
        None
    }
}

/// A number as one or more digits of any script; where it ends, and how many digits.
fn number(text: &str, mut at: usize) -> Option<(u32, usize, usize)> {
    let mut value = 0_u32;
    let mut count = 0;
    while let Some(char) = char_from(text, at)
        && char.is_digit()
        && count < 9
    {
        value = value * 10 + u32::from(char.value);
        count += 1;
        at += char.bytes;
    }
    // Months and days in words: 十二 is one ten and two.
    if let Some(rest) = text[at..].strip_prefix('十') {
        let at = text.len() - rest.len();
        let ones = char_from(text, at).filter(|char| char.class == Class::HanDigit);
        let tens = if count == 0 { 1 } else { value };
        return (count <= 1).then_some(match ones {
            Some(char) => (tens * 10 + u32::from(char.value), at + char.bytes, 2),
            None => (tens * 10, at, 2),
        });
    }
    (count > 0).then_some((value, at, count))
}

fn separator(text: &str, at: usize, words: &[&str]) -> Option<usize> {
    let char = char_from(text, at)?;
    let mark = char.class == Class::Separator
        || text.as_bytes()[at] == b'/'
        || text[at..].starts_with('／');
    if mark {
        let skip = at + char.bytes;
        let spaces = text[skip..].len() - text[skip..].trim_start_matches(' ').len();
        return Some(skip + spaces);
    }
    words
        .iter()
        .find(|word| text[at..].starts_with(**word))
        .map(|word| at + word.len())
}

/// 1990-03-07, 1990年3月7日, 19900307, 07/03/1990, 3月7日, 90年3月7日, 7 March 1990.
fn numeric(text: &str, at: usize) -> Option<usize> {
    let (first, end, count) = number(text, at)?;
    let is_over = |at: usize| !char_from(text, at).is_some_and(|char| char.class == Class::Digit);
    if count == 8 {
        let (day, month, year) = (first / 1_000_000, first / 10_000 % 100, first % 10_000);
        let good = check::birth_date(first / 10_000, first / 100 % 100, first % 100)
            || check::birth_date(year, month, day)
            || check::birth_date(year, day, month);
        return (good && is_over(end)).then_some(end);
    }
    if count == 6 {
        let good = check::date(1900 + first / 10_000, first / 100 % 100, first % 100);
        return (good && is_over(end)).then_some(end);
    }
    if count <= 2
        && let Some(end) = day_first(text, first, end)
    {
        return Some(end);
    }
    let next = separator(text, end, &["年", "月"])?;
    let years = text[end..].starts_with('年');
    let (second, second_end, _) = number(text, next)?;
    if text[end..].starts_with('月') {
        let day = ["日", "号", "號"]
            .iter()
            .find(|word| text[second_end..].starts_with(**word));
        return check::date(2000, first, second)
            .then(|| second_end + day.map_or(0, |word| word.len()));
    }
    let third = separator(text, second_end, &["月"]).and_then(|at| number(text, at));
    let Some((third, third_end, third_count)) = third else {
        let month = text[second_end..].starts_with('月');
        let born = check::birth_date(
            if years && count == 2 {
                1900 + first
            } else {
                first
            },
            second,
            1,
        );
        if years && month {
            return born.then(|| second_end + '月'.len_utf8());
        }
        // 1990.3
        return (count == 4 && born && is_over(second_end)).then_some(second_end);
    };
    let year = |value: u32, digits: usize| if digits == 2 { 1900 + value } else { value };
    let good = if count == 4 || years {
        check::birth_date(year(first, count), second, third)
    } else {
        let born = year(third, third_count);
        third_count != 3
            && (check::birth_date(born, second, first) || check::birth_date(born, first, second))
    };
    let day = ["日", "号", "號"]
        .iter()
        .find(|word| text[third_end..].starts_with(**word));
    (good && is_over(third_end)).then(|| third_end + day.map_or(0, |word| word.len()))
}

/// 78年6月5日 of the calendar that begins in 1912.
fn republican(text: &str, at: usize) -> Option<usize> {
    let (year, end, _) = number(text, at)?;
    let month = separator(text, end, &["年"])?;
    let (month, end, _) = number(text, month)?;
    let day = separator(text, end, &["月"])?;
    let (day, end, _) = number(text, day)?;
    let word = ["日", "号", "號"]
        .iter()
        .find(|word| text[end..].starts_with(**word));
    check::birth_date(year + 1911, month, day).then(|| end + word.map_or(0, |word| word.len()))
}

fn month_at(text: &str, at: usize) -> Option<usize> {
    let letters = text[at..]
        .bytes()
        .take_while(u8::is_ascii_alphabetic)
        .count();
    let word = &text[at..at + letters];
    let known = MONTHS.iter().any(|month| {
        month.eq_ignore_ascii_case(word)
            || (3..=4).contains(&letters)
                && month
                    .get(..letters)
                    .is_some_and(|start| start.eq_ignore_ascii_case(word))
    });
    let end = at + letters;
    known.then(|| end + usize::from(text[end..].starts_with('.')))
}

fn skip(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let rest = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|word| rest.strip_prefix(*word))
        .unwrap_or(rest);
    let rest = rest.trim_start_matches([' ', ',', '-']);
    let rest = rest.strip_prefix("of ").unwrap_or(rest);
    text.len() - rest.len()
}

/// 7 March 1990, 7th of March.
fn day_first(text: &str, day: u32, end: usize) -> Option<usize> {
    let month_end = month_at(text, skip(text, end))?;
    (1..=31)
        .contains(&day)
        .then(|| year_behind(text, month_end))
}

/// March 7, 1990.
fn month_first(text: &str, at: usize) -> Option<usize> {
    let month_end = month_at(text, at)?;
    let (day, day_end, count) = number(text, skip(text, month_end))?;
    if count == 4 {
        return Some(day_end);
    }
    (count <= 2 && (1..=31).contains(&day)).then(|| year_behind(text, skip_suffix(text, day_end)))
}

fn skip_suffix(text: &str, at: usize) -> usize {
    ["st", "nd", "rd", "th"]
        .iter()
        .find(|word| text[at..].starts_with(**word))
        .map_or(at, |word| at + word.len())
}

fn year_behind(text: &str, end: usize) -> usize {
    match number(text, skip(text, end)) {
        Some((year, end, 4)) if (1890..=2099).contains(&year) => end,
        _ => end,
    }
}
