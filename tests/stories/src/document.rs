//! Files that guests send, as small as they can be.

use std::fmt::Write as _;

/// A PDF file with one page, which says one line.
///
/// # Panics
/// Never: a string takes all.
#[must_use]
pub fn pdf_saying(line: &str) -> Vec<u8> {
    let content = format!("BT /F1 12 Tf 72 700 Td ({line}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (number, object) in (1..).zip(&objects) {
        writeln!(table, "{:010} 00000 n ", pdf.len()).expect("a string takes all");
        writeln!(pdf, "{number} 0 obj\n{object}\nendobj").expect("a string takes all");
    }
    let begin = pdf.len();
    write!(
        pdf,
        "xref\n0 6\n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{begin}\n%%EOF\n"
    )
    .expect("a string takes all");
    pdf.into_bytes()
}
