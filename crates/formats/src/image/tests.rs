//! Small pictures made here, with everything in them that tells more than the picture.

mod film;
mod heif;

use std::io::Cursor;

use super::*;

/// A place that must not be found: where the canary sings.
const PLACE: &[u8] = b"CANARY-PLACE-30.2458N-120.1301E";
const PREVIEW: &[u8] = b"\xff\xd8CANARY-PREVIEW-OF-WHAT-WAS-CROPPED\xff\xd9";
const MAKER: &[u8] = b"CANARY-MAKER-NOTE-OF-THE-CAMERA";
const NAME: &[u8] = b"CANARY-NAME-OF-THE-OWNER";

fn strip_all(file: &[u8]) -> (Vec<u8>, Report) {
    let mut stripped = strip(Cursor::new(file)).unwrap();
    let report = stripped.report();
    let mut out = Vec::new();
    stripped.read_to_end(&mut out).unwrap();
    // Read byte by byte it is the same.
    let mut single = strip(Cursor::new(file)).unwrap();
    let mut slowly = Vec::new();
    let mut byte = [0];
    while single.read(&mut byte).unwrap() == 1 {
        slowly.push(byte[0]);
    }
    assert!(out == slowly);
    (out, report)
}

fn has(file: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(file, needle).is_some()
}

fn assert_no_canary(file: &[u8]) {
    for canary in [PLACE, PREVIEW, MAKER, NAME, b"CANARY"] {
        assert!(!has(file, canary), "{}", String::from_utf8_lossy(canary));
    }
}

fn taken(report: Report) -> Vec<&'static str> {
    report.taken().map(Taken::as_str).collect()
}

/// Writes numbers in one of the two byte orders.
#[derive(Clone, Copy)]
struct Writer(bool);

impl Writer {
    fn u16(self, number: u16) -> [u8; 2] {
        if self.0 {
            number.to_be_bytes()
        } else {
            number.to_le_bytes()
        }
    }

    fn u32(self, number: usize) -> [u8; 4] {
        let number = u32::try_from(number).unwrap();
        if self.0 {
            number.to_be_bytes()
        } else {
            number.to_le_bytes()
        }
    }

    /// One entry with a value in it.
    fn entry(self, tag: u16, kind: u16, count: usize, value: [u8; 4]) -> Vec<u8> {
        let parts: [&[u8]; 4] = [&self.u16(tag), &self.u16(kind), &self.u32(count), &value];
        parts.concat()
    }

    fn short(self, tag: u16, value: u16) -> Vec<u8> {
        let [a, b] = self.u16(value);
        self.entry(tag, 3, 1, [a, b, 0, 0])
    }

    fn long(self, tag: u16, value: usize) -> Vec<u8> {
        self.entry(tag, 4, 1, self.u32(value))
    }

    fn directory(self, entries: &[Vec<u8>], next: usize) -> Vec<u8> {
        let count = u16::try_from(entries.len()).unwrap();
        [
            self.u16(count).to_vec(),
            entries.concat(),
            self.u32(next).to_vec(),
        ]
        .concat()
    }
}

const PIXELS: &[u8] = b"sixteen pixels!!";

/// A TIFF whose first directory has a picture of its own (as a file) or none (as a block of Exif), and in any case a name, an
/// orientation, a directory of Exif with a maker's note, one of GPS, and a second directory with a preview.
fn tiff(big: bool, orientation: u16, with_pixels: bool) -> Vec<u8> {
    let w = Writer(big);
    let mut file = if big {
        b"MM\0\x2a".to_vec()
    } else {
        b"II\x2a\0".to_vec()
    };
    file.extend(w.u32(8));
    let main_entries = if with_pixels { 9 } else { 4 };
    let main_end = 8 + 2 + 12 * main_entries + 4;
    let name_at = main_end;
    let exif_at = name_at + NAME.len();
    let maker_at = exif_at + 2 + 12 + 4;
    let gps_at = maker_at + MAKER.len();
    let place_at = gps_at + 2 + 12 + 4;
    let second_at = place_at + PLACE.len();
    let preview_at = second_at + 2 + 36 + 4;
    let pixels_at = preview_at + PREVIEW.len();
    let mut main = Vec::new();
    if with_pixels {
        main.push(w.short(0x0100, 4));
        main.push(w.short(0x0101, 4));
        main.push(w.short(0x0106, 1));
    }
    main.push(w.entry(0x010f, 2, NAME.len(), w.u32(name_at)));
    if with_pixels {
        main.push(w.long(0x0111, pixels_at));
    }
    main.push(w.short(0x0112, orientation));
    if with_pixels {
        main.push(w.long(0x0117, PIXELS.len()));
    }
    main.push(w.long(0x8769, exif_at));
    main.push(w.long(0x8825, gps_at));
    assert_eq!(main.len(), main_entries);
    file.extend(w.directory(&main, second_at));
    file.extend(NAME);
    file.extend(w.directory(&[w.entry(0x927c, 7, MAKER.len(), w.u32(maker_at))], 0));
    file.extend(MAKER);
    file.extend(w.directory(&[w.entry(0x001c, 7, PLACE.len(), w.u32(place_at))], 0));
    file.extend(PLACE);
    let second = [
        w.long(0x00fe, 1),
        w.long(0x0201, preview_at),
        w.long(0x0202, PREVIEW.len()),
    ];
    file.extend(w.directory(&second, 0));
    file.extend(PREVIEW);
    assert_eq!(file.len(), pixels_at);
    if with_pixels {
        file.extend(PIXELS);
    }
    file
}

fn xmp() -> Vec<u8> {
    let place = String::from_utf8_lossy(PLACE);
    format!("<x:xmpmeta exif:GPSLatitude=\"{place}\" xmp:Thumbnails=\"CANARY\"/>").into_bytes()
}

fn jpeg_segment(marker: u8, content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], &content].concat()
}

const JFIF_SEGMENT: &[u8] = b"\xff\xe0\0\x10JFIF\0\x01\x02\0\0\x48\0\x48\0\0";

/// What a decoder needs: tables, frame, two scans with stuffed bytes and a restart, another table between them.
fn jpeg_pixels() -> Vec<u8> {
    [
        jpeg_segment(0xdb, &[&[0; 65]]),
        jpeg_segment(0xc2, &[b"\x08\0\x10\0\x10\x01\x01\x11\0"]),
        jpeg_segment(0xc4, &[&[1; 19]]),
        jpeg_segment(0xda, &[b"\x01\x01\0\0\x3f\0"]),
        b"scan\xff\x00one\xff\xd0more".to_vec(),
        jpeg_segment(0xc4, &[&[2; 19]]),
        jpeg_segment(0xda, &[b"\x01\x01\0\0\x3f\0"]),
        b"scan\xff\x00two".to_vec(),
    ]
    .concat()
}

fn jpeg(big: bool, orientation: u16) -> Vec<u8> {
    let exif = tiff(big, orientation, false);
    [
        b"\xff\xd8".to_vec(),
        jpeg_segment(0xe0, &[b"JFIF\0\x01\x02\0\0\x48\0\x48\x01\x01", b"CAN"]),
        jpeg_segment(0xe0, &[b"JFXX\0\x10", PREVIEW]),
        jpeg_segment(0xe1, &[b"Exif\0\0", &exif]),
        jpeg_segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", &xmp()]),
        jpeg_segment(0xe1, &[b"http://ns.adobe.com/xmp/extension/\0", &xmp()]),
        jpeg_segment(0xe2, &[b"ICC_PROFILE\0\x01\x01", b"colours"]),
        jpeg_segment(0xe2, &[b"MPF\0", PREVIEW]),
        jpeg_segment(0xeb, &[b"JP\0\0CANARY-CREDENTIALS"]),
        jpeg_segment(0xed, &[b"Photoshop 3.0\0", b"8BIM\x04\x04", PLACE]),
        jpeg_segment(0xee, &[b"Adobe\0\x64\0\0\0\0\x01"]),
        jpeg_segment(0xfe, &[NAME]),
        jpeg_pixels(),
        b"\xff\xd9".to_vec(),
        PREVIEW.to_vec(),
    ]
    .concat()
}

#[test]
fn a_jpeg_keeps_its_pixels_colours_and_way_up_and_nothing_else() {
    for big in [true, false] {
        let (out, report) = strip_all(&jpeg(big, 6));
        let exif = [b"Exif\0\0", &tiff::only_orientation(6)[..]].concat();
        let expected = [
            b"\xff\xd8".to_vec(),
            JFIF_SEGMENT.to_vec(),
            jpeg_segment(0xe1, &[&exif]),
            jpeg_segment(0xe2, &[b"ICC_PROFILE\0\x01\x01", b"colours"]),
            jpeg_segment(0xee, &[b"Adobe\0\x64\0\0\0\0\x01"]),
            jpeg_pixels(),
            b"\xff\xd9".to_vec(),
        ]
        .concat();
        assert!(out == expected);
        assert_no_canary(&out);
        let all = ["location", "thumbnail", "maker-note", "metadata"];
        assert_eq!(taken(report), all);
        assert!(!report.not_understood && report.format == Some(Format::Jpeg));
        assert_eq!(tiff::inspect(&tiff(big, 6, false)).orientation, Some(6));

        let (again, report) = strip_all(&out);
        assert!(again == out && report.is_clean() && !report.not_understood);
    }
}

#[test]
fn an_upright_jpeg_needs_no_exif() {
    let (out, _) = strip_all(&jpeg(true, 1));
    assert!(!has(&out, b"Exif"));
    assert_no_canary(&out);
}

#[test]
fn a_film_behind_a_jpeg_goes() {
    let mut file = [b"\xff\xd8", &jpeg_pixels()[..], b"\xff\xd9"].concat();
    let without = file.clone();
    file.extend(b"\0\0\0\x18ftypmp42 a film with its place");
    let (out, report) = strip_all(&file);
    assert!(out == without);
    assert_eq!(taken(report), ["trailing-data"]);
}

#[test]
fn a_cut_jpeg_loses_its_place_and_is_marked() {
    let whole = jpeg(false, 8);
    for length in 3..whole.len() - PREVIEW.len() {
        let (out, report) = strip_all(&whole[..length]);
        assert!(report.not_understood, "cut at {length}");
        assert!(out.len() <= length + 40);
    }
    let scan = memchr::memmem::find(&whole, b"scan").unwrap();
    let (out, report) = strip_all(&whole[..scan + 4]);
    assert_no_canary(&out);
    assert!(out.ends_with(b"scan"));
    assert_eq!(taken(report)[0], "location");
}

fn png_chunk(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let mut checksum = flate2::Crc::new();
    checksum.update(&kind);
    checksum.update(content);
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    let sum = checksum.sum().to_be_bytes();
    [&length, &kind, content, &sum].concat()
}

const PNG_MARK: &[u8] = b"\x89PNG\r\n\x1a\n";

#[test]
fn a_png_keeps_its_pixels_colours_and_way_up_and_nothing_else() {
    let kept = [
        png_chunk(*b"IHDR", &[1; 13]),
        png_chunk(*b"iCCP", b"colours"),
        png_chunk(*b"pHYs", &[2; 9]),
        png_chunk(*b"acTL", &[3; 8]),
    ];
    let pixels = [
        png_chunk(*b"IDAT", b"pixels"),
        png_chunk(*b"fdAT", b"more pixels"),
    ];
    let file = [
        PNG_MARK.to_vec(),
        kept.concat(),
        png_chunk(*b"eXIf", &tiff(true, 3, false)),
        png_chunk(*b"tIME", &[7; 7]),
        png_chunk(*b"tEXt", &[b"Author\0", NAME].concat()),
        png_chunk(*b"zTXt", &[b"Comment\0\0", NAME].concat()),
        png_chunk(
            *b"iTXt",
            &[b"XML:com.adobe.xmp\0\0\0\0\0", &xmp()[..]].concat(),
        ),
        png_chunk(*b"caBX", b"CANARY"),
        pixels.concat(),
        png_chunk(*b"IEND", b""),
        PREVIEW.to_vec(),
    ]
    .concat();
    let (out, report) = strip_all(&file);
    let expected = [
        PNG_MARK.to_vec(),
        kept.concat(),
        png_chunk(*b"eXIf", &tiff::only_orientation(3)),
        pixels.concat(),
        png_chunk(*b"IEND", b""),
    ]
    .concat();
    assert!(out == expected);
    let all = [
        "location",
        "thumbnail",
        "maker-note",
        "metadata",
        "trailing-data",
    ];
    assert_eq!(taken(report), all);
    let (again, report) = strip_all(&out);
    assert!(again == out && report.is_clean() && !report.not_understood);

    let cut = file.len() - PREVIEW.len() - 14;
    let (out, report) = strip_all(&file[..cut]);
    assert!(report.not_understood);
    assert_no_canary(&out);
}

fn riff_chunk(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_le_bytes();
    let padding = &[0][..content.len() % 2];
    [&kind, &length[..], content, padding].concat()
}

fn webp(chunks: &[Vec<u8>]) -> Vec<u8> {
    let content = chunks.concat();
    let length = u32::try_from(content.len() + 4).unwrap().to_le_bytes();
    [b"RIFF", &length[..], b"WEBP", &content].concat()
}

#[test]
fn a_webp_keeps_its_pixels_colours_and_way_up_and_its_header_agrees() {
    let flags = |flags: u8| riff_chunk(*b"VP8X", &[flags, 0, 0, 0, 3, 0, 0, 3, 0, 0]);
    let kept = [
        riff_chunk(*b"ICCP", b"colours"),
        riff_chunk(*b"ALPH", b"alpha"),
        riff_chunk(*b"VP8 ", b"pixels of odd lengt"),
    ];
    let metadata = |orientation| {
        [
            riff_chunk(*b"EXIF", &tiff(false, orientation, false)),
            riff_chunk(*b"XMP ", &xmp()),
            riff_chunk(*b"CANA", b"RY"),
        ]
    };
    for (orientation, flags_left) in [(1, 0x30), (8, 0x38)] {
        let mut file = webp(&[&[flags(0x3c)][..], &kept, &metadata(orientation)].concat());
        file.extend(PREVIEW);
        let (out, report) = strip_all(&file);
        let exif = (orientation != 1).then(|| riff_chunk(*b"EXIF", &tiff::only_orientation(8)));
        let chunks = [flags(flags_left)]
            .into_iter()
            .chain(kept.clone())
            .chain(exif);
        assert!(out == webp(&chunks.collect::<Vec<_>>()));
        let all = [
            "location",
            "thumbnail",
            "maker-note",
            "metadata",
            "trailing-data",
        ];
        assert_eq!(taken(report), all);
        let (again, report) = strip_all(&out);
        assert!(again == out && report.is_clean() && !report.not_understood);
    }
}

#[test]
fn a_gif_keeps_its_images_and_how_often_it_plays() {
    let image =
        b"\x21\xf9\x04\0\0\0\0\0\x2c\0\0\0\0\x01\0\x01\0\x80\0\0\0\xff\xff\xff\x02\x02\x44\x01\0";
    let plays = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
    let comment = b"\x21\xfe\x0dCANARY-PLACE!\0";
    let xmp = b"\x21\xff\x0bXMP DataXMP\x06CANARY\x03GPS\0";
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
    let file = [head, &plays[..], comment, image, xmp, b";", PREVIEW].concat();
    let (out, report) = strip_all(&file);
    assert!(out == [head, &plays[..], image, b";"].concat());
    assert_eq!(taken(report), ["location", "metadata", "trailing-data"]);
}

#[test]
fn a_tiff_keeps_its_pixels_where_they_are_and_loses_the_rest_in_place() {
    for big in [true, false] {
        let file = tiff(big, 6, true);
        let (out, report) = strip_all(&file);
        assert_eq!(out.len(), file.len(), "offsets stay true");
        assert_no_canary(&out);
        assert!(out.ends_with(PIXELS));
        let all = ["location", "thumbnail", "maker-note", "metadata"];
        assert_eq!(
            (taken(report), report.not_understood),
            (all.to_vec(), false)
        );
        let left = tiff::inspect(&out);
        assert_eq!(left.orientation, Some(6));
        // Six entries are left, in order, and no second directory.
        let w = Writer(big);
        assert_eq!(out[8..10], w.u16(6));
        assert_eq!(out[8 + 2 + 72..8 + 2 + 76], [0; 4]);
        let (again, report) = strip_all(&out);
        assert!(again == out && report.is_clean() && !report.not_understood);
    }
}

#[test]
fn a_raw_file_keeps_what_its_pixels_need_loses_its_place_and_is_marked() {
    // 0x0106 of 32803: numbers of a sensor behind a colour filter.
    let mut file = tiff(false, 1, true);
    let photometric = 8 + 2 + 2 * 12;
    file[photometric + 8..photometric + 10].copy_from_slice(&32_803_u16.to_le_bytes());
    let (out, report) = strip_all(&file);
    assert!(report.not_understood && !has(&out, PLACE) && !has(&out, PREVIEW));
    assert!(has(&out, MAKER) && out.ends_with(PIXELS));
}

fn bmff_box(kind: [u8; 4], content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    let length = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
    [&length, &kind, &content[..]].concat()
}

#[test]
fn what_is_no_picture_passes_as_it_is() {
    for file in [
        &b""[..],
        b"\xff",
        b"%PDF-1.7",
        b"RIFFxxxxWAVE",
        b"Now free of charge",
        b"\n\tMdatmoov",
    ] {
        let (out, report) = strip_all(file);
        assert!(out == file && report == Report::default());
    }
}

#[test]
fn no_damage_stops_or_swells_a_file() {
    let dice = |seed: u64| {
        // A linear congruential generator: Knuth, MMIX.
        let mut state = seed;
        move |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % below
        }
    };
    let files = [
        jpeg(true, 6),
        tiff(false, 3, true),
        heif::heic(0),
        heif::heic(1),
        film::film(true),
    ];
    for (number, file) in files.iter().enumerate() {
        let mut roll = dice(number as u64 + 1);
        for _ in 0..300 {
            let mut damaged = file.clone();
            for _ in 0..=roll(4) {
                let at = roll(damaged.len());
                damaged[at] = u8::try_from(roll(256)).unwrap();
            }
            damaged.truncate(damaged.len() - roll(damaged.len() / 4));
            let (out, report) = strip_all(&damaged);
            assert!(out.len() <= damaged.len() + 64);
            if !report.not_understood {
                let (again, report) = strip_all(&out);
                assert!(
                    again == out && report.is_clean(),
                    "what was understood is clean"
                );
            }
        }
    }
}
