//! What stands around a name in Han characters: labels, kin, staff, titles, joints between words, and names of houses.

use rustc_hash::FxHashMap;

use crate::finding::{Evidence, EvidenceSet};
use crate::lexicon::{
    CharSet, Fold, HAN_CONTEXT, HanWords, PLANE, WORD_CHARS_MAX, han_key, is_han, key, list, plane,
};

use crate::line::Ahead;

use super::AHEAD;

use self::mark::{Mark, strip, trim};

mod mark;

/// What a word before a name says, the strongest last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Says {
    Call,
    Staff,
    Kin,
    Self_,
    Label,
}

/// Lists, compiled.
pub(super) struct Context {
    before: FxHashMap<u64, Says>,
    /// A bit for each length of the words of `before` that end in a character.
    ends: Box<[u8; PLANE]>,
    title: HanWords,
    title_short: HanWords,
    behind: HanWords,
    behind_strong: HanWords,
    venue: HanWords,
    not_guest: HanWords,
    measured: CharSet,
    counts: CharSet,
    particles: CharSet,
    joints: CharSet,
    addressed: CharSet,
}

/// What stands before a place.
#[expect(
    clippy::struct_excessive_bools,
    reason = "grounds that are independent"
)]
#[derive(Clone, Copy, Default)]
pub(super) struct Left {
    pub(super) points: i32,
    pub(super) evidence: EvidenceSet,
    /// A word that is followed by a name and nothing else.
    pub(super) label: bool,
    /// Some word of a list.
    pub(super) keyword: bool,
    /// The line begins here.
    pub(super) edge: bool,
    /// 姓.
    pub(super) family: bool,
    /// A word runs over the place: 上|周.
    pub(super) crossing: bool,
}

/// What stands behind a candidate.
#[derive(Clone, Copy, Default)]
pub(super) struct Right {
    pub(super) points: i32,
    pub(super) title: bool,
    /// Characters of 和, 、 and the like behind it.
    pub(super) joins: Option<usize>,
    /// It is the beginning of a house's, a street's or a dish's name.
    pub(super) venue: bool,
}

impl Right {
    const fn of(points: i32) -> Self {
        Self {
            points,
            title: false,
            joins: None,
            venue: false,
        }
    }
}

/// Family names that count things as well: 一张, 两周, 这段.
const MEASURED: &str = "张周段包位方石钱幅单路米费车门项边池条时游双年季曲章成万任卷封水农席";
/// Characters that stand before what is counted.
const COUNTS: &str = "一二两三四五六七八九十几每这那哪半多单整第首各某加本上下数百千";
/// Particles: a word ends behind them, and another begins.
const PARTICLES: &str =
    "的了吧吗呢啊哦呀嘛啦哈着过在到从于被把将让也都就还又再才不没别很您你他她我们";

impl Context {
    pub(super) fn new(fold: &Fold) -> Self {
        let words = |name| HanWords::new(fold, list(HAN_CONTEXT, name));
        let chars = |text| CharSet::of(fold, text);
        let mut before = FxHashMap::default();
        let mut ends = plane(0_u8);
        for (name, says) in [
            ("call", Says::Call),
            ("staff", Says::Staff),
            ("kin", Says::Kin),
            ("self", Says::Self_),
            ("label", Says::Label),
        ] {
            for word in list(HAN_CONTEXT, name) {
                let (Some(key), Some(last)) = (han_key(fold, word), word.chars().last()) else {
                    continue;
                };
                before.insert(key, says);
                ends[usize::from(fold.char(last))] |= 1 << word.chars().count();
            }
        }
        Self {
            before,
            ends,
            title: words("title"),
            title_short: words("title-short"),
            behind: words("behind"),
            behind_strong: words("behind-strong"),
            venue: words("venue"),
            not_guest: words("not-guest-name"),
            measured: chars(MEASURED),
            counts: chars(COUNTS),
            particles: chars(PARTICLES),
            joints: chars("和与跟及"),
            addressed: chars("总姐哥叔姨董"),
        }
    }

    /// What the longest known word says with which these end.
    pub(super) fn ends(&self, before: &[u16]) -> Option<(usize, Says)> {
        let lengths = self.ends[usize::from(*before.last()?)];
        if lengths == 0 {
            return None;
        }
        let max = before.len().min(WORD_CHARS_MAX);
        let mut listed = (1..=max).rev().filter(|len| lengths >> len & 1 == 1);
        listed.find_map(|len| {
            let says = self.before.get(&key(&before[before.len() - len..]))?;
            Some((len, *says))
        })
    }

    /// Whether these end in a label, with or without a colon or 是 behind.
    pub(super) fn labels(&self, before: &[u16]) -> bool {
        let strong = |chars| matches!(self.ends(chars), Some((_, Says::Label | Says::Self_)));
        strong(trim(before)) || strong(strip(before).0)
    }

    pub(super) fn left(&self, words: &HanWords, chars: &[u16], ahead: &Ahead<'_>) -> Left {
        let Some(&last) = chars.last() else {
            return Left {
                points: 10,
                edge: true,
                ..Left::default()
            };
        };
        if last == u16::from(b'@') {
            return Left {
                points: 26,
                keyword: true,
                ..Left::default()
            };
        }
        if is_han(last) && Self::crosses(words, chars, ahead)
            || self.counts_things(last) && self.measured.has(ahead.get(0))
        {
            return Left {
                crossing: true,
                ..self.says(words, chars)
            };
        }
        Left {
            family: last == narrow('姓')
                && chars.get(chars.len().wrapping_sub(2)) != Some(&narrow('百')),
            ..self.says(words, chars)
        }
    }

    /// 一, 两, 这, 3.
    fn counts_things(&self, char: u16) -> bool {
        self.counts.has(char) || u8::try_from(char).is_ok_and(|byte| byte.is_ascii_digit())
    }

    /// Whether a word runs from what is before into the name.
    fn crosses(words: &HanWords, chars: &[u16], ahead: &Ahead<'_>) -> bool {
        let first = ahead.get(0);
        let last = chars[chars.len() - 1];
        let before = chars
            .len()
            .checked_sub(2)
            .map_or(Fold::EDGE, |at| chars[at]);
        let second = ahead.get(1);
        words.has_some(&[last, first, second], 2)
            || words.has_some(&[before, last, first, second], 3)
    }

    fn says(&self, words: &HanWords, chars: &[u16]) -> Left {
        let whole = trim(chars);
        let (rest, known, mark) = match self.ends(whole) {
            // 我叫, 换成: one word, though its last character is a mark elsewhere.
            Some((len, says)) if len > 1 => {
                let gap = if whole.len() < chars.len() {
                    Mark::Space
                } else {
                    Mark::None
                };
                (whole, Some((len, says)), gap)
            }
            // 前台的|小李.
            _ if whole.last() == Some(&narrow('的')) => {
                let rest = &whole[..whole.len() - 1];
                let person = |found: &(usize, Says)| {
                    matches!(found.1, Says::Kin | Says::Staff) && found.0 > 1
                };
                (rest, self.ends(rest).filter(person), Mark::None)
            }
            _ => {
                let (rest, mark) = strip(chars);
                (rest, self.ends(rest), mark)
            }
        };
        let calls = |len: usize| {
            len == 2 && Self::is_called(rest) && Self::for_me(&rest[..rest.len() - len])
        };
        let known = known.map(|(len, says)| (len, if calls(len) { Says::Call } else { says }));
        let house = known.is_some_and(|(len, says)| {
            !matches!(says, Says::Kin | Says::Staff) && self.of_a_house(&rest[..rest.len() - len])
        });
        let (points, label) = match (known.filter(|_| !house), mark) {
            (Some((_, Says::Label)), Mark::Colon | Mark::Is | Mark::Called) => (50, true),
            (Some((len, Says::Label)), Mark::None | Mark::Space) => (36, len >= 3),
            (Some((_, Says::Label)), _) | (Some((_, Says::Kin)), Mark::Is) => (36, false),
            (Some((_, Says::Self_)), Mark::None | Mark::Space) => {
                (Self::self_points(rest), Self::is_called(rest))
            }
            (Some((_, Says::Self_)), _) => (34, false),
            (Some((_, Says::Kin)), Mark::Colon) if chars.ends_with(&[u16::from(b'(')]) => {
                (10, false)
            }
            (Some((_, Says::Kin)), Mark::Called | Mark::Colon) => (45, true),
            (Some((_, Says::Kin | Says::Staff)), _) => (30, false),
            (Some((_, Says::Call)), Mark::None | Mark::Space) => (14, false),
            (_, Mark::Called) => (24, false),
            (_, Mark::Is) => (16, false),
            (_, Mark::Colon | Mark::Punctuation | Mark::Space) => (10, false),
            (_, Mark::Title) => (-60, false),
            (_, Mark::None) => (self.joint(words, chars), false),
        };
        Left {
            points,
            label,
            keyword: points >= 24,
            evidence: EvidenceSet::NONE.with_if(points >= 24, Evidence::Keyword),
            edge: rest.is_empty() && points >= 0,
            family: false,
            crossing: false,
        }
    }

    /// 帮我叫, 给我叫: a car.
    fn for_me(before: &[u16]) -> bool {
        (before.last()).is_some_and(|last| "帮给为替让".chars().any(|char| narrow(char) == *last))
    }

    fn self_points(rest: &[u16]) -> i32 {
        if Self::is_called(rest) { 45 } else { 28 }
    }

    /// 我叫, 名叫, 叫做.
    fn is_called(rest: &[u16]) -> bool {
        rest.ends_with(&[narrow('叫')]) || rest.ends_with(&[narrow('叫'), narrow('做')])
    }

    /// 酒店的名字: not a guest's.
    fn of_a_house(&self, before: &[u16]) -> bool {
        let before = before.strip_suffix(&[narrow('的')]).unwrap_or(before);
        let max = before.len().min(WORD_CHARS_MAX);
        (1..=max).any(|len| self.not_guest.has(&before[before.len() - len..]))
    }

    /// Whether a word may begin behind these.
    fn joint(&self, words: &HanWords, chars: &[u16]) -> i32 {
        let Some(&last) = chars.last() else { return 10 };
        if !is_han(last) {
            return 5;
        }
        if self.particles.has(last) {
            // 1506的|黄丽.
            let numbered = (chars.len().checked_sub(2)).is_some_and(|at| chars[at] < 0x80);
            return if numbered { 14 } else { 4 };
        }
        let max = chars.len().min(WORD_CHARS_MAX);
        let word = (2..=max).any(|len| {
            let word = &chars[chars.len() - len..];
            words.has(word) || self.behind.has(word)
        });
        if word { 2 } else { -25 }
    }

    /// Length of the title with which these begin.
    pub(super) fn title(&self, words: &HanWords, chars: &[u16]) -> Option<usize> {
        let len = self.title.starts(chars, 1)?;
        let short = len == 1 && self.title_short.has(&chars[..1]);
        if short && words.starts(chars, 2).is_some() {
            return None;
        }
        if len == 1 && is_han(chars.get(1).copied().unwrap_or(Fold::EDGE)) {
            let rest = &chars[1..];
            let goes_on = self.behind.starts(rest, 1).is_some() || self.particles.has(rest[0]);
            let polite = self.addressed.has(chars[0]) && words.starts(rest, 2).is_some();
            return (goes_on || polite).then_some(len);
        }
        Some(len)
    }

    /// Length of a title of two characters or more with which these begin.
    pub(super) fn polite(&self, chars: &[u16]) -> Option<usize> {
        self.title.starts(chars, 2)
    }

    /// Characters up to the first that is not Han, is a particle, or begins a word that stands behind names.
    pub(super) fn run(&self, chars: &[u16]) -> usize {
        (chars.iter().enumerate())
            .position(|(at, char)| {
                !is_han(*char)
                    || self.particles.has(*char)
                    || at >= 2 && self.behind.starts(&chars[at..], 1).is_some()
            })
            .unwrap_or(chars.len())
    }

    /// Whether these begin with somebody close to the speaker.
    pub(super) fn is_kin(&self, chars: &[u16]) -> bool {
        (1..=chars.len().min(WORD_CHARS_MAX)).any(|len| {
            let says = self.before.get(&key(&chars[..len]));
            matches!(says, Some(Says::Kin | Says::Staff))
        })
    }

    /// Whether a house ends in this character, and its number stands behind.
    pub(super) fn is_house(&self, last: u16, next: u16) -> bool {
        u8::try_from(next).is_ok_and(|byte| byte.is_ascii_digit()) && self.venue.has(&[last])
    }

    /// Whether a character alone may go on behind a name.
    pub(super) fn goes_on(&self, char: u16) -> bool {
        self.behind.has(&[char])
    }

    /// Whether a name may end before these.
    pub(super) fn ends_name(&self, chars: &[u16]) -> bool {
        chars.first().is_none_or(|next| {
            !is_han(*next)
                || self.particles.has(*next)
                || self.behind.starts(chars, 1).is_some()
                || self.title.starts(chars, 1).is_some()
        })
    }

    /// Whether these begin with a word of conversation.
    pub(super) fn speaks(&self, chars: &[u16]) -> bool {
        self.behind.starts(chars, 2).is_some()
            || self.title.starts(chars, 2).is_some()
            || self.not_guest.starts(chars, 2).is_some()
            || (2..=chars.len().min(WORD_CHARS_MAX))
                .any(|len| self.before.contains_key(&key(&chars[..len])))
    }

    pub(super) fn right(&self, words: &HanWords, ahead: &Ahead<'_>, chars: usize) -> Right {
        let rest = ahead.from(chars);
        let next = rest.first().copied().unwrap_or(Fold::EDGE);
        if !is_han(next) {
            return self.right_mark(rest);
        }
        if let Some(len) = self.title(words, rest)
            && !self.venue_follows(&rest[len..])
        {
            return Right {
                title: true,
                ..Right::of(36)
            };
        }
        if self.joints.has(next) {
            return Right {
                joins: Some(1),
                ..Right::of(10)
            };
        }
        if let Some(len) = self.behind.starts(rest, 1) {
            // 张会|议室: a longer word may begin here that is no verb.
            let word = words.starts(rest, 2).filter(|word| *word > len);
            let longer = word.is_some();
            return Right {
                // 徐大爷|走路
                venue: word.is_some_and(|word| self.venue_follows(&rest[word - 1..]))
                    && !words.has(&[next, narrow('路')]),
                ..Right::of(match (longer, self.behind_strong.starts(rest, 1)) {
                    (_, Some(strong)) if strong >= len => 16,
                    (true, _) => 2,
                    _ => 10,
                })
            };
        }
        if self.particles.has(next) || narrow('、') == next {
            return Right::of(10);
        }
        if self.venue_follows(rest) {
            return Right {
                venue: true,
                ..Right::of(-60)
            };
        }
        Right::of(if words.starts(rest, 2).is_some() {
            4
        } else {
            -25
        })
    }

    fn right_mark(&self, rest: &[u16]) -> Right {
        match rest.first() {
            None => Right::of(10),
            Some(&mark) if mark == u16::from(b'(') || mark == narrow('（') => {
                let close = rest.iter().position(|char| *char == u16::from(b')'));
                let inside = &rest[1..close.unwrap_or(rest.len())];
                let venue = inside.last().is_some_and(|char| self.venue.has(&[*char]));
                Right {
                    venue,
                    ..Right::of(if venue { -60 } else { 8 })
                }
            }
            Some(&dot) if dot == 0xB7 || dot == 0x2022 || dot == 0x30FB || dot == 0x2027 => {
                Right::of(-40)
            }
            Some(_) => Right {
                joins: Some(1),
                ..Right::of(10)
            },
        }
    }

    /// Whether the Han characters from here on become the name of a house before a verb or a particle ends them.
    fn venue_follows(&self, chars: &[u16]) -> bool {
        for at in 0..chars.len().min(AHEAD) {
            let rest = &chars[at..];
            if !is_han(rest[0]) || self.particles.has(rest[0]) {
                return false;
            }
            if self.venue.starts(rest, 1).is_some() {
                return true;
            }
            if self.behind.starts(rest, 2).is_some() {
                return false;
            }
        }
        false
    }
}

const fn narrow(char: char) -> u16 {
    char as u16
}
