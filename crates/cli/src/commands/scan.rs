//! `wuhen scan` over a text: spans in colour for people, one JSON object a line for machines. Reads and writes line by line.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _, Write};

use serde::Serialize;
use serde_json::json;
use serde_json::value::RawValue;
use wuhen_detect::{Finding, Kind, char_offsets};

use super::scan_store;
use super::text_lines::{Output, each_line};
use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::{Colour, Scan, TextFormat};
use crate::problem::Problem;
use crate::words::{Lang, kind_and_name, kind_words, plain, say};

pub(crate) fn run(app: &App, args: &Scan) -> Result<Answer, Problem> {
    if args.input.file.is_none() && app.store_given {
        return scan_store::run(app, args);
    }
    let mut counts = Counts::default();
    let coloured = is_coloured(args.colour);
    let detector = args.input.detector();
    let mut lines = detector.lines();
    let mut findings = Vec::new();
    let passed = each_line(app, &args.input, Output::Answer, |line, out| {
        let line = match line {
            Ok(line) => line,
            Err(bad) if app.json => {
                let answer = json!({ "line": bad.number, "error": bad.words(app.lang) });
                return writeln!(out, "{answer}");
            }
            // It was told already.
            Err(_) => return Ok(()),
        };
        match args.input.format() {
            TextFormat::Text => lines.scan(&line.text, &mut findings),
            TextFormat::Jsonl => detector.scan(&line.text, &mut findings),
        }
        let number = line.line.number;
        if app.json {
            return match args.input.format() {
                TextFormat::Jsonl => write_object(out, line.id, &line.text, &findings),
                TextFormat::Text if findings.is_empty() => Ok(()),
                TextFormat::Text => write_numbered(out, number, &line.text, &findings),
            };
        }
        counts.add(&findings);
        if findings.is_empty() {
            return Ok(());
        }
        let shown = mark(app.lang, &line.text, &findings, coloured);
        match line.id {
            Some(id) => writeln!(out, "{}  {shown}", plain(id.get())),
            None => writeln!(out, "{number}  {shown}"),
        }
    })?;
    let text = if app.json || !passed.is_read {
        Text::default()
    } else {
        counts.words(app.lang, passed.lines)
    };
    Ok(Answer {
        exit: passed.exit(),
        text,
        json: None,
    })
}

/// Whether spans are shown in colour. What the command line says goes before what the surroundings say.
fn is_coloured(colour: Colour) -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => {
            let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
            io::stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb
        }
    }
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
fn mark(lang: Lang, text: &str, findings: &[Finding], coloured: bool) -> String {
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
        for part in [&before, &found, &between, kind_words(lang, kind), after] {
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

/// What was found, for the last lines of the answer.
#[derive(Default)]
struct Counts {
    kinds: BTreeMap<Kind, u64>,
    lines: u64,
}

impl Counts {
    fn add(&mut self, findings: &[Finding]) {
        self.lines += u64::from(!findings.is_empty());
        for finding in findings {
            *self.kinds.entry(finding.kind).or_default() += 1;
        }
    }

    /// `lines`: how many there are.
    fn words(&self, lang: Lang, lines: u64) -> Text {
        let (total, with) = (self.kinds.values().sum::<u64>(), self.lines);
        let mut text = Text::of(say!(
            lang,
            "Personal data found: {total}, in {with} of {lines} lines.",
            "找到 {total} 处个人信息，在 {lines} 行中的 {with} 行。"
        ));
        for (kind, count) in &self.kinds {
            text.line(format!("  {}  {count}", kind_and_name(lang, *kind)));
        }
        text
    }
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
        let mark = |lang, coloured| mark(lang, text, &findings, coloured);
        assert_eq!(mark(Lang::En, false), "电话[15400000173 MOBILE]。");
        assert_eq!(mark(Lang::Zh, false), "电话[15400000173 手机号]。");
        assert_eq!(
            mark(Lang::En, true),
            "电话\u{1b}[1;33m15400000173\u{1b}[0;33m MOBILE\u{1b}[0m。"
        );
    }
}
