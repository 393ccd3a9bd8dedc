//! Names in Han characters: each character that may be a family name begins a candidate, which is weighed by the characters that
//! follow, by the words before (`left`) and by the words behind (`right`). Most candidates fall at the first look-up.

use crate::finding::{Evidence, EvidenceSet, Finding};
use crate::kind::Kind;
use crate::lexicon::{Fold, HAN_NAMES, HAN_WORDS, HanWords, PLANE, is_han, list};
use crate::line::{Ahead, Line};
use crate::person::percent;

use self::advance::{Found, Next};
use self::class::{
    COMPOUND, GIVEN, GIVEN_WORD, HAN, JAPANESE, LEADS, NEVER_GIVEN, NICK, OPENS, SURNAME,
    SURNAME_ONLY, SURNAME_RARE, SURNAME_WORD, classes,
};
use self::context::{Context, Left};

mod advance;
mod again;
mod class;
mod context;
mod foreign;
mod lists;
mod others;
mod titled;

/// Points of a family name that is seldom a word, and of one that often is.
const SURNAME_POINTS: i32 = 20;
const SURNAME_WORD_POINTS: i32 = 14;
/// Of one that is a word nearly everywhere: 那, 和.
const SURNAME_RARE_POINTS: i32 = 6;
/// Of one that is nothing else in everyday Chinese: 谌, 嵇.
const SURNAME_ONLY_POINTS: i32 = 27;
/// 我, which a name may follow in 叫我 and 加我.
const ME: u16 = 0x6211;
/// 叫 and 加.
const CALLED: u16 = 0x53EB;
const ADD: u16 = 0x52A0;
/// 阿.
const A: u16 = 0x963F;
/// Points lost where the name is a word as well.
const WORD_POINTS: i32 = 12;
/// 韩国, whoever comes from there.
const KOREA: [u16; 2] = [0x97E9, 0x56FD];
/// 姓.
const FAMILY: u16 = 0x59D3;

/// Characters looked at from the first of a name on.
const AHEAD: usize = 16;
/// Bytes between two names of a list, spaces counted.
const JOINT_BYTES_MAX: usize = 64;
/// Characters looked at before it.
const BEHIND: usize = 14;

/// Compiled lists.
pub(super) struct HanNames {
    class: Box<[u16; PLANE]>,
    compound: HanWords,
    japanese: HanWords,
    peoples: HanWords,
    transliterated: HanWords,
    public: HanWords,
    words: HanWords,
    context: Context,
}

/// A candidate that was weighed.
struct Weighed {
    /// Characters of its span.
    chars: usize,
    points: i32,
    evidence: EvidenceSet,
}

/// What is known around all candidates that begin at one place.
struct Place<'a> {
    text: &'a str,
    start: usize,
    ahead: Ahead<'a>,
    left: Left,
    asked: bool,
    core: &'a [Finding],
}

impl HanNames {
    pub(super) fn new(fold: &Fold) -> Self {
        Self {
            class: classes(fold),
            compound: HanWords::new(fold, list(HAN_NAMES, "compound")),
            japanese: HanWords::new(fold, list(HAN_NAMES, "japanese")),
            peoples: HanWords::new(fold, list(HAN_NAMES, "peoples")),
            transliterated: HanWords::new(fold, list(HAN_NAMES, "transliterated")),
            public: HanWords::new(fold, list(HAN_NAMES, "public")),
            words: HanWords::new(fold, list(HAN_WORDS, "")),
            context: Context::new(fold),
        }
    }

    pub(super) fn scan(
        &self,
        line: &Line<'_>,
        asked: bool,
        core: &[Finding],
        out: &mut Vec<Finding>,
    ) {
        let first = out.len();
        let chars = line.chars();
        let mut named_end = usize::MAX;
        let mut place = Next::default();
        loop {
            match self.advance(line, &mut place) {
                Found::Name(class) => {
                    let (from, marked) = ((place.index, place.at), place.marked);
                    let found = self.weigh(line, from, class, marked, asked, core, named_end);
                    if let Some((finding, len)) = found {
                        out.push(finding);
                        named_end = finding.end;
                        let index = place.index + len;
                        place = Next {
                            index,
                            at: finding.end,
                            marked: false,
                            loose: false,
                            before: chars[index - 1],
                        };
                    } else {
                        place.pass(chars[place.index], class);
                    }
                }
                Found::Dot => {
                    out.extend(self.foreign(line, (place.index, place.at), named_end));
                    place.pass_mark(chars[place.index], line.text.as_bytes()[place.at]);
                }
                Found::End => break,
            }
        }
        if out.len() > first {
            self.again(line, first, core, out);
        }
    }

    /// A finding, and its characters.
    #[inline(never)]
    #[expect(clippy::too_many_arguments, reason = "the scan's state, in one place")]
    fn weigh(
        &self,
        line: &Line<'_>,
        (index, start): (usize, usize),
        class: u16,
        marked: bool,
        asked: bool,
        core: &[Finding],
        named_end: usize,
    ) -> Option<(Finding, usize)> {
        if self.is_hopeless(line.chars(), index, class)
            || class & OPENS == 0 && !self.may_stand(line.chars(), index, asked, core)
        {
            return None;
        }
        if named_end == start && class & SURNAME_RARE != 0 {
            // 王敏|和|朴正浩
            return None;
        }
        let text = line.text;
        let ahead = line.ahead(index, start, AHEAD);
        let word = self.words.starts(ahead.chars(), 2);
        let dotted = index > 0 && foreign::is_dot(line.chars()[index - 1]);
        if dotted || foreign::goes_on(ahead.chars()) {
            return None;
        }
        let behind = line.behind(index, BEHIND);
        let compound = self.compound.has(ahead.chars().get(..2).unwrap_or(&[]));
        let listed = named_end <= start
            && start - named_end <= JOINT_BYTES_MAX
            && lists::joins(&text[named_end..start]);
        // 王雪、李明、|周末: a word by itself, but one of several names.
        let item = listed && lists::is_item(&text[named_end..start], ahead.chars());
        if word.is_some() && !compound && !item && self.is_only_word(behind, &ahead) {
            return None;
        }
        let mut left = self.context.left(&self.words, behind, &ahead);
        if word.is_some()
            && left.points < 14
            && !item
            && !compound
            && !self.vouched(ahead.chars())
            && !self.spelt(&ahead, &left)
            && !self.told(ahead.chars())
            && !(left.points >= 10 && self.is_mine(ahead.chars()))
        {
            // 高兴, 周末, 石家庄; 黄海波 only where a name is likely.
            return None;
        }
        if listed {
            left.points = left.points.max(if item { 46 } else { 28 });
            left.evidence = left.evidence.with(Evidence::Context);
        }
        let place = Place {
            text,
            start,
            ahead,
            left,
            asked,
            core,
        };
        let best = self.candidates(&place, class, marked)?;
        let end = place.ahead.offset(best.chars);
        (best.points >= i32::from(Finding::SCORE_MIN)).then(|| {
            let finding = Finding {
                start,
                end,
                kind: Kind::PersonName,
                score: percent(best.points),
                evidence: best.evidence,
            };
            (finding, best.chars)
        })
    }

    /// Whether the characters next to a place rule out any name there. Nearly all places end here.
    fn is_hopeless(&self, chars: &[u16], index: usize, class: u16) -> bool {
        let begins = class & (SURNAME | SURNAME_WORD | COMPOUND | JAPANESE) != 0;
        let before = index.checked_sub(1).map(|at| chars[at]);
        let next = self.class_of(chars[index + 1]);
        if next & HAN == 0 {
            // 姓|王, 梁|Sir, and nothing shorter than two characters besides.
            let named = before == Some(FAMILY) || others::is_sir(&chars[index + 1..]);
            return !begins || !named;
        }
        if next & NEVER_GIVEN != 0 {
            return before != Some(FAMILY) && !others::is_office(chars.get(index + 2));
        }
        let me = before == Some(ME) && index > 1 && matches!(chars[index - 2], CALLED | ADD);
        let leads = me
            || before.is_some_and(|before| {
                let class = self.class_of(before);
                class & HAN == 0 || class & LEADS != 0
            });
        if leads || class & COMPOUND != 0 {
            return false;
        }
        let six = &chars[index..chars.len().min(index + 6)];
        let run = six.iter().position(|char| !is_han(*char));
        let han = &six[..run.unwrap_or(six.len())];
        self.words.starts(han, 2).is_some_and(|word| {
            let longer = han.len() == 3 && word == 2 && index == 0;
            !longer && !self.vouched(han) && !self.told(han) && !self.is_mine(han)
        })
    }

    fn candidates(&self, place: &Place<'_>, class: u16, marked: bool) -> Option<Weighed> {
        let ahead = &place.ahead;
        let mut best: Option<Weighed> = None;
        let mut take = |weighed: Option<Weighed>| {
            if let Some(weighed) = weighed
                && (best.as_ref()).is_none_or(|best| best.points < weighed.points)
            {
                best = Some(weighed);
            }
        };
        let compound = self.compound.has(ahead.chars().get(..2).unwrap_or(&[]));
        if class & (SURNAME | SURNAME_WORD) != 0 {
            let base = match class & (SURNAME | SURNAME_ONLY | SURNAME_RARE) {
                SURNAME_RARE => SURNAME_RARE_POINTS,
                0 => SURNAME_WORD_POINTS,
                SURNAME => SURNAME_POINTS,
                _ => SURNAME_ONLY_POINTS,
            };
            for given in [2, 1] {
                take(self.full(place, 1, given, base));
            }
            if place.left.points >= 40 {
                take(self.full(place, 1, 3, base - 10));
            }
            take(self.titled(place, 1, base));
        }
        if compound {
            for given in [2, 1] {
                take(self.full(place, 2, given, 26));
            }
            take(self.titled(place, 2, 26));
        }
        if class & JAPANESE != 0 && self.japanese.has(ahead.chars().get(..2).unwrap_or(&[])) {
            take(self.titled(place, 2, 26));
            for given in [3, 2, 1] {
                if place.left.points >= 10
                    || self
                        .context
                        .title(&self.words, ahead.from(2 + given))
                        .is_some()
                {
                    take(self.full(place, 2, given, if given == 3 { 12 } else { 20 }));
                }
            }
        }
        if class & NICK != 0 {
            take(self.nick(place));
        }
        if marked {
            take(self.peoples(place));
            take(self.elder(place));
            take(self.transliterated(place));
            take(self.free(place));
            take(self.called(place));
        }
        best
    }

    /// A family name and a given name.
    fn full(&self, place: &Place<'_>, surname: usize, given: usize, base: i32) -> Option<Weighed> {
        let chars = surname + given;
        let titled = self.context.title(&self.words, place.ahead.from(surname));
        if titled.is_some_and(|title| title > 1) {
            return None;
        }
        let name = place.ahead.chars().get(..chars)?;
        let polite = self.context.polite(place.ahead.from(chars)).is_some();
        let only_given = self.class_of(name[chars - 1]) & GIVEN != 0;
        if self.context.polite(place.ahead.from(chars - 1)).is_some() && given > 1 {
            // 端木晴|小姐
            return None;
        }
        let sure = polite && (place.left.edge || given == 2 || only_given)
            || place.left.points >= if only_given { 30 } else { 34 };
        let public = self.public.starts(place.ahead.chars(), 2);
        if public.is_some_and(|len| len > chars || len == chars && !sure) {
            return None;
        }
        let (mut points, strong) = self.given(name, surname, base)?;
        let word = given >= 2 && surname == 1 && self.words.has(&name[surname..surname + 2]);
        if word && strong < 2 {
            points -= 18;
        }
        match self.words.starts(&name[..chars.min(4)], 2) {
            Some(word) if word == chars && (!sure || base < SURNAME_WORD_POINTS) => return None,
            Some(word) if word == chars => points -= WORD_POINTS,
            Some(word) if !sure && word > surname.max(1) => points -= 15,
            Some(_) if !sure && surname == 1 => points -= 15,
            _ => {}
        }
        if place.left.crossing && !place.left.label {
            // 上|周, 给|钱.
            points -= if given == 1 { 60 } else { 22 };
        }
        let last = name[chars - 1];
        let next = place.ahead.get(chars);
        if self.context.is_house(last, next) || name == KOREA {
            // 万博苑|4号楼
            return None;
        }
        if given > 1 && self.class_of(last) & GIVEN == 0 && self.words.has(&[last, next]) {
            // 韩家胡|同
            points -= 20;
        }
        if given > 1 && self.class_of(last) & GIVEN == 0 && self.context.goes_on(last) {
            points -= 10;
        }
        let mut right = self.right(place, chars)?;
        let whole = given == 2 && surname == 1 && place.left.edge && !is_han(next);
        if whole && points >= base + 12 && base < SURNAME_POINTS {
            // 解小军,
            points += 5;
        }
        if given > 1 && place.left.keyword && right.points < -12 {
            right.points = -12;
        }
        let evidence = EvidenceSet::NONE
            .with(Evidence::Surname)
            .with_if(strong > 0, Evidence::GivenName);
        Some(Self::sum(place, chars, points, &right, evidence))
    }

    /// Points of a family name with the characters behind it, and how many of those are often in names.
    fn given(&self, name: &[u16], surname: usize, base: i32) -> Option<(i32, usize)> {
        let given = name.len() - surname;
        let mut points = base;
        let mut strong = 0;
        for (index, char) in name[surname..].iter().enumerate() {
            if !is_han(*char) {
                return None;
            }
            let class = self.class_of(*char);
            if class & NEVER_GIVEN != 0 {
                return None;
            }
            points += match (class & (GIVEN | GIVEN_WORD), given) {
                (0, 1) => -8,
                (0, _) => -6,
                (GIVEN_WORD, 1) if base >= SURNAME_POINTS => 10,
                (GIVEN_WORD, _) => 6,
                (_, 1) => 16,
                _ => 13,
            };
            strong += usize::from(class & GIVEN != 0);
            if index == 1 && name[surname] == *char {
                points += 6;
            }
        }
        Some((points, strong))
    }

    #[inline]
    fn class_of(&self, char: u16) -> u16 {
        self.class[usize::from(char)]
    }
}

/// Bytes of every Han character.
const HAN_BYTES: usize = 3;
