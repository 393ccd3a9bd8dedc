//! Names in other letters than Latin and Han (Cyrillic, Arabic, Hangul, Thai, Tibetan, Devanagari), told by what stands around them: a
//! label or a title, a father's name, an honour.

use crate::finding::{Evidence, EvidenceSet, Finding};
use crate::kind::Kind;
use crate::lexicon::has_byte;

/// Words of a name, at most.
const WORDS_MAX: usize = 4;
/// Letters of a name, at most.
const LETTERS_MAX: usize = 40;
/// Percent of a name that a word around it tells.
const SCORE: u8 = 75;

/// Adds the names of a text in these letters.
pub(super) fn scan(text: &str, out: &mut Vec<Finding>) {
    if !has_byte(text.as_bytes(), begins) {
        return;
    }
    let mut at = 0;
    while let Some(found) = text[at..].find(is_letter) {
        let start = at + found;
        let end = run(text, start);
        if let Some((from, to)) = named(text, start, end) {
            out.push(Finding {
                start: from,
                end: to,
                kind: Kind::PersonName,
                score: SCORE,
                evidence: EvidenceSet::NONE.with(Evidence::Context),
            });
        }
        at = end;
    }
}

/// Whether a byte begins a letter of these scripts.
fn begins(byte: u8) -> bool {
    matches!(byte, 0xD0..=0xDB | 0xE0 | 0xEA..=0xED)
}

fn is_letter(char: char) -> bool {
    matches!(char,
        '\u{400}'..='\u{52F}'
        | '\u{620}'..='\u{6D3}'
        | '\u{900}'..='\u{97F}'
        | '\u{E01}'..='\u{E4E}'
        | '\u{F00}'..='\u{FBC}'
        | '\u{AC00}'..='\u{D7A3}')
}

/// The end of letters in a row, single spaces between.
fn run(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut space = false;
    for (at, char) in text[start..].char_indices() {
        if is_letter(char) {
            end = start + at + char.len_utf8();
            space = false;
        } else if char == ' ' && !space {
            space = true;
        } else {
            break;
        }
    }
    end
}

/// The name in a run of letters, if one is told.
fn named(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let letters = &text[start..end];
    let words = letters.split(' ').count();
    let before = text[..start].trim_end_matches([' ', ':', '：', '(', '（', '是']);
    let behind = text[end..].trim_start_matches([' ', ')', '）']);
    let short = words <= WORDS_MAX && letters.chars().count() <= LETTERS_MAX;
    let labelled = LABELS.iter().any(|label| before.ends_with(label));
    let titled = TITLES.iter().any(|title| behind.starts_with(title));
    if short && (labelled || titled) {
        return Some((start, end));
    }
    if letters.starts_with(|char| char < '\u{530}') {
        return patronymic(text, start, end);
    }
    if let Some((word, skipped)) = (OWN_LABELS.iter())
        .find_map(|label| letters.find(label).map(|at| (label, at + label.len())))
    {
        let name = letters[skipped..].trim_start();
        let from = end - name.len();
        let two = name
            .match_indices(' ')
            .nth(1)
            .map_or(end, |(space, _)| from + space);
        let bounded =
            word.is_empty() || letters[skipped..].starts_with([' ', ':']) || *word == THAI;
        return (!name.is_empty() && bounded).then_some((from, two));
    }
    hangul(letters).map(|len| (start, start + len))
}

/// Наталья Сергеевна: a name and a father's name, and the family's before it or behind.
fn patronymic(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let words: Vec<(usize, &str)> = text[start..end]
        .split(' ')
        .scan(start, |at, word| {
            let from = *at;
            *at += word.len() + 1;
            Some((from, word))
        })
        .collect();
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let place = words.windows(2).position(|two| {
        capital(two[0].1)
            && capital(two[1].1)
            && FATHERS
                .iter()
                .chain(&FAMILIES)
                .any(|end| two[1].1.ends_with(end))
    })?;
    let last = words[place + 1];
    Some((words[place].0, last.0 + last.1.len()))
}

/// 김민수입니다, 이지은님: a family name and two syllables, and what people say behind names. Bytes of the name.
fn hangul(letters: &str) -> Option<usize> {
    let word = letters.split(' ').next()?;
    let first = word.chars().next()?;
    let name: usize = word.chars().take(3).map(char::len_utf8).sum();
    let rest = &word[name..];
    let family = KOREAN.contains(first);
    let said = ["입니다", "이에요", "예요", "님", "씨", "이라고"]
        .iter()
        .any(|end| rest.starts_with(end));
    (family && name == 9 && said).then_some(name)
}

/// Labels and kin before a name.
const LABELS: [&str; 22] = [
    "姓名",
    "名字",
    "入住人",
    "联系人",
    "聯絡人",
    "客人",
    "家属",
    "家屬",
    "收件人",
    "我叫",
    "朋友",
    "同事",
    "太太",
    "老公",
    "老婆",
    "旅客",
    "乘客",
    "Name",
    "name",
    "Guest",
    "guest",
    "Mr",
];
/// Titles behind a name.
const TITLES: [&str; 12] = [
    "先生", "女士", "小姐", "太太", "老师", "様", "さん", "님", "씨", "经理", "護照", "护照",
];
const THAI: &str = "คุณ";
/// In the name of, my name is, Mr: in these languages.
const OWN_LABELS: [&str; 9] = [
    "باسم",
    "اسمي",
    "الاسم",
    "السيد",
    "السيدة",
    "الأستاذ",
    THAI,
    "मेरा नाम",
    "श्री",
];
const FATHERS: [&str; 4] = ["ович", "евич", "овна", "евна"];
const FAMILIES: [&str; 12] = [
    "ов",
    "ова",
    "ев",
    "ева",
    "ский",
    "ская",
    "енко",
    "ёв",
    "ёва",
    "чук",
    "швили",
    "дзе",
];
const KOREAN: &str = "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민나진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모";
