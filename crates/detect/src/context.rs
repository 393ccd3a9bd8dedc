//! The words around a place: in the same clause, near enough, none of another kind between.

use crate::chars::{Class, char_from};
use crate::keyword::{Hit, Topic};
use crate::kind::{Kind, KindSet};
use crate::number::Nearby;

/// Bytes between a word and the number that it speaks of, at most. A Han character has three.
const BEFORE_MAX: usize = 60;
const AFTER_MAX: usize = 24;
/// Across a comma the word must be closer.
const ACROSS_COMMA_MAX: usize = 24;
/// Digits that are a number of their own.
const CLAIM_DIGITS: usize = 5;

/// A line with the words found in it.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) text: &'a str,
    pub(crate) hits: &'a [Hit],
    /// What the message before asked for.
    pub(crate) asked: KindSet,
    /// Whether the line has Han characters.
    pub(crate) has_han: bool,
}

impl<'a> Context<'a> {
    /// Words that end before a place, the nearest first, as far as they reach it.
    pub(crate) fn before(&self, at: usize) -> impl Iterator<Item = &'a Hit> + use<'a> {
        let text = self.text;
        let end = self.hits.partition_point(|hit| hit.end <= at);
        self.hits[..end]
            .iter()
            .rev()
            .take(6)
            .take_while(move |hit| at - hit.end <= BEFORE_MAX && reaches(text, hit.end, at))
    }

    /// Words that begin behind a place, the nearest first, as far as it reaches them.
    pub(crate) fn after(&self, at: usize) -> impl Iterator<Item = &'a Hit> + use<'a> {
        let text = self.text;
        let begin = self.hits.partition_point(|hit| hit.start < at);
        self.hits[begin..]
            .iter()
            .take(2)
            .take_while(move |hit| hit.start - at <= AFTER_MAX && reaches(text, at, hit.start))
    }

    /// Whether a word of a topic is among those near a span.
    pub(crate) fn is_near(&self, start: usize, end: usize, topic: Topic) -> bool {
        self.before(start).any(|hit| hit.topic == topic)
            || self.after(end).any(|hit| hit.topic == topic)
    }

    /// The topic of the nearest word before, requests aside.
    pub(crate) fn last(&self, at: usize) -> Option<Topic> {
        self.before(at)
            .filter(|hit| !self.is_claimed(hit.end, at) && !self.is_general(hit))
            .map(|hit| hit.topic)
            .find(|topic| *topic != Topic::Request)
    }

    /// Whether a word is the second half of another, and speaks of nothing else: 护照|号码是, 护照号|码为, 台胞证，号码：.
    fn is_general(&self, hit: &Hit) -> bool {
        const BETWEEN_MAX: usize = 3;
        let word = &self.text[hit.start..hit.end];
        let before = self.hits.partition_point(|before| before.end <= hit.start);
        word.starts_with(['号', '號', '码', '碼'])
            && before
                .checked_sub(1)
                .is_some_and(|before| hit.start - self.hits[before].end <= BETWEEN_MAX)
    }

    /// What the surroundings of a span of digits say.
    pub(crate) fn nearby(&self, start: usize, end: usize) -> Nearby {
        let mut near = Nearby {
            han_line: self.has_han,
            ..Nearby::default()
        };
        let touching = |hit: &Hit| start - hit.end <= 3;
        let mut nearest = None;
        for hit in self.before(start) {
            let skipped = matches!(
                hit.topic,
                Topic::Request
                    | Topic::Amount
                    | Topic::Dial
                    | Topic::HongKong
                    | Topic::Macau
                    | Topic::Taiwan
            );
            if hit.topic == Topic::Amount && touching(hit) {
                near.other = true;
            }
            if self.is_general(hit) {
                continue;
            }
            // A word that another number stands behind has said what it had to say.
            if self.is_claimed(hit.end, start) {
                nearest = nearest.or(Some(Topic::Request));
                continue;
            }
            if nearest.is_none() && !skipped {
                nearest = Some(hit.topic);
            }
            near.phone |= hit.topic == Topic::Dial && touching(hit);
            note(&mut near, hit.topic);
        }
        for hit in self.after(end) {
            near.other |= hit.topic == Topic::Amount && hit.start - end <= 1;
            // Behind it only a word that belongs to no other number speaks of it.
            if !self.speaks_of_what_follows(hit) {
                note(&mut near, hit.topic);
            }
        }
        near.other |= nearest == Some(Topic::OtherNumber);
        near.booking = nearest == Some(Topic::Booking);
        let asked = |kinds: &[Kind]| kinds.iter().any(|kind| self.asked.contains(*kind));
        if asked(&[Kind::Mobile, Kind::Landline, Kind::Phone]) {
            near.phone = true;
            near.own_phone = true;
        }
        near.card |= asked(&[Kind::BankCard]);
        near.identity |= asked(&[Kind::ResidentId]);
        near
    }

    /// Whether a number stands between a word and a place.
    fn is_claimed(&self, from: usize, to: usize) -> bool {
        let mut at = from;
        let mut digits = 0;
        while at < to {
            let Some(char) = char_from(self.text, at) else {
                return false;
            };
            digits += usize::from(char.is_digit());
            at += char.bytes;
        }
        digits >= CLAIM_DIGITS
    }

    fn speaks_of_what_follows(&self, hit: &Hit) -> bool {
        let mut at = hit.end;
        for _ in 0..6 {
            let Some(char) = char_from(self.text, at) else {
                return false;
            };
            match char.class {
                Class::Digit | Class::HanDigit | Class::Plus => return true,
                Class::Stop | Class::LineEnd => return false,
                _ => at += char.bytes,
            }
        }
        false
    }
}

fn note(near: &mut Nearby, topic: Topic) {
    match topic {
        Topic::Phone => near.phone = true,
        Topic::OwnPhone => {
            near.phone = true;
            near.own_phone = true;
        }
        Topic::Card => near.card = true,
        Topic::ResidentId => near.identity = true,
        Topic::Device => near.device = true,
        Topic::HongKong | Topic::Macau | Topic::Taiwan => near.overseas = true,
        _ => {}
    }
}

/// Whether nothing that ends a sentence stands between, and a comma, or the mark of a question, only in a short stretch.
fn reaches(text: &str, from: usize, to: usize) -> bool {
    let mut at = from;
    while at < to {
        let Some(char) = char_from(text, at) else {
            return false;
        };
        let near = to - from <= ACROSS_COMMA_MAX;
        let weak = matches!(
            &text.as_bytes()[at..at + char.bytes],
            b"," | b"?" | [0xEF, 0xBC, 0x8C | 0x9F] | [0xE3, 0x80, 0x81]
        );
        match char.class {
            Class::LineEnd => return false,
            Class::Stop if !(weak && near) => return false,
            _ => at += char.bytes,
        }
    }
    true
}
