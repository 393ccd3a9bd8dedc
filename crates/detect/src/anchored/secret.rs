//! What opens an account: passwords behind their word, keys by their prefix, tokens in URLs.

use crate::anchored::{finding, value};
use crate::context::Context;
use crate::finding::Evidence::{Keyword, Prefix, Shape};
use crate::finding::Finding;
use crate::keyword::{Hit, Topic};
use crate::kind::Kind;

/// Characters of a password; longer ones are keys.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=512;
/// Small letters in a row from which on they are no word of a sentence.
const SECRET_WORD_MIN: usize = 16;
/// Characters of a key behind its prefix.
const KEY_MIN: usize = 12;
/// Bytes of a URL before its `@`, at most.
const URL_MAX: usize = 512;

/// Bytes behind a password in which the network is named that it is for.
const NETWORK_BYTES: usize = 40;
/// How the networks for all guests are called.
const NETWORKS: [&str; 6] = ["_Guest", "_guest", "-Guest", "ssid", "SSID", "大堂那个"];

/// A password behind its word, unless it is on the wall for all guests.
pub(crate) fn behind_word(context: &Context<'_>, hit: &Hit) -> Option<Finding> {
    let text = context.text;
    if context
        .before(hit.start)
        .take(2)
        .any(|near| near.topic == Topic::Wifi)
    {
        return None;
    }
    let (at, link) = value::begin(text, hit.end)?;
    let mut word = secret_at(text, at)?;
    let near = text.floor_char_boundary((at + word.len() + NETWORK_BYTES).min(text.len()));
    if NETWORKS
        .iter()
        .any(|network| text[at + word.len()..near].contains(network))
    {
        return None;
    }
    // In a URL the next parameter begins at `&`.
    if text[..at].ends_with('=') {
        word = word.split('&').next().unwrap_or(word);
    }
    if is_prose(text, at, word) {
        return None;
    }
    let equals = text[hit.end..at].contains(['=', ':', '：', '＝']);
    let mixed = word.bytes().any(|byte| byte.is_ascii_digit())
        || word.bytes().any(|byte| b"!@#$%^&*_+~".contains(&byte));
    let strong = equals || link.is_chinese() && link.is_strong() || mixed;
    let short = matches!(
        &text[hit.start..hit.end],
        "sig"
            | "sign"
            | "secret"
            | "token"
            | "signature"
            | "key"
            | "pass"
            | "bearer"
            | "authorization"
    ) && !(equals && word.len() >= 8 || mixed && word.len() >= 12);
    (strong
        && !short
        && LENGTHS.contains(&word.len())
        && !value::is_measured(text, at + word.len()))
    .then(|| finding(at, at + word.len(), Kind::Secret, 92, &[Shape, Keyword]))
}

/// Whether a word is a parameter of a URL: `?code=`.
pub(crate) fn is_parameter(text: &str, hit: &Hit) -> bool {
    text[..hit.start].ends_with(['?', '&']) && text[..hit.end].ends_with('=')
        || text[..hit.start].ends_with(['?', '&']) && text[hit.end..].starts_with('=')
}

/// What opens an account by its URL: a parameter of hexadecimal digits, as long as a key.
pub(crate) fn parameter(text: &str, hit: &Hit) -> Option<Finding> {
    const HEX_MIN: usize = 24;
    let at = hit.end + usize::from(text[hit.end..].starts_with('='));
    let rest = text[at..].bytes().take(LENGTHS.end() + 1);
    let length = rest.take_while(u8::is_ascii_hexdigit).count();
    let whole = !text[at + length..].starts_with(|char: char| char.is_ascii_alphanumeric());
    (whole && (HEX_MIN..=*LENGTHS.end()).contains(&length))
        .then(|| finding(at, at + length, Kind::Secret, 92, &[Shape, Keyword]))
}

/// Whether what stands where a secret might is a word of a sentence: `password: please reset it`, `Authorization: Bearer ...`.
fn is_prose(text: &str, at: usize, word: &str) -> bool {
    const WORDS: [&str; 22] = [
        "bearer",
        "basic",
        "digest",
        "token",
        "required",
        "none",
        "null",
        "same",
        "below",
        "above",
        "reset",
        "forgotten",
        "incorrect",
        "wrong",
        "invalid",
        "expired",
        "protected",
        "please",
        "changed",
        "hidden",
        "missing",
        "unknown",
    ];
    let goes_on = text[at + word.len()..]
        .strip_prefix(' ')
        .is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_lowercase()));
    WORDS.iter().any(|prose| prose.eq_ignore_ascii_case(word))
        || goes_on
            && word.len() < SECRET_WORD_MIN
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// A key known by how it begins: the word of the automaton is that beginning. What was looked at up to `done` is not looked at
/// again: inside a key there is none.
pub(crate) fn token(text: &str, start: usize, done: &mut usize) -> Option<Finding> {
    if start < *done {
        return None;
    }
    let word = text[start..]
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"-_.+/=".contains(byte))
        .count();
    *done = start + word;
    let word = text[start..start + word].trim_end_matches(['.', '-', '/']);
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let upper = word.bytes().filter(u8::is_ascii_uppercase).count();
    (word.len() >= KEY_MIN + 4 && digits + upper >= 3).then(|| {
        finding(
            start,
            start + word.len(),
            Kind::Secret,
            97,
            &[Shape, Prefix],
        )
    })
}

/// Printable ASCII up to a space, a quote, a bracket or the next parameter, and no further than what is too long.
fn secret_at(text: &str, at: usize) -> Option<&str> {
    let length = text[at..]
        .bytes()
        .take(LENGTHS.end() + 1)
        .take_while(|byte| byte.is_ascii_graphic() && !is_bound(*byte))
        .count();
    let whole = &text[at..at + length];
    let word = whole.trim_end_matches(['.', '?', '!', ':']);
    // `abc!!` is one with its marks, or none.
    let word = if (1..*LENGTHS.start()).contains(&word.len()) {
        whole
    } else {
        word
    };
    (!word.is_empty()).then_some(word)
}

const fn is_bound(byte: u8) -> bool {
    matches!(
        byte,
        b'"' | b'\''
            | b'`'
            | b'<'
            | b'>'
            | b'('
            | b')'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b','
            | b';'
            | b'|'
    )
}

/// `https://name:password@host`: the part between `:` and `@`.
pub(crate) fn in_url(text: &str, at_sign: usize) -> Option<Finding> {
    let before = &text.as_bytes()[..at_sign];
    let length = (before.iter().rev().take(URL_MAX))
        .take_while(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'/'))
        .count();
    let scheme = at_sign - length;
    let colon = text[scheme..at_sign].find(':')? + scheme + 1;
    (before[..scheme].ends_with(b"://") && colon < at_sign)
        .then(|| finding(colon, at_sign, Kind::Secret, 98, &[Shape, Prefix]))
}
