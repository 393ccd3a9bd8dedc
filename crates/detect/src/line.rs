//! A line as the stages of names and addresses read it: each character once, folded. English lines stay as they are.

use smallvec::SmallVec;

use crate::lexicon::Fold;

/// Characters that need no memory of their own.
const SHORT: usize = 256;

/// Memory for the characters of one line after another.
pub(crate) type Chars = SmallVec<[u16; SHORT]>;

/// A line, and its characters as [`Fold`] makes them; none where all is ASCII.
pub(crate) struct Line<'a> {
    pub(crate) text: &'a str,
    /// With an [`Fold::EDGE`] behind the last.
    chars: &'a [u16],
    /// Whether an edge is among the characters: the text has several lines.
    has_edge: bool,
}

impl<'a> Line<'a> {
    #[inline]
    pub(crate) fn new(fold: &Fold, text: &'a str, chars: &'a mut Chars) -> Self {
        let (len, has_edge) = if text.is_ascii() {
            (0, false)
        } else {
            read(fold, text, chars)
        };
        Self {
            text,
            chars: &chars[..len],
            has_edge,
        }
    }

    /// Its characters, with an edge behind the last; nothing at all where the text is ASCII.
    #[inline]
    pub(crate) fn chars(&self) -> &[u16] {
        self.chars
    }

    /// At most `max` characters from a place on, which has this offset in the text, up to the end of the line.
    #[inline]
    pub(crate) fn ahead(&self, first: usize, start: usize, max: usize) -> Ahead<'_> {
        let last = self.chars.len() - 1;
        let first = first.min(last);
        let mut chars = &self.chars[first..last.min(first + max)];
        if self.has_edge {
            let edge = chars.iter().position(|char| *char == Fold::EDGE);
            chars = &chars[..edge.unwrap_or(chars.len())];
        }
        Ahead {
            text: self.text,
            start,
            chars,
            last: chars.len().min(max - 1),
        }
    }

    /// At most `max` characters before a place, from the beginning of the line.
    #[inline]
    pub(crate) fn behind(&self, end: usize, max: usize) -> &[u16] {
        let chars = &self.chars[end.saturating_sub(max)..end];
        if !self.has_edge {
            return chars;
        }
        let edge = chars.iter().rposition(|char| *char == Fold::EDGE);
        &chars[edge.map_or(0, |at| at + 1)..]
    }
}

/// Reads the characters of a text; how many they are with the edge behind them, and whether one is among them.
fn read(fold: &Fold, text: &str, chars: &mut Chars) -> (usize, bool) {
    let bytes = text.as_bytes();
    if chars.len() <= bytes.len() {
        chars.resize(bytes.len() + 1, Fold::EDGE);
    }
    let mut has_edge = false;
    let mut rest = bytes;
    let mut len = 0;
    for place in chars.iter_mut() {
        let (char, width) = match *rest {
            [first @ 0xE0..=0xEF, second, third, ..] => {
                let low = |byte: u8| u16::from(byte & 0x3F);
                let char = u16::from(first & 0x0F) << 12 | low(second) << 6 | low(third);
                (fold.narrow(char), 3)
            }
            [first @ 0..0x80, ..] => {
                let char = fold.narrow(u16::from(first));
                has_edge |= char == Fold::EDGE;
                (char, 1)
            }
            [] => {
                *place = Fold::EDGE;
                break;
            }
            _ => {
                let at = bytes.len() - rest.len();
                let char = text[at..].chars().next().unwrap_or('\0');
                (fold.char(char), char.len_utf8())
            }
        };
        *place = char;
        rest = &rest[width..];
        len += 1;
    }
    (len + 1, has_edge)
}

/// A few characters from a place on.
pub(crate) struct Ahead<'a> {
    text: &'a str,
    start: usize,
    chars: &'a [u16],
    /// The last place whose offset is told.
    last: usize,
}

impl<'a> Ahead<'a> {
    /// Characters of the line.
    pub(crate) const fn chars(&self) -> &'a [u16] {
        self.chars
    }

    /// The character at a place, [`Fold::EDGE`] behind the last.
    pub(crate) fn get(&self, index: usize) -> u16 {
        self.chars.get(index).copied().unwrap_or(Fold::EDGE)
    }

    /// Characters from a place on.
    pub(crate) fn from(&self, index: usize) -> &'a [u16] {
        self.chars.get(index..).unwrap_or(&[])
    }

    /// Offset in the text of the character at a place; behind the last, of what follows.
    pub(crate) fn offset(&self, index: usize) -> usize {
        let mut rest = self.text[self.start..].char_indices();
        let place = rest.nth(index.min(self.last));
        place.map_or(self.text.len(), |(at, _)| self.start + at)
    }
}
