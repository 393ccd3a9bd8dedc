//! Fields that a record kept as they came: their texts, at any depth, each with the name it stands under.

use serde_json::{Map, Value};
use wuhen_detect::{Detector, Finding, KindSet};

/// One text or number among the fields.
#[derive(Clone, Copy)]
pub(crate) struct Field<'a> {
    /// The nearest name above it.
    pub(crate) name: &'a str,
    /// What stands there; a number as JSON writes it.
    pub(crate) value: &'a str,
}

impl Field<'_> {
    /// What stands in the value, where `name: value` is read as a person would: `cvc: 123`.
    pub(crate) fn scan(self, detector: &Detector) -> Vec<Finding> {
        let mut line = self.name.replace(['_', '-'], " ");
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
}

/// The fields with what `change` answers in place of texts and numbers. None: nothing was changed.
pub(crate) fn rewrite(
    fields: &Map<String, Value>,
    change: &mut dyn FnMut(Field<'_>) -> Option<String>,
) -> Option<Map<String, Value>> {
    let mut changed: Option<Map<String, Value>> = None;
    for (name, value) in fields {
        if let Some(new) = rewrite_value(name, value, change) {
            changed
                .get_or_insert_with(|| fields.clone())
                .insert(name.clone(), new);
        }
    }
    changed
}

fn rewrite_value(
    name: &str,
    value: &Value,
    change: &mut dyn FnMut(Field<'_>) -> Option<String>,
) -> Option<Value> {
    match value {
        Value::String(value) => change(Field { name, value }).map(Value::String),
        Value::Number(number) => {
            let value = number.to_string();
            change(Field {
                name,
                value: &value,
            })
            .map(Value::String)
        }
        Value::Array(values) => {
            let new: Vec<Option<Value>> = values
                .iter()
                .map(|value| rewrite_value(name, value, change))
                .collect();
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
        Value::Object(fields) => rewrite(fields, change).map(Value::Object),
        Value::Null | Value::Bool(_) => None,
    }
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
        assert_eq!(
            (same, seen),
            (None, vec!["a=x".into(), "c=1".into(), "c=y".into()])
        );
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
}
