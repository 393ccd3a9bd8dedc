//! The records of the interchange format, one JSON object each: guests, their conversations, the
//! messages of those. Texts are borrowed from the line they were read from where JSON allows it.
//! `Debug` shows no content.

mod check;
mod parse;
mod sent_at;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use sent_at::{NotATime, SentAt};

/// One line of an import.
#[derive(Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Record<'a> {
    /// A person who talks to the house.
    Guest(Guest<'a>),
    /// A thread of messages with one guest.
    Conversation(Conversation<'a>),
    /// One message of a conversation.
    Message(Message<'a>),
}

/// A guest as the source system knows them. Ids are unique within their source only.
#[derive(Clone, PartialEq, Serialize)]
pub struct Guest<'a> {
    /// The source's id.
    pub id: Cow<'a, str>,
    /// As written, in any script.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Cow<'a, str>>,
    /// As written; E.164 where the source keeps to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Cow<'a, str>>,
    /// As written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Cow<'a, str>>,
    /// A language tag such as `zh-CN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<Cow<'a, str>>,
    /// Fields that Wuhen does not know, kept as they came.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A conversation as the source system knows it.
#[derive(Clone, PartialEq, Serialize)]
pub struct Conversation<'a> {
    /// The source's id.
    pub id: Cow<'a, str>,
    /// The id of a guest of the same source.
    pub guest: Cow<'a, str>,
    /// Where it was held, such as `wechat-mini-program`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Cow<'a, str>>,
    /// When it began; where absent, its first message says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<SentAt>,
    /// The booking that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub booking: Option<Booking<'a>>,
    /// Confidentiality labels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Cow<'a, str>>,
    /// Fields that Wuhen does not know, kept as they came.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A booking; its dates and states decide when records may be erased.
#[derive(Clone, PartialEq, Serialize)]
pub struct Booking<'a> {
    /// The booking system's id.
    pub id: Cow<'a, str>,
    /// The day of arrival, in the hotel's calendar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_in: Option<Date>,
    /// The day of departure, in the hotel's calendar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_out: Option<Date>,
    /// What became of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<BookingStatus>,
    /// Whether the deposit was given back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deposit_refunded: Option<bool>,
    /// Fields that Wuhen does not know, kept as they came.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What became of a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BookingStatus {
    /// Agreed, not yet arrived.
    Booked,
    /// The guest was there.
    Stayed,
    /// Called off.
    Cancelled,
    /// Called off, money still to be given back.
    Refunding,
    /// The guest never came.
    NoShow,
}

/// A message as the source system knows it.
#[derive(Clone, PartialEq, Serialize)]
pub struct Message<'a> {
    /// The source's id.
    pub id: Cow<'a, str>,
    /// The id of a conversation of the same source.
    pub conversation: Cow<'a, str>,
    /// Who wrote it.
    pub sender: Sender<'a>,
    /// When it was sent.
    pub sent_at: SentAt,
    /// What was said; empty where there are attachments only.
    pub text: Cow<'a, str>,
    /// Files sent along.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment<'a>>,
    /// Fields that Wuhen does not know, kept as they came.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Who wrote a message.
#[derive(Clone, PartialEq, Serialize)]
pub struct Sender<'a> {
    /// On which side.
    pub role: SenderRole,
    /// The source's id of the guest or member of staff; systems and bots need none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Cow<'a, str>>,
    /// Fields that Wuhen does not know, kept as they came.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// On which side of a conversation a sender is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SenderRole {
    /// The data subject.
    Guest,
    /// A member of staff.
    Agent,
    /// The chat system itself.
    System,
    /// A program that answers.
    Bot,
}

/// A file sent with a message. The bytes lie beside the import.
#[derive(Clone, PartialEq, Serialize)]
pub struct Attachment<'a> {
    /// The displayed file name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Cow<'a, str>>,
    /// Such as `image/jpeg`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<Cow<'a, str>>,
    /// Relative to the folder of the import.
    pub path: Cow<'a, str>,
    /// Fields that Wuhen does not know, kept as they came.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Why a line is not a record. The text names fields and sizes, never what stood in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// The JSON grammar is broken. Bytes are counted from 1.
    #[error("not valid JSON at byte {byte} of the line")]
    NotJson {
        /// Where.
        byte: usize,
    },
    /// The JSON ends before its last bracket.
    #[error("the JSON ends in the middle of the object")]
    CutShort,
    /// JSON, but no object with a `type`.
    #[error("not a JSON object")]
    NotAnObject,
    /// `type` is not one of the three.
    #[error("field `type` is none of guest, conversation, message")]
    UnknownType,
    /// A field that every such record has.
    #[error("field `{field}` is missing")]
    Missing {
        /// Its name, with a dot where it is inside another.
        field: &'static str,
    },
    /// JSON allows it, but which of the two is meant?
    #[error("field `{field}` stands twice in one object")]
    Twice {
        /// Its name.
        field: &'static str,
    },
    /// Something else than this field can hold.
    #[error("field `{field}` is not {expected}")]
    Wrong {
        /// Its name.
        field: &'static str,
        /// What it can hold.
        expected: &'static str,
    },
    /// An id, a label or a path without a character.
    #[error("field `{field}` is empty")]
    Empty {
        /// Its name.
        field: &'static str,
    },
    /// Ids, labels and paths are shown in one line.
    #[error("field `{field}` contains a control character")]
    ControlCharacter {
        /// Its name.
        field: &'static str,
    },
    /// Over a limit of bytes.
    #[error("field `{field}` has {bytes} bytes, over the limit of {bytes_max}")]
    TooLong {
        /// Its name.
        field: &'static str,
        /// What it has.
        bytes: usize,
        /// What it may have.
        bytes_max: usize,
    },
    /// Over a limit of entries.
    #[error("field `{field}` has {entries} entries, over the limit of {entries_max}")]
    TooMany {
        /// Its name.
        field: &'static str,
        /// What it has.
        entries: usize,
        /// What it may have.
        entries_max: usize,
    },
}

impl Record<'_> {
    /// Appends the record as one JSON object without a line end. Reading it back gives the same record.
    ///
    /// # Panics
    ///
    /// Never: all keys are text, and writing into memory does not fail.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        serde_json::to_writer(out, self)
            .expect("a record's keys are text and memory does not fail");
    }
}

/// Sizes instead of content, so that a record in a log or a failed test tells nothing.
macro_rules! debug_without_content {
    ($($name:ident $(with $field:ident)?),+) => {
        $(impl fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut shown = f.debug_struct(stringify!($name));
                $(shown.field(concat!(stringify!($field), "_len"), &self.$field.len());)?
                shown.finish_non_exhaustive()
            }
        })+
    };
}

debug_without_content!(
    Guest, Booking, Sender, Attachment, Conversation with labels, Message with text
);

impl fmt::Debug for Record<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Guest(guest) => guest.fmt(f),
            Self::Conversation(conversation) => conversation.fmt(f),
            Self::Message(message) => message.fmt(f),
        }
    }
}
