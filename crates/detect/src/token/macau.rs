//! Identity cards of Macau as they were written until 2002 and are still said: `5/123456/7`.

use crate::context::Context;
use crate::finding::Evidence::{Keyword, Prefix, Shape};
use crate::finding::{EvidenceSet, Finding};
use crate::keyword::Topic;
use crate::kind::Kind;

/// The six digits between the slashes.
const MIDDLE: usize = 6;

/// The number whose middle begins at `at`.
pub(super) fn slashed(context: &Context<'_>, at: usize) -> Option<Finding> {
    let bytes = context.text.as_bytes();
    let start = at.checked_sub(2)?;
    let end = at + MIDDLE + 2;
    let [first, b'/', middle @ .., b'/', last] = bytes.get(start..end)? else {
        return None;
    };
    let glued =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'/');
    let shaped = matches!(first, b'1' | b'5' | b'7' | b'8')
        && middle.iter().all(u8::is_ascii_digit)
        && last.is_ascii_digit();
    if !shaped || glued(start.checked_sub(1).map(|at| &bytes[at])) || glued(bytes.get(end)) {
        return None;
    }
    let named = context.is_near(start, end, Topic::Macau)
        || context.is_near(start, end, Topic::ResidentId)
        || context.asked.contains(Kind::MacauId);
    Some(Finding {
        start,
        end,
        kind: Kind::MacauId,
        score: if named { 97 } else { 75 },
        evidence: EvidenceSet::NONE
            .with(Shape)
            .with(Prefix)
            .with_if(named, Keyword),
    })
}
