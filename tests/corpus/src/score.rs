//! Figures of a detector: what it found of what is there, and what it flagged that is not.

use std::collections::BTreeMap;

use wuhen_detect::{Kind, KindSet};

use crate::line::{Line, Span};

/// Lines of which a kind's misses and false findings are remembered by id.
const SAMPLES_MAX: usize = 20;

/// What was counted for one kind.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Labels.
    pub labelled: u32,
    /// Findings.
    pub found: u32,
    /// Labels that a finding meets: the same kind, and at least half of each in common.
    pub hit: u32,
    /// Labels that a finding meets to the byte.
    pub exact: u32,
    /// Labels met, of those that have a trait: `(met, labelled)`.
    pub traits: BTreeMap<String, (u32, u32)>,
    /// Ids of the first lines in which one was missed.
    pub missed: Vec<String>,
    /// Ids of the first lines in which one was found that is not there.
    pub invented: Vec<String>,
}

/// Recall, precision and their harmonic mean.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Rates {
    /// Of what is there, the share that was found; 1 where nothing is there.
    pub recall: f64,
    /// Of what was found, the share that is there; 1 where nothing was found.
    pub precision: f64,
    /// `2 * recall * precision / (recall + precision)`.
    pub f1: f64,
}

impl Tally {
    /// By halves of spans.
    #[must_use]
    pub fn rates(&self) -> Rates {
        rates(self.hit, self.labelled, self.found)
    }

    /// By whole spans.
    #[must_use]
    pub fn exact_rates(&self) -> Rates {
        rates(self.exact, self.labelled, self.found)
    }
}

fn rates(hit: u32, labelled: u32, found: u32) -> Rates {
    let recall = share(hit, labelled).unwrap_or(1.0);
    let precision = share(hit, found).unwrap_or(1.0);
    let sum = recall + precision;
    let f1 = if sum > 0.0 {
        2.0 * recall * precision / sum
    } else {
        0.0
    };
    Rates {
        recall,
        precision,
        f1,
    }
}

/// A part of a whole; `None` where there is no whole.
#[must_use]
pub fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

/// All that was counted.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// For each kind that was labelled or found.
    pub kinds: BTreeMap<Kind, Tally>,
    /// Lines without labels.
    pub clean: u32,
    /// Of those, the ones with findings.
    pub flagged: u32,
    /// Flagged clean lines by what was found: how many, and the first ids.
    pub flags: BTreeMap<Kind, (u32, Vec<String>)>,
    /// Flagged clean lines by what they look like: `(flagged, all)`.
    pub decoys: BTreeMap<String, (u32, u32)>,
}

impl Score {
    /// Lets a detector read all lines. Only kinds of `judged` count, on both sides: a peer is not blamed for what it does not know.
    pub fn of(lines: &[Line], judged: KindSet, mut detect: impl FnMut(&Line) -> Vec<Span>) -> Self {
        let mut score = Self::default();
        for line in lines {
            let mut found = detect(line);
            found.retain(|span| judged.contains(span.kind));
            score.take(line, judged, &found);
        }
        score
    }

    /// Counts one line.
    fn take(&mut self, line: &Line, judged: KindSet, found: &[Span]) {
        if line.is_clean() {
            self.take_clean(line, found);
        }
        let mut is_used = vec![false; found.len()];
        for label in &line.findings {
            if !judged.contains(label.kind) {
                continue;
            }
            let place = (found.iter().enumerate())
                .position(|(place, span)| !is_used[place] && meets(label.span(), *span));
            let tally = self.kinds.entry(label.kind).or_default();
            tally.labelled += 1;
            for name in &label.traits {
                let (met, all) = tally.traits.entry(name.clone()).or_default();
                *met += u32::from(place.is_some());
                *all += 1;
            }
            match place {
                Some(place) => {
                    is_used[place] = true;
                    tally.hit += 1;
                    tally.exact += u32::from(found[place] == label.span());
                }
                None => remember(&mut tally.missed, &line.id),
            }
        }
        for (span, is_used) in found.iter().zip(is_used) {
            let tally = self.kinds.entry(span.kind).or_default();
            tally.found += 1;
            if !is_used {
                remember(&mut tally.invented, &line.id);
            }
        }
    }

    fn take_clean(&mut self, line: &Line, found: &[Span]) {
        self.clean += 1;
        self.flagged += u32::from(!found.is_empty());
        let kinds: KindSet = found.iter().map(|span| span.kind).collect();
        for kind in kinds.iter() {
            let (count, ids) = self.flags.entry(kind).or_default();
            *count += 1;
            remember(ids, &line.id);
        }
        if let Some(decoy) = &line.decoy {
            let (flagged, all) = self.decoys.entry(decoy.clone()).or_default();
            *flagged += u32::from(!found.is_empty());
            *all += 1;
        }
    }

    /// Of the clean lines, the share with findings; `None` where no line is clean.
    #[must_use]
    pub fn flagged_share(&self) -> Option<f64> {
        share(self.flagged, self.clean)
    }

    /// All kinds together.
    #[must_use]
    pub fn total(&self) -> Tally {
        let mut total = Tally::default();
        for tally in self.kinds.values() {
            total.labelled += tally.labelled;
            total.found += tally.found;
            total.hit += tally.hit;
            total.exact += tally.exact;
            for (name, (met, all)) in &tally.traits {
                let sums = total.traits.entry(name.clone()).or_default();
                sums.0 += met;
                sums.1 += all;
            }
        }
        total
    }
}

fn remember(ids: &mut Vec<String>, id: &str) {
    if ids.len() < SAMPLES_MAX {
        ids.push(id.to_owned());
    }
}

/// Whether a finding is the labelled thing: the same kind, and what both share is at least half of each.
fn meets(label: Span, found: Span) -> bool {
    let start = label.start.max(found.start);
    let end = label.end.min(found.end);
    let common = end.saturating_sub(start);
    let is_half = |span: Span| common * 2 >= span.end - span.start;
    label.kind == found.kind && common > 0 && is_half(label) && is_half(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::generate;
    use crate::line::Label;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn a_perfect_detector_has_one_everywhere() {
        let lines = generate(3, 2_000);
        let score = Score::of(&lines, KindSet::ALL, |line| {
            line.findings.iter().map(Label::span).collect()
        });
        assert_eq!(score.kinds.len(), Kind::ALL.len());
        for (kind, tally) in &score.kinds {
            let rates = tally.exact_rates();
            assert!(near(rates.f1, 1.0) && tally.labelled > 0, "{kind}");
            assert!(tally.traits.values().all(|(met, all)| met == all));
        }
        assert_eq!((score.flagged, score.clean > 0), (0, true));
    }

    #[test]
    fn a_blind_detector_has_no_recall_and_flags_nothing() {
        let score = Score::of(&generate(3, 500), KindSet::ALL, |_| Vec::new());
        let total = score.total();
        assert!(near(total.rates().recall, 0.0) && near(total.rates().f1, 0.0));
        assert!(
            score
                .kinds
                .values()
                .all(|tally| tally.found == 0 && !tally.missed.is_empty())
        );
        assert!(score.flagged_share().is_some_and(|share| near(share, 0.0)));
    }

    fn line(spans: &[(usize, usize, Kind)]) -> Line {
        let label = |&(start, end, kind): &(usize, usize, Kind)| Label {
            start,
            end,
            kind,
            traits: vec!["plain".to_owned()],
        };
        Line {
            id: "a".to_owned(),
            text: "x".repeat(40),
            findings: spans.iter().map(label).collect(),
            decoy: None,
        }
    }

    #[test]
    fn a_broken_detector_has_the_figures_that_are_reckoned_by_hand() {
        // Of four mobiles: one exactly, one by half, one by less, one as another kind; and one more where nothing is.
        let truth = line(&[
            (0, 4, Kind::Mobile),
            (6, 10, Kind::Mobile),
            (12, 20, Kind::Mobile),
            (22, 26, Kind::Mobile),
        ]);
        let found = [
            (0, 4, Kind::Mobile),
            (8, 10, Kind::Mobile),
            (17, 20, Kind::Mobile),
            (22, 26, Kind::Landline),
            (30, 34, Kind::Mobile),
        ];
        let spans = || {
            found
                .map(|(start, end, kind)| Span { start, end, kind })
                .to_vec()
        };
        let clean = Line {
            decoy: Some("price".to_owned()),
            ..line(&[])
        };
        let score = Score::of(
            &[truth.clone(), clean.clone(), line(&[])],
            KindSet::ALL,
            |line| {
                if line.decoy.is_some() || !line.is_clean() {
                    spans()
                } else {
                    Vec::new()
                }
            },
        );
        let mobile = &score.kinds[&Kind::Mobile];
        assert_eq!(
            (mobile.labelled, mobile.found, mobile.hit, mobile.exact),
            (4, 8, 2, 1)
        );
        assert!(near(mobile.rates().recall, 0.5) && near(mobile.rates().precision, 0.25));
        assert!(near(mobile.rates().f1, 1.0 / 3.0));
        assert_eq!(mobile.traits["plain"], (2, 4));
        let landline = &score.kinds[&Kind::Landline];
        assert!(near(landline.rates().recall, 1.0) && near(landline.rates().precision, 0.0));
        assert_eq!((score.clean, score.flagged), (2, 1));
        assert_eq!(score.decoys["price"], (1, 1));
        assert_eq!(score.flags[&Kind::Mobile].0, 1);
        // Who does not know landlines is not judged by them.
        let judged = KindSet::only(Kind::Mobile);
        let score = Score::of(&[truth], judged, |_| spans());
        assert!(!score.kinds.contains_key(&Kind::Landline));
    }

    #[test]
    fn one_finding_meets_one_label() {
        let truth = line(&[(0, 4, Kind::Mobile), (4, 8, Kind::Mobile)]);
        let whole = Span {
            start: 0,
            end: 8,
            kind: Kind::Mobile,
        };
        let score = Score::of(&[truth], KindSet::ALL, |_| vec![whole]);
        assert_eq!(score.kinds[&Kind::Mobile].hit, 1);
    }
}
