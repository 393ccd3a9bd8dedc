//! `wuhen redact` over a text: the same text with its personal data masked, named or taken out.

use super::redact_json::JsonRedactor;
use super::scan::each_line;
use crate::answer::Answer;
use crate::args::{Redact, TextFormat};
use crate::exit::Exit;
use crate::problem::Problem;

pub(super) fn run(args: &Redact) -> Result<Answer, Problem> {
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
    each_line(&args.input, |line, out| {
        match args.input.format() {
            TextFormat::Text => out.write_all(lines.redact(&line.text, style).as_bytes())?,
            TextFormat::Jsonl => redactor.write(line.line, line.record.as_deref(), out)?,
        }
        out.write_all(b"\n")
    })?;
    Ok(Answer::nothing())
}
