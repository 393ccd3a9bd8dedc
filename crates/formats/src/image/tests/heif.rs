//! HEIC: its metadata is overwritten, its previews are forgotten, everything else stays where it is.

use super::*;

const PIXELS: &[u8] = b"coded pixels";
const PREVIEW_TILE: &[u8] = b"CANARY-TILE-OF-THE-PREVIEW";

fn info(id: u8, kind: [u8; 4], rest: &[u8]) -> Vec<u8> {
    bmff_box(*b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0], &kind, b"\0", rest])
}

fn reference(kind: [u8; 4], from: u8, to: &[u8]) -> Vec<u8> {
    let to: Vec<u8> = to.iter().flat_map(|to| [0, *to]).collect();
    let count = u8::try_from(to.len() / 2).unwrap();
    bmff_box(kind, &[&[0, from, 0, count], &to])
}

/// What is written of the items of a HEIC.
struct Items {
    contents: Vec<Vec<u8>>,
    infos: Vec<Vec<u8>>,
    references: Vec<Vec<u8>>,
    /// Which has which properties.
    associations: Vec<(u8, &'static [u8])>,
    /// Of a group.
    members: Vec<u8>,
}

/// What a telephone writes: a picture (1), its Exif (2) and XMP (3), a preview (4) of one tile (5), and another (6).
fn items(previews: bool) -> Items {
    let exif = [&[0, 0, 0, 0][..], &tiff(true, 6, false)].concat();
    let mut items = Items {
        contents: vec![PIXELS.to_vec(), exif, xmp()],
        infos: vec![
            info(1, *b"hvc1", b""),
            info(2, *b"Exif", b""),
            info(3, *b"mime", b"application/rdf+xml\0"),
        ],
        references: vec![
            reference(*b"cdsc", 2, &[1]),
            reference(*b"cdsc", 3, if previews { &[1, 4] } else { &[1] }),
        ],
        associations: vec![(1, &[0x81, 2])],
        members: vec![1, 3],
    };
    if previews {
        let contents = [b"how tiles lie", PREVIEW_TILE, PREVIEW];
        items.contents.extend(contents.map(<[u8]>::to_vec));
        items.infos.extend([
            info(4, *b"grid", b""),
            info(5, *b"hvc1", b""),
            info(6, *b"hvc1", b""),
        ]);
        items.references.extend([
            reference(*b"thmb", 4, &[1]),
            reference(*b"dimg", 4, &[5]),
            reference(*b"thmb", 6, &[1]),
        ]);
        let associations: [(u8, &[u8]); 3] = [(4, &[2]), (5, &[0x81]), (6, &[2])];
        items.associations.extend(associations);
        items.members.extend([4, 6]);
    }
    items
}

impl Items {
    /// Boxes of `meta` that do not depend on where anything is.
    fn boxes(&self, primary: u8) -> Vec<u8> {
        let wide = |numbers: &[usize]| {
            let bytes = |number: &usize| u32::try_from(*number).unwrap().to_be_bytes();
            numbers.iter().flat_map(bytes).collect::<Vec<u8>>()
        };
        let handler = bmff_box(*b"hdlr", &[&[0; 8], b"pict", &[0; 13]]);
        let pitm = bmff_box(*b"pitm", &[&[0, 0, 0, 0, 0, primary]]);
        let count = u8::try_from(self.infos.len()).unwrap();
        let iinf = bmff_box(*b"iinf", &[&[0, 0, 0, 0, 0, count], &self.infos.concat()]);
        let iref = bmff_box(*b"iref", &[&[0; 4], &self.references.concat()]);
        let entries: Vec<u8> = self
            .associations
            .iter()
            .flat_map(|(id, properties)| {
                let count = u8::try_from(properties.len()).unwrap();
                [&[0, *id, count], *properties].concat()
            })
            .collect();
        let ipma = bmff_box(
            *b"ipma",
            &[&[0; 4], &wide(&[self.associations.len()]), &entries],
        );
        let properties = [
            bmff_box(*b"ispe", &[&[0; 12]]),
            bmff_box(*b"irot", &[b"\x01"]),
        ];
        let ipco = bmff_box(*b"ipco", &[&properties.concat()]);
        let iprp = bmff_box(*b"iprp", &[&ipco, &ipma]);
        let members: Vec<usize> = self.members.iter().map(|id| usize::from(*id)).collect();
        let group = [&[0; 4][..], &wide(&[9, members.len()]), &wide(&members)];
        let grpl = bmff_box(*b"grpl", &[&bmff_box(*b"altr", &group)]);
        [handler, pitm, iinf, iref, iprp, grpl].concat()
    }

    /// Where they are, if the first is there.
    fn locations(&self, method: u8, start: usize) -> Vec<u8> {
        let mut locations = Vec::new();
        let mut at = start;
        for (id, item) in (1..).zip(&self.contents) {
            locations.extend([0, id, 0, method, 0, 0, 0, 1]);
            locations.extend(u32::try_from(at).unwrap().to_be_bytes());
            locations.extend(u32::try_from(item.len()).unwrap().to_be_bytes());
            at += item.len();
        }
        let count = u8::try_from(self.contents.len()).unwrap();
        bmff_box(*b"iloc", &[&[1, 0, 0, 0, 0x44, 0, 0, count], &locations])
    }
}

/// Items lie in `mdat` (method 0) or in `idat` (method 1). `primary`: the one that is shown.
fn heic_with(method: u8, previews: bool, primary: u8) -> Vec<u8> {
    let items = items(previews);
    let data = items.contents.concat();
    let (idat, mdat) = if method == 1 {
        (bmff_box(*b"idat", &[&data]), Vec::new())
    } else {
        (Vec::new(), bmff_box(*b"mdat", &[&data]))
    };
    let ftyp = bmff_box(*b"ftyp", &[b"heic\0\0\0\0mif1heic"]);
    let uuid = bmff_box(*b"uuid", &[&[7; 16], &xmp()]);
    let free = bmff_box(*b"free", &[PLACE]);
    let film = bmff_box(*b"mpvd", &[PREVIEW]);
    let build = |start: usize| {
        let iloc = items.locations(method, start);
        let meta = bmff_box(*b"meta", &[&[0; 4], &items.boxes(primary), &idat, &iloc]);
        let before = [&ftyp[..], &meta, &uuid, &free].concat();
        let start = before.len() + 8;
        ([&before[..], &mdat, &film].concat(), start)
    };
    let (_, start) = build(0);
    build(if method == 1 { 0 } else { start }).0
}

pub(super) fn heic(method: u8) -> Vec<u8> {
    heic_with(method, true, 1)
}

/// Everything up to the free box at the end of `meta`.
fn meta(file: &[u8]) -> &[u8] {
    let start = memchr::memmem::find(file, b"meta").unwrap();
    let end = memchr::memmem::find(file, b"uuid").or_else(|| memchr::memmem::find(file, b"free"));
    &file[start + 4..end.unwrap() - 4]
}

#[test]
fn a_heic_keeps_its_picture_where_it_is_and_its_metadata_is_overwritten() {
    for method in [0, 1] {
        let file = heic(method);
        let (out, report) = strip_all(&file);
        assert_eq!(report.format, Some(Format::Heif));
        assert_eq!(out.len(), file.len(), "offsets stay true");
        assert_no_canary(&out);
        let pixels = memchr::memmem::find(&file, PIXELS).unwrap();
        let shown = memchr::memmem::find(&out, PIXELS).unwrap();
        if method == 0 {
            assert_eq!(shown, pixels);
        }
        // What readers find there is a block of Exif without entries.
        let exif = shown + PIXELS.len();
        assert_eq!(&out[exif..exif + 4], [0; 4]);
        assert!(tiff::inspect(&out[exif + 4..]).orientation.is_none());
        assert!(out[exif + 4..].starts_with(tiff::EMPTY));
        let all = [
            "location",
            "thumbnail",
            "maker-note",
            "metadata",
            "trailing-data",
        ];
        assert_eq!(
            (taken(report), report.not_understood),
            (all.to_vec(), false)
        );
        let (again, report) = strip_all(&out);
        assert!(again == out && report.is_clean() && !report.not_understood);
    }
}

#[test]
fn a_heic_forgets_its_previews_as_if_there_had_never_been_any() {
    // Offsets in `idat` are the same in both, so what is said of items has to be the same, byte for byte.
    let (out, _) = strip_all(&heic(1));
    let (never, report) = strip_all(&heic_with(1, false, 1));
    assert!(!report.not_understood);
    let end = |file: &[u8]| memchr::memmem::find(meta(file), b"idat").unwrap();
    assert_eq!(
        &meta(&out)[..end(&out) - 4],
        &meta(&never)[..end(&never) - 4]
    );
    let locations = |file: &[u8]| {
        let meta = meta(file);
        let at = memchr::memmem::find(meta, b"iloc").unwrap();
        meta[at - 4..at + 60].to_vec()
    };
    assert_eq!(locations(&out), locations(&never));
    // Of the reference to both picture and preview the one to the picture is left.
    assert!(has(&out, b"\0\0\0\x0ecdsc\0\x03\0\x01\0\x01"));
    assert!(!has(&out, b"thmb") && !has(&out, b"dimg") && !has(&out, b"grid"));
}

#[test]
fn a_preview_that_is_shown_or_shares_its_bytes_stays_and_is_told() {
    let (out, report) = strip_all(&heic_with(0, true, 6));
    assert!(report.not_understood && has(&out, PREVIEW) && !has(&out, PLACE));
    assert!(has(&out, b"thmb"));

    let file = heic(0);
    // The last preview's offset, of four bytes: made the picture's.
    let at = memchr::memmem::find(&file, b"iloc").unwrap() + 4 + 8;
    let mut shared = file.clone();
    shared.copy_within(at + 8..at + 12, at + 5 * 16 + 8);
    let (out, report) = strip_all(&shared);
    assert!(report.not_understood && has(&out, PIXELS) && !has(&out, PLACE));
}
