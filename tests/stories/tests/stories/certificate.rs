//! Certificates of a real run: no byte of one can be changed, none can be put together from two, and a program that shares
//! no code with ours says the same.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wuhen_detect::{KindSet, Style};
use wuhen_ledger::body::Role;
use wuhen_ledger::certificate::CertificateError;
use wuhen_ledger::{Certificate, Signer, Vkey};
use wuhen_service::Service;
use wuhen_service::redact::{Documents, RedactRequest, RedactScope};
use wuhen_service::select::Scope;
use wuhen_stories::world::{World, erase_whole, import, lakeside, verify};

fn hotel() -> (World, Service) {
    let world = World::new();
    let service = world.init();
    import(&service, &lakeside()).unwrap();
    service.init_repository(&world.path("repository")).unwrap();
    (world, service)
}

fn two_certificates(service: &Service) -> (Vec<u8>, Vec<u8>) {
    let guest = erase_whole(service, Scope::Guest("lk-g01".to_owned()));
    let label = erase_whole(service, Scope::Label("机密-2023".to_owned()));
    (guest.certificate, label.certificate)
}

fn redact_one(service: &Service) -> Vec<u8> {
    let spans = RedactScope::Spans("lk-006-06".to_owned(), vec![0..3, 6..9]);
    let request = RedactRequest {
        scope: spans,
        kinds: KindSet::ALL,
        style: Style::Mask,
        documents: Documents::Stay,
        reason: "asked for by the guest".to_owned(),
        by_role: Role::PrivacyOfficer,
    };
    service.redact(&request).unwrap().outcome.certificate
}

#[test]
fn no_byte_of_a_certificate_can_be_changed() {
    let (_world, service) = hotel();
    let (certificate, _) = two_certificates(&service);
    verify(&service, &certificate);
    let mut changed = certificate.clone();
    for position in 0..certificate.len() {
        changed[position] ^= 1;
        assert!(
            Certificate::verify(&changed, None).is_err(),
            "byte {position}"
        );
        changed[position] ^= 1;
    }
    assert!(changed == certificate);
}

#[test]
fn a_certificate_cannot_be_shortened_or_extended() {
    let (_world, service) = hotel();
    let (certificate, _) = two_certificates(&service);
    for length in 0..certificate.len() {
        assert!(
            Certificate::verify(&certificate[..length], None).is_err(),
            "{length} bytes"
        );
    }
    for extra in [&b"\n"[..], b" ", b"{}", &certificate] {
        let longer = [&certificate, extra].concat();
        assert!(Certificate::verify(&longer, None).is_err());
    }
}

#[test]
fn two_certificates_cannot_be_spliced_into_a_third() {
    let (_world, service) = hotel();
    let (guest, label) = two_certificates(&service);
    let halves = |certificate: &[u8]| {
        let text = String::from_utf8(certificate.to_vec()).unwrap();
        let (completed, intent) = text.split_once(r#","intent":"#).unwrap();
        (completed.to_owned(), intent.to_owned())
    };
    let ((completed_1, intent_1), (completed_2, intent_2)) = (halves(&guest), halves(&label));
    for (completed, intent) in [(&completed_1, &intent_2), (&completed_2, &intent_1)] {
        let spliced = format!(r#"{completed},"intent":{intent}"#);
        let refused = Certificate::verify(spliced.as_bytes(), None).unwrap_err();
        assert!(
            matches!(refused, CertificateError::Disagree(_)),
            "{refused}"
        );
    }
    let whole = format!(r#"{completed_1},"intent":{intent_1}"#);
    verify(&service, whole.as_bytes());
}

#[test]
fn another_hotels_key_vouches_for_nothing() {
    let (_world, service) = hotel();
    let (certificate, _) = two_certificates(&service);
    let key = Vkey::parse(&service.ledger_key()).unwrap();
    let stranger = Signer::from_seed(key.name(), &[9; 32]).unwrap();
    let refused = Certificate::verify(&certificate, Some(stranger.vkey())).unwrap_err();
    assert_eq!(refused, CertificateError::OtherKey);
    let unknown = Certificate::verify(&certificate, None).unwrap();
    assert!(!unknown.key_trusted, "without a key nothing is vouched for");
}

#[test]
fn a_program_that_shares_no_code_accepts_and_refuses_the_same() {
    let (world, service) = hotel();
    let checker =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/ledger/tests/vectors/check.py");
    let can_check = Command::new("python3")
        .args(["-c", "import cryptography"])
        .output();
    if !can_check.is_ok_and(|answer| answer.status.success()) {
        println!(
            "SKIPPED: no python3 with `cryptography`; no other program has checked a certificate"
        );
        return;
    }
    let write = |name: &str, bytes: &[u8]| -> PathBuf {
        let file = world.path(name);
        fs::write(&file, bytes).unwrap();
        file
    };
    let key = write("key", format!("{}\n", service.ledger_key()).as_bytes());
    let check = |certificate: &Path, key: Option<&Path>| {
        let mut command = Command::new("python3");
        command.arg(&checker).arg(certificate);
        if let Some(key) = key {
            command.arg("--key").arg(key);
        }
        command.output().unwrap().status.code()
    };
    let (guest, label) = two_certificates(&service);
    let redaction = redact_one(&service);
    for (name, bytes) in [
        ("guest.json", &guest),
        ("label.json", &label),
        ("redaction.json", &redaction),
    ] {
        let certificate = write(name, bytes);
        assert_eq!(check(&certificate, Some(&key)), Some(0), "{name}");
        assert_eq!(check(&certificate, None), Some(4), "{name}");
    }
    for position in (0..guest.len()).step_by(guest.len() / 4) {
        let mut changed = guest.clone();
        changed[position] ^= 1;
        let certificate = write("changed.json", &changed);
        assert_eq!(check(&certificate, Some(&key)), Some(1), "byte {position}");
    }
}
