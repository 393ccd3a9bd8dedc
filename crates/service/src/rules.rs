//! The rule pack in force: which one, since when, and what it says. Rules are data, sealed in the register with their history.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use wuhen_model::people::StaffRole;
use wuhen_model::rules::Pack as Rules;
use wuhen_store::{RegisterKind, StoreError};

use crate::Service;
use crate::error::ServiceError;
use crate::register::Entry;

/// The state of the one pack that holds.
pub(crate) const IN_FORCE: &str = "in-force";

/// A pack as it lies in the register.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct StoredRules {
    /// The pack's name.
    pub(crate) name: String,
    /// Which one of that name.
    pub(crate) version: String,
    /// Its file, word by word.
    pub(crate) toml: String,
    /// Who put it in force.
    pub(crate) by_role: StaffRole,
    /// When that was said, RFC 3339.
    pub(crate) applied_at: String,
    /// From when on it holds, RFC 3339.
    pub(crate) effective_at: String,
}

impl Service {
    /// The rules that hold now. None: pack `none`, where each erasure is decided by somebody.
    pub(crate) fn rules_in_force(&self) -> Result<Option<Arc<Rules>>, ServiceError> {
        let rows = self.store.registered(self.tenant, RegisterKind::Rules)?;
        let Some(row) = rows.into_iter().rfind(|row| row.state == IN_FORCE) else {
            return Ok(None);
        };
        let entry: Entry<StoredRules> = self.entry(row)?;
        let rules = Rules::parse(&entry.body.toml).map_err(|_| {
            ServiceError::Store(StoreError::Damaged(
                "the rules in force cannot be read".to_owned(),
            ))
        })?;
        Ok((!rules.rules.is_empty()).then(|| Arc::new(rules)))
    }
}
