//! An import file: compressed or not, in any encoding. A record that was read says the same when it is written and read again.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use wuhen_formats::{JsonLines, Source};
use wuhen_model::record::Record;

/// A small compressed input may unfold to gigabytes, which only takes time.
const LINES_MAX: usize = 10_000;

fuzz_target!(|bytes: &[u8]| {
    let Ok(source) = Source::from_reader("fuzz", Cursor::new(bytes.to_vec())) else {
        return;
    };
    let mut lines = JsonLines::new(source);
    for _ in 0..LINES_MAX {
        match lines.next_line() {
            None => break,
            Some(Ok(line)) => round_trip(&line.record),
            Some(Err(error)) => {
                // What a person is told must not fail either.
                let _ = (error.to_string(), error.problem.hint());
                if !error.problem.is_of_one_line() {
                    assert!(lines.next_line().is_none(), "nothing follows a broken file");
                    break;
                }
            }
        }
    }
});

fn round_trip(record: &Record<'_>) {
    let mut written = Vec::new();
    record.write_json(&mut written);
    let text = String::from_utf8(written).expect("JSON is UTF-8");
    let again = Record::from_json(&text).expect("what was written can be read");
    assert!(
        again == *record,
        "a record changed when it was written and read"
    );
}
