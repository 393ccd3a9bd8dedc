//! Text that a PDF file has beside its pages: properties (ISO 32000-1, 14.3.3), and fields of its form (12.7.3), also those that no
//! page shows.

use lopdf::{Dictionary, Object, decode_text_string};

use super::PdfProblem;
use super::font::{dereference, field};
use super::page::{Lines, Reader};

/// Properties that people write.
const PROPERTIES: [&[u8]; 4] = [b"Title", b"Author", b"Subject", b"Keywords"];
/// How deep fields hang in fields.
const FIELDS_DEPTH_MAX: usize = 16;
/// Fields of a file.
const FIELDS_MAX: usize = 100_000;

impl<'a> Reader<'a> {
    /// Adds properties and fields, each in a line of its own. What stood on a page is not said again.
    pub(super) fn beside_pages(&mut self, out: &mut String) -> Result<(), PdfProblem> {
        let document = self.document;
        let mut lines = Lines::new(out);
        let properties = field(document, &document.trailer, b"Info");
        if let Some(properties) = properties.and_then(|found| found.as_dict().ok()) {
            for key in PROPERTIES {
                if let Some(said) = field(document, properties, key) {
                    self.say(said, &mut lines)?;
                }
            }
        }
        let form = document.catalog().ok();
        let form = form.and_then(|catalog| field(document, catalog, b"AcroForm")?.as_dict().ok());
        let fields = form.and_then(|form| field(document, form, b"Fields")?.as_array().ok());
        let mut left = FIELDS_MAX;
        self.fields(fields, (0, &mut left), &mut lines)
    }

    fn fields(
        &mut self,
        fields: Option<&'a Vec<Object>>,
        (depth, left): (usize, &mut usize),
        lines: &mut Lines<'_>,
    ) -> Result<(), PdfProblem> {
        let document = self.document;
        for one in fields.into_iter().flatten() {
            *left = left.checked_sub(1).ok_or(PdfProblem::TooLarge)?;
            let Some(one) = dereference(document, one).and_then(|one| one.as_dict().ok()) else {
                continue;
            };
            self.value(one, lines)?;
            let kids = field(document, one, b"Kids").and_then(|kids| kids.as_array().ok());
            if kids.is_some() && depth == FIELDS_DEPTH_MAX {
                return Err(PdfProblem::TooLarge);
            }
            self.fields(kids, (depth + 1, left), lines)?;
        }
        Ok(())
    }

    /// What was filled into a field, once.
    pub(super) fn value(
        &mut self,
        of: &'a Dictionary,
        lines: &mut Lines<'_>,
    ) -> Result<(), PdfProblem> {
        if let Some(value) = field(self.document, of, b"V")
            && self.said.insert(std::ptr::from_ref(of))
        {
            self.say(value, lines)?;
        }
        Ok(())
    }

    /// A string, several of them where several are chosen, or a long text, which may be a stream.
    fn say(&self, value: &Object, lines: &mut Lines<'_>) -> Result<(), PdfProblem> {
        let mut parts = std::slice::from_ref(value);
        if let Object::Array(several) = value {
            parts = several;
        }
        for part in parts {
            let Some(part) = dereference(self.document, part) else {
                continue;
            };
            let long;
            let part = match part {
                Object::Stream(stream) => {
                    long = Object::string_literal(self.content(stream)?);
                    &long
                }
                other => other,
            };
            if let Ok(text) = decode_text_string(part) {
                lines.push(&text)?;
                lines.end()?;
            }
        }
        Ok(())
    }
}
