//! Fields that a record kept as they came: their texts, at any depth, each with the name it stands under, and the names themselves.

use std::collections::HashMap;

use serde_json::{Map, Value};
use wuhen_detect::{Detector, Finding, KindSet, name_in_words, says_nothing};

/// Digits in a list of their own, at most: longer ones are no number of a person.
const DIGITS_MAX: usize = 32;

/// One text or number among the fields.
#[derive(Clone, Copy)]
pub(crate) struct Field<'a> {
    /// The nearest name above it that says something.
    pub(crate) name: &'a str,
    /// What stands there; a number as JSON writes it.
    pub(crate) value: &'a str,
    place: Place<'a>,
}

/// Where a field stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// The name of the object; empty at the top.
    above: &'a str,
    beside: &'a Map<String, Value>,
}

impl<'a> Field<'a> {
    /// The same field with something else in it.
    pub(crate) fn with(self, value: &'a str) -> Self {
        Self { value, ..self }
    }

    /// What stands in the value, where `name: value` is read as a person would: `cvc: 123`.
    pub(crate) fn scan(self, detector: &Detector) -> Vec<Finding> {
        if self.name.is_empty() {
            let mut findings = Vec::new();
            detector.scan(self.value, &mut findings);
            return findings;
        }
        let mut line = name_in_words(self.name);
        // Ids of customers and channels bear these names as well.
        let is_short = |word: &str| {
            ["cid", "csc"]
                .iter()
                .any(|id| word.eq_ignore_ascii_case(id))
        };
        if line.split(' ').any(is_short) && !self.is_of_a_card() {
            let other: Vec<&str> = line.split(' ').filter(|word| !is_short(word)).collect();
            line = other.join(" ");
        }
        line.push_str(": ");
        let start = line.len();
        line.push_str(self.value);
        let mut findings = Vec::new();
        let _ = detector.scan_in(&line, KindSet::NONE, &mut findings);
        findings.retain_mut(|found| {
            found.start = found.start.max(start) - start;
            found.end = found.end.max(start) - start;
            found.start < found.end
        });
        findings
    }

    /// A word for a card stands in its name, above it or beside it.
    fn is_of_a_card(self) -> bool {
        let Place { above, beside } = self.place;
        let beside = beside.iter().flat_map(|(name, value)| {
            let value = value.as_str().filter(|text| text.len() <= 64);
            [Some(name.as_str()), value]
        });
        let mut texts = [Some(self.name), Some(above)].into_iter().chain(beside);
        texts.any(|text| text.is_some_and(speaks_of_cards))
    }
}

fn speaks_of_cards(text: &str) -> bool {
    const WORDS: [&str; 10] = [
        "card",
        "cvv",
        "cvc",
        "visa",
        "amex",
        "unionpay",
        "expiry",
        "expiration",
        "卡",
        "银联",
    ];
    let text = text.to_lowercase();
    WORDS.iter().any(|word| text.contains(word))
}

/// Names for fields that were given the same one. How often each was is counted, so that the next free one is not looked for from
/// the first on.
#[derive(Default)]
pub(crate) struct FreeNames(HashMap<String, u64>);

impl FreeNames {
    /// The name, or one like it that no field has yet.
    pub(crate) fn free(&mut self, name: String, taken: &Map<String, Value>) -> String {
        if !taken.contains_key(&name) {
            return name;
        }
        let count = self.0.entry(name.clone()).or_default();
        loop {
            *count += 1;
            let free = format!("{name}{}", marks(*count));
            if !taken.contains_key(&free) {
                return free;
            }
        }
    }
}

/// A number as marks in which no rule finds anything: `*`, `+`, `**`, `*+`.
fn marks(mut number: u64) -> String {
    let mut marks = String::new();
    while number > 0 {
        number -= 1;
        marks.insert(0, if number.is_multiple_of(2) { '*' } else { '+' });
        number /= 2;
    }
    marks
}

/// The fields with what `change` answers in place of texts, numbers and names: a name that holds digits is asked for as the value of
/// what stands under it, any other for itself. None: nothing was changed.
pub(crate) fn rewrite(
    fields: &Map<String, Value>,
    change: &mut dyn FnMut(Field<'_>) -> Option<String>,
) -> Option<Map<String, Value>> {
    rewrite_fields("", fields, change)
}

fn rewrite_fields(
    above: &str,
    fields: &Map<String, Value>,
    change: &mut dyn FnMut(Field<'_>) -> Option<String>,
) -> Option<Map<String, Value>> {
    let place = Place {
        above,
        beside: fields,
    };
    let new: Vec<(Option<String>, Option<Value>)> = fields
        .iter()
        .map(|(name, value)| {
            let said = if !above.is_empty() && says_nothing(name) {
                above
            } else {
                name
            };
            let new_name = rewrite_name(name, value, place, change);
            (new_name, rewrite_value(said, value, place, change))
        })
        .collect();
    let is_same =
        |(name, value): &(Option<String>, Option<Value>)| name.is_none() && value.is_none();
    if new.iter().all(is_same) {
        return None;
    }
    let mut changed = Map::new();
    let mut names = FreeNames::default();
    for ((name, value), (new_name, new_value)) in fields.iter().zip(new) {
        // Two names may have become the same.
        let name = names.free(new_name.unwrap_or_else(|| name.clone()), &changed);
        changed.insert(name, new_value.unwrap_or_else(|| value.clone()));
    }
    Some(changed)
}

fn rewrite_name(
    name: &str,
    value: &Value,
    place: Place<'_>,
    change: &mut dyn FnMut(Field<'_>) -> Option<String>,
) -> Option<String> {
    // A word under which `password` stands is no password; a number under which `cvv` stands is a code.
    let is_number = name.contains(char::is_numeric);
    let said = value.as_str().filter(|_| is_number);
    change(Field {
        name: said.unwrap_or_default(),
        value: name,
        place,
    })
}

fn rewrite_value(
    name: &str,
    value: &Value,
    place: Place<'_>,
    change: &mut dyn FnMut(Field<'_>) -> Option<String>,
) -> Option<Value> {
    match value {
        Value::String(value) => change(Field { name, value, place }).map(Value::String),
        Value::Number(number) => {
            let value = &number.to_string();
            change(Field { name, value, place }).map(Value::String)
        }
        Value::Array(values) => {
            let new: Vec<Option<Value>> = match digits(values) {
                Some(digits) => rewrite_digits(
                    &digits,
                    &change(Field {
                        name,
                        value: &digits,
                        place,
                    })?,
                ),
                None => values
                    .iter()
                    .map(|value| rewrite_value(name, value, place, change))
                    .collect(),
            };
            if new.iter().all(Option::is_none) {
                return None;
            }
            let values = values.iter().zip(new);
            Some(
                values
                    .map(|(old, new)| new.unwrap_or_else(|| old.clone()))
                    .collect(),
            )
        }
        Value::Object(fields) => rewrite_fields(name, fields, change).map(Value::Object),
        Value::Null | Value::Bool(_) => None,
    }
}

/// A number that stands in a list, a digit in each place.
fn digits(values: &[Value]) -> Option<String> {
    if !(2..=DIGITS_MAX).contains(&values.len()) {
        return None;
    }
    let digit = |value: &Value| match value {
        Value::Number(number) => number
            .as_u64()
            .filter(|number| *number < 10)
            .map(|number| number.to_string()),
        Value::String(text) => {
            let mut chars = text.trim().chars();
            let digit = chars.next().filter(|char| char.is_numeric())?;
            chars.next().is_none().then(|| digit.to_string())
        }
        _ => None,
    };
    values.iter().map(digit).collect()
}

/// Each digit that was changed; all of them, where it cannot be told which.
fn rewrite_digits(old: &str, new: &str) -> Vec<Option<Value>> {
    let is_told = old.chars().count() == new.chars().count();
    let mut new = new.chars();
    let one = |old: char| {
        let now = new.next().filter(|_| is_told).unwrap_or('*');
        (now != old).then(|| Value::String(now.to_string()))
    };
    old.chars().map(one).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_text_and_number_is_asked_for_under_its_name() {
        let fields = json!({ "a": "x", "b": { "c": [1, "y", null, { "d": true }] } });
        let mut seen = Vec::new();
        let same = rewrite(fields.as_object().unwrap(), &mut |field| {
            seen.push(format!("{}={}", field.name, field.value));
            None
        });
        let asked = ["=a", "a=x", "=b", "=c", "c=1", "c=y", "=d"];
        assert_eq!((same, seen), (None, asked.map(String::from).to_vec()));
    }

    #[test]
    fn what_a_name_says_of_a_person_is_cut_and_words_stay() {
        let detector = Detector::new(wuhen_detect::Settings::all());
        let fields = json!({ "zhang.san@example.com": "primary", "field": "password", "b": { "15400000173": 1 } });
        let new = rewrite(fields.as_object().unwrap(), &mut |field| {
            let text = wuhen_detect::redact(
                field.value,
                &field.scan(&detector),
                wuhen_detect::Style::Label,
            );
            (text != field.value).then(|| text.into_owned())
        });
        assert_eq!(
            Value::Object(new.unwrap()),
            json!({ "[EMAIL]": "primary", "field": "password", "b": { "[MOBILE]": 1 } })
        );
    }

    #[test]
    fn names_that_become_the_same_stay_apart_and_short() {
        let fields: Map<String, Value> = (0..8_000)
            .map(|number| (format!("n{number}"), json!(number)))
            .collect();
        let new = rewrite(&fields, &mut |field| {
            field.value.starts_with('n').then(|| "[MOBILE]".to_owned())
        });
        let new = new.unwrap();
        assert_eq!(new.len(), 8_000);
        assert!(new.keys().all(|name| name.len() < 30));
    }

    #[test]
    fn what_is_changed_takes_the_place_of_what_stood_there() {
        let fields = json!({ "a": "x", "b": { "c": [1, "y"] } });
        let new = rewrite(fields.as_object().unwrap(), &mut |field| {
            (field.value == "1").then(|| "*".to_owned())
        });
        assert_eq!(
            Value::Object(new.unwrap()),
            json!({ "a": "x", "b": { "c": ["*", "y"] } })
        );
    }

    /// What is left of fields when codes are cut.
    fn cut_of(fields: &Value) -> Value {
        let detector = Detector::new(wuhen_detect::Settings::all());
        let new = rewrite(fields.as_object().unwrap(), &mut |field| {
            let text = wuhen_detect::cut(field.value, &mut field.scan(&detector)).into_owned();
            (text != field.value).then_some(text)
        });
        new.map_or_else(|| fields.clone(), Value::Object)
    }

    #[test]
    fn a_code_is_cut_under_a_name_in_any_spelling() {
        for name in [
            "cvv",
            "cvvCode",
            "cardCvv",
            "CardCVV",
            "CVVCode",
            "card_cvv",
            "card-cvv",
            "securityCode",
            "cardSecurityCode",
            "security_code",
            "securitycode",
            "seccode",
            "secCode",
            "cvv2",
            "cardCvc",
            "cardCid",
            "card_csc",
        ] {
            for value in [json!("973"), json!(973)] {
                assert_eq!(
                    cut_of(&json!({ name: value })),
                    json!({ name: "***" }),
                    "{name}"
                );
            }
            let within = json!({ "payment": { name: { "value": "973" } } });
            assert_eq!(
                cut_of(&within),
                json!({ "payment": { name: { "value": "***" } } }),
                "{name}"
            );
        }
    }

    #[test]
    fn a_code_is_cut_in_a_list_of_digits_and_as_a_name() {
        for digits in [json!(["9", "7", "3"]), json!([9, 7, 3])] {
            let fields = json!({ "payment": { "cvv": digits } });
            assert_eq!(
                cut_of(&fields),
                json!({ "payment": { "cvv": ["*", "*", "*"] } })
            );
        }
        assert_eq!(
            cut_of(&json!({ "973": "cvv", "974": "CVV" })),
            json!({ "***": "cvv", "****": "CVV" })
        );
        assert_eq!(
            cut_of(&json!({ "CVV 973": true })),
            json!({ "CVV ***": true })
        );
        let rooms = json!({ "rooms": [1, 2, 3], "floor1": "2", "302": "room" });
        assert_eq!(cut_of(&rooms), rooms);
    }

    #[test]
    fn an_id_of_a_customer_is_no_code_unless_a_card_is_beside_it() {
        for fields in [
            json!({ "cid": 4821 }),
            json!({ "channel_cid": "482" }),
            json!({ "channelCid": "482", "room": "302" }),
            json!({ "csc": "482" }),
        ] {
            assert_eq!(cut_of(&fields), fields);
        }
        for fields in [
            json!({ "cid": "4821", "card_number": "x" }),
            json!({ "cid": "4821", "brand": "Amex" }),
            json!({ "card": { "cid": 4821 } }),
        ] {
            assert!(!cut_of(&fields).to_string().contains("4821"), "{fields}");
        }
    }
}
