//! Operations as data, spelled as the Rust that makes them again: what a failing simulation prints goes straight into
//! `reproductions.rs`.

use std::fmt;

use jiff::Timestamp;
use jiff::tz::Offset;
use serde_json::{Map, Value, json};

/// One thing that somebody does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Operation {
    Import {
        source: String,
        lines: Vec<Line>,
        allow_erased: bool,
    },
    Label {
        conversation: String,
        label: String,
    },
    Erase(Target),
    Redact(Cut),
    /// The dry run.
    Preview(Target),
    Show(String),
    Search {
        query: String,
        guest: Option<String>,
        from: Option<i64>,
        to: Option<i64>,
    },
    /// The service is closed and opened again on what it stored.
    Reopen,
    CheckLedger,
    /// On disk only: a snapshot into the repository.
    Snapshot,
    /// On disk only: the store's folder is lost; a new one is made from the snapshot of this number, oldest first, 0 is the newest.
    Restore(usize),
    /// Time passes, hours.
    Wait(u64),
}

/// Some characters of one message's text, as it is when its turn comes, are replaced in this style: mask, label or remove.
/// Which ones follows from two numbers, for a text of any length; where it is empty, or not there, no characters are named.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cut {
    /// `SOURCE/ID` of the conversation.
    pub(crate) conversation: String,
    pub(crate) message: String,
    pub(crate) first: usize,
    pub(crate) more: usize,
    pub(crate) style: &'static str,
}

impl Cut {
    pub(crate) fn name(&self) -> String {
        format!("{}/{}", self.conversation, self.message)
    }

    /// The first character and the one behind the last, in a text of so many.
    pub(crate) fn characters(&self, count: usize) -> std::ops::Range<usize> {
        let first = self.first % count.max(1);
        first..first + 1 + self.more % count.saturating_sub(first).max(1)
    }
}

/// What an erasure is about. Times are seconds since 1970 UTC.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Target {
    Guest(String),
    Conversations(Vec<String>),
    Messages(Vec<String>),
    Label(String),
    Before(i64),
}

/// One line of an import.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Line {
    Guest(String),
    Conversation {
        id: String,
        guest: String,
        opened_at: Option<i64>,
        status: Option<&'static str>,
        labels: Vec<String>,
    },
    Message {
        id: String,
        conversation: String,
        at: i64,
        text: String,
        attachments: usize,
    },
}

impl Line {
    /// As the interchange format has it. Guests' particulars follow from their ids.
    pub(crate) fn to_json(&self) -> Value {
        match self {
            Self::Guest(id) => {
                json!({"type": "guest", "id": id, "name": guest_name(id), "phone": format!("+86 {id}"), "email": format!("{id}@example.com")})
            }
            Self::Conversation {
                id,
                guest,
                opened_at,
                status,
                labels,
            } => {
                let mut line =
                    json!({"type": "conversation", "id": id, "guest": guest, "labels": labels});
                if let Some(at) = opened_at {
                    line["opened_at"] = time(*at).into();
                }
                if let Some(status) = status {
                    line["booking"] = json!({"id": format!("b-{id}"), "status": status});
                }
                line
            }
            Self::Message {
                id,
                conversation,
                at,
                text,
                attachments,
            } => {
                let files: Vec<Value> = (0..*attachments)
                    .map(|number| json!({"name": format!("{id}-{number}.jpg"), "path": attachment_path(number)}))
                    .collect();
                json!({"type": "message", "id": id, "conversation": conversation, "sender": {"role": "guest"}, "sent_at": time(*at),
                       "text": text, "attachments": files})
            }
        }
    }
}

/// A file of the interchange format.
pub(crate) fn to_json_lines(lines: &[Line]) -> String {
    let lines: Vec<String> = lines
        .iter()
        .map(|line| line.to_json().to_string())
        .collect();
    lines.join("\n")
}

/// The file that attachment `number` of any message is read from.
pub(crate) fn attachment_path(number: usize) -> String {
    format!("files/{number}.jpg")
}

pub(crate) fn guest_name(id: &str) -> String {
    format!("客人 {id}")
}

/// The record of a conversation as it is shown: without its type and labels.
pub(crate) fn shown(line: &Line) -> Map<String, Value> {
    let Value::Object(mut map) = line.to_json() else {
        unreachable!("a line is an object")
    };
    map.remove("type");
    map.remove("labels");
    map
}

pub(crate) fn time(seconds: i64) -> String {
    let at = Timestamp::from_second(seconds).expect("simulated times are of this century");
    at.display_with_offset(Offset::UTC).to_string()
}

/// The Rust that makes a list again.
pub(crate) fn spell(operations: &[Operation]) -> String {
    let lines: Vec<String> = operations
        .iter()
        .map(|operation| format!("    {operation},\n"))
        .collect();
    format!("[\n{}]", lines.concat())
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Import {
                source,
                lines,
                allow_erased,
            } => {
                let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
                write!(
                    f,
                    "import({source:?}, {allow_erased}, [\n        {}\n    ])",
                    lines.join(",\n        ")
                )
            }
            Self::Label {
                conversation,
                label,
            } => write!(f, "label({conversation:?}, {label:?})"),
            Self::Erase(target) => write!(f, "Operation::Erase({target})"),
            Self::Redact(cut) => {
                let Cut {
                    conversation,
                    message,
                    first,
                    more,
                    style,
                } = cut;
                write!(
                    f,
                    "redact({conversation:?}, {message:?}, ({first}, {more}), {style:?})"
                )
            }
            Self::Preview(target) => write!(f, "Operation::Preview({target})"),
            Self::Show(conversation) => write!(f, "Operation::Show({conversation:?}.into())"),
            Self::Search {
                query,
                guest,
                from,
                to,
            } => write!(f, "search({query:?}, {guest:?}, {from:?}, {to:?})"),
            Self::Reopen => f.write_str("Operation::Reopen"),
            Self::CheckLedger => f.write_str("Operation::CheckLedger"),
            Self::Snapshot => f.write_str("Operation::Snapshot"),
            Self::Restore(number) => write!(f, "Operation::Restore({number})"),
            Self::Wait(hours) => write!(f, "Operation::Wait({hours})"),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Guest(id) => write!(f, "Target::Guest({id:?}.into())"),
            Self::Conversations(ids) => write!(f, "conversations(&{ids:?})"),
            Self::Messages(ids) => write!(f, "messages(&{ids:?})"),
            Self::Label(label) => write!(f, "Target::Label({label:?}.into())"),
            Self::Before(at) => write!(f, "Target::Before({at})"),
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Guest(id) => write!(f, "guest({id:?})"),
            Self::Conversation {
                id,
                guest,
                opened_at,
                status,
                labels,
            } => {
                write!(
                    f,
                    "conversation({id:?}, {guest:?}, {opened_at:?}, {status:?}, &{labels:?})"
                )
            }
            Self::Message {
                id,
                conversation,
                at,
                text,
                attachments,
            } => {
                write!(
                    f,
                    "message({id:?}, {conversation:?}, {at}, {text:?}, {attachments})"
                )
            }
        }
    }
}

/// Makers, as `Display` spells them.
pub(crate) fn import<const N: usize>(
    source: &str,
    allow_erased: bool,
    lines: [Line; N],
) -> Operation {
    Operation::Import {
        source: source.into(),
        lines: lines.into(),
        allow_erased,
    }
}

pub(crate) fn label(conversation: &str, label: &str) -> Operation {
    Operation::Label {
        conversation: conversation.into(),
        label: label.into(),
    }
}

pub(crate) fn redact(
    conversation: &str,
    message: &str,
    (first, more): (usize, usize),
    style: &'static str,
) -> Operation {
    Operation::Redact(Cut {
        conversation: conversation.into(),
        message: message.into(),
        first,
        more,
        style,
    })
}

pub(crate) fn search(
    query: &str,
    guest: Option<&str>,
    from: Option<i64>,
    to: Option<i64>,
) -> Operation {
    Operation::Search {
        query: query.into(),
        guest: guest.map(Into::into),
        from,
        to,
    }
}

pub(crate) fn guest(id: &str) -> Line {
    Line::Guest(id.into())
}

pub(crate) fn conversation(
    id: &str,
    guest: &str,
    opened_at: Option<i64>,
    status: Option<&'static str>,
    labels: &[&str],
) -> Line {
    let labels = labels.iter().map(ToString::to_string).collect();
    Line::Conversation {
        id: id.into(),
        guest: guest.into(),
        opened_at,
        status,
        labels,
    }
}

pub(crate) fn message(
    id: &str,
    conversation: &str,
    at: i64,
    text: &str,
    attachments: usize,
) -> Line {
    Line::Message {
        id: id.into(),
        conversation: conversation.into(),
        at,
        text: text.into(),
        attachments,
    }
}

pub(crate) fn conversations(ids: &[&str]) -> Target {
    Target::Conversations(ids.iter().map(ToString::to_string).collect())
}

pub(crate) fn messages(ids: &[&str]) -> Target {
    Target::Messages(ids.iter().map(ToString::to_string).collect())
}
