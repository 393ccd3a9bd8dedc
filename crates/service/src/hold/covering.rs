//! Which holds cover a record: asked before anything is erased. The store asks again in the transaction that drops the records.

use std::collections::{BTreeMap, BTreeSet};

use wuhen_keytree::context::NodeId;
use wuhen_store::{ConversationRow, Flag, FlagRow, FlagsOf, RegisterKind, StoreError};

use super::{RELEASED, hold_name};
use crate::Service;
use crate::error::ServiceError;
use crate::select::Selection;

/// The holds on one conversation, by their entries.
#[derive(Default)]
pub(crate) struct HoldsOn {
    /// Those that cover all of it.
    pub(crate) whole: BTreeSet<NodeId>,
    /// Those that cover single places of it.
    pub(crate) places: BTreeMap<u32, BTreeSet<NodeId>>,
}

impl HoldsOn {
    fn add(&mut self, flag: FlagRow) {
        let holds = match flag.item {
            None => &mut self.whole,
            Some(place) => self.places.entry(place).or_default(),
        };
        holds.insert(flag.register);
    }
}

impl Service {
    /// The holds on one conversation, also those on its guest. Where there are none it costs two look-ups.
    pub(crate) fn holds_on(&self, conversation: &ConversationRow) -> Result<HoldsOn, ServiceError> {
        let mut holds = HoldsOn::default();
        for node in [conversation.node, conversation.guest] {
            let flags = self.store.flags(self.tenant, FlagsOf::Node(node))?;
            let on = flags.into_iter().filter(|flag| flag.flag == Flag::Hold);
            on.for_each(|flag| holds.add(flag));
        }
        Ok(holds)
    }

    /// Refuses what a hold covers, by the numbers of the holds. The store asks again in the transaction that drops the records.
    pub(crate) fn refuse_held(&self, selection: &Selection) -> Result<(), ServiceError> {
        let holds = self.reading(|| self.holds_over(selection))?;
        if holds.is_empty() {
            return Ok(());
        }
        Err(ServiceError::Held { holds })
    }

    /// Says by which holds the store refused to drop records: one was placed while that was being prepared.
    pub(crate) fn name_holds(&self, selection: &Selection, error: ServiceError) -> ServiceError {
        match error {
            ServiceError::Store(StoreError::Held) => {
                let holds = self.reading(|| self.holds_over(selection));
                holds.map_or(error, |holds| ServiceError::Held { holds })
            }
            error => error,
        }
    }

    /// The numbers of the holds that cover some of a selection.
    pub(crate) fn holds_over(&self, selection: &Selection) -> Result<Vec<String>, ServiceError> {
        let rows = self.store.registered(self.tenant, RegisterKind::Hold)?;
        if rows.iter().all(|row| row.state == RELEASED) {
            return Ok(Vec::new());
        }
        let mut covering = BTreeSet::new();
        for node in selection.drops() {
            self.holds_over_dropped(node, &mut covering)?;
        }
        for (owner, items) in selection.punctures() {
            let Some(row) = self.store.conversation(self.tenant, owner)? else {
                self.holds_over_dropped(owner, &mut covering)?;
                continue;
            };
            let mut holds = self.holds_on(&row)?;
            covering.append(&mut holds.whole);
            if holds.places.is_empty() {
                continue;
            }
            let items: BTreeSet<u32> = items.into_iter().collect();
            for item in self.store.items(self.tenant, owner)? {
                if items.contains(&item.item)
                    && let Some(holds) = holds.places.get(&item.place())
                {
                    covering.extend(holds);
                }
            }
        }
        let named = rows.iter().filter(|row| covering.contains(&row.node));
        Ok(named.map(hold_name).collect())
    }

    fn holds_over_dropped(
        &self,
        node: NodeId,
        covering: &mut BTreeSet<NodeId>,
    ) -> Result<(), ServiceError> {
        let rows = if let Some(row) = self.store.conversation(self.tenant, node)? {
            vec![row]
        } else {
            let flags = self.store.flags(self.tenant, FlagsOf::Node(node))?;
            let on = flags.iter().filter(|flag| flag.flag == Flag::Hold);
            covering.extend(on.map(|flag| flag.register));
            self.store.conversations_of(self.tenant, node)?
        };
        for row in rows {
            let mut holds = self.holds_on(&row)?;
            covering.append(&mut holds.whole);
            covering.extend(holds.places.into_values().flatten());
        }
        Ok(())
    }
}
