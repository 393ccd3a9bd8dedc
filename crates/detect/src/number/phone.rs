//! Phones of the mainland: mobiles, landlines, and the numbers of firms, which are nobody's.

use crate::check::{date, number};
use crate::finding::Evidence::{Keyword, Prefix, Shape};
use crate::kind::Kind;
use crate::number::foreign;
use crate::number::run::{Gap, Run};
use crate::number::window::{Nearby, Window, between_edges, grouped};

const MOBILE: usize = 11;
const MOBILE_GROUPS: &[&[usize]] = &[
    &[3, 4, 4],
    &[3, 8],
    &[7, 4],
    &[3, 3, 5],
    &[3, 5, 3],
    &[4, 3, 4],
    &[4, 4, 3],
    &[3, 2, 2, 2, 2],
    &[3, 2, 2, 4],
    &[3, 2, 3, 3],
    &[5, 6],
    &[6, 5],
    &[4, 7],
    &[3, 4, 2, 2],
    &[3, 3, 3, 2],
    &[2, 3, 3, 3],
];
const COUNTRY: [&[u8]; 3] = [&[0, 0, 8, 6], &[0, 8, 6], &[8, 6]];

/// Prefixes given to operators (MIIT, numbering plan of 2017 with its additions; 140, 144, 146, 148: things).
const fn is_allocated(prefix: u32) -> bool {
    matches!(
        prefix,
        130..=139 | 140 | 141 | 144..=153 | 155..=159 | 162 | 165..=167 | 170..=178 | 180..=193 | 195..=199
    )
}

/// A mobile, with or without 86 before it.
pub(crate) fn mobile(run: &Run, from: usize, near: Nearby) -> Option<Window> {
    let country = COUNTRY
        .into_iter()
        .find(|code| run.values[from..run.length].starts_with(code))
        .filter(|code| run.values.get(from + code.len()) == Some(&1));
    let skip = country.map_or(0, <[u8]>::len);
    let begin = from + skip;
    let digits: &[u8; MOBILE] = run.values[begin..run.length].first_chunk()?;
    if digits[0] != 1 || !(3..=9).contains(&digits[1]) || digits[10] > 9 {
        return None;
    }
    let all_apart = run.groups(begin, begin + MOBILE).1 == MOBILE;
    // Where a word says so and nothing else stands there, people put spaces where they like.
    let begins_as_one = run.group_end(begin) - begin >= 3;
    let named_alone = near.phone && from == 0 && begin + MOBILE == run.length && begins_as_one;
    let spelled = grouped(run, begin, MOBILE, MOBILE_GROUPS) || named_alone;
    if !spelled || all_apart && !apart_as_a_whole(run, begin) {
        return None;
    }
    let plus = skip > 0 && from == 0 && run.plus.is_some();
    let abroad = skip == 0 && from == 0 && run.plus.is_some();
    let allocated = is_allocated(number(&digits[..3]));
    if !(near.phone || plus) && (near.other || near.booking) {
        return None;
    }
    let score = match (allocated, near.phone || plus) {
        // `+1 415 ...` is America before it is a mobile without its 86.
        _ if abroad => 60,
        (true, true) => 99,
        (true, false) => 94,
        (false, true) => 85,
        (false, false) => 60,
    };
    let mut window = Window::new(skip + MOBILE, Kind::Mobile, score, &[Shape]);
    window.evidence = (window.evidence)
        .with_if(allocated || skip > 0, Prefix)
        .with_if(near.phone, Keyword);
    Some(window)
}

/// Digit by digit is a way to write one number, not to cut one out of a list.
fn apart_as_a_whole(run: &Run, begin: usize) -> bool {
    begin + MOBILE == run.length
        || run.group_end(begin + MOBILE) - (begin + MOBILE) > 1
        || run.gap(begin + MOBILE) != run.gap(begin + 1)
}

/// A landline with its area code.
pub(crate) fn landline(run: &Run, from: usize, near: Nearby) -> Option<Window> {
    let values = &run.values[from..run.length];
    let skip = match values {
        [0, 0, 8, 6, ..] => 4,
        [8, 6, ..] if from == 0 && (run.plus.is_some() || run.gap_at(2) != Gap::None) => 2,
        _ => 0,
    };
    let trunk = usize::from(values.get(skip) == Some(&0));
    if trunk == 0 && skip == 0 {
        return None;
    }
    let area = skip + trunk;
    let area_digits = area_length(values.get(area..)?)?;
    let local = area + area_digits;
    let split = run.is_edge(from + local);
    let known = area_digits == 2 || is_area(number(&values[area..local]));
    let first = *values.get(local)?;
    if !split && (!known || !(2..=8).contains(&first)) || !(1..=9).contains(&first) {
        return None;
    }
    let lengths: &[usize] = if area_digits == 3 { &[8, 7] } else { &[8] };
    let length = lengths.iter().copied().find(|length| {
        let end = from + local + length;
        end <= run.length && run.is_edge(end) && local_grouped(run, from + local, *length)
    })?;
    let whole = local + length;
    if !near.han_line && foreign::is_british(run, from) {
        return None;
    }
    let area_in_one = run.groups(from + skip, from + local).1 <= 2;
    if !area_in_one || !run.is_edge(from) || (near.other || near.booking) && !near.phone {
        return None;
    }
    let score = match (split, near.phone) {
        (_, true) => 99,
        (true, false) => 92,
        (false, false) => 75,
    };
    let mut window = Window::new(whole, Kind::Landline, score, &[Shape, Prefix]);
    window.evidence = window.evidence.with_if(near.phone, Keyword);
    Some(window)
}

/// Area codes of three digits, without their 0 (MIIT, numbering plan of fixed lines).
const fn is_area(code: u32) -> bool {
    matches!(
        code,
        310..=319 | 335 | 349..=359 | 370..=379 | 391..=396 | 398 | 410..=419 | 421 | 427 | 429 | 431..=440
            | 451..=459 | 464 | 467..=479 | 482 | 483 | 510..=520 | 523 | 527 | 530..=539 | 543 | 546 | 550..=566
            | 570..=580 | 591..=599 | 631..=635 | 660 | 662 | 663 | 668 | 691 | 692 | 701 | 710..=719 | 722 | 724 | 728
            | 730..=739 | 743..=746 | 750..=760 | 762 | 763 | 766 | 768..=779 | 790..=799 | 812 | 813 | 816..=818
            | 825..=827 | 830..=839 | 851..=859 | 870..=879 | 883 | 886..=888 | 891..=899 | 901..=903 | 906 | 908 | 909
            | 911..=919 | 930..=939 | 941 | 943 | 951..=955 | 970..=977 | 979 | 990..=999
    )
}

fn local_grouped(run: &Run, from: usize, length: usize) -> bool {
    grouped(
        run,
        from,
        length,
        &[
            &[4, 4],
            &[3, 4],
            &[4, 3],
            &[3, 5],
            &[2, 2, 2, 2],
            &[3, 2, 2],
            &[2, 3, 3],
            &[3, 3, 2],
        ],
    )
}

/// Digits of an area code without its 0: 10, 2x, or three that begin with 3 to 9.
fn area_length(digits: &[u8]) -> Option<usize> {
    match digits {
        [1, 0, ..] => Some(2),
        [2, second, ..] if *second != 6 => Some(2),
        [3..=9, second, third, ..] if *second > 0 && *second <= 9 && *third <= 9 => Some(3),
        _ => None,
    }
}

/// Seven or eight digits without an area code: a phone where a word says so.
pub(crate) fn bare(run: &Run, from: usize, length: usize) -> Option<Window> {
    if from + length > run.length || !between_edges(run, from, length) {
        return None;
    }
    let digits = &run.values[from..from + length];
    let is_date = length == 8
        && (1900..=2099).contains(&number(&digits[..4]))
        && date(
            number(&digits[..4]),
            number(&digits[4..6]),
            number(&digits[6..8]),
        );
    if !(2..=8).contains(&digits[0]) || is_date || !local_grouped(run, from, length) {
        return None;
    }
    Some(Window::new(length, Kind::Landline, 90, &[Shape, Keyword]))
}

/// 400 and 800 numbers, 95xxx and other short numbers of firms and offices.
pub(crate) fn of_a_firm(run: &Run, from: usize) -> Option<Window> {
    let values = &run.values[from..run.length];
    let (0, length) = (match values {
        [4 | 8, 0, 0, ..] if values.len() >= 10 => (0, 10),
        [9, 5 | 6, ..] if run.group_end(from) - from == 5 => (0, 5),
        _ => (1, 0),
    }) else {
        return None;
    };
    let ways: &[&[usize]] = &[
        &[3, 3, 4],
        &[3, 4, 3],
        &[3, 7],
        &[3, 3, 2, 2],
        &[4, 3, 3],
        &[6, 4],
        &[3, 1, 2, 4],
    ];
    (between_edges(run, from, length) && grouped(run, from, length, ways))
        .then(|| Window::nobodys(length))
}
