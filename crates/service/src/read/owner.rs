//! The keys to what one guest or conversation has. Nobody gets them without being admitted, and they open nothing that is closed.

use wuhen_keytree::Key;
use wuhen_keytree::context::NodeId;
use wuhen_keytree::item;
use wuhen_keytree::seed::{LeafCache, segment_and_index};
use wuhen_store::ItemRow;

use crate::Service;
use crate::error::{Opening, ServiceError};
use crate::gate::{Admitted, Closed};
use crate::keys::{Versioned, item_context, open_seed};
use crate::open::damaged;

/// An owner's items with the keys to open them.
pub(crate) struct OpenedOwner {
    tenant: wuhen_keytree::context::TenantId,
    node: NodeId,
    segments: Vec<(u32, LeafCache)>,
    admitted: Admitted,
}

impl OpenedOwner {
    /// Whether an item may be opened: what is closed is passed over.
    pub(crate) fn opens(&self, row: &ItemRow) -> bool {
        self.admitted.opens(row)
    }

    /// Whether what stands in a place may be opened.
    pub(crate) fn opens_place(&self, place: u32) -> bool {
        self.admitted.opens_place(place)
    }

    /// Opens one item.
    pub(crate) fn open(&mut self, row: &ItemRow) -> Result<item::Opened, ServiceError> {
        if !self.opens(row) {
            return Err(ServiceError::Closed(Closed::Restricted));
        }
        let leaf = self.leaf(row.item)?;
        let context = item_context(self.tenant, self.node, row.item, row.kind);
        item::open(&leaf, &context, &row.sealed).opening("a record")
    }

    pub(crate) fn node(&self) -> NodeId {
        self.node
    }

    pub(crate) fn has_segment(&self, segment: u32) -> bool {
        self.segments.iter().any(|(number, _)| *number == segment)
    }

    pub(crate) fn leaf(&mut self, number: u32) -> Result<Key, ServiceError> {
        let (segment, index) = segment_and_index(number);
        let leaves = self
            .segments
            .iter_mut()
            .find(|(number, _)| *number == segment);
        leaves
            .and_then(|(_, leaves)| leaves.leaf(index))
            .ok_or_else(|| damaged("an item's key is gone"))
    }
}

impl Service {
    /// The keys to everything an owner has.
    pub(crate) fn open_owner(
        &self,
        node: NodeId,
        admitted: Admitted,
    ) -> Result<OpenedOwner, ServiceError> {
        let path = self.store.path(self.tenant, node)?;
        if path.is_empty() {
            return Err(damaged("a record has no key"));
        }
        let key = self.keys().follow(&path).opening("a record's key")?;
        let seeds = self.store.seeds(self.tenant, node)?;
        self.open_owner_with(node, &key, &seeds, admitted)
    }

    pub(crate) fn open_owner_with(
        &self,
        node: NodeId,
        key: &Versioned,
        seeds: &[wuhen_keytree::rotation::SeedRow],
        admitted: Admitted,
    ) -> Result<OpenedOwner, ServiceError> {
        let segments = seeds
            .iter()
            .map(|row| {
                Ok((
                    row.segment,
                    LeafCache::new(open_seed(self.tenant_id, key, row).opening("a segment")?),
                ))
            })
            .collect::<Result<_, ServiceError>>()?;
        Ok(OpenedOwner {
            tenant: self.tenant_id,
            node,
            segments,
            admitted,
        })
    }
}
