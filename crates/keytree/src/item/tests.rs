//! An item opens at its own place, under its own leaf, unchanged; in all other cases it does not.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

const CONTEXT: ItemContext = ItemContext {
    tenant: TenantId([1; 16]),
    node: NodeId(20),
    segment: 3,
    index: 4,
    kind: ItemKind::Message,
};

fn leaf() -> Key {
    Key::from_bytes([5; 32])
}

fn sealed() -> Vec<u8> {
    seal(
        &leaf(),
        &CONTEXT,
        Nonce([6; 12]),
        b"header",
        "我的房间号".as_bytes(),
    )
}

proptest! {
    #[test]
    fn header_and_body_come_back(header in vec(any::<u8>(), 0..300), body in vec(any::<u8>(), 0..3_000)) {
        let sealed = seal(&leaf(), &CONTEXT, Nonce([6; 12]), &header, &body);
        let padded = padme::padded(8 + header.len() + body.len());
        prop_assert_eq!(sealed.len(), OVERHEAD_BYTES + padded);
        prop_assert_eq!(sealed.capacity(), sealed.len());
        let opened = open(&leaf(), &CONTEXT, &sealed).expect("it opens");
        prop_assert_eq!(opened.header(), &header[..]);
        prop_assert_eq!(opened.body(), &body[..]);
    }

    #[test]
    fn no_plaintext_from_outside_causes_a_panic(padded in vec(0..12_u8, 0..64)) {
        if let Ok((header, body)) = parts(&padded) {
            prop_assert_eq!(body.start, header.end + 4);
            prop_assert!(body.end <= padded.len());
        }
    }
}

#[test]
fn another_place_or_leaf_does_not_open_it() {
    let others = [
        ItemContext {
            tenant: TenantId([2; 16]),
            ..CONTEXT
        },
        ItemContext {
            node: NodeId(21),
            ..CONTEXT
        },
        ItemContext {
            segment: 4,
            ..CONTEXT
        },
        ItemContext {
            index: 3,
            ..CONTEXT
        },
        ItemContext {
            kind: ItemKind::Sketch,
            ..CONTEXT
        },
    ];
    for other in others {
        let opened = open(&leaf(), &other, &sealed());
        assert_eq!(opened.err(), Some(OpenError::Commitment), "{other:?}");
    }
    let opened = open(&Key::from_bytes([6; 32]), &CONTEXT, &sealed());
    assert_eq!(opened.err(), Some(OpenError::Commitment));
}

#[test]
fn no_byte_can_be_changed_cut_or_added() {
    let good = sealed();
    for at in 0..good.len() {
        for flip in [1, 0x80, 0xff] {
            let mut bad = good.clone();
            bad[at] ^= flip;
            assert!(open(&leaf(), &CONTEXT, &bad).is_err(), "byte {at}");
        }
        assert!(open(&leaf(), &CONTEXT, &good[..at]).is_err(), "cut at {at}");
    }
    assert!(open(&leaf(), &CONTEXT, &[&good[..], &[0]].concat()).is_err());
}

#[test]
fn messages_of_similar_length_look_alike() {
    let length = |body: &[u8]| seal(&leaf(), &CONTEXT, Nonce([6; 12]), b"", body).len();
    assert_eq!(length(&[b'a'; 1_000]), length(&[b'a'; 1_016]));
    assert_ne!(length(&[b'a'; 1_000]), length(&[b'a'; 1_017]));
}

#[test]
fn a_blob_is_not_read_as_an_item() {
    let blob = ItemContext {
        kind: ItemKind::AttachmentBlob,
        ..CONTEXT
    };
    assert_eq!(
        open(&leaf(), &blob, &sealed()).err(),
        Some(OpenError::WrongKind)
    );
}

#[test]
#[should_panic(expected = "blobs are sealed as streams")]
fn a_blob_is_not_sealed_as_an_item() {
    let blob = ItemContext {
        kind: ItemKind::AttachmentBlob,
        ..CONTEXT
    };
    let _ = seal(&leaf(), &blob, Nonce([6; 12]), b"", b"");
}
