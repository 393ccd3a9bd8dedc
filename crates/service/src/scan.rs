//! What personal data the store holds: every message is read and scanned by the rules of today, whatever was found when it came, and
//! so is what stands beside the texts. Files are counted as they were read when they came. Nothing is changed.

mod places;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use wuhen_detect::{CUT_KINDS, Detector, Finding, Kind, KindSet, RULES_VERSION, is_grave, weight};
use wuhen_keytree::context::{ItemKind, NodeId};
use wuhen_store::{ConversationContent, ConversationRow, GuestRow, ItemRow};

use crate::Service;
use crate::attachment::Mark;
use crate::error::ServiceError;
use crate::gate::{For, Gate};
use crate::mark::Marks;
use crate::questions::OpenQuestions;
use crate::read::{OpenedOwner, message_view, stored_attachment, utf8};
use crate::spots::{self, Spot};
use crate::stored::{StoredConversation, StoredGuest, from_json};

pub use places::{Place, PlaceCounts};
use places::{Places, counted};

/// Conversations that a report may name.
pub const LISTED_MAX: usize = 10_000;
/// Rows read at once.
const PAGE_ROWS: usize = 512;
/// What a year adds to a conversation's weight: its weight once more.
const YEAR_SECONDS: u64 = 365 * 24 * 60 * 60;

/// How much there is of one kind.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct KindCounts {
    /// Spans.
    pub findings: u64,
    /// Messages with at least one.
    pub messages: u64,
    /// Conversations with at least one.
    pub conversations: u64,
}

/// A conversation that holds personal data.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToClean {
    /// The source's id.
    pub id: String,
    /// The source.
    pub source: String,
    /// Spans.
    pub findings: u64,
    /// Those among them that open, pay or prove an identity: they put a conversation before all that have none.
    pub grave: u64,
    /// Their kinds, each with how many.
    pub kinds: BTreeMap<Kind, u64>,
    /// Attachments that are marked as identity documents.
    pub identity_documents: u64,
    /// When it last spoke: seconds since 1970.
    pub last_at: i64,
    /// How urgent it is: the weights of its findings ([`weight`]), times one more than the full years since it last spoke.
    pub weight: u64,
}

/// What a scan of the store found.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct StoreScan {
    /// Conversations that were read.
    pub conversations: u64,
    /// Messages that were read.
    pub messages: u64,
    /// Conversations with personal data, wherever in them.
    pub conversations_with: u64,
    /// Messages with personal data in their texts.
    pub messages_with: u64,
    /// Of each kind that there is in texts of messages.
    pub kinds: BTreeMap<Kind, KindCounts>,
    /// What stands in each place, texts of messages among them.
    pub places: BTreeMap<Place, PlaceCounts>,
    /// Messages that came before there were rules: what they hold is masked when shown, and was never cut.
    pub unscanned: u64,
    /// Messages scanned by other rules than those of today when they came.
    pub other_rules: u64,
    /// Card security codes that were cut out of texts of messages at the door; of other places see [`PlaceCounts::cut`].
    pub cut: u64,
    /// PDF files with card security codes in them, which are stored: nothing is cut out of such a file.
    pub codes_in_documents: u64,
    /// Attachments that are marked as identity documents: what they show is not read, and counts as one identity each.
    pub identity_documents: u64,
    /// What to clean first: conversations with what is grave, among those and among the rest the heaviest, of equal ones those
    /// that are silent the longest.
    pub first: Vec<ToClean>,
}

/// A conversation's place in the list: whether it holds what is grave, then weight, then age, then the order they came.
type Rank = (bool, u64, Reverse<i64>, Reverse<NodeId>);

/// What one conversation holds.
#[derive(Default)]
struct Tally {
    findings: u64,
    identity_documents: u64,
    grave: u64,
    weight: u64,
    kinds: BTreeMap<Kind, u64>,
}

impl Service {
    /// Scans every message of the store for these kinds; the report names at most `listed` conversations. One conversation is
    /// held at a time.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn scan_store(&self, listed: usize, kinds: KindSet) -> Result<StoreScan, ServiceError> {
        let listed = listed.min(LISTED_MAX);
        let mut report = StoreScan::default();
        let gate = self.reading(|| self.gate(For::Staff))?;
        self.scan_guests(&mut report, kinds, &gate)?;
        let mut heaviest: BTreeMap<Rank, Tally> = BTreeMap::new();
        let mut after = None;
        loop {
            let page =
                self.reading(|| Ok(self.store.conversations(self.tenant, after, PAGE_ROWS)?))?;
            let Some(last) = page.last() else { break };
            after = Some(last.node);
            for row in page {
                let Some((read, tally)) =
                    self.reading(|| self.scan_conversation(&row, kinds, &gate))?
                else {
                    continue;
                };
                report.add(&read, &tally);
                let weight = tally
                    .weight
                    .saturating_mul(1 + self.years_since(row.last_at));
                if weight > 0 {
                    let age = (Reverse(row.last_at), Reverse(row.node));
                    heaviest.insert((tally.grave > 0, weight, age.0, age.1), tally);
                    if heaviest.len() > listed {
                        heaviest.pop_first();
                    }
                }
            }
        }
        self.name_first(&mut report, heaviest, &gate)?;
        Ok(report)
    }

    fn name_first(
        &self,
        report: &mut StoreScan,
        heaviest: BTreeMap<Rank, Tally>,
        gate: &Gate,
    ) -> Result<(), ServiceError> {
        for ((_, weight, Reverse(last_at), Reverse(node)), tally) in heaviest.into_iter().rev() {
            // Gone since: there is nothing to clean.
            let row = self.store.conversation(self.tenant, node)?;
            let Some(admitted) = row.and_then(|row| gate.conversation(&row)) else {
                continue;
            };
            let head = self.reading(|| self.head(node, admitted.clone()))?;
            report.first.push(ToClean {
                id: head.id,
                source: head.source,
                findings: tally.findings,
                grave: tally.grave,
                kinds: tally.kinds,
                identity_documents: tally.identity_documents,
                last_at,
                weight,
            });
        }
        Ok(())
    }

    fn scan_guests(
        &self,
        report: &mut StoreScan,
        kinds: KindSet,
        gate: &Gate,
    ) -> Result<(), ServiceError> {
        let detector = self.detector();
        let mut places = Places::new(kinds);
        let mut after = None;
        loop {
            let page = self.reading(|| Ok(self.store.guests(self.tenant, after, PAGE_ROWS)?))?;
            let Some(last) = page.last() else { break };
            after = Some(last.node);
            for row in page {
                let Some(stored) = self.reading(|| self.stored_guest(&row, gate))? else {
                    continue;
                };
                let found = found_by(&detector, |change| {
                    drop(spots::in_guest(&stored.record, change));
                });
                places.record(Place::Profiles, found, stored.cut);
            }
        }
        report.add_places(&places.by_place);
        Ok(())
    }

    /// None: it is gone, or closed.
    fn stored_guest(
        &self,
        row: &GuestRow,
        gate: &Gate,
    ) -> Result<Option<StoredGuest>, ServiceError> {
        let Some(admitted) = gate.guest(row) else {
            return Ok(None);
        };
        if self.store.item(self.tenant, row.node, 0)?.is_none() {
            return Ok(None);
        }
        self.guest_record(row, admitted).map(Some)
    }

    /// None: it is gone, or being erased.
    fn scan_conversation(
        &self,
        row: &ConversationRow,
        kinds: KindSet,
        gate: &Gate,
    ) -> Result<Option<(Read, Tally)>, ServiceError> {
        let content = self.store.conversation_content(self.tenant, row.node)?;
        let admitted = |content: ConversationContent| {
            let admitted = gate.conversation(&content.conversation)?;
            Some((content, admitted))
        };
        let Some((content, admitted)) = content.and_then(admitted) else {
            return Ok(None);
        };
        let mut owner = self.open_content(&content, admitted)?;
        let detector = self.detector();
        let mut read = Read::default();
        let mut found = Found {
            places: Places::new(kinds),
            tally: Tally::default(),
        };
        scan_beside(
            &content.items,
            &mut owner,
            &detector,
            (&mut read, &mut found),
        )?;
        let (mut findings, mut asked) = (Vec::new(), OpenQuestions::NONE);
        let mut messages: Vec<_> = content
            .items
            .iter()
            .filter(|item| item.kind == ItemKind::Message && owner.opens(item))
            .collect();
        messages.sort_by_key(|item| item.place());
        for item in messages {
            let view = message_view(item, &owner.open(item)?)?;
            detector.scan_in(&view.text, asked.kinds(), &mut findings);
            asked = asked.after_stored(&view, &detector);
            findings.retain(|found| kinds.contains(found.kind));
            read.messages += 1;
            read.unscanned += u64::from(view.scanned == 0);
            read.other_rules += u64::from(![0, RULES_VERSION].contains(&view.scanned));
            let was_cut = |found: &&Finding| CUT_KINDS.intersection(kinds).contains(found.kind);
            let cut = view.findings.iter().filter(was_cut).count() as u64;
            read.cut += cut;
            read.add(&findings);
            found.add(Place::Messages, counted(&findings), cut);
            let beside = found_by(&detector, |change| drop(spots::in_message(&view, change)));
            found.add(Place::Fields, beside, view.cut_beside);
        }
        read.places = found.places.by_place;
        Ok(Some((read, found.tally)))
    }

    fn years_since(&self, seconds: i64) -> u64 {
        let passed = self.now().as_second().saturating_sub(seconds);
        u64::try_from(passed).unwrap_or(0) / YEAR_SECONDS
    }
}

/// What stands in the places of one conversation, by place and all in all.
struct Found {
    places: Places,
    tally: Tally,
}

impl Found {
    fn add(&mut self, place: Place, found: BTreeMap<Kind, u64>, cut: u64) {
        for (kind, count) in self.places.record(place, found, cut) {
            self.tally.add_kind(kind, count);
        }
    }
}

/// What is found at the spots that a walk passes.
fn found_by(detector: &Detector, walk: impl FnOnce(spots::Change<'_>)) -> BTreeMap<Kind, u64> {
    let mut all = Vec::new();
    walk(&mut |spot: Spot<'_>| {
        all.extend(spot.findings(detector));
        None
    });
    counted(&all)
}

/// A conversation's own record, its labels and its attachments.
fn scan_beside(
    items: &[ItemRow],
    owner: &mut OpenedOwner,
    detector: &Detector,
    (read, found): (&mut Read, &mut Found),
) -> Result<(), ServiceError> {
    // Its own record and its labels are one record.
    let (mut own, mut own_cut) = (BTreeMap::new(), 0);
    let (mut marks, mut attachments) = (Marks::default(), Vec::new());
    let add_to = |own: &mut BTreeMap<Kind, u64>, more: BTreeMap<Kind, u64>| {
        for (kind, count) in more {
            *own.entry(kind).or_default() += count;
        }
    };
    for item in items {
        match item.kind {
            _ if !owner.opens(item) => {}
            ItemKind::Conversation => {
                let opened = owner.open(item)?;
                let stored: StoredConversation = from_json(opened.header(), "a conversation")?;
                let more = found_by(detector, |change| {
                    drop(spots::in_conversation(&stored.record, change));
                });
                add_to(&mut own, more);
                own_cut += stored.cut;
            }
            ItemKind::Label => {
                let label = utf8(owner.open(item)?.body(), "a label")?;
                let more = found_by(detector, |change| drop(spots::in_text(&label, change)));
                add_to(&mut own, more);
            }
            ItemKind::Attachment => {
                let opened = owner.open(item)?;
                let mut stored = stored_attachment(item, &opened)?;
                if !owner.opens_place(stored.message) {
                    continue;
                }
                attachments.push((item.place(), stored.mark));
                let mut kinds: BTreeMap<Kind, u64> = stored
                    .findings
                    .iter()
                    .filter_map(|(kind, count)| Some((kind.parse().ok()?, *count)))
                    .collect();
                // Of a text they were cut out, and stand there no more; nothing is cut out of a PDF file.
                let mut cut = stored.cut_beside;
                if stored.codes_left {
                    read.codes_in_documents += 1;
                } else {
                    cut += CUT_KINDS
                        .iter()
                        .filter_map(|kind| kinds.remove(&kind))
                        .sum::<u64>();
                }
                let more = found_by(detector, |change| {
                    spots::in_attachment(&mut stored, change);
                });
                add_to(&mut kinds, more);
                found.add(Place::Attachments, kinds, cut);
            }
            ItemKind::Mark => {
                let opened = owner.open(item)?;
                marks.by_hand(&from_json(opened.header(), "a mark")?);
            }
            _ => {}
        }
    }
    found.add(Place::Fields, own, own_cut);
    let is_identity = |(place, mark): &&(u32, Option<Mark>)| {
        marks.of(*place, *mark) == Some(Mark::IdentityDocument)
    };
    let identities = attachments.iter().filter(is_identity).count() as u64;
    found.tally.add_identity_documents(identities);
    Ok(())
}

/// What was read of one conversation.
#[derive(Default)]
struct Read {
    places: BTreeMap<Place, PlaceCounts>,
    messages: u64,
    messages_with: u64,
    unscanned: u64,
    other_rules: u64,
    cut: u64,
    codes_in_documents: u64,
    kinds: BTreeMap<Kind, KindCounts>,
}

impl Read {
    fn add(&mut self, findings: &[Finding]) {
        self.messages_with += u64::from(!findings.is_empty());
        let kinds: KindSet = findings.iter().map(|found| found.kind).collect();
        for kind in kinds.iter() {
            let counts = self.kinds.entry(kind).or_default();
            counts.findings += findings.iter().filter(|found| found.kind == kind).count() as u64;
            counts.messages += 1;
        }
    }
}

impl Tally {
    /// A picture of an identity document weighs what its number does.
    fn add_identity_documents(&mut self, count: u64) {
        self.identity_documents += count;
        self.grave += count;
        self.weight += count * weight(Kind::ResidentId);
    }

    fn add_kind(&mut self, kind: Kind, count: u64) {
        self.findings += count;
        self.grave += count * u64::from(is_grave(kind));
        self.weight += count * weight(kind);
        *self.kinds.entry(kind).or_default() += count;
    }
}

impl StoreScan {
    fn add(&mut self, read: &Read, tally: &Tally) {
        self.conversations += 1;
        self.messages += read.messages;
        self.messages_with += read.messages_with;
        self.conversations_with += u64::from(tally.findings + tally.identity_documents > 0);
        self.identity_documents += tally.identity_documents;
        self.unscanned += read.unscanned;
        self.other_rules += read.other_rules;
        self.cut += read.cut;
        self.codes_in_documents += read.codes_in_documents;
        self.add_places(&read.places);
        for (kind, counts) in &read.kinds {
            let sum = self.kinds.entry(*kind).or_default();
            sum.findings += counts.findings;
            sum.messages += counts.messages;
            sum.conversations += 1;
        }
    }

    fn add_places(&mut self, places: &BTreeMap<Place, PlaceCounts>) {
        for (place, counts) in places {
            self.places.entry(*place).or_default().add(counts);
        }
    }
}
