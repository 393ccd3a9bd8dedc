//! Small files made here: objects, their table, a trailer.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::encryption::crypt_filters::{Aes128CryptFilter, CryptFilter};
use lopdf::{EncryptionState, EncryptionVersion, Permissions};

use super::*;

/// A file of these objects, numbered from 1; the first is the catalog.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        writeln!(file, "{number} 0 obj").unwrap();
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let table = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    let size = objects.len() + 1;
    write!(
        file,
        "trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
    )
    .unwrap();
    file
}

fn object(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("<< {dictionary} /Length {} >>\nstream\n", content.len()).into_bytes();
    object.extend(content);
    object.extend(b"\nendstream");
    object
}

fn packed(content: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).unwrap();
    stream("/Filter /FlateDecode", &encoder.finish().unwrap())
}

/// One page with three fonts, `/L` Latin, `/C` Chinese with a map, `/U` Chinese in UTF-16; and what else is given from 9 on.
fn page_with(content: Vec<u8>, resources: &str, rest: &[Vec<u8>]) -> Vec<u8> {
    let map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n\
        1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
        3 beginbfchar <0001> <8EAB> <0002> <4EFD> <0003> <8BC1> endbfchar\n\
        1 beginbfrange <0010> <0019> <0030> endbfrange\n\
        endcmap end end";
    let mut objects = vec![
        object("<< /Type /Catalog /Pages 2 0 R >>"),
        object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        object(&format!(
            "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /L 5 0 R /C 6 0 R /U 8 0 R >> {resources} >> >>"
        )),
        content,
        object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"),
        object(
            "<< /Type /Font /Subtype /Type0 /BaseFont /Han /Encoding /Identity-H /ToUnicode 7 0 R \
             /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Han /DW 1000 /W [16 25 500] >>] >>",
        ),
        packed(map.as_bytes()),
        object(
            "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-H \
             /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun >>] >>",
        ),
    ];
    objects.extend(rest.iter().cloned());
    pdf(&objects)
}

fn page(content: &str) -> Vec<u8> {
    page_with(packed(content.as_bytes()), "", &[])
}

fn said(file: &[u8]) -> String {
    let read = text(file);
    assert_eq!(read.problem, None);
    read.text
}

#[test]
fn places_become_spaces_columns_and_lines() {
    let file = page(
        "BT /L 10 Tf 1 0 0 1 50 700 Tm (Guest) Tj 0 -14 Td (Call ) Tj [(154) 20 (0000) -500 (0101)] TJ ET\n\
         BT /L 10 Tf 50 600 Td (Room) Tj 200 0 Td (1288) Tj T* ET\n\
         q 1 0 0 1 0 -50 cm BT /L 10 Tf 50 600 Td 12 TL (one) Tj (two) ' ET Q",
    );
    assert_eq!(
        said(&file),
        "Guest\nCall 1540000 0101\nRoom\t1288\none\ntwo\n"
    );
}

#[test]
fn glyphs_placed_one_by_one_are_one_number() {
    let digits = "15400000101".chars().map(|digit| format!("({digit}) Tj"));
    let digits = digits.collect::<Vec<_>>().join(" 5 0 Td ");
    let file = page(&format!("BT /L 10 Tf 50 700 Td {digits} ET"));
    assert_eq!(said(&file), "15400000101\n");
}

#[test]
fn chinese_is_read_by_the_fonts_own_map_and_where_codes_are_unicode() {
    let file = page(
        "BT /C 12 Tf 50 700 Td <000100020003> Tj <00110012001300140015> Tj ET\n\
         BT /U 12 Tf 50 600 Td <62A4 7167> Tj ET",
    );
    assert_eq!(said(&file), "身份证12345\n护照\n");
}

#[test]
fn forms_and_what_was_filled_in_are_read() {
    let form = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Matrix [1 0 0 1 0 50]",
        b"BT /L 10 Tf 50 500 Td (inside of a form) Tj ET",
    );
    let mut file = page_with(
        packed(b"/F Do"),
        "/XObject << /F 9 0 R >>",
        &[
            form,
            object("<< /Type /Annot /Subtype /Widget /V (filled in) >>"),
        ],
    );
    assert_eq!(said(&file), "inside of a form\n");
    let page = b"/Contents 4 0 R";
    let at = memchr::memmem::find(&file, page).unwrap();
    file.splice(at..at, b"/Annots [10 0 R] ".iter().copied());
    // The table of places is wrong now, and built anew by the reader.
    assert_eq!(said(&file), "inside of a form\nfilled in\n");
}

#[test]
fn a_page_that_is_a_picture_is_told() {
    let picture = stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
        b"x",
    );
    let of = |content: &str| {
        let resources = "/XObject << /I 9 0 R >>";
        let file = page_with(
            packed(content.as_bytes()),
            resources,
            std::slice::from_ref(&picture),
        );
        text(&file).problem
    };
    assert_eq!(of("q /I Do Q"), Some(PdfProblem::Pictures));
    let inline = "q BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q";
    assert_eq!(of(inline), Some(PdfProblem::Pictures));
    assert_eq!(of("/I Do BT /L 10 Tf (a hotel with its sign) Tj ET"), None);
    assert_eq!(of("0 0 9 9 re f"), None);
}

#[test]
fn properties_and_fields_that_no_page_shows_are_read_once() {
    let file = page_with(
        packed(b"BT /L 10 Tf (page) Tj ET"),
        "",
        &[
            object("<< /FT /Tx /T (guest) /Kids [10 0 R] /V (of the parent) >>"),
            object("<< /Parent 9 0 R /V [(one) (two)] >>"),
            object("<< /Title (a title) /Author (an author) /Producer (a program) >>"),
        ],
    );
    let mut document = Document::load_mem(&file).unwrap();
    document.trailer.set("Info", (11, 0));
    let fields = lopdf::dictionary! { "Fields" => vec![lopdf::Object::Reference((9, 0))] };
    document.catalog_mut().unwrap().set("AcroForm", fields);
    let annotations = vec![lopdf::Object::Reference((10, 0))];
    let page = document.get_dictionary_mut((3, 0)).unwrap();
    page.set("Annots", annotations);
    let mut file = Vec::new();
    document.save_to(&mut file).unwrap();
    assert_eq!(
        said(&file),
        "page\none\ntwo\na title\nan author\nof the parent\n"
    );
}

#[test]
fn a_font_that_does_not_say_what_it_shows_is_told() {
    let file = page("BT /X 10 Tf (what) Tj ET BT /L 10 Tf 0 -20 Td (readable) Tj ET");
    let read = text(&file);
    assert_eq!(read.problem, Some(PdfProblem::Damaged));
    assert!(read.text.contains("readable"));
}

#[test]
fn a_file_with_a_password_is_told_and_one_that_only_forbids_printing_is_read() {
    for (password, problem) in [("secret", Some(PdfProblem::Encrypted)), ("", None)] {
        let mut document = Document::load_mem(&page("BT /L 10 Tf (sealed words) Tj ET")).unwrap();
        document.trailer.set(
            "ID",
            lopdf::Object::Array(vec![lopdf::Object::string_literal("0123456789abcdef"); 2]),
        );
        let filter: std::sync::Arc<dyn CryptFilter> = std::sync::Arc::new(Aes128CryptFilter);
        let version = EncryptionVersion::V4 {
            document: &document,
            encrypt_metadata: true,
            crypt_filters: [(b"StdCF".to_vec(), filter)].into(),
            stream_filter: b"StdCF".to_vec(),
            string_filter: b"StdCF".to_vec(),
            owner_password: "owner",
            user_password: password,
            permissions: Permissions::empty(),
        };
        let state = EncryptionState::try_from(version).unwrap();
        document.encrypt(&state).unwrap();
        let mut file = Vec::new();
        document.save_to(&mut file).unwrap();
        let read = text(&file);
        assert_eq!(read.problem, problem);
        assert_eq!(read.text.contains("sealed words"), problem.is_none());
    }
}

#[test]
fn a_stream_that_unpacks_to_more_than_the_limit_is_not_held() {
    let words = vec![b' '; STREAM_BYTES_MAX + 1];
    let read = text(&page_with(packed(&words), "", &[]));
    assert_eq!(read.problem, Some(PdfProblem::TooLarge));
    let read = text(&page_with(packed(&words[..STREAM_BYTES_MAX]), "", &[]));
    assert_ne!(read.problem, Some(PdfProblem::TooLarge));
}

#[test]
fn pages_are_read_up_to_the_limit_and_one_over_is_told() {
    for (pages, problem) in [
        (PAGES_MAX, None),
        (PAGES_MAX + 1, Some(PdfProblem::TooLarge)),
    ] {
        let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", page + 5)).collect();
        let mut objects = vec![
            object("<< /Type /Catalog /Pages 2 0 R >>"),
            object(&format!(
                "<< /Type /Pages /Kids [{}] /Count {pages} >>",
                kids.join(" ")
            )),
            packed(b"BT /L 10 Tf (page) Tj ET"),
            object("<< /Font << /L << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"),
        ];
        let page = object("<< /Type /Page /Parent 2 0 R /Contents 3 0 R /Resources 4 0 R >>");
        objects.extend(vec![page; pages]);
        let read = text(&pdf(&objects));
        assert_eq!(read.problem, problem);
        assert_eq!(read.text.lines().count(), PAGES_MAX);
    }
}

#[test]
fn forms_that_hang_in_themselves_end() {
    let form = stream(
        "/Type /XObject /Subtype /Form /Resources << /XObject << /F 9 0 R >> >>",
        b"/F Do /F Do",
    );
    let file = page_with(packed(b"/F Do"), "/XObject << /F 9 0 R >>", &[form]);
    assert_eq!(text(&file).problem, Some(PdfProblem::TooLarge));
}

#[test]
fn no_damage_stops_the_reader() {
    let whole = page("BT /C 12 Tf <0001> Tj /L 9 Tf [(a) 1 (b)] TJ ET");
    assert_eq!(text(b"").problem, Some(PdfProblem::Damaged));
    assert_eq!(
        text(b"%PDF-1.7 and no more").problem,
        Some(PdfProblem::Damaged)
    );
    for length in (0..whole.len()).step_by(7) {
        let _ = text(&whole[..length]);
        let mut damaged = whole.clone();
        damaged[length] ^= 0x15;
        let _ = text(&damaged);
    }
}
