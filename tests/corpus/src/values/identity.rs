//! Papers: identity cards, passports, permits, plates, codes of organisations, days of birth.

use super::{Language, Value};
use crate::dice::Dice;

/// Districts of the mainland, as their codes.
const DISTRICTS: [&str; 16] = [
    "110105", "120103", "130102", "210102", "230103", "310115", "320583", "330106", "350203",
    "370202", "420106", "430104", "440305", "510107", "610113", "650102",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// What GB 32100 writes with: no I, O, S, V, Z.
const ORGANISATION: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const PLATE: &str = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// Numbers of letters in Taiwan's cards: 10 for the first.
const TAIWAN: &str = "ABCDEFGHJKLMNPQRSTUVXYWZIO";

/// The check character of 17 digits (ISO 7064 MOD 11-2): with it, the sum of all by powers of two leaves 1 modulo 11.
///
/// # Panics
/// There is something else than digits.
#[must_use]
pub fn resident_digit(digits: &str) -> char {
    let sum: u32 = (digits.bytes())
        .zip((1..18).rev())
        .map(|(digit, power)| u32::from(digit - b'0') * (1 << power))
        .sum();
    match (12 - sum % 11) % 11 {
        10 => 'X',
        number => char::from_digit(number, 10).expect("it is below 10"),
    }
}

/// Whether 18 characters end in the right check character.
#[must_use]
pub fn is_resident_id(text: &str) -> bool {
    text.len() == 18
        && text.as_bytes()[..17].iter().all(u8::is_ascii_digit)
        && text.ends_with(resident_digit(&text[..17]))
}

/// A day: year, month, day.
fn day(dice: &mut Dice) -> [usize; 3] {
    [
        dice.between(1948, 2016),
        dice.between(1, 12),
        dice.between(1, 28),
    ]
}

pub(super) fn resident(dice: &mut Dice) -> Value {
    let district = *dice.pick(&DISTRICTS);
    let [year, month, day] = day(dice);
    let order = dice.digits(3);
    if dice.percent(6) {
        let born = format!("{:02}{month:02}{day:02}", year.min(1999) % 100);
        return Value::of([district, &born, &order]);
    }
    let born = format!("{year}{month:02}{day:02}");
    let check = resident_digit(&format!("{district}{born}{order}"));
    Value::of([district, &born, &format!("{order}{check}")])
}

pub(super) fn permanent_resident(dice: &mut Dice) -> Value {
    let [year, month, day] = day(dice);
    if dice.percent(25) {
        let country = *dice.pick(&["USA", "GBR", "JPN", "KOR", "DEU", "FRA", "CAN"]);
        let place = &dice.pick(&DISTRICTS)[..4];
        let born = format!("{:02}{month:02}{day:02}", year % 100);
        let order = dice.digits(1);
        let check = icao_digit(&format!("{country}{place}{born}{order}"));
        return Value::of([country, place, &born, &format!("{order}{check}")]);
    }
    let place = &dice.pick(&DISTRICTS)[..2];
    let country = *dice.pick(&[
        "840", "826", "392", "410", "276", "250", "124", "036", "643",
    ]);
    let born = format!("{year}{month:02}{day:02}");
    let order = dice.digits(3);
    let check = resident_digit(&format!("9{place}{country}{born}{order}"));
    Value::of([
        &format!("9{place}{country}"),
        &born,
        &format!("{order}{check}"),
    ])
}

/// ICAO 9303: weights 7, 3, 1; letters count from 10.
fn icao_digit(text: &str) -> u32 {
    let numbers = text.chars().map(|c| c.to_digit(36).unwrap_or(0));
    numbers
        .zip([7, 3, 1].into_iter().cycle())
        .map(|(number, weight)| number * weight)
        .sum::<u32>()
        % 10
}

pub(super) fn passport(dice: &mut Dice) -> Value {
    let (letters, digits) = match dice.below(10) {
        0..=4 => ("E".to_owned(), 8),
        5..=7 => (
            format!("E{}", dice.string("ABCDEFGHJKLMNPQRSTUVWXYZ", 1)),
            7,
        ),
        8 => ("G".to_owned(), 8),
        _ => ("D".to_owned(), 8),
    };
    Value::of([&letters, &dice.digits(digits)])
}

pub(super) fn travel_permit(dice: &mut Dice) -> Value {
    match dice.below(6) {
        0..=2 => Value::of(["H", &dice.digits(8)]),
        3 => Value::of(["M", &dice.digits(8)]),
        4 => Value::of(["H", &format!("{}01", dice.digits(8))]),
        _ => Value::of(["C", &dice.digits(8)]),
    }
}

/// Weights 9 to 2, an absent first letter counts as 36; the whole is a multiple of 11.
pub(super) fn hkid(dice: &mut Dice) -> Value {
    let letter = dice.string("ABCDEGHKPRVYZ", 1);
    let digits = dice.digits(6);
    let number = letter
        .chars()
        .next()
        .and_then(|c| c.to_digit(36))
        .unwrap_or(0);
    let sum: u32 = 36 * 9
        + number * 8
        + (digits.chars().zip((2..8).rev()))
            .map(|(digit, weight)| digit.to_digit(10).unwrap_or(0) * weight)
            .sum::<u32>();
    let check = match (11 - sum % 11) % 11 {
        10 => "(A)".to_owned(),
        number => format!("({number})"),
    };
    Value::of([&letter, &digits, &check])
}

/// The letter's two digits and those behind it, by weights 1 9 8 7 6 5 4 3 2 1 and 1 for the check digit: a multiple of 10.
pub(super) fn taiwan(dice: &mut Dice) -> Value {
    let letter = dice.string(LETTERS, 1);
    let number = TAIWAN.find(&letter).unwrap_or(0) + 10;
    let digits = format!("{}{}", dice.pick(&["1", "2", "8", "9"]), dice.digits(7));
    let sum: usize = number / 10
        + number % 10 * 9
        + (digits.bytes().zip((1..9).rev()))
            .map(|(digit, weight)| usize::from(digit - b'0') * weight)
            .sum::<usize>();
    Value::of([&letter, &format!("{digits}{}", (10 - sum % 10) % 10)])
}

pub(super) fn macau(dice: &mut Dice) -> Value {
    let first = *dice.pick(&["1", "5", "7"]);
    Value::of([
        &format!("{first}{}", dice.digits(6)),
        &format!("({})", dice.digits(1)),
    ])
}

/// GB 32100: weights are the powers of 3 modulo 31.
pub(super) fn organisation(dice: &mut Dice) -> Value {
    let head = format!("91{}MA", dice.pick(&DISTRICTS));
    let body = format!("{head}{}", dice.string(ORGANISATION, 7));
    let mut weight = 1;
    let mut sum = 0;
    for c in body.chars() {
        sum += ORGANISATION.find(c).unwrap_or(0) * weight;
        weight = weight * 3 % 31;
    }
    let check = ORGANISATION.as_bytes()[(31 - sum % 31) % 31];
    Value::cut(&format!("{body}{}", char::from(check)), &[8, 10])
}

pub(super) fn plate(dice: &mut Dice) -> Value {
    let province = *dice.pick(&[
        "京", "沪", "浙", "苏", "粤", "鄂", "川", "鲁", "闽", "皖", "湘", "渝",
    ]);
    let head = format!("{province}{}", dice.string("ABCDEFGHJK", 1));
    if dice.percent(35) {
        let kind = *dice.pick(&["D", "F"]);
        return Value::of([&head, &format!("{kind}{}", dice.digits(5))]);
    }
    // At most two of the five are letters (GA 36).
    let mut tail = [
        dice.string(PLATE, 1),
        dice.string(PLATE, 1),
        dice.digits(1),
        dice.digits(1),
        dice.digits(1),
    ];
    dice.shuffle(&mut tail);
    Value::of([&head, &tail.concat()])
}

pub(super) fn birth(language: Language, dice: &mut Dice) -> Value {
    let [year, month, day] = day(dice);
    let value = Value::of([
        &year.to_string(),
        &format!("{month:02}"),
        &format!("{day:02}"),
    ]);
    match language {
        Language::Chinese => {
            let years: String = year
                .to_string()
                .bytes()
                .map(|digit| HAN[usize::from(digit - b'0')])
                .collect();
            let mut value = value.plainly(format!("{year}年{month}月{day}日"));
            value.han = Some(format!(
                "{years}年{}月{}日",
                han_number(month),
                han_number(day)
            ));
            value
        }
        Language::English => value.plainly(format!("{day} {} {year}", MONTHS[month - 1])),
    }
}

const HAN: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// 1 to 31, as they are spoken.
fn han_number(number: usize) -> String {
    let unit = |digit: usize| {
        if digit == 0 {
            String::new()
        } else {
            HAN[digit].to_string()
        }
    };
    match number / 10 {
        0 => unit(number),
        1 => format!("十{}", unit(number % 10)),
        tens => format!("{}十{}", HAN[tens], unit(number % 10)),
    }
}
