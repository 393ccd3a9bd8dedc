//! What a person would write in an afternoon: an expression for each kind, with ASCII boundaries, no check digits, no context.

use regex::{Regex, RegexSet};
use wuhen_corpus::line::Span;
use wuhen_detect::Kind;

use crate::contender::{Contender, REGEX_SET};

/// Kinds and their shapes; `<` and `>` stand for an ASCII word boundary.
const SHAPES: &[(Kind, &str)] = &[
    (
        Kind::ResidentId,
        r"<[1-8][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]>",
    ),
    (Kind::PermanentResidentId, r"<9[0-9]{17}>"),
    (Kind::PermanentResidentId, r"<[A-Z]{3}[0-9]{12}>"),
    (
        Kind::BankCard,
        r"<(?:62|4[0-9]|5[1-5]|2[2-7]|3[57])[0-9]{2}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{3,7}>",
    ),
    (
        Kind::CardSecurityCode,
        r"(?i:cvv|cvc|security code|安全码|背面三位)[^0-9]{0,6}([0-9]{3,4})>",
    ),
    (
        Kind::Mobile,
        r"(?:\+86[ -]?|0086|<)1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}>",
    ),
    (Kind::Landline, r"<0[1-9][0-9]{1,2}[ -]?[2-8][0-9]{6,7}>"),
    (
        Kind::Phone,
        r"\+(?:1|44|33|49|61|65|81|82|852|853|886)[ -]?[0-9](?:[ -]?[0-9]){6,11}>",
    ),
    (
        Kind::Email,
        r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
    ),
    (Kind::Passport, r"<(?:E[A-HJ-NP-Z]?|G|D)[0-9]{7,8}>"),
    (Kind::TravelPermit, r"<[HMC][0-9]{8}(?:[0-9]{2})?>"),
    (Kind::Hkid, r"<[A-Z]{1,2}[0-9]{6}\([0-9A]\)"),
    (Kind::TaiwanId, r"<[A-Z][1289][0-9]{8}>"),
    (Kind::MacauId, r"<[157][0-9]{6}\([0-9]\)"),
    (Kind::OrgCode, r"<91[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}>"),
    (
        Kind::LicencePlate,
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·. -]?[0-9A-HJ-NP-Z]{5,6}>",
    ),
    (
        Kind::IpAddress,
        r"<[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}>",
    ),
    (
        Kind::MacAddress,
        r"<[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}>",
    ),
    (Kind::Imei, r"(?i:imei|串号)[^0-9]{0,6}([0-9]{15})>"),
    (
        Kind::Iban,
        r"<[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?>",
    ),
    (
        Kind::WechatId,
        r"(?i:微信号?|wechat(?: id)?|wx)[^A-Za-z0-9]{0,4}([A-Za-z][-_A-Za-z0-9]{5,19})>",
    ),
    (Kind::QqId, r"(?i:qq)[^0-9]{0,4}([1-9][0-9]{4,11})>"),
    (
        Kind::BookingNumber,
        r"(?i:订单号?|预订号|确认号|booking number|confirmation|reference)[^A-Za-z0-9]{0,6}([A-Z0-9-]{6,20})>",
    ),
    (
        Kind::VerificationCode,
        r"(?i:验证码|verification code|otp)[^0-9]{0,6}([0-9]{4,8})>",
    ),
    (
        Kind::DateOfBirth,
        r"(?i:出生日期?|生日|date of birth|dob)[^0-9]{0,6}((?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?)",
    ),
    (
        Kind::Secret,
        r"<(?:sk_live_|ghp_|AKIA|eyJ)[A-Za-z0-9_.-]{16,}",
    ),
];

pub(crate) fn contender() -> Contender {
    let patterns: Vec<String> = (SHAPES.iter())
        .map(|(_, shape)| shape.replace(['<', '>'], r"(?-u:\b)"))
        .collect();
    let set = RegexSet::new(&patterns).expect("the shapes are expressions");
    let each: Vec<Regex> = (patterns.iter())
        .map(|pattern| Regex::new(pattern).expect("the shapes are expressions"))
        .collect();
    let places = set.clone();
    Contender {
        name: REGEX_SET,
        is_slow: false,
        judged: SHAPES.iter().map(|(kind, _)| *kind).collect(),
        count: Box::new(move |text| set.matches(text).iter().count()),
        find: Box::new(move |line| {
            let mut spans: Vec<Span> = Vec::new();
            for place in &places.matches(&line.text) {
                for found in each[place].captures_iter(&line.text) {
                    // The value, without the word before it.
                    let found = found.get(1).or_else(|| found.get(0)).expect("it matched");
                    spans.push(Span {
                        start: found.start(),
                        end: found.end(),
                        kind: SHAPES[place].0,
                    });
                }
            }
            without_overlaps(spans)
        }),
    }
}

/// The first of what overlaps, in the order of the kinds: an ID is no card.
fn without_overlaps(spans: Vec<Span>) -> Vec<Span> {
    let mut kept: Vec<Span> = Vec::new();
    for span in spans {
        if kept
            .iter()
            .all(|one| span.end <= one.start || one.end <= span.start)
        {
            kept.push(span);
        }
    }
    kept.sort_by_key(|span| span.start);
    kept
}
