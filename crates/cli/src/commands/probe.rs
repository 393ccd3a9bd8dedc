//! `wuhen probe`: the raw bytes of every file, searched for words that must not be there.

use serde_json::json;
use wuhen_service::probe::{NEEDLES_MAX, Report, probe};

use crate::answer::{Answer, Text};
use crate::app::App;
use crate::args::Probe;
use crate::exit::Exit;
use crate::files::read_text;
use crate::problem::Problem;
use crate::wiring;
use crate::words::{self, Lang, say};

/// A file of needles: as many as are allowed, of some hundred bytes each.
const NEEDLES_BYTES_MAX: u64 = NEEDLES_MAX as u64 * 1_024;

pub(super) fn run(app: &App, args: &Probe) -> Result<Answer, Problem> {
    let text = read_text(&args.needles, NEEDLES_BYTES_MAX)?;
    // A finding names the line, so the lines are counted before the empty ones are left out.
    let (lines, needles): (Vec<usize>, Vec<String>) = (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| (at, line.to_owned()))
        .unzip();
    if needles.is_empty() {
        let path = args.needles.display();
        return Err(Problem::own(
            Exit::Usage,
            format!("{path} holds no text to look for; put one on each line"),
            format!("{path} 中没有要查找的内容；请每行写一条"),
        ));
    }
    let closed = wiring::open_without_keys(app)?;
    let mut folders = vec![app.store.clone()];
    folders.extend(closed.keys.iter().cloned());
    folders.extend(closed.repositories(&app.store)?);
    let report = probe(&folders, &needles)?;
    Ok(answer(app.lang, &report, &lines))
}

fn answer(lang: Lang, report: &Report, lines: &[usize]) -> Answer {
    let (files, needles, size, found) = (
        report.files,
        report.needles,
        words::bytes(report.bytes),
        report.found.len(),
    );
    let mut text = Text::of(say!(
        lang,
        "{files} files ({size}) were searched for {needles} texts, as UTF-8, UTF-16, base64 and hexadecimal.",
        "已在 {files} 个文件（{size}）中查找 {needles} 条文本，包括 UTF-8、UTF-16、base64 和十六进制写法。"
    ));
    if found == 0 {
        text.line(lang.pick("None of them was found.", "均未找到。"));
    } else {
        text.line(say!(lang, "FOUND, {found} times:", "在 {found} 处找到："));
    }
    for finding in &report.found {
        let (file, line) = (finding.file.display(), lines[finding.needle - 1]);
        let (encoding, offset) = (finding.encoding, finding.offset);
        text.line(say!(
            lang,
            "  {file}, byte {offset}: line {line}, as {encoding}",
            "  {file}，第 {offset} 字节：第 {line} 行，{encoding}"
        ));
    }
    let json = json!({
        "clean": found == 0, "files": files, "bytes": report.bytes, "needles": needles,
        "found": report.found.iter().map(|finding| json!({
            "file": finding.file, "needle": lines[finding.needle - 1],
            "encoding": finding.encoding, "offset": finding.offset,
        })).collect::<Vec<_>>(),
    });
    let exit = if found == 0 { Exit::Done } else { Exit::Failed };
    Answer {
        exit,
        text,
        json: Some(json),
    }
}
