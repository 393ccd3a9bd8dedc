//! What an erasure hands to a store, and what it hears of it: the case, the one transaction of a rotation, the counts.

use std::collections::BTreeMap;

use wuhen_keytree::context::NodeId;
use wuhen_keytree::rotation::{NodeRow, SeedRow};
use wuhen_keytree::seed::Frontier;
use wuhen_keytree::{Key, OpenError};

use crate::{BlobRow, CaseRow, ControlItemRow, ItemRow, LedgerAppend};

/// A case with the rows that it adds to the key tree, and its first sealed items.
pub struct NewCase {
    /// The case.
    pub case: CaseRow,
    /// Branches that were missing, and the case's own node, parents first.
    pub nodes: Vec<NodeRow>,
    /// The case's own seed.
    pub seed: SeedRow,
    /// Sealed items besides the ledger entry's body.
    pub items: Vec<ControlItemRow>,
}

/// The start of an erasure.
pub struct BeginErasure {
    /// The case to open; its items hold the sealed scope.
    pub case: NewCase,
    /// The root to come.
    pub next_kid: String,
    /// Conversations that are frozen until the rotation.
    pub freeze: Vec<NodeId>,
    /// The request that it carries out, and that may have frozen them before.
    pub request: Option<NodeId>,
    /// The intent's ledger entry.
    pub intent: LedgerAppend,
}

/// Step 3 of a rotation.
pub struct Rotation<'a> {
    /// The erasure that this serves.
    pub case: NodeId,
    /// The root that `new_top_wrap` is wrapped by; must still be the tenant's next one.
    pub next_kid: &'a str,
    /// The key of the top until now.
    pub old_top: &'a Key,
    /// The key of the top from now on.
    pub new_top: &'a Key,
    /// `new_top`, wrapped by the next root.
    pub new_top_wrap: &'a [u8],
    /// Nodes that go, with all below them.
    pub drops: &'a [NodeId],
    /// Items that go, by owner.
    pub punctures: &'a BTreeMap<NodeId, Vec<u32>>,
    /// For every punctured conversation the generation and next index that `appends` counts on; a guest's generation is always 0, and
    /// its next index is the one behind its last item.
    pub expected: &'a BTreeMap<NodeId, (u64, u32)>,
    /// Punctured records get new versions by `appends`, those of messages bear their source tags: these are not suppressed.
    pub redacts: bool,
    /// Seals what replaces a punctured item (the rebuilt sketch, the new version of a record) under the owner's punctured
    /// frontiers.
    pub appends: Replacements<'a>,
    /// The files of new versions of attachments, which are written already.
    pub blobs: &'a [BlobRow],
    /// Random bytes.
    pub fill: &'a mut dyn FnMut(&mut [u8]),
}

/// Makes the items that are added to a punctured owner, from its frontiers after the puncture.
pub type Replacements<'a> =
    &'a mut dyn FnMut(NodeId, &mut BTreeMap<u32, Frontier>) -> Result<Vec<ItemRow>, OpenError>;

/// What a rotation did.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Rotated {
    /// The tenant's epoch from now on.
    pub epoch: u64,
    /// Keys that were wrapped anew.
    pub rewraps: u64,
}

/// What a scope holds.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// Guests.
    pub guests: u64,
    /// Conversations.
    pub conversations: u64,
    /// Messages.
    pub messages: u64,
    /// Attachments.
    pub attachments: u64,
    /// Search sketches.
    pub sketches: u64,
    /// Sealed bytes of its rows.
    pub row_bytes: u64,
    /// Bytes of its blobs.
    pub blob_bytes: u64,
    /// Source ids that would stay away from later imports.
    pub suppressed: u64,
}
