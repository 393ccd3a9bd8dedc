//! Phones of other countries: E.164 against libphonenumber's metadata, and the national forms of a few where a person's phone
//! is spoken of.

use crate::finding::Evidence::{Keyword, Prefix, Shape};
use crate::kind::Kind;
use crate::number::run::{Gap, Run, X};
use crate::number::window::{Nearby, Window, between_edges, grouped};

/// Made by `build.rs`: calling code (2 bytes), length (1), 125 bytes of first three digits; in order.
static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/international.bin"));
const ROW: usize = 3 + 125;

/// Countries whose guests write their phone without its calling code, and what stands before the area then.
const NATIONAL: [(u16, &[u8]); 12] = [
    (44, &[0]),
    (1, &[]),
    (1, &[1]),
    (852, &[]),
    (853, &[]),
    (886, &[0]),
    (65, &[]),
    (61, &[0]),
    (49, &[0]),
    (33, &[0]),
    (81, &[0]),
    (82, &[0]),
];

/// Whether a country gives numbers of this length that begin so.
fn is_given(code: u16, national: &[u8]) -> bool {
    let (Ok(length), [a, b, c, ..]) = (u8::try_from(national.len()), national) else {
        return false;
    };
    let key = [code.to_be_bytes()[0], code.to_be_bytes()[1], length];
    let rows = TABLE.len() / ROW;
    let row = |at: usize| &TABLE[at * ROW..(at + 1) * ROW];
    let mut low = 0;
    let mut high = rows;
    while low < high {
        let middle = usize::midpoint(low, high);
        match row(middle)[..3].cmp(&key) {
            std::cmp::Ordering::Equal => {
                let prefix = usize::from(*a) * 100 + usize::from(*b) * 10 + usize::from(*c);
                return *a <= 9
                    && *b <= 9
                    && *c <= 9
                    && row(middle)[3 + prefix / 8] >> (prefix % 8) & 1 == 1;
            }
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    false
}

/// How many digits an international number has that begins with its calling code, without `+`: the longest that ends where `ends`
/// allows it.
fn international_digits(digits: &[u8], ends: impl Fn(usize) -> bool) -> Option<usize> {
    (1..=3_usize)
        .filter_map(|code| {
            let number = u16::try_from(crate::check::number(digits.get(..code)?)).ok()?;
            // `+44 (0)20`: the 0 is not dialled from abroad.
            let skip = usize::from(digits.get(code) == Some(&0) && number != 39);
            // E.164: 15 digits at most.
            (code + skip + 4..=digits.len().min(15 + skip))
                .rev()
                .find(|end| ends(*end) && is_given(number, &digits[code + skip..*end]))
        })
        .max()
}

/// `+` or 00 and a calling code; 852, 853 and 886 also bare where a word speaks of them.
pub(crate) fn international(run: &Run, from: usize, near: Nearby) -> Option<Window> {
    let values = &run.values[from..run.length];
    let plus = from == 0 && run.plus.is_some();
    let skip = match values {
        _ if plus => 0,
        [0, 0, 1..=9, ..] => 2,
        [8, 5, 2 | 3, ..] | [8, 8, 6, ..]
            if near.phone || near.overseas || run.gap_at(from + 3) != Gap::None =>
        {
            0
        }
        _ => return None,
    };
    let digits = &values[skip..];
    if digits.starts_with(&[8, 6]) || digits.contains(&X) && digits.len() < 18 {
        return None;
    }
    let length = international_digits(digits, |end| run.is_edge(from + skip + end))? + skip;
    if (near.other || near.booking) && !plus && !near.phone {
        return None;
    }
    let score = if plus || near.phone || near.overseas {
        97
    } else {
        80
    };
    let mut window = Window::new(length, Kind::Phone, score, &[Shape, Prefix]);
    window.evidence = window.evidence.with_if(near.phone, Keyword);
    Some(window)
}

/// A phone as written at home, where a person's phone is spoken of.
pub(crate) fn national(run: &Run, from: usize, near: Nearby) -> Option<Window> {
    let american = american(run, from);
    if !(near.own_phone || near.phone && (american || near.overseas)) {
        return None;
    }
    let values = &run.values[from..run.length];
    let length = (7..=11).rev().find(|length| {
        *length <= values.len()
            && between_edges(run, from, *length)
            && NATIONAL.iter().any(|(code, trunk)| {
                let overseas = *code < 852 || near.overseas;
                overseas
                    && values[..*length]
                        .strip_prefix(*trunk)
                        .is_some_and(|national| is_given(*code, national))
            })
    })?;
    let (sizes, count) = run.groups(from, from + length);
    if count > 1 && sizes[..count.min(8)].contains(&1) || count > 4 {
        return None;
    }
    Some(Window::new(length, Kind::Phone, 88, &[Shape, Keyword]))
}

/// 415-555-2671, (415) 555-2671.
fn american(run: &Run, from: usize) -> bool {
    let ten = from + 10;
    ten <= run.length
        && run.groups(from, ten) == ([3, 3, 4, 0, 0, 0, 0, 0], 3)
        && grouped(run, from, 10, &[&[3, 3, 4]])
        && is_given(1, &run.values[from..ten])
}
