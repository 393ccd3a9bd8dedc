//! What becomes of the records of a scope: facts from the store, the decision from `model`, and a scope of what may go. Shown
//! per conversation, decided per message.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use wuhen_keytree::context::NodeId;
use wuhen_model::booking::{Booking, ConversationTimes, GuardDays, events, guards};
use wuhen_model::decision::{Decision, Facts, MatterId, Outcome, Request, decide};
use wuhen_model::people::Permission;
use wuhen_model::record::SentAt;
use wuhen_model::rules::{Category, Clocks, Expiry, Pack as Rules, Said, StartEvent, TenantKind};
use wuhen_store::{ConversationRow, Flag, FlagRow, FlagsOf, RegisterKind};

use crate::Service;
use crate::attachment::Mark;
use crate::error::ServiceError;
use crate::gate::{Admitted, Purpose};
use crate::read::{MessageView, text};
use crate::select::{Attachments, Scope, Selection};
use crate::staff::Actor;

/// Records of one conversation of which the same was decided.
#[derive(Clone, PartialEq, Debug)]
pub struct Decided {
    /// What, and why.
    pub decision: Decision,
    /// For people, in both languages.
    pub sentence: Said,
    /// How many messages.
    pub messages: u64,
    /// How many attachments came with them.
    pub attachments: u64,
}

/// What was decided of one conversation.
#[derive(Clone, PartialEq, Debug)]
pub struct ConversationDecided {
    /// The source's id.
    pub conversation: String,
    /// The source.
    pub source: String,
    /// One for each decision, those of most messages first.
    pub records: Vec<Decided>,
}

/// What was decided of a scope.
pub(crate) struct Split {
    /// What may go now.
    pub(crate) erase: Selection,
    /// What stays, by conversation and place, with why.
    pub(crate) stays: Vec<Staying>,
    /// For people.
    pub(crate) conversations: Vec<ConversationDecided>,
}

/// Messages that stay.
#[derive(Clone)]
pub(crate) struct Staying {
    pub(crate) node: NodeId,
    /// Whether these are all messages of the conversation.
    pub(crate) whole: bool,
    /// Their item numbers.
    pub(crate) items: BTreeSet<u32>,
    pub(crate) attachments: u64,
    pub(crate) decision: Decision,
}

/// Open holds, by what they cover.
pub(crate) struct Holds {
    flags: Vec<FlagRow>,
    /// Numbers of the holds.
    matters: BTreeMap<NodeId, u64>,
}

/// What a whole run of decisions looks at.
pub(crate) struct Bench<'a> {
    pub(crate) now: Timestamp,
    pub(crate) zone: TimeZone,
    pub(crate) kind: TenantKind,
    pub(crate) rules: Option<&'a Rules>,
    pub(crate) holds: Holds,
    pub(crate) guard_days: GuardDays,
}

/// A scope's conversations, each with the messages that are meant; none: all of them.
type Targets = BTreeMap<NodeId, Option<BTreeSet<u32>>>;

impl Holds {
    pub(crate) fn is_empty(&self) -> bool {
        self.flags.is_empty()
    }

    /// Matters that cover one place of a conversation.
    fn on(&self, row: &ConversationRow, place: u32) -> Vec<MatterId> {
        let covers = |flag: &&FlagRow| {
            let all = flag.item.is_none() && (flag.node == row.guest || flag.node == row.node);
            all || (flag.node == row.node && flag.item == Some(place))
        };
        let on = self.flags.iter().filter(covers);
        on.filter_map(|flag| self.matters.get(&flag.register).copied())
            .map(MatterId)
            .collect()
    }

    /// Whether a guest as a whole is held.
    fn holds_guest(&self, guest: NodeId) -> bool {
        self.flags.iter().any(|flag| flag.node == guest)
    }
}

impl Service {
    /// What would become of each record of a scope if this person asked for its erasure now. Nothing happens.
    ///
    /// # Errors
    /// Nothing matches, the role may not ask, or the store cannot be read.
    pub fn decisions(
        &self,
        by: &Actor,
        scope: &Scope,
    ) -> Result<Vec<ConversationDecided>, ServiceError> {
        by.check(Permission::RequestErasure)?;
        self.reading(|| {
            let rules = self.rules_in_force()?;
            let bench = self.bench(rules.as_deref())?;
            let selection = self.select(scope)?;
            let request = by.asks(selection.counts.messages);
            Ok(self
                .split(&bench, &selection, Some(&request))?
                .conversations)
        })
    }

    /// What decisions are made by, at this moment.
    pub(crate) fn bench<'a>(&self, rules: Option<&'a Rules>) -> Result<Bench<'a>, ServiceError> {
        self.bench_at(rules, self.now())
    }

    /// What decisions would be made by at another moment.
    pub(crate) fn bench_at<'a>(
        &self,
        rules: Option<&'a Rules>,
        now: Timestamp,
    ) -> Result<Bench<'a>, ServiceError> {
        Ok(Bench {
            now,
            zone: self.zone()?,
            kind: self.tenant_settings().kind,
            rules,
            holds: self.open_holds()?,
            guard_days: self.guard_days(),
        })
    }

    pub(crate) fn open_holds(&self) -> Result<Holds, ServiceError> {
        let flags = self.store.flags(self.tenant, FlagsOf::Kind(Flag::Hold))?;
        let rows = if flags.is_empty() {
            Vec::new()
        } else {
            self.store.registered(self.tenant, RegisterKind::Hold)?
        };
        let number = |ordinal: u32| u64::from(ordinal) + 1;
        Ok(Holds {
            flags,
            matters: rows
                .into_iter()
                .map(|row| (row.node, number(row.ordinal)))
                .collect(),
        })
    }

    /// Decides on every record of a scope.
    pub(crate) fn split(
        &self,
        bench: &Bench<'_>,
        selection: &Selection,
        request: Option<&Request>,
    ) -> Result<Split, ServiceError> {
        let targets = self.targets(selection)?;
        let mut split = Split {
            erase: Selection::default(),
            stays: Vec::new(),
            conversations: Vec::new(),
        };
        let mut whole = BTreeSet::new();
        for (node, chosen) in &targets {
            let Some(row) = self.store.conversation(self.tenant, *node)? else {
                continue;
            };
            if self.split_conversation(bench, &row, chosen.as_ref(), request, &mut split)? {
                whole.insert(*node);
            }
        }
        self.drop_whole_guests(bench, selection, &whole, &mut split.erase)?;
        split.erase.settle();
        if !split.erase.is_empty() {
            let (drops, punctures) = (split.erase.drops(), split.erase.punctures());
            split.erase.counts = self.store.measure(self.tenant, &drops, &punctures)?.into();
        }
        Ok(split)
    }

    /// Which messages of which conversations a scope means.
    fn targets(&self, selection: &Selection) -> Result<Targets, ServiceError> {
        let mut targets = Targets::new();
        for node in selection.drops() {
            if self.store.guest(self.tenant, node)?.is_none() {
                targets.insert(node, None);
            }
        }
        // The conversations of guests that go as a whole, as they were when the scope was frozen.
        for node in selection.freeze() {
            if !selection.punctures.contains_key(&node.0) {
                targets.insert(node, None);
            }
        }
        for (node, items) in selection.punctures() {
            let chosen = items.into_iter().collect();
            targets.entry(node).or_insert(Some(chosen));
        }
        Ok(targets)
    }

    /// Decides on one conversation. True: it may go as a whole.
    fn split_conversation(
        &self,
        bench: &Bench<'_>,
        row: &ConversationRow,
        chosen: Option<&BTreeSet<u32>>,
        request: Option<&Request>,
        split: &mut Split,
    ) -> Result<bool, ServiceError> {
        let head = self.head(row.node, Admitted::for_program(Purpose::Decision))?;
        let bookings = self.bookings_for(row)?;
        let rows = self.store.items(self.tenant, row.node)?;
        let mut meant = self.messages(row, Admitted::for_program(Purpose::Decision))?;
        // Messages are shown by the place that they keep; what is erased is the version that stands there.
        let item_of: BTreeMap<u32, u32> = rows.iter().map(|row| (row.place(), row.item)).collect();
        let item = |message: &MessageView| item_of.get(&message.item).copied();
        let all = meant.len();
        if let Some(chosen) = chosen {
            meant.retain(|message| item(message).is_some_and(|item| chosen.contains(&item)));
        }
        let is_all = meant.len() == all;
        let mut groups: Vec<(Decision, BTreeSet<u32>, u64)> = Vec::new();
        let situation = Situation::of(bench, row, &head.record, &bookings);
        if meant.is_empty() && is_all {
            // Nothing but its record: that is decided on as an ordinary message would be.
            let decision = situation.decide(bench, row, None, request);
            groups.push((decision, BTreeSet::new(), 0));
        }
        for message in &meant {
            let decision = situation.decide(bench, row, Some(message), request);
            let number = item(message).unwrap_or(message.item);
            let files = message.attachments.len() as u64;
            match groups.iter_mut().find(|group| group.0 == decision) {
                Some(group) => {
                    group.1.insert(number);
                    group.2 += files;
                }
                None => groups.push((decision, BTreeSet::from([number]), files)),
            }
        }
        groups.sort_by_key(|(_, items, _)| std::cmp::Reverse(items.len()));
        split.conversations.push(ConversationDecided {
            conversation: head.id,
            source: head.source,
            records: groups
                .iter()
                .map(|(decision, items, attachments)| Decided {
                    sentence: decision.sentence(&bench.zone),
                    decision: decision.clone(),
                    messages: items.len() as u64,
                    attachments: *attachments,
                })
                .collect(),
        });
        let goes = |decision: &Decision| decision.outcome == Outcome::Erase;
        let all_go = is_all && groups.iter().all(|(decision, ..)| goes(decision));
        if all_go {
            split.erase.drops.push(row.node.0);
            split.erase.freeze.push(row.node.0);
            return Ok(true);
        }
        let one_group = groups.len() == 1 && is_all;
        for (decision, items, attachments) in groups {
            if goes(&decision) {
                self.puncture(&mut split.erase, row.node, &items, Attachments::Go)?;
            } else {
                split.stays.push(Staying {
                    node: row.node,
                    whole: one_group,
                    items,
                    attachments,
                    decision,
                });
            }
        }
        Ok(false)
    }

    /// A guest goes as a whole if all conversations do that there are: also those that came after the scope was frozen.
    fn drop_whole_guests(
        &self,
        bench: &Bench<'_>,
        selection: &Selection,
        whole: &BTreeSet<NodeId>,
        erase: &mut Selection,
    ) -> Result<(), ServiceError> {
        for node in selection.drops() {
            let Some(guest) = self.store.guest(self.tenant, node)? else {
                continue;
            };
            let conversations = self.store.conversations_of(self.tenant, guest.node)?;
            let all_go = conversations.iter().all(|row| whole.contains(&row.node));
            if all_go && !bench.holds.holds_guest(guest.node) {
                let own: BTreeSet<u64> = conversations.iter().map(|row| row.node.0).collect();
                erase.drops.retain(|drop| !own.contains(drop));
                erase.drops.push(guest.node.0);
            }
        }
        Ok(())
    }
}

/// What holds for all messages of one conversation.
pub(crate) struct Situation {
    events: BTreeMap<StartEvent, Timestamp>,
    guards: Vec<wuhen_model::booking::Guard>,
}

impl Situation {
    /// Whether a rule would erase a record of any category now, whatever keeps it: where none would, nothing has to be opened.
    pub(crate) fn may_be_due(&self, bench: &Bench<'_>) -> bool {
        self.any_is_due(bench, Category::ALL.iter().copied())
    }

    /// Whether a rule would erase this message now, whatever keeps it.
    pub(crate) fn is_due(&self, bench: &Bench<'_>, message: &MessageView) -> bool {
        self.any_is_due(bench, categories(Some(message)))
    }

    fn any_is_due(
        &self,
        bench: &Bench<'_>,
        categories: impl IntoIterator<Item = Category>,
    ) -> bool {
        let is_due = |rules: &Rules, category| {
            let clocks = rules.clocks(&bench.zone, bench.kind, category, &self.events);
            (clocks.due)
                .is_some_and(|(due, rule)| due <= bench.now && rule.on_expiry == Expiry::Erase)
        };
        let mut categories = categories.into_iter();
        (bench.rules).is_some_and(|rules| categories.any(|category| is_due(rules, category)))
    }

    pub(crate) fn of(
        bench: &Bench<'_>,
        row: &ConversationRow,
        record: &serde_json::Map<String, serde_json::Value>,
        bookings: &[Booking],
    ) -> Self {
        let closed_at = text(record, "closed_at").parse::<SentAt>().ok();
        let times = ConversationTimes {
            last_said_at: Timestamp::from_second(row.last_at).ok(),
            closed_at: closed_at.map(|closed| closed.at),
            purpose_done_at: None,
            account_created_at: None,
        };
        let guards = match bench.rules {
            Some(_) => guards(bookings, &bench.zone, bench.guard_days, bench.now),
            None => Vec::new(),
        };
        Self {
            events: events(bookings, &times, &bench.zone, bench.now),
            guards,
        }
    }

    pub(crate) fn decide(
        &self,
        bench: &Bench<'_>,
        row: &ConversationRow,
        message: Option<&MessageView>,
        request: Option<&Request>,
    ) -> Decision {
        let holds = match message {
            Some(message) => bench.holds.on(row, message.item),
            None => bench.holds.on(row, 0),
        };
        let clocks: Vec<Clocks<'_>> = match bench.rules {
            Some(rules) => categories(message)
                .into_iter()
                .map(|category| rules.clocks(&bench.zone, bench.kind, category, &self.events))
                .collect(),
            None => Vec::new(),
        };
        let facts = Facts {
            holds: &holds,
            clocks: &clocks,
            purpose_ended: self.events.contains_key(&StartEvent::PurposeDone),
            guards: &self.guards,
            request,
            ..Facts::default()
        };
        decide(&facts, bench.now)
    }
}

/// What a message is, for the rules: itself, and an identity document that came with it.
fn categories(message: Option<&MessageView>) -> BTreeSet<Category> {
    let Some(message) = message else {
        return BTreeSet::from([Category::Other]);
    };
    let own = message.category.as_str().parse().unwrap_or(Category::Other);
    let is_document = |mark: Option<Mark>| mark == Some(Mark::IdentityDocument);
    let document = message
        .attachments
        .iter()
        .any(|file| is_document(file.mark));
    let mut all = BTreeSet::from([own]);
    if document {
        all.insert(Category::IdentityDocument);
    }
    all
}
