//! New versions of what stands beside messages: a guest's profile, a conversation's own record, an attachment with its file.

use std::io::{Cursor, Read};

use wuhen_keytree::context::{ItemKind, NodeId};
use wuhen_keytree::seed::{Frontier, segment_and_index};
use wuhen_keytree::{Key, stream};
use wuhen_store::{BlobRow, ItemRow, hex};

use super::{Prepared, Replacement};
use crate::Service;
use crate::attachment::ScanState;
use crate::cuts::Cuts;
use crate::error::ServiceError;
use crate::file::{Content, cut_text, found_in_text};
use crate::keys::{item_context, random_key};
use crate::open::damaged;
use crate::read::{OpenedOwner, stored_attachment};
use crate::spots;
use crate::stored::{RedactedRecord, StoredConversation, StoredGuest, from_json, to_json};

impl Service {
    /// The records of one owner that are cut beside its messages. Their numbers follow those of what was added before.
    pub(super) fn new_records(
        &self,
        (node, owner): (NodeId, &mut OpenedOwner),
        items: &[ItemRow],
        cuts: &Cuts,
        (prepared, added): (&mut Prepared, &mut Vec<Replacement>),
    ) -> Result<(), ServiceError> {
        let at = self.body_time();
        let detector = self.detector();
        let wanted = cuts.wanted();
        let mut found = Vec::new();
        for row in items
            .iter()
            .filter(|row| cuts.is_cut_beside((node, row.item)))
        {
            let opened = owner.open(row)?;
            let redacted = Some(RedactedRecord {
                place: row.place(),
                at: at.as_str().to_owned(),
            });
            let header = match row.kind {
                ItemKind::Profile => {
                    let mut stored: StoredGuest = from_json(opened.header(), "a guest")?;
                    let new = spots::in_guest(&stored.record, &mut |spot| {
                        spot.cut(&detector, wanted, &mut found)
                    });
                    stored.record = new.unwrap_or(stored.record);
                    stored.redacted = redacted;
                    to_json(&stored)
                }
                ItemKind::Conversation => {
                    let mut stored: StoredConversation =
                        from_json(opened.header(), "a conversation")?;
                    let new = spots::in_conversation(&stored.record, &mut |spot| {
                        spot.cut(&detector, wanted, &mut found)
                    });
                    stored.record = new.unwrap_or(stored.record);
                    stored.redacted = redacted;
                    to_json(&stored)
                }
                ItemKind::Attachment => {
                    let mut stored = stored_attachment(row, &opened)?;
                    self.cut_attachment(&mut stored, cuts, &mut found);
                    stored.redacted = redacted;
                    let mut file = self.open_file(owner, row, stored.bytes)?;
                    let number = next_number(prepared, node, added);
                    let content = file.content(&detector)?;
                    let cut = match &content {
                        Content::Text(bytes) => cut_text(bytes, &detector, wanted, &mut found),
                        _ => None,
                    };
                    if let Some(cut) = cut {
                        stored.bytes = cut.len() as u64;
                        stored.scan = Some(ScanState::Done);
                        stored.findings = found_in_text(&cut, &detector);
                        let mut reader = Cursor::new(cut);
                        self.seal_file((node, number), owner, &mut reader, prepared)?;
                    } else {
                        let mut pipe = file.into_pipe()?;
                        self.seal_file((node, number), owner, &mut pipe, prepared)?;
                        pipe.finish()?;
                    }
                    to_json(&stored)
                }
                _ => return Err(damaged("a redaction would change what has no versions")),
            };
            added.push(Replacement {
                kind: row.kind,
                source_tag: row.source_tag,
                replaces: Some(row.place()),
                header,
                body: opened.body().to_vec(),
            });
        }
        Ok(())
    }

    /// Seals a file under the key that its row will have: puncturing others changes nothing about it.
    fn seal_file(
        &self,
        (node, number): (NodeId, u32),
        owner: &mut OpenedOwner,
        reader: &mut dyn Read,
        prepared: &mut Prepared,
    ) -> Result<(), ServiceError> {
        let (segment, index) = segment_and_index(number);
        let leaf = if owner.has_segment(segment) {
            owner.leaf(number)?
        } else {
            let rng = &*self.surroundings.rng;
            let seed = prepared.fresh.entry((node, segment));
            let seed: &Key = seed.or_insert_with(|| random_key(rng));
            let leaf = Frontier::new(seed.duplicate()).leaf(index);
            leaf.ok_or_else(|| damaged("a new segment has no key"))?
        };
        let blobs = self.store.blobs();
        if prepared.blobs.is_empty() {
            blobs.set_unsettled(true)?;
        }
        let name = hex(&self.random::<16>());
        let mut sink = blobs.create(&name)?;
        let context = item_context(self.tenant_id, node, number, ItemKind::AttachmentBlob);
        stream::seal(&leaf, &context, self.random(), reader, &mut *sink).map_err(|source| {
            ServiceError::Io {
                path: "an attachment's new version".to_owned(),
                source,
            }
        })?;
        let bytes = sink.finish()?;
        prepared.blobs.push(BlobRow {
            owner: node,
            item: number,
            name,
            bytes,
        });
        Ok(())
    }
}

/// The number of the next new version, as they are sealed one after the other.
fn next_number(prepared: &Prepared, node: NodeId, added: &[Replacement]) -> u32 {
    let (_, next_index) = prepared.expected.get(&node).copied().unwrap_or_default();
    next_index + u32::try_from(added.len()).expect("an owner has fewer items than numbers")
}
