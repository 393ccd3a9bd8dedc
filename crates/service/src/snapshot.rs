//! Snapshots to a folder, and restore: content of any time with the current keys is everything but what was erased.

use std::path::Path;

use wuhen_ledger::Body;
use wuhen_ledger::body::{
    AccessChange, AccessChangedBody, Bytes, Counts, Probe, ProbeResult, RestoredBody, Role,
    SnapshotBody, Time, Version,
};
use wuhen_store::{RepositoryRow, SnapshotRow};

use crate::Service;
use crate::error::ServiceError;
use crate::gate::{Admitted, Purpose};
use crate::notice::Missing;
use crate::open::damaged;
use crate::physical::probe;

/// What a restore brought back and what not, as the backend counted it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RestoreCounts {
    /// The repository's id.
    pub repository: String,
    /// The snapshot's id.
    pub snapshot: String,
    /// When the snapshot was made, seconds since 1970 UTC.
    pub created_at: i64,
    /// Records that can be read again.
    pub restored: Counts,
    /// Records that the snapshot held when it was made.
    pub held: Counts,
    /// Conversations begun after the snapshot: lost.
    pub lost_conversations: u64,
    /// Items added to conversations after the snapshot: lost.
    pub lost_items: u64,
}

/// Something that was done, and what is missing beside it: a repository that is away has not heard of it yet. The next
/// change brings it up to date.
#[derive(Debug)]
pub struct Done<T> {
    /// What was done.
    pub done: T,
    /// What is missing.
    pub problems: Vec<Missing>,
}

impl Service {
    /// Makes a repository in a new or empty folder, and keeps it current from now on.
    ///
    /// # Errors
    /// The folder is not empty, or cannot be written.
    pub fn init_repository(&self, folder: &Path) -> Result<Done<RepositoryRow>, ServiceError> {
        self.init_repository_by(Role::Operator, folder)
    }

    /// As [`Self::init_repository`], with the role that the ledger names.
    ///
    /// # Errors
    /// As there.
    pub fn init_repository_by(
        &self,
        by: Role,
        folder: &Path,
    ) -> Result<Done<RepositoryRow>, ServiceError> {
        let folder =
            std::path::absolute(folder).map_err(|error| ServiceError::io(folder, error))?;
        let id = format!("r-{}", wuhen_store::hex(&self.random::<4>()));
        let path = folder
            .to_str()
            .ok_or_else(|| ServiceError::Refused("the folder's name is not UTF-8".to_owned()))?;
        self.take_over()?;
        let now = self.now().as_second();
        self.step("snapshot/register", || {
            Ok(self
                .store
                .register_repository(self.tenant, &id, path, now)?)
        })?;
        let problems =
            self.record(&self.access_changed(AccessChange::RepositoryRegistered, &id, by))?;
        let done = self
            .repositories()?
            .into_iter()
            .find(|row| row.id == id)
            .ok_or_else(|| damaged("a repository is not registered"))?;
        Ok(Done { done, problems })
    }

    /// Repositories that are kept current.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn repositories(&self) -> Result<Vec<RepositoryRow>, ServiceError> {
        Ok(self.store.repositories(self.tenant)?)
    }

    /// Takes a repository from the list, on record. What it holds becomes useless with the next erasure.
    ///
    /// # Errors
    /// It is not registered.
    pub fn unregister_repository(&self, id: &str) -> Result<Done<()>, ServiceError> {
        self.unregister_repository_by(Role::Operator, id)
    }

    /// As [`Self::unregister_repository`], with the role that the ledger names.
    ///
    /// # Errors
    /// As there.
    pub fn unregister_repository_by(&self, by: Role, id: &str) -> Result<Done<()>, ServiceError> {
        if !self.repositories()?.iter().any(|row| row.id == id) {
            return Err(repository_not_found(id));
        }
        // First, so that no crash leaves a repository unregistered without a record of it.
        self.record_here(&self.access_changed(AccessChange::RepositoryUnregistered, id, by))?;
        self.step("snapshot/unregister", || {
            Ok(self.store.unregister_repository(self.tenant, id)?)
        })?;
        let problems = self.settle_repositories()?;
        Ok(Done { done: (), problems })
    }

    /// Copies what is new to a repository; without a name, to the only one there is.
    ///
    /// # Errors
    /// There is none, or it cannot be written: what it held before stays as it was.
    pub fn create_snapshot(
        &self,
        repository: Option<&str>,
    ) -> Result<Done<SnapshotRow>, ServiceError> {
        let repositories = self.repositories()?;
        let chosen = match (repository, &repositories[..]) {
            (Some(id), rows) => rows
                .iter()
                .find(|row| row.id == id)
                .ok_or_else(|| repository_not_found(id))?,
            (None, [only]) => only,
            (None, []) => {
                return Err(ServiceError::Refused(
                    "there is no snapshot repository; make one with `wuhen snapshot init FOLDER`"
                        .to_owned(),
                ));
            }
            (None, _) => {
                return Err(ServiceError::Refused(
                    "there are several snapshot repositories; name one with --repository"
                        .to_owned(),
                ));
            }
        };
        self.take_over()?;
        let id = format!("s-{}", wuhen_store::hex(&self.random::<6>()));
        let now = self.now().as_second();
        let row = self.step("snapshot/create", || {
            Ok(self.store.snapshot(self.tenant, chosen, &id, now)?)
        })?;
        let totals = self.store.totals(self.tenant)?;
        let problems = self.record(&Body::Snapshot(SnapshotBody {
            version: Version::V1,
            tenant: self.tenant_text(),
            repository: chosen.id.clone(),
            snapshot: row.id.clone(),
            epoch: row.epoch,
            counts: counts_of(&row),
            bytes: Bytes {
                rows: totals.database_bytes,
                blobs: totals.blob_bytes,
            },
            at: self.body_time(),
        }))?;
        Ok(Done {
            done: row,
            problems,
        })
    }

    /// After the backend has filled a new store: what is restored is checked and entered in the ledger.
    ///
    /// # Errors
    /// Something erased came back, or something does not open.
    pub fn record_restore(&self, counts: &RestoreCounts) -> Result<Vec<Probe>, ServiceError> {
        let returned = self.erased_that_came_back()?;
        let unreadable = self.unreadable_conversations()?;
        let probes = vec![
            probe(
                "nothing-erased-came-back",
                returned == 0,
                returned.to_string(),
            ),
            probe(
                "conversations-that-do-not-open",
                unreadable == 0,
                unreadable.to_string(),
            ),
        ];
        let time = |seconds| Time::from_unix_seconds(seconds).unwrap_or_else(|_| self.body_time());
        // Neither the key service nor the repository learns of it yet: see `wuhen_store::sqlite::restore`.
        self.record_here(&Body::Restored(RestoredBody {
            version: Version::V1,
            tenant: self.tenant_text(),
            repository: counts.repository.clone(),
            snapshot: counts.snapshot.clone(),
            epoch: self.store.tenant(self.tenant)?.epoch,
            content_until: time(counts.created_at),
            restored: counts.restored,
            gone: less(counts.held, counts.restored),
            holds: self.standing_holds()?,
            probes: probes.clone(),
            at: self.body_time(),
        }))?;
        match probes
            .iter()
            .find(|probe| probe.result == ProbeResult::Fail)
        {
            None => Ok(probes),
            Some(failed) => Err(ServiceError::Quarantined(format!(
                "the restore did not pass {}: {} found; do not use this store",
                failed.name, failed.detail
            ))),
        }
    }

    /// Rows of what earlier erasures dropped or punctured.
    fn erased_that_came_back(&self) -> Result<u64, ServiceError> {
        let mut found = 0;
        for row in self.store.cases(self.tenant)? {
            use wuhen_store::CaseState::{Complete, Erased, Partial, Rotated};
            if matches!(row.state, Rotated | Erased | Partial | Complete) {
                let selection = self.load_case(row)?.stored.selection;
                found +=
                    self.store
                        .residue(self.tenant, &selection.gone(), &selection.punctures())?;
            }
        }
        Ok(found)
    }

    fn unreadable_conversations(&self) -> Result<u64, ServiceError> {
        let mut unreadable = 0;
        let mut after = None;
        loop {
            let page = self.store.conversations(self.tenant, after, 512)?;
            let Some(last) = page.last() else {
                return Ok(unreadable);
            };
            after = Some(last.node);
            for row in page {
                let admitted = Admitted::for_program(Purpose::Restore);
                let opened = self.open_owner(row.node, admitted).and_then(|mut owner| {
                    let first = self.store.item(self.tenant, row.node, 0)?;
                    owner.open(&first.ok_or_else(|| damaged("a conversation has no head"))?)
                });
                unreadable += u64::from(opened.is_err());
            }
        }
    }

    fn access_changed(&self, change: AccessChange, subject: &str, by_role: Role) -> Body {
        Body::AccessChanged(AccessChangedBody {
            version: Version::V1,
            tenant: self.tenant_text(),
            change,
            subject: subject.to_owned(),
            by_role,
            reason: "asked for by the operator".to_owned(),
            at: self.body_time(),
        })
    }
}

fn repository_not_found(id: &str) -> ServiceError {
    ServiceError::NotFound {
        kind: "repository",
        id: id.to_owned(),
        hint: "`wuhen snapshot list` names them",
    }
}

fn counts_of(row: &SnapshotRow) -> Counts {
    Counts {
        guests: row.guests,
        conversations: row.conversations,
        messages: row.messages,
        attachments: row.attachments,
        sketches: 0,
    }
}

fn less(held: Counts, restored: Counts) -> Counts {
    Counts {
        guests: held.guests.saturating_sub(restored.guests),
        conversations: held.conversations.saturating_sub(restored.conversations),
        messages: held.messages.saturating_sub(restored.messages),
        attachments: held.attachments.saturating_sub(restored.attachments),
        sketches: held.sketches.saturating_sub(restored.sketches),
    }
}
