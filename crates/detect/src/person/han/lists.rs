//! Names in a row: what joins them, and what stands between two joints and nothing else.

use crate::lexicon::is_han;

/// Whether a text between two names joins them in a list.
pub(super) fn joins(between: &str) -> bool {
    let joint = between.trim();
    matches!(
        joint,
        "、" | "，"
            | ","
            | "和"
            | "与"
            | "與"
            | "跟"
            | "同"
            | "及"
            | "以及"
            | "还有"
            | "還有"
            | "/"
            | "&"
            | "+"
            | ";"
            | "；"
            | ""
    ) || is_number(joint)
}

/// `2.`, `3、`, `②`: the next of a list.
fn is_number(joint: &str) -> bool {
    let number = joint.trim_start_matches(['、', '，', ',', ';', '；', ' ']);
    let Some(mark) = number.chars().last() else {
        return false;
    };
    let digits = &number[..number.len() - mark.len_utf8()];
    match mark {
        '.' | '、' | ')' | '）' | '．' | ':' | '：' => {
            let digits = digits.trim_start_matches(['(', '（']);
            (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
        }
        '①'..='⑳' => digits.is_empty(),
        _ => false,
    }
}

/// Whether two or three Han characters stand by themselves behind a joint that seldom joins anything but the members of a list.
pub(super) fn is_item(between: &str, ahead: &[u16]) -> bool {
    let joint = between.trim();
    let ends = matches!(joint, "和" | "与" | "與" | "及" | "以及" | "还有" | "還有");
    if !(joint == "、" || ends || is_number(joint)) {
        return false;
    }
    let run = ahead.iter().take_while(|char| is_han(**char)).count();
    (2..=3).contains(&run)
}
