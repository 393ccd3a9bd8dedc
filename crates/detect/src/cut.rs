//! Cuts what must never be stored out of a text: card security codes (PCI DSS 3.3.1). What stands around them stays.

use std::borrow::Cow;

use crate::finding::Finding;
use crate::kind::{Kind, KindSet};
use crate::spans::replace;

/// Kinds that are cut before anything is stored.
pub const CUT_KINDS: KindSet = KindSet::only(Kind::CardSecurityCode);

/// The text with a `*` in place of each character of a finding of [`CUT_KINDS`]; borrowed where there is none. The findings, in
/// order as a scan gives them, get their places in the new text; those that were cut stay among them, so that one can see that
/// something stood there.
pub fn cut<'a>(text: &'a str, findings: &mut [Finding]) -> Cow<'a, str> {
    if !findings.iter().any(is_cut) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(replace(text, findings, |found, finding, out| {
        if is_cut(finding) {
            out.extend(found.chars().map(|_| '*'));
        } else {
            out.push_str(found);
        }
    }))
}

fn is_cut(finding: &Finding) -> bool {
    CUT_KINDS.contains(finding.kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::EvidenceSet;

    fn finding(text: &str, found: &str, kind: Kind) -> Finding {
        let start = text.find(found).unwrap();
        Finding {
            start,
            end: start + found.len(),
            kind,
            score: 99,
            evidence: EvidenceSet::NONE,
        }
    }

    #[test]
    fn a_security_code_is_gone_and_what_stands_behind_it_is_still_found() {
        let text = "卡号4111111111111111，安全码１２３，电话15400000101";
        let mut findings = [
            finding(text, "4111111111111111", Kind::BankCard),
            finding(text, "１２３", Kind::CardSecurityCode),
            finding(text, "15400000101", Kind::Mobile),
        ];
        let cut = cut(text, &mut findings);
        assert_eq!(cut, "卡号4111111111111111，安全码***，电话15400000101");
        let found: Vec<&str> = findings.iter().map(|found| &cut[found.range()]).collect();
        assert_eq!(found, ["4111111111111111", "***", "15400000101"]);
    }

    #[test]
    fn han_digits_and_separators_are_cut_too() {
        let text = "CVV 一二三 or 1-2-3";
        let mut findings = [
            finding(text, "一二三", Kind::CardSecurityCode),
            finding(text, "1-2-3", Kind::CardSecurityCode),
        ];
        assert_eq!(cut(text, &mut findings), "CVV *** or *****");
        assert_eq!((findings[1].start, findings[1].end), (11, 16));
    }

    #[test]
    fn a_text_without_one_is_left_as_it_is() {
        let text = "电话15400000101";
        let mut findings = [finding(text, "15400000101", Kind::Mobile)];
        let before = findings;
        assert!(matches!(cut(text, &mut findings), Cow::Borrowed(_)));
        assert_eq!(findings, before);
    }
}
