//! Made-up values of every kind, with their check digits computed here: nothing is taken from the detector.

mod accounts;
mod identity;
mod people;
mod phones;

use wuhen_detect::Kind;

use crate::dice::Dice;

pub use accounts::{has_luhn, luhn_digit};
pub use identity::{is_resident_id, resident_digit};
pub use people::PLACES;

/// Language of the line that a value is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    /// Simplified Chinese.
    Chinese,
    /// English.
    English,
}

/// A value in the pieces between which people put spaces, hyphens or dots.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Value {
    /// The pieces.
    pub parts: Vec<String>,
    /// What stands between them when nobody thinks of it.
    pub joint: &'static str,
    /// The same with what is often written before it, such as a country code.
    pub prefixed: Option<String>,
    /// How it is written plainly, where that is not the pieces.
    pub plain: Option<String>,
    /// How it is written with Han digits, where that is not digit by digit.
    pub han: Option<String>,
}

impl Value {
    /// Pieces that are written without anything between.
    fn of<const N: usize>(parts: [&str; N]) -> Self {
        Self {
            parts: parts.map(str::to_owned).to_vec(),
            joint: "",
            prefixed: None,
            plain: None,
            han: None,
        }
    }

    /// A text cut behind so many characters, over and over; the last piece may be shorter.
    fn cut(text: &str, lengths: &[usize]) -> Self {
        let mut value = Self::of([]);
        let mut rest = text;
        for length in lengths.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (piece, behind) = rest.split_at((*length).min(rest.len()));
            value.parts.push(piece.to_owned());
            rest = behind;
        }
        value
    }

    fn joined(mut self, joint: &'static str) -> Self {
        self.joint = joint;
        self
    }

    fn prefixed(mut self, text: String) -> Self {
        self.prefixed = Some(text);
        self
    }

    fn plainly(mut self, text: String) -> Self {
        self.plain = Some(text);
        self
    }
}

/// A new value of a kind.
#[must_use]
pub fn make(kind: Kind, language: Language, dice: &mut Dice) -> Value {
    match kind {
        Kind::ResidentId => identity::resident(dice),
        Kind::PermanentResidentId => identity::permanent_resident(dice),
        Kind::Passport => identity::passport(dice),
        Kind::TravelPermit => identity::travel_permit(dice),
        Kind::Hkid => identity::hkid(dice),
        Kind::TaiwanId => identity::taiwan(dice),
        Kind::MacauId => identity::macau(dice),
        Kind::OrgCode => identity::organisation(dice),
        Kind::LicencePlate => identity::plate(dice),
        Kind::DateOfBirth => identity::birth(language, dice),
        Kind::BankCard => accounts::card(dice),
        Kind::CardSecurityCode => Value::of([&dice.digits(3)]),
        Kind::Iban => accounts::iban(dice),
        Kind::WechatId => accounts::wechat(dice),
        Kind::QqId => accounts::qq(dice),
        Kind::BookingNumber => accounts::booking(dice),
        Kind::VerificationCode => accounts::code(dice),
        Kind::Secret => accounts::secret(dice),
        Kind::IpAddress => accounts::ip(dice),
        Kind::MacAddress => accounts::mac(dice),
        Kind::Imei => accounts::imei(dice),
        Kind::Email => accounts::email(dice),
        Kind::Mobile => phones::mobile(dice),
        Kind::Landline => phones::landline(dice),
        Kind::Phone => phones::foreign(dice),
        Kind::PersonName => people::name(language, dice),
        Kind::Address => people::address(language, dice),
    }
}

#[cfg(test)]
mod tests;
