//! The trait's methods, each one transaction, on the modules beside this one.

use std::collections::BTreeMap;
use std::ops::Range;

use rusqlite::params;
use wuhen_keytree::context::NodeId;
use wuhen_keytree::rotation::{NodeRow, SeedRow};
use wuhen_ledger::Hash;

use super::import::{SqliteImport, take_indexes};
use super::{
    BlobsPlace, DATABASE_FILE, ItemInsert, SqliteStore, erase, fresh_reader, insert_seed, ledger,
    mirror, note_changes, read, register, sketched,
};
use crate::{
    Append, BeginErasure, BlobRow, Blobs, CaseRow, CaseState, ControlItemRow, ConversationContent,
    ConversationRow, Fenced, FlagRow, FlagsOf, GuestRow, ImportTransaction, ItemRow, JobRow, Lease,
    LedgerAppend, LedgerRow, Measured, NewCase, NewTenant, RegisterKind, RegisterRow,
    RegisterWrite, RepositoryRow, Rotated, Rotation, Sketched, SnapshotRow, SourceTag, Store,
    StoreError, TenantNumber, TenantRow, Totals,
};

impl Store for SqliteStore {
    fn tenants(&self) -> Result<Vec<TenantRow>, StoreError> {
        self.read(read::tenants)
    }

    fn create_tenant(&self, new: &NewTenant) -> Result<TenantNumber, StoreError> {
        self.write(|transaction| super::tenant::create(transaction, new))
    }

    fn tenant(&self, tenant: TenantNumber) -> Result<TenantRow, StoreError> {
        self.read(|connection| read::tenant(connection, tenant))
    }

    fn totals(&self, tenant: TenantNumber) -> Result<Totals, StoreError> {
        let mut totals = self.read(|connection| read::totals(connection, tenant))?;
        if let Some(folder) = &self.folder {
            totals.database_bytes = super::file_bytes(&folder.join(DATABASE_FILE))?;
            totals.log_bytes = super::file_bytes(&super::log_file(folder))?;
        }
        Ok(totals)
    }

    fn path(&self, tenant: TenantNumber, node: NodeId) -> Result<Vec<NodeRow>, StoreError> {
        self.read(|connection| read::path(connection, tenant, node))
    }

    fn children(&self, tenant: TenantNumber, parent: NodeId) -> Result<Vec<NodeRow>, StoreError> {
        self.read(|connection| read::children(connection, tenant, parent))
    }

    fn seeds(&self, tenant: TenantNumber, owner: NodeId) -> Result<Vec<SeedRow>, StoreError> {
        self.read(|connection| read::seeds(connection, tenant, owner))
    }

    fn items(&self, tenant: TenantNumber, owner: NodeId) -> Result<Vec<ItemRow>, StoreError> {
        self.read(|connection| read::items(connection, tenant, owner))
    }

    fn item(
        &self,
        tenant: TenantNumber,
        owner: NodeId,
        place: u32,
    ) -> Result<Option<ItemRow>, StoreError> {
        self.read(|connection| read::item_at(connection, tenant, owner, place))
    }

    fn blobs_of(&self, tenant: TenantNumber, owner: NodeId) -> Result<Vec<BlobRow>, StoreError> {
        self.read(|connection| read::blobs_of(connection, tenant, owner))
    }

    fn blob_names(&self, tenant: TenantNumber) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            read::all(
                connection,
                "SELECT name FROM blob WHERE tenant = ?",
                [tenant.0],
                |row| Ok(row.get(0)?),
            )
        })
    }

    fn control_items(
        &self,
        tenant: TenantNumber,
        owner: NodeId,
    ) -> Result<Vec<ControlItemRow>, StoreError> {
        self.read(|connection| read::control_items(connection, tenant, owner))
    }

    fn guests(
        &self,
        tenant: TenantNumber,
        after: Option<NodeId>,
        limit: usize,
    ) -> Result<Vec<GuestRow>, StoreError> {
        self.read(|connection| read::guests(connection, tenant, after, limit))
    }

    fn guest(&self, tenant: TenantNumber, node: NodeId) -> Result<Option<GuestRow>, StoreError> {
        self.read(|connection| read::guest(connection, tenant, node))
    }

    fn guest_by_tag(
        &self,
        tenant: TenantNumber,
        tag: &SourceTag,
    ) -> Result<Option<GuestRow>, StoreError> {
        self.read(|connection| read::guest_by_tag(connection, tenant, tag))
    }

    fn conversations_of(
        &self,
        tenant: TenantNumber,
        guest: NodeId,
    ) -> Result<Vec<ConversationRow>, StoreError> {
        self.read(|connection| read::conversations_of(connection, tenant, guest))
    }

    fn conversations(
        &self,
        tenant: TenantNumber,
        after: Option<NodeId>,
        limit: usize,
    ) -> Result<Vec<ConversationRow>, StoreError> {
        self.read(|connection| read::conversations(connection, tenant, after, limit))
    }

    fn conversation(
        &self,
        tenant: TenantNumber,
        node: NodeId,
    ) -> Result<Option<ConversationRow>, StoreError> {
        self.read(|connection| read::conversation(connection, tenant, node))
    }

    fn conversation_by_tag(
        &self,
        tenant: TenantNumber,
        tag: &SourceTag,
    ) -> Result<Option<ConversationRow>, StoreError> {
        self.read(|connection| read::conversation_by_tag(connection, tenant, tag))
    }

    fn message_by_tag(
        &self,
        tenant: TenantNumber,
        owner: NodeId,
        tag: &SourceTag,
    ) -> Result<Option<u32>, StoreError> {
        self.read(|connection| read::message_by_tag(connection, tenant, owner, tag))
    }

    fn messages_by_tags(
        &self,
        tenant: TenantNumber,
        tags: &[SourceTag],
    ) -> Result<Vec<(SourceTag, NodeId, u32)>, StoreError> {
        self.read(|connection| read::messages_by_tags(connection, tenant, tags))
    }

    fn labelled(&self, tenant: TenantNumber) -> Result<Vec<NodeId>, StoreError> {
        self.read(|connection| read::labelled(connection, tenant))
    }

    fn label_items(&self, tenant: TenantNumber, owner: NodeId) -> Result<Vec<ItemRow>, StoreError> {
        self.read(|connection| read::label_items(connection, tenant, owner))
    }

    fn for_each_sketched(
        &self,
        tenant: TenantNumber,
        nodes: Range<NodeId>,
        each: &mut dyn FnMut(Sketched) -> bool,
    ) -> Result<u64, StoreError> {
        if self.folder.is_some() {
            return self.read(|connection| sketched::for_each(connection, tenant, nodes, each));
        }
        // In memory there is one connection: whoever works on what is found needs it too.
        let mut found = Vec::new();
        let revision = sketched::for_each(&self.writer(), tenant, nodes, &mut |sketched| {
            found.push(sketched);
            true
        })?;
        // Stops at the first that is refused.
        let _ = found.into_iter().all(each);
        Ok(revision)
    }

    fn conversation_shares(
        &self,
        tenant: TenantNumber,
        parts: usize,
    ) -> Result<Vec<Range<NodeId>>, StoreError> {
        self.read(|connection| sketched::shares(connection, tenant, parts))
    }

    fn conversation_content(
        &self,
        tenant: TenantNumber,
        node: NodeId,
    ) -> Result<Option<ConversationContent>, StoreError> {
        self.read(|connection| read::conversation_content(connection, tenant, node))
    }

    fn begin_import(
        &self,
        tenant: TenantNumber,
    ) -> Result<Box<dyn ImportTransaction + '_>, StoreError> {
        Ok(Box::new(SqliteImport::begin(self, tenant)?))
    }

    fn append(&self, tenant: TenantNumber, append: &Append) -> Result<bool, StoreError> {
        self.write(|transaction| {
            let row = read::conversation(transaction, tenant, append.node)?;
            let as_sealed = row.is_some_and(|row| row.next_index == append.next_index);
            if !as_sealed
                || !take_indexes(
                    transaction,
                    tenant,
                    append.node,
                    append.generation,
                    append.taken,
                )?
            {
                return Ok(false);
            }
            if let Some(seed) = &append.seed {
                insert_seed(transaction, tenant, seed)?;
            }
            let mut insert = ItemInsert::prepare(transaction)?;
            for item in &append.items {
                insert.insert(tenant, append.node, item)?;
            }
            note_changes(transaction, tenant, [append.node])?;
            Ok(true)
        })
    }

    fn begin_erasure(&self, tenant: TenantNumber, begin: &BeginErasure) -> Result<(), StoreError> {
        self.write(|transaction| erase::begin(transaction, tenant, begin))
    }

    fn rotate(
        &self,
        tenant: TenantNumber,
        rotation: &mut Rotation<'_>,
    ) -> Result<Rotated, StoreError> {
        self.write(|transaction| erase::rotate(transaction, tenant, rotation))
    }

    fn abandon_rotation(
        &self,
        tenant: TenantNumber,
        case: Option<NodeId>,
        refused: Option<&LedgerAppend>,
    ) -> Result<(), StoreError> {
        self.write(|transaction| erase::abandon(transaction, tenant, case, refused))
    }

    fn record_case(
        &self,
        tenant: TenantNumber,
        case: &NewCase,
        entry: &LedgerAppend,
    ) -> Result<(), StoreError> {
        self.write(|transaction| erase::record_case(transaction, tenant, case, entry))
    }

    fn append_entry(
        &self,
        tenant: TenantNumber,
        entry: &LedgerAppend,
        state: CaseState,
        rotation_ends: bool,
    ) -> Result<(), StoreError> {
        self.write(|transaction| {
            erase::append_entry(transaction, tenant, entry, state, rotation_ends)
        })
    }

    fn write_register(
        &self,
        tenant: TenantNumber,
        write: &RegisterWrite,
    ) -> Result<(), StoreError> {
        self.write(|transaction| register::write(transaction, tenant, write))
    }

    fn registered(
        &self,
        tenant: TenantNumber,
        kind: RegisterKind,
    ) -> Result<Vec<RegisterRow>, StoreError> {
        self.read(|connection| register::registered(connection, tenant, kind))
    }

    fn flags(&self, tenant: TenantNumber, about: FlagsOf) -> Result<Vec<FlagRow>, StoreError> {
        self.read(|connection| register::flags(connection, tenant, about))
    }

    fn jobs(&self, tenant: TenantNumber) -> Result<Vec<JobRow>, StoreError> {
        self.read(|connection| register::jobs(connection, tenant))
    }

    fn take_job(
        &self,
        tenant: TenantNumber,
        now: i64,
        lease: Lease,
    ) -> Result<Option<JobRow>, StoreError> {
        self.write(|transaction| register::take_job(transaction, tenant, now, lease))
    }

    fn finish_job(
        &self,
        tenant: TenantNumber,
        job: &JobRow,
        next_due: Option<i64>,
        failed: bool,
    ) -> Result<bool, StoreError> {
        self.write(|transaction| register::finish_job(transaction, tenant, job, next_due, failed))
    }

    fn cases(&self, tenant: TenantNumber) -> Result<Vec<CaseRow>, StoreError> {
        self.read(|connection| read::cases(connection, tenant))
    }

    fn ledger_size(&self, tenant: TenantNumber) -> Result<u64, StoreError> {
        self.read(|connection| ledger::size(connection, tenant))
    }

    fn ledger_rows(
        &self,
        tenant: TenantNumber,
        from: u64,
        limit: usize,
    ) -> Result<Vec<LedgerRow>, StoreError> {
        self.read(|connection| ledger::rows(connection, tenant, from, limit))
    }

    fn ledger_rows_of(
        &self,
        tenant: TenantNumber,
        case: NodeId,
    ) -> Result<Vec<LedgerRow>, StoreError> {
        self.read(|connection| ledger::rows_of(connection, tenant, case))
    }

    fn ledger_hashes(&self, tenant: TenantNumber, stored: &[u64]) -> Result<Vec<Hash>, StoreError> {
        self.read(|connection| ledger::hashes(connection, tenant, stored))
    }

    fn blobs(&self) -> &dyn Blobs {
        match &self.blobs {
            BlobsPlace::Folder(blobs) => blobs,
            BlobsPlace::Memory(blobs) => blobs,
        }
    }

    fn blob_removals(&self, tenant: TenantNumber) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            read::all(
                connection,
                "SELECT name FROM blob_removal WHERE tenant = ?",
                [tenant.0],
                |row| Ok(row.get(0)?),
            )
        })
    }

    fn blobs_removed(&self, tenant: TenantNumber, names: &[String]) -> Result<(), StoreError> {
        self.write(|transaction| {
            let mut forget = transaction
                .prepare_cached("DELETE FROM blob_removal WHERE tenant = ? AND name = ?")?;
            for name in names {
                forget.execute(params![tenant.0, name])?;
            }
            Ok(())
        })
    }

    fn truncate_log(&self) -> Result<u64, StoreError> {
        let Some(folder) = &self.folder else {
            return Ok(0);
        };
        // A reader that is not in use holds no mark in the log, but pages of before in its cache: those go.
        for reader in self.readers.lock().expect("no holder panics").iter() {
            reader.execute_batch("PRAGMA shrink_memory")?;
        }
        let busy: bool = self
            .writer()
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        let left = super::file_bytes(&super::log_file(folder))?;
        if busy && left == 0 { Ok(1) } else { Ok(left) }
    }

    fn measure(
        &self,
        tenant: TenantNumber,
        drops: &[NodeId],
        punctures: &BTreeMap<NodeId, Vec<u32>>,
    ) -> Result<Measured, StoreError> {
        self.read(|connection| erase::measure(connection, tenant, drops, punctures))
    }

    fn residue(
        &self,
        tenant: TenantNumber,
        drops: &[NodeId],
        punctures: &BTreeMap<NodeId, Vec<u32>>,
    ) -> Result<u64, StoreError> {
        let count = |connection: &rusqlite::Connection| {
            erase::residue(connection, tenant, drops, punctures)
        };
        match &self.folder {
            Some(folder) => count(&fresh_reader(&folder.join(DATABASE_FILE))?),
            None => count(&self.writer()),
        }
    }

    fn integrity(&self) -> Result<Vec<String>, StoreError> {
        let mut complaints = self.read(|connection| {
            read::all(connection, "PRAGMA integrity_check", [], |row| {
                Ok(row.get::<_, String>(0)?)
            })
        })?;
        complaints.retain(|line| line != "ok");
        Ok(complaints)
    }

    fn repositories(&self, tenant: TenantNumber) -> Result<Vec<RepositoryRow>, StoreError> {
        self.read(|connection| read::repositories(connection, tenant))
    }

    fn mirrored_root(&self, repository: &RepositoryRow) -> Result<Option<String>, StoreError> {
        mirror::root(&self.writer(), repository)
    }

    fn register_repository(
        &self,
        tenant: TenantNumber,
        id: &str,
        folder: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        let owner = self.tenant(tenant)?.id;
        mirror::create(std::path::Path::new(folder), id, owner)?;
        self.write(|transaction| {
            transaction.execute(
                "INSERT INTO repository (tenant, id, folder, fenced_revision, fenced_at) VALUES (?, ?, ?, 0, ?)",
                params![tenant.0, id, folder, now],
            )?;
            Ok(())
        })
    }

    fn unregister_repository(&self, tenant: TenantNumber, id: &str) -> Result<bool, StoreError> {
        self.write(|transaction| {
            let gone = transaction.execute(
                "DELETE FROM repository WHERE tenant = ? AND id = ?",
                params![tenant.0, id],
            )?;
            Ok(gone == 1)
        })
    }

    fn fence(
        &self,
        tenant: TenantNumber,
        repository: &RepositoryRow,
        now: i64,
    ) -> Result<Fenced, StoreError> {
        mirror::fence(&self.writer(), self.blobs(), tenant, repository, now)
    }

    fn snapshot(
        &self,
        tenant: TenantNumber,
        repository: &RepositoryRow,
        id: &str,
        now: i64,
    ) -> Result<SnapshotRow, StoreError> {
        mirror::snapshot(&self.writer(), self.blobs(), tenant, repository, id, now)
    }
}
