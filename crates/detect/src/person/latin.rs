//! Names in Latin letters: words are looked up as they come; one that may begin a name opens a chain of at most six, which is
//! weighed by its words, by the six words before and by what follows. Pinyin and passport spellings (ZHANG/WEI MR) are chains too.

use crate::finding::{Evidence, EvidenceSet, Finding};
use crate::kind::Kind;
use crate::lexicon::{has_byte, latin_hash};
use crate::person::{beside, percent};

use self::chain::Chain;
use self::context::Left;
use self::said::GOES_ON;
use self::words::{
    CLOSING, COMMON, DOUBTFUL, Flags, GIVEN, KIN, LABEL, LatinWords, PARTICLE, PINYIN, PLACE,
    SURNAME, TITLE, Token, Tokens, VENUE, begins_letter,
};

mod again;
mod behind;
mod chain;
mod context;
mod public;
mod said;
mod words;

/// Compiled lists.
pub(super) struct LatinNames {
    words: LatinWords,
}

/// Bytes before a name in an answer: `yes, it's `.
const ANSWER_BYTES_MAX: usize = 16;
/// Words remembered before a chain.
const BEFORE: usize = 6;

/// The last words, the nearest first.
struct Before {
    tokens: [Token; BEFORE],
}

/// The last words as they come: the next one's place is `next`.
#[derive(Default)]
struct Recent {
    tokens: [Token; 8],
    next: usize,
}

impl Recent {
    fn push(&mut self, token: Token) {
        self.tokens[self.next % 8] = token;
        self.next += 1;
    }

    fn last(&self) -> &Token {
        &self.tokens[(self.next + 8 - 1) % 8]
    }

    fn before(&self) -> Before {
        let nearest = self.next + 8 - 1;
        Before {
            tokens: std::array::from_fn(|back| self.tokens[(nearest - back) % 8]),
        }
    }
}

impl LatinNames {
    pub(super) fn new() -> Self {
        Self {
            words: LatinWords::new(),
        }
    }

    pub(super) fn scan(
        &self,
        text: &str,
        asked: bool,
        core: &[Finding],
        first: usize,
        out: &mut Vec<Finding>,
    ) {
        if !has_byte(text.as_bytes(), begins_letter) {
            return;
        }
        let mut tokens = Tokens::new(text);
        let mut recent = Recent::default();
        while let Some(token) = tokens.next(&self.words) {
            if token.is_capital()
                && token.len() == 1
                && text.as_bytes().get(token.end) == Some(&b'.')
                && let Some(finding) =
                    self.initials(text, token, &recent.before(), core, &out[first..])
            {
                tokens.at = finding.end;
                recent.push(Token::name(finding.start, finding.end));
                out.push(finding);
                continue;
            }
            let particle = token.is(PARTICLE) && !token.is(COMMON);
            // mr chandrasekhar
            let titled = || ADDRESSED.contains(&recent.last().hash) && !token.is_capital();
            let opens = token.is_capital() && token.len() > 1
                || token.may_be_name()
                || particle
                || titled();
            if opens
                && let Some(finding) = self.weigh(text, token, &recent, asked, core, &out[first..])
            {
                tokens.at = finding.end;
                recent.push(Token::name(finding.start, finding.end));
                out.push(finding);
                continue;
            }
            recent.push(token);
        }
        if out.len() > first {
            self.again(text, first, core, out);
        }
    }

    fn weigh(
        &self,
        text: &str,
        token: Token,
        recent: &Recent,
        asked: bool,
        core: &[Finding],
        found: &[Finding],
    ) -> Option<Finding> {
        if token.is(TITLE) || token.is(COMMON) && !(token.may_be_name() && token.is_capital()) {
            return None;
        }
        let before = &recent.before();
        let and = text[..token.start].trim_end_matches(' ').ends_with('&');
        if and && before.tokens[0].is_capital() && !before.tokens[0].is(GIVEN | TITLE) {
            // Marks & Spencer
            return None;
        }
        let left = Left::new(text, token, before, found);
        // mia wong, king room: at the beginning of a line, two words that lists of names have.
        let small = !token.is_capital()
            && left.edge
            && (self.is_full_name(text, token) || self.is_spelt(text, token));
        if !token.is_capital() && (left.points < 26 || token.is(COMMON)) && !small {
            return None;
        }
        let chain = Chain::new(&self.words, text, token, left.points >= 28 || small);
        let (end, points, evidence) = chain.weigh(text, &left);
        let points = points
            + self
                .stands(text, token, end, &left)
                .max(self.behind(text, token, end, &left, before))
                .max(self.said(text, token, end, &left))
            + if small { 10 } else { 0 };
        // A street or a house has no given name and family name before it that all lists know.
        let toward = left.points == -30 && points >= 60 && chain_leads(before);
        let near = beside(text, core, token.start, end) && points >= 20;
        let alone = left.edge && text[end..].trim().is_empty();
        let answers = left.edge || left.points >= 20 || token.start <= ANSWER_BYTES_MAX;
        let asked = asked && answers && line_ends(text, end) && points >= 10;
        let points = points
            + if toward { -8 } else { left.points }
            + if near { 20 } else { 0 }
            + if asked { 45 } else { 0 }
            + if alone { 5 } else { 0 };
        // 阿May
        let nick = text[..token.start].ends_with('阿') && end - token.start < 9 && points > 0;
        let (start, points) = if nick {
            (token.start - '阿'.len_utf8(), points + 36)
        } else {
            (token.start, points)
        };
        // Alex老师
        let title = (token.end == end).then(|| {
            SPAN_TITLES
                .iter()
                .find(|title| text[end..].starts_with(**title))
        });
        let end = end + title.flatten().map_or(0, |title| title.len());
        (points >= i32::from(Finding::SCORE_MIN)).then(|| Finding {
            start,
            end,
            kind: Kind::PersonName,
            score: percent(points.min(97)),
            evidence: left
                .evidence
                .with_if(asked, Evidence::Asked)
                .with_if(near, Evidence::Context)
                .union_with(evidence),
        })
    }
}

impl LatinNames {
    /// D. Abernathy, J.R. Simmons.
    fn initials(
        &self,
        text: &str,
        token: Token,
        before: &Before,
        core: &[Finding],
        found: &[Finding],
    ) -> Option<Finding> {
        let mut tokens = Tokens::from(text, token.end);
        let mut end = token.end;
        let numbered = text[..token.start]
            .trim_end()
            .ends_with(|char: char| char.is_ascii_digit());
        let last = loop {
            let next = tokens.next(&self.words)?;
            if !matches!(&text[end..next.start], "." | ". ") || !next.is_capital() {
                return None;
            }
            end = next.end;
            if next.len() > 1 {
                break next;
            }
        };
        let houses = COMMON | VENUE | PLACE | TITLE | CLOSING;
        if last.upper || last.is(houses) && !last.is(SURNAME) || last.len() < 3 || numbered {
            return None;
        }
        let behind = tokens.next(&self.words);
        if behind.is_some_and(|next| next.start == end + 1 && next.is(VENUE)) {
            return None;
        }
        let left = Left::new(text, token, before, found);
        let near = beside(text, core, token.start, end);
        let listed = if found.is_empty() { 0 } else { 8 };
        let points = listed
            + if last.is(SURNAME | PINYIN) { 56 } else { 44 }
            + left.points
            + if left.edge { 8 } else { 0 }
            + if near { 10 } else { 0 };
        (points >= i32::from(Finding::SCORE_MIN)).then(|| Finding {
            start: token.start,
            end,
            kind: Kind::PersonName,
            score: percent(points.min(95)),
            evidence: left.evidence.with(Evidence::Shape),
        })
    }

    /// A given name and a family name that lists have, in small letters.
    fn is_full_name(&self, text: &str, token: Token) -> bool {
        let next = Tokens::from(text, token.end).next(&self.words);
        let plain = token.is(GIVEN) && !token.is(DOUBTFUL | COMMON | PLACE | VENUE);
        let words = COMMON | VENUE | PLACE | LABEL | KIN | GIVEN;
        plain
            && next.is_some_and(|next| {
                next.start == token.end + 1
                    && !next.is_capital()
                    && next.len() > 2
                    && next.is(SURNAME | PINYIN)
                    && !next.is(words)
            })
    }

    /// Points of what stands behind a name: another in a list, a Chinese title, the end of a line that is nothing but the name.
    fn stands(&self, text: &str, token: Token, end: usize, left: &Left) -> i32 {
        let rest = &text[end..];
        let single = end == token.end;
        let plain = token.is(GIVEN) && !token.is(DOUBTFUL | COMMON | PLACE | VENUE);
        let next = rest.trim_start();
        if next.starts_with(|char: char| !char.is_ascii()) {
            if HAN_TITLES.iter().any(|title| next.starts_with(title)) {
                return 40;
            }
            if HAN_GREETINGS.iter().any(|word| next.starts_with(word)) {
                return if token.is(GIVEN) { 20 } else { 0 };
            }
        }
        if !token.is_capital() || !token.is(GIVEN) {
            return 0;
        }
        let ends = rest.trim_matches([' ', '.', '!', ',']).is_empty();
        if !single {
            // A given name and a word that no list has.
            let marked = rest.starts_with(" (")
                || !rest.starts_with(|char: char| char == ' ' || char.is_alphanumeric())
                || (Tokens::from(text, end).next(&self.words))
                    .is_some_and(|next| GOES_ON.contains(&next.hash) || DONE.contains(&next.hash));
            return if plain && !token.upper && marked {
                10
            } else {
                0
            };
        }
        if left.edge && ends && plain {
            return 16;
        }
        if left.edge && rest.starts_with(',') && plain {
            return 16;
        }
        self.goes_on(text, token, end, left)
    }

    /// Points of the words behind a given name alone: its owner's kin, what only people do, another name.
    fn goes_on(&self, text: &str, token: Token, end: usize, left: &Left) -> i32 {
        let plain = token.is(GIVEN) && !token.is(DOUBTFUL | COMMON | PLACE | VENUE);
        let mut tokens = Tokens::from(text, end);
        let Some(mut next) = tokens.next(&self.words) else {
            return 0;
        };
        let mut gap = &text[end..next.start];
        if matches!(gap, "'" | "’")
            && next.len() == 1
            && (tokens.next(&self.words))
                .is_some_and(|owned| owned.is(KIN) && owned.start == next.end + 1)
        {
            return 20;
        }
        let strong = DONE.contains(&next.hash) && gap == " ";
        if strong
            && (left.edge || left.points >= 10 || text[..token.start].ends_with(['.', ' ']))
            && left.points >= 0
        {
            return if plain {
                20
            } else if left.edge || left.points >= 10 || text[..token.start].ends_with(", ") {
                36
            } else {
                0
            };
        }
        if gap == " " && AND.contains(&next.hash) {
            let Some(after) = tokens.next(&self.words) else {
                return 0;
            };
            gap = if after.start == next.end + 1 {
                " & "
            } else {
                ""
            };
            next = after;
        }
        let other = next.is_capital() && next.is(GIVEN) && !next.is(COMMON | PLACE | VENUE);
        let me = next.len() <= 2 && ME.contains(&next.hash) && gap == " & ";
        if plain && me && left.points >= 0 {
            return 18;
        }
        let kin = other && left.points >= 30;
        if (plain || kin)
            && other
            && matches!(gap, " & " | ", " | " + " | "/" | " / ")
            && left.points >= 0
        {
            return 18;
        }
        0
    }
}

/// Whether a way leads to what is named, or it is handed over: from Tom Becker, to Tom Becker.
fn chain_leads(before: &Before) -> bool {
    LEADS_ON.contains(&before.tokens[0].hash)
}

/// Titles that nothing but a name follows, in small letters too.
const ADDRESSED: [u64; 6] = [
    latin_hash(b"mr"),
    latin_hash(b"mrs"),
    latin_hash(b"ms"),
    latin_hash(b"dr"),
    latin_hash(b"mdm"),
    latin_hash(b"prof"),
];
const LEADS_ON: [u64; 3] = [latin_hash(b"to"), latin_hash(b"from"), latin_hash(b"of")];
const ME: [u64; 3] = [latin_hash(b"me"), latin_hash(b"i"), latin_hash(b"my")];
const AND: [u64; 6] = [
    latin_hash(b"and"),
    latin_hash(b"n"),
    latin_hash(b"und"),
    latin_hash(b"y"),
    latin_hash(b"et"),
    latin_hash(b"och"),
];
/// What only people did.
const DONE: [u64; 50] = [
    latin_hash(b"called"),
    latin_hash(b"asked"),
    latin_hash(b"asks"),
    latin_hash(b"said"),
    latin_hash(b"says"),
    latin_hash(b"told"),
    latin_hash(b"wants"),
    latin_hash(b"wanted"),
    latin_hash(b"forgot"),
    latin_hash(b"arrived"),
    latin_hash(b"arrives"),
    latin_hash(b"promised"),
    latin_hash(b"helped"),
    latin_hash(b"paid"),
    latin_hash(b"lost"),
    latin_hash(b"phoned"),
    latin_hash(b"rang"),
    latin_hash(b"emailed"),
    latin_hash(b"texted"),
    latin_hash(b"works"),
    latin_hash(b"working"),
    latin_hash(b"gave"),
    latin_hash(b"checked"),
    latin_hash(b"booked"),
    latin_hash(b"leave"),
    latin_hash(b"here"),
    latin_hash(b"mentioned"),
    latin_hash(b"confirmed"),
    latin_hash(b"recommended"),
    latin_hash(b"suggested"),
    latin_hash(b"explained"),
    latin_hash(b"promises"),
    latin_hash(b"replied"),
    latin_hash(b"arranged"),
    latin_hash(b"spoke"),
    latin_hash(b"noticed"),
    latin_hash(b"dropped"),
    latin_hash(b"messaged"),
    latin_hash(b"sent"),
    latin_hash(b"picked"),
    latin_hash(b"picks"),
    latin_hash(b"loves"),
    latin_hash(b"likes"),
    latin_hash(b"hates"),
    latin_hash(b"prefers"),
    latin_hash(b"insists"),
    latin_hash(b"insisted"),
    latin_hash(b"reckons"),
    latin_hash(b"swears"),
    latin_hash(b"swore"),
];
/// Titles that stand behind names in Latin letters inside Chinese.
const HAN_TITLES: [&str; 12] = [
    "先生", "女士", "小姐", "太太", "老师", "经理", "总", "姐", "哥", "様", "さん", "同学",
];
/// Those that are one span with a name of one word.
const SPAN_TITLES: [&str; 7] = ["姐", "哥", "老师", "老師", "总", "師傅", "师傅"];
const HAN_GREETINGS: [&str; 4] = ["你好", "您好", "在吗", "早上好"];

fn line_ends(text: &str, end: usize) -> bool {
    text[end..]
        .trim_start_matches([' ', '.', '!', ',', ';', '，', '。'])
        .chars()
        .next()
        .is_none_or(|char| !char.is_ascii_alphabetic())
}

trait UnionWith {
    fn union_with(self, other: EvidenceSet) -> Self;
}

impl UnionWith for EvidenceSet {
    fn union_with(self, other: EvidenceSet) -> Self {
        other.iter().fold(self, Self::with)
    }
}

/// Flags that end a chain before the word that has them.
const ENDS: Flags = COMMON | VENUE | PLACE | LABEL | CLOSING | TITLE | PARTICLE;
