//! Texts in every encoding, whole and damaged: what is read, and what is blanked.

use super::*;

const SAID: &str = "卡号 4111 1111 1111 1111，安全码 123 。\r\n𠮷野家 passport\r\n";

fn utf16_bytes(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

fn written(encoding: TextEncoding) -> Vec<u8> {
    match encoding {
        TextEncoding::Utf8 => SAID.as_bytes().to_vec(),
        TextEncoding::Utf16Le => utf16_bytes(&format!("\u{feff}{SAID}"), u16::to_le_bytes),
        TextEncoding::Utf16Be => utf16_bytes(&format!("\u{feff}{SAID}"), u16::to_be_bytes),
        TextEncoding::Gb18030 => GB18030.encode(SAID).0.into_owned(),
        TextEncoding::Big5 => unreachable!("it has a test of its own"),
    }
}

const ALL: [TextEncoding; 4] = [
    TextEncoding::Utf8,
    TextEncoding::Utf16Le,
    TextEncoding::Utf16Be,
    TextEncoding::Gb18030,
];

#[test]
fn a_part_is_blanked_in_every_encoding_and_nothing_moves() {
    for encoding in ALL {
        let mut bytes = written(encoding);
        let text = Text::of(&bytes, false).unwrap();
        assert_eq!((text.encoding(), text.as_str()), (encoding, SAID));
        let code = SAID.find("123").unwrap();
        let wide = SAID.find('𠮷').unwrap();
        let places = text.places(&[code..code + 3, wide..wide + 4]);
        let length = bytes.len();
        for place in places {
            blank(encoding, &mut bytes[place]);
        }
        assert_eq!(bytes.len(), length);
        let text = Text::of(&bytes, false).unwrap();
        assert!(
            text.as_str().contains("安全码 *** 。\r\n**"),
            "{encoding:?}"
        );
        assert!(text.as_str().ends_with("*野家 passport\r\n"));
    }
}

#[test]
fn a_text_cut_anywhere_is_text_still() {
    for encoding in ALL {
        let bytes = written(encoding);
        for length in 8..bytes.len() {
            let text = Text::of(&bytes[..length], true);
            let text = text.unwrap_or_else(|| panic!("{encoding:?} cut at {length}"));
            assert!(SAID.starts_with(text.as_str()), "{encoding:?} at {length}");
        }
    }
}

#[test]
fn what_is_no_text_is_none() {
    for bytes in [
        &b"PK\x03\x04\x14\0\0\0"[..],
        b"\x7fELF\x02\x01\x01\0\0\0\0",
        b"\x80\x81\x82\xff\xff",
        b"text with a zero \0 inside",
        b"\xff\xfea",
    ] {
        assert!(Text::of(bytes, false).is_none(), "{bytes:?}");
    }
    assert!(Text::of(b"", false).is_some());
}

/// The bytes after the digits 123 were blanked in whichever reading has them.
fn without_code(mut bytes: Vec<u8>) -> (Vec<u8>, bool) {
    let readings = Text::readings(&bytes, false).unwrap();
    let is_sound = readings.is_sound;
    let said = readings.texts.iter().find_map(|text| {
        let word = ["安全码", "安全碼", "CVV"]
            .iter()
            .find_map(|word| text.as_str().find(word))?;
        let code = word + text.as_str()[word..].find("123")?;
        let places = text.places(std::slice::from_ref(&(code..code + 3)));
        Some((text.encoding(), places))
    });
    let (encoding, places) = said.unwrap();
    for place in places {
        blank(encoding, &mut bytes[place]);
    }
    (bytes, is_sound)
}

#[test]
fn a_damaged_text_is_read_around_its_damage() {
    let latin: &[u8] = b"Carte \xe0 d\xe9biter, caf\xe9 : CVV 123 merci";
    let mut stray = SAID.as_bytes().to_vec();
    stray.insert(7, 0xff);
    let mut zero = SAID.as_bytes().to_vec();
    zero.insert(0, 0);
    let mut gb = GB18030.encode(SAID).0.into_owned();
    gb.extend(b"\xff\n");
    let mut wide = utf16_bytes(&format!("\u{feff}{SAID}"), u16::to_le_bytes);
    wide.splice(2..2, [0x00, 0xd8]);
    wide.push(b'x');
    for bytes in [latin.to_vec(), stray, zero, gb, wide] {
        assert!(Text::of(&bytes, false).is_none(), "{bytes:x?}");
        let (cut, is_sound) = without_code(bytes.clone());
        assert!(!is_sound);
        let changed: Vec<u8> = std::iter::zip(&bytes, &cut)
            .filter(|(was, now)| was != now)
            .map(|(was, _)| *was)
            .collect();
        assert_eq!(
            (cut.len(), &*changed),
            (bytes.len(), &b"123"[..]),
            "{bytes:x?}"
        );
    }
}

#[test]
fn big5_is_one_of_the_readings_whatever_else_it_may_be() {
    for said in [
        "信用卡安全碼 123，謝謝您",
        "安全碼123",
        "您好，卡片背面的安全碼是 123 嗎？",
    ] {
        let bytes = BIG5.encode(said).0.into_owned();
        let readings = Text::readings(&bytes, false).unwrap();
        assert!(
            readings.texts.iter().any(|text| text.as_str() == said),
            "{said}"
        );
        let (cut, _) = without_code(bytes.clone());
        let changed = std::iter::zip(&bytes, &cut).filter(|(was, now)| was != now);
        assert_eq!(changed.count(), 3, "{said}");
    }
}

#[test]
fn what_is_written_in_big5_or_gb18030_is_read_as_that_first() {
    for (encoding, said) in [
        (BIG5, "您好，我的手機是 0912345678，謝謝您"),
        (BIG5, "安全碼123"),
        (BIG5, "請問明天幾點可以辦理入住？"),
        (GB18030, "您好，我的手机是 13800138000，谢谢您"),
        (GB18030, "安全码123"),
        (GB18030, "请问明天几点可以办理入住？"),
        (GB18030, "請問明天幾點可以辦理入住？"),
    ] {
        let bytes = encoding.encode(said).0.into_owned();
        let readings = Text::readings(&bytes, false).unwrap();
        assert_eq!(readings.texts[0].as_str(), said);
        assert!(readings.is_sound && readings.texts.len() == 2, "{said}");
    }
}

#[test]
fn a_zero_before_it_cannot_make_a_text_another() {
    for bytes in [
        &b"\0my CVV 123 thanks"[..],
        b"m\0y CVV 123 thanks",
        b"\0my CVV 123 thank",
    ] {
        let (cut, _) = without_code(bytes.to_vec());
        assert!(cut.windows(7).any(|part| part == b"CVV ***"), "{bytes:?}");
    }
}

#[test]
fn what_is_no_text_has_no_readings() {
    let random: Vec<u8> = (0..4_096_u32)
        .map(|i| i.wrapping_mul(2_654_435_761).to_le_bytes()[2])
        .collect();
    for bytes in [
        &b"PK\x03\x04\x14\0\0\0"[..],
        b"\x7fELF\x02\x01\x01\0\0\0\0",
        &random,
    ] {
        assert!(Text::readings(bytes, false).is_none(), "{:x?}", &bytes[..8]);
    }
    let mut bytes = vec![b'a'; 95];
    bytes.extend([0; 5]);
    assert!(Text::readings(&bytes, false).is_some());
    bytes.push(0);
    assert!(Text::readings(&bytes, false).is_none());
}

#[test]
fn utf16_without_a_mark_is_told_whatever_it_begins_with() {
    for said in [
        "手机\r\n",
        "手\r\n",
        "一\r\n二\r\n",
        "手机 13800138000，安全码 123\r\n谢谢\r\n",
        "\u{3000}\u{3000}一个人，一间房，安全码 123",
        "passport 123\r\n",
        "𠮷野家 1",
    ] {
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes = utf16_bytes(said, order);
            let text = Text::of(&bytes, false).map(|text| text.as_str().to_owned());
            assert_eq!(text.as_deref(), Some(said));
        }
    }
    let gb = GB18030
        .encode("手机号码\0一二三四五六七八九十")
        .0
        .into_owned();
    for stray in [
        "手机号码\0一二三四五六七八九十".as_bytes(),
        b"my number\0 is a long one\n and so on\n",
        &gb,
    ] {
        assert_eq!(utf16_without_mark(stray), None, "{stray:x?}");
    }
}
