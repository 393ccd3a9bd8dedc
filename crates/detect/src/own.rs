//! The house's own numbers: said to every guest, and nobody's secret.

use crate::chars::char_at;
use crate::finding::Finding;
use crate::kind::Kind;

/// Digits that two numbers must share at their end to be one: a local number without its area code.
const LOCAL_MIN: usize = 7;

/// Known numbers as digits.
pub(crate) struct OwnNumbers(Vec<Vec<u8>>);

impl OwnNumbers {
    pub(crate) fn new(numbers: &[String]) -> Self {
        Self(
            numbers
                .iter()
                .map(|number| digits(number).collect())
                .filter(|number: &Vec<u8>| number.len() >= LOCAL_MIN)
                .collect(),
        )
    }

    /// Whether a finding is one of them, with or without country or area code.
    pub(crate) fn has(&self, text: &str, finding: &Finding) -> bool {
        if self.0.is_empty() || !matches!(finding.kind, Kind::Landline | Kind::Mobile | Kind::Phone)
        {
            return false;
        }
        let found: Vec<u8> = digits(&text[finding.range()]).collect();
        self.0.iter().any(|own| {
            let (long, short) = if own.len() > found.len() {
                (own, &found)
            } else {
                (&found, own)
            };
            // An extension behind it is the house's as well.
            short.len() >= LOCAL_MIN && (long.ends_with(short) || long.starts_with(short))
        })
    }
}

fn digits(text: &str) -> impl Iterator<Item = u8> + '_ {
    text.char_indices()
        .map(|(at, _)| char_at(text, at))
        .filter(|char| char.is_digit())
        .map(|char| char.value)
}
