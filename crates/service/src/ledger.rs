//! The ledger: entries made and sealed, the tree checked, proofs and the public folder.

mod hashes;

use std::path::Path;

use hashes::{MemoryHashes, Overlay, StoreHashes};
use wuhen_ledger::body::Time;
use wuhen_ledger::tree;
use wuhen_ledger::{Body, Checkpoint, Entry, Hash, Proof};
use wuhen_store::{CaseState, ControlItemRow, LedgerAppend, LedgerRow};

use crate::Service;
use crate::error::ServiceError;
use crate::notice::Missing;
use crate::open::{damaged, uuid_text};

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
        let entry = self.write_entry(&mut draft.pen, body)?;
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

    pub(crate) fn append_to_tree(
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

pub(crate) fn body_bytes(body: &Body) -> Result<Vec<u8>, ServiceError> {
    body.to_bytes()
        .map_err(|error| ServiceError::Ledger(error.to_string()))
}

fn write_file(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, bytes)
}
