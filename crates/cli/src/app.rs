//! What every command works with: how to answer, where things are, time and randomness.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;
use wuhen_custody::process::Hardening;
use wuhen_model::{Clock, NoSteps, Rng};
use wuhen_service::{Service, Surroundings};

use crate::args::{Edge, Global, When, Who};
use crate::exit::Exit;
use crate::place;
use crate::problem::Problem;
use crate::system::{SystemClock, SystemRng};
use crate::words::Lang;

/// One run of the program.
pub(crate) struct App {
    /// The language of the answers.
    pub(crate) lang: Lang,
    /// Whether machines read the answer.
    pub(crate) json: bool,
    /// Folder of the store, links resolved.
    pub(crate) store: PathBuf,
    /// Whether the command line named it.
    pub(crate) store_given: bool,
    /// Who acts.
    pub(crate) who: Who,
    /// Folders of keys as they were given, links resolved.
    pub(crate) keys_given: Vec<PathBuf>,
    /// What the process could do for itself.
    pub(crate) hardening: Hardening,
    /// The machine's clocks.
    pub(crate) clock: Arc<SystemClock>,
    /// The machine's randomness.
    pub(crate) rng: Arc<SystemRng>,
}

impl App {
    /// From what every command takes.
    pub(crate) fn new(
        global: &Global,
        store_given: bool,
        lang: Lang,
        hardening: Hardening,
    ) -> Result<Self, Problem> {
        Ok(Self {
            lang,
            json: global.json,
            store: place::resolve(&global.store)?,
            store_given,
            who: global.who.clone(),
            keys_given: global
                .keys
                .iter()
                .map(|folder| place::resolve(folder))
                .collect::<Result<_, _>>()?,
            hardening,
            clock: Arc::new(SystemClock::start()),
            rng: Arc::new(SystemRng),
        })
    }

    /// The same, as if it were another time.
    pub(crate) fn at(&self, time: Timestamp) -> Self {
        Self {
            store: self.store.clone(),
            keys_given: self.keys_given.clone(),
            clock: Arc::new(SystemClock::starting_at(time)),
            rng: self.rng.clone(),
            who: self.who.clone(),
            ..*self
        }
    }

    /// Time and randomness for the use cases.
    pub(crate) fn surroundings(&self) -> Surroundings {
        Surroundings {
            clock: self.clock.clone(),
            rng: self.rng.clone(),
            steps: Arc::new(NoSteps),
        }
    }

    /// The time.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Seconds since the program started.
    pub(crate) fn seconds(&self) -> f64 {
        (self.clock.elapsed().as_secs_f64() * 1_000.0).round() / 1_000.0
    }

    /// Random bytes.
    pub(crate) fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.rng.fill(&mut bytes);
        bytes
    }

    /// Says on standard error what is wrong with one line of a text, where the others are read all the same.
    pub(crate) fn complain_of_line(&self, line: u64, words: &str) {
        let line = if self.json {
            json!({ "line": line, "error": words }).to_string()
        } else {
            format!("{}{words}", self.lang.pick("error: ", "错误："))
        };
        let _ = writeln!(std::io::stderr(), "{line}");
    }

    /// Says something on standard error that is not the answer.
    pub(crate) fn note(&self, words: &str) {
        let line = if self.json {
            json!({ "note": words }).to_string()
        } else {
            format!("{}{words}", self.lang.pick("note: ", "提示："))
        };
        // Nobody may be reading; the answer does not depend on it.
        let _ = writeln!(std::io::stderr(), "{line}");
    }
}

/// A day or time of the command line, in the tenant's time zone.
pub(crate) fn instant(service: &Service, when: When, edge: Edge) -> Result<Timestamp, Problem> {
    let zone = time_zone(&service.tenant_settings().timezone)?;
    when.instant(&zone, edge).ok_or_else(|| {
        Problem::own(
            Exit::Usage,
            "the date is out of the calendar's range",
            "日期超出历法范围",
        )
    })
}

/// An IANA time zone by its name.
pub(crate) fn time_zone(name: &str) -> Result<TimeZone, Problem> {
    TimeZone::get(name).map_err(|_| {
        Problem::own(
            Exit::Usage,
            format!("{name:?} is not a time zone; use an IANA name such as Asia/Shanghai"),
            format!("{name:?} 不是时区；请使用 IANA 名称，如 Asia/Shanghai"),
        )
    })
}
