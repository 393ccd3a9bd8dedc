//! A text of a chat: findings in order and on characters, line by line the same; what is redacted or cut once is so for good.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use wuhen_detect::{
    CUT_KINDS, Detector, Finding, Kind, KindSet, Settings, Style, char_offsets, cut,
};

const STYLES: [Style; 3] = [Style::Mask, Style::Label, Style::Remove];

/// Everything; everything but the house's own; only what never may be stored.
static DETECTORS: LazyLock<[(KindSet, Detector); 3]> = LazyLock::new(|| {
    let own = |numbers: &[&str]| numbers.iter().map(ToString::to_string).collect();
    [
        (KindSet::ALL, own(&[])),
        (KindSet::ALL, own(&["010-55501234", "+86 138 0013 8000"])),
        (CUT_KINDS, own(&[])),
    ]
    .map(|(kinds, own_numbers)| {
        let settings = Settings { kinds, own_numbers };
        (kinds, Detector::new(settings))
    })
});

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(bytes);
    let choice = usize::from(*choice);
    let (kinds, detector) = &DETECTORS[choice % DETECTORS.len()];
    let style = STYLES[choice / DETECTORS.len() % STYLES.len()];
    let asked = Kind::ALL[choice / DETECTORS.len() / STYLES.len() % Kind::ALL.len()];

    let mut findings = Vec::new();
    detector.scan(&text, &mut findings);
    check(&text, *kinds, &findings);
    assert_eq!(findings, of_lines(detector, &text), "line by line it is the same");

    detector.scan_in(&text, KindSet::only(asked), &mut findings);
    check(&text, *kinds, &findings);
    let cut = cut(&text, &mut findings);
    for finding in &findings {
        let is_left =
            CUT_KINDS.contains(finding.kind) && cut[finding.range()].contains(|char| char != '*');
        assert!(!is_left, "a security code is left");
    }

    let once = detector.redact(&text, style);
    assert_eq!(
        detector.redact(&once, style),
        once,
        "{style:?} once is enough"
    );
});

fn check(text: &str, kinds: KindSet, findings: &[Finding]) {
    let mut at = 0;
    for finding in findings {
        assert!(
            at <= finding.start && finding.start < finding.end,
            "{finding:?}"
        );
        assert!(text.get(finding.range()).is_some(), "{finding:?}");
        assert!(
            (Finding::SCORE_MIN..=100).contains(&finding.score),
            "{finding:?}"
        );
        assert!(kinds.contains(finding.kind), "{finding:?}");
        at = finding.end;
    }
    let _ = char_offsets(text, findings);
}

fn of_lines(detector: &Detector, text: &str) -> Vec<Finding> {
    let mut all = Vec::new();
    let mut findings = Vec::new();
    let mut lines = detector.lines();
    for line in text.split(['\n', '\r']) {
        let begin = line.as_ptr().addr() - text.as_ptr().addr();
        lines.scan(line, &mut findings);
        all.extend(findings.iter().map(|finding| Finding {
            start: begin + finding.start,
            end: begin + finding.end,
            ..*finding
        }));
    }
    all
}
