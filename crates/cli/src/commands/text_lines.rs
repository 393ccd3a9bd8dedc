//! The lines of a text that is scanned or redacted: from a file or standard input to standard output, one after the other. What
//! is done where a line cannot be read is decided here; what is written for a line is not.

use std::borrow::Cow;
use std::io::{self, BufWriter, ErrorKind, IsTerminal as _, StdoutLock, Write};
use std::path::Path;

use serde::Deserialize;
use serde_json::value::RawValue;
use wuhen_formats::{FormatError, JsonLines, TextLine};

use crate::app::App;
use crate::args::{TextFormat, TextInput};
use crate::exit::Exit;
use crate::problem::Problem;
use crate::words::{self, Lang, say};

/// Bytes written at once.
const OUTPUT_BYTES: usize = 256 * 1024;

/// A line as it is scanned.
pub(super) struct InputLine<'l> {
    /// The JSON of its id.
    pub(super) id: Option<&'l RawValue>,
    /// What it is in the interchange format, if anything.
    pub(super) record: Option<Cow<'l, str>>,
    pub(super) text: Cow<'l, str>,
    /// The whole line.
    pub(super) line: TextLine<'l>,
}

/// A line that cannot be read, and why.
pub(super) struct BadLine {
    pub(super) number: u64,
    en: String,
    zh: String,
}

/// What is written for the lines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Output {
    /// An answer about them.
    Answer,
    /// The lines themselves: the file's byte order mark comes first.
    Lines,
}

/// What came of the lines.
#[derive(Clone, Copy)]
pub(super) struct Passed {
    /// All of them, bad ones too.
    pub(super) lines: u64,
    /// Those that could not be read.
    bad: u64,
    /// Whoever reads the output has not seen enough.
    pub(super) is_read: bool,
}

/// What is read of a JSON line. A record without a text (a guest, a conversation of the interchange format) has an empty one.
#[derive(Deserialize)]
struct Object<'l> {
    #[serde(borrow, default)]
    id: Option<&'l RawValue>,
    #[serde(borrow, default)]
    text: Option<Cow<'l, str>>,
    #[serde(borrow, default, rename = "type")]
    record: Option<Cow<'l, str>>,
}

/// Calls `each` for every line, with standard output; for one that cannot be read only with `--keep-going`.
pub(super) fn each_line(
    app: &App,
    input: &TextInput,
    output: Output,
    mut each: impl FnMut(Result<InputLine<'_>, BadLine>, &mut dyn Write) -> io::Result<()>,
) -> Result<Passed, Problem> {
    let mut lines = open(app, input)?;
    let name = Name(lines.source().name.clone());
    let mut out = BufWriter::with_capacity(OUTPUT_BYTES, io::stdout().lock());
    let mut passed = Passed {
        lines: 0,
        bad: 0,
        is_read: true,
    };
    if output == Output::Lines {
        let mark = lines.source().mark();
        // Into an empty buffer.
        out.write_all(mark).map_err(Problem::Output)?;
    }
    loop {
        // Nobody waits for an answer while more of the text is waited for.
        if !lines.has_whole_line()
            && let Err(error) = out.flush()
        {
            return ended(out, error, passed);
        }
        let Some(line) = lines.next_text() else {
            break;
        };
        passed.lines += 1;
        let line = match line {
            Ok(line) if is_blank(line, input.format()) => {
                if output == Output::Lines
                    && let Err(error) = line.write_with(line.text, &mut out)
                {
                    return ended(out, error, passed);
                }
                continue;
            }
            Ok(line) => parse(line, input.format()),
            Err(error) if error.problem.is_of_one_line() => Err(BadLine::of(&error)),
            Err(error) => {
                // What was found before it has been found.
                out.flush().ok();
                return Err(stopped(&name, &error));
            }
        };
        if let Err(bad) = &line {
            if !input.keep_going {
                out.flush().ok();
                return Err(bad.stops(&name, output));
            }
            passed.bad += 1;
            if output == Output::Lines || !app.json {
                bad.tell(app, &name);
            }
        }
        if let Err(error) = each(line, &mut out) {
            return ended(out, error, passed);
        }
    }
    if let Err(error) = out.flush() {
        return ended(out, error, passed);
    }
    passed.tell(app, &name, output);
    Ok(passed)
}

fn open(app: &App, input: &TextInput) -> Result<JsonLines, Problem> {
    let path = input.file.as_deref().unwrap_or(Path::new("-"));
    if path == Path::new("-") && io::stdin().is_terminal() {
        app.note(app.lang.pick(
            "reading standard input, up to Ctrl-D on a line of its own; or name a FILE",
            "正在读取标准输入，直到单独一行上的 Ctrl-D；也可以指定 FILE",
        ));
    }
    JsonLines::open(path).map_err(|error| stopped(&Name(error.file.clone()), &error))
}

/// The output takes no more: because nobody reads it any more, or by an error.
fn ended(
    out: BufWriter<StdoutLock<'_>>,
    error: io::Error,
    passed: Passed,
) -> Result<Passed, Problem> {
    // The rest of the buffer has nobody to go to.
    let _ = out.into_parts();
    if error.kind() == ErrorKind::BrokenPipe {
        let is_read = false;
        Ok(Passed { is_read, ..passed })
    } else {
        Err(Problem::Output(error))
    }
}

/// Between JSON objects; in a text it is a line like others.
fn is_blank(line: TextLine<'_>, format: TextFormat) -> bool {
    format == TextFormat::Jsonl && line.text.trim_ascii().is_empty()
}

fn parse(line: TextLine<'_>, format: TextFormat) -> Result<InputLine<'_>, BadLine> {
    match format {
        TextFormat::Text => Ok(InputLine {
            id: None,
            record: None,
            text: Cow::Borrowed(line.text),
            line,
        }),
        TextFormat::Jsonl => object(line),
    }
}

fn object(line: TextLine<'_>) -> Result<InputLine<'_>, BadLine> {
    let bad = |en: String, zh: String| BadLine {
        number: line.number,
        en,
        zh,
    };
    let object: Object<'_> = serde_json::from_str(line.text).map_err(|error| {
        let byte = error.column();
        bad(
            format!("not a JSON object with `id` and `text`, at byte {byte} of the line"),
            format!("该行第 {byte} 字节处不是含 `id` 和 `text` 的 JSON 对象"),
        )
    })?;
    let text = match (object.text, &object.record) {
        (Some(text), _) => text,
        (None, Some(_)) => Cow::Borrowed(""),
        (None, None) => {
            let [en, zh] = ["field `text` is missing", "缺少字段 `text`"];
            return Err(bad(en.to_owned(), zh.to_owned()));
        }
    };
    Ok(InputLine {
        id: object.id,
        record: object.record,
        text,
        line,
    })
}

/// What the text is called where something is said about it.
struct Name(String);

impl Name {
    fn of(&self, lang: Lang) -> &str {
        match (lang, self.0.as_str()) {
            (Lang::Zh, "standard input") => "标准输入",
            (_, name) => name,
        }
    }
}

/// Nothing behind this can be read.
fn stopped(name: &Name, error: &FormatError) -> Problem {
    let line = match error.line {
        0 => String::new(),
        line => format!(":{line}"),
    };
    let [en, zh] = [Lang::En, Lang::Zh].map(|lang| words::format_problem(lang, &error.problem));
    let exit = crate::problem::format_exit(&error.problem);
    Problem::own(
        exit,
        format!("{}{line}: {en}", name.of(Lang::En)),
        format!("{}{line}：{zh}", name.of(Lang::Zh)),
    )
}

impl BadLine {
    fn of(error: &FormatError) -> Self {
        Self {
            number: error.line,
            en: words::format_problem(Lang::En, &error.problem),
            zh: words::format_problem(Lang::Zh, &error.problem),
        }
    }

    /// What is wrong with it.
    pub(super) fn words(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }

    fn stops(&self, name: &Name, output: Output) -> Problem {
        let (line, en, zh) = (self.number, &self.en, &self.zh);
        let (so_en, so_zh) = match output {
            Output::Answer => ("", ""),
            Output::Lines => ("; what was written ends before it", "；输出到此行之前为止"),
        };
        Problem::own(
            Exit::Usage,
            format!(
                "{}:{line}: {en}{so_en}; correct or remove the line, or pass over such lines with --keep-going",
                name.of(Lang::En)
            ),
            format!(
                "{}:{line}：{zh}{so_zh}；请更正或删去该行，或用 --keep-going 跳过这样的行",
                name.of(Lang::Zh)
            ),
        )
    }

    fn tell(&self, app: &App, name: &Name) {
        let (lang, line) = (app.lang, self.number);
        let (name, words) = (name.of(lang), self.words(lang));
        app.complain_of_line(
            line,
            &say!(lang, "{name}:{line}: {words}", "{name}:{line}：{words}"),
        );
    }
}

impl Passed {
    /// How the program ends with it.
    pub(super) fn exit(&self) -> Exit {
        if self.bad == 0 {
            Exit::Done
        } else {
            Exit::Partial
        }
    }

    fn tell(&self, app: &App, name: &Name, output: Output) {
        let (lang, name) = (app.lang, name.of(app.lang));
        let Self { lines, bad, .. } = *self;
        if lines == 0 {
            app.note(&say!(
                lang,
                "{name} is empty: there was no line to look at",
                "{name}为空：没有可检查的行"
            ));
        }
        if bad > 0 {
            let words = match output {
                Output::Answer => say!(
                    lang,
                    "lines of {name} that could not be read, and were not looked at: {bad} of {lines}",
                    "{name}中无法读取、未经检查的行：共 {lines} 行中的 {bad} 行"
                ),
                Output::Lines => say!(
                    lang,
                    "lines of {name} that could not be read, and are NOT in the output: {bad} of {lines}",
                    "{name}中无法读取、未写入输出的行：共 {lines} 行中的 {bad} 行"
                ),
            };
            app.note(&words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wuhen_formats::Source;

    fn text_of(json: &'static str) -> Option<String> {
        let mut lines = JsonLines::new(Source::from_reader("x", json.as_bytes()).ok()?);
        let line = lines.next_text()?.ok()?;
        object(line).ok().map(|line| line.text.into_owned())
    }

    #[test]
    fn a_json_line_needs_a_text_unless_it_is_another_record() {
        assert_eq!(
            text_of(r#"{"id":7,"text":"a\u0062"}"#),
            Some("ab".to_owned())
        );
        assert!(text_of(r#"{"type":"guest","id":"g1","name":"x"}"#).is_some());
        assert!(text_of(r#"{"id":7}"#).is_none());
        assert!(text_of("[1]").is_none());
    }
}
