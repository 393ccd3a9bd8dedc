//! A run: digits of any width and script, with at most a few separators between two of them. What shows nothing is passed over.

use crate::chars::{Class, char_at, char_before, char_from};

/// Digits of one run. What is longer without a separator is no number of a person.
pub(crate) const DIGITS_MAX: usize = 96;
/// Separators between two digits: `) ` and ` - ` are the longest that people write.
const SEPARATORS_MAX: usize = 3;
/// Written for the check digit 10.
pub(crate) const X: u8 = 10;

/// What stands before a digit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Gap {
    None,
    Space,
    Hyphen,
    Dot,
    Paren,
}

/// A run of digits. Positions are byte offsets in the text.
pub(crate) struct Run {
    pub(crate) length: usize,
    pub(crate) values: [u8; DIGITS_MAX],
    starts: [usize; DIGITS_MAX],
    ends: [usize; DIGITS_MAX],
    gaps: [Gap; DIGITS_MAX],
    /// Where a `+` before it stands.
    pub(crate) plus: Option<usize>,
    /// Whether a letter stands directly before it, or behind.
    pub(crate) letter_before: bool,
    pub(crate) letter_after: bool,
    /// Digits written as Han numerals.
    pub(crate) han: usize,
    /// Behind the run.
    pub(crate) after: usize,
}

impl Run {
    /// The run whose first digit is at `at`.
    pub(crate) fn collect(text: &str, at: usize) -> Self {
        let mut run = Self {
            length: 0,
            values: [0; DIGITS_MAX],
            starts: [0; DIGITS_MAX],
            ends: [0; DIGITS_MAX],
            gaps: [Gap::None; DIGITS_MAX],
            plus: plus_before(text, at),
            letter_before: char_before(text, at)
                .is_some_and(|(_, char)| char.class == Class::Letter),
            letter_after: false,
            han: 0,
            after: at,
        };
        let mut next = Some((at, Gap::None));
        while let Some((at, gap)) = next {
            if run.length == DIGITS_MAX {
                run.give_up(text, at, gap);
                break;
            }
            run.push(text, at, gap);
            run.take_x(text);
            next =
                digit_behind(text, run.after).filter(|(next, _)| !is_other_script(text, at, *next));
        }
        run.letter_after =
            char_from(text, run.after).is_some_and(|char| char.class == Class::Letter);
        run
    }

    fn push(&mut self, text: &str, at: usize, gap: Gap) {
        let char = char_at(text, at);
        self.han += usize::from(char.class == Class::HanDigit);
        self.add(char.value, at, at + char.bytes, gap);
    }

    fn add(&mut self, value: u8, start: usize, end: usize, gap: Gap) {
        let at = self.length;
        self.values[at] = value;
        self.starts[at] = start;
        self.ends[at] = end;
        self.gaps[at] = gap;
        self.length += 1;
        self.after = end;
    }

    /// The `X` of a resident ID, where the 17 digits before it ask for one.
    fn take_x(&mut self, text: &str) {
        if self.length < 17 || self.length == DIGITS_MAX {
            return;
        }
        let is_x =
            |at| char_from(text, at).is_some_and(|char| char.value == b'X' && char.is_word());
        let at = if is_x(self.after) {
            self.after
        } else {
            match char_from(text, self.after) {
                Some(char) if char.class == Class::Separator && is_x(self.after + char.bytes) => {
                    self.after + char.bytes
                }
                _ => return,
            }
        };
        let mut digits = [X; 18];
        digits[..17].copy_from_slice(&self.values[self.length - 17..self.length]);
        if crate::check::mod_11_2(&digits) {
            let gap = if at == self.after {
                Gap::None
            } else {
                Gap::Space
            };
            self.add(X, at, at + char_at(text, at).bytes, gap);
        }
    }

    /// Too long: what has no separator goes as a whole, else the run ends at its last group.
    fn give_up(&mut self, text: &str, mut at: usize, gap: Gap) {
        if gap != Gap::None {
            return;
        }
        let group = (1..self.length)
            .rev()
            .find(|digit| self.gaps[*digit] != Gap::None);
        self.length = group.unwrap_or(0);
        while let Some(char) = char_from(text, at)
            && char.is_digit()
        {
            at += char.bytes;
        }
        self.after = at;
    }

    /// Where digit `from` begins.
    pub(crate) fn start(&self, from: usize) -> usize {
        self.starts[from]
    }

    /// Where the digit before `to` ends.
    pub(crate) fn end(&self, to: usize) -> usize {
        self.ends[to - 1]
    }

    /// What stands before a digit.
    pub(crate) fn gap_at(&self, at: usize) -> Gap {
        self.gaps.get(at).copied().unwrap_or(Gap::None)
    }

    /// What stands before a digit of the run.
    pub(crate) fn gap(&self, at: usize) -> Gap {
        self.gaps[at]
    }

    /// Whether a group begins at `at`, or the run ends there.
    pub(crate) fn is_edge(&self, at: usize) -> bool {
        at == 0 || at >= self.length || self.gaps[at] != Gap::None
    }

    /// The end of the group that `at` is in.
    pub(crate) fn group_end(&self, at: usize) -> usize {
        (at + 1..self.length)
            .find(|digit| self.gaps[*digit] != Gap::None)
            .unwrap_or(self.length)
    }

    /// The sizes of the groups within a window, and how many there are. Beyond eight the last size is the rest.
    pub(crate) fn groups(&self, from: usize, to: usize) -> ([usize; 8], usize) {
        let mut sizes = [0; 8];
        let mut count = 0;
        let mut at = from;
        while at < to {
            let end = self.group_end(at).min(to);
            sizes[count.min(7)] += end - at;
            count += 1;
            at = end;
        }
        (sizes, count)
    }
}

/// A `+` directly before, or with a bracket between.
fn plus_before(text: &str, at: usize) -> Option<usize> {
    let (before, char) = char_before(text, at)?;
    match char.class {
        Class::Plus => Some(before),
        Class::Paren => char_before(text, before)
            .filter(|(_, char)| char.class == Class::Plus)
            .map(|(at, _)| at),
        _ => None,
    }
}

/// Numerals that continue digits, or the other way round: fewer are a word of their own (`13812345678一间`).
const SWITCH_MIN: usize = 3;

/// Whether the digit at `next` is of another script than the one at `last`, and its run of numerals, or the one that ends there,
/// too short to belong to it.
#[inline]
pub(crate) fn is_other_script(text: &str, last: usize, next: usize) -> bool {
    let bytes = text.as_bytes();
    // Nearly all are ASCII.
    !(bytes[last].is_ascii() && bytes[next].is_ascii()) && is_of_other_script(text, last, next)
}

fn is_of_other_script(text: &str, last: usize, next: usize) -> bool {
    let is_han = |at: usize| char_at(text, at).class == Class::HanDigit;
    if is_han(last) == is_han(next) {
        return false;
    }
    let mut numerals = 0;
    if is_han(next) {
        let mut at = next;
        while at < text.len() && is_han(at) && numerals < SWITCH_MIN {
            at += char_at(text, at).bytes;
            numerals += 1;
        }
    } else {
        let mut end = last + char_at(text, last).bytes;
        while let Some((at, char)) = char_before(text, end)
            && char.class == Class::HanDigit
            && numerals < SWITCH_MIN
        {
            end = at;
            numerals += 1;
        }
    }
    numerals < SWITCH_MIN
}

/// The next digit, if no more than separators stand between.
fn digit_behind(text: &str, mut at: usize) -> Option<(usize, Gap)> {
    let mut gap = Gap::None;
    let mut separators = 0;
    loop {
        let char = char_from(text, at)?;
        let seen = match char.class {
            Class::Digit | Class::HanDigit => return Some((at, gap)),
            Class::Separator if char.value == b'-' => Gap::Hyphen,
            Class::Separator if char.value == b'.' => Gap::Dot,
            Class::Separator if gap == Gap::None => Gap::Space,
            Class::Separator | Class::Invisible => gap,
            Class::Paren => Gap::Paren,
            _ => return None,
        };
        if char.class != Class::Invisible {
            gap = if gap == Gap::Paren { gap } else { seen };
            separators += 1;
        }
        if separators > SEPARATORS_MAX {
            return None;
        }
        at += char.bytes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let at = text
            .char_indices()
            .find(|(at, _)| char_at(text, *at).is_digit());
        let run = Run::collect(text, at.expect("there is a digit").0);
        let mut shown = String::new();
        for at in 0..run.length {
            shown.push_str(match run.gap(at) {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Hyphen => "-",
                Gap::Dot => ".",
                Gap::Paren => "(",
            });
            shown.push(char::from_digit(run.values[at].into(), 10).unwrap_or('X'));
        }
        shown
    }

    #[test]
    fn digits_of_all_widths_and_scripts_are_one_run() {
        assert_eq!(shown("电话１３８-1234 五六七八，好"), "138-1234 5678");
        assert_eq!(shown("(010) 1234－5678"), "010(1234-5678");
        assert_eq!(shown("1️⃣3️⃣8️⃣"), "138");
        assert_eq!(shown("138 - 1234"), "138-1234");
        assert_eq!(shown("138     1234"), "138");
        assert_eq!(shown("12:30"), "12");
    }

    #[test]
    fn the_last_x_belongs_to_the_digits_that_ask_for_it() {
        assert_eq!(shown("11010519491231002X138"), "11010519491231002X138");
        assert_eq!(shown("11010519491231002ｘ"), "11010519491231002X");
        assert_eq!(shown("11010519491231003X"), "11010519491231003");
    }

    #[test]
    fn what_is_too_long_is_left_alone() {
        let long = "1".repeat(DIGITS_MAX + 20);
        let run = Run::collect(&long, 0);
        assert_eq!((run.length, run.after), (0, long.len()));
        let grouped = format!("123 {long}5");
        assert_eq!(Run::collect(&grouped, 0).length, 3);
    }
}
