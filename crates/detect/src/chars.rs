//! What one character is to the scan: a digit in any width or script, a separator, a letter, the end of a clause. One table
//! look-up for every character of the basic plane.

/// What a character is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum Class {
    /// Nothing that the scan looks for.
    Other,
    /// A digit; its value is in [`Char::value`].
    Digit,
    /// A Han numeral that writes a digit.
    HanDigit,
    /// A Latin letter, of either width; its value is the upper case ASCII byte.
    Letter,
    /// Stands between groups of digits.
    Separator,
    /// `(` or `)`, of either width: a separator, and the frame of an area code or a check digit.
    Paren,
    /// `+`, of either width.
    Plus,
    /// `@`, of either width.
    At,
    /// `:`, of either width.
    Colon,
    /// Shows nothing: zero-width characters, variation selectors, the frame of a keycap.
    Invisible,
    /// Ends a clause.
    Stop,
    /// Ends a line: nothing reaches across it.
    LineEnd,
    /// The first character of a licence plate.
    Province,
}

/// A character where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Char {
    pub(crate) class: Class,
    /// 0 to 9 for digits, the upper case byte for letters, the ASCII look-alike for separators.
    pub(crate) value: u8,
    /// Bytes.
    pub(crate) bytes: usize,
}

const PLANE: usize = 0x1_0000;

type Table = ([Class; PLANE], [u8; PLANE]);

/// Classes apart from values: what the first walk reads stays small.
static CLASSES: [Class; PLANE] = table().0;
static VALUES: [u8; PLANE] = table().1;

#[expect(clippy::large_stack_arrays, reason = "it is computed by the compiler")]
const fn table() -> Table {
    let mut table = ([Class::Other; PLANE], [0; PLANE]);
    let mut at = 0;
    while at < 26 {
        let upper = b'A' + at;
        table = set(table, (b'A' + at) as usize, Class::Letter, upper);
        table = set(table, (b'a' + at) as usize, Class::Letter, upper);
        table = set(table, 0xFF21 + at as usize, Class::Letter, upper);
        table = set(table, 0xFF41 + at as usize, Class::Letter, upper);
        at += 1;
    }
    let mut digit = 0;
    while digit < 10 {
        table = set(table, (b'0' + digit) as usize, Class::Digit, digit);
        table = set(table, 0xFF10 + digit as usize, Class::Digit, digit);
        digit += 1;
    }
    // Circled and parenthesised digits, one to nine.
    let mut digit = 1;
    while digit < 10 {
        table = set(table, 0x2460 + digit as usize - 1, Class::Digit, digit);
        table = set(table, 0x2776 + digit as usize - 1, Class::Digit, digit);
        digit += 1;
    }
    table = mark_each(table, HAN_DIGITS);
    table = mark(table, " \u{A0}\u{3000}", Class::Separator, b' ');
    table = mark(table, "-‐‑‒–—−－﹣_", Class::Separator, b'-');
    table = mark(table, ".．·•", Class::Separator, b'.');
    table = mark(table, "(（", Class::Paren, b'(');
    table = mark(table, ")）", Class::Paren, b')');
    table = mark(table, "+＋", Class::Plus, b'+');
    table = mark(table, "@＠", Class::At, b'@');
    table = mark(table, ":：", Class::Colon, b':');
    table = mark(
        table,
        "\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}\u{FE0F}\u{20E3}\u{AD}",
        Class::Invisible,
        0,
    );
    table = mark(table, "。！？!?；;，,、…", Class::Stop, 0);
    table = mark(table, "\n\r", Class::LineEnd, 0);
    mark(
        table,
        "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼滬遼魯蘇贛晉陝閩貴粵寧瓊",
        Class::Province,
        0,
    )
}

/// Each digit with the numerals that write it, plain and as on cheques.
const HAN_DIGITS: [&str; 10] = [
    "〇零",
    "一壹幺",
    "二贰貳两兩",
    "三叁參",
    "四肆",
    "五伍",
    "六陆陸",
    "七柒",
    "八捌",
    "九玖",
];

const fn mark_each(mut table: Table, numerals: [&str; 10]) -> Table {
    let mut digit = 0;
    while digit < 10 {
        table = mark(table, numerals[digit as usize], Class::HanDigit, digit);
        digit += 1;
    }
    table
}

const fn set(mut table: Table, code: usize, class: Class, value: u8) -> Table {
    table.0[code] = class;
    table.1[code] = value;
    table
}

const fn mark(mut table: Table, chars: &str, class: Class, value: u8) -> Table {
    let bytes = chars.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let (code, length) = decode(bytes, at);
        table = set(table, code, class, value);
        at += length;
    }
    table
}

/// The code point at a character's first byte, and its length. Beyond the basic plane: 0, which is
/// nothing to the scan, but for digits.
#[inline]
const fn decode(bytes: &[u8], at: usize) -> (usize, usize) {
    let first = bytes[at] as usize;
    if first < 0x80 {
        (first, 1)
    } else if first < 0xE0 {
        ((first & 0x1F) << 6 | low(bytes, at + 1), 2)
    } else if first < 0xF0 {
        let code = (first & 0x0F) << 12 | low(bytes, at + 1) << 6 | low(bytes, at + 2);
        (code, 3)
    } else {
        let code = (first & 0x07) << 18
            | low(bytes, at + 1) << 12
            | low(bytes, at + 2) << 6
            | low(bytes, at + 3);
        // Mathematical digits, bold and otherwise, are digits; nothing else there is anything to the scan.
        if code >= 0x1_D7CE && code <= 0x1_D7FF {
            (b'0' as usize + (code - 0x1_D7CE) % 10, 4)
        } else {
            (0, 4)
        }
    }
}

#[inline]
const fn low(bytes: &[u8], at: usize) -> usize {
    (bytes[at] & 0x3F) as usize
}

/// The character that begins at `at`, which is on a boundary and inside the text.
#[inline]
pub(crate) fn char_at(text: &str, at: usize) -> Char {
    let (code, bytes) = decode(text.as_bytes(), at);
    Char {
        class: CLASSES[code],
        value: VALUES[code],
        bytes,
    }
}

/// The class of a character of three bytes with which these begin, as nearly all Chinese text has them.
#[inline]
pub(crate) fn class_of_three(bytes: &[u8]) -> Option<Class> {
    let [first @ 0xE0..=0xEF, second, third] = *bytes.first_chunk()? else {
        return None;
    };
    let low = |byte: u8| usize::from(byte & 0x3F);
    Some(CLASSES[usize::from(first & 0x0F) << 12 | low(second) << 6 | low(third)])
}

/// The character that ends at `end`, if the text does not begin there.
#[inline]
pub(crate) fn char_before(text: &str, end: usize) -> Option<(usize, Char)> {
    if end == 0 {
        return None;
    }
    let bytes = text.as_bytes();
    let mut at = end - 1;
    while bytes[at] & 0xC0 == 0x80 {
        at -= 1;
    }
    Some((at, char_at(text, at)))
}

/// The character at `at`, if the text does not end there.
#[inline]
pub(crate) fn char_from(text: &str, at: usize) -> Option<Char> {
    (at < text.len()).then(|| char_at(text, at))
}

impl Char {
    /// A letter or a digit of either width: what a word of a machine is made of.
    pub(crate) fn is_word(self) -> bool {
        matches!(self.class, Class::Letter | Class::Digit)
    }

    /// A digit in any script.
    pub(crate) fn is_digit(self) -> bool {
        matches!(self.class, Class::Digit | Class::HanDigit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script_have_their_value() {
        for (text, value) in [
            ("7", 7),
            ("７", 7),
            ("七", 7),
            ("柒", 7),
            ("⑦", 7),
            ("〇", 0),
            ("幺", 1),
        ] {
            let char = char_at(text, 0);
            assert!(char.is_digit(), "{text}");
            assert_eq!((char.value, char.bytes), (value, text.len()), "{text}");
        }
    }

    #[test]
    fn letters_of_either_width_are_upper_case() {
        for text in ["x", "X", "ｘ", "Ｘ"] {
            assert_eq!(char_at(text, 0).value, b'X');
        }
        assert_eq!(char_at("é", 0).class, Class::Other);
        assert_eq!(char_at("😀", 0).bytes, 4);
        assert_eq!(char_before("人x", 4).map(|(at, _)| at), Some(3));
        assert_eq!(char_before("人", 3).map(|(at, _)| at), Some(0));
    }
}
