//! `wuhen search`.

use std::io::{IsTerminal as _, stdout};

use serde_json::json;
use wuhen_detect::Sight;
use wuhen_model::people::Permission;
use wuhen_service::search::{Hit, SearchScope};

use super::read::{role_words, sender_json};
use super::show::findings_json;
use crate::answer::{Answer, Text};
use crate::app::{App, instant};
use crate::args::{Edge, Search};
use crate::problem::Problem;
use crate::wiring;
use crate::words::{plain, say};

pub(super) fn run(app: &App, args: &Search) -> Result<Answer, Problem> {
    let entered = wiring::enter(app, &[Permission::Search])?;
    let (service, sight) = (&entered.service, Sight::of(entered.viewer(&args.eyes)?));
    // This process searches once.
    service.keep_sketches_within(0);
    let scope = SearchScope {
        guest: args.guest.clone(),
        from: args
            .from
            .map(|from| instant(service, from, Edge::Start))
            .transpose()?,
        to: args
            .to
            .map(|to| instant(service, to, Edge::End))
            .transpose()?,
    };
    let mut hits = service.search(&args.text, &scope)?;
    for hit in &mut hits {
        service.mask_message(&mut hit.message, sight);
    }
    let messages: Vec<_> = hits
        .iter()
        .map(|Hit { conversation, source, message }| {
            json!({
                "id": message.id, "conversation": conversation, "source": source,
                "sender": sender_json(message), "sent_at": message.sent_at, "text": message.text,
                "findings": findings_json(&message.text, &message.findings),
                "category": message.category.as_str(), "importance": message.importance.as_str(),
            })
        })
        .collect();
    let json = json!({
        "count": messages.len(), "messages": messages, "as": sight.viewer().as_str(),
    });
    let marked =
        stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let mut text = Text::default();
    for hit in &hits {
        let (message, conversation) = (&hit.message, plain(&hit.conversation));
        let (id, role) = (plain(&message.id), role_words(app.lang, message));
        text.line(format!("{conversation}  {id}  {}  {role}", message.sent_at));
        let words = plain(&message.text);
        let words = if marked {
            mark(&words, &args.text)
        } else {
            words
        };
        for line in words.lines() {
            text.line(format!("  {line}"));
        }
    }
    let count = hits.len();
    text.line(say!(
        app.lang,
        "Messages found: {count}",
        "找到 {count} 条消息。"
    ));
    Ok(Answer::done(text, json))
}

/// The words in bold where they stand letter by letter, ASCII regardless of case. What matches only after Unicode's folding is
/// found all the same, and shown without a mark.
fn mark(text: &str, words: &str) -> String {
    let words = words.trim();
    let (low, wanted) = (text.to_ascii_lowercase(), words.to_ascii_lowercase());
    let mut marked = String::new();
    let mut from = 0;
    for (start, found) in low.match_indices(&wanted) {
        let end = start + found.len();
        marked.push_str(&text[from..start]);
        marked.push_str("\u{1b}[1m");
        marked.push_str(&text[start..end]);
        marked.push_str("\u{1b}[0m");
        from = end;
    }
    marked.push_str(&text[from..]);
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_marked() {
        assert_eq!(
            mark("a Bc bC", "bc"),
            "a \u{1b}[1mBc\u{1b}[0m \u{1b}[1mbC\u{1b}[0m"
        );
        assert_eq!(mark("水仙阁", "仙"), "水\u{1b}[1m仙\u{1b}[0m阁");
        assert_eq!(mark("nothing", "else"), "nothing");
    }
}
