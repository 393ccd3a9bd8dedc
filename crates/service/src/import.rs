//! Import of chat records: one file is one transaction. Records are sealed as they are read; nothing is stored in
//! plaintext first. Importing again adds what is new; what was erased stays away.

mod content;
mod conversation;
mod job;
mod randomness;
mod talk;

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;
use wuhen_formats::{JsonLines, Source};

use crate::attachment::AttachmentCounts;
use crate::settings::RecordKind;
use crate::{Service, ServiceError};
use job::Job;

/// Lines between two reports of progress.
const PROGRESS_LINES: u64 = 2_000;

/// How an import is done.
#[derive(Clone, Default)]
pub struct ImportOptions {
    /// Name of the source that the file's ids belong to. None: the file's name without its endings.
    pub source: Option<String>,
    /// Lets records in that were erased before.
    pub allow_erased: bool,
}

/// How far an import has come.
#[derive(Clone, Copy)]
pub struct Progress {
    /// Bytes taken from the file.
    pub bytes_read: u64,
    /// Bytes of the file, where known.
    pub bytes_total: Option<u64>,
    /// Messages stored so far.
    pub messages: u64,
}

/// Records by kind.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize)]
pub struct RecordCounts {
    /// Guests.
    pub guests: u64,
    /// Conversations.
    pub conversations: u64,
    /// Messages.
    pub messages: u64,
    /// Attachments.
    pub attachments: u64,
}

/// What an import did.
#[derive(Clone, Debug)]
pub struct ImportReport {
    /// The source that the ids belong to.
    pub source: String,
    /// Records added.
    pub added: RecordCounts,
    /// Records that were there already.
    pub known: RecordCounts,
    /// Records that were erased before, and stayed away.
    pub kept_away: RecordCounts,
    /// Sources whose erased guests and conversations have the ids of how many that were let in under a new source's name: if
    /// they are the same records, they are back.
    pub erased_elsewhere: BTreeMap<String, u64>,
    /// What was done to attachments, and found in them.
    pub attachments: AttachmentCounts,
    /// Card security codes that were cut from what came: they are stored nowhere.
    pub cut: u64,
    /// How long it took.
    pub took: Duration,
}

/// What a running import has counted.
struct Counted {
    added: RecordCounts,
    known: RecordCounts,
    kept_away: RecordCounts,
    erased_elsewhere: BTreeMap<String, u64>,
    attachments: AttachmentCounts,
    cut: u64,
}

/// What is wrong with a line that is a record of the right form.
#[derive(Debug, thiserror::Error)]
pub enum ImportProblem {
    /// A record names one that neither the file before it nor the store has.
    #[error(
        "field `{field}` names a {kind} that is not known here; a {kind} must stand before what refers to it"
    )]
    UnknownReference {
        /// The field.
        field: &'static str,
        /// What it should name.
        kind: &'static str,
    },
    /// The id stands twice in this file.
    #[error("this {0} id stands twice in this file; ids must be unique within a source")]
    Duplicate(&'static str),
    /// A limit of the key tree.
    #[error("the guest has {0} conversations already, the most that one guest may have")]
    ConversationsOfGuest(u32),
    /// An attachment's file.
    #[error(transparent)]
    Attachment(#[from] wuhen_formats::attachment::AttachmentError),
    /// An attachment's file could not be read to its end.
    #[error("the attachment cannot be read")]
    AttachmentIo(#[source] std::io::Error),
    /// The conversation is being erased at this moment.
    #[error("the conversation is being erased; import again afterwards")]
    Closed,
}

impl Service {
    /// Imports one file.
    ///
    /// # Errors
    /// A line that cannot be imported: nothing of the file stays. A full disk, likewise.
    pub fn import(
        &self,
        source: Source,
        options: &ImportOptions,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<ImportReport, ServiceError> {
        let started = self.surroundings.clock.elapsed();
        let file = source.name.clone();
        let bytes_total = source.bytes_total;
        let name = options.source.clone().unwrap_or_else(|| source_name(&file));
        let mut lines = JsonLines::new(source);
        let mut job = Job::begin(self, &file, &name, options.allow_erased)?;
        let outcome = run(&mut job, &mut lines, bytes_total, progress);
        let counted = match outcome {
            Ok(()) => job.finish()?,
            Err(error) => {
                job.undo()?;
                return Err(error);
            }
        };
        Ok(ImportReport {
            source: name,
            added: counted.added,
            known: counted.known,
            kept_away: counted.kept_away,
            erased_elsewhere: counted.erased_elsewhere,
            attachments: counted.attachments,
            cut: counted.cut,
            took: self.surroundings.clock.elapsed().saturating_sub(started),
        })
    }
}

fn run(
    job: &mut Job<'_>,
    lines: &mut JsonLines,
    bytes_total: Option<u64>,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), ServiceError> {
    let folder = lines.source().folder.clone();
    let mut count = 0_u64;
    while let Some(line) = lines.next_line() {
        let line = line?;
        job.record(line.number, &line.record, folder.as_deref())?;
        count += 1;
        if count.is_multiple_of(PROGRESS_LINES) {
            progress(Progress {
                bytes_read: line.bytes_read,
                bytes_total,
                messages: job.added.messages,
            });
        }
    }
    job.settle()?;
    progress(Progress {
        bytes_read: lines.source().bytes_read(),
        bytes_total,
        messages: job.added.messages,
    });
    Ok(())
}

/// `hotel.jsonl.gz` is the source `hotel`; standard input is `stdin`.
fn source_name(file: &str) -> String {
    let path = std::path::Path::new(file);
    let Some(name) = path
        .file_name()
        .and_then(|name| name.to_str())
        .filter(|_| file != "standard input")
    else {
        return "stdin".to_owned();
    };
    let stem = name.trim_end_matches(".gz").trim_end_matches(".zst");
    let stem = stem
        .strip_suffix(".jsonl")
        .or_else(|| stem.strip_suffix(".json"))
        .unwrap_or(stem);
    if stem.is_empty() {
        name.to_owned()
    } else {
        stem.to_owned()
    }
}

impl RecordKind {
    fn count(self, counts: &mut RecordCounts) {
        match self {
            Self::Guest => counts.guests += 1,
            Self::Conversation => counts.conversations += 1,
            Self::Message => counts.messages += 1,
        }
    }
}
