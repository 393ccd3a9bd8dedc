//! What a conversation has asked for and nobody has answered yet. Between a question and its answer there may be messages: "one
//! moment, please", "thanks". What is open stands in the header of every message, so that a later file goes on from there.

use wuhen_detect::{Detector, Finding, Kind, KindSet, RULES_VERSION};

use crate::findings::{Name, kind_names, kinds_named};
use crate::read::MessageView;

/// Messages after a question that are read as its answer: the next one, and four more.
pub(crate) const MESSAGES_AFTER_MAX: usize = 5;

/// Kinds that are open, by how many messages ago they were asked for: first those of the last message.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct OpenQuestions([KindSet; MESSAGES_AFTER_MAX]);

impl OpenQuestions {
    pub(crate) const NONE: Self = Self([KindSet::NONE; MESSAGES_AFTER_MAX]);

    /// What the next message may be the answer to.
    pub(crate) fn kinds(self) -> KindSet {
        self.0.into_iter().fold(KindSet::NONE, KindSet::union)
    }

    /// After one more message, which asks for `asks`, and in which `found` was found: that is answered.
    #[must_use]
    pub(crate) fn after(self, asks: KindSet, found: KindSet) -> Self {
        let mut next = Self::NONE;
        next.0[0] = asks;
        for (later, open) in next.0[1..].iter_mut().zip(self.0) {
            *later = found.iter().fold(open, KindSet::without);
        }
        next
    }

    /// After a stored message. What it says itself is taken, where the rules of today wrote it: only then is it known that what
    /// was cut out of it was an answer.
    #[must_use]
    pub(crate) fn after_stored(self, message: &MessageView, detector: &Detector) -> Self {
        if message.scanned == RULES_VERSION {
            return message.asks;
        }
        let mut findings = Vec::new();
        let asks = detector.scan_in(&message.text, self.kinds(), &mut findings);
        let found = kinds_of(&findings).union(kinds_of(&message.findings));
        self.after(asks, found)
    }

    /// As a header has it: what the message asks for, and what the ones before it asked for and is open still.
    pub(crate) fn to_stored(self) -> (Vec<Name<'static>>, Vec<Vec<Name<'static>>>) {
        let [asks, before @ ..] = self.0;
        let is_open = |kinds: &KindSet| !kinds.is_empty();
        let ages = before.iter().rposition(is_open).map_or(0, |last| last + 1);
        let before = before[..ages].iter().copied().map(kind_names).collect();
        (kind_names(asks), before)
    }

    /// What is longer ago than this version looks is passed over.
    pub(crate) fn from_stored(asks: &[Name<'_>], before: &[Vec<Name<'_>>]) -> Self {
        let mut open = Self::NONE;
        open.0[0] = kinds_named(asks);
        for (kinds, names) in open.0[1..].iter_mut().zip(before) {
            *kinds = kinds_named(names);
        }
        open
    }
}

/// The kinds of findings.
pub(crate) fn kinds_of(findings: &[Finding]) -> KindSet {
    let kinds = findings.iter().map(|found| found.kind);
    kinds.collect::<KindSet>().union(same_answer(findings))
}

/// Who is asked for a phone gives any of them.
fn same_answer(findings: &[Finding]) -> KindSet {
    const PHONES: [Kind; 3] = [Kind::Mobile, Kind::Landline, Kind::Phone];
    let is_phone = |found: &Finding| PHONES.contains(&found.kind);
    if findings.iter().any(is_phone) {
        KindSet::of(&PHONES)
    } else {
        KindSet::NONE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: KindSet = KindSet::only(Kind::CardSecurityCode);
    const CARD: KindSet = KindSet::only(Kind::BankCard);
    const NONE: KindSet = KindSet::NONE;

    #[test]
    fn a_question_stays_open_for_five_messages() {
        let mut asked = OpenQuestions::NONE.after(CODE, NONE);
        for _ in 0..MESSAGES_AFTER_MAX {
            assert_eq!(asked.kinds(), CODE);
            asked = asked.after(NONE, NONE);
        }
        assert_eq!(asked, OpenQuestions::NONE);
    }

    #[test]
    fn an_answer_closes_its_own_question_and_a_new_one_opens_beside_the_old() {
        let both = OpenQuestions::NONE.after(CODE, NONE).after(CARD, NONE);
        assert_eq!(both.kinds(), CODE.union(CARD));
        assert_eq!(both.after(NONE, CARD).kinds(), CODE);
        assert_eq!(both.after(NONE, CODE).kinds(), CARD);
        assert_eq!(both.after(CODE, CODE).kinds(), CODE.union(CARD));
    }

    #[test]
    fn what_is_open_is_read_back() {
        let asked = OpenQuestions::NONE.after(CODE, NONE).after(NONE, NONE);
        for asked in [OpenQuestions::NONE, asked, asked.after(CARD, NONE)] {
            let (asks, before) = asked.to_stored();
            assert_eq!(OpenQuestions::from_stored(&asks, &before), asked);
        }
        assert_eq!(asked.to_stored().1, [["CARD_SECURITY_CODE"]]);
        let older = vec![Vec::new(); 9];
        assert_eq!(OpenQuestions::from_stored(&[], &older), OpenQuestions::NONE);
    }
}
