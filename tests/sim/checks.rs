//! What must hold in every house that was opened again, whatever happened to it before.

use std::path::Path;

use wuhen_ledger::Vkey;
use wuhen_ledger::body::State;
use wuhen_ledger::certificate::Certificate;
use wuhen_service::Service;
use wuhen_service::erase::Outcome;
use wuhen_store::CaseState;

use crate::compare::differ;
use crate::oracle::Oracle;
use crate::place::{self, Place};
use crate::world::Difference;

/// Every case is settled: complete with a certificate that says so, or abandoned with nothing erased.
pub(crate) fn check_cases(service: &Service) -> Result<(), Difference> {
    for case in service.erasures().map_err(|error| error.to_string())? {
        match case.state {
            CaseState::Abandoned => {}
            CaseState::Complete => {
                let certificate = service
                    .certificate(&case.case)
                    .map_err(|error| error.to_string())?;
                verify(service, &certificate)?;
            }
            state => return Err(format!("case {} is {state:?}", case.case)),
        }
    }
    Ok(())
}

pub(crate) fn complete(service: &Service, outcome: &Outcome) -> Result<(), Difference> {
    if outcome.state != State::Complete {
        return Err(format!("partial: {:?}", outcome.problems));
    }
    verify(service, &outcome.certificate)
}

fn verify(service: &Service, certificate: &[u8]) -> Result<(), Difference> {
    let key = Vkey::parse(&service.ledger_key()).map_err(|error| error.to_string())?;
    let verified =
        Certificate::verify(certificate, Some(&key)).map_err(|error| error.to_string())?;
    differ(
        "certificate",
        (true, State::Complete),
        (verified.key_trusted, verified.completed.outcome.state()),
    )
}

pub(crate) fn check_ledger(service: &Service) -> Result<(), Difference> {
    let report = service.check_ledger().map_err(|error| error.to_string())?;
    differ("entries that open", report.size, report.opened)
}

/// One root, the checkpoint, nothing else.
pub(crate) fn roots(place: &Place) -> Result<(), Difference> {
    let mut files = place.key_files();
    // One that could not be written whole is replaced by the next.
    files.retain(|name| !["checkpoint", "checkpoint.tmp"].contains(&name.as_str()));
    differ("files in the keys folder", 1, files.len())?;
    let root = Path::new(&files[0]).extension();
    differ(
        "the file is a root",
        Some("root"),
        root.and_then(|ending| ending.to_str()),
    )
}

/// As many blobs as attachments that live; no note of unsettled ones.
pub(crate) fn blobs(what: &str, folder: &Path, expected: &Oracle) -> Result<(), Difference> {
    let files = place::files_below(&folder.join("blobs"));
    differ(
        &format!("blobs of the {what}"),
        expected.totals().attachments,
        files.len() as u64,
    )
}
