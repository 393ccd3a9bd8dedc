//! Numbers of records by kind: one shape for every answer, in words and in JSON.

use serde::Serialize;
use wuhen_ledger::body::Counts;
use wuhen_service::import::RecordCounts;
use wuhen_service::select::Preview;
use wuhen_store::sqlite::Restored;
use wuhen_store::{SnapshotRow, Totals};

use crate::words::Lang;

/// How many records of each kind.
#[derive(Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub(crate) struct Records {
    pub(crate) guests: u64,
    pub(crate) conversations: u64,
    pub(crate) messages: u64,
    pub(crate) attachments: u64,
}

impl Records {
    /// "1 guest, 3 conversations", or "nothing"; kinds without any are left out.
    pub(crate) fn words(self, lang: Lang) -> String {
        let kinds = [
            (self.guests, "guest", "位客人"),
            (self.conversations, "conversation", "个会话"),
            (self.messages, "message", "条消息"),
            (self.attachments, "attachment", "个附件"),
        ];
        let parts: Vec<String> = kinds
            .iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, en, zh)| match lang {
                Lang::En if *count == 1 => format!("1 {en}"),
                Lang::En => format!("{count} {en}s"),
                Lang::Zh => format!("{count} {zh}"),
            })
            .collect();
        if parts.is_empty() {
            return lang.pick("nothing", "无").to_owned();
        }
        parts.join(lang.comma())
    }

    /// Those and others.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            guests: self.guests + other.guests,
            conversations: self.conversations + other.conversations,
            messages: self.messages + other.messages,
            attachments: self.attachments + other.attachments,
        }
    }

    /// Those but not others.
    pub(crate) fn less(self, other: Self) -> Self {
        Self {
            guests: self.guests.saturating_sub(other.guests),
            conversations: self.conversations.saturating_sub(other.conversations),
            messages: self.messages.saturating_sub(other.messages),
            attachments: self.attachments.saturating_sub(other.attachments),
        }
    }
}

/// The crates below count in types of their own, all with these four fields.
macro_rules! from_four_fields {
    ($($type:ty),+) => {
        $(impl From<&$type> for Records {
            fn from(counts: &$type) -> Self {
                Self {
                    guests: counts.guests,
                    conversations: counts.conversations,
                    messages: counts.messages,
                    attachments: counts.attachments,
                }
            }
        })+
    };
}

from_four_fields!(Counts, RecordCounts, Preview, Restored, SnapshotRow, Totals);

impl From<Records> for Counts {
    fn from(records: Records) -> Self {
        let Records {
            guests,
            conversations,
            messages,
            attachments,
        } = records;
        Self {
            guests,
            conversations,
            messages,
            attachments,
            sketches: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_said_as_people_say_them() {
        let records = Records {
            guests: 1,
            conversations: 2,
            ..Records::default()
        };
        assert_eq!(records.words(Lang::En), "1 guest, 2 conversations");
        assert_eq!(records.words(Lang::Zh), "1 位客人、2 个会话");
        assert_eq!(Records::default().words(Lang::En), "nothing");
    }
}
