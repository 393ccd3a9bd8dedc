//! What a sketch knows of a text: bigrams of scripts written without spaces, trigrams and short
//! words of Latin letters and digits. Tokens are stored for ever, so nothing here may change
//! without a new [`super::SKETCH_VERSION`].

use super::mix;

/// What a character contributes. Matching of whole words uses the same division.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A Latin letter or a digit 0 to 9: trigrams within a run, runs of one and two as words.
    Word,
    /// Every other letter (ideographs, kana, Hangul, and scripts such as Thai or Cyrillic): bigrams.
    Dense,
    /// Spaces, punctuation, marks, pictures: only as the neighbour of a dense character.
    Other,
}

impl Class {
    pub(super) fn of(c: char) -> Self {
        match c {
            'a'..='z' | '0'..='9' | 'A'..='Z' => Self::Word,
            '\0'..='\x7f' => Self::Other,
            '\u{3041}'..='\u{3096}'
            | '\u{30a1}'..='\u{30fa}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{20000}'..='\u{2a6df}' => Self::Dense,
            _ if !c.is_alphanumeric() => Self::Other,
            // Latin-1, Latin Extended A, B, IPA; Additional; C; D; E.
            '\u{80}'..='\u{2af}'
            | '\u{1e00}'..='\u{1eff}'
            | '\u{2c60}'..='\u{2c7f}'
            | '\u{a722}'..='\u{a7ff}'
            | '\u{ab30}'..='\u{ab6f}' => Self::Word,
            _ => Self::Dense,
        }
    }
}

/// Calls `emit` with the 64-bit hash of each token of a normalised text, repetitions included.
/// Different tokens have different hashes.
pub fn tokens(normalised: &str, emit: &mut impl FnMut(u64)) {
    walk(normalised, Edges::Closed, emit);
}

/// Whether a text may go on beyond what is seen of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edges {
    /// This is all of it.
    Closed,
    /// It is part of a longer text: a short run at its edge may be part of a longer word, and so
    /// says nothing.
    Open,
}

pub(super) fn walk(normalised: &str, edges: Edges, emit: &mut impl FnMut(u64)) {
    let mut previous: Option<(char, Class)> = None;
    let mut run = Run {
        length: 0,
        told: true,
        last: ['\0'; 2],
    };
    for c in normalised.chars() {
        let class = Class::of(c);
        if let Some((before, class_before)) = previous
            && (class == Class::Dense || class_before == Class::Dense)
        {
            emit(bigram(before, c));
        }
        if class == Class::Word {
            if run.length == 0 {
                run.told = previous.is_some() || edges == Edges::Closed;
            }
            run.push(c, emit);
        } else {
            run.end(emit);
        }
        previous = Some((c, class));
    }
    run.told &= edges == Edges::Closed;
    run.end(emit);
}

/// A maximal run of word characters, as far as it has been read.
struct Run {
    length: usize,
    /// Whether its beginning was seen, so that it is known to be a whole word.
    told: bool,
    last: [char; 2],
}

impl Run {
    fn push(&mut self, c: char, emit: &mut impl FnMut(u64)) {
        let [first, second] = self.last;
        if self.length >= 2 {
            emit(trigram(first, second, c));
        }
        self.last = [second, c];
        self.length += 1;
    }

    fn end(&mut self, emit: &mut impl FnMut(u64)) {
        let [first, second] = self.last;
        match self.length {
            1 if self.told => emit(trigram('\0', '\0', second)),
            2 if self.told => emit(trigram('\0', first, second)),
            _ => {}
        }
        self.length = 0;
    }
}

/// Shares its numbers with words of two, which have two word characters: a bigram has at most one.
fn bigram(first: char, second: char) -> u64 {
    trigram('\0', first, second)
}

/// Three characters of 21 bits fill 63 bits, so distinct tokens stay distinct before and after mixing.
fn trigram(first: char, second: char, third: char) -> u64 {
    mix(u64::from(first) << 42 | u64::from(second) << 21 | u64::from(third))
}
