//! Redaction: personal data is cut out of stored records for good: texts and further fields of messages, their attachments, the
//! records of conversations and guests. What was there is erased as [`crate::erase`] erases, in one rotation with a certificate; a
//! new version of the record, with a new item key, takes its place in the transaction.

mod beside;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use wuhen_detect::{KindSet, Style};
use wuhen_keytree::context::{ItemKind, NodeId};
use wuhen_ledger::body::{Redaction, RedactionStyle, Role, ScopeKind, SpanCount};
use wuhen_store::{ConversationRow, GuestRow, ItemRow};

use crate::Service;
use crate::cuts::Cuts;
use crate::erase::{Asked, Outcome, check_reason};
use crate::error::ServiceError;
use crate::questions::OpenQuestions;
use crate::read::{MessageView, message_view};
use crate::select::{Attachments, Consequence, PAGE_ROWS, Selection};

pub use crate::cuts::MARKED;
pub use beside::LeftOut;

/// Whose records are looked through.
#[derive(Clone, PartialEq, Eq)]
pub enum RedactScope {
    /// All of this store.
    All,
    /// A guest's profile, and all of the guest's conversations.
    Guest(String),
    /// All of whole conversations: their own records, their messages, the attachments of those.
    Conversations(Vec<String>),
    /// Single messages with their attachments.
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

/// What becomes of PDF files in which what is looked for was found: nothing can be cut out of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Documents {
    /// They stay whole; the preview and the certificate say so.
    #[default]
    Stay,
    /// They are erased, their messages stay.
    Erase,
}

/// What is asked for, by whom, why.
pub struct RedactRequest {
    /// Where.
    pub scope: RedactScope,
    /// What is looked for; without effect on spans that are named.
    pub kinds: KindSet,
    /// What stands in its place.
    pub style: Style,
    /// What becomes of PDF files.
    pub documents: Documents,
    /// Why, in the words of whoever asks. Sealed; it stands on the certificate.
    pub reason: String,
    /// Who asks.
    pub by_role: Role,
}

/// What a redaction would do, before anything happens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RedactionPreview {
    /// Conversations in which something would change.
    pub conversations: u64,
    /// Messages that would change.
    pub messages: u64,
    /// Attachments that would change or go.
    pub attachments: u64,
    /// Those among them that would go: PDF files under [`Documents::Erase`].
    pub documents_gone: u64,
    /// Guests whose profiles would change.
    pub profiles: u64,
    /// Conversations whose own records would change.
    pub records: u64,
    /// Messages of the scope in which there is nothing to redact.
    pub unchanged: u64,
    /// What would go, by kind.
    pub spans: Vec<SpanCount>,
    /// What would stay though it may hold what is looked for.
    pub left: LeftOut,
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
    /// Conversations in which something changed.
    pub conversations: u64,
    /// Attachments that went as a whole.
    pub documents_gone: u64,
    /// Messages of the scope in which there was nothing to redact.
    pub unchanged: u64,
    /// What went, by kind.
    pub spans: Vec<SpanCount>,
    /// What stayed though it may hold what was looked for.
    pub left: LeftOut,
}

/// What was selected.
struct Chosen {
    selection: Selection,
    cuts: Cuts,
    documents: Documents,
    unchanged: u64,
    profiles: u64,
    records: u64,
    left: LeftOut,
    /// Marks of attachments that go.
    marks_gone: BTreeSet<(NodeId, u32)>,
}

/// What is looked through.
#[derive(Default)]
struct Reach {
    guests: Vec<GuestRow>,
    /// Each with the messages that are meant; without any, all of its messages and its own record are.
    conversations: BTreeMap<NodeId, Option<BTreeSet<u32>>>,
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
            attachments: counts.attachments,
            documents_gone: chosen.cuts.gone(),
            profiles: chosen.profiles,
            records: chosen.records,
            unchanged: chosen.unchanged,
            spans: chosen.cuts.counted(),
            left: chosen.left,
            bytes: counts.row_bytes + counts.blob_bytes,
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
        let (left, documents_gone) = (chosen.left, chosen.cuts.gone());
        let asked = Asked {
            selection: chosen.selection,
            scope: request.scope.kind(),
            redaction: Some(Redaction {
                style: style_on_record(request.style),
                spans: spans.clone(),
            }),
            unchanged,
            left,
            reason: &request.reason,
            basis: None,
            by_role: request.by_role,
        };
        Ok(RedactOutcome {
            outcome: self.carry_out(asked, &chosen.cuts)?,
            conversations,
            documents_gone,
            unchanged,
            spans,
            left,
        })
    }

    fn choose(&self, request: &RedactRequest) -> Result<Chosen, ServiceError> {
        let mut chosen = Chosen {
            selection: Selection::default(),
            cuts: Cuts::new(request.style, request.kinds),
            documents: request.documents,
            unchanged: 0,
            profiles: 0,
            records: 0,
            left: LeftOut::default(),
            marks_gone: BTreeSet::new(),
        };
        if let RedactScope::Spans(id, spans) = &request.scope {
            let (node, item) = self.find_message(id)?;
            self.mark_spans(&mut chosen, (node, item), spans)?;
        } else {
            let reach = self.reach(&request.scope)?;
            for guest in &reach.guests {
                self.find_in_profile(&mut chosen, guest)?;
            }
            for (node, wanted) in reach.conversations {
                self.find_in(&mut chosen, request.kinds, node, wanted.as_ref())?;
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
        // Of a redaction these are the versions before: of profiles, and of conversations' own records.
        selection.counts.guests = chosen.profiles;
        selection.counts.conversations = chosen.records;
        // The new versions bear the source ids.
        selection.counts.suppressed = 0;
        Ok(chosen)
    }

    fn reach(&self, scope: &RedactScope) -> Result<Reach, ServiceError> {
        let mut reach = Reach::default();
        match scope {
            RedactScope::All => self.reach_all(&mut reach)?,
            RedactScope::Guest(id) => {
                let guest = self.find_guest(id)?;
                reach.guests.push(guest);
                for row in &self.store.conversations_of(self.tenant, guest.node)? {
                    reach.whole(row);
                }
            }
            RedactScope::Conversations(ids) => {
                for id in ids {
                    reach.whole(&self.find_conversation(id)?);
                }
            }
            RedactScope::Messages(ids) => {
                for (node, item) in self.find_messages(ids)? {
                    let wanted = reach.conversations.entry(node);
                    let wanted = wanted.or_insert_with(|| Some(BTreeSet::new()));
                    wanted.get_or_insert_default().insert(item);
                }
            }
            RedactScope::Spans(..) => {}
        }
        Ok(reach)
    }

    fn reach_all(&self, reach: &mut Reach) -> Result<(), ServiceError> {
        let mut after = None;
        loop {
            let page = self.store.guests(self.tenant, after, PAGE_ROWS)?;
            let Some(last) = page.last() else { break };
            after = Some(last.node);
            reach.guests.extend(page);
        }
        let mut after = None;
        loop {
            let page = self.store.conversations(self.tenant, after, PAGE_ROWS)?;
            let Some(last) = page.last() else { break };
            after = Some(last.node);
            for row in page.iter().filter(|row| row.open) {
                reach.whole(row);
            }
        }
        Ok(())
    }

    /// Scans a conversation in the order its messages came: what one asks for helps to read the next.
    fn find_in(
        &self,
        chosen: &mut Chosen,
        kinds: KindSet,
        node: NodeId,
        wanted: Option<&BTreeSet<u32>>,
    ) -> Result<(), ServiceError> {
        let detector = self.detector();
        let mut asked = OpenQuestions::NONE;
        // Attachments name their messages by the numbers that these had when they came.
        let mut places = BTreeSet::new();
        for (item, message) in self.messages_of(node)? {
            let asked_before = asked;
            asked = asked.after_stored(&message, &detector);
            if wanted.is_some_and(|wanted| !wanted.contains(&item)) {
                continue;
            }
            let found = chosen
                .cuts
                .find((node, item), &message, &detector, (kinds, asked_before));
            chosen.unchanged += u64::from(!found);
            chosen.left.ids += u64::from(self.holds(chosen, &message.id));
            places.extend(wanted.is_some().then_some(message.item));
        }
        let rows = self.store.items(self.tenant, node)?;
        let mut owner = self.open_owner(node)?;
        if wanted.is_none() {
            self.find_in_head(chosen, (node, &mut owner), &rows)?;
        }
        let places = wanted.map(|_| &places);
        self.find_in_attachments(chosen, (node, &mut owner), &rows, places)?;
        self.puncture_cut(chosen, node)
    }

    /// Takes spans that a person marked in one message.
    fn mark_spans(
        &self,
        chosen: &mut Chosen,
        (node, item): (NodeId, u32),
        spans: &[Range<usize>],
    ) -> Result<(), ServiceError> {
        let detector = self.detector();
        let mut asked = OpenQuestions::NONE;
        for (number, message) in self.messages_of(node)? {
            if number == item {
                let spans = ordered(&message.text, spans)?;
                chosen.cuts.mark((node, item), &message.text, spans, asked);
                break;
            }
            asked = asked.after_stored(&message, &detector);
        }
        self.puncture_cut(chosen, node)
    }

    /// A conversation's messages with the numbers of their items, in the order they came.
    fn messages_of(&self, node: NodeId) -> Result<Vec<(u32, MessageView)>, ServiceError> {
        let mut owner = self.open_owner(node)?;
        let mut rows = self.store.items(self.tenant, node)?;
        rows.retain(|row| row.kind == ItemKind::Message);
        rows.sort_by_key(ItemRow::place);
        let open = |row: ItemRow| Ok((row.item, message_view(&row, &owner.open(&row)?)?));
        rows.into_iter().map(open).collect()
    }

    fn puncture_cut(&self, chosen: &mut Chosen, node: NodeId) -> Result<(), ServiceError> {
        let messages = chosen.cuts.messages_of(node);
        let beside = chosen.cuts.beside_of(node);
        if messages.is_empty() && beside.is_empty() {
            return Ok(());
        }
        self.puncture(&mut chosen.selection, node, &messages, Attachments::Stay)?;
        let items = chosen.selection.punctures.entry(node.0).or_default();
        let marks = chosen.marks_gone.iter().filter(|mark| mark.0 == node);
        items.extend(beside.into_iter().chain(marks.map(|mark| mark.1)));
        items.sort_unstable();
        items.dedup();
        Ok(())
    }
}

impl Chosen {
    /// Conversations in which something changes: those that are frozen for it.
    fn conversations(&self) -> u64 {
        self.selection.freeze.len() as u64
    }
}

impl Reach {
    fn whole(&mut self, row: &ConversationRow) {
        self.conversations.insert(row.node, None);
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
}
