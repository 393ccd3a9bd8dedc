//! What ought to be there: records read straight from the imported files, without any of our readers, their texts as the door
//! lets them in (what it cuts has a story of its own); and the same records
//! as a person reads them through the service, and as an attacker's loot shows them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};
use wuhen_detect::{Detector, KindSet, Settings, cut};
use wuhen_service::Service;

use crate::attacker::Loot;

/// One thing that a person could read: its kind, the source's id, and what it says.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Record {
    /// guest, conversation, message, label or attachment.
    pub kind: &'static str,
    /// The source's id; an attachment's path; the conversation that bears a label.
    pub id: String,
    /// Name, text, label, or the SHA-256 of an attachment.
    pub text: String,
}

/// A record with whom and what it belongs to.
#[derive(Clone, Debug)]
pub struct Known {
    /// What a person could read.
    pub record: Record,
    /// Name of the source.
    pub source: String,
    /// Whose it is.
    pub guest: String,
    /// In which conversation, if in one.
    pub conversation: String,
    /// Of which message, if of one.
    pub message: String,
    /// When it was sent; of a conversation, when it was opened.
    pub at: Option<Timestamp>,
}

/// All records of some files.
#[derive(Clone, Default)]
pub struct Truth(pub Vec<Known>);

/// Texts without card security codes, each read after the one before it in its conversation.
struct Door {
    detector: Detector,
    asked: BTreeMap<String, KindSet>,
}

impl Door {
    fn new() -> Self {
        Self {
            detector: Detector::new(Settings::all()),
            asked: BTreeMap::new(),
        }
    }

    fn let_in(&mut self, conversation: &str, text: &str) -> String {
        let asked = self.asked.entry(conversation.to_owned()).or_default();
        let mut findings = Vec::new();
        *asked = self.detector.scan_in(text, *asked, &mut findings);
        cut(text, &mut findings).into_owned()
    }
}

impl Truth {
    /// Adds the records of a file; its source is the file's name without `.jsonl`.
    ///
    /// # Panics
    /// If it is no interchange file.
    pub fn read(&mut self, file: &Path) {
        let folder = file.parent().expect("a file has a folder");
        let source = file
            .file_stem()
            .expect("a file has a name")
            .to_string_lossy()
            .into_owned();
        let mut guest_of = BTreeMap::new();
        let mut door = Door::new();
        let lines = fs::read_to_string(file).expect("the file can be read");
        for line in lines.lines() {
            let line: Value = serde_json::from_str(line).expect("a line is JSON");
            let field = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
            let id = field("id");
            let mut known = Known {
                record: Record {
                    kind: "guest",
                    id: id.clone(),
                    text: field("name"),
                },
                source: source.clone(),
                guest: id.clone(),
                conversation: String::new(),
                message: String::new(),
                at: time(&line["sent_at"]).or_else(|| time(&line["opened_at"])),
            };
            match line["type"].as_str() {
                Some("guest") => self.0.push(known),
                Some("conversation") => {
                    known.guest = field("guest");
                    known.conversation.clone_from(&id);
                    guest_of.insert(id, known.guest.clone());
                    known.record.kind = "conversation";
                    known.record.text.clone_from(&known.guest);
                    self.0.push(known.clone());
                    for label in line["labels"].as_array().into_iter().flatten() {
                        known.record.kind = "label";
                        label
                            .as_str()
                            .expect("a label is a text")
                            .clone_into(&mut known.record.text);
                        self.0.push(known.clone());
                    }
                }
                _ => {
                    known.conversation = field("conversation");
                    known.guest.clone_from(&guest_of[&known.conversation]);
                    known.message = id;
                    known.record.kind = "message";
                    known.record.text = door.let_in(&known.conversation, &field("text"));
                    self.0.push(known.clone());
                    for attachment in line["attachments"].as_array().into_iter().flatten() {
                        let path = attachment["path"].as_str().expect("a path is a text");
                        let bytes = fs::read(folder.join(path)).expect("an attachment is there");
                        known.record.kind = "attachment";
                        path.clone_into(&mut known.record.id);
                        known.record.text = sha256(&bytes);
                        self.0.push(known.clone());
                    }
                }
            }
        }
    }

    /// Notes a label that was put on later.
    ///
    /// # Panics
    /// If there is no such conversation.
    pub fn add_label(&mut self, conversation: &str, label: &str) {
        let mut known = self
            .0
            .iter()
            .find(|known| known.record.kind == "conversation" && known.record.id == conversation)
            .expect("the conversation is known")
            .clone();
        known.record.kind = "label";
        label.clone_into(&mut known.record.text);
        self.0.push(known);
    }

    /// All records.
    #[must_use]
    pub fn records(&self) -> BTreeSet<Record> {
        self.matching(|_| true)
    }

    /// The records that fulfil a condition.
    #[must_use]
    pub fn matching(&self, condition: impl Fn(&Known) -> bool) -> BTreeSet<Record> {
        self.0
            .iter()
            .filter(|known| condition(known))
            .map(|known| known.record.clone())
            .collect()
    }

    /// The records of all conversations that bear a label.
    #[must_use]
    pub fn labelled(&self, label: &str) -> BTreeSet<Record> {
        let bearers: BTreeSet<&str> = (self.0.iter())
            .filter(|known| known.record.kind == "label" && known.record.text == label)
            .map(|known| known.conversation.as_str())
            .collect();
        self.matching(|known| bearers.contains(known.conversation.as_str()))
    }

    /// The records from before a time: conversations that end before it, whole; of the others, messages sent before it.
    #[must_use]
    pub fn before(&self, end: Timestamp) -> BTreeSet<Record> {
        let mut last_of: BTreeMap<&str, Option<Timestamp>> = BTreeMap::new();
        for known in &self.0 {
            let last = last_of.entry(&known.conversation).or_default();
            *last = known.at.max(*last);
        }
        let is_early = |at: Option<Timestamp>| at.is_some_and(|at| at < end);
        self.matching(|known| {
            let whole = is_early(last_of[known.conversation.as_str()]);
            !known.conversation.is_empty()
                && (whole || (!known.message.is_empty() && is_early(known.at)))
        })
    }

    /// Texts, names and labels, long enough to be looked for in raw bytes, each once; at most `limit`, evenly chosen.
    #[must_use]
    pub fn canaries(&self, limit: usize) -> Vec<String> {
        let texts: BTreeSet<&str> = (self.0.iter())
            .filter(|known| known.record.kind != "attachment")
            .map(|known| known.record.text.as_str())
            .filter(|text| text.len() >= 12)
            .collect();
        let step = texts.len().div_ceil(limit).max(1);
        texts.into_iter().step_by(step).map(str::to_owned).collect()
    }
}

/// Everything that a person can read through the service.
///
/// # Panics
/// If something cannot be read.
#[must_use]
pub fn readable(service: &Service) -> BTreeSet<Record> {
    let record = |kind, id: &str, text: &str| Record {
        kind,
        id: id.to_owned(),
        text: text.to_owned(),
    };
    let field = |record: &serde_json::Map<String, Value>, name: &str| string(&record[name]);
    let mut records = BTreeSet::new();
    for guest in service.guests(None).expect("what is listed can be read") {
        records.insert(record("guest", &guest.id, &field(&guest.record, "name")));
    }
    for view in service
        .conversations(None)
        .expect("what is listed can be read")
    {
        records.insert(record(
            "conversation",
            &view.id,
            &field(&view.record, "guest"),
        ));
        for label in &view.labels {
            records.insert(record("label", &view.id, label));
        }
        let (_, messages) = service.show(&view.id).expect("what is listed can be read");
        for message in messages {
            records.insert(record("message", &message.id, &message.text));
            for attachment in message.attachments {
                let mut bytes = Vec::new();
                service
                    .attachment(&view.id, attachment.item, &mut bytes)
                    .expect("what is listed can be read");
                let digest = sha256(&bytes);
                records.insert(record("attachment", &attachment.path, &digest));
            }
        }
    }
    records
}

impl Loot {
    /// What a person could read of it.
    ///
    /// # Panics
    /// If something opens that is no record of ours.
    #[must_use]
    pub fn records(&self) -> BTreeSet<Record> {
        let mut records = BTreeSet::new();
        for ((owner, item, kind), contents) in &self.opened {
            for (header, body) in contents {
                let json =
                    || -> Value { serde_json::from_slice(header).expect("a header is JSON") };
                let text = || String::from_utf8(body.clone()).expect("a text is UTF-8");
                let record = match kind {
                    1 => {
                        let json = json();
                        record(
                            "conversation",
                            &json["record"]["id"],
                            string(&json["record"]["guest"]),
                        )
                    }
                    2 => record("message", &json()["id"], text()),
                    4 => self.attachment((*owner, *item), body),
                    6 => Record {
                        kind: "label",
                        id: self.conversation_id(*owner),
                        text: text(),
                    },
                    7 => {
                        let json = json();
                        record(
                            "guest",
                            &json["record"]["id"],
                            string(&json["record"]["name"]),
                        )
                    }
                    _ => continue,
                };
                records.insert(record);
            }
        }
        records
    }

    /// Plaintexts of settings, scopes and bodies of the ledger.
    pub fn control(&self) -> impl Iterator<Item = Vec<u8>> {
        let control = self.opened.iter();
        let control = control.filter(|((_, _, kind), _)| (8..=10).contains(kind));
        control
            .flat_map(|(_, contents)| contents)
            .map(|(header, body)| [&header[..], &body[..]].concat())
    }

    fn attachment(&self, (owner, item): (u64, u32), bytes: &[u8]) -> Record {
        // Its name lies in an item of its own, which opens with the same leaf.
        let named = self
            .opened
            .get(&(owner, item, 3))
            .and_then(|all| all.first());
        let id = named.map_or_else(String::new, |(header, _)| {
            let header: Value = serde_json::from_slice(header).expect("a header is JSON");
            string(&header["path"])
        });
        Record {
            kind: "attachment",
            id,
            text: sha256(bytes),
        }
    }

    fn conversation_id(&self, owner: u64) -> String {
        let head = self.opened.get(&(owner, 0, 1)).and_then(|all| all.first());
        head.map_or_else(String::new, |(header, _)| {
            let header: Value = serde_json::from_slice(header).expect("a header is JSON");
            string(&header["record"]["id"])
        })
    }
}

fn record(kind: &'static str, id: &Value, text: String) -> Record {
    Record {
        kind,
        id: string(id),
        text,
    }
}

fn time(value: &Value) -> Option<Timestamp> {
    value.as_str()?.parse().ok()
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// SHA-256 in hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    wuhen_store::hex(&Sha256::digest(bytes))
}
