//! Attachments of an import: read once, sealed in a stream, written as blobs.

use std::fs::File;
use std::path::Path;

use wuhen_keytree::context::ItemKind;
use wuhen_keytree::stream;
use wuhen_model::record::Attachment;
use wuhen_store::BlobRow;

use super::Job;
use crate::Service;
use crate::error::ServiceError;
use crate::import::ImportProblem;
use crate::import::content::Inspected;
use crate::import::conversation::OpenConversation;
use crate::import::talk::Near;
use crate::keys::item_context;
use crate::stored::{StoredAttachment, to_json};

/// The files that an import has written, when its transaction is over.
pub(super) struct Files<'s> {
    pub(super) service: &'s Service,
    pub(super) names: Vec<String>,
    pub(super) left_unsettled: bool,
}

impl Files<'_> {
    /// After a commit: all have their rows.
    pub(super) fn settle(self) -> Result<(), ServiceError> {
        if !self.names.is_empty() && !self.left_unsettled {
            self.service.store.blobs().set_unsettled(false)?;
        }
        Ok(())
    }

    /// After a transaction that was undone.
    pub(super) fn remove(self) -> Result<(), ServiceError> {
        for name in &self.names {
            self.service.store.blobs().remove(name)?;
        }
        self.settle()
    }

    /// After a commit that failed: on some disks it may have taken effect all the same, so the rows are asked.
    pub(super) fn remove_unless_committed(self) -> Result<(), ServiceError> {
        let kept = self.service.store.blob_names(self.service.tenant)?;
        if self.names.iter().any(|name| kept.contains(name)) {
            return self.settle();
        }
        self.remove()
    }
}

impl Job<'_> {
    pub(super) fn attachment(
        &mut self,
        open: &mut OpenConversation,
        (message, near): (u32, Near),
        number: u32,
        attachment: &Attachment<'_>,
        folder: Option<&Path>,
    ) -> Result<(), ServiceError> {
        let mut inspected = self.inspect(&attachment.path, folder)?;
        self.ensure_segment(open, number)?;
        let leaf = open
            .leaves
            .leaf(number % wuhen_keytree::seed::SEGMENT_ITEMS)
            .expect("a new item is not punctured");
        let name = wuhen_store::hex(&self.service.random::<16>());
        if self.blobs.is_empty() {
            self.service.store.blobs().set_unsettled(true)?;
        }
        self.blobs.push(name.clone());
        let mut sink = self.service.store.blobs().create(&name)?;
        let context = item_context(self.tenant, open.row.node, number, ItemKind::AttachmentBlob);
        let bytes = stream::seal(
            &leaf,
            &context,
            self.service.random(),
            &mut *inspected.content,
            &mut *sink,
        )
        .map_err(|error| self.stream_problem(error))?;
        let sealed_bytes = sink.finish()?;
        let (name_given, media_type) =
            (attachment.name.as_deref(), attachment.media_type.as_deref());
        let file_name = Path::new(&*attachment.path).file_name();
        let names = [name_given, file_name.and_then(|name| name.to_str())];
        let mark = self.inspector.mark(inspected.what, near, names, media_type);
        let before = self.door.cut;
        let name_stored = name_given.map(|name| self.door.text(name).into_owned());
        let media_type = media_type.map(|media_type| self.door.text(media_type).into_owned());
        let path = self.door.text(&attachment.path).into_owned();
        let other = self.door.fields(&attachment.other).into_owned();
        let header = to_json(&StoredAttachment {
            message,
            name: name_stored,
            media_type,
            path,
            bytes,
            stripped: inspected.stripped,
            not_understood: inspected.not_understood,
            not_looked_into: inspected.not_looked_into,
            codes_left: inspected.codes_left,
            mark,
            scan: inspected.scan,
            findings: inspected.findings,
            other,
            cut_beside: self.door.cut - before,
            redacted: None,
        });
        let node = open.row.node;
        self.insert(
            node,
            &mut open.leaves,
            number,
            ItemKind::Attachment,
            None,
            (header, &[]),
        )?;
        self.transaction.insert_blob(BlobRow {
            owner: node,
            item: number,
            name,
            bytes: sealed_bytes,
        })?;
        Ok(())
    }

    fn inspect(&mut self, path: &str, folder: Option<&Path>) -> Result<Inspected, ServiceError> {
        use wuhen_formats::attachment::{AttachmentError, resolve_attachment};
        let path = folder
            .ok_or(AttachmentError::NoFolder)
            .and_then(|folder| resolve_attachment(folder, path))
            .map_err(|error| self.problem(error.into()))?;
        let opened = File::open(&path).and_then(|file| self.inspector.open(file));
        opened.map_err(|error| self.problem(ImportProblem::AttachmentIo(error)))
    }

    /// The errors of writing are the store's, those of reading the attachment's.
    pub(super) fn stream_problem(&self, error: std::io::Error) -> ServiceError {
        if matches!(
            error.kind(),
            std::io::ErrorKind::StorageFull
                | std::io::ErrorKind::FileTooLarge
                | std::io::ErrorKind::QuotaExceeded
        ) {
            return ServiceError::Store(wuhen_store::StoreError::Full);
        }
        self.problem(ImportProblem::AttachmentIo(error))
    }
}
