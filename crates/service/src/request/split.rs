//! One question becomes as many requests as there are reasons to wait: what may go is not held up by what may not.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use wuhen_keytree::context::NodeId;
use wuhen_model::decision::{Outcome, Wait as RecordWait};
use wuhen_model::people::Second;
use wuhen_model::request::{Event, Stage, State, Wait};
use wuhen_store::{Flag, FlagRow, RegisterKind, RegisterWrite};

use super::{KeptView, StoredRequest, cooling_off_end, job_of, tick_before};
use crate::Service;
use crate::decide::{Bench, Staying};
use crate::error::ServiceError;
use crate::pen::Drafting;
use crate::select::{Attachments, Selection};

/// Records that wait for one thing.
#[derive(Default)]
pub(super) struct Group {
    pub(super) selection: Selection,
    /// Places that are restricted meanwhile.
    restricted: Vec<(NodeId, Option<u32>)>,
    /// The first instant at which one of them changes by itself.
    pub(super) next: Option<Timestamp>,
    pub(super) kept: Vec<KeptView>,
}

impl Service {
    /// Splits a request by what its records wait for, and drafts all of it. `existing` is the entry that it is already, where one is
    /// split again. Answers the nodes of the entries.
    pub(super) fn draft_split(
        &self,
        bench: &Bench<'_>,
        stored: &StoredRequest,
        follows: Option<u64>,
    ) -> Result<(RegisterWrite, Vec<NodeId>), ServiceError> {
        let split = self.split(bench, &stored.whole(), Some(&stored.cleared()))?;
        let groups = self.groups(&split.stays)?;
        let kept: Vec<KeptView> = groups
            .values()
            .flat_map(|group| group.kept.clone())
            .collect();
        let mut write = RegisterWrite::default();
        let mut drafting = Drafting::default();
        let mut nodes = Vec::new();
        let mut family = follows;
        if !split.erase.is_empty() {
            let own = StoredRequest {
                selection: split.erase,
                kept,
                follows,
                ..stored.clone()
            };
            let node = self.draft_part(&mut write, &mut drafting, own, None)?;
            family = family.or(Some(node.0));
            nodes.push(node);
        }
        let rest = (stored, family);
        nodes.extend(self.draft_rest(&mut write, &mut drafting, rest, &groups)?);
        Ok((write, nodes))
    }

    /// Requests that follow one up: one for each thing that records wait for.
    pub(super) fn draft_rest(
        &self,
        write: &mut RegisterWrite,
        drafting: &mut Drafting,
        (stored, mut family): (&StoredRequest, Option<u64>),
        groups: &BTreeMap<Wait, Group>,
    ) -> Result<Vec<NodeId>, ServiceError> {
        let mut nodes = Vec::new();
        for (wait, group) in groups {
            let own = StoredRequest {
                selection: group.selection.clone(),
                kept: group.kept.clone(),
                follows: family,
                next: group.next,
                case: None,
                ..stored.clone()
            };
            let node = self.draft_part(write, drafting, own, Some((*wait, group)))?;
            family = family.or(Some(node.0));
            nodes.push(node);
        }
        Ok(nodes)
    }

    /// One entry of a split: checked, ticked, confirmed.
    fn draft_part(
        &self,
        write: &mut RegisterWrite,
        drafting: &mut Drafting,
        mut stored: StoredRequest,
        blocked: Option<(Wait, &Group)>,
    ) -> Result<NodeId, ServiceError> {
        let now = self.now();
        let mut waits: BTreeSet<Wait> = blocked.iter().map(|(wait, _)| *wait).collect();
        if stored.approver.is_none()
            && let Some(second) = self.second_person_for(&stored)?
        {
            waits.insert(Wait::Approval);
            if second == Second::CoolingOff {
                let over = cooling_off_end(&stored);
                stored.next = Some(stored.next.map_or(over, |next| next.min(over)));
            }
        }
        stored.state = State::draft(stored.state.terms());
        stored.apply(Event::Checked { waits }, now)?;
        tick_before(&mut stored, now)?;
        stored.apply(Event::Confirmed, now)?;
        let stage = stored.state.stage().name();
        let kind = RegisterKind::Request;
        let draft = self.draft_register_after(kind, stage.as_str(), &stored, drafting)?;
        let node = draft.new.row.node;
        if let Stage::Scheduled { .. } = stored.state.stage() {
            let (flags, closes) = self.frozen_by(node, &stored.selection)?;
            write.flags.extend(flags);
            write.closes.extend(closes);
        }
        if let Some((_, group)) = blocked {
            write.flags.extend(group.flags(node));
        }
        job_of(write, node, &stored);
        write.opens.push(draft.new);
        Ok(node)
    }

    /// What stays, by what it waits for. What is neither held, kept by law nor guarded is not followed up.
    pub(super) fn groups(&self, stays: &[Staying]) -> Result<BTreeMap<Wait, Group>, ServiceError> {
        let mut groups: BTreeMap<Wait, Group> = BTreeMap::new();
        for staying in stays {
            let Some(wait) = wait_of(staying.decision.outcome) else {
                continue;
            };
            let group = groups.entry(wait).or_default();
            self.add_staying(group, staying)?;
        }
        for group in groups.values_mut() {
            group.selection.settle();
            let (drops, punctures) = (group.selection.drops(), group.selection.punctures());
            let measured = self.store.measure(self.tenant, &drops, &punctures)?;
            group.selection.counts = measured.into();
        }
        Ok(groups)
    }

    fn add_staying(&self, group: &mut Group, staying: &Staying) -> Result<(), ServiceError> {
        let node = staying.node;
        if staying.whole {
            group.selection.drops.push(node.0);
            group.selection.freeze.push(node.0);
        } else {
            let mut items = staying.items.clone();
            if let Some(others) = group.selection.punctures.get(&node.0) {
                let places = self.message_places(node, others)?;
                items.extend(self.items_at(node, &places)?);
            }
            self.puncture(&mut group.selection, node, &items, Attachments::Go)?;
        }
        if staying.decision.also_restrict {
            if staying.whole {
                group.restricted.push((node, None));
            } else {
                let items: Vec<u32> = staying.items.iter().copied().collect();
                let places = self.message_places(node, &items)?;
                let places = places.into_iter().map(|place| (node, Some(place)));
                group.restricted.extend(places);
            }
        }
        let until = staying.decision.outcome.until();
        group.next = match (group.next, until) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        KeptView::add(&mut group.kept, staying);
        Ok(())
    }

    fn items_at(&self, node: NodeId, places: &[u32]) -> Result<Vec<u32>, ServiceError> {
        let rows = self.store.items(self.tenant, node)?;
        let at = rows.iter().filter(|row| places.contains(&row.place()));
        Ok(at.map(|row| row.item).collect())
    }
}

impl Group {
    /// What is restricted while it waits.
    pub(super) fn flags(&self, register: NodeId) -> impl Iterator<Item = FlagRow> {
        self.restricted.iter().map(move |(node, item)| FlagRow {
            node: *node,
            item: *item,
            flag: Flag::Restriction,
            register,
        })
    }
}

/// What a record waits for by itself, not by the request.
pub(super) fn wait_of(outcome: Outcome) -> Option<Wait> {
    match outcome {
        Outcome::Held { .. } => Some(Wait::Hold),
        Outcome::RestrictedUntil { .. } => Some(Wait::Floor),
        Outcome::Waiting {
            wait: RecordWait::Guard(_) | RecordWait::Window { .. },
        } => Some(Wait::Window),
        Outcome::Waiting {
            wait: RecordWait::Backup,
        } => Some(Wait::Backup),
        Outcome::Waiting { .. } | Outcome::Erase | Outcome::Refused | Outcome::Skipped => None,
    }
}
