//! What a message asks for, so that the next is read as the answer.

mod people;

pub(crate) use people::Asks as AsksPeople;

use crate::keyword::{Hits, Keywords, Topic};
use crate::kind::{Kind, KindSet};

/// Texts longer than this are no question.
const QUESTION_BYTES_MAX: usize = 600;

/// The kinds that a text asks for: it speaks of them, and asks.
pub(crate) fn asks(keywords: &Keywords, text: &str) -> KindSet {
    if text.len() > QUESTION_BYTES_MAX {
        return KindSet::NONE;
    }
    let mut hits = Hits::new();
    keywords.find(text, 0, &mut hits);
    let mut asks = text.contains(['?', '？', '吗', '呢']);
    let mut kinds = KindSet::NONE;
    for hit in &hits {
        match hit.topic {
            Topic::Request => asks = true,
            topic => kinds = kinds.union(of(topic)),
        }
    }
    if asks { kinds } else { KindSet::NONE }
}

/// The kinds that a topic's words speak of.
pub(crate) const fn of(topic: Topic) -> KindSet {
    match topic {
        Topic::ResidentId => KindSet::of(&[
            Kind::ResidentId,
            Kind::Hkid,
            Kind::TaiwanId,
            Kind::MacauId,
            Kind::Passport,
        ]),
        Topic::PermanentResident => KindSet::of(&[Kind::PermanentResidentId]),
        Topic::Card => KindSet::of(&[Kind::BankCard]),
        Topic::SecurityCode | Topic::LastThree => KindSet::of(&[Kind::CardSecurityCode]),
        Topic::Phone | Topic::OwnPhone => KindSet::of(&[Kind::Mobile, Kind::Landline, Kind::Phone]),
        Topic::Passport => KindSet::of(&[Kind::Passport]),
        Topic::Permit => KindSet::of(&[Kind::TravelPermit]),
        Topic::Organisation => KindSet::of(&[Kind::OrgCode]),
        Topic::Plate => KindSet::of(&[Kind::LicencePlate]),
        Topic::Device => KindSet::of(&[Kind::Imei]),
        Topic::WeChat => KindSet::of(&[Kind::WechatId]),
        Topic::Qq => KindSet::of(&[Kind::QqId]),
        Topic::Booking => KindSet::of(&[Kind::BookingNumber]),
        Topic::OneTimeCode => KindSet::of(&[Kind::VerificationCode]),
        Topic::Birth => KindSet::of(&[Kind::DateOfBirth]),
        _ => KindSet::NONE,
    }
}
