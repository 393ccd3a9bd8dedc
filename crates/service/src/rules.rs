//! Rule packs of the house: which one holds, which one waits and since when. Rules are data, sealed in the register with their
//! history. Here is what lies there; putting one in force is `rules/apply.rs`, what one would make due `rules/preview.rs`.

mod apply;
mod preview;
mod shown;

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use wuhen_ledger::Body;
use wuhen_ledger::body::{Role, RulesChange, RulesChangedBody, Time, Version};
use wuhen_model::people::StaffRole;
use wuhen_model::rules::Pack as Rules;
use wuhen_store::RegisterKind;

use crate::Service;
use crate::error::ServiceError;
use crate::open::damaged;
use crate::register::Entry;

pub use apply::{Applied, ApplyRules, DELAY_HOURS_DEFAULT, DELAY_HOURS_MAX, RulesSource};
pub use preview::{CategoryDue, Due, Kept, RulesPreview, SOON_DAYS};
pub use shown::{PackState, PackView, ReviewDue};

/// The state of the one pack that holds.
pub(crate) const IN_FORCE: &str = "in-force";
/// The state of one whose time has not come.
pub(crate) const WAITING: &str = "waiting";
/// The state of one that held until another did.
pub(crate) const REPLACED: &str = "replaced";
/// The state of one that was taken back before its time came.
pub(crate) const WITHDRAWN: &str = "withdrawn";

/// Records that one batch takes without somebody being asked (COMPLAINTS.md, 16).
pub const BATCH_RECORDS_DEFAULT: u64 = 1_000;

/// A pack as it lies in the register.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct StoredRules {
    /// The pack's name.
    pub(crate) name: String,
    /// Which one of that name.
    pub(crate) version: String,
    /// Its file, word by word.
    pub(crate) toml: String,
    /// Further files that hold together with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) more: Vec<String>,
    /// Who put it in force.
    pub(crate) by_role: StaffRole,
    /// When that was said, RFC 3339.
    pub(crate) applied_at: String,
    /// From when on it holds, RFC 3339.
    pub(crate) effective_at: String,
    /// Why, in the words of who put it in force.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) reason: String,
    /// When its rules were first carried out, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) first_run_at: Option<String>,
    /// How much it may take at once.
    #[serde(default)]
    pub(crate) batch: Batch,
}

/// How many records work that nobody watches may take at once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Batch {
    /// At most so many.
    pub(crate) records_max: u64,
    /// So many, once: the privacy officer was told the number and let it go on.
    #[serde(default)]
    pub(crate) confirmed: u64,
    /// A batch that stopped and asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) stopped: Option<StoppedBatch>,
}

/// A batch that was over its limit. Nothing of it was erased.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StoppedBatch {
    /// How many records it would have taken.
    pub records: u64,
    /// When it stopped first, RFC 3339.
    pub since: String,
}

impl Default for Batch {
    fn default() -> Self {
        Self::of(BATCH_RECORDS_DEFAULT)
    }
}

impl Batch {
    pub(crate) const fn of(records_max: u64) -> Self {
        Self {
            records_max,
            confirmed: 0,
            stopped: None,
        }
    }

    /// Whether so many records may go.
    pub(crate) fn allows(&self, records: u64) -> bool {
        records <= self.records_max.max(self.confirmed)
    }

    /// The batch stopped: what is to be written down, if it is news.
    pub(crate) fn stopping(&self, records: u64, now: Timestamp) -> Option<Self> {
        let since = match &self.stopped {
            Some(stopped) if stopped.records == records => return None,
            Some(stopped) => stopped.since.clone(),
            None => now.to_string(),
        };
        let stopped = Some(StoppedBatch { records, since });
        Some(Self {
            confirmed: 0,
            stopped,
            ..self.clone()
        })
    }

    /// The batch went through: what is to be written down, if it is news. What was confirmed was so once.
    pub(crate) fn passed(&self) -> Option<Self> {
        let passed = Self::of(self.records_max);
        (*self != passed).then_some(passed)
    }

    /// What the privacy officer lets go on.
    pub(crate) fn confirming(&self) -> Option<(u64, Self)> {
        let records = self.stopped.as_ref()?.records;
        Some((
            records,
            Self {
                confirmed: records,
                ..self.clone()
            },
        ))
    }
}

impl StoredRules {
    pub(crate) fn rules(&self) -> Result<Rules, ServiceError> {
        let texts: Vec<&str> = std::iter::once(&self.toml)
            .chain(&self.more)
            .map(String::as_str)
            .collect();
        Rules::parse_all(&texts).map_err(|_| damaged("a rule pack of the register cannot be read"))
    }

    pub(crate) fn effective(&self) -> Result<Timestamp, ServiceError> {
        (self.effective_at.parse())
            .map_err(|_| damaged("a rule pack has no time from which it holds"))
    }

    fn sha256(&self) -> String {
        let mut digest = aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA256);
        for text in std::iter::once(&self.toml).chain(&self.more) {
            digest.update(text.as_bytes());
        }
        wuhen_store::hex(digest.finish().as_ref())
    }
}

impl Service {
    /// The rules that hold now. None: pack `none`, where each erasure is decided by somebody.
    pub(crate) fn rules_in_force(&self) -> Result<Option<Arc<Rules>>, ServiceError> {
        let Some(entry) = self.pack_in(IN_FORCE)? else {
            return Ok(None);
        };
        let rules = entry.body.rules()?;
        Ok((!rules.rules.is_empty()).then(|| Arc::new(rules)))
    }

    /// What the pack that holds is called.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn pack_name(&self) -> Result<String, ServiceError> {
        let entry = self.reading(|| self.pack_in(IN_FORCE))?;
        Ok(entry.map_or_else(|| "none".to_owned(), |entry| entry.body.name))
    }

    /// The last pack in a state. There is one in force and one that waits at most.
    pub(crate) fn pack_in(&self, state: &str) -> Result<Option<Entry<StoredRules>>, ServiceError> {
        let rows = self.store.registered(self.tenant, RegisterKind::Rules)?;
        let row = rows.into_iter().rfind(|row| row.state == state);
        row.map(|row| self.entry(row)).transpose()
    }

    /// The ledger's word on a pack.
    pub(crate) fn rules_changed(
        &self,
        change: RulesChange,
        rules: Option<&StoredRules>,
        batch_records_max: u64,
        by_role: Role,
    ) -> Result<Body, ServiceError> {
        let now = self.body_time();
        let effective_at = match rules {
            Some(rules) => Time::from_unix_seconds(rules.effective()?.as_second())
                .map_err(|_| damaged("a rule pack holds from a time that is none"))?,
            None => now.clone(),
        };
        let said = |text: fn(&StoredRules) -> String, none: &str| {
            rules.map_or_else(|| none.to_owned(), text)
        };
        Ok(Body::RulesChanged(RulesChangedBody {
            version: Version::V1,
            tenant: self.tenant_text(),
            change,
            pack: said(|rules| rules.name.clone(), "none"),
            pack_version: said(|rules| rules.version.clone(), "-"),
            sha256: said(StoredRules::sha256, "-"),
            effective_at,
            batch_records_max,
            by_role,
            at: now,
        }))
    }
}

#[cfg(test)]
mod tests;
