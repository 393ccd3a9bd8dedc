//! What is said behind names in Latin letters: what whole names and their parties do, endings of politeness, thanks before them; and
//! Chinese names in small letters.

use crate::lexicon::latin_hash;
use crate::person::pinyin;

use super::LatinNames;
use super::context::Left;
use super::words::{
    BRAND, COMMON, DOUBTFUL, GIVEN, KIN, LABEL, PINYIN, PLACE, SURNAME, TITLE, Token, Tokens, VENUE,
};

/// Points of two words that no list has, where only guests go on so.
const BOOKED_POINTS: i32 = 38;

impl LatinNames {
    /// Points of what stands behind a name that ends at `end`, or of the thanks in front of it.
    pub(super) fn said(&self, text: &str, token: Token, end: usize, left: &Left) -> i32 {
        if !token.is_capital() || token.upper && end == token.end {
            return 0;
        }
        let other = COMMON | PLACE | VENUE | BRAND | KIN | LABEL | TITLE;
        let rest = &text[end..];
        let next = Tokens::from(text, end).next(&self.words);
        let honoured = text[token.start..end]
            .rsplit_once('-')
            .map(|(_, last)| last);
        let polite = honoured.is_some_and(|last| HONOURS.contains(&last))
            || next.is_some_and(|next| {
                next.start == end + 1 && HONOURS.contains(&&text[next.start..next.end])
            });
        if polite && !token.is(COMMON | PLACE | VENUE) {
            return 42;
        }
        if end > token.end {
            return self.said_of_all(text, token, end, left);
        }
        let shape = is_clan(&text[token.start..end]);
        let unknown = token.flags == 0 && token.len() > 3 && !is_english(&text[token.start..end]);
        let closed = rest.trim_matches([' ', '.', '!']).is_empty() || rest.starts_with(',');
        if unknown && (NAMING.contains(&left.before) && closed || shape) && left.points >= 30 {
            return 14;
        }
        if let Some(next) = next {
            let doubtful = token.is(GIVEN) && token.is(DOUBTFUL | COMMON);
            if doubtful && left.edge && next.hash == token.hash && !next.is_capital() {
                // Will will check in first.
                return 40;
            }
            if next.start == end + 1 && !token.is(other) && self.is_mine(text, next) {
                return if left.edge { 42 } else { 20 };
            }
        }
        let line = text[..token.start].rfind('\n').map_or(0, |at| at + 1);
        let numbered = text[line..token.start]
            .strip_suffix(" - ")
            .or(text[line..token.start].strip_suffix(": "));
        let room = numbered.is_some_and(|before| {
            let digits = before.len()
                - before
                    .trim_end_matches(|char: char| char.is_ascii_digit())
                    .len();
            (3..=4).contains(&digits)
        });
        let said = left.edge && rest.starts_with(": ");
        if token.is_family() && (room || said) {
            // 204 - Kimura, Tesfaye: can you send it
            return 30;
        }
        self.said_to(text, token, end, left)
    }

    /// Points of a given name with which a line ends: no worries Tash.
    fn said_to(&self, text: &str, token: Token, end: usize, left: &Left) -> i32 {
        let other = COMMON | PLACE | VENUE | BRAND | KIN | LABEL | TITLE;
        let rest = &text[end..];
        let line = text[..token.start].rfind('\n').map_or(0, |at| at + 1);
        let plain = token.is(GIVEN) && !token.is(DOUBTFUL | other);
        let ends = rest.trim_matches([' ', '.', '!', ',']).is_empty();
        if plain && ends && left.points >= 0 {
            let before = &text[line..token.start];
            if before.ends_with(' ') && SAID_TO.contains(&left.before) {
                return 20;
            }
            let thanks = (Tokens::from(text, line).next(&self.words))
                .is_some_and(|first| THANKS.contains(&first.hash));
            if thanks && before.ends_with(' ') || before.ends_with(", ") {
                return 20;
            }
        }
        0
    }

    /// Points of what stands behind a name of several words.
    fn said_of_all(&self, text: &str, token: Token, end: usize, left: &Left) -> i32 {
        let other = COMMON | PLACE | VENUE | BRAND | KIN | LABEL | TITLE;
        let rest = &text[end..];
        let in_chinese = STAYS.iter().any(|word| rest.trim_start().starts_with(word));
        if in_chinese && token.may_be_name() && !token.is(COMMON | PLACE | VENUE | BRAND) {
            return 24;
        }
        let known = token.is(other) && !token.may_be_name();
        if !known && (left.edge || left.points >= 10) && self.is_booked(rest, text, end) {
            return if token.is(GIVEN) && !token.is(DOUBTFUL) {
                12
            } else {
                BOOKED_POINTS
            };
        }
        let marked = rest.is_empty() || rest.starts_with([',', ':', '\n']);
        if left.edge && marked && token.is(SURNAME) {
            6
        } else {
            0
        }
    }

    /// Lý| is my guide.
    fn is_mine(&self, text: &str, is: Token) -> bool {
        if is.hash != IS {
            return false;
        }
        let mut tokens = Tokens::from(text, is.end);
        let whose = tokens.next(&self.words);
        let who = tokens.next(&self.words);
        whose.is_some_and(|whose| MINE.contains(&whose.hash)) && who.is_some_and(|who| who.is(KIN))
    }

    /// Whether what goes on behind a name is what guests do: `, 2 adults`, ` checked in`, ` and her son`.
    fn is_booked(&self, rest: &str, text: &str, end: usize) -> bool {
        let counted = rest.trim_start_matches([' ', ',', '-', '–', '+', ':', '(', 'x']);
        let number = counted.trim_start_matches(|char: char| char.is_ascii_digit());
        let mut tokens = Tokens::from(text, end);
        let Some(mut next) = tokens.next(&self.words) else {
            return false;
        };
        if number.len() < counted.len() || COUNTS.contains(&next.hash) {
            let at = if number.len() < counted.len() {
                text.len() - number.len()
            } else {
                next.end
            };
            return (Tokens::from(text, at).next(&self.words))
                .is_some_and(|word| word.start <= at + 1 && COUNTED.contains(&word.hash));
        }
        let joined = text[end..next.start] == *" ";
        if PARTY_OF[0] == next.hash {
            return (tokens.next(&self.words)).is_some_and(|word| PARTY_OF[1] == word.hash);
        }
        if joined && !next.is_capital() && BEDS.contains(&next.hash) {
            return true;
        }
        if !joined {
            return false;
        }
        if WITH.contains(&next.hash) {
            let Some(whose) = tokens.next(&self.words) else {
                return false;
            };
            return WHOSE.contains(&whose.hash);
        }
        if HELPS.contains(&next.hash) {
            let Some(verb) = tokens.next(&self.words) else {
                return false;
            };
            next = verb;
        }
        DOES.contains(&next.hash)
    }

    /// chen wei, zhang san feng: a family name of China and syllables behind it in small letters, and nothing else up to a mark.
    pub(super) fn is_spelt(&self, text: &str, token: Token) -> bool {
        if !token.is(PINYIN) || token.is(COMMON) || token.len() < 2 {
            return false;
        }
        let mut tokens = Tokens::from(text, token.end);
        let mut end = token.end;
        let mut syllables = 0;
        while let Some(next) = tokens.next(&self.words) {
            if next.start != end + 1 {
                break;
            }
            if next.is(COMMON | VENUE | KIN | LABEL) {
                return syllables > 0 && !SPEECH.contains(&&text[token.start..end]);
            }
            if next.is_capital() || !pinyin::is_given(&text[next.start..next.end]) {
                return false;
            }
            syllables += 1;
            end = next.end;
        }
        let rest = text[end..].trim_start_matches(' ');
        (1..=2).contains(&syllables)
            && !SPEECH.contains(&&text[token.start..end])
            && !rest.starts_with(|char: char| char.is_alphabetic())
    }
}

/// Renovation, Unacceptable: how words of English end, and names do not.
pub(super) fn is_english(word: &str) -> bool {
    ENGLISH_ENDS.iter().any(|end| word.ends_with(end))
}

const ENGLISH_ENDS: [&str; 15] = [
    "tion", "sion", "ment", "ing", "able", "ible", "ous", "ive", "ful", "less", "ness", "ity",
    "ance", "ence", "ical",
];

/// O'Shaughnessy, `McAllister`: a capital inside tells a family.
fn is_clan(word: &str) -> bool {
    ["O'", "O’", "Mc", "Mac", "D'", "Fitz", "De", "Van"]
        .iter()
        .filter_map(|head| word.strip_prefix(head))
        .any(|rest| {
            rest.len() > 2
                && rest.starts_with(char::is_uppercase)
                && !rest.ends_with(char::is_uppercase)
        })
}

/// Pinyin that is talk and begins like a name.
const SPEECH: [&str; 10] = [
    "ni hao",
    "xie xie",
    "bu hao",
    "ni men",
    "dong le",
    "hao de",
    "mei you",
    "ni hao ma",
    "gong xi",
    "tai hao le",
];
/// What is put behind names in Japanese, Korean, languages of India, Turkish and Vietnamese.
const HONOURS: [&str; 21] = [
    "san", "sama", "sensei", "kun", "ssi", "nim", "ji", "bhaiya", "bhai", "didi", "bhabhi", "saab",
    "sahab", "sahib", "garu", "akka", "bey", "hanim", "hanım", "ơi", "oi",
];
/// Last words before the name of whom they are said to: no worries Tash.
const SAID_TO: [u64; 22] = [
    latin_hash(b"you"),
    latin_hash(b"worries"),
    latin_hash(b"problem"),
    latin_hash(b"much"),
    latin_hash(b"lot"),
    latin_hash(b"again"),
    latin_hash(b"morning"),
    latin_hash(b"afternoon"),
    latin_hash(b"evening"),
    latin_hash(b"night"),
    latin_hash(b"perfect"),
    latin_hash(b"sure"),
    latin_hash(b"ok"),
    latin_hash(b"okay"),
    latin_hash(b"yes"),
    latin_hash(b"no"),
    latin_hash(b"right"),
    latin_hash(b"soon"),
    latin_hash(b"later"),
    latin_hash(b"tomorrow"),
    latin_hash(b"noted"),
    latin_hash(b"appreciated"),
];
/// What begins a line that ends in the name of whom it is said to.
const THANKS: [u64; 14] = [
    latin_hash(b"happy"),
    latin_hash(b"congrats"),
    latin_hash(b"congratulations"),
    latin_hash(b"welcome"),
    latin_hash(b"sorry"),
    latin_hash(b"bye"),
    latin_hash(b"goodnight"),
    latin_hash(b"morning"),
    latin_hash(b"thanks"),
    latin_hash(b"thank"),
    latin_hash(b"cheers"),
    latin_hash(b"thankyou"),
    latin_hash(b"thx"),
    latin_hash(b"tks"),
];
/// What goes on behind a whole name, whoever has it.
pub(super) const GOES_ON: [u64; 19] = [
    latin_hash(b"will"),
    latin_hash(b"and"),
    latin_hash(b"has"),
    latin_hash(b"from"),
    latin_hash(b"for"),
    latin_hash(b"needs"),
    latin_hash(b"with"),
    latin_hash(b"tel"),
    latin_hash(b"is"),
    latin_hash(b"was"),
    latin_hash(b"checked"),
    latin_hash(b"checks"),
    latin_hash(b"arrives"),
    latin_hash(b"arriving"),
    latin_hash(b"left"),
    latin_hash(b"would"),
    latin_hash(b"just"),
    latin_hash(b"can"),
    latin_hash(b"did"),
];
/// What is said in Chinese of guests with names in Latin letters.
const STAYS: [&str; 12] = [
    "入住",
    "已",
    "先生",
    "女士",
    "小姐",
    "跟团",
    "的房",
    "的护照",
    "到了",
    "明天",
    "今天",
    "说",
];
const IS: u64 = latin_hash(b"is");
const MINE: [u64; 5] = [
    latin_hash(b"my"),
    latin_hash(b"our"),
    latin_hash(b"his"),
    latin_hash(b"her"),
    latin_hash(b"your"),
];
const NAMING: [u64; 4] = [
    latin_hash(b"name"),
    latin_hash(b"surname"),
    latin_hash(b"under"),
    latin_hash(b"lastname"),
];
const PARTY_OF: [u64; 2] = [latin_hash(b"party"), latin_hash(b"of")];
const BEDS: [u64; 5] = [
    latin_hash(b"twin"),
    latin_hash(b"single"),
    latin_hash(b"double"),
    latin_hash(b"triple"),
    latin_hash(b"pax"),
];
const COUNTS: [u64; 7] = [
    latin_hash(b"one"),
    latin_hash(b"two"),
    latin_hash(b"three"),
    latin_hash(b"four"),
    latin_hash(b"five"),
    latin_hash(b"six"),
    latin_hash(b"plus"),
];
const COUNTED: [u64; 12] = [
    latin_hash(b"adults"),
    latin_hash(b"adult"),
    latin_hash(b"pax"),
    latin_hash(b"nights"),
    latin_hash(b"night"),
    latin_hash(b"guests"),
    latin_hash(b"people"),
    latin_hash(b"persons"),
    latin_hash(b"kids"),
    latin_hash(b"children"),
    latin_hash(b"nts"),
    latin_hash(b"ppl"),
];
const HELPS: [u64; 6] = [
    latin_hash(b"has"),
    latin_hash(b"will"),
    latin_hash(b"just"),
    latin_hash(b"hasn't"),
    latin_hash(b"already"),
    latin_hash(b"is"),
];
/// What guests do and houses do not.
const DOES: [u64; 29] = [
    latin_hash(b"arrives"),
    latin_hash(b"arrive"),
    latin_hash(b"arrived"),
    latin_hash(b"arriving"),
    latin_hash(b"checked"),
    latin_hash(b"checking"),
    latin_hash(b"asked"),
    latin_hash(b"asks"),
    latin_hash(b"called"),
    latin_hash(b"wants"),
    latin_hash(b"needs"),
    latin_hash(b"left"),
    latin_hash(b"lost"),
    latin_hash(b"forgot"),
    latin_hash(b"paid"),
    latin_hash(b"pay"),
    latin_hash(b"paying"),
    latin_hash(b"joining"),
    latin_hash(b"join"),
    latin_hash(b"sharing"),
    latin_hash(b"emailed"),
    latin_hash(b"requested"),
    latin_hash(b"requests"),
    latin_hash(b"cancelled"),
    latin_hash(b"collect"),
    latin_hash(b"says"),
    latin_hash(b"said"),
    latin_hash(b"complained"),
    latin_hash(b"booked"),
];
const WITH: [u64; 3] = [latin_hash(b"and"), latin_hash(b"with"), latin_hash(b"plus")];
const WHOSE: [u64; 4] = [
    latin_hash(b"his"),
    latin_hash(b"her"),
    latin_hash(b"their"),
    latin_hash(b"family"),
];
