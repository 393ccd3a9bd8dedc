//! A wrap opens on its own edge, under its own key, unchanged; in all other cases it does not.

use super::*;

const CONTEXT: WrapContext = WrapContext {
    tenant: TenantId([1; 16]),
    kind: NodeKind::Conversation,
    child: NodeId(30),
    parent: NodeId(20),
    parent_key_version: 4,
};

fn key(byte: u8) -> Key {
    Key::from_bytes([byte; 32])
}

fn wrapped() -> Vec<u8> {
    wrap(&key(1), &CONTEXT, Nonce([3; 12]), &key(2))
}

#[test]
fn a_wrapped_key_comes_back() {
    assert_eq!(wrapped().len(), WRAPPED_KEY_BYTES);
    assert_eq!(WRAPPED_KEY_BYTES, 62);
    let opened = unwrap(&key(1), &CONTEXT, &wrapped()).expect("it opens");
    assert_eq!(opened.expose(), &[2; 32]);
}

#[test]
fn another_key_or_edge_does_not_open_it() {
    let others = [
        WrapContext {
            tenant: TenantId([2; 16]),
            ..CONTEXT
        },
        WrapContext {
            kind: NodeKind::Case,
            ..CONTEXT
        },
        WrapContext {
            child: NodeId(31),
            ..CONTEXT
        },
        WrapContext {
            parent: NodeId(21),
            ..CONTEXT
        },
        WrapContext {
            parent_key_version: 3,
            ..CONTEXT
        },
    ];
    for other in others {
        let opened = unwrap(&key(1), &other, &wrapped());
        assert_eq!(opened.err(), Some(OpenError::Authentication), "{other:?}");
    }
    let opened = unwrap(&key(9), &CONTEXT, &wrapped());
    assert_eq!(opened.err(), Some(OpenError::Authentication));
}

#[test]
fn no_byte_can_be_changed_cut_or_added() {
    let good = wrapped();
    for at in 0..good.len() {
        for flip in [1, 0x80, 0xff] {
            let mut bad = good.clone();
            bad[at] ^= flip;
            assert!(unwrap(&key(1), &CONTEXT, &bad).is_err(), "byte {at}");
        }
        assert!(
            unwrap(&key(1), &CONTEXT, &good[..at]).is_err(),
            "cut at {at}"
        );
    }
    let longer = [&good[..], &[0]].concat();
    assert_eq!(
        unwrap(&key(1), &CONTEXT, &longer).err(),
        Some(OpenError::Format)
    );
}

#[test]
fn a_frontier_opens_only_as_its_own_segment() {
    let mut frontier = Frontier::new(key(7));
    frontier.puncture(5);
    let (tenant, owner) = (CONTEXT.tenant, CONTEXT.parent);
    let sealed = seal_frontier(&key(1), tenant, owner, 2, 4, Nonce([3; 12]), &frontier);
    let open = |segment, version| open_frontier(&key(1), tenant, owner, segment, version, &sealed);
    let opened = open(2, 4).expect("it opens");
    assert!(opened.is_punctured(5));
    assert_eq!(*opened.to_bytes(), *frontier.to_bytes());
    assert!(open(3, 4).is_err());
    assert!(open(2, 5).is_err());
    assert!(open_frontier(&key(1), tenant, NodeId(9), 2, 4, &sealed).is_err());
    for at in 0..sealed.len() {
        let mut bad = sealed.clone();
        bad[at] ^= 1;
        let opened = open_frontier(&key(1), tenant, owner, 2, 4, &bad);
        assert!(opened.is_err(), "byte {at}");
    }
}

#[test]
fn a_key_is_no_frontier_and_a_frontier_no_key() {
    let edge = WrapContext::of_segment(CONTEXT.tenant, CONTEXT.parent, 2, 4);
    let parent = key(1);
    let wrapper = Wrapper::new(&parent);
    let as_key = wrapper.wrap(&edge, Nonce([3; 12]), &key(2));
    assert!(wrapper.open_frontier(&edge, &as_key).is_err());
    let as_frontier = wrapper.seal_frontier(&edge, Nonce([3; 12]), &Frontier::new(key(2)));
    assert_eq!(
        wrapper.unwrap(&edge, &as_frontier).err(),
        Some(OpenError::Format)
    );
}
