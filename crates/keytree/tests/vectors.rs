//! Checks the crate, in both directions, against vectors that an independent program computed (vectors/README.md).

use std::io::Cursor;

use serde_json::Value;
use sha2::{Digest, Sha256};
use wuhen_keytree::context::{Encoding, ItemKind, NodeId, NodeKind, TenantId};
use wuhen_keytree::item::{self, ItemContext};
use wuhen_keytree::seed::{Frontier, SEGMENT_ITEMS};
use wuhen_keytree::wrap::{self, WrapContext};
use wuhen_keytree::{Key, Nonce, OpenError, padme, stream};

#[test]
fn context_encodings() {
    let vectors = parse(include_str!("vectors/contexts.json"));
    for case in list(&vectors, "wraps") {
        assert_eq!(
            wrap_context(case).encode().as_bytes(),
            bytes(case, "encoding"),
            "{case}"
        );
    }
    for case in list(&vectors, "items") {
        assert_eq!(
            item_context(case).encode().as_bytes(),
            bytes(case, "encoding"),
            "{case}"
        );
    }
    assert_eq!(list(&vectors, "wraps").len(), NodeKind::ALL.len() + 1);
    assert_eq!(list(&vectors, "items").len(), ItemKind::ALL.len() + 1);
    assert_eq!(Encoding::of(&[]).as_bytes(), b"");
}

#[test]
fn seeds_and_leaves() {
    let vectors = parse(include_str!("vectors/ggm.json"));
    let frontier = Frontier::new(key(&vectors, "root"));
    for case in list(&vectors, "leaves") {
        let leaf = frontier
            .leaf(number(case, "index"))
            .expect("nothing is punctured");
        assert_eq!(leaf.expose(), &*bytes(case, "leaf"), "{case}");
    }
    // Seeds further up show once a leaf beside them is punctured.
    for (case, beside) in list(&vectors, "path").iter().zip([0x500, 0x133, 0x124]) {
        let mut frontier = Frontier::new(key(&vectors, "root"));
        frontier.puncture(beside);
        let index = number(case, "index").to_be_bytes();
        let level = u8::try_from(number(case, "level")).expect("a level");
        let record = [&[level][..], &index[2..], &bytes(case, "seed")].concat();
        let written = frontier.to_bytes();
        let is_there = written.windows(record.len()).any(|window| window == record);
        assert!(is_there, "{case}");
    }
}

#[test]
fn frontiers_after_puncturing() {
    let vectors = parse(include_str!("vectors/frontiers.json"));
    for case in list(&vectors, "cases") {
        let expected = bytes(case, "bytes");
        let frontier = punctured_frontier(&vectors, case);
        assert_eq!(*frontier.to_bytes(), expected, "{}", case["punctured"]);
        let read = Frontier::from_bytes(&expected).expect("canonical");
        for index in 0..SEGMENT_ITEMS {
            assert_eq!(
                secret(read.leaf(index)),
                secret(frontier.leaf(index)),
                "item {index}"
            );
        }
    }
    let mut largest = Frontier::new(key(&vectors, "root"));
    for index in (0..SEGMENT_ITEMS).step_by(16) {
        largest.puncture(index);
    }
    assert_eq!(
        sha256(&largest.to_bytes()),
        text(&vectors["largest"], "sha256")
    );
    for case in list(&vectors, "refused") {
        assert!(
            Frontier::from_bytes(&bytes(case, "bytes")).is_err(),
            "{}",
            case["why"]
        );
    }
}

#[test]
fn wrapped_keys_and_sealed_frontiers() {
    let vectors = parse(include_str!("vectors/wraps.json"));
    for case in list(&vectors, "keys") {
        let (parent, context, sealed) = (
            key(case, "parent_key"),
            wrap_context(case),
            bytes(case, "wrap"),
        );
        let made = wrap::wrap(&parent, &context, nonce(case), &key(case, "key"));
        assert_eq!(made, sealed);
        let opened = wrap::unwrap(&parent, &context, &sealed).expect("it opens");
        assert_eq!(opened.expose(), &*bytes(case, "key"));
    }
    for case in list(&vectors, "frontiers") {
        let (owner, sealed) = (key(case, "owner"), bytes(case, "sealed"));
        let (owner_id, version) = (
            NodeId(wide(case, "owner_id")),
            wide(case, "owner_key_version"),
        );
        let (tenant, segment) = (tenant(case), number(case, "segment"));
        let frontier = punctured_frontier(case, case);
        let made = wrap::seal_frontier(
            &owner,
            tenant,
            owner_id,
            segment,
            version,
            nonce(case),
            &frontier,
        );
        assert_eq!(made, sealed);
        let opened = wrap::open_frontier(&owner, tenant, owner_id, segment, version, &sealed);
        assert_eq!(*opened.expect("it opens").to_bytes(), *frontier.to_bytes());
    }
}

#[test]
fn sealed_items() {
    let vectors = parse(include_str!("vectors/items.json"));
    for case in list(&vectors, "cases") {
        let (leaf, context) = (key(case, "leaf"), item_context(case));
        let (header, body, sealed) = (
            bytes(case, "header"),
            bytes(case, "body"),
            bytes(case, "item"),
        );
        assert_eq!(
            item::seal(&leaf, &context, nonce(case), &header, &body),
            sealed
        );
        let opened = item::open(&leaf, &context, &sealed).expect("it opens");
        assert_eq!((opened.header(), opened.body()), (&*header, &*body));
    }
    for pair in list(&vectors, "padme") {
        let [length, padded] = [0, 1].map(|at| pair[at].as_u64().expect("a length"));
        let length = usize::try_from(length).expect("it fits");
        assert_eq!(padme::padded(length) as u64, padded, "of {length}");
    }
    let refused = &vectors["refused"];
    for case in list(refused, "items") {
        let opened = item::open(
            &key(refused, "leaf"),
            &item_context(refused),
            &bytes(case, "item"),
        );
        assert_eq!(opened.err(), Some(OpenError::Format), "{}", case["why"]);
    }
}

#[test]
fn sealed_attachments() {
    let vectors = parse(include_str!("vectors/streams.json"));
    let (leaf, context) = (key(&vectors, "leaf"), item_context(&vectors));
    let prefix = bytes(&vectors, "prefix").try_into().expect("7 bytes");
    let seal = |length| {
        let plain = blob(length);
        let mut sealed = Vec::new();
        let count =
            stream::seal(&leaf, &context, prefix, &mut &*plain, &mut sealed).expect("sealed");
        assert_eq!(count, plain.len() as u64);
        sealed
    };
    for case in list(&vectors, "cases") {
        let length = number(case, "length");
        let sealed = seal(length);
        assert_eq!(sealed.len(), number(case, "sealed_length") as usize);
        assert_eq!(
            sha256(&sealed),
            text(case, "sealed_sha256"),
            "of {length} bytes"
        );
        if case.get("sealed").is_some() {
            assert_eq!(sealed, bytes(case, "sealed"), "of {length} bytes");
        }
        let mut opened = Vec::new();
        stream::open(&leaf, &context, &mut &*sealed, &mut opened).expect("it opens");
        assert_eq!(opened, blob(length));
    }
    // A stream of two segments whose last one is empty: its first segment is that of 65,537 bytes.
    let case = &vectors["refused_empty_end"];
    let mut extended = seal(65_537);
    extended.truncate(extended.len() - 17);
    extended.extend(bytes(case, "last_segment"));
    assert_eq!(sha256(&extended), text(case, "sealed_sha256"));
    let mut opened = Vec::new();
    assert!(stream::open(&leaf, &context, &mut &*extended, &mut opened).is_err());
    let range = stream::open_range(
        &leaf,
        &context,
        &mut Cursor::new(extended),
        65_536,
        1,
        &mut opened,
    );
    assert!(range.is_err());
}

fn parse(json: &str) -> Value {
    serde_json::from_str(json).expect("the vectors are JSON")
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().expect(name)
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().expect(name)
}

fn bytes(value: &Value, name: &str) -> Vec<u8> {
    let digits = text(value, name).as_bytes();
    let pairs = digits
        .chunks(2)
        .map(|pair| std::str::from_utf8(pair).expect("hex"));
    pairs
        .map(|pair| u8::from_str_radix(pair, 16).expect("hex"))
        .collect()
}

fn key(value: &Value, name: &str) -> Key {
    Key::from_slice(&bytes(value, name)).expect(name)
}

fn nonce(value: &Value) -> Nonce {
    Nonce(bytes(value, "nonce").try_into().expect("12 bytes"))
}

fn number(value: &Value, name: &str) -> u32 {
    let number = value[name].as_u64().expect(name);
    number.try_into().expect(name)
}

fn wide(value: &Value, name: &str) -> u64 {
    text(value, name).parse().expect(name)
}

fn tenant(value: &Value) -> TenantId {
    TenantId(bytes(value, "tenant").try_into().expect("16 bytes"))
}

fn wrap_context(value: &Value) -> WrapContext {
    let named = |kind: &NodeKind| kind.as_str() == text(value, "kind");
    WrapContext {
        tenant: tenant(value),
        kind: NodeKind::ALL.into_iter().find(named).expect("a kind"),
        child: NodeId(wide(value, "child")),
        parent: NodeId(wide(value, "parent")),
        parent_key_version: wide(value, "parent_key_version"),
    }
}

fn item_context(value: &Value) -> ItemContext {
    let named = |kind: &ItemKind| kind.as_str() == text(value, "kind");
    ItemContext {
        tenant: tenant(value),
        node: NodeId(wide(value, "node")),
        segment: number(value, "segment"),
        index: number(value, "index"),
        kind: ItemKind::ALL.into_iter().find(named).expect("a kind"),
    }
}

/// The frontier of `root` without the ranges of items that `case` names.
fn punctured_frontier(root: &Value, case: &Value) -> Frontier {
    let mut frontier = Frontier::new(key(root, "root"));
    for range in list(case, "punctured") {
        let [start, end] = [0, 1].map(|at| range[at].as_u64().expect("an item"));
        for index in start..end {
            assert!(frontier.puncture(index.try_into().expect("an item")));
        }
    }
    frontier
}

fn secret(key: Option<Key>) -> Option<[u8; 32]> {
    key.map(|key| *key.expose())
}

fn blob(length: u32) -> Vec<u8> {
    (0..length).map(|n| (n % 251) as u8).collect()
}

fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<Vec<_>>()
        .concat()
}
