//! Why sealed bytes do not open. No variant carries content, keys or anything personal.

/// Sealed bytes that were refused. Nothing of their content is handed out with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Too short, too long, or not in the one canonical form.
    #[error("the bytes do not have the form of a sealed value")]
    Format,
    /// The first byte names a format version that this program does not know.
    #[error("format version {0} is not known here; a newer program may have written it")]
    UnknownVersion(u8),
    /// The second byte names a cipher suite that this program does not know.
    #[error("cipher suite {0} is not known here; a newer program may have written it")]
    UnknownAlgorithm(u8),
    /// The key commitment differs: another key, another place, or changed bytes.
    #[error("it was sealed under another key or for another place")]
    Commitment,
    /// The authentication tag differs: another key, another place, or changed bytes.
    #[error("it was changed, or sealed under another key or for another place")]
    Authentication,
    /// The stream stops before its last segment.
    #[error("it ends too early")]
    Truncated,
    /// A blob was read as an item, or an item as a blob.
    #[error("blobs are streams and everything else is an item; this is the other of the two")]
    WrongKind,
    /// The item's leaf was punctured, or never existed. Callers use it where [`crate::seed::Frontier::leaf`] is `None`.
    #[error("its key was erased")]
    Punctured,
}
