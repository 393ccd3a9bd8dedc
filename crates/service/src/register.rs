//! The register: what a house keeps besides records. Staff, requests, holds, rules, bookings, recipients, devices: each has a node
//! of its own and is written in versions; the newest counts, and those before it are its history.

use serde::Serialize;
use serde::de::DeserializeOwned;
use wuhen_keytree::context::{ItemKind, NodeKind};
use wuhen_ledger::Body;
use wuhen_store::{
    ControlItemRow, LedgerAppend, NewRegister, RegisterKind, RegisterRow, RegisterWrite, StoreError,
};

use crate::Service;
use crate::error::ServiceError;
use crate::open::{SLOT_CASES, SLOT_STAFF, damaged};
use crate::pen::{Drafting, Pen};
use crate::snapshot::Done;

/// The state of an entry that was full and goes on in another.
pub(crate) const CONTINUED: &str = "continued";

/// How often a change is tried, where others change the store meanwhile.
const ATTEMPTS_MAX: usize = 8;

/// An entry being made.
pub(crate) struct EntryDraft {
    pub(crate) new: NewRegister,
    pub(crate) pen: Pen,
}

/// An entry with its newest version.
#[derive(Clone)]
pub(crate) struct Entry<T> {
    pub(crate) row: RegisterRow,
    pub(crate) body: T,
}

impl Service {
    /// A new entry with its first version.
    pub(crate) fn draft_register<T: Serialize>(
        &self,
        kind: RegisterKind,
        state: &str,
        body: &T,
    ) -> Result<EntryDraft, ServiceError> {
        self.draft_register_after(kind, state, body, &mut Drafting::default())
    }

    /// As [`Self::draft_register`], where others are opened in the same transaction before it.
    pub(crate) fn draft_register_after<T: Serialize>(
        &self,
        kind: RegisterKind,
        state: &str,
        body: &T,
        drafting: &mut Drafting,
    ) -> Result<EntryDraft, ServiceError> {
        let tenant = self.store.tenant(self.tenant)?;
        let (slot, first, node_kind) = match kind {
            RegisterKind::Staff => (SLOT_STAFF, tenant.next_staff, NodeKind::Member),
            _ => (SLOT_CASES, tenant.next_case, NodeKind::Case),
        };
        let (mut draft, ordinal) = {
            let ordinal = first + drafting.entries;
            (
                self.draft_node(slot, ordinal, node_kind, drafting)?,
                ordinal,
            )
        };
        let first = self.write_version(&mut draft.pen, body)?;
        Ok(EntryDraft {
            new: NewRegister {
                row: RegisterRow {
                    node: draft.node,
                    kind,
                    ordinal,
                    state: state.to_owned(),
                },
                nodes: draft.nodes,
                seed: draft.seed,
                items: vec![first],
            },
            pen: draft.pen,
        })
    }

    /// The next version of an entry.
    pub(crate) fn write_version<T: Serialize>(
        &self,
        pen: &mut Pen,
        body: &T,
    ) -> Result<ControlItemRow, ServiceError> {
        let body = serde_json::to_vec(body).expect("an entry is plain data");
        self.write_item(pen, ItemKind::Register, &[], &body)
    }

    /// The entries of a kind in their newest versions, in the order in which they came; none that goes on in another.
    pub(crate) fn entries<T: DeserializeOwned>(
        &self,
        kind: RegisterKind,
    ) -> Result<Vec<Entry<T>>, ServiceError> {
        let rows = self.store.registered(self.tenant, kind)?;
        let rows = rows.into_iter().filter(|row| row.state != CONTINUED);
        rows.map(|row| self.entry(row)).collect()
    }

    /// An entry in its newest version.
    pub(crate) fn entry<T: DeserializeOwned>(
        &self,
        row: RegisterRow,
    ) -> Result<Entry<T>, ServiceError> {
        let items = self.store.control_items(self.tenant, row.node)?;
        let newest = items
            .iter()
            .rfind(|item| item.kind == ItemKind::Register)
            .ok_or_else(|| damaged("an entry of the register is empty"))?;
        let body = self.opened_version(newest)?;
        Ok(Entry { row, body })
    }

    fn opened_version<T: DeserializeOwned>(
        &self,
        item: &ControlItemRow,
    ) -> Result<T, ServiceError> {
        let opened = self.open_control(item)?;
        serde_json::from_slice(opened.body())
            .map_err(|_| damaged("an entry of the register cannot be read"))
    }

    /// Makes one change of the register and tells every repository. `draft` reads what is there and says what changes; where others
    /// changed the store meanwhile it is asked again.
    pub(crate) fn change_register<T>(
        &self,
        step: &'static str,
        draft: impl FnMut() -> Result<(RegisterWrite, T), ServiceError>,
    ) -> Result<Done<T>, ServiceError> {
        let done = self.change_register_here(step, draft)?;
        let problems = self.settle_repositories()?;
        Ok(Done { done, problems })
    }

    /// As [`Self::change_register`], in this store alone: the next fence brings it to the repositories.
    pub(crate) fn change_register_here<T>(
        &self,
        step: &'static str,
        mut draft: impl FnMut() -> Result<(RegisterWrite, T), ServiceError>,
    ) -> Result<T, ServiceError> {
        self.take_over()?;
        for _ in 1..ATTEMPTS_MAX {
            match self.try_change(step, &mut draft) {
                Err(ServiceError::Store(StoreError::Conflict(_))) => {}
                answer => return answer,
            }
        }
        self.try_change(step, &mut draft)
    }

    fn try_change<T>(
        &self,
        step: &'static str,
        draft: &mut impl FnMut() -> Result<(RegisterWrite, T), ServiceError>,
    ) -> Result<T, ServiceError> {
        let (write, answer) = self.reading(draft)?;
        self.step(step, || {
            Ok(self.store.write_register(self.tenant, &write)?)
        })?;
        Ok(answer)
    }

    /// The ledger's word on an entry that is being made.
    pub(crate) fn draft_register_entry(
        &self,
        draft: &mut EntryDraft,
        body: &Body,
    ) -> Result<LedgerAppend, ServiceError> {
        self.write_entry(&mut draft.pen, body)
    }
}
