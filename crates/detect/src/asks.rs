//! What a message asks for, so that the next is read as the answer.

mod people;

use aho_corasick::AhoCorasick;

use crate::keyword::{Hits, Topic, words};
use crate::kind::{Kind, KindSet};
use crate::lexicon::{Fold, HanWords, compile};
use crate::line::Line;
use crate::starts::WordStarts;

use self::people::AsksPeople;

/// Texts longer than this are no question.
const QUESTION_BYTES_MAX: usize = 600;

/// Texts no longer than this ask with a polite word alone; those of a word and little else, without one.
const SHORT_BYTES_MAX: usize = 48;
const LABEL_BYTES_MAX: usize = 15;
const SHORT_REQUESTS: [&str; 8] = [
    "please", "pls", "plz", "kindly", "请", "麻烦", "需要", "还差",
];

/// Marks of a question, and what every English request has one of.
const REQUESTS: [&str; 15] = [
    "?", "？", "you", "please", "what", "may i", "can i", "could i", "provide", "send me",
    "give me", "tell me", "share", "need", "let me",
];

/// Tells what texts ask for. Most have no word of the kinds, which two Han characters in a row tell, or how Latin words start.
pub(crate) struct Asks {
    /// How the words of the kinds begin that are not ASCII, and those that are.
    begins: HanWords,
    words: WordStarts<()>,
    requests: AhoCorasick,
    people: Option<AsksPeople>,
}

/// What was heard of a text so far.
#[expect(clippy::struct_excessive_bools, reason = "they are independent")]
#[derive(Default)]
pub(crate) struct Heard {
    /// Whether nobody wants to know.
    is_deaf: bool,
    /// Whether it is too long for a question.
    is_long: bool,
    asks: bool,
    kinds: KindSet,
    people: bool,
}

impl Asks {
    /// `kinds` are those that are looked for.
    pub(crate) fn new(fold: &Fold, kinds: KindSet) -> Self {
        let by_evidence = kinds.contains(Kind::PersonName) || kinds.contains(Kind::Address);
        let of_kinds = words().filter(|(topic, _)| !of(*topic).is_empty());
        let (latin, others): (Vec<&str>, Vec<&str>) = of_kinds
            .map(|(_, word)| word)
            .partition(|word| word.is_ascii());
        let begins: Vec<String> = others.into_iter().flat_map(first_two).collect();
        Self {
            begins: HanWords::new(fold, begins.iter().map(String::as_str)),
            words: WordStarts::new(latin.into_iter().map(|word| ((), word))),
            requests: compile(REQUESTS.into_iter()),
            people: by_evidence.then(|| AsksPeople::new(fold, kinds)),
        }
    }

    /// Hears a line whose keywords are not known yet; answers whether they must be.
    pub(crate) fn needs_hits(
        &self,
        line: &Line<'_>,
        is_whole: bool,
        has_han: bool,
        heard: &Heard,
    ) -> bool {
        // A question may stand in one line, and what it asks for in another.
        !heard.is_long
            && (!is_whole
                || line.text.len() <= LABEL_BYTES_MAX
                || self.begins.is_in(line.chars())
                || !has_han
                    && self.words.any(line.text, |_| true)
                    && self.requests.is_match(line.text))
    }

    /// Hears who is asked for in a line.
    pub(crate) fn hear_people(&self, line: &Line<'_>, heard: &mut Heard) {
        let people = self.people.as_ref();
        heard.people |= people.is_some_and(|people| people.may_ask(line));
    }

    /// What a text asks for, all lines of which were heard.
    pub(crate) fn of(&self, text: &str, heard: &Heard) -> KindSet {
        let asks = !heard.kinds.is_empty()
            && (heard.asks || text.contains(['?', '？', '吗', '呢']) || is_short_request(text));
        let kinds = if asks { heard.kinds } else { KindSet::NONE };
        match &self.people {
            Some(people) if heard.people => kinds.union(people.of(text)),
            _ => kinds,
        }
    }
}

impl Heard {
    /// For a scan that nobody asks what it heard.
    pub(crate) fn nothing() -> Self {
        Self {
            is_deaf: true,
            ..Self::default()
        }
    }

    /// Nothing of this text yet.
    pub(crate) fn of(text: &str) -> Self {
        Self {
            is_long: text.len() > QUESTION_BYTES_MAX,
            ..Self::default()
        }
    }

    pub(crate) const fn is_deaf(&self) -> bool {
        self.is_deaf
    }

    /// The kinds that a text asks for: it speaks of them, and asks.
    pub(crate) fn hear(&mut self, hits: &Hits) {
        if self.is_deaf || self.is_long {
            return;
        }
        for hit in hits {
            match hit.topic {
                Topic::Request => self.asks = true,
                topic => self.kinds = self.kinds.union(of(topic)),
            }
        }
    }
}

/// Whether a text asks for the one thing that it speaks of: `CVV please`, 护照号. What has digits has told it.
fn is_short_request(text: &str) -> bool {
    let asks = || {
        let lower = text.to_ascii_lowercase();
        SHORT_REQUESTS.iter().any(|word| lower.contains(word))
    };
    text.len() <= SHORT_BYTES_MAX
        && !text.contains(|char: char| char.is_ascii_digit())
        && (text.len() <= LABEL_BYTES_MAX || asks())
}

/// How a word begins that stands among Han characters, in every case of its letters. Where two Latin letters stand beside Han
/// characters, a line is searched in any case.
fn first_two(word: &str) -> [String; 2] {
    let two: String = word.chars().take(2).collect();
    [two.to_ascii_uppercase(), two]
}

/// The kinds that a topic's words speak of.
pub(crate) const fn of(topic: Topic) -> KindSet {
    match topic {
        Topic::ResidentId => KindSet::of(&[
            Kind::ResidentId,
            Kind::Hkid,
            Kind::TaiwanId,
            Kind::MacauId,
            Kind::Passport,
        ]),
        Topic::PermanentResident => KindSet::of(&[Kind::PermanentResidentId]),
        Topic::Card => KindSet::of(&[Kind::BankCard]),
        Topic::SecurityCode | Topic::LastThree => KindSet::of(&[Kind::CardSecurityCode]),
        Topic::Phone | Topic::OwnPhone => KindSet::of(&[Kind::Mobile, Kind::Landline, Kind::Phone]),
        Topic::Passport => KindSet::of(&[Kind::Passport]),
        Topic::Permit => KindSet::of(&[Kind::TravelPermit]),
        Topic::Organisation => KindSet::of(&[Kind::OrgCode]),
        Topic::Plate => KindSet::of(&[Kind::LicencePlate]),
        Topic::Device => KindSet::of(&[Kind::Imei]),
        Topic::WeChat => KindSet::of(&[Kind::WechatId]),
        Topic::Qq => KindSet::of(&[Kind::QqId]),
        Topic::Booking => KindSet::of(&[Kind::BookingNumber]),
        Topic::OneTimeCode => KindSet::of(&[Kind::VerificationCode]),
        Topic::Birth => KindSet::of(&[Kind::DateOfBirth]),
        _ => KindSet::NONE,
    }
}
