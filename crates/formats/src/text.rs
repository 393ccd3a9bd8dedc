//! Text files as text: UTF-8, UTF-16 and GB18030, told by their content. Parts can be blanked in the file's own bytes, none of
//! which moves.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// How a text file is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TextEncoding {
    /// UTF-8, with or without a mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// GB18030, and so GBK and GB2312.
    Gb18030,
}

/// A file that is text, decoded.
pub struct Text<'a> {
    encoding: TextEncoding,
    /// Bytes of the mark before it.
    mark_bytes: usize,
    content: Cow<'a, str>,
}

/// Control characters that text has: tab, line ends, form feed, and the escape and end-of-file of old programs.
const CONTROLS: [char; 6] = ['\t', '\n', '\r', '\u{c}', '\u{1b}', '\u{1a}'];

impl<'a> Text<'a> {
    /// The text of a file, if it is one. `is_cut`: these are not all of its bytes, so the last character may be a part of one.
    #[must_use]
    pub fn of(bytes: &'a [u8], is_cut: bool) -> Option<Self> {
        let (encoding, mark_bytes) = recognise(bytes);
        let content = &bytes[mark_bytes..];
        let text = match encoding {
            Some(TextEncoding::Utf16Le) => utf16(UTF_16LE, content, is_cut),
            Some(TextEncoding::Utf16Be) => utf16(UTF_16BE, content, is_cut),
            _ => None,
        };
        let (encoding, text) = match (encoding, text) {
            (Some(encoding), Some(text)) => (encoding, text),
            (Some(TextEncoding::Utf16Le | TextEncoding::Utf16Be), None) => return None,
            _ => match utf8(content, is_cut) {
                Some(text) => (TextEncoding::Utf8, Cow::Borrowed(text)),
                None => (TextEncoding::Gb18030, gb18030(content, is_cut)?),
            },
        };
        let is_text = text
            .chars()
            .all(|c| !c.is_control() || CONTROLS.contains(&c));
        is_text.then_some(Self {
            encoding,
            mark_bytes,
            content: text,
        })
    }

    /// What it says, without the mark.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// How it is written.
    #[must_use]
    pub const fn encoding(&self) -> TextEncoding {
        self.encoding
    }

    /// Where parts of the text are in the file, in order. Ranges are those of [`Text::as_str`], in order, none overlapping.
    ///
    /// # Panics
    /// If a range does not lie on characters of the text.
    #[must_use]
    pub fn places(&self, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
        let mut places = Vec::with_capacity(ranges.len());
        let (mut at, mut place) = (0, self.mark_bytes);
        for range in ranges {
            place += self.encoded_bytes(&self.content[at..range.start]);
            let start = place;
            place += self.encoded_bytes(&self.content[range.clone()]);
            places.push(start..place);
            at = range.end;
        }
        places
    }

    fn encoded_bytes(&self, part: &str) -> usize {
        match self.encoding {
            TextEncoding::Utf8 => part.len(),
            TextEncoding::Utf16Le | TextEncoding::Utf16Be => {
                2 * part.chars().map(char::len_utf16).sum::<usize>()
            }
            TextEncoding::Gb18030 => GB18030.encode(part).0.len(),
        }
    }
}

/// Overwrites a part of a file with asterisks, byte for byte.
pub fn blank(encoding: TextEncoding, part: &mut [u8]) {
    match encoding {
        TextEncoding::Utf8 | TextEncoding::Gb18030 => part.fill(b'*'),
        TextEncoding::Utf16Le => fill_pairs(part, [b'*', 0]),
        TextEncoding::Utf16Be => fill_pairs(part, [0, b'*']),
    }
}

fn fill_pairs(part: &mut [u8], pair: [u8; 2]) {
    for place in part.chunks_exact_mut(2) {
        place.copy_from_slice(&pair);
    }
}

/// By the mark; without one, every other byte of UTF-16 that begins with an ASCII character is zero.
fn recognise(bytes: &[u8]) -> (Option<TextEncoding>, usize) {
    match bytes {
        [0xff, 0xfe, ..] => (Some(TextEncoding::Utf16Le), 2),
        [0xfe, 0xff, ..] => (Some(TextEncoding::Utf16Be), 2),
        [0xef, 0xbb, 0xbf, ..] => (Some(TextEncoding::Utf8), 3),
        [0, 1..=0x7f, ..] => (Some(TextEncoding::Utf16Be), 0),
        [1..=0x7f, 0, ..] => (Some(TextEncoding::Utf16Le), 0),
        _ => (None, 0),
    }
}

fn utf8(bytes: &[u8], is_cut: bool) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if is_cut && error.error_len().is_none() => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()
        }
        Err(_) => None,
    }
}

fn utf16<'a>(
    encoding: &'static encoding_rs::Encoding,
    bytes: &'a [u8],
    is_cut: bool,
) -> Option<Cow<'a, str>> {
    let whole = &bytes[..bytes.len() & !1];
    if whole.len() < bytes.len() && !is_cut {
        return None;
    }
    decode(encoding, whole).or_else(|| {
        // Cut inside of a pair of surrogates.
        let shorter = whole.len().checked_sub(2).filter(|_| is_cut)?;
        decode(encoding, &whole[..shorter])
    })
}

/// What is written and read back the same; other bytes may be anything. Cut text loses up to three bytes of a character.
fn gb18030(bytes: &[u8], is_cut: bool) -> Option<Cow<'_, str>> {
    let shortest = bytes.len().saturating_sub(if is_cut { 3 } else { 0 });
    let mut lengths = (shortest..=bytes.len()).rev();
    let (length, text) = lengths.find_map(|length| {
        let text = decode(GB18030, &bytes[..length])?;
        Some((length, text))
    })?;
    let same = GB18030.encode(&text).0.as_ref() == &bytes[..length];
    same.then_some(text)
}

fn decode<'a>(encoding: &'static encoding_rs::Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "卡号 4111 1111 1111 1111，安全码 123 。\r\n𠮷野家 passport\r\n";

    fn utf16_bytes(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    fn written(encoding: TextEncoding) -> Vec<u8> {
        match encoding {
            TextEncoding::Utf8 => SAID.as_bytes().to_vec(),
            TextEncoding::Utf16Le => utf16_bytes(&format!("\u{feff}{SAID}"), u16::to_le_bytes),
            TextEncoding::Utf16Be => utf16_bytes(&format!("\u{feff}{SAID}"), u16::to_be_bytes),
            TextEncoding::Gb18030 => GB18030.encode(SAID).0.into_owned(),
        }
    }

    const ALL: [TextEncoding; 4] = [
        TextEncoding::Utf8,
        TextEncoding::Utf16Le,
        TextEncoding::Utf16Be,
        TextEncoding::Gb18030,
    ];

    #[test]
    fn a_part_is_blanked_in_every_encoding_and_nothing_moves() {
        for encoding in ALL {
            let mut bytes = written(encoding);
            let text = Text::of(&bytes, false).unwrap();
            assert_eq!((text.encoding(), text.as_str()), (encoding, SAID));
            let code = SAID.find("123").unwrap();
            let wide = SAID.find('𠮷').unwrap();
            let places = text.places(&[code..code + 3, wide..wide + 4]);
            let length = bytes.len();
            for place in places {
                blank(encoding, &mut bytes[place]);
            }
            assert_eq!(bytes.len(), length);
            let text = Text::of(&bytes, false).unwrap();
            assert!(
                text.as_str().contains("安全码 *** 。\r\n**"),
                "{encoding:?}"
            );
            assert!(text.as_str().ends_with("*野家 passport\r\n"));
        }
    }

    #[test]
    fn a_text_cut_anywhere_is_text_still() {
        for encoding in ALL {
            let bytes = written(encoding);
            for length in 8..bytes.len() {
                let text = Text::of(&bytes[..length], true);
                let text = text.unwrap_or_else(|| panic!("{encoding:?} cut at {length}"));
                assert!(SAID.starts_with(text.as_str()), "{encoding:?} at {length}");
            }
        }
    }

    #[test]
    fn what_is_no_text_is_none() {
        for bytes in [
            &b"PK\x03\x04\x14\0\0\0"[..],
            b"\x7fELF\x02\x01\x01\0\0\0\0",
            b"\x80\x81\x82\xff\xff",
            b"text with a zero \0 inside",
            b"\xff\xfea",
        ] {
            assert!(Text::of(bytes, false).is_none(), "{bytes:?}");
        }
        assert!(Text::of(b"", false).is_some());
    }
}
