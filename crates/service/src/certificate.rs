//! The end of an erasure: physical work, probes, the `completed` entry, and the certificate made from the ledger.

use wuhen_ledger::Body;
use wuhen_ledger::body::{
    Act, Bytes, CompletedBody, CopyState, Counts, CustodianAnswer, CustodianRow, Kept, Kids, Limit,
    Outcome as BodyOutcome, ProbeResult, Records, Role, Sanitization, ScopeKind, State,
    Suppression, Witness,
};
use wuhen_ledger::certificate::{Certificate, OpenedEntry};
use wuhen_store::{CaseRow, CaseState};

use crate::Service;
use crate::erase::{OpenCase, Outcome, case_name, counts};
use crate::error::ServiceError;
use crate::ledger::OpenedBody;
use crate::notice::Missing;
use crate::open::damaged;
use crate::physical::Evidence;
use crate::rotation::{FenceAnswer, epochs};

/// One erasure in a list.
pub struct CaseView {
    /// Its number.
    pub case: String,
    /// How far it has come.
    pub state: CaseState,
    /// What was asked for, when, and what it held; `None` while it cannot be read.
    pub requested: wuhen_ledger::body::Requested,
}

impl Service {
    /// Steps 5 to 9, from wherever the case stands.
    pub(crate) fn finish(
        &self,
        case: &OpenCase,
        rewraps: Option<u64>,
    ) -> Result<Outcome, ServiceError> {
        let fences = self.fences()?;
        let custodian = if case.row.state == CaseState::Rotated {
            self.end_old_root(case, &fences)?
        } else {
            self.recorded_custodian(case)?
        };
        let effective = custodian.answer == CustodianAnswer::Destroyed;
        let evidence = self.physical_work(case, custodian, fences)?;
        let undone = evidence.undone.clone();
        let body = self.completed_body(case, evidence)?;
        let (state, mut problems) = (body.outcome.state(), problems(&body, &undone));
        if self.worth_recording(case, &body)? {
            let entry = self.case_entry(case.row.node, &Body::Completed(Box::new(body)))?;
            let next = match (effective, state) {
                (false, _) => CaseState::Rotated,
                (true, State::Complete) => CaseState::Complete,
                (true, State::Partial) => CaseState::Partial,
            };
            self.step("erase/completed-entry", || {
                Ok(self.store.append_entry(self.tenant, &entry, next, false)?)
            })?;
        }
        // Before a certificate leaves, every repository that can be reached knows of it.
        let missing = self.settle_repositories()?;
        // Why a repository was not reached says more than that it was not.
        problems.retain(|problem| !missing.iter().any(|why| why.explains(problem)));
        problems.extend(missing);
        self.store.truncate_log()?;
        Ok(Outcome {
            case: case.name(),
            state,
            problems,
            counts: counts(&case.stored.selection),
            epoch: self.store.tenant(self.tenant)?.epoch,
            rewraps,
            certificate: self.certificate_of(&case.row)?,
        })
    }

    /// Steps 6 to 8; with a fence missing, or keys that do not open again, the old root stays.
    fn end_old_root(
        &self,
        case: &OpenCase,
        fences: &[FenceAnswer],
    ) -> Result<CustodianRow, ServiceError> {
        let replicas = u32::try_from(self.custodian.replicas().len()).unwrap_or(u32::MAX);
        let all_current = fences.iter().all(|answer| answer.problem.is_none());
        let reopened = self.step("rotation/verify", || self.verify_reopened(case))?;
        if !all_current || !reopened.is_empty() {
            return Ok(self.custodian_row(CustodianAnswer::Waiting, None, replicas));
        }
        let (old_kid, _) = case.kids()?;
        self.reopen_keys()?;
        let row = self.destroy_root(&old_kid)?;
        if row.answer == CustodianAnswer::Destroyed {
            self.record_erased(case, row.clone())?;
        }
        Ok(row)
    }

    /// What the custodian answered when the old root was destroyed, from the ledger.
    fn recorded_custodian(&self, case: &OpenCase) -> Result<CustodianRow, ServiceError> {
        self.case_bodies(&case.row)?
            .into_iter()
            .find_map(|opened| match Body::from_bytes(&opened.bytes) {
                Ok(Body::Erased(body)) => body.custodians.into_iter().next(),
                _ => None,
            })
            .ok_or_else(|| damaged("an effective erasure has no `erased` entry"))
    }

    fn completed_body(
        &self,
        case: &OpenCase,
        evidence: Evidence,
    ) -> Result<CompletedBody, ServiceError> {
        let selection = &case.stored.selection;
        let (old_kid, new_kid) = case.kids()?;
        let at = self.body_time();
        let Evidence {
            custodian,
            fences,
            copies,
            probes,
            ..
        } = evidence;
        let outcome = BodyOutcome::new(vec![custodian], copies, probes, at.clone());
        let tags = selection.counts.suppressed;
        Ok(CompletedBody {
            version: case.stored.requested.version(),
            case: case.name(),
            tenant: self.tenant_text(),
            organisation: self.tenant_settings().name,
            intent: case
                .row
                .intent
                .ok_or_else(|| damaged("an erasure's case has no intent"))?,
            erased: self.erased_leaf(&case.row)?,
            requested: case.stored.requested.clone(),
            epochs: epochs(case),
            kids: Kids {
                before: old_kid.to_string(),
                after: new_kid.to_string(),
            },
            records: Records {
                erased: counts(selection),
                restricted: case.stored.restricted.clone(),
                held: case.stored.held.clone(),
                skipped: skipped(case),
            },
            bytes: Bytes {
                rows: selection.counts.row_bytes,
                blobs: selection.counts.blob_bytes,
            },
            suppression: Suppression {
                tags,
                statement: suppression(case).to_owned(),
            },
            sanitization: sanitization(case, outcome.state(), fences.len()),
            erasure: Act {
                role: Role::System,
                at: at.clone(),
            },
            verification: Act {
                role: Role::System,
                at,
            },
            outcome,
            approval: case.stored.approval,
            executor: case.stored.requested.by_role,
            recognition: case.stored.recognition.clone(),
            witness: Witness::None,
            limits: Limit::ALWAYS.to_vec(),
        })
    }

    fn erased_leaf(&self, case: &CaseRow) -> Result<Option<u64>, ServiceError> {
        let bodies = self.case_bodies(case)?;
        let erased = bodies
            .iter()
            .find(|opened| matches!(Body::from_bytes(&opened.bytes), Ok(Body::Erased(_))));
        Ok(erased.map(|opened| opened.row.leaf))
    }

    /// A retry that changes nothing about a partial case adds nothing to the ledger.
    fn worth_recording(&self, case: &OpenCase, body: &CompletedBody) -> Result<bool, ServiceError> {
        let last =
            self.case_bodies(&case.row)?.into_iter().rev().find_map(
                |opened| match Body::from_bytes(&opened.bytes) {
                    Ok(Body::Completed(last)) => Some(last),
                    _ => None,
                },
            );
        Ok(last.is_none_or(|last| {
            let states = |body: &CompletedBody| -> Vec<(String, CopyState)> {
                body.outcome
                    .copies()
                    .iter()
                    .map(|row| (row.copy.clone(), row.state.clone()))
                    .collect()
            };
            last.outcome.state() != body.outcome.state()
                || last.erased != body.erased
                || states(&last) != states(body)
        }))
    }

    /// How many copies of a case are not settled, by its last word in the ledger.
    pub(crate) fn unsettled_copies(&self, case: &CaseRow) -> Result<u64, ServiceError> {
        let last = self
            .case_bodies(case)?
            .into_iter()
            .rev()
            .find_map(|opened| match Body::from_bytes(&opened.bytes) {
                Ok(Body::Completed(last)) => Some(last),
                _ => None,
            });
        Ok(match last {
            None => 1,
            Some(body) if body.outcome.state() == State::Complete => 0,
            Some(body) => {
                let is_settled = |row: &&wuhen_ledger::body::CopyRow| {
                    matches!(row.state, CopyState::Erased | CopyState::Unreachable)
                };
                let open = body.outcome.copies().iter().filter(|row| !is_settled(row));
                (open.count() as u64).max(1)
            }
        })
    }

    /// The entries of a case, opened, in their order.
    fn case_bodies(&self, case: &CaseRow) -> Result<Vec<OpenedBody>, ServiceError> {
        let rows = self.store.ledger_rows_of(self.tenant, case.node)?;
        rows.into_iter()
            .filter_map(|row| self.open_entry(row).transpose())
            .collect()
    }

    /// The certificate of a case, with proofs in the tree as it is now.
    pub(crate) fn certificate_of(&self, case: &CaseRow) -> Result<Vec<u8>, ServiceError> {
        let mut intent = None;
        let mut completed = None;
        for opened in self.case_bodies(case)? {
            match Body::from_bytes(&opened.bytes) {
                Ok(Body::EraseIntent(_)) => intent = Some(opened),
                Ok(Body::Completed(_)) => completed = Some(opened),
                _ => {}
            }
        }
        let (Some(intent), Some(completed)) = (intent, completed) else {
            return Err(ServiceError::NotFound {
                kind: "certificate",
                id: case_name(case),
                hint: "an erasure that was abandoned has none; `wuhen certificate list` names those that have",
            });
        };
        let certificate = Certificate {
            log_key: self.signer.vkey().clone(),
            completed: self.opened_entry(completed)?,
            intent: self.opened_entry(intent)?,
        };
        Ok(certificate.to_bytes())
    }

    fn opened_entry(&self, opened: OpenedBody) -> Result<OpenedEntry, ServiceError> {
        let proof = self.proof(opened.row.leaf)?;
        Ok(OpenedEntry {
            entry: opened.row.entry,
            salt: opened.salt,
            body: opened.bytes,
            proof,
        })
    }

    /// Erasures, oldest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn erasures(&self) -> Result<Vec<CaseView>, ServiceError> {
        self.reading(|| self.case_views())
    }

    fn case_views(&self) -> Result<Vec<CaseView>, ServiceError> {
        let rows = self.store.cases(self.tenant)?;
        rows.into_iter()
            .filter(|row| row.state != CaseState::Recorded)
            .map(|row| {
                let case = self.load_case(row)?;
                Ok(CaseView {
                    case: case.name(),
                    state: case.row.state,
                    requested: case.stored.requested,
                })
            })
            .collect()
    }

    /// The certificate of a case by its number, issued anew.
    ///
    /// # Errors
    /// There is no such case, or it has no certificate.
    pub fn certificate(&self, case: &str) -> Result<Vec<u8>, ServiceError> {
        let rows = self.store.cases(self.tenant)?;
        let row = rows
            .into_iter()
            .find(|row| case_name(row) == case)
            .ok_or_else(|| ServiceError::NotFound {
                kind: "case",
                id: case.to_owned(),
                hint: "`wuhen certificate list` names them",
            })?;
        self.reading(|| self.certificate_of(&row))
    }
}

/// What is not settled. While the old root exists no copy counts as erased; that is said once, and of the copies only those
/// that have a problem of their own.
fn problems(body: &CompletedBody, undone: &[String]) -> Vec<Missing> {
    let custodians = body.outcome.custodians().iter().filter_map(|row| {
        let custodian = row.name.clone();
        match row.answer {
            CustodianAnswer::Destroyed => None,
            CustodianAnswer::Waiting => Some(Missing::RootKept { custodian }),
            _ => Some(Missing::RootNotDestroyed { custodian }),
        }
    });
    let copies = body
        .outcome
        .copies()
        .iter()
        .filter(|row| undone.contains(&row.copy))
        .map(|row| Missing::Copy {
            copy: row.copy.clone(),
            detail: row.detail.clone(),
        });
    let probes = body
        .outcome
        .probes()
        .iter()
        .filter(|probe| probe.result != ProbeResult::Pass)
        .map(|probe| Missing::Probe {
            name: probe.name.clone(),
            detail: probe.detail.clone(),
        });
    custodians.chain(copies).chain(probes).collect()
}

/// What a redaction looked at, or could not look into, and left as it is.
fn skipped(case: &OpenCase) -> Vec<Kept> {
    let messages = |count| Counts {
        messages: count,
        ..Counts::default()
    };
    let attachments = |count| Counts {
        attachments: count,
        ..Counts::default()
    };
    let left = case.stored.left;
    let unchanged = case.stored.unchanged;
    [
        (unchanged, messages(unchanged), "nothing to redact was found in them"),
        (
            left.documents,
            attachments(left.documents),
            "PDF files with what was to be redacted: nothing can be cut out of such a file; they stay whole until their messages are erased",
        ),
        (
            left.unread,
            attachments(left.unread),
            "texts and PDF files that cannot be read to their end: what stands in them is not known; they stay whole",
        ),
        (
            left.pictures,
            attachments(left.pictures),
            "pictures and other files that are no text: they are not looked into; they stay whole",
        ),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(_, counts, reason)| Kept {
        counts,
        reason: reason.to_owned(),
    })
    .collect()
}

fn suppression(case: &OpenCase) -> &'static str {
    match case.stored.requested.redaction {
        None => {
            "keyed tags of the erased records' source ids are kept, so that they stay away from later imports of the same source"
        }
        Some(_) => {
            "the new versions bear the keyed tags of the source ids, so that a later import of the same source does not bring              the versions before back"
        }
    }
}

/// The fields of a certificate of sanitization (NIST SP 800-88 r2, by analogy).
fn sanitization(case: &OpenCase, state: State, repositories: usize) -> Sanitization {
    let record_class = match case.stored.requested.scope {
        ScopeKind::Guest => "a guest's profile and conversations",
        ScopeKind::Conversations => "conversations",
        ScopeKind::Messages => "messages",
        ScopeKind::Label => "conversations under a confidentiality label",
        ScopeKind::Before => "messages from before a time",
        ScopeKind::All => "everything stored",
    };
    let record_class = match case.stored.requested.redaction {
        None => record_class.to_owned(),
        Some(_) => {
            format!(
                "versions of messages, attachments, profiles and conversation records before personal data was cut out of them \
                 ({record_class})"
            )
        }
    };
    let complete = state == State::Complete;
    Sanitization {
        record_class,
        source: "the tenant's store, its key service and its snapshot repositories".to_owned(),
        confidentiality_before: "personal data of guests".to_owned(),
        method: Sanitization::METHOD.to_owned(),
        technique: "destruction of the only root of a key tree whose remaining keys were wrapped anew; AES-256-GCM-SIV; \
                    rows deleted with secure_delete, log truncated, files removed"
            .to_owned(),
        tool: "wuhen".to_owned(),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        verification_method: "every place opened again from scratch and asked for what was erased".to_owned(),
        verification_result: if complete { "passed" } else { "not settled" }.to_owned(),
        confidentiality_after: if complete { "none" } else { "unchanged until settled" }.to_owned(),
        destination: "the media stay in use".to_owned(),
        backups: match repositories {
            0 => "none registered".to_owned(),
            count => format!("{count} snapshot repositories, fenced before the old root was destroyed"),
        },
    }
}
