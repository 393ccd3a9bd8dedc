//! Every record that the house shows against every record of the oracle.

use std::fmt::Debug;

use serde_json::{Map, Value};
use wuhen_service::Service;

use crate::operation::{guest_name, shown, time};
use crate::oracle::{Conversation, Counts, Key, Oracle};
use crate::place::{attachment, cleared_attachment};
use crate::world::Difference;

/// Compares one answer.
#[expect(
    clippy::needless_pass_by_value,
    reason = "answers are made for this and of no other use"
)]
pub(crate) fn differ<T: PartialEq + Debug>(
    what: &str,
    expected: T,
    found: T,
) -> Result<(), Difference> {
    if expected == found {
        return Ok(());
    }
    Err(format!("{what}: expected {expected:?}, found {found:?}"))
}

/// How many conversations are read to their last byte.
#[derive(Clone, Copy)]
pub(crate) enum Depth {
    All,
    /// A quarter of them: this one.
    Quarter(usize),
}

/// Compares totals, epoch, guests and conversations; then every message of conversations, and their attachments.
pub(crate) fn compare(service: &Service, oracle: &Oracle, depth: Depth) -> Result<(), Difference> {
    let (totals, epoch) = service.stats().map_err(|error| error.to_string())?;
    let found = Counts {
        guests: totals.guests,
        conversations: totals.conversations,
        messages: totals.messages,
        attachments: totals.attachments,
    };
    differ("totals", oracle.totals(), found)?;
    differ("epoch", oracle.erasures, epoch)?;
    compare_guests(service, oracle)?;
    compare_conversations(service, oracle)?;
    for (place, (key, expected)) in oracle.conversations.iter().enumerate() {
        let read = match depth {
            Depth::All => true,
            Depth::Quarter(turn) => place % 4 == turn % 4,
        };
        if read {
            compare_conversation(service, oracle, key, expected)?;
        }
    }
    Ok(())
}

fn compare_guests(service: &Service, oracle: &Oracle) -> Result<(), Difference> {
    let views = service.guests(None).map_err(|error| error.to_string())?;
    let mut found: Vec<_> = views
        .into_iter()
        .map(|view| {
            (
                (view.source, view.id),
                text(&view.record, "name"),
                view.conversations,
                view.messages,
            )
        })
        .collect();
    found.sort();
    let expected: Vec<_> = oracle
        .guests
        .iter()
        .map(|(key, instance)| {
            let own = || {
                oracle
                    .conversations
                    .iter()
                    .filter(|((source, _), each)| *source == key.0 && each.guest == key.1)
            };
            let messages = own().map(|(_, each)| each.messages.len() as u64).sum();
            (
                key.clone(),
                if oracle.cleared.contains(instance) {
                    "[PERSON_NAME]".to_owned()
                } else {
                    guest_name(&key.1)
                },
                own().count() as u64,
                messages,
            )
        })
        .collect();
    differ("guests", expected, found)
}

fn compare_conversations(service: &Service, oracle: &Oracle) -> Result<(), Difference> {
    let views = service
        .conversations(None)
        .map_err(|error| error.to_string())?;
    let mut found: Vec<_> = views
        .into_iter()
        .map(|view| ((view.source, view.id), view.record, view.labels))
        .collect();
    found.sort_by(|one, other| one.0.cmp(&other.0));
    let expected: Vec<_> = oracle
        .conversations
        .iter()
        .map(|(key, each)| {
            (
                key.clone(),
                shown(&each.line),
                each.labels.iter().cloned().collect::<Vec<_>>(),
            )
        })
        .collect();
    differ("conversations", expected, found)
}

fn compare_conversation(
    service: &Service,
    oracle: &Oracle,
    (source, id): &Key,
    expected: &Conversation,
) -> Result<(), Difference> {
    let name = format!("{source}/{id}");
    let (view, messages) = service
        .show(&name)
        .map_err(|error| format!("show {name}: {error}"))?;
    differ(
        "messages counted",
        expected.messages.len() as u64,
        u64::from(view.row.messages),
    )?;
    let found: Vec<_> = messages
        .iter()
        .map(|message| {
            (
                message.id.clone(),
                message.sent_at.clone(),
                message.text.clone(),
                message.attachments.len(),
                message.redacted_at.is_some(),
            )
        })
        .collect();
    let in_order = expected.in_time_order();
    let expected: Vec<_> = in_order
        .iter()
        .map(|message| {
            (
                message.id.clone(),
                time(message.at),
                message.text.clone(),
                message.attachments,
                message.redacted,
            )
        })
        .collect();
    differ(&name, expected, found)?;
    for (message, known) in messages.iter().zip(in_order) {
        let content = if oracle.cleared.contains(&known.instance) {
            cleared_attachment
        } else {
            attachment
        };
        for (number, view) in message.attachments.iter().enumerate() {
            let mut bytes = Vec::new();
            let read = service
                .attachment(&name, view.item, &mut bytes)
                .map_err(|error| format!("attachment: {error}"))?;
            differ("bytes of an attachment", bytes.len() as u64, read)?;
            if bytes != content(number) {
                return Err(format!(
                    "attachment {number} of {name} is not what was imported"
                ));
            }
        }
    }
    Ok(())
}

fn text(record: &Map<String, Value>, field: &str) -> String {
    record
        .get(field)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}
