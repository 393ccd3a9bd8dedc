//! Whatever a stranger sends: no parser panics, and what is read is written again byte for byte.

use crate::fixture::{self, bytes, certificate, signer};
use proptest::prelude::*;
use proptest::sample::Index;
use std::sync::LazyLock;
use wuhen_ledger::body::{Date, Time};
use wuhen_ledger::{Body, Certificate, Checkpoint, Entry, Hash, Proof, Vkey};

fn read_everything(input: &[u8]) {
    if let Ok(entry) = Entry::from_bytes(input) {
        assert_eq!(entry.as_bytes(), input);
    }
    if let Ok(body) = Body::from_bytes(input) {
        assert_eq!(body.to_bytes().expect("it was read"), input);
    }
    if let Ok(certificate) = Certificate::parse(input) {
        assert_eq!(certificate.to_bytes(), input);
    }
    let _ = Certificate::verify(input, Some(signer().vkey()));
    let text = String::from_utf8_lossy(input);
    if let Ok(vkey) = Vkey::parse(&text) {
        assert_eq!(vkey.to_string(), text);
    }
    if let Ok(proof) = Proof::parse(&text) {
        assert_eq!(proof.to_text(), text);
    }
    if let Ok(checkpoint) = Checkpoint::verify(&text, signer().vkey()) {
        assert_eq!(checkpoint.sign(&signer()).as_deref(), Ok(&*text));
    }
    if let Ok(time) = Time::parse(&text) {
        assert_eq!(time.as_str(), text);
    }
    if let Ok(date) = Date::parse(&text) {
        assert_eq!(date.as_str(), text);
    }
    if let Some(hash) = Hash::from_base64(&text) {
        assert_eq!(hash.to_string(), text);
    }
}

/// One valid text for each parser.
static VALID: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let certificate = certificate();
    let mut valid = vec![
        certificate.to_bytes(),
        certificate.completed.proof.to_text().into_bytes(),
        certificate.completed.proof.checkpoint.clone().into_bytes(),
        certificate.completed.entry.as_bytes().to_vec(),
        signer().vkey().to_string().into_bytes(),
        b"2026-10-07T08:09:10Z".to_vec(),
        b"2026-10-07".to_vec(),
        Hash([3; 32]).to_string().into_bytes(),
    ];
    valid.extend(fixture::all_kinds().iter().map(bytes));
    valid
});

#[test]
fn valid_texts_are_read() {
    VALID.iter().for_each(|text| read_everything(text));
}

proptest! {
    #[test]
    fn noise_is_read_without_a_panic(input in prop::collection::vec(any::<u8>(), 0..400)) {
        read_everything(&input);
    }

    #[test]
    fn unicode_is_read_without_a_panic(input in "\\PC{0,80}|[0-9TZ:-]{8,22}|[a-z.]{0,9}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/=]{44}") {
        read_everything(input.as_bytes());
    }

    /// Valid texts with a few bytes replaced, cut out, or doubled.
    #[test]
    fn damaged_texts_are_read_without_a_panic(
        which in any::<Index>(),
        damages in prop::collection::vec((any::<Index>(), any::<Index>(), any::<u8>(), 0..3), 1..4),
    ) {
        let mut text = which.get(&VALID).clone();
        for (from, to, byte, kind) in damages {
            if text.is_empty() {
                break;
            }
            let (from, to) = (from.index(text.len()), to.index(text.len()));
            match kind {
                0 => text[from] = byte,
                1 => drop(text.drain(from.min(to)..from.max(to))),
                _ => text.extend_from_within(from.min(to)..from.max(to)),
            }
        }
        read_everything(&text);
    }
}
