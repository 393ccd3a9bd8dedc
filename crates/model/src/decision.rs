//! What becomes of one record, a message with its attachments, at one instant (PRODUCT.md, "Life of an erasure request"). Facts come
//! in as values and a decision goes out: nothing here knows where either is kept.
//!
//! Precedence: hold > floor > request > ceiling > preference. What may go still waits for, in this order: guards, backup, identity,
//! approval, window.

mod facts;
mod reason;
mod said;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::booking::Guard;
use crate::rules::{Expiry, Floor, Rule, Said};

pub use self::facts::{
    Asker, BATCH_RECORDS_MAX, Backup, COOLING_OFF_HOURS, Facts, Identity, MatterId, Person,
    Refusal, Request, SecondPerson, Staff, StaffRole,
};
pub use self::reason::ReasonCode;

/// What becomes of a record.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// It is erased now.
    Erase,
    /// A law asks to keep it: it is restricted now, and may be erased when the period ends (PIPL, article 47(2); GDPR, article 18).
    RestrictedUntil {
        /// The first instant at which it need not stay. None: the event from which the period counts has not happened.
        until: Option<Timestamp>,
    },
    /// A legal hold covers it. It becomes due again by itself when that is released.
    Held {
        /// The matter; the lowest number of several.
        matter: MatterId,
    },
    /// It may go, but not yet.
    Waiting {
        /// What it waits for first.
        #[serde(flatten)]
        wait: Wait,
    },
    /// The request was refused (PIPL, article 50).
    Refused,
    /// It stays as it is.
    Skipped,
}

/// What a record waits for that may go otherwise. In the order in which waits are told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(tag = "wait", rename_all = "kebab-case")]
pub enum Wait {
    /// For a booking.
    Guard(Guard),
    /// For a copy, or for a word that none is wanted.
    Backup,
    /// For a proof that it is the guest who asks.
    Identity,
    /// For a second person, or for the mail that announces a cooling-off.
    Approval,
    /// For the end of a time in which the request can be taken back: grace, or a cooling-off.
    Window {
        /// The first instant at which it is over.
        until: Timestamp,
    },
}

/// What is decided of one record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Decision {
    /// What becomes of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// Why.
    pub reason: ReasonCode,
    /// Which article says so: of a floor, of a ceiling, of a refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<Said>,
    /// Whether it is to be restricted from now on: by a floor always, by a hold when the purpose has ended or a floor runs beside it.
    pub also_restrict: bool,
}

/// What would have a record erased, the strongest first.
#[derive(Clone, Copy)]
enum Trigger<'f> {
    Request(&'f Request),
    Ceiling(&'f Rule),
    Preference,
}

/// Decides what becomes of a record.
///
/// A hold or a floor is told of where something would have the record erased, or its purpose has ended; otherwise there is nothing
/// that they block. A request that is there is decided on as a request, also where a ceiling is due: the retention run asks by
/// itself, with facts that have no request.
#[must_use]
pub fn decide(facts: &Facts<'_>, now: Timestamp) -> Decision {
    let trigger = Trigger::strongest(facts, now);
    let floor = running_floor(facts, now);
    let is_asked = trigger.is_some() || facts.purpose_ended;
    if let Some(&matter) = facts.holds.iter().min()
        && is_asked
    {
        let restricts = facts.purpose_ended || floor.is_some();
        return Decision::new(Outcome::Held { matter }, ReasonCode::LegalHold)
            .restricting(restricts);
    }
    if let Some(floor) = floor
        && is_asked
    {
        let until = floor.until;
        let reason = until.map_or(ReasonCode::FloorNotBegun, |_| ReasonCode::StatutoryFloor);
        return Decision::new(Outcome::RestrictedUntil { until }, reason)
            .by(&floor.rule.article)
            .restricting(true);
    }
    let Some(trigger) = trigger else {
        return skip(facts, now);
    };
    if let Some(refused) = trigger.refused() {
        return refused;
    }
    if let Some(&(wait, reason)) = trigger.waits(facts, now).first() {
        return Decision::new(Outcome::Waiting { wait }, reason);
    }
    trigger.erase(facts, now)
}

/// All that a record waits for, in order: what [`decide`] tells first, and what comes after it. Empty where nothing would have it
/// erased; holds and floors are not looked at.
#[must_use]
pub fn waits(facts: &Facts<'_>, now: Timestamp) -> Vec<(Wait, ReasonCode)> {
    Trigger::strongest(facts, now).map_or_else(Vec::new, |trigger| trigger.waits(facts, now))
}

/// The floor that ends last of those that run; one whose event has not happened ends after all others.
fn running_floor<'f>(facts: &Facts<'f>, now: Timestamp) -> Option<Floor<'f>> {
    facts
        .clocks
        .iter()
        .filter(|clocks| clocks.must_stay(now))
        .filter_map(|clocks| clocks.floor)
        .max_by_key(|floor| (floor.until.is_none(), floor.until))
}

/// The earliest ceiling that is due, if one is whose rule erases.
fn due_ceiling<'f>(facts: &Facts<'f>, now: Timestamp) -> Option<&'f Rule> {
    let due = facts.clocks.iter().filter_map(|clocks| clocks.due);
    due.filter(|(due, rule)| *due <= now && rule.on_expiry == Expiry::Erase)
        .min_by_key(|(due, _)| *due)
        .map(|(_, rule)| rule)
}

fn skip(facts: &Facts<'_>, now: Timestamp) -> Decision {
    let due = facts.clocks.iter().filter_map(|clocks| clocks.due);
    let review = due
        .filter(|(due, rule)| *due <= now && rule.on_expiry == Expiry::Review)
        .min_by_key(|(due, _)| *due);
    match review {
        Some((_, rule)) => Decision::new(Outcome::Skipped, ReasonCode::ReviewDue).by(&rule.article),
        None => Decision::new(Outcome::Skipped, ReasonCode::NothingAsks),
    }
}

impl<'f> Trigger<'f> {
    fn strongest(facts: &Facts<'f>, now: Timestamp) -> Option<Self> {
        let ceiling = due_ceiling(facts, now);
        // A retention rule asks through its ceiling alone: a run that began before an event moved must not go on.
        let is_asked = |request: &&Request| request.asked_by != Asker::Rule || ceiling.is_some();
        let preference = facts.preference_due.filter(|due| *due <= now);
        facts
            .request
            .filter(is_asked)
            .map(Self::Request)
            .or(ceiling.map(Self::Ceiling))
            .or(preference.map(|_| Self::Preference))
    }

    fn refused(self) -> Option<Decision> {
        let Self::Request(request) = self else {
            return None;
        };
        if let Asker::Staff(staff) = request.asked_by
            && !facts::may_ask(staff.role)
        {
            return Some(Decision::new(Outcome::Refused, ReasonCode::RoleMayNotAsk));
        }
        let refusal = request.refusal.as_ref()?;
        Some(Decision::new(Outcome::Refused, ReasonCode::Refused).by(&refusal.article))
    }

    fn waits(self, facts: &Facts<'_>, now: Timestamp) -> Vec<(Wait, ReasonCode)> {
        let holding = facts.guards.iter().filter(|guard| guard.holds(now));
        let mut guards: Vec<Guard> = holding.copied().collect();
        guards.sort_unstable();
        let guards = guards
            .into_iter()
            .map(|guard| (Wait::Guard(guard), ReasonCode::of_guard(guard)));
        let backup =
            (facts.backup == Backup::Missing).then_some((Wait::Backup, ReasonCode::BackupNeeded));
        let mut all: Vec<_> = guards.chain(backup).collect();
        if let Self::Request(request) = self {
            all.extend(request.waits(now));
        }
        all
    }

    fn erase(self, facts: &Facts<'_>, now: Timestamp) -> Decision {
        let (reason, rule) = match self {
            Self::Request(request) => {
                let reason = ReasonCode::of_asker(request.asked_by);
                let is_rule = request.asked_by == Asker::Rule;
                (reason, due_ceiling(facts, now).filter(|_| is_rule))
            }
            Self::Ceiling(rule) => (ReasonCode::CeilingReached, Some(rule)),
            Self::Preference => (ReasonCode::PrivacyMode, None),
        };
        Decision {
            article: rule.map(|rule| rule.article.clone()),
            ..Decision::new(Outcome::Erase, reason)
        }
    }
}

impl Outcome {
    /// The instant at which it changes by itself, if that is known.
    #[must_use]
    pub const fn until(self) -> Option<Timestamp> {
        match self {
            Self::RestrictedUntil { until } => until,
            Self::Waiting { wait } => match wait {
                Wait::Guard(guard) => guard.until(),
                Wait::Window { until } => Some(until),
                Wait::Backup | Wait::Identity | Wait::Approval => None,
            },
            Self::Erase | Self::Held { .. } | Self::Refused | Self::Skipped => None,
        }
    }
}

impl Decision {
    const fn new(outcome: Outcome, reason: ReasonCode) -> Self {
        Self {
            outcome,
            reason,
            article: None,
            also_restrict: false,
        }
    }

    fn by(self, article: &Said) -> Self {
        Self {
            article: Some(article.clone()),
            ..self
        }
    }

    fn restricting(self, also_restrict: bool) -> Self {
        Self {
            also_restrict,
            ..self
        }
    }
}

#[cfg(test)]
mod tests;
