//! How records lie inside items: a small JSON header, the text as the body.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use wuhen_model::record::{Conversation, Guest, SenderRole, SentAt};

use crate::attachment::{Mark, ScanState};
use crate::door::Door;
use crate::error::ServiceError;
use crate::findings::{Name, StoredFinding};
use crate::mark::MarkedBy;
use crate::spots::{CONVERSATION_STAYS, GUEST_STAYS};

/// Header of a guest's profile: the record as it came, and its source.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredGuest {
    pub(crate) source: u32,
    pub(crate) record: Map<String, Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) redacted: Option<RedactedRecord>,
    /// Card security codes that were cut out of it at the door.
    #[serde(default, skip_serializing_if = "is_none_cut")]
    pub(crate) cut: u64,
}

/// Header of a conversation's first item: the record as it came, without its labels, and its source.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredConversation {
    pub(crate) source: u32,
    pub(crate) record: Map<String, Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) redacted: Option<RedactedRecord>,
    /// Card security codes that were cut out of it at the door.
    #[serde(default, skip_serializing_if = "is_none_cut")]
    pub(crate) cut: u64,
}

/// Header of a message. The text is the item's body.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredMessage<'a> {
    #[serde(borrow)]
    pub(crate) id: Cow<'a, str>,
    pub(crate) role: SenderRole,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(crate) sender: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(crate) sent_at: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) attachments: Vec<u32>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(crate) other: Cow<'a, Map<String, Value>>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(crate) sender_other: Cow<'a, Map<String, Value>>,
    /// Version of the rules by which it was scanned when it came in; 0 where it came before there were any.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) scanned: u16,
    /// What was found then; see `findings.rs`.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) findings: Vec<StoredFinding<'a>>,
    /// Kinds that it asks the next messages for.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) asks: Vec<Name<'a>>,
    /// Kinds that messages before it asked for, and that are open still: by how many messages ago, beginning with one.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) asked_before: Vec<Vec<Name<'a>>>,
    /// What it is about; absent for `other`.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(crate) category: Option<Name<'a>>,
    /// Absent for `ordinary`.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(crate) importance: Option<Name<'a>>,
    /// Card security codes that were cut out of what stands beside its content at the door.
    #[serde(default, skip_serializing_if = "is_none_cut")]
    pub(crate) cut_beside: u64,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(crate) redacted: Option<Redacted<'a>>,
}

/// Of a message's new version: where the first one stood, and when the last redaction was.
#[derive(Serialize, Deserialize)]
pub(crate) struct Redacted<'a> {
    pub(crate) place: u32,
    #[serde(borrow)]
    pub(crate) at: Cow<'a, str>,
}

/// The same of any other record.
#[derive(Serialize, Deserialize)]
pub(crate) struct RedactedRecord {
    pub(crate) place: u32,
    pub(crate) at: String,
}

/// Header of an attachment.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredAttachment {
    pub(crate) message: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) media_type: Option<String>,
    pub(crate) path: String,
    pub(crate) bytes: u64,
    /// What a picture lost at the door, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) stripped: Vec<String>,
    /// A picture of which something may be left that should not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) not_understood: bool,
    /// A file of a kind that is not known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) not_looked_into: bool,
    /// A PDF file in which card security codes were found, and stand still.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) codes_left: bool,
    /// What it shows, as told by what was said around it. A mark by hand is an item of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) mark: Option<Mark>,
    /// How far its text was read; none where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) scan: Option<ScanState>,
    /// Personal data in its text: how many of each kind.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) findings: BTreeMap<String, u64>,
    /// Card security codes that were cut out of what stands beside its content at the door.
    #[serde(default, skip_serializing_if = "is_none_cut")]
    pub(crate) cut_beside: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) redacted: Option<RedactedRecord>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(crate) other: Map<String, Value>,
}

/// Header of a mark by hand. The last one of an attachment counts.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredMark {
    /// The attachment's number.
    pub(crate) item: u32,
    pub(crate) mark: Mark,
    /// It was taken away.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) removed: bool,
    pub(crate) by: MarkedBy,
    pub(crate) reason: String,
    pub(crate) at: String,
}

/// Header of a sketch: the messages among these item numbers, both included, are in it, so many of them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct SketchRange {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) messages: u32,
}

impl SketchRange {
    pub(crate) fn to_bytes(self) -> [u8; 12] {
        let mut bytes = [0; 12];
        for (place, number) in bytes
            .chunks_exact_mut(4)
            .zip([self.first, self.last, self.messages])
        {
            place.copy_from_slice(&number.to_be_bytes());
        }
        bytes
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, ServiceError> {
        let bytes: &[u8; 12] = bytes.try_into().map_err(|_| damaged("a sketch"))?;
        let number = |at: usize| {
            u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
        };
        Ok(Self {
            first: number(0),
            last: number(4),
            messages: number(8),
        })
    }

    pub(crate) fn covers(self, item: u32) -> bool {
        (self.first..=self.last).contains(&item)
    }
}

pub(crate) fn guest_header(guest: &Guest<'_>, source: u32, door: &mut Door) -> Vec<u8> {
    let before = door.cut;
    let record = entered(as_map(guest), &GUEST_STAYS, door);
    to_json(&StoredGuest {
        source,
        record,
        redacted: None,
        cut: door.cut - before,
    })
}

pub(crate) fn conversation_header(
    conversation: &Conversation<'_>,
    source: u32,
    door: &mut Door,
) -> Vec<u8> {
    let mut record = as_map(conversation);
    // Labels are items of their own, so that one can be found without opening every conversation.
    record.remove("labels");
    let before = door.cut;
    let record = entered(record, &CONVERSATION_STAYS, door);
    to_json(&StoredConversation {
        source,
        record,
        redacted: None,
        cut: door.cut - before,
    })
}

pub(crate) fn to_json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("stored records are plain data")
}

pub(crate) fn from_json<'a, T: Deserialize<'a>>(
    bytes: &'a [u8],
    what: &'static str,
) -> Result<T, ServiceError> {
    serde_json::from_slice(bytes).map_err(|_| damaged(what))
}

pub(crate) fn sent_at_text(sent_at: &SentAt) -> String {
    sent_at.to_string()
}

fn as_map(record: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(record).expect("records are plain data") {
        Value::Object(map) => map,
        _ => unreachable!("a record is an object"),
    }
}

/// A record without card security codes. What stays at its top is as it came, so that the record is found under it.
fn entered(mut record: Map<String, Value>, stay: &[&str], door: &mut Door) -> Map<String, Value> {
    let as_they_came: Vec<(String, Value)> = stay
        .iter()
        .filter_map(|name| record.remove_entry(*name))
        .collect();
    let mut entered = door.fields(&record).into_owned();
    entered.extend(as_they_came);
    entered
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_none_cut(number: &u64) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(number: &u16) -> bool {
    *number == 0
}

fn damaged(what: &'static str) -> ServiceError {
    ServiceError::Store(wuhen_store::StoreError::Damaged(format!(
        "{what} opens, but what it says cannot be read"
    )))
}
