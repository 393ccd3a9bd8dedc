//! What a message is about, by what was found in it and by words in Chinese and English: its category, its importance, and when
//! a copy of it is worth having.

use std::str::FromStr;

use crate::finding::Finding;
use crate::subjects::Subjects;

/// What a message or conversation is about, from the weakest to the strongest: where several hold, the strongest does, and a
/// conversation is about the strongest of its messages.
///
/// Identity documents are the strongest, as they are kept the shortest and never copied; then what money hangs on while it is
/// open; then what proves a stay.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Category {
    /// Nothing below.
    #[default]
    Other,
    /// A stay is moved, made longer or shorter.
    ItineraryChange,
    /// A booking is confirmed.
    BookingConfirmation,
    /// Money was or is to be paid.
    Payment,
    /// Somebody is not content.
    Complaint,
    /// A deposit.
    Deposit,
    /// Money is to be given back.
    Refund,
    /// The number of an identity document. That a document is only spoken of is not enough: what is put here goes three days after
    /// its purpose is done.
    IdentityDocument,
}

/// How much hangs on a record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Importance {
    /// Nothing hangs on it.
    #[default]
    Ordinary,
    /// Money, a stay or an identity does.
    Important,
}

/// When a copy of a record is worth having.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Backup {
    /// No time is better than another.
    Any,
    /// Once a month.
    Monthly,
    /// After each booking.
    AfterBooking,
    /// Within 24 hours.
    WithinDay,
    /// Only when it is asked for by name.
    OnlyWhenAsked,
}

impl Category {
    /// All categories, from the weakest to the strongest.
    pub const ALL: [Self; 8] = [
        Self::Other,
        Self::ItineraryChange,
        Self::BookingConfirmation,
        Self::Payment,
        Self::Complaint,
        Self::Deposit,
        Self::Refund,
        Self::IdentityDocument,
    ];

    /// The name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::ItineraryChange => "itinerary-change",
            Self::BookingConfirmation => "booking-confirmation",
            Self::Payment => "payment",
            Self::Complaint => "complaint",
            Self::Deposit => "deposit",
            Self::Refund => "refund",
            Self::IdentityDocument => "identity-document",
        }
    }

    /// How much hangs on it, until somebody says otherwise.
    #[must_use]
    pub const fn importance(self) -> Importance {
        match self {
            Self::Other | Self::ItineraryChange => Importance::Ordinary,
            _ => Importance::Important,
        }
    }

    /// When a copy is worth having.
    #[must_use]
    pub const fn backup(self) -> Backup {
        match self {
            Self::Other | Self::Complaint => Backup::Any,
            Self::ItineraryChange => Backup::Monthly,
            Self::BookingConfirmation => Backup::AfterBooking,
            Self::Payment | Self::Deposit | Self::Refund => Backup::WithinDay,
            Self::IdentityDocument => Backup::OnlyWhenAsked,
        }
    }
}

/// A name that no category has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such category")]
pub struct UnknownCategory;

impl FromStr for Category {
    type Err = UnknownCategory;

    fn from_str(name: &str) -> Result<Self, UnknownCategory> {
        let mut categories = Self::ALL.into_iter();
        categories
            .find(|category| category.as_str() == name)
            .ok_or(UnknownCategory)
    }
}

impl Importance {
    /// The name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Important => "important",
        }
    }
}

impl Backup {
    /// The name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Monthly => "monthly",
            Self::AfterBooking => "after-booking",
            Self::WithinDay => "within-24-hours",
            Self::OnlyWhenAsked => "only-when-asked",
        }
    }
}

/// What a text is about, with what a scan found in it.
#[must_use]
pub fn classify(text: &str, findings: &[Finding]) -> Category {
    Subjects::of(text).category(findings)
}

/// Every word with the category that it speaks of.
pub(crate) fn words() -> impl Iterator<Item = (Category, &'static str)> {
    (KEYWORDS.iter()).flat_map(|(category, words)| words.iter().map(|word| (*category, *word)))
}

/// ASCII words are looked for from their beginning: `prepaid` is not `paid`. Their endings may differ: `refunded`, `refunds`.
pub(crate) fn begins_a_word(text: &str, start: usize) -> bool {
    let bytes = text.as_bytes();
    !bytes[start].is_ascii_alphanumeric() || start == 0 || !bytes[start - 1].is_ascii_alphanumeric()
}

const KEYWORDS: &[(Category, &[&str])] = &[
    (
        Category::ItineraryChange,
        &[
            "改签",
            "改期",
            "改日期",
            "改到",
            "延期",
            "延住",
            "续住",
            "多住",
            "提前退房",
            "提前离店",
            "推迟入住",
            "晚到一天",
            "行程变更",
            "变更行程",
            "更改行程",
            "修改预订",
            "修改订单",
            "reschedul",
            "change my booking",
            "change the booking",
            "change my reservation",
            "change the date",
            "change my date",
            "change of date",
            "extend my stay",
            "extend our stay",
            "extend the stay",
            "another night",
            "extra night",
            "one more night",
            "leave a day early",
            "check out early",
            "itinerary change",
        ],
    ),
    (
        Category::BookingConfirmation,
        &[
            "预订成功",
            "预定成功",
            "预订确认",
            "预定确认",
            "订单确认",
            "确认单",
            "确认号",
            "预订已确认",
            "订单已确认",
            "已为您预订",
            "已帮您预订",
            "帮您订好",
            "为您订好",
            "订好了",
            "booking confirmation",
            "booking confirmed",
            "booking is confirmed",
            "confirm your booking",
            "confirmed your booking",
            "reservation confirm",
            "reservation is confirmed",
            "confirm your reservation",
            "confirmed your reservation",
            "confirmation number",
            "is booked for you",
            "have booked you",
            "you are booked",
        ],
    ),
    (
        Category::Payment,
        &[
            "付款",
            "支付",
            "已付",
            "付了",
            "付清",
            "刷卡",
            "转账",
            "汇款",
            "信用卡",
            "银行卡",
            "借记卡",
            "扣款",
            "扣费",
            "发票",
            "收据",
            "payment",
            "paid",
            "pay by",
            "pay with",
            "credit card",
            "debit card",
            "bank transfer",
            "wire transfer",
            "invoice",
            "receipt",
            "charged my",
            "charge my card",
            "charge the card",
        ],
    ),
    (
        Category::Complaint,
        &[
            "投诉",
            "举报",
            "差评",
            "索赔",
            "赔偿",
            "太差",
            "不满意",
            "12315",
            "12345热线",
            "维权",
            "complain",
            "unacceptable",
            "compensation",
            "disgusted",
            "bad review",
            "negative review",
        ],
    ),
    (
        Category::Deposit,
        &["押金", "订金", "定金", "保证金", "deposit"],
    ),
    (
        Category::Refund,
        &[
            "退款",
            "退钱",
            "退费",
            "退回",
            "退还",
            "refund",
            "money back",
            "reimburs",
            "chargeback",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::EvidenceSet;
    use crate::kind::Kind;

    #[test]
    fn messages_are_put_where_a_person_would_put_them() {
        for (text, category) in [
            ("您好，请问早餐几点开始？", Category::Other),
            ("What time is breakfast?", Category::Other),
            ("您的房间已为您预订，明天见", Category::BookingConfirmation),
            (
                "Your reservation is confirmed for two nights.",
                Category::BookingConfirmation,
            ),
            ("我已付房费，用支付宝付了", Category::Payment),
            ("I PAID by bank transfer yesterday", Category::Payment),
            ("想改到下周三入住", Category::ItineraryChange),
            ("Could we extend our stay?", Category::ItineraryChange),
            ("取消后什么时候退款？", Category::Refund),
            ("Has my card been refunded?", Category::Refund),
            ("押金还没收到", Category::Deposit),
            ("我要投诉你们前台", Category::Complaint),
            ("I want to complain about the noise", Category::Complaint),
            ("a prepaid SIM card", Category::Other),
            ("请带好身份证", Category::Other),
        ] {
            assert_eq!(classify(text, &[]), category, "{text}");
        }
    }

    #[test]
    fn the_strongest_category_holds() {
        assert_eq!(classify("投诉：押金退款还没到账", &[]), Category::Refund);
        assert!(Category::ALL.is_sorted());
    }

    #[test]
    fn what_was_found_counts_more_than_words() {
        let found = |kind| Finding {
            start: 0,
            end: 1,
            kind,
            score: 90,
            evidence: EvidenceSet::NONE,
        };
        assert_eq!(
            classify("x 退款", &[found(Kind::Passport)]),
            Category::IdentityDocument
        );
        assert_eq!(classify("x", &[found(Kind::BankCard)]), Category::Payment);
        assert_eq!(classify("x", &[found(Kind::Mobile)]), Category::Other);
    }

    #[test]
    fn names_are_read_back_and_advice_fits() {
        for category in Category::ALL {
            assert_eq!(category.as_str().parse(), Ok(category));
        }
        assert_eq!("misc".parse::<Category>(), Err(UnknownCategory));
        assert_eq!(Category::IdentityDocument.backup(), Backup::OnlyWhenAsked);
        assert_eq!(Category::Payment.backup(), Backup::WithinDay);
        assert_eq!(Category::ItineraryChange.importance(), Importance::Ordinary);
        assert_eq!(Category::Complaint.importance(), Importance::Important);
    }
}
