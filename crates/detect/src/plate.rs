//! Licence plates of the mainland (GA 36): a province's character, a letter, then five, or six for new energy; no I, no O.

use crate::chars::{Char, Class, char_from};
use crate::context::Context;
use crate::finding::Evidence::{Keyword, Prefix, Shape};
use crate::finding::{EvidenceSet, Finding};
use crate::keyword::Topic;
use crate::kind::Kind;

/// Characters that end the plates of coaches, police, Hong Kong, Macau and trailers.
const ENDS: &str = "学警港澳挂領领使";

/// Where the letter stands behind a province's character that ends at `at`: a space may be between where a dot follows the
/// letter, 苏 E·8K7N2.
pub(crate) fn letter_at(text: &str, at: usize) -> usize {
    let dotted = |rest: &str| {
        rest.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && rest[1..].starts_with(['·', '•', '・'])
    };
    match text[at..].strip_prefix(' ') {
        Some(rest) if dotted(rest) => at + 1,
        _ => at,
    }
}

/// The plate whose province's character is at `at`.
pub(crate) fn plate(context: &Context<'_>, at: usize) -> Option<Finding> {
    let text = context.text;
    let mut place = letter_at(text, at + char_from(text, at)?.bytes);
    let letter = char_from(text, place)
        .filter(|char| char.class == Class::Letter && !matches!(char.value, b'I' | b'O'))?;
    let lower = text.as_bytes()[place].is_ascii_lowercase();
    place += letter.bytes;
    if let Some(separator) = char_from(text, place).filter(|char| char.class == Class::Separator) {
        place += separator.bytes;
    }
    let mut chars = [0; 7];
    let mut ends = [0; 7];
    let mut length = 0;
    while let Some(char) = char_from(text, place) {
        if char.class == Class::Separator
            && length > 0
            && length < 5
            && char_from(text, place + char.bytes).is_some_and(Char::is_word)
        {
            place += char.bytes;
            continue;
        }
        let value = match char.class {
            Class::Letter => char.value,
            Class::Digit => char.value + b'0',
            // Numerals are read out digit by digit where no other digit stands.
            Class::HanDigit if chars[..length].iter().all(u8::is_ascii_digit) => char.value + b'0',
            _ => break,
        };
        if length == chars.len() {
            return None;
        }
        chars[length] = value;
        place += char.bytes;
        ends[length] = place;
        length += 1;
    }
    let special = text[place..]
        .chars()
        .next()
        .filter(|char| length == 4 && ENDS.contains(*char));
    let chars = &chars[..length];
    let digits = chars.iter().filter(|char| char.is_ascii_digit()).count();
    let letters = length - digits;
    let named = context.is_near(at, place, Topic::Plate);
    let ordinary = length == 5 || length == 4 && special.is_some();
    let energy = length == 6
        && letters >= 1
        && (chars[0].is_ascii_uppercase() || chars[5].is_ascii_uppercase());
    // Letters alone are a word unless somebody speaks of a plate.
    let enough = digits >= if named { 1 } else { 2 };
    if !(ordinary || energy) || !enough || chars.iter().any(|char| matches!(char, b'I' | b'O')) {
        return None;
    }
    let end = ends[length - 1] + special.map_or(0, char::len_utf8);
    let score = match (named, lower) {
        (true, _) => 99,
        (false, false) => 90,
        (false, true) => 70,
    };
    Some(Finding {
        start: at,
        end,
        kind: Kind::LicencePlate,
        score,
        evidence: EvidenceSet::NONE
            .with(Shape)
            .with(Prefix)
            .with_if(named, Keyword),
    })
}
