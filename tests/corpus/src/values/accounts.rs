//! Cards, accounts, bookings, codes, devices, secrets.

use super::Value;
use crate::dice::Dice;

const CAPITALS: &str = "ABCDEFGHJKLMNPQRSTUVWXYZ";
const SMALL: &str = "abcdefghijklmnopqrstuvwxyz";
const ANY: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// The digit that makes the Luhn sum a multiple of 10 when written behind these (ISO/IEC 7812-1, annex B).
#[must_use]
pub fn luhn_digit(digits: &str) -> u32 {
    let sum: u32 = (digits.bytes().rev().enumerate())
        .map(|(place, digit)| {
            let number = u32::from(digit - b'0') * if place % 2 == 0 { 2 } else { 1 };
            number / 10 + number % 10
        })
        .sum();
    (10 - sum % 10) % 10
}

/// Whether digits end in their Luhn digit.
#[must_use]
pub fn has_luhn(digits: &str) -> bool {
    let (body, last) = digits.split_at(digits.len() - 1);
    last == luhn_digit(body).to_string()
}

fn with_luhn(body: &str) -> String {
    format!("{body}{}", luhn_digit(body))
}

pub(super) fn card(dice: &mut Dice) -> Value {
    // Beginnings and lengths of issuers: UnionPay debit cards of 19 and 16, Visa, Mastercard, American Express, JCB.
    let (head, length) = *dice.pick(&[
        ("622848", 19),
        ("621700", 19),
        ("622202", 19),
        ("621661", 19),
        ("621483", 16),
        ("622588", 16),
        ("625080", 16),
        ("4", 16),
        ("4", 16),
        ("52", 16),
        ("55", 16),
        ("2230", 16),
        ("37", 15),
        ("3530", 16),
    ]);
    let digits = with_luhn(&format!("{head}{}", dice.digits(length - 1 - head.len())));
    match length {
        15 => Value::cut(&digits, &[4, 6, 5]),
        _ => Value::cut(&digits, &[4]),
    }
}

pub(super) fn imei(dice: &mut Dice) -> Value {
    let digits = with_luhn(&format!("35{}", dice.digits(12)));
    Value::of([&digits[..2], &digits[2..8], &digits[8..14], &digits[14..]])
}

/// ISO 13616: moved to the end and read in base 36, the whole leaves 1 modulo 97.
pub(super) fn iban(dice: &mut Dice) -> Value {
    let (country, account) = match dice.below(4) {
        0 => ("DE", dice.digits(18)),
        1 => (
            "GB",
            format!("{}{}", dice.string(CAPITALS, 4), dice.digits(14)),
        ),
        2 => (
            "NL",
            format!("{}{}", dice.string(CAPITALS, 4), dice.digits(10)),
        ),
        _ => ("ES", dice.digits(20)),
    };
    let rest = format!("{account}{country}00").chars().fold(0, |rest, c| {
        let number = c.to_digit(36).unwrap_or(0);
        (rest * if number < 10 { 10 } else { 100 } + number) % 97
    });
    Value::cut(&format!("{country}{:02}{account}", 98 - rest), &[4])
}

pub(super) fn wechat(dice: &mut Dice) -> Value {
    let text = match dice.below(4) {
        0 => format!(
            "wxid_{}",
            dice.string("abcdefghijklmnopqrstuvwxyz0123456789", 12)
        ),
        1 => format!("{}_{}", dice.string(SMALL, 6), dice.digits(4)),
        2 => format!("{}-{}", dice.string(SMALL, 4), dice.string(SMALL, 5)),
        _ => format!("{}{}", dice.string(SMALL, 7), dice.digits(3)),
    };
    Value::of([&text])
}

pub(super) fn qq(dice: &mut Dice) -> Value {
    let length = dice.between(7, 9);
    let first = dice.between(1, 9);
    Value::of([&format!("{first}{}", dice.digits(length))])
}

pub(super) fn booking(dice: &mut Dice) -> Value {
    match dice.below(6) {
        0 => Value::of([&dice.string(CAPITALS, 2), &dice.digits(8)]),
        1 => Value::of(["B", &dice.digits(9)]),
        2 => Value::cut(
            &format!("{}{}", dice.string(CAPITALS, 3), dice.digits(5)),
            &[4],
        ),
        3 => Value::cut(&format!("30{}", dice.digits(9)), &[4]),
        4 => Value::cut(&format!("2025{}", dice.digits(12)), &[4]),
        _ => Value::cut(&format!("1{}", dice.digits(18)), &[4]),
    }
}

pub(super) fn code(dice: &mut Dice) -> Value {
    if dice.percent(30) {
        return Value::of([&dice.digits(4)]);
    }
    Value::cut(&dice.digits(6), &[3])
}

pub(super) fn secret(dice: &mut Dice) -> Value {
    let text = match dice.below(4) {
        0 => format!("sk_live_{}", dice.string(ANY, 24)),
        1 => format!(
            "eyJ{}.eyJ{}.{}",
            dice.string(ANY, 17),
            dice.string(ANY, 24),
            dice.string(ANY, 32)
        ),
        2 => format!(
            "AKIA{}",
            dice.string("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)
        ),
        _ => format!("ghp_{}", dice.string(ANY, 36)),
    };
    Value::of([&text])
}

pub(super) fn ip(dice: &mut Dice) -> Value {
    // RFC 5737 and RFC 3849: addresses for documents.
    if dice.percent(25) {
        return Value::of([&format!(
            "2001:db8:{}::{}",
            dice.string("123456789abcdef", 3),
            dice.string("123456789abcdef", 2)
        )]);
    }
    let net = *dice.pick(&["192.0.2", "198.51.100", "203.0.113"]);
    Value::of([&format!("{net}.{}", dice.between(1, 254))])
}

pub(super) fn mac(dice: &mut Dice) -> Value {
    let pairs: String = dice.string("0123456789ABCDEF", 12);
    Value::cut(&pairs, &[2]).joined(":")
}

pub(super) fn email(dice: &mut Dice) -> Value {
    let name = match dice.below(4) {
        0 => format!("{}.{}", dice.string(SMALL, 4), dice.string(SMALL, 6)),
        1 => dice.digits(9),
        2 => format!("{}{}", dice.string(SMALL, 6), dice.digits(2)),
        _ => format!("{}+trip", dice.string(SMALL, 5)),
    };
    // RFC 2606 and 6761: domains that nobody has.
    let domain = *dice.pick(&[
        "example.com",
        "example.org",
        "mail.example.cn",
        "hotel.example",
        "post.test",
    ]);
    Value::of([&format!("{name}@{domain}")])
}
