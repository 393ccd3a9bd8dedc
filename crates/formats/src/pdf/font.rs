//! From the codes of a font to text, and how far each moves the pen.

use encoding_rs::{GBK, UTF_16BE};
use lopdf::{Dictionary, Document, Encoding, Object};

use super::unicode::UnicodeMap;

/// A map to Unicode, unpacked. Those of fonts with 65,536 glyphs have under 2 MiB.
const MAP_BYTES_MAX: usize = 8 << 20;

/// Thousandths of the font's size, where the font does not say (ISO 32000-1, 9.7.4.3).
const WIDTH_FULL: f64 = 1_000.0;
const WIDTH_HALF: f64 = 500.0;

enum Decoder<'a> {
    /// By the font's own map.
    Map(UnicodeMap),
    /// By a table of one byte.
    Table(Encoding<'a>),
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
    widths: Vec<Width>,
    width_else: f64,
    /// Bytes that its map unpacked to.
    pub(super) map_bytes: usize,
}

/// The width of the codes from the first to the last.
struct Width {
    first: u32,
    last: u32,
    thousandths: f64,
}

/// What a string showed.
pub(super) struct Shown {
    /// How far it moves, in thousandths of the font's size.
    pub(super) width: f64,
    /// Codes in it.
    pub(super) codes: usize,
    /// False where some of it cannot be told.
    pub(super) known: bool,
}

impl<'a> Font<'a> {
    pub(super) fn read(document: &'a Document, font: &'a Dictionary) -> Self {
        let is_simple = name(document, font, b"Subtype") != Some(b"Type0");
        let (decoder, map_bytes) = decoder(document, font, is_simple);
        let mut read = Self {
            decoder,
            is_simple,
            widths: Vec::new(),
            width_else: if is_simple { WIDTH_HALF } else { WIDTH_FULL },
            map_bytes,
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
        read.widths.sort_by_key(|width| width.first);
        read
    }

    /// Adds what a string shows.
    pub(super) fn show(&self, string: &[u8], out: &mut String) -> Shown {
        let from = out.len();
        if matches!(self.decoder, Decoder::Gbk) {
            out.push_str(&GBK.decode_without_bom_handling(string).0);
            let width = |c: char| if c.is_ascii() { WIDTH_HALF } else { WIDTH_FULL };
            let shown = &out[from..];
            return Shown {
                width: shown.chars().map(width).sum(),
                codes: shown.chars().count(),
                known: true,
            };
        }
        let codes = || {
            let bytes = if self.is_simple { 1 } else { 2 };
            let code = |code: &[u8]| {
                code.iter()
                    .fold(0, |code, byte| code << 8 | u32::from(*byte))
            };
            string.chunks_exact(bytes).map(code)
        };
        let known = match &self.decoder {
            Decoder::Map(map) => {
                let unknown = codes().filter(|code| !map.show(*code, out)).count();
                unknown == 0
            }
            Decoder::Table(table) => table.write_to_string(string, out).is_ok(),
            Decoder::Utf16 => {
                out.push_str(&UTF_16BE.decode_without_bom_handling(string).0);
                true
            }
            Decoder::Gbk | Decoder::Unknown => string.is_empty(),
        };
        Shown {
            width: codes().map(|code| self.width(code)).sum(),
            codes: codes().count(),
            known,
        }
    }

    /// Whether a code of one byte 32 is a space, to which the space between words is added.
    pub(super) const fn has_spaces(&self) -> bool {
        self.is_simple
    }

    fn width(&self, code: u32) -> f64 {
        let behind = self.widths.partition_point(|width| width.first <= code);
        let width = behind.checked_sub(1).and_then(|at| self.widths.get(at));
        width
            .filter(|width| code <= width.last)
            .map_or(self.width_else, |width| width.thousandths)
    }

    fn push_width(&mut self, first: u32, last: u32, width: Option<f64>) {
        if let Some(thousandths) = width {
            self.widths.push(Width {
                first,
                last,
                thousandths,
            });
        }
    }

    fn simple_widths(&mut self, document: &Document, font: &Dictionary) {
        let first = number(document, font, b"FirstChar").map_or(0, saturate);
        let Some(widths) = array(document, font, b"Widths") else {
            return;
        };
        for (code, width) in (first..=0xff).zip(widths) {
            let width = dereference(document, width).and_then(as_number);
            // Fonts made of drawings count in units of their own.
            self.push_width(code, code, width.filter(|width| *width > 1.0));
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
                    self.push_width(code, code, dereference(document, width).and_then(as_number));
                }
            } else if let Some(last) = as_number(second) {
                self.push_width(first, saturate(last), list.next().and_then(as_number));
            }
        }
    }
}

fn decoder<'a>(
    document: &'a Document,
    font: &'a Dictionary,
    is_simple: bool,
) -> (Decoder<'a>, usize) {
    // Of the predefined ones (ISO 32000-1, table 118) those that are an encoding of text as they stand.
    let encoding = name(document, font, b"Encoding").filter(|_| !is_simple);
    if let Some(
        b"GBK-EUC-H" | b"GBK-EUC-V" | b"GBKp-EUC-H" | b"GBKp-EUC-V" | b"GBK2K-H" | b"GBK2K-V"
        | b"GB-EUC-H" | b"GB-EUC-V",
    ) = encoding
    {
        return (Decoder::Gbk, 0);
    }
    let map = field(document, font, b"ToUnicode")
        .and_then(|map| map.as_stream().ok())
        .and_then(|map| map.get_plain_content_with_limit(MAP_BYTES_MAX).ok());
    let map_bytes = map.as_ref().map_or(0, Vec::len);
    if let Some(map) = map
        .map(|map| UnicodeMap::read(&map))
        .filter(|map| !map.is_empty())
    {
        return (Decoder::Map(map), map_bytes);
    }
    if is_simple {
        let table = font.get_font_encoding_with_limit(document, MAP_BYTES_MAX);
        return match table {
            Ok(table @ (Encoding::OneByteEncoding(_) | Encoding::Differences(_))) => {
                (Decoder::Table(table), map_bytes)
            }
            _ => (Decoder::Unknown, map_bytes),
        };
    }
    let decoder = match encoding {
        Some(
            b"UniGB-UCS2-H" | b"UniGB-UCS2-V" | b"UniGB-UTF16-H" | b"UniGB-UTF16-V"
            | b"UniCNS-UCS2-H" | b"UniCNS-UCS2-V" | b"UniCNS-UTF16-H" | b"UniCNS-UTF16-V"
            | b"UniJIS-UCS2-H" | b"UniJIS-UCS2-V" | b"UniJIS-UTF16-H" | b"UniJIS-UTF16-V"
            | b"UniKS-UCS2-H" | b"UniKS-UCS2-V" | b"UniKS-UTF16-H" | b"UniKS-UTF16-V",
        ) => Decoder::Utf16,
        _ => Decoder::Unknown,
    };
    (decoder, map_bytes)
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
    let number = object.as_float().ok().map(f64::from);
    number.filter(|number| number.is_finite())
}

/// A code; what is none becomes the nearest.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it saturates, which is what is wanted"
)]
const fn saturate(number: f64) -> u32 {
    number as u32
}
