//! The use cases of Wuhen: import, read, search, label, erase, prove, snapshot. Keys meet rows here and nowhere else; what
//! leaves this crate in plaintext leaves through its return values.

pub mod attachment;
pub mod bookings;
pub mod certificate;
mod current;
mod cuts;
pub mod decide;
pub mod doctor;
mod door;
pub mod erase;
mod error;
mod fields;
mod file;
mod find;
mod findings;
mod gate;
pub mod hold;
pub mod house;
pub mod import;
mod keys;
pub mod label;
pub mod ledger;
pub mod mark;
mod masked;
pub mod notice;
mod open;
mod own;
mod pen;
mod physical;
pub mod probe;
mod questions;
pub mod read;
pub mod recover;
pub mod redact;
mod register;
mod replace;
pub mod request;
pub mod reveal;
mod rotation;
pub mod rules;
pub mod run;
pub mod scan;
pub mod schedules;
pub mod search;
pub mod select;
mod settings;
pub mod snapshot;
mod spots;
pub mod staff;
mod stored;
mod told;
pub mod withhold;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use wuhen_custody::Custodian;
use wuhen_keytree::context::TenantId;
use wuhen_ledger::Signer;
use wuhen_model::{Clock, Rng, Steps};
use wuhen_store::{Store, TenantNumber};

pub use error::ServiceError;
pub use gate::Closed;
pub use open::{Init, init, open};
pub use settings::{Pack, TenantSettings};
pub use wuhen_model::rules::TenantKind;

use door::KeptDetector;
use keys::Keys;
use own::WithoutOwn;
use search::kept::KeptSketches;
use settings::Settings;

/// Time, randomness, and the hook that tests stop the program by.
#[derive(Clone)]
pub struct Surroundings {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness; in production the operating system's.
    pub rng: Arc<dyn Rng>,
    /// Told of every durable step.
    pub steps: Arc<dyn Steps>,
}

/// One tenant's records, opened.
pub struct Service {
    store: Arc<dyn Store>,
    custodian: Arc<dyn Custodian>,
    surroundings: Surroundings,
    tenant: TenantNumber,
    tenant_id: TenantId,
    keys: Mutex<Keys>,
    sketches: KeptSketches,
    settings: Mutex<Settings>,
    detector: KeptDetector,
    without_own: WithoutOwn,
    signer: Signer,
}

impl Service {
    /// What the tenant has set.
    #[must_use]
    pub fn tenant_settings(&self) -> TenantSettings {
        self.settings().tenant.clone()
    }

    /// What is stored, in numbers, and the epoch.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn stats(&self) -> Result<(wuhen_store::Totals, u64), ServiceError> {
        Ok((
            self.store.totals(self.tenant)?,
            self.store.tenant(self.tenant)?.epoch,
        ))
    }

    fn keys(&self) -> MutexGuard<'_, Keys> {
        // Keys are only replaced as a whole: a panic leaves none of them half changed.
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn settings(&self) -> MutexGuard<'_, Settings> {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> jiff::Timestamp {
        self.surroundings.clock.now()
    }

    fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.surroundings.rng.fill(&mut bytes);
        bytes
    }

    fn step<T>(
        &self,
        step: &'static str,
        work: impl FnOnce() -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        self.surroundings
            .steps
            .reached(step, wuhen_model::When::Before)?;
        let answer = work()?;
        self.surroundings
            .steps
            .reached(step, wuhen_model::When::After)?;
        Ok(answer)
    }
}
