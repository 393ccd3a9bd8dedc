//! The values of a record's fields, and where reading stopped when one is not what it should be.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

use jiff::civil::Date;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Object, RecordError, SentAt, Tag, fill};
use crate::limits::TIME_BYTES_MAX;

/// Where reading stands. serde's own messages quote the content, so they are thrown away and the
/// error is told from here.
#[derive(Default)]
pub(super) struct Trace {
    field: Cell<Option<&'static str>>,
    expected: Cell<&'static str>,
    fault: Cell<Option<RecordError>>,
}

impl Trace {
    pub(super) fn enter(&self, field: &'static str) {
        self.field.set(Some(field));
    }

    /// Keeps `fault` for [`Trace::explain`], and gives serde an error to carry outwards.
    pub(super) fn fault<E: Error>(&self, fault: RecordError) -> E {
        self.fault.set(Some(fault));
        E::custom("a fault that was kept")
    }

    fn wrong<E: Error>(&self) -> E {
        let (field, expected) = (self.field.get().unwrap_or_default(), self.expected.get());
        self.fault(RecordError::Wrong { field, expected })
    }

    fn missing<E: Error>(&self) -> E {
        self.fault(RecordError::Missing {
            field: self.field.get().unwrap_or_default(),
        })
    }

    pub(super) fn explain(&self, error: &serde_json::Error) -> RecordError {
        if let Some(fault) = self.fault.get() {
            return fault;
        }
        if error.is_eof() {
            return RecordError::CutShort;
        }
        match self.field.get() {
            Some(field) if error.is_data() => RecordError::Wrong {
                field,
                expected: self.expected.get(),
            },
            None if error.is_data() => RecordError::NotAnObject,
            _ => RecordError::NotJson {
                byte: error.column(),
            },
        }
    }
}

/// The place of a value in the object that is being read. `null` counts as absent.
pub(super) struct Slot<'s, A> {
    map: &'s mut A,
    trace: &'s Trace,
}

impl<'s, 'de, A: MapAccess<'de>> Slot<'s, A> {
    pub(super) fn new(map: &'s mut A, trace: &'s Trace) -> Self {
        Self { map, trace }
    }

    pub(super) fn text(self) -> Result<Cow<'de, str>, A::Error> {
        let trace = self.trace;
        self.optional_text()?.ok_or_else(|| trace.missing())
    }

    pub(super) fn optional_text(self) -> Result<Option<Cow<'de, str>>, A::Error> {
        self.read("text", TextSeed)
    }

    pub(super) fn texts(self) -> Result<Vec<Cow<'de, str>>, A::Error> {
        Ok(self
            .read("a list of texts", ListSeed(TextSeed))?
            .unwrap_or_default())
    }

    pub(super) fn optional_flag(self) -> Result<Option<bool>, A::Error> {
        self.read("true or false", PhantomData::<bool>)
    }

    pub(super) fn object<T: Object<'de>>(self) -> Result<T, A::Error> {
        let trace = self.trace;
        self.optional_object()?.ok_or_else(|| trace.missing())
    }

    pub(super) fn optional_object<T: Object<'de>>(self) -> Result<Option<T>, A::Error> {
        let seed = ObjectSeed {
            trace: self.trace,
            kind: PhantomData,
        };
        self.read("an object", seed)
    }

    pub(super) fn objects<T: Object<'de>>(self) -> Result<Vec<T>, A::Error> {
        let seed = ObjectSeed {
            trace: self.trace,
            kind: PhantomData,
        };
        Ok(self
            .read("a list of objects", ListSeed(seed))?
            .unwrap_or_default())
    }

    pub(super) fn time(self) -> Result<SentAt, A::Error> {
        let trace = self.trace;
        self.optional_time()?.ok_or_else(|| trace.missing())
    }

    pub(super) fn optional_time(self) -> Result<Option<SentAt>, A::Error> {
        self.optional(
            "a time with an offset such as 2023-10-08T21:33:42+08:00",
            |text| text.parse().ok(),
        )
    }

    pub(super) fn optional_date(self) -> Result<Option<Date>, A::Error> {
        self.optional("a date such as 2023-10-20", |text| {
            if text.len() > TIME_BYTES_MAX {
                None
            } else {
                text.parse().ok()
            }
        })
    }

    /// A text that means something: `read` gives `None` where it does not.
    pub(super) fn optional<T>(
        self,
        expected: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, A::Error> {
        let trace = self.trace;
        match self.read(expected, TextSeed)? {
            Some(text) => read(&text).map(Some).ok_or_else(|| trace.wrong()),
            None => Ok(None),
        }
    }

    pub(super) fn required<T>(
        self,
        expected: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, A::Error> {
        let trace = self.trace;
        self.optional(expected, read)?
            .ok_or_else(|| trace.missing())
    }

    fn read<S: DeserializeSeed<'de>>(
        self,
        expected: &'static str,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.trace.expected.set(expected);
        self.map.next_value_seed(Nullable(seed))
    }
}

/// A text, borrowed unless it contains escapes.
#[derive(Clone, Copy)]
pub(super) struct TextSeed;

impl<'de> DeserializeSeed<'de> for TextSeed {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for TextSeed {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

struct ObjectSeed<'t, T> {
    trace: &'t Trace,
    kind: PhantomData<T>,
}

impl<T> Clone for ObjectSeed<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for ObjectSeed<'_, T> {}

impl<'de, T: Object<'de>> DeserializeSeed<'de> for ObjectSeed<'_, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: Object<'de>> Visitor<'de> for ObjectSeed<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        fill(map, self.trace, Tag::No)
    }
}

struct ListSeed<S>(S);

impl<'de, S: DeserializeSeed<'de> + Copy> DeserializeSeed<'de> for ListSeed<S> {
    type Value = Vec<S::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, S: DeserializeSeed<'de> + Copy> Visitor<'de> for ListSeed<S> {
    type Value = Vec<S::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(self.0)? {
            values.push(value);
        }
        Ok(values)
    }
}

struct Nullable<S>(S);

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Nullable<S> {
    type Value = Option<S::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, S: DeserializeSeed<'de>> Visitor<'de> for Nullable<S> {
    type Value = Option<S::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.0.deserialize(deserializer).map(Some)
    }
}
