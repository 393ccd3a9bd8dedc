//! What holds for any text: spans on characters, apart from each other, the same whatever stands around the line; and a text
//! that was redacted has nothing left to redact.

use std::sync::LazyLock;

use proptest::prelude::*;
use wuhen_detect::{Detector, Finding, KindSet, Settings, Style};

/// Text with what the detector looks for: fragments of numbers, words, separators and scripts.
fn texts() -> impl Strategy<Value = String> {
    let fragments = prop_oneof![
        "[0-9]{1,20}",
        "[０-９一二三零〇 -]{1,12}",
        "[A-Za-z]{1,9}",
        "[ .:：,，。@＠()（）+/=_#*-]{1,3}",
        "[手机号码身份证京沪姓名张李王地址路号楼室]{1,4}",
        Just("手机".to_owned()),
        Just("CVV ".to_owned()),
        Just("密码：".to_owned()),
        Just("订单号".to_owned()),
        Just("born on ".to_owned()),
        Just("born 7 March".to_owned()),
        Just("11010519491231002X".to_owned()),
        Just("13812345678".to_owned()),
        Just("4111111111111111".to_owned()),
        Just("lin@example.cn".to_owned()),
        Just("https://a:b@c.example/?token=".to_owned()),
        "\\PC{1,4}",
    ];
    prop::collection::vec(fragments, 0..14).prop_map(|parts| parts.concat())
}

static DETECTOR: LazyLock<Detector> = LazyLock::new(|| Detector::new(Settings::all()));

fn scan(text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    DETECTOR.scan(text, &mut findings);
    findings
}

fn redact_lines(lines: &[String], style: Style) -> Vec<String> {
    let mut reader = DETECTOR.lines();
    (lines.iter())
        .map(|line| reader.redact(line, style).into_owned())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn spans_lie_on_characters_in_order_and_apart(text in texts()) {
        let findings = scan(&text);
        let mut end = 0;
        for finding in findings {
            prop_assert!(finding.start >= end && finding.end > finding.start);
            prop_assert!(text.is_char_boundary(finding.start) && text.is_char_boundary(finding.end));
            prop_assert!((Finding::SCORE_MIN..=100).contains(&finding.score));
            end = finding.end;
        }
        prop_assert!(end <= text.len());
    }

    #[test]
    fn a_text_has_the_findings_of_its_paragraphs(first in texts(), second in texts()) {
        let whole = format!("{first}\n\n{second}");
        let shift = first.len() + 2;
        let mut apart = scan(&first);
        apart.extend(scan(&second).into_iter().map(|finding| Finding {
            start: finding.start + shift,
            end: finding.end + shift,
            ..finding
        }));
        prop_assert_eq!(scan(&whole), apart);
    }

    #[test]
    fn line_by_line_the_findings_are_those_of_the_text(lines in prop::collection::vec(texts(), 1..5)) {
        let mut of_lines = Vec::new();
        let mut reader = DETECTOR.lines();
        let mut begin = 0;
        for line in &lines {
            let mut findings = Vec::new();
            reader.scan(line, &mut findings);
            of_lines.extend(findings.iter().map(|finding| Finding {
                start: begin + finding.start,
                end: begin + finding.end,
                ..*finding
            }));
            begin += line.len() + 1;
        }
        prop_assert_eq!(scan(&lines.join("\n")), of_lines);
    }

    #[test]
    fn what_was_redacted_has_nothing_left(text in texts()) {
        for style in [Style::Mask, Style::Label, Style::Remove] {
            let once = DETECTOR.redact(&text, style).into_owned();
            prop_assert_eq!(&once, &DETECTOR.redact(&once, style));
        }
    }

    #[test]
    fn a_file_redacted_line_by_line_has_nothing_left(lines in prop::collection::vec(texts(), 1..5)) {
        for style in [Style::Mask, Style::Label, Style::Remove] {
            let once = redact_lines(&lines, style);
            prop_assert_eq!(&once, &redact_lines(&once, style));
        }
    }
}

proptest! {
    // Each makes a detector of its own.
    #![proptest_config(ProptestConfig::with_cases(50))]

    #[test]
    fn kinds_that_are_not_asked_for_are_not_reported(text in texts(), bits in any::<u32>()) {
        let kinds: KindSet = KindSet::ALL.iter().filter(|kind| bits >> *kind as u32 & 1 == 1).collect();
        let detector = Detector::new(Settings { kinds, own_numbers: Vec::new() });
        let mut findings = Vec::new();
        detector.scan(&text, &mut findings);
        prop_assert!(findings.iter().all(|finding| kinds.contains(finding.kind)));
    }
}

#[test]
fn what_is_left_of_a_line_whose_value_was_removed_asks_the_next_line_once_and_not_again() {
    for style in [Style::Mask, Style::Label, Style::Remove] {
        let lines = ["CVV 123", "456", "订单号：HT20498731", "HT20498732"].map(str::to_owned);
        let once = redact_lines(&lines, style);
        assert_eq!(once, redact_lines(&once, style), "{style:?}");
    }
}

/// What a line left to be said is said by the next line or not at all; only the answer of another message may take several.
#[test]
fn a_security_code_below_its_word_is_looked_for_in_one_line() {
    let mut findings = Vec::new();
    let mut lines = DETECTOR.lines();
    let found = ["CVV", "see below", "123 is my room", "CVV", "456"].map(|line| {
        lines.scan(line, &mut findings);
        findings.len()
    });
    assert_eq!(found, [0, 0, 0, 0, 1]);
}

/// A scan that reads a text again for each of its words would take very long here.
#[test]
fn a_long_line_of_one_thing_again_and_again_takes_no_longer_than_many_lines() {
    let repeated = [
        "7",
        "@",
        "a@b.cc@",
        "王",
        "CVV ",
        ":",
        ":@",
        "://@",
        "key=",
        "token:",
        "sk-",
        "ref-",
        "CVV [",
        "13800138000]",
        "tel13812345678,",
        "Name: ",
        "John ",
        "Wang Wei ",
        "12 Main Street ",
        "my address is 1 A ",
        "浙江省杭州市",
    ];
    for one in repeated {
        let text = one.repeat(100_000 / one.len());
        let _ = DETECTOR.redact(&text, Style::Mask);
    }
    let names = "full name ".repeat(10_000);
    DETECTOR.scan_in(&names, KindSet::NONE, &mut Vec::new());
}
