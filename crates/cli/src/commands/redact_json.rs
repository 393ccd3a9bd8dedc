//! A JSON line without its personal data: every text and number that is a value is looked at, at any depth; everything else of the
//! line stays byte for byte as it came.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, Visitor};
use serde_json::Value;
use wuhen_detect::{
    Detector, EvidenceSet, Finding, Kind, KindSet, Style, is_left_of, name_in_words, redact,
    says_nothing,
};

/// Passes over one value, at most: what one takes away can bring out what was hidden beside it.
const PASSES_MAX: usize = 16;
/// Values whose names say nothing of what they hold.
const PLAIN_NAMES: [&str; 8] = [
    "id",
    "type",
    "conversation",
    "guest",
    "role",
    "text",
    "sent_at",
    "opened_at",
];

/// How a line is redacted.
pub(super) struct JsonRedactor<'d> {
    pub(super) detector: &'d Detector,
    /// Kinds that are looked for: a guest's name is one by its place.
    pub(super) kinds: KindSet,
    pub(super) style: Style,
}

/// An object or an array that is open.
struct Open<'l> {
    is_object: bool,
    /// The next text is a name.
    wants_name: bool,
    /// The last name, as JSON writes it; of an array, the one that it stands under.
    name: &'l str,
}

impl JsonRedactor<'_> {
    /// The line, which is known to be JSON, redacted. `record`: what it is in the interchange format, if anything.
    pub(super) fn line<'l>(&self, line: &'l str, record: Option<&str>) -> Cow<'l, str> {
        let bytes = line.as_bytes();
        let mut out = String::new();
        let mut open: Vec<Open<'_>> = Vec::new();
        let (mut at, mut written) = (0, 0);
        while let Some(&byte) = bytes.get(at) {
            let end = token_end(bytes, at);
            match byte {
                b'{' | b'[' => {
                    let is_object = byte == b'{';
                    let name = open.last().map_or("", |last| last.name);
                    open.push(Open {
                        is_object,
                        wants_name: is_object,
                        name,
                    });
                }
                b'}' | b']' => drop(open.pop()),
                b',' | b':' => {
                    if let Some(last) = open.last_mut() {
                        last.wants_name = last.is_object && byte == b',';
                    }
                }
                b'"' if open.last().is_some_and(|last| last.wants_name) => {
                    let above = open.iter().rev().nth(1).map_or("", |above| above.name);
                    let name = &line[at..end];
                    if let Some(last) = open.last_mut() {
                        let said = above.is_empty() || !says_nothing(name.trim_matches('"'));
                        last.name = if said { name } else { above };
                    }
                }
                b'"' | b'-' | b'0'..=b'9' => {
                    let name = decoded(open.last().map_or("", |last| last.name));
                    let whole = kind_by_place(record, open.len(), &name);
                    if let Some(new) = self.value(&name, &line[at..end], whole) {
                        out.push_str(&line[written..at]);
                        out.push_str(&Value::String(new).to_string());
                        written = end;
                    }
                }
                _ => {}
            }
            at = end;
        }
        if written == 0 {
            return Cow::Borrowed(line);
        }
        out.push_str(&line[written..]);
        Cow::Owned(out)
    }

    /// A value, as JSON writes it, without its personal data. None: it has none.
    fn value(&self, name: &str, json: &str, whole: Option<Kind>) -> Option<String> {
        let before = decoded(json);
        let mut text = before.clone();
        if let Some(kind) = whole.filter(|kind| !is_left_of(&text, *kind)) {
            text = self.whole(&text, kind);
        }
        if PLAIN_NAMES.contains(&name) {
            text = self.detector.redact(&text, self.style).into_owned();
        } else {
            text = self.under(name, text);
        }
        (text != before).then_some(text)
    }

    fn whole(&self, text: &str, kind: Kind) -> String {
        let mut findings = Vec::new();
        self.detector.scan(text, &mut findings);
        let as_found = findings
            .iter()
            .find(|found| kind == Kind::Phone && found.range() == (0..text.len()))
            .map(|found| found.kind);
        let mut either = as_found.into_iter().chain([kind]);
        let Some(kind) = either.find(|kind| self.kinds.contains(*kind)) else {
            return text.to_owned();
        };
        let whole = Finding {
            start: 0,
            end: text.len(),
            kind,
            score: 100,
            evidence: EvidenceSet::NONE,
        };
        redact(text, &[whole], self.style).into_owned()
    }

    /// Read as a person would, behind its name: `cvc: 123`.
    fn under(&self, name: &str, mut text: String) -> String {
        let before = format!("{}: ", name_in_words(name));
        let mut findings = Vec::new();
        for _ in 0..PASSES_MAX {
            let line = format!("{before}{text}");
            self.detector.scan(&line, &mut findings);
            findings.retain_mut(|found| {
                found.start = found.start.max(before.len()) - before.len();
                found.end = found.end.max(before.len()) - before.len();
                found.start < found.end
            });
            let again = redact(&text, &findings, self.style).into_owned();
            if again == text {
                break;
            }
            text = again;
        }
        text
    }
}

/// What a value is by where it stands: a guest's name, phone and mail.
fn kind_by_place(record: Option<&str>, depth: usize, name: &str) -> Option<Kind> {
    if record != Some("guest") || depth != 1 {
        return None;
    }
    match name {
        "name" => Some(Kind::PersonName),
        "phone" => Some(Kind::Phone),
        "email" => Some(Kind::Email),
        _ => None,
    }
}

/// A text or a number as JSON writes it.
fn decoded(json: &str) -> String {
    if json.starts_with('"') {
        let Wide(bytes) = serde_json::from_str(json).expect("the line was read as JSON");
        return String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    }
    json.to_owned()
}

/// A text of JSON, in which half a pair of surrogates may stand: programs that cut texts by UTF-16 units leave one of an emoji.
struct Wide(Vec<u8>);

impl<'de> Deserialize<'de> for Wide {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Wide;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Wide, E> {
                Ok(Wide(bytes.to_vec()))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

/// Behind the token that begins here.
fn token_end(bytes: &[u8], start: usize) -> usize {
    let rest: Range<usize> = start + 1..bytes.len();
    match bytes[start] {
        b'"' => {
            let mut escaped = false;
            for at in rest {
                match bytes[at] {
                    _ if escaped => escaped = false,
                    b'\\' => escaped = true,
                    b'"' => return at + 1,
                    _ => {}
                }
            }
            bytes.len()
        }
        b'-' | b'0'..=b'9' => {
            let is_end =
                |byte: &u8| matches!(byte, b',' | b']' | b'}') || byte.is_ascii_whitespace();
            let length = bytes[rest].iter().position(is_end);
            length.map_or(bytes.len(), |length| start + 1 + length)
        }
        _ => start + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wuhen_detect::Settings;

    fn redacted(line: &str, record: Option<&str>, style: Style) -> String {
        let detector = Detector::new(Settings::all());
        let redactor = JsonRedactor {
            detector: &detector,
            kinds: KindSet::ALL,
            style,
        };
        redactor.line(line, record).into_owned()
    }

    #[test]
    fn values_at_any_depth_are_redacted_and_the_rest_stays_byte_for_byte() {
        let line = r#" {"z": 1e2,"b":{"c\"{":[ "x\\", {"k":"手机13812345678"} ],"n":13812345678},"a":"\u0061", "t":[true,null]} "#;
        let new = redacted(line, None, Style::Mask);
        let expected = line
            .replace("手机13812345678", "手机138****5678")
            .replace(":13812345678", ":\"138****5678\"");
        assert_eq!(new, expected);
        assert_eq!(redacted(&new, None, Style::Mask), new);
    }

    #[test]
    fn a_security_code_is_taken_out_under_a_name_in_any_spelling() {
        for line in [
            r#"{"cvvCode":"973"}"#,
            r#"{"cardSecurityCode":973}"#,
            r#"{"card_cvv":"973"}"#,
            r#"{"payment":{"cvv":{"value":"973"}}}"#,
        ] {
            let new = redacted(line, None, Style::Mask);
            assert_eq!(
                new.replace("\"***\"", "_"),
                line.replace("\"973\"", "_").replace("973", "_")
            );
        }
    }

    #[test]
    fn half_an_emoji_does_not_stop_it_and_is_changed_only_with_its_value() {
        let line = r#"{"a":"cut \ud83d","\udc00":"\ud83d13812345678","b":"\ud83d\ude00"}"#;
        let new = redacted(line, None, Style::Mask);
        assert!(new.starts_with(r#"{"a":"cut \ud83d","\udc00":""#), "{new}");
        assert!(
            new.ends_with(r#"138****5678","b":"\ud83d\ude00"}"#),
            "{new}"
        );
        assert!(serde_json::from_str::<serde::de::IgnoredAny>(&new).is_ok());
    }

    #[test]
    fn a_guests_name_with_a_star_behind_it_is_a_name_still() {
        let line = r#"{"type":"guest","id":"g1","name":"Zhang Wei*","phone":"13800138000 *"}"#;
        for style in [Style::Mask, Style::Label, Style::Remove] {
            let new = redacted(line, Some("guest"), style);
            assert!(
                !new.contains("Wei") && !new.contains("13800138000"),
                "{new}"
            );
            assert_eq!(redacted(&new, Some("guest"), style), new);
        }
    }

    #[test]
    fn a_guests_name_phone_and_mail_are_that_by_their_place() {
        let line = r#"{"type":"guest","id":"g1","name":"Ann Lee","phone":"555 0100","email":"ann@house","x":{"name":"lake"}}"#;
        for style in [Style::Mask, Style::Label, Style::Remove] {
            let new = redacted(line, Some("guest"), style);
            for word in ["Ann Lee", "555 0100", "ann@house"] {
                assert!(!new.contains(word), "{new}");
            }
            assert!(
                new.starts_with(r#"{"type":"guest","id":"g1","name":"#),
                "{new}"
            );
            assert_eq!(redacted(&new, Some("guest"), style), new);
        }
    }
}
