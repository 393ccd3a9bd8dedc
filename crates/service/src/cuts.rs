//! What a redaction cuts out of which message, and how the text reads then. In memory only, from the selection to the rotation's
//! transaction: no row tells what was cut.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use wuhen_detect::{
    CUT_KINDS, Category, Detector, Finding, Kind, KindSet, Style, classify, cut, redact,
};
use wuhen_keytree::context::NodeId;
use wuhen_ledger::body::{SpanCount, SpanKind};

use crate::questions::{OpenQuestions, kinds_of};
use crate::read::MessageView;
use crate::spots::{self, InMessage};

/// What a span that a person marked is called on the certificate, and in its place under [`Style::Label`] (in brackets).
pub const MARKED: &str = "REDACTED";

/// Passes over one text, at most: what one takes away can bring out what was hidden beside it.
const PASSES_MAX: usize = 16;

/// All cuts of one redaction. An erasure has none.
#[derive(Default)]
pub(crate) struct Cuts {
    style: Style,
    kinds: KindSet,
    by_message: BTreeMap<(NodeId, u32), MessageCuts>,
    /// Other records that get a new version: profiles, conversations' own records, attachments; with what is cut out of each.
    beside: BTreeMap<(NodeId, u32), Vec<Kind>>,
    /// Attachments that go as a whole, with what was found in them.
    gone: BTreeMap<(NodeId, u32), Vec<Kind>>,
}

/// What is cut out of one message, pass after pass.
struct MessageCuts {
    passes: Vec<Spans>,
    /// What was open before it.
    asked: OpenQuestions,
    /// What stands beside the text then.
    beside: InMessage,
    found_beside: Vec<Kind>,
}

/// Spans of one text, in order, none overlapping.
enum Spans {
    Found(Vec<Finding>),
    Marked(Vec<Range<usize>>),
}

/// A message as it is after a redaction, with what a scan makes of it.
pub(crate) struct Rewritten {
    pub(crate) text: String,
    pub(crate) findings: Vec<Finding>,
    pub(crate) asked: OpenQuestions,
    pub(crate) category: Category,
    /// What changes beside it.
    pub(crate) beside: InMessage,
}

impl Cuts {
    pub(crate) fn new(style: Style, kinds: KindSet) -> Self {
        Self {
            style,
            kinds,
            ..Self::default()
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.by_message.is_empty() && self.beside.is_empty() && self.gone.is_empty()
    }

    /// What is looked for, and what takes its place.
    pub(crate) fn wanted(&self) -> (KindSet, Style) {
        (self.kinds, self.style)
    }

    /// A record that gets a new version, without what was found in it.
    pub(crate) fn cut_beside(&mut self, place: (NodeId, u32), found: Vec<Kind>) {
        self.beside.insert(place, found);
    }

    /// An attachment that goes as a whole.
    pub(crate) fn let_go(&mut self, place: (NodeId, u32), found: Vec<Kind>) {
        self.gone.insert(place, found);
    }

    /// How many attachments go as a whole.
    pub(crate) fn gone(&self) -> u64 {
        self.gone.len() as u64
    }

    /// Whether a record beside the messages gets a new version.
    pub(crate) fn is_cut_beside(&self, place: (NodeId, u32)) -> bool {
        self.beside.contains_key(&place)
    }

    /// Records of an owner beside its messages that get new versions or go.
    pub(crate) fn beside_of(&self, node: NodeId) -> BTreeSet<u32> {
        let whole = (node, 0)..=(node, u32::MAX);
        let beside = self.beside.range(whole.clone()).map(|((_, item), _)| *item);
        beside
            .chain(self.gone.range(whole).map(|((_, item), _)| *item))
            .collect()
    }

    /// Looks for these kinds in a message's text and fields until there is nothing left of them. False: there is nothing to cut.
    pub(crate) fn find(
        &mut self,
        place: (NodeId, u32),
        message: &MessageView,
        detector: &Detector,
        (kinds, asked): (KindSet, OpenQuestions),
    ) -> bool {
        let mut found_beside = Vec::new();
        let beside = spots::in_message(message, &mut |spot| {
            spot.cut(detector, (kinds, self.style), &mut found_beside)
        });
        let mut passes = Vec::new();
        let mut text = message.text.clone();
        let mut findings = Vec::new();
        for _ in 0..PASSES_MAX {
            detector.scan_in(&text, asked.kinds(), &mut findings);
            findings.retain(|found| kinds.contains(found.kind));
            let cut = redact(&text, &findings, self.style).into_owned();
            if cut == text {
                break;
            }
            text = cut;
            passes.push(Spans::Found(findings.clone()));
        }
        let cuts = MessageCuts {
            passes,
            asked,
            beside,
            found_beside,
        };
        self.add(place, cuts)
    }

    /// Takes spans that a person marked; fields stay as they are.
    pub(crate) fn mark(
        &mut self,
        place: (NodeId, u32),
        text: &str,
        spans: Vec<Range<usize>>,
        asked: OpenQuestions,
    ) {
        let spans = Spans::Marked(spans);
        let changes = spans.cut(text, self.style) != text;
        let cuts = MessageCuts {
            passes: changes.then_some(spans).into_iter().collect(),
            asked,
            beside: InMessage::default(),
            found_beside: Vec::new(),
        };
        self.add(place, cuts);
    }

    fn add(&mut self, place: (NodeId, u32), cuts: MessageCuts) -> bool {
        let changes = !cuts.passes.is_empty() || cuts.beside.changes();
        if changes {
            self.by_message.insert(place, cuts);
        }
        changes
    }

    pub(crate) fn messages_of(&self, node: NodeId) -> BTreeSet<u32> {
        let within = self.by_message.range((node, 0)..=(node, u32::MAX));
        within.map(|((_, item), _)| *item).collect()
    }

    /// A message after its redaction; none of one that is not to be redacted. `before` is what was found in it when it came: of
    /// it only what the door had cut is kept, which no scan finds again.
    pub(crate) fn rewrite(
        &self,
        place: (NodeId, u32),
        text: &str,
        before: &[Finding],
        detector: &Detector,
    ) -> Option<Rewritten> {
        let MessageCuts {
            passes,
            asked,
            beside,
            ..
        } = self.by_message.get(&place)?;
        let mut kept = before.to_vec();
        kept.retain(|found| CUT_KINDS.contains(found.kind));
        let mut text = text.to_owned();
        // What is cut out of it was the answer all the same.
        let mut answered = kinds_of(&kept);
        for spans in passes {
            if let Spans::Found(findings) = spans {
                answered = answered.union(kinds_of(findings));
            }
            spans.carry(&text, self.style, &mut kept);
            text = spans.cut(&text, self.style);
        }
        let mut findings = Vec::new();
        let asks = detector.scan_in(&text, asked.kinds(), &mut findings);
        let asked = asked.after(asks, answered.union(kinds_of(&findings)));
        let category = classify(&text, &findings);
        // As at the door: what a redaction may bring out, and may never be stored, is not.
        let text = cut(&text, &mut findings).into_owned();
        kept.retain(|old| {
            !findings
                .iter()
                .any(|new| overlap(&old.range(), &new.range()))
        });
        findings.extend(kept);
        findings.sort_by_key(|found| found.start);
        Some(Rewritten {
            text,
            findings,
            asked,
            category,
            beside: beside.clone(),
        })
    }

    /// Spans by the name of their kind.
    pub(crate) fn counted(&self) -> Vec<SpanCount> {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        let in_messages = self.by_message.values().map(|cuts| &cuts.found_beside);
        let beside = in_messages.chain(self.beside.values());
        for kind in beside.chain(self.gone.values()).flatten() {
            *counts.entry(kind.as_str()).or_default() += 1;
        }
        for spans in self.by_message.values().flat_map(|cuts| &cuts.passes) {
            match spans {
                Spans::Found(findings) => {
                    for finding in findings {
                        *counts.entry(finding.kind.as_str()).or_default() += 1;
                    }
                }
                Spans::Marked(ranges) => *counts.entry(MARKED).or_default() += ranges.len() as u64,
            }
        }
        // As kinds are listed everywhere; what a person marked comes last.
        let names = Kind::ALL.iter().map(|kind| kind.as_str()).chain([MARKED]);
        let counted = names.filter_map(|name| {
            let count = *counts.get(name)?;
            let kind = SpanKind::new(name).expect("names of kinds are upper-case words");
            Some(SpanCount { kind, count })
        });
        counted.collect()
    }
}

impl Spans {
    fn cut(&self, text: &str, style: Style) -> String {
        match self {
            Self::Found(findings) => redact(text, findings, style).into_owned(),
            Self::Marked(ranges) => cut_marked(text, ranges, style),
        }
    }

    /// Each span with the bytes that stand in its place.
    fn replaced(&self, text: &str, style: Style) -> Vec<(Range<usize>, usize)> {
        match self {
            Self::Found(findings) => {
                let one = |found: &Finding| {
                    let alone = Finding {
                        start: 0,
                        end: found.end - found.start,
                        ..*found
                    };
                    let bytes = redact(&text[found.range()], &[alone], style).len();
                    (found.range(), bytes)
                };
                findings.iter().map(one).collect()
            }
            Self::Marked(ranges) => {
                let one = |range: &Range<usize>| {
                    let whole = 0..range.len();
                    let alone = std::slice::from_ref(&whole);
                    let bytes = cut_marked(&text[range.clone()], alone, style).len();
                    (range.clone(), bytes)
                };
                ranges.iter().map(one).collect()
            }
        }
    }

    /// Findings of the text before move to where they are in the text after; those that are touched go.
    fn carry(&self, text: &str, style: Style, findings: &mut Vec<Finding>) {
        let replaced = self.replaced(text, style);
        findings.retain(|found| {
            let touched = replaced
                .iter()
                .any(|(span, _)| overlap(span, &found.range()));
            !touched
        });
        for found in findings {
            let before = replaced.iter().filter(|(span, _)| span.end <= found.start);
            let (gone, come) = before.fold((0, 0), |(gone, come), (span, bytes)| {
                (gone + span.len(), come + bytes)
            });
            found.start = found.start - gone + come;
            found.end = found.end - gone + come;
        }
    }
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

fn cut_marked(text: &str, ranges: &[Range<usize>], style: Style) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for range in ranges {
        out.push_str(&text[at..range.start]);
        match style {
            // Nobody knows what a marked span is: no part of it may stay.
            Style::Mask => out.extend(text[range.clone()].chars().map(|_| '*')),
            Style::Label => {
                out.push('[');
                out.push_str(MARKED);
                out.push(']');
            }
            Style::Remove => {}
        }
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use serde_json::Map;
    use wuhen_detect::{EvidenceSet, Settings};

    use super::*;

    const PLACE: (NodeId, u32) = (NodeId(7), 3);

    fn saying(text: &str) -> MessageView {
        MessageView {
            item: 3,
            id: "m1".to_owned(),
            role: wuhen_model::record::SenderRole::Guest,
            sender: None,
            sent_at: "2025-03-01T08:00:00Z".to_owned(),
            text: text.to_owned(),
            redacted_at: None,
            attachments: Vec::new(),
            other: Map::new(),
            sender_other: Map::new(),
            cut_beside: 0,
            findings: Vec::new(),
            category: Category::default(),
            importance: wuhen_detect::Importance::default(),
            scanned: wuhen_detect::RULES_VERSION,
            asks: OpenQuestions::NONE,
        }
    }

    #[test]
    fn marked_spans_are_covered_whole_named_or_gone() {
        let text = "卡号 6222 abc 尾";
        let spans = [7..11, 12..15];
        assert_eq!(cut_marked(text, &spans, Style::Mask), "卡号 **** *** 尾");
        assert_eq!(
            cut_marked(text, &spans, Style::Label),
            "卡号 [REDACTED] [REDACTED] 尾"
        );
        assert_eq!(cut_marked(text, &spans, Style::Remove), "卡号   尾");
    }

    #[test]
    fn what_the_door_had_cut_is_found_at_its_new_place() {
        let detector = Detector::new(Settings::all());
        let text = "卡号4111 1111 1111 1111，安全码***，电话15400000101";
        let code = text.find("***").unwrap();
        let before = [Finding {
            start: code,
            end: code + 3,
            kind: Kind::CardSecurityCode,
            score: 99,
            evidence: EvidenceSet::NONE,
        }];
        for style in [Style::Mask, Style::Label, Style::Remove] {
            let kinds = KindSet::only(Kind::BankCard);
            let mut cuts = Cuts::new(style, kinds);
            assert!(cuts.find(
                PLACE,
                &saying(text),
                &detector,
                (kinds, OpenQuestions::NONE)
            ));
            let new = cuts.rewrite(PLACE, text, &before, &detector).unwrap();
            let found: Vec<&str> = new
                .findings
                .iter()
                .map(|found| &new.text[found.range()])
                .collect();
            assert!(found.contains(&"***"), "{found:?}");
            assert!(found.contains(&"15400000101"), "{found:?}");
            assert!(!new.text.contains("1111 1111 1111"));
            assert_eq!(cuts.counted()[0].count, 1);
            let again = saying(&new.text);
            assert!(!cuts.find(
                (NodeId(8), 1),
                &again,
                &detector,
                (kinds, OpenQuestions::NONE)
            ));
        }
    }

    #[test]
    fn every_kind_has_a_name_that_a_certificate_takes() {
        for name in Kind::ALL.iter().map(|kind| kind.as_str()).chain([MARKED]) {
            assert!(SpanKind::new(name).is_some(), "{name}");
        }
        assert!(SpanKind::new("").is_none());
        assert!(SpanKind::new("15400000000").is_none());
    }
}
