//! Certificates: one that holds, every way to change it, and every lie that a log could sign.

use crate::fixture::{
    self, COMPLETED, INTENT, SIZE, SIZE_AT_INTENT, bytes, certificate, certificate_of,
    certificate_with, signer,
};
use wuhen_ledger::body::{BODY_BYTES_MAX, CompletedBody, EraseIntentBody, State};
use wuhen_ledger::certificate::{CERTIFICATE_BYTES_MAX, CertificateError, Part, Step};
use wuhen_ledger::{Body, Certificate, Checkpoint, Hash, Signer};

fn verify(certificate: &Certificate) -> Result<(), CertificateError> {
    Certificate::verify(&certificate.to_bytes(), Some(signer().vkey())).map(drop)
}

#[test]
fn a_certificate_says_what_was_done_and_which_checks_held() {
    let bytes = certificate().to_bytes();
    let verified = Certificate::verify(&bytes, Some(signer().vkey())).unwrap();
    assert_eq!(verified.completed, fixture::completed());
    assert_eq!(verified.completed.outcome.state(), State::Complete);
    assert_eq!(verified.intent, fixture::intent());
    assert_eq!(
        (verified.checkpoint.size, verified.key_trusted),
        (SIZE, true)
    );
    let steps = [
        Step::Form { bytes: bytes.len() },
        Step::TrustedKey,
        Step::Opens(Part::Completed),
        Step::InLog {
            part: Part::Completed,
            index: COMPLETED,
            size: SIZE,
        },
        Step::Opens(Part::Intent),
        Step::InLog {
            part: Part::Intent,
            index: INTENT,
            size: SIZE_AT_INTENT,
        },
        Step::Agree,
        Step::Settled,
    ];
    assert_eq!(verified.steps, steps);
    assert_eq!(Certificate::parse(&bytes).unwrap(), certificate());
}

#[test]
fn without_a_trusted_key_it_says_so_and_with_another_it_fails() {
    let bytes = certificate().to_bytes();
    let verified = Certificate::verify(&bytes, None).unwrap();
    assert!(!verified.key_trusted && !verified.steps.contains(&Step::TrustedKey));
    assert_eq!(&verified.log_key, signer().vkey());
    let other = Signer::from_seed(fixture::ORIGIN, &[0x43; 32]).unwrap();
    assert_eq!(
        Certificate::verify(&bytes, Some(other.vkey())),
        Err(CertificateError::OtherKey)
    );
}

#[test]
fn any_changed_byte_fails() {
    let good = certificate().to_bytes();
    assert!(Certificate::verify(&good, None).is_ok());
    let mut tried = 0;
    let mut refuse = |changed: &[u8], at: usize| {
        tried += 1;
        assert!(
            Certificate::verify(changed, None).is_err(),
            "a change at byte {at} was not noticed"
        );
    };
    for at in 0..good.len() {
        for flip in [0x01, 0x20, 0x80] {
            let mut changed = good.clone();
            changed[at] ^= flip;
            refuse(&changed, at);
        }
        let mut shorter = good.clone();
        shorter.remove(at);
        refuse(&shorter, at);
        for inserted in [b' ', b'A', good[at]] {
            let mut longer = good.clone();
            longer.insert(at, inserted);
            refuse(&longer, at);
        }
        refuse(&good[..at], at);
    }
    for tail in [&b"\n"[..], b" ", b"{}", b"\0"] {
        refuse(&[&good, tail].concat(), good.len());
    }
    assert_eq!(tried, 8 * good.len() + 4);
}

#[test]
fn other_spellings_of_the_same_json_are_refused() {
    let text = String::from_utf8(certificate().to_bytes()).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let pretty = serde_json::to_string_pretty(&value).unwrap() + "\n";
    let reordered = serde_json::to_string(&value).unwrap() + "\n";
    for (spelling, why) in [
        (pretty, CertificateError::NotCanonical),
        (reordered, CertificateError::NotCanonical),
        (
            text.replacen("wuhen-certificate/1", "wuhen-certificate/2", 1),
            CertificateError::Format,
        ),
        (text.trim_end().to_owned(), CertificateError::NotCanonical),
    ] {
        assert_eq!(Certificate::verify(spelling.as_bytes(), None), Err(why));
    }
    let unknown = text.replacen(r#"{"format""#, r#"{"note":"","format""#, 1);
    assert!(matches!(
        Certificate::parse(unknown.as_bytes()),
        Err(CertificateError::Malformed { .. })
    ));
}

#[test]
fn lies_that_the_log_itself_signed_are_found() {
    let told = |change: &dyn Fn(&mut EraseIntentBody, &mut CompletedBody)| {
        let (mut intent, mut completed) = (fixture::intent(), fixture::completed());
        change(&mut intent, &mut completed);
        verify(&certificate_with(intent, completed))
    };
    let disagree = |what| Err(CertificateError::Disagree(what));
    assert_eq!(told(&|_, _| ()), Ok(()));
    assert_eq!(
        told(&|_, c| c.case = "case-18".into()),
        disagree("the case")
    );
    assert_eq!(
        told(&|i, _| i.tenant = "another".into()),
        disagree("the tenant")
    );
    assert_eq!(
        told(&|_, c| c.requested.counts.messages = 30),
        disagree("what was asked for")
    );
    assert_eq!(
        told(&|_, c| c.requested.reason.clear()),
        disagree("what was asked for")
    );
    assert_eq!(
        told(&|_, c| c.intent = 2),
        disagree("the intent's place in the ledger")
    );
    assert_eq!(
        told(&|_, c| c.erased = Some(COMPLETED)),
        disagree("the order of the entries")
    );
    assert_eq!(
        told(&|_, c| c.erased = Some(INTENT)),
        disagree("the order of the entries")
    );
    assert_eq!(told(&|i, _| i.epoch = 5), disagree("the intent's epoch"));
    assert_eq!(told(&|_, c| c.epochs.before = 5), disagree("the epochs"));
    assert_eq!(told(&|_, c| c.epochs.after = 8), disagree("the epochs"));
    assert_eq!(
        told(&|_, c| (c.epochs.before, c.epochs.after) = (7, 8)),
        disagree("the completed entry's epoch")
    );
    assert_eq!(
        told(&|_, c| (c.epochs.before, c.epochs.after) = (5, 6)),
        disagree("the epochs")
    );
    assert_eq!(
        told(&|_, c| (c.epochs.before, c.epochs.after) = (u64::MAX, 0)),
        disagree("the epochs")
    );
}

#[test]
fn entries_of_other_kinds_and_swapped_entries_are_refused() {
    let intent = bytes(&Body::EraseIntent(fixture::intent()));
    let completed = bytes(&Body::Completed(Box::new(fixture::completed())));
    let snapshot = bytes(&Body::Snapshot(fixture::snapshot(2)));
    let kinds =
        |intent: &[u8], completed: &[u8]| verify(&certificate_of((6, intent), (7, completed)));
    assert_eq!(kinds(&intent, &completed), Ok(()));
    assert_eq!(
        kinds(&snapshot, &completed),
        Err(CertificateError::Kind(Part::Intent))
    );
    assert_eq!(
        kinds(&intent, &snapshot),
        Err(CertificateError::Kind(Part::Completed))
    );
    assert_eq!(
        kinds(&completed, &intent),
        Err(CertificateError::Kind(Part::Completed))
    );
    assert!(matches!(
        kinds(&intent, b"{}"),
        Err(CertificateError::Body(Part::Completed, _))
    ));
    let mut swapped = certificate();
    std::mem::swap(&mut swapped.intent.body, &mut swapped.completed.body);
    assert_eq!(
        verify(&swapped),
        Err(CertificateError::DoesNotOpen(Part::Completed))
    );
    let mut moved = certificate();
    moved.intent.proof.index += 1;
    assert!(matches!(
        verify(&moved),
        Err(CertificateError::Proof(Part::Intent, _))
    ));
}

#[test]
fn two_histories_of_one_size_are_found() {
    let honest = certificate();
    let intent = bytes(&Body::EraseIntent(fixture::intent()));
    let other_log = fixture::log_of((6, &intent), (7, b"another history"));
    let mut forked = honest.clone();
    forked.intent = other_log.opened(INTENT, SIZE, &intent);
    assert_eq!(verify(&forked), Err(CertificateError::Forked));
}

#[test]
fn a_checkpoint_of_another_log_does_not_count() {
    let stranger = Signer::from_seed(fixture::ORIGIN, &[0x43; 32]).unwrap();
    let mut forged = certificate();
    let checkpoint =
        Checkpoint::verify(&forged.completed.proof.checkpoint, signer().vkey()).unwrap();
    forged.completed.proof.checkpoint = checkpoint.sign(&stranger).unwrap();
    assert!(matches!(
        verify(&forged),
        Err(CertificateError::Proof(Part::Completed, _))
    ));
    forged.log_key = stranger.vkey().clone();
    assert!(matches!(
        Certificate::verify(&forged.to_bytes(), None),
        Err(CertificateError::Proof(Part::Intent, _))
    ));
    let unsigned_root = Checkpoint {
        root: Hash([0; 32]),
        ..checkpoint
    };
    let mut rerooted = certificate();
    rerooted.completed.proof.checkpoint = unsigned_root.sign(&signer()).unwrap();
    assert!(matches!(
        verify(&rerooted),
        Err(CertificateError::Proof(Part::Completed, _))
    ));
}

#[test]
fn sizes_are_limited() {
    let mut completed = fixture::completed();
    let length = bytes(&Body::Completed(Box::new(completed.clone()))).len();
    completed
        .organisation
        .push_str(&"店".repeat((BODY_BYTES_MAX - length) / 3));
    completed
        .case
        .push_str(&"x".repeat((BODY_BYTES_MAX - length) % 3));
    let intent = EraseIntentBody {
        case: completed.case.clone(),
        ..fixture::intent()
    };
    let large = certificate_with(intent, completed);
    assert_eq!(large.completed.body.len(), BODY_BYTES_MAX);
    assert_eq!(verify(&large), Ok(()));

    let at_limit = vec![b' '; CERTIFICATE_BYTES_MAX];
    assert!(matches!(
        Certificate::parse(&at_limit),
        Err(CertificateError::Malformed { .. })
    ));
    let over = vec![b' '; CERTIFICATE_BYTES_MAX + 1];
    assert_eq!(
        Certificate::parse(&over),
        Err(CertificateError::TooLarge(CERTIFICATE_BYTES_MAX + 1))
    );
}
