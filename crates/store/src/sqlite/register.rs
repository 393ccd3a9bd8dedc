//! The register's rows: entries, flags, jobs. One change is one transaction.

use rusqlite::{Connection, Row, params};
use wuhen_keytree::context::NodeId;
use wuhen_keytree::rotation::SeedRow;

use super::erase::{WHOLE_NODE, subtree};
use super::{
    insert_control_item, insert_node, insert_seed, ledger, note_changes, read, signed, unsigned,
};
use crate::{
    Flag, FlagRow, FlagsOf, JobRow, Lease, NewJob, NewRegister, RegisterKind, RegisterRow,
    RegisterWrite, Rotation, StateMove, StoreError, TenantNumber,
};

pub(super) fn write(
    connection: &Connection,
    tenant: TenantNumber,
    write: &RegisterWrite,
) -> Result<(), StoreError> {
    let mut changed: Vec<NodeId> = Vec::new();
    for new in &write.opens {
        open(connection, tenant, new)?;
        changed.push(new.row.node);
        changed.extend(new.nodes.iter().map(|row| row.parent));
    }
    check_epoch(connection, tenant, write)?;
    for seed in &write.seeds {
        begin_segment(connection, tenant, seed)?;
        changed.push(seed.owner);
    }
    for item in &write.items {
        add_item(connection, tenant, item)?;
        changed.push(item.owner);
    }
    for change in &write.moves {
        change_state(connection, tenant, change)?;
        changed.push(change.node);
    }
    changed.extend(write_flags(connection, tenant, write)?);
    changed.extend(close_and_reopen(connection, tenant, write)?);
    changed.extend(write_jobs(connection, tenant, write)?);
    if let Some(entry) = &write.entry {
        ledger::append(connection, tenant, entry)?;
        changed.push(entry.body.owner);
    }
    note_changes(connection, tenant, changed)?;
    Ok(())
}

fn open(
    connection: &Connection,
    tenant: TenantNumber,
    new: &NewRegister,
) -> Result<(), StoreError> {
    let RegisterRow {
        node,
        kind,
        ordinal,
        state,
    } = &new.row;
    let counter = match kind {
        RegisterKind::Staff => "next_staff",
        _ => "next_case",
    };
    let first = new.nodes.iter().map(|row| row.id.0).min();
    let taken = connection.execute(
        &format!(
            "UPDATE tenant SET {counter} = {counter} + 1, next_node = next_node + ? WHERE tenant = ? AND {counter} = ?
             AND next_node = ?"
        ),
        params![
            signed(new.nodes.len() as u64),
            tenant.0,
            ordinal,
            signed(first.unwrap_or(node.0))
        ],
    )?;
    if taken != 1 {
        return Err(StoreError::Conflict("another entry was opened"));
    }
    for row in &new.nodes {
        insert_node(connection, tenant, row)?;
    }
    insert_seed(connection, tenant, &new.seed)?;
    for item in &new.items {
        insert_control_item(connection, tenant, item)?;
    }
    connection.execute(
        "INSERT INTO register (tenant, node, kind, ordinal, state) VALUES (?, ?, ?, ?, ?)",
        params![tenant.0, signed(node.0), kind.as_str(), ordinal, state],
    )?;
    Ok(())
}

fn check_epoch(
    connection: &Connection,
    tenant: TenantNumber,
    write: &RegisterWrite,
) -> Result<(), StoreError> {
    match write.epoch {
        Some(epoch) if read::tenant(connection, tenant)?.epoch != epoch => {
            Err(StoreError::Conflict("an erasure renewed the keys"))
        }
        _ => Ok(()),
    }
}

fn begin_segment(
    connection: &Connection,
    tenant: TenantNumber,
    seed: &SeedRow,
) -> Result<(), StoreError> {
    if read::seed(connection, tenant, seed.owner, seed.segment)?.is_some() {
        return Err(StoreError::Conflict("somebody else began this segment"));
    }
    insert_seed(connection, tenant, seed)
}

fn add_item(
    connection: &Connection,
    tenant: TenantNumber,
    item: &crate::ControlItemRow,
) -> Result<(), StoreError> {
    let taken: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM control_item WHERE tenant = ? AND owner = ? AND item = ?)",
        params![tenant.0, signed(item.owner.0), item.item],
        |row| row.get(0),
    )?;
    if taken {
        return Err(StoreError::Conflict("somebody else wrote on this entry"));
    }
    insert_control_item(connection, tenant, item)
}

fn change_state(
    connection: &Connection,
    tenant: TenantNumber,
    change: &StateMove,
) -> Result<(), StoreError> {
    let moved = connection.execute(
        "UPDATE register SET state = ? WHERE tenant = ? AND node = ? AND state = ?",
        params![change.to, tenant.0, signed(change.node.0), change.from],
    )?;
    if moved == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict("an entry is in another state"))
    }
}

fn write_flags(
    connection: &Connection,
    tenant: TenantNumber,
    write: &RegisterWrite,
) -> Result<Vec<NodeId>, StoreError> {
    let mut changed = Vec::new();
    let mut say = connection.prepare_cached(
        "INSERT OR IGNORE INTO flag (tenant, node, item, kind, register) VALUES (?, ?, ?, ?, ?)",
    )?;
    for flag in &write.flags {
        say.execute(params![
            tenant.0,
            signed(flag.node.0),
            place(flag.item),
            flag.flag.as_str(),
            signed(flag.register.0)
        ])?;
        changed.push(flag.register);
    }
    let mut lift = connection
        .prepare_cached("DELETE FROM flag WHERE tenant = ? AND register = ? AND kind = ?")?;
    for (register, flag) in &write.lifts {
        lift.execute(params![tenant.0, signed(register.0), flag.as_str()])?;
        changed.push(*register);
    }
    let mut unsay = connection.prepare_cached(
        "DELETE FROM flag WHERE tenant = ? AND node = ? AND item = ? AND kind = ? AND register = ?",
    )?;
    for flag in &write.unsaid {
        unsay.execute(params![
            tenant.0,
            signed(flag.node.0),
            place(flag.item),
            flag.flag.as_str(),
            signed(flag.register.0)
        ])?;
        changed.push(flag.register);
    }
    Ok(changed)
}

fn close_and_reopen(
    connection: &Connection,
    tenant: TenantNumber,
    write: &RegisterWrite,
) -> Result<Vec<NodeId>, StoreError> {
    let mut close = connection.prepare_cached(
        "UPDATE conversation SET open = 0 WHERE tenant = ? AND node = ? AND open",
    )?;
    for node in &write.closes {
        if close.execute(params![tenant.0, signed(node.0)])? != 1 {
            return Err(StoreError::Conflict(
                "a conversation is being erased already",
            ));
        }
    }
    let mut reopen = connection.prepare_cached(
        "UPDATE conversation SET open = 1 WHERE tenant = ?1 AND node = ?2 AND NOT EXISTS
         (SELECT 1 FROM flag WHERE flag.tenant = ?1 AND flag.kind = 'frozen' AND flag.item = -1
          AND flag.node IN (?2, conversation.guest))",
    )?;
    for node in &write.reopens {
        reopen.execute(params![tenant.0, signed(node.0)])?;
    }
    Ok(write.closes.iter().chain(&write.reopens).copied().collect())
}

fn write_jobs(
    connection: &Connection,
    tenant: TenantNumber,
    write: &RegisterWrite,
) -> Result<Vec<NodeId>, StoreError> {
    let mut add = connection.prepare_cached(
        "INSERT INTO job (tenant, kind, node, due_at, lease_until, lease_by, attempts) VALUES (?, ?, ?, ?, 0, 0, 0)
         ON CONFLICT (tenant, kind, node) DO UPDATE SET due_at = excluded.due_at, attempts = 0",
    )?;
    for job in &write.jobs {
        add.execute(params![tenant.0, job.kind, signed(job.node.0), job.due_at])?;
    }
    let mut end =
        connection.prepare_cached("DELETE FROM job WHERE tenant = ? AND kind = ? AND node = ?")?;
    for (kind, node) in &write.ended_jobs {
        end.execute(params![tenant.0, kind, signed(node.0)])?;
    }
    let new = write.jobs.iter().map(|job| job.node);
    Ok(new
        .chain(write.ended_jobs.iter().map(|(_, node)| *node))
        .collect())
}

pub(super) fn registered(
    connection: &Connection,
    tenant: TenantNumber,
    kind: RegisterKind,
) -> Result<Vec<RegisterRow>, StoreError> {
    let sql =
        "SELECT node, ordinal, state FROM register WHERE tenant = ? AND kind = ? ORDER BY node";
    read::all(connection, sql, params![tenant.0, kind.as_str()], |row| {
        Ok(RegisterRow {
            node: NodeId(unsigned(row.get(0)?)),
            kind,
            ordinal: row.get(1)?,
            state: row.get(2)?,
        })
    })
}

pub(super) fn flags(
    connection: &Connection,
    tenant: TenantNumber,
    about: FlagsOf,
) -> Result<Vec<FlagRow>, StoreError> {
    let select = "SELECT node, item, kind, register FROM flag WHERE tenant = ?1";
    match about {
        FlagsOf::All => read::all(connection, select, [tenant.0], flag_row),
        FlagsOf::Kind(flag) => {
            let sql = format!("{select} AND kind = ?2");
            read::all(connection, &sql, params![tenant.0, flag.as_str()], flag_row)
        }
        FlagsOf::Node(node) => {
            let sql = format!("{select} AND node = ?2");
            read::all(
                connection,
                &sql,
                params![tenant.0, signed(node.0)],
                flag_row,
            )
        }
        FlagsOf::Register(node) => {
            let sql = format!("{select} AND register = ?2");
            read::all(
                connection,
                &sql,
                params![tenant.0, signed(node.0)],
                flag_row,
            )
        }
    }
}

fn flag_row(row: &Row<'_>) -> Result<FlagRow, StoreError> {
    let word: String = row.get(2)?;
    Ok(FlagRow {
        node: NodeId(unsigned(row.get(0)?)),
        item: u32::try_from(row.get::<_, i64>(1)?).ok(),
        flag: Flag::parse(&word)
            .ok_or_else(|| StoreError::Damaged("a flag is of a kind not known".to_owned()))?,
        register: NodeId(unsigned(row.get(3)?)),
    })
}

const JOB: &str = "kind, node, due_at, lease_until, lease_by, attempts";

pub(super) fn jobs(
    connection: &Connection,
    tenant: TenantNumber,
) -> Result<Vec<JobRow>, StoreError> {
    let sql = format!("SELECT {JOB} FROM job WHERE tenant = ? ORDER BY due_at, kind, node");
    read::all(connection, &sql, [tenant.0], job_row)
}

pub(super) fn take_job(
    connection: &Connection,
    tenant: TenantNumber,
    now: i64,
    lease: Lease,
) -> Result<Option<JobRow>, StoreError> {
    let sql = format!(
        "UPDATE job SET lease_until = ?3, lease_by = ?4 WHERE tenant = ?1 AND (kind, node) =
         (SELECT kind, node FROM job WHERE tenant = ?1 AND due_at <= ?2 AND lease_until <= ?2
          ORDER BY due_at, kind, node LIMIT 1) RETURNING {JOB}"
    );
    let by = lease_name(lease.by);
    read::one(
        connection,
        &sql,
        params![tenant.0, now, lease.until, by],
        job_row,
    )
}

pub(super) fn finish_job(
    connection: &Connection,
    tenant: TenantNumber,
    job: &JobRow,
    next_due: Option<i64>,
    failed: bool,
) -> Result<bool, StoreError> {
    let NewJob { kind, node, due_at } = &job.job;
    let by = lease_name(job.lease.by);
    let key = params![tenant.0, kind, signed(node.0), by];
    let is = "WHERE tenant = ?1 AND kind = ?2 AND node = ?3 AND lease_by = ?4";
    let held: Option<(i64, i64)> = read::one(
        connection,
        "SELECT due_at, lease_by FROM job WHERE tenant = ? AND kind = ? AND node = ?",
        params![tenant.0, kind, signed(node.0)],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let wanted = match held {
        // Its own work has ended it.
        None => return Ok(true),
        Some((_, holder)) if holder != by => return Ok(false),
        Some((wanted, _)) => wanted,
    };
    let attempts = if failed { job.attempts + 1 } else { 0 };
    match next_due {
        // What its own work has asked for meanwhile is kept.
        _ if wanted != *due_at => {
            connection.execute(
                &format!("UPDATE job SET lease_until = 0, lease_by = 0 {is}"),
                key,
            )?;
        }
        Some(next) => {
            connection.execute(
                &format!(
                    "UPDATE job SET due_at = ?5, lease_until = 0, lease_by = 0, attempts = ?6 {is}"
                ),
                params![tenant.0, kind, signed(node.0), by, next, attempts],
            )?;
        }
        None => {
            connection.execute(&format!("DELETE FROM job {is}"), key)?;
        }
    }
    note_changes(connection, tenant, [*node])?;
    Ok(true)
}

/// Names of leases are random bits; SQLite's integers are signed.
fn lease_name(by: u64) -> i64 {
    signed(by >> 1)
}

fn job_row(row: &Row<'_>) -> Result<JobRow, StoreError> {
    Ok(JobRow {
        job: NewJob {
            kind: row.get(0)?,
            node: NodeId(unsigned(row.get(1)?)),
            due_at: row.get(2)?,
        },
        lease: Lease {
            until: row.get(3)?,
            by: unsigned(row.get::<_, i64>(4)?) << 1,
        },
        attempts: row.get(5)?,
    })
}

fn place(item: Option<u32>) -> i64 {
    item.map_or(WHOLE_NODE, i64::from)
}

/// Step 3 takes nothing that a legal hold covers: one that was placed while the batch was being prepared stops it here.
pub(super) fn refuse_held(
    connection: &Connection,
    tenant: TenantNumber,
    rotation: &Rotation<'_>,
) -> Result<(), StoreError> {
    let holds = flags(connection, tenant, FlagsOf::Kind(Flag::Hold))?;
    if holds.is_empty() {
        return Ok(());
    }
    let is_held = |node: NodeId| {
        holds
            .iter()
            .any(|flag| flag.node == node && flag.item.is_none())
    };
    for drop in rotation.drops {
        let below = subtree(connection, tenant, *drop)?;
        let any = |node: &NodeId| holds.iter().any(|flag| flag.node == *node);
        if below.iter().any(any) || held_above(connection, tenant, *drop, &is_held)? {
            return Err(StoreError::Held);
        }
    }
    for (owner, items) in rotation.punctures {
        let places = read::places(connection, tenant, *owner, items)?;
        let any = |flag: &FlagRow| {
            flag.node == *owner && flag.item.is_none_or(|item| places.contains(&item))
        };
        if holds.iter().any(any) || held_above(connection, tenant, *owner, &is_held)? {
            return Err(StoreError::Held);
        }
    }
    Ok(())
}

fn held_above(
    connection: &Connection,
    tenant: TenantNumber,
    node: NodeId,
    is_held: &dyn Fn(NodeId) -> bool,
) -> Result<bool, StoreError> {
    let path = read::path(connection, tenant, node)?;
    Ok(path.iter().any(|row| row.id != node && is_held(row.id)))
}

/// What is said of a place goes with it: a repository learns so from the entries that said it.
pub(super) fn drop_flags(
    connection: &Connection,
    tenant: TenantNumber,
    (owner, item): (NodeId, u32),
    revision: i64,
) -> Result<(), StoreError> {
    let is = "tenant = ?1 AND node = ?2 AND item =
              coalesce((SELECT replaces FROM item WHERE tenant = ?1 AND owner = ?2 AND item = ?3), ?3)";
    let note = format!(
        "INSERT INTO changed (tenant, node, revision) SELECT DISTINCT tenant, register, ?4 FROM flag WHERE {is}
         ON CONFLICT (tenant, node) DO UPDATE SET revision = excluded.revision"
    );
    connection.prepare_cached(&note)?.execute(params![
        tenant.0,
        signed(owner.0),
        item,
        revision
    ])?;
    connection
        .prepare_cached(&format!("DELETE FROM flag WHERE {is}"))?
        .execute(params![tenant.0, signed(owner.0), item])?;
    Ok(())
}
