//! `wuhen redact` over a text: the same text with its personal data masked, named or taken out.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::scan::each_line;
use crate::answer::Answer;
use crate::args::{Redact, TextFormat};
use crate::problem::Problem;

/// Where the text of a JSON line stands.
#[derive(Deserialize)]
struct TextField<'l> {
    #[serde(borrow, default)]
    text: Option<&'l RawValue>,
}

pub(super) fn run(args: &Redact) -> Result<Answer, Problem> {
    let detector = args.input.detector();
    let style = args.style.into();
    let mut lines = detector.lines();
    each_line(&args.input, |line, out| {
        match args.input.format {
            TextFormat::Text => out.write_all(lines.redact(&line.text, style).as_bytes())?,
            TextFormat::Jsonl => {
                let redacted = detector.redact(&line.text, style);
                let field: TextField<'_> = serde_json::from_str(line.line)?;
                let whole = line.line;
                let text = field.text.map_or("", RawValue::get);
                // The value is borrowed from the line: what stands before and behind it stays as it came.
                let start = text.as_ptr().addr().wrapping_sub(whole.as_ptr().addr());
                match whole.get(start..start.saturating_add(text.len())) {
                    Some(found) if !found.is_empty() => {
                        out.write_all(&whole.as_bytes()[..start])?;
                        serde_json::to_writer(&mut *out, &redacted)?;
                        out.write_all(&whole.as_bytes()[start + text.len()..])?;
                    }
                    _ => out.write_all(whole.as_bytes())?,
                }
            }
        }
        out.write_all(b"\n")
    })?;
    Ok(Answer::nothing())
}
