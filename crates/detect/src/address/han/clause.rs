//! A clause of a Chinese line, folded, and what stands at its places.

use crate::lexicon::{Fold, is_han};
use crate::line::Line;

use super::{Place, is_number};

/// Characters of a clause that are read; what is longer is no address.
pub(super) const CLAUSE_MAX: usize = 120;

/// A clause, folded.
pub(super) struct Clause {
    pub(super) chars: [u16; CLAUSE_MAX],
    pub(super) at: [usize; CLAUSE_MAX],
    pub(super) len: usize,
    end: usize,
}

impl Clause {
    pub(super) fn new(line: &Line<'_>, (start, end): (Place, Place)) -> Self {
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
    pub(super) fn in_name(&self, at: usize) -> bool {
        let next = self.chars.get(at + 1).copied().unwrap_or(Fold::EDGE);
        (NAMES.iter())
            .any(|[first, second]| [self.chars[at], next] == [*first as u16, *second as u16])
    }

    pub(super) fn offset(&self, index: usize) -> usize {
        if index < self.len {
            self.at[index]
        } else {
            self.end
        }
    }

    /// Whether a character may stand between two parts.
    pub(super) fn is_inner(&self, at: usize) -> bool {
        let char = self.chars[at];
        is_han(char)
            || is_number(char)
            || matches!(char, 0x20 | 0x23 | 0x2C | 0x2D | 0x28 | 0x29 | 0xB7)
    }

    pub(super) fn digit(&self, at: usize) -> bool {
        at < self.len && (0x30..=0x39).contains(&self.chars[at])
    }

    pub(super) fn digits(&self, at: usize) -> usize {
        (at..self.len).take_while(|at| self.digit(*at)).count()
    }

    /// Whether an address may end before this place, or goes on with 室.
    fn is_open(&self, at: usize) -> bool {
        at >= self.len || {
            let char = self.chars[at];
            !is_han(char) && !is_number(char) || char == ROOM || char == FLAT || char == RECEIVES
        }
    }

    /// Whether three or four digits stand here, and nothing that makes them a longer number, a year or an amount.
    pub(super) fn is_room(&self, at: usize) -> bool {
        let digits = self.digits(at);
        matches!(digits, 3 | 4) && (self.is_open(at + digits))
    }

    /// The end of numbers joined by hyphens that begin here, as doors are numbered: 6-2-801, 5-2101.
    pub(super) fn joined_numbers(&self, at: usize) -> Option<usize> {
        let mut end = at;
        let mut groups = 0;
        loop {
            let digits = self.digits(end);
            if !(1..=4).contains(&digits) {
                return None;
            }
            // 2025-1-3 is a day.
            if groups == 0 && digits == 4 {
                return None;
            }
            (end, groups) = (end + digits, groups + 1);
            if end < self.len && self.chars[end] == 0x2D {
                end += 1;
            } else {
                break;
            }
        }
        ((2..=4).contains(&groups) && self.is_open(end)).then_some(end)
    }

    /// Whether a floor in Latin letters ends here: 19F, 3/F.
    pub(super) fn is_floor(&self, at: usize) -> bool {
        let letter = matches!(self.chars[at], 0x46 | 0x66);
        let before = |back: usize| at >= back && self.digit(at - back);
        letter
            && (before(1) || at > 0 && self.chars[at - 1] == 0x2F && before(2))
            && self.is_open(at + 1)
    }

    /// Whether another address begins behind a comma: 西程村，临沭县.
    pub(super) fn begins_again(&self, comma: usize) -> bool {
        let behind = &self.chars[comma + 1..self.len.min(comma + 7)];
        behind.iter().any(|char| LARGE.contains(char))
    }

    /// The character behind a postcode that stands behind an address, with or without a comma.
    pub(super) fn post_end(&self, end: usize) -> Option<usize> {
        let gap = (end..self.len)
            .take_while(|at| matches!(self.chars[*at], 0x20 | 0x2C))
            .count();
        let at = end + gap;
        let ends =
            |at: usize| at >= self.len || !is_number(self.chars[at]) && self.chars[at] != 0x2D;
        (matches!(gap, 1 | 2) && self.digits(at) == 6 && ends(at + 6)).then_some(at + 6)
    }

    /// Whether a number stands behind a part: 3栋502.
    pub(super) fn number_follows(&self, at: usize) -> bool {
        (at + 1 < self.len) && is_number(self.chars[at + 1])
            || at + 2 < self.len
                && matches!(self.chars[at + 1], 0x20 | 0x2D)
                && is_number(self.chars[at + 2])
    }

    /// The last character with the number that may stand behind: 3栋502, A座1203, 9楼之3.
    pub(super) fn with_number(&self, last: usize) -> usize {
        if last + 2 < self.len && self.chars[last + 1] == OF {
            let digits = self.digits(last + 2);
            if matches!(digits, 1..=3) {
                return last + 1 + digits;
            }
        }
        if let Some(end) = self.joined_numbers(last + 1) {
            return end - 1;
        }
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

/// 省市县.
const LARGE: [u16; 3] = [0x7701, 0x5E02, 0x53BF];
const ROOM: u16 = '室' as u16;
const FLAT: u16 = '房' as u16;
const RECEIVES: u16 = '收' as u16;
const OF: u16 = '之' as u16;

/// Places whose names begin with a particle.
const NAMES: [[char; 2]; 25] = [
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
    ['和', '硕'],
    ['和', '浩'],
    ['回', '龙'],
    ['回', '民'],
    ['回', '兴'],
    ['回', '澜'],
    ['来', '广'],
    ['来', '安'],
    ['来', '宾'],
    ['至', '善'],
    ['至', '诚'],
    ['为', '民'],
    ['有', '恒'],
    ['寄', '畅'],
    ['给', '水'],
];
