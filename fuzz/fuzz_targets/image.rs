//! A picture at the door: whatever its bytes are, it comes out no longer than it was, and what was understood once is clean.
#![no_main]

use std::io::{Cursor, Read};

use libfuzzer_sys::fuzz_target;
use wuhen_formats::image::{Report, strip};

/// What a least block of Exif and its frame take, where there was a shorter one.
const LONGER_BYTES_MAX: usize = 64;

fuzz_target!(|bytes: &[u8]| {
    let (once, report) = stripped(bytes);
    assert!(once.len() <= bytes.len() + LONGER_BYTES_MAX);
    if report.format.is_none() {
        assert!(once == bytes, "what is no picture passes as it is");
    }
    if !report.not_understood {
        let (twice, again) = stripped(&once);
        assert!(twice == once && again.is_clean());
    }
});

fn stripped(bytes: &[u8]) -> (Vec<u8>, Report) {
    let mut stripped = strip(Cursor::new(bytes)).expect("memory can be read");
    let report = stripped.report();
    let mut out = Vec::new();
    stripped.read_to_end(&mut out).expect("memory can be read");
    (out, report)
}
