//! What a Han character may be in a name, in one table that the scan looks into at every character.

use crate::lexicon::{Fold, HAN_CONTEXT, HAN_FIRST, HAN_LAST, HAN_NAMES, is_han, list};

/// What a character may be: bits of a class.
pub(super) const SURNAME: u16 = 1;
pub(super) const SURNAME_WORD: u16 = 2;
pub(super) const GIVEN: u16 = 4;
pub(super) const GIVEN_WORD: u16 = 8;
pub(super) const NEVER_GIVEN: u16 = 16;
pub(super) const FOREIGN: u16 = 32;
pub(super) const COMPOUND: u16 = 64;
/// 小, 老 and 阿, before a name.
pub(super) const NICK: u16 = 128;
/// Begins a family name of Japan.
pub(super) const JAPANESE: u16 = 512;
/// Ends a word that a name often follows.
pub(super) const LEADS: u16 = 256;

/// A class for each character of the block, traditional ones as the simplified.
pub(super) fn classes(fold: &Fold) -> Box<[u16]> {
    let mut class = vec![0_u16; usize::from(HAN_LAST - HAN_FIRST) + 1];
    let mut set = |name: &str, bit: u16| {
        for char in list(HAN_NAMES, name).flat_map(str::chars) {
            let char = fold.char(char);
            class[usize::from(char - HAN_FIRST)] |= bit;
        }
    };
    set("surname", SURNAME);
    set("surname-word", SURNAME_WORD);
    set("given", GIVEN);
    set("given-word", GIVEN_WORD);
    set("never-given", NEVER_GIVEN);
    set("transliteration", FOREIGN);
    for char in list(HAN_NAMES, "compound").filter_map(|name| name.chars().next()) {
        class[usize::from(fold.char(char) - HAN_FIRST)] |= COMPOUND;
    }
    for char in list(HAN_NAMES, "japanese").filter_map(|name| name.chars().next()) {
        class[usize::from(fold.char(char) - HAN_FIRST)] |= JAPANESE;
    }
    for name in ["label", "self", "kin", "staff", "call"] {
        for char in list(HAN_CONTEXT, name).filter_map(|word| word.chars().last()) {
            let char = fold.char(char);
            if is_han(char) {
                class[usize::from(char - HAN_FIRST)] |= LEADS;
            }
        }
    }
    for char in ['的', '为', '是', '叫'] {
        class[usize::from(fold.char(char) - HAN_FIRST)] |= LEADS;
    }
    for char in ['小', '老', '阿'] {
        class[usize::from(fold.char(char) - HAN_FIRST)] |= NICK;
    }
    fold.with_traditional(|traditional, simplified| {
        let from = class[usize::from(simplified - HAN_FIRST)];
        class[usize::from(traditional - HAN_FIRST)] |= from;
    });
    class.into()
}
