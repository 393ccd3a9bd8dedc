//! Cases and step 3 of a rotation: rows dropped, seeds punctured, keys renewed, in one transaction.

mod measure;
mod versions;

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use wuhen_keytree::context::{ItemKind, NodeId};
use wuhen_keytree::rotation::{self, Affected, Plan};

use super::{
    ItemInsert, OWN_ROWS, insert_control_item, insert_node, insert_seed, ledger, note_changes,
    read, register, signed, unsigned,
};
use crate::{
    BeginErasure, CaseRow, CaseState, LedgerAppend, NewCase, Rotated, Rotation, StoreError,
    TenantNumber, TenantRow,
};

pub(super) use measure::{measure, residue};
use versions::{add_blobs, check_expected, reopen};

/// `dropped.item` where a whole node went.
pub(super) const WHOLE_NODE: i64 = -1;

pub(super) fn begin(
    connection: &Connection,
    tenant: TenantNumber,
    begin: &BeginErasure,
) -> Result<(), StoreError> {
    let claimed = connection.execute(
        "UPDATE tenant SET next_kid = ? WHERE tenant = ? AND next_kid IS NULL",
        params![begin.next_kid, tenant.0],
    )?;
    if claimed != 1 {
        return Err(StoreError::Conflict("another rotation is under way"));
    }
    insert_case(connection, tenant, &begin.case)?;
    ledger::append(connection, tenant, &begin.intent)?;
    // What a request froze before is frozen for its own erasure only.
    let mut freeze = connection.prepare_cached(
        "UPDATE conversation SET open = 0 WHERE tenant = ?1 AND node = ?2 AND (open OR EXISTS
         (SELECT 1 FROM flag WHERE flag.tenant = ?1 AND flag.node IN (?2, conversation.guest) AND flag.kind = 'frozen'
          AND flag.register = ?3))",
    )?;
    let request = begin.request.map_or(-1, |node| signed(node.0));
    for node in &begin.freeze {
        if freeze.execute(params![tenant.0, signed(node.0), request])? != 1 {
            return Err(StoreError::Conflict(
                "a conversation is being erased already",
            ));
        }
    }
    note_changes(connection, tenant, begin.freeze.iter().copied())?;
    Ok(())
}

pub(super) fn record_case(
    connection: &Connection,
    tenant: TenantNumber,
    case: &NewCase,
    entry: &LedgerAppend,
) -> Result<(), StoreError> {
    insert_case(connection, tenant, case)?;
    ledger::append(connection, tenant, entry)
}

fn insert_case(
    connection: &Connection,
    tenant: TenantNumber,
    new: &NewCase,
) -> Result<(), StoreError> {
    let CaseRow {
        node,
        ordinal,
        state,
        intent,
        old_kid,
        new_kid,
    } = &new.case;
    let taken = connection.execute(
        "UPDATE tenant SET next_case = next_case + 1, next_node = next_node + ? WHERE tenant = ? AND next_case = ?
         AND next_node = ?",
        params![
            signed(new.nodes.len() as u64),
            tenant.0,
            ordinal,
            signed(new.nodes.iter().map(|node| node.id.0).min().unwrap_or(node.0))
        ],
    )?;
    if taken != 1 {
        return Err(StoreError::Conflict("another case was opened"));
    }
    for row in &new.nodes {
        insert_node(connection, tenant, row)?;
    }
    insert_seed(connection, tenant, &new.seed)?;
    for item in &new.items {
        insert_control_item(connection, tenant, item)?;
    }
    connection.execute(
        "INSERT INTO case_state (tenant, node, ordinal, state, intent, old_kid, new_kid) VALUES (?, ?, ?, ?, ?, ?, ?)",
        params![tenant.0, signed(node.0), ordinal, state.as_str(), intent.map(signed), old_kid, new_kid],
    )?;
    let parents = new.nodes.iter().map(|row| row.parent);
    note_changes(connection, tenant, parents.chain([*node]))?;
    Ok(())
}

pub(super) fn set_state(
    connection: &Connection,
    tenant: TenantNumber,
    case: NodeId,
    state: CaseState,
) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE case_state SET state = ? WHERE tenant = ? AND node = ?",
        params![state.as_str(), tenant.0, signed(case.0)],
    )?;
    note_changes(connection, tenant, [case])?;
    Ok(())
}

pub(super) fn append_entry(
    connection: &Connection,
    tenant: TenantNumber,
    entry: &LedgerAppend,
    state: CaseState,
    rotation_ends: bool,
) -> Result<(), StoreError> {
    ledger::append(connection, tenant, entry)?;
    if rotation_ends {
        connection.execute(
            "UPDATE tenant SET next_kid = NULL WHERE tenant = ?",
            [tenant.0],
        )?;
    }
    set_state(connection, tenant, entry.body.owner, state)
}

pub(super) fn abandon(
    connection: &Connection,
    tenant: TenantNumber,
    case: Option<NodeId>,
    refused: Option<&LedgerAppend>,
) -> Result<(), StoreError> {
    let given_up = connection.execute(
        "UPDATE tenant SET next_kid = NULL WHERE tenant = ? AND next_kid <> root_kid",
        [tenant.0],
    )?;
    if given_up != 1 {
        return Err(StoreError::Conflict("the new root is in force already"));
    }
    let closed = read::all(
        connection,
        "UPDATE conversation SET open = 1 WHERE tenant = ? AND NOT open AND NOT EXISTS
         (SELECT 1 FROM flag WHERE flag.tenant = conversation.tenant AND flag.kind = 'frozen' AND flag.item = -1
          AND flag.node IN (conversation.node, conversation.guest)) RETURNING node",
        [tenant.0],
        |row| Ok(NodeId(unsigned(row.get(0)?))),
    )?;
    note_changes(connection, tenant, closed)?;
    if let Some(entry) = refused {
        ledger::append(connection, tenant, entry)?;
    }
    if let Some(case) = case {
        set_state(connection, tenant, case, CaseState::Abandoned)?;
    }
    Ok(())
}

/// Step 3.
pub(super) fn rotate(
    connection: &Connection,
    tenant: TenantNumber,
    rotation: &mut Rotation<'_>,
) -> Result<Rotated, StoreError> {
    let row = read::tenant(connection, tenant)?;
    if row.next_kid.as_deref() != Some(rotation.next_kid) {
        return Err(StoreError::Conflict("the next root is another one"));
    }
    check_expected(connection, tenant, rotation)?;
    register::refuse_held(connection, tenant, rotation)?;
    let renewed = renewed_nodes(connection, tenant, &row, rotation)?;
    drop_rows(connection, tenant, rotation)?;
    let affected = affected(connection, tenant, &row, &renewed, rotation)?;
    let mut replacements = Vec::new();
    let plan = rotation::plan(
        row.id,
        rotation.old_top,
        rotation.new_top,
        &affected,
        &mut |owner, frontiers| {
            replacements.push((owner, (rotation.appends)(owner, frontiers)?));
            Ok(())
        },
        rotation.fill,
    )?;
    apply(connection, tenant, &affected, &plan)?;
    let mut insert = ItemInsert::prepare(connection)?;
    for (owner, items) in &replacements {
        for item in items {
            insert.insert(tenant, *owner, item)?;
        }
        reopen(connection, tenant, *owner, items)?;
    }
    add_blobs(connection, tenant, rotation.blobs)?;
    connection.execute(
        "UPDATE tenant SET epoch = epoch + 1, root_kid = next_kid, top_key_version = ?, top_wrap = ? WHERE tenant = ?",
        params![signed(plan.top_key_version), rotation.new_top_wrap, tenant.0],
    )?;
    set_state(connection, tenant, rotation.case, CaseState::Rotated)?;
    note_changes(connection, tenant, renewed.iter().copied().chain([row.top]))?;
    Ok(Rotated {
        epoch: row.epoch + 1,
        rewraps: plan.rewraps,
    })
}

/// Ancestors of what goes, and owners of what is punctured with theirs: all that gets a new key, but the top.
fn renewed_nodes(
    connection: &Connection,
    tenant: TenantNumber,
    row: &TenantRow,
    rotation: &Rotation<'_>,
) -> Result<BTreeSet<NodeId>, StoreError> {
    let mut parent_of =
        connection.prepare_cached("SELECT parent FROM node WHERE tenant = ? AND id = ?")?;
    let mut renewed = BTreeSet::new();
    let starts = rotation.drops.iter().map(|node| (*node, false));
    for (start, itself) in starts.chain(rotation.punctures.keys().map(|node| (*node, true))) {
        let mut node = start;
        if itself {
            renewed.insert(node);
        }
        loop {
            let parent: i64 =
                match parent_of.query_row(params![tenant.0, signed(node.0)], |row| row.get(0)) {
                    Err(rusqlite::Error::QueryReturnedNoRows) => {
                        return Err(StoreError::Conflict(
                            "what was to be erased is gone already",
                        ));
                    }
                    parent => parent?,
                };
            node = NodeId(unsigned(parent));
            if node == row.top || !renewed.insert(node) {
                break;
            }
        }
    }
    for node in rotation.drops {
        renewed.remove(node);
    }
    Ok(renewed)
}

/// Deletes what goes.
fn drop_rows(
    connection: &Connection,
    tenant: TenantNumber,
    rotation: &Rotation<'_>,
) -> Result<(), StoreError> {
    let revision: i64 = super::revision_of(connection, tenant)? + 1;
    let mut dropped = connection.prepare_cached(
        "INSERT OR REPLACE INTO dropped (tenant, node, item, revision) VALUES (?, ?, ?, ?)",
    )?;
    for node in rotation.drops {
        for below in subtree(connection, tenant, *node)? {
            dropped.execute(params![tenant.0, signed(below.0), WHOLE_NODE, revision])?;
            drop_node(connection, tenant, below, rotation.case, revision)?;
        }
    }
    for (owner, items) in rotation.punctures {
        for item in items {
            dropped.execute(params![tenant.0, signed(owner.0), item, revision])?;
            drop_item(connection, tenant, (*owner, *item), rotation, revision)?;
        }
    }
    Ok(())
}

/// A node and all below it.
pub(super) fn subtree(
    connection: &Connection,
    tenant: TenantNumber,
    node: NodeId,
) -> Result<Vec<NodeId>, StoreError> {
    // CROSS JOIN fixes the order of the loops: the planner would walk all nodes of the tenant at each level.
    let sql = "WITH RECURSIVE below (id) AS (VALUES (?2) UNION ALL
               SELECT node.id FROM below CROSS JOIN node ON node.tenant = ?1 AND node.parent = below.id)
               SELECT id FROM below";
    read::all(connection, sql, params![tenant.0, signed(node.0)], |row| {
        Ok(NodeId(unsigned(row.get(0)?)))
    })
}

fn drop_node(
    connection: &Connection,
    tenant: TenantNumber,
    node: NodeId,
    case: NodeId,
    revision: i64,
) -> Result<(), StoreError> {
    for table in ["guest", "conversation"] {
        let sql = format!(
            "INSERT OR IGNORE INTO suppression (tenant, source_tag, revision)
             SELECT tenant, source_tag, ?3 FROM {table} WHERE tenant = ?1 AND node = ?2"
        );
        execute(
            connection,
            &sql,
            params![tenant.0, signed(node.0), revision],
        )?;
    }
    execute(
        connection,
        "INSERT INTO blob_removal (tenant, name, case_node) SELECT tenant, name, ?3 FROM blob
         WHERE tenant = ?1 AND owner = ?2",
        params![tenant.0, signed(node.0), signed(case.0)],
    )?;
    for (table, column) in OWN_ROWS.into_iter().chain([("changed", "node")]) {
        let sql = format!("DELETE FROM {table} WHERE tenant = ? AND {column} = ?");
        execute(connection, &sql, params![tenant.0, signed(node.0)])?;
    }
    Ok(())
}

fn drop_item(
    connection: &Connection,
    tenant: TenantNumber,
    (owner, item): (NodeId, u32),
    rotation: &Rotation<'_>,
    revision: i64,
) -> Result<(), StoreError> {
    let key = params![tenant.0, signed(owner.0), item];
    execute(
        connection,
        "INSERT INTO blob_removal (tenant, name, case_node) SELECT tenant, name, ?4 FROM blob
         WHERE tenant = ?1 AND owner = ?2 AND item = ?3",
        params![tenant.0, signed(owner.0), item, signed(rotation.case.0)],
    )?;
    execute(
        connection,
        "DELETE FROM blob WHERE tenant = ? AND owner = ? AND item = ?",
        key,
    )?;
    if !rotation.redacts {
        execute(
            connection,
            "INSERT OR IGNORE INTO suppression (tenant, source_tag, revision)
             SELECT item.tenant, CAST(conversation.source_tag || item.source_tag AS BLOB), ?4
             FROM item JOIN conversation ON conversation.tenant = item.tenant AND conversation.node = item.owner
             WHERE item.tenant = ?1 AND item.owner = ?2 AND item.item = ?3 AND item.source_tag IS NOT NULL",
            params![tenant.0, signed(owner.0), item, revision],
        )?;
    }
    execute(
        connection,
        "DELETE FROM sketch WHERE tenant = ? AND owner = ? AND item = ?",
        key,
    )?;
    if !rotation.redacts {
        register::drop_flags(connection, tenant, (owner, item), revision)?;
    }
    let delete = "DELETE FROM item WHERE tenant = ? AND owner = ? AND item = ? RETURNING kind";
    let column = match read::one(connection, delete, key, |row| super::item_kind(row.get(0)?))? {
        Some(ItemKind::Message) => "messages",
        Some(ItemKind::Attachment) => "attachments",
        _ => return Ok(()),
    };
    let sql =
        format!("UPDATE conversation SET {column} = {column} - 1 WHERE tenant = ? AND node = ?");
    execute(connection, &sql, params![tenant.0, signed(owner.0)])?;
    Ok(())
}

fn affected(
    connection: &Connection,
    tenant: TenantNumber,
    row: &TenantRow,
    renewed: &BTreeSet<NodeId>,
    rotation: &Rotation<'_>,
) -> Result<Affected, StoreError> {
    let mut children = read::children(connection, tenant, row.top)?;
    let mut seeds = Vec::new();
    for node in renewed {
        children.extend(read::children(connection, tenant, *node)?);
        seeds.extend(read::seeds(connection, tenant, *node)?);
    }
    Ok(Affected {
        top: row.top,
        top_key_version: row.top_key_version,
        renewed: renewed.clone(),
        children,
        seeds,
        punctures: rotation.punctures.clone(),
    })
}

fn apply(
    connection: &Connection,
    tenant: TenantNumber,
    affected: &Affected,
    plan: &Plan,
) -> Result<(), StoreError> {
    let places: BTreeMap<NodeId, (NodeId, u32)> = affected
        .children
        .iter()
        .map(|row| (row.id, (row.parent, row.slot)))
        .collect();
    let mut rewrap = connection.prepare_cached(
        "UPDATE node SET key_version = ?, wrap = ? WHERE tenant = ? AND parent = ? AND slot = ?",
    )?;
    for renewal in &plan.nodes {
        let (parent, slot) = places
            .get(&renewal.id)
            .expect("a plan renews only what it was given");
        rewrap.execute(params![
            signed(renewal.key_version),
            renewal.wrap,
            tenant.0,
            signed(parent.0),
            slot
        ])?;
    }
    for seed in &plan.seeds {
        insert_seed(connection, tenant, seed)?;
    }
    Ok(())
}

fn execute(
    connection: &Connection,
    sql: &str,
    parameters: impl rusqlite::Params,
) -> Result<u64, StoreError> {
    Ok(connection.prepare_cached(sql)?.execute(parameters)? as u64)
}
