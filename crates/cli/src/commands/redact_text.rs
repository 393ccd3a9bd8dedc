//! `wuhen redact` over a text: the same text with its personal data masked, named or taken out.

use super::redact_json::JsonRedactor;
use super::text_lines::{Output, each_line};
use crate::answer::Answer;
use crate::app::App;
use crate::args::{Redact, TextFormat};
use crate::exit::Exit;
use crate::problem::Problem;

pub(super) fn run(app: &App, args: &Redact) -> Result<Answer, Problem> {
    if args.has_options_of_store() {
        return Err(Problem::own(
            Exit::Usage,
            "--reason, --dry-run, --yes and --certificate are for messages of the store: name them with --guest, --conversation, \
             --message or --all; or redact a FILE without these options",
            "--reason、--dry-run、--yes 和 --certificate 仅用于存储中的消息：请用 --guest、--conversation、--message 或 --all \
             指定；遮盖 FILE 时不要使用这些选项",
        ));
    }
    let detector = args.input.detector();
    let style = args.style.into();
    let mut lines = detector.lines();
    let redactor = JsonRedactor {
        detector: &detector,
        kinds: args.input.kind_set(),
        style,
    };
    let passed = each_line(app, &args.input, Output::Lines, |line, out| {
        // It was told already; that it is not in the output is told at the end.
        let Ok(line) = line else {
            return Ok(());
        };
        match args.input.format() {
            TextFormat::Text => line.line.write_with(&lines.redact(&line.text, style), out),
            TextFormat::Jsonl => {
                let new = redactor.line(line.line.text, line.record.as_deref());
                line.line.write_with(&new, out)
            }
        }
    })?;
    Ok(Answer {
        exit: passed.exit(),
        ..Answer::nothing()
    })
}
