//! Reads a fenced copy back through a fresh connection to the mirror.

use std::io::{Seek as _, SeekFrom};
use std::path::Path;

use rusqlite::{Connection, params};

use super::content::{missing_new_blobs, missing_new_versions, new_blobs};
use super::trouble;
use crate::blobs::{Blobs as _, FolderBlobs, io_error};
use crate::sqlite::erase::WHOLE_NODE;
use crate::sqlite::{OWN_ROWS, read, unsigned};
use crate::{RepositoryProblem, StoreError, TenantNumber};

/// Reads the copy back: every changed row must be there as it is here, and nothing that was dropped.
pub(super) fn verify(
    connection: &Connection,
    tenant: TenantNumber,
    folder: &Path,
    since: i64,
) -> Result<(), StoreError> {
    let changed = "(SELECT node FROM main.changed WHERE tenant = ?1 AND revision > ?2)";
    let checks = [
        format!(
            "SELECT count(*) FROM main.node AS own WHERE own.tenant = ?1 AND own.parent IN {changed}
             AND NOT EXISTS (SELECT 1 FROM mirror.node AS copy WHERE copy.tenant = own.tenant
             AND copy.parent = own.parent AND copy.slot = own.slot AND copy.id = own.id
             AND copy.key_version = own.key_version AND copy.wrap = own.wrap)"
        ),
        format!(
            "SELECT count(*) FROM main.seed AS own WHERE own.tenant = ?1 AND own.owner IN {changed}
             AND NOT EXISTS (SELECT 1 FROM mirror.seed AS copy WHERE copy.tenant = own.tenant
             AND copy.owner = own.owner AND copy.segment = own.segment AND copy.sealed = own.sealed)"
        ),
        "SELECT count(*) FROM main.tenant AS own WHERE own.tenant = ?1 AND ?2 >= 0 AND NOT EXISTS
         (SELECT 1 FROM mirror.tenant AS copy WHERE copy.id = own.id AND copy.epoch = own.epoch
          AND copy.root_kid = own.root_kid AND copy.top_wrap = own.top_wrap AND copy.revision = own.revision)"
            .to_owned(),
        "SELECT (SELECT count(*) FROM main.ledger_entry WHERE tenant = ?1 AND ?2 >= 0)
              - (SELECT count(*) FROM mirror.ledger_entry WHERE tenant = ?1)"
            .to_owned(),
        format!("SELECT count(*) {}", missing_new_versions()),
        format!("SELECT count(*) {}", missing_new_blobs()),
    ];
    for check in checks.into_iter().chain(gone_checks()) {
        let wrong: i64 =
            connection.query_row(&check, params![tenant.0, since], |row| row.get(0))?;
        if wrong != 0 {
            return Err(trouble(folder, RepositoryProblem::ReadBackDiffers));
        }
    }
    Ok(())
}

/// The files of new versions must be there, each as long as it is here.
pub(super) fn verify_blobs(
    connection: &Connection,
    tenant: TenantNumber,
    (folder, place): (&Path, &FolderBlobs),
    since: i64,
) -> Result<(), StoreError> {
    let sql = format!("SELECT blob.name, blob.bytes {}", new_blobs());
    let blobs = read::all(connection, &sql, params![tenant.0, since], |row| {
        Ok((row.get::<_, String>(0)?, unsigned(row.get(1)?)))
    })?;
    for (name, bytes) in blobs {
        let found = match place.open(&name)? {
            None => None,
            Some(mut file) => Some(
                file.seek(SeekFrom::End(0))
                    .map_err(|error| io_error(Path::new(&name), error))?,
            ),
        };
        if found != Some(bytes) {
            return Err(trouble(folder, RepositoryProblem::ReadBackDiffers));
        }
    }
    Ok(())
}

/// Nothing of what was dropped may be left: neither rows of a node that went as a whole, nor a punctured item.
fn gone_checks() -> impl Iterator<Item = String> {
    let of_nodes = OWN_ROWS.into_iter().map(|(table, column)| {
        format!(
            "SELECT count(*) FROM main.dropped AS gone CROSS JOIN mirror.{table} AS copy
             ON copy.tenant = gone.tenant AND copy.{column} = gone.node
             WHERE gone.tenant = ?1 AND gone.revision > ?2 AND gone.item = {WHOLE_NODE}"
        )
    });
    let of_items = ["item", "sketch", "blob"].into_iter().map(|table| {
        format!(
            "SELECT count(*) FROM main.dropped AS gone CROSS JOIN mirror.{table} AS copy
             ON copy.tenant = gone.tenant AND copy.owner = gone.node AND copy.item = gone.item
             WHERE gone.tenant = ?1 AND gone.revision > ?2"
        )
    });
    of_nodes.chain(of_items)
}
