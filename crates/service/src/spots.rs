//! Where personal data can stand in a record beside a text: a guest's profile, a conversation's own record, what a message was kept
//! with, what an attachment is called. One walk over all of them, for whoever counts and for whoever cuts. Masks have their own
//! ([`crate::masked`]), because eyes see names of fields as well.

use serde_json::{Map, Value};
use wuhen_detect::{Detector, EvidenceSet, Finding, Kind, KindSet, Style, is_left_of, redact};

use crate::fields::{Field, FreeNames, rewrite};
use crate::read::MessageView;
use crate::stored::StoredAttachment;

/// Passes over one value, at most: what one takes away can bring out what was hidden beside it.
const PASSES_MAX: usize = 16;
/// Fields of a guest that are of one kind by their place. Which phone it is, mobile or other, is the detector's to say.
const OF_A_GUEST: [(&str, Kind); 3] = [
    ("name", Kind::PersonName),
    ("phone", Kind::Phone),
    ("email", Kind::Email),
];
/// Fields at the top of a guest's record that stay as they came: records are found by them.
pub(crate) const GUEST_STAYS: [&str; 1] = ["id"];
/// The same of a conversation's; and when it began is a time.
pub(crate) const CONVERSATION_STAYS: [&str; 3] = ["id", "guest", "opened_at"];

/// One text of a record.
#[derive(Clone, Copy)]
pub(crate) struct Spot<'a> {
    value: &'a str,
    /// It is of this kind as a whole, by its place.
    whole: Option<Kind>,
    field: Option<Field<'a>>,
}

/// Asked for every text; answers what takes its place, or none.
pub(crate) type Change<'c> = &'c mut dyn FnMut(Spot<'_>) -> Option<String>;

impl<'a> Spot<'a> {
    fn text(value: &'a str) -> Self {
        Self {
            value,
            whole: None,
            field: None,
        }
    }

    fn whole(value: &'a str, kind: Kind) -> Self {
        Self {
            whole: Some(kind),
            ..Self::text(value)
        }
    }

    fn field(field: Field<'a>) -> Self {
        Self {
            field: Some(field),
            ..Self::text(field.value)
        }
    }

    /// What stands in it.
    pub(crate) fn findings(self, detector: &Detector) -> Vec<Finding> {
        self.findings_in(self.value, detector, KindSet::ALL)
    }

    /// The text without these kinds, and what was found is added to `found`. None: there is nothing to cut.
    pub(crate) fn cut(
        self,
        detector: &Detector,
        (kinds, style): (KindSet, Style),
        found: &mut Vec<Kind>,
    ) -> Option<String> {
        let mut value = self.value.to_owned();
        for _ in 0..PASSES_MAX {
            let mut findings = self.findings_in(&value, detector, kinds);
            findings.retain(|found| kinds.contains(found.kind));
            let cut = redact(&value, &findings, style).into_owned();
            if cut == value {
                break;
            }
            found.extend(findings.iter().map(|found| found.kind));
            value = cut;
        }
        (value != self.value).then_some(value)
    }

    /// What stands in a value. A field that is whole by its place is one finding, if that is looked for; else what is inside it is.
    fn findings_in(self, value: &str, detector: &Detector, kinds: KindSet) -> Vec<Finding> {
        let mut findings = Vec::new();
        if let Some(field) = self.field {
            findings = field.with(value).scan(detector);
        } else {
            detector.scan(value, &mut findings);
        }
        let Some(kind) = self.whole.filter(|kind| !is_left_of(value, *kind)) else {
            return findings;
        };
        // Which phone it is, is the detector's to say; nothing else is.
        let as_found = findings
            .iter()
            .find(|found| kind == Kind::Phone && found.range() == (0..value.len()))
            .map(|found| found.kind);
        let mut either = as_found.into_iter().chain([kind]);
        let Some(kind) = either.find(|kind| kinds.contains(*kind)) else {
            return findings;
        };
        findings.clear();
        findings.push(Finding {
            start: 0,
            end: value.len(),
            kind,
            score: 100,
            evidence: EvidenceSet::NONE,
        });
        findings
    }
}

/// A guest's record. None: nothing changes.
pub(crate) fn in_guest(
    record: &Map<String, Value>,
    change: Change<'_>,
) -> Option<Map<String, Value>> {
    in_record(record, (&OF_A_GUEST, &GUEST_STAYS), change)
}

/// A conversation's own record, without its labels. None: nothing changes.
pub(crate) fn in_conversation(
    record: &Map<String, Value>,
    change: Change<'_>,
) -> Option<Map<String, Value>> {
    let mut rest = record.clone();
    let Some(number) = take_booking_number(&mut rest) else {
        return in_record(record, (&[], &CONVERSATION_STAYS), change);
    };
    let changed = in_record(&rest, (&[], &CONVERSATION_STAYS), change);
    let new = change(Spot::whole(&number, Kind::BookingNumber));
    if changed.is_none() && new.is_none() {
        return None;
    }
    let mut changed = changed.unwrap_or(rest);
    changed["booking"]["id"] = Value::String(new.unwrap_or(number));
    Some(changed)
}

/// The number of a conversation's booking is one by its place, whatever it looks like beside; so it is looked at apart from the rest.
pub(crate) fn take_booking_number(record: &mut Map<String, Value>) -> Option<String> {
    let booking = record.get_mut("booking")?.as_object_mut()?;
    booking.get("id")?.as_str()?;
    match booking.remove("id") {
        Some(Value::String(number)) => Some(number),
        _ => None,
    }
}

/// What a message was kept with beside its text: who sent it, and both maps of fields.
pub(crate) fn in_message(message: &MessageView, change: Change<'_>) -> InMessage {
    let sender = message.sender.as_deref();
    InMessage {
        sender: sender.and_then(|sender| change(Spot::text(sender))),
        other: in_fields(&message.other, change),
        sender_other: in_fields(&message.sender_other, change),
    }
}

/// What changes of a message; none where it stays.
#[derive(Clone, Default)]
pub(crate) struct InMessage {
    pub(crate) sender: Option<String>,
    pub(crate) other: Option<Map<String, Value>>,
    pub(crate) sender_other: Option<Map<String, Value>>,
}

impl InMessage {
    pub(crate) fn changes(&self) -> bool {
        self.sender.is_some() || self.other.is_some() || self.sender_other.is_some()
    }
}

/// What an attachment is called and was kept with. True: something changes, and is changed.
pub(crate) fn in_attachment(attachment: &mut StoredAttachment, change: Change<'_>) -> bool {
    let mut changes = false;
    let StoredAttachment {
        name,
        media_type,
        path,
        other,
        ..
    } = attachment;
    for text in [name.as_mut(), media_type.as_mut(), Some(path)]
        .into_iter()
        .flatten()
    {
        if let Some(new) = change(Spot::text(text)) {
            *text = new;
            changes = true;
        }
    }
    if let Some(new) = in_fields(other, change) {
        *other = new;
        changes = true;
    }
    changes
}

/// A text that is nothing but that, such as a label.
pub(crate) fn in_text(text: &str, change: Change<'_>) -> Option<String> {
    change(Spot::text(text))
}

fn in_fields(fields: &Map<String, Value>, change: Change<'_>) -> Option<Map<String, Value>> {
    rewrite(fields, &mut |field| change(Spot::field(field)))
}

fn in_record(
    record: &Map<String, Value>,
    (known, stay): (&[(&str, Kind)], &[&str]),
    change: Change<'_>,
) -> Option<Map<String, Value>> {
    let kind_of = |name: &str| known.iter().find(|known| known.0 == name).map(|one| one.1);
    let is_apart = |name: &str, value: &Value| {
        stay.contains(&name) || value.is_string() && kind_of(name).is_some()
    };
    let mut changed = Map::new();
    for (name, value) in record {
        let new = match (kind_of(name), value) {
            (Some(kind), Value::String(value)) => change(Spot::whole(value, kind)),
            _ => None,
        };
        if let Some(new) = new {
            changed.insert(name.clone(), Value::String(new));
        }
    }
    let rest: Map<String, Value> = record
        .iter()
        .filter(|(name, value)| !is_apart(name, value))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let rest_changed = in_fields(&rest, change);
    if changed.is_empty() && rest_changed.is_none() {
        return None;
    }
    let mut new = Map::new();
    for (name, value) in record.iter().filter(|(name, value)| is_apart(name, value)) {
        let value = changed.remove(name).unwrap_or_else(|| value.clone());
        new.insert(name.clone(), value);
    }
    let mut names = FreeNames::default();
    for (name, value) in rest_changed.unwrap_or(rest) {
        // A name that was cut may have become another's.
        let name = names.free(name, &new);
        new.insert(name, value);
    }
    Some(new)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use wuhen_detect::Settings;

    use super::*;

    const EVERYTHING: KindSet = KindSet::ALL;

    fn cut_guest(record: &Value, style: Style) -> (Option<Value>, Vec<Kind>) {
        let detector = Detector::new(Settings::all());
        let mut found = Vec::new();
        let new = in_guest(record.as_object().unwrap(), &mut |spot| {
            spot.cut(&detector, (EVERYTHING, style), &mut found)
        });
        (new.map(Value::Object), found)
    }

    #[test]
    fn a_guest_is_cut_by_place_and_by_what_is_found_and_keeps_its_id() {
        let record = json!({"id": "15400000173", "name": "Ann Lee", "phone": "555 0100", "email": "ann@house",
                            "locale": "en", "notes": {"mobile": "15400000174", "vip": true}});
        for style in [Style::Mask, Style::Label, Style::Remove] {
            let (new, found) = cut_guest(&record, style);
            let new = new.unwrap();
            for word in ["Ann Lee", "555 0100", "ann@house", "15400000174"] {
                assert!(!new.to_string().contains(word), "{new}");
            }
            assert_eq!(
                (&new["id"], &new["locale"], &new["notes"]["vip"]),
                (&record["id"], &record["locale"], &json!(true))
            );
            assert_eq!(found.len(), 4);
            assert_eq!(cut_guest(&new, style).0, None, "{new}");
        }
    }

    #[test]
    fn a_name_with_a_star_behind_it_is_a_name_still() {
        let record = json!({"id": "g1", "name": "Zhang Wei*", "phone": "13800138000*"});
        for style in [Style::Mask, Style::Label, Style::Remove] {
            let (new, found) = cut_guest(&record, style);
            let new = new.unwrap();
            assert!(!new.to_string().contains("Wei"), "{new}");
            assert!(!new.to_string().contains("13800138000"), "{new}");
            assert_eq!(found, [Kind::PersonName, Kind::Phone], "{new}");
            assert_eq!(cut_guest(&new, style).0, None, "{new}");
        }
    }

    #[test]
    fn fields_of_a_guest_that_are_named_as_a_conversations_are_no_exception() {
        let record = json!({"id": "15400000173", "guest": "call 15400000174", "opened_at": {"mobile": "15400000175"}});
        let (new, found) = cut_guest(&record, Style::Label);
        let new = new.unwrap();
        assert_eq!(new["id"], record["id"]);
        assert_eq!(new["guest"], "call [MOBILE]");
        assert_eq!(new["opened_at"]["mobile"], "[MOBILE]");
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn two_numbers_in_a_phone_are_found_by_their_kind_or_by_the_fields() {
        let detector = Detector::new(Settings::all());
        let both = "15400000173 / 15400000174";
        for (value, kind, left) in [
            (both, Kind::Mobile, "[MOBILE] / [MOBILE]"),
            (both, Kind::Phone, "[PHONE]"),
            ("15400000173", Kind::Mobile, "[MOBILE]"),
            ("15400000173", Kind::Phone, "[PHONE]"),
        ] {
            let record = json!({ "id": "g1", "phone": value });
            let wanted = (KindSet::only(kind), Style::Label);
            let mut found = Vec::new();
            let new = in_guest(record.as_object().unwrap(), &mut |spot| {
                spot.cut(&detector, wanted, &mut found)
            });
            assert_eq!(new.unwrap()["phone"], left, "{value} {kind:?}");
        }
    }

    #[test]
    fn a_bookings_number_that_looks_like_an_identity_card_is_counted_once_and_as_what_it_is() {
        let detector = Detector::new(Settings::all());
        // A valid number of Taiwan's cards.
        let record = json!({"id": "c1", "booking": {"id": "A123456789"}});
        let mut kinds = Vec::new();
        let same = in_conversation(record.as_object().unwrap(), &mut |spot| {
            kinds.extend(spot.findings(&detector).iter().map(|found| found.kind));
            None
        });
        assert_eq!((same, kinds), (None, vec![Kind::BookingNumber]));
    }

    #[test]
    fn a_bookings_number_is_one_by_its_place() {
        let detector = Detector::new(Settings::all());
        let record = json!({"id": "c1", "guest": "g1", "opened_at": "2025-03-01T08:00:00Z", "channel": "wechat",
                            "booking": {"id": "XK 77", "status": "booked", "contact": "15400000173"}});
        let mut found = Vec::new();
        let new = in_conversation(record.as_object().unwrap(), &mut |spot| {
            spot.cut(&detector, (EVERYTHING, Style::Label), &mut found)
        });
        let booking = json!({"id": "[BOOKING_NUMBER]", "status": "booked", "contact": "[MOBILE]"});
        let new = new.unwrap();
        assert_eq!(new["booking"], booking);
        assert_eq!(new["opened_at"], record["opened_at"]);
    }
}
