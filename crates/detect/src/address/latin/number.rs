//! Numbers of addresses: postcodes, ordinals of streets, digits in a row.

/// A postcode: 5 or 6 digits, 62704-1234, SW1A, 1AA, K1A.
pub(super) fn is_post(token: &str) -> bool {
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    let upper = token.bytes().filter(u8::is_ascii_uppercase).count();
    let clean = token
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase() || byte == b'-');
    clean
        && (upper == 0 && matches!(digits, 4..=6 | 9)
            || upper > 0 && digits > 0 && token.len() <= 7)
}

/// Bytes of 23rd, 5th.
pub(super) fn ordinal(bytes: &[u8]) -> usize {
    let number = digits(bytes);
    let ends = [b"st", b"nd", b"rd", b"th"];
    let ordered = (1..=3).contains(&number)
        && (bytes.get(number..number + 2)).is_some_and(|end| ends.iter().any(|one| end == *one))
        && bytes.get(number + 2) == Some(&b' ');
    if ordered { number + 2 } else { 0 }
}

pub(super) fn digits(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count()
}
