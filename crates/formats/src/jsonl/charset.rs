//! UTF-8 or GB18030: told by the first text that is not ASCII, and then held to strictly. Both keep
//! line ends as single bytes, so lines are cut before they are decoded.

use encoding_rs::{DecoderResult, GB18030};

use crate::error::Problem;
use crate::text::TextEncoding;

/// How much is looked at to tell the two apart. A line alone may be a name that is valid in both.
pub(crate) const EVIDENCE_BYTES: usize = 64 * 1024;

#[derive(Default)]
pub(crate) struct Charset {
    kind: Kind,
    /// The line in UTF-8, where it had to be converted.
    converted: String,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Only ASCII so far.
    #[default]
    Undecided,
    Utf8,
    Gb18030,
}

impl Charset {
    /// What it is so far. What is only ASCII is the same in both.
    pub(crate) fn encoding(&self) -> TextEncoding {
        match self.kind {
            Kind::Undecided | Kind::Utf8 => TextEncoding::Utf8,
            Kind::Gb18030 => TextEncoding::Gb18030,
        }
    }

    pub(crate) fn is_undecided(&self) -> bool {
        self.kind == Kind::Undecided
    }

    /// Decides by `evidence`, which begins with the first line that is not ASCII; `whole` where
    /// nothing follows it.
    pub(crate) fn decide(&mut self, evidence: &[u8], whole: bool) {
        let utf8 = match str::from_utf8(evidence) {
            Ok(_) => true,
            Err(error) => error.error_len().is_none() && !whole,
        };
        // Broken UTF-8 stays UTF-8, so that it is refused instead of read as rare ideographs.
        self.kind = if !utf8 && is_gb18030(evidence) {
            Kind::Gb18030
        } else {
            Kind::Utf8
        };
    }

    /// The line as text.
    pub(crate) fn decode<'t>(&'t mut self, line: &'t [u8]) -> Result<&'t str, Problem> {
        if let Some(at) = memchr::memchr(0, line) {
            return Err(Problem::Zero { byte: at + 1 });
        }
        if self.kind == Kind::Gb18030 {
            return self.convert(line);
        }
        str::from_utf8(line).map_err(|error| Problem::Encoding {
            encoding: "UTF-8",
            byte: error.valid_up_to() + 1,
        })
    }

    fn convert(&mut self, line: &[u8]) -> Result<&str, Problem> {
        let mut decoder = GB18030.new_decoder_without_bom_handling();
        let space = decoder
            .max_utf8_buffer_length_without_replacement(line.len())
            .expect("a line's length times three fits a usize");
        self.converted.clear();
        self.converted.reserve(space);
        let (result, read) =
            decoder.decode_to_string_without_replacement(line, &mut self.converted, true);
        match result {
            DecoderResult::Malformed(bad, behind) => {
                let byte = read - usize::from(bad) - usize::from(behind) + 1;
                Err(Problem::Encoding {
                    encoding: "GB18030",
                    byte,
                })
            }
            _ => Ok(&self.converted),
        }
    }
}

/// Whether bytes that are not all UTF-8 are Chinese in GB18030. Both must say so: little of it is
/// UTF-8 by chance (about a sixth of Chinese), and its characters are those that people use.
fn is_gb18030(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    invalid >= valid && has_usual_gb18030(bytes)
}

/// Whether most two-byte characters are symbols and letters (rows A1 to A9 of GB 2312) or one of its
/// 3,755 common ideographs (rows B0 to D7). In broken UTF-8 read as GB18030 about one in four is.
/// Four-byte characters have digits inside, as nothing else has.
fn has_usual_gb18030(bytes: &[u8]) -> bool {
    let (mut usual, mut unusual) = (0_usize, 0_usize);
    let mut rest = bytes;
    while !rest.is_empty() {
        let (length, is_usual) = match rest {
            [0..=0x7f, ..] => (1, None),
            [0x81..=0xfe, b'0'..=b'9', 0x81..=0xfe, b'0'..=b'9', ..] => (4, Some(true)),
            [0xa1..=0xa9 | 0xb0..=0xd7, 0xa1..=0xfe, ..] => (2, Some(true)),
            [0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe, ..] => (2, Some(false)),
            _ => (1, Some(false)),
        };
        usual += usize::from(is_usual == Some(true));
        unusual += usize::from(is_usual == Some(false));
        rest = &rest[length..];
    }
    usual > 0 && usual >= unusual
}
