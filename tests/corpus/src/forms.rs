//! How people write a value: with separators, full-width, as Han digits, in small letters; and which of it is natural for a kind.

use wuhen_detect::Kind;

use crate::values::Value;

/// A way of writing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Form {
    /// As it stands on the paper.
    Plain,
    /// With the code of its country before it.
    Prefix,
    /// With spaces between its pieces.
    Spaces,
    /// With hyphens between its pieces.
    Hyphens,
    /// With dots between its pieces.
    Dots,
    /// With the full-width letters and digits of a Chinese keyboard.
    FullWidth,
    /// With 〇 to 九, for digits.
    HanDigits,
    /// With small letters: `x` for the check character of an ID.
    Lower,
}

use Form::{Dots, FullWidth, HanDigits, Hyphens, Lower, Plain, Prefix, Spaces};

/// The forms that people use for each kind; `Plain` comes first.
const NATURAL: &[(Kind, &[Form])] = &[
    (
        Kind::ResidentId,
        &[Plain, Spaces, Hyphens, Dots, FullWidth, HanDigits, Lower],
    ),
    (
        Kind::PermanentResidentId,
        &[Plain, Spaces, Hyphens, FullWidth, Lower],
    ),
    (
        Kind::BankCard,
        &[Plain, Spaces, Hyphens, Dots, FullWidth, HanDigits],
    ),
    (
        Kind::CardSecurityCode,
        &[Plain, Spaces, FullWidth, HanDigits],
    ),
    (
        Kind::Mobile,
        &[Plain, Prefix, Spaces, Hyphens, Dots, FullWidth, HanDigits],
    ),
    (
        Kind::Landline,
        &[Plain, Prefix, Spaces, Hyphens, Dots, FullWidth, HanDigits],
    ),
    (
        Kind::Phone,
        &[Plain, Prefix, Spaces, Hyphens, Dots, FullWidth],
    ),
    (Kind::Email, &[Plain, FullWidth]),
    (Kind::Passport, &[Plain, Spaces, Hyphens, FullWidth, Lower]),
    (Kind::TravelPermit, &[Plain, Spaces, FullWidth, Lower]),
    (Kind::Hkid, &[Plain, Spaces, FullWidth, Lower]),
    (Kind::TaiwanId, &[Plain, Spaces, FullWidth, Lower]),
    (Kind::MacauId, &[Plain, Spaces, FullWidth]),
    (Kind::OrgCode, &[Plain, Spaces, FullWidth, Lower]),
    (
        Kind::LicencePlate,
        &[Plain, Spaces, Hyphens, Dots, FullWidth, Lower],
    ),
    (Kind::IpAddress, &[Plain]),
    (Kind::MacAddress, &[Plain, Hyphens, Lower]),
    (Kind::Imei, &[Plain, Spaces, Hyphens]),
    (Kind::Iban, &[Plain, Spaces, Lower]),
    (Kind::WechatId, &[Plain]),
    (Kind::QqId, &[Plain, FullWidth, HanDigits]),
    (Kind::BookingNumber, &[Plain, Spaces, Hyphens, FullWidth]),
    (
        Kind::VerificationCode,
        &[Plain, Spaces, Hyphens, FullWidth, HanDigits],
    ),
    (
        Kind::DateOfBirth,
        &[Plain, Hyphens, Dots, FullWidth, HanDigits],
    ),
    (Kind::PersonName, &[Plain, Spaces]),
    (Kind::Address, &[Plain, Spaces, FullWidth]),
    (Kind::Secret, &[Plain]),
];

/// What is left out of the table, and why.
pub const LEFT_OUT: &[(&str, &str)] = &[
    (
        "prefix but for phones",
        "only phone numbers have a country's code before them",
    ),
    (
        "Han digits with letters",
        "nobody spells half a number: mail addresses, passports, plates, codes of organisations, IBAN",
    ),
    (
        "Han digits of a room",
        "an address has them in words of its own (三号楼), which are no spelled number",
    ),
    (
        "separators in IP_ADDRESS, EMAIL, SECRET, WECHAT_ID",
        "it would be another one",
    ),
    (
        "dots in HKID, IBAN, IMEI, passports and codes",
        "not seen in chat",
    ),
    (
        "full-width IP_ADDRESS, MAC_ADDRESS, IMEI, IBAN, WECHAT_ID, SECRET",
        "copied from a screen, not typed by hand",
    ),
    ("lower case of digits", "there is none"),
    (
        "Han digits and full-width in English lines",
        "typed on a Chinese keyboard only",
    ),
    (
        "Han left or right in English lines",
        "there is no Han in them",
    ),
];

impl Form {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Plain, Prefix, Spaces, Hyphens, Dots, FullWidth, HanDigits, Lower,
    ];

    /// Its name in labels and tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Plain => "plain",
            Prefix => "prefix",
            Spaces => "spaces",
            Hyphens => "hyphens",
            Dots => "dots",
            FullWidth => "full-width",
            HanDigits => "han-digits",
            Lower => "lower",
        }
    }

    /// The forms that are natural for a kind.
    #[must_use]
    pub fn natural(kind: Kind) -> &'static [Self] {
        NATURAL
            .iter()
            .find(|(one, _)| *one == kind)
            .map_or(&[], |(_, forms)| forms)
    }

    /// Whether it is typed on a Chinese keyboard only.
    #[must_use]
    pub const fn is_chinese(self) -> bool {
        matches!(self, FullWidth | HanDigits)
    }

    /// The value in this form.
    #[must_use]
    pub fn write(self, value: &Value) -> String {
        let plain = (value.plain.clone()).unwrap_or_else(|| value.parts.join(value.joint));
        match self {
            Plain => plain,
            Prefix => value.prefixed.clone().unwrap_or(plain),
            Spaces => value.parts.join(" "),
            Hyphens => value.parts.join("-"),
            Dots => value.parts.join("."),
            FullWidth => plain.chars().map(full_width).collect(),
            HanDigits => {
                (value.han.clone()).unwrap_or_else(|| plain.chars().map(han_digit).collect())
            }
            Lower => plain.to_lowercase(),
        }
    }
}

fn full_width(c: char) -> char {
    match c {
        '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).expect("the full-width block is whole"),
        _ => c,
    }
}

fn han_digit(c: char) -> char {
    match c.to_digit(10) {
        Some(digit) => ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'][digit as usize],
        None => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;
    use crate::values::{Language, make};

    #[test]
    fn every_kind_has_its_forms_and_plain_is_one() {
        for kind in Kind::ALL {
            assert_eq!(Form::natural(*kind).first(), Some(&Plain), "{kind}");
        }
    }

    #[test]
    fn a_mobile_is_written_in_every_form() {
        let value = make(Kind::Mobile, Language::Chinese, &mut Dice::new(1));
        let plain = Plain.write(&value);
        assert_eq!(plain.len(), 11);
        assert!(Prefix.write(&value).ends_with(&plain));
        for (form, joint) in [(Spaces, ' '), (Hyphens, '-'), (Dots, '.')] {
            let written = form.write(&value);
            assert_eq!(written.replace(joint, ""), plain);
            assert_eq!(written.matches(joint).count(), 2);
        }
        assert_eq!(han_digit('8'), '八');
        assert_eq!(full_width('8'), '８');
    }
}
