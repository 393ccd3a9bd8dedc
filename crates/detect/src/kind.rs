//! The kinds of personal data (RULES.md, "Identifiers to detect"), and sets of them.

use std::fmt;
use std::str::FromStr;

/// Declares the kinds with the name that machines read, as one list.
macro_rules! kinds {
    ($($(#[$doc:meta])+ $variant:ident = $name:literal,)+) => {
        /// What a span is.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub enum Kind {
            $($(#[$doc])+ $variant,)+
        }

        impl Kind {
            /// All kinds, in the order of this list.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Bytes of the longest name.
            pub(crate) const NAME_MAX: usize = longest(&[$($name),+]);

            /// The name in JSON and on the command line.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

kinds! {
    /// Resident ID card of the mainland: GB 11643-1999, 18 characters, or the older 15 digits.
    ResidentId = "RESIDENT_ID",
    /// Foreign permanent resident ID card: 18 digits that begin with 9 (2023), or 3 letters and 12 digits (2017).
    PermanentResidentId = "PERMANENT_RESIDENT_ID",
    /// Payment card: ISO/IEC 7812, 12 to 19 digits.
    BankCard = "BANK_CARD",
    /// The 3 or 4 digits that prove a payment card is at hand: PCI DSS 3.3.1 forbids to store them.
    CardSecurityCode = "CARD_SECURITY_CODE",
    /// Mobile number of the mainland.
    Mobile = "MOBILE",
    /// Fixed line of the mainland, with or without its area code and extension.
    Landline = "LANDLINE",
    /// Phone number of any other country or region: E.164.
    Phone = "PHONE",
    /// Mail address: RFC 5321.
    Email = "EMAIL",
    /// Passport number, Chinese or foreign, or the machine readable zone (ICAO 9303).
    Passport = "PASSPORT",
    /// Permit to travel between the mainland and Hong Kong, Macau or Taiwan.
    TravelPermit = "TRAVEL_PERMIT",
    /// Hong Kong identity card.
    Hkid = "HKID",
    /// Taiwan identity card or resident certificate.
    TaiwanId = "TAIWAN_ID",
    /// Macau identity card.
    MacauId = "MACAU_ID",
    /// Unified social credit code of an organisation: GB 32100.
    OrgCode = "ORG_CODE",
    /// Licence plate of the mainland.
    LicencePlate = "LICENCE_PLATE",
    /// Address of a machine: IPv4 or IPv6.
    IpAddress = "IP_ADDRESS",
    /// Hardware address: EUI-48.
    MacAddress = "MAC_ADDRESS",
    /// Number of a mobile device: 3GPP TS 23.003, 15 digits.
    Imei = "IMEI",
    /// International bank account number: ISO 13616.
    Iban = "IBAN",
    /// `WeChat` account name.
    WechatId = "WECHAT_ID",
    /// QQ account number.
    QqId = "QQ_ID",
    /// Number of a booking, an order or a confirmation.
    BookingNumber = "BOOKING_NUMBER",
    /// One-time code sent to a phone or by mail.
    VerificationCode = "VERIFICATION_CODE",
    /// Day on which somebody was born.
    DateOfBirth = "DATE_OF_BIRTH",
    /// Name of a person. Names of houses, places and brands are none.
    PersonName = "PERSON_NAME",
    /// Where a person lives or receives post. Addresses of hotels, restaurants and sights are none.
    Address = "ADDRESS",
    /// What opens an account: passwords, API keys, tokens in URLs.
    Secret = "SECRET",
}

const fn longest(names: &[&str]) -> usize {
    let mut longest = 0;
    let mut at = 0;
    while at < names.len() {
        if names[at].len() > longest {
            longest = names[at].len();
        }
        at += 1;
    }
    longest
}

const _: () = assert!(Kind::ALL.len() <= u32::BITS as usize, "a set is 32 bits");

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that no kind has. It is not repeated: it may be anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such kind of personal data")]
pub struct UnknownKind;

impl FromStr for Kind {
    type Err = UnknownKind;

    /// Upper or lower case, `_` or `-`.
    fn from_str(name: &str) -> Result<Self, UnknownKind> {
        let same = |kind: &&Self| {
            kind.as_str().len() == name.len()
                && (kind.as_str().bytes())
                    .zip(name.bytes())
                    .all(|(ours, given)| {
                        ours == given.to_ascii_uppercase() || ours == b'_' && given == b'-'
                    })
        };
        Self::ALL.iter().find(same).copied().ok_or(UnknownKind)
    }
}

/// A set of kinds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct KindSet(u32);

impl KindSet {
    /// No kind.
    pub const NONE: Self = Self(0);
    /// Every kind.
    pub const ALL: Self = Self(u32::MAX >> (u32::BITS as usize - Kind::ALL.len()));

    /// A set of one.
    #[must_use]
    pub const fn only(kind: Kind) -> Self {
        Self(1 << kind as u32)
    }

    /// The set of these.
    #[must_use]
    pub const fn of(kinds: &[Kind]) -> Self {
        let mut set = Self::NONE;
        let mut at = 0;
        while at < kinds.len() {
            set = set.with(kinds[at]);
            at += 1;
        }
        set
    }

    /// This set and one kind more.
    #[must_use]
    pub const fn with(self, kind: Kind) -> Self {
        Self(self.0 | 1 << kind as u32)
    }

    /// This set but for one kind.
    #[must_use]
    pub const fn without(self, kind: Kind) -> Self {
        Self(self.0 & !(1 << kind as u32))
    }

    /// What is in either.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in both.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether a kind is in it.
    #[must_use]
    pub const fn contains(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u32) != 0
    }

    /// Whether no kind is in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Its kinds, in the order of [`Kind::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Kind> {
        Kind::ALL
            .iter()
            .copied()
            .filter(move |kind| self.contains(*kind))
    }
}

impl FromIterator<Kind> for KindSet {
    fn from_iter<I: IntoIterator<Item = Kind>>(kinds: I) -> Self {
        kinds.into_iter().fold(Self::NONE, Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_in_any_case() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
            let lower = kind.as_str().to_ascii_lowercase().replace('_', "-");
            assert_eq!(lower.parse(), Ok(*kind));
        }
        assert_eq!("MOBILES".parse::<Kind>(), Err(UnknownKind));
        assert_eq!("".parse::<Kind>(), Err(UnknownKind));
    }

    #[test]
    fn a_set_has_what_was_put_in() {
        let set = KindSet::of(&[Kind::Mobile, Kind::Secret]);
        assert!(set.iter().eq([Kind::Mobile, Kind::Secret]));
        assert_eq!(set.without(Kind::Secret), KindSet::only(Kind::Mobile));
        assert!(KindSet::ALL.iter().eq(Kind::ALL.iter().copied()));
    }
}
