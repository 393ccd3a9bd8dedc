//! Search as a person sees it: what matches, and that no sketch hides it. The numbers that stored
//! sketches depend on are pinned here.

use caseless::Caseless;
use proptest::prelude::*;
use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization;

use super::tokens::Class;
use super::*;
use crate::limits::QUERY_CHARS_MAX;

fn query(text: &str) -> Query {
    Query::parse(text).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

fn finds(text: &str, wanted: &str) -> bool {
    query(wanted).matches(&normalise(text))
}

fn token_set(text: &str) -> FxHashSet<u64> {
    let mut found = FxHashSet::default();
    tokens(&normalise(text), &mut |token| {
        found.insert(token);
    });
    found
}

fn sketch_of(texts: &[&str]) -> Sketch {
    let mut builder = SketchBuilder::new();
    for text in texts {
        builder.add(text);
    }
    builder.finish()
}

#[test]
fn width_case_and_composition_do_not_matter() {
    for (text, wanted) in [
        ("请发ＷｉＦｉ密码", "wifi"),
        ("WIFI", "ｗｉｆｉ"),
        ("Straße", "STRASSE"),
        ("STRASSE", "straße"),
        ("İstanbul", "i\u{307}stanbul"),
        ("300 \u{212a}elvin", "kelvin"),
        ("of\u{fb01}ce", "OFFICE"),
        ("cafe\u{301} au lait", "CAFÉ"),
        ("CAFÉ", "cafe\u{301}"),
        ("ﾎﾃﾙを予約", "ホテル"),
        ("か\u{3099}いこく", "がいこく"),
        ("Σίσυφος", "ΣΊΣΥΦΟΣ"),
        ("谢谢👍🏽", "谢👍🏽"),
        ("在\u{20bb7}野家吃", "\u{20bb7}野家"),
        ("电话：０１０－６１０３", "010-6103"),
        ("㎏", "kg"),
        ("房间 1208", " 1208 "),
        ("정말 감사합니다", "감사"),
        ("สวัสดีครับ", "ดี"),
    ] {
        assert!(finds(text, wanted), "{wanted:?} in {text:?}");
        let needed = query(wanted).required_tokens();
        assert!(
            sketch_of(&["前", text, "后"]).may_contain_all(&needed),
            "{wanted:?} in {text:?}"
        );
    }
    for (text, wanted) in [("café", "cafe\u{300}"), ("cafe", "café"), ("酒 店", "酒店")] {
        assert!(!finds(text, wanted), "{wanted:?} in {text:?}");
    }
}

#[test]
fn one_or_two_latin_letters_match_whole_words() {
    for text in [
        "ok",
        "OK!",
        "好的ok。",
        "(ok)",
        "is it Ok?",
        "aok ok",
        "ｏｋ",
    ] {
        assert!(finds(text, "ok"), "{text}");
    }
    for text in ["book", "okay", "ok1", "éok", "bookok", "o k"] {
        assert!(!finds(text, "ok"), "{text}");
    }
    assert!(!finds("aaa", "aa"));
    assert!(finds("aaa aa", "aa"));
    assert!(finds("住5天15晚", "15"));
    assert!(!finds("住115晚", "15"));
    // Three letters, or two with anything else, match inside words.
    assert!(finds("booking", "ook"));
    assert!(finds("评分5分", "5分"));
    assert!(finds("评分15分", "5分"));
    assert!(finds("re-book", "-b"));
}

#[test]
fn queries_have_two_to_256_characters() {
    for text in ["", " ", "a", " 店 ", "\u{3000}店", "５"] {
        assert_eq!(
            Query::parse(text).err(),
            Some(QueryError::TooShort),
            "{text:?}"
        );
    }
    assert_eq!(query("\u{fb01}").normalised(), "fi");
    assert!(Query::parse(&"店".repeat(QUERY_CHARS_MAX)).is_ok());
    let over = Query::parse(&"店".repeat(QUERY_CHARS_MAX + 1)).err();
    assert_eq!(
        over,
        Some(QueryError::TooLong {
            chars: QUERY_CHARS_MAX + 1
        })
    );
}

#[test]
fn a_sketch_rules_out_what_it_does_not_have() {
    let sketch = sketch_of(&[
        "酒店提供租车服务吗？",
        "Is the room 1208 free on Friday?",
        "ok",
    ]);
    for there in [
        "租车服务",
        "room 12",
        "ok",
        "1208",
        "店提供",
        "day?",
        "m 1208 f",
    ] {
        assert!(
            sketch.may_contain_all(&query(there).required_tokens()),
            "{there}"
        );
    }
    for absent in ["退款", "wifi", "no", "租服务", "roof", "m 1209 f", "12"] {
        assert!(
            !sketch.may_contain_all(&query(absent).required_tokens()),
            "{absent}"
        );
    }
    // Without a token there is nothing to rule out by.
    assert!(query("!!").required_tokens().is_empty());
    assert!(sketch.may_contain_all(&[]));
    assert!(!sketch_of(&[]).may_contain_all(&query("ok").required_tokens()));
}

#[test]
fn false_positives_stay_below_one_in_a_hundred() {
    for count in [20_usize, 1_600, 50_000] {
        let sketch = Sketch::build((0..count).map(|i| mix(i as u64 + 1)));
        let tries = 200_000;
        let wrong = (0..tries)
            .filter(|i| sketch.may_contain_all(&[mix((1 << 40) + i)]))
            .count();
        #[expect(clippy::cast_precision_loss, reason = "a rate for a person to read")]
        let percent = wrong as f64 * 100.0 / tries as f64;
        println!("{count} tokens: {percent:.2} % false positives");
        assert!(percent < 1.0, "{count} tokens: {percent} %");
    }
}

#[test]
fn stored_sketches_are_read_and_others_refused() {
    let sketch = sketch_of(&["你好，酒店", "hello"]);
    let bytes = sketch.to_bytes();
    assert!(Sketch::from_bytes(&bytes) == Ok(sketch));
    for cut in 0..bytes.len() {
        assert!(Sketch::from_bytes(&bytes[..cut]).is_err());
    }
    let longer = [&bytes[..], &[0; 8]].concat();
    assert_eq!(
        Sketch::from_bytes(&longer).err(),
        Some(SketchError::Length {
            bytes: longer.len()
        })
    );
    assert!(Sketch::from_bytes(&[1, 8, 0, 0, 0, 0]).is_err(), "no words");
    for (at, value) in [(0, 2), (1, 7)] {
        let mut other = bytes.clone();
        other[at] = value;
        assert!(matches!(
            Sketch::from_bytes(&other),
            Err(SketchError::Version { .. })
        ));
    }
}

/// Sketches outlive programs. When this test fails, stored sketches would hide texts: raise
/// [`SKETCH_VERSION`] (old sketches are then refused, and their blocks read and sketched anew) and
/// write the new numbers here. A new Rust or Unicode crate does it too: new letters change tables.
#[test]
fn what_stored_sketches_depend_on_has_not_changed() {
    let mut known = Vec::new();
    tokens("好a ok,abc", &mut |token| known.push(token));
    assert_eq!(known, KNOWN_TOKENS);
    assert_eq!(sketch_of(&["好a ok,abc"]).to_bytes(), KNOWN_SKETCH);

    let mut fingerprint = 0;
    for c in '\0'..='\u{3ffff}' {
        for normal in normalise(&c.to_string()).chars() {
            let known = u64::from(normal) << 8 | Class::of(normal) as u64;
            fingerprint = mix(fingerprint ^ known);
        }
    }
    assert_eq!(fingerprint, KNOWN_TABLES);
}

/// Of 好a, a, ok, abc. These and the sketch were computed apart from this program.
const KNOWN_TOKENS: [u64; 4] = [
    15_888_899_485_224_880_793,
    12_609_935_244_270_955_673,
    11_027_166_852_460_923_281,
    11_469_276_482_662_033_542,
];
const KNOWN_SKETCH: [u8; 14] = [
    0x01, 0x08, 0x00, 0x00, 0x00, 0x01, 0x20, 0x31, 0x41, 0x04, 0x5e, 0x54, 0xcf, 0xce,
];
const KNOWN_TABLES: u64 = 14_318_387_008_779_853_505;

/// Texts as they are typed, and characters that are hard to normalise.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[你好酒店退款订单，。？]{1,4}",
        4 => "[a-cA-C0-2 ]{1,5}",
        1 => "[ａ-ｃＡ-Ｃ０-２　！]{1,3}",
        1 => "[ßİKſﬁéÅΣςдЯ가각ｶﾞか㍿ดี\u{301}\u{307}\u{3099}\u{1100}\u{1161}\u{20000}👍-]{1,3}",
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// A text and a part of it, cut before or after normalising.
fn texts_with_parts() -> impl Strategy<Value = (String, String)> {
    (
        texts(),
        any::<bool>(),
        any::<prop::sample::Index>(),
        2..8_usize,
    )
        .prop_map(|(text, raw, from, length)| {
            let whole: Vec<char> = if raw { text.clone() } else { normalise(&text) }
                .chars()
                .collect();
            let from = from.index(whole.len() + 1);
            let part = whole[from..].iter().take(length).collect();
            (text, part)
        })
}

/// The definition, as slow and plain as it can be written.
fn matches_by_definition(text: &str, query: &str) -> bool {
    let latin = |c: &char| Class::of(*c) == Class::Word;
    let text: Vec<char> = text.nfkc().default_case_fold().collect();
    let query: String = query.nfkc().default_case_fold().collect();
    let query: Vec<char> = query.trim().chars().collect();
    let whole_word = query.len() <= 2 && query.iter().all(latin);
    text.windows(query.len()).enumerate().any(|(at, window)| {
        let before = at.checked_sub(1).map(|at| text[at]);
        let after = text.get(at + query.len()).copied();
        let inside = before.iter().chain(&after).any(latin);
        window == query && !(whole_word && inside)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn normalising_is_what_unicode_says(text in texts()) {
        let reference: String = text.nfkc().default_case_fold().collect();
        prop_assert_eq!(normalise(&text), reference);
    }

    #[test]
    fn normalising_any_text_is_what_unicode_says(text in ".{0,40}") {
        let reference: String = text.nfkc().default_case_fold().collect();
        prop_assert_eq!(normalise(&text), reference);
    }

    #[test]
    fn a_match_is_never_filtered_out((text, part) in texts_with_parts(), others in texts()) {
        if let Ok(query) = Query::parse(&part) {
            let found = query.matches(&normalise(&text));
            prop_assert_eq!(found, matches_by_definition(&text, &part));
            if found {
                let needed = query.required_tokens();
                let there = token_set(&text);
                prop_assert!(needed.iter().all(|token| there.contains(token)));
                prop_assert!(sketch_of(&[&others, &text]).may_contain_all(&needed));
            }
        }
    }

    #[test]
    fn other_texts_match_by_definition_too(text in texts(), other in texts()) {
        if let Ok(query) = Query::parse(&other) {
            let found = query.matches(&normalise(&text));
            prop_assert_eq!(found, matches_by_definition(&text, &other));
            if found {
                let there = token_set(&text);
                prop_assert!(query.required_tokens().iter().all(|token| there.contains(token)));
            }
        }
    }
}
