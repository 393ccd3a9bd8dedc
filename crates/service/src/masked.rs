//! Records as somebody sees them. Everything that shows a record to a person goes through here; what is counted, compared or
//! erased does not.

use std::borrow::Cow;

use serde_json::{Map, Value};
use wuhen_detect::{Detector, EvidenceSet, Finding, Kind, Masking, Sight};

use crate::Service;
use crate::fields::{FreeNames, rewrite};
use crate::read::{ConversationView, GuestView, MessageView};
use crate::spots::take_booking_number;

impl Service {
    /// A message as it is seen: its text, who sent it, the names and types of its attachments, and the fields that were kept as
    /// they came. Its id stays. The findings get their places in the text that is seen.
    pub fn mask_message(&self, message: &mut MessageView, sight: Sight) {
        self.drop_own_numbers(&message.text, &mut message.findings);
        Masker::new(&self.detector(), sight).message(message);
    }

    /// A conversation as it is seen: channel, labels, booking, and whatever else its record has. Its id and its guest's stay: they
    /// are what records are found by.
    pub fn mask_conversation(&self, conversation: &mut ConversationView, sight: Sight) {
        Masker::new(&self.detector(), sight).conversation(conversation);
    }

    /// A guest as it is seen: name, phone and mail for what they are, any other field for what is found in it. The id stays: it is
    /// what a record is found by.
    pub fn mask_guest(&self, guest: &mut GuestView, sight: Sight) {
        Masker::new(&self.detector(), sight).guest(guest);
    }

    /// A booking's number as it is seen.
    #[must_use]
    pub fn mask_booking_number(&self, number: &str, sight: Sight) -> String {
        let mut number = number.to_owned();
        Masker::new(&self.detector(), sight).whole(&mut number, Kind::BookingNumber);
        number
    }

    /// Places in a conversation and its messages that these eyes do not see in clear, wherever a record is masked.
    pub(crate) fn count_masked(
        &self,
        conversation: &ConversationView,
        messages: &[MessageView],
        sight: Sight,
    ) -> u64 {
        let detector = self.detector();
        let mut masker = Masker::new(&detector, sight);
        masker.conversation(&mut conversation.clone());
        for message in messages {
            let mut message = message.clone();
            self.drop_own_numbers(&message.text, &mut message.findings);
            masker.message(&mut message);
        }
        masker.masked
    }
}

/// Masks for somebody's eyes, and counts what it masks.
struct Masker<'d> {
    detector: &'d Detector,
    sight: Sight,
    masked: u64,
}

impl<'d> Masker<'d> {
    fn new(detector: &'d Detector, sight: Sight) -> Self {
        Self {
            detector,
            sight,
            masked: 0,
        }
    }

    fn message(&mut self, message: &mut MessageView) {
        if let Some(seen) = self.seen(&message.text, &mut message.findings) {
            message.text = seen;
        }
        if let Some(sender) = &mut message.sender {
            self.text(sender);
        }
        for attachment in &mut message.attachments {
            let named = [&mut attachment.name, &mut attachment.media_type];
            for text in named.into_iter().flatten() {
                self.text(text);
            }
            self.text(&mut attachment.path);
        }
        self.fields(&mut message.other);
    }

    fn conversation(&mut self, conversation: &mut ConversationView) {
        let record = &mut conversation.record;
        let as_they_are = ["id", "guest", "opened_at"].map(|name| (name, record.remove(name)));
        let number = take_booking_number(record);
        self.fields(record);
        if let Some(mut number) = number {
            self.whole(&mut number, Kind::BookingNumber);
            record["booking"]["id"] = Value::String(number);
        }
        for (name, value) in as_they_are {
            record.extend(value.map(|value| (name.to_owned(), value)));
        }
        for label in &mut conversation.labels {
            self.text(label);
        }
    }

    fn guest(&mut self, guest: &mut GuestView) {
        let mut other = std::mem::take(&mut guest.record);
        let known = [
            ("name", Kind::PersonName),
            ("phone", Kind::Phone),
            ("email", Kind::Email),
        ];
        let id = other.remove("id");
        let mut seen = Map::new();
        for (field, kind) in known {
            if let Some(mut value) = other.remove(field) {
                if let Value::String(text) = &mut value {
                    self.whole(text, kind);
                }
                seen.insert(field.to_owned(), value);
            }
        }
        self.fields(&mut other);
        seen.extend(other);
        seen.extend(id.map(|id| ("id".to_owned(), id)));
        guest.record = seen;
    }

    fn text(&mut self, text: &mut String) {
        let mut findings = Vec::new();
        self.detector.scan(text, &mut findings);
        if let Some(seen) = self.seen(text, &mut findings) {
            *text = seen;
        }
    }

    /// A text that is of one kind by its place. Which phone it is, mobile or other, is the detector's to say.
    fn whole(&mut self, text: &mut String, kind: Kind) {
        let mut findings = Vec::new();
        self.detector.scan(text, &mut findings);
        let found = findings
            .iter()
            .find(|found| kind == Kind::Phone && found.range() == (0..text.len()));
        let whole = Finding {
            start: 0,
            end: text.len(),
            kind: found.map_or(kind, |found| found.kind),
            score: 100,
            evidence: EvidenceSet::NONE,
        };
        if let Some(seen) = self.seen(text, &mut [whole]) {
            *text = seen;
        }
    }

    fn fields(&mut self, fields: &mut Map<String, Value>) {
        let detector = self.detector;
        let seen = rewrite(fields, &mut |field| {
            self.seen(field.value, &mut field.scan(detector))
        });
        if let Some(seen) = seen {
            *fields = seen;
        }
        self.names(fields);
    }

    /// The names that fields stand under. Where two read alike then, the later one gets marks behind it, so that no field is lost.
    fn names(&mut self, fields: &mut Map<String, Value>) {
        for value in fields.values_mut() {
            self.names_within(value);
        }
        let mut names: Vec<String> = fields.keys().cloned().collect();
        for name in &mut names {
            self.text(name);
        }
        if names.iter().eq(fields.keys()) {
            return;
        }
        let mut seen = Map::new();
        let mut free = FreeNames::default();
        for (name, (_, value)) in names.into_iter().zip(std::mem::take(fields)) {
            let name = free.free(name, &seen);
            seen.insert(name, value);
        }
        *fields = seen;
    }

    fn names_within(&mut self, value: &mut Value) {
        match value {
            Value::Object(fields) => self.names(fields),
            Value::Array(values) => {
                for value in values {
                    self.names_within(value);
                }
            }
            _ => {}
        }
    }

    /// None: it is seen as it is.
    fn seen(&mut self, text: &str, findings: &mut [Finding]) -> Option<String> {
        let is_masked = |found: &&Finding| self.sight.masking(found.kind) != Masking::Clear;
        self.masked += findings.iter().filter(is_masked).count() as u64;
        match self.sight.mask(text, findings) {
            Cow::Owned(seen) => Some(seen),
            Cow::Borrowed(_) => None,
        }
    }
}
