//! How fast one core reads an import and prepares its texts for search:
//! `cargo bench -p wuhen-formats`. Lines are made here, so that nothing else is needed.

#![expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
#![expect(clippy::print_stdout, reason = "a benchmark tells a person")]

use std::fmt::Write;
use std::hint::black_box;
use std::io::Cursor;
use std::time::Instant;

use encoding_rs::GB18030;
use wuhen_formats::{JsonLines, Source};
use wuhen_model::record::Record;
use wuhen_model::search::{Query, SketchBuilder, normalise_into, tokens};

const MESSAGES: usize = 400_000;
const ROUNDS: usize = 5;
const SKETCH_MESSAGES: usize = 64;

const CHINESE: [&str; 6] = [
    "你好，能帮我找一个评分是5分的酒店吗？",
    "可以啊，你可以去北京丰荣君华酒店啊，挺好的地方呢。",
    "酒店不提供租车。房间里有WiFi，密码在前台。",
    "哦好的，那你能帮我查一下酒店周边都有哪些餐馆吗？",
    "押金已经退到您的支付宝，三到五个工作日到账。",
    "订单B676331422需要改签到10月25日，可以吗？谢谢！",
];
const ENGLISH: [&str; 6] = [
    "I need information on a hotel that includes free parking please .",
    "There are 29 hotels that meet your needs . Would you like to narrow your search by area ?",
    "I also need free wifi , and it needs to be a hotel , not a guesthouse or anything like that .",
    "The Ashley Hotel is in the north area of town in the moderate price range with internet .",
    "Your deposit of 200 was refunded to the card ending in 4242 on Monday .",
    "Yes , please book room 1208 for 2 people and 3 nights starting from Friday .",
];

fn main() {
    for (name, samples) in [("Chinese", CHINESE), ("English", ENGLISH)] {
        let texts: Vec<String> = (0..MESSAGES)
            .map(|i| format!("{} {}", samples[i % 6], i % 9973))
            .collect();
        let import = import(&texts);
        report(name, "read UTF-8", import.len(), || {
            read(import.clone().into_bytes());
        });
        let gb18030 = GB18030.encode(&import).0.into_owned();
        report(name, "read GB18030", gb18030.len(), || {
            read(gb18030.clone());
        });
        let zstd = zstd::encode_all(import.as_bytes(), 3).expect("memory does not fail");
        report(name, "read .zst", import.len(), || read(zstd.clone()));

        let bytes = texts.iter().map(String::len).sum();
        let mut normalised = String::new();
        report(name, "normalise", bytes, || {
            for text in &texts {
                normalise_into(black_box(text), &mut normalised);
            }
        });
        report(name, "normalise + tokens", bytes, || {
            let mut sum = 0_u64;
            for text in &texts {
                normalise_into(text, &mut normalised);
                tokens(&normalised, &mut |token| sum ^= token);
            }
            black_box(sum);
        });
        report(name, "sketches of 64", bytes, || sketches(&texts));
        let query = Query::parse("没有这个").expect("a query of four characters");
        report(name, "normalise + match", bytes, || {
            let found = texts.iter().filter(|text| {
                normalise_into(text, &mut normalised);
                query.matches(&normalised)
            });
            black_box(found.count());
        });
    }
}

fn import(texts: &[String]) -> String {
    let mut lines = String::new();
    for (i, text) in texts.iter().enumerate() {
        let conversation = i / 17;
        writeln!(
            lines,
            r#"{{"type":"message","id":"{conversation}-{i}","conversation":"{conversation}","sender":{{"role":"guest","id":"g00001"}},"sent_at":"2023-10-08T21:33:42+08:00","text":"{text}"}}"#
        )
        .expect("memory does not fail");
    }
    lines
}

fn read(bytes: Vec<u8>) {
    let source = Source::from_reader("bench", Cursor::new(bytes)).expect("memory does not fail");
    let mut lines = JsonLines::new(source);
    let mut count = 0;
    while let Some(line) = lines.next_line() {
        let line = line.expect("the lines are valid");
        count += usize::from(matches!(black_box(line.record), Record::Message(_)));
    }
    assert_eq!(count, MESSAGES);
}

fn sketches(texts: &[String]) {
    let mut builder = SketchBuilder::new();
    for block in texts.chunks(SKETCH_MESSAGES) {
        for text in block {
            builder.add(text);
        }
        black_box(builder.finish());
    }
}

/// The best of a few rounds: the others were disturbed.
#[expect(clippy::cast_precision_loss, reason = "figures for a person to read")]
fn report(language: &str, what: &str, bytes: usize, mut run: impl FnMut()) {
    let seconds = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min);
    println!(
        "{language:8} {what:20} {:7.0} MB/s {:9.0} messages/s",
        bytes as f64 / seconds / 1e6,
        MESSAGES as f64 / seconds
    );
}
