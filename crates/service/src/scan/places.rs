//! Where personal data stands in a store: in texts of messages, in attachments, in guests' profiles, in further fields.

use std::collections::BTreeMap;

use wuhen_detect::{Finding, Kind, KindSet};

/// A place of a record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Place {
    /// Texts of messages.
    Messages,
    /// Texts and PDF files, as they were read when they came; names and fields of all attachments.
    Attachments,
    /// Guests' own records.
    Profiles,
    /// Conversations' own records and labels, and what messages were kept with beside their texts.
    Fields,
}

impl Place {
    /// All, in this order.
    pub const ALL: [Self; 4] = [
        Self::Messages,
        Self::Attachments,
        Self::Profiles,
        Self::Fields,
    ];

    /// The name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Messages => "messages",
            Self::Attachments => "attachments",
            Self::Profiles => "profiles",
            Self::Fields => "fields",
        }
    }
}

/// What stands in one place.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct PlaceCounts {
    /// Records that were looked at: messages, attachments, guests; for fields messages and conversations.
    pub records: u64,
    /// Those with personal data in this place.
    pub records_with: u64,
    /// Spans of each kind.
    pub kinds: BTreeMap<Kind, u64>,
    /// Card security codes that were cut out of it at the door.
    pub cut: u64,
}

/// What was found in every place, of the kinds that are looked for.
pub(super) struct Places {
    pub(super) kinds: KindSet,
    pub(super) by_place: BTreeMap<Place, PlaceCounts>,
}

impl Places {
    pub(super) fn new(kinds: KindSet) -> Self {
        Self {
            kinds,
            by_place: BTreeMap::new(),
        }
    }

    /// One record, with what stands in it and what had been cut out of it. Answers its findings of the kinds looked for.
    pub(super) fn record(
        &mut self,
        place: Place,
        mut found: BTreeMap<Kind, u64>,
        cut: u64,
    ) -> BTreeMap<Kind, u64> {
        found.retain(|kind, count| self.kinds.contains(*kind) && *count > 0);
        let counts = self.by_place.entry(place).or_default();
        counts.records += 1;
        counts.records_with += u64::from(!found.is_empty());
        if self.kinds.contains(Kind::CardSecurityCode) {
            counts.cut += cut;
        }
        for (kind, count) in &found {
            *counts.kinds.entry(*kind).or_default() += count;
        }
        found
    }
}

impl PlaceCounts {
    pub(super) fn add(&mut self, other: &Self) {
        self.records += other.records;
        self.records_with += other.records_with;
        self.cut += other.cut;
        for (kind, count) in &other.kinds {
            *self.kinds.entry(*kind).or_default() += count;
        }
    }
}

/// Spans by kind.
pub(super) fn counted<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> BTreeMap<Kind, u64> {
    let mut counts = BTreeMap::new();
    for found in findings {
        *counts.entry(found.kind).or_default() += 1;
    }
    counts
}
