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

/// Whether a country gives numbers of this length at all; of Hong Kong, Macau and Taiwan any.
fn has_length(code: u16, national: &[u8]) -> bool {
    let length = national.len();
    if matches!(code, 852 | 853) {
        return length == 8;
    }
    TABLE
        .chunks_exact(ROW)
        .any(|row| row[..2] == code.to_be_bytes() && usize::from(row[2]) == length)
}

/// A number of Britain as written there, in one piece or as London's: `01223 ...`, `020 7946 0958`.
pub(crate) fn is_british(run: &Run, from: usize) -> bool {
    let to = from + 11;
    if to > run.length || !between_edges(run, from, 11) {
        return false;
    }
    let (sizes, count) = run.groups(from, to);
    let spaced = (from + 1..to).all(|at| matches!(run.gap(at), Gap::None | Gap::Space));
    let whole = count == 1
        || spaced
            && matches!(
                sizes[..count.min(8)],
                [3, 4, 4] | [5, 6] | [5, 3, 3] | [4, 3, 4] | [4, 7]
            );
    whole && run.values[from] == 0 && is_given(44, &run.values[from + 1..to])
}

/// How many digits an international number has that begins with its calling code, without `+`: the longest that ends where `ends`
/// allows it. `is_known` judges calling code and national number.
fn international_digits(
    digits: &[u8],
    ends: impl Fn(usize) -> bool,
    is_known: impl Fn(u16, &[u8]) -> bool,
) -> Option<usize> {
    (1..=3_usize)
        .filter_map(|code| {
            let number = u16::try_from(crate::check::number(digits.get(..code)?)).ok()?;
            // `+44 (0)20`: the 0 is not dialled from abroad.
            let skip = usize::from(digits.get(code) == Some(&0) && number != 39);
            // E.164: 15 digits at most.
            (code + skip + 4..=digits.len().min(15 + skip))
                .rev()
                .find(|end| ends(*end) && is_known(number, &digits[code + skip..*end]))
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
    let ends = |end: usize| run.is_edge(from + skip + end);
    let known = international_digits(digits, ends, is_given);
    let explicit = plus || skip == 2 && near.phone;
    // After a `+` the length is enough: numbering plans grow faster than tables.
    let length =
        known.or_else(|| explicit.then(|| international_digits(digits, ends, has_length))?)? + skip;
    if (near.other || near.booking) && !plus && !near.phone {
        return None;
    }
    let score = match known {
        Some(_) if plus || near.phone || near.overseas => 97,
        Some(_) => 80,
        None => 85,
    };
    let mut window = Window::new(length, Kind::Phone, score, &[Shape, Prefix]);
    window.evidence = window.evidence.with_if(near.phone, Keyword);
    Some(window)
}

/// A phone as written at home, where a person's phone is spoken of.
pub(crate) fn national(run: &Run, from: usize, near: Nearby) -> Option<Window> {
    // A mobile of the mainland is none of America.
    let mainland = matches!(run.values[from..run.length], [1, 3..=9, ..]);
    if mainland && run.group_end(from) - from == 11 {
        return None;
    }
    let western = || is_british(run, from) || australian(run, from);
    let telling = || american(run, from) || !near.han_line && western() || taiwanese(run, from);
    let spoken_of = near.phone || near.listed || near.abroad;
    if bracketed_american(run, from) && !spoken_of && !near.other && !near.booking {
        return Some(Window::new(10, Kind::Phone, 70, &[Shape, Prefix]));
    }
    if !(near.own_phone || spoken_of && (near.overseas || telling())) {
        return None;
    }
    let values = &run.values[from..run.length];
    let length = (7..=11).rev().find(|length| {
        *length <= values.len()
            && between_edges(run, from, *length)
            && NATIONAL.iter().any(|(code, trunk)| {
                let overseas = *code < 852 || near.overseas || *code == 886 && taiwanese(run, from);
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

/// 0491 570 980: a mobile of Australia.
fn australian(run: &Run, from: usize) -> bool {
    let ten = from + 10;
    ten <= run.length
        && run.values[from..].starts_with(&[0, 4])
        && between_edges(run, from, 10)
        && grouped(run, from, 10, &[&[4, 3, 3], &[4, 6]])
}

/// 0912-345-678, 0912345678.
fn taiwanese(run: &Run, from: usize) -> bool {
    let ten = from + 10;
    ten <= run.length
        && run.values[from..].starts_with(&[0, 9])
        && between_edges(run, from, 10)
        && grouped(run, from, 10, &[&[4, 3, 3], &[4, 6], &[4, 2, 2, 2]])
}

/// (415) 555-2671: nothing else is written so.
fn bracketed_american(run: &Run, from: usize) -> bool {
    american(run, from) && run.gap_at(from + 3) == Gap::Paren
}

/// 415-555-2671, (415) 555-2671.
fn american(run: &Run, from: usize) -> bool {
    let ten = from + 10;
    ten <= run.length
        && run.groups(from, ten) == ([3, 3, 4, 0, 0, 0, 0, 0], 3)
        && grouped(run, from, 10, &[&[3, 3, 4]])
        && is_given(1, &run.values[from..ten])
}
