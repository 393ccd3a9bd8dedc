//! The machine readable zone of a passport: ICAO 9303, two lines of 44 characters.

use super::Token;
use crate::check;
use crate::context::Context;
use crate::finding::Evidence::{CheckDigit, Prefix, Shape};
use crate::finding::{EvidenceSet, Finding};
use crate::kind::Kind;

/// Characters of a line.
const LINE: usize = 44;
/// Those of a first line whose fillers somebody left out.
const NAME_LINE_MIN: usize = 10;

/// The second line: its fields check themselves.
pub(super) fn machine_zone(token: &Token, context: &Context<'_>) -> Option<Finding> {
    let start = token.starts[0];
    let line = context.text.get(start..start + LINE)?.as_bytes();
    let plain = (line.iter())
        .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase() || *byte == b'<');
    (plain
        && line.contains(&b'<')
        && check::icao(&line[..9], line[9])
        && check::icao(&line[13..19], line[19])
        && check::icao(&line[21..27], line[27]))
    .then(|| Finding {
        start,
        end: start + LINE,
        kind: Kind::Passport,
        score: 99,
        evidence: EvidenceSet::NONE.with(Shape).with(CheckDigit),
    })
}

/// The first line, around the `<<` between the names at `at`: `P`, a letter or a filler, three letters of a state, the names.
pub(crate) fn name_line(text: &str, at: usize) -> Option<Finding> {
    let bytes = text.as_bytes();
    let inside = |byte: &&u8| byte.is_ascii_uppercase() || **byte == b'<';
    let before = bytes[at.saturating_sub(LINE)..at].iter().rev();
    let start = at - before.take_while(inside).count();
    let end = at + bytes[at..].iter().take(LINE).take_while(inside).count();
    let line = &bytes[start..end];
    let [b'P', _, state @ ..] = line else {
        return None;
    };
    let state = state.get(..4)?;
    let glued = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let apart = !glued(start.checked_sub(1).map(|at| &bytes[at])) && !glued(bytes.get(end));
    let named = state.iter().all(u8::is_ascii_uppercase) && at > start + 5;
    (apart && named && (NAME_LINE_MIN..=LINE).contains(&line.len())).then(|| Finding {
        start,
        end,
        kind: Kind::Passport,
        score: 99,
        evidence: EvidenceSet::NONE.with(Shape).with(Prefix),
    })
}
