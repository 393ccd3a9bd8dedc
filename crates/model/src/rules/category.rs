//! The names that rules are written with.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A name that is not in its list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("no such name")]
pub struct UnknownName;

/// What a record is, for its rules.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// A booking is confirmed.
    BookingConfirmation,
    /// Money was or is to be paid.
    Payment,
    /// A stay is moved, made longer or shorter.
    ItineraryChange,
    /// An identity document, or its number.
    IdentityDocument,
    /// Money is to be given back.
    Refund,
    /// A deposit.
    Deposit,
    /// Somebody is not content.
    Complaint,
    /// Everything else that is said.
    Other,
    /// All of a guest who came without an account.
    TemporaryAccount,
    /// An export or backup that the system made.
    Copy,
}

/// The business event from which a rule counts. Nothing else starts a clock: neither an edit nor a redaction does.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum StartEvent {
    /// The conversation was closed: by somebody, or by seven days without a word.
    ConversationClosed,
    /// Check-out or the close of the refund, the later, of all bookings of the conversation. Without a booking: the conversation's close.
    TransactionCompleted,
    /// The last check-out. Without a booking: the conversation's close.
    Checkout,
    /// The complaint was closed. Where none is on record: the conversation's close.
    ComplaintClosed,
    /// What an identity document was for is done: said so, or the last check-out. Without a booking: the conversation's close.
    PurposeDone,
    /// A temporary account was made.
    AccountCreated,
    /// A copy was made.
    CopyMade,
}

/// What happens when a ceiling is reached.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Expiry {
    /// The record is erased.
    Erase,
    /// The owner is asked; nothing is erased without an answer, and the question comes again each month.
    Review,
}

/// What kind of house it is: decides which statutory periods hold.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum TenantKind {
    /// A platform on which others sell (E-Commerce Law, article 31).
    Platform,
    /// A hotel's own site.
    #[default]
    HotelOwnSite,
}

/// Names of an enumeration, one list for reading and writing.
macro_rules! names {
    ($type:ident { $($variant:ident = $name:literal,)+ }) => {
        impl $type {
            /// All, in the order in which they are documented.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name in packs, JSON and on the command line.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl FromStr for $type {
            type Err = UnknownName;

            fn from_str(name: &str) -> Result<Self, UnknownName> {
                match name {
                    $($name => Ok(Self::$variant),)+
                    _ => Err(UnknownName),
                }
            }
        }
    };
}

names!(Category {
    BookingConfirmation = "booking-confirmation",
    Payment = "payment",
    ItineraryChange = "itinerary-change",
    IdentityDocument = "identity-document",
    Refund = "refund",
    Deposit = "deposit",
    Complaint = "complaint",
    Other = "other",
    TemporaryAccount = "temporary-account",
    Copy = "copy",
});

names!(StartEvent {
    ConversationClosed = "conversation-closed",
    TransactionCompleted = "transaction-completed",
    Checkout = "checkout",
    ComplaintClosed = "complaint-closed",
    PurposeDone = "purpose-done",
    AccountCreated = "account-created",
    CopyMade = "copy-made",
});

names!(Expiry {
    Erase = "erase",
    Review = "review",
});

names!(TenantKind {
    Platform = "platform",
    HotelOwnSite = "hotel-own-site",
});
