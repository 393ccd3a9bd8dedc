//! Phone numbers: mobiles and landlines of the mainland, and those of other countries.

use super::Value;
use crate::dice::Dice;

/// Beginnings that the mainland's mobile networks have given out.
const NETWORKS: [&str; 30] = [
    "130", "131", "132", "133", "135", "136", "137", "138", "139", "147", "150", "151", "152",
    "155", "157", "158", "159", "166", "173", "176", "177", "180", "182", "183", "185", "186",
    "187", "188", "191", "199",
];

pub(super) fn mobile(dice: &mut Dice) -> Value {
    let network = *dice.pick(&NETWORKS);
    let [middle, last] = [dice.digits(4), dice.digits(4)];
    let prefix = *dice.pick(&["+86", "+86 ", "0086", "86-", "+86-", "(+86)"]);
    Value::of([network, &middle, &last]).prefixed(format!("{prefix}{network}{middle}{last}"))
}

pub(super) fn landline(dice: &mut Dice) -> Value {
    // Area and digits of a number there.
    let (area, length) = *dice.pick(&[
        ("010", 8),
        ("021", 8),
        ("020", 8),
        ("025", 8),
        ("028", 8),
        ("0571", 8),
        ("0755", 8),
        ("0512", 8),
        ("0591", 8),
        ("0371", 8),
        ("0531", 8),
        ("0572", 7),
        ("0578", 7),
        ("0870", 7),
        ("0999", 7),
    ]);
    let mut number = format!("{}{}", dice.between(2, 8), dice.digits(length - 1));
    if dice.percent(12) {
        let joint = *dice.pick(&["-", "转", " ext "]);
        number = format!("{number}{joint}{}", dice.digits(3));
    }
    let prefix = *dice.pick(&["+86 ", "0086-", "+86-"]);
    let abroad = format!("{prefix}{}-{number}", &area[1..]);
    let value = Value::of([area, &number]).prefixed(abroad);
    if dice.percent(10) {
        return value.plainly(format!("({area}){number}"));
    }
    value
}

pub(super) fn foreign(dice: &mut Dice) -> Value {
    let (country, pieces): (&str, Vec<String>) = match dice.below(10) {
        0 | 1 => (
            "852",
            vec![
                // Ranges in which all numbers are given out.
                format!(
                    "{}{}",
                    dice.pick(&["51", "53", "61", "64", "91", "94", "97"]),
                    dice.digits(2)
                ),
                dice.digits(4),
            ],
        ),
        2 => (
            "853",
            vec![
                format!("{}{}", dice.pick(&["62", "63", "65"]), dice.digits(2)),
                dice.digits(4),
            ],
        ),
        3 => (
            "886",
            vec![
                format!("9{}", dice.digits(2)),
                dice.digits(3),
                dice.digits(3),
            ],
        ),
        // Reserved for fiction: North America's 555-01xx, Ofcom's and ACMA's ranges.
        4 => (
            "1",
            vec![
                (*dice.pick(&["212", "415", "617"])).to_owned(),
                "555".to_owned(),
                format!("01{}", dice.digits(2)),
            ],
        ),
        5 => (
            "44",
            vec!["7700".to_owned(), format!("900{}", dice.digits(3))],
        ),
        6 => (
            "61",
            vec![
                "491".to_owned(),
                "570".to_owned(),
                (*dice.pick(&["006", "156", "157", "158", "159", "110"])).to_owned(),
            ],
        ),
        7 => (
            "81",
            vec![
                "90".to_owned(),
                format!("{}{}", dice.between(1, 9), dice.digits(3)),
                dice.digits(4),
            ],
        ),
        8 => (
            "82",
            vec![
                "10".to_owned(),
                format!("{}{}", dice.between(2, 9), dice.digits(3)),
                dice.digits(4),
            ],
        ),
        _ => ("49", vec!["151".to_owned(), format!("2{}", dice.digits(7))]),
    };
    let mut value = Value::of([]).prefixed(format!("00{country}{}", pieces.concat()));
    value.parts.push(format!("+{country}"));
    value.parts.extend(pieces);
    value
}
