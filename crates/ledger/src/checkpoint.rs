//! Checkpoints: the log's size and root, signed (C2SP tlog-checkpoint in a C2SP signed-note, Ed25519). Reading is strict:
//! one signature, no extension lines, key name equal to origin, and only the spelling that we would write ourselves.

use crate::encoding::{array_from_base64, to_base64};
use crate::{Hash, tree};
use aws_lc_rs::digest;
use ed25519_dalek::{Signature, SigningKey, VerifyingKey};
use std::fmt;

/// The origin of a log, which is also its key's name, in bytes.
pub const ORIGIN_BYTES_MAX: usize = 256;
/// Origin twice, 13 digits of size, 44 of root, 92 of signature, and separators: under 700.
pub const CHECKPOINT_BYTES_MAX: usize = 1024;

/// C2SP signed-note: the type byte of an Ed25519 key.
const ED25519: u8 = 1;
const SIGNATURE_BYTES: usize = 64;

/// What a log promises about itself: these many entries, this root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name.
    pub origin: String,
    /// Entries in the log.
    pub size: u64,
    /// The Merkle root over them.
    pub root: Hash,
}

/// The public half of a log's key: `name+keyid+base64(0x01 | key)`.
#[derive(Clone, PartialEq, Eq)]
pub struct Vkey {
    name: String,
    key: VerifyingKey,
}

/// The secret half. The seed is wiped on drop; there is no way to read, print or copy it.
#[expect(
    missing_debug_implementations,
    reason = "a signing key is never printed"
)]
pub struct Signer {
    vkey: Vkey,
    key: SigningKey,
}

/// A checkpoint that is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Over [`CHECKPOINT_BYTES_MAX`].
    #[error("a checkpoint has at most 1024 bytes, not {0}")]
    TooLong(usize),
    /// Not three lines, an empty one, and one signature line, each in its only spelling.
    #[error("not a checkpoint of one log, one signature and no extension")]
    Malformed,
    /// Over [`tree::TREE_SIZE_MAX`].
    #[error("a ledger holds at most 2^40 entries, not {0}")]
    TooLarge(u64),
    /// Signed under another name or key id.
    #[error("the checkpoint is not signed by this key")]
    OtherKey,
    /// The name fits and the signature does not.
    #[error("the signature of the checkpoint is wrong")]
    Signature,
    /// A signer signs for its own log only.
    #[error("the checkpoint belongs to another log than the signer")]
    OtherOrigin,
}

/// A text that is not a verifier key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VkeyError {
    /// Empty, over [`ORIGIN_BYTES_MAX`], or with a space, plus or control character.
    #[error("a ledger's name has 1 to 256 bytes without spaces, plus or control characters")]
    Name,
    /// Not `name+keyid+key` in its only spelling.
    #[error("not a verifier key of the form name+keyid+key")]
    Malformed,
    /// Another type byte than Ed25519's.
    #[error("the verifier key is not an Ed25519 key")]
    Algorithm,
    /// Not a point of the curve, a weak one, or not its canonical encoding.
    #[error("the verifier key is not a sound Ed25519 key")]
    Key,
    /// The key id is not the hash of name and key.
    #[error("the id in the verifier key does not fit its name and key")]
    Id,
}

impl Checkpoint {
    /// Writes the signed note.
    ///
    /// # Errors
    /// [`CheckpointError::OtherOrigin`] when the signer belongs to another log.
    pub fn sign(&self, signer: &Signer) -> Result<String, CheckpointError> {
        if self.origin != signer.origin() {
            return Err(CheckpointError::OtherOrigin);
        }
        let text = self.text();
        let signature = ed25519_dalek::Signer::sign(&signer.key, text.as_bytes());
        Ok(note(&text, &signer.vkey, &signature))
    }

    /// Reads a note that `vkey` has signed.
    ///
    /// # Errors
    /// Every [`CheckpointError`] but `OtherOrigin`.
    pub fn verify(note_text: &str, vkey: &Vkey) -> Result<Self, CheckpointError> {
        if note_text.len() > CHECKPOINT_BYTES_MAX {
            return Err(CheckpointError::TooLong(note_text.len()));
        }
        let parsed = signed_note::Note::from_bytes(note_text.as_bytes())
            .map_err(|_| CheckpointError::Malformed)?;
        let text = str::from_utf8(parsed.text()).map_err(|_| CheckpointError::Malformed)?;
        let checkpoint = Self::from_text(text).ok_or(CheckpointError::Malformed)?;
        if checkpoint.size > tree::TREE_SIZE_MAX {
            return Err(CheckpointError::TooLarge(checkpoint.size));
        }
        let line = note_text[text.len()..]
            .strip_prefix("\n— ")
            .ok_or(CheckpointError::Malformed)?;
        let (name, blob) = line
            .trim_end_matches('\n')
            .split_once(' ')
            .ok_or(CheckpointError::Malformed)?;
        let blob: [u8; 4 + SIGNATURE_BYTES] =
            array_from_base64(blob).ok_or(CheckpointError::Malformed)?;
        let (id, signature) = blob.split_at(4);
        if name != vkey.name || checkpoint.origin != vkey.name || id != vkey.id() {
            return Err(CheckpointError::OtherKey);
        }
        let signature = Signature::from_slice(signature).map_err(|_| CheckpointError::Malformed)?;
        if note(text, vkey, &signature) != note_text {
            return Err(CheckpointError::Malformed);
        }
        vkey.key
            .verify_strict(text.as_bytes(), &signature)
            .map_err(|_| CheckpointError::Signature)?;
        Ok(checkpoint)
    }

    fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, self.root)
    }

    /// The three lines, with no fourth.
    fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let checkpoint = Self {
            origin: lines.next()?.to_owned(),
            size: lines.next()?.parse().ok()?,
            root: Hash::from_base64(lines.next()?)?,
        };
        (lines.next().is_none() && checkpoint.text() == text).then_some(checkpoint)
    }
}

/// C2SP signed-note: the text, an empty line, one signature line.
fn note(text: &str, vkey: &Vkey, signature: &Signature) -> String {
    let blob = [vkey.id().as_slice(), &signature.to_bytes()].concat();
    format!("{text}\n— {} {}\n", vkey.name, to_base64(&blob))
}

impl Signer {
    /// The key of the log called `origin`, from 32 random bytes, which the caller wipes.
    ///
    /// # Errors
    /// [`VkeyError::Name`].
    pub fn from_seed(origin: &str, seed: &[u8; 32]) -> Result<Self, VkeyError> {
        check_name(origin)?;
        let key = SigningKey::from_bytes(seed);
        Ok(Self {
            vkey: Vkey {
                name: origin.to_owned(),
                key: key.verifying_key(),
            },
            key,
        })
    }

    /// The public half.
    #[must_use]
    pub fn vkey(&self) -> &Vkey {
        &self.vkey
    }

    /// The log that this key signs for.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.vkey.name
    }
}

impl Vkey {
    /// Reads `name+keyid+base64(0x01 | 32-byte key)` in its only spelling; the key id must fit.
    ///
    /// # Errors
    /// [`VkeyError`].
    pub fn parse(text: &str) -> Result<Self, VkeyError> {
        let (name, rest) = text.split_once('+').ok_or(VkeyError::Malformed)?;
        let (id, key) = rest.split_once('+').ok_or(VkeyError::Malformed)?;
        check_name(name)?;
        let [algorithm, key @ ..] = array_from_base64::<33>(key).ok_or(VkeyError::Malformed)?;
        if algorithm != ED25519 {
            return Err(VkeyError::Algorithm);
        }
        let point = VerifyingKey::from_bytes(&key).map_err(|_| VkeyError::Key)?;
        if point.is_weak() || point.to_edwards().compress().to_bytes() != key {
            return Err(VkeyError::Key);
        }
        let vkey = Self {
            name: name.to_owned(),
            key: point,
        };
        if id != hex(&vkey.id()) {
            return Err(VkeyError::Id);
        }
        Ok(vkey)
    }

    /// The log that this key signs for.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// For people to compare: the first 128 bits of SHA-256 over the verifier key's text, as eight groups of four hex digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let sum = digest::digest(&digest::SHA256, self.to_string().as_bytes());
        sum.as_ref()[..16]
            .chunks(2)
            .map(hex)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// C2SP signed-note: the first four bytes of SHA-256(name | 0x0A | type | key).
    fn id(&self) -> [u8; 4] {
        let key = signed_note::key_id(&self.name, &self.typed_key());
        key.to_be_bytes()
    }

    fn typed_key(&self) -> Vec<u8> {
        [&[ED25519], self.key.as_bytes().as_slice()].concat()
    }
}

impl fmt::Display for Vkey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}+{}+{}",
            self.name,
            hex(&self.id()),
            to_base64(&self.typed_key())
        )
    }
}

impl fmt::Debug for Vkey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Vkey({self})")
    }
}

fn check_name(name: &str) -> Result<(), VkeyError> {
    let sound = signed_note::is_key_name_valid(name) && !name.chars().any(char::is_control);
    if sound && name.len() <= ORIGIN_BYTES_MAX {
        Ok(())
    } else {
        Err(VkeyError::Name)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        for nibble in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(nibble.into(), 16));
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A feature of ed25519-dalek does it; without that feature this does not compile.
    #[test]
    fn the_signing_key_is_wiped_on_drop() {
        fn wiped<T: zeroize::ZeroizeOnDrop>(_: &T) {}
        wiped(&Signer::from_seed("hotel.example", &[1; 32]).unwrap().key);
    }
}
