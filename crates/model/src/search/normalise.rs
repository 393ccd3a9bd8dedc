//! The one form in which texts and queries are compared: case folding of NFKC.
//! Characters that need no table are handled here; the others go through the Unicode crates.

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;

/// Full case folding (Unicode 3.13, R4: toCasefold) of the NFKC form of `text`.
#[must_use]
pub fn normalise(text: &str) -> String {
    let mut out = String::new();
    normalise_into(text, &mut out);
    out
}

/// As [`normalise`], replacing what `out` held, so that one buffer serves many texts.
pub fn normalise_into(text: &str, out: &mut String) {
    out.clear();
    out.reserve(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let plain = push_plain(rest, out);
        if plain.read == rest.len() {
            return;
        }
        // The last plain character may compose with what follows: `e` and a combining accent.
        out.truncate(plain.written_before_last);
        let tricky = &rest[plain.read_before_last..];
        let end = plain.read - plain.read_before_last;
        let end = end + length_without_plain(&tricky[end..]);
        out.extend(tricky[..end].nfkc().default_case_fold());
        rest = &tricky[end..];
    }
}

/// How far a run of plain characters went, and where its last character began on both sides.
struct Plain {
    read: usize,
    read_before_last: usize,
    written_before_last: usize,
}

/// Appends the normal form of the longest prefix of `text` that consists of plain characters.
fn push_plain(text: &str, out: &mut String) -> Plain {
    let mut plain = Plain {
        read: 0,
        read_before_last: 0,
        written_before_last: out.len(),
    };
    while plain.read < text.len() {
        let rest = &text[plain.read..];
        let ascii = ascii_length(rest.as_bytes());
        if ascii > 0 {
            let written = out.len();
            out.push_str(&rest[..ascii]);
            out[written..].make_ascii_lowercase();
            plain.read += ascii;
            plain.read_before_last = plain.read - 1;
            plain.written_before_last = out.len() - 1;
        }
        for c in rest[ascii..].chars().take_while(|c| !c.is_ascii()) {
            let Some(normal) = plain_form(c) else {
                return plain;
            };
            plain.read_before_last = plain.read;
            plain.written_before_last = out.len();
            plain.read += c.len_utf8();
            out.push(normal);
        }
    }
    plain
}

/// The length of the longest prefix of `bytes` that is ASCII, eight bytes at a time.
fn ascii_length(bytes: &[u8]) -> usize {
    let words = bytes
        .chunks_exact(8)
        .take_while(|word| word.is_ascii())
        .count()
        * 8;
    words
        + bytes[words..]
            .iter()
            .take_while(|byte| byte.is_ascii())
            .count()
}

/// The length of the longest prefix of `text` without a plain character. A plain character never
/// composes with what stands before it, so normalising may begin anew there.
fn length_without_plain(text: &str) -> usize {
    text.char_indices()
        .find(|&(_, c)| plain_form(c).is_some())
        .map_or(text.len(), |(at, _)| at)
}

/// The normal form of a character whose NFKC is one character that starts a new composition,
/// whatever stands before it; `None` for all others. A test compares it with the tables of Unicode.
fn plain_form(c: char) -> Option<char> {
    match c {
        '\0'..='\x7f' => Some(c.to_ascii_lowercase()),
        // General punctuation: dashes and quotation marks.
        '\u{2013}'..='\u{2016}' | '\u{2018}'..='\u{201d}'
        // CJK punctuation, kana without their combining marks, ideographs, Hangul syllables.
        | '\u{3001}'..='\u{3020}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fe}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}'
        // Pictographs and faces; supplementary ideographs of planes 2 and 3 before the
        // compatibility block at 2F800.
        | '\u{1f300}'..='\u{1f64f}'
        | '\u{20000}'..='\u{2a6df}' => Some(c),
        '\u{3000}' => Some(' '),
        // Full-width forms of ASCII, written in Chinese texts after every clause.
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - 0xfee0).map(|ascii| ascii.to_ascii_lowercase())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_normalised_as_unicode_says() {
        let mut out = String::new();
        // No plane beyond the third has letters; plane 14 has tags.
        for c in ('\0'..='\u{3ffff}').chain('\u{e0000}'..='\u{e0fff}') {
            let text = c.to_string();
            normalise_into(&text, &mut out);
            let reference: String = text.nfkc().default_case_fold().collect();
            assert_eq!(out, reference, "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn nothing_composes_backwards_with_a_plain_character() {
        for c in ('\0'..=char::MAX).filter(|&c| plain_form(c).is_some()) {
            assert_eq!(unicode_normalization::char::canonical_combining_class(c), 0);
            assert!(
                unicode_normalization::is_nfc(&c.to_string()),
                "U+{:04X}",
                u32::from(c)
            );
        }
    }
}
