//! The house and its oracle side by side: each operation is done by both, and every answer compared.

mod snapshots;

use std::io::Cursor;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tempfile::TempDir;
use wuhen_custody::Custodian;
use wuhen_detect::{KindSet, Style};
use wuhen_formats::Source;
use wuhen_ledger::Vkey;
use wuhen_ledger::body::{Role, State};
use wuhen_ledger::certificate::Certificate;
use wuhen_model::NoSteps;
use wuhen_model::testing::{ManualClock, SeededRng};
use wuhen_service::erase::{EraseRequest, Outcome};
use wuhen_service::import::{ImportOptions, RecordCounts};
use wuhen_service::notice::Notice;
use wuhen_service::redact::{Documents, RedactOutcome, RedactRequest, RedactScope};
use wuhen_service::search::{Hit, SearchScope};
use wuhen_service::select::{Consequence, Scope};
use wuhen_service::{Service, ServiceError, Surroundings};
use wuhen_store::Store;
use wuhen_store::sqlite::SqliteStore;

use crate::compare::{Depth, compare, differ};
use crate::custodian::MemoryCustodian;
use crate::operation::{Cut, Line, Operation, Target, to_json_lines};
use crate::oracle::{Counts, Oracle, Refusal, Selected};
use crate::place::{self, Place};

/// What differed, in words.
pub(crate) type Difference = String;

pub(crate) struct World {
    /// `None` only while it is being opened anew.
    service: Option<Service>,
    backing: Backing,
    surroundings: Surroundings,
    clock: Arc<ManualClock>,
    folder: TempDir,
    oracle: Oracle,
    /// The state that the repository's key and control rows are of.
    fenced: Oracle,
    snapshots: Vec<(String, Oracle)>,
    /// Restored from the snapshot of this place, and nothing fenced since: later ones go with the next fence.
    restored_from: Option<usize>,
}

enum Backing {
    Memory {
        store: Arc<dyn Store>,
        custodian: Arc<dyn Custodian>,
    },
    Disk(Place),
}

impl World {
    pub(crate) fn in_memory(seed: u64) -> Self {
        let store: Arc<dyn Store> = Arc::new(SqliteStore::in_memory().expect("memory suffices"));
        let custodian: Arc<dyn Custodian> = Arc::new(MemoryCustodian::default());
        Self::new(seed, |_, surroundings| {
            let service = wuhen_service::init(
                Arc::clone(&store),
                Arc::clone(&custodian),
                surroundings,
                &place::settings(),
            );
            (
                service.expect("a tenant can be made"),
                Backing::Memory { store, custodian },
            )
        })
    }

    /// On disk, with one snapshot repository.
    pub(crate) fn on_disk(seed: u64) -> Self {
        let mut world = Self::new(seed, |folder, surroundings| {
            let place = Place(folder);
            let service = place.init(surroundings).expect("a tenant can be made");
            service
                .init_repository(&place.repository(0))
                .expect("a repository can be made");
            (service, Backing::Disk(place))
        });
        // The registration is entered too.
        world.oracle.entries += 1;
        world.fenced = world.oracle.clone();
        world
    }

    fn new(seed: u64, make: impl FnOnce(PathBuf, Surroundings) -> (Service, Backing)) -> Self {
        let folder = place::scratch();
        let clock = Arc::new(ManualClock::new(place::start()));
        let surroundings = Surroundings {
            clock: Arc::clone(&clock) as _,
            rng: Arc::new(SeededRng::new(seed)),
            steps: Arc::new(NoSteps),
        };
        let (service, backing) = make(folder.path().join("house"), surroundings.clone());
        place::write_attachments(folder.path());
        Self {
            service: Some(service),
            backing,
            surroundings,
            clock,
            folder,
            oracle: Oracle::new(),
            fenced: Oracle::new(),
            snapshots: Vec::new(),
            restored_from: None,
        }
    }

    /// Does all of them. The first difference, with the number of the operation that showed it.
    pub(crate) fn run(&mut self, operations: &[Operation]) -> Result<(), Difference> {
        for (number, operation) in operations.iter().enumerate() {
            self.step(number, operation)
                .map_err(|difference| format!("operation {number}: {difference}"))?;
        }
        compare(self.service(), &self.oracle, Depth::All)?;
        self.check_ledger()?;
        self.scan()
    }

    fn step(&mut self, number: usize, operation: &Operation) -> Result<(), Difference> {
        let mut depth = Depth::All;
        match operation {
            Operation::Import {
                source,
                lines,
                allow_erased,
            } => {
                depth = Depth::Quarter(number / 2);
                self.import(source, lines, *allow_erased)?;
            }
            Operation::Label {
                conversation,
                label,
            } => {
                depth = Depth::Quarter(number / 2);
                let expected = self.oracle.label(conversation, label);
                differ(
                    "label",
                    expected,
                    self.service()
                        .label(conversation, label)
                        .map_err(|error| refusal(&error)),
                )?;
            }
            Operation::Erase(target) => self.erase(target)?,
            Operation::Redact(cut) => self.redact(cut)?,
            Operation::Preview(target) => return self.preview(target),
            Operation::Show(conversation) => {
                let expected = self.oracle.find_conversation(conversation);
                let shown = self.service().show(conversation);
                let shown = shown
                    .map(|(view, _)| (view.source, view.id))
                    .map_err(|error| refusal(&error));
                return differ("show", expected, shown);
            }
            Operation::Search {
                query,
                guest,
                from,
                to,
            } => return self.search(query, guest.as_deref(), *from, *to),
            Operation::Reopen => self.reopen()?,
            Operation::CheckLedger => return self.check_ledger(),
            Operation::Snapshot => self.snapshot()?,
            Operation::Restore(number) => self.restore(*number)?,
            Operation::Wait(hours) => {
                self.clock.advance(Duration::from_hours(*hours));
                return Ok(());
            }
        }
        compare(self.service(), &self.oracle, depth)
    }

    pub(crate) fn service(&self) -> &Service {
        self.service
            .as_ref()
            .expect("it is open between operations")
    }

    fn import(
        &mut self,
        source: &str,
        lines: &[Line],
        allow_erased: bool,
    ) -> Result<(), Difference> {
        let text = to_json_lines(lines);
        let mut file = Source::from_reader("simulated.jsonl", Cursor::new(text))
            .map_err(|error| error.to_string())?;
        file.folder = Some(self.folder.path().to_owned());
        let options = ImportOptions {
            source: Some(source.to_owned()),
            allow_erased,
        };
        let report = self.service().import(file, &options, &mut |_| {});
        let expected = self.oracle.import(source, lines, allow_erased);
        let found = report.map(|report| [report.added, report.known, report.kept_away].map(counts));
        differ(
            "import",
            expected.map(|imported| [imported.added, imported.known, imported.kept_away]),
            found.map_err(|error| refusal(&error)),
        )
    }

    fn preview(&self, target: &Target) -> Result<(), Difference> {
        let found = self.service().preview(&scope(target)).map(|preview| {
            let counts = Counts {
                guests: preview.guests,
                conversations: preview.conversations,
                messages: preview.messages,
                attachments: preview.attachments,
            };
            (counts, preview.repositories, preview.consequences)
        });
        let expected = self.oracle.select(target).map(|selected| {
            let counts = self.oracle.measure(&selected);
            (
                counts,
                self.repositories(),
                self.consequences(&selected, counts),
            )
        });
        differ("preview", expected, found.map_err(|error| refusal(&error)))
    }

    fn consequences(&self, selected: &Selected, counts: Counts) -> Vec<Consequence> {
        let mut consequences = Vec::new();
        for (follows, consequence) in [
            (
                self.oracle.touches_status(selected, "refunding"),
                Consequence::RefundOpen,
            ),
            (
                self.oracle.touches_status(selected, "booked"),
                Consequence::BookingAhead,
            ),
            (counts.attachments > 0, Consequence::AttachmentsGo),
            (self.repositories() == 0, Consequence::NoSnapshot),
        ] {
            if follows {
                consequences.push(consequence);
            }
        }
        consequences
    }

    fn repositories(&self) -> u64 {
        match self.backing {
            Backing::Memory { .. } => 0,
            Backing::Disk(_) => 1,
        }
    }

    fn erase(&mut self, target: &Target) -> Result<(), Difference> {
        let request = EraseRequest {
            scope: scope(target),
            reason: "simulated".to_owned(),
            by_role: Role::PrivacyOfficer,
        };
        let outcome = self.service().erase(&request);
        let selected = match (self.oracle.select(target), &outcome) {
            (Ok(selected), Ok(_)) => selected,
            (expected, found) => {
                let found = found
                    .as_ref()
                    .map(drop)
                    .map_err(|error| (refusal(error), error.to_string()));
                return match (expected.err(), found) {
                    (Some(expected), Err((found, _))) if expected == found => Ok(()),
                    (expected, found) => {
                        Err(format!("erase: expected {expected:?}, found {found:?}"))
                    }
                };
            }
        };
        let counts = self.oracle.measure(&selected);
        self.oracle.erase(&selected);
        self.fenced_now();
        self.check_outcome(&outcome.map_err(|error| error.to_string())?, counts)
    }

    fn redact(&mut self, cut: &Cut) -> Result<(), Difference> {
        let expected = self.oracle.redact(cut);
        let redacted = redact(self.service(), cut);
        differ(
            "redact",
            expected.clone(),
            redacted.as_ref().map(drop).map_err(refusal),
        )?;
        let Ok(redacted) = redacted else {
            return Ok(());
        };
        differ("conversations redacted", 1, redacted.conversations)?;
        self.fenced_now();
        let versions = Counts {
            messages: 1,
            ..Counts::default()
        };
        self.check_outcome(&redacted.outcome, versions)
    }

    /// The outcome and the certificate say what was erased, and that it is complete.
    fn check_outcome(&self, outcome: &Outcome, expected: Counts) -> Result<(), Difference> {
        if outcome.state != State::Complete {
            return Err(format!("the erasure is partial: {:?}", outcome.problems));
        }
        differ("epoch", self.oracle.erasures, outcome.epoch)?;
        let key = Vkey::parse(&self.service().ledger_key()).map_err(|error| error.to_string())?;
        let verified = Certificate::verify(&outcome.certificate, Some(&key))
            .map_err(|error| error.to_string())?;
        differ("certificate's key", true, verified.key_trusted)?;
        differ(
            "certificate's state",
            State::Complete,
            verified.completed.outcome.state(),
        )?;
        differ(
            "certificate's case",
            &outcome.case,
            &verified.completed.case,
        )?;
        let erased = verified.completed.records.erased;
        let erased = Counts {
            guests: erased.guests,
            conversations: erased.conversations,
            messages: erased.messages,
            attachments: erased.attachments,
        };
        differ("certificate's counts", expected, erased)
    }

    fn search(
        &self,
        query: &str,
        guest: Option<&str>,
        from: Option<i64>,
        to: Option<i64>,
    ) -> Result<(), Difference> {
        let at = |seconds: Option<i64>| {
            seconds.map(|at| Timestamp::from_second(at).expect("it is of this century"))
        };
        let scope = SearchScope {
            guest: guest.map(str::to_owned),
            from: at(from),
            to: at(to),
        };
        let expected = self.oracle.search(query, guest, from, to);
        // The first opens sketches where something has changed, the second has them in memory.
        for _ in 0..2 {
            let hits = self.service().search(query, &scope);
            if let Ok(hits) = &hits {
                let in_order = hits.windows(2).all(is_in_order);
                differ(
                    "hits of a conversation in the order of time",
                    true,
                    in_order,
                )?;
            }
            let found = hits.map_err(|error| refusal(&error)).map(|hits| {
                let id = |hit: Hit| (hit.source, hit.conversation, hit.message.id);
                let mut found: Vec<_> = hits.into_iter().map(id).collect();
                found.sort();
                found
            });
            differ("search", &expected, &found)?;
        }
        Ok(())
    }

    fn check_ledger(&self) -> Result<(), Difference> {
        let report = self
            .service()
            .check_ledger()
            .map_err(|error| error.to_string())?;
        differ("ledger's entries", self.oracle.entries, report.size)?;
        differ(
            "ledger's entries that open",
            self.oracle.entries,
            report.opened,
        )
    }

    fn reopen(&mut self) -> Result<(), Difference> {
        self.service = None;
        let opened = match &self.backing {
            Backing::Memory { store, custodian } => wuhen_service::open(
                Arc::clone(store),
                Arc::clone(custodian),
                self.surroundings.clone(),
            ),
            Backing::Disk(place) => place.open(self.surroundings.clone()),
        };
        let (service, notices) = opened.map_err(|error| error.to_string())?;
        self.service = Some(service);
        differ("notices of a start", Vec::<String>::new(), said(&notices))
    }

    fn scan(&self) -> Result<(), Difference> {
        match &self.backing {
            Backing::Memory { .. } => Ok(()),
            Backing::Disk(place) => place::plaintext(&place.written()),
        }
    }
}

/// Cuts out of a message as a person does who reads it first.
pub(crate) fn redact(service: &Service, cut: &Cut) -> Result<RedactOutcome, ServiceError> {
    let text = match service.show(&cut.conversation) {
        Ok((_, messages)) => messages
            .into_iter()
            .find(|message| message.id == cut.message)
            .map_or_else(String::new, |message| message.text),
        Err(ServiceError::NotFound { .. }) => String::new(),
        Err(error) => return Err(error),
    };
    let characters = cut.characters(text.chars().count());
    let offset = |character| {
        let found = text.char_indices().nth(character);
        found.map_or(text.len(), |(offset, _)| offset)
    };
    let span = offset(characters.start)..offset(characters.end);
    service.redact(&RedactRequest {
        scope: RedactScope::Spans(cut.name(), std::iter::once(span).collect()),
        kinds: KindSet::NONE,
        style: match cut.style {
            "mask" => Style::Mask,
            "label" => Style::Label,
            _ => Style::Remove,
        },
        documents: Documents::Stay,
        reason: "simulated".to_owned(),
        by_role: Role::PrivacyOfficer,
    })
}

pub(crate) fn scope(target: &Target) -> Scope {
    match target {
        Target::Guest(id) => Scope::Guest(id.clone()),
        Target::Conversations(ids) => Scope::Conversations(ids.clone()),
        Target::Messages(ids) => Scope::Messages(ids.clone()),
        Target::Label(label) => Scope::Label(label.clone()),
        Target::Before(at) => {
            Scope::Before(Timestamp::from_second(*at).expect("it is of this century"))
        }
    }
}

fn counts(counts: RecordCounts) -> Counts {
    let RecordCounts {
        guests,
        conversations,
        messages,
        attachments,
    } = counts;
    Counts {
        guests,
        conversations,
        messages,
        attachments,
    }
}

/// What an error is to the oracle. One that it does not know is no refusal, but a failure.
fn refusal(error: &ServiceError) -> Refusal {
    match error {
        ServiceError::NotFound { .. } => Refusal::NotFound,
        ServiceError::Ambiguous { .. } => Refusal::Ambiguous,
        ServiceError::Refused(_) | ServiceError::NothingMatches => Refusal::Refused,
        ServiceError::Query(_) => Refusal::Query,
        ServiceError::Import { .. } => Refusal::Import,
        other => Refusal::Failure(other.to_string()),
    }
}

/// Two hits that follow each other: of two conversations, or by time.
fn is_in_order(pair: &[Hit]) -> bool {
    let place = |hit: &Hit| (hit.source.clone(), hit.conversation.clone());
    place(&pair[0]) != place(&pair[1]) || pair[0].message.sent_at <= pair[1].message.sent_at
}

fn said(notices: &[Notice]) -> Vec<String> {
    notices.iter().map(ToString::to_string).collect()
}
