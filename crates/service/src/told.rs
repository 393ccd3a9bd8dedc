//! What a file is, told by its bytes, and in which ways its text may be meant. The door and who opens a sealed file later decide
//! by this alike.

use std::ops::Range;

use wuhen_detect::{Detector, Finding, Kind};
use wuhen_formats::image::Format;
use wuhen_formats::pdf::{self, PdfText};
use wuhen_formats::text::{LOOK_BYTES, Readings, Text};

/// A PDF file says so in its first 1,024 bytes.
const MARK_BYTES: usize = 1_024;

/// What a file is by its first [`LOOK_BYTES`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Told {
    Picture,
    Film,
    Pdf,
    /// It speaks of PDF, and is printable: [`is_text_after_all`] tells.
    PdfOrText,
    Text,
    Other,
}

/// What a file is that begins so.
pub(crate) fn told(look: &[u8]) -> Told {
    let mark = &look[..look.len().min(MARK_BYTES)];
    let is_text = || Text::readings(look, look.len() == LOOK_BYTES).is_some();
    // Any picture has zeros within its first lengths. A text that begins with the letters of one has none.
    if let Some(format) = Format::of(mark)
        && (look.contains(&0) || !is_text())
    {
        return match format {
            Format::Film => Told::Film,
            _ => Told::Picture,
        };
    }
    match (pdf::is_pdf(mark), is_text()) {
        (true, true) => Told::PdfOrText,
        (true, false) => Told::Pdf,
        (false, true) => Told::Text,
        (false, false) => Told::Other,
    }
}

/// Whether a file that speaks of PDF is a text: nothing of a PDF file was found in it.
pub(crate) fn is_text_after_all(bytes: &[u8], read: &PdfText) -> bool {
    read.is_none && Text::readings(bytes, false).is_some()
}

/// Whether it may be a PDF file all the same, one that is damaged: what stands in it is not known then.
pub(crate) fn may_be_pdf(bytes: &[u8]) -> bool {
    pdf::begins_as_pdf(bytes)
}

/// What one reading of a text says, in places of the file.
pub(crate) type Said = Vec<(Range<usize>, Kind)>;

/// Scans every reading, the likeliest first.
pub(crate) fn scan_readings(readings: &Readings<'_>, detector: &Detector) -> Vec<Said> {
    let mut findings = Vec::new();
    let texts = readings.texts.iter();
    texts
        .map(|text| {
            detector.scan(text.as_str(), &mut findings);
            let ranges: Vec<_> = findings.iter().map(Finding::range).collect();
            let kinds = findings.iter().map(|found| found.kind);
            text.places(&ranges).into_iter().zip(kinds).collect()
        })
        .collect()
}

/// Whether another reading finds what the likeliest does not: which of them is meant is not known then.
pub(crate) fn is_in_doubt(said: &[Said]) -> bool {
    let Some((likeliest, others)) = said.split_first() else {
        return false;
    };
    let is_known = |(place, kind): &(Range<usize>, Kind)| {
        likeliest.iter().any(|(known, of_kind)| {
            of_kind == kind && known.start <= place.start && place.end <= known.end
        })
    };
    !others.iter().flatten().all(is_known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubt(bytes: &[u8]) -> bool {
        let readings = Text::readings(bytes, false).unwrap();
        assert!(readings.texts.len() == 2);
        is_in_doubt(&scan_readings(
            &readings,
            &Detector::new(wuhen_detect::Settings::all()),
        ))
    }

    #[test]
    fn a_text_whose_other_reading_says_more_is_in_doubt() {
        // "My mobile number is 13800138000", in GB18030 and, of Taipei, in Big5.
        assert!(!doubt(
            b"\xce\xd2\xb5\xc4\xca\xd6\xbb\xfa\xba\xc5\xca\xc7 13800138000\n"
        ));
        assert!(!doubt(
            b"\xa7\xda\xaa\xba\xa4\xe2\xbe\xf7\xacO 0912-345-678\n"
        ));
        // The same in Big5 among many lines of GB18030: "please" and "thank you", over and over.
        let mut mixed = b"\xc7\xeb\xb8\xf8\xce\xd2\xd2\xbb\xbc\xe4\xb7\xbf\n".repeat(9);
        mixed.extend(b"\xb6\xa9\xb5\xa5 \xa7\xda\xaa\xba\xa4\xe2\xbe\xf7\xacO 0912-345-678\n");
        assert!(doubt(&mixed));
    }
}
