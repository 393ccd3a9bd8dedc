//! Sealed rows and blobs. The trait [`Store`]: each method is one whole transaction in domain words, so nobody
//! outside can do half an erasure. Backends: [`sqlite`] (a folder, or memory). No plaintext ever enters here but
//! ids, ordinals, counters and the few times that scheduling needs; `data-map.toml` classifies every column.

#![expect(
    clippy::missing_errors_doc,
    reason = "every method of these traits fails as StoreError says, each variant in plain words"
)]

pub mod blobs;
pub mod conformance;
mod erasure;
mod error;
mod register;
mod rows;
pub mod sqlite;

use std::collections::BTreeMap;
use std::ops::Range;

use wuhen_keytree::context::{NodeId, TenantId};
use wuhen_keytree::rotation::{NodeRow, SeedRow};
use wuhen_ledger::Hash;

pub use blobs::Blobs;
pub use erasure::{BeginErasure, Measured, NewCase, Replacements, Rotated, Rotation};
pub use error::{RepositoryProblem, StoreError};
pub use register::{
    Flag, FlagRow, FlagsOf, JobRow, Lease, NewJob, NewRegister, RegisterKind, RegisterRow,
    RegisterWrite, StateMove,
};
pub use rows::{
    Append, BlobRow, CaseRow, CaseState, ControlItemRow, ConversationRow, GuestRow, ItemRow,
    LedgerAppend, LedgerRow, NewTenant, RepositoryRow, SOURCE_TAG_BYTES, SnapshotRow, SourceTag,
    Suppression, TenantNumber, TenantRow, Totals, UnsealedItem,
};

/// Records and keys of tenants, all sealed but for what `data-map.toml` names otherwise.
pub trait Store: Send + Sync {
    /// The tenants of this store, by number.
    fn tenants(&self) -> Result<Vec<TenantRow>, StoreError>;
    /// Makes a tenant with its first nodes, seeds and settings.
    fn create_tenant(&self, new: &NewTenant) -> Result<TenantNumber, StoreError>;
    /// One tenant as it stands now.
    fn tenant(&self, tenant: TenantNumber) -> Result<TenantRow, StoreError>;
    /// What is stored, in numbers.
    fn totals(&self, tenant: TenantNumber) -> Result<Totals, StoreError>;

    /// The nodes from the first level down to `node`, without the top. Empty: there is no such node.
    fn path(&self, tenant: TenantNumber, node: NodeId) -> Result<Vec<NodeRow>, StoreError>;
    /// All children of a node, by slot.
    fn children(&self, tenant: TenantNumber, parent: NodeId) -> Result<Vec<NodeRow>, StoreError>;
    /// The sealed frontiers of an owner, by segment.
    fn seeds(&self, tenant: TenantNumber, owner: NodeId) -> Result<Vec<SeedRow>, StoreError>;
    /// The items of an owner, in order.
    fn items(&self, tenant: TenantNumber, owner: NodeId) -> Result<Vec<ItemRow>, StoreError>;
    /// The item that stands in a place, in its newest version ([`ItemRow::place`]).
    fn item(
        &self,
        tenant: TenantNumber,
        owner: NodeId,
        place: u32,
    ) -> Result<Option<ItemRow>, StoreError>;
    /// The blobs of an owner.
    fn blobs_of(&self, tenant: TenantNumber, owner: NodeId) -> Result<Vec<BlobRow>, StoreError>;
    /// Names of all blobs that rows point to.
    fn blob_names(&self, tenant: TenantNumber) -> Result<Vec<String>, StoreError>;
    /// The sealed control items of an owner, in order.
    fn control_items(
        &self,
        tenant: TenantNumber,
        owner: NodeId,
    ) -> Result<Vec<ControlItemRow>, StoreError>;

    /// Guests in the order they came; with `after`, those that came later; at most `limit`.
    fn guests(
        &self,
        tenant: TenantNumber,
        after: Option<NodeId>,
        limit: usize,
    ) -> Result<Vec<GuestRow>, StoreError>;
    /// One guest.
    fn guest(&self, tenant: TenantNumber, node: NodeId) -> Result<Option<GuestRow>, StoreError>;
    /// The guest that a source knows under this tag.
    fn guest_by_tag(
        &self,
        tenant: TenantNumber,
        tag: &SourceTag,
    ) -> Result<Option<GuestRow>, StoreError>;
    /// A guest's conversations, in the order they came.
    fn conversations_of(
        &self,
        tenant: TenantNumber,
        guest: NodeId,
    ) -> Result<Vec<ConversationRow>, StoreError>;
    /// Conversations in the order they came; with `after`, those that came later; at most `limit`.
    fn conversations(
        &self,
        tenant: TenantNumber,
        after: Option<NodeId>,
        limit: usize,
    ) -> Result<Vec<ConversationRow>, StoreError>;
    /// One conversation.
    fn conversation(
        &self,
        tenant: TenantNumber,
        node: NodeId,
    ) -> Result<Option<ConversationRow>, StoreError>;
    /// The conversation that a source knows under this tag.
    fn conversation_by_tag(
        &self,
        tenant: TenantNumber,
        tag: &SourceTag,
    ) -> Result<Option<ConversationRow>, StoreError>;
    /// Item number of the message that a source knows under this tag, in one conversation.
    fn message_by_tag(
        &self,
        tenant: TenantNumber,
        owner: NodeId,
        tag: &SourceTag,
    ) -> Result<Option<u32>, StoreError>;
    /// Every message under one of these tags: tag, conversation, item number. It takes time in proportion to the
    /// messages there are: where the conversation is known, [`Store::message_by_tag`] is at hand.
    fn messages_by_tags(
        &self,
        tenant: TenantNumber,
        tags: &[SourceTag],
    ) -> Result<Vec<(SourceTag, NodeId, u32)>, StoreError>;
    /// Conversations that bear at least one label.
    fn labelled(&self, tenant: TenantNumber) -> Result<Vec<NodeId>, StoreError>;
    /// The sealed labels of one conversation.
    fn label_items(&self, tenant: TenantNumber, owner: NodeId) -> Result<Vec<ItemRow>, StoreError>;
    /// Calls `each` for every conversation whose node lies in `nodes`, in the order of their nodes, until it answers
    /// false. Closed ones are among them. All of it is as it was at one revision of the tenant, which is the answer.
    fn for_each_sketched(
        &self,
        tenant: TenantNumber,
        nodes: Range<NodeId>,
        each: &mut dyn FnMut(Sketched) -> bool,
    ) -> Result<u64, StoreError>;
    /// Ranges of nodes for at most `parts` walks: equally many of the conversations that there are lie in each, and every
    /// node in one of them, also one that comes later.
    fn conversation_shares(
        &self,
        tenant: TenantNumber,
        parts: usize,
    ) -> Result<Vec<Range<NodeId>>, StoreError>;
    /// One conversation with all that opening its items takes, as it was at one moment. None: it is gone.
    fn conversation_content(
        &self,
        tenant: TenantNumber,
        node: NodeId,
    ) -> Result<Option<ConversationContent>, StoreError>;

    /// Begins an import: one transaction, undone unless committed.
    fn begin_import(
        &self,
        tenant: TenantNumber,
    ) -> Result<Box<dyn ImportTransaction + '_>, StoreError>;
    /// Adds items to one conversation. `Ok(false)`: it is closed or has moved on; read it again.
    fn append(&self, tenant: TenantNumber, append: &Append) -> Result<bool, StoreError>;

    /// Opens a case and freezes its scope, commits the next root's id, and appends the intent to the ledger.
    fn begin_erasure(&self, tenant: TenantNumber, begin: &BeginErasure) -> Result<(), StoreError>;
    /// Step 3 of a rotation. Commits only if the next root is still the one named.
    fn rotate(
        &self,
        tenant: TenantNumber,
        rotation: &mut Rotation<'_>,
    ) -> Result<Rotated, StoreError>;
    /// Gives up a rotation that did not commit: no next root, the scope is open again, the case abandoned, and the
    /// ledger says so.
    fn abandon_rotation(
        &self,
        tenant: TenantNumber,
        case: Option<NodeId>,
        refused: Option<&LedgerAppend>,
    ) -> Result<(), StoreError>;
    /// Makes a case (with its node's rows) and appends to the ledger, for operations without a rotation.
    fn record_case(
        &self,
        tenant: TenantNumber,
        case: &NewCase,
        entry: &LedgerAppend,
    ) -> Result<(), StoreError>;
    /// Appends to the ledger and moves its case on. Clears the next root when `rotation_ends`.
    fn append_entry(
        &self,
        tenant: TenantNumber,
        entry: &LedgerAppend,
        state: CaseState,
        rotation_ends: bool,
    ) -> Result<(), StoreError>;
    /// One change of what the house keeps besides records: entries opened and written on, their states, what they say of
    /// records, the work that becomes due, and the ledger's word on it. Whole or not at all.
    fn write_register(&self, tenant: TenantNumber, write: &RegisterWrite)
    -> Result<(), StoreError>;
    /// The register's entries of a kind, in the order in which they came.
    fn registered(
        &self,
        tenant: TenantNumber,
        kind: RegisterKind,
    ) -> Result<Vec<RegisterRow>, StoreError>;
    /// What is said of records.
    fn flags(&self, tenant: TenantNumber, about: FlagsOf) -> Result<Vec<FlagRow>, StoreError>;
    /// All jobs, the one that is due first at the front.
    fn jobs(&self, tenant: TenantNumber) -> Result<Vec<JobRow>, StoreError>;
    /// The job that has been due longest and that nobody has: it is the caller's until its lease ends.
    fn take_job(
        &self,
        tenant: TenantNumber,
        now: i64,
        lease: Lease,
    ) -> Result<Option<JobRow>, StoreError>;
    /// Gives a job back: due again at another time, or over. `Ok(false)`: its lease had ended, and somebody else has it.
    fn finish_job(
        &self,
        tenant: TenantNumber,
        job: &JobRow,
        next_due: Option<i64>,
        failed: bool,
    ) -> Result<bool, StoreError>;
    /// All cases, oldest first.
    fn cases(&self, tenant: TenantNumber) -> Result<Vec<CaseRow>, StoreError>;

    /// Entries in the ledger.
    fn ledger_size(&self, tenant: TenantNumber) -> Result<u64, StoreError>;
    /// At most `limit` entries from leaf `from`.
    fn ledger_rows(
        &self,
        tenant: TenantNumber,
        from: u64,
        limit: usize,
    ) -> Result<Vec<LedgerRow>, StoreError>;
    /// The entries of one case, in order.
    fn ledger_rows_of(
        &self,
        tenant: TenantNumber,
        case: NodeId,
    ) -> Result<Vec<LedgerRow>, StoreError>;
    /// Stored hashes by their index; a missing one is an error.
    fn ledger_hashes(&self, tenant: TenantNumber, stored: &[u64]) -> Result<Vec<Hash>, StoreError>;

    /// Where attachments lie.
    fn blobs(&self) -> &dyn Blobs;
    /// Blobs whose rows a case dropped and whose files may still be there.
    fn blob_removals(&self, tenant: TenantNumber) -> Result<Vec<String>, StoreError>;
    /// Forgets that these files had to be removed: they are gone.
    fn blobs_removed(&self, tenant: TenantNumber, names: &[String]) -> Result<(), StoreError>;
    /// Empties the write-ahead log. The bytes that it still has; 0 is a log without residue.
    fn truncate_log(&self) -> Result<u64, StoreError>;
    /// What a scope holds, in numbers.
    fn measure(
        &self,
        tenant: TenantNumber,
        drops: &[NodeId],
        punctures: &BTreeMap<NodeId, Vec<u32>>,
    ) -> Result<Measured, StoreError>;
    /// How many rows of these owners and items are still found by a fresh connection; 0 after an erasure.
    fn residue(
        &self,
        tenant: TenantNumber,
        drops: &[NodeId],
        punctures: &BTreeMap<NodeId, Vec<u32>>,
    ) -> Result<u64, StoreError>;
    /// Checks the database's own structure; the complaints, if any.
    fn integrity(&self) -> Result<Vec<String>, StoreError>;

    /// Snapshot repositories that are registered.
    fn repositories(&self, tenant: TenantNumber) -> Result<Vec<RepositoryRow>, StoreError>;
    /// The root that a repository's key rows are under; none before its first fence.
    fn mirrored_root(&self, repository: &RepositoryRow) -> Result<Option<String>, StoreError>;
    /// Makes a repository in an empty folder and registers it. The id it was given is `id`.
    fn register_repository(
        &self,
        tenant: TenantNumber,
        id: &str,
        folder: &str,
        now: i64,
    ) -> Result<(), StoreError>;
    /// Takes a repository from the list: it will not be fenced any more.
    fn unregister_repository(&self, tenant: TenantNumber, id: &str) -> Result<bool, StoreError>;
    /// Copies changed key, control and ledger rows to a repository, removes there what was dropped here, and
    /// verifies the copy through a fresh connection.
    fn fence(
        &self,
        tenant: TenantNumber,
        repository: &RepositoryRow,
        now: i64,
    ) -> Result<Fenced, StoreError>;
    /// Copies new content to a repository, then fences it. `id` names the snapshot.
    fn snapshot(
        &self,
        tenant: TenantNumber,
        repository: &RepositoryRow,
        id: &str,
        now: i64,
    ) -> Result<SnapshotRow, StoreError>;
}

/// One import. Look-ups see what was written before in it, where they do not say otherwise; an error of writing may show only at a
/// later call, at the commit at the latest. Dropped without [`ImportTransaction::commit`], it never was.
pub trait ImportTransaction {
    /// See [`Store::tenant`]. No rotation commits while this import runs.
    fn tenant(&mut self) -> Result<TenantRow, StoreError>;
    /// See [`Store::guest_by_tag`].
    fn guest_by_tag(&mut self, tag: &SourceTag) -> Result<Option<GuestRow>, StoreError>;
    /// See [`Store::conversation_by_tag`].
    fn conversation_by_tag(
        &mut self,
        tag: &SourceTag,
    ) -> Result<Option<ConversationRow>, StoreError>;
    /// See [`Store::message_by_tag`]. Of what this import itself has added, it may know nothing.
    fn message_by_tag(&mut self, owner: NodeId, tag: &SourceTag)
    -> Result<Option<u32>, StoreError>;
    /// The message of the highest place ([`ItemRow::place`]) that a conversation has, with those of this import.
    fn last_message(&mut self, owner: NodeId) -> Result<Option<ItemRow>, StoreError>;
    /// See [`Store::messages_by_tags`].
    fn messages_by_tags(
        &mut self,
        tags: &[SourceTag],
    ) -> Result<Vec<(SourceTag, NodeId, u32)>, StoreError>;
    /// Was this record erased?
    fn is_suppressed(&mut self, record: Suppression) -> Result<bool, StoreError>;
    /// How many records are suppressed.
    fn suppressions(&mut self) -> Result<u64, StoreError>;
    /// Keeps a record away that belongs to an erased one.
    fn suppress(&mut self, record: Suppression) -> Result<(), StoreError>;
    /// Lets an erased record in again.
    fn lift_suppression(&mut self, record: Suppression) -> Result<(), StoreError>;
    /// The nodes from the first level down to `node`.
    fn path(&mut self, node: NodeId) -> Result<Vec<NodeRow>, StoreError>;
    /// The branch or page in a slot.
    fn branch(&mut self, parent: NodeId, slot: u32) -> Result<Option<NodeRow>, StoreError>;
    /// One sealed frontier.
    fn seed(&mut self, owner: NodeId, segment: u32) -> Result<Option<SeedRow>, StoreError>;
    /// A node id never given before.
    fn next_node(&mut self) -> Result<NodeId, StoreError>;
    /// A guest ordinal never given before.
    fn next_guest_ordinal(&mut self) -> Result<u32, StoreError>;
    /// A conversation ordinal of this guest never given before.
    fn next_conversation_ordinal(&mut self, guest: NodeId) -> Result<u32, StoreError>;
    /// Adds a key.
    fn insert_node(&mut self, node: NodeRow) -> Result<(), StoreError>;
    /// Adds a sealed frontier.
    fn insert_seed(&mut self, seed: SeedRow) -> Result<(), StoreError>;
    /// Adds a guest.
    fn insert_guest(&mut self, guest: GuestRow) -> Result<(), StoreError>;
    /// Adds a conversation. `i64::MAX` and `i64::MIN` where nothing has said yet when it was opened and when it last spoke.
    fn insert_conversation(&mut self, conversation: ConversationRow) -> Result<(), StoreError>;
    /// Adds an item. That its owner has one of this source tag already is an error.
    fn insert_item(&mut self, owner: NodeId, item: UnsealedItem) -> Result<(), StoreError>;
    /// Points an attachment's item to its blob.
    fn insert_blob(&mut self, blob: BlobRow) -> Result<(), StoreError>;
    /// Adds a setting's sealed item (names of sources).
    fn insert_setting(&mut self, item: ControlItemRow) -> Result<(), StoreError>;
    /// Takes `n` indexes of a conversation that is not being erased: the guard against a racing erasure. `Ok(false)`:
    /// closed, or moved on.
    fn take_indexes(&mut self, node: NodeId, generation: u64, n: u32) -> Result<bool, StoreError>;
    /// Adds to a conversation's counters and widens its times (opened, last): what came late may have been sent early.
    fn count(
        &mut self,
        node: NodeId,
        messages: u32,
        attachments: u32,
        times: (i64, i64),
    ) -> Result<(), StoreError>;
    /// The end of the file: waits until all is written, and dates conversations of which nothing said when.
    fn settle(&mut self) -> Result<(), StoreError>;
    /// Makes it durable.
    fn commit(self: Box<Self>) -> Result<(), StoreError>;
}

/// What a search opens first of one conversation.
pub struct Sketched {
    /// The conversation.
    pub conversation: ConversationRow,
    /// The nodes from the first level down to its own, but for those at the beginning that it shares with the
    /// conversation before it in the walk. Its own is always there, the last.
    pub path: Vec<NodeRow>,
    /// Its frontiers, by segment.
    pub seeds: Vec<SeedRow>,
    /// Its sketches, in order.
    pub sketches: Vec<ItemRow>,
}

/// A conversation's rows that belong together.
pub struct ConversationContent {
    /// The conversation.
    pub conversation: ConversationRow,
    /// The nodes from the first level down to its own.
    pub path: Vec<NodeRow>,
    /// Its frontiers, by segment.
    pub seeds: Vec<SeedRow>,
    /// Its items without its sketches, in order.
    pub items: Vec<ItemRow>,
}

/// What a fence did.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fenced {
    /// Rows copied.
    pub rows: u64,
    /// Blob files removed in the repository.
    pub blobs_removed: u64,
}

/// Shortens a tenant's id for file names and origins: 32 hexadecimal digits.
#[must_use]
pub fn tenant_hex(tenant: TenantId) -> String {
    hex(&tenant.0)
}

/// Lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            write!(text, "{byte:02x}").expect("writing to a String cannot fail");
            text
        })
}
