//! Opened sketches, kept in bounded memory while nothing changes, so that a server's next search opens none. They come
//! from plaintext: they are dropped with the keys, wiped when dropped, and written nowhere.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use wuhen_model::search::Sketch;
use wuhen_store::ConversationRow;

use crate::Service;
use crate::error::ServiceError;
use crate::stored::SketchRange;

/// Bytes kept at most unless told otherwise. A million messages in conversations of 30 take 34 MB.
pub const KEPT_SKETCH_BYTES_MAX: usize = 64 << 20;

/// What an allocation costs besides its bytes.
const ALLOCATION_BYTES: usize = 16;

/// One conversation with its sketches, opened.
pub(super) struct OpenedSketches {
    pub(super) conversation: ConversationRow,
    pub(super) sketches: Box<[(SketchRange, Sketch)]>,
}

impl OpenedSketches {
    fn bytes(&self) -> usize {
        let of = |(_, sketch): &(_, Sketch)| {
            size_of::<(SketchRange, Sketch)>() + ALLOCATION_BYTES + sketch.memory_bytes()
        };
        let sketches: usize = self.sketches.iter().map(of).sum();
        size_of::<Self>() + ALLOCATION_BYTES + sketches
    }
}

/// What one processor opened, as it was at one revision of the tenant.
pub(super) struct Share {
    pub(super) revision: u64,
    pub(super) opened: Vec<OpenedSketches>,
}

/// What the processors of one search may hold together. All is kept or nothing: when the bound is passed, each lets go
/// of what it holds, and every search opens sketches anew.
pub(super) struct Room {
    bytes_max: usize,
    taken: AtomicUsize,
}

impl Room {
    pub(super) fn new(bytes_max: usize) -> Self {
        let taken = AtomicUsize::new(0);
        Self { bytes_max, taken }
    }

    /// Puts one to what is held, while there is room.
    pub(super) fn keep(&self, one: OpenedSketches, held: &mut Vec<OpenedSketches>) {
        let bytes = one.bytes();
        if self.taken.fetch_add(bytes, Ordering::Relaxed) + bytes <= self.bytes_max {
            held.push(one);
        } else {
            *held = Vec::new();
        }
    }

    /// For a search that keeps nothing.
    pub(super) fn none() -> Self {
        Self::new(0)
    }

    /// The bytes of all that was opened, if there was room for it.
    fn filled(&self) -> Option<usize> {
        let taken = self.taken.load(Ordering::Relaxed);
        (taken <= self.bytes_max).then_some(taken)
    }
}

/// The sketches of every conversation that may be read, as they were at one revision.
pub(super) struct Kept {
    revision: u64,
    bytes: usize,
    shares: Vec<Vec<OpenedSketches>>,
}

impl Kept {
    pub(super) fn conversations(&self) -> impl Iterator<Item = &OpenedSketches> {
        self.shares.iter().flatten()
    }
}

/// The memory of one process.
#[derive(Default)]
pub(crate) struct KeptSketches {
    held: Mutex<Held>,
    turn: Mutex<()>,
}

struct Held {
    bytes_max: usize,
    kept: Option<Arc<Kept>>,
    /// At this revision there were too many of them.
    too_many_at: Option<u64>,
}

/// What a search finds in memory.
pub(super) enum Remembered {
    /// All of them.
    All(Arc<Kept>),
    /// That there is no room for them.
    TooMany,
    /// Nothing: no search opened them at this revision.
    Nothing,
}

impl Default for Held {
    fn default() -> Self {
        Self {
            bytes_max: KEPT_SKETCH_BYTES_MAX,
            kept: None,
            too_many_at: None,
        }
    }
}

impl KeptSketches {
    /// Waits until no other search opens sketches to keep them: what it opened is then here, and never are those of two in
    /// memory.
    pub(super) fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is kept, if it is of this revision, else it is let go. A search that asked for it has it until it ends.
    pub(super) fn at(&self, revision: u64) -> Remembered {
        let mut held = self.held();
        held.kept.take_if(|kept| kept.revision != revision);
        match &held.kept {
            Some(kept) => Remembered::All(Arc::clone(kept)),
            None if held.bytes_max == 0 || held.too_many_at == Some(revision) => {
                Remembered::TooMany
            }
            None => Remembered::Nothing,
        }
    }

    /// Room for what one search opens.
    pub(super) fn room(&self) -> Room {
        Room::new(self.held().bytes_max)
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // It is only replaced as a whole: a panic leaves nothing half changed.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Service {
    /// Bytes of opened sketches that searches may keep in memory: [`KEPT_SKETCH_BYTES_MAX`] unless told otherwise. 0 keeps
    /// none, for a process that searches once.
    pub fn keep_sketches_within(&self, bytes_max: usize) {
        *self.sketches.held() = Held {
            bytes_max,
            ..Held::default()
        };
    }

    /// Bytes of opened sketches in memory.
    #[must_use]
    pub fn kept_sketch_bytes(&self) -> usize {
        let held = self.sketches.held();
        held.kept.as_ref().map_or(0, |kept| kept.bytes)
    }

    /// Keeps what the processors of a search opened, if it is all of one revision, and that still the store's; or notes that
    /// there was no room for all of it.
    pub(super) fn keep(&self, opened: Vec<Share>, room: &Room) -> Result<(), ServiceError> {
        let Some(revision) = common_revision(&opened) else {
            return Ok(());
        };
        let mut held = self.sketches.held();
        let Some(bytes) = room.filled() else {
            held.too_many_at = (room.bytes_max == held.bytes_max).then_some(revision);
            return Ok(());
        };
        // An erasure commits first and forgets then, under this lock: what is asked here cannot be older than what it has
        // forgotten, and nothing erased comes back.
        let is_current = self.store.tenant(self.tenant)?.revision == revision;
        if is_current && bytes <= held.bytes_max {
            held.kept = Some(Arc::new(Kept {
                revision,
                bytes,
                shares: opened.into_iter().map(|share| share.opened).collect(),
            }));
        }
        Ok(())
    }

    /// Drops all opened sketches; a search that runs drops its own when it ends.
    pub(crate) fn forget_sketches(&self) {
        self.sketches.held().kept = None;
    }
}

fn common_revision(shares: &[Share]) -> Option<u64> {
    let first = shares.first()?.revision;
    let is_common = shares.iter().all(|share| share.revision == first);
    is_common.then_some(first)
}

#[cfg(test)]
mod tests {
    use wuhen_keytree::context::NodeId;
    use wuhen_model::search::SketchBuilder;
    use wuhen_store::SourceTag;

    use super::*;

    fn one() -> OpenedSketches {
        let mut builder = SketchBuilder::new();
        builder.add("请问水仙阁在哪里？");
        let range = SketchRange {
            first: 1,
            last: 1,
            messages: 1,
        };
        OpenedSketches {
            conversation: ConversationRow {
                node: NodeId(9),
                guest: NodeId(8),
                ordinal: 0,
                next_index: 3,
                generation: 0,
                open: true,
                messages: 1,
                attachments: 0,
                opened_at: 0,
                last_at: 0,
                source_tag: SourceTag([0; 16]),
            },
            sketches: Box::new([(range, builder.finish())]),
        }
    }

    #[test]
    fn what_fits_is_held_and_one_more_lets_go_of_all() {
        let bytes = one().bytes();
        let room = Room::new(2 * bytes);
        let (mut held, mut of_another) = (Vec::new(), Vec::new());
        room.keep(one(), &mut held);
        room.keep(one(), &mut of_another);
        assert_eq!((held.len(), of_another.len()), (1, 1));
        assert_eq!(room.filled(), Some(2 * bytes));
        room.keep(one(), &mut held);
        assert_eq!(held.capacity(), 0);
        room.keep(one(), &mut of_another);
        assert_eq!(of_another.capacity(), 0, "none begins again");
        assert_eq!(room.filled(), None);
    }
}
