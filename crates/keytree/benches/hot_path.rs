//! How fast the paths are that every message and every rotation takes, on one core. `cargo bench -p wuhen-keytree`.

#![expect(
    clippy::disallowed_methods,
    reason = "a measurement reads the real clock"
)]
#![expect(clippy::print_stdout, reason = "it reports to a person")]

use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;
use std::time::{Duration, Instant};

use wuhen_keytree::context::{ItemKind, NodeId, NodeKind, TenantId};
use wuhen_keytree::item::{self, ItemContext};
use wuhen_keytree::rotation::{self, Affected, NodeRow, SeedRow};
use wuhen_keytree::seed::{Frontier, LeafCursor, SEGMENT_ITEMS};
use wuhen_keytree::wrap::{WrapContext, seal_frontier, wrap};
use wuhen_keytree::{Key, Nonce, stream};

const TENANT: TenantId = TenantId([7; 16]);
const TOP: NodeId = NodeId(1);
/// Each figure is the best of so many runs: the machine has other work.
const RUNS: usize = 15;

fn main() {
    leaves();
    items();
    frontiers();
    rotate();
    attachments();
}

fn best(mut work: impl FnMut()) -> Duration {
    let run = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..RUNS).map(run).min().expect("there are runs")
}

fn report_rate(name: &str, count: u32, time: Duration) {
    let rate = f64::from(count) / time.as_secs_f64();
    println!("{name:<44} {rate:>12.0} /s");
}

fn report_time(name: &str, time: Duration) {
    println!("{name:<44} {:>12.3} ms", time.as_secs_f64() * 1e3);
}

fn leaves() {
    let frontier = Frontier::new(Key::from_bytes([1; 32]));
    let time = best(|| {
        let mut cursor = LeafCursor::new(&frontier);
        for index in 0..SEGMENT_ITEMS {
            black_box(cursor.leaf(index));
        }
    });
    report_rate("leaf, one after the other", SEGMENT_ITEMS, time);
    let time = best(|| {
        for index in 0..SEGMENT_ITEMS {
            black_box(frontier.leaf(index));
        }
    });
    report_rate("leaf, alone", SEGMENT_ITEMS, time);
}

fn items() {
    let context = |index| ItemContext {
        tenant: TENANT,
        node: NodeId(42),
        segment: 0,
        index,
        kind: ItemKind::Message,
    };
    let frontier = Frontier::new(Key::from_bytes([1; 32]));
    let (header, body) = ([3; 30], [4; 120]);
    let leaves: Vec<_> = (0..SEGMENT_ITEMS)
        .map(|index| frontier.leaf(index).expect("not punctured"))
        .collect();
    let numbered = || (0..SEGMENT_ITEMS).zip(&leaves);
    let seal = |(index, leaf): (u32, &Key)| {
        item::seal(leaf, &context(index), Nonce([9; 12]), &header, &body)
    };
    let time = best(|| {
        for pair in numbered() {
            black_box(seal(pair));
        }
    });
    report_rate("seal an item of 150 bytes", SEGMENT_ITEMS, time);
    let time = best(|| {
        let mut cursor = LeafCursor::new(&frontier);
        for index in 0..SEGMENT_ITEMS {
            let leaf = cursor.leaf(index).expect("not punctured");
            black_box(seal((index, &leaf)));
        }
    });
    report_rate("derive its leaf and seal it", SEGMENT_ITEMS, time);
    let sealed: Vec<_> = numbered().map(seal).collect();
    let time = best(|| {
        for ((index, leaf), bytes) in numbered().zip(&sealed) {
            black_box(item::open(leaf, &context(index), bytes).expect("it was sealed so"));
        }
    });
    report_rate("open an item of 150 bytes", SEGMENT_ITEMS, time);
    let time = best(|| {
        let mut cursor = LeafCursor::new(&frontier);
        for (index, bytes) in (0..).zip(&sealed) {
            let leaf = cursor.leaf(index).expect("not punctured");
            black_box(item::open(&leaf, &context(index), bytes).expect("it was sealed so"));
        }
    });
    report_rate("derive its leaf and open it", SEGMENT_ITEMS, time);
}

fn frontiers() {
    let time = best(|| {
        let mut frontier = Frontier::new(Key::from_bytes([1; 32]));
        frontier.puncture(1_234);
        black_box(&frontier);
    });
    report_time("puncture one item of a whole segment", time);
    let mut worst = Frontier::new(Key::from_bytes([1; 32]));
    let time = best(|| {
        worst = Frontier::new(Key::from_bytes([1; 32]));
        for group in 0..256 {
            worst.puncture(group * 16);
        }
    });
    report_time("puncture 256 items, to the largest frontier", time);
    let bytes = worst.to_bytes();
    let time = best(|| {
        black_box(Frontier::from_bytes(&bytes).expect("it was written so"));
    });
    report_time("read the largest frontier", time);
    let time = best(|| {
        let mut frontier = Frontier::new(Key::from_bytes([1; 32]));
        for index in 0..SEGMENT_ITEMS {
            frontier.puncture(index);
        }
        black_box(&frontier);
    });
    report_time("puncture all 4,096 items", time);
}

fn rotate() {
    let affected = batch();
    let mut rewraps = 0;
    let time = best(|| {
        let plan = rotation::plan(
            TENANT,
            &key_of(TOP),
            &Key::from_bytes([8; 32]),
            &affected,
            &mut |_, _| Ok(()),
            &mut |bytes| bytes.fill(3),
        );
        rewraps = plan.expect("the rows hang together").rewraps;
    });
    report_time(
        &format!("rotation, {rewraps} wraps, 500 items erased"),
        time,
    );
}

/// 500 pages of 50 conversations; one item is erased in the first conversation of each page.
fn batch() -> Affected {
    let mut affected = Affected {
        top: TOP,
        top_key_version: 1,
        renewed: BTreeSet::new(),
        children: Vec::new(),
        seeds: Vec::new(),
        punctures: BTreeMap::new(),
    };
    for page in 0..500 {
        let page_id = NodeId(1_000_000 + page);
        affected.children.push(node(page_id, TOP, NodeKind::Page));
        affected.renewed.insert(page_id);
        for slot in 0..50 {
            let id = NodeId(2_000_000 + page * 50 + slot);
            affected
                .children
                .push(node(id, page_id, NodeKind::Conversation));
        }
        let id = NodeId(2_000_000 + page * 50);
        let root = Frontier::new(Key::from_bytes([6; 32]));
        affected.seeds.push(SeedRow {
            owner: id,
            segment: 0,
            sealed: seal_frontier(&key_of(id), TENANT, id, 0, 1, Nonce([2; 12]), &root),
        });
        affected.renewed.insert(id);
        affected.punctures.insert(id, vec![77]);
    }
    affected
}

fn key_of(id: NodeId) -> Key {
    let mut bytes = [5; 32];
    bytes[..8].copy_from_slice(&id.0.to_be_bytes());
    Key::from_bytes(bytes)
}

fn node(id: NodeId, parent: NodeId, kind: NodeKind) -> NodeRow {
    let edge = WrapContext {
        tenant: TENANT,
        kind,
        child: id,
        parent,
        parent_key_version: 1,
    };
    NodeRow {
        id,
        parent,
        slot: 0,
        kind,
        key_version: 1,
        wrap: wrap(&key_of(parent), &edge, Nonce([2; 12]), &key_of(id)),
    }
}

fn attachments() {
    let context = ItemContext {
        tenant: TENANT,
        node: NodeId(42),
        segment: 0,
        index: 5,
        kind: ItemKind::AttachmentBlob,
    };
    let leaf = Key::from_bytes([1; 32]);
    let plain = vec![7; 16 << 20];
    let mut sealed = Vec::with_capacity(17 << 20);
    let seal_time = best(|| {
        sealed.clear();
        stream::seal(&leaf, &context, [1; 7], &mut plain.as_slice(), &mut sealed)
            .expect("memory does not fail");
    });
    let mut out = Vec::with_capacity(17 << 20);
    let open_time = best(|| {
        out.clear();
        stream::open(&leaf, &context, &mut sealed.as_slice(), &mut out).expect("it was sealed so");
    });
    report_time("seal an attachment of 16 MiB", seal_time);
    report_time("open it", open_time);
}
