//! Names of fields as a person reads them, so that `name: value` can be scanned like a sentence: `cardCvv: 123`.

/// Names that say nothing of what stands under them.
const EMPTY_NAMES: [&str; 6] = ["value", "val", "text", "digits", "number", "data"];

/// Whether a name says nothing: then the one above it says what the value is.
#[must_use]
pub fn says_nothing(name: &str) -> bool {
    EMPTY_NAMES
        .iter()
        .any(|empty| name.eq_ignore_ascii_case(empty))
}

/// A name as a person would write it: `cardCvv`, `card_cvv` and `card-cvv` are `card cvv`.
#[must_use]
pub fn name_in_words(name: &str) -> String {
    const WRITTEN_AS_ONE: [(&str, &str); 6] = [
        ("seccode", "security code"),
        ("sec code", "security code"),
        ("securitycode", "security code"),
        ("cardcvv", "card cvv"),
        ("cvvcode", "cvv"),
        ("cvv code", "cvv"),
    ];
    let mut words = String::with_capacity(name.len() + 4);
    let mut chars = name.chars().peekable();
    let mut before = ' ';
    while let Some(char) = chars.next() {
        let ends = char.is_uppercase()
            && (before.is_lowercase()
                || before.is_numeric()
                || before.is_uppercase() && chars.peek().is_some_and(|next| next.is_lowercase()));
        if ends {
            words.push(' ');
        }
        words.push(if "_-.".contains(char) { ' ' } else { char });
        before = char;
    }
    let lower = words.to_ascii_lowercase();
    for (one, apart) in WRITTEN_AS_ONE {
        if lower.contains(one) {
            return lower.replace(one, apart);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_any_spelling() {
        for name in ["cardCvv", "card_cvv", "card-cvv", "card.cvv"] {
            assert_eq!(name_in_words(name).to_ascii_lowercase(), "card cvv");
        }
        assert_eq!(name_in_words("cardSecurityCode"), "card Security Code");
        assert_eq!(name_in_words("seccode"), "security code");
        assert!(says_nothing("Value") && !says_nothing("cvv"));
    }
}
