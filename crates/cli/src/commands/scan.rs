//! `wuhen scan` over a text: spans in colour for people, one JSON object a line for machines. Reads and writes line by line.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, ErrorKind, IsTerminal as _, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use wuhen_detect::{Finding, Kind, char_offsets};
use wuhen_formats::JsonLines;

use super::scan_store;
use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::{Scan, TextFormat, TextInput};
use crate::exit::Exit;
use crate::problem::Problem;
use crate::words::{plain, say};

/// Bytes written at once.
const OUTPUT_BYTES: usize = 256 * 1024;

pub(crate) fn run(app: &App, args: &Scan) -> Result<Answer, Problem> {
    // A store that is named, or a terminal at which nobody would type a text.
    if args.input.file.is_none() && (app.store_given || io::stdin().is_terminal()) {
        return scan_store::run(app, args);
    }
    let mut counts = BTreeMap::new();
    let marked = io::stdout().is_terminal()
        && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let detector = args.input.detector();
    let mut lines = detector.lines();
    let mut findings = Vec::new();
    let done = each_line(&args.input, |line, out| {
        match args.input.format() {
            TextFormat::Text => lines.scan(&line.text, &mut findings),
            TextFormat::Jsonl => detector.scan(&line.text, &mut findings),
        }
        if app.json {
            return match args.input.format() {
                TextFormat::Jsonl => write_object(out, line.id, &line.text, &findings),
                TextFormat::Text if findings.is_empty() => Ok(()),
                TextFormat::Text => write_numbered(out, line.number, &line.text, &findings),
            };
        }
        for finding in &findings {
            *counts.entry(finding.kind).or_insert(0_u64) += 1;
        }
        if findings.is_empty() {
            return Ok(());
        }
        let (number, shown) = (line.number, mark(&line.text, &findings, marked));
        match line.id {
            Some(id) => writeln!(out, "{id}  {shown}"),
            None => writeln!(out, "{number}  {shown}"),
        }
    })?;
    if app.json || !done {
        return Ok(Answer::nothing());
    }
    Ok(Answer {
        exit: Exit::Done,
        text: summary(app, &counts),
        json: None,
    })
}

/// A line as it is scanned.
pub(super) struct InputLine<'l> {
    pub(super) number: u64,
    /// The JSON of its id.
    pub(super) id: Option<&'l RawValue>,
    /// What it is in the interchange format, if anything.
    pub(super) record: Option<Cow<'l, str>>,
    pub(super) text: Cow<'l, str>,
    /// The whole line.
    pub(super) line: &'l str,
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

/// Calls `each` for every line, with standard output. Answers `false` where whoever reads has seen enough.
pub(super) fn each_line(
    input: &TextInput,
    mut each: impl FnMut(InputLine<'_>, &mut dyn Write) -> io::Result<()>,
) -> Result<bool, Problem> {
    let path = input.file.as_deref().unwrap_or(Path::new("-"));
    let mut lines = JsonLines::open(path)?;
    let mut out = BufWriter::with_capacity(OUTPUT_BYTES, io::stdout().lock());
    let written = loop {
        let Some(line) = lines.next_text() else {
            break out.flush();
        };
        let line = match line {
            Ok(line) => line,
            Err(error) => {
                // What was found before it has been found.
                out.flush().ok();
                return Err(error.into());
            }
        };
        let parsed = match input.format() {
            TextFormat::Text => InputLine {
                number: line.number,
                id: None,
                record: None,
                text: Cow::Borrowed(line.text),
                line: line.text,
            },
            TextFormat::Jsonl if line.text.trim_ascii().is_empty() => continue,
            TextFormat::Jsonl => match object(line.text, line.number) {
                Ok(parsed) => parsed,
                Err(words) => {
                    out.flush().ok();
                    return Err(located(path, line.number, &words));
                }
            },
        };
        if let Err(error) = each(parsed, &mut out) {
            break Err(error);
        }
    };
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {
            // The rest of the buffer has nobody to go to.
            let _ = out.into_parts();
            Ok(false)
        }
        Err(error) => Err(Problem::Output(error)),
    }
}

fn object(line: &str, number: u64) -> Result<InputLine<'_>, [String; 2]> {
    let object: Object<'_> = serde_json::from_str(line).map_err(|error| {
        let byte = error.column();
        [
            format!("not a JSON object with `id` and `text`, at byte {byte} of the line"),
            format!("该行第 {byte} 字节处不是含 `id` 和 `text` 的 JSON 对象"),
        ]
    })?;
    let text = match (object.text, &object.record) {
        (Some(text), _) => text,
        (None, Some(_)) => Cow::Borrowed(""),
        (None, None) => {
            return Err([
                "field `text` is missing".to_owned(),
                "缺少字段 `text`".to_owned(),
            ]);
        }
    };
    Ok(InputLine {
        number,
        id: object.id,
        record: object.record,
        text,
        line,
    })
}

fn located(path: &Path, line: u64, [en, zh]: &[String; 2]) -> Problem {
    let path = path.display();
    Problem::own(
        Exit::Usage,
        format!("{path}:{line}: {en}"),
        format!("{path}:{line}：{zh}"),
    )
}

/// The form of one finding in JSON: bytes and characters from the start of the text, both ends counted from 0, the second excluded.
#[derive(Serialize)]
struct Found {
    start: usize,
    end: usize,
    char_start: usize,
    char_end: usize,
    kind: &'static str,
    score: f64,
    evidence: Evidence,
}

struct Evidence(wuhen_detect::EvidenceSet);

impl Serialize for Evidence {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(wuhen_detect::Evidence::as_str))
    }
}

fn write_object(
    out: &mut dyn Write,
    id: Option<&RawValue>,
    text: &str,
    findings: &[Finding],
) -> io::Result<()> {
    let id = id.map_or("null", RawValue::get);
    write!(out, "{{\"id\":{id},\"findings\":")?;
    write_findings(out, text, findings)
}

fn write_numbered(
    out: &mut dyn Write,
    line: u64,
    text: &str,
    findings: &[Finding],
) -> io::Result<()> {
    write!(out, "{{\"line\":{line},\"findings\":")?;
    write_findings(out, text, findings)
}

fn write_findings(out: &mut dyn Write, text: &str, findings: &[Finding]) -> io::Result<()> {
    out.write_all(b"[")?;
    for (place, (finding, offsets)) in findings
        .iter()
        .zip(char_offsets(text, findings))
        .enumerate()
    {
        if place > 0 {
            out.write_all(b",")?;
        }
        let found = Found {
            start: finding.start,
            end: finding.end,
            char_start: offsets.char_start,
            char_end: offsets.char_end,
            kind: finding.kind.as_str(),
            score: finding.score(),
            evidence: Evidence(finding.evidence),
        };
        serde_json::to_writer(&mut *out, &found)?;
    }
    out.write_all(b"]}\n")
}

/// The line with its spans in colour and their kinds behind them; with brackets where there is no colour.
fn mark(text: &str, findings: &[Finding], coloured: bool) -> String {
    let mut marked = String::new();
    let mut at = 0;
    for finding in findings {
        marked.push_str(&plain(&text[at..finding.start]));
        let (found, kind) = (plain(&text[finding.range()]), finding.kind);
        let (before, between, after) = if coloured {
            let colour = colour(kind);
            (
                format!("\u{1b}[1;{colour}m"),
                format!("\u{1b}[0;{colour}m "),
                "\u{1b}[0m",
            )
        } else {
            ("[".to_owned(), " ".to_owned(), "]")
        };
        for part in [&before, &found, &between, kind.as_str(), after] {
            marked.push_str(part);
        }
        at = finding.end;
    }
    marked.push_str(&plain(&text[at..]));
    marked
}

/// Red for what pays or opens an account, magenta for what proves an identity, yellow for how to reach somebody, cyan for the rest.
fn colour(kind: Kind) -> u8 {
    match kind {
        Kind::BankCard
        | Kind::CardSecurityCode
        | Kind::Iban
        | Kind::Secret
        | Kind::VerificationCode => 31,
        Kind::ResidentId
        | Kind::PermanentResidentId
        | Kind::Passport
        | Kind::TravelPermit
        | Kind::Hkid
        | Kind::TaiwanId
        | Kind::MacauId => 35,
        Kind::Mobile | Kind::Landline | Kind::Phone | Kind::Email | Kind::WechatId | Kind::QqId => {
            33
        }
        _ => 36,
    }
}

fn summary(app: &App, counts: &BTreeMap<Kind, u64>) -> Text {
    let total: u64 = counts.values().sum();
    let mut text = Text::of(say!(
        app.lang,
        "Personal data found: {total}",
        "找到 {total} 处个人信息。"
    ));
    for (kind, count) in counts {
        text.line(format!("  {kind}  {count}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use wuhen_detect::{Detector, Settings};

    #[test]
    fn spans_are_marked_with_their_kind() {
        let text = "电话15400000173。";
        let mut findings = Vec::new();
        Detector::new(Settings::all()).scan(text, &mut findings);
        assert_eq!(mark(text, &findings, false), "电话[15400000173 MOBILE]。");
        assert!(mark(text, &findings, true).contains("\u{1b}[1;33m15400000173"));
    }

    #[test]
    fn a_json_line_needs_a_text_unless_it_is_another_record() {
        assert_eq!(
            object(r#"{"id":7,"text":"a\u0062"}"#, 1)
                .ok()
                .map(|line| line.text.into_owned()),
            Some("ab".to_owned())
        );
        assert!(object(r#"{"type":"guest","id":"g1","name":"x"}"#, 1).is_ok());
        assert!(object(r#"{"id":7}"#, 1).is_err());
        assert!(object("[1]", 1).is_err());
    }
}
