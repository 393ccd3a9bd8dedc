//! Base64 as every format here uses it: RFC 4648 section 4, padded, one spelling for each value.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub(crate) fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// `None` for anything but the one canonical spelling.
pub(crate) fn from_base64(text: &str) -> Option<Vec<u8>> {
    let bytes = STANDARD.decode(text).ok()?;
    // The decoder refuses stray trailing bits today; a certificate must not depend on that staying so.
    (to_base64(&bytes) == text).then_some(bytes)
}

pub(crate) fn array_from_base64<const N: usize>(text: &str) -> Option<[u8; N]> {
    from_base64(text)?.try_into().ok()
}
