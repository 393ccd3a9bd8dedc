//! Spans of addresses, what is none, and what holds of any text.

use proptest::prelude::*;

use super::*;
use crate::finding::Evidence;
use crate::line::Chars;
use crate::person::overlaps;

fn find(text: &str, asked: KindSet) -> Vec<Finding> {
    let mut found = Vec::new();
    let fold = Fold::new();
    Addresses::new(&fold).scan(
        &Line::new(&fold, text, &mut Chars::new()),
        asked,
        &[],
        &[],
        &mut found,
    );
    found
}

#[test]
fn where_somebody_lives_or_receives_post_is_found_from_the_first_part_to_the_last() {
    for (text, expected) in [
        (
            "家住浙江省杭州市西湖区文三路123号阳光花园3幢2单元501室。",
            "浙江省杭州市西湖区文三路123号阳光花园3幢2单元501室",
        ),
        (
            "寄到上海市浦东新区张杨路500号2栋301",
            "上海市浦东新区张杨路500号2栋301",
        ),
        (
            "My address is 221B Baker Street, London NW1 6XE",
            "221B Baker Street, London NW1 6XE",
        ),
        (
            "ship to 42 Elm Street, Apt 5B, Springfield, IL 62704.",
            "42 Elm Street, Apt 5B, Springfield, IL 62704",
        ),
        (
            "my home address is Hauptstraße 12, 10115 Berlin",
            "Hauptstraße 12, 10115 Berlin",
        ),
    ] {
        let found = find(text, KindSet::NONE);
        let spans: Vec<_> = found.iter().map(|finding| &text[finding.range()]).collect();
        assert_eq!(spans, [expected], "{text}");
        assert!(found[0].evidence.contains(Evidence::Parts));
    }
}

#[test]
fn addresses_of_houses_and_rooms_of_this_one_are_not_private() {
    for text in [
        "酒店在北京市朝阳区建国路88号",
        "地址是北京东城区安乐林路10号",
        "房间在3号楼502室",
        "地铁2号线3号口出",
        "The restaurant is at 12 Bridge Street, city centre, cb21uf",
        "I need 2 rooms on the 5th floor",
    ] {
        assert_eq!(find(text, KindSet::NONE), [], "{text}");
    }
}

#[test]
fn an_answer_needs_no_label() {
    let text = "湖北省武汉市洪山区珞喻路1037号";
    assert_eq!(find(text, KindSet::NONE), []);
    let found = find(text, KindSet::only(Kind::Address));
    assert_eq!(found[0].range(), 0..text.len());
    assert!(found[0].evidence.contains(Evidence::Asked));
}

fn chat() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "\\PC{0,6}",
        "[北京市朝阳区路街号栋单元室楼寄到我家住，,12A -]{1,12}",
        "[0-9]{1,3}[A-Z]? (Elm|Rue|Straße) (Street|Road)[, ]",
        Just("my address is ".to_owned()),
        "(Apt|Flat|No\\.|Box) ?[0-9#]{0,2}[, ]",
    ];
    prop::collection::vec(part, 0..9).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn any_text_is_scanned_and_findings_stand_apart_on_characters(text in chat(), cut in any::<prop::sample::Index>()) {
        let start = text.floor_char_boundary(cut.index(text.len() + 1));
        let end = text.ceil_char_boundary((start + 5).min(text.len()));
        let core = [Finding { start, end, kind: Kind::Mobile, score: 99, evidence: EvidenceSet::NONE }];
        let core = if start < end { &core[..] } else { &[] };
        let mut found = Vec::new();
        let fold = Fold::new();
        Addresses::new(&fold).scan(&Line::new(&fold, &text, &mut Chars::new()), KindSet::ALL, core, &[], &mut found);
        let mut last = 0;
        for finding in &found {
            prop_assert!(last <= finding.start && finding.start < finding.end);
            prop_assert!(text.get(finding.range()).is_some());
            prop_assert!(!overlaps(core, finding.start, finding.end));
            last = finding.end;
        }
    }
}
