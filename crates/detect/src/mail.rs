//! Mail addresses: RFC 5321's dot-atoms around an `@` of either width, and a domain that can be one.

use crate::chars::{Class, char_before, char_from};
use crate::finding::Evidence::Shape;
use crate::finding::{EvidenceSet, Finding};
use crate::kind::Kind;

/// RFC 5321, 4.5.3.1.
const LOCAL_MAX: usize = 64;
const DOMAIN_MAX: usize = 255;

/// The address around the `@` at `at`.
pub(crate) fn mail(text: &str, at: usize) -> Option<Finding> {
    let sign = char_from(text, at)?;
    let spaced_before = text[..at].ends_with(' ');
    let behind = at + sign.bytes;
    let spaced_behind = text[behind..].starts_with(' ');
    let apart = spaced_before && spaced_behind;
    if spaced_before != spaced_behind {
        return None;
    }
    let start = local_start(text, at - usize::from(apart))?;
    let (end, labels) = domain_end(text, behind + usize::from(apart))?;
    // `a@b.cc@d.ee`: what stands before the last sign is no domain.
    if char_from(text, end).is_some_and(|char| char.class == Class::At) {
        return None;
    }
    // With spaces around the sign only a domain of two labels or more, small: `me @ example.com`.
    let score = if apart { 75 } else { 97 };
    (labels >= 2).then(|| Finding {
        start,
        end,
        kind: Kind::Email,
        score,
        evidence: EvidenceSet::NONE.with(Shape),
    })
}

fn local_start(text: &str, end: usize) -> Option<usize> {
    let mut start = end;
    while let Some((before, char)) = char_before(text, start) {
        let byte = text.as_bytes()[before];
        let dot = matches!(byte, b'.') || text[before..].starts_with('．');
        let mark = char.bytes == 1 && b"_%+-'=&~".contains(&byte)
            || text[before..].starts_with(['＿', '－']);
        if !char.is_word() && !dot && !mark || end - start > LOCAL_MAX * 3 {
            break;
        }
        start = before;
    }
    // A dot or a quote at the beginning belongs to the sentence.
    while start < end
        && !char_from(text, start)
            .is_some_and(|char| char.is_word() || text.as_bytes()[start] == b'_')
    {
        start += char_from(text, start)?.bytes;
    }
    let ends_in_dot = text[..end].ends_with(['.', '．']);
    (start < end && !ends_in_dot).then_some(start)
}

/// Where the domain that begins at `at` ends, and how many labels it has.
fn domain_end(text: &str, mut at: usize) -> Option<(usize, usize)> {
    let begin = at;
    let mut labels = 0;
    let mut end = at;
    loop {
        let label = at;
        let mut letters = 0;
        while let Some(char) = char_from(text, at)
            && (char.is_word() || text.as_bytes()[at] == b'-')
        {
            letters += usize::from(char.class == Class::Letter);
            at += char.bytes;
        }
        let length = at - label;
        if length == 0 || length > 63 * 3 || text[label..].starts_with('-') {
            break;
        }
        let is_dot = text[at..].starts_with(['.', '．', '。']);
        // The last label is a top-level domain: two letters or more, no digit.
        let top = letters >= 2 && text[label..at].chars().all(char::is_alphabetic);
        labels += 1;
        if top && labels >= 2 {
            end = at;
        }
        if !is_dot || at - begin > DOMAIN_MAX {
            break;
        }
        at += char_from(text, at)?.bytes;
    }
    (end > begin).then_some((end, labels))
}
