//! The values are what the standards say, by examples and by a second way of reckoning.

use super::*;

#[test]
fn published_examples_have_the_digit_that_is_computed() {
    // GB 11643-1999, annex A; ISO/IEC 7812; the usual test numbers of Visa and American Express.
    assert_eq!(resident_digit("11010519491231002"), 'X');
    assert_eq!(resident_digit("44052418800101001"), '4');
    assert!(has_luhn("4111111111111111") && has_luhn("378282246310005"));
    assert!(!has_luhn("4111111111111112"));
}

#[test]
fn numbers_are_valid_by_a_second_way_of_reckoning() {
    let mut dice = Dice::new(7);
    let mut plain = |kind| make(kind, Language::Chinese, &mut dice).parts.concat();
    for _ in 0..200 {
        let id = plain(Kind::ResidentId);
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        if id.len() == 18 {
            let sum: usize = (id.bytes().zip(weights))
                .map(|(c, weight)| usize::from(c - b'0') * weight)
                .sum();
            assert!(id.ends_with(char::from(b"10X98765432"[sum % 11])), "{id}");
            assert!(is_resident_id(&id));
        }
        let iban = plain(Kind::Iban);
        let moved = format!("{}{}", &iban[4..], &iban[..4]);
        let digits: String = (moved.chars())
            .map(|c| c.to_digit(36).unwrap().to_string())
            .collect();
        assert_eq!(
            digits
                .bytes()
                .fold(0, |rest, c| (rest * 10 + u32::from(c - b'0')) % 97),
            1,
            "{iban}"
        );
        assert!(has_luhn(&plain(Kind::BankCard)) && has_luhn(&plain(Kind::Imei)));
    }
}

#[test]
fn known_cards_of_hong_kong_and_taiwan_are_among_what_can_be_made() {
    // Published examples: A123456(3) and A123456789.
    let mut dice = Dice::new(3);
    for _ in 0..200 {
        let id = make(Kind::TaiwanId, Language::Chinese, &mut dice)
            .parts
            .concat();
        let letter = "ABCDEFGHJKLMNPQRSTUVXYWZIO".find(&id[..1]).unwrap() + 10;
        let digits = format!("{letter}{}", &id[1..]);
        let weights = [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1];
        let sum: usize = (digits.bytes().zip(weights))
            .map(|(c, weight)| usize::from(c - b'0') * weight)
            .sum();
        assert_eq!(sum % 10, 0, "{id}");
        let hkid = make(Kind::Hkid, Language::Chinese, &mut dice)
            .parts
            .concat();
        let body: Vec<usize> = (hkid.chars().filter(char::is_ascii_alphanumeric))
            .map(|c| c.to_digit(36).unwrap() as usize)
            .collect();
        let sum: usize = body
            .iter()
            .zip((1..9).rev())
            .map(|(number, weight)| number * weight)
            .sum();
        assert_eq!((36 * 9 + sum) % 11, 0, "{hkid}");
    }
}
