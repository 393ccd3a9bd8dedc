//! Family names with a title, what stands behind a name, and the sum of all that was weighed.

use crate::finding::{Evidence, EvidenceSet};
use crate::person::beside;

use super::class::{GIVEN, SURNAME, SURNAME_WORD};
use super::context::Right;
use super::{HanNames, Place, SURNAME_POINTS, SURNAME_WORD_POINTS, Weighed};

impl HanNames {
    /// A family name and a title: 王先生. Behind 姓, a family name alone.
    pub(super) fn titled(&self, place: &Place<'_>, surname: usize, base: i32) -> Option<Weighed> {
        let evidence = EvidenceSet::NONE.with(Evidence::Surname);
        if place.left.family {
            let right = self.right(place, surname)?;
            let points = if right.points >= 6 { 70 } else { 30 };
            return Some(Weighed {
                chars: surname,
                points,
                evidence: evidence.with(Evidence::Keyword),
            });
        }
        if place.left.crossing {
            return None;
        }
        let title = self.context.title(&self.words, place.ahead.from(surname))?;
        if base < SURNAME_WORD_POINTS && (title < 2 || place.left.points < 10) {
            return None;
        }
        let chars = surname + title;
        let right = self.right(place, chars)?;
        let weak = base < SURNAME_POINTS;
        let polite = title > 1 && place.ahead.from(surname).len() >= title;
        let left = place.left.points.max(match (weak, polite) {
            (_, true) => -10,
            (true, _) => -20,
            _ => -12,
        });
        // 刘师傅|车开得很稳: a word that no list has may follow such a title.
        let least = if polite && !weak { -1 } else { -12 };
        let points = if weak && !polite { 42 } else { 52 } + left + right.points.max(least);
        Some(Weighed {
            chars,
            points: points.min(92),
            evidence: evidence
                .with(Evidence::Title)
                .with_if(place.left.points > 12, Evidence::Context),
        })
    }

    pub(super) fn right(&self, place: &Place<'_>, chars: usize) -> Option<Right> {
        let right = self.context.right(&self.words, &place.ahead, chars);
        let more = right.joins.filter(|skipped| {
            let class = |at: usize| self.class_of(place.ahead.get(chars + skipped + at));
            class(0) & (SURNAME | SURNAME_WORD) != 0 && class(1) & GIVEN != 0
        });
        let points = right.points + if more.is_some() { 10 } else { 0 };
        (!right.venue).then_some(Right { points, ..right })
    }

    pub(super) fn sum(
        place: &Place<'_>,
        chars: usize,
        points: i32,
        right: &Right,
        evidence: EvidenceSet,
    ) -> Weighed {
        let end = place.ahead.offset(chars);
        let beside = beside(place.text, place.core, place.start, end) && right.points > 0;
        let asked = place.asked && place.left.edge && right.points >= 6;
        let points = points
            + place.left.points
            + right.points
            + if beside { 20 } else { 0 }
            + if asked { 35 } else { 0 };
        Weighed {
            chars,
            points: points.min(97),
            evidence: evidence
                .with_if(right.title, Evidence::Title)
                .with_if(place.left.keyword, Evidence::Keyword)
                .with_if(beside || place.left.points > 12, Evidence::Context)
                .with_if(asked, Evidence::Asked),
        }
    }
}
