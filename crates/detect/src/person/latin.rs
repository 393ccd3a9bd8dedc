//! Names in Latin letters: words are looked up as they come; one that may begin a name opens a chain of at most six, which is
//! weighed by its words, by the six words before and by what follows. Pinyin and passport spellings (ZHANG/WEI MR) are chains too.

use crate::finding::{Evidence, EvidenceSet, Finding};
use crate::kind::Kind;
use crate::lexicon::has_byte;
use crate::person::{beside, percent};

use self::chain::Chain;
use self::context::Left;
use self::words::{
    CLOSING, COMMON, Flags, LABEL, LatinWords, PARTICLE, PLACE, TITLE, Token, Tokens, VENUE,
    begins_letter,
};

mod chain;
mod context;
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
            let opens = token.is_capital() && token.len() > 1 || token.may_be_name();
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
        if token.is(TITLE) || token.is(COMMON) && !token.may_be_name() {
            return None;
        }
        let left = Left::new(text, token, &recent.before(), found);
        if !token.is_capital() && (left.points < 26 || token.is(COMMON)) {
            return None;
        }
        let chain = Chain::new(&self.words, text, token, left.points >= 28);
        let (end, points, evidence) = chain.weigh(text, &left);
        let near = beside(text, core, token.start, end) && points >= 20;
        let alone = left.edge && text[end..].trim().is_empty();
        let answers = left.edge || left.points >= 20 || token.start <= ANSWER_BYTES_MAX;
        let asked = asked && answers && line_ends(text, end) && points >= 10;
        let points = points
            + left.points
            + if near { 20 } else { 0 }
            + if asked { 45 } else { 0 }
            + if alone { 5 } else { 0 };
        (points >= i32::from(Finding::SCORE_MIN)).then(|| Finding {
            start: token.start,
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
