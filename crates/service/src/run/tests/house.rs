//! A house in memory for unit tests: its clock, what is imported into it, and a second program on the same store.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;
use wuhen_custody::file::FileCustodian;
use wuhen_formats::Source;
use wuhen_keytree::context::TenantId;
use wuhen_model::NoSteps;
use wuhen_model::testing::{ManualClock, SeededRng};
use wuhen_store::sqlite::SqliteStore;

use crate::import::ImportOptions;
use crate::rules::{ApplyRules, BATCH_RECORDS_DEFAULT, RulesSource};
use crate::run::JobReport;
use crate::staff::Actor;
use crate::{Init, Pack, Service, Surroundings, TenantKind, TenantSettings, init, open};

const TENANT: TenantId = TenantId([9; 16]);

/// A house.
pub(crate) struct House {
    folder: TempDir,
    store: Arc<SqliteStore>,
    custodian: Arc<FileCustodian>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) service: Service,
}

impl House {
    pub(crate) fn new(pack: Pack, kind: TenantKind, began: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keys = [folder.path().join("keys")];
        let custodian = Arc::new(FileCustodian::initialise(&keys, &[], TENANT).unwrap());
        let clock = Arc::new(ManualClock::new(began.parse().unwrap()));
        let store = Arc::new(SqliteStore::in_memory().unwrap());
        let settings = TenantSettings {
            name: "Lakeside Hotel".to_owned(),
            timezone: "Asia/Shanghai".to_owned(),
            kind,
            pack,
        };
        let request = Init {
            tenant_id: TENANT,
            settings,
            officer: crate::staff::FIRST_OFFICER.to_owned(),
        };
        let surroundings = surroundings(&clock, 1);
        let service = init(store.clone(), custodian.clone(), surroundings, &request).unwrap();
        Self {
            folder,
            store,
            custodian,
            clock,
            service,
        }
    }

    /// Another program that works on the same store.
    pub(crate) fn second(&self) -> Service {
        let surroundings = surroundings(&self.clock, 2);
        open(self.store.clone(), self.custodian.clone(), surroundings)
            .unwrap()
            .0
    }

    pub(crate) fn officer(&self) -> Actor {
        self.service.act_as_officer(None, None).unwrap()
    }

    pub(crate) fn set(&self, time: &str) {
        self.clock.set(time.parse::<Timestamp>().unwrap());
    }

    /// Does what is due.
    pub(crate) fn run(&self) -> Vec<JobReport> {
        run(&self.service)
    }

    /// Does what is due at a time.
    pub(crate) fn run_at(&self, time: &str) -> Vec<JobReport> {
        self.set(time);
        self.run()
    }

    pub(crate) fn import(&self, lines: &[Value]) {
        let file = self.folder.path().join("day.jsonl");
        let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
        std::fs::write(&file, lines.join("\n")).unwrap();
        let source = Source::open(&file).unwrap();
        self.service
            .import(source, &ImportOptions::default(), &mut |_| {})
            .unwrap();
    }

    /// How many messages are stored.
    pub(crate) fn messages(&self) -> u64 {
        self.service.stats().unwrap().0.messages
    }

    /// Puts a shipped pack in force.
    pub(crate) fn apply(&self, name: &str, after_hours: u32) -> Result<(), crate::ServiceError> {
        let source = RulesSource::shipped(name).unwrap();
        let apply = ApplyRules {
            source: &source,
            after_hours,
            at_once: false,
            records_max: BATCH_RECORDS_DEFAULT,
            confirmed: None,
            reason: "the new year",
        };
        self.service
            .apply_rules(&self.officer(), &apply)
            .map(|_| ())
    }
}

/// Does what is due, as one program.
pub(crate) fn run(service: &Service) -> Vec<JobReport> {
    let mut reports = Vec::new();
    service
        .run_due(&|| false, &mut |report| reports.push(report))
        .unwrap();
    reports
}

/// Guests with a conversation each, of so many messages sent at a time.
pub(crate) fn talk(id: &str, sent_at: &str, texts: &[&str], booking: Option<Value>) -> Vec<Value> {
    let mut conversation =
        json!({"type": "conversation", "id": id, "guest": format!("g-{id}"), "opened_at": sent_at});
    if let Some(booking) = booking {
        conversation["booking"] = booking;
    }
    let mut lines = vec![
        json!({"type": "guest", "id": format!("g-{id}")}),
        conversation,
    ];
    for (number, text) in texts.iter().enumerate() {
        lines.push(json!({
            "type": "message", "id": format!("{id}-{number}"), "conversation": id, "sender": {"role": "guest"},
            "sent_at": sent_at, "text": text,
        }));
    }
    lines
}

fn surroundings(clock: &Arc<ManualClock>, seed: u64) -> Surroundings {
    Surroundings {
        clock: clock.clone(),
        rng: Arc::new(SeededRng::new(seed)),
        steps: Arc::new(NoSteps),
    }
}
