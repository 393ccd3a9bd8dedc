//! `wuhen mark`.

use serde_json::json;
use wuhen_model::people::Permission;
use wuhen_service::mark::MarkRequest;

use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::Mark;
use crate::problem::Problem;
use crate::wiring;
use crate::words::{mark_words, say};

pub(super) fn run(app: &App, args: &Mark) -> Result<Answer, Problem> {
    let (conversation, number) = (&args.conversation, args.number);
    let request = MarkRequest {
        conversation,
        number,
        mark: args.shows.into(),
        remove: args.remove,
        by: args.by.into(),
        reason: &args.reason,
    };
    let changed = wiring::enter(app, &[Permission::Label])?
        .service
        .mark(&request)?;
    let lang = app.lang;
    let mark = mark_words(lang, request.mark);
    let text = match (request.remove, changed) {
        (false, true) => say!(
            lang,
            "Attachment {number} of {conversation} is marked as {mark} now.",
            "{conversation} 的附件 {number} 已标为{mark}。"
        ),
        (false, false) => say!(
            lang,
            "Attachment {number} of {conversation} is marked as {mark} already.",
            "{conversation} 的附件 {number} 此前已标为{mark}。"
        ),
        (true, true) => say!(
            lang,
            "Attachment {number} of {conversation} is no longer marked as {mark}.",
            "{conversation} 的附件 {number} 不再标为{mark}。"
        ),
        (true, false) => say!(
            lang,
            "Attachment {number} of {conversation} is not marked as {mark}.",
            "{conversation} 的附件 {number} 并未标为{mark}。"
        ),
    };
    let json = json!({
        "conversation": conversation, "number": number, "mark": request.mark.as_str(),
        "marked": !request.remove, "changed": changed,
    });
    Ok(Answer::done(Text::of(text), json))
}
