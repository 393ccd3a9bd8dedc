//! What a Han character may be in a name, in one table that the scan looks into at every character.

use crate::lexicon::{
    Fold, HAN_CONTEXT, HAN_FIRST, HAN_LAST, HAN_NAMES, PLANE, is_han, list, plane,
};

/// What a character may be: bits of a class.
pub(super) const SURNAME: u16 = 1;
pub(super) const SURNAME_WORD: u16 = 2;
pub(super) const GIVEN: u16 = 4;
pub(super) const GIVEN_WORD: u16 = 8;
pub(super) const NEVER_GIVEN: u16 = 16;
pub(super) const FOREIGN: u16 = 32;
pub(super) const COMPOUND: u16 = 64;
/// 小, 老, 阿 and 大, before a name.
pub(super) const NICK: u16 = 128;
/// A family name and nothing else.
pub(super) const SURNAME_ONLY: u16 = 2048;
/// A family name that is a word nearly everywhere.
pub(super) const SURNAME_RARE: u16 = 4096;
/// A family name behind 小 and 老, though it is a word by itself: 小周, 老黄.
pub(super) const FAMILIAR: u16 = 32_768;
/// Begins a family name of Japan.
pub(super) const JAPANESE: u16 = 1024;
/// Ends a word that a name often follows.
pub(super) const LEADS: u16 = 256;
/// All Han characters.
pub(super) const HAN: u16 = 512;
/// Begins a candidate wherever it stands: a family name or its like that is no word nearly everywhere.
pub(super) const BEGINS: u16 = 8192;
/// 叫, 是 and 人: what follows is free to be any name.
pub(super) const MARKS: u16 = 16_384;

/// What a candidate begins with.
pub(super) const OPENS: u16 = SURNAME | SURNAME_WORD | COMPOUND | NICK | JAPANESE;

/// A class for each folded character.
pub(super) fn classes(fold: &Fold) -> Box<[u16; PLANE]> {
    let mut class = plane(0_u16);
    class[usize::from(HAN_FIRST)..=usize::from(HAN_LAST)].fill(HAN);
    let mut set = |name: &str, bit: u16| {
        for char in list(HAN_NAMES, name).flat_map(str::chars) {
            let char = fold.char(char);
            class[usize::from(char)] |= bit;
        }
    };
    set("surname", SURNAME);
    set("surname-only", SURNAME | SURNAME_ONLY);
    set("surname-rare", SURNAME_RARE);
    set("surname-word", SURNAME_WORD);
    set("surname-familiar", FAMILIAR);
    set("given", GIVEN);
    set("given-word", GIVEN_WORD);
    set("never-given", NEVER_GIVEN);
    set("transliteration", FOREIGN);
    for char in list(HAN_NAMES, "compound").filter_map(|name| name.chars().next()) {
        class[usize::from(fold.char(char))] |= COMPOUND;
    }
    for char in list(HAN_NAMES, "japanese").filter_map(|name| name.chars().next()) {
        class[usize::from(fold.char(char))] |= JAPANESE;
    }
    for name in ["label", "self", "kin", "staff", "call"] {
        for char in list(HAN_CONTEXT, name).filter_map(|word| word.chars().last()) {
            let char = fold.char(char);
            // 叫我: 我 alone leads to nothing.
            if is_han(char) && char != super::ME {
                class[usize::from(char)] |= LEADS;
            }
        }
    }
    for char in ['的', '为', '是', '叫'] {
        class[usize::from(fold.char(char))] |= LEADS;
    }
    for char in ['小', '老', '阿'] {
        class[usize::from(fold.char(char))] |= NICK;
    }
    // 大刘: only where a word begins.
    class[usize::from(fold.char('大'))] |= NICK | SURNAME_RARE;
    for char in ['叫', '是', '人'] {
        class[usize::from(fold.char(char))] |= MARKS;
    }
    for class in class.iter_mut() {
        if *class & OPENS != 0 && *class & SURNAME_RARE == 0 {
            *class |= BEGINS;
        }
    }
    class
}
