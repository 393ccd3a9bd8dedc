//! `wuhen label`.

use serde_json::json;
use wuhen_model::people::Permission;

use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::Label;
use crate::problem::Problem;
use crate::wiring;
use crate::words::say;

pub(super) fn run(app: &App, args: &Label) -> Result<Answer, Problem> {
    let Label { conversation, name } = args;
    let added = wiring::enter(app, &[Permission::Label])?
        .service
        .label(conversation, name)?;
    let text = if added {
        say!(
            app.lang,
            "{conversation} bears the label {name:?} now.",
            "{conversation} 已加上标签“{name}”。"
        )
    } else {
        say!(
            app.lang,
            "{conversation} bears the label {name:?} already.",
            "{conversation} 已有标签“{name}”。"
        )
    };
    Ok(Answer::done(
        Text::of(text),
        json!({ "conversation": conversation, "label": name, "added": added }),
    ))
}
