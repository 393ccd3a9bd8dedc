//! What comes in with a picture, a text or a PDF file, and what must not: where it was taken, what was cropped away, card
//! security codes. And identity documents, which are known for what they are.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};
use wuhen_detect::{Category, Kind, Sight, Viewer};
use wuhen_service::attachment::{AttachmentView, Mark, ScanState};
use wuhen_service::import::ImportReport;
use wuhen_service::mark::{MarkRequest, MarkedBy};
use wuhen_service::select::Scope;
use wuhen_service::withhold::Withheld;
use wuhen_service::{Service, ServiceError};
use wuhen_stories::attacker::{Evidence, Loot};
use wuhen_stories::document::pdf_saying;
use wuhen_stories::world::{
    World, assert_words, conversation, erase_whole, guest, import, message, message_with,
};

/// Where a picture was taken, and a smaller copy of what it showed before it was cropped.
const PLACE: &str = "CANARY-PLACE-30.2458N-120.1301E";
const PREVIEW: &str = "CANARY-PREVIEW-BEFORE-CROPPING";

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], content].concat()
}

/// Everything from the tables of a JPEG on: the picture itself.
fn pixels() -> Vec<u8> {
    let scan: Vec<u8> = (0..200_000_u32)
        .flat_map(|number| match u8::try_from(number * 7 % 256).unwrap() {
            // As a JPEG writes it, so that no marker comes of it.
            0xff => vec![0xff, 0],
            byte => vec![byte],
        })
        .collect();
    [
        segment(0xdb, &[1; 65]),
        segment(0xc0, b"\x08\0\x10\0\x10\x01\x01\x11\0"),
        segment(0xc4, &[1; 19]),
        segment(0xda, b"\x01\x01\0\0\x3f\0"),
        scan,
        b"\xff\xd9".to_vec(),
    ]
    .concat()
}

/// A photograph of a telephone: held upright, with place, preview and maker's note in Exif, the place in XMP as well, and a
/// second picture behind the first.
fn photograph() -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    exif.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
    exif.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\x3c");
    exif.extend(b"\0\x01\0\x1c\0\x07\0\0\0\x20\0\0\0\x60\0\0\0\0\0\0\0\0");
    exif.extend(PLACE.as_bytes());
    exif.extend(PREVIEW.as_bytes());
    let xmp = format!("http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='{PLACE}'/>");
    [
        b"\xff\xd8".to_vec(),
        segment(0xe1, &exif),
        segment(0xe1, xmp.as_bytes()),
        segment(0xe2, format!("MPF\0{PREVIEW}").as_bytes()),
        pixels(),
        b"\xff\xd8".to_vec(),
        PREVIEW.as_bytes().to_vec(),
        b"\xff\xd9".to_vec(),
    ]
    .concat()
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

fn attachments(service: &Service, conversation: &str) -> Vec<AttachmentView> {
    let (_, messages) = service.show(conversation).unwrap();
    let attachments = messages.into_iter().flat_map(|message| message.attachments);
    attachments.collect()
}

fn exported(service: &Service, conversation: &str, number: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    service
        .attachment(conversation, number, &mut bytes)
        .unwrap();
    bytes
}

/// All that a thief with store and keys can read.
fn loot(world: &World) -> Loot {
    let mut evidence = Evidence::default();
    evidence.add_image(&world.store());
    evidence.attack(&world.keys)
}

fn is_in(loot: &Loot, text: &str) -> bool {
    let contents = loot.opened.values().flatten();
    contents
        .into_iter()
        .any(|(header, body)| contains(header, text) || contains(body, text))
}

/// Imports these lines, with these files beside them.
fn bring(
    world: &World,
    service: &Service,
    lines: &[Value],
    files: &[(&str, &[u8])],
) -> ImportReport {
    let file = world.write_lines("hotel", lines);
    for (name, bytes) in files {
        fs::write(file.with_file_name(name), bytes).unwrap();
    }
    import(service, &file).unwrap()
}

#[test]
fn the_place_where_a_picture_was_taken_cannot_be_found_in_the_store() {
    let world = World::new();
    let service = world.init();
    let lines = [
        guest("g", "A guest who photographs the lake"),
        conversation("c", "g"),
        message_with("m", "c", "the view from our window", "lake.jpg"),
    ];
    let photograph = photograph();
    assert!(contains(&photograph, PLACE) && contains(&photograph, PREVIEW));
    bring(&world, &service, &lines, &[("lake.jpg", &photograph)]);

    let found = attachments(&service, "c");
    assert_eq!(found[0].stripped, ["location", "thumbnail", "metadata"]);
    assert!(!found[0].not_understood && found[0].mark.is_none());
    // The picture is the same, and stands upright.
    let out = exported(&service, "c", found[0].item);
    assert_eq!(out.len() as u64, found[0].bytes);
    assert!(out.ends_with(&pixels()));
    let upright = b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0";
    assert!(out[..64].windows(12).any(|part| part == upright));

    service.init_repository(&world.path("repository")).unwrap();
    service.create_snapshot(None).unwrap();
    drop(service);
    let loot = loot(&world);
    assert!(is_in(&loot, "the view from our window"));
    for canary in [PLACE, PREVIEW] {
        assert!(!is_in(&loot, canary), "{canary}");
    }
    world.assert_nothing_readable(&[PLACE.to_owned(), PREVIEW.to_owned()]);
}

#[test]
fn a_damaged_picture_cannot_be_lost_nor_pass_for_a_clean_one() {
    let world = World::new();
    let service = world.init();
    let photograph = photograph();
    let cut = &photograph[..photograph.len() / 2];
    let lines = [
        guest("g", "A guest on a bad line"),
        conversation("c", "g"),
        message_with("m", "c", "half of a picture", "half.jpg"),
        message_with("n", "c", "no picture at all", "none.jpg"),
    ];
    let files: [(&str, &[u8]); 2] = [("half.jpg", cut), ("none.jpg", b"\0\x01 whatever this is")];
    bring(&world, &service, &lines, &files);
    let found = attachments(&service, "c");
    assert!(found[0].not_understood);
    let out = exported(&service, "c", found[0].item);
    assert!(!contains(&out, PLACE) && cut.ends_with(&out[out.len() - 50_000..]));
    assert!(!found[1].not_understood && found[1].stripped.is_empty());
    assert_eq!(exported(&service, "c", found[1].item), files[1].1);
}

/// A message with a file, sent so many seconds after the hour.
fn sent(second: u32, id: &str, text: &str, path: Option<&str>) -> Value {
    let mut message = match path {
        Some(path) => message_with(id, "c", text, path),
        None => message(id, "c", text),
    };
    message["sent_at"] = json!(format!(
        "2025-03-01T08:{:02}:{:02}Z",
        second / 60,
        second % 60
    ));
    message
}

fn marked(service: &Service) -> BTreeMap<String, u32> {
    let found = attachments(service, "c").into_iter();
    found
        .filter(|one| one.mark == Some(Mark::IdentityDocument))
        .map(|one| (one.path, one.item))
        .collect()
}

fn passports() -> (World, Service) {
    let world = World::new();
    let service = world.init();
    let lines = [
        guest("g", "A guest at the desk"),
        conversation("c", "g"),
        sent(0, "m0", "the room is lovely", Some("room.jpg")),
        sent(10, "m1", "办理入住请发一下身份证照片", None),
        sent(20, "m2", "稍等", None),
        sent(70, "m3", "", Some("front.jpg")),
        sent(80, "m4", "", Some("back.jpg")),
        sent(90, "m5", "and the breakfast", Some("breakfast.jpg")),
        sent(100, "m6", "", Some("passport.jpg")),
        sent(110, "m7", "Is this ID card fine?", Some("this.jpg")),
        sent(800, "m8", "", Some("late.jpg")),
    ];
    let files = [
        "room",
        "front",
        "back",
        "breakfast",
        "passport",
        "this",
        "late",
    ];
    let names = files.map(|name| format!("{name}.jpg"));
    let picture = photograph();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (&**name, &*picture)).collect();
    bring(&world, &service, &lines, &files);
    (world, service)
}

fn request(number: u32, remove: bool, reason: &str) -> MarkRequest<'_> {
    MarkRequest {
        conversation: "c",
        number,
        mark: Mark::IdentityDocument,
        remove,
        by: MarkedBy::Guest,
        reason,
    }
}

#[test]
fn an_identity_document_that_was_asked_for_cannot_come_in_unmarked() {
    let (_world, service) = passports();
    let marked: Vec<String> = marked(&service).into_keys().collect();
    assert_eq!(
        marked,
        ["back.jpg", "front.jpg", "passport.jpg", "this.jpg"]
    );
    // What was sent with one is about an identity, and it is among what to clean first.
    let (view, messages) = service.show("c").unwrap();
    assert_eq!(view.category, Category::IdentityDocument);
    for message in &messages {
        let is_marked = message.attachments.iter().any(|file| file.mark.is_some());
        assert!(!is_marked || message.category == Category::IdentityDocument);
    }
    let report = service.scan_store(9, wuhen_detect::KindSet::ALL).unwrap();
    assert_eq!(report.identity_documents, 4);
    let first: u64 = (report.first.iter())
        .map(|one| one.identity_documents)
        .sum();
    assert_eq!(first, 4);
    assert!(report.first.iter().all(|one| one.grave >= 1));
}

#[test]
fn what_somebody_says_about_a_picture_cannot_outlive_it() {
    let (world, service) = passports();
    let before = marked(&service);
    let room = attachments(&service, "c")[0].item;
    let why_not = "CANARY-REASON-this-is-a-menu";
    let why = "CANARY-REASON-this-shows-my-permit";
    assert!(
        service
            .mark(&request(before["this.jpg"], true, why_not))
            .unwrap()
    );
    assert!(
        !service
            .mark(&request(before["this.jpg"], true, why_not))
            .unwrap()
    );
    assert!(service.mark(&request(room, false, why)).unwrap());
    assert!(!service.mark(&request(room, false, why)).unwrap());
    let refused = service.mark(&request(room, true, " ")).unwrap_err();
    assert_words(&refused, &["a mark needs a reason"]);
    let missing = service.mark(&request(9_999, false, why)).unwrap_err();
    assert_words(&missing, &["attachment", "9999"]);
    let after: Vec<String> = marked(&service).into_keys().collect();
    assert_eq!(after, ["back.jpg", "front.jpg", "passport.jpg", "room.jpg"]);
    world.assert_nothing_readable(&[why.to_owned(), why_not.to_owned()]);
    let image = world.image("store", "1-before");
    assert!(is_in(&loot(&world), why) && is_in(&loot(&world), why_not));

    erase_whole(&service, Scope::Messages(vec!["m0".to_owned()]));
    drop(service);
    let mut evidence = Evidence::default();
    evidence.add_image(&image);
    evidence.add_image(&world.store());
    let loot = evidence.attack(&world.keys);
    assert!(!is_in(&loot, why), "the mark went with its picture");
    assert!(is_in(&loot, why_not), "that of another stays");
    let (service, _) = world.open().unwrap();
    assert_eq!(marked(&service).len(), 3);
}

#[test]
fn a_text_file_cannot_bring_in_a_card_security_code() {
    let world = World::new();
    let service = world.init();
    let said = "卡号 4111 1111 1111 1111，安全码 737，手机 13800138000\n";
    let utf16: Vec<u8> = format!("\u{feff}{said}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let lines = [
        guest("g", "A guest who pays by letter"),
        conversation("c", "g"),
        message_with("m", "c", "my card, as a file", "card.txt"),
        message_with("n", "c", "and once more", "card-16.txt"),
    ];
    let files: [(&str, &[u8]); 2] = [("card.txt", said.as_bytes()), ("card-16.txt", &utf16)];
    bring(&world, &service, &lines, &files);
    for (found, (_, before)) in attachments(&service, "c").iter().zip(files) {
        let scan = found.scan.as_ref().unwrap();
        assert_eq!(scan.state, ScanState::Done);
        let expected = [
            (Kind::BankCard, 1),
            (Kind::CardSecurityCode, 1),
            (Kind::Mobile, 1),
        ];
        assert_eq!(scan.findings, expected.into());
        let out = exported(&service, "c", found.item);
        assert_eq!(out.len(), before.len());
        let changed = out.iter().zip(before).filter(|(now, was)| now != was);
        assert_eq!(changed.count(), 3, "three digits became asterisks");
    }
    drop(service);
    assert!(!is_in(&loot(&world), "737"));
}

#[test]
fn a_card_security_code_in_a_pdf_file_cannot_stay_unsaid() {
    let world = World::new();
    let service = world.init();
    let lines = [
        guest("g", "A guest with a form"),
        conversation("c", "g"),
        message_with("m1", "c", "the form", "form.pdf"),
        message_with("m2", "c", "the invoice", "invoice.pdf"),
    ];
    let (form, invoice) = (pdf_saying("My card, CVV 737"), pdf_saying("Thank you"));
    let report = bring(
        &world,
        &service,
        &lines,
        &[("form.pdf", &form), ("invoice.pdf", &invoice)],
    );
    assert_eq!(report.attachments.codes_in_documents, 1);
    assert_eq!((report.cut, report.attachments.codes_cut), (0, 0));
    let left: Vec<bool> = attachments(&service, "c")
        .iter()
        .map(|one| one.codes_left)
        .collect();
    assert_eq!(left, [true, false]);
    let scan = service.scan_store(9, wuhen_detect::KindSet::ALL).unwrap();
    assert_eq!((scan.codes_in_documents, scan.first.len()), (1, 1));
    assert_eq!(scan.first[0].kinds[&Kind::CardSecurityCode], 1);
}

#[test]
fn damage_to_a_text_file_cannot_save_a_card_security_code() {
    let world = World::new();
    let service = world.init();
    let lines = [
        guest("g", "A guest with old programs"),
        conversation("c", "g"),
        message_with("m1", "c", "ma carte", "latin.txt"),
        message_with("m2", "c", "卡", "stray.txt"),
        message_with("m3", "c", "卡", "zero.txt"),
        message_with("m4", "c", "卡", "big5.txt"),
    ];
    let files: [(&str, &[u8]); 4] = [
        ("latin.txt", b"pay\xe9 par carte, caf\xe9: CVV 737, merci"),
        ("stray.txt", "卡片安全码 737\u{0}谢谢\n".as_bytes()),
        ("zero.txt", b"\0CVV 737, thank you"),
        // "the security code is 737", in Big5.
        ("big5.txt", b"\xa6w\xa5\xfe\xbdX\xacO 737"),
    ];
    bring(&world, &service, &lines, &files);
    let found = attachments(&service, "c");
    let states: Vec<ScanState> = found
        .iter()
        .map(|one| one.scan.as_ref().unwrap().state)
        .collect();
    assert_eq!(states[..2], [ScanState::Damaged, ScanState::Damaged]);
    for (found, (name, before)) in found.iter().zip(files) {
        let kinds = &found.scan.as_ref().unwrap().findings;
        assert!(kinds.contains_key(&Kind::CardSecurityCode), "{name}");
        let out = exported(&service, "c", found.item);
        let changed = out.iter().zip(before).filter(|(now, was)| now != was);
        assert_eq!((out.len(), changed.count()), (before.len(), 3), "{name}");
    }
    drop(service);
    assert!(!is_in(&loot(&world), "737"));
}

#[test]
fn a_text_that_speaks_of_another_kind_of_file_cannot_save_a_card_security_code() {
    let world = World::new();
    let service = world.init();
    let lines = [
        guest("g", "A guest who knows of files"),
        conversation("c", "g"),
        message_with("m1", "c", "a text", "1.txt"),
        message_with("m2", "c", "a text", "2.txt"),
        message_with("m3", "c", "a text", "3.txt"),
        message_with("m4", "c", "a text", "4.txt"),
    ];
    let files: [(&str, &[u8]); 4] = [
        ("1.txt", "我的文件以 %PDF- 开头，安全码 737\n".as_bytes()),
        ("2.txt", b"GIF89a is what it begins with, CVV 737\n"),
        ("3.txt", b"The ftyp of the film; CVV 737\n"),
        ("4.txt", b"%PDF-1.7\nis what it begins with, CVV 737\n"),
    ];
    bring(&world, &service, &lines, &files);
    let found = attachments(&service, "c");
    let mut shown = Vec::new();
    for (found, (name, before)) in found.iter().zip(files) {
        let out = exported(&service, "c", found.item);
        let changed = out.iter().zip(before).filter(|(now, was)| now != was);
        assert_eq!((out.len(), changed.count()), (before.len(), 3), "{name}");
        let sight = Sight::of(Viewer::Agent);
        let seen = service.show_attachment("c", found.item, sight, &mut Vec::new());
        shown.push((found.scan.as_ref().unwrap().state, seen.is_ok()));
    }
    let (done, damaged) = ((ScanState::Done, true), (ScanState::Damaged, false));
    assert_eq!(
        shown,
        [done, done, done, damaged],
        "the last may be a broken PDF file"
    );
    drop(service);
    assert!(!is_in(&loot(&world), "737"));
}

#[test]
fn a_file_that_cannot_be_read_cannot_pass_for_a_clean_one() {
    let world = World::new();
    let service = world.init();
    let lines = [
        guest("g", "A guest with large files"),
        conversation("c", "g"),
        message_with("m1", "c", "a broken invoice", "broken.pdf"),
        message_with("m2", "c", "all I ever wrote", "long.txt"),
        message_with("m3", "c", "a film", "film.mp4"),
    ];
    let mut long = "一二三四五六七八九十\n".repeat((16 << 20) / 31 + 1);
    long.push_str("the last words\n");
    let files: [(&str, &[u8]); 3] = [
        ("broken.pdf", b"%PDF-1.7\nand then the line broke"),
        ("long.txt", long.as_bytes()),
        ("film.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\0\0"),
    ];
    bring(&world, &service, &lines, &files);
    let found = attachments(&service, "c");
    let states: Vec<_> = found
        .iter()
        .map(|one| one.scan.as_ref().map(|scan| scan.state))
        .collect();
    let (damaged, large) = (Some(ScanState::Damaged), Some(ScanState::TooLarge));
    assert!(long.len() > 16 << 20);
    assert_eq!(states, [damaged, large, None]);
    for (found, (_, before)) in found.iter().zip(files) {
        assert!(exported(&service, "c", found.item) == before);
    }
}

/// A page that is a picture, as a scanner makes it.
fn scanned_pdf() -> Vec<u8> {
    let file = String::from_utf8(pdf_saying("X")).unwrap();
    let picture = "q BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q";
    let text = "BT /F1 12 Tf 72 700 Td (X) Tj ET";
    // As long as the text was, so that no place moves.
    assert!(picture.len() > text.len());
    let content = format!("<< /Length {} >>\nstream\n{text}", text.len());
    let new = format!("<< /Length {} >>\nstream\n{picture}", picture.len());
    file.replace(&content, &new).into_bytes()
}

#[test]
fn a_scan_in_a_pdf_file_and_a_file_of_another_kind_cannot_pass_for_clean_ones() {
    let world = World::new();
    let service = world.init();
    let lines = [
        guest("g", "A guest with a scanner"),
        conversation("c", "g"),
        message_with("m1", "c", "here it is", "scan.pdf"),
        message_with("m2", "c", "and the list", "list.docx"),
    ];
    let scan = scanned_pdf();
    let files: [(&str, &[u8]); 2] = [
        ("scan.pdf", &scan),
        ("list.docx", b"PK\x03\x04\x14\0\0\0\x08\0"),
    ];
    let report = bring(&world, &service, &lines, &files);
    assert_eq!(report.attachments.scanned[&ScanState::Pictures], 1);
    assert_eq!(report.attachments.not_looked_into, 1);
    let found = attachments(&service, "c");
    assert_eq!(found[0].scan.as_ref().unwrap().state, ScanState::Pictures);
    assert!(!found[0].not_looked_into && found[1].not_looked_into);
    let sight = Sight::of(Viewer::Agent);
    let seen = service.show_attachment("c", found[0].item, sight, &mut Vec::new());
    assert!(matches!(
        seen,
        Err(ServiceError::Withheld {
            why: Withheld::NotRead,
            ..
        })
    ));
}
