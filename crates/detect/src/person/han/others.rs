//! Names that a family name does not tell: of other peoples, with a title behind them, at the beginning of a line.

use crate::finding::{Evidence, EvidenceSet, Finding};
use crate::kind::{Kind, KindSet};
use crate::lexicon::is_han;
use crate::line::Ahead;
use crate::person::beside_of;

use super::class::{
    FAMILIAR, FOREIGN, GIVEN, GIVEN_WORD, NEVER_GIVEN, NICK, SURNAME, SURNAME_WORD,
};
use super::context::Left;
use super::{A, BEHIND, HanNames, Place, Weighed};

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

    /// Whether a name that no family name begins may begin with these, whose first two characters have these classes in common.
    #[inline]
    pub(super) fn may_be_called(&self, chars: &[u16], both: u16) -> bool {
        let [first, second, ..] = *chars else {
            return false;
        };
        first == second
            || both & GIVEN != 0
            || self.class_of(first) & NICK != 0
            || both & FOREIGN != 0
                && (self.peoples.has(&chars[..2])
                    || self.transliterated.is_in(&chars[..2])
                    || chars.get(2) == Some(&TEACHER[0]))
    }

    /// 明月|是我闺蜜: whoever is somebody's is a person, whatever else the name says.
    pub(super) fn is_mine(&self, chars: &[u16]) -> bool {
        [2, 3].iter().any(|len| {
            let whose = chars
                .get(*len..)
                .and_then(|rest| rest.strip_prefix(&IS_MINE));
            let named = chars
                .get(*len..)
                .is_some_and(|rest| rest.starts_with(&THIS_NAME));
            (named
                || whose.is_some_and(|rest| {
                    let rest = rest.strip_prefix(&OF).unwrap_or(rest);
                    self.context.is_kin(rest)
                }))
                && chars[..*len].iter().all(|char| {
                    self.class_of(*char) & (SURNAME | SURNAME_WORD | GIVEN | GIVEN_WORD) != 0
                })
        })
    }

    /// Whether what no family name begins may be a name at a place: what [`Self::peoples`], [`Self::elder`], [`Self::free`] or
    /// [`Self::called`] ask for at least. Most places that are free for any name end here.
    pub(super) fn may_stand(
        &self,
        chars: &[u16],
        index: usize,
        asked: bool,
        core: &[Finding],
    ) -> bool {
        let [first, second, ..] = chars[index..] else {
            return false;
        };
        let both = |bits| self.class_of(first) & bits != 0 && self.class_of(second) & bits != 0;
        asked
            || first == second
            || !core.is_empty()
            || both(GIVEN | GIVEN_WORD | FOREIGN)
            || self.transliterated.starts(&chars[index..], 2).is_some()
            || self.is_mine(&chars[index..])
            || both(FOREIGN) && self.tells(&chars[index..])
            || ELDERS.contains(&second)
            || self.may_be_labelled(&chars[index.saturating_sub(BEHIND)..index])
    }

    /// Whether pairs of other peoples' names are in the run with which these begin.
    fn tells(&self, chars: &[u16]) -> bool {
        (chars.array_windows())
            .take_while(|[_, second]| self.class_of(*second) & FOREIGN != 0)
            .any(|pair| self.peoples.has(pair))
    }

    /// Whether one of these may end a label, with nothing behind but marks and the words that join it to a name.
    fn may_be_labelled(&self, before: &[u16]) -> bool {
        for (at, &char) in before.iter().enumerate().rev() {
            if self.context.ends(&before[..=at]).is_some() {
                return true;
            }
            if is_han(char) && !JOINING.contains(&char) {
                return false;
            }
        }
        false
    }

    /// Whether a word that is no name by itself has nothing around it that tells that it is one.
    pub(super) fn is_only_word(&self, before: &[u16], ahead: &Ahead<'_>) -> bool {
        let chars = ahead.chars();
        let joined = (before.iter().rev())
            .find(|char| is_han(**char))
            .is_some_and(|char| JOINING[..3].contains(char));
        let numbered = before.len() > 1 && before[before.len() - 2] < 0x80;
        !joined
            && !numbered
            && !self.may_be_labelled(before)
            && !self.is_spelt(ahead)
            && !self.vouched(chars)
            && !self.told(chars)
            && !self.is_mine(chars)
    }

    /// Whether pairs of other peoples' names stand there: 乌兰其其格.
    pub(super) fn told(&self, chars: &[u16]) -> bool {
        let run = (chars.iter().take(6))
            .take_while(|char| self.class_of(**char) & FOREIGN != 0)
            .count();
        run >= 4 && chars[1..run].windows(2).any(|pair| self.peoples.has(pair))
    }

    /// Whether a line begins with three characters of a name and goes on behind a mark: 雷雨欣 两晚.
    pub(super) fn spelt(&self, ahead: &Ahead<'_>, left: &Left) -> bool {
        left.edge && self.is_spelt(ahead)
    }

    fn is_spelt(&self, ahead: &Ahead<'_>) -> bool {
        ahead.chars().len() >= 3
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
        let is_word = self.words.starts(chars, 2).is_some_and(|word| word >= run);
        let told =
            run >= 2 && !is_word && chars[..run].windows(2).any(|pair| self.peoples.has(pair));
        if !told
            || run > 8
            || run < 3 && !place.left.keyword && !self.numbered(place, run)
            || !place.left.edge && !place.left.keyword && place.left.points < 10
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

    /// Whether a number stands behind so many characters.
    fn numbered(&self, place: &Place<'_>, run: usize) -> bool {
        let end = place.ahead.offset(run);
        self.context.ends_name(place.ahead.from(run))
            && beside_of(place.text, place.core, place.start, end, NUMBERS)
    }

    /// A name from another language in one word: 大卫, 史密斯.
    pub(super) fn transliterated(&self, place: &Place<'_>) -> Option<Weighed> {
        let chars = place.ahead.chars();
        if place.left.crossing {
            return None;
        }
        let len = self.transliterated.starts(chars, 2)?;
        let rest = place.ahead.from(len);
        if !self.context.ends_name(rest) {
            return None;
        }
        let right = self.right(place, len)?;
        let base = if len > 2 { 40 } else { 30 };
        let evidence = EvidenceSet::NONE.with(Evidence::GivenName);
        Some(Self::sum(place, len, base, &right, evidence))
    }

    /// 燕姐, 杰哥, at the beginning of a line.
    pub(super) fn elder(&self, place: &Place<'_>) -> Option<Weighed> {
        let [first, second, ..] = place.ahead.chars() else {
            return None;
        };
        let elder =
            ELDERS.contains(second) && place.left.edge && self.class_of(*first) & GIVEN != 0;
        let word = self.words.starts(place.ahead.chars(), 2).is_some();
        (elder && !word && self.context.ends_name(place.ahead.from(2))).then(|| Weighed {
            chars: 2,
            points: 60,
            evidence: EvidenceSet::NONE.with(Evidence::Title),
        })
    }

    /// 小王, 老李: with something that says that a person is meant.
    pub(super) fn nick(&self, place: &Place<'_>) -> Option<Weighed> {
        let surname = place.ahead.get(1);
        if !is_han(surname) || self.context.speaks(&place.ahead.chars()[..2]) {
            return None;
        }
        let base = match self.class_of(surname) {
            class
                if class & (SURNAME | SURNAME_WORD | GIVEN | GIVEN_WORD) != 0
                    && place.ahead.get(0) == A =>
            {
                31
            }
            class if class & SURNAME != 0 && place.left.points >= 10 => 34,
            class if class & SURNAME != 0 => 31,
            // 大刘, but 大堂, 大方.
            _ if place.ahead.get(0) == BIG => return None,
            class if class & SURNAME_WORD != 0 => {
                let known = self.words.starts(place.ahead.chars(), 2).is_none();
                if known && class & FAMILIAR != 0 {
                    31
                } else {
                    12
                }
            }
            class if class & GIVEN != 0 && place.left.keyword => 18,
            class if class & GIVEN_WORD != 0 && place.left.keyword => 12,
            _ => return None,
        };
        let joint = if base >= 31 && (0..10).contains(&place.left.points) {
            10 - place.left.points
        } else {
            0
        };
        let title = (self.context.title(&self.words, place.ahead.from(2))).unwrap_or(0);
        let chars = 2 + title;
        let right = self.right(place, chars)?;
        let titled = if title > 0 { 25 } else { 0 };
        let evidence = EvidenceSet::NONE
            .with(Evidence::Surname)
            .with_if(title > 0, Evidence::Title);
        Some(Self::sum(
            place,
            chars,
            base + titled + joint,
            &right,
            evidence,
        ))
    }

    /// Names without a family name: 果果, 国强 beside a number, 小满妈妈.
    pub(super) fn called(&self, place: &Place<'_>) -> Option<Weighed> {
        let chars = place.ahead.chars();
        let &[first, second, ..] = chars else {
            return None;
        };
        let given = |char: u16| self.class_of(char) & (GIVEN | GIVEN_WORD | FOREIGN) != 0;
        let never = |char: u16| !is_han(char) || self.class_of(char) & NEVER_GIVEN != 0;
        if never(first) || never(second) || place.left.crossing || place.left.points < 10 {
            return None;
        }
        let doubled = first == second;
        let nick = self.class_of(first) & NICK != 0 && given(second);
        let strong = [first, second]
            .iter()
            .all(|char| self.class_of(*char) & GIVEN != 0);
        let mine = self.is_mine(chars)
            && (chars[2..].starts_with(&IS_MINE) || chars[2..].starts_with(&THIS_NAME));
        if !mine && (self.words.starts(chars, 2).is_some() || self.context.speaks(chars)) {
            return None;
        }
        let rest = place.ahead.from(2);
        let evidence = EvidenceSet::NONE.with(Evidence::GivenName);
        let weighed = |points| {
            Some(Weighed {
                chars: 2,
                points,
                evidence,
            })
        };
        if mine {
            return weighed(58);
        }
        let familiar = self.familiarly(chars, rest, nick);
        if familiar.is_some() {
            return familiar;
        }
        // 老婆|晓东|已到, 彤彤|要加床.
        let begins = place.left.points >= 14 || place.left.edge;
        if begins
            && (strong && place.left.keyword || doubled && given(first))
            && is_han(rest.first().copied().unwrap_or(0))
            && (place.left.keyword || rest.first() != Some(&OF[0]))
            && self.context.ends_name(rest)
        {
            return weighed(54);
        }
        if is_han(rest.first().copied().unwrap_or(0)) && !(doubled && self.context.ends_name(rest))
        {
            return None;
        }
        let end = place.ahead.offset(2);
        let spoken = place.left.edge && rest.first() == Some(&u16::from(b':'));
        if doubled && given(first) && (place.left.keyword || spoken) {
            return weighed(56);
        }
        let numbered = beside_of(place.text, place.core, place.start, end, NUMBERS)
            && place.text[end..]
                .trim_start_matches([' ', ',', ':', '：', '，'])
                .starts_with(|char: char| char.is_ascii_digit() || char == '+');
        let both = given(first) && given(second);
        if numbered && both && (strong || doubled || place.left.keyword) {
            return weighed(56);
        }
        None
    }

    /// 子涵爸爸, 晓燕你..., 建国哥, 苗苗老师: given names with those behind them who are spoken to or of.
    fn familiarly(&self, chars: &[u16], rest: &[u16], nick: bool) -> Option<Weighed> {
        let &[first, second, ..] = chars else {
            return None;
        };
        let given = |char: u16| self.class_of(char) & (GIVEN | GIVEN_WORD | FOREIGN) != 0;
        let often = |char: u16| self.class_of(char) & GIVEN != 0;
        let both = given(first) && given(second);
        let either = both && (often(first) || often(second));
        let doubled = first == second;
        let known = often(first) && (often(second) || doubled) || nick && first != OLD;
        let parent = PARENTS.iter().any(|parent| rest.starts_with(parent));
        let elder = rest.first().is_some_and(|title| ELDERS.contains(title));
        let (len, points, ground) = if parent && (doubled || nick || either) {
            (2, 58, Evidence::GivenName)
        } else if known && SPOKEN.iter().any(|said| said_behind(rest, said)) {
            (2, 56, Evidence::GivenName)
        } else if elder && either && self.context.ends_name(&rest[1..]) {
            (3, 58, Evidence::Title)
        } else if rest.starts_with(&TEACHER) && both {
            (2, 56, Evidence::GivenName)
        } else {
            return None;
        };
        Some(Weighed {
            chars: len,
            points,
            evidence: EvidenceSet::NONE.with(Evidence::GivenName).with(ground),
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
            self.words.starts(rest, 2).is_some()
                || self.context.speaks(rest)
                || at < 2 && self.context.speaks(&place.ahead.chars()[at..])
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

/// 梁Sir.
pub(super) fn is_sir(chars: &[u16]) -> bool {
    let sir = chars.get(..3).is_some_and(|three| {
        three
            .iter()
            .zip(*b"sir")
            .all(|(char, byte)| char | 0x20 == u16::from(byte))
    });
    sir && !chars
        .get(3)
        .is_some_and(|char| u8::try_from(*char).is_ok_and(|byte| byte.is_ascii_alphanumeric()))
}

/// 店长, 会计, 房东: titles whose first character no given name has.
pub(super) fn is_office(char: Option<&u16>) -> bool {
    matches!(char, Some(0x957F | 0x8BA1 | 0x4E1C))
}

/// Whether these words stand behind a name, at once or behind a comma.
fn said_behind(rest: &[u16], said: &str) -> bool {
    let rest = rest.strip_prefix(&[u16::from(b',')]).unwrap_or(rest);
    let mut chars = rest.iter();
    said.chars().all(|char| {
        chars
            .next()
            .is_some_and(|next| u32::from(*next) == u32::from(char))
    })
}

/// What is said to people, or what people say.
const SPOKEN: [&str; 16] = [
    "你", "您", "说", "在吗", "在不", "在么", "告诉", "帮我", "帮忙", "让我", "问我", "跟我",
    "和我", "发我", "给我", "麻烦",
];
/// 这个名.
const THIS_NAME: [u16; 3] = [0x8FD9, 0x4E2A, 0x540D];
/// 是我, 的.
const IS_MINE: [u16; 2] = [0x662F, 0x6211];
const OF: [u16; 1] = [0x7684];
/// 大.
const BIG: u16 = 0x5927;
/// 老.
const OLD: u16 = 0x8001;
/// Numbers that stand beside names.
const NUMBERS: KindSet = KindSet::of(&[
    Kind::Mobile,
    Kind::ResidentId,
    Kind::Passport,
    Kind::Landline,
    Kind::Phone,
]);
/// 妈妈, 爸爸, 奶奶, 爷爷, 家长.
const PARENTS: [[u16; 2]; 5] = [
    [0x5988, 0x5988],
    [0x7238, 0x7238],
    [0x5976, 0x5976],
    [0x7237, 0x7237],
    [0x5BB6, 0x957F],
];
/// 老师.
const TEACHER: [u16; 2] = [0x8001, 0x5E08];
/// 是, 为, 叫, 就, 的.
const JOINING: [u16; 5] = [0x662F, 0x4E3A, 0x53EB, 0x5C31, 0x7684];
/// 姐, 哥.
const ELDERS: [u16; 2] = [0x59D0, 0x54E5];
