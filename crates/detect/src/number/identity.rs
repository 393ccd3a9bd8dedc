//! Identity cards that are digits: GB 11643-1999 with 18 and 15 digits, and the permanent resident card of 2023.

use crate::check::{birth_date, mod_11_2, number};
use crate::finding::Evidence::{CheckDigit, Date, Keyword, Prefix, Shape};
use crate::kind::Kind;
use crate::number::run::{Run, X};
use crate::number::window::{Nearby, Window};

/// Provinces by the first two digits: GB/T 2260, and 81 to 83 for residents from Hong Kong, Macau and Taiwan.
const fn is_province(code: u32) -> bool {
    matches!(
        code,
        11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83
    )
}

/// 18 digits with date and check.
pub(crate) fn eighteen(run: &Run, from: usize, near: Nearby) -> Option<Window> {
    let digits: &[u8; 18] = run.values[from..run.length].first_chunk()?;
    let foreigner = digits[0] == 9;
    if digits[..17].contains(&X) || !foreigner && !is_province(number(&digits[..2])) {
        return None;
    }
    let born = birth_date(
        number(&digits[6..10]),
        number(&digits[10..12]),
        number(&digits[12..14]),
    );
    if !born || !mod_11_2(digits) {
        return None;
    }
    let kind = if foreigner {
        Kind::PermanentResidentId
    } else {
        Kind::ResidentId
    };
    let mut window = Window::new(18, kind, 98, &[Shape, Prefix, Date, CheckDigit]);
    window.evidence = window.evidence.with_if(near.identity, Keyword);
    Some(window)
}

/// 15 digits, as issued until 1999: nothing checks them but province and date.
pub(crate) fn fifteen(run: &Run, from: usize, near: Nearby) -> Option<Window> {
    let digits: &[u8; 15] = run.values[from..run.length].first_chunk()?;
    let born = birth_date(
        1900 + number(&digits[6..8]),
        number(&digits[8..10]),
        number(&digits[10..12]),
    );
    if digits.contains(&X)
        || !is_province(number(&digits[..2]))
        || !born
        || (near.other || near.booking || near.card || near.device) && !near.identity
    {
        return None;
    }
    let score = if near.identity { 95 } else { 60 };
    let mut window = Window::new(15, Kind::ResidentId, score, &[Shape, Prefix, Date]);
    window.evidence = window.evidence.with_if(near.identity, Keyword);
    Some(window)
}
