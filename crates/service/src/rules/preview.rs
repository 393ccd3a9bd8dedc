//! What a pack would make due, before it holds: now and within a month, by category, and what is kept all the same.

use std::collections::{BTreeMap, HashMap};

use jiff::{Timestamp, ToSpan as _};
use wuhen_keytree::context::ItemKind;
use wuhen_model::decision::{Asker, Decision, Outcome, Request, Wait};
use wuhen_model::people::Permission;
use wuhen_model::record::SentAt;
use wuhen_model::rules::{Category, Pack as Rules};
use wuhen_store::ConversationRow;

use super::RulesSource;
use crate::Service;
use crate::decide::{Bench, Situation};
use crate::error::ServiceError;
use crate::gate::{Admitted, Purpose};
use crate::read::MessageView;
use crate::select::PAGE_ROWS;
use crate::staff::Actor;

/// How far a preview looks ahead.
pub const SOON_DAYS: i64 = 30;

/// What is due, in numbers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Due {
    /// Messages.
    pub messages: u64,
    /// Attachments that came with them.
    pub attachments: u64,
    /// Bytes: messages as they lie sealed, attachments as they came.
    pub bytes: u64,
    /// When the oldest of them was sent.
    pub oldest: Option<Timestamp>,
}

/// Messages that are due, and are kept all the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Kept {
    /// By a legal hold.
    pub holds: u64,
    /// By a floor of another rule.
    pub floors: u64,
    /// By a booking.
    pub guards: u64,
}

/// What is due of one category.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CategoryDue {
    /// What the messages are about.
    pub category: Category,
    /// What would be erased now.
    pub now: Due,
    /// What would be erased within the next [`SOON_DAYS`] days, besides.
    pub soon: Due,
    /// What is kept now.
    pub kept: Kept,
}

/// What a pack would make due.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RulesPreview {
    /// What would be erased now.
    pub now: Due,
    /// What would be erased within the next [`SOON_DAYS`] days, besides.
    pub soon: Due,
    /// What is kept now.
    pub kept: Kept,
    /// Each category that any of it is of.
    pub categories: Vec<CategoryDue>,
}

/// What a preview is being counted into.
#[derive(Default)]
struct Tally(BTreeMap<Category, CategoryDue>);

impl Service {
    /// What a pack would make due if it held now. Nothing happens.
    ///
    /// # Errors
    /// The actor may not, or the store cannot be read.
    pub fn preview_rules(
        &self,
        by: &Actor,
        source: &RulesSource,
    ) -> Result<RulesPreview, ServiceError> {
        by.check(Permission::SeeRules)?;
        self.reading(|| self.preview_of_rules(source.pack()))
    }

    pub(crate) fn preview_of_rules(&self, rules: &Rules) -> Result<RulesPreview, ServiceError> {
        let now = self.bench(Some(rules))?;
        let later = now.now.checked_add((SOON_DAYS * 24).hours());
        let soon = self.bench_at(Some(rules), later.unwrap_or(Timestamp::MAX))?;
        let mut tally = Tally::default();
        self.each_that_may_be_due(&soon, &mut |row, at_last| {
            let head = self.head(row.node, Admitted::for_program(Purpose::Decision))?;
            let bookings = self.bookings_for(row)?;
            let at_first = Situation::of(&now, row, &head.record, &bookings);
            let sealed = self.sealed_bytes(row)?;
            for message in self.messages(row, Admitted::for_program(Purpose::Decision))? {
                let bytes = sealed.get(&message.item).copied().unwrap_or(0);
                let sides = [(&now, &at_first), (&soon, at_last)];
                tally.add(row, &message, bytes, sides);
            }
            Ok(())
        })?;
        Ok(tally.settle())
    }

    /// Conversations in which a rule can have something due at the bench's time, each with what holds in it. Of the others the
    /// head is opened and no message: its times and bookings rule them out. The clear time of the last message alone cannot, for a
    /// booking's events may lie before it.
    pub(crate) fn each_that_may_be_due(
        &self,
        bench: &Bench<'_>,
        each: &mut dyn FnMut(&ConversationRow, &Situation) -> Result<(), ServiceError>,
    ) -> Result<(), ServiceError> {
        let mut after = None;
        loop {
            let page = self.store.conversations(self.tenant, after, PAGE_ROWS)?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            after = Some(last.node);
            // What is closed is another request's already.
            for row in page.iter().filter(|row| row.open) {
                let head = self.head(row.node, Admitted::for_program(Purpose::Decision))?;
                let bookings = self.bookings_for(row)?;
                let situation = Situation::of(bench, row, &head.record, &bookings);
                if situation.may_be_due(bench) {
                    each(row, &situation)?;
                }
            }
        }
    }

    /// How many bytes each message of a conversation lies sealed in.
    fn sealed_bytes(&self, row: &ConversationRow) -> Result<HashMap<u32, u64>, ServiceError> {
        let rows = self.store.items(self.tenant, row.node)?;
        let messages = rows.iter().filter(|row| row.kind == ItemKind::Message);
        Ok(messages
            .map(|row| (row.place(), row.sealed.len() as u64))
            .collect())
    }
}

impl Tally {
    fn add(
        &mut self,
        row: &ConversationRow,
        message: &MessageView,
        bytes: u64,
        [(now, at_first), (soon, at_last)]: [(&Bench<'_>, &Situation); 2],
    ) {
        if !at_last.is_due(soon, message) && !at_first.is_due(now, message) {
            return;
        }
        let request = Request::by(Asker::Rule);
        let decided = |bench, situation: &Situation| {
            situation.decide(bench, row, Some(message), Some(&request))
        };
        let category = message.category.as_str().parse().unwrap_or(Category::Other);
        let found = self.0.entry(category).or_insert_with(|| CategoryDue {
            category,
            now: Due::default(),
            soon: Due::default(),
            kept: Kept::default(),
        });
        let first = decided(now, at_first);
        if first.outcome == Outcome::Erase {
            found.now.add(message, bytes);
            return;
        }
        if at_first.is_due(now, message) {
            found.kept.add(&first);
        }
        if decided(soon, at_last).outcome == Outcome::Erase {
            found.soon.add(message, bytes);
        }
    }

    fn settle(self) -> RulesPreview {
        let mut preview = RulesPreview::default();
        for found in self.0.into_values() {
            preview.now.join(&found.now);
            preview.soon.join(&found.soon);
            preview.kept.holds += found.kept.holds;
            preview.kept.floors += found.kept.floors;
            preview.kept.guards += found.kept.guards;
            let is_any = found.now.messages > 0 || found.soon.messages > 0;
            if is_any || found.kept != Kept::default() {
                preview.categories.push(found);
            }
        }
        preview
    }
}

impl Due {
    fn add(&mut self, message: &MessageView, bytes: u64) {
        let sent = message.sent_at.parse::<SentAt>().ok().map(|sent| sent.at);
        let files = message.attachments.iter();
        self.join(&Self {
            messages: 1,
            attachments: message.attachments.len() as u64,
            bytes: bytes + files.map(|file| file.bytes).sum::<u64>(),
            oldest: sent,
        });
    }

    fn join(&mut self, other: &Self) {
        self.messages += other.messages;
        self.attachments += other.attachments;
        self.bytes += other.bytes;
        self.oldest = [self.oldest, other.oldest].into_iter().flatten().min();
    }
}

impl Kept {
    fn add(&mut self, decision: &Decision) {
        match decision.outcome {
            Outcome::Held { .. } => self.holds += 1,
            Outcome::RestrictedUntil { .. } => self.floors += 1,
            Outcome::Waiting {
                wait: Wait::Guard(_),
            } => self.guards += 1,
            Outcome::Erase | Outcome::Waiting { .. } | Outcome::Refused | Outcome::Skipped => {}
        }
    }
}
