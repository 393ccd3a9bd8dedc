//! Names that a family name does not tell: of other peoples, with a title behind them, at the beginning of a line.

use crate::finding::{Evidence, EvidenceSet};
use crate::lexicon::is_han;
use crate::line::Ahead;

use super::class::{FOREIGN, GIVEN, GIVEN_WORD, NEVER_GIVEN, SURNAME, SURNAME_WORD};
use super::context::Left;
use super::{HanNames, Place, Weighed};

impl HanNames {
    /// Whether a title stands behind two or three characters, which may be a word by themselves: 万里先生, 蓝天宇先生.
    pub(super) fn vouched(&self, chars: &[u16]) -> bool {
        [2, 3].iter().any(|len| {
            let given = |char: &u16| self.class_of(*char) & (GIVEN | GIVEN_WORD) != 0;
            let titled = |rest| self.context.polite(rest).is_some();
            chars.get(*len..).is_some_and(titled)
                && (*len == 3
                    || self.class_of(chars[0]) & SURNAME_WORD == 0
                    || self.class_of(chars[1]) & GIVEN != 0)
                && chars[1..*len].iter().all(given)
        })
    }

    /// Whether a line begins with three characters of a name and goes on behind a mark: 雷雨欣 两晚.
    pub(super) fn spelt(&self, ahead: &Ahead<'_>, left: &Left) -> bool {
        left.edge
            && ahead.chars().len() >= 3
            && !is_han(ahead.get(3))
            && self.class_of(ahead.get(0)) & SURNAME != 0
            && self.class_of(ahead.get(2)) & GIVEN != 0
    }

    /// A name of Tibetans, Uyghurs or Mongols: 尼玛次仁, 阿依古丽.
    pub(super) fn peoples(&self, place: &Place<'_>) -> Option<Weighed> {
        let chars = place.ahead.chars();
        let run = (chars
            .iter()
            .take_while(|char| self.class_of(**char) & FOREIGN != 0))
        .count();
        let told = run >= 2 && chars[..run].windows(2).any(|pair| self.peoples.has(pair));
        if !told
            || run > 8
            || run < 3 && !place.left.keyword
            || !place.left.edge && !place.left.keyword
        {
            return None;
        }
        let right = self.right(place, run)?;
        (right.points >= 6).then(|| Weighed {
            chars: run,
            points: 60,
            evidence: EvidenceSet::NONE.with(Evidence::Shape),
        })
    }

    /// 燕姐, 杰哥, at the beginning of a line.
    pub(super) fn elder(&self, place: &Place<'_>) -> Option<Weighed> {
        let [first, second, ..] = place.ahead.chars() else {
            return None;
        };
        let elder =
            ELDERS.contains(second) && place.left.edge && self.class_of(*first) & GIVEN != 0;
        (elder && self.context.ends_name(place.ahead.from(2))).then(|| Weighed {
            chars: 2,
            points: 60,
            evidence: EvidenceSet::NONE.with(Evidence::Title),
        })
    }

    /// Whatever stands behind a label, if it is no word: names of other peoples, nicknames.
    pub(super) fn free(&self, place: &Place<'_>) -> Option<Weighed> {
        let asked_line = place.asked && place.left.edge;
        if !place.left.label && !asked_line {
            return None;
        }
        let run = self.context.run(place.ahead.chars());
        let all_foreign =
            (place.ahead.chars()[..run].iter()).all(|char| self.class_of(*char) & FOREIGN != 0);
        let max = if all_foreign { 8 } else { 4 };
        if run < 2 || max < run || asked_line && !all_foreign {
            return None;
        }
        let has_word = (0..run).any(|at| {
            let rest = &place.ahead.chars()[at..run];
            self.words.starts(rest, 2).is_some() || self.context.speaks(rest)
        });
        if has_word || self.class_of(place.ahead.get(run - 1)) & NEVER_GIVEN != 0 {
            return None;
        }
        let right = self.right(place, run)?;
        (right.points >= 6).then(|| Weighed {
            chars: run,
            points: 55 + if all_foreign { 10 } else { 0 },
            evidence: EvidenceSet::NONE
                .with_if(place.left.label, Evidence::Keyword)
                .with_if(asked_line, Evidence::Asked),
        })
    }
}

/// 姐, 哥.
const ELDERS: [u16; 2] = [0x59D0, 0x54E5];
