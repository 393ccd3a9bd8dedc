//! Chinese addresses: a clause in which enough parts are named (省市区路号栋室) is read again, from the first part to the last.

use aho_corasick::AhoCorasick;

use crate::finding::Finding;
use crate::lexicon::{Fold, HAN_ADDRESS, HanWords, PLANE, compile, is_han, list, plane};
use crate::line::Line;

use super::{Around, Whose, report};

/// Characters of a clause that are read; what is longer is no address.
const CLAUSE_MAX: usize = 120;
/// Characters between two parts, at most: 文三路|123号阳光花园|3栋.
const GAP_MAX: usize = 11;
/// Bytes before and behind an address in which words tell whose it is.
const BEFORE_BYTES: usize = 120;
const BEHIND_BYTES: usize = 45;
/// A clause whose parts weigh less is not read again.
const WEIGHT_MIN: u32 = 4;

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

const AREAS: &str = "省市区县旗州盟镇乡";
const STREETS: &str = "村屯庄路街道巷弄里苑园坊条邨厦寓";
const ROADS: &str = "村庄路街道巷弄胡";
const DOORS: &str = "号栋幢座室房户组队层楼弄巷";
const STOPS: &str = "。！？；";
const LINKS: &str = "的了是在到住寄址为给于往至我您你他她们请去和及有从离就吗呢吧这那";

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

/// A clause, folded.
struct Clause {
    chars: [u16; CLAUSE_MAX],
    at: [usize; CLAUSE_MAX],
    len: usize,
    end: usize,
}

/// What is counted in an address.
#[derive(Default)]
struct Parts {
    areas: i32,
    streets: i32,
    doors: i32,
    /// A door inside a building: 单元, 室, 3栋502.
    room: bool,
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
        let chars = line.chars().iter().enumerate();
        for ((index, folded), (at, char)) in chars.zip(line.text.char_indices()) {
            let class = self.class_of(*folded);
            weight += u32::from(class & (AREA | ROAD) != 0);
            weight += if class & DOOR != 0 && numbered { 2 } else { 0 };
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

    /// What the clauses of a line weigh together, or more: most lines end here, without a branch for each character.
    fn weight(&self, chars: &[u16]) -> u32 {
        let mut weight = 0;
        let mut numbered = 0;
        for char in chars {
            let class = self.class_of(*char);
            weight += u32::from(class & (AREA | ROAD) != 0);
            weight += u32::from(class & DOOR & numbered) / u32::from(DOOR) * 2;
            numbered = if class & NUMBER != 0 { DOOR } else { 0 };
        }
        weight
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
            let kind = self.unit(clause, at);
            if kind != 0 {
                parts.add(kind, clause, at);
                last = at;
            } else if HOUSES.chars().any(|char| clause.chars[at] == char as u16)
                && clause.is_room(at + 1)
            {
                // 国际大厦2301: a door inside a building.
                parts.doors += 1;
                parts.room = true;
                last = at;
            }
            at += 1;
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
        clause.chars[at] == AND
            && at > 1
            && (at + 2..(at + 5).min(clause.len)).any(|next| {
                self.class_of(clause.chars[next]) & ROAD != 0
                    && (clause.chars.get(next + 1)).is_some_and(|char| is_number(*char))
            })
    }

    /// What part ends at a place, if one does.
    fn unit(&self, clause: &Clause, at: usize) -> u8 {
        let class = self.class_of(clause.chars[at]);
        let numbered = at > 0 && is_number(clause.chars[at - 1]);
        // 3栋, and 楼 of 3号楼.
        let entrance = at > 1 && clause.chars[at] == YUAN && clause.chars[at - 1] == DAN;
        if entrance && is_number(clause.chars[at - 2]) {
            return DOOR;
        }
        let building = at > 1 && clause.chars[at] == LOU && clause.chars[at - 1] == HAO;
        if class & DOOR != 0 && (numbered || building) {
            return DOOR;
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
        while first > from && unit - first < 7 {
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
        // 浙江 杭州 西湖区; 家住|杭州.
        let place =
            (first..unit).find(|at| self.places.starts(&clause.chars[*at..unit], 2).is_some());
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

    pub(super) fn says_private(&self, text: &str) -> bool {
        self.private.is_match(text)
    }

    pub(super) fn says_house(&self, text: &str) -> bool {
        self.house.is_match(text)
    }

    fn whose(&self, text: &str, (start, end): (usize, usize)) -> Whose {
        let from = text.floor_char_boundary(start.saturating_sub(BEFORE_BYTES));
        let from = text[from..start]
            .rfind('\n')
            .map_or(from, |at| from + at + 1);
        let to = text.ceil_char_boundary((end + BEHIND_BYTES).min(text.len()));
        let behind = text[end..to].lines().next().unwrap_or("");
        let last = |words: &AhoCorasick| {
            (words.find_iter(&text[from..start]))
                .last()
                .map(|found| found.end())
        };
        let private = last(&self.private);
        let house = last(&self.house);
        let clause = behind.split(['。', '！', '!']).next().unwrap_or("");
        let private_behind = PRIVATE_BEHIND.iter().any(|word| clause.contains(word));
        let inside = (self.ends.find_iter(&text[start..end])).any(|found| {
            // 小店区 is no shop.
            !text[start + found.end()..end].starts_with(['区', '區', '镇', '鎮', '村', '街', '路'])
        });
        let named = inside
            || (self.ends.find(behind)).is_some_and(|found| {
                found.start() <= 24 && !behind[..found.start()].contains(['，', ',', ' ', '。'])
            });
        Whose {
            private: private > house
                || private.is_some() && house.is_none()
                || private_behind && house.is_none(),
            house: house > private || named,
        }
    }

    #[inline]
    fn class_of(&self, char: u16) -> u8 {
        self.class[usize::from(char)]
    }
}

fn is_letter(char: u16) -> bool {
    u8::try_from(char).is_ok_and(|byte| byte.is_ascii_alphabetic())
}

/// Words behind an address that say somebody lives or receives post there.
const PRIVATE_BEHIND: [&str; 27] = [
    "接一下",
    "接人",
    "上班",
    "离你们",
    "到你们",
    "到酒店",
    "到付",
    "顺丰",
    "电话同",
    "作废",
    "落下",
    "客人",
    "填错",
    "收",
    "寄",
    "我家",
    "家里",
    "是我",
    "的家",
    "快递",
    "接我",
    "我住",
    "邮",
    "家庭",
    "住址",
    "老家",
    "送过来",
];

impl Parts {
    fn add(&mut self, kind: u8, clause: &Clause, at: usize) {
        if kind & AREA != 0 {
            self.areas += 1;
        } else if kind & STREET != 0 {
            self.streets += 1;
        } else {
            self.doors += 1;
            self.room |= ROOMS.chars().any(|room| clause.chars[at] == room as u16)
                || BUILDINGS
                    .chars()
                    .any(|building| clause.chars[at] == building as u16)
                    && clause.number_follows(at);
        }
    }

    /// Nothing where too little is named to be more than a room of this house.
    fn points(&self) -> Option<i32> {
        let count = self.areas + self.streets + self.doors;
        if count < 2 || self.areas + self.streets == 0 || self.streets + self.doors == 0 {
            return None;
        }
        let room = if self.room { 16 } else { 0 };
        let number = if self.doors > 0 { 6 } else { 0 };
        Some(10 + 8 * count.min(4) + room + number)
    }
}

const ROOMS: &str = "室户元房";
const BUILDINGS: &str = "栋幢座楼";

impl Clause {
    fn new(line: &Line<'_>, (start, end): (Place, Place)) -> Self {
        let mut clause = Self {
            chars: [Fold::EDGE; CLAUSE_MAX],
            at: [end.1; CLAUSE_MAX],
            len: (end.0 - start.0).min(CLAUSE_MAX),
            end: end.1,
        };
        clause.chars[..clause.len].copy_from_slice(&line.chars()[start.0..start.0 + clause.len]);
        let offsets = line.text[start.1..end.1].char_indices();
        for (place, (at, _)) in clause.at.iter_mut().zip(offsets) {
            *place = start.1 + at;
        }
        if clause.len == CLAUSE_MAX {
            clause.end = clause.at[CLAUSE_MAX - 1];
            clause.len -= 1;
        }
        clause
    }

    /// Whether a particle begins the name of a place: 和平, 于都.
    fn in_name(&self, at: usize) -> bool {
        let next = self.chars.get(at + 1).copied().unwrap_or(Fold::EDGE);
        (NAMES.iter())
            .any(|[first, second]| [self.chars[at], next] == [*first as u16, *second as u16])
    }

    fn offset(&self, index: usize) -> usize {
        if index < self.len {
            self.at[index]
        } else {
            self.end
        }
    }

    /// Whether a character may stand between two parts.
    fn is_inner(&self, at: usize) -> bool {
        let char = self.chars[at];
        is_han(char)
            || is_number(char)
            || matches!(char, 0x20 | 0x23 | 0x2C | 0x2D | 0x28 | 0x29 | 0xB7)
    }

    /// Whether three or four digits stand here, and nothing that makes them a longer number.
    fn is_room(&self, at: usize) -> bool {
        let digit = |at: usize| at < self.len && (0x30..=0x39).contains(&self.chars[at]);
        let digits = (at..self.len).take_while(|at| digit(*at)).count();
        matches!(digits, 3 | 4)
    }

    /// Whether a number stands behind a part: 3栋502.
    fn number_follows(&self, at: usize) -> bool {
        (at + 1 < self.len) && is_number(self.chars[at + 1])
            || at + 2 < self.len
                && matches!(self.chars[at + 1], 0x20 | 0x2D)
                && is_number(self.chars[at + 2])
    }

    /// The last character with the number that may stand behind: 3栋502, A座1203.
    fn with_number(&self, last: usize) -> usize {
        let mut end = last;
        let mut at = last + 1;
        while at < self.len && at - last <= 9 {
            let char = self.chars[at];
            if is_number(char) && !is_han(char) {
                end = at;
            } else if !(char == 0x2D || char == 0x20 && at == last + 1) {
                break;
            }
            at += 1;
        }
        // A phone number or a date behind the address is none of its parts.
        if end - last > 5 { last } else { end }
    }
}

/// Digits, letters, and the Han digits that buildings are numbered with.
fn is_number(char: u16) -> bool {
    u8::try_from(char).is_ok_and(|byte| byte.is_ascii_alphanumeric())
        || (0xFF10..=0xFF19).contains(&char)
        || HAN_DIGITS.contains(&char)
}

/// Ends of the names of buildings: 大厦, 中心, 广场, 花园, 公寓, 国际, 小区, 府.
const HOUSES: &str = "厦心场园寓际区府";
const YUAN: u16 = '元' as u16;
const AND: u16 = '和' as u16;
const DAN: u16 = '单' as u16;
const LOU: u16 = '楼' as u16;
const HAO: u16 = '号' as u16;

/// Places whose names begin with a particle.
const NAMES: [[char; 2]; 10] = [
    ['和', '平'],
    ['和', '田'],
    ['和', '顺'],
    ['和', '龙'],
    ['于', '都'],
    ['于', '洪'],
    ['于', '田'],
    ['从', '化'],
    ['从', '江'],
    ['和', '静'],
];

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
