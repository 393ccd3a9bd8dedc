//! The generated corpus: every kind in every form, beside Han and not, alone and several together, and lines that only look so.

mod carriers;
mod decoys;

use wuhen_detect::Kind;

use crate::dice::Dice;
use crate::forms::Form;
use crate::line::{Label, Line};
use crate::values::{self, Language};

/// Of a hundred lines, those without anything personal.
const DECOYS_PERCENT: usize = 40;
/// Of a hundred others, those with several items side by side.
const SEVERAL_PERCENT: usize = 30;
/// Of a hundred whose kind can be, those in which digits run into each other.
const GLUED_PERCENT: usize = 12;
/// Kinds that people type one behind the other without anything between.
const GLUED: [Kind; 3] = [Kind::Mobile, Kind::ResidentId, Kind::BankCard];

/// What stands directly beside a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sides {
    Left,
    Right,
    Both,
    Neither,
}

impl Sides {
    const ALL: [Self; 4] = [Self::Left, Self::Right, Self::Both, Self::Neither];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Left => "han-left",
            Self::Right => "han-right",
            Self::Both => "han-both",
            Self::Neither => "han-none",
        }
    }
}

/// One cell of the table that a corpus covers.
#[derive(Clone, Copy)]
struct Cell {
    kind: Kind,
    form: Form,
    language: Language,
    sides: Sides,
}

/// So many lines from a seed: the same for the same seed. Every cell comes before any comes twice.
///
/// # Panics
/// Never: the table of cells is not empty.
#[must_use]
pub fn generate(seed: u64, lines: usize) -> Vec<Line> {
    let mut dice = Dice::new(seed);
    let mut cells = cells();
    let mut waiting: Vec<Cell> = Vec::new();
    let mut out = Vec::with_capacity(lines);
    for number in 0..lines {
        let mut line = if dice.percent(DECOYS_PERCENT) {
            decoys::line(&mut dice)
        } else {
            if waiting.is_empty() {
                dice.shuffle(&mut cells);
                waiting.clone_from(&cells);
            }
            let cell = waiting.pop().expect("it was just filled");
            personal(cell, &mut dice)
        };
        line.id = format!("g-{number:06}");
        out.push(line);
    }
    out
}

/// The whole table but for what [`crate::forms::LEFT_OUT`] names.
fn cells() -> Vec<Cell> {
    let mut cells = Vec::new();
    for &kind in Kind::ALL {
        for &form in Form::natural(kind) {
            for sides in Sides::ALL {
                cells.push(Cell {
                    kind,
                    form,
                    language: Language::Chinese,
                    sides,
                });
            }
            if !form.is_chinese() {
                let (language, sides) = (Language::English, Sides::Neither);
                cells.push(Cell {
                    kind,
                    form,
                    language,
                    sides,
                });
            }
        }
    }
    cells
}

fn personal(cell: Cell, dice: &mut Dice) -> Line {
    let is_digits = cell.form == Form::Plain && GLUED.contains(&cell.kind);
    if is_digits && dice.percent(GLUED_PERCENT) {
        return glued(cell, dice);
    }
    let others = if dice.percent(SEVERAL_PERCENT) {
        dice.between(1, 3)
    } else {
        0
    };
    let run = if others == 0 { "alone" } else { "several" };
    let mut line = Line::default();
    let parting = *dice.pick(carriers::PARTINGS);
    for _ in 0..others {
        let other = *dice.pick(carriers::COMPANIONS);
        if other == cell.kind {
            continue;
        }
        // What stands beside a companion is no choice of the cell's, so its traits say only that it is one.
        line.text += carriers::word(other, cell.language, dice);
        push(
            &mut line,
            Cell {
                kind: other,
                form: Form::Plain,
                ..cell
            },
            &["companion"],
            dice,
        );
        line.text += parting;
    }
    line.text += &carriers::lead(
        cell.kind,
        cell.language,
        matches!(cell.sides, Sides::Left | Sides::Both),
        dice,
    );
    push(
        &mut line,
        cell,
        &[cell.form.as_str(), cell.sides.as_str(), run],
        dice,
    );
    let is_han = matches!(cell.sides, Sides::Right | Sides::Both);
    line.text += carriers::tail(cell.kind, cell.language, is_han, dice);
    line
}

/// Two or three numbers without anything between them.
fn glued(cell: Cell, dice: &mut Dice) -> Line {
    let mut line = Line::default();
    let mut kinds = GLUED;
    dice.shuffle(&mut kinds);
    line.text += &carriers::lead(Kind::PersonName, cell.language, false, dice);
    push(
        &mut line,
        Cell {
            kind: Kind::PersonName,
            ..cell
        },
        &["companion"],
        dice,
    );
    if cell.language == Language::English || dice.percent(50) {
        line.text.push(' ');
    }
    let count = dice.between(2, 3);
    for kind in kinds.into_iter().take(count) {
        push(&mut line, Cell { kind, ..cell }, &["plain", "glued"], dice);
        // Old numbers of 15 digits run into others so that nobody could tell: they are made until they are of 18.
        while kind == Kind::ResidentId
            && line
                .findings
                .last()
                .is_some_and(|last| last.end - last.start == 15)
        {
            let last = line.findings.pop().expect("it was just looked at");
            line.text.truncate(last.start);
            push(&mut line, Cell { kind, ..cell }, &["plain", "glued"], dice);
        }
    }
    line
}

/// Writes a new value and labels it.
fn push(line: &mut Line, cell: Cell, traits: &[&str], dice: &mut Dice) {
    let value = values::make(cell.kind, cell.language, dice);
    let start = line.text.len();
    line.text += &cell.form.write(&value);
    line.findings.push(Label {
        start,
        end: line.text.len(),
        kind: cell.kind,
        traits: traits.iter().map(|&one| one.to_owned()).collect(),
    });
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::line;

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_another_gives_others() {
        let first = line::to_jsonl(&generate(11, 300));
        assert_eq!(first, line::to_jsonl(&generate(11, 300)));
        assert_ne!(first, line::to_jsonl(&generate(12, 300)));
    }

    #[test]
    fn labels_point_at_what_they_say() {
        let lines = generate(5, 4_000);
        let bytes = line::to_jsonl(&lines);
        assert_eq!(line::read(bytes.as_bytes()).unwrap(), lines);
        for line in &lines {
            assert_eq!(line.is_clean(), line.decoy.is_some(), "{}", line.text);
            for label in &line.findings {
                let words = &line.text[label.start..label.end];
                assert_eq!(words.trim(), words);
                let digits = words.chars().filter(char::is_ascii_digit).count();
                match label.kind {
                    Kind::Email => assert!(words.contains(['@', '＠']), "{words}"),
                    Kind::Mobile if label.traits[0] == "hyphens" => {
                        assert_eq!(digits, 11, "{words}");
                    }
                    Kind::ResidentId if label.traits[0] == "plain" => {
                        assert!(
                            words.len() == 15 || values::is_resident_id(words),
                            "{words}"
                        );
                    }
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn what_stands_beside_a_value_is_what_its_label_says() {
        let is_han = |c: Option<char>| c.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for line in generate(6, 4_000) {
            for label in &line.findings {
                let left = is_han(line.text[..label.start].chars().next_back());
                let right = is_han(line.text[label.end..].chars().next());
                let said = |name: &str| label.traits.iter().any(|one| one == name);
                if label
                    .traits
                    .iter()
                    .any(|one| one.starts_with("han-") && one != "han-digits")
                {
                    assert_eq!(left, said("han-left") || said("han-both"), "{}", line.text);
                    assert_eq!(
                        right,
                        said("han-right") || said("han-both"),
                        "{}",
                        line.text
                    );
                }
            }
        }
    }

    #[test]
    fn every_cell_of_the_table_is_covered() {
        let mut seen = BTreeSet::new();
        for line in generate(1, 3_000) {
            for label in line.findings {
                seen.insert((label.kind, label.traits));
            }
        }
        for cell in cells() {
            let covered = ["alone", "several"].iter().any(|run| {
                let traits = [cell.form.as_str(), cell.sides.as_str(), *run].map(str::to_owned);
                seen.contains(&(cell.kind, traits.to_vec()))
            });
            let is_glued = GLUED.contains(&cell.kind) && cell.form == Form::Plain;
            assert!(covered || is_glued, "{} {:?}", cell.kind, cell.form);
        }
    }
}
