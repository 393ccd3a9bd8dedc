//! One line of any text, and how it is written again: as it was where nothing changed, and in its file's encoding where it did.

use std::io::{self, Write};

use encoding_rs::{EncoderResult, GB18030};

use crate::text::TextEncoding;

/// One line of any text.
#[derive(Clone, Copy)]
pub struct TextLine<'l> {
    /// Counted from 1.
    pub number: u64,
    /// Without its end.
    pub text: &'l str,
    /// How it ends: `\n`, `\r\n`; at the end of a file also nothing, or `\r`.
    pub end: &'static str,
    /// How the file is written.
    pub encoding: TextEncoding,
    /// The line as it was read; of UTF-16, in UTF-8.
    pub(super) bytes: &'l [u8],
}

impl TextLine<'_> {
    /// Writes `text` in place of the line's own, and its end, as the file is written. Characters that GB18030 can write in two ways
    /// (of old programs' space and euro sign) stay as they were up to the first difference and from the last one on.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_with(&self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        match self.encoding {
            TextEncoding::Utf16Le => write_utf16(text, self.end, u16::to_le_bytes, out),
            TextEncoding::Utf16Be => write_utf16(text, self.end, u16::to_be_bytes, out),
            TextEncoding::Gb18030 => {
                self.write_gb18030(text, out)?;
                out.write_all(self.end.as_bytes())
            }
            TextEncoding::Utf8 | TextEncoding::Big5 => {
                out.write_all(text.as_bytes())?;
                out.write_all(self.end.as_bytes())
            }
        }
    }

    fn write_gb18030(&self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        if text == self.text {
            return out.write_all(self.bytes);
        }
        let head = same(self.text.chars().zip(text.chars()));
        let (old, new) = (&self.text[head.bytes..], &text[head.bytes..]);
        let tail = same(old.chars().rev().zip(new.chars().rev()));
        // Each sequence of bytes is one character.
        let head_end = place(self.bytes, head.chars);
        let tail_start = place(self.bytes, self.text.chars().count() - tail.chars);
        out.write_all(&self.bytes[..head_end])?;
        encode_gb18030(&new[..new.len() - tail.bytes], out)?;
        out.write_all(&self.bytes[tail_start..])
    }
}

/// How far two texts are the same; bytes of UTF-8.
#[derive(Default)]
struct Same {
    chars: usize,
    bytes: usize,
}

fn same(pairs: impl Iterator<Item = (char, char)>) -> Same {
    let mut same = Same::default();
    for (char, _) in pairs.take_while(|(old, new)| old == new) {
        same.chars += 1;
        same.bytes += char.len_utf8();
    }
    same
}

/// Behind so many characters of valid GB18030.
fn place(bytes: &[u8], chars: usize) -> usize {
    (0..chars).fold(0, |at, _| at + gb18030_bytes(&bytes[at..]))
}

fn write_utf16(
    text: &str,
    end: &str,
    to_bytes: fn(u16) -> [u8; 2],
    out: &mut dyn Write,
) -> io::Result<()> {
    let units = text.encode_utf16().chain(end.encode_utf16());
    let bytes: Vec<u8> = units.flat_map(to_bytes).collect();
    out.write_all(&bytes)
}

/// Bytes of the first character of valid GB18030.
fn gb18030_bytes(bytes: &[u8]) -> usize {
    match bytes {
        [0x81..=0xfe, b'0'..=b'9', ..] => 4,
        [0x81..=0xfe, ..] => 2,
        _ => 1,
    }
}

fn encode_gb18030(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut encoder = GB18030.new_encoder();
    let mut bytes = Vec::with_capacity(text.len() * 2 + 16);
    let mut rest = text;
    loop {
        let (result, read) =
            encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut bytes, true);
        rest = &rest[read..];
        match result {
            EncoderResult::InputEmpty => break,
            EncoderResult::OutputFull => bytes.reserve(rest.len() * 2 + 16),
            // One character of private use has no bytes in GB18030. No byte decodes to it: it stood there as an escape of JSON.
            EncoderResult::Unmappable(char) => {
                bytes.extend(format!("\\u{:04x}", u32::from(char)).bytes());
            }
        }
    }
    out.write_all(&bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::jsonl::JsonLines;
    use crate::source::Source;

    /// A file, read and written again with `change` done to each line.
    fn rewritten(file: &[u8], change: impl Fn(&str) -> String) -> Vec<u8> {
        let source = Source::from_reader("chat.txt", Cursor::new(file.to_vec())).unwrap();
        let mut out = source.mark().to_vec();
        let mut lines = JsonLines::new(source);
        while let Some(line) = lines.next_text() {
            let line = line.unwrap();
            line.write_with(&change(line.text), &mut out).unwrap();
        }
        out
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn a_file_is_written_again_byte_for_byte_with_its_mark_and_line_ends() {
        let text = "hello\r\n\n手机 13812345678，𠮷好\r\n x\ry \n最后";
        for end in ["", "\n", "\r\n", "\r"] {
            let text = format!("{text}{end}");
            let (gb18030, _, _) = GB18030.encode(&text);
            let files = [
                text.clone().into_bytes(),
                [b"\xef\xbb\xbf", text.as_bytes()].concat(),
                gb18030.into_owned(),
                utf16(&format!("\u{feff}{text}"), u16::to_le_bytes),
                utf16(&format!("\u{feff}{text}"), u16::to_be_bytes),
                utf16(&text, u16::to_le_bytes),
                utf16(&text, u16::to_be_bytes),
            ];
            for file in files {
                assert_eq!(rewritten(&file, str::to_owned), file);
            }
        }
        for file in [&b""[..], b"\xef\xbb\xbf", b"\xff\xfe", b"\n", b"\r"] {
            assert_eq!(rewritten(file, str::to_owned), file);
        }
    }

    #[test]
    fn what_changes_is_written_as_the_file_is() {
        let old = "你好\r\n手机13812345678，𠮷。\n";
        let new = "你好\r\n手机***，𠮷。\n";
        let change = |line: &str| line.replace("13812345678", "***");
        for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            let file = |text| utf16(&format!("\u{feff}{text}"), to_bytes);
            assert_eq!(rewritten(&file(old), change), file(new));
        }
        let file = |text| GB18030.encode(text).0.into_owned();
        assert_eq!(rewritten(&file(old), change), file(new));
    }

    #[test]
    fn what_gb18030_writes_in_two_ways_stays_around_a_change() {
        // A3 A0: the space of old programs; read as U+3000, whose own bytes are A1 A1. 80: the euro sign, else A2 E3.
        let file = b"\xc4\xe3\xba\xc3\xa3\xa0\x80 1234 \xa3\xa0\xc4\xe3\xba\xc3\x80\n";
        let change = |line: &str| line.replace("1234", "**");
        let expected = b"\xc4\xe3\xba\xc3\xa3\xa0\x80 ** \xa3\xa0\xc4\xe3\xba\xc3\x80\n";
        assert_eq!(rewritten(file, change), expected);
        // Removed, or all that there was.
        let cut = |line: &str| line.replace("1234", "");
        assert_eq!(rewritten(b"\xc4\xe31234\n", cut), b"\xc4\xe3\n");
        assert_eq!(rewritten(b"\xc4\xe3\n1234", cut), b"\xc4\xe3\n");
        assert_eq!(rewritten(b"\xc4\xe3\n", |_| String::new()), b"\n");
    }

    #[test]
    fn a_character_without_bytes_in_gb18030_is_written_as_json_escapes_it() {
        let add = |line: &str| line.replace('x', "\u{e5e5}");
        let out = rewritten(b"{\"k\":\"\xc4\xe3x\"}\n", add);
        assert_eq!(out, b"{\"k\":\"\xc4\xe3\\ue5e5\"}\n");
    }
}
