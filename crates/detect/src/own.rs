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
                .map(|number| plain(number))
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
        let found = plain(&text[finding.range()]);
        // Whatever stands behind the number is an extension of the house.
        (LOCAL_MIN..=found.len()).any(|length| {
            let head = &found[..length];
            self.0
                .iter()
                .any(|own| own.ends_with(head) || head.ends_with(own))
        })
    }
}

/// The digits, without the country's code and the 0 before an area.
fn plain(number: &str) -> Vec<u8> {
    let digits: Vec<u8> = number
        .char_indices()
        .map(|(at, _)| char_at(number, at))
        .filter(|char| char.is_digit())
        .map(|char| char.value)
        .collect();
    let abroad = digits.iter().position(|digit| *digit != 0).unwrap_or(0);
    let national = digits[abroad..]
        .strip_prefix(&[8, 6])
        .filter(|national| national.len() > LOCAL_MIN + 1);
    national.unwrap_or(&digits[abroad..]).to_vec()
}
