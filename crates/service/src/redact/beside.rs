//! What a redaction finds beside the texts of messages: in a guest's profile, in a conversation's own record, in attachments. And
//! what it has to leave, counted, so that it can be said before.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use wuhen_detect::Kind;
use wuhen_keytree::context::{ItemKind, NodeId};
use wuhen_store::{GuestRow, ItemRow};

use super::{Chosen, Documents};
use crate::Service;
use crate::attachment::ScanState;
use crate::cuts::Cuts;
use crate::error::ServiceError;
use crate::file::{Content, cut_text};
use crate::gate::{Admitted, Purpose};
use crate::read::{OpenedOwner, stored_attachment, text, utf8};
use crate::spots;
use crate::stored::{StoredAttachment, StoredConversation, StoredGuest, StoredMark, from_json};

/// What a redaction leaves as it is. Each number counts records.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LeftOut {
    /// PDF files in which what is looked for was found: nothing can be cut out of such a file.
    pub documents: u64,
    /// Texts and PDF files that cannot be read to their end, and attachments whose file is lost: what stands in them is not known.
    pub unread: u64,
    /// Pictures and other files that are no text: they are not looked into.
    pub pictures: u64,
    /// Those among them that are marked as identity documents.
    pub identity_documents: u64,
    /// Ids of guests, conversations, messages and bookings on record that are themselves what is looked for: records are found by
    /// them.
    pub ids: u64,
    /// Confidentiality labels that have it in them: records are erased by them.
    pub labels: u64,
}

impl Service {
    /// A guest's profile.
    pub(super) fn find_in_profile(
        &self,
        chosen: &mut Chosen,
        guest: &GuestRow,
    ) -> Result<(), ServiceError> {
        let Some(row) = self.store.item(self.tenant, guest.node, 0)? else {
            return Ok(());
        };
        let detector = self.detector();
        let opened = self
            .open_owner(guest.node, Admitted::for_program(Purpose::Redaction))?
            .open(&row)?;
        let stored: StoredGuest = from_json(opened.header(), "a guest")?;
        chosen.left.ids += u64::from(self.holds(chosen, &text(&stored.record, "id")));
        let mut found = Vec::new();
        let wanted = chosen.cuts.wanted();
        if wanted.0.contains(Kind::BookingNumber) {
            chosen.left.ids += self.numbers_kept(guest.node)?;
        }
        let new = spots::in_guest(&stored.record, &mut |spot| {
            spot.cut(&detector, wanted, &mut found)
        });
        if new.is_some() {
            chosen.cuts.cut_beside((guest.node, row.item), found);
            chosen.profiles += 1;
            let items = chosen.cuts.beside_of(guest.node).into_iter().collect();
            chosen.selection.punctures.insert(guest.node.0, items);
        }
        Ok(())
    }

    /// A conversation's own record and its labels.
    pub(super) fn find_in_head(
        &self,
        chosen: &mut Chosen,
        (node, owner): (NodeId, &mut OpenedOwner),
        rows: &[ItemRow],
    ) -> Result<(), ServiceError> {
        let detector = self.detector();
        for row in rows {
            match row.kind {
                ItemKind::Conversation => {
                    let opened = owner.open(row)?;
                    let stored: StoredConversation = from_json(opened.header(), "a conversation")?;
                    chosen.left.ids += u64::from(self.holds(chosen, &text(&stored.record, "id")));
                    let mut found = Vec::new();
                    let wanted = chosen.cuts.wanted();
                    let new = spots::in_conversation(&stored.record, &mut |spot| {
                        spot.cut(&detector, wanted, &mut found)
                    });
                    if new.is_some() {
                        chosen.cuts.cut_beside((node, row.item), found);
                        chosen.records += 1;
                    }
                }
                ItemKind::Label => {
                    let label = utf8(owner.open(row)?.body(), "a label")?;
                    chosen.left.labels += u64::from(self.holds(chosen, &label));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The attachments of a conversation's messages; of those named, if some are.
    pub(super) fn find_in_attachments(
        &self,
        chosen: &mut Chosen,
        (node, owner): (NodeId, &mut OpenedOwner),
        rows: &[ItemRow],
        wanted: Option<&BTreeSet<u32>>,
    ) -> Result<(), ServiceError> {
        let marks = marks_of(owner, rows)?;
        for row in rows.iter().filter(|row| row.kind == ItemKind::Attachment) {
            let mut stored = stored_attachment(row, &owner.open(row)?)?;
            if wanted.is_some_and(|wanted| !wanted.contains(&stored.message)) {
                continue;
            }
            // The rest of the scope does not wait for a file that is lost: the doctor tells of it.
            let Some(mut file) = self.open_file_if_there(owner, row, stored.bytes)? else {
                chosen.left.unread += 1;
                continue;
            };
            let content = file.content(&self.detector())?;
            let mut found = Vec::new();
            let mut changes = self.cut_attachment(&mut stored, &chosen.cuts, &mut found);
            match content {
                Content::Text(bytes) => {
                    changes |= cut_text(&bytes, &self.detector(), chosen.cuts.wanted(), &mut found)
                        .is_some();
                }
                Content::HalfText => chosen.left.unread += 1,
                Content::Pdf => {
                    let inside = found_in(&stored, &chosen.cuts);
                    if !inside.is_empty() && chosen.documents == Documents::Erase {
                        let marked = marks.iter().filter(|mark| mark.0 == row.place());
                        chosen.marks_gone.extend(marked.map(|mark| (node, mark.1)));
                        chosen.cuts.let_go((node, row.item), inside);
                        continue;
                    }
                    chosen.left.documents += u64::from(!inside.is_empty());
                    let is_read = stored.scan == Some(ScanState::Done);
                    chosen.left.unread += u64::from(!is_read && inside.is_empty());
                }
                Content::Other => {
                    let marked = marks
                        .iter()
                        .rfind(|mark| mark.0 == row.place())
                        .map_or(stored.mark.is_some(), |mark| mark.2);
                    chosen.left.pictures += 1;
                    chosen.left.identity_documents += u64::from(marked);
                }
            }
            if changes {
                chosen.cuts.cut_beside((node, row.item), found);
            }
        }
        Ok(())
    }

    /// What an attachment is called and was kept with, without what is looked for. True: something changed.
    pub(crate) fn cut_attachment(
        &self,
        stored: &mut StoredAttachment,
        cuts: &Cuts,
        found: &mut Vec<Kind>,
    ) -> bool {
        let detector = self.detector();
        let wanted = cuts.wanted();
        spots::in_attachment(stored, &mut |spot| spot.cut(&detector, wanted, found))
    }

    /// Whether what is looked for stands in a text that stays.
    pub(super) fn holds(&self, chosen: &Chosen, text: &str) -> bool {
        let mut findings = Vec::new();
        self.detector().scan(text, &mut findings);
        let (kinds, _) = chosen.cuts.wanted();
        findings.iter().any(|found| kinds.contains(found.kind))
    }
}

/// Kinds that were found in a file's text when it came, each as often as it was.
fn found_in(stored: &StoredAttachment, cuts: &Cuts) -> Vec<Kind> {
    let (kinds, _) = cuts.wanted();
    let known = stored.findings.iter().filter_map(|(kind, count)| {
        let kind: Kind = kind.parse().ok()?;
        let count = usize::try_from(*count).ok()?;
        kinds.contains(kind).then_some((kind, count))
    });
    known
        .flat_map(|(kind, count)| std::iter::repeat_n(kind, count))
        .collect()
}

/// Marks by hand: which attachment, the mark's own item, and whether it was put or taken away.
fn marks_of(
    owner: &mut OpenedOwner,
    rows: &[ItemRow],
) -> Result<Vec<(u32, u32, bool)>, ServiceError> {
    let mut marks = Vec::new();
    for row in rows.iter().filter(|row| row.kind == ItemKind::Mark) {
        let opened = owner.open(row)?;
        let mark: StoredMark = from_json(opened.header(), "a mark")?;
        marks.push((mark.item, row.item, !mark.removed));
    }
    Ok(marks)
}
