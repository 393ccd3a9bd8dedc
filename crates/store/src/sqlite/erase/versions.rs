//! What comes in with a rotation: new versions of punctured records under their new keys, with their files.

use rusqlite::{Connection, params};
use wuhen_keytree::context::{ItemKind, NodeId};

use super::execute;
use crate::sqlite::{read, signed};
use crate::{BlobRow, ItemRow, Rotation, StoreError, TenantNumber};

/// The owners that lose items must be as they were when their replacements were prepared.
pub(super) fn check_expected(
    connection: &Connection,
    tenant: TenantNumber,
    rotation: &Rotation<'_>,
) -> Result<(), StoreError> {
    for (node, expected) in rotation.expected {
        let found = match read::conversation(connection, tenant, *node)? {
            Some(row) => Some((row.generation, row.next_index)),
            // Of a guest only its profile is there, under ever higher numbers.
            None if read::guest(connection, tenant, *node)?.is_some() => {
                let items = read::items(connection, tenant, *node)?;
                items.last().map(|last| (0, last.item + 1))
            }
            None => None,
        };
        if found != Some(*expected) {
            return Err(StoreError::Conflict(
                "a conversation has changed since it was read",
            ));
        }
    }
    Ok(())
}

/// A punctured conversation can be written to again, under its new keys.
pub(super) fn reopen(
    connection: &Connection,
    tenant: TenantNumber,
    node: NodeId,
    appended: &[ItemRow],
) -> Result<(), StoreError> {
    let count = |kind| appended.iter().filter(|item| item.kind == kind).count() as u64;
    execute(
        connection,
        "UPDATE conversation SET open = 1, generation = generation + 1, next_index = next_index + ?,
         messages = messages + ?, attachments = attachments + ? WHERE tenant = ? AND node = ?",
        params![
            signed(appended.len() as u64),
            signed(count(ItemKind::Message)),
            signed(count(ItemKind::Attachment)),
            tenant.0,
            signed(node.0)
        ],
    )?;
    Ok(())
}

/// The files of new versions of attachments.
pub(super) fn add_blobs(
    connection: &Connection,
    tenant: TenantNumber,
    blobs: &[BlobRow],
) -> Result<(), StoreError> {
    for blob in blobs {
        execute(
            connection,
            "INSERT INTO blob (tenant, owner, item, name, bytes) VALUES (?, ?, ?, ?, ?)",
            params![
                tenant.0,
                signed(blob.owner.0),
                blob.item,
                blob.name,
                signed(blob.bytes)
            ],
        )?;
    }
    Ok(())
}
