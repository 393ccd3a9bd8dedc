//! A small house with a bit of everything, the operations that the table kills, and all that must hold afterwards.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use wuhen_detect::{Kind, KindSet, Style, Viewer};
use wuhen_formats::Source;
use wuhen_ledger::body::Role;
use wuhen_model::people::StaffRole;
use wuhen_model::{NoSteps, Steps, Stopped, When};
use wuhen_service::attachment::Mark;
use wuhen_service::erase::{EraseRequest, Outcome};
use wuhen_service::import::ImportOptions;
use wuhen_service::mark::{MarkRequest, MarkedBy};
use wuhen_service::redact::{Documents, RedactOutcome, RedactRequest, RedactScope};
use wuhen_service::snapshot::RestoreCounts;
use wuhen_service::staff::NewMember;
use wuhen_service::{Service, ServiceError, Surroundings};
use wuhen_store::sqlite::Options;

use super::Point;
use super::records::{LABEL, OLD, first_file, second_file, third_file};
use super::table::Row;
use crate::checks::{blobs, check_cases, check_ledger, complete, roots};
use crate::compare::{Depth, compare, differ};
use crate::operation::{Cut, Line, Target, conversations, messages};
use crate::oracle::Oracle;
use crate::place::{self, Place, surroundings, surroundings_with};
use crate::world::{Difference, redact, scope};

const SOURCE: &str = "hotel";

/// What is killed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Act {
    Init,
    Import,
    Label,
    Mark,
    EraseGuest,
    EraseConversation,
    EraseMessages,
    EraseLabel,
    EraseBefore,
    Redact,
    /// Of a guest's profile and files.
    RedactGuest,
    /// The start after an erasure that died before its rotation was committed.
    RecoverBeforeCommit,
    /// The start after an erasure that died when its rotation had been committed.
    RecoverAfterCommit,
    SnapshotInit,
    SnapshotCreate,
    SnapshotUnregister,
    Restore,
    OwnNumbers,
    Reveal,
    RevealAttachment,
    StaffAdd,
    StaffDisable,
}

impl Act {
    pub(crate) const ALL: [Self; 22] = [
        Self::Init,
        Self::Import,
        Self::Label,
        Self::Mark,
        Self::EraseGuest,
        Self::EraseConversation,
        Self::EraseMessages,
        Self::EraseLabel,
        Self::EraseBefore,
        Self::Redact,
        Self::RedactGuest,
        Self::RecoverBeforeCommit,
        Self::RecoverAfterCommit,
        Self::SnapshotInit,
        Self::SnapshotCreate,
        Self::SnapshotUnregister,
        Self::Restore,
        Self::OwnNumbers,
        Self::Reveal,
        Self::RevealAttachment,
        Self::StaffAdd,
        Self::StaffDisable,
    ];

    /// What it erases, if it does.
    fn target(self) -> Option<Target> {
        match self {
            Self::EraseGuest => Some(Target::Guest("c4n4ry-g1".to_owned())),
            Self::EraseConversation => Some(conversations(&["c4n4ry-c2"])),
            Self::EraseMessages | Self::RecoverAfterCommit | Self::RecoverBeforeCommit => {
                Some(messages(&["c4n4ry-c2-m1", "c4n4ry-c2-m3", "c4n4ry-c3-m0"]))
            }
            Self::EraseLabel => Some(Target::Label(LABEL.to_owned())),
            Self::EraseBefore => Some(Target::Before(OLD)),
            _ => None,
        }
    }

    /// Does it, telling `steps` of every durable step.
    pub(crate) fn run(self, place: &Place, steps: Arc<dyn Steps>) -> Result<(), ServiceError> {
        self.run_with(place, surroundings_with(2, steps), Options::default())
    }

    pub(crate) fn run_with(
        self,
        place: &Place,
        told: Surroundings,
        options: Options,
    ) -> Result<(), ServiceError> {
        match self {
            Self::Init => return place.init(told).map(drop),
            Self::RecoverBeforeCommit | Self::RecoverAfterCommit => {
                return place.open(told).map(drop);
            }
            Self::Restore => {
                std::fs::remove_dir_all(place.store()).expect("a store can be lost");
                let (store, repository) = (place.store(), place.repository(0));
                let now = place::start().as_second();
                wuhen_store::sqlite::restore(
                    &store,
                    &repository,
                    None,
                    Options::default(),
                    now,
                    &*told.steps,
                )?;
                return Ok(());
            }
            _ => {}
        }
        let (service, _) = place.open_with(told, options)?;
        match self {
            Self::Import => import(place, &service, &second_file()),
            Self::Label => service.label("c4n4ry-c4", "c4n4ry-new").map(drop),
            Self::Redact => redact(&service, &cut()).map(drop),
            Self::RedactGuest => redact_guest(&service).map(drop),
            Self::Mark => mark(&service),
            Self::SnapshotInit => service.init_repository(&place.repository(2)).map(drop),
            Self::SnapshotCreate => {
                let repositories = service.repositories()?;
                service
                    .create_snapshot(repositories.first().map(|row| row.id.as_str()))
                    .map(drop)
            }
            Self::SnapshotUnregister => {
                let repositories = service.repositories()?;
                service
                    .unregister_repository(&repositories.first().expect("there is one").id)
                    .map(drop)
            }
            Self::OwnNumbers => service
                .add_own_numbers(&["010-5550 0100".to_owned()])
                .map(drop),
            Self::RevealAttachment => reveal_attachment(&service),
            Self::StaffAdd => add_agent(&service),
            Self::StaffDisable => {
                let officer = service.act_as_officer(None, None)?;
                service.disable_member(&officer, AGENT).map(drop)
            }
            Self::Reveal => service
                .reveal("c4n4ry-c4", Viewer::PrivacyOfficer, "asked")
                .map(drop),
            _ => erase(&service, &self.target().expect("the rest erases")).map(drop),
        }
    }
}

/// A member of staff; the name must be in no file.
const AGENT: &str = "c4n4ry-agent";

fn add_agent(service: &Service) -> Result<(), ServiceError> {
    let officer = service.act_as_officer(None, None)?;
    let new = NewMember {
        name: AGENT,
        role: StaffRole::Agent,
        password: None,
        second_factor: false,
    };
    service.add_member(&officer, &new).map(drop)
}

/// The first attachment of all: its conversation, and its number.
fn first_attachment(service: &Service) -> Result<(String, u32), ServiceError> {
    for conversation in service.conversations(None)? {
        let (_, messages) = service.show(&conversation.id)?;
        let mut attachments = messages.iter().flat_map(|message| &message.attachments);
        if let Some(attachment) = attachments.next() {
            return Ok((conversation.id, attachment.item));
        }
    }
    panic!("the house has an attachment");
}

fn mark(service: &Service) -> Result<(), ServiceError> {
    let (conversation, number) = first_attachment(service)?;
    let request = MarkRequest {
        conversation: &conversation,
        number,
        mark: Mark::IdentityDocument,
        remove: false,
        by: MarkedBy::Agent,
        reason: "it shows one",
    };
    service.mark(&request).map(drop)
}

fn reveal_attachment(service: &Service) -> Result<(), ServiceError> {
    let (conversation, number) = first_attachment(service)?;
    let who = (Viewer::PrivacyOfficer, "asked");
    service
        .reveal_attachment(&conversation, number, who, &mut std::io::sink())
        .map(drop)
}

/// Cuts the name and the numbers of a guest of whom there are files.
fn redact_guest(service: &Service) -> Result<RedactOutcome, ServiceError> {
    service.redact(&RedactRequest {
        scope: RedactScope::Guest("c4n4ry-g2".to_owned()),
        kinds: KindSet::of(&[Kind::PersonName, Kind::Mobile]),
        style: Style::Label,
        documents: Documents::Stay,
        reason: "asked".to_owned(),
        by_role: Role::PrivacyOfficer,
    })
}

/// What the house holds before and after the operation.
pub(crate) struct House {
    before: Oracle,
    after: Oracle,
    /// When the first snapshots were made.
    at_snapshot: Oracle,
}

impl House {
    /// Makes the house of a row: three guests, attachments, sketches, labels, old and new messages, snapshots.
    pub(super) fn prepare(place: &Place, row: &Row) -> Self {
        std::fs::create_dir_all(&place.0).expect("a folder can be made");
        let mut oracle = Oracle::new();
        if row.act == Act::Init {
            return Self {
                before: oracle.clone(),
                after: oracle.clone(),
                at_snapshot: oracle,
            };
        }
        let service = place.init(surroundings(1)).expect("a tenant can be made");
        oracle
            .import(SOURCE, &first_file(), false)
            .expect("the first file is sound");
        import(place, &service, &first_file()).expect("the first file is imported");
        for number in 0..row.repositories {
            let made = service
                .init_repository(&place.repository(number))
                .expect("a repository can be made");
            service
                .create_snapshot(Some(&made.done.id))
                .expect("a snapshot can be made");
        }
        let at_snapshot = oracle.clone();
        let stop = match row.act {
            Act::RecoverBeforeCommit => Some("rotation/create-root"),
            Act::RecoverAfterCommit => Some("rotation/commit"),
            _ => None,
        };
        if row.act == Act::StaffDisable {
            add_agent(&service).expect("an agent can be added");
        }
        drop(service);
        let before = oracle.clone();
        if let Some(step) = stop {
            let told = surroundings_with(3, Arc::new(StopAfter(step)));
            let (service, _) = place.open(told).expect("the house opens");
            let stopped = erase(&service, &row.act.target().expect("it erases"));
            assert!(
                matches!(stopped, Err(ServiceError::Stopped(_))),
                "the erasure was stopped"
            );
        }
        let mut after = oracle;
        match row.act {
            Act::Import => {
                after
                    .import(SOURCE, &second_file(), false)
                    .expect("the second file is sound");
            }
            Act::Label => {
                after
                    .label("c4n4ry-c4", "c4n4ry-new")
                    .expect("the conversation is there");
            }
            Act::Redact => after.redact(&cut()).expect("the message is there"),
            Act::RedactGuest => after.clear(&(SOURCE.to_owned(), "c4n4ry-g2".to_owned())),
            Act::RecoverBeforeCommit => {}
            _ => {
                if let Some(target) = row.act.target() {
                    let selected = after.select(&target).expect("there is something to erase");
                    after.erase(&selected);
                }
            }
        }
        Self {
            before,
            after,
            at_snapshot,
        }
    }

    /// What must be there after a crash at the point: an operation takes effect at one step, and not by halves.
    pub(super) fn after_crash(&self, row: &Row, point: Point) -> &Oracle {
        let Some(effective) = row.effective else {
            return &self.after;
        };
        let place = row
            .steps
            .iter()
            .position(|step| *step == effective)
            .expect("the step is in its row");
        if (point.number, point.when == When::After) >= (place, true) {
            &self.after
        } else {
            &self.before
        }
    }

    /// What must be there if the operation happened, or did not.
    pub(crate) fn outcome(&self, done: bool) -> &Oracle {
        if done { &self.after } else { &self.before }
    }

    /// Whether an erasure that answered with an error had taken effect all the same: the epoch says so.
    pub(crate) fn took_effect(&self, place: &Place) -> bool {
        let Ok((service, _)) = place.open(surroundings(6)) else {
            return false;
        };
        service
            .stats()
            .is_ok_and(|(_, epoch)| epoch > self.before.erasures)
    }

    /// Runs the operation to its end. The steps it reached, in order.
    pub(crate) fn record(&self, place: &Place, act: Act) -> Vec<&'static str> {
        let recorder = Arc::new(Recorder::default());
        act.run(place, Arc::clone(&recorder) as _)
            .expect("an operation that nobody stops succeeds");
        if act != Act::Restore {
            self.check(place, &self.after)
                .expect("after an operation that nobody stopped all is well");
        }
        let reached = recorder.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut steps = Vec::new();
        for pair in reached.chunks(2) {
            let [(step, When::Before), (done, When::After)] = pair else {
                panic!("steps do not nest: {pair:?}")
            };
            assert_eq!(step, done, "steps do not nest");
            steps.push(*step);
        }
        steps
    }

    /// Opens the house and looks at everything; then goes on living in it.
    pub(crate) fn check(&self, place: &Place, expected: &Oracle) -> Result<(), Difference> {
        restore_again(place)?;
        differ(
            "complaints about the database",
            Vec::<String>::new(),
            place.complaints(),
        )?;
        let (service, _) = place
            .open(surroundings(4))
            .map_err(|error| format!("open: {error}"))?;
        compare(&service, expected, Depth::All)?;
        check_cases(&service)?;
        check_ledger(&service)?;
        roots(place)?;
        blobs("store", &place.store(), expected)?;
        let mut oracle = expected.clone();
        live_on(place, &service, &mut oracle)?;
        let repositories = service.repositories().map_err(|error| error.to_string())?;
        drop(service);
        for repository in repositories {
            let folder = PathBuf::from(repository.folder);
            blobs("repository", &folder, &oracle)?;
            self.restores(place, &folder, &oracle)?;
        }
        place::plaintext(&place.written())
    }

    /// Its newest snapshot gives all that lives, its oldest what was there then without what was erased since.
    fn restores(
        &self,
        place: &Place,
        repository: &std::path::Path,
        oracle: &Oracle,
    ) -> Result<(), Difference> {
        let snapshots =
            wuhen_store::sqlite::snapshots(repository).map_err(|error| error.to_string())?;
        let Some(oldest) = snapshots.first() else {
            return Err("a repository has no snapshot".to_owned());
        };
        let mut tries = vec![(None, oracle.clone())];
        if oldest.messages == self.at_snapshot.totals().messages && snapshots.len() > 1 {
            tries.push((
                Some(oldest.id.as_str()),
                oracle.restored_from(&self.at_snapshot),
            ));
        }
        for (id, expected) in tries {
            let beside = Place(place.0.join("beside"));
            let now = place::start().as_second();
            let restored = wuhen_store::sqlite::restore(
                &beside.store(),
                repository,
                id,
                Options::default(),
                now,
                &NoSteps,
            )
            .map_err(|error| format!("restore {id:?}: {error}"))?;
            place::copy_folder(&place.keys(), &beside.keys());
            let (service, _) = beside
                .open(surroundings(5))
                .map_err(|error| format!("open a restored store: {error}"))?;
            compare(&service, &expected, Depth::All)
                .map_err(|difference| format!("restored {id:?}: {difference}"))?;
            let counts = RestoreCounts {
                repository: restored.repository,
                snapshot: restored.snapshot.id,
                created_at: now,
                restored: wuhen_ledger::body::Counts::default(),
                held: wuhen_ledger::body::Counts::default(),
                lost_conversations: restored.lost_conversations,
                lost_items: restored.lost_items,
            };
            service
                .record_restore(&counts)
                .map_err(|error| format!("record a restore: {error}"))?;
            check_ledger(&service)?;
            drop(service);
            place::plaintext(&beside.written())?;
            std::fs::remove_dir_all(&beside.0).expect("what was restored can be removed");
        }
        Ok(())
    }
}

/// A restore that died left nothing under the store's name, or all of it: it is simply done again.
fn restore_again(place: &Place) -> Result<(), Difference> {
    if place.store().exists() || !place.repository(0).exists() {
        return Ok(());
    }
    let now = place::start().as_second();
    wuhen_store::sqlite::restore(
        &place.store(),
        &place.repository(0),
        None,
        Options::default(),
        now,
        &NoSteps,
    )
    .map_err(|error| format!("restore again: {error}"))?;
    differ(
        "what the first try left",
        false,
        place.0.join("store.restoring").exists(),
    )
}

/// The same erasure again if it did not happen, another one, an import, a snapshot: all must work as ever.
fn live_on(place: &Place, service: &Service, oracle: &mut Oracle) -> Result<(), Difference> {
    import(place, service, &third_file()).map_err(|error| format!("import: {error}"))?;
    oracle
        .import(SOURCE, &third_file(), false)
        .map_err(|refusal| format!("{refusal:?}"))?;
    let again = [
        messages(&["c4n4ry-c2-m1"]),
        conversations(&["c4n4ry-c2"]),
        messages(&["c4n4ry-c9-m0"]),
    ];
    for target in again {
        let Ok(selected) = oracle.select(&target) else {
            continue;
        };
        let outcome = erase(service, &target).map_err(|error| format!("erase again: {error}"))?;
        complete(service, &outcome)?;
        oracle.erase(&selected);
    }
    for again in [
        cut(),
        Cut {
            style: "remove",
            ..cut()
        },
    ] {
        let expected = oracle.redact(&again);
        let redacted = redact(service, &again);
        differ("redact again", expected.is_ok(), redacted.is_ok())?;
        if let Ok(redacted) = redacted {
            complete(service, &redacted.outcome)?;
        }
    }
    compare(service, oracle, Depth::All)?;
    for repository in service.repositories().map_err(|error| error.to_string())? {
        service
            .create_snapshot(Some(&repository.id))
            .map_err(|error| format!("snapshot: {error}"))?;
    }
    check_ledger(service)?;
    roots(place)?;
    blobs("store", &place.store(), oracle)
}

/// A message with attachments, of which most characters are cut out.
fn cut() -> Cut {
    Cut {
        conversation: format!("{SOURCE}/c4n4ry-c3"),
        message: "c4n4ry-c3-m3".to_owned(),
        first: 3,
        more: 9,
        style: "label",
    }
}

pub(crate) fn erase(service: &Service, target: &Target) -> Result<Outcome, ServiceError> {
    service.erase(&EraseRequest {
        scope: scope(target),
        reason: "asked".to_owned(),
        by_role: Role::PrivacyOfficer,
    })
}

/// The imports lie beside the house: they are plaintext.
pub(crate) fn import(place: &Place, service: &Service, lines: &[Line]) -> Result<(), ServiceError> {
    // Errors name the file of an import: its name says nothing.
    let beside = place
        .0
        .parent()
        .expect("a house lies in a folder")
        .join("imports");
    let file = place::write_import(&beside, "hotel.jsonl", lines);
    let options = ImportOptions {
        source: Some(SOURCE.to_owned()),
        allow_erased: false,
    };
    service
        .import(Source::open(&file)?, &options, &mut |_| {})
        .map(drop)
}

/// Behaves as if the machine died when this step had taken effect.
struct StopAfter(&'static str);

impl Steps for StopAfter {
    fn reached(&self, step: &'static str, when: When) -> Result<(), Stopped> {
        if step == self.0 && when == When::After {
            Err(Stopped { step, when })
        } else {
            Ok(())
        }
    }
}

#[derive(Default)]
struct Recorder(Mutex<Vec<(&'static str, When)>>);

impl Steps for Recorder {
    fn reached(&self, step: &'static str, when: When) -> Result<(), Stopped> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((step, when));
        Ok(())
    }
}
