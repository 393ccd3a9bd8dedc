//! What takes the place of punctured items, prepared before a rotation and sealed inside its transaction: sketches of what
//! their blocks have left, and new versions of redacted records. Until then it is nowhere but in memory; files of attachments are
//! sealed before it, under the keys that their rows will have.

mod records;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use wuhen_detect::RULES_VERSION;
use wuhen_keytree::context::{ItemKind, NodeId};
use wuhen_keytree::item;
use wuhen_keytree::seed::{Frontier, SEGMENT_ITEMS, segment_and_index};
use wuhen_keytree::{Key, OpenError};
use wuhen_model::search::SketchBuilder;
use wuhen_store::{BlobRow, ItemRow, SourceTag};

use crate::Service;
use crate::cuts::Cuts;
use crate::error::ServiceError;
use crate::findings::{category_name, from_stored, importance_name, to_stored};
use crate::gate::{Admitted, Purpose};
use crate::keys::{item_context, nonce, random_key};
use crate::open::damaged;
use crate::read::{OpenedOwner, utf8};
use crate::stored::{Redacted, SketchRange, StoredMessage, from_json, to_json};

/// All that comes in with a rotation, and what the transaction is to find unchanged.
pub(crate) struct Prepared {
    /// For every punctured conversation its generation and next index.
    pub(crate) expected: BTreeMap<NodeId, (u64, u32)>,
    /// Files of new versions of attachments, written already; until their rows are there, they are unsettled.
    pub(crate) blobs: Vec<BlobRow>,
    by_owner: BTreeMap<NodeId, Vec<Replacement>>,
    /// The seeds of segments that begin with these files: their keys were needed before the segments are there.
    fresh: BTreeMap<(NodeId, u32), Key>,
}

/// An item to be sealed.
struct Replacement {
    kind: ItemKind,
    source_tag: Option<SourceTag>,
    replaces: Option<u32>,
    header: Vec<u8>,
    body: Vec<u8>,
}

impl Service {
    /// Reads what is to be punctured, as long as its keys are there.
    pub(crate) fn prepare_replacements(
        &self,
        punctures: &BTreeMap<NodeId, Vec<u32>>,
        cuts: &Cuts,
    ) -> Result<Prepared, ServiceError> {
        let mut prepared = Prepared {
            expected: BTreeMap::new(),
            blobs: Vec::new(),
            by_owner: BTreeMap::new(),
            fresh: BTreeMap::new(),
        };
        for (node, gone) in punctures {
            let items = self.store.items(self.tenant, *node)?;
            let expected = match self.store.conversation(self.tenant, *node)? {
                Some(row) => (row.generation, row.next_index),
                // Of a guest only the profile is there: each version has the number behind the one before.
                None => (0, next_profile(&items)?),
            };
            prepared.expected.insert(*node, expected);
            let gone: BTreeSet<u32> = gone.iter().copied().collect();
            let mut owner = self.open_owner(*node, Admitted::for_program(Purpose::Rotation))?;
            // New versions come first: the sketches know their texts.
            let mut added = self.new_versions(*node, &mut owner, &items, &gone, cuts)?;
            self.new_records(
                (*node, &mut owner),
                &items,
                cuts,
                (&mut prepared, &mut added),
            )?;
            let sketches = rebuilt_sketches(&mut owner, &items, &gone, &added)?;
            added.extend(sketches);
            prepared.by_owner.insert(*node, added);
        }
        Ok(prepared)
    }

    /// The messages that go, without what was to be cut out of them. In a redaction none goes for good.
    fn new_versions(
        &self,
        node: NodeId,
        owner: &mut OpenedOwner,
        items: &[ItemRow],
        gone: &BTreeSet<u32>,
        cuts: &Cuts,
    ) -> Result<Vec<Replacement>, ServiceError> {
        let mut versions = Vec::new();
        if cuts.is_empty() {
            return Ok(versions);
        }
        let at = self.body_time();
        let detector = self.detector();
        for row in items
            .iter()
            .filter(|row| row.kind == ItemKind::Message && gone.contains(&row.item))
        {
            let opened = owner.open(row)?;
            let text = utf8(opened.body(), "a message")?;
            let mut stored: StoredMessage<'_> = from_json(opened.header(), "a message")?;
            let before = from_stored(&stored.findings, &text);
            let new = cuts
                .rewrite((node, row.item), &text, &before, &detector)
                .ok_or_else(|| damaged("a redaction would drop a message"))?;
            // Whatever else the header says about the text is said anew, of the new text.
            stored.scanned = RULES_VERSION;
            stored.findings = to_stored(&new.findings);
            (stored.asks, stored.asked_before) = new.asked.to_stored();
            stored.category = category_name(new.category);
            stored.importance = importance_name(new.category.importance());
            let beside = new.beside;
            if let Some(sender) = beside.sender {
                stored.sender = (!sender.is_empty()).then_some(Cow::Owned(sender));
            }
            if let Some(other) = beside.other {
                stored.other = Cow::Owned(other);
            }
            if let Some(sender_other) = beside.sender_other {
                stored.sender_other = Cow::Owned(sender_other);
            }
            stored.redacted = Some(Redacted {
                place: row.place(),
                at: at.as_str().into(),
            });
            versions.push(Replacement {
                kind: ItemKind::Message,
                source_tag: row.source_tag,
                replaces: Some(row.place()),
                header: to_json(&stored),
                body: new.text.into_bytes(),
            });
        }
        Ok(versions)
    }

    /// Seals what was prepared for one owner under its punctured frontiers. The indexes are new ones: no leaf is used twice.
    pub(crate) fn seal_replacements(
        &self,
        owner: NodeId,
        prepared: &Prepared,
        frontiers: &mut BTreeMap<u32, Frontier>,
    ) -> Result<Vec<ItemRow>, OpenError> {
        let rng = &*self.surroundings.rng;
        let (_, next_index) = prepared.expected.get(&owner).copied().unwrap_or_default();
        let replacements = prepared.by_owner.get(&owner).map_or(&[][..], Vec::as_slice);
        let mut rows = Vec::with_capacity(replacements.len());
        for (number, replacement) in (next_index..).zip(replacements) {
            let (segment, index) = segment_and_index(number);
            debug_assert!(index < SEGMENT_ITEMS);
            let frontier = frontiers.entry(segment).or_insert_with(|| {
                let fresh = prepared.fresh.get(&(owner, segment));
                Frontier::new(fresh.map_or_else(|| random_key(rng), Key::duplicate))
            });
            let leaf = frontier.leaf(index).ok_or(OpenError::Punctured)?;
            let Replacement {
                kind,
                source_tag,
                replaces,
                header,
                body,
            } = replacement;
            let context = item_context(self.tenant_id, owner, number, *kind);
            let sealed = item::seal(&leaf, &context, nonce(rng), header, body);
            rows.push(ItemRow {
                item: number,
                kind: *kind,
                source_tag: *source_tag,
                sealed,
                replaces: *replaces,
            });
        }
        Ok(rows)
    }
}

/// The number of a profile's next version. Its segment is the first; the bookings' are those behind it.
fn next_profile(items: &[ItemRow]) -> Result<u32, ServiceError> {
    let last = items
        .last()
        .ok_or_else(|| damaged("a record of which something is to be erased is gone"))?;
    let next = last.item + 1;
    if next >= SEGMENT_ITEMS {
        return Err(ServiceError::Refused(format!(
            "a profile was redacted {last} times, the most there is room for; erase the guest",
            last = last.item
        )));
    }
    Ok(next)
}

/// Sketches of what the blocks of punctured messages have left, new versions among it.
fn rebuilt_sketches(
    owner: &mut OpenedOwner,
    items: &[ItemRow],
    gone: &BTreeSet<u32>,
    versions: &[Replacement],
) -> Result<Vec<Replacement>, ServiceError> {
    let mut rebuilt = Vec::new();
    for sketch in items
        .iter()
        .filter(|row| row.kind == ItemKind::Sketch && gone.contains(&row.item))
    {
        let range = SketchRange::from_bytes(owner.open(sketch)?.header())?;
        let mut builder = SketchBuilder::new();
        let mut left = 0;
        for row in items {
            if row.kind == ItemKind::Message
                && range.covers(row.place())
                && !gone.contains(&row.item)
            {
                builder.add(&utf8(owner.open(row)?.body(), "a message")?);
                left += 1;
            }
        }
        for version in versions {
            if version.replaces.is_some_and(|place| range.covers(place)) {
                builder.add(&utf8(&version.body, "a message")?);
                left += 1;
            }
        }
        if left > 0 {
            let range = SketchRange {
                messages: left,
                ..range
            };
            rebuilt.push(Replacement {
                kind: ItemKind::Sketch,
                source_tag: None,
                replaces: None,
                header: range.to_bytes().to_vec(),
                body: builder.finish().to_bytes(),
            });
        }
    }
    Ok(rebuilt)
}
