//! From one line of JSON to a record: one pass, texts borrowed, unknown fields kept, errors without
//! content. Written by hand because serde's tagged and flattened types copy everything first.

use std::borrow::Cow;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::{
    Attachment, Booking, BookingStatus, Conversation, Guest, Message, Record, RecordError, Sender,
    SenderRole, SentAt,
};
use value::{Slot, TextSeed, Trace};

mod value;

impl<'a> Record<'a> {
    /// Reads one JSON object. Its limits are not looked at: see [`Record::check`].
    ///
    /// # Errors
    ///
    /// When it is not JSON, or not one of the records. The error repeats nothing of the line.
    pub fn from_json(line: &'a str) -> Result<Self, RecordError> {
        match read(line, None)? {
            Pass::Record(record) => Ok(record),
            // Writers that sort their keys put `type` last. Then it takes a second look.
            Pass::Kind(kind) => match read(line, Some(kind))? {
                Pass::Record(record) => Ok(record),
                Pass::Kind(_) => unreachable!("a pass that knows the kind reads the record"),
            },
        }
    }
}

fn read(line: &str, kind: Option<Kind>) -> Result<Pass<'_>, RecordError> {
    let trace = Trace::default();
    let mut json = serde_json::Deserializer::from_str(line);
    let read = serde::Deserializer::deserialize_map(
        &mut json,
        RecordVisitor {
            trace: &trace,
            kind,
        },
    );
    read.and_then(|pass| json.end().map(|()| pass))
        .map_err(|error| trace.explain(&error))
}

#[derive(Clone, Copy)]
enum Kind {
    Guest,
    Conversation,
    Message,
}

/// What one pass over the line gave.
#[expect(
    clippy::large_enum_variant,
    reason = "it lives for one call; a box would cost every line"
)]
enum Pass<'a> {
    Record(Record<'a>),
    Kind(Kind),
}

struct RecordVisitor<'t> {
    trace: &'t Trace,
    kind: Option<Kind>,
}

impl<'de> Visitor<'de> for RecordVisitor<'_> {
    type Value = Pass<'de>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pass<'de>, A::Error> {
        let trace = self.trace;
        let (kind, tag) = match self.kind {
            Some(kind) => (kind, Tag::Due),
            None => match map.next_key_seed(TextSeed)? {
                Some(key) if key == "type" => (read_kind(&mut map, trace)?, Tag::Seen),
                Some(_) => return find_kind(map, trace).map(Pass::Kind),
                None => return Err(trace.fault(RecordError::Missing { field: "type" })),
            },
        };
        let record = match kind {
            Kind::Guest => Record::Guest(fill(map, trace, tag)?),
            Kind::Conversation => Record::Conversation(fill(map, trace, tag)?),
            Kind::Message => Record::Message(fill(map, trace, tag)?),
        };
        Ok(Pass::Record(record))
    }
}

/// Skips a value and everything up to the end of the object, but for `type`.
fn find_kind<'de, A: MapAccess<'de>>(mut map: A, trace: &Trace) -> Result<Kind, A::Error> {
    map.next_value::<IgnoredAny>()?;
    let mut kind = None;
    while let Some(key) = map.next_key_seed(TextSeed)? {
        if key == "type" && kind.is_none() {
            kind = Some(read_kind(&mut map, trace)?);
        } else {
            map.next_value::<IgnoredAny>()?;
        }
    }
    kind.ok_or_else(|| trace.fault(RecordError::Missing { field: "type" }))
}

fn read_kind<'de, A: MapAccess<'de>>(map: &mut A, trace: &Trace) -> Result<Kind, A::Error> {
    trace.enter("type");
    match &*Slot::new(map, trace).text()? {
        "guest" => Ok(Kind::Guest),
        "conversation" => Ok(Kind::Conversation),
        "message" => Ok(Kind::Message),
        _ => Err(trace.fault(RecordError::UnknownType)),
    }
}

/// Whether an object carries `type`, and whether it has been read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tag {
    No,
    Due,
    Seen,
}

/// Reads the rest of an object into its fields; what it has no field for, into `other`.
fn fill<'de, T: Object<'de>, A: MapAccess<'de>>(
    mut map: A,
    trace: &Trace,
    mut tag: Tag,
) -> Result<T, A::Error> {
    let mut object = T::blank();
    let mut seen = 0_u32;
    while let Some(key) = map.next_key_seed(TextSeed)? {
        if let Some(at) = T::FIELDS.iter().position(|field| field.name == key) {
            let field = T::FIELDS[at];
            if seen & (1 << at) != 0 {
                return Err(trace.fault(RecordError::Twice { field: field.path }));
            }
            seen |= 1 << at;
            trace.enter(field.path);
            object.set(field.name, Slot::new(&mut map, trace))?;
        } else if key == "type" && tag != Tag::No {
            if tag == Tag::Seen {
                return Err(trace.fault(RecordError::Twice { field: "type" }));
            }
            map.next_value::<IgnoredAny>()?;
            tag = Tag::Seen;
        } else {
            trace.enter("(an unknown field)");
            let value = map.next_value::<Value>()?;
            if object.other().insert(key.into_owned(), value).is_some() {
                return Err(trace.fault(RecordError::Twice {
                    field: "(an unknown field)",
                }));
            }
        }
    }
    match T::FIELDS
        .iter()
        .enumerate()
        .find(|(at, field)| field.required && seen & (1 << at) == 0)
    {
        Some((_, field)) => Err(trace.fault(RecordError::Missing { field: field.path })),
        None => Ok(object),
    }
}

/// An object whose known fields are listed, at most 32.
trait Object<'de>: Sized {
    const FIELDS: &'static [Field];

    /// What the fields hold until they are set.
    fn blank() -> Self;

    /// Takes the value of the field `name`, one of [`Object::FIELDS`].
    fn set<A: MapAccess<'de>>(&mut self, name: &str, slot: Slot<'_, A>) -> Result<(), A::Error>;

    fn other(&mut self) -> &mut Map<String, Value>;
}

#[derive(Clone, Copy)]
struct Field {
    name: &'static str,
    /// How errors call it.
    path: &'static str,
    required: bool,
}

const fn required(name: &'static str, path: &'static str) -> Field {
    Field {
        name,
        path,
        required: true,
    }
}

const fn optional(name: &'static str, path: &'static str) -> Field {
    Field {
        name,
        path,
        required: false,
    }
}

const NO_TEXT: Cow<'static, str> = Cow::Borrowed("");

impl<'de> Object<'de> for Guest<'de> {
    const FIELDS: &'static [Field] = &[
        required("id", "id"),
        optional("name", "name"),
        optional("phone", "phone"),
        optional("email", "email"),
        optional("locale", "locale"),
    ];

    fn blank() -> Self {
        Self {
            id: NO_TEXT,
            name: None,
            phone: None,
            email: None,
            locale: None,
            other: Map::new(),
        }
    }

    fn set<A: MapAccess<'de>>(&mut self, name: &str, slot: Slot<'_, A>) -> Result<(), A::Error> {
        match name {
            "id" => self.id = slot.text()?,
            "name" => self.name = slot.optional_text()?,
            "phone" => self.phone = slot.optional_text()?,
            "email" => self.email = slot.optional_text()?,
            "locale" => self.locale = slot.optional_text()?,
            _ => unreachable!("all of FIELDS are above"),
        }
        Ok(())
    }

    fn other(&mut self) -> &mut Map<String, Value> {
        &mut self.other
    }
}

impl<'de> Object<'de> for Conversation<'de> {
    const FIELDS: &'static [Field] = &[
        required("id", "id"),
        required("guest", "guest"),
        optional("channel", "channel"),
        optional("opened_at", "opened_at"),
        optional("booking", "booking"),
        optional("labels", "labels"),
    ];

    fn blank() -> Self {
        Self {
            id: NO_TEXT,
            guest: NO_TEXT,
            channel: None,
            opened_at: None,
            booking: None,
            labels: Vec::new(),
            other: Map::new(),
        }
    }

    fn set<A: MapAccess<'de>>(&mut self, name: &str, slot: Slot<'_, A>) -> Result<(), A::Error> {
        match name {
            "id" => self.id = slot.text()?,
            "guest" => self.guest = slot.text()?,
            "channel" => self.channel = slot.optional_text()?,
            "opened_at" => self.opened_at = slot.optional_time()?,
            "booking" => self.booking = slot.optional_object()?,
            "labels" => self.labels = slot.texts()?,
            _ => unreachable!("all of FIELDS are above"),
        }
        Ok(())
    }

    fn other(&mut self) -> &mut Map<String, Value> {
        &mut self.other
    }
}

impl<'de> Object<'de> for Booking<'de> {
    const FIELDS: &'static [Field] = &[
        required("id", "booking.id"),
        optional("check_in", "booking.check_in"),
        optional("check_out", "booking.check_out"),
        optional("status", "booking.status"),
        optional("deposit_refunded", "booking.deposit_refunded"),
    ];

    fn blank() -> Self {
        Self {
            id: NO_TEXT,
            check_in: None,
            check_out: None,
            status: None,
            deposit_refunded: None,
            other: Map::new(),
        }
    }

    fn set<A: MapAccess<'de>>(&mut self, name: &str, slot: Slot<'_, A>) -> Result<(), A::Error> {
        match name {
            "id" => self.id = slot.text()?,
            "check_in" => self.check_in = slot.optional_date()?,
            "check_out" => self.check_out = slot.optional_date()?,
            "status" => {
                let expected = "one of booked, stayed, cancelled, refunding, no-show";
                self.status = slot.optional(expected, |text| match text {
                    "booked" => Some(BookingStatus::Booked),
                    "stayed" => Some(BookingStatus::Stayed),
                    "cancelled" => Some(BookingStatus::Cancelled),
                    "refunding" => Some(BookingStatus::Refunding),
                    "no-show" => Some(BookingStatus::NoShow),
                    _ => None,
                })?;
            }
            "deposit_refunded" => self.deposit_refunded = slot.optional_flag()?,
            _ => unreachable!("all of FIELDS are above"),
        }
        Ok(())
    }

    fn other(&mut self) -> &mut Map<String, Value> {
        &mut self.other
    }
}

impl<'de> Object<'de> for Message<'de> {
    const FIELDS: &'static [Field] = &[
        required("id", "id"),
        required("conversation", "conversation"),
        required("sender", "sender"),
        required("sent_at", "sent_at"),
        optional("text", "text"),
        optional("attachments", "attachments"),
    ];

    fn blank() -> Self {
        Self {
            id: NO_TEXT,
            conversation: NO_TEXT,
            sender: Sender::blank(),
            sent_at: SentAt {
                at: jiff::Timestamp::UNIX_EPOCH,
                offset: jiff::tz::Offset::UTC,
            },
            text: NO_TEXT,
            attachments: Vec::new(),
            other: Map::new(),
        }
    }

    fn set<A: MapAccess<'de>>(&mut self, name: &str, slot: Slot<'_, A>) -> Result<(), A::Error> {
        match name {
            "id" => self.id = slot.text()?,
            "conversation" => self.conversation = slot.text()?,
            "sender" => self.sender = slot.object()?,
            "sent_at" => self.sent_at = slot.time()?,
            "text" => self.text = slot.optional_text()?.unwrap_or(NO_TEXT),
            "attachments" => self.attachments = slot.objects()?,
            _ => unreachable!("all of FIELDS are above"),
        }
        Ok(())
    }

    fn other(&mut self) -> &mut Map<String, Value> {
        &mut self.other
    }
}

impl<'de> Object<'de> for Sender<'de> {
    const FIELDS: &'static [Field] =
        &[required("role", "sender.role"), optional("id", "sender.id")];

    fn blank() -> Self {
        Self {
            role: SenderRole::System,
            id: None,
            other: Map::new(),
        }
    }

    fn set<A: MapAccess<'de>>(&mut self, name: &str, slot: Slot<'_, A>) -> Result<(), A::Error> {
        match name {
            "role" => {
                self.role =
                    slot.required("one of guest, agent, system, bot", |text| match text {
                        "guest" => Some(SenderRole::Guest),
                        "agent" => Some(SenderRole::Agent),
                        "system" => Some(SenderRole::System),
                        "bot" => Some(SenderRole::Bot),
                        _ => None,
                    })?;
            }
            "id" => self.id = slot.optional_text()?,
            _ => unreachable!("all of FIELDS are above"),
        }
        Ok(())
    }

    fn other(&mut self) -> &mut Map<String, Value> {
        &mut self.other
    }
}

impl<'de> Object<'de> for Attachment<'de> {
    const FIELDS: &'static [Field] = &[
        optional("name", "attachments.name"),
        optional("media_type", "attachments.media_type"),
        required("path", "attachments.path"),
    ];

    fn blank() -> Self {
        Self {
            name: None,
            media_type: None,
            path: NO_TEXT,
            other: Map::new(),
        }
    }

    fn set<A: MapAccess<'de>>(&mut self, name: &str, slot: Slot<'_, A>) -> Result<(), A::Error> {
        match name {
            "name" => self.name = slot.optional_text()?,
            "media_type" => self.media_type = slot.optional_text()?,
            "path" => self.path = slot.text()?,
            _ => unreachable!("all of FIELDS are above"),
        }
        Ok(())
    }

    fn other(&mut self) -> &mut Map<String, Value> {
        &mut self.other
    }
}
