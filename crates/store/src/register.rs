//! What a house keeps besides records, as the backends keep it: entries of the register, what they say of records, work that
//! becomes due. All content is sealed; states, kinds and times are the few words that scheduling needs.

use wuhen_keytree::context::NodeId;
use wuhen_keytree::rotation::{NodeRow, SeedRow};

use crate::{ControlItemRow, LedgerAppend};

/// Kinds and flags are written as words; one list serves both directions.
macro_rules! words {
    ($(#[$about:meta])* $type:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $type {
            $($(#[$doc])* $variant,)+
        }

        impl $type {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word in the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// Reads the word.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}

words!(
/// What an entry of the register is.
RegisterKind {
    /// A member of staff. Its node lies under `staff`, all others' under `cases`.
    Staff = "staff",
    /// What somebody asked for: an erasure, a copy, a correction.
    Request = "request",
    /// A legal hold.
    Hold = "hold",
    /// A rule pack, put in force or to come.
    Rules = "rules",
    /// A booking.
    Booking = "booking",
    /// Somebody abroad or outside who received records.
    Recipient = "recipient",
    /// A device of a guest.
    Device = "device",
    /// What a schedule or the house itself has set: clean-up days, confidentiality labels, privacy modes.
    Setting = "setting",
});

words!(
/// What is said of a record.
Flag {
    /// A legal hold: it may not be erased.
    Hold = "hold",
    /// Kept by law, read by nobody.
    Restriction = "restriction",
    /// Its guest does not want to see it.
    Hide = "hide",
    /// A request will erase it: read and written by nobody.
    Frozen = "frozen",
    /// Its guest's privacy mode: not in search, masked until revealed with a reason.
    Private = "private",
    /// Of somebody under age: read only with an approval.
    Minor = "minor",
});

/// An entry of the register.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RegisterRow {
    /// Its node.
    pub node: NodeId,
    /// What it is.
    pub kind: RegisterKind,
    /// Its number among those of its subtree.
    pub ordinal: u32,
    /// How far it has come: a word of its kind's own.
    pub state: String,
}

/// An entry that is new, with the rows that it adds to the key tree and its first sealed items.
pub struct NewRegister {
    /// The entry.
    pub row: RegisterRow,
    /// Branches that were missing, and its own node, parents first.
    pub nodes: Vec<NodeRow>,
    /// Its own seed.
    pub seed: SeedRow,
    /// Its sealed items.
    pub items: Vec<ControlItemRow>,
}

/// An entry goes from one state to another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StateMove {
    /// The entry.
    pub node: NodeId,
    /// The state that it must be in.
    pub from: String,
    /// The state that it is in afterwards.
    pub to: String,
}

/// Something that is said of a record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FlagRow {
    /// A guest, a conversation.
    pub node: NodeId,
    /// One place in it ([`crate::ItemRow::place`]); none: all of it, and of what comes later.
    pub item: Option<u32>,
    /// What.
    pub flag: Flag,
    /// Which entry says so.
    pub register: NodeId,
}

/// Of which records flags are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FlagsOf {
    /// All there are.
    All,
    /// All of one kind.
    Kind(Flag),
    /// Those on one node itself, and on its items.
    Node(NodeId),
    /// Those that one entry says.
    Register(NodeId),
}

/// Work that becomes due: there is one of a kind and node.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewJob {
    /// What is to be done: a word of the scheduler's.
    pub kind: String,
    /// Whom it is about: an entry of the register, or the settings for what concerns the house.
    pub node: NodeId,
    /// When, seconds since 1970 UTC.
    pub due_at: i64,
}

/// Work, and who has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JobRow {
    /// What, about whom, and when.
    pub job: NewJob,
    /// Until when somebody has it, seconds since 1970 UTC.
    pub lease: Lease,
    /// How often in a row it failed.
    pub attempts: u32,
}

/// Who has a job, and until when.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Lease {
    /// A random name of whoever runs it; 0: nobody.
    pub by: u64,
    /// Seconds since 1970 UTC.
    pub until: i64,
}

/// One change of the register: whole or not at all.
#[derive(Default)]
pub struct RegisterWrite {
    /// Entries that are new. Their numbers must be the next ones of their subtree.
    pub opens: Vec<NewRegister>,
    /// Segments that begin, of what is there. One that is there is a conflict: somebody else began it.
    pub seeds: Vec<SeedRow>,
    /// Sealed items of entries that are there. A number that is taken is a conflict: somebody else wrote on it.
    pub items: Vec<ControlItemRow>,
    /// The epoch whose keys `seeds` and `items` were sealed with, where an erasure may renew them or end their owners. Another one
    /// is a conflict.
    pub epoch: Option<u64>,
    /// Entries whose state changes.
    pub moves: Vec<StateMove>,
    /// What is said of records from now on. Said already is no error.
    pub flags: Vec<FlagRow>,
    /// What is not said any more: all flags of this kind that this entry says.
    pub lifts: Vec<(NodeId, Flag)>,
    /// Single flags that go.
    pub unsaid: Vec<FlagRow>,
    /// Conversations that nobody writes to from now on. One that is being erased is a conflict.
    pub closes: Vec<NodeId>,
    /// Conversations that are written to again, unless another entry freezes them.
    pub reopens: Vec<NodeId>,
    /// Work that becomes due; it takes the place of work of the same kind and node.
    pub jobs: Vec<NewJob>,
    /// Work that is not wanted any more.
    pub ended_jobs: Vec<(String, NodeId)>,
    /// The ledger's word.
    pub entry: Option<LedgerAppend>,
}
