//! Our program as the benches use it: a store in a folder, its keys beside it, the system's clock and randomness.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use jiff::Timestamp;
use wuhen_custody::file::FileCustodian;
use wuhen_formats::Source;
use wuhen_keytree::context::TenantId;
use wuhen_model::{Clock, Rng, Steps, Stopped, When};
use wuhen_service::import::{ImportOptions, ImportReport};
use wuhen_service::{Init, Service, Surroundings, TenantSettings};
use wuhen_store::sqlite::{Options, SqliteStore};

use crate::time;

const TENANT: TenantId = TenantId([7; 16]);

/// Makes a store.
///
/// # Errors
/// The folder holds something, or cannot be written.
pub fn create(folder: &Path, steps: Arc<dyn Steps>) -> Result<Service> {
    let (records, keys) = (folder.join("store"), folder.join("keys"));
    std::fs::create_dir_all(folder)?;
    let store = SqliteStore::create(&records, Options::default())?;
    let custodian = FileCustodian::initialise(&[keys], &[records], TENANT)?;
    let settings = TenantSettings {
        name: "Lakeside Hotel".to_owned(),
        timezone: "Asia/Shanghai".to_owned(),
        kind: wuhen_service::TenantKind::default(),
        pack: wuhen_service::Pack::default(),
    };
    let init = Init {
        tenant_id: TENANT,
        settings,
        officer: wuhen_service::staff::FIRST_OFFICER.to_owned(),
    };
    Ok(wuhen_service::init(
        Arc::new(store),
        Arc::new(custodian),
        surroundings(steps),
        &init,
    )?)
}

/// Opens a store again.
///
/// # Errors
/// It cannot be opened.
pub fn open(folder: &Path, steps: Arc<dyn Steps>) -> Result<Service> {
    let (records, keys) = (folder.join("store"), folder.join("keys"));
    let store = SqliteStore::open(&records, Options::default())?;
    let custodian = FileCustodian::open(&[keys], &[records], TENANT)?;
    let (service, _) =
        wuhen_service::open(Arc::new(store), Arc::new(custodian), surroundings(steps))?;
    Ok(service)
}

/// Imports a file.
///
/// # Errors
/// It cannot be imported.
pub fn import(service: &Service, file: &Path) -> Result<ImportReport> {
    let options = ImportOptions {
        source: Some("bench".to_owned()),
        allow_erased: false,
    };
    Ok(service.import(Source::open(file)?, &options, &mut |_| {})?)
}

fn surroundings(steps: Arc<dyn Steps>) -> Surroundings {
    Surroundings {
        clock: Arc::new(SystemClock),
        rng: Arc::new(SystemRng),
        steps,
    }
}

struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(time::epoch_micros()).expect("the clock stands before 9999")
    }

    fn elapsed(&self) -> Duration {
        time::elapsed()
    }

    #[expect(clippy::disallowed_methods, reason = "this is the clock that waits")]
    fn wait(&self, duration: Duration) {
        std::thread::sleep(duration);
    }
}

/// The generator that keys are drawn from in production too: it takes its share of an import.
struct SystemRng;

impl Rng for SystemRng {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one source of randomness"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        aws_lc_rs::rand::fill(bytes).expect("the system has randomness");
    }
}

/// Notes when each durable step began and ended.
#[derive(Default)]
pub struct StepTimes(Mutex<Vec<(&'static str, When, i64)>>);

impl StepTimes {
    /// The steps since the last call: name, beginning and end in microseconds since 1970.
    ///
    /// # Panics
    /// A step ended that had not begun.
    pub fn take(&self) -> Vec<(&'static str, i64, i64)> {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut begun = Vec::new();
        let mut steps = Vec::new();
        for (step, when, at) in noted.drain(..) {
            match when {
                When::Before => begun.push((step, at)),
                When::After => {
                    let (_, start) = begun.pop().expect("a step begins before it ends");
                    steps.push((step, start, at));
                }
            }
        }
        steps
    }
}

impl Steps for StepTimes {
    fn reached(&self, step: &'static str, when: When) -> Result<(), Stopped> {
        let at = time::epoch_micros();
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        noted.push((step, when, at));
        Ok(())
    }
}
