//! What the rules make of a record's business events: until when it must stay, and when it becomes due.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::category::{Category, Expiry, StartEvent, TenantKind};
use super::pack::{Pack, Rule};

/// When the business events of a record happened. Those that did not happen yet are not there.
pub type Events = BTreeMap<StartEvent, Timestamp>;

/// Until when a record must stay.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Floor<'p> {
    /// The first instant at which it need not stay. None: its event has not happened, so nobody can say yet.
    pub until: Option<Timestamp>,
    /// Which rule says so.
    pub rule: &'p Rule,
}

/// What the rules say of one record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Clocks<'p> {
    /// The floor that ends last. None: no rule asks to keep it.
    pub floor: Option<Floor<'p>>,
    /// When it becomes due, and by which rule: the earliest ceiling, though not before the floor's end. None: no rule of its category,
    /// or its event has not happened, or a floor's has not.
    pub due: Option<(Timestamp, &'p Rule)>,
    /// A year whose holidays are not known, if one was needed.
    pub unknown_year: Option<i16>,
}

impl Pack {
    /// What the rules say of a record with these events.
    #[must_use]
    pub fn clocks(
        &self,
        zone: &TimeZone,
        tenant: TenantKind,
        category: Category,
        events: &Events,
    ) -> Clocks<'_> {
        let mut clocks = Clocks::default();
        for rule in self.rules_of(category, tenant) {
            let (counting, holidays) = &self.calendars[rule.calendar];
            let mut end = |period| {
                let at = *events.get(&rule.start)?;
                let (end, unknown) = counting.end(holidays, zone, at, period);
                clocks.unknown_year = clocks.unknown_year.or(unknown);
                Some(end)
            };
            if let Some(period) = rule.floor {
                let until = end(period);
                let is_later = clocks.floor.is_none_or(|floor| match (floor.until, until) {
                    (None, _) => false,
                    (Some(_), None) => true,
                    (Some(other), Some(this)) => this > other,
                });
                if is_later {
                    clocks.floor = Some(Floor { until, rule });
                }
            }
            if let Some(due) = end(rule.ceiling)
                && clocks.due.is_none_or(|(other, _)| due < other)
            {
                clocks.due = Some((due, rule));
            }
        }
        clocks.due = match (clocks.due, clocks.floor) {
            (Some(_), Some(Floor { until: None, .. })) => None,
            (
                Some((due, rule)),
                Some(Floor {
                    until: Some(end), ..
                }),
            ) => Some((due.max(end), rule)),
            (due, _) => due,
        };
        clocks
    }
}

impl Clocks<'_> {
    /// Whether it must stay at an instant.
    #[must_use]
    pub fn must_stay(&self, now: Timestamp) -> bool {
        self.floor
            .is_some_and(|floor| floor.until.is_none_or(|until| now < until))
    }

    /// Whether its time is over, and it is to be erased without anybody asking.
    #[must_use]
    pub fn is_due(&self, now: Timestamp) -> bool {
        !self.must_stay(now)
            && self
                .due
                .is_some_and(|(due, rule)| due <= now && rule.on_expiry == Expiry::Erase)
    }
}
