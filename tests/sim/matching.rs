//! The rule of matching once more, plainly: normalised substring; one or two letters or digits match whole words. Shares
//! nothing with the program but the rule. Knows the characters that `words` uses, and no others.

/// A query as it is compared; `None` if it is refused.
pub(crate) fn parse(query: &str) -> Option<Vec<char>> {
    let chars = normalise(query);
    let trimmed: String = chars.iter().collect();
    let trimmed: Vec<char> = trimmed.trim().chars().collect();
    (2..=256).contains(&trimmed.len()).then_some(trimmed)
}

/// Does a text contain a query?
pub(crate) fn matches(text: &str, query: &[char]) -> bool {
    let text = normalise(text);
    let whole_word = query.len() <= 2 && query.iter().all(char::is_ascii_alphanumeric);
    let is_word = |at: Option<&char>| at.is_some_and(char::is_ascii_alphanumeric);
    (0..text.len()).any(|at| {
        text[at..].starts_with(query)
            && !(whole_word
                && (at > 0 && is_word(text.get(at - 1)) || is_word(text.get(at + query.len()))))
    })
}

fn normalise(text: &str) -> Vec<char> {
    let narrow = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0)
            .expect("these stand for the printable characters of ASCII"),
        c => c,
    };
    text.chars()
        .map(narrow)
        .flat_map(char::to_lowercase)
        .collect()
}

#[test]
fn the_oracle_knows_what_a_person_expects() {
    let finds = |text: &str, query: &str| matches(text, &parse(query).expect("long enough"));
    assert!(finds("请发ＷｉＦｉ密码", "wifi"));
    assert!(finds("OK!", "ok"));
    assert!(!finds("book", "ok"));
    assert!(finds("ok１ ok", "ok"));
    assert!(finds("酒店提供租车服务吗", "租车"));
    assert!(parse(" 店 ").is_none());
}
