//! Numbers of bookings, orders and confirmations beside their word, and the parcels that are called by the same words.

use super::{back, finding, value};
use crate::context::Context;
use crate::finding::Evidence::{Keyword, Shape};
use crate::finding::Finding;
use crate::keyword::{Hit, Topic};
use crate::kind::Kind;

/// How words end that name a number, so that one follows.
const NAMES: [&str; 25] = [
    "号",
    "號",
    "码",
    "碼",
    "单",
    "函",
    "凭证",
    "number",
    "numbers",
    "no",
    "no.",
    "nr",
    "id",
    "ids",
    "code",
    "codes",
    "ref",
    "refs",
    "reference",
    "references",
    "pnr",
    "locator",
    "#",
    ":",
    "：",
];
/// Words that parcels have as well.
const GENERAL: [&str; 5] = ["单号", "ref", "ref no", "reference", "reference number"];
/// How the numbers of couriers begin.
const COURIERS: [&str; 12] = [
    "SF", "YT", "JD", "JT", "ZT", "ZTO", "STO", "YD", "DPK", "EMS", "TT", "DN",
];
/// What is spoken of before a parcel's number.
const PARCELS: [&str; 21] = [
    "快递", "快件", "包裹", "顺丰", "順豐", "圆通", "中通", "申通", "韵达", "极兔", "德邦", "邮政",
    "寄", "物流", "发货", "面单", "parcel", "courier", "shipment", "dhl", "fedex",
];
/// Bytes before a word in which a parcel is spoken of.
const PARCEL_REACH: usize = 60;

/// The number behind a word, or before it.
pub(super) fn booking(context: &Context<'_>, hit: &Hit) -> Option<Finding> {
    // 航班|订单: the number is the flight's.
    let glued = (context.before(hit.start).next())
        .is_some_and(|before| before.end == hit.start && before.topic == Topic::OtherNumber);
    if glued {
        return None;
    }
    let found = behind(context.text, hit).or_else(|| before(context, hit))?;
    (!is_parcel(context.text, hit, &found)).then_some(found)
}

fn behind(text: &str, hit: &Hit) -> Option<Finding> {
    let (at, link) = value::begin(text, hit.end)?;
    let word = value::word_at(text, at)?;
    let strong = link.is_strong() || names_a_number(&text[hit.start..hit.end]);
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
    let long = word.length >= 7 || word.has_letter && word.length >= 6;
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

/// `84739201 is my confirmation number`: only before a word that names a number.
fn before(context: &Context<'_>, hit: &Hit) -> Option<Finding> {
    let name = &context.text[hit.start..hit.end];
    if !names_a_number(name) || name.ends_with([':', '：', '#']) {
        return None;
    }
    let word = back::word_before(context, hit)?;
    let shaped = word.has_digit && word.length >= 6 && word.is_reference() && !value::is_day(&word);
    shaped.then(|| {
        finding(
            word.start,
            word.end,
            Kind::BookingNumber,
            90,
            &[Shape, Keyword],
        )
    })
}

fn names_a_number(name: &str) -> bool {
    // The last bytes of the ASCII ones, in small letters.
    let may = |last: &u8| *last >= 0x80 || b"rsodef.#:".contains(&(last | 0x20));
    name.as_bytes().last().is_some_and(may)
        && NAMES.iter().any(|end| {
            name.len() >= end.len()
                && name.as_bytes()[name.len() - end.len()..].eq_ignore_ascii_case(end.as_bytes())
        })
}

/// Whether a word that parcels have as well has the number of one, by how it begins or by what is spoken of.
fn is_parcel(text: &str, hit: &Hit, found: &Finding) -> bool {
    let name = &text[hit.start..hit.end];
    if !GENERAL.iter().any(|word| name.eq_ignore_ascii_case(word)) {
        return false;
    }
    let number = &text[found.range()];
    let letters = number.bytes().take_while(u8::is_ascii_alphabetic).count();
    let courier = COURIERS
        .iter()
        .any(|courier| courier.eq_ignore_ascii_case(&number[..letters]));
    let from = text.floor_char_boundary(hit.start.saturating_sub(PARCEL_REACH));
    let near = text[from..hit.start]
        .rsplit(['。', '\n', '！', '？'])
        .next()
        .unwrap_or("");
    courier && number.len() >= letters + 10
        || PARCELS.iter().any(|parcel| {
            let parcel = parcel.as_bytes();
            (near.as_bytes().windows(parcel.len())).any(|window| {
                window[0] | 0x20 == parcel[0] | 0x20 && window.eq_ignore_ascii_case(parcel)
            })
        })
}
