//! Which attachments of a conversation are marked, at the door or by hand; a mark by hand goes before.

use std::collections::BTreeMap;

use crate::attachment::Mark;
use crate::stored::StoredMark;

/// Marks by the attachment's place.
#[derive(Default)]
pub(super) struct Marks {
    at_the_door: BTreeMap<u32, Option<Mark>>,
    by_hand: BTreeMap<u32, Option<Mark>>,
}

impl Marks {
    pub(super) fn at_the_door(&mut self, place: u32, mark: Option<Mark>) {
        self.at_the_door.insert(place, mark);
    }

    pub(super) fn by_hand(&mut self, mark: &StoredMark) {
        self.by_hand
            .insert(mark.item, (!mark.removed).then_some(mark.mark));
    }

    /// How many attachments are marked as identity documents.
    pub(super) fn identity_documents(&self) -> u64 {
        let marked = |(place, mark): (&u32, &Option<Mark>)| {
            self.by_hand.get(place).unwrap_or(mark) == &Some(Mark::IdentityDocument)
        };
        self.at_the_door.iter().filter(|one| marked(*one)).count() as u64
    }
}
