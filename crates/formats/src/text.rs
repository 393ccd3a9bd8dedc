//! Text files as text: UTF-8, UTF-16, GB18030 and Big5, told by their content, also with bytes in them that are none of it. Parts
//! can be blanked in the file's own bytes, none of which moves.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE, UTF_16LE};

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
    /// Big5.
    Big5,
}

/// A file that is text, decoded.
pub struct Text<'a> {
    encoding: TextEncoding,
    /// Bytes of the mark before it.
    mark_bytes: usize,
    content: Cow<'a, str>,
    /// Bytes of each character in the file, where those cannot be told from the characters.
    lengths: Option<Vec<u8>>,
}

/// A text file in all the ways in which it may be meant.
pub struct Readings<'a> {
    /// The likeliest first.
    pub texts: Vec<Text<'a>>,
    /// The first one is what the whole file says. Else some of its bytes are no text of any kind known here.
    pub is_sound: bool,
}

/// Bytes that are looked at to tell a damaged text from what is no text.
pub const LOOK_BYTES: usize = 64 << 10;
/// Of a hundred bytes of a damaged text so many are characters at least.
const PRINTABLE_PERCENT: usize = 95;

/// Bytes that are looked at to tell UTF-16 without a mark.
const UTF16_LOOK_BYTES: usize = 4 << 10;
/// Of a hundred characters so many are usual in what is UTF-16.
const USUAL_PERCENT: usize = 90;

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
                None => (TextEncoding::Gb18030, round_trip(GB18030, content, is_cut)?),
            },
        };
        let is_text = text
            .chars()
            .all(|c| !c.is_control() || CONTROLS.contains(&c));
        is_text.then_some(Self {
            encoding,
            mark_bytes,
            content: text,
            lengths: None,
        })
    }

    /// Every reading of a file that is text, or was before it was damaged. Which of the Chinese encodings is meant cannot always be
    /// told: each that is possible is a reading. None: it is no text.
    #[must_use]
    pub fn readings(bytes: &'a [u8], is_cut: bool) -> Option<Readings<'a>> {
        let sound = Self::of(bytes, is_cut).or_else(|| Self::big5(bytes, is_cut));
        if let Some(text) = sound {
            let mut texts = vec![text];
            // Nearly all Big5 could be GB18030, and is nonsense then.
            if texts[0].encoding == TextEncoding::Gb18030
                && usual_big5(bytes) > usual_gb18030(bytes)
                && let Some(big5) = Self::big5(bytes, is_cut)
            {
                texts[0] = big5;
            }
            match texts[0].encoding {
                TextEncoding::Gb18030 => texts.push(Self::pieced(bytes, 0, TextEncoding::Big5)),
                TextEncoding::Big5 => texts.push(Self::pieced(bytes, 0, TextEncoding::Gb18030)),
                // One zero at its beginning makes any text look like UTF-16 without a mark.
                TextEncoding::Utf16Le | TextEncoding::Utf16Be if texts[0].mark_bytes == 0 => {
                    texts.push(Self::pieced(bytes, 0, TextEncoding::Utf8));
                }
                _ => {}
            }
            let is_sound = true;
            return Some(Readings { texts, is_sound });
        }
        let (encoding, mark_bytes) = recognise(bytes);
        let mut texts = Vec::new();
        if let Some(encoding @ (TextEncoding::Utf16Le | TextEncoding::Utf16Be)) = encoding
            && (mark_bytes > 0 || has_wide_latin(bytes))
        {
            texts.extend(Self::broken_utf16(bytes, mark_bytes, encoding));
        }
        if is_printable(bytes) {
            let encodings = [
                TextEncoding::Utf8,
                TextEncoding::Gb18030,
                TextEncoding::Big5,
            ];
            texts.extend(encodings.map(|encoding| Self::pieced(bytes, mark_bytes, encoding)));
        }
        let is_sound = false;
        (!texts.is_empty()).then_some(Readings { texts, is_sound })
    }

    fn big5(bytes: &'a [u8], is_cut: bool) -> Option<Self> {
        let text = round_trip(BIG5, bytes, is_cut)?;
        let is_text = text
            .chars()
            .all(|c| !c.is_control() || CONTROLS.contains(&c));
        is_text.then_some(Self {
            encoding: TextEncoding::Big5,
            mark_bytes: 0,
            content: text,
            lengths: None,
        })
    }

    /// Half a pair of surrogates becomes a mark of replacement, an odd byte at the end is left out.
    fn broken_utf16(bytes: &[u8], mark_bytes: usize, encoding: TextEncoding) -> Option<Self> {
        let order = match encoding {
            TextEncoding::Utf16Be => u16::from_be_bytes,
            _ => u16::from_le_bytes,
        };
        let units = bytes[mark_bytes..]
            .as_chunks()
            .0
            .iter()
            .map(|pair| order(*pair));
        let chars =
            char::decode_utf16(units).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER));
        let content: String = chars.collect();
        let look = || content.chars().take(LOOK_BYTES);
        let bad = look().filter(|c| {
            c.is_control() && !CONTROLS.contains(c) || *c == char::REPLACEMENT_CHARACTER
        });
        let is_text = bad.count() * 100 <= look().count() * (100 - PRINTABLE_PERCENT);
        is_text.then_some(Self {
            encoding,
            mark_bytes,
            content: Cow::Owned(content),
            lengths: None,
        })
    }

    /// Character by character: what is none becomes a mark of replacement for each byte, a control character a space.
    fn pieced(bytes: &[u8], mark_bytes: usize, encoding: TextEncoding) -> Self {
        let mut content = String::with_capacity(bytes.len());
        let mut lengths = Vec::with_capacity(bytes.len());
        let mut rest = &bytes[mark_bytes..];
        while !rest.is_empty() {
            let (char, length) = first_char(rest, encoding);
            let is_bare = char.is_control() && !CONTROLS.contains(&char);
            content.push(if is_bare { ' ' } else { char });
            lengths.push(u8::try_from(length).expect("a character has four bytes at most"));
            rest = &rest[length..];
        }
        Self {
            encoding,
            mark_bytes,
            content: Cow::Owned(content),
            lengths: Some(lengths),
        }
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
        let mut lengths = self.lengths.iter().flatten().copied();
        let (mut at, mut place) = (0, self.mark_bytes);
        for range in ranges {
            place += self.encoded_bytes(&self.content[at..range.start], &mut lengths);
            let start = place;
            place += self.encoded_bytes(&self.content[range.clone()], &mut lengths);
            places.push(start..place);
            at = range.end;
        }
        places
    }

    fn encoded_bytes(&self, part: &str, lengths: &mut impl Iterator<Item = u8>) -> usize {
        if self.lengths.is_some() {
            let chars = part.chars().count();
            return lengths.take(chars).map(usize::from).sum();
        }
        match self.encoding {
            TextEncoding::Utf8 => part.len(),
            TextEncoding::Utf16Le | TextEncoding::Utf16Be => {
                2 * part.chars().map(char::len_utf16).sum::<usize>()
            }
            TextEncoding::Gb18030 => GB18030.encode(part).0.len(),
            TextEncoding::Big5 => BIG5.encode(part).0.len(),
        }
    }
}

/// Words as they are written in a file of this kind. What it has no character for becomes an asterisk.
#[must_use]
pub fn encode(encoding: TextEncoding, words: &str) -> Vec<u8> {
    let legacy = |encoding: &'static Encoding| {
        let mut bytes = Vec::with_capacity(words.len());
        for char in words.chars() {
            let mut buffer = [0; 4];
            let (encoded, _, is_missing) = encoding.encode(char.encode_utf8(&mut buffer));
            bytes.extend_from_slice(if is_missing { b"*" } else { &encoded });
        }
        bytes
    };
    match encoding {
        TextEncoding::Utf8 => words.as_bytes().to_vec(),
        TextEncoding::Utf16Le => words.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        TextEncoding::Utf16Be => words.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        TextEncoding::Gb18030 => legacy(GB18030),
        TextEncoding::Big5 => legacy(BIG5),
    }
}

/// Overwrites a part of a file with asterisks, byte for byte.
pub fn blank(encoding: TextEncoding, part: &mut [u8]) {
    match encoding {
        TextEncoding::Utf8 | TextEncoding::Gb18030 | TextEncoding::Big5 => part.fill(b'*'),
        TextEncoding::Utf16Le => fill_pairs(part, [b'*', 0]),
        TextEncoding::Utf16Be => fill_pairs(part, [0, b'*']),
    }
}

fn fill_pairs(part: &mut [u8], pair: [u8; 2]) {
    for place in part.chunks_exact_mut(2) {
        place.copy_from_slice(&pair);
    }
}

/// How many characters of two bytes are among those that people write in GB 2312: symbols, letters, and its common ideographs.
fn usual_gb18030(bytes: &[u8]) -> usize {
    let is_usual = |pair: [u8; 2]| matches!(pair, [0xa1..=0xa9 | 0xb0..=0xd7, 0xa1..=0xfe]);
    usual(bytes, is_usual)
}

/// As [`usual_gb18030`], of Big5: symbols, and the ideographs of its first level.
fn usual_big5(bytes: &[u8]) -> usize {
    let is_usual = |pair: [u8; 2]| matches!(pair, [0xa1..=0xc5, 0x40..=0x7e | 0xa1..=0xfe] | [0xc6, 0x40..=0x7e]);
    usual(bytes, is_usual)
}

fn usual(mut bytes: &[u8], is_usual: impl Fn([u8; 2]) -> bool) -> usize {
    let mut count = 0;
    while let [first, rest @ ..] = bytes {
        bytes = rest;
        if !first.is_ascii()
            && let [second, rest @ ..] = rest
        {
            count += usize::from(is_usual([*first, *second]));
            bytes = rest;
        }
    }
    count
}

/// By the mark, or as UTF-16 without one.
fn recognise(bytes: &[u8]) -> (Option<TextEncoding>, usize) {
    match bytes {
        [0xff, 0xfe, ..] => (Some(TextEncoding::Utf16Le), 2),
        [0xfe, 0xff, ..] => (Some(TextEncoding::Utf16Be), 2),
        [0xef, 0xbb, 0xbf, ..] => (Some(TextEncoding::Utf8), 3),
        _ => (utf16_without_mark(bytes), 0),
    }
}

/// Which UTF-16 a text without a mark is in. Its line ends, spaces and digits have a zero each; read in the wrong order, the rest is
/// hardly anything that people write. Where too little stands there for that, an ASCII character at the beginning tells.
pub(crate) fn utf16_without_mark(bytes: &[u8]) -> Option<TextEncoding> {
    let look = &bytes[..bytes.len().min(UTF16_LOOK_BYTES)];
    let zeros = memchr::memchr_iter(0, look).count();
    if zeros == 0 {
        return None;
    }
    let (pairs, _) = look.as_chunks();
    // What is UTF-8 as it stands may have a stray zero; a text in UTF-16 that looks so is mostly ASCII, or short.
    let may_be = utf8(look, true).is_none() || zeros * 8 >= look.len();
    let ascii_in = |order: fn([u8; 2]) -> u16| {
        let units = pairs.iter().map(|pair| order(*pair));
        let (mut usual, mut ascii, mut all) = (0_usize, 0_usize, 0_usize);
        for char in char::decode_utf16(units) {
            let char = char.unwrap_or(char::REPLACEMENT_CHARACTER);
            all += 1;
            usual += usize::from(is_usual(char));
            ascii += usize::from(char.is_ascii());
        }
        (may_be && ascii > 0 && usual * 100 >= all * USUAL_PERCENT).then_some(ascii)
    };
    match (ascii_in(u16::from_le_bytes), ascii_in(u16::from_be_bytes)) {
        (None, None) => match bytes {
            [0, 1..=0x7f, ..] => Some(TextEncoding::Utf16Be),
            [1..=0x7f, 0, ..] => Some(TextEncoding::Utf16Le),
            _ => None,
        },
        (little, big) if little >= big => Some(TextEncoding::Utf16Le),
        _ => Some(TextEncoding::Utf16Be),
    }
}

/// Latin, Greek and Cyrillic, punctuation, Japanese and Chinese, and what is beyond the first 65,536.
const fn is_usual(char: char) -> bool {
    matches!(char,
        '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}'..='\u{4ff}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{30ff}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '\u{10000}'..)
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

fn utf16<'a>(encoding: &'static Encoding, bytes: &'a [u8], is_cut: bool) -> Option<Cow<'a, str>> {
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
fn round_trip<'a>(
    encoding: &'static Encoding,
    bytes: &'a [u8],
    is_cut: bool,
) -> Option<Cow<'a, str>> {
    let shortest = bytes.len().saturating_sub(if is_cut { 3 } else { 0 });
    let mut lengths = (shortest..=bytes.len()).rev();
    let (length, text) = lengths.find_map(|length| {
        let text = decode(encoding, &bytes[..length])?;
        Some((length, text))
    })?;
    let same = encoding.encode(&text).0.as_ref() == &bytes[..length];
    same.then_some(text)
}

fn decode<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

/// What a file begins with is characters for the most part. Bytes beyond ASCII are: every encoding uses them.
fn is_printable(bytes: &[u8]) -> bool {
    let look = &bytes[..bytes.len().min(LOOK_BYTES)];
    let is_bare = |byte: &&u8| byte.is_ascii_control() && !CONTROLS.contains(&char::from(**byte));
    let bare = look.iter().filter(is_bare).count();
    // One is a stray in the shortest file, too.
    bare <= 1 || bare * 100 <= look.len() * (100 - PRINTABLE_PERCENT)
}

/// Whether a quarter of the bytes are zero: Latin letters, digits and spaces two bytes wide, and no accident.
fn has_wide_latin(bytes: &[u8]) -> bool {
    let look = &bytes[..bytes.len().min(LOOK_BYTES)];
    memchr::memchr_iter(0, look).count() * 4 >= look.len()
}

/// The first character of some bytes, and its length there.
fn first_char(bytes: &[u8], encoding: TextEncoding) -> (char, usize) {
    if bytes[0].is_ascii() {
        return (char::from(bytes[0]), 1);
    }
    let (lengths, legacy): (&[usize], _) = match encoding {
        TextEncoding::Gb18030 => (&[2, 4], Some(GB18030)),
        TextEncoding::Big5 => (&[2], Some(BIG5)),
        _ => (&[2, 3, 4], None),
    };
    for length in lengths {
        let Some(part) = bytes.get(..*length) else {
            break;
        };
        let text = match legacy {
            Some(encoding) => decode(encoding, part),
            None => std::str::from_utf8(part).ok().map(Cow::Borrowed),
        };
        let mut chars = text.as_deref().unwrap_or_default().chars();
        if let (Some(char), None) = (chars.next(), chars.next()) {
            return (char, *length);
        }
    }
    (char::REPLACEMENT_CHARACTER, 1)
}
