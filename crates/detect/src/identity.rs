//! Whether a text speaks of identity documents or payment cards: what is photographed next may show one. Words only; that
//! somebody asks, and whom, does not matter.

use crate::subjects::Subjects;

/// Chinese words, in both scripts. They need no bounds.
const CHINESE: &[&str] = &[
    "身份证",
    "身份證",
    "身分证",
    "身分證",
    "证件",
    "證件",
    "护照",
    "護照",
    "户口本",
    "戶口本",
    "户口簿",
    "戶口簿",
    "通行证",
    "通行證",
    "回乡证",
    "回鄉證",
    "返乡证",
    "台胞证",
    "台胞證",
    "居住证",
    "居住證",
    "居留证",
    "居留證",
    "驾驶证",
    "駕駛證",
    "驾照",
    "駕照",
    "军官证",
    "軍官證",
    "士兵证",
    "学生证",
    "學生證",
    "出生证",
    "出生證",
    "签证页",
    "簽證頁",
    "银行卡",
    "銀行卡",
    "信用卡",
    "储蓄卡",
    "儲蓄卡",
    "借记卡",
    "借記卡",
    "卡片正面",
    "卡片背面",
    "人像面",
    "国徽面",
    "國徽面",
];

/// Latin words, lower case. Bounded by what is no letter and no digit; a plural may follow, `-`, `_` and nothing stand for a space.
const LATIN: &[&str] = &[
    "id card",
    "identity card",
    "identification card",
    "identity document",
    "identification document",
    "identity proof",
    "proof of identity",
    "proof of id",
    "photo id",
    "photo identification",
    "government id",
    "national id",
    "travel document",
    "travel permit",
    "residence permit",
    "passport",
    "driving licence",
    "driving license",
    "driver licence",
    "driver license",
    "driver's licence",
    "driver's license",
    "drivers licence",
    "drivers license",
    "bank card",
    "credit card",
    "debit card",
    "payment card",
    "copy of id",
    "copy of your id",
    "copy of the id",
    "copy of my id",
    "picture of your id",
    "picture of my id",
    "photo of your id",
    "photo of my id",
    "your id please",
    "shenfenzheng",
    "sfz",
    "huzhao",
];

/// Whether a message, or a file's name, speaks of an identity document or a payment card: 身份证, 护照, 银行卡, ID card,
/// `passport.png`.
#[must_use]
pub fn speaks_of_identity(text: &str) -> bool {
    Subjects::of(text).speaks_of_identity()
}

/// Every word as it may be written.
pub(crate) fn words() -> impl Iterator<Item = String> {
    let latin = LATIN
        .iter()
        .flat_map(|words| [" ", "-", "_", ""].map(|between| words.replace(' ', between)));
    let mut words: Vec<String> = CHINESE
        .iter()
        .map(|word| (*word).to_owned())
        .chain(latin)
        .collect();
    // A single word has no spaces to write in other ways.
    words.dedup();
    words.into_iter()
}

/// Whether a word that stands at a place is one by itself.
pub(crate) fn is_bounded(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    if !bytes[start].is_ascii() {
        return true;
    }
    let is_word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let plural = bytes
        .get(end)
        .is_some_and(|byte| byte.eq_ignore_ascii_case(&b's'));
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let begins = start == 0 || !is_word(start - 1);
    // Digits may follow: `passport2.jpg`.
    begins && !is_letter(if plural { end + 1 } else { end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_and_answers_about_documents_speak_of_them() {
        for text in [
            "麻烦发一下身份证照片",
            "請提供護照首頁",
            "入住需要所有客人的证件",
            "这是我的港澳通行证",
            "退款要银行卡正反面",
            "国徽面也要拍",
            "Could you send me a photo of your ID card?",
            "here are our Passports",
            "PASSPORT",
            "driver's license attached",
            "我的passport在这里",
            "credit-card front",
            "身份证.jpg",
            "id_card.png",
            "IDCard_front.jpg",
            "passport2.jpg",
            "scan-passport.pdf",
            "sfz_1.jpg",
        ] {
            assert!(speaks_of_identity(text), "{text}");
        }
    }

    #[test]
    fn other_cards_and_ids_do_not() {
        for text in [
            "",
            "房卡丢了怎么办",
            "请问早餐几点",
            "发票抬头和税号",
            "booking id 20388",
            "avoid cards at the reception",
            "a passportless visit",
            "did you see the idcardinal",
            "IMG_2024.jpg",
            "the room key card does not work",
        ] {
            assert!(!speaks_of_identity(text), "{text}");
        }
    }
}
