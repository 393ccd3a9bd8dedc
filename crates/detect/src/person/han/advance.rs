//! The first look at each character: where a candidate may begin. All that is kept from one to the next is in [`Next`].

use crate::lexicon::{Fold, is_han};
use crate::line::Line;

use super::class::{BEGINS, HAN, LEADS, MARKS, NEVER_GIVEN, OPENS};
use super::foreign::{is_dot, width};
use super::others::{is_office, is_sir};
use super::{ADD, CALLED, FAMILY, HAN_BYTES, HanNames, ME};

/// The next character, and what those before it leave.
pub(super) struct Next {
    pub(super) index: usize,
    /// Its offset in the text.
    pub(super) at: usize,
    /// Whether any name may begin here, without a family name.
    pub(super) marked: bool,
    /// Whether the last character ends a word that a name often follows.
    pub(super) loose: bool,
    /// The last character.
    pub(super) before: u16,
}

impl Default for Next {
    fn default() -> Self {
        Self {
            index: 0,
            at: 0,
            marked: true,
            loose: false,
            before: Fold::EDGE,
        }
    }
}

impl Next {
    /// Goes on behind a Han character.
    #[inline]
    pub(super) fn pass(&mut self, char: u16, class: u16) {
        // 叫我|扎西
        let me = char == ME && matches!(self.before, CALLED | ADD);
        self.marked = me || class & MARKS != 0;
        self.loose = me || class & LEADS != 0;
        self.before = char;
        self.index += 1;
        self.at += HAN_BYTES;
    }

    /// Goes on behind a character that is none, which begins with this byte. What is of full width counts as what it is, not as
    /// ASCII.
    #[inline]
    pub(super) fn pass_mark(&mut self, char: u16, byte: u8) {
        let marks = char == u16::from(b':') || byte == b'\n';
        self.marked = marks || self.marked && byte < 0x80;
        self.before = char;
        self.index += 1;
        self.at += width(byte);
    }
}

/// What stands at a place.
pub(super) enum Found {
    /// A candidate, which begins with a character of this class.
    Name(u16),
    /// A dot, as names of other peoples have.
    Dot,
    /// The line ends.
    End,
}

impl HanNames {
    /// Goes on to the next place with something to look at.
    pub(super) fn advance(&self, line: &Line<'_>, next: &mut Next) -> Found {
        let chars = line.chars();
        let bytes = line.text.as_bytes();
        while let Some([char, behind]) = chars.get(next.index..).and_then(|rest| rest.first_chunk())
        {
            let (char, class) = (*char, self.class_of(*char));
            if class & HAN == 0 {
                if is_dot(char) {
                    return Found::Dot;
                }
                next.pass_mark(char, bytes[next.at]);
                continue;
            }
            let free = next.loose || !is_han(next.before);
            if free || next.marked || class & BEGINS != 0 {
                let begins = class & if free { OPENS } else { BEGINS } != 0;
                let behind = self.class_of(*behind);
                let given = behind & (HAN | NEVER_GIVEN) == HAN;
                if free && !next.marked {
                    next.marked = self.may_be_called(&chars[next.index..], class & behind);
                }
                let is_family = next.before == FAMILY;
                if (begins || next.marked) && (given || is_family)
                    || begins
                        && behind != HAN
                        && (is_office(chars.get(next.index + 2))
                            || is_sir(&chars[next.index + 1..]))
                {
                    return Found::Name(class);
                }
            }
            next.pass(char, class);
        }
        Found::End
    }
}
