//! Addresses as parts between commas: Flat 4, 118 Old Kent Road, London SE1 5TY. The parts before the first that has a street, a
//! unit or the name of a house are none of the address; those behind it are, up to the postcode and the country.

use smallvec::SmallVec;

use crate::lexicon::latin_hash;

use super::number::{is_block, is_house_number, is_strong, is_strong_pair, is_unit_number};
use super::tokens::{CAPITAL, COMMA, FIRST, HOUSE, JOIN, KIND, NUMBER, Token, UNIT, WHOLE};

/// Parts of an address, at most.
const PARTS_MAX: usize = 9;
/// Words of the name of a street, or of a house.
const NAME_MAX: usize = 5;

const PREPOSITIONS: [&str; 4] = [" to ", " at ", " from ", " in "];

/// An address, and what its parts weigh.
pub(super) struct Chain {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) points: i32,
    /// It has a postcode that nothing else looks like.
    pub(super) is_posted: bool,
    /// Two words stand before it: a name, or a firm's.
    pub(super) has_lead: bool,
}

/// What a part between commas is.
#[derive(Default)]
struct Part {
    /// Where what counts begins and ends.
    start: usize,
    end: usize,
    street: Street,
    units: i32,
    is_house: bool,
    post: Post,
    /// Has capitals beside all that.
    is_place: bool,
    /// A part that is nothing but capitals.
    is_plain: bool,
}

#[derive(Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Street {
    #[default]
    None,
    /// 88 Kingsway.
    Loose,
    /// Station Road.
    Named,
    /// 12 Station Road.
    Numbered,
}

#[derive(Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Post {
    #[default]
    None,
    /// 10119 Berlin.
    Weak,
    /// CB3 9BD.
    Strong,
}

/// The address in words without a break, if one is.
pub(super) fn chain(
    text: &str,
    run: &[Token],
    countries: &rustc_hash::FxHashSet<u64>,
) -> Option<Chain> {
    if !run.iter().any(|token| token.is(NUMBER)) {
        return None;
    }
    let parts: SmallVec<[Part; PARTS_MAX]> = run
        .split(|token| token.is(COMMA))
        .map(|tokens| Part::new(text, tokens))
        .collect();
    let first = parts.iter().position(Part::is_anchor)?;
    let mut last = first;
    let mut post = Post::None;
    for (at, part) in parts.iter().enumerate().skip(first).take(PARTS_MAX) {
        if part.end == 0 {
            break;
        }
        if post != Post::None {
            let name = text[part.start..part.end].trim();
            if part.is_plain && countries.contains(&latin_hash(name.as_bytes())) {
                last = at;
            }
            break;
        }
        post = part.post;
        last = at;
    }
    let parts_in = &parts[first..=last];
    let street = parts_in.iter().map(|part| part.street).max()?;
    let units: i32 = parts_in.iter().map(|part| part.units).sum();
    let is_house = parts_in.iter().any(|part| part.is_house);
    let is_place = parts_in.iter().any(|part| part.is_place || part.is_plain);
    let enough = street == Street::Numbered
        || post == Post::Strong
        || street != Street::None && (units > 0 || post != Post::None)
        || units > 0 && parts_in.len() > 2
        || units > 0 && post != Post::None;
    if !enough {
        return None;
    }
    let points = weigh((street, post), units, is_house, is_place);
    let lead = first.checked_sub(1).map(|at| &parts[at]);
    // To Rosemount, 12 Chapel Hill, Truro TR1 3BN: one word behind a preposition is a house's name.
    let named = lead.filter(|lead| {
        first == 1
            && post == Post::Strong
            && !text[lead.start..lead.end].contains(' ')
            && PREPOSITIONS
                .iter()
                .any(|word| text[..lead.start].ends_with(word))
    });
    Some(Chain {
        start: named.unwrap_or(&parts[first]).start,
        end: parts[last].end,
        points,
        is_posted: post == Post::Strong,
        has_lead: lead.is_some_and(|lead| {
            lead.is_plain && text[lead.start..lead.end].split(' ').count() == 2
        }),
    })
}

fn weigh((street, post): (Street, Post), units: i32, is_house: bool, is_place: bool) -> i32 {
    let base = match street {
        Street::Numbered => 22,
        Street::Loose => 16,
        Street::Named => 12,
        Street::None => 8,
    };
    let posted = match post {
        Post::Strong => 22,
        Post::Weak => 14,
        Post::None => 0,
    };
    base + posted
        + if units > 0 { 14 } else { 0 }
        + if units > 1 { 6 } else { 0 }
        + if is_house { 6 } else { 0 }
        + if is_place { 8 } else { 0 }
}

impl Part {
    fn new(text: &str, tokens: &[Token]) -> Self {
        let mut part = Self::default();
        // Old Peak Road 6am
        let is_other = |token: &Token| {
            let word = &text[token.start..token.end];
            token.is(NUMBER)
                && !is_house_number(word)
                && !is_unit_number(word)
                && !is_strong(word)
                && !word
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
        };
        let tokens = match tokens {
            [rest @ .., last] if is_other(last) => rest,
            all => all,
        };
        let (Some(head), Some(tail)) = (tokens.first(), tokens.last()) else {
            return part;
        };
        (part.start, part.end) = (head.start, tail.end);
        let rest = part.post(text, tokens);
        let anchor = part.street(text, rest);
        let unit = part.units(text, rest);
        let first = [anchor, unit].into_iter().flatten().min();
        let ends_house = rest.last().is_some_and(|last| last.is(HOUSE)) && rest.len() > 1;
        if let Some(first) = first {
            part.start = rest[first].start;
        } else if ends_house && rest.len() <= NAME_MAX && !rest.iter().any(|token| token.is(NUMBER))
        {
            part.is_house = true;
        }
        let is_name = |token: &Token| token.is(CAPITAL | JOIN) && !token.is(NUMBER);
        part.is_plain = part.post == Post::None && first.is_none() && tokens.iter().all(is_name);
        part.is_place = part.post != Post::None
            && tokens
                .iter()
                .any(|token| token.is(CAPITAL) && !token.is(NUMBER));
        part
    }

    fn is_anchor(&self) -> bool {
        self.street != Street::None || self.units > 0 || self.is_house
    }

    /// Looks for a postcode; answers the words that are none of it. What stands behind one is none of the address.
    fn post<'t>(&mut self, text: &str, tokens: &'t [Token]) -> &'t [Token] {
        let word = |token: &Token| &text[token.start..token.end];
        let pair = (tokens.windows(2)).position(|two| is_strong_pair(word(&two[0]), word(&two[1])));
        if let Some(at) = pair {
            self.post = Post::Strong;
            // 1017 AB Amsterdam
            let is_before = word(&tokens[at]).bytes().all(|byte| byte.is_ascii_digit());
            let last = if is_before {
                town_end(tokens, at + 2)
            } else {
                at + 1
            };
            self.end = tokens[last].end;
            return &tokens[..at];
        }
        if let Some(at) = tokens.iter().position(|token| is_strong(word(token))) {
            self.post = Post::Strong;
            let last = town_end(tokens, at + 1);
            self.end = tokens[last].end;
            return &tokens[..at];
        }
        let digits = |at: usize| {
            tokens.get(at).map_or(0, |token| {
                let word = word(token);
                if word.bytes().all(|byte| byte.is_ascii_digit()) {
                    word.len()
                } else {
                    0
                }
            })
        };
        let is_town = |at: usize| {
            tokens
                .get(at)
                .is_some_and(|token| token.is(CAPITAL) && !token.is(NUMBER | KIND))
        };
        // 113 59 Stockholm
        if digits(0) == 3 && digits(1) == 2 && is_town(2) {
            self.post = Post::Weak;
            self.end = tokens[town_end(tokens, 2)].end;
            return &tokens[..0];
        }
        let street = tokens
            .iter()
            .any(|token| token.is(KIND | FIRST | WHOLE | HOUSE));
        if matches!(digits(0), 4..=6) && is_town(1) && !street {
            self.post = Post::Weak;
            self.end = tokens[town_end(tokens, 1)].end;
            return &tokens[..0];
        }
        let last = tokens.len() - 1;
        let is_named = last > 0
            && tokens[..last]
                .iter()
                .all(|token| token.is(CAPITAL | JOIN) && !token.is(NUMBER | UNIT));
        if matches!(digits(last), 4..=6) && is_named && !street {
            self.post = Post::Weak;
            return &tokens[..0];
        }
        // Postcode alone in its part.
        if last == 0 && matches!(digits(0), 5 | 6) {
            self.post = Post::Weak;
            return &tokens[..0];
        }
        tokens
    }

    /// Looks for a street; answers the word with which it begins.
    fn street(&mut self, text: &str, tokens: &[Token]) -> Option<usize> {
        let word = |at: usize| &text[tokens[at].start..tokens[at].end];
        let is_number =
            |at: usize| at < tokens.len() && tokens[at].is(NUMBER) && is_house_number(word(at));
        let is_name = |at: usize| {
            tokens[at].is(CAPITAL | JOIN) || tokens[at].is(NUMBER) && is_ordinal(word(at))
        };
        for at in 0..tokens.len() {
            let token = tokens[at];
            if is_number(at) {
                let names = (at + 1..tokens.len()).take(NAME_MAX + 1);
                let to = names
                    .clone()
                    .take_while(|next| is_name(*next) || tokens[*next].is(KIND | FIRST))
                    .count();
                let behind = &tokens[at + 1..at + 1 + to];
                let kind = behind.iter().skip(1).any(|next| next.is(KIND | HOUSE));
                let first = behind.first().is_some_and(|next| next.is(FIRST | WHOLE))
                    || behind.get(1).is_some_and(|next| next.is(FIRST));
                if kind || first || to > 0 && is_block(word(at)) {
                    self.street = Street::Numbered;
                    return Some(at);
                }
                let is_all = at == 0 && to > 0 && to < 4 && to + 1 == tokens.len();
                if is_all && behind.iter().any(|next| next.is(CAPITAL)) {
                    self.street = Street::Loose;
                    return Some(at);
                }
            }
            if token.is(WHOLE) && is_number(at + 1) {
                self.street = Street::Numbered;
                return Some(name_start(tokens, at));
            }
            if token.is(FIRST) && at + 1 < tokens.len() {
                let number = (at + 2..tokens.len())
                    .take(NAME_MAX)
                    .find(|next| is_number(*next));
                if let Some(number) = number
                    && tokens[at + 1..number].iter().any(|name| name.is(CAPITAL))
                {
                    self.street = Street::Numbered;
                    return Some(at);
                }
            }
            if token.is(KIND) && at > 0 && tokens[at - 1].is(CAPITAL) && !tokens[at - 1].is(NUMBER)
            {
                let start = name_start(tokens, at - 1);
                if self.street == Street::None {
                    self.street = if is_number(at + 1) {
                        Street::Numbered
                    } else {
                        Street::Named
                    };
                    return Some(start);
                }
            }
        }
        None
    }

    /// Looks for units; answers the word with which the first begins.
    fn units(&mut self, text: &str, tokens: &[Token]) -> Option<usize> {
        let word = |at: usize| &text[tokens[at].start..tokens[at].end];
        let mut first = None;
        for at in 0..tokens.len() {
            let is_labelled = at + 1 < tokens.len()
                && (tokens[at].is(UNIT) || at == 0 && tokens[at].is(KIND) && tokens.len() > 2)
                && (tokens[at + 1].is(NUMBER)
                    || word(at + 1).len() == 1 && tokens[at + 1].is(CAPITAL));
            let is_number = word(at).eq_ignore_ascii_case("no");
            if is_labelled && !is_number || tokens[at].is(NUMBER) && is_unit_number(word(at)) {
                self.units += 1;
            }
            // P.O. Box 12
            let is_label =
                tokens[at].is(UNIT) && tokens.get(at + 1).is_some_and(|next| next.is(UNIT));
            if is_label || is_labelled || tokens[at].is(NUMBER) && is_unit_number(word(at)) {
                first = first.or(Some(at));
            }
        }
        // P O Box 77
        let is = |at: usize, letters: &str| word(at).eq_ignore_ascii_case(letters);
        first.map(|at| {
            if at >= 2 && is(at, "box") && is(at - 1, "o") && is(at - 2, "p") {
                at - 2
            } else {
                at
            }
        })
    }
}

/// 23rd, 5th.
fn is_ordinal(word: &str) -> bool {
    ["st", "nd", "rd", "th"]
        .iter()
        .any(|end| word.ends_with(end))
}

/// The last word of a town's name that begins at `from`; the one before it where none does.
fn town_end(tokens: &[Token], from: usize) -> usize {
    let is_name = |token: &&Token| token.is(CAPITAL | JOIN) && !token.is(NUMBER);
    from + tokens[from.min(tokens.len())..]
        .iter()
        .take(3)
        .take_while(is_name)
        .count()
        - 1
}

/// The first word of a name that goes up to `last`.
fn name_start(tokens: &[Token], last: usize) -> usize {
    let is_name = |at: &usize| tokens[*at].is(CAPITAL) && !tokens[*at].is(NUMBER | UNIT);
    (0..=last)
        .rev()
        .take(NAME_MAX)
        .take_while(is_name)
        .last()
        .unwrap_or(last)
}
