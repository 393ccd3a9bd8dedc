//! Where a sealed value belongs, and the one canonical encoding that binds it there.
//! The encoding is both the additional data of the AEAD and the `info` of HKDF.

/// The longest encoding, in bytes: a wrap's six lengths of 4, label 12, tenant 16, kind 12 and three
/// integers of 8 make 88; an item's 24, 12, 16, 15, 8, 4 and 4 make 83.
pub const ENCODING_BYTES_MAX: usize = 96;

/// A tenant: one root, one tree, one ledger.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct TenantId(pub [u8; 16]);

/// A node of a tenant's tree. Never used again after its node is gone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct NodeId(pub u64);

/// What a node of the tree stands for. Codes are stored in databases, names are bound into wraps: neither may change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum NodeKind {
    /// The node under the root, wrapped by the key service.
    Top = 1,
    /// All guests.
    Guests = 2,
    /// All staff members.
    Staff = 3,
    /// All public rooms.
    Rooms = 4,
    /// All cases, and the bodies of ledger entries.
    Cases = 5,
    /// Settings and the keys that are derived from them.
    Settings = 6,
    /// An inner node, one byte of an ordinal.
    Branch = 7,
    /// One guest.
    Guest = 8,
    /// 256 conversations of a guest.
    Page = 9,
    /// One conversation.
    Conversation = 10,
    /// One case.
    Case = 11,
    /// The key of the look-up tags of 256 guests.
    Tags = 12,
    /// A sealed frontier. It has no row among the nodes; its number is that of the segment.
    Segment = 13,
    /// One member of staff.
    Member = 14,
}

impl NodeKind {
    /// All kinds, in the order of their codes.
    pub const ALL: [Self; 14] = [
        Self::Top,
        Self::Guests,
        Self::Staff,
        Self::Rooms,
        Self::Cases,
        Self::Settings,
        Self::Branch,
        Self::Guest,
        Self::Page,
        Self::Conversation,
        Self::Case,
        Self::Tags,
        Self::Segment,
        Self::Member,
    ];

    /// The name that is bound into wraps.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Top => "top",
            Self::Guests => "guests",
            Self::Staff => "staff",
            Self::Rooms => "rooms",
            Self::Cases => "cases",
            Self::Settings => "settings",
            Self::Branch => "branch",
            Self::Guest => "guest",
            Self::Page => "page",
            Self::Conversation => "conversation",
            Self::Case => "case",
            Self::Tags => "tags",
            Self::Segment => "segment",
            Self::Member => "member",
        }
    }

    /// The number that databases keep.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The kind with this code, if there is one.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What an item holds. Codes are stored in databases, names are bound into items: neither may change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum ItemKind {
    /// A conversation's own data: title, source, label.
    Conversation = 1,
    /// One version of one message.
    Message = 2,
    /// What is known about an attachment: name, type, size.
    Attachment = 3,
    /// An attachment's bytes. They are sealed as a [`crate::stream`], all others as a [`crate::item`].
    AttachmentBlob = 4,
    /// A Bloom sketch over a block of messages.
    Sketch = 5,
    /// A confidentiality label.
    Label = 6,
    /// A guest's or staff member's data: names, contact points.
    Profile = 7,
    /// The body and salt of a ledger or case entry.
    Entry = 8,
    /// What an erasure covers.
    Scope = 9,
    /// One setting.
    Setting = 10,
    /// What somebody said an attachment shows.
    Mark = 11,
    /// One version of an entry of the register: a member of staff, a request, a hold, a rule pack.
    Register = 12,
}

impl ItemKind {
    /// All kinds, in the order of their codes.
    pub const ALL: [Self; 12] = [
        Self::Conversation,
        Self::Message,
        Self::Attachment,
        Self::AttachmentBlob,
        Self::Sketch,
        Self::Label,
        Self::Profile,
        Self::Entry,
        Self::Scope,
        Self::Setting,
        Self::Mark,
        Self::Register,
    ];

    /// The name that is bound into items.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Conversation => "conversation",
            Self::Message => "message",
            Self::Attachment => "attachment",
            Self::AttachmentBlob => "attachment-blob",
            Self::Sketch => "sketch",
            Self::Label => "label",
            Self::Profile => "profile",
            Self::Entry => "entry",
            Self::Scope => "scope",
            Self::Setting => "setting",
            Self::Mark => "mark",
            Self::Register => "register",
        }
    }

    /// The number that databases keep.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The kind with this code, if there is one.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// An encoded list of parts, each prefixed by its length as a big-endian u32, so that no two lists share an encoding.
/// Integers among the parts are big-endian, at their full width.
#[derive(Clone, Debug)]
pub struct Encoding {
    bytes: [u8; ENCODING_BYTES_MAX],
    length: usize,
}

impl Encoding {
    /// Encodes the parts, on the stack: this runs for every item that is read or written.
    ///
    /// # Panics
    /// If the encoding is longer than [`ENCODING_BYTES_MAX`]; the parts have fixed lengths, so it never depends on data.
    #[must_use]
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut bytes = [0; ENCODING_BYTES_MAX];
        let mut length = 0;
        for part in parts {
            let size = u32::try_from(part.len()).expect("a part is under 4 GiB");
            let (prefix, rest) = bytes[length..].split_at_mut(4);
            prefix.copy_from_slice(&size.to_be_bytes());
            rest[..part.len()].copy_from_slice(part);
            length += 4 + part.len();
        }
        Self { bytes, length }
    }

    /// The encoded bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_their_codes_are_one_to_one() {
        for kind in NodeKind::ALL {
            assert_eq!(NodeKind::from_code(kind.code()), Some(kind));
        }
        for kind in ItemKind::ALL {
            assert_eq!(ItemKind::from_code(kind.code()), Some(kind));
        }
        for code in [0, 15, 255] {
            assert_eq!(NodeKind::from_code(code), None);
        }
        assert_eq!(ItemKind::from_code(13), None);
    }

    #[test]
    fn moving_a_byte_between_parts_changes_the_encoding() {
        let left = Encoding::of(&[b"ab", b"c"]);
        let right = Encoding::of(&[b"a", b"bc"]);
        assert_eq!(left.as_bytes(), b"\0\0\0\x02ab\0\0\0\x01c");
        assert_ne!(left.as_bytes(), right.as_bytes());
    }
}
