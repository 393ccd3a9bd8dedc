//! Rows as the backends keep them: ids, ordinals, counters, few times, and sealed bytes.

use wuhen_keytree::context::{ItemKind, NodeId, TenantId};
use wuhen_keytree::rotation::{NodeRow, SeedRow};
use wuhen_ledger::{Entry, Hash};

/// Number of a tenant within one store.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub struct TenantNumber(pub i64);

/// Bytes of a source tag: HMAC-SHA256 cut to 128 bits, enough for 2^40 records without a collision in practice.
pub const SOURCE_TAG_BYTES: usize = 16;

/// Keyed tag of a record's id in its source.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceTag(pub [u8; SOURCE_TAG_BYTES]);

impl SourceTag {
    /// Its first eight bytes, where a short name will do.
    #[must_use]
    pub fn first_half(&self) -> u64 {
        self.0
            .first_chunk()
            .map_or(0, |half| u64::from_be_bytes(*half))
    }
}

/// What keeps an erased record away from later imports. A message is erased from its conversation: another conversation
/// may have one of the same id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Suppression {
    /// A guest or a conversation, by its tag.
    Record(SourceTag),
    /// A single message.
    Message {
        /// Its conversation's tag.
        conversation: SourceTag,
        /// Its own.
        message: SourceTag,
    },
}

impl Suppression {
    /// As it is stored: a record's tag; of a message the conversation's, then its own.
    #[must_use]
    pub fn to_bytes(self) -> Vec<u8> {
        match self {
            Self::Record(tag) => tag.0.to_vec(),
            Self::Message {
                conversation,
                message,
            } => [conversation.0, message.0].concat(),
        }
    }
}

/// A tenant's root, counters and epoch.
#[derive(Clone, PartialEq, Eq)]
pub struct TenantRow {
    /// Its number in this store.
    pub number: TenantNumber,
    /// Its id, the same in every store and snapshot.
    pub id: TenantId,
    /// Rotations since it was made.
    pub epoch: u64,
    /// The root in force.
    pub root_kid: String,
    /// The root that a running rotation goes to.
    pub next_kid: Option<String>,
    /// The top of the key tree.
    pub top: NodeId,
    /// Version of the top's key.
    pub top_key_version: u64,
    /// The top's key, wrapped by the root.
    pub top_wrap: Vec<u8>,
    /// The ordinal that the next case gets.
    pub next_case: u32,
    /// The ordinal that the next member of staff gets.
    pub next_staff: u32,
    /// The id that the next node gets.
    pub next_node: u64,
    /// Counter of changes.
    pub revision: u64,
    /// The last signed checkpoint.
    pub checkpoint: Option<String>,
}

/// A new tenant with its first rows.
pub struct NewTenant {
    /// Its id.
    pub id: TenantId,
    /// Its root.
    pub root_kid: String,
    /// Top of its tree.
    pub top: NodeId,
    /// The top's key, wrapped by the root.
    pub top_wrap: Vec<u8>,
    /// Subtrees, parents first.
    pub nodes: Vec<NodeRow>,
    /// Their seeds.
    pub seeds: Vec<SeedRow>,
    /// Sealed settings.
    pub settings: Vec<ControlItemRow>,
    /// The id that the next node gets.
    pub next_node: u64,
}

/// A guest.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct GuestRow {
    /// Its node.
    pub node: NodeId,
    /// Its ordinal: four bytes that lead to it through the branches.
    pub ordinal: u32,
    /// Tag of its id in its source.
    pub source_tag: SourceTag,
}

/// A conversation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ConversationRow {
    /// Its node.
    pub node: NodeId,
    /// Its guest.
    pub guest: NodeId,
    /// Its ordinal within the guest: page * 256 + slot.
    pub ordinal: u32,
    /// The index that its next item gets: segment * 4096 + index.
    pub next_index: u32,
    /// How often its keys were replaced.
    pub generation: u64,
    /// False while it is being erased: nobody may read it or write to it.
    pub open: bool,
    /// Messages in it.
    pub messages: u32,
    /// Attachments in it.
    pub attachments: u32,
    /// When it was opened, seconds since 1970 UTC.
    pub opened_at: i64,
    /// When its last message was sent, seconds since 1970 UTC.
    pub last_at: i64,
    /// Tag of its id in its source.
    pub source_tag: SourceTag,
}

/// A sealed item of content.
#[derive(Clone, PartialEq, Eq)]
pub struct ItemRow {
    /// segment * 4096 + index.
    pub item: u32,
    /// What it is.
    pub kind: ItemKind,
    /// Tag of a message's id in its source.
    pub source_tag: Option<SourceTag>,
    /// The sealed bytes.
    pub sealed: Vec<u8>,
    /// Of a record's new version: the item number that the record had when it came, and whose place it keeps.
    pub replaces: Option<u32>,
}

impl ItemRow {
    /// Where it stands among its owner's items: sketches, attachments and marks name a record by it, whatever version it has.
    #[must_use]
    pub fn place(&self) -> u32 {
        self.replaces.unwrap_or(self.item)
    }
}

/// An item of content that is sealed when it is written, by the thread that writes it.
pub struct UnsealedItem {
    /// segment * 4096 + index.
    pub item: u32,
    /// What it is.
    pub kind: ItemKind,
    /// Tag of a message's id in its source.
    pub source_tag: Option<SourceTag>,
    /// Bytes that it takes while it waits, about.
    pub bytes: usize,
    /// Gives the sealed bytes, once. Not `FnOnce`, for what that holds is moved out of its box, and keys are wiped where they are.
    pub seal: Box<dyn FnMut() -> Vec<u8> + Send>,
}

/// A sealed item of control: a setting, a scope, a ledger entry's body.
#[derive(Clone, PartialEq, Eq)]
pub struct ControlItemRow {
    /// Case or settings.
    pub owner: NodeId,
    /// segment * 4096 + index.
    pub item: u32,
    /// What it is.
    pub kind: ItemKind,
    /// The sealed bytes.
    pub sealed: Vec<u8>,
}

/// Where an attachment's bytes lie.
#[derive(Clone, PartialEq, Eq)]
pub struct BlobRow {
    /// Its conversation.
    pub owner: NodeId,
    /// Its item.
    pub item: u32,
    /// Name of the blob: random, says nothing.
    pub name: String,
    /// Bytes of the sealed file.
    pub bytes: u64,
}

/// Items for one conversation.
pub struct Append {
    /// The conversation.
    pub node: NodeId,
    /// The generation and next index that the items were sealed for.
    pub generation: u64,
    /// Index of the first item.
    pub next_index: u32,
    /// Indexes taken.
    pub taken: u32,
    /// A segment that begins with these items.
    pub seed: Option<SeedRow>,
    /// The items.
    pub items: Vec<ItemRow>,
}

/// How far a case has come. Each state says which step was last made durable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CaseState {
    /// Scope frozen, intent in the ledger, the new root not yet in force (steps 0 to 2).
    Erasing,
    /// Rows dropped, new root in force, the old one still exists (steps 3 and 4).
    Rotated,
    /// The old root is destroyed and the ledger says `erased`; physical work goes on (steps 7 and 8).
    Erased,
    /// Physical work tried; some copy is not settled.
    Partial,
    /// All is settled.
    Complete,
    /// Given up before anything was dropped.
    Abandoned,
    /// An operation that needed no steps (snapshot, registration).
    Recorded,
}

impl CaseState {
    /// The word in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Erasing => "erasing",
            Self::Rotated => "rotated",
            Self::Erased => "erased",
            Self::Partial => "partial",
            Self::Complete => "complete",
            Self::Abandoned => "abandoned",
            Self::Recorded => "recorded",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Erasing,
            Self::Rotated,
            Self::Erased,
            Self::Partial,
            Self::Complete,
            Self::Abandoned,
            Self::Recorded,
        ]
        .into_iter()
        .find(|state| state.as_str() == word)
    }
}

/// A case.
#[derive(Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// Its node under `cases`.
    pub node: NodeId,
    /// Its number.
    pub ordinal: u32,
    /// How far it has come.
    pub state: CaseState,
    /// Leaf of its intent.
    pub intent: Option<u64>,
    /// The root before its rotation.
    pub old_kid: Option<String>,
    /// The root after its rotation.
    pub new_kid: Option<String>,
}

/// One entry for the ledger, made against the tree as it was read; refused if the tree has grown since.
pub struct LedgerAppend {
    /// Leaf index that it was made for.
    pub leaf: u64,
    /// The entry.
    pub entry: Entry,
    /// Hashes to store.
    pub hashes: Vec<(u64, Hash)>,
    /// The sealed body.
    pub body: ControlItemRow,
    /// The signed checkpoint of the tree with it.
    pub checkpoint: String,
}

/// One entry of the ledger.
#[derive(Clone, PartialEq, Eq)]
pub struct LedgerRow {
    /// Leaf index.
    pub leaf: u64,
    /// The entry.
    pub entry: Entry,
    /// The case whose seed seals the body.
    pub owner: NodeId,
    /// The body's item.
    pub item: u32,
}

/// A snapshot repository.
#[derive(Clone, PartialEq, Eq)]
pub struct RepositoryRow {
    /// Its id.
    pub id: String,
    /// Its folder.
    pub folder: String,
    /// Revision up to which it has all key, control and ledger rows.
    pub fenced_revision: u64,
    /// When that was, seconds since 1970 UTC.
    pub fenced_at: i64,
    /// This store was restored from it and has not written to it yet.
    pub restored: bool,
}

/// A snapshot.
#[derive(Clone, PartialEq, Eq)]
pub struct SnapshotRow {
    /// Its number in its repository, from 1.
    pub number: u64,
    /// Its id.
    pub id: String,
    /// When it was made, seconds since 1970 UTC.
    pub created_at: i64,
    /// The epoch it was made in.
    pub epoch: u64,
    /// Guests then.
    pub guests: u64,
    /// Conversations then.
    pub conversations: u64,
    /// Messages then.
    pub messages: u64,
    /// Attachments then.
    pub attachments: u64,
}

/// What is stored, in numbers.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Guests.
    pub guests: u64,
    /// Conversations.
    pub conversations: u64,
    /// Messages.
    pub messages: u64,
    /// Attachments.
    pub attachments: u64,
    /// Bytes of the database file.
    pub database_bytes: u64,
    /// Bytes of the write-ahead log.
    pub log_bytes: u64,
    /// Bytes of sealed attachments.
    pub blob_bytes: u64,
    /// When the oldest conversation was opened, seconds since 1970 UTC.
    pub oldest_at: Option<i64>,
}
