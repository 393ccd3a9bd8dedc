//! Payment cards and device numbers: both end in a Luhn check digit.

use crate::check::{luhn, number};
use crate::finding::Evidence::{CheckDigit, Issuer, Keyword, Prefix, Shape};
use crate::kind::Kind;
use crate::number::run::{Run, X};
use crate::number::window::{Nearby, Window, between_edges, grouped};

/// ISO/IEC 7812-1: 12 to 19 digits.
const LENGTHS: std::ops::RangeInclusive<usize> = 12..=19;
/// How cards are written in groups; the last may be shorter.
const GROUPS: &[&[usize]] = &[
    &[4, 4, 4],
    &[4, 4, 4, 1],
    &[4, 4, 4, 2],
    &[4, 4, 4, 3],
    &[4, 4, 4, 4],
    &[4, 4, 4, 4, 1],
    &[4, 4, 4, 4, 2],
    &[4, 4, 4, 4, 3],
    &[4, 4, 4, 5],
    &[4, 4, 4, 6],
    &[4, 4, 4, 7],
    &[4, 6, 5],
    &[4, 6, 4],
    &[6, 13],
    &[6, 10],
    &[6, 12],
    &[6, 11],
    &[8, 8],
    &[4, 4, 8],
    &[4, 8, 4],
    &[4, 15],
    &[4, 12],
    &[8, 11],
    &[6, 4, 4, 5],
    &[6, 6, 7],
    &[6, 6, 4],
    &[3, 3, 3, 3, 3, 4],
    &[4, 4, 11],
];

/// Whether an issuer gives numbers of this length that begin so.
fn is_issued(digits: &[u8]) -> bool {
    let length = digits.len();
    let six = number(&digits[..6]);
    let (one, two, three, four) = (six / 100_000, six / 10_000, six / 1_000, six / 100);
    match one {
        4 => matches!(length, 13 | 16 | 19),
        5 => {
            (51..=55).contains(&two) && length == 16
                // Debit cards of Chinese banks issued under Maestro's range, and Maestro itself.
                || matches!(two, 50 | 56..=58) && (16..=19).contains(&length)
        }
        2 => {
            (2221..=2720).contains(&four) && length == 16
                || (2200..=2204).contains(&four) && (16..=19).contains(&length)
        }
        3 => {
            matches!(two, 34 | 37) && length == 15
                || (3528..=3589).contains(&four) && (16..=19).contains(&length)
                || (matches!(two, 36 | 38 | 39) || (300..=305).contains(&three))
                    && matches!(length, 14 | 16 | 19)
        }
        6 => {
            (two == 62 || two == 60 || two == 65 || (644..=649).contains(&three))
                && (16..=19).contains(&length)
                || matches!(two, 63 | 67) && (16..=19).contains(&length)
        }
        8 => two == 81 && (16..=19).contains(&length),
        // Cards of the Industrial and Commercial Bank from before UnionPay.
        9 => four == 9558 && length == 19,
        _ => false,
    }
}

/// The longest card that begins here.
pub(crate) fn card(run: &Run, from: usize, length: usize, near: Nearby) -> Option<Window> {
    if !LENGTHS.contains(&length) || from + length > run.length {
        return None;
    }
    let digits = &run.values[from..from + length];
    if digits.contains(&X) || !luhn(digits) || digits.iter().all(|digit| *digit == digits[0]) {
        return None;
    }
    let issued = is_issued(digits);
    if !(issued || near.card && between_edges(run, from, length)) {
        return None;
    }
    if !grouped(run, from, length, GROUPS) || (near.other || near.booking) && !near.card {
        return None;
    }
    let score = match (issued, near.card) {
        (true, true) => 99,
        (true, false) => 92,
        (false, _) => 85,
    };
    let mut window = Window::new(length, Kind::BankCard, score, &[Shape, CheckDigit]);
    window.evidence = (window.evidence)
        .with_if(issued, Issuer)
        .with_if(near.card, Keyword);
    Some(window)
}

/// Groups of four as on a card, with a wrong check digit: a typing error or an example, and no phone either.
pub(crate) fn spoiled(run: &Run, from: usize) -> Option<Window> {
    let (sizes, count) = run.groups(from, run.length);
    let fours = sizes
        .iter()
        .take(count.min(4))
        .filter(|size| **size == 4)
        .count();
    (fours == 4 && run.is_edge(from) && matches!(run.values[from], 3..=6))
        .then(|| Window::nobodys(16))
}

/// 3GPP TS 23.003, 6.2: the first two digits name who allocated it.
pub(crate) fn device(run: &Run, from: usize, near: Nearby) -> Option<Window> {
    let digits: &[u8; 15] = run.values[from..run.length].first_chunk()?;
    let allocated = matches!(number(&digits[..2]), 1 | 35 | 86 | 99);
    if digits.contains(&X) || !luhn(digits) || !between_edges(run, from, 15) {
        return None;
    }
    if !near.device && (!allocated || near.other || near.booking || near.card || near.identity) {
        return None;
    }
    let ways: &[&[usize]] = &[
        &[2, 6, 6, 1],
        &[6, 2, 6, 1],
        &[8, 6, 1],
        &[5, 5, 5],
        &[3, 3, 3, 3, 3],
    ];
    if !grouped(run, from, 15, ways) {
        return None;
    }
    let score = if near.device { 98 } else { 62 };
    let mut window = Window::new(15, Kind::Imei, score, &[Shape, CheckDigit]);
    window.evidence = (window.evidence)
        .with_if(allocated, Prefix)
        .with_if(near.device, Keyword);
    Some(window)
}
