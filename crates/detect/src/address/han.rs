//! Chinese addresses: a clause in which enough parts are named (省市区路号栋室) is read again, from the first part to the last.

use aho_corasick::AhoCorasick;

use crate::finding::Finding;
use crate::lexicon::{Fold, HAN_ADDRESS, HanWords, PLANE, compile, is_han, list, plane};
use crate::line::Line;
use crate::person::overlaps;

use super::{Around, Whose, report};

use self::clause::Clause;

mod clause;
mod whose;

/// Characters between two parts, at most: 文三路|123号阳光花园|3栋.
const GAP_MAX: usize = 14;
/// A clause whose parts weigh less is not read again.
const WEIGHT_MIN: u32 = 3;

/// 省市区县镇 and their like.
const AREA: u8 = 1;
/// 路街巷: a street, or a village.
const STREET: u8 = 2;
/// 号栋室: behind a number.
const DOOR: u8 = 4;
/// A street of those that are counted at the first reading: 里, 园 and 城 are in every second clause.
const ROAD: u8 = 32;
/// Ends a clause.
const STOP: u8 = 8;
/// Never inside an address.
const LINK: u8 = 16;
/// What [`is_number`] says.
const NUMBER: u8 = 64;
/// Ends of the names of compounds, before the number of a building alone: 国际新城7号楼.
const COMPOUND: u8 = 128;

const AREAS: &str = "省市区县旗州盟镇乡府";
const STREETS: &str = "村屯庄路街道巷弄里苑园坊条邨厦寓庭邸墅轩阁郡塔楼町";
const ROADS: &str = "村庄路街道巷弄胡邨";
/// A hyphen between numbers weighs like one of these.
const DOORS: &str = "号栋幢座室房户组队层楼弄巷门番-";
const STOPS: &str = "。！？；";
const LINKS: &str = "的了是在到住寄址叫送接爸妈为给于往至我您你他她们请去和及有从离就吗呢吧这那";

/// Compiled lists.
pub(super) struct HanAddresses {
    class: Box<[u8; PLANE]>,
    places: HanWords,
    private: AhoCorasick,
    house: AhoCorasick,
    ends: AhoCorasick,
}

/// The number of a character in its line, and its offset in the text.
type Place = (usize, usize);

/// What is counted in an address.
#[derive(Default)]
struct Parts {
    areas: i32,
    streets: i32,
    doors: i32,
    /// A door inside a building: 单元, 室, 3栋502.
    room: bool,
    /// A building is named: 5幢, 农机大厦, 12楼.
    building: bool,
    /// Nothing is named but a building, by a name like any word: 滨江壹号5栋2301.
    bare: bool,
}

impl HanAddresses {
    pub(super) fn new(fold: &Fold) -> Self {
        Self {
            class: classes(fold),
            places: HanWords::new(fold, list(HAN_ADDRESS, "place")),
            private: compile(list(HAN_ADDRESS, "private")),
            house: compile(list(HAN_ADDRESS, "house")),
            ends: compile(list(HAN_ADDRESS, "venue-end")),
        }
    }

    pub(super) fn scan(
        &self,
        line: &Line<'_>,
        asked: bool,
        around: &Around<'_>,
        out: &mut Vec<Finding>,
    ) {
        if self.weight(line.chars()) < WEIGHT_MIN {
            return;
        }
        let mut start = (0, 0);
        let mut weight = 0;
        let mut numbered = false;
        let mut before = Fold::EDGE;
        let chars = line.chars().iter().enumerate();
        for ((index, folded), (at, char)) in chars.zip(line.text.char_indices()) {
            let class = self.class_of(*folded);
            weight += u32::from(class & (AREA | ROAD) != 0);
            let is_joined = *folded == HYPHEN;
            weight += match class & DOOR != 0 && numbered {
                true if is_joined => 1,
                true => 2,
                false => 0,
            };
            weight += u32::from(*folded == LOU && before == HAO);
            let is_compound = self.class_of(before) & (STREET | DOOR) != 0 && !is_han(*folded);
            weight += u32::from(is_compound && class & NUMBER != 0);
            before = *folded;
            // A letter of full width is no number of a building at the first reading.
            numbered = class & NUMBER != 0 && (char.is_ascii() || !is_letter(*folded));
            if class & STOP != 0 || char == '\n' {
                let next = (index + 1, at + char.len_utf8());
                // A stop of one byte belongs to its clause.
                let end = if char.is_ascii() { next } else { (index, at) };
                self.examine(line, (start, end), weight, asked, around, out);
                (start, weight) = (next, 0);
            }
        }
        let end = (line.chars().len() - 1, line.text.len());
        self.examine(line, (start, end), weight, asked, around, out);
    }

    /// What the heaviest clause of a line weighs, or more: most lines end here.
    fn weight(&self, chars: &[u16]) -> u32 {
        let mut heaviest = 0;
        let mut weight = 0;
        let mut before = Fold::EDGE;
        let mut before_class = 0;
        for &char in chars {
            let class = self.class_of(char);
            if class == 0 {
                (before, before_class) = (char, class);
                continue;
            }
            let both = |before: u8, this: u8| {
                u32::from(before_class & before != 0) & u32::from(class & this != 0)
            };
            weight += u32::from(class & (AREA | ROAD) != 0);
            weight += both(NUMBER, DOOR) << u32::from(char != HYPHEN);
            weight += both(STREET | DOOR, NUMBER) & u32::from(!is_han(char));
            weight += u32::from(before == HAO) & u32::from(char == LOU);
            heaviest = heaviest.max(weight);
            if class & STOP != 0 {
                weight = 0;
            }
            (before, before_class) = (char, class);
        }
        heaviest
    }

    fn examine(
        &self,
        line: &Line<'_>,
        span: (Place, Place),
        weight: u32,
        asked: bool,
        around: &Around<'_>,
        out: &mut Vec<Finding>,
    ) {
        if weight < WEIGHT_MIN {
            return;
        }
        let clause = Clause::new(line, span);
        let mut from = 0;
        while let Some((first, last, parts)) = self.segment(&clause, from) {
            let span = (clause.at[first], clause.offset(last + 1));
            if let Some(points) = parts.points() {
                let span = clause
                    .post_end(last + 1)
                    .map(|end| (span.0, clause.offset(end)))
                    .filter(|(start, end)| !overlaps(around.core, *start, *end))
                    .unwrap_or(span);
                let whose = self.whose(line.text, span);
                out.extend(report(line.text, span, points, whose, asked, around));
            }
            from = last + 1;
        }
    }

    /// The next address from a place of the clause on: its first and last character, and its parts.
    fn segment(&self, clause: &Clause, from: usize) -> Option<(usize, usize, Parts)> {
        let unit = |at: &usize| self.unit(clause, *at) != 0;
        let first_unit = (from..clause.len).find(unit)?;
        let first = self.begin(clause, from, first_unit);
        let mut parts = Parts::default();
        let mut last = first_unit;
        let mut at = first;
        while at < clause.len && at - last.min(at) <= GAP_MAX {
            let class = self.class_of(clause.chars[at]);
            let alone = clause.chars[at] == 0x2C && parts.areas + parts.doors == 0;
            if at > first_unit
                && (class & LINK != 0 && !clause.in_name(at) && !self.in_road(clause, at) || alone)
            {
                break;
            }
            if at > first_unit && !clause.is_inner(at) {
                break;
            }
            if clause.chars[at] == 0x2C
                && parts.streets + parts.doors > 0
                && clause.begins_again(at)
            {
                break;
            }
            let kind = self.unit(clause, at);
            if kind != 0 {
                parts.add(kind, clause, at);
                last = at;
            } else if let Some(end) = number_alone(clause, (last, at), &parts) {
                // 国际大厦2301, 丽景花园6-2-801: a door inside a building.
                parts.doors += 1;
                parts.room = true;
                last = end - 1;
                at = last;
            } else if clause.is_floor(at) && parts.areas + parts.streets > 0 {
                parts.doors += 1;
                parts.building = true;
                last = at;
            }
            at += 1;
        }
        let is_named = first_unit - first > 3
            && clause.chars[first..first + 2]
                .iter()
                .all(|char| is_han(*char));
        if parts.areas + parts.streets == 0 && parts.room && is_named {
            parts.streets = 1;
            parts.bare = true;
        }
        if parts.areas == 0
            && self
                .places
                .starts(&clause.chars[first..clause.len], 2)
                .is_some()
        {
            parts.areas += 1;
        }
        Some((first, clause.with_number(last), parts))
    }

    /// Whether 和 is inside the name of a road: 丰和中大道.
    fn in_road(&self, clause: &Clause, at: usize) -> bool {
        has(LINKS_NAMED, clause.chars[at])
            && at > 1
            && (at + 1..(at + 5).min(clause.len)).any(|next| {
                self.class_of(clause.chars[next]) & (ROAD | STREET) != 0
                    && (clause.chars.get(next + 1)).is_some_and(|char| is_number(*char))
            })
    }

    /// What part ends at a place, if one does.
    fn unit(&self, clause: &Clause, at: usize) -> u8 {
        let class = self.class_of(clause.chars[at]);
        let may_end = class & (AREA | STREET | DOOR | COMPOUND) != 0 || clause.chars[at] == YUAN;
        if !may_end || clause.chars[at] == HYPHEN {
            return 0;
        }
        let numbered = at > 0 && is_number(clause.chars[at - 1]);
        let is_compound = class & COMPOUND != 0 && at > 1 && clause.digit(at + 1);
        if is_compound && is_han(clause.chars[at - 1]) {
            return STREET;
        }
        // 3栋, and 楼 of 3号楼.
        let entrance = at > 1 && clause.chars[at] == YUAN && clause.chars[at - 1] == DAN;
        if entrance && is_number(clause.chars[at - 2]) {
            return DOOR;
        }
        let building = at > 1 && clause.chars[at] == LOU && clause.chars[at - 1] == HAO;
        if class & DOOR != 0 && (numbered || building) {
            // 302门口 is in front of it.
            let is_front = clause.chars[at] == GATE && clause.chars.get(at + 1) == Some(&MOUTH);
            return if is_front { 0 } else { DOOR };
        }
        if at > 0 && clause.chars[at - 1] == WALK {
            return 0;
        }
        let named = at >= 2 || at == 1 && class & AREA == 0;
        if named && !numbered && is_han(clause.chars[at - 1]) {
            class & (AREA | STREET)
        } else {
            0
        }
    }

    /// Where the address begins whose first part ends at `unit`.
    fn begin(&self, clause: &Clause, from: usize, unit: usize) -> usize {
        let mut first = unit;
        while first > from && unit - first < 9 {
            let char = clause.chars[first - 1];
            let fits = is_han(char) || is_number(char);
            if !fits
                || self.class_of(char) & LINK != 0
                    && !clause.in_name(first - 1)
                    && !self.in_road(clause, first - 1)
            {
                break;
            }
            first -= 1;
        }
        // 我家|锦江区.
        let is_home = clause.chars[first] == HOME && first > from && unit - first > 2;
        if is_home && self.class_of(clause.chars[first - 1]) & LINK != 0 {
            first += 1;
        }
        // 送我爸回|雅居乐.
        if unit - first > 2 && clause.chars[first] == BACK && !clause.in_name(first) {
            first += 1;
        }
        // 浙江 杭州 西湖区; 家住|杭州.
        let place =
            (first..unit).find(|at| self.places.starts(&clause.chars[*at..=unit], 2).is_some());
        if let Some(place) = place {
            first = place;
        }
        loop {
            let gap = (from..first)
                .rev()
                .take_while(|at| matches!(clause.chars[*at], 0x20 | 0x2C))
                .count();
            let end = first - gap;
            let before = (2..=4)
                .find(|len| end >= from + len && self.places.has(&clause.chars[end - len..end]));
            let Some(len) = before else { break };
            first = end - len;
        }
        first
    }

    #[inline]
    fn class_of(&self, char: u16) -> u8 {
        self.class[usize::from(char)]
    }
}

/// The end of a number that is a door's without a word that says so, right behind the name of what it is in.
fn number_alone(clause: &Clause, (last, at): (usize, usize), parts: &Parts) -> Option<usize> {
    // Not 电话155 behind a comma or a space.
    let is_apart = (clause.chars[last.min(at)..at].iter()).any(|char| matches!(char, 0x20 | 0x2C));
    let is_first = !is_apart && at > 0 && is_han(clause.chars[at - 1]) && clause.digit(at);
    if !is_first || parts.areas + parts.streets == 0 {
        return None;
    }
    let is_house = HOUSES
        .chars()
        .any(|char| clause.chars[at - 1] == char as u16);
    let is_known = is_house || parts.streets > 0 && parts.areas + parts.doors > 0;
    if is_known && clause.is_room(at) {
        return Some(at + clause.digits(at));
    }
    clause.joined_numbers(at)
}

fn is_letter(char: u16) -> bool {
    u8::try_from(char).is_ok_and(|byte| byte.is_ascii_alphabetic())
}

impl Parts {
    fn add(&mut self, kind: u8, clause: &Clause, at: usize) {
        if kind & AREA != 0 {
            self.areas += 1;
        } else if kind & STREET != 0 {
            self.streets += 1;
            self.building |= has(TALL, clause.chars[at]);
        } else {
            self.doors += 1;
            self.building |= has(BUILDINGS, clause.chars[at]) || has(FLOORS, clause.chars[at]);
            self.room |= has(ROOMS, clause.chars[at])
                || has(BUILDINGS, clause.chars[at]) && clause.number_follows(at);
        }
    }

    /// Nothing where too little is named to be more than a room of this house.
    fn points(&self) -> Option<i32> {
        let count = self.areas + self.streets + self.doors;
        if count < 2
            || self.areas + self.streets == 0
            || self.streets + self.doors == 0
            || self.areas + self.doors == 0
        {
            return None;
        }
        let room = if self.room { 16 } else { 0 };
        let number = if self.doors > 0 { 6 } else { 0 };
        let building = if self.building { 8 } else { 0 };
        let bare = if self.bare { 24 } else { 0 };
        Some(10 + 8 * count.min(4) + room + number + building - bare)
    }
}

const ROOMS: &str = "室户元房";
const BUILDINGS: &str = "栋幢座楼";
const FLOORS: &str = "层元门";
/// Particles that names of roads and villages have in them: 丰和中大道, 那生屯.
const LINKS_NAMED: &str = "和那有至为来";
/// Ends of the names of compounds, before the number of a building alone: 国际新城7号楼.
const COMPOUNDS: &str = "城湾居汇邦谷峰筑第域心";
/// 大厦, 公寓.
const TALL: &str = "厦寓";

fn has(chars: &str, char: u16) -> bool {
    chars.chars().any(|one| char == one as u16)
}

/// Digits, letters, and the Han digits that buildings are numbered with.
fn is_number(char: u16) -> bool {
    u8::try_from(char).is_ok_and(|byte| byte.is_ascii_alphanumeric())
        || (0xFF10..=0xFF19).contains(&char)
        || HAN_DIGITS.contains(&char)
}

/// Ends of the names of buildings: 大厦, 中心, 广场, 花园, 公寓, 国际, 小区, 府.
const HOUSES: &str = "厦心场园寓际区府塔座苑庭城居邸墅汇轩阁郡湾村楼";
const HOME: u16 = '家' as u16;
const BACK: u16 = '回' as u16;
const GATE: u16 = '门' as u16;
const MOUTH: u16 = '口' as u16;
const WALK: u16 = '走' as u16;
const YUAN: u16 = '元' as u16;
const DAN: u16 = '单' as u16;
const LOU: u16 = '楼' as u16;
const HAO: u16 = '号' as u16;
const HYPHEN: u16 = '-' as u16;

/// 一二三四五六七八九十甲乙丙.
const HAN_DIGITS: [u16; 13] = [
    0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341, 0x7532, 0x4E59,
    0x4E19,
];

fn classes(fold: &Fold) -> Box<[u8; PLANE]> {
    let mut class = plane(0_u8);
    for (chars, bit) in [
        (AREAS, AREA),
        (STREETS, STREET),
        (ROADS, ROAD),
        (DOORS, DOOR),
        (STOPS, STOP),
        (LINKS, LINK),
        (COMPOUNDS, COMPOUND),
    ] {
        for char in chars.chars().map(|char| fold.char(char)) {
            class[usize::from(char)] |= bit;
        }
    }
    for (char, class) in (0..=u16::MAX).zip(class.iter_mut()) {
        *class |= if is_number(char) { NUMBER } else { 0 };
    }
    class
}
