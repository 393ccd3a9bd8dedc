//! Where the ledger's hashes are read from: the store, the store with what is about to be added, or derived anew.

use std::collections::BTreeMap;

use wuhen_ledger::Hash;
use wuhen_ledger::tree::{HashReader, TreeError};
use wuhen_store::{Store, TenantNumber};

/// Hashes as the store has them.
pub(crate) struct StoreHashes<'s> {
    pub(super) store: &'s dyn Store,
    pub(super) tenant: TenantNumber,
}

impl HashReader for StoreHashes<'_> {
    fn hashes(&self, stored_indexes: &[u64]) -> Result<Vec<Hash>, TreeError> {
        self.store
            .ledger_hashes(self.tenant, stored_indexes)
            .map_err(|error| TreeError::Reader(Box::new(error)))
    }
}

/// Hashes about to be stored, over those that are.
pub(super) struct Overlay<'s> {
    pub(super) below: StoreHashes<'s>,
    pub(super) added: BTreeMap<u64, Hash>,
}

impl HashReader for Overlay<'_> {
    fn hashes(&self, stored_indexes: &[u64]) -> Result<Vec<Hash>, TreeError> {
        stored_indexes
            .iter()
            .map(|index| match self.added.get(index) {
                Some(hash) => Ok(*hash),
                None => self.below.hashes(&[*index]).map(|hashes| hashes[0]),
            })
            .collect()
    }
}

/// Hashes derived from entries anew.
#[derive(Default)]
pub(super) struct MemoryHashes(pub(super) BTreeMap<u64, Hash>);

impl HashReader for MemoryHashes {
    fn hashes(&self, stored_indexes: &[u64]) -> Result<Vec<Hash>, TreeError> {
        stored_indexes
            .iter()
            .map(|index| {
                self.0
                    .get(index)
                    .copied()
                    .ok_or_else(|| TreeError::Reader("a hash is missing".into()))
            })
            .collect()
    }
}
