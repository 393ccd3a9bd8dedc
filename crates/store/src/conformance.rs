//! The suite that every store passes, on whatever it keeps its rows. Test support: each check says what a user of the
//! trait would notice, and panics with it.

mod blobs;
mod fixture;
mod register;

use std::collections::BTreeMap;

use wuhen_keytree::Key;
use wuhen_keytree::context::{ItemKind, NodeId};

use crate::{CaseState, ItemRow, Rotation, Sketched, SourceTag, Store, StoreError, Suppression};
use fixture::{Fixture, append, item, tag, unsealed};

/// Makes an empty store.
pub type Make<'a> = &'a mut dyn FnMut() -> Box<dyn Store>;

/// Runs every check, each on a store of its own.
///
/// # Panics
/// The store does not do what the trait says.
pub fn store_conformance(make: Make<'_>) {
    let checks: [fn(&Fixture); 22] = [
        a_tenant_is_as_it_was_made,
        what_an_import_committed_is_found,
        what_an_import_did_not_commit_never_was,
        a_source_tag_is_stored_once,
        an_append_sealed_for_another_index_is_refused,
        an_erasing_conversation_takes_nothing,
        a_walk_gives_every_conversation_with_what_opens_its_sketches,
        shares_have_equally_many_conversations_and_every_node,
        a_conversations_content_is_whole_or_gone,
        a_rotation_drops_and_renews,
        a_rotation_to_another_root_is_refused,
        a_punctured_conversation_is_open_again,
        a_new_version_bears_the_tag_of_the_one_before,
        an_abandoned_rotation_leaves_everything,
        blobs::blobs_are_there_when_finished_and_gone_when_removed,
        register::an_entry_is_opened_once_and_found_by_its_kind,
        register::two_cannot_write_on_an_entry_at_once,
        register::a_segment_begins_once_and_under_the_keys_of_its_epoch,
        register::flags_are_said_once_and_lifted_by_who_said_them,
        register::a_held_record_stops_the_rotation,
        register::what_a_request_froze_stays_so,
        register::a_job_is_one_drivers_until_its_lease_ends,
    ];
    for check in checks {
        check(&Fixture::new(make()));
    }
}

fn a_tenant_is_as_it_was_made(f: &Fixture) {
    let row = f.store.tenant(f.tenant).expect("a tenant that was made");
    assert_eq!(f.store.tenants().expect("tenants").len(), 1);
    assert_eq!((row.epoch, row.next_kid.as_deref()), (0, None));
    assert_eq!(row.root_kid, "k-first");
    assert_eq!(
        f.store.children(f.tenant, row.top).expect("subtrees").len(),
        2
    );
    let settings = f
        .store
        .control_items(f.tenant, f.settings)
        .expect("settings");
    assert_eq!(settings.len(), 1, "a setting is there from the beginning");
}

fn what_an_import_committed_is_found(f: &Fixture) {
    f.import(1, &[(2, 3)]);
    let guest = f
        .store
        .guest_by_tag(f.tenant, &tag(1))
        .expect("a look-up")
        .expect("the guest");
    let found = f
        .store
        .conversation_by_tag(f.tenant, &tag(2))
        .expect("a look-up")
        .expect("it");
    assert_eq!(
        (found.guest, found.messages, found.open),
        (guest.node, 3, true)
    );
    assert_eq!(
        f.store
            .conversations_of(f.tenant, guest.node)
            .expect("a list")
            .len(),
        1
    );
    assert_eq!(f.store.items(f.tenant, found.node).expect("items").len(), 4);
    let tags = [message_tag(2, 1), tag(77)];
    let number = f
        .store
        .message_by_tag(f.tenant, found.node, &tags[0])
        .expect("a look-up");
    assert_eq!(number, Some(2));
    let everywhere = f.store.messages_by_tags(f.tenant, &tags);
    assert!(everywhere.expect("a look-up") == [(tags[0], found.node, 2)]);
    let mut import = f.store.begin_import(f.tenant).expect("an import");
    let last = import.last_message(found.node).expect("a look-up");
    assert_eq!(last.map(|row| row.item), Some(3));
    drop(import);
    let path = f.store.path(f.tenant, found.node).expect("a path");
    assert_eq!(path.last().map(|row| row.id), Some(found.node));
    assert_eq!(path.first().map(|row| row.parent), Some(f.top));
    let totals = f.store.totals(f.tenant).expect("totals");
    assert_eq!(
        (totals.guests, totals.conversations, totals.messages),
        (1, 1, 3)
    );
}

fn what_an_import_did_not_commit_never_was(f: &Fixture) {
    f.import_without_commit(1, &[(2, 3)]);
    assert!(
        f.store
            .guest_by_tag(f.tenant, &tag(1))
            .expect("a look-up")
            .is_none()
    );
    assert_eq!(f.store.totals(f.tenant).expect("totals").conversations, 0);
}

fn a_source_tag_is_stored_once(f: &Fixture) {
    let node = f.import(1, &[(2, 1)])[0];
    let mut import = f.store.begin_import(f.tenant).expect("an import");
    let again = import
        .insert_item(
            node,
            unsealed(9, ItemKind::Message, Some(message_tag(2, 0))),
        )
        .and_then(|()| import.commit());
    assert!(
        matches!(again, Err(StoreError::Conflict(_))),
        "a message that is there was stored twice"
    );
}

fn an_append_sealed_for_another_index_is_refused(f: &Fixture) {
    let node = f.import(1, &[(2, 1)])[0];
    let row = f
        .store
        .conversation(f.tenant, node)
        .expect("a row")
        .expect("it");
    assert!(f.store.append(f.tenant, &append(&row)).expect("an append"));
    let stale = f.store.append(f.tenant, &append(&row)).expect("an append");
    assert!(
        !stale,
        "an item was stored under an index that another one took"
    );
}

fn an_erasing_conversation_takes_nothing(f: &Fixture) {
    let node = f.import(1, &[(2, 1)])[0];
    f.begin("k-second", &[node]);
    let row = f
        .store
        .conversation(f.tenant, node)
        .expect("a row")
        .expect("it");
    assert!(!row.open);
    assert!(!f.store.append(f.tenant, &append(&row)).expect("an append"));
    let second = f.store.begin_erasure(f.tenant, &f.erasure("k-third", &[]));
    assert!(
        matches!(second, Err(StoreError::Conflict(_))),
        "two rotations at once"
    );
}

fn a_walk_gives_every_conversation_with_what_opens_its_sketches(f: &Fixture) {
    let mut nodes = f.import(1, &[(2, 1), (3, 1)]);
    nodes.extend(f.import(4, &[(5, 1)]));
    nodes.extend(f.import(1, &[(6, 1)]));
    f.add_sketch(nodes[1]);
    f.begin("k-second", &[nodes[2]]);
    let tenant = f.store.tenant(f.tenant).expect("the tenant");
    let (walked, revision) = f.walk(NodeId(0)..NodeId(tenant.next_node), usize::MAX);
    assert_eq!(revision, tenant.revision);
    let seen = |one: &Sketched| one.conversation.node;
    assert_eq!(walked.iter().map(seen).collect::<Vec<_>>(), nodes);
    let open = walked.iter().map(|one| one.conversation.open);
    assert_eq!(open.collect::<Vec<_>>(), [true, true, false, true]);
    let counts = walked.iter().map(|one| one.sketches.len());
    assert_eq!(counts.collect::<Vec<_>>(), [0, 1, 0, 0]);
    for one in &walked {
        let owners: Vec<NodeId> = one.seeds.iter().map(|seed| seed.owner).collect();
        assert_eq!(owners, [one.conversation.node]);
    }
    let whole = |node| f.store.path(f.tenant, node).expect("a path");
    assert_eq!(walked[0].path, whole(nodes[0]));
    // The second has the same guest, the third the same subtree, and so has the fourth: its guest was left.
    assert_eq!(walked[1].path, whole(nodes[1])[2..]);
    assert_eq!(walked[2].path, whole(nodes[2])[1..]);
    assert_eq!(walked[3].path, whole(nodes[3])[1..]);
    // A range leaves out what is before it and what it ends with, and begins with a whole path.
    let (walked, _) = f.walk(nodes[1]..nodes[2], usize::MAX);
    assert_eq!((walked.len(), seen(&walked[0])), (1, nodes[1]));
    assert_eq!(walked[0].path, whole(nodes[1]));
    assert_eq!(walked[0].sketches.len(), 1);
    let (walked, _) = f.walk(NodeId(0)..NodeId(tenant.next_node), 2);
    assert_eq!(walked.len(), 2, "it went on after it was told to stop");
}

fn shares_have_equally_many_conversations_and_every_node(f: &Fixture) {
    let shares = |parts| {
        f.store
            .conversation_shares(f.tenant, parts)
            .expect("shares")
    };
    let [everything] = &shares(3)[..] else {
        panic!("nothing is there yet, and comes later");
    };
    assert_eq!(*everything, NodeId(0)..NodeId(i64::MAX as u64));
    let mut nodes = f.import(1, &[(2, 1), (3, 1)]);
    // Nodes of guests and branches lie between, many of them in one place.
    nodes.extend((10..20).flat_map(|guest| f.import(guest, &[])));
    nodes.extend(f.import(4, &[(5, 1), (6, 1), (7, 1)]));
    for (parts, sizes) in [(1, &[5][..]), (2, &[3, 2]), (3, &[2, 2, 1]), (9, &[1; 5])] {
        let shares = shares(parts);
        let within = |share: &std::ops::Range<NodeId>| {
            nodes.iter().filter(|node| share.contains(node)).count()
        };
        assert_eq!(shares.iter().map(within).collect::<Vec<_>>(), sizes);
        let meet = |pair: &[std::ops::Range<NodeId>]| pair[0].end == pair[1].start;
        assert!(shares.windows(2).all(meet));
        let all = shares[0].start..shares[shares.len() - 1].end;
        assert_eq!(all, *everything, "what comes later lies in one");
    }
}

fn a_conversations_content_is_whole_or_gone(f: &Fixture) {
    let node = f.import(1, &[(2, 3)])[0];
    f.add_sketch(node);
    let content = |node| f.store.conversation_content(f.tenant, node);
    let found = content(node).expect("a look-up").expect("it");
    assert_eq!(
        (found.conversation.node, found.conversation.messages),
        (node, 3)
    );
    assert_eq!(found.path, f.store.path(f.tenant, node).expect("a path"));
    assert_eq!(found.seeds, f.store.seeds(f.tenant, node).expect("seeds"));
    let numbers: Vec<u32> = found.items.iter().map(|item| item.item).collect();
    assert_eq!(numbers, [0, 1, 2, 3], "sketches are not among the items");
    let case = f.begin("k-second", &[node]);
    f.rotate(case, "k-second", &[node], &BTreeMap::new())
        .expect("a rotation");
    assert!(content(node).expect("a look-up").is_none());
}

fn a_rotation_drops_and_renews(f: &Fixture) {
    let nodes = f.import(1, &[(2, 2), (3, 2)]);
    let case = f.begin("k-second", &[nodes[0]]);
    let before = f.store.path(f.tenant, nodes[1]).expect("a path");
    let measured = f
        .store
        .measure(f.tenant, &[nodes[0]], &BTreeMap::new())
        .expect("a measure");
    assert_eq!((measured.conversations, measured.messages), (1, 2));
    let rotated = f
        .rotate(case, "k-second", &[nodes[0]], &BTreeMap::new())
        .expect("a rotation");
    assert_eq!(rotated.epoch, 1);
    assert!(rotated.rewraps > 0);
    assert_eq!(
        f.store
            .residue(f.tenant, &[nodes[0]], &BTreeMap::new())
            .expect("a count"),
        0
    );
    assert!(
        f.store
            .conversation(f.tenant, nodes[0])
            .expect("a look-up")
            .is_none()
    );
    let after = f.store.path(f.tenant, nodes[1]).expect("a path");
    assert_eq!(before.len(), after.len());
    for (old, new) in before.iter().zip(&after) {
        assert!(
            old.wrap != new.wrap,
            "an old wrap on the way to what was dropped is still in force"
        );
    }
    let mut import = f.store.begin_import(f.tenant).expect("an import");
    assert!(
        import
            .is_suppressed(Suppression::Record(tag(2)))
            .expect("a look-up"),
        "an erased id may come back"
    );
    assert!(
        !import
            .is_suppressed(Suppression::Record(tag(3)))
            .expect("a look-up")
    );
    drop(import);
    let row = f.store.tenant(f.tenant).expect("the tenant");
    assert_eq!((row.root_kid.as_str(), row.epoch), ("k-second", 1));
    let cases = f.store.cases(f.tenant).expect("cases");
    assert_eq!(
        cases.iter().map(|case| case.state).collect::<Vec<_>>(),
        [CaseState::Rotated]
    );
}

fn a_rotation_to_another_root_is_refused(f: &Fixture) {
    let node = f.import(1, &[(2, 2)])[0];
    let case = f.begin("k-second", &[node]);
    let refused = f.rotate(case, "k-other", &[node], &BTreeMap::new());
    assert!(matches!(refused, Err(StoreError::Conflict(_))));
    assert!(
        f.store
            .conversation(f.tenant, node)
            .expect("a look-up")
            .is_some(),
        "half an erasure"
    );
}

fn a_punctured_conversation_is_open_again(f: &Fixture) {
    let node = f.import(1, &[(2, 3)])[0];
    let case = f.begin("k-second", &[node]);
    let punctures = BTreeMap::from([(node, vec![1])]);
    f.rotate(case, "k-second", &[], &punctures)
        .expect("a rotation");
    let row = f
        .store
        .conversation(f.tenant, node)
        .expect("a row")
        .expect("it");
    assert_eq!((row.open, row.messages, row.generation), (true, 2, 1));
    assert!(
        f.store
            .item(f.tenant, node, 1)
            .expect("a look-up")
            .is_none()
    );
    assert!(
        f.store
            .item(f.tenant, node, 2)
            .expect("a look-up")
            .is_some()
    );
    assert!(
        f.store
            .message_by_tag(f.tenant, node, &message_tag(2, 0))
            .expect("a look-up")
            .is_none()
    );
    let mut import = f.store.begin_import(f.tenant).expect("an import");
    let mut stays_away = |conversation| {
        let record = Suppression::Message {
            conversation: tag(conversation),
            message: message_tag(2, 0),
        };
        import.is_suppressed(record).expect("a look-up")
    };
    assert!(stays_away(2), "an erased message may come back");
    assert!(!stays_away(3), "another conversation's message stays away");
}

fn a_new_version_bears_the_tag_of_the_one_before(f: &Fixture) {
    let node = f.import(1, &[(2, 3)])[0];
    let case = f.begin("k-second", &[node]);
    let punctures = BTreeMap::from([(node, vec![1])]);
    let mut version = item(4, ItemKind::Message, Some(message_tag(2, 0)));
    version.replaces = Some(1);
    f.redact(case, "k-second", &punctures, &version)
        .expect("a rotation");
    let row = f
        .store
        .conversation(f.tenant, node)
        .expect("a row")
        .expect("it");
    assert_eq!((row.open, row.messages, row.next_index), (true, 3, 5));
    let found = f
        .store
        .message_by_tag(f.tenant, node, &message_tag(2, 0))
        .expect("a look-up");
    assert_eq!(found, Some(4));
    let items = f.store.items(f.tenant, node).expect("items");
    let places: Vec<(u32, u32)> = items.iter().map(|row| (row.item, row.place())).collect();
    assert_eq!(places, [(0, 0), (2, 2), (3, 3), (4, 1)]);
    let residue = f.store.residue(f.tenant, &[], &punctures);
    assert_eq!(residue.expect("a count"), 0);
    let mut import = f.store.begin_import(f.tenant).expect("an import");
    let record = Suppression::Message {
        conversation: tag(2),
        message: message_tag(2, 0),
    };
    assert!(
        !import.is_suppressed(record).expect("a look-up"),
        "a message that is there stays away"
    );
}

fn an_abandoned_rotation_leaves_everything(f: &Fixture) {
    let node = f.import(1, &[(2, 2)])[0];
    let case = f.begin("k-second", &[node]);
    f.store
        .abandon_rotation(f.tenant, Some(case), None)
        .expect("it is given up");
    let row = f.store.tenant(f.tenant).expect("the tenant");
    assert_eq!(
        (row.root_kid.as_str(), row.next_kid, row.epoch),
        ("k-first", None, 0)
    );
    assert!(
        f.store
            .conversation(f.tenant, node)
            .expect("a row")
            .expect("it")
            .open
    );
    assert_eq!(
        f.store.cases(f.tenant).expect("cases")[0].state,
        CaseState::Abandoned
    );
}

fn message_tag(conversation: u8, number: u8) -> SourceTag {
    let mut bytes = tag(conversation).0;
    bytes[1] = number + 1;
    SourceTag(bytes)
}

impl Fixture {
    fn rotate(
        &self,
        case: NodeId,
        next_kid: &str,
        drops: &[NodeId],
        punctures: &BTreeMap<NodeId, Vec<u32>>,
    ) -> Result<crate::Rotated, StoreError> {
        self.rotate_with(case, next_kid, (drops, punctures), None)
    }

    /// As [`Self::rotate`], with the new version of what is punctured.
    fn redact(
        &self,
        case: NodeId,
        next_kid: &str,
        punctures: &BTreeMap<NodeId, Vec<u32>>,
        version: &ItemRow,
    ) -> Result<crate::Rotated, StoreError> {
        self.rotate_with(case, next_kid, (&[], punctures), Some(version))
    }

    fn rotate_with(
        &self,
        case: NodeId,
        next_kid: &str,
        (drops, punctures): (&[NodeId], &BTreeMap<NodeId, Vec<u32>>),
        version: Option<&ItemRow>,
    ) -> Result<crate::Rotated, StoreError> {
        let expected = punctures
            .keys()
            .map(|node| {
                let row = self
                    .store
                    .conversation(self.tenant, *node)
                    .expect("a row")
                    .expect("it");
                (*node, (row.generation, row.next_index))
            })
            .collect();
        self.store.rotate(
            self.tenant,
            &mut Rotation {
                case,
                next_kid,
                old_top: &self.top_key,
                new_top: &Key::from_bytes([8; 32]),
                new_top_wrap: b"wrapped by the next root",
                drops,
                punctures,
                expected: &expected,
                redacts: version.is_some(),
                appends: &mut |_, _| Ok(version.into_iter().cloned().collect()),
                blobs: &[],
                fill: &mut |bytes| self.fill(bytes),
            },
        )
    }
}
