//! One batch of erasures of one tenant, as a pure plan: from the rows that a rotation reads to the rows that it writes.
//! Every surviving ancestor of what is dropped or punctured gets a new random key; all that hung below the old one
//! is wrapped again. Dropped nodes are simply not among the rows. The top itself is wrapped by the custodian.

use std::collections::{BTreeMap, BTreeSet};

use zeroize::Zeroizing;

use crate::context::{NodeId, NodeKind, TenantId};
use crate::key::{Fill, KEY_BYTES, NONCE_BYTES};
use crate::seed::{Frontier, segment_and_index};
use crate::wrap::{WrapContext, Wrapper};
use crate::{Key, Nonce, OpenError};

/// A node as the database keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeRow {
    /// The node.
    pub id: NodeId,
    /// The only node whose key wraps its key.
    pub parent: NodeId,
    /// Its place among its siblings; not bound into the wrap, and not read here.
    pub slot: u32,
    /// What it is.
    pub kind: NodeKind,
    /// Version of the node's own key.
    pub key_version: u64,
    /// The node's key, wrapped under its parent's key at the parent's version.
    pub wrap: Vec<u8>,
}

/// A segment's frontier as the database keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedRow {
    /// The node whose key seals it.
    pub owner: NodeId,
    /// Its number within the owner.
    pub segment: u32,
    /// The frontier, sealed under the owner's key at the owner's version.
    pub sealed: Vec<u8>,
}

/// What a rotation reads.
#[derive(Clone, Debug)]
pub struct Affected {
    /// The node under the root.
    pub top: NodeId,
    /// Version of the old top key.
    pub top_key_version: u64,
    /// Every node that gets a new key: all surviving ancestors of what is dropped, the owners of what is punctured, and
    /// their ancestors. The top is renewed in any case; it need not be named.
    pub renewed: BTreeSet<NodeId>,
    /// Every surviving child of the top and of each renewed node, in any order. Renewed nodes are themselves among them.
    pub children: Vec<NodeRow>,
    /// Every frontier of each renewed node, in any order.
    pub seeds: Vec<SeedRow>,
    /// Item numbers to erase, by owner: `segment * 4096 + index`. Items that were erased before do no harm.
    pub punctures: BTreeMap<NodeId, Vec<u32>>,
}

/// What a rotation writes, all in one transaction.
#[derive(Debug)]
pub struct Plan {
    /// Version of the new top key.
    pub top_key_version: u64,
    /// A new wrap for every child given.
    pub nodes: Vec<Renewal>,
    /// A new sealed frontier for every one given, and those that were appended.
    pub seeds: Vec<SeedRow>,
    /// How many wraps were made: nodes and frontiers.
    pub rewraps: u64,
}

/// A node's new wrap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// The node.
    pub id: NodeId,
    /// Version of its key: one more if it was renewed, else as before.
    pub key_version: u64,
    /// Its key under its parent's new key.
    pub wrap: Vec<u8>,
}

/// Why no plan can be made. Nothing has been changed then.
#[derive(Debug, thiserror::Error)]
pub enum RotationError {
    /// A node's wrap does not open.
    #[error("the key of node {} does not open", node.0)]
    Node {
        /// The node.
        node: NodeId,
        /// Why not.
        source: OpenError,
    },
    /// A frontier does not open.
    #[error("segment {segment} of node {} does not open", owner.0)]
    Seed {
        /// The segment's owner.
        owner: NodeId,
        /// The segment.
        segment: u32,
        /// Why not.
        source: OpenError,
    },
    /// Adding items to a punctured owner failed.
    #[error("items could not be added to node {}", owner.0)]
    Append {
        /// The owner.
        owner: NodeId,
        /// Why not.
        source: OpenError,
    },
    /// A node is to be renewed, but its row or that of an ancestor is missing.
    #[error("node {} is to be renewed, but no rows lead to it from the top", .0.0)]
    Unreachable(NodeId),
    /// A row hangs below a node that gets no new key, or is the top itself.
    #[error("node {} was given, but its parent is not renewed", .0.0)]
    Stray(NodeId),
    /// Two rows are of one node: a key has one parent edge only.
    #[error("node {} was given twice", .0.0)]
    Twice(NodeId),
    /// Items or frontiers of a node were given that gets no new key.
    #[error("node {} has items or segments in this rotation, but is not renewed", .0.0)]
    NotRenewed(NodeId),
    /// An item of a segment is to be erased whose row is missing.
    #[error("segment {segment} of node {} is missing", owner.0)]
    SegmentMissing {
        /// The segment's owner.
        owner: NodeId,
        /// The segment.
        segment: u32,
    },
    /// Two rows are of one segment.
    #[error("segment {segment} of node {} was given twice", owner.0)]
    SegmentTwice {
        /// The segment's owner.
        owner: NodeId,
        /// The segment.
        segment: u32,
    },
}

/// Called once for each punctured owner, after puncturing, with its open frontiers by segment: it may derive leaves
/// to seal new items under, and may insert the frontier of a new segment. It must leave the others there.
pub type Appends<'a> =
    &'a mut dyn FnMut(NodeId, &mut BTreeMap<u32, Frontier>) -> Result<(), OpenError>;

/// Plans one rotation: opens with the old keys from the top down, punctures, appends, and wraps all again
/// under new keys that come from `fill`.
///
/// # Errors
/// If the rows do not hang together as [`Affected`] tells, or one of them does not open.
pub fn plan(
    tenant: TenantId,
    old_top: &Key,
    new_top: &Key,
    affected: &Affected,
    appends: Appends,
    fill: Fill,
) -> Result<Plan, RotationError> {
    let rows = Rows::new(affected)?;
    let wraps = rows.children.len() + rows.seeds.len();
    let random_bytes = affected.renewed.len() * KEY_BYTES + wraps * NONCE_BYTES;
    let mut planner = Planner {
        tenant,
        affected,
        rows: &rows,
        random: Random::new(fill, random_bytes),
        appends,
        plan: Plan {
            top_key_version: affected.top_key_version + 1,
            nodes: Vec::with_capacity(affected.children.len()),
            seeds: Vec::with_capacity(affected.seeds.len()),
            rewraps: 0,
        },
    };
    // With its full capacity from the start it never moves, and leaves no keys behind in freed memory.
    let mut open = Vec::with_capacity(affected.renewed.len() + 1);
    open.push(OpenNode {
        id: affected.top,
        old_version: affected.top_key_version,
        old: old_top.duplicate(),
        new: new_top.duplicate(),
    });
    let mut reached = BTreeSet::from([affected.top]);
    while let Some(node) = open.pop() {
        planner.reseal_frontiers(&node)?;
        for child in planner.rewrap_children(&node)? {
            reached.insert(child.id);
            open.push(child);
        }
    }
    if let Some(node) = affected.renewed.difference(&reached).next() {
        return Err(RotationError::Unreachable(*node));
    }
    let mut plan = planner.plan;
    plan.rewraps = (plan.nodes.len() + plan.seeds.len()) as u64;
    Ok(plan)
}

/// A renewed node on the way down.
struct OpenNode {
    id: NodeId,
    old_version: u64,
    old: Key,
    new: Key,
}

impl OpenNode {
    fn new_version(&self) -> u64 {
        self.old_version + 1
    }
}

struct Planner<'a> {
    tenant: TenantId,
    affected: &'a Affected,
    rows: &'a Rows<'a>,
    random: Random<'a>,
    appends: Appends<'a>,
    plan: Plan,
}

impl Planner<'_> {
    /// Wraps the children of a node under its new key, and returns those that are renewed themselves.
    fn rewrap_children(&mut self, node: &OpenNode) -> Result<Vec<OpenNode>, RotationError> {
        let rows = self.rows;
        let children = rows.children_of(node.id);
        let is_renewed = |row: &&NodeRow| self.affected.renewed.contains(&row.id);
        let renewed_count = children.iter().copied().filter(is_renewed).count();
        let mut renewed = Vec::with_capacity(renewed_count);
        let old = Wrapper::new(&node.old);
        let new = Wrapper::new(&node.new);
        for row in children {
            let old_edge = WrapContext {
                tenant: self.tenant,
                kind: row.kind,
                child: row.id,
                parent: node.id,
                parent_key_version: node.old_version,
            };
            let new_edge = WrapContext {
                parent_key_version: node.new_version(),
                ..old_edge
            };
            let key = old
                .unwrap(&old_edge, &row.wrap)
                .map_err(|source| RotationError::Node {
                    node: row.id,
                    source,
                })?;
            let nonce = self.random.nonce();
            let (key_version, wrap) = if is_renewed(row) {
                let child = OpenNode {
                    id: row.id,
                    old_version: row.key_version,
                    old: key,
                    new: self.random.key(),
                };
                let wrap = new.wrap(&new_edge, nonce, &child.new);
                let key_version = child.new_version();
                renewed.push(child);
                (key_version, wrap)
            } else {
                (row.key_version, new.wrap(&new_edge, nonce, &key))
            };
            self.plan.nodes.push(Renewal {
                id: row.id,
                key_version,
                wrap,
            });
        }
        Ok(renewed)
    }

    /// Seals the frontiers of a node under its new key, punctured where that is asked.
    fn reseal_frontiers(&mut self, node: &OpenNode) -> Result<(), RotationError> {
        let rows = self.rows;
        let seeds = rows.seeds_of(node.id);
        let Some(items) = self.affected.punctures.get(&node.id) else {
            // Untouched frontiers are not even parsed.
            return self.reseal_untouched(node, seeds);
        };
        let old = Wrapper::new(&node.old);
        let mut frontiers = BTreeMap::new();
        for row in seeds {
            let context = self.old_segment(node, row.segment);
            let frontier = old
                .open_frontier(&context, &row.sealed)
                .map_err(|source| seed_error(row, source))?;
            frontiers.insert(row.segment, frontier);
        }
        let owner = node.id;
        for (segment, index) in items.iter().map(|number| segment_and_index(*number)) {
            let frontier = frontiers
                .get_mut(&segment)
                .ok_or(RotationError::SegmentMissing { owner, segment })?;
            frontier.puncture(index);
        }
        (self.appends)(owner, &mut frontiers)
            .map_err(|source| RotationError::Append { owner, source })?;
        if let Some(row) = seeds
            .iter()
            .find(|row| !frontiers.contains_key(&row.segment))
        {
            let segment = row.segment;
            return Err(RotationError::SegmentMissing { owner, segment });
        }
        let new = Wrapper::new(&node.new);
        for (segment, frontier) in &frontiers {
            let context = self.new_segment(node, *segment);
            let sealed = new.seal_frontier(&context, self.random.nonce(), frontier);
            self.push_seed(owner, *segment, sealed);
        }
        Ok(())
    }

    fn reseal_untouched(
        &mut self,
        node: &OpenNode,
        seeds: &[&SeedRow],
    ) -> Result<(), RotationError> {
        let old = Wrapper::new(&node.old);
        let new = Wrapper::new(&node.new);
        for row in seeds {
            let payload = old
                .open(&self.old_segment(node, row.segment), &row.sealed)
                .map_err(|source| seed_error(row, source))?;
            let context = self.new_segment(node, row.segment);
            let sealed = new.seal(&context, self.random.nonce(), &payload);
            self.push_seed(node.id, row.segment, sealed);
        }
        Ok(())
    }

    fn push_seed(&mut self, owner: NodeId, segment: u32, sealed: Vec<u8>) {
        self.plan.seeds.push(SeedRow {
            owner,
            segment,
            sealed,
        });
    }

    fn old_segment(&self, node: &OpenNode, segment: u32) -> WrapContext {
        WrapContext::of_segment(self.tenant, node.id, segment, node.old_version)
    }

    fn new_segment(&self, node: &OpenNode, segment: u32) -> WrapContext {
        WrapContext::of_segment(self.tenant, node.id, segment, node.new_version())
    }
}

fn seed_error(row: &SeedRow, source: OpenError) -> RotationError {
    RotationError::Seed {
        owner: row.owner,
        segment: row.segment,
        source,
    }
}

/// The rows given, checked and in an order in which those of one parent lie together.
struct Rows<'a> {
    children: Vec<&'a NodeRow>,
    seeds: Vec<&'a SeedRow>,
}

impl<'a> Rows<'a> {
    fn new(affected: &'a Affected) -> Result<Self, RotationError> {
        let gets_new_key = |id: &NodeId| *id == affected.top || affected.renewed.contains(id);
        let mut children: Vec<_> = affected.children.iter().collect();
        children.sort_unstable_by_key(|row| row.id);
        if let Some(pair) = children.windows(2).find(|pair| pair[0].id == pair[1].id) {
            return Err(RotationError::Twice(pair[0].id));
        }
        // A stable sort: the order by id stays within each parent.
        children.sort_by_key(|row| row.parent);
        if let Some(row) = children
            .iter()
            .find(|row| row.id == affected.top || !gets_new_key(&row.parent))
        {
            return Err(RotationError::Stray(row.id));
        }
        let mut seeds: Vec<_> = affected.seeds.iter().collect();
        seeds.sort_unstable_by_key(|row| (row.owner, row.segment));
        if let Some(pair) = seeds
            .windows(2)
            .find(|pair| (pair[0].owner, pair[0].segment) == (pair[1].owner, pair[1].segment))
        {
            let (owner, segment) = (pair[0].owner, pair[0].segment);
            return Err(RotationError::SegmentTwice { owner, segment });
        }
        let mut owners = seeds
            .iter()
            .map(|row| &row.owner)
            .chain(affected.punctures.keys());
        if let Some(owner) = owners.find(|owner| !gets_new_key(owner)) {
            return Err(RotationError::NotRenewed(*owner));
        }
        Ok(Self { children, seeds })
    }

    fn children_of(&self, parent: NodeId) -> &[&'a NodeRow] {
        let start = self.children.partition_point(|row| row.parent < parent);
        let end = self.children.partition_point(|row| row.parent <= parent);
        &self.children[start..end]
    }

    fn seeds_of(&self, owner: NodeId) -> &[&'a SeedRow] {
        let start = self.seeds.partition_point(|row| row.owner < owner);
        let end = self.seeds.partition_point(|row| row.owner <= owner);
        &self.seeds[start..end]
    }
}

/// Random bytes drawn in bulk: one system call instead of one per wrap.
struct Random<'a> {
    fill: Fill<'a>,
    pool: Zeroizing<Vec<u8>>,
    used: usize,
}

impl<'a> Random<'a> {
    fn new(fill: Fill<'a>, bytes: usize) -> Self {
        // Enough for one key at least, so that any refill is.
        let mut pool = Zeroizing::new(vec![0; bytes.max(KEY_BYTES)]);
        fill(&mut pool);
        Self {
            fill,
            pool,
            used: 0,
        }
    }

    fn take<const N: usize>(&mut self) -> [u8; N] {
        if self.pool.len() - self.used < N {
            // Appended segments need nonces that could not be counted before.
            (self.fill)(&mut self.pool);
            self.used = 0;
        }
        let taken = *self.pool[self.used..]
            .first_chunk()
            .expect("the pool holds a key at least");
        self.used += N;
        taken
    }

    fn key(&mut self) -> Key {
        Key::from_bytes(self.take())
    }

    fn nonce(&mut self) -> Nonce {
        Nonce(self.take())
    }
}

#[cfg(test)]
mod tests;
