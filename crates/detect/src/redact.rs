//! Replaces findings in a text: masked in part, by the name of their kind, or by nothing.

use std::borrow::Cow;

use crate::finding::{EvidenceSet, Finding};
use crate::kind::Kind;

/// What stands in place of a finding.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Style {
    /// What a person needs to recognise it, the rest as `*`: `138****1234`.
    #[default]
    Mask,
    /// The name of its kind in brackets: `[MOBILE]`.
    Label,
    /// Nothing.
    Remove,
}

/// The text with every finding replaced; borrowed where there is none. Findings come in order and do not overlap, as a scan
/// gives them.
#[must_use]
pub fn redact<'a>(text: &'a str, findings: &[Finding], style: Style) -> Cow<'a, str> {
    if findings.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for finding in findings {
        out.push_str(&text[at..finding.start]);
        match style {
            Style::Mask => mask_into(&text[finding.range()], finding, &mut out),
            Style::Label => {
                out.push('[');
                out.push_str(finding.kind.as_str());
                out.push(']');
            }
            Style::Remove => {}
        }
        at = finding.end;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// Whether a field that is of one kind by its place holds what an earlier redaction left of it: nothing, the name of a kind in
/// brackets, or what a mask leaves of a value that had something in place of the stars. A star that somebody wrote behind a name
/// is no mask. Of a phone, any kind of number may have been masked.
#[must_use]
pub fn is_left_of(value: &str, kind: Kind) -> bool {
    let label = value
        .strip_prefix('[')
        .and_then(|value| value.strip_suffix(']'));
    if value.is_empty() || label.is_some_and(|label| label.parse::<Kind>().is_ok()) {
        return true;
    }
    // A star that stood beside the value is no part of its mask.
    let cores = [
        value,
        value.trim_start_matches('*'),
        value.trim_end_matches('*'),
    ];
    cores.iter().any(|core| is_mask(core, kind))
}

fn is_mask(value: &str, kind: Kind) -> bool {
    if !value.contains('*') {
        return false;
    }
    let before = value.replace('*', "0");
    masked_whole(&before, kind) == value
        || masked_whole(value, kind) == value
        || kind == Kind::Phone && {
            let mut numbers = Kind::ALL.iter().filter(|kind| **kind != Kind::PersonName);
            numbers.any(|kind| masked_whole(&before, *kind) == value)
        }
}

fn masked_whole(value: &str, kind: Kind) -> String {
    let whole = Finding {
        start: 0,
        end: value.len(),
        kind,
        score: 100,
        evidence: EvidenceSet::NONE,
    };
    redact(value, &[whole], Style::Mask).into_owned()
}

/// Writes a finding with what a person needs to recognise it, separators as they were:
///
/// | kind | stays |
/// |---|---|
/// | cards | first 6, last 4 (PCI DSS 3.4.1) |
/// | mobiles, identity cards and codes of organisations | first 3, last 4 |
/// | landlines and phones of other countries | last 4 |
/// | other numbers | first and last 2 |
/// | mail | first character, and the domain |
/// | names | first character of each word |
/// | addresses | the first third |
/// | security codes, one-time codes, secrets | nothing |
fn mask_into(found: &str, finding: &Finding, out: &mut String) {
    let (first, last) = match finding.kind {
        Kind::BankCard => (6, 4),
        Kind::Mobile
        | Kind::ResidentId
        | Kind::PermanentResidentId
        | Kind::OrgCode
        | Kind::Iban => (3, 4),
        Kind::Landline | Kind::Phone => (0, 4),
        Kind::CardSecurityCode | Kind::VerificationCode | Kind::Secret | Kind::DateOfBirth => {
            (0, 0)
        }
        Kind::Email => return mask_mail(found, out),
        Kind::PersonName => return mask_name(found, out),
        Kind::Address => (
            found.chars().filter(|char| char.is_alphanumeric()).count() / 3,
            0,
        ),
        _ => (2, 2),
    };
    let total = found.chars().filter(|char| char.is_alphanumeric()).count();
    // Of something short most is hidden all the same.
    let (first, last) = if (first + last) * 3 > total * 2 {
        (total / 6, total / 6)
    } else {
        (first, last)
    };
    let mut at = 0;
    for char in found.chars() {
        if char.is_alphanumeric() {
            let shown = at < first || at >= total - last;
            out.push(if shown { char } else { '*' });
            at += 1;
        } else {
            out.push(char);
        }
    }
}

fn mask_mail(found: &str, out: &mut String) {
    let at = found.find(['@', '＠']).unwrap_or(found.len());
    out.extend(found.chars().next());
    out.push_str("***");
    out.push_str(&found[at..]);
}

/// `张*`, `T** B****`.
fn mask_name(found: &str, out: &mut String) {
    let mut begins = true;
    // A family name of one character is all there is to hide.
    let is_one = found.chars().filter(|char| char.is_alphanumeric()).count() == 1;
    for char in found.chars() {
        if char.is_alphanumeric() {
            out.push(if begins && !is_one { char } else { '*' });
            begins = false;
        } else {
            out.push(char);
            begins = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detector::{Detector, Settings};

    #[test]
    fn a_star_that_somebody_wrote_is_no_mask() {
        for (value, kind) in [
            ("Zhang Wei*", Kind::PersonName),
            ("**张伟**", Kind::PersonName),
            ("Ann Lee ***", Kind::PersonName),
            ("13800138000*", Kind::Phone),
            ("*ann.lee@house", Kind::Email),
        ] {
            assert!(!is_left_of(value, kind), "{value}");
        }
    }

    #[test]
    fn what_a_redaction_leaves_of_a_whole_field_is_known_again() {
        for value in [
            "张伟",
            "马",
            "Ann Lee",
            "O'Brien*",
            "13800138000",
            "138-0013-8000",
            "555 0100",
            "123456",
            "110",
            "010-65120909",
            "ann.lee@example.com",
            "*nn@house",
        ] {
            for kind in [Kind::PersonName, Kind::Phone, Kind::Email] {
                assert!(
                    is_left_of(&masked_whole(value, kind), kind),
                    "{value} {kind:?}"
                );
            }
        }
        let mobile = masked_whole("13800138000", Kind::Mobile);
        assert!(is_left_of(&mobile, Kind::Phone));
        assert!(is_left_of("[MOBILE]", Kind::Phone) && is_left_of("", Kind::Email));
    }

    fn redacted(text: &str, style: Style) -> String {
        let mut findings = Vec::new();
        Detector::new(Settings::all()).scan(text, &mut findings);
        redact(text, &findings, style).into_owned()
    }

    #[test]
    fn enough_stays_to_recognise_a_number_and_not_enough_to_use_it() {
        for (text, masked) in [
            ("手机13812345678。", "手机138****5678。"),
            ("138-1234-5678", "138-****-5678"),
            ("１３８１２３４５６７８", "１３８****５６７８"),
            ("身份证11010519491231002X", "身份证110***********002X"),
            ("4111 1111 1111 1111", "4111 11** **** 1111"),
            ("CVV 123", "CVV ***"),
            ("邮箱lin.mei@example.cn", "邮箱l***@example.cn"),
            ("验证码482913", "验证码******"),
            ("座机010-65120909", "座机***-****0909"),
            ("护照E12345678", "护照E1*****78"),
            ("我叫张伟", "我叫张*"),
            ("我先生姓马", "我先生姓*"),
        ] {
            assert_eq!(redacted(text, Style::Mask), masked);
        }
    }

    #[test]
    fn labels_name_the_kind_and_removal_leaves_nothing() {
        let text = "手机13812345678，CVV 123";
        assert_eq!(
            redacted(text, Style::Label),
            "手机[MOBILE]，CVV [CARD_SECURITY_CODE]"
        );
        assert_eq!(redacted(text, Style::Remove), "手机，CVV ");
        assert!(matches!(
            redact("你好", &[], Style::Mask),
            Cow::Borrowed("你好")
        ));
    }
}
