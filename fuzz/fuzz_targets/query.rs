//! A query, a line end, a text: where the text matches, no sketch of it may say that it
//! does not. Normalising takes short cuts, which must not show.
#![no_main]

use caseless::Caseless as _;
use libfuzzer_sys::fuzz_target;
use unicode_normalization::UnicodeNormalization as _;
use wuhen_model::search::{Query, SketchBuilder, normalise};

fuzz_target!(|input: &str| {
    let Some((query, text)) = input.split_once('\n') else {
        return;
    };
    let Ok(query) = Query::parse(query) else {
        return;
    };
    let normalised = normalise(text);
    let folded: String = text.nfkc().default_case_fold().collect();
    assert_eq!(normalised, folded, "the short cuts change nothing");
    // The middle of a text that is certain to hold the query is tried as well.
    let holding = format!("{normalised} {} {normalised}", query.normalised());
    for text in [text, &holding] {
        if query.matches(&normalise(text)) {
            let mut builder = SketchBuilder::new();
            builder.add(text);
            assert!(builder.finish().may_contain_all(&query.required_tokens()));
        }
    }
});
