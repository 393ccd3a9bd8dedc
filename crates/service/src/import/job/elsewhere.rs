//! What comes in under a new source's name may be what was erased under another's: the same export, renamed. Ids say nothing
//! for certain across sources, so it is let in, and told.

use std::collections::BTreeMap;

use wuhen_store::Suppression;

use super::Job;
use crate::error::ServiceError;
use crate::settings::{RecordKind, tag_with};

/// Sources whose erased ids a new one's are compared with, the latest: each costs an HMAC and a look-up a record.
const SOURCES_COMPARED: usize = 16;

/// Sources to compare with, and of how many records each has an erased id.
#[derive(Default)]
pub(super) struct Elsewhere(BTreeMap<String, u64>);

impl Elsewhere {
    /// Of all sources, in the order they came.
    pub(super) fn among<'n>(names: impl DoubleEndedIterator<Item = &'n str>) -> Self {
        let latest = names.rev().take(SOURCES_COMPARED);
        Self(latest.map(|name| (name.to_owned(), 0)).collect())
    }

    /// Those that have any.
    pub(super) fn found(self) -> BTreeMap<String, u64> {
        let mut found = self.0;
        found.retain(|_, records| *records > 0);
        found
    }
}

impl Job<'_> {
    /// Counts a guest or a conversation that was let in, where another source's of the same id was erased.
    pub(super) fn compare_elsewhere(
        &mut self,
        kind: RecordKind,
        id: &str,
    ) -> Result<(), ServiceError> {
        for (source, records) in &mut self.elsewhere.0 {
            let tag = tag_with(&self.tag_key, source, kind, id);
            *records += u64::from(self.transaction.is_suppressed(Suppression::Record(tag))?);
        }
        Ok(())
    }
}
