//! One finding for each byte: of two that overlap, the surer stays; of two as sure, the longer.

use crate::finding::Finding;

/// Sorts the findings from `from` on, and drops those that others cover or that are not to be kept.
pub(crate) fn sweep(findings: &mut Vec<Finding>, from: usize, keeps: impl Fn(&Finding) -> bool) {
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
    let mut place = 0;
    findings.retain(|finding| {
        place += 1;
        place <= from || keeps(finding)
    });
}

fn is_better(one: &Finding, other: &Finding) -> bool {
    (one.score, one.end - one.start, other.kind) > (other.score, other.end - other.start, one.kind)
}
