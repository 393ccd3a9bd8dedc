//! One finding for each byte: of two that overlap, the surer stays; of two as sure, the longer.

use crate::finding::Finding;
use crate::kind::Kind;

/// Sorts the findings from `from` on, and drops those that better ones overlap.
pub(crate) fn sweep(findings: &mut Vec<Finding>, from: usize) {
    let good =
        |finding: &Finding| finding.score >= Finding::SCORE_MIN && finding.start < finding.end;
    if findings.len() == from {
        return;
    }
    findings[from..].sort_unstable_by_key(|finding| (finding.start, finding.end, finding.kind));
    let mut kept = from;
    for at in from..findings.len() {
        let finding = findings[at];
        if !good(&finding) {
            continue;
        }
        let covers = findings[from..kept]
            .iter()
            .rev()
            .take_while(|other| other.end > finding.start)
            .count();
        let overlapped = &findings[kept - covers..kept];
        if overlapped.iter().all(|other| is_better(&finding, other)) {
            kept -= covers;
            findings[kept] = finding;
            kept += 1;
        }
    }
    findings.truncate(kept);
}

/// A secret is secret from end to end, whatever stands inside it.
fn is_better(one: &Finding, other: &Finding) -> bool {
    let rank = |finding: &Finding, rival: &Finding| {
        let covers = finding.start <= rival.start && rival.end <= finding.end;
        let whole_secret = finding.kind == Kind::Secret && covers;
        (whole_secret, finding.score, finding.end - finding.start)
    };
    (rank(one, other), other.kind) > (rank(other, one), one.kind)
}
