//! Opened keys: how a path of wraps is followed down from the top, and a bounded memory of what was opened.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;
use wuhen_keytree::context::ItemKind;
use wuhen_keytree::context::{NodeId, NodeKind, TenantId};
use wuhen_keytree::rotation::{NodeRow, SeedRow};
use wuhen_keytree::seed::{Frontier, segment_and_index};
use wuhen_keytree::wrap::{self, WrapContext};
use wuhen_keytree::{Key, Nonce, OpenError, item};
use wuhen_model::Rng;

/// Keys kept in memory at once: branches and pages of a busy house; 32 bytes each and their map take under 10 MB.
const CACHED_KEYS_MAX: usize = 65_536;

/// The keys of one tenant.
pub(crate) struct Keys {
    pub(crate) tenant: TenantId,
    epoch: u64,
    pub(crate) top: NodeId,
    top_key: Key,
    top_version: u64,
    cache: HashMap<NodeId, Versioned, FxBuildHasher>,
}

/// A key with its version, which the wraps of its children are bound to.
pub(crate) struct Versioned {
    pub(crate) key: Key,
    pub(crate) version: u64,
}

impl Versioned {
    pub(crate) fn duplicate(&self) -> Self {
        Self {
            key: self.key.duplicate(),
            version: self.version,
        }
    }
}

impl Keys {
    pub(crate) fn new(
        tenant: TenantId,
        epoch: u64,
        (top, top_key, top_version): (NodeId, Key, u64),
    ) -> Self {
        Self {
            tenant,
            epoch,
            top,
            top_key,
            top_version,
            cache: HashMap::default(),
        }
    }

    /// Keys of the same top with an empty memory, for a task of its own.
    pub(crate) fn fork(&self) -> Self {
        let top = (self.top, self.top_key.duplicate(), self.top_version);
        Self::new(self.tenant, self.epoch, top)
    }

    /// The tenant's epoch that they are of: each rotation begins another one.
    pub(crate) fn epoch(&self) -> u64 {
        self.epoch
    }

    pub(crate) fn top_key(&self) -> &Key {
        &self.top_key
    }

    /// The key of the last node of a path that begins under the top.
    pub(crate) fn follow(&mut self, path: &[NodeRow]) -> Result<Versioned, OpenError> {
        let mut held = Versioned {
            key: self.top_key.duplicate(),
            version: self.top_version,
        };
        for row in path {
            if let Some(cached) = self.cache.get(&row.id)
                && cached.version == row.key_version
            {
                held = cached.duplicate();
                continue;
            }
            held = open_node(self.tenant, &held, row)?;
            self.remember(row.id, held.duplicate());
        }
        Ok(held)
    }

    fn remember(&mut self, node: NodeId, key: Versioned) {
        if self.cache.len() >= CACHED_KEYS_MAX {
            self.cache.clear();
        }
        self.cache.insert(node, key);
    }
}

/// The keys from the top down to where a walk over the tree stands: as many as the tree is deep.
pub(crate) struct PathKeys {
    tenant: TenantId,
    held: Vec<(NodeId, Versioned)>,
}

impl PathKeys {
    /// A walk that begins at the top.
    pub(crate) fn of(keys: &Keys) -> Self {
        let top = Versioned {
            key: keys.top_key.duplicate(),
            version: keys.top_version,
        };
        Self {
            tenant: keys.tenant,
            held: vec![(keys.top, top)],
        }
    }

    /// The key of `node`, to which `rows` lead, parents first, from a node whose key is held; none if its own is.
    pub(crate) fn descend(
        &mut self,
        rows: &[NodeRow],
        node: NodeId,
    ) -> Result<&Versioned, OpenError> {
        for row in rows {
            let parent = self.depth_of(row.parent)?;
            self.held.truncate(parent + 1);
            let key = open_node(self.tenant, &self.held[parent].1, row)?;
            self.held.push((row.id, key));
        }
        let depth = self.depth_of(node)?;
        Ok(&self.held[depth].1)
    }

    fn depth_of(&self, node: NodeId) -> Result<usize, OpenError> {
        let depth = self.held.iter().rposition(|(held, _)| *held == node);
        depth.ok_or(OpenError::Format)
    }
}

/// Opens a node's wrap with its parent's key.
pub(crate) fn open_node(
    tenant: TenantId,
    parent: &Versioned,
    row: &NodeRow,
) -> Result<Versioned, OpenError> {
    let context = wrap_context(tenant, row.kind, row.id, row.parent, parent.version);
    Ok(Versioned {
        key: wrap::unwrap(&parent.key, &context, &row.wrap)?,
        version: row.key_version,
    })
}

/// A new node with a new key under `parent`.
pub(crate) fn new_node(
    rng: &dyn Rng,
    tenant: TenantId,
    parent: (&Versioned, NodeId),
    slot: u32,
    id: NodeId,
    kind: NodeKind,
) -> (NodeRow, Versioned) {
    let key = random_key(rng);
    let context = wrap_context(tenant, kind, id, parent.1, parent.0.version);
    let wrap = wrap::wrap(&parent.0.key, &context, nonce(rng), &key);
    (
        NodeRow {
            id,
            parent: parent.1,
            slot,
            kind,
            key_version: 0,
            wrap,
        },
        Versioned { key, version: 0 },
    )
}

fn wrap_context(
    tenant: TenantId,
    kind: NodeKind,
    child: NodeId,
    parent: NodeId,
    version: u64,
) -> WrapContext {
    WrapContext {
        tenant,
        kind,
        child,
        parent,
        parent_key_version: version,
    }
}

/// A new seed for one segment of an owner.
pub(crate) fn new_seed(
    rng: &dyn Rng,
    tenant: TenantId,
    owner: (&Versioned, NodeId),
    segment: u32,
) -> (SeedRow, Frontier) {
    let frontier = Frontier::new(random_key(rng));
    (seal_seed(rng, tenant, owner, segment, &frontier), frontier)
}

pub(crate) fn seal_seed(
    rng: &dyn Rng,
    tenant: TenantId,
    (key, owner): (&Versioned, NodeId),
    segment: u32,
    frontier: &Frontier,
) -> SeedRow {
    let sealed = wrap::seal_frontier(
        &key.key,
        tenant,
        owner,
        segment,
        key.version,
        nonce(rng),
        frontier,
    );
    SeedRow {
        owner,
        segment,
        sealed,
    }
}

pub(crate) fn open_seed(
    tenant: TenantId,
    owner: &Versioned,
    row: &SeedRow,
) -> Result<Frontier, OpenError> {
    wrap::open_frontier(
        &owner.key,
        tenant,
        row.owner,
        row.segment,
        owner.version,
        &row.sealed,
    )
}

/// The context of item number `item` (segment * 4096 + index) of an owner.
pub(crate) fn item_context(
    tenant: TenantId,
    owner: NodeId,
    item: u32,
    kind: ItemKind,
) -> item::ItemContext {
    let (segment, index) = segment_and_index(item);
    item::ItemContext {
        tenant,
        node: owner,
        segment,
        index,
        kind,
    }
}

pub(crate) fn random_key(rng: &dyn Rng) -> Key {
    let mut bytes = zeroize::Zeroizing::new([0; 32]);
    rng.fill(&mut *bytes);
    Key::from_bytes(*bytes)
}

pub(crate) fn nonce(rng: &dyn Rng) -> Nonce {
    let mut bytes = [0; 12];
    rng.fill(&mut bytes);
    Nonce(bytes)
}

/// The four slots that lead from a subtree through its branches to an ordinal: none for the first branch, then the
/// ordinal's bytes, high first; the last byte is the slot of the node itself.
pub(crate) fn branch_slots(ordinal: u32) -> [u32; 5] {
    let [first, second, third, last] = ordinal.to_be_bytes().map(u32::from);
    [0, first, second, third, last]
}
