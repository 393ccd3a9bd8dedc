//! From the codes of a font to text, and how far each moves the pen.

use std::collections::HashMap;

use encoding_rs::{GBK, UTF_16BE};
use lopdf::{Dictionary, Document, Encoding, Object};

/// A map to Unicode, unpacked. Those of fonts with 65,536 glyphs have under 2 MiB.
const MAP_BYTES_MAX: usize = 8 << 20;
/// Widths of one font: its codes have two bytes at most.
const WIDTHS_MAX: usize = 65_536;

/// Thousandths of the font's size, where the font does not say (ISO 32000-1, 9.7.4.3).
const WIDTH_FULL: f64 = 1_000.0;
const WIDTH_HALF: f64 = 500.0;

enum Decoder<'a> {
    /// By its map to Unicode, or by a table of one byte.
    Map(Encoding<'a>),
    /// Codes are UTF-16.
    Utf16,
    /// Codes are GBK.
    Gbk,
    /// Glyph numbers without a map: what they show cannot be told.
    Unknown,
}

/// A font as far as text needs it.
pub(super) struct Font<'a> {
    decoder: Decoder<'a>,
    /// Codes of one byte, each a glyph; else of two.
    is_simple: bool,
    widths: HashMap<u32, f64>,
    width_else: f64,
}

impl<'a> Font<'a> {
    pub(super) fn read(document: &'a Document, font: &'a Dictionary) -> Self {
        let is_simple = name(document, font, b"Subtype") != Some(b"Type0");
        let mut read = Self {
            decoder: decoder(document, font, is_simple),
            is_simple,
            widths: HashMap::new(),
            width_else: if is_simple { WIDTH_HALF } else { WIDTH_FULL },
        };
        if is_simple {
            read.simple_widths(document, font);
        } else {
            let descendant = array(document, font, b"DescendantFonts")
                .and_then(|fonts| fonts.first())
                .and_then(|font| dereference(document, font)?.as_dict().ok());
            if let Some(descendant) = descendant {
                read.composite_widths(document, descendant);
            }
        }
        read
    }

    /// Adds what a string shows, and returns how far it moves, in thousandths of the font's size, and by how many codes.
    /// False where it cannot be told.
    pub(super) fn show(&self, codes: &[u8], out: &mut String) -> (f64, usize, bool) {
        let from = out.len();
        let known = match &self.decoder {
            Decoder::Map(encoding) => encoding.write_to_string(codes, out).is_ok(),
            Decoder::Utf16 => {
                out.push_str(&UTF_16BE.decode_without_bom_handling(codes).0);
                true
            }
            Decoder::Gbk => {
                out.push_str(&GBK.decode_without_bom_handling(codes).0);
                true
            }
            Decoder::Unknown => false,
        };
        if matches!(self.decoder, Decoder::Gbk) {
            let width = |c: char| if c.is_ascii() { WIDTH_HALF } else { WIDTH_FULL };
            let shown = &out[from..];
            return (shown.chars().map(width).sum(), shown.chars().count(), known);
        }
        let width = |code: u32| self.widths.get(&code).copied().unwrap_or(self.width_else);
        if self.is_simple {
            let width = codes.iter().map(|code| width(u32::from(*code))).sum();
            return (width, codes.len(), known);
        }
        let pairs = codes.chunks_exact(2);
        let width = pairs
            .clone()
            .map(|pair| width(u32::from(u16::from_be_bytes([pair[0], pair[1]]))))
            .sum();
        (width, pairs.len(), known)
    }

    /// Whether a code of one byte 32 is a space, to which the space between words is added.
    pub(super) const fn has_spaces(&self) -> bool {
        self.is_simple
    }

    fn simple_widths(&mut self, document: &Document, font: &Dictionary) {
        let first = number(document, font, b"FirstChar").unwrap_or(0.0);
        let Some(widths) = array(document, font, b"Widths") else {
            return;
        };
        for (code, width) in (0..256_u32).zip(widths) {
            if let Some(width) = dereference(document, width).and_then(as_number) {
                self.widths
                    .insert(saturate(first).saturating_add(code), width);
            }
        }
    }

    /// `c [w1 w2 ...]` or `first last w` (ISO 32000-1, 9.7.4.3).
    fn composite_widths(&mut self, document: &Document, font: &Dictionary) {
        self.width_else = number(document, font, b"DW").unwrap_or(WIDTH_FULL);
        let Some(list) = array(document, font, b"W") else {
            return;
        };
        let mut list = list.iter().filter_map(|one| dereference(document, one));
        while let (Some(first), Some(second)) = (list.next().and_then(as_number), list.next()) {
            let first = saturate(first);
            if let Ok(widths) = second.as_array() {
                for (code, width) in (first..=0xffff).zip(widths) {
                    if let Some(width) = dereference(document, width).and_then(as_number) {
                        self.widths.insert(code, width);
                    }
                }
            } else if let (Some(last), Some(width)) =
                (as_number(second), list.next().and_then(as_number))
            {
                for code in first..=saturate(last).min(0xffff) {
                    self.widths.insert(code, width);
                }
            }
            if self.widths.len() > WIDTHS_MAX {
                return;
            }
        }
    }
}

fn decoder<'a>(document: &'a Document, font: &'a Dictionary, is_simple: bool) -> Decoder<'a> {
    if font.has(b"ToUnicode")
        && let Some(map) = to_unicode(document, font)
    {
        return Decoder::Map(map);
    }
    if is_simple {
        return match font.get_font_encoding_with_limit(document, MAP_BYTES_MAX) {
            Ok(encoding @ (Encoding::OneByteEncoding(_) | Encoding::Differences(_))) => {
                Decoder::Map(encoding)
            }
            _ => Decoder::Unknown,
        };
    }
    // Of the predefined ones (ISO 32000-1, table 118) those that are an encoding of text as they stand.
    match name(document, font, b"Encoding") {
        Some(
            b"UniGB-UCS2-H" | b"UniGB-UCS2-V" | b"UniGB-UTF16-H" | b"UniGB-UTF16-V"
            | b"UniCNS-UCS2-H" | b"UniCNS-UTF16-H" | b"UniJIS-UCS2-H" | b"UniJIS-UTF16-H"
            | b"UniKS-UCS2-H" | b"UniKS-UTF16-H",
        ) => Decoder::Utf16,
        Some(
            b"GBK-EUC-H" | b"GBK-EUC-V" | b"GBKp-EUC-H" | b"GBK2K-H" | b"GBK2K-V" | b"GB-EUC-H"
            | b"GB-EUC-V",
        ) => Decoder::Gbk,
        _ => Decoder::Unknown,
    }
}

/// The font's own map. The library asks the encoding first, and a map only where there is none.
fn to_unicode<'a>(document: &'a Document, font: &Dictionary) -> Option<Encoding<'a>> {
    let mut only_map = Dictionary::new();
    only_map.set("Type", "Font");
    only_map.set("ToUnicode", font.get(b"ToUnicode").ok()?.clone());
    match only_map.get_font_encoding_with_limit(document, MAP_BYTES_MAX) {
        Ok(Encoding::UnicodeMapEncoding(map)) => Some(Encoding::UnicodeMapEncoding(map)),
        _ => None,
    }
}

pub(super) fn dereference<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

pub(super) fn field<'a>(
    document: &'a Document,
    of: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Object> {
    dereference(document, of.get(key).ok()?)
}

fn name<'a>(document: &'a Document, of: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
    field(document, of, key)?.as_name().ok()
}

fn array<'a>(document: &'a Document, of: &'a Dictionary, key: &[u8]) -> Option<&'a [Object]> {
    let array = field(document, of, key)?.as_array().ok()?;
    Some(array.as_slice())
}

fn number(document: &Document, of: &Dictionary, key: &[u8]) -> Option<f64> {
    as_number(field(document, of, key)?)
}

pub(super) fn as_number(object: &Object) -> Option<f64> {
    object
        .as_float()
        .ok()
        .map(f64::from)
        .filter(|number| number.is_finite())
}

/// A code; what is none becomes the nearest.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it saturates, which is what is wanted"
)]
fn saturate(number: f64) -> u32 {
    number as u32
}
