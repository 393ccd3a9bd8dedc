//! The reader, as a person who imports would see it: what is accepted, and what the message says
//! when it is not.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use encoding_rs::GB18030;
use wuhen_model::limits::{LINE_BYTES_MAX, TEXT_BYTES_MAX};
use wuhen_model::record::Record;
use wuhen_model::search::{Query, SketchBuilder, normalise};

use super::*;

fn message(id: &str, text: &str) -> String {
    format!(
        r#"{{"type":"message","id":"{id}","conversation":"c1","sender":{{"role":"guest"}},"sent_at":"2023-10-08T21:33:42+08:00","text":"{text}"}}"#
    )
}

/// The texts of all messages, in order, and the first error as a person sees it.
fn read(bytes: impl AsRef<[u8]> + Send + 'static) -> (Vec<String>, Option<String>) {
    let mut texts = Vec::new();
    let mut lines = match Source::from_reader("export.jsonl", Cursor::new(bytes)) {
        Ok(source) => JsonLines::new(source),
        Err(error) => return (texts, Some(error.to_string())),
    };
    while let Some(line) = lines.next_line() {
        match line {
            Ok(Line {
                record: Record::Message(message),
                ..
            }) => {
                texts.push(message.text.into_owned());
            }
            Ok(_) => texts.push(String::new()),
            Err(error) => return (texts, Some(error.to_string())),
        }
    }
    (texts, None)
}

fn reads(bytes: impl AsRef<[u8]> + Send + 'static, expected: &[&str]) {
    let (texts, error) = read(bytes);
    assert_eq!(error, None);
    assert_eq!(texts, expected);
}

fn refuses(bytes: impl AsRef<[u8]> + Send + 'static, expected: &str) {
    let (_, error) = read(bytes);
    let error = error.expect(expected);
    assert!(error.starts_with(expected), "{error}\nexpected: {expected}");
}

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

fn gb18030(text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = GB18030.encode(text);
    assert!(!lossy);
    bytes.into_owned()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

#[test]
fn line_ends_blank_lines_and_marks_do_not_matter() {
    let [first, second] = [message("1", "你好"), message("2", "再见")];
    let expected = ["你好", "再见"];
    reads(format!("{first}\n{second}\n"), &expected);
    reads(format!("{first}\r\n\r\n \t\n{second}"), &expected);
    reads(format!("\u{feff}{first}\n{second}\r\n"), &expected);
    reads("", &[]);
    reads("\n\n", &[]);
    reads("\u{feff}", &[]);
}

#[test]
fn a_broken_line_is_named_and_the_others_are_still_read() {
    let bytes = format!(
        "{}\n\n{{\"type\":\"message\",\n{}",
        message("1", "a"),
        message("2", "b")
    );
    let mut lines =
        JsonLines::new(Source::from_reader("export.jsonl", Cursor::new(bytes)).unwrap());
    assert_eq!(lines.next_line().unwrap().unwrap().number, 1);
    let error = lines.next_line().unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        "export.jsonl:3: the JSON ends in the middle of the object; \
         each line must be one whole JSON object"
    );
    assert!(error.problem.is_of_one_line());
    assert_eq!(lines.next_line().unwrap().unwrap().number, 4);
    assert!(lines.next_line().is_none());
    assert!(lines.next_line().is_none());
}

#[test]
fn records_over_a_limit_are_named_without_their_content() {
    reads(
        message("1", &"x".repeat(TEXT_BYTES_MAX)),
        &[&"x".repeat(TEXT_BYTES_MAX)],
    );
    refuses(
        message("1", &"x".repeat(TEXT_BYTES_MAX + 1)),
        "export.jsonl:1: field `text` has 1048577 bytes, over the limit of 1048576; shorten it",
    );
}

#[test]
fn a_line_of_100_mb_is_refused_before_it_is_held() {
    let line = |bytes: usize| {
        let mut line = message("2", "x").into_bytes();
        line.resize(bytes, b' ');
        line
    };
    for end in [&b""[..], b"\n", b"\r\n"] {
        let first = message("1", "a").into_bytes();
        let at_limit = [&first, &b"\n"[..], &line(LINE_BYTES_MAX), end].concat();
        reads(at_limit, &["a", "x"]);
        let over = [&first, &b"\n"[..], &line(LINE_BYTES_MAX + 1), end].concat();
        refuses(
            over,
            "export.jsonl:2: the line is longer than 16 MiB; put each record in a line",
        );
    }

    let first = format!("{}\n{{\"text\":\"", message("1", "a"));
    let endless = Cursor::new(first).chain(std::io::repeat(b'x').take(100_000_000));
    let mut lines = JsonLines::new(Source::from_reader("export.jsonl", endless).unwrap());
    assert!(lines.next_line().unwrap().is_ok());
    let error = lines.next_line().unwrap().unwrap_err();
    assert!(matches!(error.problem, Problem::LineTooLong));
    assert_eq!(error.line, 2);
    assert!(lines.source().bytes_read() < LINE_BYTES_MAX as u64 + 1_000_000);
    assert!(lines.next_line().is_none());
}

#[test]
fn chinese_in_utf16_is_converted() {
    let text = format!(
        "{}\r\n{}\n",
        message("1", "你好，𠮷野家👍"),
        message("2", "ok")
    );
    let expected = ["你好，𠮷野家👍", "ok"];
    for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        reads(utf16(&text, to_bytes), &expected);
        reads(utf16(&format!("\u{feff}{text}"), to_bytes), &expected);
        reads(gzip(&utf16(&text, to_bytes)), &expected);
    }
    // More than one chunk, so that characters are cut by its border.
    let long: String = (0..2_000)
        .map(|i| message("1", &format!("{i}住𠮷野家")) + "\n")
        .collect();
    let (texts, error) = read(utf16(&long, u16::to_le_bytes));
    assert_eq!((texts.len(), error), (2_000, None));
    assert!(
        texts
            .iter()
            .enumerate()
            .all(|(i, text)| *text == format!("{i}住𠮷野家"))
    );
}

#[test]
fn utf16_that_begins_in_chinese_is_text_and_a_zero_byte_is_none() {
    let text = "手机 13800138000\r\n谢谢\r\n";
    for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let source = Source::from_reader("notes", Cursor::new(utf16(text, to_bytes))).unwrap();
        let mut lines = JsonLines::new(source);
        let first = lines.next_text().unwrap().unwrap();
        assert_eq!(first.text, "手机 13800138000");
        assert_eq!(lines.next_text().unwrap().unwrap().text, "谢谢");
        assert!(lines.next_text().is_none());
    }
    let stray = "phone\0 13800138000\n";
    let mut lines = JsonLines::new(Source::from_reader("notes", Cursor::new(stray)).unwrap());
    let error = lines.next_text().unwrap().err().unwrap();
    assert_eq!(
        error.to_string(),
        "notes:1: a zero byte at byte 6 of the line: perhaps UTF-16 without a byte order mark; save the file as UTF-8 and try again"
    );
}

#[test]
fn half_a_character_in_utf16_is_named_with_its_line() {
    let good = format!(
        "\u{feff}{}\n{}\n{{\"",
        message("1", "你好"),
        message("2", "b")
    );
    let half_pair = [&utf16(&good, u16::to_le_bytes)[..], &[0x00, 0xd8, b'x', 0]].concat();
    refuses(
        half_pair,
        "export.jsonl:3: invalid UTF-16 in the line; save the file as UTF-8",
    );
    let odd = [&utf16(&good, u16::to_be_bytes)[..], &[0]].concat();
    let (texts, error) = read(odd);
    assert_eq!(texts, ["你好", "b"]);
    assert!(error.unwrap().starts_with("export.jsonl:3: invalid UTF-16"));
}

#[test]
fn chinese_in_gb18030_is_converted() {
    let text = format!(
        "{}\r\n{}\n{}",
        message("0", "hi"),
        message("1", "你好，𠮷野家的酒店"),
        message("2", "冯莉斌")
    );
    reads(gb18030(&text), &["hi", "你好，𠮷野家的酒店", "冯莉斌"]);
    reads(
        zstd(&gb18030(&text)),
        &["hi", "你好，𠮷野家的酒店", "冯莉斌"],
    );
    // English with one letter of another kind; GB18030 has it among the pinyin.
    reads(gb18030(&message("1", "café")), &["café"]);
    // A second byte may be a backslash or a brace: lines are decoded before JSON looks at them.
    assert!(gb18030("俓").contains(&b'\\'));
    reads(gb18030(&message("1", "你好俓酒店")), &["你好俓酒店"]);
    // 一 is D2 BB, which is valid UTF-8 for another letter; what follows tells.
    let ambiguous = format!("{}\n{}", message("1", "一"), message("2", "酒店在哪里"));
    assert!(str::from_utf8(&gb18030(&message("1", "一"))).is_ok());
    reads(gb18030(&ambiguous), &["一", "酒店在哪里"]);
}

#[test]
fn invalid_bytes_in_gb18030_are_named_with_line_and_byte() {
    let mut bytes = gb18030(&format!(
        "{}\n{}\n",
        message("1", "你好，酒店"),
        message("2", "退款")
    ));
    bytes.extend(b"\n{\"\xff\"}");
    refuses(
        bytes,
        "export.jsonl:4: invalid GB18030 at byte 3 of the line; save the file as UTF-8",
    );
}

#[test]
fn invalid_utf8_is_refused_and_never_read_as_something_else() {
    let at = message("", "").len() - 1 - 1 + 1;
    for broken in [
        &b"\xff"[..],
        b"\xe4\xbd",
        b"caf\xe9",
        b"\xe9t\xe9",
        b"\xed\xa0\x80",
        b"\xc0\x80",
    ] {
        let mut line = message("", "").into_bytes();
        let ascii = broken.iter().take_while(|byte| byte.is_ascii()).count();
        line.splice(at - 1..at - 1, broken.iter().copied());
        let said = format!("invalid UTF-8 at byte {} of the line", at + ascii);
        // Alone; before Chinese; after Chinese.
        refuses(line.clone(), &format!("export.jsonl:1: {said}"));
        let before = [
            &line[..],
            b"\n",
            message("2", "你好，酒店在哪里？").as_bytes(),
        ]
        .concat();
        refuses(before, &format!("export.jsonl:1: {said}"));
        let after = [message("2", "你好，酒店在哪里？").as_bytes(), b"\n", &line].concat();
        refuses(after, &format!("export.jsonl:2: {said}"));
    }
    // A file cut in the middle of a character.
    let cut = [
        message("1", "你好").as_bytes(),
        b"\n{\"text\":\"",
        &"再".as_bytes()[..2],
    ]
    .concat();
    refuses(cut, "export.jsonl:2: invalid UTF-8 at byte 10 of the line");
    // é is a valid ideograph in GB18030, so much French with one broken character looks like it.
    let broken = message("0", "\0").into_bytes();
    let broken: Vec<u8> = broken
        .into_iter()
        .flat_map(|b| if b == 0 { vec![0xe4, 0xbd] } else { vec![b] })
        .collect();
    let french = (message("1", "déjà réservé") + "\n").repeat(3);
    refuses(
        [&broken[..], b"\n", french.as_bytes()].concat(),
        "export.jsonl:1: invalid UTF-8",
    );
    refuses(
        [french.as_bytes(), &broken].concat(),
        "export.jsonl:4: invalid UTF-8",
    );
}

#[test]
fn compressed_files_are_told_by_their_content() {
    let text = format!("{}\n{}\n", message("1", "你好"), message("2", "再见"));
    for compress in [gzip, zstd] {
        reads(compress(text.as_bytes()), &["你好", "再见"]);
        let members = [
            compress(text.as_bytes()),
            compress(message("3", "c").as_bytes()),
        ]
        .concat();
        reads(members, &["你好", "再见", "c"]);
        reads(compress(b""), &[]);
    }
}

#[test]
fn truncated_and_damaged_compressed_files_are_refused() {
    // Numbers that do not repeat, so that the file is long enough to be cut everywhere.
    let text: String = (0..3_000_u64)
        .map(|i| message("1", &(i * i * 7919).to_string()) + "\n")
        .collect();
    for compress in [gzip, zstd] {
        let whole = compress(text.as_bytes());
        for cut in [4, 11, 100, whole.len() / 2, whole.len() - 1] {
            let (texts, error) = read(whole[..cut].to_vec());
            let problem = "the file ends in the middle of compressed data; only part of it arrived: fetch or compress it again";
            // Before the first line, it is the file as a whole.
            let at_line = format!("export.jsonl:{}: {problem}", texts.len() + 1);
            let at_file = format!("export.jsonl: {problem}");
            let error = error.expect("a cut file is refused");
            assert!(
                error == at_line || (texts.is_empty() && error == at_file),
                "{cut}: {error}"
            );
        }
        let mut damaged = whole.clone();
        let middle = damaged.len() / 2;
        damaged[middle..middle + 8].fill(0xaa);
        let (_, error) = read(damaged);
        assert!(error.is_some(), "a damaged file is refused");
    }
    let mut wrong_sum = gzip(text.as_bytes());
    let at = wrong_sum.len() - 8;
    wrong_sum[at] ^= 1;
    let (texts, error) = read(wrong_sum);
    assert_eq!(texts.len(), 3_000);
    assert!(
        error
            .unwrap()
            .contains("the compressed data is damaged; fetch or compress it again")
    );
}

#[test]
fn files_are_opened_by_path_and_tell_their_size() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.txt");
    let bytes = gzip(message("1", "你好").as_bytes());
    fs::write(&path, &bytes).unwrap();
    let mut lines = JsonLines::open(&path).unwrap();
    assert_eq!(lines.source().bytes_total, Some(bytes.len() as u64));
    let line = lines.next_line().unwrap().unwrap();
    assert_eq!(line.bytes_read, bytes.len() as u64);
    assert!(lines.resolve_attachment("export.txt").is_ok());

    let missing = folder.path().join("missing.jsonl");
    let error = JsonLines::open(&missing).err().unwrap().to_string();
    assert!(
        error.ends_with(
            "missing.jsonl: the file cannot be read; check the path and the permissions"
        )
    );
    assert!(
        JsonLines::open(folder.path())
            .err()
            .unwrap()
            .to_string()
            .contains("cannot be read")
    );
}

#[test]
fn standard_input_has_no_folder_for_attachments() {
    let lines = JsonLines::new(Source::from_reader("standard input", Cursor::new("")).unwrap());
    assert!(matches!(
        lines.resolve_attachment("a.jpg"),
        Err(AttachmentError::NoFolder)
    ));
}

#[test]
fn real_dialogues_are_read_in_every_encoding() {
    for (name, messages) in [
        ("zh-hotel-dev.jsonl", 8_458),
        ("en-hotel-dev.jsonl", 14_730),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../shared/data")
            .join(name);
        let Ok(text) = fs::read_to_string(&path) else {
            eprintln!("SKIPPED: {} is missing", path.display());
            continue;
        };
        let count = |bytes: Vec<u8>| {
            let (texts, error) = read(bytes);
            assert_eq!(error, None, "{name}");
            texts
                .iter()
                .filter(|text| !text.is_empty())
                .map(String::from)
                .collect::<Vec<_>>()
        };
        let texts = count(text.clone().into_bytes());
        assert_eq!(texts.len(), messages);
        assert!(count(gb18030(&text)) == texts);
        assert!(count(utf16(&text, u16::to_le_bytes)) == texts);
        assert!(count(zstd(text.as_bytes())) == texts);
    }
}

#[test]
fn sketches_of_real_dialogues_never_hide_a_match() {
    for (name, queries) in [
        (
            "zh-hotel-dev.jsonl",
            ["酒店", "5分", "，你好", "wifi", "ok", "没有这样的话"],
        ),
        (
            "en-hotel-dev.jsonl",
            ["parking", "ok", "2 people", "s .", "!!", "no such words"],
        ),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../shared/data")
            .join(name);
        let Ok(bytes) = fs::read(&path) else {
            eprintln!("SKIPPED: {} is missing", path.display());
            continue;
        };
        let (texts, _) = read(bytes);
        let mut builder = SketchBuilder::new();
        let (mut blocks, mut opened, mut matching) = (0, 0, 0);
        for block in texts.chunks(64) {
            for text in block {
                builder.add(text);
            }
            let sketch = builder.finish();
            for text in queries {
                let query = Query::parse(text).unwrap();
                let may_match = sketch.may_contain_all(&query.required_tokens());
                let matches = block.iter().any(|text| query.matches(&normalise(text)));
                assert!(may_match || !matches, "{text}");
                blocks += 1;
                opened += usize::from(may_match);
                matching += usize::from(matches);
            }
        }
        println!("{name}: of {blocks} blocks {opened} opened, {matching} match");
        assert!(matching > 0);
    }
}
