//! At the door: every text that comes in is scanned, card security codes are cut before anything is sealed, and what was found
//! stays with the message. Also the detector itself, made once for a tenant.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Map, Value};
use wuhen_detect::{
    CUT_KINDS, Category, Detector, Finding, KindSet, RULES_VERSION, Settings, Subjects, cut,
};

use crate::Service;
use crate::fields::{Field, rewrite};
use crate::questions::{OpenQuestions, kinds_of};

/// The tenant's detector, once somebody needed it.
#[derive(Default)]
pub(crate) struct KeptDetector(Mutex<Option<Arc<Detector>>>);

impl KeptDetector {
    /// After what it depends on has changed.
    pub(crate) fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Service {
    /// Finds every kind of personal data, and takes the house's own numbers for none.
    pub(crate) fn detector(&self) -> Arc<Detector> {
        // What is inside is replaced as a whole: a panic leaves nothing half made.
        let mut kept = self
            .detector
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let make = || {
            let settings = Settings {
                own_numbers: self.settings().own_numbers.clone(),
                ..Settings::all()
            };
            Arc::new(Detector::new(settings))
        };
        Arc::clone(kept.get_or_insert_with(make))
    }
}

/// Scans what comes in, one record after another.
pub(crate) struct Door {
    detector: Arc<Detector>,
    /// Taken again for every text.
    findings: Vec<Finding>,
    /// Card security codes that were cut so far.
    pub(crate) cut: u64,
}

/// A message's text as it may be stored, and what a scan made of it.
pub(crate) struct Entered<'a> {
    /// Without card security codes.
    pub(crate) text: Cow<'a, str>,
    /// What stands in it, with what was cut.
    pub(crate) findings: Vec<Finding>,
    /// What is open after it.
    pub(crate) asked: OpenQuestions,
    /// Whether it speaks of a document, or a card, that may be shown next.
    pub(crate) speaks_of_identity: bool,
    /// What it is about.
    pub(crate) category: Category,
    /// The rules that it was scanned by.
    pub(crate) rules: u16,
}

impl Door {
    pub(crate) fn new(detector: Arc<Detector>) -> Self {
        Self {
            detector,
            findings: Vec::new(),
            cut: 0,
        }
    }

    /// What a message asks the next one for. It is stored already, without a note of it.
    pub(crate) fn asks(&mut self, text: &str) -> KindSet {
        let none = KindSet::NONE;
        self.detector.scan_in(text, none, &mut self.findings)
    }

    /// A message's text; `asked` is what was open before it.
    pub(crate) fn message<'a>(&mut self, text: &'a str, asked: OpenQuestions) -> Entered<'a> {
        let asks = self
            .detector
            .scan_in(text, asked.kinds(), &mut self.findings);
        let subjects = Subjects::of(text);
        let category = subjects.category(&self.findings);
        let text = self.without_codes(text);
        Entered {
            text,
            asked: asked.after(asks, kinds_of(&self.findings)),
            findings: std::mem::take(&mut self.findings),
            speaks_of_identity: subjects.speaks_of_identity(),
            category,
            rules: RULES_VERSION,
        }
    }

    /// A text that is stored with a record, such as a file's name.
    pub(crate) fn text<'a>(&mut self, text: &'a str) -> Cow<'a, str> {
        self.detector.scan(text, &mut self.findings);
        self.without_codes(text)
    }

    /// Fields that are kept as they came: every text and number at any depth. A field's name counts as a word before it.
    pub(crate) fn fields<'a>(
        &mut self,
        fields: &'a Map<String, Value>,
    ) -> Cow<'a, Map<String, Value>> {
        let detector = Arc::clone(&self.detector);
        let rewritten = rewrite(fields, &mut |field: Field<'_>| {
            if !may_hold_a_code(field.value) {
                return None;
            }
            let mut findings = field.scan(&detector);
            self.cut += cut_in(&findings);
            match cut(field.value, &mut findings) {
                Cow::Borrowed(_) => None,
                Cow::Owned(text) => Some(text),
            }
        });
        rewritten.map_or(Cow::Borrowed(fields), Cow::Owned)
    }

    fn without_codes<'a>(&mut self, text: &'a str) -> Cow<'a, str> {
        self.cut += cut_in(&self.findings);
        cut(text, &mut self.findings)
    }
}

/// Digits are ASCII, or further ones of Unicode: most fields have neither, and need no look.
fn may_hold_a_code(value: &str) -> bool {
    !value.is_ascii() || value.bytes().any(|byte| byte.is_ascii_digit())
}

fn cut_in(findings: &[Finding]) -> u64 {
    let cut = findings
        .iter()
        .filter(|found| CUT_KINDS.contains(found.kind));
    cut.count() as u64
}
