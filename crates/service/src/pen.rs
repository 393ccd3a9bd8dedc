//! Writing control items: on a case, a member of staff or another entry of the register, new or there already. What is written
//! is sealed under the entry's own seed, each item under the next number.

use wuhen_keytree::context::{ItemKind, NodeId, NodeKind};
use wuhen_keytree::item;
use wuhen_keytree::rotation::{NodeRow, SeedRow};
use wuhen_keytree::seed::{Frontier, SEGMENT_ITEMS, segment_and_index};
use wuhen_ledger::Body;
use wuhen_store::{CaseRow, CaseState, ControlItemRow, LedgerAppend, NewCase};

use crate::Service;
use crate::error::{Opening, ServiceError};
use crate::keys::{Versioned, branch_slots, item_context, new_node, new_seed, nonce, open_seed};
use crate::ledger::body_bytes;
use crate::open::{SLOT_CASES, damaged, subtree};

/// What writes on one entry.
pub(crate) struct Pen {
    node: NodeId,
    frontier: Frontier,
    next_item: u32,
}

impl Pen {
    /// How many items there are.
    pub(crate) fn written(&self) -> u32 {
        self.next_item
    }
}

/// A node being made: its rows, and what writes on it.
pub(crate) struct NodeDraft {
    pub(crate) node: NodeId,
    /// Branches that were missing, and the node itself, parents first.
    pub(crate) nodes: Vec<NodeRow>,
    pub(crate) seed: SeedRow,
    pub(crate) pen: Pen,
}

/// Nodes that were drafted in one transaction before, with their keys: the next ones may hang under the same branches.
#[derive(Default)]
pub(crate) struct Drafting {
    made: Vec<(NodeRow, Versioned)>,
    /// Entries among them: each takes an ordinal.
    pub(crate) entries: u32,
}

/// A case being made.
pub(crate) struct CaseDraft {
    pub(crate) new: NewCase,
    pub(crate) pen: Pen,
}

impl Service {
    /// A new case with the rows that it needs.
    pub(crate) fn draft_case(&self, state: CaseState) -> Result<CaseDraft, ServiceError> {
        let ordinal = self.store.tenant(self.tenant)?.next_case;
        let draft = self.draft_node(
            SLOT_CASES,
            ordinal,
            NodeKind::Case,
            &mut Drafting::default(),
        )?;
        let case = CaseRow {
            node: draft.node,
            ordinal,
            state,
            intent: None,
            old_kid: None,
            new_kid: None,
        };
        Ok(CaseDraft {
            new: NewCase {
                case,
                nodes: draft.nodes,
                seed: draft.seed,
                items: Vec::new(),
            },
            pen: draft.pen,
        })
    }

    /// A new node of an ordinal in a subtree: missing branches, itself, its seed. Others may have been drafted before it in the same
    /// transaction.
    pub(crate) fn draft_node(
        &self,
        slot: u32,
        ordinal: u32,
        kind: NodeKind,
        drafting: &mut Drafting,
    ) -> Result<NodeDraft, ServiceError> {
        let rng = &*self.surroundings.rng;
        let row = self.store.tenant(self.tenant)?;
        let top = self.store.children(self.tenant, row.top)?;
        let under = subtree(&top, slot)?.clone();
        let mut key = self
            .keys()
            .follow(std::slice::from_ref(&under))
            .opening("a subtree")?;
        let mut parent = under.id;
        let mut nodes: Vec<NodeRow> = Vec::new();
        let slots = branch_slots(ordinal);
        for (depth, slot) in slots.into_iter().enumerate() {
            let kind = if depth + 1 == slots.len() {
                kind
            } else {
                NodeKind::Branch
            };
            let drafted = drafting.made.iter();
            let mut drafted = drafted.filter(|(row, _)| row.parent == parent && row.slot == slot);
            if let Some((found, found_key)) = drafted.next() {
                (key, parent) = (found_key.duplicate(), found.id);
                continue;
            }
            // Below the first missing branch nothing can be there.
            let children = if nodes.is_empty() {
                self.store.children(self.tenant, parent)?
            } else {
                Vec::new()
            };
            if let Some(found) = children.iter().find(|row| row.slot == slot) {
                key = crate::keys::open_node(self.tenant_id, &key, found).opening("a branch")?;
                parent = found.id;
                continue;
            }
            let id = NodeId(row.next_node + drafting.made.len() as u64);
            let (node, node_key) = new_node(rng, self.tenant_id, (&key, parent), slot, id, kind);
            (key, parent) = (node_key.duplicate(), id);
            drafting.made.push((node.clone(), node_key));
            nodes.push(node);
        }
        drafting.entries += 1;
        let (seed, frontier) = new_seed(rng, self.tenant_id, (&key, parent), 0);
        Ok(NodeDraft {
            node: parent,
            nodes,
            seed,
            pen: Pen {
                node: parent,
                frontier,
                next_item: 0,
            },
        })
    }

    /// What writes on an entry that is in the store, from its next number on.
    pub(crate) fn pen(&self, node: NodeId) -> Result<Pen, ServiceError> {
        let items = self.store.control_items(self.tenant, node)?;
        let next_item = items.iter().map(|row| row.item + 1).max().unwrap_or(0);
        Ok(Pen {
            node,
            frontier: self.control_frontier(node)?,
            next_item,
        })
    }

    /// Seals the next item.
    pub(crate) fn write_item(
        &self,
        pen: &mut Pen,
        kind: ItemKind,
        header: &[u8],
        body: &[u8],
    ) -> Result<ControlItemRow, ServiceError> {
        let number = pen.next_item;
        let leaf = (number < SEGMENT_ITEMS)
            .then(|| pen.frontier.leaf(number))
            .flatten()
            .ok_or_else(|| {
                ServiceError::Refused(format!(
                    "this entry was written on {number} times, the most there is room for"
                ))
            })?;
        pen.next_item += 1;
        let context = item_context(self.tenant_id, pen.node, number, kind);
        let nonce = nonce(&*self.surroundings.rng);
        Ok(ControlItemRow {
            owner: pen.node,
            item: number,
            kind,
            sealed: item::seal(&leaf, &context, nonce, header, body),
        })
    }

    /// A ledger entry whose body is the next item.
    pub(crate) fn write_entry(
        &self,
        pen: &mut Pen,
        body: &Body,
    ) -> Result<LedgerAppend, ServiceError> {
        let (salt, bytes) = (self.random::<32>(), body_bytes(body)?);
        let item = self.write_item(pen, ItemKind::Entry, &salt, &bytes)?;
        self.append_to_tree(item, &salt, &bytes)
    }

    /// An entry for a case that is in the store.
    pub(crate) fn case_entry(
        &self,
        case: NodeId,
        body: &Body,
    ) -> Result<LedgerAppend, ServiceError> {
        self.write_entry(&mut self.pen(case)?, body)
    }

    fn control_frontier(&self, node: NodeId) -> Result<Frontier, ServiceError> {
        let path = self.store.path(self.tenant, node)?;
        let key: Versioned = self.keys().follow(&path).opening("a case")?;
        let seeds = self.store.seeds(self.tenant, node)?;
        let seed = seeds.first().ok_or_else(|| damaged("a case has no seed"))?;
        open_seed(self.tenant_id, &key, seed).opening("a case")
    }

    /// A control item, opened: its header and body.
    pub(crate) fn open_control(&self, row: &ControlItemRow) -> Result<item::Opened, ServiceError> {
        let frontier = self.control_frontier(row.owner)?;
        self.open_control_with(&frontier, row)
    }

    fn open_control_with(
        &self,
        frontier: &Frontier,
        row: &ControlItemRow,
    ) -> Result<item::Opened, ServiceError> {
        let (_, index) = segment_and_index(row.item);
        debug_assert!(row.item < SEGMENT_ITEMS, "cases have one segment");
        let leaf = frontier
            .leaf(index)
            .ok_or_else(|| damaged("a case's item has no key"))?;
        let context = item_context(self.tenant_id, row.owner, row.item, row.kind);
        item::open(&leaf, &context, &row.sealed).opening("an item of a case")
    }
}
