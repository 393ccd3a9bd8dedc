//! After a rotation everything that survived opens with the new top, and nothing erased does, even with every row that ever was.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::seed::{LeafCursor, SEGMENT_ITEMS};
use crate::wrap;

const TENANT: TenantId = TenantId([1; 16]);
const TOP: NodeId = NodeId(0);

/// A tree as the database keeps it, and the secrets that a test knows beside it.
struct World {
    top_key: Key,
    top_key_version: u64,
    nodes: Vec<NodeRow>,
    seeds: Vec<SeedRow>,
    random: u64,
}

/// What somebody holds who has a key: every key and every leaf that any row leads to.
#[derive(Default)]
struct Loot {
    keys: BTreeMap<NodeId, BTreeSet<[u8; 32]>>,
    /// By (owner, item number).
    leaves: BTreeMap<(NodeId, u32), [u8; 32]>,
}

impl World {
    fn new() -> Self {
        Self {
            top_key: Key::from_bytes([9; 32]),
            top_key_version: 1,
            nodes: Vec::new(),
            seeds: Vec::new(),
            random: 1,
        }
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        fill_from(&mut self.random, bytes);
    }

    fn key(&mut self) -> Key {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        Key::from_bytes(bytes)
    }

    fn nonce(&mut self) -> Nonce {
        let mut bytes = [0; 12];
        self.fill(&mut bytes);
        Nonce(bytes)
    }

    /// A node with so many segments, each a whole one. Keys and versions are those of the rows so far.
    fn add(&mut self, parent: NodeId, segments: u32) -> NodeId {
        let id = NodeId(self.nodes.len() as u64 + 1);
        let (key, nonce) = (self.key(), self.nonce());
        let edge = WrapContext {
            tenant: TENANT,
            kind: NodeKind::Conversation,
            child: id,
            parent,
            parent_key_version: self.version_of(parent),
        };
        let wrap = wrap::wrap(&self.key_of(parent), &edge, nonce, &key);
        for segment in 0..segments {
            let (root, nonce) = (Frontier::new(self.key()), self.nonce());
            let sealed = wrap::seal_frontier(&key, TENANT, id, segment, 1, nonce, &root);
            self.seeds.push(SeedRow {
                owner: id,
                segment,
                sealed,
            });
        }
        self.nodes.push(NodeRow {
            id,
            parent,
            slot: 0,
            kind: NodeKind::Conversation,
            key_version: 1,
            wrap,
        });
        id
    }

    fn row(&self, id: NodeId) -> &NodeRow {
        self.nodes.iter().find(|row| row.id == id).expect("a node")
    }

    fn version_of(&self, id: NodeId) -> u64 {
        if id == TOP {
            return self.top_key_version;
        }
        self.row(id).key_version
    }

    fn key_of(&self, id: NodeId) -> Key {
        if id == TOP {
            return self.top_key.duplicate();
        }
        let row = self.row(id);
        let edge = WrapContext {
            tenant: TENANT,
            kind: row.kind,
            child: id,
            parent: row.parent,
            parent_key_version: self.version_of(row.parent),
        };
        wrap::unwrap(&self.key_of(row.parent), &edge, &row.wrap).expect("it opens")
    }

    /// The node and all above it, without the top.
    fn with_ancestors(&self, id: NodeId) -> Vec<NodeId> {
        std::iter::successors(Some(id), |id| {
            Some(self.row(*id).parent).filter(|id| *id != TOP)
        })
        .take_while(|id| *id != TOP)
        .collect()
    }

    /// Removes the rows of a subtree's nodes, as the store does, and returns what a rotation has to read.
    fn erase(&mut self, dropped: &[NodeId], punctures: &[(NodeId, u32)]) -> Affected {
        let is_gone = |world: &Self, id| {
            world
                .with_ancestors(id)
                .iter()
                .any(|id| dropped.contains(id))
        };
        let gone: BTreeSet<_> = self
            .nodes
            .iter()
            .map(|row| row.id)
            .filter(|id| is_gone(self, *id))
            .collect();
        let parents = dropped
            .iter()
            .map(|id| self.row(*id).parent)
            .filter(|id| *id != TOP);
        let owners = punctures.iter().map(|(owner, _)| *owner);
        let renewed: BTreeSet<_> = parents
            .chain(owners)
            .filter(|id| !gone.contains(id))
            .flat_map(|id| self.with_ancestors(id))
            .collect();
        self.nodes.retain(|row| !gone.contains(&row.id));
        self.seeds.retain(|row| !gone.contains(&row.owner));
        let mut by_owner = BTreeMap::<_, Vec<_>>::new();
        for (owner, item) in punctures.iter().filter(|(owner, _)| !gone.contains(owner)) {
            by_owner.entry(*owner).or_default().push(*item);
        }
        let is_read = |parent| parent == TOP || renewed.contains(&parent);
        Affected {
            top: TOP,
            top_key_version: self.top_key_version,
            children: self
                .nodes
                .iter()
                .filter(|row| is_read(row.parent))
                .cloned()
                .collect(),
            seeds: self
                .seeds
                .iter()
                .filter(|row| renewed.contains(&row.owner))
                .cloned()
                .collect(),
            punctures: by_owner,
            renewed,
        }
    }

    fn plan(&mut self, new_top: &Key, affected: &Affected) -> Result<Plan, RotationError> {
        let mut random = self.random + 1_000_000;
        let fill: Fill = &mut |bytes| fill_from(&mut random, bytes);
        plan(
            TENANT,
            &self.top_key,
            new_top,
            affected,
            &mut |_, _| Ok(()),
            fill,
        )
    }

    fn apply(&mut self, new_top: Key, plan: Plan) {
        self.top_key = new_top;
        self.top_key_version = plan.top_key_version;
        for renewal in plan.nodes {
            let row = self
                .nodes
                .iter_mut()
                .find(|row| row.id == renewal.id)
                .expect("a node");
            (row.key_version, row.wrap) = (renewal.key_version, renewal.wrap);
        }
        for seed in plan.seeds {
            self.seeds
                .retain(|row| (row.owner, row.segment) != (seed.owner, seed.segment));
            self.seeds.push(seed);
        }
    }

    /// Tries every key on every row, under every version that ever was, until nothing more opens.
    fn plunder(top_key: &Key, nodes: &[NodeRow], seeds: &[SeedRow]) -> Loot {
        let mut loot = Loot::default();
        loot.keys.entry(TOP).or_default().insert(*top_key.expose());
        let versions = 1..=3;
        loop {
            let before: usize = loot.keys.values().map(BTreeSet::len).sum();
            for row in nodes {
                for key in loot.keys.get(&row.parent).cloned().unwrap_or_default() {
                    let opened = versions.clone().filter_map(|parent_key_version| {
                        let edge = WrapContext {
                            tenant: TENANT,
                            kind: row.kind,
                            child: row.id,
                            parent: row.parent,
                            parent_key_version,
                        };
                        wrap::unwrap(&Key::from_bytes(key), &edge, &row.wrap).ok()
                    });
                    let opened: Vec<_> = opened.map(|key| *key.expose()).collect();
                    loot.keys.entry(row.id).or_default().extend(opened);
                }
            }
            if before == loot.keys.values().map(BTreeSet::len).sum() {
                break;
            }
        }
        for row in seeds {
            for key in loot.keys.get(&row.owner).into_iter().flatten() {
                for version in versions.clone() {
                    let key = Key::from_bytes(*key);
                    let opened = wrap::open_frontier(
                        &key,
                        TENANT,
                        row.owner,
                        row.segment,
                        version,
                        &row.sealed,
                    );
                    let Ok(frontier) = opened else { continue };
                    let mut cursor = LeafCursor::new(&frontier);
                    // Every 5th item is enough to look at; the punctured ones are chosen among them.
                    for index in (0..SEGMENT_ITEMS).step_by(5) {
                        if let Some(leaf) = cursor.leaf(index) {
                            let item = row.segment * SEGMENT_ITEMS + index;
                            loot.leaves.insert((row.owner, item), *leaf.expose());
                        }
                    }
                }
            }
        }
        loot
    }
}

fn fill_from(state: &mut u64, bytes: &mut [u8]) {
    for chunk in bytes.chunks_mut(8) {
        *state += 1;
        let mixed = (*state ^ *state << 31).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let word = (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        chunk.copy_from_slice(&word.to_be_bytes()[..chunk.len()]);
    }
}

/// top > guest > page > two conversations; the first has two segments.
fn small_world() -> (World, [NodeId; 4]) {
    let mut world = World::new();
    let guest = world.add(TOP, 1);
    let page = world.add(guest, 0);
    let first = world.add(page, 2);
    let second = world.add(page, 1);
    (world, [guest, page, first, second])
}

fn new_top() -> Key {
    Key::from_bytes([77; 32])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn survivors_open_and_the_erased_never_do(
        shape in vec((any::<Index>(), 0..3_u32), 1..25),
        drops in vec(any::<Index>(), 0..4),
        punctures in vec((any::<Index>(), 0..SEGMENT_ITEMS / 5), 0..12),
    ) {
        let mut world = World::new();
        for (parent, segments) in &shape {
            let parent = parent.index(world.nodes.len() + 1) as u64;
            world.add(NodeId(parent), *segments);
        }
        let dropped: Vec<_> = drops.iter().map(|at| world.nodes[at.index(world.nodes.len())].id).collect();
        let segments: Vec<_> = world.seeds.iter().map(|row| (row.owner, row.segment)).collect();
        let erased: Vec<_> = punctures
            .iter()
            .filter(|_| !segments.is_empty())
            .map(|(at, fifth)| (segments[at.index(segments.len())], fifth * 5))
            .map(|((owner, segment), index)| (owner, segment * SEGMENT_ITEMS + index))
            .collect();
        let (old_nodes, old_seeds) = (world.nodes.clone(), world.seeds.clone());
        let before = World::plunder(&world.top_key, &old_nodes, &old_seeds);

        let affected = world.erase(&dropped, &erased);
        let plan = world.plan(&new_top(), &affected).expect("the rows hang together");
        prop_assert_eq!(plan.rewraps, (affected.children.len() + affected.seeds.len()) as u64);
        world.apply(new_top(), plan);

        let every_node = [&old_nodes[..], &world.nodes].concat();
        let every_seed = [&old_seeds[..], &world.seeds].concat();
        let after = World::plunder(&new_top(), &every_node, &every_seed);
        let survivors: BTreeSet<_> = world.nodes.iter().map(|row| row.id).collect();
        for (place, leaf) in &before.leaves {
            let is_erased = !survivors.contains(&place.0) || erased.contains(place);
            prop_assert_eq!(after.leaves.get(place), (!is_erased).then_some(leaf), "{:?}", place);
        }
        prop_assert!(after.leaves.keys().all(|place| before.leaves.contains_key(place)));
        for (node, keys) in &before.keys {
            let now = after.keys.get(node).cloned().unwrap_or_default();
            let keeps_key = survivors.contains(node) && !affected.renewed.contains(node);
            prop_assert_eq!(!now.is_disjoint(keys), keeps_key, "{:?}", node);
            prop_assert_eq!(now.len(), usize::from(*node == TOP || survivors.contains(node)));
        }
        // One version more for what was renewed, the same for the rest.
        for row in &world.nodes {
            let expected = 1 + u64::from(affected.renewed.contains(&row.id));
            prop_assert_eq!(row.key_version, expected);
        }
        prop_assert_eq!(world.top_key_version, 2);
    }
}

#[test]
fn a_second_rotation_follows_the_first() {
    let (mut world, [.., first, second]) = small_world();
    for (version, item) in [(2, 5), (3, SEGMENT_ITEMS + 5)] {
        let affected = world.erase(&[], &[(first, item)]);
        let plan = world
            .plan(&new_top(), &affected)
            .expect("the rows hang together");
        assert_eq!(plan.top_key_version, version);
        world.apply(new_top(), plan);
        assert_eq!(world.version_of(first), version);
    }
    assert_eq!(world.version_of(second), 1);
    let loot = World::plunder(&new_top(), &world.nodes, &world.seeds);
    for item in [5, SEGMENT_ITEMS + 5] {
        assert!(!loot.leaves.contains_key(&(first, item)));
        assert!(loot.leaves.contains_key(&(first, item + 5)));
    }
}

#[test]
fn a_rebuilt_sketch_goes_into_the_same_rotation() {
    let (mut world, [.., first, _]) = small_world();
    let affected = world.erase(&[], &[(first, 10)]);
    let mut leaf_seen = None;
    let mut owners = Vec::new();
    let mut appends = |owner, frontiers: &mut BTreeMap<u32, Frontier>| {
        owners.push(owner);
        assert_eq!(frontiers.len(), 2);
        assert!(frontiers[&0].is_punctured(10), "puncturing comes first");
        leaf_seen = frontiers[&1].leaf(20).map(|leaf| *leaf.expose());
        frontiers.insert(2, Frontier::new(Key::from_bytes([33; 32])));
        Ok(())
    };
    let mut random = 5_000;
    let fill: Fill = &mut |bytes| fill_from(&mut random, bytes);
    let plan = plan(
        TENANT,
        &world.top_key,
        &new_top(),
        &affected,
        &mut appends,
        fill,
    )
    .expect("a plan");
    assert_eq!(owners, [first]);
    let nonces: BTreeSet<_> = plan
        .nodes
        .iter()
        .map(|row| row.wrap[2..14].to_vec())
        .collect();
    let seed_nonces: BTreeSet<_> = plan
        .seeds
        .iter()
        .map(|row| row.sealed[2..14].to_vec())
        .collect();
    assert_eq!(nonces.union(&seed_nonces).count() as u64, plan.rewraps);
    world.apply(new_top(), plan);
    let loot = World::plunder(&new_top(), &world.nodes, &world.seeds);
    assert_eq!(
        loot.leaves.get(&(first, SEGMENT_ITEMS + 20)).copied(),
        leaf_seen
    );
    let appended = Frontier::new(Key::from_bytes([33; 32]))
        .leaf(0)
        .map(|leaf| *leaf.expose());
    assert_eq!(
        loot.leaves.get(&(first, 2 * SEGMENT_ITEMS)).copied(),
        appended
    );
}

#[test]
fn appends_that_fail_or_lose_a_segment_stop_the_rotation() {
    let (mut world, [.., first, _]) = small_world();
    let affected = world.erase(&[], &[(first, 10)]);
    let try_with = |appends: Appends| {
        let fill: Fill = &mut |bytes| bytes.fill(1);
        plan(TENANT, &world.top_key, &new_top(), &affected, appends, fill).expect_err("no plan")
    };
    let error = try_with(&mut |_, _| Err(OpenError::Commitment));
    assert!(matches!(error, RotationError::Append { owner, .. } if owner == first));
    let error = try_with(&mut |_, frontiers| {
        frontiers.remove(&1);
        Ok(())
    });
    assert!(matches!(error, RotationError::SegmentMissing { owner, segment: 1 } if owner == first));
}

/// What comes of a rotation that erases item 10 of the first conversation (node 3), after its rows were changed.
fn refused(change: fn(&mut Affected)) -> RotationError {
    let (mut world, ids) = small_world();
    assert_eq!(ids, [1, 2, 3, 4].map(NodeId));
    let mut affected = world.erase(&[], &[(NodeId(3), 10)]);
    assert!(world.plan(&new_top(), &affected).is_ok());
    change(&mut affected);
    world.plan(&new_top(), &affected).expect_err("no plan")
}

#[test]
fn nodes_that_do_not_hang_together_are_refused() {
    use RotationError::{Node, NotRenewed, Stray, Twice, Unreachable};
    let error = refused(|rows| rows.children.retain(|row| row.id != NodeId(2)));
    assert!(matches!(error, Unreachable(NodeId(2))));
    let error = refused(|rows| _ = rows.renewed.insert(NodeId(99)));
    assert!(matches!(error, Unreachable(NodeId(99))));
    let error = refused(|rows| _ = rows.renewed.remove(&NodeId(2)));
    assert!(matches!(error, Stray(NodeId(3 | 4))));
    let error = refused(|rows| rows.children[0].id = TOP);
    assert!(matches!(error, Stray(TOP)));
    let error = refused(|rows| rows.children.push(rows.children[1].clone()));
    assert!(matches!(error, Twice(NodeId(2))));
    let error = refused(|rows| _ = rows.punctures.insert(NodeId(4), vec![1]));
    assert!(matches!(error, NotRenewed(NodeId(4))));
    let error = refused(|rows| rows.children[2].wrap[20] ^= 1);
    assert!(matches!(
        error,
        Node {
            node: NodeId(3),
            ..
        }
    ));
    let error = refused(|rows| rows.top_key_version += 1);
    assert!(matches!(
        error,
        Node {
            node: NodeId(1),
            ..
        }
    ));
}

#[test]
fn segments_that_do_not_hang_together_are_refused() {
    use RotationError::{NotRenewed, Seed, SegmentMissing, SegmentTwice};
    let error = refused(|rows| rows.seeds[0].owner = NodeId(4));
    assert!(matches!(error, NotRenewed(NodeId(4))));
    let error = refused(|rows| rows.seeds.retain(|row| row.owner != NodeId(3)));
    assert!(matches!(
        error,
        SegmentMissing {
            owner: NodeId(3),
            segment: 0
        }
    ));
    let error = refused(|rows| rows.seeds.push(rows.seeds[0].clone()));
    assert!(matches!(
        error,
        SegmentTwice {
            owner: NodeId(1),
            segment: 0
        }
    ));
    let error = refused(|rows| rows.seeds[1].sealed[20] ^= 1);
    assert!(matches!(
        error,
        Seed {
            owner: NodeId(3),
            segment: 0,
            ..
        }
    ));
}

#[test]
fn errors_name_the_node_and_no_secret() {
    let error = RotationError::Node {
        node: NodeId(12),
        source: OpenError::Authentication,
    };
    assert_eq!(error.to_string(), "the key of node 12 does not open");
    assert_eq!(
        RotationError::Unreachable(NodeId(12)).to_string(),
        "node 12 is to be renewed, but no rows lead to it from the top"
    );
}
