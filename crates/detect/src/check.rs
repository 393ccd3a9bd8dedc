//! Check digits and dates: what a number must be to be of its kind. Digits are values 0 to 9 unless a function says otherwise.

/// The Luhn sum of ISO/IEC 7812-1, annex B: payment cards and device numbers.
pub(crate) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let doubled = u32::from(*digit) << (place % 2);
            if doubled > 9 { doubled - 9 } else { doubled }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// ISO 7064 MOD 11-2 as GB 11643-1999 uses it; the last digit is 10 where `X` is written.
pub(crate) fn mod_11_2(digits: &[u8; 18]) -> bool {
    const WEIGHTS: [u32; 18] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
    let sum: u32 = (digits.iter())
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(*digit) * weight)
        .sum();
    sum % 11 == 1
}

/// GB 32100-2015: 18 characters without I, O, S, V and Z, weights 3^i mod 31. `chars` is upper case ASCII.
pub(crate) fn organisation_code(chars: &[u8; 18]) -> bool {
    const CHARSET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let value = |char: &u8| CHARSET.iter().position(|known| known == char);
    let mut weight = 1;
    let mut sum = 0;
    for char in &chars[..17] {
        let Some(value) = value(char) else {
            return false;
        };
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    value(&chars[17]) == Some((31 - sum % 31) % 31)
}

/// GB 11714-1997: eight digits or capitals (A is 10) and their check character; ten is X. `chars` is upper case ASCII.
pub(crate) fn institution_code(chars: &[u8; 9]) -> bool {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = chars
        .iter()
        .zip(WEIGHTS)
        .map(|(char, weight)| char::from(*char).to_digit(36).unwrap_or(0) * weight)
        .sum();
    chars[8]
        == match 11 - sum % 11 {
            10 => b'X',
            11 => b'0',
            digit => char::from_digit(digit, 10).map_or(0, |digit| digit as u8),
        }
}

/// ISO 7064 MOD 97-10 as ISO 13616 uses it: the first four characters go to the end. `chars` is upper case ASCII.
pub(crate) fn mod_97(chars: &[u8]) -> bool {
    let (head, tail) = chars.split_at(4);
    let rest = tail.iter().chain(head).fold(0_u32, |rest, char| {
        if char.is_ascii_digit() {
            (rest * 10 + u32::from(char - b'0')) % 97
        } else {
            (rest * 100 + u32::from(char - b'A') + 10) % 97
        }
    });
    rest == 1
}

/// Hong Kong identity card: one or two letters, six digits, and the check, `0` to `9` or `A`; a missing first letter counts 36.
pub(crate) fn hong_kong(letters: &[u8], digits: &[u8], check: u8) -> bool {
    let value = |letter: u8| u32::from(letter - b'A') + 10;
    let head = match letters {
        [one] => 36 * 9 + value(*one) * 8,
        [first, second] => value(*first) * 9 + value(*second) * 8,
        _ => return false,
    };
    let sum: u32 = (digits.iter())
        .zip([7, 6, 5, 4, 3, 2])
        .map(|(digit, weight)| u32::from(*digit) * weight)
        .sum();
    (head + sum + u32::from(check)).is_multiple_of(11)
}

/// Taiwan identity card: the letter's number of two digits, then weights 1 9 8 7 6 5 4 3 2 1 1.
pub(crate) fn taiwan(letter: u8, digits: &[u8]) -> bool {
    // The numbers that the letters A to Z stand for: the order in which the counties joined.
    const NUMBERS: [u32; 26] = [
        10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21, 22, 35, 23, 24, 25, 26, 27, 28, 29, 32,
        30, 31, 33,
    ];
    if digits.len() != 9 || !letter.is_ascii_uppercase() {
        return false;
    }
    let number = NUMBERS[usize::from(letter - b'A')];
    let sum: u32 = (digits.iter())
        .zip([8, 7, 6, 5, 4, 3, 2, 1, 1])
        .map(|(digit, weight)| u32::from(*digit) * weight)
        .sum();
    (number / 10 + number % 10 * 9 + sum).is_multiple_of(10)
}

/// ICAO 9303 part 3, 4.9: weights 7 3 1; `<` counts 0, letters 10 to 35. The check digit is given apart.
pub(crate) fn icao(chars: &[u8], check: u8) -> bool {
    let sum: u32 = (chars.iter())
        .zip([7, 3, 1].into_iter().cycle())
        .map(|(char, weight)| {
            let value = match char {
                b'0'..=b'9' => u32::from(char - b'0'),
                b'A'..=b'Z' => u32::from(char - b'A') + 10,
                _ => 0,
            };
            value * weight
        })
        .sum();
    check.is_ascii_digit() && sum % 10 == u32::from(check - b'0')
}

/// The number that digits write.
pub(crate) fn number(digits: &[u8]) -> u32 {
    digits
        .iter()
        .fold(0, |number, digit| number * 10 + u32::from(*digit))
}

/// Whether there is such a day, and a card may name it: the standard's own example was born in 1880.
pub(crate) fn birth_date(year: u32, month: u32, day: u32) -> bool {
    (1800..=2099).contains(&year) && date(year, month, day)
}

/// Whether the Gregorian calendar has such a day.
pub(crate) fn date(year: u32, month: u32, day: u32) -> bool {
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<u8> {
        text.bytes()
            .map(|byte| if byte == b'X' { 10 } else { byte - b'0' })
            .collect()
    }

    #[test]
    fn published_examples_hold_and_a_changed_digit_does_not() {
        // The examples of GB 11643-1999 itself, of GB 32100, of ISO 13616, of ICAO 9303, and well-known test cards.
        assert!(mod_11_2(&values("11010519491231002X").try_into().unwrap()));
        assert!(mod_11_2(&values("440524188001010014").try_into().unwrap()));
        assert!(!mod_11_2(&values("440524188001010013").try_into().unwrap()));
        assert!(luhn(&values("4111111111111111")) && !luhn(&values("4111111111111112")));
        assert!(organisation_code(b"91350100M000100Y43"));
        assert!(!organisation_code(b"91350100M000100Y44"));
        assert!(mod_97(b"GB82WEST12345698765432") && !mod_97(b"GB82WEST12345698765433"));
        assert!(icao(b"L898902C3", b'6') && !icao(b"L898902C3", b'7'));
        assert!(hong_kong(b"G", &values("123456"), 10));
        assert!(!hong_kong(b"G", &values("123456"), 9));
        assert!(hong_kong(b"AB", &values("987654"), 3));
        assert!(taiwan(b'A', &values("123456789")) && !taiwan(b'A', &values("123456788")));
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        assert!(date(2024, 2, 29) && !date(2023, 2, 29) && !date(1900, 2, 29) && date(2000, 2, 29));
        assert!(!date(2024, 13, 1) && !date(2024, 4, 31) && !date(2024, 1, 0));
    }
}
