//! The texts of the ledger: checkpoints, proofs, verifier keys. What is read is written back as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wuhen_ledger::{Checkpoint, Entry, Proof, Signer, Vkey};

fuzz_target!(|text: &str| {
    if let Ok(vkey) = Vkey::parse(text) {
        assert_eq!(vkey.to_string(), text);
        let _ = Checkpoint::verify(text, &vkey);
    }
    let signer = Signer::from_seed("wuhen/ledger/fuzz", &[7; 32]).expect("a sound seed");
    if let Ok(checkpoint) = Checkpoint::verify(text, signer.vkey()) {
        let signed = checkpoint.sign(&signer).expect("it was signed before");
        assert_eq!(signed, text, "Ed25519 signs the same text the same way");
    }
    if let Ok(proof) = Proof::parse(text) {
        assert_eq!(proof.to_text(), text);
        let entry = Entry::new(1, &[7; 32], b"body");
        let _ = proof.verify(&entry, signer.vkey());
    }
});
