//! From the JSON object of a conversation's `booking` to a [`Booking`]. Unknown fields are others' to keep; a known one that cannot
//! be read is an error that names the field and not what stood there.

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::{Booking, BookingStatus, Moment};
use crate::limits::{ID_BYTES_MAX, TIME_BYTES_MAX};
use crate::record::{self, RecordError, SentAt};

const DAY: &str = "a date such as 2023-10-20";
const MOMENT: &str =
    "a date such as 2023-10-20 or a time with an offset such as 2023-10-20T18:00:00+08:00";
const FLAG: &str = "true or false";
const STATUS: &str = "one of booked, stayed, cancelled, refunding, no-show";

impl Booking {
    /// Reads a booking as a conversation's `booking` field has it. `null` is as good as absent.
    ///
    /// # Errors
    ///
    /// The first field that is missing, wrong or over its limit.
    pub fn from_json(object: &Map<String, Value>) -> Result<Self, RecordError> {
        let field = "booking.id";
        let id = text(object, "id", field, "text")?.ok_or(RecordError::Missing { field })?;
        check_id(field, id)?;
        let mut booking = Self::new(id);
        booking.check_in = day(object, "check_in", "booking.check_in")?;
        booking.check_out = day(object, "check_out", "booking.check_out")?;
        booking.status = status(object)?;
        booking.deposit_refunded = flag(object, "deposit_refunded", "booking.deposit_refunded")?;
        booking.read_states(object)?;
        Ok(booking)
    }

    /// Takes over what a record of an import has read, and reads the rest from the fields that the record keeps as they came.
    ///
    /// # Errors
    ///
    /// The first field that is wrong or over its limit.
    pub fn from_record(record: &record::Booking<'_>) -> Result<Self, RecordError> {
        check_id("booking.id", &record.id)?;
        let mut booking = Self::new(&*record.id);
        booking.check_in = record.check_in;
        booking.check_out = record.check_out;
        booking.status = record.status;
        booking.deposit_refunded = record.deposit_refunded;
        booking.read_states(&record.other)?;
        Ok(booking)
    }

    /// Reads what the interchange format leaves open.
    fn read_states(&mut self, object: &Map<String, Value>) -> Result<(), RecordError> {
        self.cancel_until = moment(object, "cancel_until", "booking.cancel_until")?;
        self.refund_open = flag(object, "refund_open", "booking.refund_open")?;
        self.refund_closed_at = moment(object, "refund_closed_at", "booking.refund_closed_at")?;
        self.dispute = flag(object, "dispute", "booking.dispute")?;
        self.complaint = flag(object, "complaint", "booking.complaint")?;
        self.complaint_closed_at =
            moment(object, "complaint_closed_at", "booking.complaint_closed_at")?;
        self.closed_at = moment(object, "closed_at", "booking.closed_at")?;
        Ok(())
    }
}

fn check_id(field: &'static str, id: &str) -> Result<(), RecordError> {
    if id.is_empty() {
        return Err(RecordError::Empty { field });
    }
    if id.chars().any(char::is_control) {
        return Err(RecordError::ControlCharacter { field });
    }
    let (bytes, bytes_max) = (id.len(), ID_BYTES_MAX);
    if bytes > bytes_max {
        return Err(RecordError::TooLong {
            field,
            bytes,
            bytes_max,
        });
    }
    Ok(())
}

fn known<'o>(object: &'o Map<String, Value>, name: &str) -> Option<&'o Value> {
    object.get(name).filter(|value| !value.is_null())
}

fn text<'o>(
    object: &'o Map<String, Value>,
    name: &str,
    field: &'static str,
    expected: &'static str,
) -> Result<Option<&'o str>, RecordError> {
    known(object, name)
        .map(|value| value.as_str().ok_or(RecordError::Wrong { field, expected }))
        .transpose()
}

fn flag(
    object: &Map<String, Value>,
    name: &str,
    field: &'static str,
) -> Result<Option<bool>, RecordError> {
    let expected = FLAG;
    known(object, name)
        .map(|value| {
            value
                .as_bool()
                .ok_or(RecordError::Wrong { field, expected })
        })
        .transpose()
}

/// A text that means something: `read` gives `None` where it does not.
fn read<T>(
    object: &Map<String, Value>,
    name: &str,
    field: &'static str,
    expected: &'static str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, RecordError> {
    text(object, name, field, expected)?
        .map(|text| {
            let short = Some(text).filter(|text| text.len() <= TIME_BYTES_MAX);
            short
                .and_then(read)
                .ok_or(RecordError::Wrong { field, expected })
        })
        .transpose()
}

fn day(
    object: &Map<String, Value>,
    name: &str,
    field: &'static str,
) -> Result<Option<Date>, RecordError> {
    read(object, name, field, DAY, |text| text.parse().ok())
}

fn moment(
    object: &Map<String, Value>,
    name: &str,
    field: &'static str,
) -> Result<Option<Moment>, RecordError> {
    read(object, name, field, MOMENT, |text| {
        // A time without an offset would be read as its day, and lose its hour.
        if text.len() > "2023-10-20".len() {
            let time: SentAt = text.parse().ok()?;
            return Some(Moment::At(time.at));
        }
        text.parse().ok().map(Moment::Day)
    })
}

fn status(object: &Map<String, Value>) -> Result<Option<BookingStatus>, RecordError> {
    read(
        object,
        "status",
        "booking.status",
        STATUS,
        |text| match text {
            "booked" => Some(BookingStatus::Booked),
            "stayed" => Some(BookingStatus::Stayed),
            "cancelled" => Some(BookingStatus::Cancelled),
            "refunding" => Some(BookingStatus::Refunding),
            "no-show" => Some(BookingStatus::NoShow),
            _ => None,
        },
    )
}
