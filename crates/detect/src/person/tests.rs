//! Spans of names, what is none, and what holds of any text.

use proptest::prelude::*;

use super::*;
use crate::finding::{Evidence, EvidenceSet};
use crate::line::Chars;

fn find(text: &str, asked: KindSet, core: &[Finding]) -> Vec<Finding> {
    let mut found = Vec::new();
    let fold = Fold::new();
    People::new(&fold).scan(
        &Line::new(&fold, text, &mut Chars::new()),
        asked,
        core,
        &mut found,
    );
    found
}

fn names(text: &str) -> Vec<&str> {
    let found = find(text, KindSet::NONE, &[]);
    found.iter().map(|finding| &text[finding.range()]).collect()
}

#[test]
fn full_names_stand_without_titles_and_family_names_with_chinese_ones() {
    for (text, expected) in [
        ("张伟先生", &["张伟"][..]),
        ("王先生，您好", &["王先生"]),
        ("Mr John Smith", &["John Smith"]),
        ("Mr Smith", &["Smith"]),
        ("入住人：张伟、李秀英", &["张伟", "李秀英"]),
        ("我姓欧阳", &["欧阳"]),
        ("陳大文 (CHAN Tai Man)", &["陳大文", "CHAN Tai Man"]),
        ("ZHANG/WEI MR", &["ZHANG/WEI"]),
        ("买买提·艾力", &["买买提·艾力"]),
    ] {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn houses_sights_dishes_and_words_are_no_names() {
    for text in [
        "高兴",
        "周末",
        "王府井",
        "鲁迅故居",
        "中山公园",
        "张一元(前门店)",
        "梅兰芳大剧院",
        "酒店名字叫全季",
        "帮我叫一辆车",
        "The Ashley Hotel",
        "Will you?",
        "May I?",
        "a hotel called Avalon",
        "London King's Cross",
    ] {
        assert_eq!(names(text), [""; 0], "{text}");
    }
}

#[test]
fn a_name_alone_counts_when_one_was_asked_for() {
    let asked = KindSet::only(Kind::PersonName);
    let found = find("Grace", asked, &[]);
    assert!(found[0].evidence.contains(Evidence::Asked));
    assert!(find("Grace", KindSet::NONE, &[]).is_empty());
}

#[test]
fn a_number_beside_a_name_is_evidence_and_is_never_covered() {
    let text = "李响 13800138000";
    let phone = Finding {
        start: 7,
        end: 18,
        kind: Kind::Mobile,
        score: 99,
        evidence: EvidenceSet::NONE,
    };
    let found = find(text, KindSet::NONE, &[phone]);
    assert_eq!((found.len(), found[0].range()), (1, 0..6));
    assert!(found[0].evidence.contains(Evidence::Context));
    let all = Finding { start: 0, ..phone };
    assert!(find(text, KindSet::NONE, &[all]).is_empty());
}

/// Text of which much is like names.
fn chat() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "\\PC{0,6}",
        "[张王李欧阳小老买提·先生女士姓名：、和我叫是的给12 \n]{1,8}",
        "[A-Z][a-zéü'-]{0,6}[ /.,\n]",
        Just("Mr ".to_owned()),
        Just("name is ".to_owned()),
    ];
    prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn any_text_is_scanned_and_findings_stand_apart_on_characters(text in chat(), cut in any::<prop::sample::Index>()) {
        let fold = Fold::new();
        let people = People::new(&fold);
        let start = text.floor_char_boundary(cut.index(text.len() + 1));
        let end = text.ceil_char_boundary((start + 5).min(text.len()));
        let core = [Finding { start, end, kind: Kind::Mobile, score: 99, evidence: EvidenceSet::NONE }];
        let core = if start < end { &core[..] } else { &[] };
        let mut found = Vec::new();
        people.scan(&Line::new(&fold, &text, &mut Chars::new()), KindSet::ALL, core, &mut found);
        let mut last = 0;
        for finding in &found {
            prop_assert!(last <= finding.start && finding.start < finding.end);
            prop_assert!(text.get(finding.range()).is_some());
            prop_assert!(!overlaps(core, finding.start, finding.end));
            prop_assert!(finding.score >= Finding::SCORE_MIN);
            last = finding.end;
        }
    }
}
