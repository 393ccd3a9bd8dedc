//! A text file: in whatever encoding, what is found in it can be blanked in its own bytes, and nothing else changes.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use wuhen_detect::{Detector, Finding, Settings, speaks_of_identity};
use wuhen_formats::text::{Text, blank};

static DETECTOR: LazyLock<Detector> = LazyLock::new(|| Detector::new(Settings::all()));

fuzz_target!(|bytes: &[u8]| {
    let is_cut = bytes.first().is_some_and(|byte| byte % 2 == 1);
    let Some(text) = Text::of(bytes, is_cut) else {
        return;
    };
    let _ = speaks_of_identity(text.as_str());
    let mut findings = Vec::new();
    DETECTOR.scan(text.as_str(), &mut findings);
    let ranges: Vec<_> = findings.iter().map(Finding::range).collect();
    let places = text.places(&ranges);
    let mut blanked = bytes.to_vec();
    for place in &places {
        blank(text.encoding(), &mut blanked[place.clone()]);
    }
    for (at, (now, was)) in blanked.iter().zip(bytes).enumerate() {
        assert!(now == was || places.iter().any(|place| place.contains(&at)));
    }
});
