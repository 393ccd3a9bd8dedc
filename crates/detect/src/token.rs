//! Numbers with letters: passports, permits, identity cards of Hong Kong and Taiwan, organisations' codes, accounts.

use crate::anchored::is_measured;
use crate::chars::{Class, char_before, char_from};
use crate::check;
use crate::context::Context;
use crate::finding::Evidence::{self, CheckDigit, Date, Keyword, Prefix, Shape};
use crate::finding::{EvidenceSet, Finding};
use crate::keyword::Topic;
use crate::kind::Kind;

mod macau;
mod roster;
mod zone;

use self::zone::machine_zone;
pub(crate) use self::zone::name_line;

/// ISO 13616: 34 characters at most; a few more, so that a longer word is seen to be longer.
const CHARS_MAX: usize = 40;

/// A word of Latin letters and digits, upper case, with where each character stands. Single separators inside are passed over.
pub(crate) struct Token {
    chars: [u8; CHARS_MAX],
    starts: [usize; CHARS_MAX],
    ends: [usize; CHARS_MAX],
    /// Whether a separator stands before.
    edges: [bool; CHARS_MAX],
    length: usize,
    /// Whether its first letter was written small.
    lower: bool,
    /// Behind its first stretch without a separator.
    pub(crate) word_end: usize,
}

impl Token {
    /// The token around a digit at `at`. `None` where it has no letter, or is too long to be anything.
    pub(crate) fn around(context: &Context<'_>, at: usize) -> Option<Self> {
        let text = context.text;
        let mut start = at;
        let mut letters = 0;
        while let Some((before, char)) = char_before(text, start)
            && char.is_word()
        {
            start = before;
            letters += 1;
            if letters > CHARS_MAX {
                return None;
            }
        }
        if start == at {
            // `tax ID 9161`: a word that says what follows is no part of it.
            start = letters_apart(text, at)
                .filter(|start| {
                    let next = context.hits.partition_point(|hit| hit.end <= *start);
                    (context.hits.get(next)).is_none_or(|hit| hit.start > *start)
                })
                .unwrap_or(at);
        }
        Some(Self::collect(text, start))
    }

    fn collect(text: &str, start: usize) -> Self {
        let mut token = Self {
            chars: [0; CHARS_MAX],
            starts: [0; CHARS_MAX],
            ends: [0; CHARS_MAX],
            edges: [false; CHARS_MAX],
            length: 0,
            lower: text.as_bytes()[start].is_ascii_lowercase(),
            word_end: start,
        };
        let mut at = start;
        let mut edge = false;
        let mut whole = true;
        while let Some(char) = char_from(text, at) {
            match char.class {
                Class::Letter | Class::Digit | Class::HanDigit => {
                    if token.length == CHARS_MAX
                        || char.class == Class::HanDigit && !token.may_be_han()
                    {
                        break;
                    }
                    let value = if char.class == Class::Letter {
                        char.value
                    } else {
                        char.value + b'0'
                    };
                    let place = token.length;
                    token.chars[place] = value;
                    token.starts[place] = at;
                    token.ends[place] = at + char.bytes;
                    token.edges[place] = edge;
                    token.length += 1;
                    edge = false;
                    at += char.bytes;
                    if whole {
                        token.word_end = at;
                    }
                }
                // One separator, and a bracket behind it: `A 123456 (3)`.
                Class::Separator | Class::Paren
                    if (!edge || char.class == Class::Paren) && token.length > 0 =>
                {
                    edge = true;
                    whole = false;
                    at += char.bytes;
                }
                Class::Invisible => at += char.bytes,
                _ => break,
            }
        }
        token
    }

    /// A Han numeral continues a token whose letters are done: `E一二三四五六七八`.
    fn may_be_han(&self) -> bool {
        self.length <= 8
            || self.chars[..self.length]
                .iter()
                .rev()
                .take(1)
                .any(u8::is_ascii_digit)
    }

    /// The first `length` characters, if the token, or one of its groups, ends there.
    fn head(&self, length: usize) -> Option<&[u8]> {
        (self.length >= length && (self.length == length || self.edges[length]))
            .then(|| &self.chars[..length])
    }

    fn has_letter(&self, length: usize) -> bool {
        self.chars[..length].iter().any(u8::is_ascii_uppercase)
    }

    fn finding(&self, length: usize, kind: Kind, score: u8, evidence: &[Evidence]) -> Finding {
        Finding {
            start: self.starts[0],
            end: self.ends[length - 1],
            kind,
            score,
            evidence: evidence
                .iter()
                .fold(EvidenceSet::NONE, |set, one| set.with(*one)),
        }
    }
}

/// One or two letters with a separator behind: `E 12345678`, `A-123456(3)`.
fn letters_apart(text: &str, at: usize) -> Option<usize> {
    let (before, separator) = char_before(text, at)?;
    if separator.class != Class::Separator {
        return None;
    }
    let mut start = before;
    for _ in 0..3 {
        match char_before(text, start) {
            Some((at, char)) if char.class == Class::Letter => start = at,
            Some((_, char)) if char.class == Class::Digit => return None,
            _ => break,
        }
    }
    let letters = &text[start..before];
    if matches!(
        letters,
        "ID" | "NO" | "TEL" | "No" | "UK" | "US" | "NZ" | "PP"
    ) {
        return None;
    }
    (start < before && !letters.bytes().any(|byte| byte.is_ascii_lowercase())).then_some(start)
}

type Recogniser = fn(&Token, &Context<'_>) -> Option<Finding>;
const RECOGNISERS: [Recogniser; 10] = [
    passport,
    permit,
    hong_kong,
    taiwan,
    macau,
    foreigner,
    organisation,
    account,
    foreign_passport,
    machine_zone,
];

/// Adds what the token around a digit is; answers where its first word ends.
pub(crate) fn tokens(context: &Context<'_>, at: usize, findings: &mut Vec<Finding>) -> usize {
    findings.extend(macau::slashed(context, at));
    let Some(token) = Token::around(context, at) else {
        return at + 1;
    };
    findings.extend(
        RECOGNISERS
            .iter()
            .filter_map(|recognise| recognise(&token, context)),
    );
    token.word_end
}

fn digits(chars: &[u8]) -> bool {
    chars.iter().all(u8::is_ascii_digit)
}

/// Eight digits that are a day of these two centuries.
fn is_day(chars: &[u8]) -> bool {
    let ([b'1', b'9', ..] | [b'2', b'0', ..]) = chars else {
        return false;
    };
    let [_, _, _, _, month @ .., _, _] = &chars[..8] else {
        return false;
    };
    let value =
        |digits: &[u8]| (digits.iter()).fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    check::date(2000, value(month), value(&chars[6..8]))
}

fn values<const N: usize>(chars: &[u8]) -> [u8; N] {
    let mut values = [0; N];
    for (value, char) in values.iter_mut().zip(chars) {
        *value = char.wrapping_sub(b'0');
    }
    values
}

/// Whether the nearest word before speaks of another number, a booking or a parcel.
fn of_something_else(token: &Token, context: &Context<'_>) -> bool {
    matches!(
        context.last(token.starts[0]),
        Some(
            Topic::OtherNumber
                | Topic::Booking
                | Topic::OneTimeCode
                | Topic::WeChat
                | Topic::Secret
                | Topic::Plate
        )
    )
}

/// Ordinary E and G passports of the mainland, and those for duty: D, S, P and DE, SE, PE.
fn passport(token: &Token, context: &Context<'_>) -> Option<Finding> {
    let chars = token.head(9)?;
    let named = near(token, 9, context, Topic::Passport) || context.asked.contains(Kind::Passport);
    let ordinary = match chars {
        [b'E', second, rest @ ..] => digits(rest) && !matches!(second, b'I' | b'O'),
        [b'G', rest @ ..] => digits(rest),
        _ => false,
    };
    let duty = match chars {
        [b'D' | b'S' | b'P', b'E', rest @ ..]
        | [b'D' | b'S' | b'P' | b'K', rest @ ..]
        | [b'H', b'J', rest @ ..]
        | [b'M', b'A' | b'B' | b'F', rest @ ..] => digits(rest),
        _ => false,
    };
    if !(ordinary || duty && named) || !named && of_something_else(token, context) {
        return None;
    }
    let score = match (named, token.lower) {
        (true, _) => 98,
        (false, false) => 85,
        (false, true) => 60,
    };
    let mut found = token.finding(9, Kind::Passport, score, &[Shape, Prefix]);
    found.evidence = found.evidence.with_if(named, Keyword);
    Some(found)
}

/// H and M with 8 or 10 digits; with a word for it also other letters, and 8 digits alone.
fn permit(token: &Token, context: &Context<'_>) -> Option<Finding> {
    [11, 10, 9, 8]
        .into_iter()
        .find_map(|length| permit_of(token, length, context))
}

fn permit_of(token: &Token, length: usize, context: &Context<'_>) -> Option<Finding> {
    let chars = token.head(length)?;
    let asked = context.asked.contains(Kind::TravelPermit);
    let named = near(token, length, context, Topic::Permit) || asked;
    let shaped = match chars {
        [b'H' | b'M', rest @ ..] if length > 8 => digits(rest),
        [b'C' | b'E', b'A'..=b'Z', rest @ ..] if length == 9 => named && digits(rest),
        [b'C' | b'W' | b'T' | b'L' | b'K', rest @ ..] if length == 9 => named && digits(rest),
        // The permit of somebody from Taiwan, with how often it was issued or without.
        rest if matches!(length, 8 | 10) => {
            let last = context.last(token.starts[0]);
            let spoken_of = last == Some(Topic::Permit) || last.is_none() && named;
            (asked || spoken_of) && digits(rest) && !token.edges[7] && !is_day(rest)
        }
        _ => false,
    };
    if !shaped || !named && of_something_else(token, context) {
        return None;
    }
    let score = match (named, token.lower) {
        (true, _) => 99,
        (false, false) => 80,
        (false, true) => 55,
    };
    let mut found = token.finding(length, Kind::TravelPermit, score, &[Shape, Prefix]);
    found.evidence = found.evidence.with_if(named, Keyword);
    Some(found)
}

fn hong_kong(token: &Token, context: &Context<'_>) -> Option<Finding> {
    let letters = token.chars[..token.length.min(3)]
        .iter()
        .take_while(|char| char.is_ascii_uppercase())
        .count();
    let length = letters + 7;
    if !(1..=2).contains(&letters) || token.length < length {
        return None;
    }
    let chars = &token.chars[..length];
    let end = token.length == length || token.edges[length];
    let check = match chars[length - 1] {
        b'A' => 10,
        digit @ b'0'..=b'9' => digit - b'0',
        _ => return None,
    };
    let framed = token.edges[length - 1];
    if !(end || framed) || !digits(&chars[letters..length - 1]) {
        return None;
    }
    let six: [u8; 6] = values(&chars[letters..]);
    if !check::hong_kong(&chars[..letters], &six, check) {
        return None;
    }
    let named = near(token, length, context, Topic::HongKong)
        || near(token, length, context, Topic::ResidentId)
        || context.asked.contains(Kind::Hkid);
    if !named && (of_something_else(token, context) || token.lower && !framed) {
        return None;
    }
    let score = match (named, framed) {
        (true, _) => 97,
        (false, true) => 93,
        (false, false) => 65,
    };
    let mut found = token.finding(length, Kind::Hkid, score, &[Shape, CheckDigit]);
    found.end += closing_bracket(context.text, found.end, framed);
    found.evidence = found.evidence.with_if(named, Keyword);
    Some(found)
}

fn closing_bracket(text: &str, end: usize, framed: bool) -> usize {
    match text[end..].chars().next() {
        Some(bracket @ (')' | '）')) if framed => bracket.len_utf8(),
        _ => 0,
    }
}

fn taiwan(token: &Token, context: &Context<'_>) -> Option<Finding> {
    let chars = token.head(10)?;
    let [letter @ b'A'..=b'Z', b'1' | b'2' | b'8' | b'9', ..] = chars else {
        return None;
    };
    if !digits(&chars[1..]) || !check::taiwan(*letter, &values::<9>(&chars[1..])) {
        return None;
    }
    let named = near(token, 10, context, Topic::Taiwan)
        || near(token, 10, context, Topic::ResidentId)
        || context.asked.contains(Kind::TaiwanId);
    if !named && of_something_else(token, context) {
        return None;
    }
    let score = if named { 98 } else { 80 };
    let mut found = token.finding(10, Kind::TaiwanId, score, &[Shape, CheckDigit]);
    found.evidence = found.evidence.with_if(named, Keyword);
    Some(found)
}

/// `1234567(8)`, `1/234567/8`: eight digits that begin with 1, 5 or 7, where Macau is spoken of.
fn macau(token: &Token, context: &Context<'_>) -> Option<Finding> {
    let chars = token.head(8)?;
    let framed = token.edges[7];
    let named = near(token, 8, context, Topic::Macau);
    let card = near(token, 8, context, Topic::ResidentId);
    if !digits(chars) || !matches!(chars[0], b'1' | b'5' | b'7' | b'8') {
        return None;
    }
    if !(named && (framed || card) || context.asked.contains(Kind::MacauId)) {
        return None;
    }
    let mut found = token.finding(8, Kind::MacauId, 95, &[Shape, Prefix, Keyword]);
    found.end += closing_bracket(context.text, found.end, framed);
    Some(found)
}

/// The card of 2017: nationality, place of issue, birth as YYMMDD, sequence and check.
fn foreigner(token: &Token, context: &Context<'_>) -> Option<Finding> {
    let chars = token.head(15)?;
    let (letters, numbers) = chars.split_at(3);
    if !letters.iter().all(u8::is_ascii_uppercase) || !digits(numbers) {
        return None;
    }
    let numbers: [u8; 12] = values(numbers);
    let named = near(token, 15, context, Topic::PermanentResident)
        || near(token, 15, context, Topic::ResidentId);
    let born = check::date(
        1900 + check::number(&numbers[4..6]),
        check::number(&numbers[6..8]),
        check::number(&numbers[8..10]),
    );
    if !born || !named && of_something_else(token, context) {
        return None;
    }
    let score = if named { 97 } else { 70 };
    let mut found = token.finding(15, Kind::PermanentResidentId, score, &[Shape, Date]);
    found.evidence = found.evidence.with_if(named, Keyword);
    Some(found)
}

fn organisation(token: &Token, context: &Context<'_>) -> Option<Finding> {
    let chars: &[u8; 18] = token.head(18)?.try_into().ok()?;
    let named =
        near(token, 18, context, Topic::Organisation) || context.asked.contains(Kind::OrgCode);
    let begins = matches!(
        chars[0],
        b'1' | b'5' | b'9' | b'A' | b'N' | b'Y' | b'6' | b'7' | b'8' | b'2' | b'3' | b'4'
    ) && matches!(chars[1], b'1'..=b'9')
        && digits(&chars[2..8]);
    if !begins
        || !check::organisation_code(chars)
        || !(named
            || (token.has_letter(17) || lettered_check(chars))
                && matches!(chars[0], b'1' | b'5' | b'9' | b'N' | b'Y' | b'A'))
    {
        return None;
    }
    let score = if named { 99 } else { 93 };
    let mut found = token.finding(18, Kind::OrgCode, score, &[Shape, CheckDigit]);
    found.evidence = found.evidence.with_if(named, Keyword);
    Some(found)
}

/// Digits with a letter as check: an X is rather that of an identity card, unless the number begins as firms' do.
fn lettered_check(chars: &[u8; 18]) -> bool {
    chars[17].is_ascii_uppercase()
        && (chars[17] != b'X' || matches!(chars, [b'9', b'1'..=b'3', ..]))
}

/// ISO 13616: how long an account number of each country is.
const ACCOUNTS: &str = "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BR29BY28CH21CR22CY28CZ24DE22DK18DO28EE20EG29ES24FI18FO18FR27GB22GE22\
    GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MR27MT31MU30NL18NO15\
    PK24PL28PS29PT25QA29RO24RS22SA24SC31SE24SI19SK24SM27ST25SV28TL23TN24TR26UA29VA22VG24XK20";

fn account(token: &Token, _: &Context<'_>) -> Option<Finding> {
    let [
        first @ b'A'..=b'Z',
        second @ b'A'..=b'Z',
        b'0'..=b'9',
        b'0'..=b'9',
        ..,
    ] = &token.chars
    else {
        return None;
    };
    let row = ACCOUNTS
        .as_bytes()
        .chunks_exact(4)
        .find(|row| row[0] == *first && row[1] == *second)?;
    let length = usize::from(row[2] - b'0') * 10 + usize::from(row[3] - b'0');
    let chars = token.head(length)?;
    check::mod_97(chars)
        .then(|| token.finding(length, Kind::Iban, 99, &[Shape, Prefix, CheckDigit]))
}

/// Letters and digits where a passport is spoken of.
fn foreign_passport(token: &Token, context: &Context<'_>) -> Option<Finding> {
    let last = context.last(token.starts[0]);
    (6..=9).rev().find_map(|length| {
        let chars = token.head(length)?;
        let numerals = chars.iter().filter(|char| char.is_ascii_digit()).count();
        let named = last == Some(Topic::Passport)
            || last.is_none() && near(token, length, context, Topic::Passport)
            || context.asked.contains(Kind::Passport)
            || length >= 8 && roster::names_before(context.text, token.starts[0]);
        let plain = digits(chars);
        let is_date = plain && (length == 8 && is_day(chars) || length == 6 && token.edges[4]);
        let is_sum = plain && is_measured(context.text, token.ends[length - 1]);
        // German numbers mix letters in; what is all small is a word.
        let enough = if token.has_letter(length) && !token.lower && length >= 8 {
            3
        } else {
            5
        };
        (named && numerals >= enough && !is_date && !is_sum)
            .then(|| token.finding(length, Kind::Passport, 90, &[Shape, Keyword]))
    })
}

fn near(token: &Token, length: usize, context: &Context<'_>, topic: Topic) -> bool {
    context.is_near(token.starts[0], token.ends[length - 1], topic)
}
