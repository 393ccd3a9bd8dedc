//! Packs as shown: the one that holds, the one that waits, those before them, and rules that somebody should look at again.

use jiff::Timestamp;
use jiff::civil::Date;
use wuhen_model::people::StaffRole;
use wuhen_model::rules::{Category, Pack as Rules};
use wuhen_store::RegisterKind;

use super::{IN_FORCE, REPLACED, StoppedBatch, StoredRules, WAITING};
use crate::Service;
use crate::error::ServiceError;
use crate::open::damaged;
use crate::register::Entry;

/// Where a pack stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PackState {
    /// It holds.
    InForce,
    /// Its time has not come.
    Waiting,
    /// It held until another did.
    Replaced,
    /// It was taken back before its time came.
    Withdrawn,
}

/// A pack that was put in force once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PackView {
    /// Where it stands.
    pub state: PackState,
    /// The pack.
    pub rules: Rules,
    /// Who put it in force.
    pub by_role: StaffRole,
    /// When that was said.
    pub applied_at: Timestamp,
    /// From when on it holds.
    pub effective_at: Timestamp,
    /// Why, in words; may be empty.
    pub reason: String,
    /// When its rules were first carried out.
    pub first_run_at: Option<Timestamp>,
    /// Records that one batch takes.
    pub records_max: u64,
    /// A batch that stopped and asks.
    pub stopped: Option<StoppedBatch>,
    /// Rules whose day of review has come.
    pub reviews: Vec<ReviewDue>,
}

/// A rule that somebody should look at again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReviewDue {
    /// Of which records.
    pub category: Category,
    /// Since which day.
    pub since: Date,
    /// Who answers for it.
    pub owner: String,
}

impl PackState {
    /// The word in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::Waiting => "waiting",
            Self::Replaced => "replaced",
            Self::Withdrawn => "withdrawn",
        }
    }

    fn of(word: &str) -> Self {
        match word {
            IN_FORCE => Self::InForce,
            WAITING => Self::Waiting,
            REPLACED => Self::Replaced,
            _ => Self::Withdrawn,
        }
    }
}

impl Service {
    /// All packs that were ever put in force, the last first. Without one, every erasure is decided by somebody.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn packs(&self) -> Result<Vec<PackView>, ServiceError> {
        self.reading(|| {
            let entries: Vec<Entry<StoredRules>> = self.entries(RegisterKind::Rules)?;
            let newest = entries.into_iter().rev();
            newest.map(|entry| self.pack_view(entry)).collect()
        })
    }

    fn pack_view(&self, entry: Entry<StoredRules>) -> Result<PackView, ServiceError> {
        let Entry { row, body } = entry;
        let time = |text: &str| {
            (text.parse::<Timestamp>()).map_err(|_| damaged("a rule pack has a time that is none"))
        };
        let rules = body.rules()?;
        let state = PackState::of(&row.state);
        let reviews = if state == PackState::InForce {
            self.reviews_due(&rules)?
        } else {
            Vec::new()
        };
        Ok(PackView {
            state,
            by_role: body.by_role,
            applied_at: time(&body.applied_at)?,
            effective_at: time(&body.effective_at)?,
            first_run_at: body.first_run_at.as_deref().map(time).transpose()?,
            reason: body.reason,
            records_max: body.batch.records_max,
            stopped: body.batch.stopped,
            rules,
            reviews,
        })
    }

    /// Rules whose day of review has come, each once.
    pub(crate) fn reviews_due(&self, rules: &Rules) -> Result<Vec<ReviewDue>, ServiceError> {
        let today = self.zone()?.to_datetime(self.now()).date();
        let due = rules.rules.iter().filter(|rule| rule.review <= today);
        let mut reviews: Vec<ReviewDue> = due
            .map(|rule| ReviewDue {
                category: rule.category,
                since: rule.review,
                owner: rule.owner.clone(),
            })
            .collect();
        reviews.sort_by_key(|review| (review.since, review.category));
        reviews.dedup_by_key(|review| review.category);
        Ok(reviews)
    }
}
