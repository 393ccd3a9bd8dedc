//! What comes in with a film, or with a picture of the family of films, and what must not: where they were taken, the way that a
//! camera went, small copies of what was cropped away.

use std::fs;

use wuhen_service::Service;
use wuhen_service::attachment::AttachmentView;
use wuhen_stories::attacker::{Evidence, Loot};
use wuhen_stories::world::{World, conversation, guest, import, message_with};

const PLACE: &str = "CANARY-PLACE+30.2458+120.1301/";
const PREVIEW: &str = "CANARY-PREVIEW-BEFORE-CROPPING";

fn boxed(kind: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let size = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
    [&size, kind, &content].concat()
}

fn number(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap().to_be_bytes()
}

/// What is seen: bytes that are nowhere else.
fn frames(seed: u32) -> Vec<u8> {
    let byte = |number: u32| (number.wrapping_mul(2_654_435_761) ^ seed).to_be_bytes()[1];
    (0..100_000).map(byte).collect()
}

/// A track with one sample.
fn track(handler: &[u8], at: usize, bytes: usize) -> Vec<u8> {
    let tables = [
        boxed(b"stsz", &[&[0; 8], &number(1), &number(bytes)]),
        boxed(
            b"stsc",
            &[&[0; 4], &number(1), &number(1), &number(1), &number(1)],
        ),
        boxed(b"stco", &[&[0; 4], &number(1), &number(at)]),
    ];
    let information = boxed(b"minf", &[&boxed(b"stbl", &[&tables.concat()])]);
    let header = boxed(b"mdhd", &[&[0; 4], &[0xd5; 8], &[0; 12]]);
    let handler = boxed(b"hdlr", &[&[0; 8], handler, &[0; 13]]);
    let media = boxed(b"mdia", &[&header, &handler, &information]);
    boxed(
        b"trak",
        &[&boxed(b"tkhd", &[&[0; 4], &[0xd5; 8], &[0; 72]]), &media],
    )
}

/// A film of a telephone: place in both ways of Apple and in 3GPP's, and once more in every second of its own track.
fn film() -> Vec<u8> {
    let ftyp = boxed(b"ftyp", &[b"qt  \0\0\0\0qt  "]);
    let frames = frames(1);
    let start = ftyp.len() + 8;
    let mdat = boxed(b"mdat", &[&frames, PLACE.as_bytes()]);
    let way = track(b"meta", start + frames.len(), PLACE.len());
    let xyz = boxed(b"\xa9xyz", &[&[0, 30, 0x15, 0xc7], PLACE.as_bytes()]);
    let loci = boxed(b"loci", &[&[0; 6], PLACE.as_bytes()]);
    let key = b"mdtacom.apple.quicktime.location.ISO6709";
    let keys = boxed(b"keys", &[&[0; 4], &number(1), &number(key.len() + 4), key]);
    let ilst = boxed(b"ilst", &[&boxed(b"data", &[PLACE.as_bytes()])]);
    let movie = [
        boxed(b"mvhd", &[&[0; 4], &[0xd5; 8], &[0; 88]]),
        track(b"vide", start, frames.len()),
        way,
        boxed(b"udta", &[&xyz, &loci]),
        boxed(b"meta", &[&keys, &ilst]),
    ];
    [ftyp, mdat, boxed(b"moov", &[&movie.concat()])].concat()
}

/// A HEIC of a telephone: a picture (1), its Exif (2), and a preview of it (3).
fn photograph() -> Vec<u8> {
    let picture = frames(2);
    let mut exif = b"\0\0\0\0MM\0\x2a\0\0\0\x08\0\x01".to_vec();
    exif.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0");
    exif.extend(b"\0\x01\0\x1c\0\x07\0\0\0\x1e\0\0\0\x2c\0\0\0\0");
    exif.extend(PLACE.as_bytes());
    let items: [&[u8]; 3] = [&picture, &exif, PREVIEW.as_bytes()];
    let info = |id: u8, kind: &[u8]| boxed(b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0], kind, b"\0"]);
    let infos = [info(1, b"hvc1"), info(2, b"Exif"), info(3, b"hvc1")].concat();
    let parts = [
        boxed(b"hdlr", &[&[0; 8], b"pict", &[0; 13]]),
        boxed(b"pitm", &[&[0, 0, 0, 0, 0, 1]]),
        boxed(b"iinf", &[&[0, 0, 0, 0, 0, 3], &infos]),
        boxed(b"iref", &[&[0; 4], &boxed(b"thmb", &[&[0, 3, 0, 1, 0, 1]])]),
    ]
    .concat();
    let ftyp = boxed(b"ftyp", &[b"heic\0\0\0\0mif1heic"]);
    let mdat = boxed(b"mdat", &[&items.concat()]);
    let meta = |start: usize| {
        let mut places = Vec::new();
        let mut at = start;
        for (id, item) in (1_u8..).zip(items) {
            places.extend([0, id, 0, 0, 0, 1]);
            places.extend([number(at), number(item.len())].concat());
            at += item.len();
        }
        let iloc = boxed(b"iloc", &[&[0, 0, 0, 0, 0x44, 0, 0, 3], &places]);
        boxed(b"meta", &[&[0; 4], &parts, &iloc])
    };
    let start = ftyp.len() + meta(0).len() + 8;
    [ftyp, meta(start), mdat].concat()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn attachments(service: &Service) -> Vec<AttachmentView> {
    let (_, messages) = service.show("c").unwrap();
    let attachments = messages.into_iter().flat_map(|message| message.attachments);
    attachments.collect()
}

fn exported(service: &Service, number: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    service.attachment("c", number, &mut bytes).unwrap();
    bytes
}

/// All that a thief with store and keys can read.
fn loot(world: &World) -> Loot {
    let mut evidence = Evidence::default();
    evidence.add_image(&world.store());
    evidence.attack(&world.keys)
}

#[test]
fn the_place_where_a_film_was_taken_cannot_be_found_in_the_store() {
    let world = World::new();
    let service = world.init();
    let lines = [
        guest("g", "A guest who films the lake"),
        conversation("c", "g"),
        message_with(
            "m",
            "c",
            "the lake in the morning, please see my ID card",
            "lake.mov",
        ),
        message_with("n", "c", "and a picture of it", "lake.heic"),
    ];
    let files = [("lake.mov", film()), ("lake.heic", photograph())];
    let file = world.write_lines("hotel", &lines);
    for (name, bytes) in &files {
        assert!(contains(bytes, PLACE.as_bytes()));
        fs::write(file.with_file_name(name), bytes).unwrap();
    }
    import(&service, &file).unwrap();

    let found = attachments(&service);
    assert_eq!(found[0].stripped, ["location", "metadata"]);
    assert_eq!(found[1].stripped, ["location", "thumbnail", "metadata"]);
    assert!(found.iter().all(|one| !one.not_understood));
    // What was asked for is a picture; a film is none.
    assert!(found[0].mark.is_none() && found[1].mark.is_some());
    for (number, seen) in [(0, frames(1)), (1, frames(2))] {
        let out = exported(&service, found[number].item);
        assert_eq!(out.len(), files[number].1.len(), "offsets stay true");
        let at = |bytes: &[u8]| bytes.windows(64).position(|part| *part == seen[..64]);
        assert_eq!(at(&out), at(&files[number].1));
        assert!(contains(&out, &seen[50_000..50_200]));
        for canary in [PLACE.as_bytes(), PREVIEW.as_bytes(), &[0xd5; 8]] {
            assert!(!contains(&out, canary));
        }
    }

    service.init_repository(&world.path("repository")).unwrap();
    service.create_snapshot(None).unwrap();
    drop(service);
    let loot = loot(&world);
    let is_in = |text: &str| {
        let contents = loot.opened.values().flatten();
        contents.into_iter().any(|(header, body)| {
            contains(header, text.as_bytes()) || contains(body, text.as_bytes())
        })
    };
    assert!(is_in("the lake in the morning"));
    assert!(!is_in(PLACE) && !is_in(PREVIEW));
    world.assert_nothing_readable(&[PLACE.to_owned(), PREVIEW.to_owned()]);
}
