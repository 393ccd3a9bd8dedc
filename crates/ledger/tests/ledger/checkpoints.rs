//! Checkpoints and keys: ours are read by the C2SP libraries, and only our own spelling is read by us.

use crate::fixture::{self, ORIGIN, SIZE, bytes, signer};
use base64::prelude::*;
use wuhen_ledger::checkpoint::{
    CHECKPOINT_BYTES_MAX, CheckpointError, ORIGIN_BYTES_MAX, VkeyError,
};
use wuhen_ledger::proof::{PROOF_HASHES_MAX, ProofError};
use wuhen_ledger::tree::{self, TREE_SIZE_MAX};
use wuhen_ledger::{Body, Checkpoint, Entry, EntryError, Hash, Proof, Signer, Vkey};

/// The example of C2SP signed-note.
const EXAMPLE_KEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

fn checkpoint() -> Checkpoint {
    Checkpoint {
        origin: ORIGIN.to_owned(),
        size: 12,
        root: Hash([7; 32]),
    }
}

#[test]
fn our_notes_are_notes_to_the_c2sp_library() {
    let note = checkpoint().sign(&signer()).unwrap();
    let verifier = signed_note::StandardVerifier::new(&signer().vkey().to_string()).unwrap();
    let known = signed_note::VerifierList::new(vec![Box::new(verifier)]);
    let parsed = signed_note::Note::from_bytes(note.as_bytes()).unwrap();
    assert_eq!(parsed.verify(&known).unwrap().0.len(), 1);
    let text = tlog_tiles::Checkpoint::from_bytes(parsed.text()).unwrap();
    assert_eq!(
        (text.origin(), text.size(), text.hash().0, text.extension()),
        (ORIGIN, 12, [7; 32], "")
    );
    assert_eq!(Checkpoint::verify(&note, signer().vkey()), Ok(checkpoint()));
}

#[test]
fn only_the_one_spelling_of_a_checkpoint_is_read() {
    let note = checkpoint().sign(&signer()).unwrap();
    let verify = |note: &str| Checkpoint::verify(note, signer().vkey());
    let signature = note.rsplit_once("\n\n").unwrap().1;
    for changed in [
        format!("{note}{signature}"),
        format!("{note}\n"),
        note.trim_end().to_owned(),
        note.replace('\n', "\r\n"),
        note.replacen("\n12\n", "\n012\n", 1),
        note.replacen("\n12\n", "\n+12\n", 1),
        note.replacen("\n\n", "\nextension\n\n", 1),
        note.replacen("\n\n", "\n\n\n", 1),
        note.replacen('—', "-", 1),
        note.replacen("— ", "—  ", 1),
        String::new(),
        "\n\n".to_owned(),
    ] {
        assert_eq!(
            verify(&changed),
            Err(CheckpointError::Malformed),
            "{changed}"
        );
    }
    assert_eq!(
        verify(&note.replacen("\n12\n", "\n13\n", 1)),
        Err(CheckpointError::Signature)
    );
    assert_eq!(
        verify(&note.replacen(ORIGIN, "other.example", 1)),
        Err(CheckpointError::OtherKey)
    );
    let stranger = Signer::from_seed(ORIGIN, &[1; 32]).unwrap();
    assert_eq!(
        Checkpoint::verify(&note, stranger.vkey()),
        Err(CheckpointError::OtherKey)
    );
    let other = Checkpoint {
        origin: "other.example".to_owned(),
        ..checkpoint()
    };
    assert_eq!(other.sign(&signer()), Err(CheckpointError::OtherOrigin));
}

#[test]
fn a_signature_for_another_text_is_refused() {
    let note = checkpoint().sign(&signer()).unwrap();
    let later = Checkpoint {
        size: 13,
        ..checkpoint()
    };
    let (text, _) = note.rsplit_once("\n\n").unwrap();
    let later = later.sign(&signer()).unwrap();
    let (_, signature) = later.rsplit_once("\n\n").unwrap();
    let mixed = format!("{text}\n\n{signature}");
    assert_eq!(
        Checkpoint::verify(&mixed, signer().vkey()),
        Err(CheckpointError::Signature)
    );
}

/// RFC 8032, section 5.1.7: S must be below the group order L, or each signature would have a second spelling.
#[test]
fn a_signature_with_the_group_order_added_is_refused() {
    const L: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let note = checkpoint().sign(&signer()).unwrap();
    let (head, blob) = note.trim_end().rsplit_once(' ').unwrap();
    let mut blob = BASE64_STANDARD.decode(blob).unwrap();
    let mut carry = 0;
    for (byte, add) in blob[4 + 32..].iter_mut().zip(L) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    assert_eq!(carry, 0);
    let respelled = format!("{head} {}\n", BASE64_STANDARD.encode(blob));
    assert_eq!(
        Checkpoint::verify(&respelled, signer().vkey()),
        Err(CheckpointError::Signature)
    );
}

#[test]
fn checkpoints_up_to_the_limits_are_read() {
    let longest = "o".repeat(ORIGIN_BYTES_MAX);
    let signer = Signer::from_seed(&longest, &[5; 32]).unwrap();
    let large = Checkpoint {
        origin: longest.clone(),
        size: TREE_SIZE_MAX,
        root: Hash([255; 32]),
    };
    let note = large.sign(&signer).unwrap();
    assert_eq!(Checkpoint::verify(&note, signer.vkey()), Ok(large.clone()));
    let over = Checkpoint {
        size: TREE_SIZE_MAX + 1,
        ..large
    };
    let refused = Err(CheckpointError::TooLarge(TREE_SIZE_MAX + 1));
    assert_eq!(
        Checkpoint::verify(&over.sign(&signer).unwrap(), signer.vkey()),
        refused
    );
    assert!(matches!(
        Signer::from_seed(&format!("{longest}o"), &[5; 32]),
        Err(VkeyError::Name)
    ));

    let filler = "x".repeat(CHECKPOINT_BYTES_MAX);
    assert_eq!(
        Checkpoint::verify(&filler, signer.vkey()),
        Err(CheckpointError::Malformed)
    );
    let too_long = Err(CheckpointError::TooLong(CHECKPOINT_BYTES_MAX + 1));
    assert_eq!(
        Checkpoint::verify(&format!("{filler}x"), signer.vkey()),
        too_long
    );
}

#[test]
fn verifier_keys_are_read_strictly() {
    assert_eq!(Vkey::parse(EXAMPLE_KEY).unwrap().to_string(), EXAMPLE_KEY);
    assert_eq!(Vkey::parse(EXAMPLE_KEY).unwrap().name(), "example.com/foo");
    let ours = signer().vkey().to_string();
    assert_eq!(Vkey::parse(&ours).unwrap(), *signer().vkey());
    for (text, why) in [
        (EXAMPLE_KEY.replacen("foo", "bar", 1), VkeyError::Id),
        (
            EXAMPLE_KEY.replacen("530d903a", "530D903A", 1),
            VkeyError::Id,
        ),
        (
            EXAMPLE_KEY.replacen("530d903a", "0530d903a", 1),
            VkeyError::Id,
        ),
        (EXAMPLE_KEY.replacen("foo", "f oo", 1), VkeyError::Name),
        (
            EXAMPLE_KEY.replacen("foo", "f\u{3000}oo", 1),
            VkeyError::Name,
        ),
        (EXAMPLE_KEY.replacen("foo", "f\u{7f}oo", 1), VkeyError::Name),
        (
            EXAMPLE_KEY.replacen("example.com/foo", "", 1),
            VkeyError::Name,
        ),
        (format!("{EXAMPLE_KEY}\n"), VkeyError::Malformed),
        (format!("{EXAMPLE_KEY}+"), VkeyError::Malformed),
        ("example.com/foo".to_owned(), VkeyError::Malformed),
    ] {
        assert_eq!(Vkey::parse(&text), Err(why), "{text}");
    }
    // Of order one: such a key would accept a signature for every text. Then a point with y = 1 written as p + 1.
    for key in [
        "AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "Ae7///////////////////////////////////////9/",
    ] {
        assert_eq!(
            Vkey::parse(&format!("example.com+00000000+{key}")),
            Err(VkeyError::Key)
        );
    }
    assert_eq!(
        Vkey::parse("example.com+00000000+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"),
        Err(VkeyError::Algorithm)
    );
}

#[test]
fn fingerprints_are_eight_groups_that_people_can_compare() {
    let print = signer().vkey().fingerprint();
    assert_eq!(print.split(' ').map(str::len).collect::<Vec<_>>(), [4; 8]);
    let other = Signer::from_seed(ORIGIN, &[0x43; 32]).unwrap();
    assert_ne!(print, other.vkey().fingerprint());
}

#[test]
fn proofs_are_read_strictly_and_hold_for_their_entry_only() {
    let (intent, completed) = (bytes(&Body::EraseIntent(fixture::intent())), b"anything");
    let log = fixture::log_of((6, &intent), (7, completed));
    let proof = log.proof(5, SIZE);
    let text = proof.to_text();
    assert_eq!(Proof::parse(&text), Ok(proof.clone()));
    assert_eq!(
        proof.verify(&log.entries[5], signer().vkey()).unwrap().size,
        SIZE
    );
    assert_eq!(
        proof.verify(&log.entries[6], signer().vkey()),
        Err(ProofError::NotIncluded)
    );
    for (from, to) in [
        ("index 5", "extra AAAA\nindex 5"),
        ("index 5", "index 05"),
        ("index 5", "index  5"),
        ("tlog-proof@v1", "tlog-proof@v2"),
        ("=\n\n", "=\n"),
        ("=\n", "\n"),
        ("=\n", "= \n"),
        ("\n", "\r\n"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        assert!(
            matches!(Proof::parse(&changed), Err(ProofError::Malformed)),
            "{to:?}"
        );
    }
    let mut longest = Proof {
        hashes: vec![Hash([1; 32]); PROOF_HASHES_MAX],
        ..proof
    };
    assert_eq!(Proof::parse(&longest.to_text()).as_ref(), Ok(&longest));
    longest.hashes.push(Hash([1; 32]));
    assert_eq!(
        Proof::parse(&longest.to_text()),
        Err(ProofError::TooManyHashes)
    );
}

#[test]
fn a_proof_in_a_log_of_one_entry_has_no_hashes() {
    let mut log = fixture::Log::default();
    log.append(1, b"first");
    let proof = log.proof(0, 1);
    assert!(proof.hashes.is_empty());
    assert_eq!(Proof::parse(&proof.to_text()), Ok(proof.clone()));
    assert!(proof.verify(&log.entries[0], signer().vkey()).is_ok());
}

#[test]
fn entries_open_with_their_own_salt_and_body_only() {
    let entry = Entry::new(7, &[1; 32], b"body");
    assert_eq!(Entry::from_bytes(entry.as_bytes()), Ok(entry));
    assert_eq!((entry.as_bytes()[0], entry.epoch()), (1, 7));
    assert!(entry.opens_with(&[1; 32], b"body"));
    assert!(!entry.opens_with(&[2; 32], b"body") && !entry.opens_with(&[1; 32], b"bodY"));
    assert_eq!(entry.leaf_hash(), tree::leaf_hash(entry.as_bytes()));
    assert_eq!(Entry::from_bytes(&[1; 40]), Err(EntryError::Length(40)));
    assert_eq!(Entry::from_bytes(&[1; 42]), Err(EntryError::Length(42)));
    assert_eq!(Entry::from_bytes(&[2; 41]), Err(EntryError::Version(2)));
}
