//! A row of a passenger list: `SURNAME/GIVEN NAMES MR`, and behind it the number of the passport.

/// Titles of passenger lists (IATA): adults, children, infants.
const TITLES: [&str; 8] = ["MR", "MRS", "MS", "MISS", "MSTR", "CHD", "INF", "DR"];
/// Given names of a passenger, and the surname.
const NAMES_MAX: usize = 4;
/// The longest name of a ticket, and the spaces of a table.
const BYTES_MAX: usize = 80;

/// Whether a passenger's name and title stand directly before a place.
pub(super) fn names_before(text: &str, at: usize) -> bool {
    let mut near = at.saturating_sub(BYTES_MAX);
    while !text.is_char_boundary(near) {
        near += 1;
    }
    let line = text[near..at].rsplit(['\n', '\r']).next().unwrap_or("");
    let row = line.trim_end_matches([' ', '\t', ',', '|', ':']);
    let mut words = row.rsplit(|char: char| !(char.is_ascii_uppercase() || char == '/'));
    if !words.next().is_some_and(|title| TITLES.contains(&title)) {
        return false;
    }
    words
        .filter(|word| !word.is_empty())
        .take(NAMES_MAX)
        .any(|word| {
            word.split_once('/')
                .is_some_and(|(surname, given)| surname.len() > 1 && !given.is_empty())
        })
}
