//! A tenant with a small tree of real keys, for the suite.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;

use wuhen_keytree::context::{ItemKind, NodeId, NodeKind, TenantId};
use wuhen_keytree::rotation::{NodeRow, SeedRow};
use wuhen_keytree::seed::Frontier;
use wuhen_keytree::wrap::{self, WrapContext};
use wuhen_keytree::{Key, Nonce};
use wuhen_ledger::{Entry, tree};

use crate::{
    Append, BeginErasure, CaseRow, CaseState, ControlItemRow, ConversationRow, GuestRow,
    ImportTransaction, ItemRow, LedgerAppend, NewCase, NewRegister, NewTenant, RegisterKind,
    RegisterRow, RegisterWrite, Sketched, SourceTag, Store, StoreError, TenantNumber, UnsealedItem,
};

const TENANT: TenantId = TenantId([5; 16]);

pub(super) struct Fixture {
    pub(super) store: Box<dyn Store>,
    pub(super) tenant: TenantNumber,
    pub(super) top: NodeId,
    pub(super) settings: NodeId,
    pub(super) top_key: Key,
    guests: (NodeId, Key),
    /// By the number of their tag.
    guest_keys: RefCell<BTreeMap<u8, Key>>,
    counter: Cell<u8>,
}

impl Fixture {
    pub(super) fn new(store: Box<dyn Store>) -> Self {
        let (top, guests, settings) = (NodeId(1), NodeId(2), NodeId(3));
        let top_key = Key::from_bytes([1; 32]);
        let counter = Cell::new(10);
        let (guests_row, guests_key) = node(&counter, (top, &top_key), 0, guests, NodeKind::Guests);
        let (settings_row, settings_key) =
            node(&counter, (top, &top_key), 4, settings, NodeKind::Settings);
        let new = NewTenant {
            id: TENANT,
            root_kid: "k-first".to_owned(),
            top,
            top_wrap: b"wrapped by the first root".to_vec(),
            nodes: vec![guests_row, settings_row],
            seeds: vec![seed(&counter, (settings, &settings_key))],
            settings: vec![ControlItemRow {
                owner: settings,
                item: 0,
                kind: ItemKind::Setting,
                sealed: vec![1],
            }],
            next_node: 4,
        };
        let tenant = store.create_tenant(&new).expect("a tenant is made");
        Self {
            store,
            tenant,
            top,
            settings,
            top_key,
            guests: (guests, guests_key),
            guest_keys: RefCell::default(),
            counter,
        }
    }

    /// Deterministic bytes, different each time.
    pub(super) fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(next(&self.counter));
    }

    /// A guest, new unless imported before, with new conversations, each (tag, messages). Answers their nodes.
    pub(super) fn import(&self, guest: u8, conversations: &[(u8, u8)]) -> Vec<NodeId> {
        self.run_import(guest, conversations, true)
    }

    pub(super) fn import_without_commit(&self, guest: u8, conversations: &[(u8, u8)]) {
        self.run_import(guest, conversations, false);
    }

    fn run_import(&self, guest: u8, conversations: &[(u8, u8)], commit: bool) -> Vec<NodeId> {
        let mut import = self
            .store
            .begin_import(self.tenant)
            .expect("an import begins");
        let (id, key) = self.guest(&mut *import, guest);
        let mut nodes = Vec::new();
        for (name, messages) in conversations {
            let node_id = import.next_node().expect("an id");
            let ordinal = import.next_conversation_ordinal(id).expect("an ordinal");
            let kind = NodeKind::Conversation;
            let (row, key) = node(&self.counter, (id, &key), ordinal, node_id, kind);
            import.insert_node(row).expect("a node");
            import
                .insert_seed(seed(&self.counter, (node_id, &key)))
                .expect("a seed");
            import
                .insert_item(node_id, unsealed(0, ItemKind::Conversation, None))
                .expect("a head");
            for number in 0..*messages {
                let mut message = tag(*name).0;
                message[1] = number + 1;
                let row = unsealed(
                    u32::from(number) + 1,
                    ItemKind::Message,
                    Some(SourceTag(message)),
                );
                import.insert_item(node_id, row).expect("a message");
            }
            let last = import.last_message(node_id).expect("a look-up");
            let number = (*messages > 0).then_some(u32::from(*messages));
            assert_eq!(last.map(|row| row.item), number);
            import
                .insert_conversation(conversation(node_id, id, *name, *messages))
                .expect("a conversation");
            nodes.push(node_id);
        }
        if commit {
            import.commit().expect("the import commits");
        }
        nodes
    }

    fn guest(&self, import: &mut dyn ImportTransaction, guest: u8) -> (NodeId, Key) {
        if let Some(known) = import.guest_by_tag(&tag(guest)).expect("a look-up") {
            return (known.node, self.guest_keys.borrow()[&guest].duplicate());
        }
        let id = import.next_node().expect("an id");
        let ordinal = import.next_guest_ordinal().expect("an ordinal");
        let (row, key) = node(
            &self.counter,
            (self.guests.0, &self.guests.1),
            ordinal,
            id,
            NodeKind::Guest,
        );
        import.insert_node(row).expect("a node");
        import
            .insert_guest(GuestRow {
                node: id,
                ordinal,
                source_tag: tag(guest),
            })
            .expect("a guest");
        import
            .insert_seed(seed(&self.counter, (id, &key)))
            .expect("a seed");
        self.guest_keys.borrow_mut().insert(guest, key.duplicate());
        (id, key)
    }

    /// Adds a sketch at the end of a conversation.
    pub(super) fn add_sketch(&self, node: NodeId) {
        let row = self.store.conversation(self.tenant, node);
        let row = row.expect("a row").expect("it");
        let append = Append {
            items: vec![item(row.next_index, ItemKind::Sketch, None)],
            ..append(&row)
        };
        assert!(self.store.append(self.tenant, &append).expect("an append"));
    }

    /// The first of a range of conversations, and the revision they are of.
    pub(super) fn walk(&self, nodes: Range<NodeId>, first: usize) -> (Vec<Sketched>, u64) {
        let mut walked = Vec::new();
        let revision = self
            .store
            .for_each_sketched(self.tenant, nodes, &mut |one| {
                walked.push(one);
                walked.len() < first
            })
            .expect("a walk");
        (walked, revision)
    }

    /// An entry of the register that could be the next one.
    pub(super) fn register(&self, kind: RegisterKind, state: &str) -> NewRegister {
        let tenant = self.store.tenant(self.tenant).expect("the tenant");
        let ordinal = match kind {
            RegisterKind::Staff => tenant.next_staff,
            _ => tenant.next_case,
        };
        let id = NodeId(tenant.next_node);
        let top = (self.top, &self.top_key);
        let (row, key) = node(&self.counter, top, ordinal + 10, id, NodeKind::Case);
        NewRegister {
            row: RegisterRow {
                node: id,
                kind,
                ordinal,
                state: state.to_owned(),
            },
            nodes: vec![row],
            seed: seed(&self.counter, (id, &key)),
            items: Vec::new(),
        }
    }

    /// An entry of the register. Answers its node.
    pub(super) fn opened(&self, kind: RegisterKind, state: &str) -> NodeId {
        let new = self.register(kind, state);
        let node = new.row.node;
        self.write(RegisterWrite {
            opens: vec![new],
            ..RegisterWrite::default()
        })
        .expect("an entry is opened");
        node
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "each change is made where it is written"
    )]
    pub(super) fn write(&self, write: RegisterWrite) -> Result<(), StoreError> {
        self.store.write_register(self.tenant, &write)
    }

    /// Opens a case that freezes these conversations. Answers its node.
    pub(super) fn begin(&self, next_kid: &str, freeze: &[NodeId]) -> NodeId {
        let begin = self.erasure(next_kid, freeze);
        let case = begin.case.case.node;
        self.store
            .begin_erasure(self.tenant, &begin)
            .expect("an erasure begins");
        case
    }

    pub(super) fn erasure(&self, next_kid: &str, freeze: &[NodeId]) -> BeginErasure {
        let tenant = self.store.tenant(self.tenant).expect("the tenant");
        let id = NodeId(tenant.next_node);
        let slot = tenant.next_case + 10;
        let (row, key) = node(
            &self.counter,
            (self.top, &self.top_key),
            slot,
            id,
            NodeKind::Case,
        );
        let entry = Entry::new(tenant.epoch, &[1; 32], b"a body");
        BeginErasure {
            case: NewCase {
                case: CaseRow {
                    node: id,
                    ordinal: tenant.next_case,
                    state: CaseState::Erasing,
                    intent: Some(0),
                    old_kid: Some(tenant.root_kid),
                    new_kid: Some(next_kid.to_owned()),
                },
                nodes: vec![row],
                seed: seed(&self.counter, (id, &key)),
                items: Vec::new(),
            },
            next_kid: next_kid.to_owned(),
            freeze: freeze.to_vec(),
            request: None,
            intent: LedgerAppend {
                leaf: self.store.ledger_size(self.tenant).expect("a size"),
                entry,
                hashes: vec![(tree::stored_hash_index(0, 0), entry.leaf_hash())],
                body: ControlItemRow {
                    owner: id,
                    item: 0,
                    kind: ItemKind::Entry,
                    sealed: vec![2],
                },
                checkpoint: "a checkpoint".to_owned(),
            },
        }
    }
}

pub(super) fn append(row: &ConversationRow) -> Append {
    Append {
        node: row.node,
        generation: row.generation,
        next_index: row.next_index,
        taken: 1,
        seed: None,
        items: vec![item(row.next_index, ItemKind::Label, None)],
    }
}

/// A tag that stands for one record.
pub(super) fn tag(number: u8) -> SourceTag {
    SourceTag([number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
}

pub(super) fn item(number: u32, kind: ItemKind, source_tag: Option<SourceTag>) -> ItemRow {
    ItemRow {
        item: number,
        kind,
        source_tag,
        sealed: vec![7; 60],
        replaces: None,
    }
}

pub(super) fn unsealed(number: u32, kind: ItemKind, source_tag: Option<SourceTag>) -> UnsealedItem {
    UnsealedItem {
        item: number,
        kind,
        source_tag,
        bytes: 60,
        seal: Box::new(|| vec![7; 60]),
    }
}

fn conversation(node: NodeId, guest: NodeId, name: u8, messages: u8) -> ConversationRow {
    ConversationRow {
        node,
        guest,
        ordinal: 0,
        next_index: u32::from(messages) + 1,
        generation: 0,
        open: true,
        messages: u32::from(messages),
        attachments: 0,
        opened_at: 0,
        last_at: 0,
        source_tag: tag(name),
    }
}

fn node(
    counter: &Cell<u8>,
    (parent, parent_key): (NodeId, &Key),
    slot: u32,
    id: NodeId,
    kind: NodeKind,
) -> (NodeRow, Key) {
    let key = Key::from_bytes([next(counter); 32]);
    let context = WrapContext {
        tenant: TENANT,
        kind,
        child: id,
        parent,
        parent_key_version: 0,
    };
    let wrap = wrap::wrap(parent_key, &context, Nonce([next(counter); 12]), &key);
    (
        NodeRow {
            id,
            parent,
            slot,
            kind,
            key_version: 0,
            wrap,
        },
        key,
    )
}

fn seed(counter: &Cell<u8>, (owner, key): (NodeId, &Key)) -> SeedRow {
    let frontier = Frontier::new(Key::from_bytes([next(counter); 32]));
    let sealed = wrap::seal_frontier(
        key,
        TENANT,
        owner,
        0,
        0,
        Nonce([next(counter); 12]),
        &frontier,
    );
    SeedRow {
        owner,
        segment: 0,
        sealed,
    }
}

fn next(counter: &Cell<u8>) -> u8 {
    counter.set(counter.get().wrapping_add(1));
    counter.get()
}
