//! The body of a ledger entry, and the entry itself. What is read is written back byte for byte.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wuhen_ledger::{Body, Entry};

fuzz_target!(|bytes: &[u8]| {
    match Body::from_bytes(bytes) {
        Ok(body) => assert_eq!(body.to_bytes().expect("it was read before"), bytes),
        Err(error) => drop(error.to_string()),
    }
    if let Ok(entry) = Entry::from_bytes(bytes) {
        assert_eq!(entry.as_bytes(), bytes);
    }
});
