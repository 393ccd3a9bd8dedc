//! Records as somebody sees them. Everything that shows a record to a person goes through here; what is counted, compared or
//! erased does not.

use std::borrow::Cow;

use serde_json::{Map, Value};
use wuhen_detect::{Detector, EvidenceSet, Finding, Kind, Sight};

use crate::Service;
use crate::fields::rewrite;
use crate::read::{GuestView, MessageView};

impl Service {
    /// A message as it is seen: its text, the names of its attachments, and the fields that were kept as they came. The findings
    /// get their places in the text that is seen.
    pub fn mask_message(&self, message: &mut MessageView, sight: Sight) {
        if let Cow::Owned(seen) = sight.mask(&message.text, &mut message.findings) {
            message.text = seen;
        }
        if message.other.is_empty() && message.attachments.is_empty() {
            return;
        }
        let detector = self.detector();
        for attachment in &mut message.attachments {
            if let Some(name) = &mut attachment.name {
                mask_text(&detector, name, sight);
            }
            mask_text(&detector, &mut attachment.path, sight);
        }
        mask_fields(&detector, &mut message.other, sight);
    }

    /// A guest as it is seen: name, phone and mail for what they are, any other field for what is found in it. The id stays: it is
    /// what a record is found by.
    pub fn mask_guest(&self, guest: &mut GuestView, sight: Sight) {
        let detector = self.detector();
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
                    mask_whole(&detector, text, kind, sight);
                }
                seen.insert(field.to_owned(), value);
            }
        }
        mask_fields(&detector, &mut other, sight);
        seen.extend(other);
        seen.extend(id.map(|id| ("id".to_owned(), id)));
        guest.record = seen;
    }
}

fn mask_text(detector: &Detector, text: &mut String, sight: Sight) {
    let mut findings = Vec::new();
    detector.scan(text, &mut findings);
    if let Cow::Owned(seen) = sight.mask(text, &mut findings) {
        *text = seen;
    }
}

/// A text that is of one kind by its place. Which phone it is, mobile or other, is the detector's to say.
fn mask_whole(detector: &Detector, text: &mut String, kind: Kind, sight: Sight) {
    let mut findings = Vec::new();
    detector.scan(text, &mut findings);
    let found = findings
        .iter()
        .find(|found| found.range() == (0..text.len()));
    let whole = Finding {
        start: 0,
        end: text.len(),
        kind: found.map_or(kind, |found| found.kind),
        score: 100,
        evidence: EvidenceSet::NONE,
    };
    *text = sight.mask(text, &mut [whole]).into_owned();
}

fn mask_fields(detector: &Detector, fields: &mut Map<String, Value>, sight: Sight) {
    let seen = rewrite(
        fields,
        &mut |field| match sight.mask(field.value, &mut field.scan(detector)) {
            Cow::Owned(seen) => Some(seen),
            Cow::Borrowed(_) => None,
        },
    );
    if let Some(seen) = seen {
        *fields = seen;
    }
}
