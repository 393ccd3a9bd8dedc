//! Syllables of Chinese in Latin letters, by which `Xiaoming` is told from a word of another language.

/// Initials and finals of Hanyu Pinyin, without tones; combinations that do not exist do no harm.
const INITIALS: [&str; 23] = [
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r",
    "z", "c", "s", "y", "w",
];
const FINALS: [&str; 36] = [
    "iang", "iong", "uang", "ang", "eng", "ing", "ong", "ian", "iao", "uai", "uan", "van", "ai",
    "an", "ao", "ei", "en", "er", "ia", "ie", "in", "iu", "ou", "ua", "ue", "ui", "un", "uo", "ve",
    "vn", "a", "e", "i", "o", "u", "v",
];
/// A given name has two syllables at most; three are allowed for a name written in one word.
const SYLLABLES_MAX: usize = 2;

/// Whether a word is one or two syllables, in any case; a hyphen or an apostrophe may stand between.
pub(super) fn is_given(word: &str) -> bool {
    let mut letters = [0; 14];
    let Some(letters) = letters.get_mut(..word.len()) else {
        return false;
    };
    letters.copy_from_slice(word.as_bytes());
    letters.make_ascii_lowercase();
    !letters.is_empty() && syllables(letters, SYLLABLES_MAX)
}

fn syllables(letters: &[u8], max: usize) -> bool {
    if letters.is_empty() {
        return true;
    }
    if max == 0 {
        return false;
    }
    let letters = if max < SYLLABLES_MAX {
        letters
            .strip_prefix(b"-")
            .or(letters.strip_prefix(b"'"))
            .unwrap_or(letters)
    } else {
        letters
    };
    let bare = [letters];
    let initials = INITIALS
        .iter()
        .filter_map(|initial| letters.strip_prefix(initial.as_bytes()))
        .chain(bare);
    for rest in initials {
        for last in FINALS {
            let Some(rest) = rest.strip_prefix(last.as_bytes()) else {
                continue;
            };
            // Without an initial only these are syllables: an, ang, ai, ao, e, en, er, ou, a, o.
            let alone = rest.len() + last.len() == letters.len();
            if alone && !matches!(last.as_bytes()[0], b'a' | b'e' | b'o') {
                continue;
            }
            if syllables(rest, max - 1) {
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_given;

    #[test]
    fn one_or_two_syllables_are_a_given_name() {
        for word in [
            "Wei",
            "XIAOMING",
            "Lijuan",
            "Xue-er",
            "an",
            "Zhengguang",
            "Jian'an",
        ] {
            assert!(is_given(word), "{word}");
        }
        for word in [
            "Smith",
            "",
            "Hotel",
            "Parking",
            "Thomas",
            "Xiaomingming",
            "é",
        ] {
            assert!(!is_given(word), "{word}");
        }
    }
}
