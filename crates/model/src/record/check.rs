//! The limits that a record keeps, beyond having the right shape.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::{Attachment, Booking, Conversation, Guest, Message, Record, RecordError, Sender};
use crate::limits;

impl Record<'_> {
    /// Holds the record against [`limits`]; ids, labels and paths also against emptiness and
    /// control characters.
    ///
    /// # Errors
    ///
    /// The first field that breaks a rule.
    pub fn check(&self) -> Result<(), RecordError> {
        match self {
            Self::Guest(guest) => guest.check(),
            Self::Conversation(conversation) => conversation.check(),
            Self::Message(message) => message.check(),
        }
    }
}

impl Guest<'_> {
    fn check(&self) -> Result<(), RecordError> {
        line("id", &self.id, limits::ID_BYTES_MAX)?;
        optional_length("name", self.name.as_ref(), limits::NAME_BYTES_MAX)?;
        optional_length("phone", self.phone.as_ref(), limits::PHONE_BYTES_MAX)?;
        optional_length("email", self.email.as_ref(), limits::EMAIL_BYTES_MAX)?;
        optional_length("locale", self.locale.as_ref(), limits::LOCALE_BYTES_MAX)?;
        others(&self.other)
    }
}

impl Conversation<'_> {
    fn check(&self) -> Result<(), RecordError> {
        line("id", &self.id, limits::ID_BYTES_MAX)?;
        line("guest", &self.guest, limits::ID_BYTES_MAX)?;
        optional_length("channel", self.channel.as_ref(), limits::CHANNEL_BYTES_MAX)?;
        if let Some(booking) = &self.booking {
            booking.check()?;
        }
        entries(
            "labels",
            self.labels.len(),
            limits::LABELS_PER_CONVERSATION_MAX,
        )?;
        for label in &self.labels {
            line("labels", label, limits::LABEL_BYTES_MAX)?;
        }
        others(&self.other)
    }
}

impl Booking<'_> {
    fn check(&self) -> Result<(), RecordError> {
        line("booking.id", &self.id, limits::ID_BYTES_MAX)?;
        others(&self.other)
    }
}

impl Message<'_> {
    fn check(&self) -> Result<(), RecordError> {
        line("id", &self.id, limits::ID_BYTES_MAX)?;
        line("conversation", &self.conversation, limits::ID_BYTES_MAX)?;
        self.sender.check()?;
        length("text", &self.text, limits::TEXT_BYTES_MAX)?;
        entries(
            "attachments",
            self.attachments.len(),
            limits::ATTACHMENTS_PER_MESSAGE_MAX,
        )?;
        self.attachments.iter().try_for_each(Attachment::check)?;
        others(&self.other)
    }
}

impl Sender<'_> {
    fn check(&self) -> Result<(), RecordError> {
        if let Some(id) = &self.id {
            line("sender.id", id, limits::ID_BYTES_MAX)?;
        }
        others(&self.other)
    }
}

impl Attachment<'_> {
    fn check(&self) -> Result<(), RecordError> {
        optional_length(
            "attachments.name",
            self.name.as_ref(),
            limits::ATTACHMENT_NAME_BYTES_MAX,
        )?;
        optional_length(
            "attachments.media_type",
            self.media_type.as_ref(),
            limits::MEDIA_TYPE_BYTES_MAX,
        )?;
        line(
            "attachments.path",
            &self.path,
            limits::ATTACHMENT_PATH_BYTES_MAX,
        )?;
        others(&self.other)
    }
}

/// An id, a label or a path: something in one line.
fn line(field: &'static str, text: &str, bytes_max: usize) -> Result<(), RecordError> {
    if text.is_empty() {
        return Err(RecordError::Empty { field });
    }
    if text.chars().any(char::is_control) {
        return Err(RecordError::ControlCharacter { field });
    }
    length(field, text, bytes_max)
}

fn length(field: &'static str, text: &str, bytes_max: usize) -> Result<(), RecordError> {
    let bytes = text.len();
    if bytes > bytes_max {
        return Err(RecordError::TooLong {
            field,
            bytes,
            bytes_max,
        });
    }
    Ok(())
}

fn optional_length(
    field: &'static str,
    text: Option<&Cow<'_, str>>,
    bytes_max: usize,
) -> Result<(), RecordError> {
    text.map_or(Ok(()), |text| length(field, text, bytes_max))
}

fn entries(field: &'static str, entries: usize, entries_max: usize) -> Result<(), RecordError> {
    if entries > entries_max {
        return Err(RecordError::TooMany {
            field,
            entries,
            entries_max,
        });
    }
    Ok(())
}

fn others(other: &Map<String, Value>) -> Result<(), RecordError> {
    entries("(unknown fields)", other.len(), limits::OTHER_FIELDS_MAX)
}
