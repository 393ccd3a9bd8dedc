//! What a start does first: takes up what a crash interrupted, or gives it up where nothing had happened yet.

use wuhen_custody::Kid;
use wuhen_ledger::Body;
use wuhen_ledger::body::{RefusedBody, State, Version};
use wuhen_store::{CaseRow, CaseState};

use crate::Service;
use crate::erase::{OpenCase, case_name};
use crate::error::ServiceError;
use crate::notice::{Notice, later_state};
use crate::open::{damaged, parse_kid};

impl Service {
    /// Recovery (ERASURE.md, "Rotation"). Answers what it found and did.
    pub(crate) fn recover(&self) -> Result<Vec<Notice>, ServiceError> {
        let mut notices = Vec::new();
        let swept = self.sweep_blobs(&mut notices);
        tell(swept, Notice::NotSwept, &mut notices)?;
        if self.is_only_restored()? {
            let cases = self.unsettled()?;
            if !cases.is_empty() {
                notices.push(Notice::OnlyRestored { cases });
            }
            return Ok(notices);
        }
        let tenant = self.store.tenant(self.tenant)?;
        if let Some(next) = &tenant.next_kid {
            let cases = self.store.cases(self.tenant)?;
            let case = cases
                .into_iter()
                .find(|row| row.new_kid.as_ref() == Some(next));
            if *next == tenant.root_kid {
                let case = case.ok_or_else(|| damaged("a rotation has no case"))?;
                self.resume(case, &mut notices)?;
            } else {
                let case = case.map(|row| self.load_case(row)).transpose()?;
                if let Some(repository) = self.ahead_of_us(next)? {
                    return Err(ServiceError::Quarantined(later_state(&repository)));
                }
                let discarded = self.discard(case.as_ref(), next, &mut notices);
                tell(discarded, Notice::NotGivenUp, &mut notices)?;
            }
        }
        for case in self.store.cases(self.tenant)? {
            if matches!(case.state, CaseState::Erased | CaseState::Partial) {
                self.resume(case, &mut notices)?;
            }
        }
        self.discard_strange_roots(&mut notices)?;
        Ok(notices)
    }

    /// A restored store that has not written yet: another one may be in use beside it, so nothing is carried on here.
    pub(crate) fn is_only_restored(&self) -> Result<bool, ServiceError> {
        Ok(self
            .store
            .repositories(self.tenant)?
            .iter()
            .any(|row| row.restored))
    }

    /// The new root is in force: on from step 5.
    fn resume(&self, row: CaseRow, notices: &mut Vec<Notice>) -> Result<(), ServiceError> {
        let case = self.load_case(row)?;
        let outcome = self.finish(&case, None);
        let case = case.name();
        notices.push(match outcome {
            Ok(outcome) if outcome.state == State::Complete => Notice::Complete { case },
            Ok(outcome) => Notice::Partial {
                case,
                missing: outcome.problems,
            },
            Err(stopped @ ServiceError::Stopped(_)) => return Err(stopped),
            Err(error) => Notice::NotSettled { case, error },
        });
        Ok(())
    }

    /// The old root is in force: nothing was erased. The new root goes, the scope is open again.
    fn discard(
        &self,
        case: Option<&OpenCase>,
        next: &str,
        notices: &mut Vec<Notice>,
    ) -> Result<(), ServiceError> {
        if let Some(case) = case {
            self.abandon(case, "it was interrupted before anything was erased")?;
            notices.push(Notice::GivenUp { case: case.name() });
        } else {
            self.store.abandon_rotation(self.tenant, None, None)?;
            self.destroy_unmirrored(&parse_kid(next)?)?;
        }
        Ok(())
    }

    /// Gives up a rotation that did not commit.
    pub(crate) fn abandon(&self, case: &OpenCase, reason: &str) -> Result<(), ServiceError> {
        let (_, new_kid) = case.kids()?;
        let body = Body::Refused(RefusedBody {
            version: Version::V1,
            case: case.name(),
            tenant: self.tenant_text(),
            intent: case
                .row
                .intent
                .ok_or_else(|| damaged("an erasure's case has no intent"))?,
            reason: reason.to_owned(),
            at: self.body_time(),
        });
        let entry = self.case_entry(case.row.node, &body)?;
        self.step("recover/abandon", || {
            Ok(self
                .store
                .abandon_rotation(self.tenant, Some(case.row.node), Some(&entry))?)
        })?;
        // After the database has forgotten it: what a crash, or a replica that is away, leaves is a root that nothing is
        // wrapped by; the next start destroys it.
        let discarded = self.step("recover/discard-root", || self.destroy_unmirrored(&new_kid))?;
        if !discarded {
            return Ok(());
        }
        self.settle_repositories().map(drop)
    }

    /// A repository under a root that this database has not reached: the disk lost a commit that was durable once. What the
    /// repository holds is newer, and may be the only copy. Its id, if there is one.
    fn ahead_of_us(&self, kid: &str) -> Result<Option<String>, ServiceError> {
        let repositories = self.store.repositories(self.tenant)?;
        let ahead = repositories.into_iter().find(|repository| {
            let mirrored = self.store.mirrored_root(repository);
            mirrored.is_ok_and(|root| root.as_deref() == Some(kid))
        });
        Ok(ahead.map(|repository| repository.id))
    }

    /// Destroys a root that no repository holds rows under. False: it is kept, because one does, or cannot be asked, or a
    /// replica is away.
    fn destroy_unmirrored(&self, kid: &Kid) -> Result<bool, ServiceError> {
        for repository in self.store.repositories(self.tenant)? {
            match self.store.mirrored_root(&repository) {
                Ok(root) if root.as_deref() != Some(kid.as_str()) => {}
                Ok(_) | Err(_) => return Ok(false),
            }
        }
        Ok(self.destroy_unused(kid).is_ok())
    }

    /// Roots that are still listed though they should be gone: of a rotation that was abandoned, if no repository needs it,
    /// and of one that took effect, on a replica that had been away.
    fn discard_strange_roots(&self, notices: &mut Vec<Notice>) -> Result<(), ServiceError> {
        let tenant = self.store.tenant(self.tenant)?;
        let cases = self.store.cases(self.tenant)?;
        // A replica that does not answer is the doctor's business; nothing is destroyed on half an answer.
        let Ok(kids) = self.custodian.list() else {
            return Ok(());
        };
        for kid in kids {
            let is = |named: &Option<String>| named.as_deref() == Some(kid.as_str());
            if is(&Some(tenant.root_kid.clone())) || is(&tenant.next_kid) {
                continue;
            }
            let case = |wanted: &[CaseState], of: fn(&CaseRow) -> &Option<String>| {
                cases
                    .iter()
                    .any(|row| wanted.contains(&row.state) && is(of(row)))
            };
            if case(&[CaseState::Rotated], |row| &row.old_kid) {
                continue;
            }
            let effective = [CaseState::Erased, CaseState::Partial, CaseState::Complete];
            let destroyed = if case(&effective, |row| &row.old_kid) {
                self.destroy_unused(&kid).is_ok()
            } else if case(&[CaseState::Abandoned], |row| &row.new_kid) {
                let ahead = self.ahead_of_us(kid.as_str())?;
                notices.extend(ahead.map(|repository| Notice::LaterState { repository }));
                self.destroy_unmirrored(&kid)?
            } else {
                false
            };
            if destroyed {
                let kid = kid.to_string();
                notices.push(Notice::RootLeftOver { kid });
            }
        }
        Ok(())
    }

    /// Blobs of an import that did not commit.
    fn sweep_blobs(&self, notices: &mut Vec<Notice>) -> Result<(), ServiceError> {
        let blobs = self.store.blobs();
        if !blobs.is_unsettled()? {
            return Ok(());
        }
        let mut known: Vec<String> = self.store.blob_names(self.tenant)?;
        known.extend(self.store.blob_removals(self.tenant)?);
        known.sort_unstable();
        let mut attachments = 0_u64;
        for name in blobs.names()? {
            if known.binary_search(&name).is_err() {
                blobs.remove(&name)?;
                attachments += 1;
            }
        }
        blobs.set_unsettled(false)?;
        if attachments > 0 {
            notices.push(Notice::Swept { attachments });
        }
        Ok(())
    }

    /// Erasures that are not settled yet, in words.
    pub(crate) fn unsettled(&self) -> Result<Vec<String>, ServiceError> {
        let cases = self.store.cases(self.tenant)?;
        Ok(cases
            .iter()
            .filter(|row| {
                matches!(
                    row.state,
                    CaseState::Erasing
                        | CaseState::Rotated
                        | CaseState::Erased
                        | CaseState::Partial
                )
            })
            .map(case_name)
            .collect())
    }
}

/// What recovery could not do, a full disk for example, stops nobody from reading; the next start tries again.
fn tell(
    outcome: Result<(), ServiceError>,
    failed: fn(ServiceError) -> Notice,
    notices: &mut Vec<Notice>,
) -> Result<(), ServiceError> {
    match outcome {
        Err(stopped @ ServiceError::Stopped(_)) => Err(stopped),
        Err(error) => {
            notices.push(failed(error));
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}
