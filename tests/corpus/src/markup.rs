//! Labels inside a text, for people: `同行⟦PERSON_NAME|成龙飞⟧`.

use anyhow::{Context as _, Result, bail, ensure};

use crate::line::{Label, Line};

const OPEN: char = '⟦';
const BAR: char = '|';
const CLOSE: char = '⟧';

/// Reads a file of lines `ID<tab>TEXT`; `\n` in a text is a line break.
///
/// # Errors
/// A label has no end, an unknown kind, or an id stands twice.
pub fn read(text: &str) -> Result<Vec<Line>> {
    let mut lines: Vec<Line> = Vec::new();
    for row in text.lines().filter(|row| !row.is_empty()) {
        let (id, marked) = row.split_once('\t').context("a line without a tab")?;
        ensure!(
            lines.iter().all(|line| line.id != id),
            "{id} stands there twice"
        );
        lines.push(parse(id, marked).with_context(|| id.to_owned())?);
    }
    Ok(lines)
}

fn parse(id: &str, marked: &str) -> Result<Line> {
    let marked = marked.replace("\\n", "\n");
    let mut line = Line {
        id: id.to_owned(),
        ..Line::default()
    };
    let mut rest = marked.as_str();
    while let Some((before, label)) = rest.split_once(OPEN) {
        line.text += before;
        let (label, behind) = label.split_once(CLOSE).context("a label without its end")?;
        let (kind, words) = label.split_once(BAR).context("a label without its kind")?;
        let Ok(kind) = kind.parse() else {
            bail!("there is no kind {kind:?}");
        };
        let start = line.text.len();
        line.text += words;
        line.findings.push(Label {
            start,
            end: line.text.len(),
            kind,
            traits: Vec::new(),
        });
        rest = behind;
    }
    line.text += rest;
    ensure!(
        !line.text.contains([OPEN, CLOSE]),
        "a label's end without its beginning"
    );
    line.check()?;
    Ok(line)
}

#[cfg(test)]
mod tests {
    use wuhen_detect::Kind;

    use super::*;

    #[test]
    fn labels_point_at_their_words() {
        let line = &read("a\t入住人⟦PERSON_NAME|王先生⟧\\n⟦MOBILE|1⟧好\n").unwrap()[0];
        assert_eq!(line.text, "入住人王先生\n1好");
        let found: Vec<_> = (line.findings.iter())
            .map(|label| (label.kind, &line.text[label.start..label.end]))
            .collect();
        assert_eq!(found, [(Kind::PersonName, "王先生"), (Kind::Mobile, "1")]);
    }

    #[test]
    fn slips_of_the_hand_are_refused() {
        for slip in [
            "a\t⟦MOBILE|1",
            "a\t⟦MOBIL|1⟧",
            "a\t⟦1⟧",
            "a\t1⟧",
            "a\t⟦MOBILE|⟧",
            "a\tb\na\tc",
        ] {
            assert!(read(slip).is_err(), "{slip}");
        }
    }
}
