//! `cargo xtask corpus`: writes labelled lines, and says how well the detector reads them. The work is done in tests/corpus.

use std::fs::{self, File};
use std::io::BufReader;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use wuhen_corpus::line::{self, Line, Span};
use wuhen_corpus::score::Score;
use wuhen_corpus::{dialogues, generate, labelled, report};
use wuhen_detect::{Detector, KindSet, Settings};

use crate::shell::Workspace;

const LABELS: &str = "bench/labelled/chat.jsonl";

/// What to do, read from the arguments.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Job {
    /// Write so many lines from a seed, to a file or to standard output.
    Generate {
        seed: u64,
        lines: usize,
        out: Option<String>,
    },
    /// Score the detector on a file, or on everything labelled by hand where there is no file.
    Score {
        file: Option<String>,
        json: bool,
        misses: bool,
    },
    /// Write `chat.jsonl` from `chat.txt`, or say whether it is fresh.
    Labels { check: bool },
}

impl Job {
    pub(crate) fn parse(words: &[String]) -> Result<Self> {
        let Some((first, rest)) = words.split_first() else {
            bail!("corpus needs generate, score or labels");
        };
        let given = Given(rest.iter());
        match first.as_str() {
            "generate" => given.generate(),
            "score" => given.score(),
            "labels" => given.labels(),
            other => bail!("corpus knows generate, score and labels, not {other:?}"),
        }
    }
}

struct Given<'a>(std::slice::Iter<'a, String>);

impl Given<'_> {
    fn value(&mut self, of: &str) -> Result<String> {
        (self.0.next().cloned()).with_context(|| format!("{of} needs a value"))
    }

    fn generate(mut self) -> Result<Job> {
        let mut seed = None;
        let mut lines = None;
        let mut out = None;
        while let Some(flag) = self.0.next() {
            let value = self.value(flag)?;
            match flag.as_str() {
                "--seed" => seed = Some(value.parse().context("--seed is a number")?),
                "--lines" => lines = Some(value.parse().context("--lines is a number")?),
                "--out" => out = Some(value),
                other => {
                    bail!("unknown argument {other:?}; known: --seed N, --lines N, --out FILE")
                }
            }
        }
        Ok(Job::Generate {
            seed: seed.context("--seed N is missing")?,
            lines: lines.context("--lines N is missing")?,
            out,
        })
    }

    fn score(self) -> Result<Job> {
        let mut file = None;
        let mut labelled = false;
        let [mut json, mut misses] = [false; 2];
        for word in self.0 {
            match word.as_str() {
                "--labelled" => labelled = true,
                "--json" => json = true,
                "--misses" => misses = true,
                flag if flag.starts_with("--") => {
                    bail!("unknown argument {flag:?}; known: FILE or --labelled, --json, --misses");
                }
                name => file = Some(name.to_owned()),
            }
        }
        if file.is_some() == labelled {
            bail!("score needs a FILE or --labelled");
        }
        Ok(Job::Score { file, json, misses })
    }

    fn labels(self) -> Result<Job> {
        let words: Vec<&str> = self.0.map(String::as_str).collect();
        match words[..] {
            [] => Ok(Job::Labels { check: false }),
            ["--check"] => Ok(Job::Labels { check: true }),
            _ => bail!("labels knows --check and nothing else"),
        }
    }
}

pub(crate) fn run(workspace: &Workspace, job: Job) -> Result<()> {
    match job {
        Job::Generate { seed, lines, out } => {
            let text = line::to_jsonl(&generate::generate(seed, lines));
            let Some(file) = out else {
                print!("{text}");
                return Ok(());
            };
            fs::write(&file, text).with_context(|| format!("cannot write {file}"))
        }
        Job::Score { file, json, misses } => {
            let scores = match file {
                Some(file) => vec![(file.clone(), score(&read(&file)?))],
                None => labelled_scores()?,
            };
            print_scores(&scores, json, misses);
            Ok(())
        }
        Job::Labels { check } => labels(workspace, check),
    }
}

fn read(file: &str) -> Result<Vec<Line>> {
    let opened = File::open(file).with_context(|| format!("cannot read {file}"))?;
    line::read(BufReader::new(opened)).with_context(|| file.to_owned())
}

/// Everything labelled by hand, ours and what is labelled beside the project.
fn labelled_scores() -> Result<Vec<(String, Score)>> {
    let mut scores = vec![(
        "chat lines written for this project".to_owned(),
        score(&labelled::chat()?),
    )];
    for language in ["zh", "en"] {
        let mut lines = labelled::chat()?;
        lines.retain(|line| line.id.starts_with(language));
        scores.push((format!("of those, {language}"), score(&lines)));
    }
    let Some(data) = dialogues::folder() else {
        dialogues::say_skipped(
            "scores on messages that are not ours, on their phones and on their clean lines",
        );
        return Ok(scores);
    };
    let mut add = |title: &str, lines: &[Line]| scores.push((title.to_owned(), score(lines)));
    add(
        "messages that are not ours, labelled by hand",
        &labelled::shared(&data)?,
    );
    add(
        "messages with phones of the dialogue acts",
        &dialogues::with_phones(&data)?,
    );
    add(
        "messages of the dialogues without anything personal",
        &dialogues::clean_lines(&data)?,
    );
    Ok(scores)
}

fn score(lines: &[Line]) -> Score {
    let detector = Detector::new(Settings::all());
    let mut findings = Vec::new();
    Score::of(lines, KindSet::ALL, |line| {
        detector.scan(&line.text, &mut findings);
        findings
            .iter()
            .map(|finding| Span {
                start: finding.start,
                end: finding.end,
                kind: finding.kind,
            })
            .collect()
    })
}

fn print_scores(scores: &[(String, Score)], json: bool, misses: bool) {
    if json {
        let all: Vec<Value> = scores
            .iter()
            .map(|(title, score)| json!({"lines": title, "score": report::to_json(score)}))
            .collect();
        println!("{:#}", Value::from(all));
        return;
    }
    for (title, score) in scores {
        println!("{}", report::table(title, score));
        let traits = report::traits_table(score);
        if !traits.is_empty() {
            println!("{traits}");
        }
        if misses {
            println!("{}", report::misses(score));
        }
    }
}

fn labels(workspace: &Workspace, check: bool) -> Result<()> {
    let file = workspace.root.join(LABELS);
    let text = labelled::chat_from_markup()?;
    if fs::read_to_string(&file).is_ok_and(|kept| kept == text) {
        println!("{LABELS} is fresh");
    } else if check {
        bail!("{LABELS} is stale; run cargo xtask corpus labels and commit the result");
    } else {
        fs::write(&file, text).with_context(|| format!("cannot write {LABELS}"))?;
        println!("wrote {LABELS}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &str) -> Result<Job> {
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        Job::parse(&words)
    }

    #[test]
    fn jobs_are_read_and_slips_refused() {
        let job = Job::Generate {
            seed: 7,
            lines: 10,
            out: Some("a".to_owned()),
        };
        assert_eq!(parse("generate --lines 10 --seed 7 --out a").unwrap(), job);
        assert!(parse("score --labelled --json").is_ok());
        assert!(parse("score a --misses").is_ok());
        assert!(parse("labels --check").is_ok());
        for slip in [
            "",
            "scor",
            "generate --seed 7",
            "generate --seed x --lines 1",
            "generate --seed",
            "score",
            "score a --labelled",
            "score --labeled",
            "labels a",
        ] {
            assert!(parse(slip).is_err(), "{slip}");
        }
    }
}
