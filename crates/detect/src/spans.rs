//! Replacing findings in a text while their places stay true.

use crate::finding::Finding;

/// The text with what `with` writes in place of each finding. The findings get their places in the new text. They come in
/// order and do not overlap, as a scan gives them.
pub(crate) fn replace(
    text: &str,
    findings: &mut [Finding],
    mut with: impl FnMut(&str, &Finding, &mut String),
) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for finding in findings {
        let range = finding.range();
        out.push_str(&text[at..range.start]);
        at = range.end;
        let start = out.len();
        with(&text[range], finding, &mut out);
        (finding.start, finding.end) = (start, out.len());
    }
    out.push_str(&text[at..]);
    out
}
