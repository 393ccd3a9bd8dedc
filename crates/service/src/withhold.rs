//! Attachments as somebody sees them. A text is masked as messages are; what cannot be masked is handed out whole or not at all: an
//! identity document only to who may see one, a PDF file only to who may see all that was found in it.

use std::io::Write;

use wuhen_detect::{Detector, Finding, IDENTITY_KINDS, Kind, KindSet, Masking, Sight, Viewer};
use wuhen_keytree::context::ItemKind;
use wuhen_store::ItemRow;

use crate::Service;
use crate::attachment::{AttachmentView, Mark, ScanState};
use crate::error::ServiceError;
use crate::file::{Content, SealedFile, text_of, with_replaced};
use crate::notice::Missing;
use crate::read::{OpenedOwner, attachment_not_found, stored_attachment};

/// An attachment that was handed out.
#[derive(Debug)]
pub struct SeenAttachment {
    /// Bytes that were written.
    pub bytes: u64,
    /// Spans in it that are masked.
    pub masked: u64,
    /// Where masks were lifted: who could not be told of it; the record itself is in the ledger.
    pub problems: Vec<Missing>,
}

/// Why an attachment is not handed out to a role.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Withheld {
    /// It bears the mark.
    #[error("it is marked as an identity document")]
    IdentityDocument,
    /// A PDF file with findings: nothing can be masked in it.
    #[error("personal data was found in it, and nothing can be masked in a PDF file")]
    Findings,
    /// A text or PDF file that was not read to its end.
    #[error("it could not be read to its end, so that nobody knows what stands in it")]
    NotRead,
    /// The role sees nothing but masked text.
    #[error("the role reads nothing that cannot be masked")]
    NothingClear,
}

impl Service {
    /// Writes an attachment as a role sees it, masked where it is a text.
    ///
    /// # Errors
    /// [`ServiceError::Withheld`]: then nothing is written. There is no such attachment, it is damaged, or writing fails.
    pub fn show_attachment(
        &self,
        conversation: &str,
        number: u32,
        sight: Sight,
        out: &mut dyn Write,
    ) -> Result<SeenAttachment, ServiceError> {
        let found = self.reading(|| self.find_attachment(conversation, number))?;
        self.hand_out(found, sight, out)
    }

    /// As [`Self::show_attachment`], without masks. The ledger says that it was read, by which role, and why, before the first byte
    /// is written.
    ///
    /// # Errors
    /// As [`Service::reveal`] and [`Self::show_attachment`]: what even then is withheld from the role is not recorded.
    pub fn reveal_attachment(
        &self,
        conversation: &str,
        number: u32,
        (viewer, reason): (Viewer, &str),
        out: &mut dyn Write,
    ) -> Result<SeenAttachment, ServiceError> {
        let (sight, by_role) = self.may_reveal(viewer, reason)?;
        let mut found = self.reading(|| self.find_attachment(conversation, number))?;
        let content = found.file.content(&self.detector())?;
        found.allow(&content, sight)?;
        let masked = self.masked_in(&content, &found.view, Sight::of(viewer));
        let mut body = self.revealed_body(found.node, (by_role, reason), (0, masked));
        body.attachment = Some(number);
        let problems = self.record_reveal(body)?;
        let mut seen = self.hand_out(found, sight, out)?;
        seen.problems = problems;
        Ok(seen)
    }

    fn find_attachment(&self, conversation: &str, number: u32) -> Result<Found, ServiceError> {
        let row = self.find_conversation(conversation)?;
        let admitted = self.admit(&row, conversation)?;
        let missing = || attachment_not_found(number);
        let messages = self.messages(&row, admitted.clone())?;
        let mut views = messages.into_iter().flat_map(|message| message.attachments);
        let view = views.find(|view| view.item == number).ok_or_else(missing)?;
        let items = self.store.items(self.tenant, row.node)?;
        let item = attachment_row(&items, number).ok_or_else(missing)?;
        let mut owner: OpenedOwner = self.open_owner(row.node, admitted)?;
        let stored = stored_attachment(item, &owner.open(item)?)?;
        let file = self.open_file(&mut owner, item, stored.bytes)?;
        Ok(Found {
            node: row.node,
            view,
            file,
        })
    }

    fn hand_out(
        &self,
        mut found: Found,
        sight: Sight,
        out: &mut dyn Write,
    ) -> Result<SeenAttachment, ServiceError> {
        let content = found.file.content(&self.detector())?;
        found.allow(&content, sight)?;
        let seen = |bytes, masked| SeenAttachment {
            bytes,
            masked,
            problems: Vec::new(),
        };
        let Content::Text(bytes) = &content else {
            return Ok(seen(found.file.copy_to(out)?, 0));
        };
        let Some((text, masked)) = text_of(bytes).map(|text| {
            let masked = masked_spans(&self.detector(), text.as_str(), sight);
            (text, masked)
        }) else {
            return Ok(seen(found.file.copy_to(out)?, 0));
        };
        let shown = with_replaced(bytes, &text, &masked);
        out.write_all(&shown).map_err(|source| ServiceError::Io {
            path: "the attachment".to_owned(),
            source,
        })?;
        Ok(seen(shown.len() as u64, masked.len() as u64))
    }

    /// Places in it that these eyes do not see in clear.
    fn masked_in(&self, content: &Content, view: &AttachmentView, sight: Sight) -> u64 {
        match content {
            Content::Text(bytes) => text_of(bytes).map_or(0, |text| {
                masked_spans(&self.detector(), text.as_str(), sight).len() as u64
            }),
            _ => view
                .scan
                .iter()
                .flat_map(|scan| &scan.findings)
                .filter(|(kind, _)| sight.masking(**kind) != Masking::Clear)
                .map(|(_, count)| count)
                .sum(),
        }
    }
}

/// An attachment, found and opened.
struct Found {
    node: wuhen_keytree::context::NodeId,
    view: AttachmentView,
    file: SealedFile,
}

impl Found {
    /// Whether it may be handed out, masked where that can be done.
    fn allow(&self, content: &Content, sight: Sight) -> Result<(), ServiceError> {
        let clear = |kinds: KindSet| {
            let mut kinds = kinds.iter();
            kinds.all(|kind| sight.masking(kind) == Masking::Clear)
        };
        let refused = |why| {
            Err(ServiceError::Withheld {
                number: self.view.item,
                viewer: sight.viewer(),
                why,
            })
        };
        if self.view.mark == Some(Mark::IdentityDocument) && !clear(IDENTITY_KINDS) {
            return refused(Withheld::IdentityDocument);
        }
        match content {
            Content::Text(_) => return Ok(()),
            Content::HalfText if !clear(KindSet::ALL) => return refused(Withheld::NotRead),
            Content::Pdf => {
                let scan = self.view.scan.as_ref();
                let found: KindSet = scan
                    .iter()
                    .flat_map(|scan| scan.findings.keys().copied())
                    .collect();
                if !clear(found) {
                    return refused(Withheld::Findings);
                }
                let is_read = scan.is_some_and(|scan| scan.state == ScanState::Done);
                if !is_read && !clear(IDENTITY_KINDS) {
                    return refused(Withheld::NotRead);
                }
            }
            Content::HalfText | Content::Other => {}
        }
        // A role that sees not even a name reads what was done, not whom it was about.
        if clear(KindSet::only(Kind::PersonName)) {
            return Ok(());
        }
        refused(Withheld::NothingClear)
    }
}

/// The row of an attachment by the number that it had when it came.
pub(crate) fn attachment_row(items: &[ItemRow], number: u32) -> Option<&ItemRow> {
    let mut rows = items.iter().filter(|row| row.kind == ItemKind::Attachment);
    rows.find(|row| row.place() == number)
}

/// What stands in place of what these eyes do not see.
fn masked_spans(
    detector: &Detector,
    text: &str,
    sight: Sight,
) -> Vec<(std::ops::Range<usize>, String)> {
    let mut findings = Vec::new();
    detector.scan(text, &mut findings);
    let masked = findings
        .into_iter()
        .filter(|found| sight.masking(found.kind) != Masking::Clear);
    masked
        .map(|found| {
            let words = &text[found.range()];
            let mut alone = [Finding {
                start: 0,
                end: words.len(),
                ..found
            }];
            (found.range(), sight.mask(words, &mut alone).into_owned())
        })
        .collect()
}
