//! Steps 2 to 8 of a rotation: the new root, the one transaction, the fences, the second opening, the end of the old root.

use std::collections::BTreeMap;

use wuhen_custody::{Destroyed, Kid};
use wuhen_keytree::Key;
use wuhen_keytree::context::{ItemKind, NodeId};
use wuhen_keytree::rotation::SeedRow;
use wuhen_keytree::seed::{Frontier, segment_and_index};
use wuhen_ledger::Body;
use wuhen_ledger::body::{CustodianAnswer, CustodianRow, Epochs, ErasedBody, Kids, Time, Version};
use wuhen_store::{CaseState, ItemRow, RepositoryRow, Rotation};

use crate::Service;
use crate::cuts::Cuts;
use crate::erase::OpenCase;
use crate::error::{Opening, ServiceError};
use crate::gate::{Admitted, Purpose};
use crate::keys::{Keys, nonce, open_seed, random_key};
use crate::notice::{FenceProblem, Missing, Reopening};
use crate::open::{damaged, open_keys};
use crate::read::{OpenedOwner, message_view, stored_attachment};

/// Conversations beside what was erased that step 6 opens, and items of each.
const SAMPLED_CONVERSATIONS: usize = 4;
const SAMPLED_ITEMS: usize = 4;

/// What a fence answered.
pub(crate) struct FenceAnswer {
    pub(crate) repository: RepositoryRow,
    pub(crate) problem: Option<FenceProblem>,
}

impl Service {
    /// Steps 2 to 4. The number of keys that were wrapped anew.
    pub(crate) fn replace_root(&self, case: &OpenCase, cuts: &Cuts) -> Result<u64, ServiceError> {
        let rng = &*self.surroundings.rng;
        let (_, new_kid) = case.kids()?;
        self.step("rotation/create-root", || {
            Ok(self
                .custodian
                .create(&new_kid, &mut |bytes| rng.fill(bytes))?)
        })?;
        let new_top = random_key(rng);
        let new_top_wrap = self.custodian.wrap(&new_kid, &new_top, nonce(rng).0)?;
        let punctures = case.stored.selection.punctures();
        let unsettled = self.store.blobs().is_unsettled()?;
        let prepared = if cuts.is_empty() {
            self.prepare_replacements(&punctures, cuts)?
        } else {
            self.step("redact/files", || {
                self.prepare_replacements(&punctures, cuts)
            })?
        };
        let drops = case.stored.selection.drops();
        let old_top: Key = self.keys().top_key().duplicate();
        let rotated = self.step("rotation/commit", || {
            let mut appends = |owner: NodeId, frontiers: &mut BTreeMap<u32, Frontier>| {
                self.seal_replacements(owner, &prepared, frontiers)
            };
            Ok(self.store.rotate(
                self.tenant,
                &mut Rotation {
                    case: case.row.node,
                    next_kid: new_kid.as_str(),
                    old_top: &old_top,
                    new_top: &new_top,
                    new_top_wrap: &new_top_wrap,
                    drops: &drops,
                    punctures: &punctures,
                    expected: &prepared.expected,
                    redacts: !cuts.is_empty(),
                    appends: &mut appends,
                    blobs: &prepared.blobs,
                    fill: &mut |bytes| rng.fill(bytes),
                },
            )?)
        })?;
        // What a crash before this leaves is swept at the next start, which knows the files that have rows.
        if !prepared.blobs.is_empty() && !unsettled {
            self.store.blobs().set_unsettled(false)?;
        }
        self.reopen_keys()?;
        Ok(rotated.rewraps)
    }

    /// Step 5: every registered repository gets the changed rows, one after the other.
    pub(crate) fn fences(&self) -> Result<Vec<FenceAnswer>, ServiceError> {
        let mut repositories = self.store.repositories(self.tenant)?;
        // The one that a restored store came from is asked first: another store may be in use beside this one.
        repositories.sort_by_key(|row| !row.restored);
        let mut answers = Vec::new();
        let mut refused = false;
        for repository in repositories {
            let problem = if refused {
                Some(FenceProblem::NotTakenOver)
            } else {
                self.fence(&repository)?.map(FenceProblem::Error)
            };
            refused |= repository.restored && problem.is_some();
            answers.push(FenceAnswer {
                repository,
                problem,
            });
        }
        Ok(answers)
    }

    /// Brings one repository up to date. The problem, if there is one.
    fn fence(&self, repository: &RepositoryRow) -> Result<Option<ServiceError>, ServiceError> {
        let now = self.now().as_second();
        let answer = self.step("rotation/fence", || {
            Ok(self.store.fence(self.tenant, repository, now)?)
        });
        match answer {
            Ok(_) => Ok(None),
            Err(stopped @ ServiceError::Stopped(_)) => Err(stopped),
            Err(error) => Ok(Some(error)),
        }
    }

    /// A restored store takes over the repository that it came from before it writes anywhere else, or is refused: neither
    /// the keys nor another repository may follow a trial beside the living store.
    pub(crate) fn take_over(&self) -> Result<(), ServiceError> {
        for repository in self.store.repositories(self.tenant)? {
            if repository.restored
                && let Some(error) = self.fence(&repository)?
            {
                return Err(error);
            }
        }
        Ok(())
    }

    /// Step 6: from scratch, with the new root: every first-level wrap opens, a sample of records opens, what was erased
    /// has no key any more. The complaints, if any.
    pub(crate) fn verify_reopened(&self, case: &OpenCase) -> Result<Vec<Reopening>, ServiceError> {
        let row = self.store.tenant(self.tenant)?;
        let mut keys = open_keys(&*self.custodian, &row)?;
        for child in self.store.children(self.tenant, row.top)? {
            keys.follow(std::slice::from_ref(&child))
                .opening("a subtree under the new root")?;
        }
        let mut complaints = Vec::new();
        for node in case.stored.selection.drops() {
            if !self.store.path(self.tenant, node)?.is_empty() {
                complaints.push(Reopening::NodeLeft);
            }
        }
        for (owner, items) in case.stored.selection.punctures() {
            let path = self.store.path(self.tenant, owner)?;
            let key = keys
                .follow(&path)
                .opening("a conversation under the new root")?;
            let frontiers: BTreeMap<u32, Frontier> = self
                .store
                .seeds(self.tenant, owner)?
                .iter()
                .map(|seed: &SeedRow| {
                    Ok((
                        seed.segment,
                        open_seed(self.tenant_id, &key, seed).opening("a segment")?,
                    ))
                })
                .collect::<Result<_, ServiceError>>()?;
            for item in items {
                let (segment, index) = segment_and_index(item);
                if frontiers
                    .get(&segment)
                    .is_some_and(|frontier| !frontier.is_punctured(index))
                {
                    complaints.push(Reopening::ItemHasKey);
                }
            }
        }
        if case.stored.requested.redaction.is_some() {
            complaints.extend(self.missing_version(case, &mut keys)?);
        }
        complaints.extend(self.sample_neighbours(case, &mut keys)?);
        Ok(complaints)
    }

    /// Every message and attachment of a conversation that lost versions must be there, and every new version must open: the old
    /// root could still open the old one.
    fn missing_version(
        &self,
        case: &OpenCase,
        keys: &mut Keys,
    ) -> Result<Option<Reopening>, ServiceError> {
        for node in case.stored.selection.punctures().into_keys() {
            let path = self.store.path(self.tenant, node)?;
            // A later erasure may have taken all of it.
            if path.is_empty() {
                continue;
            }
            let key = keys.follow(&path).opening("an owner of records")?;
            let seeds = self.store.seeds(self.tenant, node)?;
            let mut owner =
                self.open_owner_with(node, &key, &seeds, Admitted::for_program(Purpose::Rotation))?;
            let items = self.store.items(self.tenant, node)?;
            let mut versions = items.iter().filter(|item| item.replaces.is_some());
            let opens = versions.all(|item| {
                let opened = owner.open(item);
                opened.is_ok_and(|opened| match item.kind {
                    ItemKind::Message => message_view(item, &opened).is_ok(),
                    ItemKind::Attachment => {
                        stored_attachment(item, &opened).is_ok()
                            && self.opens_whole(&mut owner, item)
                    }
                    _ => true,
                })
            });
            let count = |kind| items.iter().filter(|item| item.kind == kind).count();
            let all_there = match self.store.conversation(self.tenant, node)? {
                Some(row) => {
                    count(ItemKind::Message) == row.messages as usize
                        && count(ItemKind::Attachment) == row.attachments as usize
                        && count(ItemKind::Conversation) == 1
                }
                None => count(ItemKind::Profile) == 1,
            };
            if !opens || !all_there {
                return Ok(Some(Reopening::VersionMissing));
            }
        }
        Ok(None)
    }

    /// Whether an attachment's file opens to its end with its own key.
    fn opens_whole(&self, owner: &mut OpenedOwner, item: &ItemRow) -> bool {
        let file = self.open_file(owner, item, 0);
        file.and_then(|mut file| file.copy_to(&mut std::io::sink()))
            .is_ok()
    }

    /// Records beside what was erased must still open: some conversations after it, or the first ones there are.
    fn sample_neighbours(
        &self,
        case: &OpenCase,
        keys: &mut Keys,
    ) -> Result<Option<Reopening>, ServiceError> {
        let selection = &case.stored.selection;
        let first = selection
            .drops
            .iter()
            .chain(selection.punctures.keys())
            .min();
        let after = first.map(|node| NodeId(node.saturating_sub(1)));
        let punctures = selection.punctures();
        let mut rows = self
            .store
            .conversations(self.tenant, after, SAMPLED_CONVERSATIONS)?;
        if rows.is_empty() {
            rows = self
                .store
                .conversations(self.tenant, None, SAMPLED_CONVERSATIONS)?;
        }
        for row in rows.into_iter().filter(|row| row.open) {
            let path = self.store.path(self.tenant, row.node)?;
            let opened = keys
                .follow(&path)
                .opening("a conversation")
                .and_then(|key| {
                    let mut owner = self.open_owner_with(
                        row.node,
                        &key,
                        &self.store.seeds(self.tenant, row.node)?,
                        Admitted::for_program(Purpose::Rotation),
                    )?;
                    let items = self.store.items(self.tenant, row.node)?;
                    // A row that should be gone is the probes' business: it has no key any more.
                    let gone = punctures.get(&row.node).map_or(&[][..], Vec::as_slice);
                    items
                        .iter()
                        .filter(|item| !gone.contains(&item.item))
                        .take(SAMPLED_ITEMS)
                        .try_for_each(|item| owner.open(item).map(drop))
                });
            match opened {
                Ok(()) => {}
                Err(ServiceError::Sealed { .. }) => {
                    return Ok(Some(Reopening::NeighbourSealed));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// Step 7: destroys the old root everywhere and asks a fresh session what is there.
    pub(crate) fn destroy_root(&self, kid: &Kid) -> Result<CustodianRow, ServiceError> {
        let answer = self.step("rotation/destroy-root", || {
            let destroyed = self.destroy_unused(kid);
            let gone = destroyed
                .and_then(|destroyed| Ok((destroyed, !self.custodian.list()?.contains(kid))));
            Ok(gone)
        })?;
        let now = self.body_time();
        let effective =
            Time::parse(&self.custodian.effective_not_before(kid, now.as_str())).unwrap_or(now);
        let replicas = u32::try_from(self.custodian.replicas().len()).unwrap_or(u32::MAX);
        let (answer, effective_not_before) = match answer {
            Ok((_, true)) => (CustodianAnswer::Destroyed, Some(effective)),
            Ok((_, false)) | Err(_) => (CustodianAnswer::Failed, None),
        };
        Ok(self.custodian_row(answer, effective_not_before, replicas))
    }

    /// Every destruction of a root goes through here: the root in force is never destroyed, whatever went wrong before.
    pub(crate) fn destroy_unused(&self, kid: &Kid) -> Result<Destroyed, ServiceError> {
        if self.store.tenant(self.tenant)?.root_kid == kid.as_str() {
            return Err(ServiceError::Quarantined(
                "the root in force was about to be destroyed".to_owned(),
            ));
        }
        Ok(self.custodian.destroy(kid)?)
    }

    /// Fences every repository. The checkpoint beside the root is kept only where all of them are current: it is never
    /// ahead of a registered repository, which could not be restored otherwise. What is missing.
    pub(crate) fn settle_repositories(&self) -> Result<Vec<Missing>, ServiceError> {
        let mut missing: Vec<Missing> = self
            .fences()?
            .into_iter()
            .filter_map(|answer| {
                Some(Missing::Repository {
                    problem: answer.problem?,
                    id: answer.repository.id,
                })
            })
            .collect();
        if missing.is_empty() {
            match self.keep_checkpoint() {
                Err(stopped @ ServiceError::Stopped(_)) => return Err(stopped),
                Err(error) => missing.push(Missing::Checkpoint(error)),
                Ok(()) => {}
            }
        }
        Ok(missing)
    }

    pub(crate) fn custodian_row(
        &self,
        answer: CustodianAnswer,
        effective_not_before: Option<Time>,
        replicas: u32,
    ) -> CustodianRow {
        let assurance = self.custodian.assurance();
        let level = format!("{:?}", assurance.level);
        CustodianRow {
            name: self.custodian.name().to_owned(),
            kind: self.custodian.kind().to_owned(),
            assurance: format!("{}: {}", level.to_lowercase(), assurance.en),
            answer,
            effective_not_before,
            replicas,
        }
    }

    /// Step 8.
    pub(crate) fn record_erased(
        &self,
        case: &OpenCase,
        custodian: CustodianRow,
    ) -> Result<(), ServiceError> {
        let (old_kid, new_kid) = case.kids()?;
        let intent = case
            .row
            .intent
            .ok_or_else(|| damaged("an erasure's case has no intent"))?;
        let body = Body::Erased(ErasedBody {
            version: Version::V1,
            tenant: self.tenant_text(),
            intents: vec![intent],
            epochs: epochs(case),
            kids: Kids {
                before: old_kid.to_string(),
                after: new_kid.to_string(),
            },
            custodians: vec![custodian],
            at: self.body_time(),
        });
        let entry = self.case_entry(case.row.node, &body)?;
        self.step("rotation/erased-entry", || {
            Ok(self
                .store
                .append_entry(self.tenant, &entry, CaseState::Erased, true)?)
        })
    }
}

pub(crate) fn epochs(case: &OpenCase) -> Epochs {
    Epochs {
        before: case.stored.epoch_before,
        after: case.stored.epoch_before + 1,
    }
}
