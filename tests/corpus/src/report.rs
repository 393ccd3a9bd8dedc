//! A score as a table for people and as JSON for machines.

use std::fmt::Write as _;

use serde_json::{Value, json};
use wuhen_detect::Kind;

use crate::forms::Form;
use crate::score::{Rates, Score, Tally, share};

/// Traits in the order of the tables.
const SIDES: [&str; 8] = [
    "han-left",
    "han-right",
    "han-both",
    "han-none",
    "alone",
    "several",
    "companion",
    "glued",
];

/// The whole score as a table.
#[must_use]
pub fn table(title: &str, score: &Score) -> String {
    let mut out = String::new();
    line(&mut out, format_args!("{title}"));
    line(
        &mut out,
        format_args!(
            "{:<22}{:>9}{:>7}{:>8}{:>10}{:>7}   {:>8}{:>10}{:>7}",
            "kind", "labelled", "found", "recall", "precision", "F1", "recall", "precision", "F1"
        ),
    );
    for (kind, tally) in &score.kinds {
        row(&mut out, kind.as_str(), tally);
    }
    row(&mut out, "all", &score.total());
    line(
        &mut out,
        format_args!("(left: at least half of both spans; right: spans to the byte)"),
    );
    let flagged = score.flagged_share().unwrap_or(0.0) * 100.0;
    line(
        &mut out,
        format_args!(
            "clean lines flagged: {} of {} ({flagged:.2} %)",
            score.flagged, score.clean
        ),
    );
    for (kind, (count, ids)) in &score.flags {
        line(
            &mut out,
            format_args!("    {kind}: {count} lines, such as {}", ids.join(" ")),
        );
    }
    for (decoy, (flagged, all)) in score.decoys.iter().filter(|(_, (flagged, _))| *flagged > 0) {
        line(
            &mut out,
            format_args!("    looks like {decoy}: {flagged} of {all} flagged"),
        );
    }
    out
}

/// Recall by form, by what stands beside and by how many stand together: empty where labels have no traits.
#[must_use]
pub fn traits_table(score: &Score) -> String {
    let mut out = String::new();
    let total = score.total();
    if total.traits.is_empty() {
        return out;
    }
    traits_rows(&mut out, score, &total, &Form::ALL.map(Form::as_str));
    traits_rows(&mut out, score, &total, &SIDES);
    out
}

fn traits_rows(out: &mut String, score: &Score, total: &Tally, names: &[&str]) {
    let mut head = format!("{:<22}", "recall of");
    for name in names {
        write!(head, "{name:>11}").expect("a string takes everything");
    }
    line(out, format_args!("{head}"));
    for (kind, tally) in &score.kinds {
        traits_row(out, kind.as_str(), tally, names);
    }
    traits_row(out, "all", total, names);
}

fn traits_row(out: &mut String, name: &str, tally: &Tally, names: &[&str]) {
    let mut text = format!("{name:<22}");
    for name in names {
        let (met, all) = tally.traits.get(*name).copied().unwrap_or_default();
        match share(met, all) {
            Some(share) => write!(text, "{share:>11.3}"),
            None => write!(text, "{:>11}", "-"),
        }
        .expect("a string takes everything");
    }
    line(out, format_args!("{text}"));
}

/// The ids of lines in which something was missed or invented.
#[must_use]
pub fn misses(score: &Score) -> String {
    let mut out = String::new();
    for (kind, tally) in &score.kinds {
        if !tally.missed.is_empty() {
            line(
                &mut out,
                format_args!("missed {kind}: {}", tally.missed.join(" ")),
            );
        }
        if !tally.invented.is_empty() {
            line(
                &mut out,
                format_args!("invented {kind}: {}", tally.invented.join(" ")),
            );
        }
    }
    out
}

/// The whole score as JSON.
#[must_use]
pub fn to_json(score: &Score) -> Value {
    let kinds: serde_json::Map<String, Value> = (score.kinds.iter())
        .map(|(kind, tally)| (kind.as_str().to_owned(), tally_json(tally)))
        .collect();
    let flags: serde_json::Map<String, Value> = (score.flags.iter())
        .map(|(kind, (count, ids))| {
            (
                kind.as_str().to_owned(),
                json!({"lines": count, "ids": ids}),
            )
        })
        .collect();
    let decoys: serde_json::Map<String, Value> = (score.decoys.iter())
        .map(|(name, (flagged, all))| (name.clone(), json!({"flagged": flagged, "lines": all})))
        .collect();
    json!({
        "kinds": kinds,
        "all": tally_json(&score.total()),
        "clean": {"lines": score.clean, "flagged": score.flagged, "share": score.flagged_share(), "by_kind": flags, "by_decoy": decoys},
    })
}

fn tally_json(tally: &Tally) -> Value {
    let traits: serde_json::Map<String, Value> = (tally.traits.iter())
        .map(|(name, (met, all))| {
            let value = json!({"labelled": all, "recall": share(*met, *all)});
            (name.clone(), value)
        })
        .collect();
    json!({
        "labelled": tally.labelled,
        "found": tally.found,
        "half": rates_json(tally.rates()),
        "exact": rates_json(tally.exact_rates()),
        "traits": traits,
        "missed": tally.missed,
        "invented": tally.invented,
    })
}

fn rates_json(rates: Rates) -> Value {
    json!({"recall": rates.recall, "precision": rates.precision, "f1": rates.f1})
}

fn row(out: &mut String, name: &str, tally: &Tally) {
    let half = tally.rates();
    let exact = tally.exact_rates();
    line(
        out,
        format_args!(
            "{name:<22}{:>9}{:>7}{:>8.3}{:>10.3}{:>7.3}   {:>8.3}{:>10.3}{:>7.3}",
            tally.labelled,
            tally.found,
            half.recall,
            half.precision,
            half.f1,
            exact.recall,
            exact.precision,
            exact.f1
        ),
    );
}

fn line(out: &mut String, words: std::fmt::Arguments<'_>) {
    writeln!(out, "{words}").expect("a string takes everything");
}

/// One line: recall, precision and F1 of a kind, for a table of several detectors.
#[must_use]
pub fn brief(score: &Score, kind: Kind) -> Option<String> {
    let tally = score.kinds.get(&kind)?;
    let Rates {
        recall,
        precision,
        f1,
    } = tally.rates();
    Some(format!("{recall:.3}/{precision:.3}/{f1:.3}"))
}

#[cfg(test)]
mod tests {
    use wuhen_detect::KindSet;

    use super::*;
    use crate::generate::generate;

    #[test]
    fn a_blind_detector_reads_so_in_both_shapes() {
        let score = Score::of(&generate(2, 400), KindSet::ALL, |_| Vec::new());
        let text = table("generated", &score);
        let row = text.lines().find(|row| row.starts_with("MOBILE")).unwrap();
        assert!(row.contains("0.000"), "{row}");
        assert!(text.contains("clean lines flagged: 0 of "), "{text}");
        assert!(traits_table(&score).contains("han-digits"));
        assert!(misses(&score).contains("missed MOBILE: g-0"));
        let json = to_json(&score);
        assert_eq!(json["kinds"]["MOBILE"]["half"]["recall"], 0.0);
        assert_eq!(json["clean"]["flagged"], 0);
    }
}
