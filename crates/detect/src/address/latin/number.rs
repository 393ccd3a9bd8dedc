//! Numbers of addresses: postcodes, ordinals of streets, digits in a row.

/// A postcode: 5 or 6 digits, 62704-1234, SW1A, 1AA, K1A.
pub(super) fn is_post(token: &str) -> bool {
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    let upper = token.bytes().filter(u8::is_ascii_uppercase).count();
    let clean = token
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase() || byte == b'-');
    clean
        && (upper == 0 && matches!(digits, 4..=6 | 9)
            || upper > 0 && digits > 0 && token.len() <= 7)
}

/// The shape of a word: `9` for a digit, `A` for a capital, other characters as they are.
fn shape(word: &str) -> ([u8; 10], usize) {
    let mut shape = [0; 10];
    let mut len = 0;
    for (place, byte) in shape.iter_mut().zip(word.bytes()) {
        *place = match byte {
            b'0'..=b'9' => b'9',
            b'A'..=b'Z' => b'A',
            other => other,
        };
        len += 1;
    }
    (shape, if word.len() > 10 { 0 } else { len })
}

/// Whether two words are a postcode that nothing else looks like: CB3 9BD, A96 K2X7, H3A 1H8, IL 60201, NSW 2000, 1017 AB.
pub(super) fn is_strong_pair(first: &str, second: &str) -> bool {
    let ((one, one_len), (two, two_len)) = (shape(first), shape(second));
    let (one, two) = (&one[..one_len], &two[..two_len]);
    let british =
        matches!(one, b"A9" | b"A99" | b"AA9" | b"AA99" | b"A9A" | b"AA9A") && two == b"9AA";
    let irish = matches!(one, b"A99" | b"A9A")
        && two.len() == 4
        && two[0] == b'A'
        && two.iter().all(u8::is_ascii_alphanumeric)
        && two.contains(&b'9');
    let canadian = one == b"A9A" && two == b"9A9";
    let american = STATES.contains(&first) && matches!(two, b"99999" | b"99999-9999");
    let australian = TERRITORIES.contains(&first) && two == b"9999";
    let dutch = one == b"9999" && two == b"AA" && !STATES.contains(&second);
    british || irish || canadian || american || australian || dutch
}

/// Whether a word is a postcode by itself: 155-0031, 01304-001, 1100-053, 00-029.
pub(super) fn is_strong(word: &str) -> bool {
    let (shape, len) = shape(word);
    matches!(
        &shape[..len],
        b"999-9999" | b"99999-999" | b"9999-999" | b"99-999" | b"99999-9999"
    )
}

/// A house number: 12, 221B, 12-14, 33/12, 3-14-8.
pub(super) fn is_house_number(word: &str) -> bool {
    let mut digits = 0;
    let mut letters = 0;
    let mut groups = 1;
    for byte in word.bytes() {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'-' | b'/' => groups += 1,
            byte if byte.is_ascii_alphabetic() => letters += 1,
            _ => return false,
        }
    }
    word.starts_with(|first: char| first.is_ascii_digit())
        && letters <= 1
        && groups <= 3
        && digits <= 5 * groups
        && word.len() <= 9
}

/// 3-14-8, 2-7-1: block and house in a Japanese quarter.
pub(super) fn is_block(word: &str) -> bool {
    word.split('-').count() == 3
        && (word.split('-')).all(|part| {
            matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_digit())
        })
}

/// A unit by its shape alone: 22/F, 3F, #21-07, 3º, 4ºB, B-204.
pub(super) fn is_unit_number(word: &str) -> bool {
    let head = word.trim_start_matches('#');
    let number = head.len()
        - head
            .trim_start_matches(|char: char| char.is_ascii_digit())
            .len();
    let rest = &head[number..];
    let letters = head.len()
        - head
            .trim_start_matches(|char: char| char.is_ascii_uppercase())
            .len();
    // RT.04/RW.03
    let neighbours = ["RT", "RW", "rt", "rw"].iter().any(|head| {
        word.strip_prefix(head)
            .is_some_and(|rest| rest.starts_with(['.', '0', '1']))
    });
    neighbours
        || head.len() < word.len() && number > 0
        || matches!(number, 1..=3) && (matches!(rest, "/F" | "F" | "/f" | "FL" | "/Fl"))
        || matches!(number, 1 | 2) && (rest.starts_with(['º', 'ª', '°']))
        || letters == 1
            && head.as_bytes().get(1) == Some(&b'-')
            && matches!(digits(&head.as_bytes()[2..]), 2..=4)
}

/// States and territories as post writes them.
const STATES: [&str; 51] = [
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA",
    "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM",
    "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA",
    "WV", "WI", "WY",
];
const TERRITORIES: [&str; 8] = ["NSW", "VIC", "QLD", "WA", "SA", "TAS", "ACT", "NT"];

/// Bytes of 23rd, 5th.
pub(super) fn ordinal(bytes: &[u8]) -> usize {
    let number = digits(bytes);
    let ends = [b"st", b"nd", b"rd", b"th"];
    let ordered = (1..=3).contains(&number)
        && (bytes.get(number..number + 2)).is_some_and(|end| ends.iter().any(|one| end == *one))
        && bytes.get(number + 2) == Some(&b' ');
    if ordered { number + 2 } else { 0 }
}

pub(super) fn digits(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count()
}
