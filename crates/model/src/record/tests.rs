//! Reading of records: nothing is lost, limits hold, and no error or `Debug` repeats content.

use std::borrow::Cow;

use serde_json::json;

use super::*;
use crate::limits;

const MESSAGE: &str = r#"{"type":"message","id":"10006-0","conversation":"10006","sender":{"role":"guest","id":"g00001"},"sent_at":"2023-10-08T21:33:42+08:00","text":"你好，酒店"}"#;

fn message(line: &str) -> Message<'_> {
    match Record::from_json(line) {
        Ok(Record::Message(message)) => message,
        other => panic!("{other:?}"),
    }
}

fn error(line: &str) -> RecordError {
    Record::from_json(line)
        .and_then(|record| record.check())
        .expect_err(line)
}

#[test]
fn a_message_borrows_its_texts() {
    let message = message(MESSAGE);
    assert!(matches!(message.text, Cow::Borrowed("你好，酒店")));
    assert!(matches!(message.id, Cow::Borrowed("10006-0")));
    assert_eq!(message.sender.role, SenderRole::Guest);
    assert_eq!(message.sender.id.as_deref(), Some("g00001"));
    assert_eq!(message.sent_at.to_string(), "2023-10-08T21:33:42+08:00");
    assert_eq!(Record::Message(message).check(), Ok(()));
}

#[test]
fn every_field_of_every_record_is_read_and_written_back() {
    for line in [
        r#"{"type":"guest","id":"g1"}"#,
        r#"{"type":"guest","id":"g1","name":"冯莉斌","phone":"+8618678837457","email":"a@example.cn","locale":"zh-CN","vip":{"since":2019}}"#,
        r#"{"type":"conversation","id":"c1","guest":"g1"}"#,
        r#"{"type":"conversation","id":"c1","guest":"g1","channel":"web","opened_at":"2023-10-08T21:33:00+08:00","booking":{"id":"B1","check_in":"2023-10-20","check_out":"2023-10-25","status":"no-show","deposit_refunded":false,"rate":"corporate"},"labels":["机密-2023"],"queue":7}"#,
        r#"{"type":"message","id":"m1","conversation":"c1","sender":{"role":"bot","model":null},"sent_at":"2023-10-08T21:33:42.5-03:00","text":"a\nb","attachments":[{"name":"证件.jpg","media_type":"image/jpeg","path":"files/1.jpg","width":640}],"reply_to":"m0"}"#,
    ] {
        let record = Record::from_json(line).expect(line);
        assert_eq!(record.check(), Ok(()));
        let mut written = Vec::new();
        record.write_json(&mut written);
        let written = String::from_utf8(written).unwrap();
        let value = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(value(&written), value(line));
        assert!(Record::from_json(&written) == Ok(record));
    }
}

#[test]
fn the_type_may_stand_anywhere_and_null_is_absent() {
    let last = r#"{"text":null,"sent_at":"2023-10-08T21:33:42Z","type":"message","sender":{"role":"system","id":null},"id":"m1","conversation":"c1","attachments":null}"#;
    let message = message(last);
    assert_eq!(message.text, "");
    assert_eq!(message.sender.id, None);
    assert!(message.attachments.is_empty());
    assert!(message.other.is_empty());
}

#[test]
fn a_known_name_in_another_record_is_kept_as_unknown() {
    let line = r#"{"type":"message","id":"m1","conversation":"c1","sender":{"role":"guest","name":["x"]},"sent_at":"2023-10-08T21:33:42Z","labels":"urgent"}"#;
    let message = message(line);
    assert_eq!(message.other["labels"], json!("urgent"));
    assert_eq!(message.sender.other["name"], json!(["x"]));
}

/// Lines, and how the error begins.
const BROKEN: [(&str, &str); 25] = [
    ("", "the JSON ends in the middle of the object"),
    (
        r#"{"type":"guest","id":"SECRET""#,
        "the JSON ends in the middle of the object",
    ),
    (
        r#"{"type":"guest","id":SECRET}"#,
        "not valid JSON at byte 22 of the line",
    ),
    (
        r#"{"type":"guest","id":"SECRET"} SECRET"#,
        "not valid JSON at byte 32 of the line",
    ),
    (
        r#"{"type":"guest","id":"\ud800SECRET"}"#,
        "not valid JSON at byte",
    ),
    (r#"["SECRET"]"#, "not a JSON object"),
    (r#""SECRET""#, "not a JSON object"),
    ("{}", "field `type` is missing"),
    (r#"{"id":"SECRET"}"#, "field `type` is missing"),
    (
        r#"{"type":"SECRET"}"#,
        "field `type` is none of guest, conversation, message",
    ),
    (
        r#"{"id":1,"type":"SECRET"}"#,
        "field `type` is none of guest, conversation, message",
    ),
    (r#"{"type":null}"#, "field `type` is missing"),
    (
        r#"{"type":"guest","name":"SECRET"}"#,
        "field `id` is missing",
    ),
    (
        r#"{"type":"guest","id":"SECRET","id":"SECRET"}"#,
        "field `id` stands twice in one object",
    ),
    (
        r#"{"type":"guest","id":"SECRET","type":"guest"}"#,
        "field `type` stands twice",
    ),
    (
        r#"{"id":"SECRET","type":"guest","type":"guest"}"#,
        "field `type` stands twice",
    ),
    (
        r#"{"type":"guest","id":"g","SECRET":1,"SECRET":2}"#,
        "field `(an unknown field)` stands",
    ),
    (r#"{"type":"guest","id":17}"#, "field `id` is not text"),
    (
        r#"{"type":"guest","id":"g","name":["SECRET"]}"#,
        "field `name` is not text",
    ),
    (r#"{"type":"guest","id":""}"#, "field `id` is empty"),
    (
        r#"{"type":"guest","id":"SECRET\u0000"}"#,
        "field `id` contains a control character",
    ),
    (
        r#"{"type":"guest","id":"SECRET","x":1e999}"#,
        "not valid JSON at byte",
    ),
    (
        r#"{"type":"guest","id":"SECRET",}"#,
        "not valid JSON at byte 31",
    ),
    (
        r#"{"type":"conversation","id":"SECRET"}"#,
        "field `guest` is missing",
    ),
    (
        r#"{"type":"message","id":"SECRET"}"#,
        "field `conversation` is missing",
    ),
];

/// Further fields of a conversation, and how the error begins.
const BROKEN_CONVERSATIONS: [(&str, &str); 5] = [
    (
        r#""labels":"SECRET""#,
        "field `labels` is not a list of texts",
    ),
    (r#""booking":"SECRET""#, "field `booking` is not an object"),
    (
        r#""booking":{"status":"stayed"}"#,
        "field `booking.id` is missing",
    ),
    (
        r#""booking":{"id":"b","status":"SECRET"}"#,
        "field `booking.status` is not one of booked,",
    ),
    (
        r#""booking":{"id":"b","check_in":"SECRET"}"#,
        "field `booking.check_in` is not a date",
    ),
];

/// What to replace in a good message and by what, and how the error begins.
const BROKEN_MESSAGES: [(&str, &str, &str); 5] = [
    (
        "guest",
        "SECRET",
        "field `sender.role` is not one of guest, agent, system, bot",
    ),
    (
        "2023-10-08T",
        "SECRET",
        "field `sent_at` is not a time with an offset",
    ),
    ("+08:00", "", "field `sent_at` is not a time with an offset"),
    (
        "\"text\":",
        r#""attachments":["SECRET"],"text":"#,
        "field `attachments` is not a list of",
    ),
    (
        "\"text\":",
        r#""attachments":[{"name":"SECRET"}],"text":"#,
        "field `attachments.path` is missing",
    ),
];

#[test]
fn errors_say_the_field_and_not_what_stood_there() {
    let long = format!(r#"{{"type":"guest","id":"{}"}}"#, "SECRET".repeat(20_000));
    assert_error(&long, "field `id` has 120000 bytes, over the limit of 512");
    for (line, expected) in BROKEN {
        assert_error(line, expected);
    }
    for (fields, expected) in BROKEN_CONVERSATIONS {
        let line = format!(r#"{{"type":"conversation","id":"c","guest":"g",{fields}}}"#);
        assert_error(&line, expected);
    }
    for (good, bad, expected) in BROKEN_MESSAGES {
        assert_error(&MESSAGE.replace(good, bad), expected);
    }
}

fn assert_error(line: &str, expected: &str) {
    let shown = error(line).to_string();
    assert!(shown.starts_with(expected), "{line}: {shown}");
    assert!(!shown.contains("SECRET"), "{shown}");
}

#[test]
fn debug_shows_no_content() {
    let shown = format!("{:?}", Record::from_json(MESSAGE));
    assert_eq!(shown, "Ok(Message { text_len: 15, .. })");
}

/// A field, its limit in bytes or entries, and a line with that many.
type Case = (&'static str, usize, fn(usize) -> String);

#[test]
fn lengths_hold_at_the_limit_and_one_over() {
    let cases: [Case; 15] = [
        ("id", limits::ID_BYTES_MAX, |n| guest("id", n)),
        ("name", limits::NAME_BYTES_MAX, |n| guest("name", n)),
        ("phone", limits::PHONE_BYTES_MAX, |n| guest("phone", n)),
        ("email", limits::EMAIL_BYTES_MAX, |n| guest("email", n)),
        ("locale", limits::LOCALE_BYTES_MAX, |n| guest("locale", n)),
        ("guest", limits::ID_BYTES_MAX, |n| {
            conversation("guest", &x(n))
        }),
        ("channel", limits::CHANNEL_BYTES_MAX, |n| {
            conversation("channel", &x(n))
        }),
        ("booking.id", limits::ID_BYTES_MAX, |n| {
            conversation("booking", &json!({"id": x(n)}))
        }),
        ("labels", limits::LABEL_BYTES_MAX, |n| {
            conversation("labels", &json!([x(n)]))
        }),
        ("conversation", limits::ID_BYTES_MAX, |n| {
            MESSAGE.replace(r#""10006""#, &x(n).to_string())
        }),
        ("sender.id", limits::ID_BYTES_MAX, |n| {
            MESSAGE.replace(r#""g00001""#, &x(n).to_string())
        }),
        ("text", limits::TEXT_BYTES_MAX, |n| {
            MESSAGE.replace(r#""你好，酒店""#, &x(n).to_string())
        }),
        ("attachments.name", limits::ATTACHMENT_NAME_BYTES_MAX, |n| {
            attached(&[json!({"path": "p", "name": x(n)})])
        }),
        (
            "attachments.media_type",
            limits::MEDIA_TYPE_BYTES_MAX,
            |n| attached(&[json!({"path": "p", "media_type": x(n)})]),
        ),
        ("attachments.path", limits::ATTACHMENT_PATH_BYTES_MAX, |n| {
            attached(&[json!({"path": x(n)})])
        }),
    ];
    for (field, bytes_max, make) in cases {
        let at_limit = make(bytes_max);
        assert_eq!(
            Record::from_json(&at_limit).and_then(|r| r.check()),
            Ok(()),
            "{field}"
        );
        let over = RecordError::TooLong {
            field,
            bytes: bytes_max + 1,
            bytes_max,
        };
        assert_eq!(error(&make(bytes_max + 1)), over);
    }
}

#[test]
fn numbers_of_entries_hold_at_the_limit_and_one_over() {
    let cases: [Case; 3] = [
        ("labels", limits::LABELS_PER_CONVERSATION_MAX, |n| {
            conversation("labels", &json!(vec!["x"; n]))
        }),
        ("attachments", limits::ATTACHMENTS_PER_MESSAGE_MAX, |n| {
            attached(&vec![json!({"path": "p"}); n])
        }),
        ("(unknown fields)", limits::OTHER_FIELDS_MAX, |n| {
            let others: Map<String, Value> = (0..n).map(|i| (format!("x{i}"), json!(i))).collect();
            let known = json!({"type": "guest", "id": "g"});
            let known = known.as_object().unwrap().clone();
            Value::Object(known.into_iter().chain(others).collect()).to_string()
        }),
    ];
    for (field, entries_max, make) in cases {
        let at_limit = make(entries_max);
        assert_eq!(
            Record::from_json(&at_limit).and_then(|r| r.check()),
            Ok(()),
            "{field}"
        );
        let over = RecordError::TooMany {
            field,
            entries: entries_max + 1,
            entries_max,
        };
        assert_eq!(error(&make(entries_max + 1)), over);
    }
}

fn x(bytes: usize) -> Value {
    Value::String("x".repeat(bytes))
}

fn guest(field: &str, bytes: usize) -> String {
    let mut line = json!({"type": "guest", "id": "g"});
    line[field] = x(bytes);
    line.to_string()
}

fn conversation(field: &str, value: &Value) -> String {
    let mut line = json!({"type": "conversation", "id": "c", "guest": "g"});
    line[field] = value.clone();
    line.to_string()
}

fn attached(attachments: &[Value]) -> String {
    let mut line: Value = serde_json::from_str(MESSAGE).unwrap();
    line["attachments"] = attachments.into();
    line.to_string()
}

#[test]
fn deep_nesting_is_refused_instead_of_overflowing_the_stack() {
    let deep = "[".repeat(100_000);
    assert!(matches!(
        error(&format!(r#"{{"type":"guest","id":"g","x":{deep}"#)),
        RecordError::NotJson { .. }
    ));
    assert!(matches!(
        error(&format!(r#"{{"x":{deep}"#)),
        RecordError::NotJson { .. } | RecordError::CutShort
    ));
}
