//! The first write of a restored store to the repository that it came from. Until then the repository is as it was, so
//! that a restore can be tried beside the store that it was made from.

use std::path::Path;

use rusqlite::{Connection, params};

use super::{HANGING, copy_control, in_transaction, mirrored_revision, trouble, with_mirror};
use crate::sqlite::{read, signed, unsigned};
use crate::{RepositoryProblem, RepositoryRow, StoreError, TenantNumber};

/// What a restored store remembers of where it came from.
struct Origin {
    snapshot: u64,
    revision: u64,
    name: String,
}

/// Makes a repository the restored store's own: later snapshots and content that the store does not have go, so that
/// nothing survives there that the store knows nothing of.
pub(super) fn adopt_if_restored(
    connection: &Connection,
    tenant: TenantNumber,
    repository: &RepositoryRow,
    now: i64,
) -> Result<(), StoreError> {
    let sql = "SELECT adopt_snapshot, adopt_revision, adopt_name FROM repository
               WHERE tenant = ? AND id = ? AND adopt_name IS NOT NULL";
    let origin = read::one(connection, sql, params![tenant.0, repository.id], |row| {
        Ok(Origin {
            snapshot: unsigned(row.get(0)?),
            revision: unsigned(row.get(1)?),
            name: row.get(2)?,
        })
    })?;
    let Some(origin) = origin else { return Ok(()) };
    let folder = Path::new(&repository.folder);
    with_mirror(connection, folder, |connection| {
        let (revision, adopted_by) = connection.query_row(
            "SELECT revision, adopted_by FROM mirror.mirror",
            [],
            |row| Ok((unsigned(row.get(0)?), row.get::<_, Option<String>>(1)?)),
        )?;
        if adopted_by.as_deref() == Some(origin.name.as_str()) {
            // A crash came between the two databases' transactions.
            return Ok(());
        }
        if revision != origin.revision {
            return Err(trouble(folder, RepositoryProblem::TakenOver));
        }
        in_transaction(connection, |connection| {
            adopt(connection, tenant, &origin, now)
        })
    })?;
    connection.execute(
        "UPDATE repository SET adopt_snapshot = NULL, adopt_revision = NULL, adopt_name = NULL
         WHERE tenant = ? AND id = ?",
        params![tenant.0, repository.id],
    )?;
    Ok(())
}

fn adopt(
    connection: &Connection,
    tenant: TenantNumber,
    origin: &Origin,
    now: i64,
) -> Result<(), StoreError> {
    let absent = |table: &str| {
        format!(
            "NOT EXISTS (SELECT 1 FROM main.{table} AS own WHERE own.tenant = copy.tenant
             AND own.owner = copy.owner AND own.item = copy.item)"
        )
    };
    connection.execute(
        &format!(
            "INSERT OR IGNORE INTO mirror.blob_removal (tenant, name, case_node)
             SELECT tenant, name, 0 FROM mirror.blob AS copy WHERE {}",
            absent("blob")
        ),
        [],
    )?;
    for table in ["item", "sketch", "blob"] {
        connection.execute(
            &format!("DELETE FROM mirror.{table} AS copy WHERE {}", absent(table)),
            [],
        )?;
    }
    for (table, _) in HANGING {
        connection.execute(&format!("DELETE FROM mirror.{table}"), [])?;
        connection.execute(
            &format!("INSERT INTO mirror.{table} SELECT * FROM main.{table}"),
            [],
        )?;
    }
    connection.execute(
        "DELETE FROM mirror.snapshot WHERE number > ?",
        [signed(origin.snapshot)],
    )?;
    connection.execute(
        "DELETE FROM mirror.copied WHERE snapshot > ?2 OR owner NOT IN (SELECT id FROM main.node WHERE tenant = ?1)",
        params![tenant.0, signed(origin.snapshot)],
    )?;
    copy_control(connection, tenant, mirrored_revision(connection)?, now)?;
    connection.execute("UPDATE mirror.mirror SET adopted_by = ?", [&origin.name])?;
    Ok(())
}
