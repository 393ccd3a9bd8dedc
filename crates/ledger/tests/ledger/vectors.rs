//! The files under `tests/vectors`, from which other languages test themselves. They are made by this story and compared
//! on every run; `WUHEN_WRITE_VECTORS=1` writes them anew after a deliberate change of format.

use crate::fixture::{
    self, COMPLETED, SIZE, bytes, certificate, certificate_of, certificate_with, copies, copy,
    custodian, probes, signer,
};
use crate::tiles::export;
use std::collections::BTreeMap;
use std::path::Path;
use wuhen_ledger::body::{CopyState, CustodianAnswer, CustodianRow, Outcome, Version};
use wuhen_ledger::{Body, Certificate};

/// Every file by its name. Certificates under `invalid/` fail although the log signed all that is in them.
fn vectors() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut add = |name: &str, bytes: Vec<u8>| files.insert(name.to_owned(), bytes);
    let good = certificate();
    add("complete.json", good.to_bytes());
    add("partial.json", partial().to_bytes());
    let (intent, completed) = fixture::redaction_bodies();
    add(
        "redaction.json",
        certificate_with(intent, completed).to_bytes(),
    );
    add("log.vkey", format!("{}\n", signer().vkey()).into_bytes());
    add(
        "log.fingerprint",
        format!("{}\n", signer().vkey().fingerprint()).into_bytes(),
    );
    add(
        "completed.tlog-proof",
        good.completed.proof.to_text().into_bytes(),
    );
    for body in fixture::all_kinds() {
        add(&format!("bodies/{}.json", body.kind()), bytes(&body));
    }
    for (name, certificate) in invalid() {
        add(&format!("invalid/{name}.json"), certificate.to_bytes());
    }
    let log = fixture::log_of((6, &good.intent.body), (7, &good.completed.body));
    add("log/checkpoint", log.checkpoint(SIZE).into_bytes());
    for (path, bytes) in export(&log, SIZE) {
        add(&format!("log/{path}"), bytes);
    }
    files
}

fn partial() -> Certificate {
    let mut completed = fixture::completed();
    let pending = CustodianRow {
        answer: CustodianAnswer::Unreachable,
        effective_not_before: None,
        ..custodian()
    };
    let mut rows = copies();
    rows.push(copy("mail:archive", CopyState::NotCovered));
    completed.outcome = Outcome::new(
        vec![custodian(), pending],
        rows,
        probes(),
        fixture::completed_at(),
    );
    certificate_with(fixture::intent(), completed)
}

fn invalid() -> Vec<(&'static str, Certificate)> {
    let intent = bytes(&Body::EraseIntent(fixture::intent()));
    let completed = bytes(&Body::Completed(Box::new(fixture::completed())));
    let text = String::from_utf8(completed.clone()).expect("JSON is UTF-8");
    let lie = |from: &str, to: &str| {
        let lie = text.replacen(from, to, 1);
        assert_ne!(lie, text);
        certificate_of((6, &intent), (7, lie.as_bytes()))
    };
    let mut moved = certificate();
    moved.completed.proof.index = COMPLETED + 1;
    let mut forked = certificate();
    forked.intent = fixture::log_of((6, &intent), (7, b"another history")).opened(
        fixture::INTENT,
        SIZE,
        &intent,
    );
    vec![
        (
            "complete-with-failed-copy",
            lie(
                r#""copy":"wal","state":"erased""#,
                r#""copy":"wal","state":"failed""#,
            ),
        ),
        (
            "complete-before-expiry",
            lie(
                r#"{"expires-on":"2026-10-06"}"#,
                r#"{"expires-on":"2026-10-07"}"#,
            ),
        ),
        (
            "complete-with-failed-probe",
            lie(r#""result":"pass""#, r#""result":"fail""#),
        ),
        (
            "complete-with-living-root",
            lie(r#""answer":"destroyed""#, r#""answer":"failed""#),
        ),
        (
            "other-case",
            lie(r#""case":"case-17""#, r#""case":"case-18""#),
        ),
        ("other-request", lie(r#""messages":31"#, r#""messages":30"#)),
        (
            "unknown-field",
            lie(r#""witness":"none""#, r#""note":"","witness":"none""#),
        ),
        ("body-respelled", lie(r#""intent":3"#, r#""intent": 3"#)),
        (
            "epoch-behind",
            certificate_of((6, &intent), (6, &completed)),
        ),
        (
            "wrong-kind",
            certificate_of((6, &completed), (7, &completed)),
        ),
        ("wrong-index", moved),
        ("forked", forked),
        ("redaction-of-version-1", redaction_of_version_1()),
        ("redaction-names-what-it-cut", redaction_names_what_it_cut()),
    ]
}

fn redaction_of_version_1() -> Certificate {
    let (mut intent, mut completed) = fixture::redaction_bodies();
    intent.version = Version::V1;
    completed.version = Version::V1;
    certificate_with(intent, completed)
}

fn redaction_names_what_it_cut() -> Certificate {
    let (intent, completed) = fixture::redaction_bodies();
    let lie = |body: &Body| {
        let text = String::from_utf8(bytes(body)).expect("JSON is UTF-8");
        text.replace(r#""kind":"MOBILE""#, r#""kind":"15400000000""#)
    };
    let intent = lie(&Body::EraseIntent(intent));
    let completed = lie(&Body::Completed(Box::new(completed)));
    certificate_of((6, intent.as_bytes()), (7, completed.as_bytes()))
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors"))
}

#[test]
fn the_files_are_what_the_code_writes() {
    let write = std::env::var_os("WUHEN_WRITE_VECTORS").is_some();
    for (name, bytes) in vectors() {
        let path = folder().join(&name);
        if write {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &bytes).unwrap();
        }
        let kept = std::fs::read(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(kept == bytes, "{name} has changed");
    }
}

#[test]
fn the_valid_ones_hold_and_the_invalid_ones_do_not() {
    let key = signer();
    for (name, bytes) in vectors() {
        match name.as_str() {
            "complete.json" | "partial.json" => {
                let verified = Certificate::verify(&bytes, Some(key.vkey())).unwrap();
                let state = serde_json::to_value(verified.completed.outcome.state()).unwrap();
                assert_eq!(format!("{}.json", state.as_str().unwrap()), name);
            }
            "redaction.json" => {
                let verified = Certificate::verify(&bytes, Some(key.vkey())).unwrap();
                let redaction = verified.completed.requested.redaction.unwrap();
                assert_eq!(redaction.spans.len(), 2);
            }
            _ if name.starts_with("invalid/") => {
                assert!(
                    Certificate::verify(&bytes, Some(key.vkey())).is_err(),
                    "{name}"
                );
            }
            _ => {}
        }
    }
}
