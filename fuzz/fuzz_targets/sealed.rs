//! Sealed items, streams and wraps that nobody sealed: none opens. The same bytes, sealed, open as they were.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wuhen_keytree::context::{ItemKind, NodeId, NodeKind, TenantId};
use wuhen_keytree::item::{self, ItemContext};
use wuhen_keytree::wrap::{self, WrapContext};
use wuhen_keytree::{Key, Nonce, stream};

const TENANT: TenantId = TenantId([7; 16]);
const MESSAGE: ItemContext = ItemContext {
    tenant: TENANT,
    node: NodeId(1),
    segment: 0,
    index: 3,
    kind: ItemKind::Message,
};
const BLOB: ItemContext = ItemContext {
    kind: ItemKind::AttachmentBlob,
    ..MESSAGE
};
const EDGE: WrapContext = WrapContext {
    tenant: TENANT,
    kind: NodeKind::Conversation,
    child: NodeId(1),
    parent: NodeId(2),
    parent_key_version: 5,
};

fuzz_target!(|bytes: &[u8]| {
    let key = Key::from_bytes([9; 32]);
    assert!(item::open(&key, &MESSAGE, bytes).is_err());
    assert!(stream::open(&key, &BLOB, &mut &*bytes, &mut Vec::new()).is_err());
    assert!(wrap::unwrap(&key, &EDGE, bytes).is_err());
    assert!(wrap::open_frontier(&key, TENANT, NodeId(1), 0, 5, bytes).is_err());

    let (header, body) = bytes.split_at(bytes.len() / 3);
    let sealed = item::seal(&key, &MESSAGE, Nonce([1; 12]), header, body);
    let opened = item::open(&key, &MESSAGE, &sealed).expect("it was sealed here");
    assert_eq!((opened.header(), opened.body()), (header, body));

    let (mut sealed, mut opened) = (Vec::new(), Vec::new());
    let length =
        stream::seal(&key, &BLOB, [3; 7], &mut &*bytes, &mut sealed).expect("memory does not fail");
    assert_eq!(length, bytes.len() as u64);
    stream::open(&key, &BLOB, &mut &sealed[..], &mut opened).expect("it was sealed here");
    assert_eq!(opened, bytes);
});
