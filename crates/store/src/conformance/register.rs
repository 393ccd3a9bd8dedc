//! What is kept besides records: opened once, written on by one at a time, stopping what it covers.

use std::collections::BTreeMap;

use wuhen_keytree::Key;
use wuhen_keytree::context::{ItemKind, NodeId};
use wuhen_keytree::rotation::SeedRow;

use super::fixture::Fixture;
use crate::{
    ControlItemRow, Flag, FlagRow, FlagsOf, Lease, NewJob, RegisterKind, RegisterWrite, Rotation,
    StateMove, StoreError,
};

const HOUR: i64 = 3_600;

pub(super) fn an_entry_is_opened_once_and_found_by_its_kind(f: &Fixture) {
    let new = || f.register(RegisterKind::Hold, "placed");
    let (first, second) = (new(), new());
    let node = first.row.node;
    f.write(opening(first)).expect("an entry");
    assert!(
        matches!(f.write(opening(second)), Err(StoreError::Conflict(_))),
        "two entries have one number"
    );
    let rows = f.store.registered(f.tenant, RegisterKind::Hold);
    let rows = rows.expect("a list");
    assert_eq!((rows.len(), rows[0].node), (1, node));
    assert_eq!(rows[0].state, "placed");
    let staff = f.store.registered(f.tenant, RegisterKind::Staff);
    assert!(staff.expect("a list").is_empty());
    assert_eq!(f.store.path(f.tenant, node).expect("a path").len(), 1);
}

pub(super) fn two_cannot_write_on_an_entry_at_once(f: &Fixture) {
    let node = f.opened(RegisterKind::Request, "draft");
    let item = |number, word: &str| RegisterWrite {
        items: vec![ControlItemRow {
            owner: node,
            item: number,
            kind: ItemKind::Register,
            sealed: word.into(),
        }],
        moves: vec![StateMove {
            node,
            from: "draft".to_owned(),
            to: "checked".to_owned(),
        }],
        ..RegisterWrite::default()
    };
    f.write(item(5, "first")).expect("a version");
    let taken = RegisterWrite {
        moves: Vec::new(),
        ..item(5, "second")
    };
    assert!(matches!(f.write(taken), Err(StoreError::Conflict(_))));
    let stale = f.write(item(6, "third"));
    assert!(matches!(stale, Err(StoreError::Conflict(_))));
    let items = f.store.control_items(f.tenant, node).expect("items");
    let words: Vec<&[u8]> = items.iter().map(|item| &item.sealed[..]).collect();
    assert_eq!(words, [b"first"], "half of a refused change was kept");
}

/// What is sealed for a guest with keys that an erasure renewed meanwhile could never be opened.
pub(super) fn a_segment_begins_once_and_under_the_keys_of_its_epoch(f: &Fixture) {
    let nodes = f.import(1, &[(2, 3), (3, 1)]);
    let row = f.store.conversation(f.tenant, nodes[0]).expect("a row");
    let guest = row.expect("it").guest;
    let item = |number, word: &str| ControlItemRow {
        owner: guest,
        item: number,
        kind: ItemKind::Register,
        sealed: word.into(),
    };
    let begin = |epoch, items| RegisterWrite {
        seeds: vec![SeedRow {
            owner: guest,
            segment: 1,
            sealed: b"a frontier".to_vec(),
        }],
        items,
        epoch: Some(epoch),
        ..RegisterWrite::default()
    };
    let epoch = f.store.tenant(f.tenant).expect("a tenant").epoch;
    f.write(begin(epoch, vec![item(4_096, "first")]))
        .expect("a segment");
    let again = f.write(begin(epoch, vec![item(4_097, "second")]));
    assert!(matches!(again, Err(StoreError::Conflict(_))));
    let stale = f.write(RegisterWrite {
        seeds: Vec::new(),
        ..begin(epoch + 1, vec![item(4_097, "third")])
    });
    assert!(matches!(stale, Err(StoreError::Conflict(_))));
    let items = || f.store.control_items(f.tenant, guest).expect("items");
    assert_eq!(items().len(), 1, "half of a refused change was kept");
    let segments: Vec<u32> = f
        .store
        .seeds(f.tenant, guest)
        .expect("seeds")
        .iter()
        .map(|seed| seed.segment)
        .collect();
    assert!(segments.contains(&1));
    let residue = || f.store.residue(f.tenant, &[guest], &BTreeMap::new());
    assert!(residue().expect("a count") > 0);
}

pub(super) fn flags_are_said_once_and_lifted_by_who_said_them(f: &Fixture) {
    let nodes = f.import(1, &[(2, 3), (3, 1)]);
    let (one, other) = (
        f.opened(RegisterKind::Hold, "placed"),
        f.opened(RegisterKind::Hold, "placed"),
    );
    let flag = |register, item| FlagRow {
        node: nodes[0],
        item,
        flag: Flag::Hold,
        register,
    };
    let say = |flags| RegisterWrite {
        flags,
        ..RegisterWrite::default()
    };
    let said = vec![flag(one, None), flag(other, Some(2))];
    f.write(say(said.clone())).expect("flags");
    f.write(say(said)).expect("said again");
    let on_node = |node| f.store.flags(f.tenant, FlagsOf::Node(node)).expect("flags");
    assert_eq!(on_node(nodes[0]).len(), 2);
    assert!(on_node(nodes[1]).is_empty());
    f.write(RegisterWrite {
        lifts: vec![(one, Flag::Hold)],
        ..RegisterWrite::default()
    })
    .expect("a release");
    assert_eq!(on_node(nodes[0]), [flag(other, Some(2))]);
    let hidden = f.store.flags(f.tenant, FlagsOf::Kind(Flag::Hide));
    assert!(hidden.expect("flags").is_empty());
}

/// A hold on a guest, on a conversation, or on one message in it stops a rotation that would take it, and nothing is dropped.
pub(super) fn a_held_record_stops_the_rotation(f: &Fixture) {
    let nodes = f.import(1, &[(2, 3), (3, 1)]);
    let guest = f.store.conversation(f.tenant, nodes[0]).expect("a row");
    let guest = guest.expect("it").guest;
    let hold = f.opened(RegisterKind::Hold, "placed");
    let case = f.begin("k-second", &nodes);
    let whole = (vec![nodes[0]], BTreeMap::new());
    let one_message = (Vec::new(), BTreeMap::from([(nodes[0], vec![2_u32])]));
    for (node, item) in [(guest, None), (nodes[0], None), (nodes[0], Some(2))] {
        let flag = FlagRow {
            node,
            item,
            flag: Flag::Hold,
            register: hold,
        };
        f.write(RegisterWrite {
            flags: vec![flag],
            ..RegisterWrite::default()
        })
        .expect("a hold");
        for scope in [&whole, &one_message] {
            let refused = rotate(f, case, scope);
            assert!(
                matches!(refused, Err(StoreError::Held)),
                "a hold on {node:?} {item:?} did not stop {scope:?}"
            );
        }
        f.write(RegisterWrite {
            lifts: vec![(hold, Flag::Hold)],
            ..RegisterWrite::default()
        })
        .expect("a release");
    }
    assert_eq!(f.store.items(f.tenant, nodes[0]).expect("items").len(), 4);
    rotate(f, case, &whole).expect("nothing holds it any more");
    assert!(f.store.items(f.tenant, nodes[0]).expect("items").is_empty());
}

fn rotate(
    f: &Fixture,
    case: NodeId,
    (drops, punctures): &(Vec<NodeId>, BTreeMap<NodeId, Vec<u32>>),
) -> Result<(), StoreError> {
    let expected = punctures
        .keys()
        .map(|node| {
            let row = f.store.conversation(f.tenant, *node).expect("a row");
            let row = row.expect("it");
            (*node, (row.generation, row.next_index))
        })
        .collect();
    f.store
        .rotate(
            f.tenant,
            &mut Rotation {
                case,
                next_kid: "k-second",
                old_top: &f.top_key,
                new_top: &Key::from_bytes([99; 32]),
                new_top_wrap: b"wrapped by the second root",
                drops,
                punctures,
                expected: &expected,
                redacts: false,
                appends: &mut |_, _| Ok(Vec::new()),
                blobs: &[],
                fill: &mut |bytes| f.fill(bytes),
            },
        )
        .map(drop)
}

/// What a request froze stays frozen where a rotation is given up, and is its own to erase.
pub(super) fn what_a_request_froze_stays_so(f: &Fixture) {
    let nodes = f.import(1, &[(2, 1), (3, 1)]);
    let request = f.opened(RegisterKind::Request, "scheduled");
    let frozen = FlagRow {
        node: nodes[0],
        item: None,
        flag: Flag::Frozen,
        register: request,
    };
    let freeze = || RegisterWrite {
        flags: vec![frozen],
        closes: vec![nodes[0]],
        ..RegisterWrite::default()
    };
    f.write(freeze()).expect("a freeze");
    let again = f.write(freeze());
    assert!(matches!(again, Err(StoreError::Conflict(_))));
    let strange = f
        .store
        .begin_erasure(f.tenant, &f.erasure("k-second", &nodes));
    assert!(
        matches!(strange, Err(StoreError::Conflict(_))),
        "another erasure took what a request had frozen"
    );
    let mut own = f.erasure("k-second", &nodes);
    own.request = Some(request);
    f.store.begin_erasure(f.tenant, &own).expect("its own");
    f.store
        .abandon_rotation(f.tenant, Some(own.case.case.node), None)
        .expect("it is given up");
    let open = |node| {
        let row = f.store.conversation(f.tenant, node).expect("a row");
        row.expect("it").open
    };
    assert_eq!((open(nodes[0]), open(nodes[1])), (false, true));
    let thaw = RegisterWrite {
        lifts: vec![(request, Flag::Frozen)],
        reopens: vec![nodes[0]],
        ..RegisterWrite::default()
    };
    f.write(thaw).expect("it was cancelled");
    assert!(open(nodes[0]));
}

pub(super) fn a_job_is_one_drivers_until_its_lease_ends(f: &Fixture) {
    let job = |kind: &str, due_at| NewJob {
        kind: kind.to_owned(),
        node: f.settings,
        due_at,
    };
    let add = |jobs| {
        f.write(RegisterWrite {
            jobs,
            ..RegisterWrite::default()
        })
        .expect("jobs");
    };
    add(vec![
        job("retention", 200),
        job("fence", 100),
        job("later", 9_999),
    ]);
    let lease = |by, now| Lease {
        by,
        until: now + HOUR,
    };
    let take = |by, now| {
        let taken = f.store.take_job(f.tenant, now, lease(by, now));
        taken
            .expect("a look")
            .map(|row| (row.job.kind.clone(), row))
    };
    let (kind, fence) = take(8, 300).expect("work");
    assert_eq!(kind, "fence", "what has been due longest comes first");
    let (kind, retention) = take(16, 300).expect("work");
    assert_eq!(kind, "retention");
    assert!(take(24, 300).is_none(), "two drivers have one job");
    // A driver that died: its lease ends, and somebody else takes it up.
    let (kind, again) = take(24, 300 + HOUR).expect("work");
    assert_eq!(kind, "fence");
    let finish = |row, next, failed| {
        f.store
            .finish_job(f.tenant, row, next, failed)
            .expect("an answer")
    };
    assert!(!finish(&fence, None, false), "who lost a job ended it");
    assert!(finish(&again, Some(5_000), true));
    assert!(finish(&retention, None, false));
    let rows = f.store.jobs(f.tenant).expect("jobs");
    let left: Vec<(&str, i64, u32)> = rows
        .iter()
        .map(|row| (&row.job.kind[..], row.job.due_at, row.attempts))
        .collect();
    assert_eq!(left, [("fence", 5_000, 1), ("later", 9_999, 0)]);
    // Work that is asked for while it is being done is done again.
    let (_, running) = take(8, 6_000).expect("work");
    add(vec![job("fence", 7_000)]);
    assert!(finish(&running, None, false));
    let rows = f.store.jobs(f.tenant).expect("jobs");
    assert_eq!(
        (&rows[0].job.kind[..], rows[0].job.due_at),
        ("fence", 7_000)
    );
}

fn opening(new: crate::NewRegister) -> RegisterWrite {
    RegisterWrite {
        opens: vec![new],
        ..RegisterWrite::default()
    }
}
