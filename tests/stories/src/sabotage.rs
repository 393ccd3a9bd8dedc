//! A store that does what the real one does, but for what a story has switched to fail: each copy's deletion once. And
//! points in the middle of a search, at which something else may happen.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use crate::meanwhile::Meanwhile;
use wuhen_keytree::context::NodeId;
use wuhen_keytree::rotation::{NodeRow, SeedRow};
use wuhen_ledger::Hash;
use wuhen_store::blobs::{BlobSink, ReadSeek};
use wuhen_store::sqlite::SqliteStore;
use wuhen_store::{
    Append, BeginErasure, BlobRow, Blobs, CaseRow, CaseState, ControlItemRow, ConversationContent,
    ConversationRow, Fenced, FlagRow, FlagsOf, GuestRow, ImportTransaction, ItemRow, JobRow, Lease,
    LedgerAppend, LedgerRow, Measured, NewCase, NewTenant, RegisterKind, RegisterRow,
    RegisterWrite, RepositoryProblem, RepositoryRow, Rotated, Rotation, Sketched, SnapshotRow,
    SourceTag, Store, StoreError, TenantNumber, TenantRow, Totals,
};

/// What fails.
#[derive(Default)]
pub struct Switches {
    /// No repository takes a fence.
    pub fence: AtomicBool,
    /// The write-ahead log keeps bytes.
    pub log: AtomicBool,
    /// Rows of what was erased are found again.
    pub residue: AtomicBool,
    /// Attachments' files stay.
    pub blobs: AtomicBool,
    /// The disk is full when the rotation is to commit.
    pub rotate: AtomicBool,
    /// Before a processor walks over its share of the sketches.
    pub before_walk: Meanwhile,
    /// After a processor has walked over its share of the sketches.
    pub after_walk: Meanwhile,
    /// How many conversations each of these walks gave.
    pub walked: Mutex<Vec<usize>>,
    /// Before a conversation that may match is read.
    pub before_read: Meanwhile,
}

/// The store.
pub struct SabotagedStore {
    store: Arc<SqliteStore>,
    blobs: SabotagedBlobs,
    switches: Arc<Switches>,
}

struct SabotagedBlobs {
    store: Arc<SqliteStore>,
    switches: Arc<Switches>,
}

impl SabotagedStore {
    /// Wraps a store; the switches stay with the story.
    #[must_use]
    pub fn new(store: SqliteStore, switches: Arc<Switches>) -> Self {
        let store = Arc::new(store);
        let blobs = SabotagedBlobs {
            store: Arc::clone(&store),
            switches: Arc::clone(&switches),
        };
        Self {
            store,
            blobs,
            switches,
        }
    }
}

fn fails(switch: &AtomicBool) -> bool {
    switch.load(Ordering::Relaxed)
}

macro_rules! delegate {
    ($(fn $name:ident($($argument:ident: $type:ty),*) -> $answer:ty;)*) => {
        $(fn $name(&self, $($argument: $type),*) -> Result<$answer, StoreError> {
            self.store.$name($($argument),*)
        })*
    };
}

impl Store for SabotagedStore {
    fn rotate(
        &self,
        tenant: TenantNumber,
        rotation: &mut Rotation<'_>,
    ) -> Result<Rotated, StoreError> {
        if fails(&self.switches.rotate) {
            return Err(StoreError::Full);
        }
        self.store.rotate(tenant, rotation)
    }

    fn truncate_log(&self) -> Result<u64, StoreError> {
        let left = self.store.truncate_log()?;
        Ok(if fails(&self.switches.log) {
            left + 4_152
        } else {
            left
        })
    }

    fn residue(
        &self,
        tenant: TenantNumber,
        drops: &[NodeId],
        punctures: &BTreeMap<NodeId, Vec<u32>>,
    ) -> Result<u64, StoreError> {
        let found = self.store.residue(tenant, drops, punctures)?;
        Ok(found + u64::from(fails(&self.switches.residue)))
    }

    fn fence(
        &self,
        tenant: TenantNumber,
        repository: &RepositoryRow,
        now: i64,
    ) -> Result<Fenced, StoreError> {
        if fails(&self.switches.fence) {
            return Err(StoreError::Repository {
                folder: repository.folder.clone(),
                problem: RepositoryProblem::Away,
            });
        }
        self.store.fence(tenant, repository, now)
    }

    fn blobs(&self) -> &dyn Blobs {
        &self.blobs
    }

    fn for_each_sketched(
        &self,
        tenant: TenantNumber,
        nodes: Range<NodeId>,
        each: &mut dyn FnMut(Sketched) -> bool,
    ) -> Result<u64, StoreError> {
        self.switches.before_walk.happens();
        let mut conversations = 0;
        let mut counted = |sketched: Sketched| {
            conversations += 1;
            each(sketched)
        };
        let revision = self.store.for_each_sketched(tenant, nodes, &mut counted)?;
        let mut walked = self.switches.walked.lock();
        walked
            .as_mut()
            .expect("no holder panics")
            .push(conversations);
        drop(walked);
        self.switches.after_walk.happens();
        Ok(revision)
    }

    fn conversation_content(
        &self,
        tenant: TenantNumber,
        node: NodeId,
    ) -> Result<Option<ConversationContent>, StoreError> {
        self.switches.before_read.happens();
        self.store.conversation_content(tenant, node)
    }

    delegate! {
        fn tenants() -> Vec<TenantRow>;
        fn create_tenant(new: &NewTenant) -> TenantNumber;
        fn tenant(tenant: TenantNumber) -> TenantRow;
        fn totals(tenant: TenantNumber) -> Totals;
        fn path(tenant: TenantNumber, node: NodeId) -> Vec<NodeRow>;
        fn children(tenant: TenantNumber, parent: NodeId) -> Vec<NodeRow>;
        fn seeds(tenant: TenantNumber, owner: NodeId) -> Vec<SeedRow>;
        fn items(tenant: TenantNumber, owner: NodeId) -> Vec<ItemRow>;
        fn item(tenant: TenantNumber, owner: NodeId, item: u32) -> Option<ItemRow>;
        fn blobs_of(tenant: TenantNumber, owner: NodeId) -> Vec<BlobRow>;
        fn blob_names(tenant: TenantNumber) -> Vec<String>;
        fn control_items(tenant: TenantNumber, owner: NodeId) -> Vec<ControlItemRow>;
        fn guests(tenant: TenantNumber, after: Option<NodeId>, limit: usize) -> Vec<GuestRow>;
        fn guest(tenant: TenantNumber, node: NodeId) -> Option<GuestRow>;
        fn guest_by_tag(tenant: TenantNumber, tag: &SourceTag) -> Option<GuestRow>;
        fn conversations_of(tenant: TenantNumber, guest: NodeId) -> Vec<ConversationRow>;
        fn conversations(tenant: TenantNumber, after: Option<NodeId>, limit: usize) -> Vec<ConversationRow>;
        fn conversation(tenant: TenantNumber, node: NodeId) -> Option<ConversationRow>;
        fn conversation_by_tag(tenant: TenantNumber, tag: &SourceTag) -> Option<ConversationRow>;
        fn message_by_tag(tenant: TenantNumber, owner: NodeId, tag: &SourceTag) -> Option<u32>;
        fn messages_by_tags(tenant: TenantNumber, tags: &[SourceTag]) -> Vec<(SourceTag, NodeId, u32)>;
        fn conversation_shares(tenant: TenantNumber, parts: usize) -> Vec<Range<NodeId>>;
        fn labelled(tenant: TenantNumber) -> Vec<NodeId>;
        fn label_items(tenant: TenantNumber, owner: NodeId) -> Vec<ItemRow>;
        fn begin_import(tenant: TenantNumber) -> Box<dyn ImportTransaction + '_>;
        fn append(tenant: TenantNumber, append: &Append) -> bool;
        fn begin_erasure(tenant: TenantNumber, begin: &BeginErasure) -> ();
        fn abandon_rotation(tenant: TenantNumber, case: Option<NodeId>, refused: Option<&LedgerAppend>) -> ();
        fn record_case(tenant: TenantNumber, case: &NewCase, entry: &LedgerAppend) -> ();
        fn append_entry(tenant: TenantNumber, entry: &LedgerAppend, state: CaseState, rotation_ends: bool) -> ();
        fn write_register(tenant: TenantNumber, write: &RegisterWrite) -> ();
        fn registered(tenant: TenantNumber, kind: RegisterKind) -> Vec<RegisterRow>;
        fn flags(tenant: TenantNumber, about: FlagsOf) -> Vec<FlagRow>;
        fn jobs(tenant: TenantNumber) -> Vec<JobRow>;
        fn take_job(tenant: TenantNumber, now: i64, lease: Lease) -> Option<JobRow>;
        fn finish_job(tenant: TenantNumber, job: &JobRow, next_due: Option<i64>, failed: bool) -> bool;
        fn cases(tenant: TenantNumber) -> Vec<CaseRow>;
        fn ledger_size(tenant: TenantNumber) -> u64;
        fn ledger_rows(tenant: TenantNumber, from: u64, limit: usize) -> Vec<LedgerRow>;
        fn ledger_rows_of(tenant: TenantNumber, case: NodeId) -> Vec<LedgerRow>;
        fn ledger_hashes(tenant: TenantNumber, stored: &[u64]) -> Vec<Hash>;
        fn blob_removals(tenant: TenantNumber) -> Vec<String>;
        fn blobs_removed(tenant: TenantNumber, names: &[String]) -> ();
        fn measure(tenant: TenantNumber, drops: &[NodeId], punctures: &BTreeMap<NodeId, Vec<u32>>) -> Measured;
        fn mirrored_root(repository: &RepositoryRow) -> Option<String>;
        fn integrity() -> Vec<String>;
        fn repositories(tenant: TenantNumber) -> Vec<RepositoryRow>;
        fn register_repository(tenant: TenantNumber, id: &str, folder: &str, now: i64) -> ();
        fn unregister_repository(tenant: TenantNumber, id: &str) -> bool;
        fn snapshot(tenant: TenantNumber, repository: &RepositoryRow, id: &str, now: i64) -> SnapshotRow;
    }
}

impl Blobs for SabotagedBlobs {
    fn create(&self, name: &str) -> Result<Box<dyn BlobSink>, StoreError> {
        self.store.blobs().create(name)
    }

    fn open(&self, name: &str) -> Result<Option<Box<dyn ReadSeek>>, StoreError> {
        self.store.blobs().open(name)
    }

    fn remove(&self, name: &str) -> Result<(), StoreError> {
        if fails(&self.switches.blobs) {
            let source = std::io::ErrorKind::PermissionDenied.into();
            let path = Path::new(name).display().to_string();
            return Err(StoreError::Io { path, source });
        }
        self.store.blobs().remove(name)
    }

    fn names(&self) -> Result<Vec<String>, StoreError> {
        self.store.blobs().names()
    }

    fn set_unsettled(&self, unsettled: bool) -> Result<(), StoreError> {
        self.store.blobs().set_unsettled(unsettled)
    }

    fn is_unsettled(&self) -> Result<bool, StoreError> {
        self.store.blobs().is_unsettled()
    }
}
