//! Redaction: personal data is cut out of stored messages for good. What was there is erased as [`crate::erase`] erases, in
//! one rotation with a certificate; a new version of the message, with a new item key, takes its place in the transaction.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use wuhen_detect::{Detector, Finding, Kind, KindSet, Settings, Style};
use wuhen_keytree::context::{ItemKind, NodeId};
use wuhen_ledger::body::{Redaction, RedactionStyle, Role, ScopeKind, SpanCount, SpanKind};
use wuhen_store::ConversationRow;

use crate::Service;
use crate::erase::{Asked, Outcome, check_reason};
use crate::error::ServiceError;
use crate::read::{MessageView, message_view, sort_by_time};
use crate::select::{Attachments, Consequence, PAGE_ROWS, Selection};

/// What a span that a person marked is called on the certificate, and in its place under [`Style::Label`] (in brackets).
pub const MARKED: &str = "REDACTED";

/// Whose messages are looked through.
#[derive(Clone, PartialEq, Eq)]
pub enum RedactScope {
    /// All of this store.
    All,
    /// All of a guest.
    Guest(String),
    /// All of whole conversations.
    Conversations(Vec<String>),
    /// Single messages.
    Messages(Vec<String>),
    /// One message, from which exactly these spans go, whatever they are: bytes of its text as it is now (UTF-8).
    Spans(String, Vec<Range<usize>>),
}

impl RedactScope {
    fn kind(&self) -> ScopeKind {
        match self {
            Self::All => ScopeKind::All,
            Self::Guest(_) => ScopeKind::Guest,
            Self::Conversations(_) => ScopeKind::Conversations,
            Self::Messages(_) | Self::Spans(..) => ScopeKind::Messages,
        }
    }
}

/// What is asked for, by whom, why.
pub struct RedactRequest {
    /// Where.
    pub scope: RedactScope,
    /// What is looked for; without effect on spans that are named.
    pub kinds: KindSet,
    /// What stands in its place.
    pub style: Style,
    /// Why, in the words of whoever asks. Sealed; it stands on the certificate.
    pub reason: String,
    /// Who asks.
    pub by_role: Role,
}

/// What a redaction would do, before anything happens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RedactionPreview {
    /// Conversations with a message that would change.
    pub conversations: u64,
    /// Messages that would change.
    pub messages: u64,
    /// Messages of the scope in which there is nothing to redact.
    pub unchanged: u64,
    /// What would go, by kind.
    pub spans: Vec<SpanCount>,
    /// Bytes of the rows that would be erased: versions before, and sketches over them.
    pub bytes: u64,
    /// Snapshot repositories that it will reach.
    pub repositories: u64,
    /// What a person should know: [`Consequence::NoSnapshot`].
    pub consequences: Vec<Consequence>,
}

/// What became of a redaction.
pub struct RedactOutcome {
    /// As of an erasure; its counts are those of the versions before.
    pub outcome: Outcome,
    /// Conversations with a message that changed.
    pub conversations: u64,
    /// Messages of the scope in which there was nothing to redact.
    pub unchanged: u64,
    /// What went, by kind.
    pub spans: Vec<SpanCount>,
}

/// What is cut out of which message: in memory only, from the selection to the transaction.
#[derive(Default)]
pub(crate) struct Cuts {
    style: Style,
    by_message: BTreeMap<(NodeId, u32), Spans>,
}

/// Spans of one text, in order, none overlapping.
enum Spans {
    Found(Vec<Finding>),
    Marked(Vec<Range<usize>>),
}

impl Cuts {
    /// An erasure cuts nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.by_message.is_empty()
    }

    /// The new text of a message; none of one that is not to be redacted.
    pub(crate) fn apply(&self, node: NodeId, item: u32, text: &str) -> Option<String> {
        let spans = self.by_message.get(&(node, item))?;
        Some(spans.cut(text, self.style))
    }

    fn messages_of(&self, node: NodeId) -> BTreeSet<u32> {
        let within = self.by_message.range((node, 0)..=(node, u32::MAX));
        within.map(|((_, item), _)| *item).collect()
    }

    /// Spans by the name of their kind.
    fn counted(&self) -> Vec<SpanCount> {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for spans in self.by_message.values() {
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
            Self::Found(findings) => wuhen_detect::redact(text, findings, style).into_owned(),
            Self::Marked(ranges) => cut_marked(text, ranges, style),
        }
    }
}

/// What was selected.
struct Chosen {
    selection: Selection,
    cuts: Cuts,
    unchanged: u64,
}

impl Service {
    /// What a redaction would do. Nothing happens.
    ///
    /// # Errors
    /// [`ServiceError::NothingMatches`] where there is nothing to redact; a span is none of the message's text; or the store
    /// cannot be read.
    pub fn preview_redaction(
        &self,
        request: &RedactRequest,
    ) -> Result<RedactionPreview, ServiceError> {
        let chosen = self.reading(|| self.choose(request))?;
        let repositories = self.store.repositories(self.tenant)?.len() as u64;
        let counts = chosen.selection.counts;
        Ok(RedactionPreview {
            conversations: chosen.conversations(),
            messages: counts.messages,
            unchanged: chosen.unchanged,
            spans: chosen.cuts.counted(),
            bytes: counts.row_bytes,
            repositories,
            consequences: (repositories == 0)
                .then_some(Consequence::NoSnapshot)
                .into_iter()
                .collect(),
        })
    }

    /// Redacts at once. The versions before cannot be read again, from whatever copy.
    ///
    /// # Errors
    /// As [`Service::preview_redaction`] and [`Service::erase`].
    pub fn redact(&self, request: &RedactRequest) -> Result<RedactOutcome, ServiceError> {
        check_reason(&request.reason)?;
        self.refuse_while_pending()?;
        let chosen = self.reading(|| self.choose(request))?;
        let (conversations, unchanged) = (chosen.conversations(), chosen.unchanged);
        let spans = chosen.cuts.counted();
        let asked = Asked {
            selection: chosen.selection,
            scope: request.scope.kind(),
            redaction: Some(Redaction {
                style: style_on_record(request.style),
                spans: spans.clone(),
            }),
            unchanged,
            reason: &request.reason,
            by_role: request.by_role,
        };
        Ok(RedactOutcome {
            outcome: self.carry_out(asked, &chosen.cuts)?,
            conversations,
            unchanged,
            spans,
        })
    }

    fn choose(&self, request: &RedactRequest) -> Result<Chosen, ServiceError> {
        let mut chosen = Chosen {
            selection: Selection::default(),
            cuts: Cuts {
                style: request.style,
                by_message: BTreeMap::new(),
            },
            unchanged: 0,
        };
        if let RedactScope::Spans(id, spans) = &request.scope {
            let (node, item) = self.find_message(id)?;
            self.mark(&mut chosen, (node, item), spans)?;
        } else {
            let detector = Detector::new(Settings {
                kinds: request.kinds,
                own_numbers: Vec::new(),
            });
            for (node, wanted) in self.reach(&request.scope)? {
                self.find_in(&mut chosen, &detector, node, wanted.as_ref())?;
            }
        }
        if chosen.cuts.is_empty() {
            return Err(ServiceError::NothingMatches);
        }
        let selection = &mut chosen.selection;
        let measured = self
            .store
            .measure(self.tenant, &[], &selection.punctures())?;
        selection.counts = measured.into();
        // The new versions bear the source ids.
        selection.counts.suppressed = 0;
        Ok(chosen)
    }

    /// Conversations to look through, each with the messages that are meant; without any, all of its messages are.
    fn reach(
        &self,
        scope: &RedactScope,
    ) -> Result<BTreeMap<NodeId, Option<BTreeSet<u32>>>, ServiceError> {
        let mut reach = BTreeMap::new();
        let mut whole = |row: &ConversationRow| reach.insert(row.node, None);
        match scope {
            RedactScope::All => {
                let mut after = None;
                loop {
                    let page = self.store.conversations(self.tenant, after, PAGE_ROWS)?;
                    let Some(last) = page.last() else { break };
                    after = Some(last.node);
                    for row in page.iter().filter(|row| row.open) {
                        whole(row);
                    }
                }
            }
            RedactScope::Guest(id) => {
                let guest = self.find_guest(id)?;
                for row in &self.store.conversations_of(self.tenant, guest.node)? {
                    whole(row);
                }
            }
            RedactScope::Conversations(ids) => {
                for id in ids {
                    whole(&self.find_conversation(id)?);
                }
            }
            RedactScope::Messages(ids) => {
                for (node, item) in self.find_messages(ids)? {
                    let wanted = reach.entry(node).or_insert_with(|| Some(BTreeSet::new()));
                    wanted.get_or_insert_default().insert(item);
                }
            }
            RedactScope::Spans(..) => {}
        }
        Ok(reach)
    }

    /// Scans a conversation in the order of time: what one message asks for helps to read the next.
    fn find_in(
        &self,
        chosen: &mut Chosen,
        detector: &Detector,
        node: NodeId,
        wanted: Option<&BTreeSet<u32>>,
    ) -> Result<(), ServiceError> {
        let mut owner = self.open_owner(node)?;
        let mut item_at = BTreeMap::new();
        let mut messages: Vec<MessageView> = Vec::new();
        for row in self.store.items(self.tenant, node)? {
            if row.kind == ItemKind::Message {
                let view = message_view(&row, &owner.open(&row)?)?;
                item_at.insert(view.item, row.item);
                messages.push(view);
            }
        }
        sort_by_time(&mut messages);
        let mut asked = KindSet::NONE;
        let mut findings = Vec::new();
        for message in messages {
            asked = detector.scan_in(&message.text, asked, &mut findings);
            let item = item_at[&message.item];
            if wanted.is_some_and(|wanted| !wanted.contains(&item)) {
                continue;
            }
            let spans = Spans::Found(findings.clone());
            if findings.is_empty() || spans.cut(&message.text, chosen.cuts.style) == message.text {
                chosen.unchanged += 1;
            } else {
                chosen.cuts.by_message.insert((node, item), spans);
            }
        }
        self.puncture_cut(chosen, node)
    }

    /// Takes spans that a person marked in one message.
    fn mark(
        &self,
        chosen: &mut Chosen,
        (node, item): (NodeId, u32),
        spans: &[Range<usize>],
    ) -> Result<(), ServiceError> {
        let row = self
            .store
            .item(self.tenant, node, item)?
            .ok_or_else(|| crate::open::damaged("a message is gone"))?;
        let text = message_view(&row, &self.open_owner(node)?.open(&row)?)?.text;
        let ranges = ordered(&text, spans)?;
        let spans = Spans::Marked(ranges);
        if spans.cut(&text, chosen.cuts.style) != text {
            chosen.cuts.by_message.insert((node, item), spans);
        }
        self.puncture_cut(chosen, node)
    }

    fn puncture_cut(&self, chosen: &mut Chosen, node: NodeId) -> Result<(), ServiceError> {
        let messages = chosen.cuts.messages_of(node);
        if messages.is_empty() {
            return Ok(());
        }
        self.puncture(&mut chosen.selection, node, &messages, Attachments::Stay)
    }
}

impl Chosen {
    fn conversations(&self) -> u64 {
        self.selection.punctures.len() as u64
    }
}

/// Spans of a text in order; those that overlap or touch become one.
fn ordered(text: &str, spans: &[Range<usize>]) -> Result<Vec<Range<usize>>, ServiceError> {
    let mut spans = spans.to_vec();
    spans.sort_by_key(|span| (span.start, span.end));
    let mut ordered: Vec<Range<usize>> = Vec::with_capacity(spans.len());
    for span in spans {
        if span.is_empty() || text.get(span.clone()).is_none() {
            return Err(ServiceError::Refused(format!(
                "{}..{} is no span of the message's text: give byte offsets in UTF-8, from the first byte to behind the last, \
                 both between characters, within its {} bytes",
                span.start,
                span.end,
                text.len()
            )));
        }
        match ordered.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => ordered.push(span),
        }
    }
    Ok(ordered)
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

fn style_on_record(style: Style) -> RedactionStyle {
    match style {
        Style::Mask => RedactionStyle::Mask,
        Style::Label => RedactionStyle::Label,
        Style::Remove => RedactionStyle::Remove,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_spans_are_covered_whole_named_or_gone() {
        let text = "卡号 6222 abc 尾";
        let spans = ordered(text, &[7..11, 12..15, 9..12]).unwrap();
        assert_eq!((spans.len(), &spans[0]), (1, &(7..15)));
        assert_eq!(cut_marked(text, &spans, Style::Mask), "卡号 ******** 尾");
        assert_eq!(cut_marked(text, &spans, Style::Label), "卡号 [REDACTED] 尾");
        assert_eq!(cut_marked(text, &spans, Style::Remove), "卡号  尾");
    }

    #[test]
    fn what_is_no_span_of_the_text_is_refused() {
        for (start, end) in [(1, 3), (0, 4), (3, 3), (4, 3), (0, 99), (99, 100)] {
            let refused = ordered("卡号", std::slice::from_ref(&(start..end)));
            assert!(
                matches!(refused, Err(ServiceError::Refused(_))),
                "{start}..{end}"
            );
        }
        let whole = ordered("卡号", std::slice::from_ref(&(0..6)));
        assert!(whole.is_ok());
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
