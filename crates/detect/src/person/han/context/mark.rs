//! Marks between a word and the name behind it.

use crate::lexicon::is_han;

/// What joins a word to the name behind it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mark {
    None,
    Space,
    Colon,
    Is,
    Called,
    Punctuation,
    /// 《: a book.
    Title,
}

/// Takes spaces, a mark and 是 or 叫 from the end.
pub(super) fn strip(chars: &[u16]) -> (&[u16], Mark) {
    let trimmed = trim(chars);
    let Some((&last, rest)) = trimmed.split_last() else {
        return (trimmed, Mark::Punctuation);
    };
    let punctuation = |rest| {
        let rest = trim(rest);
        let rest = rest.strip_suffix(&[narrow('是')]).unwrap_or(rest);
        (rest, Mark::Colon)
    };
    match char::from_u32(u32::from(last)).unwrap_or(' ') {
        ':' | '=' | '-' | '_' | '(' | '"' | '“' | '「' | '【' | '[' | '\'' => punctuation(rest),
        '《' => (rest, Mark::Title),
        '是' | '为' => {
            let rest = (rest.strip_suffix(&[narrow('就')])).unwrap_or(rest);
            (rest, Mark::Is)
        }
        '叫' => (rest, Mark::Called),
        _ if is_han(last) => (
            trimmed,
            if trimmed.len() < chars.len() {
                Mark::Space
            } else {
                Mark::None
            },
        ),
        _ if last < 0x80 && u8::try_from(last).is_ok_and(|byte| byte.is_ascii_alphanumeric()) => {
            (&[], Mark::Space)
        }
        _ => (&[], Mark::Punctuation),
    }
}

pub(super) fn trim(mut chars: &[u16]) -> &[u16] {
    while let Some((b' ' | b'*' | b'#', rest)) = chars
        .split_last()
        .map(|(last, rest)| (u8::try_from(*last).unwrap_or(0), rest))
    {
        chars = rest;
    }
    chars
}

const fn narrow(char: char) -> u16 {
    char as u16
}
