//! Step 9: files removed, the log emptied, and what every place answers when it is asked for what was erased.

use wuhen_ledger::body::{
    CopyRow, CopyState, CustodianAnswer, CustodianRow, Probe, ProbeResult, Time,
};

use crate::Service;
use crate::erase::OpenCase;
use crate::error::ServiceError;
use crate::rotation::FenceAnswer;

/// What the steps of one run found, for the certificate.
pub(crate) struct Evidence {
    pub(crate) custodian: CustodianRow,
    pub(crate) fences: Vec<FenceAnswer>,
    pub(crate) copies: Vec<CopyRow>,
    /// Copies that have a problem of their own, whether or not the old root is gone.
    pub(crate) undone: Vec<String>,
    pub(crate) probes: Vec<Probe>,
}

/// What is left in the store itself; zero everywhere after an erasure.
struct Left {
    rows: u64,
    log_bytes: u64,
    blobs: u64,
}

/// Writes the rows of copies: nothing counts as erased while the old root exists.
struct CopyRows {
    effective: bool,
    at: Time,
    rows: Vec<CopyRow>,
    undone: Vec<String>,
}

impl CopyRows {
    fn add(&mut self, copy: &str, done: bool, mut detail: String) {
        if !done {
            self.undone.push(copy.to_owned());
        }
        let state = if done && self.effective {
            CopyState::Erased
        } else {
            CopyState::Failed
        };
        if !self.effective {
            detail.push_str("; not yet effective: the old root still exists");
        }
        self.rows.push(CopyRow {
            copy: copy.to_owned(),
            state,
            detail,
            at: self.at.clone(),
        });
    }
}

impl Service {
    pub(crate) fn physical_work(
        &self,
        case: &OpenCase,
        custodian: CustodianRow,
        fences: Vec<FenceAnswer>,
    ) -> Result<Evidence, ServiceError> {
        let selection = &case.stored.selection;
        let blobs = self.step("erase/blobs", || self.remove_blobs())?;
        let log_bytes = self.step("erase/log", || Ok(self.store.truncate_log()?))?;
        let rows = self
            .store
            .residue(self.tenant, &selection.gone(), &selection.punctures())?;
        let left = Left {
            rows,
            log_bytes,
            blobs,
        };
        let effective = custodian.answer == CustodianAnswer::Destroyed;
        let CopyRows { rows, undone, .. } = self.copy_rows(&left, effective, &fences);
        let probes = self.probes(case, &left)?;
        Ok(Evidence {
            custodian,
            fences,
            copies: rows,
            undone,
            probes,
        })
    }

    fn copy_rows(&self, left: &Left, effective: bool, fences: &[FenceAnswer]) -> CopyRows {
        let mut copies = CopyRows {
            effective,
            at: self.body_time(),
            rows: Vec::new(),
            undone: Vec::new(),
        };
        copies.add(
            "database",
            left.rows == 0,
            format!("{} rows found", left.rows),
        );
        let log = format!("{} bytes left in the write-ahead log", left.log_bytes);
        copies.add("wal", left.log_bytes == 0, log);
        copies.add(
            "blobs",
            left.blobs == 0,
            format!("{} files left", left.blobs),
        );
        copies.add(
            "search",
            left.rows == 0,
            format!("{} sketches and rows found", left.rows),
        );
        copies.add(
            "caches",
            true,
            "this process holds no key of what was erased".to_owned(),
        );
        for answer in fences {
            let id = &answer.repository.id;
            let (current, removed) = match &answer.problem {
                // What the system said, with the folder's path, is for who ran the command, not for the guest's certificate.
                Some(_) => ("not reached".to_owned(), "not reached".to_owned()),
                None => (
                    "key, control and ledger rows are current".to_owned(),
                    "rows and files of what was erased are removed".to_owned(),
                ),
            };
            copies.add(&format!("fence:{id}"), answer.problem.is_none(), current);
            copies.add(&format!("snapshot:{id}"), answer.problem.is_none(), removed);
        }
        copies
    }

    fn probes(&self, case: &OpenCase, left: &Left) -> Result<Vec<Probe>, ServiceError> {
        let (old_kid, _) = case.kids()?;
        let root = match self.custodian.list() {
            Ok(kids) if !kids.contains(&old_kid) => Ok("absent".to_owned()),
            Ok(_) => Err("listed".to_owned()),
            Err(error) => Err(error.to_string()),
        };
        let (absent, root) = root.map_or_else(|listed| (false, listed), |absent| (true, absent));
        let reopened = self.verify_reopened(case)?;
        Ok(vec![
            probe(
                "reopened-from-scratch",
                reopened.is_empty(),
                reopened
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join("; "),
            ),
            probe(
                "rows-found-by-a-fresh-connection",
                left.rows == 0,
                left.rows.to_string(),
            ),
            probe("old-root-listed-by-a-fresh-session", absent, root),
            probe("log-bytes", left.log_bytes == 0, left.log_bytes.to_string()),
            probe("blob-files", left.blobs == 0, left.blobs.to_string()),
        ])
    }

    /// Removes the files of dropped blobs; how many are still there.
    fn remove_blobs(&self) -> Result<u64, ServiceError> {
        let mut gone = Vec::new();
        let mut left = 0;
        for name in self.store.blob_removals(self.tenant)? {
            let blobs = self.store.blobs();
            if blobs.remove(&name).is_ok() && matches!(blobs.open(&name), Ok(None)) {
                gone.push(name);
            } else {
                left += 1;
            }
        }
        if !gone.is_empty() {
            self.store.blobs_removed(self.tenant, &gone)?;
        }
        Ok(left)
    }
}

pub(crate) fn probe(name: &str, passed: bool, detail: String) -> Probe {
    let result = if passed {
        ProbeResult::Pass
    } else {
        ProbeResult::Fail
    };
    Probe {
        name: name.to_owned(),
        result,
        detail,
    }
}
