//! The puncturable seed of a segment: one secret from which 4,096 item keys are derived, and out of which
//! any of them can be cut for good. A 16-ary Goldreich-Goldwasser-Micali tree of depth 3, kept as a frontier.
//!
//! `child(seed, level, j) = HMAC-SHA256(seed, "wuhen/ggm/1" || level || j)`, level (1 to 3) and j one byte each;
//! item i's path is the three nibbles of i, high first. Sealing a frontier is in [`crate::wrap`].

use aws_lc_rs::hmac;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::key::KEY_BYTES;
use crate::{Key, OpenError};

/// Items of a segment: 16 to the power of 3.
pub const SEGMENT_ITEMS: u32 = 4_096;
/// The most entries that puncturing can lead to: one leaf punctured in each of 256 groups leaves 15 of each.
pub const ENTRIES_MAX: usize = 256 * 15;

const LABEL: &[u8; 11] = b"wuhen/ggm/1";
const DEPTH: u8 = 3;
const FRONTIER_VERSION: u8 = 1;
/// Version and number of entries.
const HEAD_BYTES: usize = 1 + 2;
/// Level, index and seed.
const ENTRY_BYTES: usize = 1 + 2 + KEY_BYTES;
/// Siblings that one puncture can uncover: 15 on each level.
const SIBLINGS_MAX: usize = 15 * 3;

/// The number of an item among all of its owner: `segment * 4096 + index`. `None` past 2^32 items.
#[must_use]
pub fn item_number(segment: u32, index: u32) -> Option<u32> {
    segment.checked_mul(SEGMENT_ITEMS)?.checked_add(index)
}

/// The segment of an item, and its index there.
#[must_use]
pub fn segment_and_index(item_number: u32) -> (u32, u32) {
    (item_number / SEGMENT_ITEMS, item_number % SEGMENT_ITEMS)
}

/// What is left of a segment's tree: the seeds of the largest subtrees without a punctured leaf.
///
/// Its bytes ([`Frontier::to_bytes`]): version (u8, 1), number of entries (u16, at most 3,840), then per entry
/// level (u8, 0 to 3), index (u16, under 16^level) and seed (32 bytes), in ascending order of (level, index).
/// Integers are big-endian. No two entries cover the same leaf; a leaf that no entry covers is punctured.
pub struct Frontier {
    /// In the order of the leaves they cover, which makes look-ups one binary search.
    entries: Vec<Entry>,
}

#[derive(Zeroize, ZeroizeOnDrop)]
struct Entry {
    level: u8,
    index: u16,
    seed: [u8; KEY_BYTES],
}

impl Frontier {
    /// A whole segment, from its root seed.
    #[must_use]
    pub fn new(root: Key) -> Self {
        let seed = *root.expose();
        drop(root);
        Self {
            entries: vec![Entry {
                level: 0,
                index: 0,
                seed,
            }],
        }
    }

    /// The secret of item `index`, or `None` if it was punctured or lies past the segment's end.
    /// For many leaves a [`LeafCursor`] is faster.
    #[must_use]
    pub fn leaf(&self, index: u32) -> Option<Key> {
        Path::default().leaf(self, index)
    }

    /// Cuts item `index` out: no later state of this frontier leads to its leaf. `false` if there was nothing to cut.
    pub fn puncture(&mut self, index: u32) -> bool {
        let Some(position) = self.position_covering(index) else {
            return false;
        };
        let mut siblings = siblings_along(&self.entries[position], index);
        // The old seed leads to the punctured leaf: it is gone before anything else moves.
        self.entries[position].seed.zeroize();
        self.reserve(siblings.len());
        self.entries.splice(position..=position, siblings.drain(..));
        true
    }

    /// How many of the 4,096 leaves are punctured.
    #[must_use]
    pub fn punctured(&self) -> u32 {
        SEGMENT_ITEMS - self.entries.iter().map(Entry::leaves).sum::<u32>()
    }

    /// Whether no leaf `index` can be derived: it was punctured, or lies past the segment's end.
    #[must_use]
    pub fn is_punctured(&self, index: u32) -> bool {
        self.position_covering(index).is_none()
    }

    /// The frontier's bytes, to be sealed; their form is told above.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let capacity = HEAD_BYTES + ENTRY_BYTES * self.entries.len();
        let mut out = Zeroizing::new(Vec::with_capacity(capacity));
        out.push(FRONTIER_VERSION);
        out.extend_from_slice(&self.count().to_be_bytes());
        for level in 0..=DEPTH {
            // Within a level, the order of leaves is the order of indexes.
            for entry in self.entries.iter().filter(|entry| entry.level == level) {
                out.push(level);
                out.extend_from_slice(&entry.index.to_be_bytes());
                out.extend_from_slice(&entry.seed);
            }
        }
        out
    }

    /// Reads a frontier's bytes.
    ///
    /// # Errors
    /// If they are not in the one form that [`Frontier::to_bytes`] gives: exact length, at most 3,840 entries, in order, disjoint.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, OpenError> {
        let (head, body) = bytes
            .split_first_chunk::<HEAD_BYTES>()
            .ok_or(OpenError::Format)?;
        if head[0] != FRONTIER_VERSION {
            return Err(OpenError::UnknownVersion(head[0]));
        }
        let count = usize::from(u16::from_be_bytes([head[1], head[2]]));
        if count > ENTRIES_MAX || body.len() != count * ENTRY_BYTES {
            return Err(OpenError::Format);
        }
        let mut entries = Vec::with_capacity(count);
        for record in body.chunks_exact(ENTRY_BYTES) {
            entries.push(Entry::read(record)?);
        }
        if !entries.is_sorted_by(|a, b| (a.level, a.index) < (b.level, b.index)) {
            return Err(OpenError::Format);
        }
        entries.sort_unstable_by_key(Entry::first_leaf);
        if !entries.is_sorted_by(|a, b| a.first_leaf() + a.leaves() <= b.first_leaf()) {
            return Err(OpenError::Format);
        }
        Ok(Self { entries })
    }

    fn count(&self) -> u16 {
        u16::try_from(self.entries.len()).expect("puncturing leaves at most 3,840 entries")
    }

    fn position_covering(&self, index: u32) -> Option<usize> {
        let after = self
            .entries
            .partition_point(|entry| entry.first_leaf() <= index);
        let position = after.checked_sub(1)?;
        let entry = &self.entries[position];
        (index < entry.first_leaf() + entry.leaves()).then_some(position)
    }

    /// Makes room without leaving seeds behind in freed memory, as `Vec` does when it grows.
    fn reserve(&mut self, more: usize) {
        let needed = self.entries.len() + more;
        if needed <= self.entries.capacity() {
            return;
        }
        let mut larger = Vec::with_capacity(needed.max(2 * self.entries.capacity()));
        larger.append(&mut self.entries);
        // `zeroize` wipes spare capacity too, and that is where the moved entries were.
        self.entries.zeroize();
        self.entries = larger;
    }
}

impl Drop for Frontier {
    fn drop(&mut self) {
        self.entries.zeroize();
    }
}

impl Entry {
    fn read(record: &[u8]) -> Result<Self, OpenError> {
        let (&[level, high, low], seed) = record
            .split_first_chunk()
            .expect("a record has three bytes and a seed");
        let index = u16::from_be_bytes([high, low]);
        if level > DEPTH || u32::from(index) >> (4 * level) != 0 {
            return Err(OpenError::Format);
        }
        let seed = seed.try_into().expect("a record ends with 32 bytes");
        Ok(Self { level, index, seed })
    }

    fn first_leaf(&self) -> u32 {
        u32::from(self.index) * self.leaves()
    }

    /// How many leaves it covers.
    fn leaves(&self) -> u32 {
        1 << (4 * (DEPTH - self.level))
    }
}

/// The step of `index`'s path that leads to `level`.
fn nibble(index: u32, level: u8) -> u8 {
    let [.., low] = (index >> (4 * (DEPTH - level))).to_be_bytes();
    low & 0x0f
}

/// All that a subtree covers except leaf `index`, in the order of leaves.
fn siblings_along(entry: &Entry, index: u32) -> Zeroizing<Vec<Entry>> {
    let mut siblings = Zeroizing::new(Vec::with_capacity(SIBLINGS_MAX));
    let mut seed = Zeroizing::new(entry.seed);
    let mut at = entry.index;
    for level in entry.level + 1..=DEPTH {
        let parent = Parent::new(&seed);
        let step = nibble(index, level);
        for j in (0..16).filter(|j| *j != step) {
            let mut sibling = Entry {
                level,
                index: at << 4 | u16::from(j),
                seed: [0; KEY_BYTES],
            };
            parent.child_into(level, j, &mut sibling.seed);
            siblings.push(sibling);
        }
        // The punctured leaf itself is never derived.
        if level < DEPTH {
            parent.child_into(level, step, &mut seed);
            at = at << 4 | u16::from(step);
        }
    }
    siblings.sort_unstable_by_key(Entry::first_leaf);
    siblings
}

/// A seed made ready for deriving its children. aws-lc wipes it when it is dropped.
struct Parent(hmac::Key);

impl Parent {
    fn new(seed: &[u8; KEY_BYTES]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, seed))
    }

    fn child_into(&self, level: u8, j: u8, out: &mut [u8; KEY_BYTES]) {
        let mut message = [0; LABEL.len() + 2];
        message[..LABEL.len()].copy_from_slice(LABEL);
        message[LABEL.len()..].copy_from_slice(&[level, j]);
        hmac::sign_to_buffer(&self.0, &message, out).expect("SHA-256 gives 32 bytes");
    }

    fn child(&self, level: u8, j: u8) -> Zeroizing<[u8; KEY_BYTES]> {
        let mut seed = Zeroizing::new([0; KEY_BYTES]);
        self.child_into(level, j, &mut seed);
        seed
    }
}

/// The inner nodes on the way to the last leaf, ready for the next one: (index of the node, its seed).
#[derive(Default)]
struct Path {
    level_1: Option<(u32, Parent)>,
    level_2: Option<(u32, Parent)>,
}

impl Path {
    fn leaf(&mut self, frontier: &Frontier, index: u32) -> Option<Key> {
        if index >= SEGMENT_ITEMS {
            return None;
        }
        let group = index >> 4;
        if self.level_2.as_ref().is_none_or(|(at, _)| *at != group) {
            let entry = &frontier.entries[frontier.position_covering(index)?];
            if entry.level == DEPTH {
                return Some(Key::from_bytes(entry.seed));
            }
            let seed = self.group_seed(entry, index);
            self.level_2 = Some((group, Parent::new(&seed)));
        }
        let (_, parent) = self.level_2.as_ref().expect("it was made ready above");
        let leaf = parent.child(DEPTH, nibble(index, DEPTH));
        Some(Key::from_bytes(*leaf))
    }

    /// The seed on level 2 above `index`, from the entry on level 0, 1 or 2 that covers it.
    fn group_seed(&mut self, entry: &Entry, index: u32) -> Zeroizing<[u8; KEY_BYTES]> {
        if entry.level == 2 {
            return Zeroizing::new(entry.seed);
        }
        let top = index >> 8;
        if self.level_1.as_ref().is_none_or(|(at, _)| *at != top) {
            let parent = if entry.level == 1 {
                Parent::new(&entry.seed)
            } else {
                Parent::new(&Parent::new(&entry.seed).child(1, nibble(index, 1)))
            };
            self.level_1 = Some((top, parent));
        }
        let (_, parent) = self.level_1.as_ref().expect("it was made ready above");
        parent.child(2, nibble(index, 2))
    }
}

/// Derives leaves of a borrowed frontier. It remembers the way to the last one, so consecutive leaves cost one HMAC each.
pub struct LeafCursor<'f> {
    frontier: &'f Frontier,
    path: Path,
}

impl<'f> LeafCursor<'f> {
    /// A cursor that has not derived anything yet.
    #[must_use]
    pub fn new(frontier: &'f Frontier) -> Self {
        Self {
            frontier,
            path: Path::default(),
        }
    }

    /// As [`Frontier::leaf`].
    pub fn leaf(&mut self, index: u32) -> Option<Key> {
        self.path.leaf(self.frontier, index)
    }
}

/// As [`LeafCursor`], for a frontier that it owns.
pub struct LeafCache {
    frontier: Frontier,
    path: Path,
}

impl LeafCache {
    /// Takes the frontier.
    #[must_use]
    pub fn new(frontier: Frontier) -> Self {
        Self {
            frontier,
            path: Path::default(),
        }
    }

    /// As [`Frontier::leaf`].
    pub fn leaf(&mut self, index: u32) -> Option<Key> {
        self.path.leaf(&self.frontier, index)
    }

    /// The frontier, to look at. It cannot be punctured while derived seeds are kept here.
    #[must_use]
    pub fn frontier(&self) -> &Frontier {
        &self.frontier
    }

    /// Gives the frontier back and forgets the derived seeds.
    #[must_use]
    pub fn into_frontier(self) -> Frontier {
        self.frontier
    }
}

#[cfg(test)]
mod tests;
