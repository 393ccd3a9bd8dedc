//! Addresses of machines with colons: IPv6 (RFC 4291, 2.2) and EUI-48, the latter also with hyphens or dots.

use core::net::Ipv6Addr;

use crate::finding::Evidence::Shape;
use crate::finding::{EvidenceSet, Finding};
use crate::kind::Kind;

/// `xx:xx:xx:xx:xx:xx`.
const HARDWARE: usize = 17;
/// `xxxx.xxxx.xxxx`.
const DOTTED: usize = 14;
/// `xxxxxxxxxxxx`.
const PLAIN: usize = 12;
/// Bytes between the word for a hardware address and one of digits alone.
const MAC_REACH: usize = 24;
/// Eight groups of four and seven colons, or with an IPv4 tail.
const IPV6_MAX: usize = 45;

/// The address around a `:` or `-` at `at`, if there is one. It is looked for from the start of its word.
pub(crate) fn address(text: &str, at: usize) -> Option<Finding> {
    let bytes = text.as_bytes();
    let mark = bytes[at];
    let inside =
        |byte: &u8| byte.is_ascii_hexdigit() || *byte == mark || mark == b':' && *byte == b'.';
    let start = at
        - bytes[at.saturating_sub(IPV6_MAX)..at]
            .iter()
            .rev()
            .take_while(|byte| inside(byte))
            .count();
    let end = at
        + bytes[at..]
            .iter()
            .take(IPV6_MAX + 1)
            .take_while(|byte| inside(byte))
            .count();
    // `IP:2001:db8::1`: the first colon is the sentence's.
    let lone = bytes[start..end].starts_with(b":") && !bytes[start..end].starts_with(b"::");
    let start = start + usize::from(lone);
    let glued = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    if glued(start.checked_sub(1).map(|at| &bytes[at])) || glued(bytes.get(end)) {
        return None;
    }
    let word = text[start..end].trim_end_matches(['.', '-']);
    if is_hardware(word, mark) {
        return Some(found(start, start + HARDWARE, Kind::MacAddress));
    }
    let colons = word.bytes().filter(|byte| *byte == b':').count();
    let real = mark == b':' && colons >= 2 && word.len() >= 6 && word.parse::<Ipv6Addr>().is_ok();
    real.then(|| found(start, start + word.len(), Kind::IpAddress))
}

/// `001122aabbcc`, a hardware address in one piece, with the digit at `at` in it, where a `MAC` stands before it.
pub(crate) fn in_one_piece(text: &str, at: usize) -> Option<Finding> {
    let bytes = text.as_bytes();
    let inside = |byte: &&u8| byte.is_ascii_alphanumeric();
    let before = bytes[at.saturating_sub(PLAIN)..at].iter().rev();
    let start = at - before.take_while(inside).count();
    let end = start
        + bytes[start..]
            .iter()
            .take(PLAIN + 1)
            .take_while(inside)
            .count();
    let whole = start == 0 || !bytes[start - 1].is_ascii_alphanumeric();
    let word = &bytes[start..end];
    (whole
        && word.len() == PLAIN
        && word.iter().all(u8::is_ascii_hexdigit)
        && word.iter().any(u8::is_ascii_alphabetic)
        && is_called_mac(bytes, start))
    .then(|| found(start, end, Kind::MacAddress))
}

fn is_called_mac(bytes: &[u8], start: usize) -> bool {
    let near = &bytes[start.saturating_sub(MAC_REACH)..start];
    near.windows(3)
        .any(|word| word.eq_ignore_ascii_case(b"mac"))
}

/// `0011.2233.4455`, a hardware address as switches write it, with the digit at `at` in it. Where it has no letter, a `MAC` stands
/// before it, or it begins with zeros: else it may be anything. With hyphens, `0011-2233-4455`, a `MAC` always stands before it.
pub(crate) fn dotted(text: &str, at: usize) -> Option<Finding> {
    in_fours(text, at, b'.').or_else(|| in_fours(text, at, b'-'))
}

fn in_fours(text: &str, at: usize, mark: u8) -> Option<Finding> {
    let bytes = text.as_bytes();
    let inside = |byte: &u8| byte.is_ascii_hexdigit() || *byte == mark;
    let before = bytes[at.saturating_sub(DOTTED)..at].iter().rev();
    let start = at - before.take_while(|byte| inside(byte)).count();
    let word = bytes[start..].iter().take(DOTTED + 1);
    let length = word.take_while(|byte| inside(byte)).count();
    let glued = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let end = start + DOTTED;
    // The full stop of a sentence may follow.
    let stopped = length == DOTTED + 1 && bytes[end] == b'.';
    if length != DOTTED && !stopped
        || glued(start.checked_sub(1).map(|at| &bytes[at]))
        || glued(bytes.get(start + length))
    {
        return None;
    }
    let word = &bytes[start..end];
    let shaped = (word.iter().enumerate()).all(|(place, byte)| (*byte == mark) == (place % 5 == 4));
    let telling = mark == b'.'
        && (word.iter().any(u8::is_ascii_alphabetic) || word.starts_with(b"00"))
        || is_called_mac(bytes, start);
    (shaped && telling).then(|| found(start, end, Kind::MacAddress))
}

fn is_hardware(word: &str, mark: u8) -> bool {
    let bytes = word.as_bytes();
    bytes.len() == HARDWARE
        && bytes.iter().enumerate().all(|(place, byte)| {
            if place % 3 == 2 {
                *byte == mark
            } else {
                byte.is_ascii_hexdigit()
            }
        })
        && !bytes.iter().all(|byte| *byte == b'0' || *byte == mark)
}

fn found(start: usize, end: usize, kind: Kind) -> Finding {
    Finding {
        start,
        end,
        kind,
        score: 95,
        evidence: EvidenceSet::NONE.with(Shape),
    }
}
