//! What simulated people say. Every text, name, label and id has the canary in it, so that one raw search tells whether
//! anything of any record lies somewhere in plaintext.

use crate::dice::Dice;

/// Stands in everything that must never be seen on a disk.
pub(crate) const CANARY: &str = "c4n4ry";

const WORDS: [&str; 28] = [
    "房间",
    "早餐",
    "退款",
    "酒店提供租车服务吗",
    "谢谢",
    "您好，请问",
    "停车",
    "发票",
    "１２０８",
    "ＷｉＦｉ",
    "Wifi",
    "room",
    "Booking",
    "ok",
    "is",
    "a",
    "12",
    "208",
    "2024",
    "late check-out",
    "free",
    "parking?",
    "👍",
    "订单号",
    "OK",
    "re-book",
    "预订",
    "i",
];
const JOINTS: [&str; 6] = ["", " ", "，", " ", "。", "\u{3000}"];

/// A message of some words, its number in it.
pub(crate) fn text(dice: &Dice, number: usize) -> String {
    let mut text = String::new();
    let words = dice.between(1, 9);
    let mark = dice.below(words);
    for place in 0..words {
        if place == mark {
            text += &canary(number);
        } else {
            text.push_str(dice.one(&WORDS));
        }
        text.push_str(dice.one(&JOINTS));
    }
    text
}

/// The canary with a number.
fn canary(number: usize) -> String {
    format!("{CANARY}{number:05}")
}

/// Something to look for: part of a text that was written, words, or hardly anything.
pub(crate) fn query(dice: &Dice, texts: &[String]) -> String {
    let found = match dice.below(10) {
        0..6 if !texts.is_empty() => {
            let chars: Vec<char> = texts[dice.below(texts.len())].chars().collect();
            let first = dice.below(chars.len());
            let longest = dice.between(1, 14).min(chars.len() - first);
            chars[first..first + longest].iter().collect()
        }
        6 => format!(
            "{}{}{}",
            dice.one(&WORDS),
            dice.one(&JOINTS),
            dice.one(&WORDS)
        ),
        7 => ["ok", "is", "12", "8", "店", "", " a ", "20", "OK"][dice.below(9)].to_owned(),
        _ => dice.one(&WORDS).to_owned(),
    };
    match dice.below(6) {
        0 => found.to_uppercase(),
        1 => found.chars().map(full_width).collect(),
        2 => format!(" {found}\u{3000}"),
        _ => found,
    }
}

fn full_width(c: char) -> char {
    if ('!'..='~').contains(&c) {
        char::from_u32(u32::from(c) + 0xfee0).expect("the block of full-width forms has no gaps")
    } else {
        c
    }
}
