//! What is known about attachments beside their bytes: what was taken out of pictures at the door, what a scan found in texts,
//! what somebody says they show. It lies sealed in the attachment's header, or in an item of its own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wuhen_detect::Kind;

use crate::stored::StoredAttachment;

/// What an attachment shows, where that decides how it is treated.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// An identity document or a payment card.
    IdentityDocument,
}

impl Mark {
    /// The name in JSON and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::IdentityDocument => "identity-document",
        }
    }
}

/// How far the text of a file was read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScanState {
    /// To its end.
    Done,
    /// Up to a limit: what stands behind it is not known.
    TooLarge,
    /// Not at all: it opens with a password only.
    Encrypted,
    /// As far as it can be read; a PDF file whose fonts do not say what they show is one of these, and a text with bytes in it that
    /// are no characters.
    Damaged,
    /// As far as it is text: pages of a PDF file are pictures, and what is written in those is not known.
    Pictures,
}

impl ScanState {
    /// All, in this order.
    pub const ALL: [Self; 5] = [
        Self::Done,
        Self::TooLarge,
        Self::Encrypted,
        Self::Damaged,
        Self::Pictures,
    ];

    /// The name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::TooLarge => "too-large",
            Self::Encrypted => "encrypted",
            Self::Damaged => "damaged",
            Self::Pictures => "pictures",
        }
    }
}

/// What a scan made of a file's text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContentScan {
    /// How far it was read.
    pub state: ScanState,
    /// How many of each kind of personal data it has, as far as it was read. Card security codes of text files are cut out.
    pub findings: BTreeMap<Kind, u64>,
}

/// An attachment as shown.
#[derive(Clone)]
pub struct AttachmentView {
    /// The item number that it had in its conversation when it came; a new version keeps it.
    pub item: u32,
    /// File name.
    pub name: Option<String>,
    /// Such as `image/jpeg`.
    pub media_type: Option<String>,
    /// Path it was imported from, relative to the import.
    pub path: String,
    /// Bytes.
    pub bytes: u64,
    /// What it shows, by a mark of somebody, or else by what was said around it.
    pub mark: Option<Mark>,
    /// What a picture lost at the door: `location`, `thumbnail`, `maker-note`, `metadata`, `trailing-data`.
    pub stripped: Vec<String>,
    /// When personal data was last cut out of it, or of its name, RFC 3339; none where it is as it came.
    pub redacted_at: Option<String>,
    /// A picture that was damaged, or of a kind that is not wholly known: something of the above may be left in it.
    pub not_understood: bool,
    /// Neither text nor PDF file, picture or film: it was not looked into, and may hold anything.
    pub not_looked_into: bool,
    /// A PDF file in which card security codes were found: they are stored with it.
    pub codes_left: bool,
    /// What a scan made of its text, if it is a text or a PDF file.
    pub scan: Option<ContentScan>,
}

/// What an import did to attachments, and found in them. Each number counts attachments.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct AttachmentCounts {
    /// Pictures that something was taken out of, by what that was; one picture may count for several.
    pub stripped: BTreeMap<&'static str, u64>,
    /// Pictures that were damaged, or of a kind that is not wholly known.
    pub not_understood: u64,
    /// Neither texts nor PDF files, pictures or films: they were not looked into, and may hold anything.
    pub not_looked_into: u64,
    /// Taken for identity documents by what was said around them.
    pub identity_documents: u64,
    /// Texts and PDF files, by how far they were read.
    pub scanned: BTreeMap<ScanState, u64>,
    /// Those among them with personal data.
    pub with_findings: u64,
    /// Text files that card security codes were cut out of.
    pub codes_cut: u64,
    /// PDF files in which card security codes were found. Nothing is cut out of such a file: they are stored with it.
    pub codes_in_documents: u64,
}

/// An attachment as it was stored, with the mark that counts.
pub(crate) fn attachment_view(
    item: u32,
    stored: StoredAttachment,
    mark: Option<Mark>,
) -> AttachmentView {
    let findings = stored.findings.iter();
    let scan = stored.scan.map(|state| ContentScan {
        state,
        // Kinds of a later version are passed over.
        findings: findings
            .filter_map(|(kind, count)| Some((kind.parse().ok()?, *count)))
            .collect(),
    });
    AttachmentView {
        item,
        name: stored.name,
        media_type: stored.media_type,
        path: stored.path,
        bytes: stored.bytes,
        mark,
        stripped: stored.stripped,
        redacted_at: stored.redacted.map(|redacted| redacted.at),
        not_understood: stored.not_understood,
        not_looked_into: stored.not_looked_into,
        codes_left: stored.codes_left,
        scan,
    }
}
