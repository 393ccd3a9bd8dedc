//! Films: what is seen and heard stays where it is, what tells where and when goes.

use super::*;

const FRAMES: [&[u8]; 2] = [b"frames of the lake", b"and more frames of it"];
const SOUND: &[u8] = b"sound of the lake";
/// What a camera writes in every second of its way.
const WAY: [&[u8]; 2] = [
    b"CANARY-PLACE-30.2458N at first",
    b"CANARY-PLACE-30.2459N then",
];
const BRAND: &[u8] = b"isom\0\0\x02\0isomiso2mp41";

/// One sample in each chunk.
fn track(handler: [u8; 4], samples: &[(usize, &[u8])], more: &[u8]) -> Vec<u8> {
    let number = |number: usize| u32::try_from(number).unwrap().to_be_bytes();
    let count = number(samples.len());
    let sizes: Vec<u8> = samples
        .iter()
        .flat_map(|(_, sample)| number(sample.len()))
        .collect();
    let offsets: Vec<u8> = samples.iter().flat_map(|(at, _)| number(*at)).collect();
    let run = [number(1), number(1), number(1)].concat();
    let tables = [
        bmff_box(*b"stsd", &[&[0; 8]]),
        bmff_box(*b"stsz", &[&[0; 8], &count, &sizes]),
        bmff_box(*b"stsc", &[&[0; 4], &number(1), &run]),
        bmff_box(*b"stco", &[&[0; 4], &count, &offsets]),
    ];
    let information = bmff_box(*b"minf", &[&bmff_box(*b"stbl", &[&tables.concat()])]);
    let media = [
        bmff_box(*b"mdhd", &[&[0; 4], &[0xd5; 8], &[1; 12]]),
        bmff_box(*b"hdlr", &[&[0; 8], &handler, &[0; 13]]),
        information,
        bmff_box(*b"udta", &[NAME]),
    ];
    let header = bmff_box(*b"tkhd", &[&[1, 0, 0, 7], &[0xd5; 16], &[2; 76]]);
    bmff_box(
        *b"trak",
        &[&header, &bmff_box(*b"mdia", &[&media.concat()]), more],
    )
}

/// What goes, by the systems that write it.
fn of_the_maker() -> [Vec<u8>; 4] {
    let xyz = bmff_box(*b"\xa9xyz", &[&[0, 31, 0x15, 0xc7], PLACE]);
    let loci = bmff_box(*b"loci", &[&[0; 6], PLACE]);
    let keys = bmff_box(
        *b"keys",
        &[b"\0\0\0\0\0\0\0\x01\0\0\0\x2cmdtacom.apple.quicktime.location.ISO6709"],
    );
    let ilst = bmff_box(*b"ilst", &[&bmff_box(*b"data", &[PLACE])]);
    [
        bmff_box(*b"udta", &[&xyz, &loci, b"\0\0\0\0"]),
        bmff_box(*b"meta", &[&[0; 4], &keys, &ilst]),
        bmff_box(*b"uuid", &[&[7; 16], &xmp()]),
        bmff_box(*b"free", &[PLACE]),
    ]
}

/// `at_the_end`: whether the movie is behind its samples.
pub(super) fn film(at_the_end: bool) -> Vec<u8> {
    film_of(at_the_end, BRAND, *b"meta", true)
}

fn film_of(at_the_end: bool, brand: &[u8], way_is: [u8; 4], with_what_goes: bool) -> Vec<u8> {
    let data = [FRAMES[0], WAY[0], SOUND, FRAMES[1], WAY[1]];
    let ftyp = if brand.is_empty() {
        Vec::new()
    } else {
        bmff_box(*b"ftyp", &[brand])
    };
    let mdat = bmff_box(*b"mdat", &[&data.concat()]);
    let maker = if with_what_goes {
        of_the_maker().concat()
    } else {
        Vec::new()
    };
    let movie = |start: usize| {
        let places: Vec<usize> = (0..5)
            .map(|before| start + data[..before].concat().len())
            .collect();
        let video = [(places[0], data[0]), (places[3], data[3])];
        let sound = [(places[2], data[2])];
        let way = [(places[1], data[1]), (places[4], data[4])];
        let mut parts = bmff_box(*b"mvhd", &[&[0; 4], &[0xd5; 8], &[3; 88]]);
        parts.extend(track(*b"vide", &video, &maker));
        parts.extend(track(*b"soun", &sound, b""));
        parts.extend(track(way_is, &way, b""));
        parts.extend(&maker);
        bmff_box(*b"moov", &[&parts])
    };
    let (length, outside) = (movie(0).len(), of_the_maker()[2..].concat());
    if at_the_end {
        let start = ftyp.len() + 8;
        [ftyp, mdat, movie(start), outside].concat()
    } else {
        let start = ftyp.len() + length + 8;
        [ftyp, movie(start), mdat, outside].concat()
    }
}

fn place(file: &[u8], needle: &[u8]) -> usize {
    memchr::memmem::find(file, needle).unwrap()
}

#[test]
fn a_film_keeps_frames_and_sound_where_they_are_and_loses_place_and_time() {
    for at_the_end in [true, false] {
        for brand in [BRAND, b"qt  \0\0\0\0qt  ", b"3gp5\0\0\x01\0isom3gp5", b""] {
            let file = film_of(at_the_end, brand, *b"meta", true);
            let (out, report) = strip_all(&file);
            assert_eq!(report.format, Some(Format::Film));
            assert!(!report.not_understood);
            assert_eq!(out.len(), file.len(), "offsets stay true");
            assert_no_canary(&out);
            for kept in [FRAMES[0], FRAMES[1], SOUND] {
                assert_eq!(place(&out, kept), place(&file, kept));
            }
            assert!(!has(&out, &[0xd5; 4]), "times");
            assert!(
                has(&out, &[2; 76]) && has(&out, &[3; 88]),
                "how it is shown"
            );
            assert!(!has(&out, b"location") && !has(&out, b"\xa9xyz"));
            assert_eq!(
                taken(report),
                ["location", "thumbnail", "metadata"],
                "place, the preview of XMP, the rest"
            );
            let (again, report) = strip_all(&out);
            assert!(again == out && report.is_clean() && !report.not_understood);
        }
    }
}

#[test]
fn the_hour_of_each_fragment_goes() {
    let hour = bmff_box(
        *b"prft",
        &[&[1, 0, 0, 0], &[0, 0, 0, 1], &[0xd5; 8], &[0; 8]],
    );
    let file = [&*film(false), &hour].concat();
    let (out, report) = strip_all(&file);
    assert_eq!(out.len(), file.len());
    assert!(!has(&out, &[0xd5; 8]) && !report.not_understood);
}

#[test]
fn a_film_with_nothing_to_tell_stays_as_it_is() {
    let video = track(*b"vide", &[(28, FRAMES[0])], b"");
    let video: Vec<u8> = video
        .iter()
        .map(|byte| if *byte == 0xd5 { 0 } else { *byte })
        .collect();
    let name = place(&video, b"udta") - 4;
    let mut clean = video;
    clean[name + 4..name + 8].copy_from_slice(b"free");
    clean[name + 8..].fill(0);
    let file = [
        bmff_box(*b"ftyp", &[BRAND]),
        bmff_box(*b"mdat", &[FRAMES[0]]),
        bmff_box(*b"moov", &[&clean]),
    ]
    .concat();
    let (out, report) = strip_all(&file);
    assert!(out == file && report.is_clean() && !report.not_understood);
}

#[test]
fn subtitles_and_time_codes_are_seen_and_stay() {
    for kept in [b"text", b"sbtl", b"subt", b"tmcd"] {
        let file = film_of(true, BRAND, *kept, true);
        let (out, report) = strip_all(&file);
        assert!(has(&out, WAY[0]) && has(&out, WAY[1]) && !has(&out, PLACE));
        assert!(!report.not_understood);
    }
    let (out, _) = strip_all(&film_of(true, BRAND, *b"camm", true));
    assert!(!has(&out, WAY[0]) && !has(&out, WAY[1]));
}

#[test]
fn what_cannot_be_followed_is_told_and_the_rest_goes_all_the_same() {
    let file = film(true);
    let damaged = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut file = file.clone();
        change(&mut file);
        let (out, report) = strip_all(&file);
        assert!(report.not_understood && report.format == Some(Format::Film));
        (out, report)
    };
    // The way's samples lie outside of the data.
    let stco = |file: &[u8]| memchr::memmem::rfind(file, b"stco").unwrap() + 12;
    let (out, _) = damaged(&|file| {
        let at = stco(file);
        file[at..at + 4].copy_from_slice(&[0, 0, 0, 4]);
    });
    assert!(!has(&out, PLACE) && !has(&out, NAME) && out[4..8] == *b"ftyp");
    // More samples than chunks hold.
    let (out, _) = damaged(&|file| {
        let at = memchr::memmem::rfind(file, b"stsz").unwrap() + 12;
        file[at + 3] += 1;
    });
    assert!(!has(&out, PLACE) && has(&out, FRAMES[0]));
    // A list of places between the frames, of a car's camera; a movie that is compressed.
    for kind in [b"gps ", b"cmov"] {
        let (_, report) = damaged(&|file| {
            let at = memchr::memmem::rfind(file, b"udta").unwrap();
            file[at..at + 4].copy_from_slice(kind);
        });
        assert!(!report.is_clean());
    }
    // Told of in pieces.
    let (out, _) = damaged(&|file| file.extend(bmff_box(*b"moof", &[b""])));
    assert!(!has(&out, PLACE) && !has(&out, WAY[0]));
    // No boxes behind the last: an appended trailer.
    let (out, _) = damaged(&|file| file.extend(b"\xff\xff\xff\xffCANARY of a maker"));
    assert!(!has(&out, PLACE) && has(&out, SOUND));
    // Canon's raw pictures.
    let file = film_of(true, b"crx \0\0\0\x01crx isom", *b"meta", true);
    let (out, report) = strip_all(&file);
    assert!(out == file && report.not_understood);
}

#[test]
fn a_cut_film_is_marked_and_loses_what_was_understood() {
    let file = film(false);
    for length in (32..file.len() - 1).step_by(7) {
        let (out, report) = strip_all(&file[..length]);
        assert_eq!(out.len(), length);
        assert!(report.not_understood, "cut at {length}");
    }
    let movie = place(&file, b"mdat") - 4;
    let (out, report) = strip_all(&file[..movie + 20]);
    assert!(report.not_understood && !has(&out, PLACE));
}

#[test]
fn long_boxes_and_long_offsets_are_followed() {
    let mut file = film(true);
    // `mdat` of 64-bit size: eight bytes more, with the offsets that were.
    let mdat = place(&file, b"mdat") - 4;
    let size = u32::from_be_bytes(file[mdat..mdat + 4].try_into().unwrap());
    file[mdat..mdat + 4].copy_from_slice(&[0, 0, 0, 1]);
    let long = (u64::from(size) + 8).to_be_bytes();
    file.splice(mdat + 8..mdat + 8, long);
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&file[at..], b"stco") {
        at += found + 4;
        let count = usize::from(file[at + 7]);
        for entry in 0..count {
            let place = at + 8 + 4 * entry;
            let offset = u32::from_be_bytes(file[place..place + 4].try_into().unwrap()) + 8;
            file[place..place + 4].copy_from_slice(&offset.to_be_bytes());
        }
    }
    let (out, report) = strip_all(&file);
    assert!(!report.not_understood);
    assert_no_canary(&out);
    assert_eq!(place(&out, FRAMES[1]), place(&file, FRAMES[1]));
}

#[test]
fn boxes_and_tables_are_followed_up_to_the_limit_and_not_one_more() {
    let with_boxes = |count: usize| {
        let mut file = film(true);
        let (mut at, mut boxes) = (0, 0);
        while at < file.len() {
            let size: [u8; 4] = file[at..at + 4].try_into().unwrap();
            at += usize::try_from(u32::from_be_bytes(size)).unwrap();
            boxes += 1;
        }
        for _ in boxes..count {
            file.extend(b"\0\0\0\x08free");
        }
        strip(Cursor::new(file)).unwrap().report()
    };
    let report = with_boxes(boxes::BOXES_MAX);
    assert!(!report.not_understood && !report.is_clean());
    let report = with_boxes(boxes::BOXES_MAX + 1);
    assert!(report.not_understood && !report.is_clean());

    // Telemetry of many empty samples in one chunk.
    let with_samples = |count: usize| {
        let number = |number: usize| u32::try_from(number).unwrap().to_be_bytes();
        let tables = [
            bmff_box(*b"stsz", &[&[0; 8], &number(count), &vec![0; 4 * count]]),
            bmff_box(
                *b"stsc",
                &[&[0; 4], &number(1), &number(1), &number(count), &number(1)],
            ),
            bmff_box(*b"stco", &[&[0; 4], &number(1), &number(8)]),
        ];
        let tables = bmff_box(*b"stbl", &[&tables.concat()]);
        let handler = bmff_box(*b"hdlr", &[&[0; 8], b"meta", &[0; 13]]);
        let media = bmff_box(*b"mdia", &[&handler, &bmff_box(*b"minf", &[&tables])]);
        let movie = bmff_box(*b"moov", &[&bmff_box(*b"trak", &[&media])]);
        let file = [bmff_box(*b"mdat", &[b"data"]), movie].concat();
        strip(Cursor::new(file)).unwrap().report()
    };
    let most = usize::try_from(crate::image::film::TABLE_BYTES_MAX - 12).unwrap() / 4;
    assert!(!with_samples(most).not_understood);
    assert!(with_samples(most + 1).not_understood);
}
