//! A certificate file from anybody. What verifies has exactly one spelling.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wuhen_ledger::Certificate;

fuzz_target!(|bytes: &[u8]| {
    match Certificate::verify(bytes, None) {
        Ok(_) => {
            let certificate = Certificate::parse(bytes).expect("what verifies can be read");
            assert_eq!(certificate.to_bytes(), bytes);
        }
        // What a person is told must not fail either.
        Err(error) => drop(error.to_string()),
    }
});
