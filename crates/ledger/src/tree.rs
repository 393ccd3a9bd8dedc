//! The Merkle tree of RFC 6962 over hashes that the store keeps as rows, numbered as in golang.org/x/mod/sumdb/tlog
//! (`StoredHashIndex`): leaf `n` is followed by every subtree that it completes. Roots, proofs and their checks.
//! Written here because `tlog_tiles` copies its hashes at every level (130,000 inclusion proofs made and checked a second in a
//! ledger of a million; this: 250,000); it is an oracle in the tests.

use crate::{BoxError, Hash};
use aws_lc_rs::digest;

/// A ledger has one entry per erasure, snapshot or change of access; 2^40 is far beyond all and keeps arithmetic safe.
pub const TREE_SIZE_MAX: u64 = 1 << 40;

/// RFC 6962, section 2.1: the root of no entries, SHA-256 of nothing.
pub const EMPTY_ROOT: Hash = Hash([
    0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
    0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
]);

/// Reads rows of stored hashes.
pub trait HashReader {
    /// The hashes with these stored indexes, in the order asked.
    ///
    /// # Errors
    /// [`TreeError::Reader`] with the reader's own failure; a hash that is missing is such a failure.
    fn hashes(&self, stored_indexes: &[u64]) -> Result<Vec<Hash>, TreeError>;
}

/// Why the tree could not answer.
#[derive(Debug, thiserror::Error)]
pub enum TreeError {
    /// Over [`TREE_SIZE_MAX`].
    #[error("a ledger holds at most 2^40 entries, not {0}")]
    TooLarge(u64),
    /// The index is the size or more.
    #[error("entry {index} is not in a ledger of {size} entries")]
    NotInTree {
        /// The entry asked for.
        index: u64,
        /// Entries in the tree.
        size: u64,
    },
    /// The old size is over the new one.
    #[error("a ledger of {old} entries is not the beginning of one of {new}")]
    NotAPrefix {
        /// Entries in the older tree.
        old: u64,
        /// Entries in the newer tree.
        new: u64,
    },
    /// The reader broke its contract.
    #[error("{asked} stored hashes were asked for and {received} came")]
    WrongCount {
        /// Hashes asked for.
        asked: usize,
        /// Hashes received.
        received: usize,
    },
    /// The reader failed.
    #[error("the stored hashes could not be read")]
    Reader(#[source] BoxError),
}

/// RFC 6962, section 2.1: SHA-256(0x00 | data).
#[must_use]
pub fn leaf_hash(data: &[u8]) -> Hash {
    let mut sum = digest::Context::new(&digest::SHA256);
    sum.update(&[0]);
    sum.update(data);
    Hash::of(&sum.finish())
}

/// RFC 6962, section 2.1: SHA-256(0x01 | left | right).
fn node_hash(left: Hash, right: Hash) -> Hash {
    let mut node = [1; 1 + 32 + 32];
    node[1..33].copy_from_slice(&left.0);
    node[33..].copy_from_slice(&right.0);
    Hash::of(&digest::digest(&digest::SHA256, &node))
}

/// What to store for leaf number `index`: pairs of stored index and hash, the leaf's own first.
///
/// # Errors
/// [`TreeError::TooLarge`], or the reader's failure.
pub fn appended_hashes(
    index: u64,
    leaf: Hash,
    reader: &dyn HashReader,
) -> Result<Vec<(u64, Hash)>, TreeError> {
    check_size(index.saturating_add(1))?;
    let first = stored_hash_index(0, index);
    let mut stored = vec![(first, leaf)];
    // Every trailing one of the index is a left sibling that waits; with it, this leaf completes a subtree.
    let waiting: Vec<_> = (0..64)
        .take_while(|level| index >> level & 1 == 1)
        .map(|level| stored_hash_index(level, (index >> level) - 1))
        .collect();
    if waiting.is_empty() {
        return Ok(stored);
    }
    let mut hash = leaf;
    for (left, at) in read(reader, &waiting)?.into_iter().zip(first + 1..) {
        hash = node_hash(left, hash);
        stored.push((at, hash));
    }
    Ok(stored)
}

/// The root of the first `size` entries.
///
/// # Errors
/// [`TreeError::TooLarge`], or the reader's failure.
pub fn root(size: u64, reader: &dyn HashReader) -> Result<Hash, TreeError> {
    check_size(size)?;
    let span = Span { from: 0, to: size };
    Ok(span_hashes(&[span], reader)?.pop().unwrap_or(EMPTY_ROOT))
}

/// RFC 6962, section 2.1.1: the audit path of entry `index` in the tree of `size` entries, the leaf's sibling first.
///
/// # Errors
/// [`TreeError::TooLarge`], [`TreeError::NotInTree`], or the reader's failure.
pub fn inclusion_proof(
    index: u64,
    size: u64,
    reader: &dyn HashReader,
) -> Result<Vec<Hash>, TreeError> {
    check_size(size)?;
    if index >= size {
        return Err(TreeError::NotInTree { index, size });
    }
    let mut siblings = Vec::new();
    let mut span = Span { from: 0, to: size };
    while let Some((left, right)) = span.halves() {
        let (towards, sibling) = if index < left.to {
            (left, right)
        } else {
            (right, left)
        };
        siblings.push(sibling);
        span = towards;
    }
    siblings.reverse();
    span_hashes(&siblings, reader)
}

/// Whether `proof` shows that `leaf` is entry `index` of the tree of `size` entries with this root. RFC 9162, section 2.1.3.2.
#[must_use]
pub fn check_inclusion(index: u64, size: u64, leaf: Hash, root: Hash, proof: &[Hash]) -> bool {
    if index >= size {
        return false;
    }
    let mut climb = Climb {
        node: index,
        last: size - 1,
    };
    let mut hash = leaf;
    for sibling in proof {
        match climb.step() {
            Some(Side::Left) => hash = node_hash(*sibling, hash),
            Some(Side::Right) => hash = node_hash(hash, *sibling),
            None => return false,
        }
    }
    climb.last == 0 && hash == root
}

/// RFC 6962, section 2.1.2: that the tree of `old_size` is the beginning of the tree of `new_size`. Empty when the old tree is.
///
/// # Errors
/// [`TreeError::TooLarge`], [`TreeError::NotAPrefix`], or the reader's failure.
pub fn consistency_proof(
    old_size: u64,
    new_size: u64,
    reader: &dyn HashReader,
) -> Result<Vec<Hash>, TreeError> {
    check_size(new_size)?;
    if old_size > new_size {
        return Err(TreeError::NotAPrefix {
            old: old_size,
            new: new_size,
        });
    }
    if old_size == 0 || old_size == new_size {
        return Ok(Vec::new());
    }
    let mut spans = Vec::new();
    let mut span = Span {
        from: 0,
        to: new_size,
    };
    while let Some((left, right)) = span.halves().filter(|_| span.to != old_size) {
        let (towards, other) = if old_size <= left.to {
            (left, right)
        } else {
            (right, left)
        };
        spans.push(other);
        span = towards;
    }
    // The verifier has the old root; it needs the common subtree only where that is not the whole old tree.
    if span.from > 0 {
        spans.push(span);
    }
    spans.reverse();
    span_hashes(&spans, reader)
}

/// Whether `proof` shows that the tree of `old_size` with `old_root` is the beginning of the other. RFC 9162, section 2.1.4.2.
#[must_use]
pub fn check_consistency(
    old_size: u64,
    new_size: u64,
    old_root: Hash,
    new_root: Hash,
    proof: &[Hash],
) -> bool {
    if old_size == 0 {
        return proof.is_empty()
            && old_root == EMPTY_ROOT
            && (new_size > 0 || new_root == EMPTY_ROOT);
    }
    if old_size >= new_size {
        return old_size == new_size && proof.is_empty() && old_root == new_root;
    }
    let (common, path) = if old_size.is_power_of_two() {
        (old_root, proof)
    } else if let [common, path @ ..] = proof {
        (*common, path)
    } else {
        return false;
    };
    // From the last complete subtree of the old tree upwards.
    let level = (old_size - 1).trailing_ones();
    let mut climb = Climb {
        node: (old_size - 1) >> level,
        last: (new_size - 1) >> level,
    };
    let (mut old_hash, mut new_hash) = (common, common);
    for sibling in path {
        match climb.step() {
            Some(Side::Left) => {
                old_hash = node_hash(*sibling, old_hash);
                new_hash = node_hash(*sibling, new_hash);
            }
            Some(Side::Right) => new_hash = node_hash(new_hash, *sibling),
            None => return false,
        }
    }
    climb.last == 0 && old_hash == old_root && new_hash == new_root
}

/// Where the store keeps the `n`th hash of `level`, level 0 being the leaves.
///
/// A node is stored right after the last leaf under it and the lower nodes that this leaf completes; and leaf `n` comes
/// after `n` leaves and the nodes they complete, `2n - ones(n)` in all.
#[must_use]
pub fn stored_hash_index(level: u8, n: u64) -> u64 {
    let last_leaf = ((n + 1) << level) - 1;
    2 * last_leaf - u64::from(last_leaf.count_ones()) + u64::from(level)
}

/// How many rows of hashes a tree of `size` entries has.
#[must_use]
pub fn stored_hash_count(size: u64) -> u64 {
    stored_hash_index(0, size)
}

fn check_size(size: u64) -> Result<(), TreeError> {
    if size > TREE_SIZE_MAX {
        Err(TreeError::TooLarge(size))
    } else {
        Ok(())
    }
}

/// The subtree over entries `from` to `to`, the latter excluded: RFC 6962's `MTH(D[from:to])`.
#[derive(Clone, Copy)]
struct Span {
    from: u64,
    to: u64,
}

impl Span {
    /// The left half is the largest power of two below the length; one entry has no halves.
    fn halves(self) -> Option<(Self, Self)> {
        let length = self.to - self.from;
        if length < 2 {
            return None;
        }
        let middle = self.from + (1 << (length - 1).ilog2());
        Some((
            Self { to: middle, ..self },
            Self {
                from: middle,
                ..self
            },
        ))
    }

    /// Stored indexes of the complete subtrees that it consists of, from left to right.
    fn pieces(self) -> impl Iterator<Item = u64> {
        let mut from = self.from;
        std::iter::from_fn(move || {
            let level = u8::try_from((self.to - from).checked_ilog2()?).expect("a u64 has 64 bits");
            let stored = stored_hash_index(level, from >> level);
            from += 1 << level;
            Some(stored)
        })
    }
}

/// One question to the reader for all spans; then each span's pieces are joined from the right. An empty span has no hash.
fn span_hashes(spans: &[Span], reader: &dyn HashReader) -> Result<Vec<Hash>, TreeError> {
    let mut indexes = Vec::with_capacity(64);
    let mut ends = Vec::with_capacity(spans.len());
    for span in spans {
        indexes.extend(span.pieces());
        ends.push(indexes.len());
    }
    if indexes.is_empty() {
        return Ok(Vec::new());
    }
    let hashes = read(reader, &indexes)?;
    let mut start = 0;
    let join = |end| {
        let pieces = &hashes[std::mem::replace(&mut start, end)..end];
        pieces
            .iter()
            .copied()
            .rev()
            .reduce(|right, left| node_hash(left, right))
    };
    Ok(ends.into_iter().filter_map(join).collect())
}

pub(crate) fn read(reader: &dyn HashReader, indexes: &[u64]) -> Result<Vec<Hash>, TreeError> {
    let hashes = reader.hashes(indexes)?;
    if hashes.len() != indexes.len() {
        return Err(TreeError::WrongCount {
            asked: indexes.len(),
            received: hashes.len(),
        });
    }
    Ok(hashes)
}

/// On which side of the climbing node the proof's next hash stands.
enum Side {
    Left,
    Right,
}

/// The way from a node to the root: its number on its level, and that of the level's last node (`fn` and `sn` of RFC 9162).
struct Climb {
    node: u64,
    last: u64,
}

impl Climb {
    /// Up by one hash of the proof; `None` when the root is reached.
    fn step(&mut self) -> Option<Side> {
        if self.last == 0 {
            return None;
        }
        let side = if self.node & 1 == 1 || self.node == self.last {
            // The last node of a level without a sibling rises unchanged.
            let levels = self.node.trailing_zeros();
            self.node >>= levels;
            self.last >>= levels;
            Side::Left
        } else {
            Side::Right
        };
        self.node >>= 1;
        self.last >>= 1;
        Some(side)
    }
}

#[cfg(test)]
mod tests;
