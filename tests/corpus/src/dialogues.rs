//! Real dialogues that are not ours, where they lie beside the project: their messages, their phones, their clean lines.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::Value;
use wuhen_detect::Kind;

use crate::line::{Label, Line};

/// The files of dialogues, Chinese and English.
pub const FILES: [&str; 2] = ["zh-hotel-dev.jsonl", "en-hotel-dev.jsonl"];
/// Where the dialogue acts of the Chinese file name a phone.
const PHONES: &str = "zh-hotel-dev.phones.jsonl";
/// Digits that may be a phone, however they are parted: a line with so many is not known to be clean.
const DIGITS_MAX: usize = 6;
/// References in the English file have so many characters, and sometimes a word runs into them.
const REFERENCE_CHARS: usize = 8;

/// The folder of the data; `None` where it is missing.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    folder.is_dir().then_some(folder)
}

/// Says loudly that something was left out because the data is missing.
#[expect(clippy::print_stderr, reason = "a skipped measurement must be seen")]
pub fn say_skipped(what: &str) {
    eprintln!("SKIPPED: {what}: ../shared/data is missing");
}

/// The texts of all messages of both files.
///
/// # Errors
/// A file cannot be read.
pub fn texts(folder: &Path) -> Result<[Vec<String>; 2]> {
    let read = |name: &str| -> Result<Vec<String>> {
        let messages = messages(&folder.join(name))?;
        Ok(messages.into_iter().map(|(_, text)| text).collect())
    };
    Ok([read(FILES[0])?, read(FILES[1])?])
}

/// Ids and texts of a file's messages: interchange lines, posts of Mattermost, a list of Discord's, or the lines of a text.
///
/// # Errors
/// It cannot be read.
pub fn messages(path: &Path) -> Result<Vec<(String, String)>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let has_end = |end: &str| path.extension().is_some_and(|one| one == end);
    let words = |value: &Value| value.as_str().map(str::to_owned);
    let mut out = Vec::new();
    if has_end("json") {
        let whole: Value = serde_json::from_str(&text)?;
        for message in whole["messages"].as_array().into_iter().flatten() {
            out.extend(words(&message["id"]).zip(words(&message["content"])));
        }
        return Ok(out);
    }
    for (number, row) in text.lines().enumerate() {
        let place = format!("line:{}", number + 1);
        if !has_end("jsonl") {
            out.push((place, row.to_owned()));
            continue;
        }
        let value: Value = serde_json::from_str(row)?;
        if value["type"] == "message" {
            out.extend(words(&value["id"]).zip(words(&value["text"])));
        } else if let Some(post) = words(&value["post"]["message"]) {
            out.push((place, post));
        }
    }
    Ok(out)
}

/// The messages in which the acts name phones, each phone a label. Numbers that the acts name in one breath are labelled one by one;
/// public ones (400, 800) are left out.
///
/// # Errors
/// A file cannot be read, or a phone is not where the acts say.
pub fn with_phones(folder: &Path) -> Result<Vec<Line>> {
    let phones = phones(folder)?;
    let mut lines = Vec::new();
    for (id, text) in messages(&folder.join(FILES[0]))? {
        let Some(spans) = phones.get(&id) else {
            continue;
        };
        let mut findings = Vec::new();
        for (char_start, words) in spans {
            let start = text
                .char_indices()
                .nth(*char_start)
                .map_or(text.len(), |(at, _)| at);
            let said = text
                .get(start..start + words.len())
                .filter(|said| said == words);
            let said = said.with_context(|| format!("{id}: no phone where the acts say"))?;
            findings.extend(numbers(said).map(|(at, number)| Label {
                start: start + at,
                end: start + at + number.len(),
                kind: phone_kind(number),
                traits: Vec::new(),
            }));
        }
        findings.sort_by_key(|label| label.start);
        findings.dedup_by_key(|label| label.start);
        let line = Line {
            id,
            text,
            findings,
            decoy: None,
        };
        line.check()?;
        lines.push(line);
    }
    Ok(lines)
}

fn phones(folder: &Path) -> Result<BTreeMap<String, Vec<(usize, String)>>> {
    let text = fs::read_to_string(folder.join(PHONES)).context("cannot read the phones")?;
    let mut phones: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for row in text.lines() {
        let value: Value = serde_json::from_str(row)?;
        let place = value["char_start"]
            .as_u64()
            .context("a phone without its place")?;
        let words = value["text"]
            .as_str()
            .context("a phone without its number")?;
        let id = value["message"]
            .as_str()
            .context("a phone without its message")?;
        phones
            .entry(id.to_owned())
            .or_default()
            .push((usize::try_from(place)?, words.to_owned()));
    }
    Ok(phones)
}

/// Some houses give a mobile.
fn phone_kind(number: &str) -> Kind {
    if number.len() == 11 && number.starts_with('1') {
        Kind::Mobile
    } else {
        Kind::Landline
    }
}

/// The numbers of a list, with their places in it; no public ones.
fn numbers(list: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| !matches!(c, '、' | ',' | '，' | ';' | '；' | '/' | ' ' | '或');
    let mut at = 0;
    list.split(move |c| !is_part(c))
        .map(move |number| {
            let start = list[at..].find(number).map_or(at, |more| at + more);
            at = start + number.len();
            (start, number)
        })
        .filter(|(_, number)| number.len() >= 7)
        .filter(|(_, number)| !number.starts_with("400") && !number.starts_with("800"))
}

/// Messages that hold nothing personal: without a phone of the acts, without a run of seven digits or more, without a word that looks
/// like the references of the English file. What is left out is not called personal, only not known to be clean.
///
/// # Errors
/// A file cannot be read.
pub fn clean_lines(folder: &Path) -> Result<Vec<Line>> {
    let phones = phones(folder)?;
    let mut lines = Vec::new();
    for file in FILES {
        for (id, text) in messages(&folder.join(file))? {
            if !phones.contains_key(&id) && !is_doubtful(&text) {
                let id = format!("{file}#{id}");
                lines.push(Line {
                    id,
                    text,
                    ..Line::default()
                });
            }
        }
    }
    Ok(lines)
}

fn is_doubtful(text: &str) -> bool {
    let mut digits = 0;
    for c in text.chars() {
        match c {
            '0'..='9' => digits += 1,
            '-' | ' ' | '(' | ')' => {}
            _ => digits = 0,
        }
        if digits > DIGITS_MAX {
            return true;
        }
    }
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .any(is_like_a_reference)
}

/// Eight capitals and digits, or letters and digits mixed in a word that is longer than a postcode or a train's number.
fn is_like_a_reference(word: &str) -> bool {
    let has = |is: fn(&u8) -> bool| word.bytes().any(|c| is(&c));
    let is_mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic);
    word.len() >= REFERENCE_CHARS && (is_mixed || !has(u8::is_ascii_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_in_one_breath_are_labelled_one_by_one_and_public_ones_not() {
        let found: Vec<_> = numbers("010-69121383、4006662000、69121226").collect();
        assert_eq!(found, [(0, "010-69121383"), (28, "69121226")]);
    }

    #[test]
    fn a_line_with_a_number_or_a_reference_is_not_called_clean() {
        assert!(is_doubtful("电话是 010-6912 1383"));
        assert!(is_doubtful("reference number is : BM4DC6GO ."));
        assert!(is_doubtful("Reference : w53sqqn6 . Can I help"));
        assert!(!is_doubtful("12月5号到6号，两间 TR7676"));
    }

    #[test]
    fn the_real_dialogues_have_phones_and_clean_lines() {
        let Some(data) = folder() else {
            say_skipped("phones and clean lines of real dialogues");
            return;
        };
        let lines = with_phones(&data).unwrap();
        assert!(lines.iter().map(|line| line.findings.len()).sum::<usize>() >= 340);
        assert!(clean_lines(&data).unwrap().len() > 20_000);
    }
}
