//! A line as the stages of names and addresses read it: each character once, folded, with its place. English lines stay as they are.

use smallvec::SmallVec;

use crate::lexicon::Fold;

/// Characters that need no memory of their own.
const SHORT: usize = 256;

/// A line, and its characters as [`Fold`] makes them; none where all is ASCII.
pub(crate) struct Line<'a> {
    pub(crate) text: &'a str,
    /// With an [`Fold::EDGE`] behind the last.
    chars: SmallVec<[u16; SHORT]>,
    /// Offsets in the text, with its length behind the last.
    at: SmallVec<[usize; SHORT]>,
    /// Whether an edge is among the characters: the text has several lines.
    has_edge: bool,
}

impl<'a> Line<'a> {
    #[inline]
    pub(crate) fn new(fold: &Fold, text: &'a str) -> Self {
        let mut line = Self {
            text,
            chars: SmallVec::new(),
            at: SmallVec::new(),
            has_edge: false,
        };
        if !text.is_ascii() {
            line.read(fold);
        }
        line
    }

    fn read(&mut self, fold: &Fold) {
        for (at, char) in self.text.char_indices() {
            let char = fold.char(char);
            self.has_edge |= char == Fold::EDGE;
            self.chars.push(char);
            self.at.push(at);
        }
        self.chars.push(Fold::EDGE);
        self.at.push(self.text.len());
    }

    /// Its characters, with an edge behind the last; nothing at all where the text is ASCII.
    #[inline]
    pub(crate) fn chars(&self) -> &[u16] {
        &self.chars
    }

    /// Offset in the text of the character at a place.
    #[inline]
    pub(crate) fn offset(&self, index: usize) -> usize {
        self.at[index]
    }

    /// The first byte of the character at a place, as it was before it was folded.
    #[inline]
    pub(crate) fn byte(&self, index: usize) -> u8 {
        self.text.as_bytes()[self.at[index]]
    }

    /// At most `max` characters from a place on, up to the end of the line.
    #[inline]
    pub(crate) fn ahead(&self, first: usize, max: usize) -> Ahead<'_> {
        let last = self.chars.len() - 1;
        let first = first.min(last);
        let mut len = max.min(last - first);
        if self.has_edge {
            let edge = (self.chars[first..first + len].iter()).position(|char| *char == Fold::EDGE);
            len = edge.unwrap_or(len);
        }
        Ahead {
            chars: &self.chars[first..first + len],
            at: &self.at[first..first + max.min(len + 1)],
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

/// A few characters from a place on, with the offset of each in the text.
pub(crate) struct Ahead<'a> {
    chars: &'a [u16],
    at: &'a [usize],
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
        self.at[index.min(self.at.len() - 1)]
    }
}
