//! `wuhen attachment`: one file as a role sees it, or, on record, without masks.

use std::io::{self, Write};

use serde_json::json;
use wuhen_detect::{Sight, Viewer};
use wuhen_model::people::Permission;
use wuhen_service::withhold::SeenAttachment;
use wuhen_service::{Service, ServiceError};

use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::Attachment;
use crate::files::NewFile;
use crate::problem::Problem;
use crate::wiring;
use crate::words::{self, in_english, missing, say};

pub(super) fn run(app: &App, args: &Attachment) -> Result<Answer, Problem> {
    let needed = if args.reveal {
        Permission::Reveal
    } else {
        Permission::ReadMasked
    };
    let entered = wiring::enter(app, &[needed])?;
    let (service, viewer) = (&entered.service, entered.viewer(&args.eyes)?);
    let Some(path) = &args.output else {
        let mut out = io::stdout().lock();
        return match write(service, (args, viewer), &mut out) {
            Ok(_) => out
                .flush()
                .map(|()| Answer::nothing())
                .map_err(Problem::Output),
            Err(ServiceError::Io { source, .. }) if source.kind() == io::ErrorKind::BrokenPipe => {
                Err(Problem::Output(source))
            }
            Err(error) => Err(error.into()),
        };
    };
    let mut file = NewFile::begin(path)?;
    let seen = write(service, (args, viewer), &mut file)?;
    file.finish()?;
    let lang = app.lang;
    let (shown, size, masked) = (path.display(), words::bytes(seen.bytes), seen.masked);
    let mut text = Text::of(say!(
        lang,
        "{size} written to {shown}.",
        "已将 {size} 写入 {shown}。"
    ));
    if masked > 0 {
        text.line(say!(
            lang,
            "Places masked in it: {masked}.",
            "其中脱敏 {masked} 处。"
        ));
    }
    for problem in &seen.problems {
        text.line(format!("- {}", missing(lang, problem)));
    }
    let json = json!({
        "conversation": args.conversation, "number": args.number, "output": path, "bytes": seen.bytes,
        "masked": seen.masked, "as": viewer.as_str(), "revealed": args.reveal,
        "problems": in_english(&seen.problems),
    });
    Ok(Answer::done(text, json))
}

fn write(
    service: &Service,
    (args, viewer): (&Attachment, Viewer),
    out: &mut dyn Write,
) -> Result<SeenAttachment, ServiceError> {
    let (conversation, number) = (&args.conversation, args.number);
    match &args.reason {
        Some(reason) if args.reveal => {
            service.reveal_attachment(conversation, number, (viewer, reason), out)
        }
        _ => service.show_attachment(conversation, number, Sight::of(viewer), out),
    }
}
