//! The walk of a search: conversations, their seeds and their sketches side by side, each table in its own order, so that
//! only keys are looked up one by one. All from one snapshot.

use std::ops::Range;

use rusqlite::{CachedStatement, Connection, Row, Rows, params};
use wuhen_keytree::context::NodeId;
use wuhen_keytree::rotation::NodeRow;

use super::read::{self, CONVERSATION, conversation_row, node_row, seed_row, sketch_row};
use super::{signed, unsigned};
use crate::{Sketched, StoreError, TenantNumber};

/// Calls `each` for the conversations of a range until it answers false. Answers the tenant's revision.
pub(super) fn for_each(
    connection: &Connection,
    tenant: TenantNumber,
    nodes: Range<NodeId>,
    each: &mut dyn FnMut(Sketched) -> bool,
) -> Result<u64, StoreError> {
    let snapshot = connection.unchecked_transaction()?;
    let row = read::tenant(&snapshot, tenant)?;
    let range = params![tenant.0, signed(nodes.start.0), signed(nodes.end.0)];
    let mut conversations = snapshot.prepare_cached(&format!(
        "{CONVERSATION} WHERE tenant = ? AND node >= ? AND node < ? ORDER BY node"
    ))?;
    let mut seeds = snapshot.prepare_cached(
        "SELECT owner, segment, sealed FROM seed WHERE tenant = ? AND owner >= ? AND owner < ? ORDER BY owner, segment",
    )?;
    let mut sketches = snapshot.prepare_cached(
        "SELECT owner, item, sealed FROM sketch WHERE tenant = ? AND owner >= ? AND owner < ? ORDER BY owner, item",
    )?;
    let mut seeds = ByOwner::new(seeds.query(range)?, seed_row)?;
    let mut sketches = ByOwner::new(sketches.query(range)?, sketch_row)?;
    let mut descent = Descent::new(&snapshot, tenant, row.top)?;
    let mut conversations = conversations.query(range)?;
    while let Some(row) = conversations.next()? {
        let conversation = conversation_row(row)?;
        let go_on = each(Sketched {
            path: descent.to(conversation.node)?,
            seeds: seeds.take(conversation.node)?,
            sketches: sketches.take(conversation.node)?,
            conversation,
        });
        if !go_on {
            break;
        }
    }
    Ok(row.revision)
}

/// Ranges of nodes that end where a conversation begins, the first and the last of them open to their side.
pub(super) fn shares(
    connection: &Connection,
    tenant: TenantNumber,
    parts: usize,
) -> Result<Vec<Range<NodeId>>, StoreError> {
    let snapshot = connection.unchecked_transaction()?;
    let count = "SELECT count(*) FROM conversation WHERE tenant = ?";
    let count: i64 = snapshot.query_row(count, [tenant.0], |row| row.get(0))?;
    let size = unsigned(count).div_ceil(parts as u64).max(1);
    let mut next = snapshot.prepare_cached(
        "SELECT node FROM conversation WHERE tenant = ? AND node >= ? ORDER BY node LIMIT 1 OFFSET ?",
    )?;
    let mut starts = vec![0];
    for _ in 1..unsigned(count).div_ceil(size) {
        let place = params![tenant.0, starts.last(), signed(size)];
        starts.push(next.query_row(place, |row| row.get(0))?);
    }
    let ends = starts.iter().skip(1).copied().chain([i64::MAX]);
    let node = |id| NodeId(unsigned(id));
    let shares = starts.iter().zip(ends);
    Ok(shares.map(|(start, end)| node(*start)..node(end)).collect())
}

/// The rows of one table, whose first column is their owner and which come in the order of it, taken owner by owner.
struct ByOwner<'statement, T> {
    rows: Rows<'statement>,
    read: fn(&Row<'_>) -> Result<T, StoreError>,
    next: Option<(NodeId, T)>,
}

impl<'statement, T> ByOwner<'statement, T> {
    fn new(
        rows: Rows<'statement>,
        read: fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Self, StoreError> {
        let next = None;
        let mut walk = Self { rows, read, next };
        walk.advance()?;
        Ok(walk)
    }

    /// All rows of `owner`. Those of owners before it are passed over: guests have seeds too.
    fn take(&mut self, owner: NodeId) -> Result<Vec<T>, StoreError> {
        let mut taken = Vec::new();
        while let Some((of, row)) = self.next.take_if(|(of, _)| *of <= owner) {
            if of == owner {
                taken.push(row);
            }
            self.advance()?;
        }
        Ok(taken)
    }

    fn advance(&mut self) -> Result<(), StoreError> {
        self.next = match self.rows.next()? {
            Some(row) => Some((NodeId(unsigned(row.get(0)?)), (self.read)(row)?)),
            None => None,
        };
        Ok(())
    }
}

/// Where in the key tree the walk stands: the nodes from the top down to the last conversation.
struct Descent<'connection> {
    tenant: TenantNumber,
    by_id: CachedStatement<'connection>,
    stands_on: Vec<NodeId>,
}

impl<'connection> Descent<'connection> {
    fn new(
        connection: &'connection Connection,
        tenant: TenantNumber,
        top: NodeId,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            tenant,
            by_id: connection.prepare_cached(
                "SELECT parent, slot, id, kind, key_version, wrap FROM node WHERE tenant = ? AND id = ?",
            )?,
            stands_on: vec![top],
        })
    }

    /// Goes to another node. The rows that lead there from the lowest node that both ways share, from above.
    fn to(&mut self, node: NodeId) -> Result<Vec<NodeRow>, StoreError> {
        let mut climbed = Vec::new();
        let mut at = node;
        let shared = loop {
            if let Some(depth) = self.stands_on.iter().rposition(|held| *held == at) {
                break depth;
            }
            let row = self.row(at)?;
            at = row.parent;
            climbed.push(row);
            read::check_depth(&climbed)?;
        };
        climbed.reverse();
        self.stands_on.truncate(shared + 1);
        self.stands_on.extend(climbed.iter().map(|row| row.id));
        Ok(climbed)
    }

    fn row(&mut self, node: NodeId) -> Result<NodeRow, StoreError> {
        let mut found = self.by_id.query(params![self.tenant.0, signed(node.0)])?;
        let row = found.next()?.map(node_row).transpose()?;
        row.ok_or_else(|| StoreError::Damaged("a conversation has no key".to_owned()))
    }
}
