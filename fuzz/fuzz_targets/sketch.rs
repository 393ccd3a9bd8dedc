//! A sketch's bytes: one spelling each, and any question can be asked.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wuhen_model::search::Sketch;

fuzz_target!(|input: &[u8]| {
    let Some((token, bytes)) = input.split_first_chunk::<8>() else {
        return;
    };
    let token = u64::from_be_bytes(*token);
    let Ok(sketch) = Sketch::from_bytes(bytes) else {
        return;
    };
    assert_eq!(sketch.to_bytes(), bytes);
    let _ = sketch.may_contain_all(&[token, !token]);
});
