//! The house's own numbers among what was found before somebody named them: nobody's personal data from then on, also in messages
//! that came earlier. The detector alone knows which writing of a number is the same number, so it is asked twice.

use std::sync::OnceLock;

use wuhen_detect::{Detector, Finding, Kind, Settings};

use crate::Service;

/// Kinds that a number of the house may have been taken for.
const PHONES: [Kind; 3] = [Kind::Mobile, Kind::Landline, Kind::Phone];
/// Before it any number is one that rings.
const WORD: &str = "电话 ";

/// A detector that knows of no own numbers, once somebody needed it.
#[derive(Default)]
pub(crate) struct WithoutOwn(OnceLock<Detector>);

impl Service {
    /// Drops stored findings of a text that are a number of the house by the list of today.
    pub(crate) fn drop_own_numbers(&self, text: &str, findings: &mut Vec<Finding>) {
        let is_phone = |found: &Finding| PHONES.contains(&found.kind);
        if !findings.iter().any(is_phone) || self.settings().own_numbers.is_empty() {
            return;
        }
        let strangers = self
            .without_own
            .0
            .get_or_init(|| Detector::new(Settings::all()));
        let detector = self.detector();
        let mut again = Vec::new();
        findings.retain(|found| {
            if !is_phone(found) {
                return true;
            }
            let alone = format!("{WORD}{}", &text[found.range()]);
            strangers.scan(&alone, &mut again);
            let is_found = again.iter().any(is_phone);
            detector.scan(&alone, &mut again);
            !is_found || again.iter().any(is_phone)
        });
    }
}
