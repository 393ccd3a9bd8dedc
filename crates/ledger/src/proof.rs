//! The C2SP `tlog-proof@v1` text: where an entry is in the log, its audit path, and a checkpoint. Without an `extra`
//! line, and read only in the spelling that we would write ourselves.

use crate::checkpoint::{CHECKPOINT_BYTES_MAX, CheckpointError};
use crate::{Checkpoint, Entry, Hash, Vkey, tree};
use std::fmt::Write as _;

/// An audit path has a hash per level: the logarithm of [`tree::TREE_SIZE_MAX`].
pub const PROOF_HASHES_MAX: usize = 40;

const HEADER: &str = "c2sp.org/tlog-proof@v1\nindex ";

/// That an entry is in the log of a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The entry's number, from 0.
    pub index: u64,
    /// The audit path, the leaf's sibling first.
    pub hashes: Vec<Hash>,
    /// The signed note, verbatim; not verified before [`Proof::verify`].
    pub checkpoint: String,
}

/// A proof that does not prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Not the text of a proof, or not in its only spelling.
    #[error("not a tlog-proof@v1 without extra data")]
    Malformed,
    /// More than [`PROOF_HASHES_MAX`].
    #[error("an audit path has at most 40 hashes")]
    TooManyHashes,
    /// The checkpoint is not one of this log.
    #[error("the checkpoint of the proof is not valid")]
    Checkpoint(#[from] CheckpointError),
    /// The audit path does not lead from this entry to the signed root.
    #[error("the entry is not at this place in the signed log")]
    NotIncluded,
}

impl Proof {
    /// Writes the text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{HEADER}{}\n", self.index);
        for hash in &self.hashes {
            writeln!(text, "{hash}").expect("writing to a string succeeds");
        }
        text + "\n" + &self.checkpoint
    }

    /// Reads the text; the checkpoint within is only bounded, see [`Proof::verify`].
    ///
    /// # Errors
    /// [`ProofError::Malformed`], [`ProofError::TooManyHashes`], or a checkpoint that is too long.
    pub fn parse(text: &str) -> Result<Self, ProofError> {
        let rest = text.strip_prefix(HEADER).ok_or(ProofError::Malformed)?;
        let (head, checkpoint) = rest.split_once("\n\n").ok_or(ProofError::Malformed)?;
        if checkpoint.len() > CHECKPOINT_BYTES_MAX {
            return Err(CheckpointError::TooLong(checkpoint.len()).into());
        }
        let mut lines = head.split('\n');
        let index = lines
            .next()
            .and_then(|line| line.parse().ok())
            .ok_or(ProofError::Malformed)?;
        let lines: Vec<_> = lines.take(PROOF_HASHES_MAX + 1).collect();
        if lines.len() > PROOF_HASHES_MAX {
            return Err(ProofError::TooManyHashes);
        }
        let hashes = lines
            .into_iter()
            .map(Hash::from_base64)
            .collect::<Option<_>>()
            .ok_or(ProofError::Malformed)?;
        let proof = Self {
            index,
            hashes,
            checkpoint: checkpoint.to_owned(),
        };
        if proof.to_text() == text {
            Ok(proof)
        } else {
            Err(ProofError::Malformed)
        }
    }

    /// The checkpoint, once its signature and the audit path of `entry` hold.
    ///
    /// # Errors
    /// [`ProofError::Checkpoint`], [`ProofError::NotIncluded`].
    pub fn verify(&self, entry: &Entry, vkey: &Vkey) -> Result<Checkpoint, ProofError> {
        let checkpoint = Checkpoint::verify(&self.checkpoint, vkey)?;
        if tree::check_inclusion(
            self.index,
            checkpoint.size,
            entry.leaf_hash(),
            checkpoint.root,
            &self.hashes,
        ) {
            Ok(checkpoint)
        } else {
            Err(ProofError::NotIncluded)
        }
    }
}
