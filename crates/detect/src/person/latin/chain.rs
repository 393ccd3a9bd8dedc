//! Words in a row that may be one name, and how much they are like one by themselves.

use crate::finding::{Evidence, EvidenceSet};
use crate::lexicon::latin_hash;
use crate::person::pinyin;

use super::ENDS;
use super::context::Left;
use super::public::PUBLIC;
use super::said::is_english;
use super::words::{
    BRAND, COMMON, DOUBTFUL, GIVEN, LatinWords, PARTICLE, PINYIN, PLACE, SURNAME, TITLE, Token,
    Tokens, VENUE,
};

/// Words of a name, particles counted.
const WORDS_MAX: usize = 6;

/// Words in a row, each with a capital, or each known as a name.
pub(super) struct Chain {
    words: [Token; WORDS_MAX],
    len: usize,
    /// ZHANG/WEI, as passports and airlines write.
    slash: bool,
    /// The word behind the last.
    next: Token,
    /// A name of a house goes on behind the chain.
    venue: bool,
}

impl Chain {
    pub(super) fn new(lists: &LatinWords, text: &str, first: Token, strong: bool) -> Self {
        let mut chain = Self {
            words: [first; WORDS_MAX],
            len: 1,
            slash: false,
            next: Token::default(),
            venue: first.is(VENUE | BRAND) && !first.is(GIVEN | SURNAME),
        };
        let mut tokens = Tokens::from(text, first.end);
        let mut end = first.end;
        while let Some(mut token) = tokens.next(lists) {
            // Ravi s/o Krishnan
            let descent = DESCENT.iter().any(|word| text[end..].starts_with(word));
            if descent && tokens.next(lists).is_some() {
                let Some(next) = tokens.next(lists) else {
                    break;
                };
                token = next;
                end += DESCENT[0].len() - 1;
            }
            let gap = &text[end..token.start];
            let slash =
                gap == "/" || gap == " / " && chain.words[chain.len - 1].upper && token.upper;
            let initial = chain.words[chain.len - 1].len() == 1 && gap == ". ";
            if !(gap == " " || slash || initial || gap == ", " && chain.inverted(text, &token)) {
                chain.next = if joins_house(gap) {
                    token
                } else {
                    Token::default()
                };
                break;
            }
            chain.next = token;
            if !chain.takes(lists, text, &token, strong) {
                break;
            }
            chain.slash |= slash;
            chain.words[chain.len] = token;
            chain.len += 1;
            chain.next = Token::default();
            end = token.end;
            if chain.len == WORDS_MAX {
                break;
            }
        }
        while chain.len > 1
            && chain.words[chain.len - 1].is(PARTICLE)
            && !chain.words[chain.len - 1].may_be_name()
        {
            chain.len -= 1;
        }
        chain.venue |= chain.next.is(VENUE | BRAND) && !chain.next.is(GIVEN);
        chain.venue |= owns_house(lists, text, end);
        chain
    }

    /// SMITH, John: a family name in capitals, and a given name behind a comma.
    fn inverted(&self, text: &str, token: &Token) -> bool {
        let first = self.words[0];
        // Smith, John on a line of its own.
        let alone = first.start == 0 && token.end == text.trim_end().len();
        if alone
            && self.len == 1
            && first.is(SURNAME)
            && !first.is(GIVEN | COMMON | PLACE)
            && token.is(GIVEN)
        {
            return true;
        }
        let spelt = self.words[0].is(PINYIN)
            && token.is_capital()
            && !token.upper
            && token.len() <= 5
            && !token.is(COMMON | PLACE | VENUE | TITLE);
        self.len == 1
            && self.words[0].upper
            && self.words[0].may_be_name()
            && (token.is(GIVEN) || spelt)
    }

    fn takes(&self, lists: &LatinWords, text: &str, token: &Token, strong: bool) -> bool {
        let first = self.words[0];
        if token.is(TITLE) {
            return false;
        }
        if first.is(PINYIN) && token.hash == AH && token.is_capital() && self.len == 1 {
            // Tan Ah Kow
            return true;
        }
        if token.is(PARTICLE) && token.is_capital() && first.is(PINYIN) {
            return true;
        }
        if token.is(PARTICLE) && self.len < WORDS_MAX - 1 {
            let mut more = Tokens::from(text, token.end);
            return more.next(lists).is_some_and(|next| {
                // Sofía y Mateo
                let two = token.len() == 1 && first.is(GIVEN) && next.is(GIVEN);
                if two && self.len == 1 && !next.is(SURNAME) {
                    return false;
                }
                next.start == token.end + 1 && (next.is_capital() || next.is(PARTICLE))
            }) || token.is_capital() && token.may_be_name();
        }
        let given = token.is_capital() && !token.upper && token.len() <= 4;
        if first.upper && first.is(PINYIN) && given && !token.is(PLACE) {
            // CHAN Tai Man
            return true;
        }
        if token.is_capital() && token.len() == 1 && !token.is(PARTICLE) {
            // JOHN A SMITH
            let mut more = Tokens::from(text, token.end);
            let next = more.next(lists);
            return next.is_some_and(|next| next.start - token.end <= 2 && next.is(SURNAME));
        }
        if token.is_capital() {
            return !token.is(ENDS)
                || token.may_be_name() && (!token.is(COMMON | VENUE) || self.given_before(token));
        }
        let syllables = pinyin::is_given(&text[token.start..token.end]);
        if !first.is_capital() && strong && first.is(PINYIN) && syllables && !token.is(COMMON) {
            // li xiaoming
            return !token.is_capital();
        }
        // my name is tom baker
        !first.is_capital()
            && strong
            && token.may_be_name()
            && (!token.is(ENDS) || self.given_before(token))
            && (token.is(GIVEN | SURNAME) || first.is(PINYIN))
    }

    /// Young, Park, Green: family names behind a given name.
    fn given_before(&self, token: &Token) -> bool {
        let last = self.words[self.len - 1];
        token.is(SURNAME | PINYIN) && last.is(GIVEN) && (!last.is(DOUBTFUL) || !token.is(VENUE))
    }

    /// A given name alone, no word of everyday use, with which a sentence begins: Carlos at reception was kind.
    fn is_subject(&self, text: &str, left: &Left) -> bool {
        let first = self.words[0];
        let plain =
            self.len == 1 && first.is(GIVEN) && !first.is(DOUBTFUL | COMMON | PLACE | VENUE);
        plain
            && left.points == 0
            && first.is_capital()
            && !first.upper
            && SUBJECT.contains(&self.next.hash)
            && (first.start == 0
                || text[..first.start].ends_with(". ")
                || text[..first.start].ends_with('\n'))
    }

    /// The end of the name, its points, and their grounds.
    pub(super) fn weigh(&self, text: &str, left: &Left) -> (usize, i32, EvidenceSet) {
        let words = &self.words[..self.len];
        let end = words[words.len() - 1].end;
        let (mut points, evidence) = self.likeness(text, words, left);
        if self.is_subject(text, left) {
            points += 16;
        }
        if self.venue {
            points -= if left.points >= 40 { 15 } else { 70 };
        }
        if words
            .iter()
            .any(|word| word.is(BRAND) && !word.is(GIVEN | SURNAME))
        {
            points -= 60;
        }
        let public = match words {
            [word] => left.title && PUBLIC.contains(&(left.before, word.hash)),
            [first, second] => left.points < 40 && PUBLIC.contains(&(first.hash, second.hash)),
            _ => false,
        };
        if public {
            points -= 60;
        }
        points += match text[end..].chars().next() {
            Some('&' | '@' | '_' | '#') => -60,
            _ if self.next.is_capital() && !self.next.is(COMMON | GIVEN) => -5,
            _ if HERE.contains(&self.next.hash) => 22,
            _ => 0,
        };
        (end, points, evidence)
    }

    fn likeness(&self, text: &str, words: &[Token], left: &Left) -> (i32, EvidenceSet) {
        if let [word] = words {
            return alone(*word, left);
        }
        if let Some(found) = self.pinyin(text, words) {
            return found;
        }
        let none = EvidenceSet::NONE;
        let first = words[0];
        let last = words[words.len() - 1];
        let given = first.is(GIVEN) && (!first.is(PLACE) || last.is(SURNAME));
        let surname = last.is(SURNAME)
            || last.flags == 0 && ends_like_a_family(&text[last.start..last.end])
            || self.slash && first.is(SURNAME | PINYIN)
            || first.is(SURNAME) && last.is(GIVEN) && first.upper;
        let given = given || self.slash && last.is(GIVEN);
        let reversed =
            first.is(SURNAME) && !first.is(COMMON) && last.is(GIVEN) && !last.is(DOUBTFUL);
        // BHATTARAI SURESH: passports write the family name first, whichever it is.
        let spelt = words.iter().all(|word| word.upper && word.len() > 2)
            && last.is(GIVEN)
            && !words
                .iter()
                .any(|word| word.is(COMMON | PLACE | VENUE | BRAND));
        if spelt && !given && words.len() <= 3 {
            return (42, none.with(Evidence::GivenName));
        }
        // KARKI Sunita
        let split = words.len() == 2 && first.upper && first.len() > 3 && !last.upper;
        if split
            && !first.is(COMMON | PLACE | VENUE | BRAND | GIVEN)
            && last.is(GIVEN)
            && !last.is(DOUBTFUL)
        {
            return (54, none.with(Evidence::Shape));
        }
        let mut points = match (given, surname || reversed) {
            (true, true) => 60,
            (true, false) => 42,
            (false, true) if reversed && !first.is(PLACE | VENUE | GIVEN) => 46,
            (false, true) => 32,
            (false, false) => 14,
        };
        if first.is(DOUBTFUL | COMMON) && given {
            points -= if last.is(SURNAME) && !last.is(COMMON | VENUE) {
                8
            } else {
                26
            };
        }
        points = points.max(of_family(text, words, surname, left));
        if last.is(COMMON | VENUE) {
            points -= 8;
        }
        if words.iter().any(|word| word.is(PLACE) && !word.is(GIVEN)) {
            points -= 40;
        }
        points = self.adjusted(points, text, words);
        let korean = words.len() == 2
            && first.is(SURNAME | PINYIN)
            && is_hyphened(&text[last.start..last.end]);
        if korean {
            points = points.max(50);
        }
        let evidence = none
            .with_if(given, Evidence::GivenName)
            .with_if(surname || reversed, Evidence::Surname);
        (points, evidence)
    }

    /// Points of several words, with what particles, syllables, places and slashes tell.
    fn adjusted(&self, mut points: i32, text: &str, words: &[Token]) -> i32 {
        let first = words[0];
        let joined = words[1..words.len() - 1]
            .iter()
            .any(|word| word.is(PARTICLE) && !word.is_capital());
        if joined && first.is(GIVEN) {
            // Jan de Vries
            points += 36;
        } else if first.is(PARTICLE) && !first.is(COMMON) {
            points += 18;
        }
        let syllables = words.len() == 3
            && first.is(SURNAME | PINYIN)
            && words[1..]
                .iter()
                .all(|word| text[word.start..word.end].chars().count() <= 5 && word.is_capital());
        if syllables
            && points < 50
            && !words
                .iter()
                .any(|word| word.is(COMMON | VENUE | PLACE | BRAND))
        {
            // Lee Min Ho, Tran Van Duc
            points = 50;
        }
        // Nguyễn Thị Hồng Nhung
        let letters = |word: &Token| text[word.start..word.end].chars().count();
        let accented = words
            .iter()
            .any(|word| !text[word.start..word.end].is_ascii());
        let short = words
            .iter()
            .all(|word| letters(word) <= 6 && word.is_capital());
        if accented && short && words.len() == 4 && first.is(PINYIN) {
            points = points.max(54);
        }
        if first.is(PLACE) {
            points -= 25;
        }
        if words.len() > 4 && !(first.is(GIVEN) && words[words.len() - 1].is(SURNAME)) {
            points -= 20;
        }
        if self.slash {
            points += if words.iter().all(|word| word.upper) {
                14
            } else {
                -20
            };
        }
        points
    }

    /// Zhang Wei, LI XIAOMING, Wei Zhang, ZHANG/WEI, CHAN Tai Man.
    fn pinyin(&self, text: &str, words: &[Token]) -> Option<(i32, EvidenceSet)> {
        let spelt = |word: &Token| pinyin::is_given(&text[word.start..word.end]);
        let all = |words: &[Token]| words.iter().all(spelt);
        let (first, rest) = words.split_first()?;
        let (last, front) = words.split_last()?;
        if words.len() > 3 || words.iter().any(|word| word.is(PLACE | VENUE)) {
            return None;
        }
        let capitals = first.upper && !rest[0].upper;
        let points = if first.is(PINYIN) && (all(rest) || capitals) {
            if first.is(COMMON) || rest.iter().any(|word| word.is(COMMON)) {
                26
            } else {
                52
            }
        } else if last.is(PINYIN) && all(front) && words.len() == 2 {
            if words.iter().any(|word| word.is(COMMON)) {
                10
            } else {
                46
            }
        } else {
            return None;
        };
        let slash = if self.slash && words.iter().all(|word| word.upper) {
            25
        } else {
            0
        };
        let evidence = EvidenceSet::NONE
            .with(Evidence::Surname)
            .with(Evidence::GivenName);
        Some((points + slash, evidence))
    }
}

/// Nurlanova, Papadopoulos, Johansson: family names that no list needs to have.
fn ends_like_a_family(word: &str) -> bool {
    word.len() > 6 && FAMILY_ENDS.iter().any(|end| word.ends_with(end))
}

/// How family names end in Slavic, Turkic, Caucasian, Greek, Romanian, Baltic, Nordic and Finnish languages.
const FAMILY_ENDS: [&str; 34] = [
    "ova", "eva", "ov", "ev", "sky", "ski", "ska", "skaya", "enko", "chuk", "vich", "vic", "idze",
    "shvili", "yan", "oglu", "escu", "eanu", "sson", "ssen", "sdottir", "poulos", "akis", "idis",
    "nen", "auskas", "iene", "czyk", "wicz", "vska", "vski", "zadeh", "pour", "mann",
];

/// Ji-hoon, Min-ji: two short syllables, the second small.
fn is_hyphened(word: &str) -> bool {
    word.split_once('-').is_some_and(|(first, second)| {
        let short = |part: &str| (1..=5).contains(&part.len());
        short(first) && short(second) && second.bytes().all(|byte| byte.is_ascii_lowercase())
    })
}

/// Points of one word.
fn alone(first: Token, left: &Left) -> (i32, EvidenceSet) {
    let none = EvidenceSet::NONE;
    match first {
        word if word.is(GIVEN) && !word.is(DOUBTFUL | COMMON | PLACE) => {
            (35, none.with(Evidence::GivenName))
        }
        word if word.is(GIVEN) => (
            if word.is(PLACE) { 5 } else { 16 },
            none.with(Evidence::GivenName),
        ),
        word if word.is(SURNAME | PINYIN) && left.points >= 45 => {
            (24, none.with(Evidence::Surname))
        }
        word if word.is(COMMON | PLACE | VENUE) => (-20, none),
        word if word.is(SURNAME | PINYIN) => (24, none.with(Evidence::Surname)),
        word if word.is(BRAND) => (-60, none),
        word if word.upper => (4, none),
        _ => (10, none),
    }
}

/// Points of a word that no list has before a family name that is nothing else: Bilqis Adeyemi.
fn of_family(text: &str, words: &[Token], surname: bool, left: &Left) -> i32 {
    let [first, last] = words else { return 0 };
    let family = last.is_family() || last.flags == 0 && surname;
    let unknown = first.flags == 0 && !first.upper && !is_english(&text[first.start..first.end]);
    match unknown && family && left.points >= 0 {
        true if left.edge && ends_clause(text, last.end) => 50,
        true => 42,
        false => 0,
    }
}

/// Whether a clause ends at a place, or goes on with what guests do.
fn ends_clause(text: &str, end: usize) -> bool {
    let rest = &text[end..];
    let rest = rest
        .strip_prefix(' ')
        .filter(|rest| !rest.starts_with(' '))
        .unwrap_or(rest);
    rest.is_empty()
        || rest.starts_with([',', ':', '\n', '(', '+', ';', '-', '–'])
        || rest.starts_with(|char: char| char.is_ascii_digit())
        || ["from ", "and ", "will ", "needs ", "has ", "with "]
            .iter()
            .any(|word| rest.starts_with(word))
}

/// Whether what is owned here is a house or a place: King's Cross, Rosa 's Bed and Breakfast, bishop storford.
fn owns_house(lists: &LatinWords, text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start_matches(' ');
    let owned = (["'s ", "’s ", "s "].iter())
        .find_map(|mark| rest.strip_prefix(mark))
        .filter(|_| !text[end..].starts_with('s'));
    let Some(owned) = owned else { return false };
    let at = text.len() - owned.len();
    (Tokens::from(text, at).next(lists)).is_some_and(|token| {
        token.start - at <= 1
            && (token.is(VENUE | PLACE) || token.is_capital() && !token.is(COMMON))
    })
}

/// Whether the name of a house may go on over this gap: `Smith & Wollensky`, `Kirkwood  House`.
fn joins_house(gap: &str) -> bool {
    matches!(gap, "  " | " & " | "'s " | " '" | "-" | "’s ")
}

/// Son of, daughter of.
const DESCENT: [&str; 6] = [" s/o ", " d/o ", " a/l ", " a/p ", " S/O ", " A/L "];
const AH: u64 = latin_hash(b"ah");
/// What a person does at the beginning of a sentence.
const SUBJECT: [u64; 17] = [
    latin_hash(b"will"),
    latin_hash(b"is"),
    latin_hash(b"was"),
    latin_hash(b"has"),
    latin_hash(b"had"),
    latin_hash(b"at"),
    latin_hash(b"from"),
    latin_hash(b"needs"),
    latin_hash(b"wants"),
    latin_hash(b"said"),
    latin_hash(b"told"),
    latin_hash(b"left"),
    latin_hash(b"called"),
    latin_hash(b"arrives"),
    latin_hash(b"arrived"),
    latin_hash(b"forgot"),
    latin_hash(b"and"),
];

/// Tom here, this is Tom speaking.
const HERE: [u64; 3] = [
    latin_hash(b"here"),
    latin_hash(b"speaking"),
    latin_hash(b"again"),
];
