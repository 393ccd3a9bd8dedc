//! The ledger: entries made and sealed, the tree checked, proofs and the public folder.

mod hashes;

use std::path::Path;

use hashes::{MemoryHashes, Overlay, StoreHashes};
use wuhen_keytree::context::{ItemKind, NodeId, NodeKind};
use wuhen_keytree::item;
use wuhen_keytree::rotation::NodeRow;
use wuhen_keytree::seed::{Frontier, SEGMENT_ITEMS, segment_and_index};
use wuhen_ledger::body::Time;
use wuhen_ledger::tree;
use wuhen_ledger::{Body, Checkpoint, Entry, Hash, Proof};
use wuhen_store::{CaseRow, CaseState, ControlItemRow, LedgerAppend, LedgerRow, NewCase};

use crate::Service;
use crate::error::{Opening, ServiceError};
use crate::keys::{Versioned, branch_slots, item_context, new_node, new_seed, nonce, open_seed};
use crate::notice::Missing;
use crate::open::{SLOT_CASES, damaged, subtree, uuid_text};

/// Entries read at once while the ledger is checked or exported.
const PAGE_ENTRIES: usize = 1_024;

/// What a check of the ledger found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LedgerReport {
    /// Entries.
    pub size: u64,
    /// Entries whose body could be opened and fits.
    pub opened: u64,
    /// The tree's root, base64.
    pub root: String,
    /// The signed checkpoint.
    pub checkpoint: String,
    /// The public key.
    pub key: String,
}

/// A case being made: its rows, its open seed, and the items sealed so far.
pub(crate) struct CaseDraft {
    pub(crate) new: NewCase,
    pub(crate) frontier: Frontier,
    next_item: u32,
}

/// An entry that opened.
pub(crate) struct OpenedBody {
    pub(crate) row: LedgerRow,
    pub(crate) salt: [u8; 32],
    pub(crate) bytes: Vec<u8>,
}

impl Service {
    /// The public key that certificates and checkpoints are verified with, as a C2SP signed-note verifier key.
    #[must_use]
    pub fn ledger_key(&self) -> String {
        self.signer.vkey().to_string()
    }

    /// A short form of the key that two people can compare.
    #[must_use]
    pub fn ledger_key_fingerprint(&self) -> String {
        self.signer.vkey().fingerprint()
    }

    /// The signed checkpoint of the tree as it is.
    ///
    /// # Errors
    /// The tree cannot be read.
    pub fn checkpoint(&self) -> Result<String, ServiceError> {
        let size = self.store.ledger_size(self.tenant)?;
        self.sign(size, tree::root(size, &self.hashes())?)
    }

    /// Re-derives the tree from its entries, compares it with the stored hashes and with the checkpoints kept, and
    /// opens every entry that can still be opened.
    ///
    /// # Errors
    /// The ledger does not hold; the message says where.
    pub fn check_ledger(&self) -> Result<LedgerReport, ServiceError> {
        let size = self.store.ledger_size(self.tenant)?;
        let mut derived = MemoryHashes::default();
        let mut opened = 0;
        let mut last_epoch = 0;
        for row in self.ledger_rows()? {
            if row.entry.epoch() < last_epoch {
                return Err(ServiceError::Ledger(format!(
                    "entry {} is of an earlier epoch than the one before",
                    row.leaf
                )));
            }
            last_epoch = row.entry.epoch();
            let appended = tree::appended_hashes(row.leaf, row.entry.leaf_hash(), &derived)?;
            // Each one, not the root alone: later proofs are made of those inside the tree.
            for (index, hash) in &appended {
                if self.store.ledger_hashes(self.tenant, &[*index])? != [*hash] {
                    return Err(ServiceError::Ledger(
                        "the stored hashes are not those of the entries".to_owned(),
                    ));
                }
            }
            derived.0.extend(appended);
            opened += u64::from(self.open_entry(row)?.is_some());
        }
        let root = tree::root(size, &derived)?;
        if last_epoch > self.store.tenant(self.tenant)?.epoch {
            return Err(ServiceError::Ledger(
                "the database's epoch is behind the ledger".to_owned(),
            ));
        }
        self.check_not_behind()?;
        let checkpoint = self.sign(size, root)?;
        Ok(LedgerReport {
            size,
            opened,
            root: root.to_string(),
            checkpoint,
            key: self.ledger_key(),
        })
    }

    /// Writes the log as a C2SP tlog-tiles folder: `checkpoint`, `tile/...`, and `key`.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn export_ledger(&self, folder: &Path) -> Result<u64, ServiceError> {
        let size = self.store.ledger_size(self.tenant)?;
        let rows = self.ledger_rows()?;
        let mut entry = |leaf: u64| {
            let row = usize::try_from(leaf).ok().and_then(|leaf| rows.get(leaf));
            row.map(|row| row.entry)
                .ok_or_else(|| "an entry is missing".into())
        };
        let mut write = |path: &str, bytes: &[u8]| Ok(write_file(&folder.join(path), bytes)?);
        wuhen_ledger::tiles::tiles(size, &self.hashes(), &mut entry, &mut write)
            .map_err(|error| ServiceError::Ledger(error.to_string()))?;
        let key = folder.join("key");
        write_file(&key, format!("{}\n", self.ledger_key()).as_bytes())
            .map_err(|error| ServiceError::io(&key, error))?;
        // Last, so that whoever sees the checkpoint finds every tile that it needs.
        let checkpoint = folder.join("checkpoint");
        write_file(&checkpoint, self.checkpoint()?.as_bytes())
            .map_err(|error| ServiceError::io(&checkpoint, error))?;
        Ok(size)
    }

    /// Refuses a database that is behind the checkpoint kept beside the root: an old copy that somebody put back.
    pub(crate) fn check_not_behind(&self) -> Result<(), ServiceError> {
        let row = self.store.tenant(self.tenant)?;
        let size = self.store.ledger_size(self.tenant)?;
        let last = size
            .checked_sub(1)
            .map(|leaf| self.store.ledger_rows(self.tenant, leaf, 1))
            .transpose()?;
        if let Some(last) = last.as_deref().and_then(<[LedgerRow]>::first)
            && last.entry.epoch() > row.epoch
        {
            return Err(ServiceError::Quarantined(
                "the database's epoch is behind its ledger".to_owned(),
            ));
        }
        for note in self.custodian.checkpoints()? {
            let kept = Checkpoint::verify(&note, self.signer.vkey()).map_err(|error| {
                ServiceError::Quarantined(format!(
                    "the checkpoint beside the root is not of this ledger: {error}"
                ))
            })?;
            if kept.size > size {
                return Err(ServiceError::Quarantined(format!(
                    "the database is an old copy: its ledger has {size} entries, the checkpoint beside the root {}; \
                     use the current database, or restore from a snapshot repository",
                    kept.size
                )));
            }
            if kept.size > 0 && tree::root(kept.size, &self.hashes())? != kept.root {
                return Err(ServiceError::Quarantined(
                    "the ledger is not the one whose checkpoint lies beside the root".to_owned(),
                ));
            }
        }
        Ok(())
    }

    pub(crate) fn hashes(&self) -> StoreHashes<'_> {
        StoreHashes {
            store: &*self.store,
            tenant: self.tenant,
        }
    }

    pub(crate) fn ledger_rows(&self) -> Result<Vec<LedgerRow>, ServiceError> {
        let mut rows = Vec::new();
        loop {
            let page = self
                .store
                .ledger_rows(self.tenant, rows.len() as u64, PAGE_ENTRIES)?;
            if page.is_empty() {
                break;
            }
            rows.extend(page);
        }
        if let Some((wanted, row)) = (0..).zip(&rows).find(|(wanted, row)| row.leaf != *wanted) {
            return Err(ServiceError::Ledger(format!(
                "entry {wanted} is missing; {} follows",
                row.leaf
            )));
        }
        Ok(rows)
    }

    /// Records an operation that has a case of its own and needs no rotation, and keeps the checkpoint.
    ///
    /// What is done is done: a repository that is away is one of the problems it answers.
    pub(crate) fn record(&self, body: &Body) -> Result<Vec<Missing>, ServiceError> {
        self.record_here(body)?;
        self.settle_repositories()
    }

    /// Records an operation in this store's ledger only.
    pub(crate) fn record_here(&self, body: &Body) -> Result<(), ServiceError> {
        let mut draft = self.draft_case(CaseState::Recorded)?;
        let entry = self.draft_entry(&mut draft, body)?;
        self.step("ledger/entry", || {
            Ok(self.store.record_case(self.tenant, &draft.new, &entry)?)
        })
    }

    pub(crate) fn keep_checkpoint(&self) -> Result<(), ServiceError> {
        let note = self
            .store
            .tenant(self.tenant)?
            .checkpoint
            .ok_or_else(|| damaged("the ledger has no checkpoint"))?;
        self.step("ledger/keep-checkpoint", || {
            Ok(self.custodian.keep_checkpoint(&note)?)
        })
    }

    /// A new case with the rows that it needs: missing branches, its node, its seed.
    pub(crate) fn draft_case(&self, state: CaseState) -> Result<CaseDraft, ServiceError> {
        let rng = &*self.surroundings.rng;
        let row = self.store.tenant(self.tenant)?;
        let ordinal = row.next_case;
        let top = self.store.children(self.tenant, row.top)?;
        let cases = subtree(&top, SLOT_CASES)?.clone();
        let mut key = self
            .keys()
            .follow(std::slice::from_ref(&cases))
            .opening("the cases")?;
        let mut parent = cases.id;
        let mut nodes: Vec<NodeRow> = Vec::new();
        let slots = branch_slots(ordinal);
        for (depth, slot) in slots.into_iter().enumerate() {
            let kind = if depth + 1 == slots.len() {
                NodeKind::Case
            } else {
                NodeKind::Branch
            };
            // Below the first missing branch nothing can be there.
            let children = if nodes.is_empty() {
                self.store.children(self.tenant, parent)?
            } else {
                Vec::new()
            };
            if let Some(found) = children.iter().find(|row| row.slot == slot) {
                key = crate::keys::open_node(self.tenant_id, &key, found)
                    .opening("a branch of cases")?;
                parent = found.id;
                continue;
            }
            let id = NodeId(row.next_node + nodes.len() as u64);
            let (node, node_key) = new_node(rng, self.tenant_id, (&key, parent), slot, id, kind);
            (key, parent) = (node_key, id);
            nodes.push(node);
        }
        let (seed, frontier) = new_seed(rng, self.tenant_id, (&key, parent), 0);
        let case = CaseRow {
            node: parent,
            ordinal,
            state,
            intent: None,
            old_kid: None,
            new_kid: None,
        };
        Ok(CaseDraft {
            new: NewCase {
                case,
                nodes,
                seed,
                items: Vec::new(),
            },
            frontier,
            next_item: 0,
        })
    }

    /// Seals an item of a case that is being made.
    pub(crate) fn draft_item(
        &self,
        draft: &mut CaseDraft,
        kind: ItemKind,
        header: &[u8],
        body: &[u8],
    ) -> ControlItemRow {
        let number = draft.next_item;
        draft.next_item += 1;
        let leaf = draft
            .frontier
            .leaf(number)
            .expect("a new case has few items, none punctured");
        self.seal_control(draft.new.case.node, number, kind, &leaf, header, body)
    }

    pub(crate) fn draft_entry(
        &self,
        draft: &mut CaseDraft,
        body: &Body,
    ) -> Result<LedgerAppend, ServiceError> {
        let (salt, bytes) = (self.random::<32>(), body_bytes(body)?);
        let item = self.draft_item(draft, ItemKind::Entry, &salt, &bytes);
        self.append_to_tree(item, &salt, &bytes)
    }

    /// An entry for a case that is in the store.
    pub(crate) fn case_entry(
        &self,
        case: NodeId,
        body: &Body,
    ) -> Result<LedgerAppend, ServiceError> {
        let (salt, bytes) = (self.random::<32>(), body_bytes(body)?);
        let number = self
            .store
            .control_items(self.tenant, case)?
            .iter()
            .map(|row| row.item + 1)
            .max()
            .unwrap_or(0);
        let frontier = self.case_frontier(case)?;
        let leaf = frontier
            .leaf(number)
            .ok_or_else(|| damaged("a case has no room for a further entry"))?;
        let item = self.seal_control(case, number, ItemKind::Entry, &leaf, &salt, &bytes);
        self.append_to_tree(item, &salt, &bytes)
    }

    fn seal_control(
        &self,
        owner: NodeId,
        number: u32,
        kind: ItemKind,
        leaf: &wuhen_keytree::Key,
        header: &[u8],
        body: &[u8],
    ) -> ControlItemRow {
        let context = item_context(self.tenant_id, owner, number, kind);
        let sealed = item::seal(leaf, &context, nonce(&*self.surroundings.rng), header, body);
        ControlItemRow {
            owner,
            item: number,
            kind,
            sealed,
        }
    }

    fn case_frontier(&self, case: NodeId) -> Result<Frontier, ServiceError> {
        let path = self.store.path(self.tenant, case)?;
        let key: Versioned = self.keys().follow(&path).opening("a case")?;
        let seeds = self.store.seeds(self.tenant, case)?;
        let seed = seeds.first().ok_or_else(|| damaged("a case has no seed"))?;
        open_seed(self.tenant_id, &key, seed).opening("a case")
    }

    /// A control item of a case, opened: its header and body.
    pub(crate) fn open_control(&self, row: &ControlItemRow) -> Result<item::Opened, ServiceError> {
        let (_, index) = segment_and_index(row.item);
        debug_assert!(row.item < SEGMENT_ITEMS, "cases have one segment");
        let leaf = self
            .case_frontier(row.owner)?
            .leaf(index)
            .ok_or_else(|| damaged("a case's item has no key"))?;
        let context = item_context(self.tenant_id, row.owner, row.item, row.kind);
        item::open(&leaf, &context, &row.sealed).opening("an item of a case")
    }

    /// Opens an entry's body. `None`: it is no longer there.
    ///
    /// # Errors
    /// It opens, but is not what the entry commits to.
    pub(crate) fn open_entry(&self, row: LedgerRow) -> Result<Option<OpenedBody>, ServiceError> {
        let items = self.store.control_items(self.tenant, row.owner)?;
        let Some(item) = items.iter().find(|item| item.item == row.item) else {
            return Ok(None);
        };
        let opened = self.open_control(item)?;
        let salt = opened
            .header()
            .try_into()
            .map_err(|_| damaged("an entry's salt is not 32 bytes"))?;
        if !row.entry.opens_with(&salt, opened.body()) {
            return Err(ServiceError::Ledger(format!(
                "entry {} does not commit to its body",
                row.leaf
            )));
        }
        Ok(Some(OpenedBody {
            row,
            salt,
            bytes: opened.body().to_vec(),
        }))
    }

    fn append_to_tree(
        &self,
        body: ControlItemRow,
        salt: &[u8; 32],
        bytes: &[u8],
    ) -> Result<LedgerAppend, ServiceError> {
        let leaf = self.store.ledger_size(self.tenant)?;
        let epoch = self.store.tenant(self.tenant)?.epoch;
        let entry = Entry::new(epoch, salt, bytes);
        let hashes = tree::appended_hashes(leaf, entry.leaf_hash(), &self.hashes())?;
        let grown = Overlay {
            below: self.hashes(),
            added: hashes.iter().copied().collect(),
        };
        let checkpoint = self.sign(leaf + 1, tree::root(leaf + 1, &grown)?)?;
        Ok(LedgerAppend {
            leaf,
            entry,
            hashes,
            body,
            checkpoint,
        })
    }

    fn sign(&self, size: u64, root: Hash) -> Result<String, ServiceError> {
        Checkpoint {
            origin: self.signer.origin().to_owned(),
            size,
            root,
        }
        .sign(&self.signer)
        .map_err(|error| ServiceError::Ledger(error.to_string()))
    }

    /// A proof that a leaf is in the tree as it is now.
    pub(crate) fn proof(&self, leaf: u64) -> Result<Proof, ServiceError> {
        let size = self.store.ledger_size(self.tenant)?;
        let hashes = tree::inclusion_proof(leaf, size, &self.hashes())?;
        Ok(Proof {
            index: leaf,
            hashes,
            checkpoint: self.checkpoint()?,
        })
    }

    pub(crate) fn tenant_text(&self) -> String {
        uuid_text(self.tenant_id)
    }

    /// Now, as bodies spell it.
    pub(crate) fn body_time(&self) -> Time {
        Time::from_unix_seconds(self.now().as_second())
            .expect("a timestamp's seconds are within the years of a body")
    }
}

fn body_bytes(body: &Body) -> Result<Vec<u8>, ServiceError> {
    body.to_bytes()
        .map_err(|error| ServiceError::Ledger(error.to_string()))
}

fn write_file(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, bytes)
}
