//! How much of anything is taken from outside, each limit with its arithmetic. Sizes are bytes of
//! UTF-8 unless the name says otherwise. Something exactly at its limit is accepted.

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// One message's text. A whole book chapter fits; a pasted log file is an attachment.
pub const TEXT_BYTES_MAX: usize = MIB;

/// Ids of records, senders and bookings in the source system. A Matrix event id has at most 255.
pub const ID_BYTES_MAX: usize = 512;

/// A guest's name.
pub const NAME_BYTES_MAX: usize = 512;

/// A phone number as written. E.164 has 15 digits; the rest is punctuation and an extension.
pub const PHONE_BYTES_MAX: usize = 64;

/// A mail address: 64 local, `@`, 255 domain (RFC 5321, 4.5.3.1).
pub const EMAIL_BYTES_MAX: usize = 64 + 1 + 255;

/// A language tag; RFC 5646, 4.4.1 asks for at least 35.
pub const LOCALE_BYTES_MAX: usize = 64;

/// A channel's name.
pub const CHANNEL_BYTES_MAX: usize = 128;

/// Labels on one conversation.
pub const LABELS_PER_CONVERSATION_MAX: usize = 100;

/// One label, such as a confidentiality label.
pub const LABEL_BYTES_MAX: usize = 256;

/// Why somebody marked an attachment.
pub const MARK_REASON_BYTES_MAX: usize = KIB;

/// Attachments of one message.
pub const ATTACHMENTS_PER_MESSAGE_MAX: usize = 100;

/// An attachment's displayed name: 255 characters of up to 4 bytes.
pub const ATTACHMENT_NAME_BYTES_MAX: usize = 255 * 4;

/// A media type: type and subtype of 127 each and a slash (RFC 6838, 4.2), and parameters.
pub const MEDIA_TYPE_BYTES_MAX: usize = 512;

/// An attachment's path: Linux' `PATH_MAX`.
pub const ATTACHMENT_PATH_BYTES_MAX: usize = 4 * KIB;

/// Fields of one object that Wuhen does not know and keeps. Their size is bounded by the line's.
pub const OTHER_FIELDS_MAX: usize = 100;

/// A time as text. `2023-10-08T21:33:42.123456789+08:00` has 35.
pub const TIME_BYTES_MAX: usize = 64;

/// One line of an import. JSON may write a byte as `\u00XX`, six bytes: the longest text takes 6 MiB,
/// a hundred of the longest attachments (1,020 + 512 + 4,096 bytes) 3.3 MiB. The rest is for unknown fields.
pub const LINE_BYTES_MAX: usize = 16 * MIB;

/// Bytes of a table of bookings, unpacked. The most rows have 335 each: thirteen columns that are known take about half of it.
pub const BOOKINGS_FILE_BYTES_MAX: usize = 32 * MIB;

/// Rows of a table of bookings, without its heading: a group of a hundred hotels, each with a thousand arrivals a month.
pub const BOOKINGS_ROWS_MAX: usize = 100_000;

/// Columns of a table of bookings. Hotel systems export up to about a hundred; those that are not known are passed over.
pub const BOOKINGS_COLUMNS_MAX: usize = 200;

/// A search query, in characters after normalising.
pub const QUERY_CHARS_MAX: usize = 256;

const _: () = assert!(
    6 * (TEXT_BYTES_MAX
        + ATTACHMENTS_PER_MESSAGE_MAX
            * (ATTACHMENT_NAME_BYTES_MAX + MEDIA_TYPE_BYTES_MAX + ATTACHMENT_PATH_BYTES_MAX)
        + 3 * ID_BYTES_MAX)
        < LINE_BYTES_MAX
);
